"""Shares and multiples: "1 in 5", "12 per 100,000", « les deux tiers », "1.5 times as", "doubled".

``ratio_at(reading, amount)`` gives the ratio that an amount begins; ``fractions`` and
``multiples`` find those that are words of their own. All are so many per so many, or so many
times; both languages give the same value and unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from corpus.document import Language
from models.components import table
from models.components.measures import Amount, plain, words
from models.components.typed import Reading, TypedQuantity, quantity

_MARK = re.compile(r"[:/](?=\d)")


@cache
def _fraction(language: Language) -> re.Pattern[str]:
    names = "|".join(table("quantities")[language]["fractions"])
    numerals = "|".join(w for w, v in table("number_words")[language].items() if len(v) == 1)
    return re.compile(
        rf"(?<![\w-])(?:(?P<count>{numerals}|\d)[ -]|(?P<one>{words(language, 'one')})[ -])?"
        rf"(?P<name>{names})(?![\w-])(?P<of> (?:{words(language, 'fraction_of')})|)",
        re.IGNORECASE,
    )


def fractions(text: str, language: Language) -> Iterator[TypedQuantity]:
    """ "Two thirds", "half of", « le quart des »: so many of so many."""
    for match in _fraction(language).finditer(text):
        count = match["count"]
        numeral = table("number_words")[language].get((count or "").lower(), count or "1")
        if not count and not match["of"] and (match["one"] or "").lower() not in ("one",):
            continue
        parts = table("quantities")[language]["fractions"][match["name"].lower()]
        yield quantity(
            "RATIO",
            Decimal(numeral),
            Decimal(numeral),
            f"per {parts}",
            match.start(),
            match.end("name"),
        )


@cache
def _multiple(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(table('quantities')[language]['multiples'])})(?![\w-])",
        re.IGNORECASE,
    )


def multiples(text: str, language: Language) -> Iterator[TypedQuantity]:
    """ "Doubled", "twice as": so many times."""
    for match in _multiple(language).finditer(text):
        factor = next(
            Decimal(str(value))
            for form, value in table("quantities")[language]["multiples"].items()
            if re.match(form, match.group() + text[match.end() :][:12], re.IGNORECASE)
        )
        yield quantity("RATIO", factor, factor, "times", match.start(), match.end())


@cache
def _times(language: Language) -> re.Pattern[str]:
    return re.compile(rf"[ -]?(?:{words(language, 'times')})(?!\w)", re.IGNORECASE)


@cache
def _share_link(language: Language, key: str) -> re.Pattern[str]:
    noun = r"(?P<noun> [^\W\d_]+)?" if key == "in" else ""
    return re.compile(rf"{noun} (?:{words(language, key)}) ", re.IGNORECASE)


def _is_year(value: Decimal) -> bool:
    return 1600 <= value < 2100


def _is_share(first: Amount, second: Amount, link: re.Match[str] | None) -> bool:
    """Whether "… in …" tells a share: "1 in 5", "one home in five", not "12 schools in 2019"."""
    if link and link["noun"] and first.low != 1 and second.low not in (10, 100, 1000):
        return False
    return first.high < second.low and not _is_year(second.low)


def ratio_at(reading: Reading, first: Amount) -> TypedQuantity | None:
    """The ratio that an amount begins; None where it begins none."""
    times = _times(reading.language).match(reading.text, first.end)
    if times and first.low != 1:
        return quantity("RATIO", first.low, first.high, "times", first.start, times.end())
    if first.kind != "NUMBER":
        return None
    return _said(reading, first) or _marked(reading, first)


def _said(reading: Reading, first: Amount) -> TypedQuantity | None:
    """A ratio in words: "1 in 5", "one home in five", "12 per 100,000"."""
    for key in ("per", "in"):
        link = _share_link(reading.language, key).match(reading.text, first.end)
        second = reading.amount_at(link.end()) if link else None
        if not second or second.kind != "NUMBER" or second.low != second.low.to_integral_value():
            continue
        if second.low < 2 or (key == "in" and not _is_share(first, second, link)):
            continue
        unit = f"per {plain(second.low)}"
        return quantity("RATIO", first.low, first.high, unit, first.start, second.end)
    return None


def _marked(reading: Reading, first: Amount) -> TypedQuantity | None:
    """A ratio with its mark: "3:1", "11/17"."""
    mark = _MARK.match(reading.text, first.end)
    number = reading.number_at(mark.end()) if mark else None
    if not mark or not number or not number.value.isdigit() or number.value == "0":
        return None
    if first.low <= 0 or (mark.group() == "/" and first.low > int(number.value)):
        return None
    unit = f"per {number.value}"
    return quantity("RATIO", first.low, first.high, unit, first.start, number.end)
