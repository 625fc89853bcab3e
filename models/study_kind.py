"""Which kind of study a paper reports, and how sure that is.

In: a paper's title and its sentences, under their headings, with their vectors. Out: a kind and its
probability. Two regressions, whose probabilities are multiplied (a product of experts, Hinton
2002). One counts, for each kind, the words that tell it (``study_kind.toml``, both languages) in
the title, the abstract, the methods and the whole; a conditional logit (McFadden 1974) weighs these
counts with weights that all kinds share, and deviations of each kind that are held small, so that a
kind with few examples is known by its words, too. The other looks at what is spoken about: the mean
vectors of title, abstract and methods. A title that says the design itself ("…: a cohort study") is
believed before both. Below ``MARGIN`` nothing is claimed. What a reader is then told of the kind is
left to ``pipelines.claims.certainty``.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from corpus.text import cue_pattern
from models import learned
from models.artefacts import artefact
from models.function_features import Located
from models.headings import in_abstract, section_role
from models.learned import Logistic
from models.roles_features import Features

NAME = "study_kind"
WEIGHTS = "kinds.safetensors"
VECTORS = "vectors.safetensors"
Kind = Literal[
    "meta_analysis", "randomized", "quasi", "cohort", "cross_sectional", "qualitative", "model",
    "laboratory", "field", "review", "guidance", "protocol",
]  # fmt: skip
#: What is learned; that it is a plan alone, a paper says in its title.
KINDS: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "protocol")
#: Less likely than this, and no kind is claimed.
MARGIN = 0.5
#: How likely a title is right that says a design: of the labelled papers ten did, and all were; by
#: Laplace's rule of succession.
SAID = 11 / 12
#: What a title is that says more than one kind: a review of qualitative studies reviews them.
_BEFORE_OTHERS: tuple[Kind, ...] = ("protocol", "meta_analysis")
#: Where words are counted.
PLACES = ("title", "abstract", "methods", "whole")
#: What is told of a kind's words in a place.
MEASURES = ("count", "different", "share", "named")
#: What is told besides of any paper: how much it says of its methods, whether hardly anything, how
#: many figures it has; and, in its abstract, whom or what it studied, and how (``general``).
STUDIED = ("people", "enrolled", "time", "once", "animals", "argues")
GENERAL = ("methods", "no_methods", "figures", *STUDIED)
#: Methods of fewer words are hardly any; an abstract of fewer counts as one of so many; words are
#: counted in so many words of it.
_FEW_WORDS, _SHORT_ABSTRACT, _PER_WORDS = 100, 30, 300
#: Of the methods so many sentences have a say in the mean of vectors: what comes later is
#: statistics. Means of unit vectors are short; times this, their regression is as free as others.
_MOST_METHODS, SCALE = 40, 3.0
#: Signs of figures: a study has them, guidance has few.
_FIGURES = re.compile(r"\bp ?[<=>]|95 ?%")
#: Texts are in lower case: a pattern that ignored case would take twice as long.
_LOWER = re.RegexFlag(0)
#: What a pattern begins with as it stands; a letter that may be lacking isn't part of it.
_FIRST_LETTERS = re.compile(r"[\w -]*(?![?*{])")


@dataclass(frozen=True, slots=True)
class Judged:
    """The likeliest kind."""

    kind: Kind
    probability: float
    words: tuple[str, ...]
    """The words of the kind in the title, else in the abstract, else in the methods, each once."""


@dataclass(frozen=True, slots=True)
class _Cue:
    begins: str
    """Letters that every match begins with: most texts lack them, which is soon seen."""
    pattern: re.Pattern[str]

    def found(self, text: str) -> list[str]:
        """What it matches in a text in lower case."""
        if self.begins not in text:
            return []
        return [match.group() for match in self.pattern.finditer(text)]


@dataclass(frozen=True, slots=True)
class _Cues:
    names: tuple[_Cue, ...]
    signs: tuple[_Cue, ...]

    def found(self, text: str) -> list[list[str]]:
        """What each of them matched in a text in lower case, names first."""
        return [one.found(text) for one in (*self.names, *self.signs)]


def judge(
    title: str,
    sentences: Sequence[Located],
    vectors: NDArray[np.float32],
    language: Language,
) -> Judged:
    """The likeliest kind of a paper, whatever its probability.

    ``vectors``: the title's, then the sentences', shape (1 + n_sentences, size), rows of unit
    length. Raises ``ModelMissingError``.
    """
    if (said := _said(title.lower(), language)) is not None:
        return said
    texts = placed(title, sentences, language)
    by_words = _model(WEIGHTS).log_probabilities([features(texts, language)])
    by_vectors = _model(VECTORS).log_probabilities(means(sentences, vectors, language)[None])
    (odds,) = both(by_words, by_vectors)
    best = int(np.argmax(odds))
    kind = KINDS[best]
    told = (_told(texts[place], kind, language) for place in PLACES)
    return Judged(kind, round(math.exp(float(odds[best])), 4), next(filter(None, told), ()))


def both(by_words: NDArray[Any], by_vectors: NDArray[Any]) -> NDArray[np.float64]:
    """The logarithm of the product of two distributions: shape (n, n_kinds), each of ``KINDS``."""
    odds = by_words.astype(np.float64) + by_vectors
    odds -= odds.max(axis=1, keepdims=True)
    found: NDArray[np.float64] = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
    return found


def _said(title: str, language: Language) -> Judged | None:
    """What a title in lower case says of its paper; None where it says no kind, or several."""
    found = {kind: cue.search(title) for kind, cue in _titles(language).items()}
    told = {kind: match.group() for kind, match in found.items() if match}
    above = [kind for kind in _BEFORE_OTHERS if kind in told]
    kinds = above[:1] or list(told)
    return Judged(kinds[0], SAID, (told[kinds[0]],)) if len(kinds) == 1 else None


def placed(title: str, sentences: Sequence[Located], language: Language) -> Mapping[str, str]:
    """The texts of ``PLACES``, in lower case."""
    texts = [one.doc.text for one in sentences]
    abstract, methods = _parts(sentences, language)
    parts = {"abstract": abstract, "methods": methods, "whole": range(len(texts))}
    joined = {place: " ".join(texts[index] for index in own) for place, own in parts.items()}
    return {place: text.lower() for place, text in ({"title": title} | joined).items()}


def means(
    sentences: Sequence[Located], vectors: NDArray[np.float32], language: Language
) -> NDArray[np.float32]:
    """The title's vector, and the means of the abstract's and of the methods' first sentences.

    float32, shape (3 × size,); zero where there is no such sentence.
    """
    abstract, methods = _parts(sentences, language)
    own = vectors[1:]
    parts = [
        own[part].mean(axis=0) if part else np.zeros_like(vectors[0])
        for part in (abstract, methods[:_MOST_METHODS])
    ]
    return np.concatenate([vectors[0], *parts], dtype=np.float32) * np.float32(SCALE)


def _parts(sentences: Sequence[Located], language: Language) -> tuple[list[int], list[int]]:
    """The places of the abstract's sentences, and of those under a heading of methods."""
    abstract = [index for index, one in enumerate(sentences) if in_abstract(one.block)]
    methods = [
        index
        for index, one in enumerate(sentences)
        if not in_abstract(one.block) and section_role(one.block.section, language) == "method"
    ]
    return abstract, methods


