"""The numbers of a text, each with what it measures: the one reader for every room.

In: a text and its language. Out: ``Number``s, in order: digits and words, ranges by their two ends,
statistics, dates, and the digits of names, which are no quantities but may not change either. What
is found, and of which kind, is read by ``models.components.quantities``; here each written number
gets its value and its unit, so that two texts can be compared: "335 924" is "335,924", "10-
percentage-point" is "10 percentage points". Signs and spaces are ``typography``'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from corpus.document import Language
from models.components.numerals import MEASURES, Quantity
from models.components.quantities import typed
from models.components.typed import QuantityKind, TypedQuantity, read
from pipelines.language.typography import Figure, find_figures

NumberKind = QuantityKind | Literal["NAME"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a text, as it can be compared."""

    value: str
    """Plain decimal notation without idle zeros, with its sign: ``-0.5``, ``1200000``; or a word's
    (``half``)."""
    unit: str
    """What it measures, by a name that both languages share: ``%``, ``points``, ``$``, ``month``,
    ``mg/L``; empty where it counts something or stands alone."""
    counted: str
    """The word behind it, in lower case; empty without one."""
    kind: NumberKind
    """``NAME`` for digits that are part of a name, a label or a reference."""
    start: int
    """First character, code points into the text."""
    end: int
    written: str
    """As the text has it, without its unit."""

    @property
    def in_digits(self) -> bool:
        """Whether it is written in digits, not as a word."""
        return self.written[-1:].isdigit()


#: Kinds whose unit belongs to each of their numbers.
_MEASURED = ("PERCENT", "POINTS", "MONEY", "MEASURE", "RANGE")
#: Kinds whose value is more than digits: "3.2 million" is 3200000.
_SCALED = ("NUMBER", *_MEASURED)


@lru_cache(maxsize=4096)
def numbers(text: str, language: Language) -> tuple[Number, ...]:
    """Every number of a text, in digits or in words, in order.

    A lone "one", « un » or « une » is no number.
    """
    items = typed(text, language)
    written = [n for n in read(text, language).numbers if n.value != "1" or _in_digits(n)]
    found = []
    for number in written:
        item = next((one for one in items if one.start <= number.start < one.end), None)
        inside = [n for n in written if item and item.start <= n.start < item.end]
        told = [n for n in inside if not _is_magnitude(n, inside)]
        if item is None or number in told:
            found.append(_number(text, number, item, told))
    return tuple(found)


def _in_digits(number: Quantity) -> bool:
    return number.written[-1:].isdigit()


def _is_magnitude(number: Quantity, inside: list[Quantity]) -> bool:
    """Whether a word only says how many zeros the digits before it have: "3.2 million"."""
    before = inside[: inside.index(number)]
    zeros = number.value.strip("0") == "1" and len(number.value) > len("10")
    return not _in_digits(number) and bool(before) and zeros


def _number(
    text: str, number: Quantity, item: TypedQuantity | None, inside: list[Quantity]
) -> Number:
    """A written number within the quantity that it is part of, if it is part of one."""
    value, unit = number.value, number.unit if number.unit in MEASURES else ""
    counted = "" if number.unit in MEASURES else number.unit
    if item is not None:
        if item.kind in _MEASURED and item.unit:
            unit, counted = item.unit, ""
        if item.kind in _SCALED and (told := _told(number, item, inside)):
            value = told
    kind = item.kind if item is not None else "NAME"
    return Number(
        _plain(value), unit, counted, kind, number.start, number.end,
        text[number.start : number.end],
    )  # fmt: skip


def _told(number: Quantity, item: TypedQuantity, inside: list[Quantity]) -> str | None:
    """The value that a number has within its quantity: its end of a range, scaled."""
    if len(inside) == 1 and (item.low == item.high or None in (item.low, item.high)):
        return item.low or item.high
    if item.kind == "RANGE" and len(inside) == 2:
        return item.low if number is inside[0] else item.high
    return None  # a margin, or digits that were written apart: each as it stands


def _plain(value: str) -> str:
    """A value without idle zeros: "0.50" is "0.5", "4.0" is "4"."""
    try:
        return f"{Decimal(value).normalize():f}"
    except InvalidOperation:
        return value


def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """The numbers of a text in digits as they are written, with their signs; a range is one.

    What a translation must keep: no digits of names, labels, dates in full or times.
    """
    counted = [number.start for number in numbers(text, language) if number.kind != "NAME"]
    return tuple(
        figure
        for figure in find_figures(text, language)
        if any(figure.start <= start < figure.end for start in counted)
    )
