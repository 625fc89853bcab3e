"""Dates and times of day in English and French text, as ISO 8601 values.

``dates(text, language)`` finds days, months, years, spans of years, quarters, fiscal years,
seasons, decades and clock times: "April 12, 2023", « du 12 au 14 avril », "2019–2023",
"fiscal year 2023-24", « T2 2023 », "14 h 30". Each has its first and last moment, as far as it
is written: ``2023``, ``2023-04``, ``2023-04-12``, ``--04-12`` (no year), ``14:30``. Resolving
"last year" against the date of a document is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.document import Language
from models.components import table

DateUnit = Literal[
    "year", "month", "day", "quarter", "fiscal year", "season", "decade", "time of day"
]

_YEAR = r"(?:1[6-9]|20)\d\d(?![\d,.]*\d|\w)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DASH = r" ?[-–—] ?"


@dataclass(frozen=True, slots=True)
class Date:
    """A date, or a time of day, of a text."""

    low: str
    """First moment, ISO 8601 as far as it is written."""
    high: str
    """Last moment; the same as ``low`` unless the text gives a span."""
    unit: DateUnit
    """The precision of the ends."""
    start: int
    end: int


def _any(words: list[str]) -> str:
    return "|".join(words)


def _months(language: Language, name: str) -> str:
    """A month as a pattern of a group: capitalized in English, where "may" is a verb."""
    words = _any(table("dates")[language]["months"])
    return rf"(?P<{name}>(?{'-i' if language == 'en' else 'i'}:{words})(?!\w))"


def _month_number(written: str, language: Language) -> str:
    for number, words in enumerate(table("dates")[language]["months"], 1):
        if re.fullmatch(words, written, re.IGNORECASE):
            return f"{number:02}"
    raise ValueError(written)


def _iso(year: str | None, month: str, day: str | None = None) -> str:
    first = f"{year}-{month}" if year else f"--{month}"
    return f"{first}-{int(day):02}" if day else first


#: What one kind of date looks like, and how its match is read; None where it is no date.
_Reader = Callable[[re.Match[str], Language], tuple[str, str, DateUnit] | None]


def _read_day(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit]:
    found = match.groupdict()
    year, month = found["year"], _month_number(found["month"], language)
    last = found.get("last") or found["day"]
    return _iso(year, month, found["day"]), _iso(year, month, last), "day"


def _read_month(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit]:
    found = match.groupdict()
    until = found.get("until") or found["month"]
    year, first_year = found.get("year"), found.get("first_year") or found.get("year")
    return (
        _iso(first_year, _month_number(found["month"], language)),
        _iso(year, _month_number(until, language)),
        "month",
    )


def _read_digits(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit] | None:
    year, month, day = match["y"], int(match["m"]), int(match["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    value = f"{year}-{month:02}-{day:02}"
    return value, value, "day"


def _read_slashed(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit] | None:
    """ "11/15/2000": the day where only one order makes a date, otherwise the year alone."""
    year, first, second = match["y"], int(match["m"]), int(match["d"])
    if not (1 <= first <= 31 and 1 <= second <= 31) or min(first, second) > 12:
        return None
    if max(first, second) <= 12 and first != second:
        return year, year, "year"
    month, day = sorted((first, second))
    value = f"{year}-{month:02}-{day:02}"
    return value, value, "day"


def _read_quarter(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit]:
    quarters = enumerate(table("dates")[language]["quarters"], 1)
    number = next(n for n, words in quarters if re.fullmatch(words, match["quarter"], re.I))
    value = f"{match['year']}-Q{number}" if match["year"] else f"Q{number}"
    return value, value, "quarter"


def _read_fiscal(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit] | None:
    first, last = match["year"], match["last"] or match["year"]
    if len(last) == 2:
        last = first[:2] + last
    if int(last) < int(first):
        return None
    return first, last, "fiscal year"


def _read_span(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit] | None:
    first, last = match["year"], match["last"]
    if len(last) == 2:
        last = first[:2] + last
    return (first, last, "year") if int(last) > int(first) else None


def _read_season(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit]:
    seasons = table("dates")[language]["seasons"]
    name = next(k for k, v in seasons.items() if re.fullmatch(v, match["season"], re.IGNORECASE))
    value = f"{match['year']}-{name}"
    return value, value, "season"


def _read_decade(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit]:
    return match["decade"], f"{match['decade'][:3]}9", "decade"


def _read_time(match: re.Match[str], language: Language) -> tuple[str, str, DateUnit]:
    hour, minute = int(match["hour"]), match["minute"] or "00"
    half = (match.groupdict().get("half") or "").lower().replace(".", "").replace(" ", "")
    if half == "pm" and hour < 12:
        hour += 12
    value = f"{0 if half == 'am' and hour == 12 else hour:02}:{minute}"
    return value, value, "time of day"


@cache
def _kinds(language: Language) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """The table of kinds, the more telling first."""
    words = table("dates")[language]
    month, until = _months(language, "month"), _months(language, "until")
    mark = rf"(?:(?:{_any(words['ordinal_marks'])})(?!\w))?"
    day, last = rf"(?P<day>{_DAY}){mark}", rf"(?P<last>{_DAY}){mark}"
    year, of = rf"(?P<year>{_YEAR})", rf" (?:(?:{_any(words['links'])}) )?"
    to = rf"(?:{_DASH}| (?:{_any(words['range_links'])}) )"
    between, both = (_any(words[key]) for key in ("between", "between_links"))
    first_year, last_year = rf"(?P<year>{_YEAR})", rf"(?P<last>{_YEAR})"
    from_month = rf"{month}(?: (?P<first_year>{_YEAR}))?"
    comma_year = rf"(?:,? {year})?"
    patterns: list[tuple[str, _Reader]] = [
        (r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)", _read_digits),
        (r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)\d\d)", _read_slashed),
        (rf"(?:{_any(words['fiscal'])}){year}(?:[-–/](?P<last>\d{{4}}|\d\d))?", _read_fiscal),
        (rf"(?P<quarter>{_any(words['quarters'])})(?!\w)(?:{of}{year})?", _read_quarter),
        (rf"(?:{between}) (?P<value>{from_month} (?:{both}) {until}(?: {year})?)", _read_month),
        (rf"{from_month}{to}{until}(?: {year})?", _read_month),
        (rf"(?:{between}) (?P<value>{first_year} (?:{both}) {last_year})", _read_span),
    ]  # fmt: skip
    if language == "en":
        patterns += [
            (rf"{month}\.? {day}(?:{to}{last})?(?![\w%])(?! \d){comma_year}", _read_day),
            (rf"{day}(?:{to}{last})?(?: of)? {month}{comma_year}", _read_day),
            (rf"{month}\.?(?:,| of)? {year}", _read_month),
        ]
        half = r" ?(?P<half>[ap]\.? ?m(?:\.(?!\w)|(?!\w)))"
        clock = rf"(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?{half}"
        patterns.append((clock, _read_time))
    else:
        patterns += [
            (rf"{day}(?:(?:{_DASH}| au ){last})? {month}(?: {year})?", _read_day),
            (rf"{month}(?: de)? {year}", _read_month),
            (r"(?P<hour>2[0-3]|1\d|0?\d) ?h ?(?P<minute>[0-5]\d)", _read_time),
            (
                rf"(?:{_any(words['time_leads'])}) (?P<value>(?P<hour>2[0-3]|1\d|0?\d) ?h"
                r"(?P<minute>))(?!\w)",
                _read_time,
            ),
            (
                r"(?:à|vers|dès) (?P<value>(?P<hour>2[0-3]|1\d|0?\d) heures(?P<minute>))"
                r"(?! (?:de|par) | d')",
                _read_time,
            ),
        ]
    seasons = _any(list(words["seasons"].values()))
    clock = r"(?P<value>(?P<hour>2[0-3]|1\d|0?\d):(?P<minute>[0-5]\d))(?![:\d])"
    patterns += [
        (rf"(?P<season>{seasons}){of}{year}", _read_season),
        (_any(words["decades"]), _read_decade),
        (rf"(?P<year>(?:1[6-9]|20)\d\d){to}{last_year}", _read_span),
        (r"(?P<year>(?:1[6-9]|20)\d\d)[-–/](?P<last>\d\d)(?!\w)", _read_span),
        (rf"(?:{_any(words['time_leads'])}) {clock}", _read_time),
        (rf"(?:{_any(words['month_leads'])})[ -](?P<value>{month})(?! \d)", _read_month),
    ]  # fmt: skip
    return tuple(
        (re.compile(rf"(?<![\w.,/$€£–-])(?:{pattern})(?!\w)", re.IGNORECASE), reader)
        for pattern, reader in patterns
    )


def dates(text: str, language: Language) -> list[Date]:
    """Every date and time of day, in order, none inside another.

    ``text`` has plain spaces and straight apostrophes only. A year that stands alone counts
    unless it counts what follows it: "2016 households", but "in 2016 researchers asked".
    """
    found: list[Date] = []
    taken = bytearray(len(text))
    for pattern, reader in _kinds(language):
        for match in pattern.finditer(text):
            start, end = match.span("value" if "value" in pattern.groupindex else 0)
            read = reader(match, language)
            if read and not any(taken[start:end]):
                found.append(Date(*read, start, end))
                taken[start:end] = b"\1" * (end - start)
    found += [date for date in _years(text, language) if not taken[date.start]]
    return sorted(found, key=lambda date: date.start)


@cache
def _year_pattern(language: Language) -> re.Pattern[str]:
    words = table("dates")[language]
    lead = rf"(?P<lead>(?<!\w)(?i:{_any(words['year_leads'])})[ -])?"
    counted = rf"(?P<counted> (?!(?:{_any(words['not_counted'])})(?!\w))[^\W\d_A-ZÀ-Þ]+)?"
    return re.compile(
        rf"{lead}(?<![\w.,/$€£+×=<>≤≥#–-])(?P<year>{_YEAR})(?! ?[%°$€£±×])(?![-/]\d){counted}"
    )


def _years(text: str, language: Language) -> list[Date]:
    """Years that stand alone."""
    return [
        Date(match["year"], match["year"], "year", *match.span("year"))
        for match in _year_pattern(language).finditer(text)
        if match["lead"] or not match["counted"]
    ]
