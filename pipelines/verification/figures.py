"""Numbers: are those of a segment, with sign, unit and order, in its evidence?

Digits and number words are compared by value (``models.components.numerals``), units of
measurement by their shared name (``models.components.measures``), so that "30 min" is "30
minutes". ``translated_numbers`` compares a segment with its translation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Document, Language
from models.components.measures import amount_at
from models.components.numerals import MEASURES, Quantity, quantities, spelled
from pipelines.language.lexicon import entries
from pipelines.language.reasons import Reason, reason
from pipelines.verification.pair import Claim
from pipelines.verification.support import grammar, words

#: How many words after a number its unit may stand in the evidence ("12 municipal yards").
_UNIT_REACH = 4


def numbers(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """Every number, with its sign and unit, is in the evidence, in digits or in words."""
    known = all_numbers(claim.evidence, claim.language)
    said = all_numbers(claim.text, claim.segment.language)
    for value in _more_often(said, known):
        yield reason("number_more_often", number=value)
    for item in said:
        alike = [other for other in known if other.value == item.value]
        if not alike:
            yield reason("number_lacking", written=item.written.strip())
        elif not any(_same_unit(item, other, claim) for other in alike):
            units = " or ".join(sorted({other.unit or "no unit" for other in alike}))
            amount = f"{item.written.strip()} {item.unit}".strip()
            yield reason("unit_differs", amount=amount, unit=units)
    for first, second in _turned_ranges(claim):
        yield reason("range_turned", first_number=first, last_number=second)


def _more_often(said: list[Quantity], known: list[Quantity]) -> list[str]:
    """Numbers that were put in the place of others: known, but told more often."""
    values = Counter(item.value for item in known)
    more = Counter(item.value for item in said) - values
    return [value for value in sorted(more) if values[value]]


def all_numbers(text: str, language: Language) -> list[Quantity]:
    """Every number in digits, then every number in words."""
    return [*quantities(text, language), *spelled(text, language)]


def _same_unit(item: Quantity, other: Quantity, claim: Claim) -> bool:
    """Whether a number of the segment counts or measures the same as one of the evidence."""
    if re.search(r"[^\W\d_][-–]?$", claim.text[: item.start]):
        return True  # part of a name: "kinesin-1"
    if item.unit in MEASURES or other.unit in MEASURES:
        return item.unit == other.unit
    here = _measure(item, claim.text, claim.segment.language)
    there = _measure(other, claim.evidence, claim.language)
    if here and there:
        return here == there
    language = claim.language
    if there and claim.same_language and item.unit and item.unit not in grammar(language):
        return False
    if not claim.same_language or item.unit in ("", other.unit) or item.unit in grammar(language):
        return True
    return _counts_the_same(item, claim)


def _measure(item: Quantity, text: str, language: Language) -> str:
    """The shared name of a number's unit of measurement; empty where it only counts."""
    amount = amount_at(text, item, language)
    return amount.unit if amount is not None and amount.kind == "MEASURE" else ""


def _counts_the_same(item: Quantity, claim: Claim) -> bool:
    """Whether what a number counts stands close after it in the evidence, or a word for it."""
    language = claim.language
    if item.unit in entries("rewriting_words", language)["after_numbers"]:
        return True
    reading = claim.reading
    said = {
        key
        for word, place in zip(reading.words, reading.stands_for, strict=True)
        if item.end <= word.start <= item.end + len(item.unit) + 1
        for key in (place or "", *word.keys)
    }
    for evidence in (claim.evidence, claim.bare_evidence):
        for known in all_numbers(evidence, language):
            after = words(evidence[known.end :], language)[:_UNIT_REACH]
            if known.value == item.value and any(said & {*word.keys, word.key} for word in after):
                return True
    return False


def _turned_ranges(claim: Claim) -> Iterator[tuple[str, str]]:
    """Pairs "from A to B" whose numbers the evidence only has in the other order."""
    if not claim.same_language:
        return
    there = [item.value for item in quantities(claim.evidence, claim.language)]
    link = entries("rewriting_words", claim.language)["from_to"]
    said = quantities(claim.text, claim.language)
    for one, two in pairwise(said):
        before = claim.text[max(0, one.start - 12) : one.start]
        between = claim.text[one.end : two.start]
        if not (re.search(link[0], before) and re.search(link[1], between)):
            continue
        if one.value in there and two.value in there:
            forward = any(
                b == two.value for n, a in enumerate(there) if a == one.value for b in there[n:]
            )
            if not forward:
                yield one.value, two.value


# -- translations --------------------------------------------------------------------------------


def translated_numbers(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """A translation has the numbers of its segment, with their measures, no more and no fewer."""
    target = claim.segment.target
    if target.text is None or target.origin in ("template", "source"):
        return
    here = _measured(claim.segment.text, claim.segment.language)
    there = _measured(target.text, target.language)
    for value in _missing(there, here):
        yield reason("translation_number_added", number=value)
    for value in _missing(here, there):
        yield reason("translation_number_lost", number=value)


@dataclass(frozen=True, slots=True)
class _Numbers:
    digits: Counter[tuple[str, str]]
    """Value and measure (empty where it isn't one) of what is written in digits."""
    words: Counter[tuple[str, str]]
    """The same of what is written as words."""


def _measured(text: str, language: Language) -> _Numbers:
    return _Numbers(
        Counter(
            (item.value, item.unit if item.unit in MEASURES else "")
            for item in quantities(text, language)
        ),
        Counter(
            (item.value, item.unit if item.unit in MEASURES else "")
            for item in spelled(text, language)
            if item.value.isdigit()
        ),
    )


def _missing(these: _Numbers, those: _Numbers) -> list[str]:
    """What one side has in digits, or as a word above two, and the other has in neither way."""
    values = {value for told in (those.digits, those.words) for value, _ in told}
    spelled_out = {value for value, _ in those.words}
    lacking = [
        f"{value} {measure}".strip()
        for value, measure in (these.digits - those.digits).elements()
        if (value, measure) not in those.words and (measure or value not in spelled_out)
    ]
    unsaid = [value for value, _ in these.words if int(value) > 2 and value not in values]
    return sorted(lacking + unsaid)
