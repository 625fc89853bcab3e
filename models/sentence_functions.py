"""What each sentence of a whole paper does: eight functions, each with its probability.

In: a paper's sentences in reading order, parsed, under their headings, with their English and the
vectors of that. Out: the probability of each function for each sentence; a sentence may have
several (a main finding is a finding). Logistic regressions of three views (``function_features``):
forms that English and French share, words, and vectors of the sentence and its neighbours. A second
regression for each function weighs what the views say of the sentence, of those around it and of
the rest of the paper (stacked generalization, Wolpert 1992); it was fitted on papers that the first
had not seen, so that its probabilities are calibrated. The packaged encoder and the words know
English only: French reaches both as glosses, word by word in English.

Half of it, for some functions less, is what a network says that reads the whole paper in order
(``models.recurrent``): it hears what the regressions, which see two sentences far, can't.

Labels: papers read in full (``training/fit_functions.py``). Which sentence is told, and where, is
left to ``pipelines.selecting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from models import learned
from models.artefacts import artefact
from models.function_features import Located, forms, nearness, neighbourhood, words
from models.headings import in_abstract
from models.learned import Logistic
from models.recurrent import Recurrent, recurrent

NAME = "functions"
Function = Literal[
    "main_finding", "finding", "key_finding", "limit", "recommendation", "research_need", "sample",
    "problem",
]  # fmt: skip
FUNCTIONS: tuple[Function, ...] = get_args(Function)
View = Literal["forms", "words", "vectors"]
VIEWS: tuple[View, ...] = get_args(View)
BLEND = "blend.safetensors"
#: Sentences before and after one whose scores are heard, and how many best ones a paper's others
#: are held against.
AROUND, BEST = (-2, -1, 1, 2), 3
#: Vectors are unit vectors; times this, their regression is as free as the others.
SCALE = 4.0

#: The network, what it reads, and how large the vectors are there.
NETWORK, READ, READ_SCALE = "network", ("forms", "vectors"), 8.0
#: Its share of the log-odds, half where nothing else stands: of .2 to .6, what makes the likeliest
#: sentences right most often (cross-validation). Advice and what needs research it knows less well.
SHARE: dict[Function, float] = {"limit": 0.4, "recommendation": 0.4, "research_need": 0.2}

Scores = NDArray[np.float64]
"""Log-odds: shape (n_sentences, n_functions), in the order of ``FUNCTIONS``."""
Seen = NDArray[np.float32] | list[dict[str, float]]
"""A view: a table, or named numbers, a row a sentence."""


@dataclass(frozen=True, slots=True)
class WholePaper:
    """What the views are made of."""

    sentences: Sequence[Located]
    texts: Sequence[str]
    """The sentences in English: their own words, or glosses of them."""
    vectors: NDArray[np.float32]
    """Of the texts: float32, shape (n_sentences, size), rows of unit length."""
    title: NDArray[np.float32]
    """float32, shape (size,)."""
    language: Language


def probabilities(paper: WholePaper) -> NDArray[np.float64]:
    """How likely each sentence has each function: shape (n_sentences, n_functions), 0 to 1.

    Raises ``ModelMissingError``.
    """
    if not paper.sentences:
        return np.zeros((0, len(FUNCTIONS)))
    views = {view: seen(paper, view) for view in VIEWS}
    scores = [_model(f"{view}.safetensors").scores(views[view]) for view in VIEWS]
    odds = _model(BLEND).scores(stacked(scores))
    in_order = _network().scores(read_in_order(paper, views["forms"]))
    found: NDArray[np.float64] = 1 / (1 + np.exp(-mixed(odds, in_order)))
    return found


def mixed(odds: Scores, in_order: Scores) -> Scores:
    """The regressions' log-odds and the network's as one."""
    share = np.array([SHARE.get(function, 0.5) for function in FUNCTIONS])
    found: Scores = (1 - share) * odds + share * in_order
    return found


def read_in_order(paper: WholePaper, forms: Seen) -> list[Seen]:
    """What the network reads of a paper, in the order of ``READ``; ``forms`` as ``seen``."""
    return [forms, np.float32(READ_SCALE) * paper.vectors]


def seen(paper: WholePaper, view: View) -> Seen:
    """A view of a paper: a table, or named numbers, a row a sentence."""
    if view == "words":
        return [words(text) for text in paper.texts]
    if view == "vectors":
        return np.float32(SCALE) * neighbourhood(paper.vectors)
    early = [in_abstract(one.block) for one in paper.sentences]
    near = nearness(paper.vectors, paper.title, early)
    return forms(paper.sentences, near, paper.language)


def stacked(scores: Sequence[Scores]) -> NDArray[np.float32]:
    """What the second regression sees: float32, shape (n_sentences, n_features).

    The views' log-odds; their sum for each neighbour in ``AROUND`` (the lowest where there is
    none); the logarithm of the sentence's rank in the paper; and how far it is below the mean of
    the paper's best.
    """
    total: Scores = np.sum(scores, axis=0)
    count = len(total)
    columns = list(scores)
    for step in AROUND:
        shifted = np.repeat(total.min(axis=0)[None], count, axis=0)
        into, out = (slice(0, -step), slice(step, None)) if step > 0 else (
            slice(-step, None), slice(0, step)
        )  # fmt: skip
        shifted[into] = total[out]
        columns.append(shifted)
    ranks = np.argsort(np.argsort(-total, axis=0, kind="stable"), axis=0, kind="stable")
    columns.append(np.log1p(ranks))
    columns.append(total - np.sort(total, axis=0)[-BEST:].mean(axis=0))
    return np.hstack(columns).astype(np.float32)


@cache
def _model(file: str) -> Logistic:
    return learned.logistic(artefact(NAME) / file)


@cache
def _network() -> Recurrent:
    return recurrent(artefact(NAME), NETWORK, READ)
