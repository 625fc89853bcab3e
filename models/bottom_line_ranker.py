"""The bottom line of an abstract: which sentence, in which words, or which two joined.

In: an abstract's parsed sentences, their vectors and the title. Out: every safe wording
(``shortening``), most worth telling first, with the features that spoke for it. Three models by
scikit-learn, trained on authors' own one-sentence summaries (SciTLDR, Cachola et al. 2020), each
simple enough to explain its part: a ridge regression weighs sentences; boosted trees tell which
words a summary keeps; a ridge regression weighs wordings by the overlap that may be expected.
In English it also hears what the roles' encoder (``roles_encoder``), which reads the abstract as
a whole, makes of each sentence: its role, and by a further regression what its vector is worth.
Choosing the wording of the greatest expected overlap is minimum Bayes risk decoding (Kumar &
Byrne 2004). French is read by the same models, with trees that do without the English word list
and wordings weighed without that encoder, which knows English only.

What a paper's brief then tells (a finding rather than an aim) is left to ``pipelines.plan``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from corpus.document import Language
from models import learned, roles_encoder
from models.artefacts import artefact
from models.bottom_line_features import (
    Abstract,
    Row,
    abstract,
    context_rows,
    in_context,
    role_rows,
    sentence_rows,
    word_rows,
    wording_row,
)
from models.learned import Trees
from models.shortening import Form, forms, joined

NAME = "bottom_line"
#: The linear models, with the words' prior; the trees, one file a language.
LINEAR, TREES = "linear.json", "words.{}.safetensors"
#: Only the sentences ranked so high are joined, and to no more words than a bottom line has.
JOINED, MOST_WORDS = 4, 30


@dataclass(frozen=True, slots=True)
class Linear:
    """A ridge regression over named, standardized features."""

    mean: Mapping[str, float]
    scale: Mapping[str, float]
    weight: Mapping[str, float]

    def parts(self, row: Row) -> Row:
        """What each feature adds, in ROUGE (0 to 1)."""
        return {
            name: weight * (row[name] - self.mean[name]) / self.scale[name]
            for name, weight in self.weight.items()
        }


@dataclass(frozen=True, slots=True)
class ContextModels:
    """The models of English that hear what the roles' encoder saw."""

    sentences: Linear
    """Over ``context_rows``."""
    wordings: Linear
    """Takes the place of ``Ranker.wordings``."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """The models of one language."""

    sentences: Linear
    words: Trees
    """Over ``word_rows``."""
    wordings: Linear
    prior: Mapping[str, float]
    """How often a summary keeps a word that an abstract has; empty for French."""
    context: ContextModels | None = None
    """None for French, and where an artefact was trained without it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to tell the bottom line."""

    text: str
    sentences: tuple[int, ...]
    """Indices of the sentences that it tells: one, or two joined."""
    dropped: tuple[str, ...]
    """What was left out of them, as ``shortening`` names it."""
    score: float
    """Expected overlap with a summary, above (or below) the mean of all wordings: ROUGE, 0 to 1."""
    reasons: tuple[tuple[str, float], ...]
    """The features that spoke for it most, against the mean of the others, and what each added."""


def rank(
    docs: Sequence[Doc],
    vectors: NDArray[np.float32],
    language: Language,
    title: tuple[Doc, NDArray[np.float32]] | None = None,
) -> list[Wording]:
    """All safe wordings of an abstract's bottom line, best first.

    ``docs``: its sentences, parsed one by one; ``vectors``: float32, shape (n_sentences, 384),
    rows of unit length. Raises ``ModelMissingError``.
    """
    if not docs:
        return []
    ranker = load(language)
    own = abstract(docs, vectors, language, title)
    scores = sentence_scores(ranker.sentences, sentence_rows(own))
    told = wordings(docs, scores, language)
    kept = words_kept(ranker, own, scores)
    rows = [candidate_row(form, at, kept, scores, language) for form, at in told]
    if ranker.context is None:
        return _ranked(told, rows, ranker.wordings)
    reading = roles_encoder.read_alone(tuple(own.texts))
    worth = sentence_scores(ranker.context.sentences, context_rows(reading)).tolist()
    roles = role_rows(reading)
    heard = [row | in_context(worth, roles, at) for row, (_, at) in zip(rows, told, strict=True)]
    return _ranked(told, heard, ranker.context.wordings)


def _ranked(
    told: Sequence[tuple[Form, tuple[int, ...]]], rows: Sequence[Row], model: Linear
) -> list[Wording]:
    parts = [model.parts(row) for row in rows]
    mean = {name: sum(part[name] for part in parts) / len(parts) for name in model.weight}
    found = []
    for (form, at), part in zip(told, parts, strict=True):
        added = {name: value - mean[name] for name, value in part.items()}
        reasons = sorted(added.items(), key=lambda item: (-item[1], item[0]))[:3]
        score = round(sum(added.values()), 4)
        why = tuple((name, round(value, 4)) for name, value in reasons if value > 0)
        found.append(Wording(form.text, at, form.dropped, score, why))
    return sorted(found, key=lambda wording: (-wording.score, wording.sentences, wording.text))


def sentence_scores(model: Linear, rows: Sequence[Row]) -> NDArray[np.float64]:
    """The worth of each sentence, ROUGE above the mean: float64, shape (n_sentences,)."""
    return np.array([sum(model.parts(row).values()) for row in rows])


def words_kept(ranker: Ranker, own: Abstract, scores: NDArray[np.float64]) -> dict[str, float]:
    """For each word of an abstract, the probability that a summary has it."""
    rows = word_rows(own, scores, ranker.prior)
    probabilities = ranker.words.probabilities(np.array(list(rows.values())))
    return dict(zip(rows, probabilities, strict=True))


def wordings(
    docs: Sequence[Doc], scores: NDArray[np.float64], language: Language
) -> list[tuple[Form, tuple[int, ...]]]:
    """Every safe wording of one sentence, and of two of the best ones joined."""
    single = [(form, (index,)) for index, doc in enumerate(docs) for form in forms(doc, language)]
    best = set(np.argsort(-scores, kind="stable")[:JOINED].tolist())
    good = [(form, at) for form, at in single if at[0] in best]
    pairs = []
    for first, (one,) in good:
        for second, (other,) in good:
            if one < other and len(f"{first.text} {second.text}".split()) <= MOST_WORDS:
                both = joined(first, second, language)
                if both:
                    pairs.append((both, (one, other)))
    return [*single, *pairs]


def candidate_row(
    form: Form,
    at: tuple[int, ...],
    kept: Mapping[str, float],
    scores: NDArray[np.float64],
    language: Language,
) -> Row:
    """The features of one wording."""
    return wording_row(form, kept, [float(scores[index]) for index in at], language)


@cache
def load(language: Language) -> Ranker:
    """The sealed models of a language, loaded once a process.

    Raises ``ModelMissingError``.
    """
    folder = artefact(NAME)
    words = learned.trees(folder / TREES.format(language))
    table = json.loads((folder / LINEAR).read_text(encoding="utf-8"))
    sentences, wordings = Linear(**table["sentences"]), Linear(**table["wordings"])
    if language != "en":
        return Ranker(sentences, words, wordings, {})
    heard = table.get("context")
    context = (
        ContextModels(Linear(**heard["sentences"]), Linear(**heard["wordings"])) if heard else None
    )
    return Ranker(sentences, words, wordings, table["prior"], context)
