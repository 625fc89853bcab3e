"""Typed quantities: what every number of a text is, as a value both languages share.

``typed(text, language)`` gives numbers, percentages, points, money, dates, times, ranges,
measures, ratios and statistics, in order, none inside another; ordinals, labels ("Figure 3"),
citations and the digits of names (PM2.5, COVID-19) are left alone. The component
``passerelle_quantities`` puts them on a ``Doc``. Comparing values between two texts is done with
``numerals``, which reads every number and types none.

Layers: ``numerals`` (digits and words), ``measures`` (a number with its unit), ``dates``,
``statistical``, ``shares`` and ``ranges`` (whole expressions), ``uncounted`` (what is left alone),
and here their order of precedence.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from corpus.document import Language
from models.components.dates import Date, dates
from models.components.measures import Amount, amount_at, cued
from models.components.numerals import Quantity
from models.components.ranges import range_at
from models.components.shares import fractions, multiples, ratio_at
from models.components.spans import whole_tokens
from models.components.statistical import statistics
from models.components.typed import NumberedText, QuantityKind, TypedQuantity, quantity, read
from models.components.uncounted import (
    cited_years,
    goes_on_a_name,
    is_label,
    is_part_of_a_name,
    uncounted,
)

#: Signs of comparison before a number; those of two characters first.
_BELOW, _ABOVE = ("<=", "<", "≤"), (">=", ">", "≥")


def _mark(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _expressions(text: str, language: Language) -> list[TypedQuantity]:
    """What is found as a whole: statistics, then dates, then shares, none over another."""
    told = [
        *(
            quantity("STATISTIC", item.low, item.high, item.unit, item.start, item.end)
            for item in statistics(text, language)
        ),
        *(_dated(date) for date in dates(text, language)),
        *fractions(text, language),
        *multiples(text, language),
    ]
    cited = bytearray(len(text))
    for start, end in cited_years(text):
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


def _compared(reading: NumberedText, item: TypedQuantity) -> TypedQuantity:
    """An item with the sign of comparison before it: "< 5" has no lower bound."""
    before = reading.text[max(0, item.start - 4) : item.start].removesuffix(" ")
    sign = next((sign for sign in (*_BELOW, *_ABOVE) if before.endswith(sign)), None)
    if sign is None or item.kind in ("DATE", "TIME", "STATISTIC"):
        return item
    start = reading.text.rindex(sign, 0, item.start)
    if sign in _BELOW:
        return replace(item, low=None, start=start)
    return replace(item, high=None, start=start)


def _aged(reading: NumberedText, amount: Amount) -> Amount:
    """A bare number after "aged" is one of years."""
    before = reading.text[max(0, amount.start - 20) : amount.start]
    if amount.kind == "NUMBER" and cued(reading.language, "age", after=" ?$").search(before):
        return replace(amount, kind="MEASURE", unit="year")
    return amount


def _at(reading: NumberedText, number: Quantity) -> TypedQuantity | None:
    """The quantity that a number begins; None where it is part of a name or a lone article."""
    amount = amount_at(reading.text, number, reading.language)
    if amount is None or is_part_of_a_name(reading.text, amount, reading.language):
        return None
    amount = _aged(reading, amount)
    item = ratio_at(reading, amount) or range_at(reading, amount)
    if item is None:
        if number.value == "1" and not number.written[-1:].isdigit() and not amount.unit:
            return None  # "one", « un », « une »
        item = quantity(amount.kind, amount.low, amount.high, amount.unit, amount.start, amount.end)
    return _compared(reading, item)


def _numbers(reading: NumberedText, taken: bytearray) -> list[TypedQuantity]:
    """The quantities that begin with a number which no whole expression has taken."""
    found: list[TypedQuantity] = []
    label_end = name_end = end = 0
    for number in reading.numbers:
        if number.start < end or any(taken[number.start : number.end]):
            continue
        if is_label(reading.text, number.start, label_end, reading.language):
            label_end = number.end
            continue
        going_on = goes_on_a_name(reading.text, number.start, name_end)
        item = None if going_on else _at(reading, number)
        if item is None:
            name_end = number.end
        elif item.start >= end and not any(taken[item.start : item.end]):
            found.append(item)
            end = item.end
    return found


@lru_cache(maxsize=4096)
def typed(text: str, language: Language) -> tuple[TypedQuantity, ...]:
    """Every quantity of a text with its type, in order, none inside another."""
    reading = read(text, language)
    whole = _expressions(reading.text, language)
    taken = bytearray(len(text))
    for start, end in (*uncounted(reading.text), *((item.start, item.end) for item in whole)):
        _mark(taken, start, end)
    found = [*whole, *_numbers(reading, taken)]
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
    doc._.quantities = found
    doc.spans["quantities"] = [whole_tokens(doc, q.start, q.end, q.kind) for q in found]
    for span, item in zip(doc.spans["quantities"], found, strict=True):
        span._.quantity = item
    return doc
