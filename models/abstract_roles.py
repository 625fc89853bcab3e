"""What each sentence of an abstract does: background, objective, method, result or other.

In: the sentences of an abstract, in order. Out: a label and its probability for each. English
goes through the fine-tuned encoder (``roles_encoder``) and a linear model over cue words and
places (``roles_words``); a logistic regression weighs the two. French goes
through a model that was trained in English on features that both languages share
(``roles_features``). Either way the labels of an abstract are decoded together. Limits,
implications and headings are left to ``pipelines.roles``.

The linear models are scikit-learn's, as ``models.learned`` holds them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from models import learned, roles_encoder
from models.artefacts import artefact
from models.learned import Logistic, Named
from models.roles_encoder import ReadAbstract
from models.roles_features import features
from models.roles_words import described

Label = Literal["background", "objective", "method", "result", "other"]
Scores = NDArray[np.float32]
"""Log-probabilities, shape (n_sentences, 5), in the order of ``LABELS``."""

LABELS: tuple[Label, ...] = cast(tuple[Label, ...], roles_encoder.LABELS)
NAME = roles_encoder.NAME
WORDS, BLEND, SHARED = (f"{name}.safetensors" for name in ("words", "blend", "shared"))
TRANSITIONS = "transitions.json"


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the model takes a sentence for."""

    label: Label
    probability: float
    """Of the label, by the sentence in its context, before the whole abstract is decoded."""


def predict(sentences: Sequence[str], language: Language) -> list[Prediction]:
    """The label of each sentence of one abstract.

    Raises ``ModelMissingError``.
    """
    return predict_all([sentences], language)[0]


def predict_all(abstracts: Sequence[Sequence[str]], language: Language) -> list[list[Prediction]]:
    """The labels of the sentences of many abstracts, read together.

    Raises ``ModelMissingError``.
    """
    scores = english(abstracts) if language == "en" else shared(abstracts, language)
    return [_decided(own, transitions()) for own in scores]


def _decided(scores: Scores, between: Scores) -> list[Prediction]:
    return [
        Prediction(LABELS[label], round(float(np.exp(own[label])), 4))
        for label, own in zip(decode(scores, between), scores, strict=True)
    ]


def decode(scores: Scores, between: Scores) -> list[int]:
    """The likeliest sequence of labels (Viterbi 1967).

    ``between``: what it is worth, in log units, that a label follows another; shape (6, 5), row
    from, column to, the last row from the abstract's start.
    """
    if not len(scores):
        return []
    best = scores[0].astype(np.float64) + between[-1]
    back: list[NDArray[np.intp]] = []
    for own in scores[1:]:
        ways = best[:, None] + between[:-1]
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + own
    labels = [int(best.argmax())]
    for origins in reversed(back):
        labels.append(int(origins[labels[-1]]))
    return labels[::-1]


def english(abstracts: Sequence[Sequence[str]]) -> list[Scores]:
    """Log-probabilities of each sentence: encoder and words, weighed."""
    counts = [len(sentences) for sentences in abstracts]
    if not sum(counts):
        return [np.zeros((0, len(LABELS)), dtype=np.float32) for _ in counts]
    read = [reading.log_probabilities for reading in _read(abstracts)]
    evidence = np.hstack([np.concatenate(read), by_words(_model(WORDS), abstracts)])
    return split(log_probabilities(_model(BLEND), evidence), counts)


def _read(abstracts: Sequence[Sequence[str]]) -> list[ReadAbstract]:
    """Each abstract by the encoder; a paper's own is read again for its bottom line."""
    if len(abstracts) == 1:
        return [roles_encoder.read_alone(tuple(abstracts[0]))]
    return roles_encoder.read(abstracts)


def shared(abstracts: Sequence[Sequence[str]], language: Language) -> list[Scores]:
    """Log-probabilities of each sentence by the features that both languages share."""
    from models.parsing import ENTITIES, pipeline

    counts = [len(sentences) for sentences in abstracts]
    if not sum(counts):
        return [np.zeros((0, len(LABELS)), dtype=np.float32) for _ in counts]
    docs = iter(
        pipeline(language).pipe([text for one in abstracts for text in one], disable=ENTITIES)
    )
    rows = [row for n in counts for row in features([next(docs) for _ in range(n)], language)]
    return split(log_probabilities(_model(SHARED), rows), counts)


def split(scores: Scores, counts: Sequence[int]) -> list[Scores]:
    """The scores of all sentences by abstract, given how many each has."""
    return np.split(scores, np.cumsum(counts)[:-1])


def by_words(model: Logistic, abstracts: Sequence[Sequence[str]]) -> Scores:
    """Log-probabilities of all sentences by what ``roles_words`` finds in and around them."""
    rows = [row for sentences in abstracts for row in described(sentences)]
    return log_probabilities(model, [dict.fromkeys(row.split(), 1.0) for row in rows])


def log_probabilities(model: Logistic, table: NDArray[np.float32] | Named) -> Scores:
    """A classifier's log-probabilities, its classes being indices of ``LABELS``."""
    scores: Scores = model.log_probabilities(table).astype(np.float32)
    return np.maximum(scores, -12)


@cache
def _model(file: str) -> Logistic:
    return learned.logistic(artefact(NAME) / file)


@cache
def transitions() -> Scores:
    """What a label after another is worth, shape (6, 5); see ``decode``."""
    path = artefact(NAME) / TRANSITIONS
    table = json.loads(path.read_text(encoding="utf-8"))
    return np.array(table["between"], dtype=np.float32)
