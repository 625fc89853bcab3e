"""Statistics of a text: test values, p-values, effect sizes and intervals of confidence.

``statistics(text, language)`` finds "p < 0.05", "OR = 1.32", "t(34) = 2.1", « IC à 95 % : 0,83 à
0,93 », "n = 1,200". The symbols are in ``quantities.toml``. What a statistic says about the
strength of a claim is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.document import Language
from models.components import table
from models.components.measures import RAISED, TIMES_TEN, decimal, exponent, words
from models.components.numerals import DIGITS


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic with its value or its bounds; an open end is None."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    """The symbol's name in ``quantities.toml``; ``CI`` or ``95% CI`` for an interval."""
    start: int
    end: int


def _number(language: Language, name: str) -> str:
    return rf"(?P<{name}>[-−–+]?(?:{DIGITS[language]}))"


@cache
def _symbols() -> dict[str, str]:
    return {name: "|".join(forms) for name, forms in table("quantities")["statistics"].items()}


def spelled(name: str) -> str:
    """How a statistic's name is written, as alternatives of a pattern."""
    return _symbols()[name]


@cache
def _value(language: Language) -> re.Pattern[str]:
    """A symbol, the degrees of freedom, a sign or a verb, and the value."""
    symbols = "|".join(_symbols().values())
    return re.compile(
        # its abbreviation; degrees of freedom in brackets, or below the line, where a reader of
        # text has lost that
        rf"(?<![\w.,-])(?P<symbol>{symbols})(?: ?[\[(](?:{symbols})[\])])?"
        rf"(?: ?[\[(][\d., ;=nN]{{1,20}}[\])]|_?\d+(?:, ?\d+)?(?= ?[=<>≤≥]))?"
        rf"(?: ?(?P<sign>=<|<=|>=|[=<>≤≥:])| (?:of|was|is|de|est de))?,? ?"
        rf"(?:{_number(language, 'value')}"
        rf"(?:(?:{TIMES_TEN}|(?<=10))\^?(?P<power>[-−–]\d{{1,3}}|[⁻]?{RAISED}+))?)"
        rf"(?: ?%)?(?:(?: ?[-–—] ?| (?:to|and|à|et) ){_number(language, 'last')}(?: ?%)?)?(?![\w])"
    )


@cache
def _interval(language: Language) -> re.Pattern[str]:
    """A level, the name of an interval, and its two bounds."""
    names = words(language, "intervals")
    level = r"\d\d(?:[.,]\d)?"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<before>{level}) ?%? ?)?(?:{names})(?: ?[\[(](?:{names})[\])])?"
        rf"(?: ?(?:à |de |at )?(?P<after>{level}) ?%)?,?(?: ?[:=;,])? ?"
        rf"(?:of |from |de |was )?[\[(]? ?"
        rf"{_number(language, 'low')}(?: ?%)?(?: ?[-–—;] ?|, | to | à | and | et )"
        rf"{_number(language, 'high')}(?: ?%)?(?![\w])[\])]?"
    )  # fmt: skip


@cache
def _name(written: str) -> str:
    return next(name for name, forms in _symbols().items() if re.fullmatch(forms, written))


def _values(text: str, language: Language) -> Iterator[Statistic]:
    for match in _value(language).finditer(text):
        sign, value = match["sign"], decimal(match["value"], language)
        alone = sign is None and not match["last"]
        if alone and (len(match["symbol"]) < 2 or value == value.to_integral_value()):
            continue  # "t 5", "OR 2"
        if match["power"]:
            mantissa = Decimal(1) if text[match.end("value")] in "-−–⁻^" else value
            value = mantissa.scaleb(exponent(match["power"]))
        last = decimal(match["last"], language) if match["last"] else value
        low = None if sign in ("<", "≤", "<=", "=<") else value
        high = None if sign in (">", "≥", ">=") else last
        yield Statistic(low, high, _name(match["symbol"]), match.start(), match.end())


def _intervals(text: str, language: Language) -> Iterator[Statistic]:
    for match in _interval(language).finditer(text):
        level = match["before"] or match["after"]
        unit = f"{level.replace(',', '.')}% CI" if level else "CI"
        low, high = (decimal(match[name], language) for name in ("low", "high"))
        end = match.end()
        if text[end - 1] in "])" and not set("[(") & set(text[match.start() : end]):
            end -= 1
        yield Statistic(low, high, unit, match.start(), end)


def statistics(text: str, language: Language) -> list[Statistic]:
    """Every statistic with a value, in order; ``text`` has plain spaces only."""
    intervals = list(_intervals(text, language))
    values = [
        value
        for value in _values(text, language)
        if not any(other.start < value.end and value.start < other.end for other in intervals)
    ]
    return sorted([*intervals, *values], key=lambda statistic: statistic.start)
