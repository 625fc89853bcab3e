"""Stretches of a text that the other text may lack: from one joint to another.

In: two texts with their words beside each other. Out: of either text the few stretches between
joints (stops, and little words that open a clause or a complement) in which most words have no
counterpart, and named numbers of each: how much of it has one and how far from where the words
around lead, how near in meaning the nearest word of the other text is to what has none, how the
lengths of the two texts compare with it and without it. How likely one is lost is learned
(``models.translation_faults``); what room there is for it is ``gaps``'s business.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from corpus.document import Language, other
from corpus.text import cue_pattern
from pipelines.language.lexicon import table
from pipelines.language.nearness import nearness
from pipelines.verification.aligned import Aligned, AlignedWord, is_abbreviation, known, weight

#: Stretches of a text that are looked at, the heaviest first.
MOST = 4
#: What a word counts in a stretch: that has no counterpart, nor stands anything for it; that may
#: have one, which is another word's already; that something stands for freely; that has one.
_LOST, _TAKEN, _FREELY, _COVERED = 1.0, 0.7, 0.5, -0.9
#: The lightest stretch that is looked at, in such counts times what a word says.
LEAST = 0.3
_STOP = re.compile(r"[,;:.!?–—()](?=\s|$)|(?<=\s)[–—(-]+(?=\s|\w)")
_CODE = re.compile(r"\d|[A-Z]{2,}|[@#_/]")


@dataclass(frozen=True)
class Side:
    """One of two texts, as what is counted in it."""

    language: Language
    text: str
    words: Aligned

    @cached_property
    def own(self) -> tuple[AlignedWord, ...]:
        """Its words."""
        return self.words.words(self.language)

    @cached_property
    def weights(self) -> list[float]:
        """What each word says; 0 where it says nothing by itself."""
        return [weight(word, self.language) if word.content else 0.0 for word in self.own]

    @cached_property
    def partners(self) -> Mapping[int, int]:
        """Which word of the other text a word goes with."""
        return self.words.partners[self.language]

    @cached_property
    def at_first(self) -> frozenset[int]:
        """Words without a counterpart."""
        return frozenset(self.words.alone_at_first(self.language))

    @cached_property
    def alone(self) -> frozenset[int]:
        """Words that nothing stands for freely, either."""
        return frozenset(self.words.alone(self.language))

    @cached_property
    def nowhere(self) -> frozenset[int]:
        """Words of the dictionary that nothing in the other text may stand for."""
        return frozenset(n for n in self.at_first if self.words.nowhere(n, self.language))

    @cached_property
    def counts(self) -> list[float]:
        """What each word counts for a stretch's being lost."""
        return [self._count(n) * self.weights[n] for n in range(len(self.own))]

    def _count(self, n: int) -> float:
        if n not in self.at_first:
            return _COVERED
        return _FREELY if n not in self.alone else _LOST if n in self.nowhere else _TAKEN

    @cached_property
    def joints(self) -> list[tuple[int, int, bool]]:
        """Where a stretch may begin or end: character, place among the words, whether it stops."""
        stops = {match.end() for match in _STOP.finditer(self.text)}
        opened = {match.start() for match in _openings(self.language).finditer(self.text)}
        starts = [word.start for word in self.own]
        at = sorted({0, len(self.text), *stops, *opened})
        return [(place, bisect_left(starts, place), place in stops) for place in at]


@cache
def _openings(language: Language) -> re.Pattern[str]:
    return cue_pattern(table("completeness")["joints"][language])


@dataclass(frozen=True, slots=True)
class LackingStretch:
    """Words between two joints of a text."""

    first: int
    last: int
    """Places of the first and the last word."""
    start: int
    end: int
    """Characters, with what stands between the joints and the words."""
    count: float
    """What speaks for its being lost."""
    stops: tuple[bool, bool]
    """Whether it begins behind, and ends with, a stop or an end of the text."""


def stretches(side: Side) -> list[LackingStretch]:
    """The heaviest stretches of a text; of those that share most of their words the heavier one."""
    sums = [0.0]
    for count in side.counts:
        sums.append(sums[-1] + count)
    joints = side.joints
    found = [
        LackingStretch(first, end - 1, start, stop, sums[end] - sums[first],
                (stopped or not start, stops or stop == len(side.text)))
        for n, (start, first, stopped) in enumerate(joints)
        for stop, end, stops in joints[n + 1 :]
        if end > first and sums[end] - sums[first] > LEAST
    ]  # fmt: skip
    chosen: list[LackingStretch] = []
    for one in sorted(found, key=lambda one: (-one.count, one.start, one.end)):
        if len(chosen) < MOST and not any(_much_the_same(one, two) for two in chosen):
            chosen.append(one)
    return chosen


def _much_the_same(one: LackingStretch, two: LackingStretch) -> bool:
    both = min(one.last, two.last) - max(one.first, two.first) + 1
    return both > 0.75 * (max(one.last, two.last) - min(one.first, two.first) + 1)


