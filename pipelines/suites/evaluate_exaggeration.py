"""The suite ``exaggeration``: does a press release conclude more than the abstract it tells?

A line has ``press_release_conclusion``, ``abstract_conclusion`` and ``exaggeration_label``
(``exaggerates``, ``same``, ``downplays``), as in Wright & Augenstein (2021), from the pairs of
Sumner et al. (2014) and Bratton et al. (2019). Nothing is fitted.
"""

from __future__ import annotations

from pathlib import Path

from sklearn.metrics import f1_score

from pipelines.claims.strength import exaggeration
from pipelines.suites import records

_LABELS = ("exaggerates", "same", "downplays")


def evaluate(path: Path) -> dict[str, float]:
    """Macro F1, and the share of exaggerating texts that were not told so, as fractions.

    Raises ``ValueError`` where a label is none of the three.
    """
    rows = list(
        records(path, "press_release_conclusion", "abstract_conclusion", "exaggeration_label")
    )
    gold = [row["exaggeration_label"] for row in rows]
    if unknown := sorted(set(map(str, gold)) - set(_LABELS)):
        raise ValueError(f"the label {unknown[0]!r} is none of {', '.join(_LABELS)}")
    found = [
        exaggeration(row["press_release_conclusion"], row["abstract_conclusion"], "en")
        for row in rows
    ]
    macro = f1_score(gold, found, labels=_LABELS, average="macro", zero_division=0)
    told = [label for truth, label in zip(gold, found, strict=True) if truth == "exaggerates"]
    missed = sum(label != "exaggerates" for label in told) / len(told) if told else 0.0
    return {"macro_f1": round(float(macro), 4), "missed_exaggerations": round(missed, 4)}
