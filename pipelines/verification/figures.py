"""Numbers: are those of a segment, with sign, unit and order, in its evidence?

Numbers are compared by value and by what they measure, as ``language.numbers`` reads them, so that
"30 min" is "30 minutes". ``translated_numbers`` compares a segment with its translation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.numerals import MEASURES
from models.components.places import places
from pipelines.language.lexicon import entries, pattern, table
from pipelines.language.numbers import Number, numbers
from pipelines.language.reasons import Reason, reason
from pipelines.verification.derived import unfounded
from pipelines.verification.pair import Pair
from pipelines.verification.reckoned import bound, follows
from pipelines.verification.support import grammar, words

#: Lists of what denies, by word or by what it means.
_DENYING = (("certainty", "negations"), ("direction", "privative"))
#: How many words after a number its unit may stand in the evidence ("12 municipal yards").
_UNIT_REACH = 4


def same_numbers(pair: Pair) -> Iterator[Reason]:
    """Every number, with its sign and unit, is in the evidence, in digits or in words."""
    known = numbers(pair.evidence, pair.language)
    every = numbers(pair.text, pair.segment.language)
    rest = turned(pair)
    said = [
        item
        for item in every
        if _as_known(item, known) or not (_follows(item, pair) or item in rest)
    ]
    for value in _more_often(said, known):
        if not any(item.value == value and _rounds(item, pair) for item in said):
            yield reason("number_more_often", number=value)
    for item in said:
        alike = [other for other in known if other.value == item.value]
        if not alike and item.value == "2" and not item.in_digits and not item.unit:
            yield reason("two_lacking", written=item.written)  # "the two groups"
        elif not alike:
            yield reason("number_lacking", written=item.written)
        elif _bounded_otherwise(item, alike, pair):
            yield reason("bound_turned", written=item.written)
        elif (
            _measured_otherwise(item, alike)
            or not any(_same_unit(item, other, pair) for other in alike)
        ) and not _follows(item, pair):  # "151 fewer" of 302 and 151
            units = {_unit(other, pair.language) or "no unit" for other in alike}
            unit = _unit(item, pair.segment.language)
            amount = item.written if unit in item.written else f"{item.written} {unit}"
            doubtful = _only_counted(item, alike, known)
            yield reason(
                "counted_differs" if doubtful else "unit_differs",
                amount=amount, unit=" or ".join(sorted(units)),
            )  # fmt: skip
    for words_told, measure in unfounded(
        pair.text, pair.quotes, pair.segment.language, pair.language
    ):
        yield reason("measure_differs", words=words_told, measure=measure)
    for first, second in _turned_ranges(pair):
        yield reason("range_turned", first_number=first, last_number=second)


def turned(pair: Pair) -> list[Number]:
    """The numbers that tell what the evidence's leave, the one text denying what the other doesn't.

    "Eight of the eleven had not" where three of the eleven had; at most one a denial more or fewer.
    """
    language = pair.language
    if not pair.same_language:
        return []
    denied = [_denials(text, language) for text in (pair.text, pair.evidence)]
    known = numbers(pair.evidence, language)
    new = [item for item in numbers(pair.text, language) if not _as_known(item, known)]
    found = [
        item
        for item in new
        if not _follows(item, pair)
        and follows(item, pair.text, pair.quotes, language, language, turned=True)
    ]
    return found[: abs(denied[0] - denied[1])]


def _denials(text: str, language: Language) -> int:
    """How many words of a text deny, by themselves or by what they mean."""
    found = (pattern(name, language, key).finditer(text) for name, key in _DENYING)
    return len({match.start() for some in found for match in some})


def _as_known(item: Number, known: Sequence[Number]) -> bool:
    """Whether the evidence has the same number, with the same unit where it is one."""
    return any(other.value == item.value and other.unit == item.unit for other in known)


def _follows(item: Number, pair: Pair) -> bool:
    return follows(item, pair.text, pair.quotes, pair.segment.language, pair.language)


def _measured_otherwise(item: Number, alike: Sequence[Number]) -> bool:
    """Whether a measure has another unit than the evidence's measures of the same value."""
    units = {other.unit for other in alike if other.unit}
    bases = {unit.partition("/")[0] for unit in units}
    return bool(item.unit and units) and item.unit.partition("/")[0] not in bases


def _bounded_otherwise(item: Number, alike: Sequence[Number], pair: Pair) -> bool:
    """Whether a number is told as passed that isn't reached in the evidence, or the reverse."""
    said = bound(pair.text, item, pair.segment.language)
    there = {bound(pair.evidence, other, pair.language) for other in alike}
    return (said, there) in (("above", {"below"}), ("below", {"above"}))


def _rounds(item: Number, pair: Pair) -> bool:
    """Whether a number that the evidence has too tells another one, behind "about"."""
    language = pair.segment.language
    return follows(item, pair.text, pair.quotes, language, pair.language, rounded=True)


def _only_counted(item: Number, alike: Sequence[Number], known: Sequence[Number]) -> bool:
    """Whether a number only counts, and by a noun that no other number of the evidence counts."""
    if item.unit or any(other.unit for other in alike):
        return False
    return not any(other.counted == item.counted for other in known)


