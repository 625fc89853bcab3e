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
from corpus.text import LETTERS
from models.components import table
from models.components.measures import Amount, cued, plain, words
from models.components.typed import NumberedText, TypedQuantity, quantity


@cache
def _fraction(language: Language) -> re.Pattern[str]:
    numerals = "|".join(w for w, v in table("number_words")[language].items() if len(v) == 1)
    count = rf"(?:(?P<count>{numerals}|\d)[ -]|(?P<one>{words(language, 'one')})[ -])?"
    of = rf"(?P<of> (?:{words(language, 'fraction_of')})|)"
    return cued(language, "fractions", rf"(?<![\w-]){count}(?P<name>", rf")(?![\w-]){of}")


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


def multiples(text: str, language: Language) -> Iterator[TypedQuantity]:
    """ "Doubled", "twice as": so many times."""
    for match in cued(language, "multiples", r"(?<![\w-])", r"(?![\w-])").finditer(text):
        factor = next(
            Decimal(str(value))
            for form, value in table("quantities")[language]["multiples"].items()
            if re.match(form, match.group() + text[match.end() :][:12], re.IGNORECASE)
        )
        yield quantity("RATIO", factor, factor, "times", match.start(), match.end())


#: The noun, with a word to it, between a number and "in": "one home in five", "one new home in 10".
_NOUN = rf"(?P<noun>(?: {LETTERS.pattern}){{1,2}})?"


def _is_year(value: Decimal) -> bool:
    return 1600 <= value < 2100


def _is_share(first: Amount, second: Amount, noun: bool) -> bool:
    """Whether "… in …" tells a share: "1 in 5", "one home in five", not "12 schools in 2019"."""
    if noun and first.low != 1 and second.low not in (10, 100, 1000):
        return False
    return first.high < second.low and not _is_year(second.low)


def ratio_at(reading: NumberedText, first: Amount) -> TypedQuantity | None:
    """The ratio that an amount begins; None where it begins none."""
    times = cued(reading.language, "times", "[ -]?").match(reading.text, first.end)
    if times and first.low != 1:
        return quantity("RATIO", first.low, first.high, "times", first.start, times.end())
    if first.kind != "NUMBER":
        return None
    return _said(reading, first) or _marked(reading, first)


def _said(reading: NumberedText, first: Amount) -> TypedQuantity | None:
    """A ratio in words: "1 in 5", "one home in five", "12 per 100,000"."""
    for key in ("per", "in"):
        noun = _NOUN if key == "in" else ""
        link = cued(reading.language, key, f"{noun} ", " ").match(reading.text, first.end)
        second = reading.amount_at(link.end()) if link else None
        if not link or not second or second.kind != "NUMBER":
            continue
        if second.low != second.low.to_integral_value():
            continue
        if second.low < 2 or (noun and not _is_share(first, second, bool(link["noun"]))):
            continue
        unit = f"per {plain(second.low)}"
        return quantity("RATIO", first.low, first.high, unit, first.start, second.end)
    return None


def _marked(reading: NumberedText, first: Amount) -> TypedQuantity | None:
    """A ratio with its mark: "3:1", "11/17"."""
    mark, number = reading.text[first.end : first.end + 1], reading.number_at(first.end + 1)
    if mark not in (":", "/") or not number or not number.written[:1].isdigit():
        return None
    if not number.value.isdigit() or number.value == "0":
        return None
    if first.low <= 0 or (mark == "/" and first.low > int(number.value)):
        return None
    unit = f"per {number.value}"
    return quantity("RATIO", first.low, first.high, unit, first.start, number.end)
