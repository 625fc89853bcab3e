"""Train the judge of rewordings: ``python -m models.training.fit_entailment DATA``.

In: the table of ``benchmarks/edit_features.py`` (this project's own edits, drafted lines and
planted faults, as numbers) and those edits themselves; ``DATA`` isn't read. Out: the artefact
``entailment``: trees over the table, a logistic regression over what each edit changes
(``models.rewordings``), and the blend of the two; and the figures of its card by cross-validation
over evidences: area under the curve on the edits made by hand, over all and within thirds of like
closeness to the evidence, where how much was changed tells nothing.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from models.artefacts import WEIGHTS
from models.entailment import BLEND, CHANGES, NAME, TREES
from models.entailment import WEIGHTS as FILE
from models.learned import Logistic
from models.rewordings import WEIGHTS as REWORDINGS
from models.rewordings import changes
from models.training import from_sklearn
from models.training.seal import seal

SEED, FOLDS = 0, 5
TABLE = Path(__file__).parents[2] / "benchmarks" / "edits" / "features.jsonl.xz"
#: A feature is known where so many lines have it.
KNOWN = 4
#: What a planted fault counts beside an edit made by hand and a drafted line. Drafted lines count
#: in full, since a doubt of one makes a draft less plain.
PLANTED = 0.3
#: Inverse strengths of regularization: of what is learned of changes, by cross-validation, and of
#: the blend.
CHANGES_C, BLEND_C = 0.002, 1.0
#: How close a text is to its evidence, for the thirds: the features whose sum orders the lines.
CLOSENESS = ("b:cos", "b:e2", "b:t2")

Rows = Sequence[dict[str, Any]]


def table() -> list[dict[str, Any]]:
    """The lines of the table."""
    with lzma.open(TABLE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fitted(rows: Rows) -> tuple[tuple[str, ...], HistGradientBoostingClassifier]:
    """The names of the known features, and the trees over them."""
    vectorizer = DictVectorizer(sparse=False)
    values = vectorizer.fit_transform([row["features"] for row in rows])
    known = (values != 0).sum(axis=0) >= KNOWN
    weight = [PLANTED if row["source"] == "planted" else 1.0 for row in rows]
    trees = HistGradientBoostingClassifier(
        max_depth=7, learning_rate=0.03, max_iter=800, l2_regularization=10.0,
        min_samples_leaf=20, max_features=0.1, early_stopping=False, random_state=SEED,
    )  # fmt: skip
    trees.fit(values[:, known], [row["unfaithful"] for row in rows], sample_weight=weight)
    names = vectorizer.feature_names_
    return tuple(name for name, keep in zip(names, known, strict=True) if keep), trees


def edits() -> list[dict[str, Any]]:
    """The edits that the table's lines made by hand are of, in its order."""
    lines = (TABLE.parent / "seen.jsonl").read_text(encoding="utf-8").splitlines()
    return [edit for edit in map(json.loads, lines) if edit["target"] is None]


def changed(some: Sequence[dict[str, Any]]) -> NDArray[np.float64]:
    """What each edit changes: shape (n_edits, 1536)."""
    quotes = [[" ".join(quote.split()) for quote in edit["evidence"]] for edit in some]
    rows = [changes(edit["text"], *own) for edit, own in zip(some, quotes, strict=True)]
    return np.array(rows, dtype=np.float64)


def fitted_changes(values: NDArray[np.float64], truth: NDArray[np.bool_]) -> Logistic:
    """How much a change speaks for a fault: log-odds, each value by its standard deviation."""
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    model = LogisticRegression(C=CHANGES_C, max_iter=1000)
    model.fit((values - middle) / spread, truth)
    weights = model.coef_[0] / spread
    return Logistic(weights[:, None], model.intercept_ - middle @ weights)


def parts(rows: Rows) -> NDArray[np.int64]:
    """Which part of the cross-validation each line belongs to, by its evidence."""
    return np.array([int(row["evidence"], 16) % FOLDS for row in rows])


def judged(rows: Rows) -> NDArray[np.float64]:
    """How likely each line is unfaithful by trees that were fitted to others: shape (n_rows,)."""
    part = parts(rows)
    found = np.zeros(len(rows))
    for fold in range(FOLDS):
        names, trees = fitted([row for row, own in zip(rows, part, strict=True) if own != fold])
        kept = np.flatnonzero(part == fold).tolist()
        features = [rows[place]["features"] for place in kept]
        values = [[row.get(name, 0.0) for name in names] for row in features]
        found[kept] = trees.predict_proba(np.array(values))[:, 1]
    return found


def judged_changes(
    values: NDArray[np.float64], truth: NDArray[np.bool_], part: NDArray[np.int64]
) -> NDArray[np.float64]:
    """How much each edit's changes speak against it, by what was fitted to others: log-odds."""
    found = np.zeros(len(values))
    for fold in range(FOLDS):
        model = fitted_changes(values[part != fold], truth[part != fold])
        found[part == fold] = model.scores(values[part == fold])[:, 0]
    return found


def blended(trees: NDArray[np.float64], against: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is blended, as log-odds: columns in the order of their names."""
    return np.column_stack([against, np.log(trees / (1 - trees))])


def fitted_blend(
    trees: NDArray[np.float64], against: NDArray[np.float64], truth: NDArray[np.bool_]
) -> LogisticRegression:
    """How much trees and changes count, by lines to which neither was fitted."""
    return LogisticRegression(C=BLEND_C).fit(blended(trees, against), truth)


def figures(rows: Rows, found: NDArray[np.float64]) -> Iterator[str]:
    """A line a language: area under the curve over all and within thirds, Brier score."""
    for language in ("en", "fr"):
        chosen = [
            place
            for place, row in enumerate(rows)
            if row["source"] == "hand" and row["language"] == language
        ]
        truth = np.array([rows[place]["unfaithful"] for place in chosen])
        near = [sum(rows[p]["features"].get(n, 0.0) for n in CLOSENESS) for p in chosen]
        third = np.digitize(near, np.quantile(near, [1 / 3, 2 / 3]))
        likely = found[chosen]
        within = [roc_auc_score(truth[third == n], likely[third == n]) for n in range(3)]
        yield (
            f"{language}: {len(chosen)} edits, AUC {roc_auc_score(truth, likely):.3f}, "
            f"within thirds {np.mean(within):.3f}, Brier {brier_score_loss(truth, likely):.3f}"
        )


def main(_: Path) -> None:
    """Train, print the figures, and seal it."""
    rows, own = table(), edits()
    hand = np.array([row["source"] == "hand" for row in rows])
    truth = np.array([row["unfaithful"] for row in rows])[hand]
    if truth.tolist() != [not edit["faithful"] for edit in own]:
        raise SystemExit("the table isn't of these edits; run benchmarks/edit_features.py")
    values = changed(own)
    found = judged(rows)
    against = judged_changes(values, truth, parts(rows)[hand])
    blend = fitted_blend(found[hand], against, truth)
    for line in figures(rows, found):
        print("trees alone:", line, flush=True)
    found[hand] = blend.predict_proba(blended(found[hand], against))[:, 1]
    for line in figures(rows, found):
        print(line, flush=True)
    out = WEIGHTS / NAME
    out.mkdir(parents=True, exist_ok=True)
    names, trees = fitted(rows)
    from_sklearn.trees(trees).write(out / FILE, names)
    fitted_changes(values, truth).write(out / REWORDINGS)
    Logistic(blend.coef_.T, blend.intercept_, (CHANGES, TREES)).write(out / BLEND)
    seal(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
