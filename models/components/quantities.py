"""Typed quantities: what every number of a text is, as a value both languages share.

``typed(text, language)`` gives numbers, percentages, points, money, dates, times, ranges,
measures, ratios and statistics, in order, none inside another; ordinals, labels ("Figure 3"),
citations and the digits of names (PM2.5, COVID-19) are left alone. The component
``passerelle_quantities`` puts them on a ``Doc``. Comparing values between two texts is done with
``numerals``, which reads every number and types none.

Layers: ``numerals`` (digits and words), ``measures`` (a number with its unit), ``dates`` and
``statistical`` (whole expressions), and here the shares, the ranges and the order of precedence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from corpus.document import Language
from models.components import table
from models.components.dates import Date, dates
from models.components.measures import Amount, amount_at, plain, words
from models.components.numerals import Quantity, quantities, spelled_or_one
from models.components.statistical import statistics

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
_THIN_THOUSANDS = re.compile(r"(?<=\d)[\u202f\u2009](?=\d{3}(?!\d))")
#: Addresses, identifiers, versions and numbered citations: digits that count nothing.
_NO_NUMBERS = re.compile(
    r"https?://\S+|www\.\S+|\b10\.\d{4,}/\S+|\S+@\S+|\bv?\d+\.\d+\.\d+\S*|"
    r"\[\d{1,3}(?: ?[,;–-] ?\d{1,3})*\]|(?<=\w)\(\d{1,3}\)|(?<!\w)\(\d{1,2}\)|#\d+|"
    r"\d+(?::\d+){2,}"
)
_BRACKET = re.compile(r"\([^()]{4,400}\)")
_CITED_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?(?:, (?:1[6-9]|20)\d\d[a-z]?)*"
_CITATION = re.compile(rf"(?:[A-ZÀ-Þ][\w'-]+|\b(?:al|coll)\.?),? (?P<years>{_CITED_YEAR})(?=[;,)])")
_CITATION_IN_TEXT = re.compile(
    rf"(?:\bet (?:al|coll)\b\.?,? \(?|[A-ZÀ-Þ][\w'-]+ \()(?P<years>{_CITED_YEAR})(?![\w-])"
)
_COMPARED = re.compile(r"(?P<sign><=|>=|[<>≤≥]) ?$")
_LETTER_AFTER = re.compile(r"[^\W\d_]|-(?=[^\W\d_])")
_NAME_BEFORE = re.compile(r"[^\W\d]$|[^\W\d_][-./_]$|\^[-−–]?$")
_NAME_LINK = re.compile(r"[/,-]")
_PREFIX = re.compile(r"(?<!\w)(?:pre|post|mid|early|late|mi|circa|non|sub)-$", re.IGNORECASE)


def flattened(text: str, language: Language) -> str:
    """The text with plain spaces and straight apostrophes, every offset as it was.

    English thin spaces between thousands become commas; French keeps its spaces.
    """
    if language == "en":
        text = _THIN_THOUSANDS.sub(",", text)
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text and its numbers, in order."""

    text: str
    language: Language
    numbers: tuple[Quantity, ...]
    starts: tuple[int, ...]

    def number_at(self, position: int) -> Quantity | None:
        """The number that begins at a position."""
        index = bisect_left(self.starts, position)
        there = index < len(self.starts) and self.starts[index] == position
        return self.numbers[index] if there else None


def _read(text: str, language: Language) -> _Reading:
    found = sorted(
        [*quantities(text, language), *spelled_or_one(text, language)],
        key=lambda number: number.start,
    )
    return _Reading(text, language, tuple(found), tuple(number.start for number in found))


def _whole(
    kind: QuantityKind, low: Decimal | None, high: Decimal | None, unit: str, start: int, end: int
) -> TypedQuantity:
    """A quantity whose written form is put in at the end."""
    bounds = (None if value is None else plain(value) for value in (low, high))
    return TypedQuantity(kind, *bounds, unit, start, end, "")


