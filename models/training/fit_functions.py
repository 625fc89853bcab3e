"""Train the models of sentence functions on papers read in full: ``… fit_functions DATA``.

In: the papers of ``slots`` (``train.jsonl``, ``dev.jsonl``), each labelled by a careful reader who
named its sentences by their text, the sentences of ``slots/limits``, and short papers of our own,
in French, too (``written_papers``). Out: the artefact ``functions`` and the figures of its card,
by cross-validation over the whole papers of ``slots``: what judges a paper has seen no sentence of
it, in either stage. Those of our own are always learned from, and no figure counts them.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss
from sklearn.preprocessing import StandardScaler

from corpus.document import Document
from corpus.overlap import same
from corpus.readers import read
from models import encoder
from models import sentence_functions as functions
from models.artefacts import WEIGHTS
from models.function_features import located, words
from models.learned import Logistic
from models.recurrent import Recurrent
from models.sentence_functions import FUNCTIONS, VIEWS, Function, Scores, View, WholePaper
from models.training import fit_recurrent, written_papers
from models.training.fit_points import named
from models.training.fit_recurrent import LabelledViews
from models.training.seal import seal

#: What each sentence of a paper likely does, by models that had not seen the paper.
LIKELY = Path(__file__).parents[2] / "benchmarks" / "lines" / "likely.npz"
SEED = 0
FOLDS = 5
#: Which labels name the sentences of a function.
LABELS: dict[Function, str] = {
    "main_finding": "bottom_line",
    "finding": "findings",
    "key_finding": "key",
    "limit": "limits",
    "recommendation": "recommendations",
    "research_need": "research_needs",
    "sample": "applies_to",
    "problem": "problem",
}
#: Inverse of how much large weights cost, a view; chosen by cross-validation among 0.1, 0.25, 1, 4.
FREEDOM: dict[View, float] = {"forms": 0.25, "words": 1.25, "vectors": 0.25}
BLEND_FREEDOM = 0.02
#: How much a sentence of our own papers counts beside one of a paper read in full, in both stages.
#: At 1 the probabilities of long papers are worse by a hundredth here and there, at this nowhere.
OWN_WEIGHT = 0.3
#: The same where a network learns to read in order.
OWN_WEIGHT_IN_ORDER = 0.7
#: A word or pair of words is known where so many sentences have it, a form where so many.
KNOWN: dict[View, int] = {"forms": 5, "words": 3, "vectors": 0}


@dataclass(frozen=True, slots=True)
class LabelledPaper:
    """A paper, and what each of its sentences does."""

    name: str
    paper: WholePaper
    labels: NDArray[np.bool_]
    """Shape (n_sentences, n_functions)."""
    weight: float = 1.0
    """How much each of its sentences counts."""


def records(slots: Path) -> Iterator[tuple[dict[str, Any], Document]]:
    """The labels of each paper, and the paper, from the folder ``papers`` beside the labels."""
    for name in ("train", "dev"):
        for line in (slots / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield record, read(slots / "papers" / record["file"])


def labelled(
    records: Iterable[tuple[dict[str, Any], Document]], weight: float = 1.0
) -> Iterator[LabelledPaper]:
    """The papers, each sentence with what it does."""
    glosses = written_papers.glosses()
    for record, document in records:
        paper = paper_of(document, glosses)
        texts = [one.doc.text for one in paper.sentences]
        columns = [
            [any(same(text, label) for label in record[LABELS[name]]) for text in texts]
            for name in FUNCTIONS
        ]
        yield LabelledPaper(record["file"], paper, np.array(columns).T, weight)


def paper_of(document: Document, glosses: Mapping[str, str] | None = None) -> WholePaper:
    """A document as ``pipelines.reading`` gives it to the model, a French one by its glosses."""
    sentences = located(document)
    own = [document.title or "", *(one.doc.text for one in sentences)]
    texts = [glosses[text] for text in own] if glosses and document.language == "fr" else own
    vectors = encoder.encode(texts)
    return WholePaper(sentences, texts[1:], vectors[1:], vectors[0], document.language)


def admitted(folder: Path) -> tuple[list[str], NDArray[np.bool_]]:
    """Single sentences, and which of them admit a limit (Kilicoglu et al. 2018)."""
    with lzma.open(folder / "train.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["text"] for row in rows], np.array([row["limitation"] for row in rows])


# -- the first stage -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Weighed:
    """What sentences do, and how much each counts."""

    labels: NDArray[np.bool_]
    """Shape (n_sentences, n_functions)."""
    weights: NDArray[np.float64]
    """Shape (n_sentences,)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Papers in all views, made once."""

    papers: Sequence[LabelledPaper]
    views: dict[View, list[functions.Seen]]
    limits: tuple[list[dict[str, float]], NDArray[np.bool_]]
    """Words of single sentences, and which of them admit a limit."""

    def weighed(self, places: Sequence[int]) -> Weighed:
        """What all sentences of some papers do, and how much each counts."""
        own = [self.papers[place] for place in places]
        return Weighed(
            np.concatenate([one.labels for one in own]),
            np.concatenate([np.full(len(one.labels), one.weight) for one in own]),
        )

    def in_order(self, places: Sequence[int]) -> Iterator[LabelledViews]:
        """Some papers as a network reads them."""
        for place in places:
            one = self.papers[place]
            views = functions.read_in_order(one.paper, self.views["forms"][place])
            yield LabelledViews(views, one.labels, 1.0 if one.weight == 1 else OWN_WEIGHT_IN_ORDER)


def fitted(seen: Seen, view: View, places: Sequence[int]) -> Logistic:
    """A regression for each function over one view of some papers."""
    rows = [row for place in places for row in seen.views[view][place]]
    labels = seen.weighed(places)
    if view == "vectors":
        return _fitted(np.array(rows), labels, FREEDOM[view], ())
    names = DictVectorizer(sparse=True)
    table = names.fit_transform(rows)
    often = np.asarray((table != 0).sum(axis=0)).ravel() >= KNOWN[view]
    known = tuple(name for name, keep in zip(names.feature_names_, often, strict=True) if keep)
    if view == "forms":
        return _fitted(table[:, often], labels, FREEDOM[view], known)
    extra = names.transform(seen.limits[0])[:, often]
    return _fitted(table[:, often], labels, FREEDOM[view], known, (extra, seen.limits[1]))


def _fitted(
    table: NDArray[np.float32] | sparse.csr_matrix,
    labels: Weighed,
    freedom: float,
    names: tuple[str, ...],
    limits: tuple[sparse.csr_matrix, NDArray[np.bool_]] | None = None,
) -> Logistic:
    weights, intercept = [], []
    for column, function in enumerate(FUNCTIONS):
        rows, told, weight = table, labels.labels[:, column], labels.weights
        if limits is not None and function == "limit":
            rows = sparse.vstack([table, limits[0]]).tocsr()
            told = np.concatenate([told, limits[1]])
            weight = np.concatenate([weight, np.ones(len(limits[1]))])
        solver = "liblinear" if names else "lbfgs"
        model = LogisticRegression(C=freedom, max_iter=300, solver=solver, random_state=SEED)
        model.fit(rows, told, sample_weight=weight)
        weights.append(model.coef_[0])
        intercept.append(model.intercept_[0])
    return Logistic(np.array(weights).T, np.array(intercept), names)


def by_views(
    seen: Seen, views: Sequence[View], learned: Sequence[int], kept: Sequence[int]
) -> list[list[Scores]]:
    """The log-odds of the papers kept, a view, by what was learned from the others."""
    models = [fitted(seen, view, learned) for view in views]
    return [
        [
            model.scores(seen.views[view][place]).astype(np.float64)
            for view, model in zip(views, models, strict=True)
        ]
        for place in kept
    ]


# -- the second stage ------------------------------------------------------------------------------


def fitted_blend(tables: Sequence[NDArray[np.float32]], labels: Weighed) -> Logistic:
    """The second regression over what ``stacked`` makes of the first, its scaling folded in."""
    table = np.concatenate(tables).astype(np.float64)
    weights, intercept = [], []
    for column in range(len(FUNCTIONS)):
        scaler = StandardScaler().fit(table)
        model = LogisticRegression(C=BLEND_FREEDOM, max_iter=1000, random_state=SEED)
        model.fit(scaler.transform(table), labels.labels[:, column], sample_weight=labels.weights)
        own = model.coef_[0] / scaler.scale_
        weights.append(own)
        intercept.append(model.intercept_[0] - own @ scaler.mean_)
    return Logistic(np.array(weights).T, np.array(intercept))


def parts(count: int, seed: int = SEED) -> Iterator[tuple[list[int], list[int]]]:
    """Places to learn from and places kept, ``FOLDS`` times."""
    order = np.random.default_rng(seed).permutation(count)
    for fold in range(FOLDS):
        kept = sorted(order[fold::FOLDS].tolist())
        yield sorted(set(range(count)) - set(kept)), kept


def out_of_fold(
    seen: Seen, views: Sequence[View], places: Sequence[int]
) -> dict[int, list[Scores]]:
    """The first stage's scores of some papers, each by what was learned from the others of them."""
    found: dict[int, list[Scores]] = {}
    for learned, kept in parts(len(places)):
        own = [places[index] for index in kept]
        others = [places[index] for index in learned]
        found |= dict(zip(own, by_views(seen, views, others, own), strict=True))
    return found


