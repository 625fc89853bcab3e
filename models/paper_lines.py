"""How a sentence of a paper would do as a line of a brief: understood alone, and worth its place.

In: a paper's sentences, parsed, with how likely each does what (``sentence_functions``), the title
and the abbreviations that the paper writes out. Out: for each sentence the probability that a
reader who sees it and the title alone knows what every word refers to; and the probability that an
editor would print it among what was found. Two logistic regressions. Both look at what the
sentence and its neighbours do and how that compares with the rest of the paper; the first also at
words that point elsewhere (``standalone``), at short forms that nothing explains, and at what the
sentence names itself. Labels and figures: the card of ``paper_lines``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from wordfreq import zipf_frequency

from corpus.document import Language
from corpus.text import PARENTHESES
from models import learned
from models.artefacts import artefact
from models.learned import Logistic
from models.point_features import language_of
from models.roles_features import Features
from models.sentence_functions import stacked
from models.standalone import pointing_words, standalone_features

NAME = "paper_lines"
UNDERSTOOD, WORTH = "understood.safetensors", "worth.safetensors"
#: Probabilities are read as log-odds, no surer than this.
_SUREST = 0.01
#: An abbreviation, a symbol or a coded name: "BMI", "mtDNA", "CD4", "PRs".
_SHORT = re.compile(
    r"(?<![\w-])(?:[A-ZÀ-Ý]{2,}s?\d*|\w*[a-zà-ÿ][A-ZÀ-Ý]\w*|[A-ZÀ-Ý]+\d[\w-]*)(?!\w)"
)
#: A word rarer than this is one that few readers use (Zipf scale, van Heuven et al. 2014).
_RARE = 3.3
_LETTERS = 4
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")


def understood(
    docs: Sequence[Doc],
    functions: NDArray[np.float64],
    title: str,
    explained: Collection[str] = (),
) -> NDArray[np.float64]:
    """How likely each sentence stands alone under the paper's title: shape (n_sentences,), 0 to 1.

    ``functions``: shape (n_sentences, n_functions), 0 to 1. ``explained`` are short forms that a
    brief writes out wherever it uses them. Raises ``ModelMissingError``.
    """
    return _model(UNDERSTOOD).likely(understood_features(docs, functions, title, explained))[:, 0]


def worth(functions: NDArray[np.float64]) -> NDArray[np.float64]:
    """How likely an editor prints each sentence among the findings: shape (n_sentences,), 0 to 1.

    Raises ``ModelMissingError``.
    """
    return _model(WORTH).likely(worth_features(functions))[:, 0]


@cache
def _model(file: str) -> Logistic:
    return learned.logistic(artefact(NAME) / file)


def worth_features(functions: NDArray[np.float64]) -> list[Features]:
    """What each sentence, those around it and the rest of the paper do, as named numbers."""
    bounded = np.clip(functions, _SUREST, 1 - _SUREST)
    table = stacked([np.log(bounded / (1 - bounded))])
    names = [f"does:{place}" for place in range(table.shape[1])]
    return [dict(zip(names, row, strict=True)) for row in table.tolist()]


def understood_features(
    docs: Sequence[Doc],
    functions: NDArray[np.float64],
    title: str,
    explained: Collection[str] = (),
) -> list[Features]:
    """The named numbers by which a sentence is judged to stand alone."""
    titled = frozenset(_words(title))
    does = worth_features(functions)
    return [
        standalone_features(doc) | _names(doc, title, titled, explained) | row
        for doc, row in zip(docs, does, strict=True)
    ]


def _names(doc: Doc, title: str, titled: frozenset[str], explained: Collection[str]) -> Features:
    """What a sentence names: short forms that nothing explains, the title's words, rare ones."""
    language = language_of(doc)
    bare = PARENTHESES.sub("", doc.text)
    short = {form for form in _SHORT.findall(bare) if not _explains(form, doc.text, explained)}
    short -= pointing_words(language)["known_short"]
    untitled = {form for form in short if form not in title}
    words = _words(bare)
    shared = titled & set(words)
    return {
        "unexplained": math.log1p(len(untitled)),
        "any unexplained": float(bool(untitled)),
        "short in title": float(untitled != short),
        "title share": len(shared) / max(1, len(titled)),
        "title words": math.log1p(len(shared)),
        "rare": sum(_is_rare(word, language) for word in words) / max(1, len(words)),
        "long": len(bare.split()) / 30,
        "numbers": math.log1p(len(_NUMBER.findall(bare))),
    }


def _explains(form: str, text: str, explained: Collection[str]) -> bool:
    """Whether a short form is written out in the sentence, or will be."""
    return f"({form})" in text or form in explained or form.removesuffix("s") in explained


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if len(word) >= _LETTERS]


@lru_cache(maxsize=8192)
def _is_rare(word: str, language: Language) -> bool:
    return zipf_frequency(word, language) < _RARE