@cache
def _fraction(language: Language) -> re.Pattern[str]:
    names = "|".join(table("quantities")[language]["fractions"])
    numerals = "|".join(w for w, v in table("number_words")[language].items() if len(v) == 1)
    return re.compile(
        rf"(?<![\w-])(?:(?P<count>{numerals}|\d)[ -]|(?P<one>{words(language, 'one')})[ -])?"
        rf"(?P<name>{names})(?![\w-])(?P<of> (?:{words(language, 'fraction_of')})|)",
        re.IGNORECASE,
    )


def _fractions(text: str, language: Language) -> Iterable[TypedQuantity]:
    """ "Two thirds", "half of", « le quart des »: so many of so many."""
    for match in _fraction(language).finditer(text):
        count = match["count"]
        numeral = table("number_words")[language].get((count or "").lower(), count or "1")
        if not count and not match["of"] and (match["one"] or "").lower() not in ("one",):
            continue
        parts = table("quantities")[language]["fractions"][match["name"].lower()]
        yield _whole(
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


def _multiples(text: str, language: Language) -> Iterable[TypedQuantity]:
    """ "Doubled", "twice as": so many times."""
    for match in _multiple(language).finditer(text):
        factor = next(
            Decimal(str(value))
            for form, value in table("quantities")[language]["multiples"].items()
            if re.match(form, match.group() + text[match.end() :][:12], re.IGNORECASE)
        )
        yield _whole("RATIO", factor, factor, "times", match.start(), match.end())


def _cited_years(text: str) -> Iterable[tuple[int, int]]:
    """Where the years of citations are: "(Roy, 2019; Côté et al. 2020a)", "Roy (2019)"."""
    for match in _CITATION_IN_TEXT.finditer(text):
        yield match.span("years")
    for bracket in _BRACKET.finditer(text):
        for match in _CITATION.finditer(text, *bracket.span()):
            yield match.span("years")


def _mark(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _expressions(text: str, language: Language) -> list[TypedQuantity]:
    """What is found as a whole: statistics, then dates, then shares, none over another."""
    told = [
        *(
            _whole("STATISTIC", item.low, item.high, item.unit, item.start, item.end)
            for item in statistics(text, language)
        ),
        *(_dated(date) for date in dates(text, language)),
        *_fractions(text, language),
        *_multiples(text, language),
    ]
    cited = bytearray(len(text))
    for start, end in _cited_years(text):
        _mark(cited, start, end)
    taken, kept = bytearray(len(text)), []
    for item in told:
        of_citation = item.kind == "DATE" and all(cited[item.start : item.end])
        if not of_citation and not any(taken[item.start : item.end]):
            _mark(taken, item.start, item.end)
            kept.append(item)
    return kept


def _dated(date: Date) -> TypedQuantity:
    kind: QuantityKind = "TIME" if date.unit == "time of day" else "DATE"
    return TypedQuantity(kind, date.low, date.high, date.unit, date.start, date.end, "")


def _is_part_of_a_name(reading: _Reading, amount: Amount) -> bool:
    """Whether the digits belong to a name: PM2.5, COVID-19, 3D, 2nd."""
    before = reading.text[max(0, amount.start - 12) : amount.start]
    if _NAME_BEFORE.search(before) and not _PREFIX.search(before):
        return True
    if amount.kind == "NUMBER" and reading.text[amount.start : amount.end][-1:].isdigit():
        return bool(_LETTER_AFTER.match(reading.text, amount.end))
    return bool(_ordinal(reading.language).match(reading.text, amount.end))


@cache
def _ordinal(language: Language) -> re.Pattern[str]:
    return re.compile(rf"[ -](?:{words(language, 'ordinals')})(?!\w)", re.IGNORECASE)


@cache
def _reference(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{words(language, 'references')})(?: ?(?:n°|no\.|#))? ?$", re.IGNORECASE
    )


@cache
def _link(language: Language, key: str) -> re.Pattern[str]:
    return re.compile(rf" ?(?:{words(language, key)})? ?| ?[-–—] ?", re.IGNORECASE)


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


def _is_change(reading: _Reading, first: Amount, dash: bool) -> bool:
    """Whether two numbers are a before and an after: "rose from 12 to 18%"."""
    if dash:
        return False
    before = reading.text[max(0, first.start - 60) : first.start]
    moved = bool(_change(reading.language).search(before))
    started = bool(_before(reading.language, "from").search(before))
    return (moved and (started or first.unit != "")) or (started and first.unit in ("%", "points"))


def _range(reading: _Reading, first: Amount) -> TypedQuantity | None:
    """The range that an amount begins: "12–18 months", "between 5 and 10", « de 3 à 5 % »."""
    text, language = reading.text, reading.language
    between = _before(language, "between").search(text[max(0, first.start - 10) : first.start])
    link = _range_link(language, "range_links").match(text, first.end) or (
        _range_link(language, "between_links").match(text, first.end) if between else None
    )
    number = reading.number_at(link.end()) if link else None
    second = amount_at(text, number, language) if number else None
    if not link or not number or not second or second.start < link.end():
        return None
    if second.scale and not first.scale and first.low < second.low.scaleb(-second.scale):
        first = replace(first, low=first.low.scaleb(second.scale))
    same = first.unit in ("", second.unit) or second.unit == ""
    dash = link.group().strip() in ("-", "–", "—")
    if link.group() == "-" and not number.written[:1].isdigit():
        return None  # "ten-thirty"
    if not same or first.low >= second.high or _is_change(reading, first, dash):
        return None
    if dash and (_LETTER_AFTER.match(text, second.end) and second.kind == "NUMBER"):
        return None
    unit = second.unit or first.unit
    return _whole("RANGE", first.low, second.high, unit, first.start, second.end)


_COLON = re.compile(r"[:/](?=\d)")


@cache
def _times(language: Language) -> re.Pattern[str]:
    return re.compile(rf"[ -]?(?:{words(language, 'times')})(?!\w)", re.IGNORECASE)


def _is_year(value: Decimal) -> bool:
    return 1600 <= value < 2100


@cache
def _share_link(language: Language, key: str) -> re.Pattern[str]:
    noun = r"(?P<noun> [^\W\d_]+)?" if key == "in" else ""
    return re.compile(rf"{noun} (?:{words(language, key)}) ", re.IGNORECASE)


def _is_share(first: Amount, second: Amount, link: re.Match[str] | None) -> bool:
    """Whether "… in …" tells a share: "1 in 5", "one home in five", not "12 schools in 2019"."""
    if link and link["noun"] and first.low != 1 and second.low not in (10, 100, 1000):
        return False
    return first.high < second.low and not _is_year(second.low)


def _ratio(reading: _Reading, first: Amount) -> TypedQuantity | None:
    """The ratio that an amount begins: "1.5 times as", "1 in 5", "12 per 100,000", "3:1"."""
    text, language = reading.text, reading.language
    times = _times(language).match(text, first.end)
    if times and first.low != 1:
        return _whole("RATIO", first.low, first.high, "times", first.start, times.end())
    if first.kind != "NUMBER":
        return None
    for key in ("per", "in"):
        link = _share_link(language, key).match(text, first.end)
        number = reading.number_at(link.end()) if link else None
        second = amount_at(text, number, language) if number else None
        if not second or second.kind != "NUMBER" or second.low != second.low.to_integral_value():
            continue
        if second.low < 2 or (key == "in" and not _is_share(first, second, link)):
            continue
        unit = f"per {plain(second.low)}"
        return _whole("RATIO", first.low, first.high, unit, first.start, second.end)
    colon = _COLON.match(text, first.end)
    number = reading.number_at(colon.end()) if colon else None
    if colon and number and number.value.isdigit() and first.low > 0 and number.value != "0":
        if colon.group() == "/" and first.low > int(number.value):
            return None
        unit = f"per {number.value}"
        return _whole("RATIO", first.low, first.high, unit, first.start, number.end)
    return None


def _compared(reading: _Reading, item: TypedQuantity) -> TypedQuantity:
    """An item with the sign of comparison before it: "< 5" has no lower bound."""
    sign = _COMPARED.search(reading.text, max(0, item.start - 4), item.start)
    if not sign or item.kind in ("DATE", "TIME", "STATISTIC"):
        return item
    start = item.start - (len(sign.group()))
    if "<" in sign["sign"] or "≤" in sign["sign"]:
        return replace(item, low=None, start=start)
    return replace(item, high=None, start=start)


def _aged(reading: _Reading, amount: Amount) -> Amount:
    """A bare number after "aged" is one of years."""
    before = reading.text[max(0, amount.start - 20) : amount.start]
    if amount.kind == "NUMBER" and _before(reading.language, "age").search(before):
        return replace(amount, kind="MEASURE", unit="year")
    return amount


def _at(reading: _Reading, number: Quantity) -> TypedQuantity | None:
    """The quantity that a number begins; None where it is part of a name or a lone article."""
    amount = amount_at(reading.text, number, reading.language)
    if amount is None or _is_part_of_a_name(reading, amount):
        return None
    amount = _aged(reading, amount)
    item = _ratio(reading, amount) or _range(reading, amount)
    if item is None:
        if number.value == "1" and not number.written[-1:].isdigit() and not amount.unit:
            return None  # "one", « un », « une »
        item = _whole(amount.kind, amount.low, amount.high, amount.unit, amount.start, amount.end)
    return _compared(reading, item)


def _numbers(reading: _Reading, taken: bytearray) -> list[TypedQuantity]:
    """The quantities that begin with a number which no whole expression has taken."""
    found: list[TypedQuantity] = []
    label_end = name_end = end = 0
    for number in reading.numbers:
        if number.start < end or any(taken[number.start : number.end]):
            continue
        before = reading.text[max(0, number.start - 30) : number.start]
        after_label = label_end and _link(reading.language, "reference_links").fullmatch(
            reading.text, label_end, number.start
        )
        if _reference(reading.language).search(before) or after_label:
            label_end = number.end
            continue
        if name_end and _NAME_LINK.fullmatch(reading.text, name_end, number.start):
            name_end = number.end  # "Arp2/3"
            continue
        item = _at(reading, number)
        if item and item.start >= end and not any(taken[item.start : item.end]):
            found.append(item)
            end = item.end
        elif item is None:
            name_end = number.end
    return found


def typed(text: str, language: Language) -> tuple[TypedQuantity, ...]:
    """Every quantity of a text with its type, in order, none inside another."""
    flat = flattened(text, language)
    whole = _expressions(flat, language)
    taken = bytearray(len(flat))
    for start, end in (
        *(match.span() for match in _NO_NUMBERS.finditer(flat)),
        *_cited_years(flat),
        *((item.start, item.end) for item in whole),
    ):
        _mark(taken, start, end)
    found = [*whole, *_numbers(_read(flat, language), taken)]
    return tuple(
        replace(item, written=text[item.start : item.end])
        for item in sorted(found, key=lambda item: item.start)
    )


Doc.set_extension("quantities", default=(), force=True)
Span.set_extension("quantity", default=None, force=True)


@SpacyPipeline.component(
    "passerelle_quantities", assigns=["doc.spans", "doc._.quantities", "span._.quantity"]
)
def passerelle_quantities(doc: Doc) -> Doc:
    """Put the typed quantities of a ``Doc`` into ``doc.spans["quantities"]``.

    Each span has the kind as its label and the ``TypedQuantity`` as ``Span._.quantity``; a span
    covers whole tokens, ``written`` and the offsets are exact. ``Doc._.quantities`` has all
    values in order. Needs nothing of the pipeline before it: a blank one will do.

    >>> nlp = spacy.blank("fr")
    >>> nlp.add_pipe("passerelle_quantities")
    >>> doc = nlp("Une hausse de 3,5 % en 2021.")
    >>> [(span.text, span.label_, span._.quantity.low) for span in doc.spans["quantities"]]
    [('3,5 %', 'PERCENT', '3.5'), ('2021', 'DATE', '2021')]
    """
    found = typed(doc.text, "fr" if doc.lang_ == "fr" else "en")
    spans = []
    for item in found:
        span = doc.char_span(item.start, item.end, item.kind, alignment_mode="expand")
        span._.quantity = item
        spans.append(span)
    doc._.quantities = found
    doc.spans["quantities"] = spans
    return doc