def features(texts: Mapping[str, str], language: Language) -> Features:
    """Named numbers of a paper: for each kind and place what its words come to there."""
    row: Features = {}
    for place in PLACES:
        counts = {kind: _cues(language)[kind].found(texts[place]) for kind in KINDS}
        total = sum(len(hits) for found in counts.values() for hits in found)
        for kind, found in counts.items():
            hits = sum(map(len, found))
            named = any(found[: len(_cues(language)[kind].names)])
            values = (
                math.log1p(hits),
                3 * sum(map(bool, found)) / len(found),
                3 * hits / max(1, total),
                float(named),
            )
            row |= {
                f"{kind}:{place}:{measure}": value
                for measure, value in zip(MEASURES, values, strict=True)
            }
    row["methods"] = math.log1p(len(texts["methods"].split())) / 5
    row["no_methods"] = float(len(texts["methods"].split()) < _FEW_WORDS)
    row["figures"] = math.log1p(len(_FIGURES.findall(texts["whole"]))) / 3
    length = max(_SHORT_ABSTRACT, len(texts["abstract"].split()))
    for name, cue in _studied(language).items():
        count = sum(1 for _ in cue.finditer(texts["abstract"]))
        row[name] = math.log1p(count * _PER_WORDS / length)
    return row


def _told(text: str, kind: Kind, language: Language) -> tuple[str, ...]:
    hits = dict.fromkeys(hit for found in _cues(language)[kind].found(text) for hit in found)
    return tuple(hit for hit in hits if not any(hit in longer for longer in hits if hit != longer))


@cache
def _table(language: Language) -> Mapping[str, Any]:
    file = resources.files("models").joinpath("study_kind.toml")
    found: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))[language]
    return found


@cache
def _titles(language: Language) -> Mapping[Kind, re.Pattern[str]]:
    said = _table(language)["titles"]
    return {kind: cue_pattern(said[kind], flags=_LOWER) for kind in get_args(Kind) if kind in said}


@cache
def _studied(language: Language) -> Mapping[str, re.Pattern[str]]:
    words = _table(language)["general"]
    return {name: cue_pattern(words[name], flags=_LOWER) for name in STUDIED}


def _cue(written: str) -> _Cue:
    return _Cue(begins_with(written), cue_pattern([written], flags=_LOWER))


def begins_with(cue: str) -> str:
    """The letters that a pattern without alternatives of its own begins with, as it writes them."""
    return _FIRST_LETTERS.match(cue)[0]  # type: ignore[index]  # it matches nothing, too


@cache
def _cues(language: Language) -> Mapping[Kind, _Cues]:
    table = _table(language)
    return {
        kind: _Cues(
            tuple(map(_cue, table[kind]["names"])),
            tuple(map(_cue, table[kind]["signs"])),
        )
        for kind in KINDS
    }


@cache
def _model(file: str) -> Logistic:
    return learned.logistic(artefact(NAME) / file)
