"""Train the judge of translations: ``python -m models.training.fit_translation_faults DATA``.

In: the table of ``benchmarks/translation_features.py`` (true pairs and the same with one fault
planted, as numbers of what is suspected; ``DATA`` isn't read). Out: the artefact ``translations``,
a file a fault, and for each fault by cross-validation over documents what is caught by how many
true pairs are told. Of the suspects of a text in which a fault was planted one is the fault: the
likeliest by what was learned before, first by a plain order (multiple-instance learning, as in
Andrews et al. 2003).
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from corpus.errors import PasserelleError
from models.artefacts import WEIGHTS
from models.training import from_sklearn
from models.training.seal import seal
from models.translation_faults import FAULTS, NAME, Fault

SEED, FOLDS, ROUNDS = 0, 3, 1
TABLE = Path(__file__).parents[2] / "benchmarks" / "translations" / "features.jsonl.xz"
#: The fault that is marked wherever one of the suspects is it.
CUT = "part"
#: In a suspect's row, how much of it is what was lost.
OVERLAP = "overlap"
#: What all faults planted count together beside all suspects of true pairs, at most.
BALANCE = 1.0
#: By how many of 1,000 true pairs told what is caught is shown.
SHOWN = (1, 2, 3, 4, 6, 9, 12)

Rows = list[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Text:
    """A pair of texts with the suspects of one fault."""

    document: int
    pair: str
    planted: str
    """The kind of fault that was planted; empty in a true pair."""
    free: bool
    """Whether weights may be trained on it."""
    rows: NDArray[np.float64]
    """float64, shape (n_suspects, n_features)."""
    marked: int | None = None
    """The suspect that is the fault, where that is known."""
    whole: bool = False
    """Whether it is of a paragraph that nobody read, which is no measure."""


def table() -> list[dict[str, Any]]:
    """The lines of the table, pairs before whole paragraphs.

    Raises ``PasserelleError`` where nobody has made it yet.
    """
    try:
        with lzma.open(TABLE, "rt", encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
    except FileNotFoundError:
        raise PasserelleError(
            f"{TABLE}: not there; make it with python benchmarks/translation_features.py PAIRS"
        ) from None
    return sorted(
        lines,
        key=lambda line: (line.get("whole", False), line["doc"], line["pair"], line["planted"]),
    )


def texts_of(
    lines: Sequence[Mapping[str, Any]], fault: Fault
) -> tuple[tuple[str, ...], list[Text]]:
    """The names of a fault's features, and all texts that have suspects of it."""
    own = [(line, [row for row in line["suspects"] if row["fault"] == fault]) for line in lines]
    names = sorted({name for _, rows in own for row in rows for name in row} - {"fault", OVERLAP})
    made = [
        Text(
            int(line["doc"]), line["pair"], line["planted"], line["free"],
            np.array([[row.get(name, 0.0) for name in names] for row in rows], dtype=np.float64),
            _marked(rows), bool(line.get("whole")),
        )
        for line, rows in own
        if rows
    ]  # fmt: skip
    return tuple(names), made


def _marked(rows: Sequence[Mapping[str, Any]]) -> int | None:
    overlaps = [row.get(OVERLAP, 0.0) for row in rows]
    return overlaps.index(max(overlaps)) if max(overlaps) > 0 else None


def fitted(texts: Sequence[Text], chosen: Sequence[int]) -> HistGradientBoostingClassifier:
    """The trees over all suspects of true pairs and the chosen one of each other text."""
    true = [one.rows for one in texts if not one.planted and one.free]
    faults = [
        one.rows[[n]]
        for one, n in zip(texts, chosen, strict=True)
        if one.planted and (one.marked is not None or one.planted != CUT)
    ]
    rows = np.vstack([*true, *faults])
    honest = sum(map(len, true))
    labels = np.arange(len(rows)) >= honest
    weight = np.where(labels, min(1.0, BALANCE * honest / max(len(faults), 1)), 1.0)
    trees = HistGradientBoostingClassifier(
        max_depth=4, learning_rate=0.03, max_iter=360, l2_regularization=5.0,
        min_samples_leaf=30, max_features=0.15, early_stopping=False, random_state=SEED,
    )  # fmt: skip
    return trees.fit(rows, labels, sample_weight=weight)


def first_choice(names: Sequence[str], texts: Sequence[Text]) -> list[int]:
    """The suspect of each text that stands farthest from a counterpart."""
    signs = {
        "none": 10.0, "cost": 1.0, "far_same": 1.0, "far_other": -1.0, "weight": 0.1,
        "covered": -3.0, "other_far": -0.1,
    }  # fmt: skip
    order = np.array([signs.get(name, 0.0) for name in names])
    guessed = [int((one.rows @ order).argmax()) for one in texts]
    return _where_marked(texts, guessed)


def _where_marked(texts: Sequence[Text], guessed: Sequence[int]) -> list[int]:
    return [n if one.marked is None else one.marked for one, n in zip(texts, guessed, strict=True)]


def judged(
    names: Sequence[str], texts: Sequence[Text]
) -> tuple[list[NDArray[np.float64]], list[int]]:
    """How likely each suspect is, by what was learned on other documents, and the likeliest."""
    chosen = first_choice(names, texts)
    found: list[NDArray[np.float64]] = []
    for _ in range(ROUNDS):
        by_place: dict[int, NDArray[np.float64]] = {}
        for fold in range(FOLDS):
            others = [n for n, one in enumerate(texts) if one.document % FOLDS != fold]
            trees = fitted([texts[n] for n in others], [chosen[n] for n in others])
            own = [n for n, one in enumerate(texts) if one.document % FOLDS == fold]
            if own:
                likely = trees.predict_proba(np.vstack([texts[n].rows for n in own]))[:, 1]
                ends = np.cumsum([len(texts[n].rows) for n in own])
                by_place.update(zip(own, np.split(likely, ends[:-1]), strict=True))
        found = [by_place[n] for n in range(len(texts))]
        chosen = _where_marked(texts, [int(likely.argmax()) for likely in found])
    return found, chosen


def figures(
    fault: Fault, lines: Sequence[Mapping[str, Any]], texts: Sequence[Text],
    found: Sequence[NDArray[np.float64]],
) -> Iterator[str]:  # fmt: skip
    """What is caught at which threshold, by how many of 1,000 true pairs are told."""
    every = Counter(line["planted"] for line in lines if not line.get("whole"))
    told = sorted(
        (
            float(likely.max())
            for one, likely in zip(texts, found, strict=True)
            if not one.planted and not one.whole
        ),
        reverse=True,
    )
    for alarms in SHOWN:
        place = round(alarms * every[""] / 1000)
        least = told[place] if place < len(told) else 0.0
        caught = Counter(
            one.planted
            for one, likely in zip(texts, found, strict=True)
            if one.planted and not one.whole and likely.max() > least
        )
        shares = ", ".join(
            f"{kind} {count / every[kind]:.3f}" for kind, count in sorted(caught.items())
        )
        yield f"{fault}: {alarms} in 1,000 above {least:.3f}: {shares}"


def main(_: Path) -> None:
    """Train, print the figures, and seal it."""
    lines = table()
    out = WEIGHTS / NAME
    out.mkdir(parents=True, exist_ok=True)
    for fault in FAULTS:
        names, texts = texts_of(lines, fault)
        found, chosen = judged(names, texts)
        for line in figures(fault, lines, texts, found):
            print(line, flush=True)
        from_sklearn.trees(fitted(texts, chosen)).write(out / f"{fault}.safetensors", names)
    seal(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
