"""Denials, cautions and sides of an axis whose counterpart isn't where it should be.

In: a pair whose segment has a translation. Out: what it denies, holds back or turns otherwise than
its segment. Each wording of ``counterparts.toml`` that needs a counterpart is a suspect, with where
the nearest stands, whether that is the counterpart of another word already, and whether what stands
beside the one stands beside the other: "may help" wants a « peut » before « aider », not anywhere.
How likely a suspect is, is left to ``suspects``.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.document import Language, other
from corpus.text import cue_pattern
from models.translation_faults import Fault
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, reason
from pipelines.verification.aligned import Aligned, AlignedWord, aligned, one_to_one
from pipelines.verification.counterparts import (
    around,
    axis_patterns,
    degrees_and_sides,
    translated_changes,
)
from pipelines.verification.pair import Pair, made_translation
from pipelines.verification.suspects import NOWHERE, Suspect, Suspecting, cover, told

#: How far around a wording its neighbours are looked for, in words.
_AROUND = 3
#: What counts for and against two wordings as counterparts, beside their distance as a share of
#: ``_REACH`` words: that one of them needs none, that their kinds differ, that the dictionary pairs
#: them, that it pairs one of them with another word. Chosen by hand; the trees weigh all of it.
_REACH, _UNASKED, _OTHER_KIND, _PAIRED, _TAKEN = 12.0, 0.5, 0.15, -1.0, 0.6
#: How far from each other two words that are sure may stand for each other, in words.
_TOGETHER = 5.0
#: Kinds of caution that are suspected though they need no counterpart: « peut » may be "can", and
#: "likely" what is apt to be.
_DOUBTFUL = ("may", "probably")


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording among the words of its text."""

    kind: str
    asks: bool
    written: str
    start: int
    words: tuple[int, ...]
    """Places of its words; none where it is made of little words."""
    at: float
    """Where it stands among the words."""


def translated_negation(pair: Pair) -> Iterator[Reason]:
    """Where one language denies something, the other does; words of lacking may stand for it.

    For the half of a contrast, and for what can't be said, they may not: "fewer by day but not at
    night" has a "fewer" anyway.
    """
    if half := _denied_half(pair):
        yield reason("translation_negation_lost", word=half.split()[-1].lower(), words=half)
        return
    yield from _first_of_each(pair, negations, "negation")


def _denied_half(pair: Pair) -> str:
    """The half of a contrast that the segment denies where its translation denies nothing."""
    if (target := made_translation(pair)) is None:
        return ""
    half, denial = (table("counterparts")["contrast"][name] for name in ("half", "denial"))
    found = cue_pattern(half[pair.segment.language]).search(pair.segment.text)
    denied = cue_pattern(denial[target.language]).search(target.text)
    return found.group() if found and not denied else ""


def translated_hedges(pair: Pair) -> Iterator[Reason]:
    """What one language holds back, the other does."""
    yield from _first_of_each(pair, hedges, "caution")


def translated_directions(pair: Pair) -> Iterator[Reason]:
    """What rises, is more, before, better, all or allowed is so in both languages."""
    turned: set[str] = set()
    for one in told(pair, turns)[:1]:
        own = one.language == pair.segment.language
        here, there = (one.written, one.instead) if own else (one.instead, one.written)
        turned = {here.lower(), there.lower()}
        yield reason("translation_opposite", there=here.lower(), word=there.lower())
    yield from translated_changes(pair, turned)


def _first_of_each(pair: Pair, suspecting: Suspecting, name: str) -> Iterator[Reason]:
    """The likeliest suspect of each text; ``name`` is what reasons call what is lost or added."""
    seen: set[Language] = set()
    for one in told(pair, suspecting):
        if one.language in seen or (target := made_translation(pair)) is None:
            continue
        seen.add(one.language)
        lost = one.language == pair.segment.language
        what, text = ("lost", pair.segment.text) if lost else ("added", target.text)
        yield reason(
            f"translation_{name}_{what}", word=one.written.lower(), words=around(text, one.start)
        )


