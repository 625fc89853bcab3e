"""The suite ``strength``: how strong a claim a sentence makes, against annotators' labels.

A line has ``sentence`` and ``label``, 0 to 3 (none, correlational, conditional causal, causal), as
in the corpora of Yu, Li & Wang (2019; press releases 2020). Nothing is fitted.
"""

from __future__ import annotations

from pathlib import Path

from sklearn.metrics import accuracy_score, f1_score

from pipelines.brief import STRENGTHS, Strength
from pipelines.claims.strength import strength
from pipelines.suites import records


def evaluate(path: Path) -> dict[str, float]:
    """Macro F1, accuracy and the F1 of each level, as fractions.

    Raises ``ValueError`` where a label is none of 0 to 3.
    """
    rows = list(records(path, "sentence", "label"))
    gold = [_level(row["label"]) for row in rows]
    found = [strength(row["sentence"], "en") for row in rows]
    by_level = f1_score(gold, found, labels=STRENGTHS, average=None, zero_division=0)
    macro = f1_score(gold, found, labels=STRENGTHS, average="macro", zero_division=0)
    return {
        "macro_f1": round(float(macro), 4),
        "accuracy": round(float(accuracy_score(gold, found)), 4),
        **{
            f"f1_{level}": round(float(f1), 4)
            for level, f1 in zip(STRENGTHS, by_level, strict=True)
        },
    }


def _level(label: object) -> Strength:
    labels = {str(number): level for number, level in enumerate(STRENGTHS)}
    if str(label) not in labels:
        raise ValueError(f"the label {label!r} is none of 0 to 3")
    return labels[str(label)]
