"""What each sentence of an exchange is: eight kinds of point, each with its probability.

In: an exchange's sentences in order, parsed, with turns and speakers (``point_features.Said``).
Out: for each sentence the probability that a careful reader would mark it as a question, a
commitment, a decision, an innovation, a barrier, an enabler, evidence or a recommendation; as any
point; as one that must be told; as the main outcome. A sentence may be several.

Two looks. The first takes every sentence: logistic regressions over forms that English and French
share and over each language's words, and, in English, over the acts of research and design meetings
(who asks, who takes something on); a second regression weighs them with what they say of the
sentences around and of the rest of the exchange (stacked generalization, Wolpert 1992). The second
look takes only the ``LOOKED_AT`` likeliest, in English: vectors of the sentence and of its two
neighbours, and the forms of its parse, weighed with the first. So a meeting of four hours costs
hardly more than one of one. French is left to the first look: the packaged encoder knows little of
it, and added nothing.

Labels: exchanges read in full (``training/fit_points.py``). What is told, and where, is left to
``pipelines.selecting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from models import encoder, learned
from models.artefacts import artefact
from models.learned import Logistic
from models.point_features import Said, close, forms, words

NAME = "exchange_points"
Target = Literal[
    "question", "commitment", "decision", "innovation", "barrier", "enabler", "evidence",
    "recommendation", "point", "must", "outcome",
]  # fmt: skip
TARGETS: tuple[Target, ...] = get_args(Target)
Act = Literal["asks", "takes_on", "suggests", "decides", "acts", "problem", "summed_up"]
ACTS: tuple[Act, ...] = get_args(Act)
FORMS, ACT_WORDS, CLOSE, VECTORS = (
    f"{name}.safetensors" for name in ("forms", "acts", "close", "vectors")
)
WORDS, FIRST, SHORT, SECOND = (
    f"{name}.{{}}.safetensors" for name in ("words", "first", "short", "second")
)
#: Exchanges of fewer sentences than this have a weighing of their own, which doesn't hold a
#: sentence against the rest: a few minutes may be nothing but points.
FEW = 60
#: How many sentences of an exchange are looked at twice.
LOOKED_AT = 160
#: Languages whose likeliest sentences are looked at twice.
TWICE: tuple[Language, ...] = ("en",)
#: Sentences before and after one whose scores are heard, and how many best ones the others are held
#: against.
AROUND, BEST = (-2, -1, 1, 2), 3
#: Vectors are unit vectors; times this, their regression is as free as the others.
SCALE = 4.0
#: An exchange with fewer sentences that have a capital, as a share, is written small: what is taken
#: on there, in English, is judged by the act of research meetings, which are written so, too, and
#: by what is added; chosen on 25,500 utterances of MRDA's training part, as precise as it is whole.
MOST_CAPITALS, TAKEN_ON = 0.02, 1.75
#: How much a neighbour's vector counts beside the sentence's own.
NEIGHBOUR = 0.7

Scores = NDArray[np.float64]
"""Log-odds: shape (n_sentences, n_targets), in the order of ``TARGETS``."""


def probabilities(sentences: Sequence[Said]) -> NDArray[np.float64]:
    """How likely each sentence is what: shape (n_sentences, n_targets), 0 to 1.

    Raises ``ModelMissingError``.
    """
    if not sentences:
        return np.zeros((0, len(TARGETS)))
    table = first_look(sentences)
    few = len(sentences) < FEW
    odds = _by_language(sentences, SHORT if few else FIRST, table)
    for language in () if few else TWICE:
        likely = likeliest(odds, [one.language == language for one in sentences])
        if len(likely):
            seen = second_look(table[likely], odds[likely], *closely(sentences, likely))
            odds[likely] = _model(SECOND.format(language)).scores(seen)
    if not few and written_small(sentences):
        column = TARGETS.index("commitment")
        odds[:, column] += taken_on(sentences)
    found: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return found


def written_small(sentences: Sequence[Said]) -> bool:
    """Whether an exchange has hardly any capitals, as recognizers and some corpora write speech."""
    capitals = sum(not one.doc.text.islower() for one in sentences)
    return capitals < MOST_CAPITALS * len(sentences)


def taken_on(sentences: Sequence[Said]) -> NDArray[np.float64]:
    """What the words of English sentences add to the log-odds that they take something on."""
    acts = act_odds(sentences, [words(one.doc.text) for one in sentences])
    english = [one.language == "en" for one in sentences]
    return np.where(english, TAKEN_ON + acts[:, ACTS.index("takes_on")], 0.0)


def first_look(sentences: Sequence[Said]) -> NDArray[np.float32]:
    """What the first weighing sees: float32, shape (n_sentences, n_features)."""
    by_form = _model(FORMS).scores(forms(sentences))
    rows = [words(one.doc.text) for one in sentences]
    by_words = _by_language(sentences, WORDS, rows)
    return stacked([by_form, by_words], act_odds(sentences, rows), len(sentences) < FEW)


def act_odds(sentences: Sequence[Said], rows: Sequence[dict[str, float]]) -> NDArray[np.float64]:
    """The log-odds of each act by a sentence's words; 0 in French, whose acts nobody labelled."""
    found = _model(ACT_WORDS).scores(rows)
    found[[one.language != "en" for one in sentences]] = 0.0
    return np.asarray(found, dtype=np.float64)