def _unit(number: Number, language: Language) -> str:
    """What a number measures or counts; empty where it stands alone."""
    counted = "" if number.counted in grammar(language) else number.counted
    return number.unit or counted


def _more_often(said: Sequence[Number], known: Sequence[Number]) -> list[str]:
    """Numbers that were put in the place of others: known, but told more often."""
    values = Counter(item.value for item in known)
    more = Counter(item.value for item in said) - values
    return [value for value in sorted(more) if values[value]]


def _same_unit(item: Number, other: Number, pair: Pair) -> bool:
    """Whether a number of the segment counts or measures the same as one of the evidence."""
    if item.kind == "DATE" or re.search(r"[^\W\d_][-–]?$", pair.text[: item.start]):
        return True  # part of a name: "kinesin-1"
    if _per(item, other, pair.text, pair.segment.language) or _per(
        other, item, pair.evidence, pair.language
    ):
        return True
    if _one_measure(item, other) or _one_measure(other, item):
        return True
    if item.unit in MEASURES or other.unit in MEASURES or (item.unit and other.unit):
        return item.unit == other.unit or _each(item, other, pair)
    if not pair.same_language:
        return True
    nothing = ("", *grammar(pair.language))
    if not (item.unit or other.unit) and other.counted in (*nothing, *_against(pair.language)):
        beside = [one.counted for one in numbers(pair.evidence, pair.language)]
        if item.counted in beside:  # "4.6 measures, against 2.9": of measures, too
            return True
    if other.unit:
        return item.counted in nothing
    if item.unit:  # "30 minutes" may be "30" or "30 full minutes", not "30 steps"
        hyphened = other.counted.removesuffix("s") == item.unit.removesuffix("s")
        return hyphened or other.counted in nothing or _counts_the_same(item, pair)
    return item.counted in (*nothing, other.counted) or _counts_the_same(item, pair)


def _one_measure(item: Number, other: Number) -> bool:
    """Whether a number has as a word what the other has as its unit: "2.1-point", "4 h"."""
    return bool(item.unit) and item.unit == _NAMED.get(other.counted, "")


#: Words behind a number that name a unit where ``numbers`` reads none: in compounds and times.
_NAMED = {"point": "points", "h": "hour"}


def _per(short: Number, long: Number, text: str, language: Language) -> bool:
    """Whether the text of a number says apart what the other's unit has: "0.4 t … per hectare"."""
    amount, _, base_unit = long.unit.rpartition("/")
    if not amount or amount != short.unit:
        return False
    said = entries("granted", language)["bases"].get(base_unit, base_unit)
    return re.search(rf"(?<!\w)(?:{said})(?!\w)", text, re.IGNORECASE) is not None


def _each(item: Number, other: Number, pair: Pair) -> bool:
    """Whether a number has the period in its unit that the evidence has in the word behind it.

    "12% a year" for "12% annually".
    """
    amount, _, period = item.unit.rpartition("/")
    behind = words(pair.evidence[other.end :], pair.language)[:1]
    allowed = pair.alignment.through.get(period, ())
    return amount == other.unit and any(word.key in allowed for word in behind)


def _against(language: Language) -> frozenset[str]:
    """Words behind a number that compare it: what it counts is told with another."""
    return frozenset(entries("granted", language)["compares"])


def _counts_the_same(item: Number, pair: Pair) -> bool:
    """Whether what a number counts stands close after it in the evidence, or a word for it."""
    language = pair.language
    if item.counted in entries("granted", language)["after_numbers"]:
        return True
    said = {
        key
        for word, place in pair.alignment.placed
        if item.end <= word.start <= item.end + len(item.counted) + 1
        for key in (place or "", *word.keys)
    }
    for evidence in (pair.evidence, pair.bare_evidence):
        for known in numbers(evidence, language):
            if known.value != item.value:
                continue
            after = words(evidence[known.end :], language)[:_UNIT_REACH]
            if any(said & {*word.keys, word.key} for word in after):
                return True
    return False


def _turned_ranges(pair: Pair) -> Iterator[tuple[str, str]]:
    """Pairs "from A to B" whose numbers the evidence only has in the other order."""
    if not pair.same_language:
        return
    there = [item.value for item in numbers(pair.evidence, pair.language)]
    link = entries("granted", pair.language)["from_to"]
    if cue_pattern(entries("granted", pair.language)["set_against"]).search(pair.evidence):
        return  # "9 days instead of 14": the evidence tells the first number last
    for one, two in pairwise(numbers(pair.text, pair.language)):
        before = pair.text[: one.start]
        between = pair.text[one.end : two.start]
        if not (re.search(link[0], before) and re.search(link[1], between)):
            continue
        years = one.kind == two.kind == "DATE" and one.value < two.value
        if one.value in there and two.value in there and not years:
            forward = any(
                b == two.value for n, a in enumerate(there) if a == one.value for b in there[n:]
            )
            if not forward:
                yield one.value, two.value


# -- translations --------------------------------------------------------------------------------