def negations(en: str, fr: str) -> tuple[Suspect, ...]:
    """Denials whose counterpart isn't where it should be."""
    return _suspects("negation", "negation", en, fr)


def hedges(en: str, fr: str) -> tuple[Suspect, ...]:
    """Cautions whose counterpart isn't where it should be."""
    return _suspects("hedge", "hedge", en, fr)


@lru_cache(maxsize=2048)
def _suspects(fault: Fault, axis: str, en: str, fr: str) -> tuple[Suspect, ...]:
    beside = _Beside.of(en, fr, lambda text, side, words: _of_axis(axis, text, side, words))
    return tuple(
        Suspect(
            fault,
            side,
            one.written,
            one.start,
            features,
            certain=one.asks and "none" in features,
        )
        for side in beside.words.sides
        for one, features in beside.features(side)
        if one.asks or (fault == "hedge" and one.kind in _DOUBTFUL)
    )


def _of_axis(
    axis: str, text: str, language: Language, words: Sequence[AlignedWord]
) -> list[_Wording]:
    return [
        _placed(*groups[match.lastgroup or ""], match.group(), match.start(), words)
        for pattern, groups in axis_patterns(axis, language)
        for match in pattern.finditer(text)
    ]


def _placed(
    kind: str, asks: bool, written: str, start: int, words: Sequence[AlignedWord]
) -> _Wording:
    starts = [word.start for word in words]
    first, last = bisect_left(starts, start), bisect_left(starts, start + len(written))
    at = (first + last - 1) / 2 if last > first else first - 0.5
    return _Wording(kind, asks, written, start, tuple(range(first, last)), at)


_Finding = Callable[[str, Language, Sequence[AlignedWord]], list[_Wording]]


