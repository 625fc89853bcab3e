"""Numbers that follow from those of the evidence: rounded, converted, as a fraction or difference.

In: a number of a text, the text and its quotes. Out: whether it follows: exactly, or, behind a word
such as "about", within a tolerance. "About one in eight" follows from 12%, "9 percentage points"
from "22% … 31%" (and "9%" doesn't), "40% higher" from "1.4 times as high", "12%" from "29 of 240",
"21 days" from three weeks, "eight of the eleven had not" from "three had" (``turned``). Ratios and
intervals of effects are ``derived``'s; how a number is read, ``language.numbers``'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from itertools import chain, combinations, permutations
from typing import Literal

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.dates import Date, dates
from models.components.quantities import typed
from pipelines.language.lexicon import entries, pattern, table
from pipelines.language.numbers import Number, numbers

#: How far a rounded number may be from the exact one: the next rounder figure of two digits ("71%
#: is about seven in ten", "14% about one in seven"). Behind "nearly" or "more than" it lies beyond
#: the exact one by no more than ``_BEYOND``.
_ABOUT, _BEYOND = Decimal("0.08"), Decimal("0.12")
#: The same for a share in words: "fewer than one in ten" says no more than that of 7.8%.
_BEYOND_WORDS = Decimal("0.3")
#: A share in per cent is rounded to whole ones.
_WHOLE = Decimal("0.005")
_YEARS = (1900, 2100)
#: The year of dates without one: a leap year, so that 29 February is a day.
_A_YEAR = 2000
#: Wholes of a share in words: "three in twenty", "34 out of 100".
_WHOLES = (*range(2, 21), 100, 1000)
#: Characters before a share in which a word tells it as what lacks.
_REACH = 40

Kind = Literal["share", "times", "amount", "year"]
Manner = Literal["exact", "about", "below", "above"]
#: Those that a word tells, in the order in which they are looked for.
_MANNERS: tuple[Manner, ...] = ("above", "below", "about")


@dataclass(frozen=True, slots=True)
class _Amount:
    """What a number says: a share (0.12), times (1.4), an amount of a unit, or a year."""

    value: Decimal
    kind: Kind
    unit: str
    start: int
    end: int
    gap: bool = False
    """Whether it is told as what lacks: "12% below", "fell by a fifth"."""


def follows(
    item: Number,
    text: str,
    quotes: Sequence[str],
    language: Language,
    quoted_in: Language,
    *,
    rounded: bool = False,
    turned: bool = False,
) -> bool:
    """Whether a number of a text follows from the evidence's; ``rounded``: as another than it.

    ``turned``: the one text denies what the other affirms, so that a number may tell the rest.
    """
    amounts = _amounts(text, language)
    said = next((one for one in amounts if one.start <= item.start < one.end), None)
    if said is None:
        return False
    manner = _manner(text, said.start, item.start, language)
    every = " ".join([text, *quotes])
    changes, adds, parts = (
        pattern("granted", language, key).search(every) is not None
        for key in ("changes", "adds", "of_them")
    )
    there = any(item.value == one.value for quote in quotes for one in numbers(quote, quoted_in))
    known = [
        amount
        for quote in quotes
        for amount in (*_amounts(quote, quoted_in), *_parts(quote, quoted_in))
    ]
    if rounded:
        known = [amount for amount in known if amount.value != said.value]
    return (manner != "exact" or not rounded) and any(
        _fits(said, exact, manner)
        for exact in (
            *_reckoned(said, known, changes=changes or adds, adds=adds),
            *(_of_parts(said, known) if parts and not there else ()),
            *(_rests(said, known, amounts) if turned else ()),
            *_apart(said, quotes, quoted_in),
        )
    )


def _fits(said: _Amount, exact: Decimal, manner: Manner) -> bool:
    """Whether a number tells a value in the manner of the word before it."""
    if exact <= 0:
        return False
    off = (said.value - exact) / exact
    beyond = _BEYOND_WORDS if said.kind == "share" and not said.unit else _BEYOND
    whole = said.kind != "share" and abs(said.value - exact) < 1  # "just over 2" of 2.3
    match manner:
        case "about":
            return abs(off) <= _ABOUT or (said.unit[:1] == "%" and _rounded(said, exact))
        case "below":
            return 0 <= off <= beyond or (whole and off >= 0)
        case "above":
            return -beyond <= off <= 0 or (whole and off <= 0)
    return off == 0 or (said.unit[:1] == "%" and _rounded(said, exact))


def _rounded(said: _Amount, exact: Decimal) -> bool:
    """Whether a per cent without decimals is a reckoned share, rounded ("12%" of 29 in 240)."""
    return said.value * 100 % 1 == 0 and abs(said.value - exact) < _WHOLE and exact * 100 % 1 != 0


def _reckoned(
    said: _Amount, known: Sequence[_Amount], *, changes: bool, adds: bool
) -> Iterator[Decimal]:
    """The values that a number may tell, from one or two of the evidence's.

    A difference only where either text has a word for one ("fell by", "fewer", "gap"), a sum or a
    rest where it speaks of that ("in all", "the remainder").
    """
    for one in known:
        same = one.value == said.value and said.kind == "amount"  # which figures compares
        told_alike = not same or one.unit == said.unit != ""
        if one.unit != said.unit and one.value == said.value:
            told_alike = told_alike and "/" not in one.unit + said.unit
        told_alike = told_alike and ("/" in said.unit or "/" not in one.unit)  # no period is lost
        if one.kind == said.kind and _one_unit(said.unit, one.unit) and told_alike:
            yield one.value
        yield from _converted(said, one)
        if (said.kind, one.kind) == ("share", "share") and said.gap != one.gap:
            yield 1 - one.value
        if (said.kind, one.kind) == ("share", "times"):
            yield from (abs(one.value - 1), 1 / one.value if one.value else one.value)
        if (said.kind, one.kind) == ("times", "share"):
            yield from _as_times(one)
    for one, two in permutations(known, 2):
        counted = said.kind == "amount" and one.kind == "share" and two.unit in ("", said.unit)
        if changes or counted or said.kind in ("share", "times") or said.unit in ("year", "points"):
            yield from _from_two(said, one, two, changes=changes)
    if adds:
        yield from _summed(said, known)


def _as_times(share: _Amount) -> Iterator[Decimal]:
    """What a difference is in times: 40% more, 40% less; what is half less is twice as much."""
    yield from (1 - share.value, 1 + share.value)
    if share.gap and share.value < 1:
        yield 1 / (1 - share.value)


def _converted(said: _Amount, one: _Amount) -> Iterator[Decimal]:
    """An amount in another unit of its kind: three weeks in days."""
    for family in table("conversions").values():
        if said.kind == one.kind == "amount" and said.unit != one.unit and family.keys() >= {
            said.unit, one.unit,
        }:  # fmt: skip
            yield one.value * family[one.unit] / Decimal(family[said.unit])


def _rests(said: _Amount, known: Sequence[_Amount], told: Sequence[_Amount]) -> Iterator[Decimal]:
    """What is left of a whole: of one share, or of a count whose whole the text tells too."""
    for one in known:
        if said.kind == one.kind == "share":
            yield 1 - one.value
    wholes = {one.value for one in told if one.kind == "amount"}
    for one, two in permutations(known, 2):
        if said.kind == one.kind == two.kind == "amount" and one.value in wholes:
            yield one.value - two.value


def _summed(said: _Amount, known: Sequence[_Amount]) -> Iterator[Decimal]:
    """The sum of two, and what two or three shares leave of the whole."""
    alike = [one for one in known if one.kind == said.kind and _one_unit(one.unit, said.unit)]
    for one, two in combinations(alike, 2):
        yield one.value + two.value
        if said.kind == "share":
            yield 1 - one.value - two.value
    for three in combinations(alike, 3):
        if said.kind == "share":
            yield 1 - sum((one.value for one in three), Decimal(0))


def _of_parts(said: _Amount, known: Sequence[_Amount]) -> Iterator[Decimal]:
    """A part of a part: "half of them" of a quarter is one in eight; of the rest, too."""
    if said.kind != "share":
        return
    shares = [one.value for one in known if one.kind == "share"]
    for one, two in permutations(shares, 2):
        yield from (one * two, (1 - one) * two)


def _apart(said: _Amount, quotes: Sequence[str], language: Language) -> Iterator[Decimal]:
    """The days or months between two dates of the evidence, the years given or not."""
    if said.kind != "amount" or said.unit not in ("day", "month"):
        return
    told = (one for quote in quotes for one in dates(quote, language) if one.unit == said.unit)
    for one, two in permutations(map(_moment, told), 2):
        yield Decimal((two - one).days if said.unit == "day" else _months(one, two))


def _moment(told: Date) -> date:
    """A date, or the first day of a month; in one year where the text names none."""
    year, month, *day = told.low.replace("--", f"{_A_YEAR}-").split("-")
    return date(int(year), int(month), 1) + timedelta(int(day[0]) - 1 if day else 0)


def _months(one: date, two: date) -> int:
    return 12 * (two.year - one.year) + two.month - one.month


def _from_two(said: _Amount, one: _Amount, two: _Amount, *, changes: bool) -> Iterator[Decimal]:
    """What follows from two numbers: their difference, their ratio, one as a share of the other."""
    match one.kind, two.kind:
        case "share", "share":
            yield from _of_shares(said, one.value, two.value)
        case "share", "amount" if two.unit == "points" and said.kind == "share":
            yield from (one.value - two.value / 100, one.value + two.value / 100)
        case "share", "amount" if said.kind == "amount" and said.unit == two.unit == "":
            yield (one.value * two.value).to_integral_value()  # the count that a share is of
        case "share", "amount" if _alike(said, two):
            yield one.value * two.value
        case "times", "amount" | "share" if _alike(said, two) and one.value:
            yield from (two.value / one.value, two.value * one.value)  # "twice as much as others"
        case "year", "year" if said.unit == "year":
            yield one.value - two.value
        case "amount", "amount" if _one_unit(one.unit, two.unit) and two.value:
            yield from _of_amounts(said, one, two, changes=changes)


def _of_shares(said: _Amount, one: Decimal, two: Decimal) -> Iterator[Decimal]:
    """Two shares differ by points, never by per cent; one may be a part of the other in words."""
    if said.unit == "points":
        yield (one - two) * 100
    if said.gap and not said.unit and two:
        yield abs(one / two - 1)
    if said.kind == "times" and two:
        yield one / two


def _of_amounts(said: _Amount, one: _Amount, two: _Amount, *, changes: bool) -> Iterator[Decimal]:
    ratio = one.value / two.value
    if said.kind == "amount" and said.unit in ("", one.unit, two.unit):
        yield one.value - two.value
    if said.kind == "share" and ratio < 1:
        yield ratio
    if said.kind == "share" and changes:
        yield abs(ratio - 1)
    if said.kind == "times":
        yield ratio


def _alike(one: _Amount, two: _Amount) -> bool:
    return one.kind == two.kind and one.unit == two.unit


def _one_unit(one: str, two: str) -> bool:
    """Whether two numbers may measure the same: what only counts is left to ``figures``."""
    return one == two or not one or not two or one[0] == "%" or two[0] == "%"


# -- what a text says ------------------------------------------------------------------------------


def bound(text: str, number: Number, language: Language) -> Manner:
    """How the words before a number tell it: exactly, about, or from which side."""
    return _manner(text, number.start, number.start, language)


@lru_cache(maxsize=2048)
def _amounts(text: str, language: Language) -> tuple[_Amount, ...]:
    """Every number of a text that says an amount, in order."""
    found = [amount for amount in _ratios(text, language) if amount.value]
    found += _spans(text, language)
    found += _with_halves(text, language)
    for number in numbers(text, language):
        if any(one.start <= number.start < one.end for one in found):
            continue
        if number.kind == "NAME" and number.value not in (*_FRACTIONS, *_MULTIPLES):
            continue
        if (value := _decimal(number.value)) is None:
            if number.value in _FRACTIONS:
                share = 1 / Decimal(_FRACTIONS[number.value])
                found.append(_Amount(share, "share", "", number.start, number.end))
            elif number.value in _MULTIPLES:
                times = Decimal(_MULTIPLES[number.value])
                found.append(_Amount(times, "times", "times", number.start, number.end))
        elif re.search(entries("granted", language)["multiplied"], text[: number.start]):
            found.append(_Amount(value, "times", "times", number.start, number.end))
        elif number.kind == "DATE" and _YEARS[0] < value < _YEARS[1]:
            found.append(_Amount(value, "year", "year", number.start, number.end))
        elif number.kind != "STATISTIC":
            kind: Kind = "share" if number.unit.partition("/")[0] == "%" else "amount"
            value = value / 100 if kind == "share" else value
            unit = number.unit or _unit_behind(text, number, language)
            found.append(_Amount(value, kind, unit, number.start, number.end))
    told = (replace(one, gap=one.kind == "share" and _lacks(text, one, language)) for one in found)
    return tuple(sorted(told, key=lambda one: one.start))


def _unit_behind(text: str, number: Number, language: Language) -> str:
    """The unit that an ordinal parts from its number: « les deux premiers jours »."""
    behind = re.match(entries("granted", language)["parting"], text[number.end :], re.IGNORECASE)
    told = numbers(f"2 {behind['unit']}", language) if behind else ()
    return told[0].unit if told else ""


def _lacks(text: str, amount: _Amount, language: Language) -> bool:
    """Whether the words around a share tell it as what lacks: "12% below", "fell by a fifth"."""
    behind, before = entries("granted", language)["gaps"]
    left = text[max(0, amount.start - _REACH) : amount.start]
    told = re.match(behind, text[amount.end :], re.IGNORECASE)
    return bool(told or re.search(before, left, re.IGNORECASE))


def _with_halves(text: str, language: Language) -> Iterator[_Amount]:
    """ "Six and a half years", « un jour et demi »."""
    for match in _half_more(language).finditer(text):
        whole = _counted(match["whole"], language)
        unit = next((one.unit for one in numbers(f"2 {match['unit']}", language)), "")
        if whole is not None:
            half = whole + Decimal("0.5")
            yield _Amount(half, "amount", unit, match.start("whole"), match.end())


def _parts(text: str, language: Language) -> Iterator[_Amount]:
    """The two counts of which a share is told: 212 and 340 of "212 of 340"."""
    shares = [one for one in typed(text, language) if one.unit.startswith("per ")]
    for number in numbers(text, language):
        inside = any(one.start <= number.start < one.end for one in shares)
        if inside and number.in_digits and (value := _decimal(number.value)):
            yield _Amount(value, "amount", "", number.start, number.end)


def _spans(text: str, language: Language) -> Iterator[_Amount]:
    """The lengths of time that a word says alone: "a decade", « une demi-heure »."""
    for span in entries("granted", language)["spans"]:
        for match in cue_pattern(span["words"]).finditer(text):
            count = Decimal(span["count"])
            yield _Amount(count, "amount", span["unit"], match.start(), match.end())


#: Words of ``number_words.toml`` that have no digits: shares, and multiples.
_FRACTIONS = {"half": 2, "third": 3, "quarter": 4}
_MULTIPLES = {"twice": 2, "thrice": 3}


def _ratios(text: str, language: Language) -> Iterator[_Amount]:
    """ "One in eight", "three quarters" as shares; "twice", "1.4 times", "two and a half times"."""
    for item in typed(text, language):
        value = _decimal(item.low or item.high or "")
        bounded = None not in (item.low, item.high) and item.low != item.high
        if item.kind != "RATIO" or value is None or bounded:
            continue
        how_often = re.match(entries("granted", language)["how_often"], text[item.end :])
        if item.unit == "times" and how_often:
            continue
        if item.unit == "times":
            yield _Amount(value, "times", "times", item.start, item.end)
        elif item.unit.startswith("per ") and (base := _decimal(item.unit[4:])):
            yield _Amount(value / base, "share", "", item.start, item.end)
    yield from _shares(text, language)
    for match in _halves(language).finditer(text):
        times = _counted(match["whole"], language)
        if times is not None:
            half = times + Decimal("0.5")
            yield _Amount(half, "times", "times", match.start(), match.end())


def _shares(text: str, language: Language) -> Iterator[_Amount]:
    """Shares told by two numbers, "34 out of 100", or by a word, "the median"."""
    for match in chain(*(cue.finditer(text) for cue in _of_times(language))):
        part, all_of = (_counted(match[name], language) for name in ("part", "whole"))
        if part and all_of and all_of in _WHOLES and part < all_of:
            share = part / all_of
            ends = (*match.span("part"), *match.span("whole"))
            yield _Amount(share, "share", "", min(ends), max(ends))
    for whole, words in entries("granted", language)["shares"].items():
        for match in cue_pattern(words).finditer(text):
            yield _Amount(1 / Decimal(whole), "share", "", *match.span())


def _counted(word: str, language: Language) -> Decimal | None:
    """The value of one number, a lone "one" too."""
    if word.lower() in entries("granted", language)["one"]:
        return Decimal(1)
    found = numbers(word, language)
    return _decimal(found[0].value) if found else None


@cache
def _of_times(language: Language) -> tuple[re.Pattern[str], ...]:
    """ "Two times out of three", "four in ten of those"; « sur dix voisins, trois »."""
    own = entries("granted", language)
    return tuple(re.compile(own[name], re.IGNORECASE) for name in ("times_out_of", "out_of_times"))


@cache
def _half_more(language: Language) -> re.Pattern[str]:
    return re.compile(entries("granted", language)["half_more"], re.IGNORECASE)


@cache
def _halves(language: Language) -> re.Pattern[str]:
    return re.compile(entries("granted", language)["and_a_half"], re.IGNORECASE)


def _decimal(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _manner(text: str, start: int, number: int, language: Language) -> Manner:
    """How the word before a number, or before the first of its amount, tells it."""
    cues = entries("granted", language)["manners"]
    for manner in _MANNERS:
        any_cue = rf"(?<!\w)(?:{'|'.join(cues[manner])})(?:\W+(?:a|an|the|un|une|le|la|les|l))?\W*"
        led = re.match(any_cue, text[start:number], re.IGNORECASE)
        if led or re.search(f"{any_cue}$", text[:start], re.IGNORECASE):
            return manner
    behind = re.match(entries("granted", language)["about_behind"], text[number:], re.IGNORECASE)
    return "about" if behind else "exact"