def translated_numbers(pair: Pair) -> Iterator[Reason]:
    """A translation has the numbers of its segment, with their measures, no more and no fewer."""
    target = pair.segment.target
    if target.text is None or target.suggested or target.known:
        return
    text, made = _without_codes(pair.segment.text, target.text)
    here, there = _measured(text, pair.segment.language), _measured(made, target.language)
    for value in _missing(there, here):
        yield reason("translation_number_added", number=value)
    for value in _missing(here, there):
        yield reason("translation_number_lost", number=value)
    own = _units(text, pair.segment.language)
    for value, units in _units(made, target.language).items():
        known = own.get(value, set())
        if known and not known & units:
            amount = f"{value} {min(units)}"
            yield reason("translation_unit", amount=amount, unit=" or ".join(sorted(known)))


#: A number of a version or a section, the name of a layer: no amount, and the same in any language.
_CODE = re.compile(r"\b[A-Za-z]*\.?\d+(?:\.\d+){2,}(?:-\w+(?:\.\w+)*)?\b|\b\w[\w.-]*_[\w.-]*\w")


def _without_codes(text: str, made: str) -> tuple[str, str]:
    """A text and its translation without the codes that both have."""
    both = {match.group() for match in _CODE.finditer(text)} & {
        match.group() for match in _CODE.finditer(made)
    }

    def bare(one: str) -> str:
        return _CODE.sub(lambda code: "" if code.group() in both else code.group(), one)

    return (bare(text), bare(made)) if both else (text, made)


#: Letters and a hyphen before a number that is part of a name: "COVID-19" may be "COVID".
_IN_A_NAME = re.compile(r"[A-Z]{3,}[-\u2011]$")


def _units(text: str, language: Language) -> dict[str, set[str]]:
    """The units of measurement that each value of a text has."""
    found: dict[str, set[str]] = {}
    for item in numbers(text, language):
        if item.kind == "MEASURE" and item.unit:
            found.setdefault(item.value, set()).add(item.unit.partition("/")[0])
    return found


@dataclass(frozen=True, slots=True)
class _Numbers:
    digits: Counter[tuple[str, str]]
    """Value and measure (empty where it isn't one) of what is written in digits."""
    words: Counter[tuple[str, str]]
    """The same of what is written as words."""
    other: frozenset[str]
    """Values told by other words: "once", « sixième », "a"."""


def _measured(text: str, language: Language) -> _Numbers:
    digits: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for item in numbers(text, language):
        if _IN_A_NAME.search(text, 0, item.start):
            continue
        if any(place.start <= item.start < place.end for place in places(text, language)):
            continue  # Trois-Rivières
        if item.written.lower() in table("concepts")["vague"][language]:
            continue
        of_part = item.unit == "points" and _OF_OTHERS.match(text, item.end)
        measure = item.unit if item.unit in MEASURES and not of_part else ""
        key = (_thousandfold(item), measure)
        if item.in_digits:
            digits[key] += 1
        elif item.value.isdigit():
            words[key] += 1
    told = table("concepts")["told"].items()
    other = {value for value, cues in told if cue_pattern(cues[language]).search(text)}
    return _Numbers(digits, words, frozenset(other | _hours(text, language)))


#: An hour past noon: « 14 h » is 2 p.m.
_PAST_NOON: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(\d{1,2})(?::\d\d)?\s?p\.?\s?m\b", re.IGNORECASE),
    "fr": re.compile(r"\b(1[3-9]|2[0-3])\s?h\b"),
}


def _hours(text: str, language: Language) -> set[str]:
    """The hours past noon of a text, as the other clock counts them."""
    turn = 12 if language == "en" else -12
    return {str(int(match[1]) + turn) for match in _PAST_NOON[language].finditer(text)}


#: Points that are none of a percentage: « 10 points de vote ».
_OF_OTHERS = re.compile(r"\s*points? (?:de |d[’']|of )(?!pourcentage)", re.IGNORECASE)


def _thousandfold(item: Number) -> str:
    """A value, thousands written out: "1.4K" is 1400."""
    return f"{Decimal(item.value) * 1000:f}".partition(".")[0] if item.unit == "K" else item.value


def _missing(these: _Numbers, those: _Numbers) -> list[str]:
    """What one side has in digits, or as a word above two, and the other has in neither way."""
    values = {value for told in (those.digits, those.words) for value, _ in told} | those.other
    spelled_out = {value for value, _ in those.words} | those.other
    left = those.digits - these.digits
    lacking = []
    for value, measure in (these.digits - those.digits).elements():
        if (value, measure) in those.words or (not measure and value in spelled_out):
            continue
        bare = [other for other in left if other[0] == value and "" in (other[1], measure)]
        if bare and _elliptical(these, those):  # "12% of men and 9 of women"
            continue
        lacking.append(f"{value} {measure}".strip())
    unsaid = [value for value, _ in these.words if int(value) > 2 and value not in values]
    return sorted(lacking + unsaid)


def _elliptical(these: _Numbers, those: _Numbers) -> bool:
    """Whether both sides have a measure that one of them may leave out the next time."""
    return any(measure for _, measure in these.digits) and any(
        measure for _, measure in those.digits
    )