@dataclass(frozen=True, slots=True)
class _Beside:
    """The wordings of two texts beside each other."""

    texts: Mapping[Language, str]
    words: Aligned
    wordings: Mapping[Language, list[_Wording]]
    leads: Mapping[Language, list[float]]
    """Where each wording's place is in the other text."""
    paired: Mapping[Language, Mapping[int, tuple[int, float]]]
    """Each wording's counterpart, and what speaks against it."""
    firm: Mapping[Language, Sequence[float]]
    """Where each text says something for sure ("will", « va ») that the other doesn't."""

    @classmethod
    def of(cls, en: str, fr: str, finding: _Finding) -> _Beside:
        """The wordings that ``finding`` finds, paired one to one."""
        texts: dict[Language, str] = {"en": en, "fr": fr}
        words = aligned(en, fr)
        found = {side: finding(texts[side], side, words.words(side)) for side in words.sides}
        leads = {
            side: [words.leads_to(one.at, side) for one in found[side]] for side in words.sides
        }
        costs = one_to_one(
            (_cost(one, two, leads["en"][n], words), n, m)
            for n, one in enumerate(found["en"])
            for m, two in enumerate(found["fr"])
        )
        paired: dict[Language, dict[int, tuple[int, float]]] = {
            "en": {n: (m, cost) for cost, n, m in costs},
            "fr": {m: (n, cost) for cost, n, m in costs},
        }
        return cls(texts, words, found, leads, paired, _firm_alone(texts, words))

    def features(self, side: Language) -> Iterator[tuple[_Wording, dict[str, float]]]:
        """Each wording of a side, with what speaks for and against its having a counterpart."""
        if not self.wordings[side]:
            return
        covered = cover(self.words)
        for n, one in enumerate(self.wordings[side]):
            yield (
                one,
                {
                    "english": float(side == "en"),
                    "asks": float(one.asks),
                    f"kind:{one.kind}": 1.0,
                    **self._counterpart(side, n),
                    **self._counts(side, one),
                    **self._neighbours(side, one),
                    **covered,
                },
            )

    def _counterpart(self, side: Language, n: int) -> dict[str, float]:
        """Of the wording that it is paired with."""
        one, lead, there = self.wordings[side][n], self.leads[side][n], other(side)
        partners = self.words.partners
        mine = [partners[side][place] for place in one.words if place in partners[side]]
        told = {
            "aligned": float(bool(mine)),
            "aligned_here": float(any(abs(place - lead) <= _AROUND for place in mine)),
        }
        got = self.paired[side].get(n)
        if got is None:
            return {**told, "none": 1.0, "far": NOWHERE, "cost": 5.0}
        two = self.wordings[there][got[0]]
        return {
            **told,
            "far": abs(lead - two.at),
            "cost": got[1],
            "same_kind": float(one.kind == two.kind),
            f"partner:{two.kind}": 1.0,
            "partner_asks": float(two.asks),
            "paired_by_words": float(bool(set(mine) & set(two.words))),
            "partner_taken": float(_is_taken(two, one, there, self.words)),
        }

    def _counts(self, side: Language, one: _Wording) -> dict[str, float]:
        """How many wordings the two texts have."""
        ours, theirs = self.wordings[side], self.wordings[other(side)]
        asks = [sum(found.asks for found in all_of) for all_of in (ours, theirs)]
        kind = [sum(found.kind == one.kind for found in all_of) for all_of in (ours, theirs)]
        sure = [
            len(_sure(language).findall(self.texts[language])) for language in (side, other(side))
        ]
        return {
            "ours": float(len(ours)), "theirs": float(len(theirs)),
            "asks_ours": float(asks[0]), "asks_theirs": float(asks[1]),
            "more": float(len(ours) - len(theirs)), "more_asks": float(asks[0] - asks[1]),
            "more_of_kind": float(kind[0] - kind[1]), "more_sure": float(sure[1] - sure[0]),
        }  # fmt: skip

    def _neighbours(self, side: Language, one: _Wording) -> dict[str, float]:
        """Where the other text's wordings stand, seen from the words beside this one."""
        partners, theirs = self.words.partners[side], self.wordings[other(side)]
        size = len(self.words.words(side))
        first = one.words[0] if one.words else math.ceil(one.at)
        last = one.words[-1] if one.words else math.floor(one.at)
        lead = self.words.leads_to(one.at, side)
        found = {
            "near": _nearest(lead, theirs),
            "near_kind": _nearest(lead, theirs, kind=one.kind),
            "near_asks": _nearest(lead, [two for two in theirs if two.asks]),
            "firm": min((abs(at - lead) for at in self.firm[other(side)]), default=NOWHERE),
            "more_firm": float(len(self.firm[other(side)]) - len(self.firm[side])),
        }
        behind = range(last + 1, min(last + 1 + _AROUND, size))
        before = range(first - 1, max(first - 1 - _AROUND, -1), -1)
        for name, places in (("behind", behind), ("before", before)):
            place = next((place for place in places if place in partners), None)
            if place is None:
                found[name] = found[f"{name}_kind"] = -1.0
                continue
            found[name] = _nearest(partners[place], theirs)
            found[f"{name}_kind"] = _nearest(partners[place], theirs, kind=one.kind)
            found[f"{name}_gap"] = abs(place - one.at)
            found[f"{name}_firm"] = min(
                (abs(at - partners[place]) for at in self.firm[other(side)]), default=NOWHERE
            )
        around = range(max(0, first - _AROUND), min(size, last + 1 + _AROUND))
        found["local"] = sum(place in partners for place in around) / max(1, len(around))
        return found


def _nearest(place: float, wordings: Sequence[_Wording], kind: str = "") -> float:
    """How far the nearest of some wordings is, in words."""
    return min(
        (abs(one.at - place) for one in wordings if not kind or one.kind == kind), default=NOWHERE
    )