@dataclass(frozen=True, slots=True)
class LearnedFunctions:
    """Both stages and the network, as learned from some papers."""

    views: Sequence[Logistic]
    """In the order of ``VIEWS``."""
    blend: Logistic
    network: Recurrent

    def likely(self, seen: Seen, place: int) -> NDArray[np.float64]:
        """What each sentence of a paper does: shape (n_sentences, n_functions), 0 to 1."""
        views = zip(VIEWS, self.views, strict=True)
        scores = [model.scores(seen.views[view][place]).astype(np.float64) for view, model in views]
        (one,) = seen.in_order([place])
        odds = functions.mixed(
            self.blend.scores(functions.stacked(scores)), self.network.scores(one.views)
        )
        found: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return found

    def write(self, out: Path) -> None:
        """Write and seal the artefact."""
        out.mkdir(parents=True, exist_ok=True)
        self.blend.write(out / functions.BLEND)
        for view, model in zip(VIEWS, self.views, strict=True):
            model.write(out / f"{view}.safetensors")
        self.network.write(out, functions.NETWORK, functions.READ)
        seal(out)


def learned_from(seen: Seen, places: Sequence[int]) -> LearnedFunctions:
    """All that is learned from some papers.

    The second stage learns from scores that are themselves out of fold: both leave out one fifth of
    the papers at a time.
    """
    inner = out_of_fold(seen, VIEWS, places)
    tables = [functions.stacked(inner[place]) for place in places]
    return LearnedFunctions(
        [fitted(seen, view, places) for view in VIEWS],
        fitted_blend(tables, seen.weighed(places)),
        fit_recurrent.fitted([*seen.in_order(places)]),
    )


