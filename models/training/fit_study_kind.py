"""Train the model of a study's kind: ``python -m models.training.fit_study_kind DATA``.

In: the papers of ``slots`` with the kind that a careful reader gave each, and papers of our own, in
French, too (``written_papers``), some of which were written for their kind alone. Out: the artefact
``study_kind``, and how often it is right, each paper of ``slots`` judged by what was learned from
all others.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from corpus.document import Document
from models import study_kind
from models.artefacts import WEIGHTS
from models.learned import Logistic
from models.roles_features import Features
from models.study_kind import GENERAL, KINDS, MEASURES, PLACES
from models.training import written_papers
from models.training.fit_functions import paper_of, records
from models.training.seal import seal

#: What large weights cost: those that all kinds share with the kinds' constants, and each kind's
#: own deviation. Chosen among six pairs of costs from 3 to 20, by leaving one paper out.
SHARED_COST, OWN_COST = 10.0, 10.0
#: Inverse of how much large weights over vectors cost; by ten-fold cross-validation of .3 and 3.
FREEDOM = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """A paper as the two regressions see it, and what it is."""

    row: Features
    means: NDArray[np.float32]
    """Shape (3 × size,)."""
    kind: int
    """A place in ``KINDS``."""


def examples(records: Iterable[tuple[dict[str, Any], Document]]) -> Iterator[Example]:
    """Each labelled paper but plans, a French one with the vectors of its glosses."""
    for record, document in records:
        if record["design"] not in KINDS:
            continue
        paper = paper_of(document, written_papers.glosses())
        texts = study_kind.placed(document.title or "", paper.sentences, paper.language)
        vectors = np.vstack([paper.title, paper.vectors])
        yield Example(
            study_kind.features(texts, paper.language),
            study_kind.means(paper.sentences, vectors, paper.language),
            KINDS.index(record["design"]),
        )


def learned_from(papers: Sequence[Example]) -> tuple[Logistic, Logistic]:
    """The conditional logit over counted words, and the regression over vectors."""
    by_words = fitted([one.row for one in papers], [one.kind for one in papers])
    model = LogisticRegression(C=FREEDOM, max_iter=1000, random_state=0)
    model.fit(np.array([one.means for one in papers]), [one.kind for one in papers])
    assert list(model.classes_) == list(range(len(KINDS)))
    return by_words, Logistic(model.coef_.T, model.intercept_)


def fitted(rows: Sequence[Features], kinds: Sequence[int]) -> Logistic:
    """The conditional logit, written as a logistic regression over the named features."""
    own, general = _tables(rows)
    scale, centre = own.std(axis=(0, 1)) + 1e-9, own.mean(axis=(0, 1))
    spread, middle = general.std(axis=0) + 1e-9, general.mean(axis=0)
    table = torch.tensor((own - centre) / scale)
    beside = torch.tensor((general - middle) / spread)
    truth = torch.tensor(list(kinds))
    sizes = ((own.shape[2],), (len(KINDS),), (len(KINDS), own.shape[2]), (len(GENERAL), len(KINDS)))
    shared, constant, deviation, around = parts = [
        torch.zeros(size, dtype=torch.float64, requires_grad=True) for size in sizes
    ]
    optimizer = torch.optim.LBFGS(parts, max_iter=300, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = (table * (shared + deviation)).sum(-1) + constant + beside @ around
        wrong = torch.nn.functional.cross_entropy(scores, truth, reduction="sum")
        small = SHARED_COST * ((shared**2).sum() + (constant**2).sum())
        small = small + OWN_COST * ((deviation**2).sum() + (around**2).sum())
        total: torch.Tensor = wrong + small / 2
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    weight = (shared + deviation).detach().numpy() / scale
    beside_weight = around.detach().numpy() / spread[:, None]
    intercept = constant.detach().numpy() - weight @ centre - middle @ beside_weight
    return _named(weight, beside_weight, intercept)


def _tables(rows: Sequence[Features]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features by kind, shape (n, n_kinds, n_measures), and general ones, shape (n, n_general)."""
    measures = [f"{place}:{measure}" for place in PLACES for measure in MEASURES]
    own = [[[row[f"{kind}:{name}"] for name in measures] for kind in KINDS] for row in rows]
    return np.array(own), np.array([[row[name] for name in GENERAL] for row in rows])


def _named(
    own: NDArray[np.float64], general: NDArray[np.float64], intercept: NDArray[np.float64]
) -> Logistic:
    """A kind's features speak for that kind alone, general ones for each."""
    names: list[str] = []
    columns = []
    measures = [f"{place}:{measure}" for place in PLACES for measure in MEASURES]
    for index, kind in enumerate(KINDS):
        for place, name in enumerate(measures):
            names.append(f"{kind}:{name}")
            columns.append(np.eye(len(KINDS))[index] * own[index, place])
    weights = np.vstack([np.array(columns), general])
    return Logistic(weights, intercept, (*names, *GENERAL))


def written() -> Iterator[Example]:
    """The papers of our own, those written for their kind alone, too."""
    yield from examples(written_papers.records())
    yield from examples(written_papers.records(written_papers.KINDS_ALONE))


def write(papers: Sequence[Example], out: Path) -> None:
    """Learn from some papers, write both regressions and seal them."""
    out.mkdir(parents=True, exist_ok=True)
    by_words, by_vectors = learned_from(papers)
    by_words.write(out / study_kind.WEIGHTS)
    by_vectors.write(out / study_kind.VECTORS)
    seal(out)


def main(data: Path) -> None:
    """Train, print how often a paper left out is judged rightly, and seal."""
    read = list(examples(records(data / "slots")))
    papers = [*read, *written()]
    print(f"{len(read)} papers read, {len(papers) - len(read)} of our own")
    judged = []
    for index, one in enumerate(read):
        by_words, by_vectors = learned_from([*papers[:index], *papers[index + 1 :]])
        (odds,) = np.exp(
            study_kind.both(
                by_words.log_probabilities([one.row]),
                by_vectors.log_probabilities(one.means[None]),
            )
        )
        judged.append((float(odds.max()), int(odds.argmax()) == one.kind))
    print(f"right, left out: {np.mean([right for _, right in judged]):.3f} of {len(judged)}")
    for margin in (0.35, 0.5, 0.6, 0.7):
        claimed = [right for odds, right in judged if odds >= margin]
        share = len(claimed) / len(judged)
        print(f"from {margin} on: {np.mean(claimed):.3f} right of the {share:.2f} claimed")
    write(papers, WEIGHTS / study_kind.NAME)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