def numbers_of(one: LackingStretch, side: Side, beside: Side) -> dict[str, float]:
    """What speaks for and against a stretch's being lost in the text beside it."""
    places = [n for n in range(one.first, one.last + 1) if side.own[n].content]
    lacking = [n for n in places if n in side.at_first]
    told = {
        "count": one.count,
        "chars": float(one.end - one.start),
        "of_text": (one.end - one.start) / max(1, len(side.text)),
        "contents": float(len(places)),
        "lacks": float(len(lacking)),
        "lacks_share": len(lacking) / max(1, len(places)),
        "lacks_weight": sum(side.weights[n] for n in lacking),
        "alone_here": float(sum(n in side.alone for n in places)),
        "nowhere_here": float(sum(n in side.nowhere for n in places)),
        "nowhere_here_weight": sum(side.weights[n] for n in places if n in side.nowhere),
        "known_here": float(sum(known(side.own[n], side.language) for n in places)),
        "short_there": float(
            sum(is_abbreviation(word) for m, word in enumerate(beside.own) if m in beside.at_first)
        ),
        "codes_lost": float(sum(bool(_CODE.search(side.own[n].text)) for n in lacking)),
        "stop_before": float(one.stops[0]),
        "stop_behind": float(one.stops[1]),
        "ends_text": float(one.end >= len(side.text.rstrip())),
        "counted_else": sum(max(0.0, count) for count in side.counts) - max(0.0, one.count),
        "rest_lacks": _share_without(side, one.first, one.last),
        "rest_lacks_there": _share_without(beside),
        "lacks_there": sum(beside.weights[m] for m in beside.at_first),
        "alone_there": sum(beside.weights[m] for m in beside.alone),
    }
    return {
        **told,
        **_lengths(one, side, beside),
        **_meant(lacking, side, beside),
        **_elsewhere(one, places, side),
    }


def _share_without(side: Side, first: int = 0, last: int = -1) -> float:
    """The share of a text's content words, those of a stretch aside, that have no counterpart."""
    places = [
        n for n, word in enumerate(side.own) if word.content and not first <= n <= last
    ]  # fmt: skip
    return sum(n in side.at_first for n in places) / max(1, len(places))


def _lengths(one: LackingStretch, side: Side, beside: Side) -> dict[str, float]:
    """How much longer the text is than the one beside it, with the stretch and without it."""
    longer = table("completeness")["longer"] * (1 if side.language == "fr" else -1)
    left = len(side.text) - (one.end - one.start)
    whole, without = (
        (math.log((length + 10) / (len(beside.text) + 10)) - longer)
        * math.sqrt(length + len(beside.text)) / 20
        for length in (len(side.text), left)
    )  # fmt: skip
    expected = len(beside.text) * math.exp(longer)
    return {
        "longer_with": whole,
        "longer_without": without,
        "nearer_without": abs(whole) - abs(without),
        "over": (len(side.text) - expected) / max(1, one.end - one.start),
    }


def _meant(lacking: Sequence[int], side: Side, beside: Side) -> dict[str, float]:
    """How near in meaning the other text's words without a counterpart are, and all its words."""
    if not lacking:
        return {}
    free = [m for m in beside.at_first if beside.own[m].content]
    every = [m for m, word in enumerate(beside.own) if word.content]
    near_free = [_nearest(n, free, side, beside) for n in lacking]
    near_any = [_nearest(n, every, side, beside) for n in lacking]
    weights = [side.weights[n] for n in lacking]
    return {
        "near_free": _mean(near_free, weights),
        "near_free_most": max(near_free),
        "near_any": _mean(near_any, weights),
        "far_weight": sum(w for w, near in zip(weights, near_free, strict=True) if near < _FAR),
        "far_any_weight": sum(w for w, near in zip(weights, near_any, strict=True) if near < _FAR),
    }


#: From this cosine on two words are near in meaning: half the true counterparts that no list
#: pairs are.
_FAR = 0.35


def _nearest(n: int, places: Sequence[int], side: Side, beside: Side) -> float:
    own = side.own[n].key
    pairs = ((own, beside.own[m].key) for m in places)
    ordered = pairs if side.language == "en" else ((fr, en) for en, fr in pairs)
    return max((nearness(en, fr) for en, fr in ordered), default=0.0)


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    both = zip(values, weights, strict=True)
    return sum(value * weight for value, weight in both) / total if total else 0.0


def _elsewhere(one: LackingStretch, places: Sequence[int], side: Side) -> dict[str, float]:
    """How far the counterparts of its words stand from where the words around it lead."""
    partners = side.partners
    before = [partners[n] for n in range(one.first - 1, -1, -1) if n in partners][:2]
    behind = [partners[n] for n in range(one.last + 1, len(side.own)) if n in partners][:2]
    low = max(before, default=-1)
    high = min(behind, default=len(side.words.words(other(side.language))))
    paired = [n for n in places if n in partners]
    away = list(_outside([partners[n] for n in paired], min(low, high), max(low, high)))
    weights = [side.weights[n] for n in paired]
    return {
        "paired_here": float(len(paired)),
        "paired_weight": sum(weights),
        "away": float(sum(far > 0 for far in away)),
        "away_weight": sum(w for w, far in zip(weights, away, strict=True) if far > 0),
        "away_far": sum(away) / len(away) if away else 0.0,
        "within_weight": sum(w for w, far in zip(weights, away, strict=True) if far <= 0),
    }


def _outside(places: Sequence[int], low: int, high: int) -> Iterator[float]:
    """How far each place is outside of two others."""
    return (float(max(low - place, place - high, 0)) for place in places)
