"""Ranges: "12–18 months", "between 5 and 10", « de 3 à 5 % ».

``range_at(reading, amount)`` gives the range that an amount begins. A before and an after ("rose
from 12% to 18%") are two amounts and no range.
"""

from __future__ import annotations

from dataclasses import replace

from models.components.measures import Amount, cued
from models.components.typed import NumberedText, TypedQuantity, quantity
from models.components.uncounted import goes_on_in_letters

#: What a cue has around it: the words of a range, or a dash; a word at the end of a text.
_LINK, _OR_DASH, _LAST = ("(?:-? ", " )(?=[^ ])"), ("(?:-? ", " | ?[-–—] ?)(?=[^ ])"), " ?$"


def _is_change(reading: NumberedText, first: Amount, dash: bool) -> bool:
    """Whether two numbers are a before and an after: "rose from 12 to 18%"."""
    if dash:
        return False
    before = reading.text[max(0, first.start - 60) : first.start]
    moved = bool(cued(reading.language, "changes", after=r"(?!\w)[^.;:]*$").search(before))
    started = bool(cued(reading.language, "from", after=_LAST).search(before))
    return (moved and (started or first.unit != "")) or (started and first.unit in ("%", "points"))


def _second(reading: NumberedText, first: Amount) -> tuple[Amount, bool] | None:
    """The amount that a range mark or word joins to the first, and whether it was a dash."""
    text, language = reading.text, reading.language
    before = text[max(0, first.start - 10) : first.start]
    link = cued(language, "range_links", *_OR_DASH).match(text, first.end)
    if link is None and cued(language, "between", after=_LAST).search(before):
        link = cued(language, "between_links", *_LINK).match(text, first.end)
    number = reading.number_at(link.end()) if link else None
    second = reading.amount_at(link.end()) if link else None
    if not link or not number or not second or second.start < link.end():
        return None
    if link.group() == "-" and not number.written[:1].isdigit():
        return None  # "ten-thirty"
    return second, link.group().strip() in ("-", "–", "—")


def range_at(reading: NumberedText, first: Amount) -> TypedQuantity | None:
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
    if dash and second.kind == "NUMBER" and goes_on_in_letters(reading.text, second.end):
        return None
    unit = second.unit or first.unit
    return quantity("RANGE", first.low, second.high, unit, first.start, second.end)
