"""Ratios, odds and periods read as what they aren't.

In: a pair. Out: words by which a text misreads a number of its evidence that it has right: "3 times
higher" for three times as high, likelihood for odds, "rose by 30" for "rose to 30", "a week" for
"daily". Whether the number itself is there is left to ``figures``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.document import Language
from corpus.text import cue_pattern
from pipelines.language.lexicon import entries, pattern
from pipelines.language.numbers import numbers
from pipelines.language.reasons import Reason, reason
from pipelines.verification.pair import Pair

#: Lists: before a number by which something changed; at or from which it stood; behind one by which
#: two things differ.
_LEVELS = ("by", "to", "apart")


def ratios(pair: Pair) -> Iterator[Reason]:
    """Ratios, odds, levels and periods are told as what they are."""
    if not pair.same_language or not pair.quotes:
        return
    language = pair.language
    times_more = pattern("modality", language, "times_more")
    more = times_more.search(pair.text)
    as_much = pattern("modality", language, "times_as").search(pair.evidence)
    if more and as_much and not times_more.search(pair.evidence):
        yield reason("ratio_as_more", word=more.group().lower())
    odds = pattern("modality", language, "odds")
    chance = pattern("modality", language, "chance").search(pair.text)
    if (
        chance
        and odds.search(pair.evidence)
        and not odds.search(pair.text)
        and not pattern("modality", language, "chance").search(pair.evidence)
    ):
        yield reason("odds_as_risk", word=chance.group().lower())
    yield from _levels(pair)
    yield from _periods(pair)


def _levels(pair: Pair) -> Iterator[Reason]:
    """Numbers that a change goes by, of which the evidence only says where it came from or to."""
    language = pair.language
    by, to, apart = (
        re.compile(entries("modality", language)[key], re.IGNORECASE) for key in _LEVELS
    )
    for item in numbers(pair.text, language):
        if not by.search(pair.text, 0, item.start):
            continue
        same = [
            (quote, other)
            for quote in pair.quotes
            for other in numbers(quote, language)
            if other.value == item.value and other.unit == item.unit
        ]
        if same and all(
            (other.kind == "STATISTIC" or to.search(quote, 0, other.start))
            and not apart.match(quote, other.end)
            for quote, other in same
        ):
            yield reason("by_for_to", number=item.value)


def _periods(pair: Pair) -> Iterator[Reason]:
    """How often: the text says another period than the evidence, and not the evidence's."""
    said = {name: m.group() for name, cue in _every(pair.language) if (m := cue.search(pair.text))}
    there = {
        name: m.group() for name, cue in _every(pair.language) if (m := cue.search(pair.evidence))
    }
    if said and there and not said.keys() & there.keys():
        word, known = next(iter(said.values())), next(iter(there.values()))
        yield reason("period_differs", word=word.lower(), there=known.lower())


@cache
def _every(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    periods = entries("modality", language)["periods"]
    return tuple((name, cue_pattern(cues)) for name, cues in periods.items())