def stacked(
    scores: Sequence[Scores], acts: NDArray[np.float64], few: bool = False
) -> NDArray[np.float32]:
    """What a weighing sees of the first regressions: float32, shape (n_sentences, n_features).

    Their log-odds and the acts; of an exchange that is not of few sentences also their sum for each
    neighbour in ``AROUND`` (the lowest where there is none), the logarithm of the sentence's rank,
    and how far it is below the mean of the best.
    """
    if few:
        return np.hstack([*scores, acts]).astype(np.float32)
    total: Scores = np.sum(scores, axis=0)
    columns = list(scores)
    for step in AROUND:
        columns.append(_shifted(total, step))
    ranks = np.argsort(np.argsort(-total, axis=0, kind="stable"), axis=0, kind="stable")
    columns.append(np.log1p(ranks))
    columns.append(np.log1p(100 * ranks / len(total)))
    columns.append(total - np.sort(total, axis=0)[-BEST:].mean(axis=0))
    columns.append(acts)
    return np.hstack(columns).astype(np.float32)


def _shifted(total: Scores, step: int) -> Scores:
    moved = np.repeat(total.min(axis=0)[None], len(total), axis=0)
    if abs(step) < len(total):
        into, out = (slice(0, -step), slice(step, None)) if step > 0 else (
            slice(-step, None), slice(0, step)
        )  # fmt: skip
        moved[into] = total[out]
    return moved


def likeliest(odds: Scores, own: Sequence[bool]) -> NDArray[np.intp]:
    """The places of the ``LOOKED_AT`` likeliest points among the own ones, in order."""
    places = np.flatnonzero(own)
    likely = np.argsort(-odds[places, TARGETS.index("point")], kind="stable")[:LOOKED_AT]
    return np.sort(places[likely])


def closely(
    sentences: Sequence[Said], places: NDArray[np.intp]
) -> tuple[NDArray[np.float32], list[dict[str, float]]]:
    """The vectors of some sentences and their neighbours, and the forms of their parses.

    float32, shape (n_places, 3 × size), zero where there is no neighbour.
    """
    around = [(int(p), [i for i in (p, p - 1, p + 1) if 0 <= i < len(sentences)]) for p in places]
    needed = sorted({int(i) for _, own in around for i in own})
    vectors = dict(
        zip(needed, encoder.encode([sentences[i].doc.text for i in needed]), strict=True)
    )
    none = np.zeros_like(vectors[needed[0]])
    table = [
        np.concatenate(
            [
                SCALE * vectors[place],
                SCALE * NEIGHBOUR * vectors.get(place - 1, none),
                SCALE * NEIGHBOUR * vectors.get(place + 1, none),
            ]
        )
        for place, _ in around
    ]
    return np.array(table, dtype=np.float32), [close(sentences[place]) for place, _ in around]


def second_look(
    table: NDArray[np.float32],
    odds: Scores,
    vectors: NDArray[np.float32],
    parsed: Sequence[dict[str, float]],
) -> NDArray[np.float32]:
    """What the second weighing sees of the sentences that are looked at twice."""
    by_vector, by_parse = _model(VECTORS).scores(vectors), _model(CLOSE).scores(parsed)
    return np.hstack([table, odds, by_vector, by_parse]).astype(np.float32)


def _by_language(
    sentences: Sequence[Said],
    files: str,
    table: NDArray[np.float32] | Sequence[dict[str, float]],
) -> Scores:
    """Each sentence's scores by the model of its language."""
    found = np.zeros((len(sentences), len(TARGETS)))
    languages: tuple[Language, ...] = ("en", "fr")
    for language in languages:
        own = np.flatnonzero([one.language == language for one in sentences])
        if len(own):
            rows = table[own] if isinstance(table, np.ndarray) else [table[int(i)] for i in own]
            found[own] = _model(files.format(language)).scores(rows)
    return found


@cache
def _model(file: str) -> Logistic:
    return learned.logistic(artefact(NAME) / file)