def unseen(seen: Seen, count: int) -> Iterator[tuple[list[int], LearnedFunctions]]:
    """Places kept, and what was learned without them, ``FOLDS`` times.

    Only the first ``count`` papers are kept in turn; all others are always learned from.
    """
    for others, kept in parts(count, SEED + 1):
        yield kept, learned_from(seen, [*others, *range(count, len(seen.papers))])


def judged(seen: Seen, count: int) -> list[NDArray[np.float64]]:
    """What the sentences of the first ``count`` papers do, by what was learned without them."""
    found: dict[int, NDArray[np.float64]] = {}
    for kept, learned in unseen(seen, count):
        found |= {place: learned.likely(seen, place) for place in kept}
    return [found[place] for place in range(count)]


def figures(papers: Sequence[LabelledPaper], found: Sequence[NDArray[np.float64]]) -> Iterator[str]:
    """A line a function: average precision, the best one and two, Brier score."""
    labels = np.concatenate([one.labels for one in papers])
    told = np.concatenate(found)
    for column, function in enumerate(FUNCTIONS):
        own = [
            (one.labels[:, column], scores[:, column])
            for one, scores in zip(papers, found, strict=True)
            if one.labels[:, column].any()
        ]
        first = np.mean([truth[np.argmax(scores)] for truth, scores in own])
        either = np.mean([truth[np.argsort(-scores)[:2]].any() for truth, scores in own])
        precision = average_precision_score(labels[:, column], told[:, column])
        brier = brier_score_loss(labels[:, column], told[:, column])
        yield (
            f"{function:15} average precision {precision:.3f}, best one right {first:.3f}, "
            f"one of the best two {either:.3f}, Brier {brier:.4f}"
        )


def see(papers: Sequence[LabelledPaper], limits: tuple[list[str], NDArray[np.bool_]]) -> Seen:
    """The papers in all views."""
    views: dict[View, list[functions.Seen]] = {
        view: [functions.seen(one.paper, view) for one in papers] for view in VIEWS
    }
    return Seen(papers, views, ([words(text) for text in limits[0]], limits[1]))


def keep(papers: Sequence[LabelledPaper], found: Sequence[NDArray[np.float64]]) -> None:
    """Write what was found by models that had not seen a paper, for those who learn from it."""
    arrays: dict[str, NDArray[Any]] = {}
    for one, likely in zip(papers, found, strict=True):
        names = [named(sentence.doc.text) for sentence in one.paper.sentences]
        arrays[f"{one.name}:names"] = np.array(names)
        arrays[f"{one.name}:likely"] = likely.astype(np.float16)
    np.savez_compressed(LIKELY, allow_pickle=False, **arrays)


def seen_papers(slots: Path) -> tuple[Seen, int]:
    """All papers that are learned from; the first of them, so many, were read in full."""
    read_in_full = list(labelled(records(slots)))
    papers = [*read_in_full, *labelled(written_papers.records(), OWN_WEIGHT)]
    return see(papers, admitted(slots / "limits")), len(read_in_full)


def main(data: Path) -> None:
    """Train everything, print the figures, and seal it."""
    seen, count = seen_papers(data / "slots")
    print("cross-validated:")
    found = judged(seen, count)
    for line in figures(seen.papers[:count], found):
        print(line, flush=True)
    keep(seen.papers[:count], found)
    learned_from(seen, range(len(seen.papers))).write(WEIGHTS / functions.NAME)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