def _cost(one: _Wording, two: _Wording, lead: float, words: Aligned) -> float:
    """What speaks against an English and a French wording as counterparts."""
    partners = words.partners["en"]
    paired = any(partners.get(place) in two.words for place in one.words)
    taken = not paired and (
        _is_taken(one, two, "en", words) or _is_taken(two, one, "fr", words)
    )  # fmt: skip
    return (
        abs(lead - two.at) / _REACH
        + _UNASKED * ((not one.asks) + (not two.asks))
        + _OTHER_KIND * (one.kind != two.kind)
        + _PAIRED * paired
        + _TAKEN * taken
    )


def _is_taken(one: _Wording, two: _Wording, side: Language, words: Aligned) -> bool:
    """Whether a wording of a side goes with another word than a wording of the other side."""
    partners = words.partners[side]
    return any(place in partners and partners[place] not in two.words for place in one.words)


def _firm_alone(texts: Mapping[Language, str], words: Aligned) -> dict[Language, tuple[float, ...]]:
    """Where a text says for sure what the other doesn't, among its words."""
    placed = {
        side: [
            _placed("firm", True, match.group(), match.start(), words.words(side)).at
            for match in _firm(side).finditer(texts[side])
        ]
        for side in words.sides
    }
    both = one_to_one(
        (abs(words.leads_to(one, "en") - two), n, m)
        for n, one in enumerate(placed["en"])
        for m, two in enumerate(placed["fr"])
        if abs(words.leads_to(one, "en") - two) <= _TOGETHER
    )
    taken = {"en": {n for _, n, _ in both}, "fr": {m for _, _, m in both}}
    return {
        side: tuple(at for n, at in enumerate(placed[side]) if n not in taken[side])
        for side in words.sides
    }


@cache
def _firm(language: Language) -> re.Pattern[str]:
    return cue_pattern(table("suspects")["firm"][language])


@cache
def _sure(language: Language) -> re.Pattern[str]:
    return cue_pattern(table("suspects")["sure"][language])


# -- sides ---------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def turns(en: str, fr: str) -> tuple[Suspect, ...]:
    """Words of one side of an axis where the other text has one of the other side."""
    words = aligned(en, fr)
    graded: dict[Language, set[int]] = {"en": set(), "fr": set()}
    texts: dict[Language, str] = {"en": en, "fr": fr}
    said = {
        axis: {side: _of_sides(axis, texts[side], side, words, graded) for side in words.sides}
        for axis in reversed(table("counterparts")["opposites"])
    }
    turned = {axis: _is_turned(told) for axis, told in said.items()}
    covered = cover(words)
    return tuple(
        Suspect(
            "turn", side, one.written, one.start,
            {
                "english": float(side == "en"), f"axis:{axis}": 1.0,
                "turned": float(turned[axis]), "turns": float(sum(turned.values())),
                **_of_turn(one, side, told, words), **covered,
            },
            _nearest_other(one, side, told, words).written,
        )
        for axis, told in said.items()
        for side in words.sides
        for one in told[side]
        if any(two.kind != one.kind for two in told[other(side)])
    )  # fmt: skip


def _of_sides(
    axis: str,
    text: str,
    language: Language,
    words: Aligned,
    graded: Mapping[Language, set[int]],
) -> list[_Wording]:
    """What a text says of an axis, in its places; "less easy" is difficult."""
    found = []
    for match in degrees_and_sides(axis, language).finditer(text):
        degree = match.group("less") or match.group("more")
        if degree:
            graded[language].add(match.start())
        elif axis == "amount" and match.start() in graded[language]:
            continue
        up = bool(match.group("up")) != bool(match.group("less"))
        side = "up" if up else "down"
        found.append(_placed(side, True, match.group(), match.start(), words.words(language)))
    return found


def _is_turned(told: Mapping[Language, Sequence[_Wording]]) -> bool:
    """Whether one text has more of one side, and the other more of the other."""
    up, down = (
        sum(one.kind == side for one in told["en"]) - sum(one.kind == side for one in told["fr"])
        for side in ("up", "down")
    )
    return (up > 0 > down) or (up < 0 < down)


