"""How much a paper's sentence deserves to be told, before it is asked where.

In: a ``Reading``. Out: a number for each sentence, higher for more. What a section of the brief
and its audience make of it is left to ``worth``.
"""

from __future__ import annotations

from models.sentence_functions import FUNCTIONS, Function
from pipelines.reading.reading import Reading

#: What a sentence that may be told does; a problem or a sample is told, too, but not for its worth.
_TOLD: tuple[Function, ...] = ("main_finding", "key_finding", "finding", "limit", "recommendation")


def paper_salience(reading: Reading) -> tuple[float, ...]:
    """How likely each sentence is one that a careful reader would tell: 0 to 1."""
    columns = [FUNCTIONS.index(function) for function in _TOLD]
    return tuple(round(float(row.max()), 4) for row in reading.functions[:, columns])
