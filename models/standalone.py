"""How likely a sentence of an exchange is understood by somebody who wasn't there.

In: parsed sentences. Out: for each the probability that a careful reader, who knows what the
exchange is about and nothing else, understands who and what is meant. A logistic regression over
what may point elsewhere (pronouns and demonstratives, before or behind the first noun, and what
follows them), what the sentence names itself, and its subject. One for both languages, each of
whose words (``pointing_words.toml``) is a feature. Labels and figures: the card of
``exchange_lines``.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from corpus.document import Language
from models import learned
from models.artefacts import artefact
from models.learned import Logistic
from models.point_features import language_of
from models.roles_features import Features

NAME, FILE = "exchange_lines", "standalone.safetensors"
#: Relations by which what follows says which one is meant.
_TELLS_WHICH = frozenset({"acl", "acl:relcl", "nmod"})
#: Clauses that an empty "it" announces.
_ANNOUNCED = frozenset({"ccomp", "csubj", "csubj:pass", "xcomp", "acl:relcl", "advcl"})
_QUALIFIES = frozenset({"nmod", "acl", "acl:relcl", "amod", "compound"})
_NOUNS = ("NOUN", "PROPN")
_CONTENT = ("NOUN", "PROPN", "ADJ", "NUM")
_POINTING = ("PRON", "DET", "ADV", "ADJ")
#: Fewer nouns than this name little.
_FEW = 2


def standalone(docs: Sequence[Doc]) -> NDArray[np.float64]:
    """How likely each sentence stands alone: shape (n_sentences,), 0 to 1.

    Raises ``ModelMissingError``.
    """
    return _model().likely([standalone_features(doc) for doc in docs])[:, 0]


@cache
def _model() -> Logistic:
    return learned.logistic(artefact(NAME) / FILE)


def standalone_features(doc: Doc) -> Features:
    """The named numbers of one sentence."""
    language = language_of(doc)
    nouns = [token for token in doc if token.pos_ in _NOUNS]
    first = nouns[0].i if nouns else len(doc)
    pointing = [token for token in doc if _points(token, language)]
    found: Counter[str] = Counter()
    for token in pointing:
        found.update(_pointing(token, "behind" if token.i > first else "before"))
    bare = [token for token in nouns if token.pos_ == "NOUN" and _bare(token, language)]
    subject = next(
        (
            token
            for token in doc
            if token.dep_.startswith("nsubj") and token.head.dep_ in ("ROOT", "root")
        ),
        None,
    )
    return dict(found) | {
        "pointing": math.log1p(len(pointing)),
        "points nowhere": float(not pointing),
        "nouns": math.log1p(len(nouns)),
        "names": math.log1p(sum(token.pos_ == "PROPN" for token in nouns)),
        "few nouns": float(len(nouns) < _FEW),
        "words": math.log1p(len(doc)),
        "pronouns": math.log1p(sum(token.pos_ == "PRON" for token in doc)),
        "content": sum(token.pos_ in _CONTENT for token in doc) / max(1, len(doc)),
        "bare definite": math.log1p(len(bare)),
        f"subject {_named(subject)}": 1.0,
        f"opens {doc[0].pos_ if len(doc) else ''}": 1.0,
        "french": float(language == "fr"),
    }


def _points(token: Token, language: Language) -> bool:
    """Whether a word may stand for something else; articles and relative pronouns don't."""
    word = _plain(token)
    article = token.pos_ == "DET" and word in pointing_words(language)["definite"]
    relative = "Rel" in token.morph.get("PronType", [])
    return (
        token.pos_ in _POINTING
        and word in pointing_words(language)["pointing"]
        and not article
        and not relative
    )


def _pointing(token: Token, where: str) -> Iterable[str]:
    """What one such word counts for: itself, its part in the sentence, what tells which."""
    part = "other"
    if token.dep_.startswith("nsubj"):
        part = "subject"
    elif token.pos_ == "DET":
        part = "determiner"
    elif token.dep_.startswith("expl"):
        part = "empty"
    about = token.head if token.pos_ == "DET" else token
    told = any(child.dep_ in _TELLS_WHICH for child in about.children)
    announced = any(child.dep_ in _ANNOUNCED for child in token.head.children)
    return (
        f"{where} {_plain(token)}",
        f"{where} {part}",
        f"{where} {part}, {'a clause follows' if announced else 'no clause follows'}",
        f"{where} {'told which' if told else 'not told which'}",
    )


def _bare(noun: Token, language: Language) -> bool:
    """Whether a noun is told as known, and nothing beside it says which one."""
    articles = pointing_words(language)["definite"]
    return any(_plain(child) in articles for child in noun.lefts) and not any(
        child.dep_ in _QUALIFIES for child in noun.children
    )


def _named(subject: Token | None) -> str:
    if subject is None:
        return "none"
    return subject.lower_ if subject.pos_ == "PRON" else subject.pos_


def _plain(token: Token) -> str:
    return token.lower_.replace("’", "'")


@cache
def pointing_words(language: Language) -> dict[str, frozenset[str]]:
    """The lists of ``pointing_words.toml``, by name."""
    text = resources.files("models").joinpath("pointing_words.toml").read_text(encoding="utf-8")
    return {name: frozenset(own) for name, own in tomllib.loads(text)[language].items()}