def _nearest_other(
    one: _Wording, side: Language, told: Mapping[Language, Sequence[_Wording]], words: Aligned
) -> _Wording:
    lead = words.leads_to(one.at, side)
    others = (two for two in told[other(side)] if two.kind != one.kind)
    return min(others, key=lambda two: abs(two.at - lead))


def _of_turn(
    one: _Wording, side: Language, told: Mapping[Language, Sequence[_Wording]], words: Aligned
) -> dict[str, float]:
    """Where the same side and the other stand in the other text."""
    ours, theirs = told[side], told[other(side)]
    lead, two = words.leads_to(one.at, side), _nearest_other(one, side, told, words)
    back = words.leads_to(two.at, other(side))
    partners = words.partners[side]
    mine = {partners[place] for place in one.words if place in partners}
    same = [found for found in theirs if found.kind == one.kind]
    same_ours = sum(found.kind == one.kind for found in ours)
    other_ours = sum(found.kind == two.kind for found in ours)
    paired = _same_sides(told, words)
    got = paired[side].get(ours.index(one))
    return {
        "far_other": abs(two.at - lead),
        "far_same": _nearest(lead, same),
        "other_far_same": _nearest(back, ours, kind=two.kind),
        "paired_same": float(any(mine & set(found.words) for found in same)),
        "paired_other": float(bool(mine & set(two.words))),
        "other_taken": float(_is_taken(two, one, other(side), words)),
        "taken": float(_is_taken(one, two, side, words)),
        "same_ours": float(same_ours),
        "same_theirs": float(len(same)),
        "other_ours": float(other_ours),
        "other_theirs": float(len(theirs) - len(same)),
        "more_same": float(same_ours - len(same)),
        "more_other": float(len(theirs) - len(same) - other_ours),
        "none": float(got is None),
        "far_got": NOWHERE if got is None else abs(theirs[got].at - lead),
        "other_none": float(theirs.index(two) not in paired[other(side)]),
        **_beside_turned(one, two, same, side, words),
    }


def _same_sides(
    told: Mapping[Language, Sequence[_Wording]], words: Aligned
) -> dict[Language, dict[int, int]]:
    """Which words of a side of an axis stand for which of the same side, one to one."""
    pairs = one_to_one(
        (abs(words.leads_to(one.at, "en") - two.at) + 1 - _goes_with(one, two, words), n, m)
        for n, one in enumerate(told["en"])
        for m, two in enumerate(told["fr"])
        if one.kind == two.kind
    )
    return {"en": {n: m for _, n, m in pairs}, "fr": {m: n for _, n, m in pairs}}


def _goes_with(one: _Wording, two: _Wording, words: Aligned) -> bool:
    partners = words.partners["en"]
    return any(partners.get(place) in two.words for place in one.words)


def _beside_turned(
    one: _Wording, two: _Wording, same: Sequence[_Wording], side: Language, words: Aligned
) -> dict[str, float]:
    """How far from the counterpart of what stands beside a word the other side and its own stand.

    "More open" beside « moins ouverte »: what is beside goes together, and they don't.
    """
    partners, size = words.partners[side], len(words.words(side))
    first = one.words[0] if one.words else math.ceil(one.at)
    last = one.words[-1] if one.words else math.floor(one.at)
    behind = range(last + 1, min(last + 1 + _AROUND, size))
    before = range(first - 1, max(first - 1 - _AROUND, -1), -1)
    found: dict[str, float] = {}
    for name, places in (("behind", behind), ("before", before)):
        place = next((place for place in places if place in partners), None)
        if place is None:
            found[f"{name}_gap"] = NOWHERE
            continue
        found[f"{name}_gap"] = abs(place - one.at)
        found[f"{name}_other"] = abs(two.at - partners[place])
        found[f"{name}_same"] = _nearest(partners[place], same)
    return found
