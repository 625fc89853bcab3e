"""A text made plain for reading, its numbers, and the type of a quantity.

``read(text, language)`` gives a ``NumberedText``: the text with plain spaces and straight
apostrophes, every offset as it was, and every number in it; ``amount_at`` reads the amount that
begins at a position. What the amounts are together is left to ``shares``, ``ranges`` and
``quantities``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from corpus.document import Language
from models.components.measures import Amount, amount_at, plain
from models.components.numerals import Quantity, quantities, spelled_or_one

QuantityKind = Literal[
    "NUMBER",
    "PERCENT",
    "POINTS",
    "MONEY",
    "DATE",
    "TIME",
    "RANGE",
    "MEASURE",
    "RATIO",
    "STATISTIC",
]


@dataclass(frozen=True, slots=True)
class TypedQuantity:
    """One quantity of a text."""

    kind: QuantityKind
    low: str | None
    """The value, or the lower bound: plain decimal notation (``-0.5``, ``1200000``), ISO 8601 for
    dates and times. None where the text leaves that end open ("< 5")."""
    high: str | None
    """The same as ``low``, or the upper bound."""
    unit: str
    """``%``, ``points``, ``$``, ``CAD``, a unit's shared name (``month``, ``km²``, ``mg/L``), the
    precision of a date, ``times``, ``per 100000``, or a statistic's symbol; empty without one."""
    start: int
    """First character, code points into the text."""
    end: int
    written: str
    """As the text has it."""


#: Spaces and apostrophes as typewriters have them; every one a single character, offsets stay.
_PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "’": "'", "\u2011": "-"}
)


def flattened(text: str, language: Language) -> str:
    """The text with plain spaces and straight apostrophes, every offset as it was.

    English thin spaces between thousands become commas; French keeps its spaces.
    """
    if language == "en":
        text = re.sub(r"(?<=\d)[\u202f\u2009](?=\d{3}(?!\d))", ",", text)
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class NumberedText:
    """A plain text and its numbers, in order."""

    text: str
    language: Language
    numbers: tuple[Quantity, ...]
    starts: tuple[int, ...]

    def number_at(self, position: int) -> Quantity | None:
        """The number that begins at a position."""
        index = bisect_left(self.starts, position)
        there = index < len(self.starts) and self.starts[index] == position
        return self.numbers[index] if there else None

    def amount_at(self, position: int) -> Amount | None:
        """The amount that begins at a position."""
        number = self.number_at(position)
        return amount_at(self.text, number, self.language) if number else None


@lru_cache(maxsize=4096)
def read(text: str, language: Language) -> NumberedText:
    """The text, made plain, and its numbers in digits and in words."""
    flat = flattened(text, language)
    found = sorted(
        [*quantities(flat, language), *spelled_or_one(flat, language)],
        key=lambda number: number.start,
    )
    return NumberedText(flat, language, tuple(found), tuple(number.start for number in found))


def quantity(
    kind: QuantityKind, low: Decimal | None, high: Decimal | None, unit: str, start: int, end: int
) -> TypedQuantity:
    """A quantity from its values; what is written is put in at the end."""
    first, last = (None if value is None else plain(value) for value in (low, high))
    return TypedQuantity(kind, first, last, unit, start, end, "")
