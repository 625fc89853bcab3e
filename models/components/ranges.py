"""Ranges: "12–18 months", "between 5 and 10", « de 3 à 5 % ».

``range_at(reading, amount)`` gives the range that an amount begins. A before and an after ("rose
from 12% to 18%") are two amounts and no range.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from corpus.document import Language
from models.components.measures import Amount, words
from models.components.typed import Reading, TypedQuantity, quantity

_LETTER_AFTER = re.compile(r"[^\W\d_]|-(?=[^\W\d_])")


@cache
def _before(language: Language, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words(language, key)}) ?$", re.IGNORECASE)


@cache
def _range_link(language: Language, key: str) -> re.Pattern[str]:
    marks = r"| ?[-–—] ?" if key == "range_links" else ""
    return re.compile(rf"(?:-? (?:{words(language, key)}) {marks})(?=[^ ])", re.IGNORECASE)


@cache
def _change(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words(language, 'changes')})(?!\w)[^.;:]*$", re.IGNORECASE)


def _is_change(reading: Reading, first: Amount, dash: bool) -> bool:
    """Whether two numbers are a before and an after: "rose from 12 to 18%"."""
    if dash:
        return False
    before = reading.text[max(0, first.start - 60) : first.start]
    moved = bool(_change(reading.language).search(before))
    started = bool(_before(reading.language, "from").search(before))
    return (moved and (started or first.unit != "")) or (started and first.unit in ("%", "points"))


def _second(reading: Reading, first: Amount) -> tuple[Amount, bool] | None:
    """The amount that a range mark or word joins to the first, and whether it was a dash."""
    text, language = reading.text, reading.language
    between = _before(language, "between").search(text[max(0, first.start - 10) : first.start])
    link = _range_link(language, "range_links").match(text, first.end) or (
        _range_link(language, "between_links").match(text, first.end) if between else None
    )
    number = reading.number_at(link.end()) if link else None
    second = reading.amount_at(link.end()) if link else None
    if not link or not number or not second or second.start < link.end():
        return None
    if link.group() == "-" and not number.written[:1].isdigit():
        return None  # "ten-thirty"
    return second, link.group().strip() in ("-", "–", "—")


def range_at(reading: Reading, first: Amount) -> TypedQuantity | None:
    """The range that an amount begins; None where it begins none."""
    found = _second(reading, first)
    if found is None:
        return None
    second, dash = found
    if second.scale and not first.scale and first.low < second.low.scaleb(-second.scale):
        first = replace(first, low=first.low.scaleb(second.scale))
    if first.unit not in ("", second.unit) and second.unit:
        return None
    if first.low >= second.high or _is_change(reading, first, dash):
        return None
    if dash and second.kind == "NUMBER" and _LETTER_AFTER.match(reading.text, second.end):
        return None
    unit = second.unit or first.unit
    return quantity("RANGE", first.low, second.high, unit, first.start, second.end)
