"""The suite ``readability``: how far scores agree with teachers' judgement of short excerpts.

In: JSON Lines with ``text`` and ``bt_easiness`` (CLEAR: higher is easier). Out: Spearman's rank
correlation of the common scale, and of each of textstat's formulas in the same run; positive
where a score agrees with the teachers, whichever way it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scipy.stats import spearmanr

from models.parsing import ENTITIES, pipeline
from pipelines.scoring.readability import FORMULAS, GRADE, common_scale, score_text
from pipelines.suites import records

#: Formulas that give more to what is easier.
_EASE = frozenset({"flesch_reading_ease"})


def evaluate(path: Path) -> dict[str, float]:
    """``spearman`` of the common scale, ``spearman_<formula>`` of each formula.

    Raises ``UnreadableError``.
    """
    rows = list(records(path, "text", "bt_easiness"))
    texts = [str(row["text"]) for row in rows]
    easiness = [float(row["bt_easiness"]) for row in rows]
    docs = pipeline("en").pipe(texts, disable=ENTITIES)
    grades = [common_scale(doc.sents)[GRADE] for doc in docs]
    formulas = [score_text(text, "en") for text in texts]
    figures = {"spearman": _agreement([-grade for grade in grades], easiness)}
    for name in FORMULAS["en"]:
        sign = 1 if name in _EASE else -1
        found = [sign * scores[name] for scores in formulas]
        figures[f"spearman_{name}"] = _agreement(found, easiness)
    return figures


def _agreement(scores: Sequence[float], easiness: Sequence[float]) -> float:
    return round(float(spearmanr(scores, easiness)[0]), 4)
