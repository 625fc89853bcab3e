"""What a text restricts, links or makes depend, and whether its translation does, too.

In: a pair whose segment has a translation. Out: the wordings of one text that have no counterpart
in the other. Words of both are paired one to one: those of one kind and nearest in place first,
then with whatever of the axis is left over. Kinds and sides are data (``counterparts.toml``). What
is denied, held back or turned is left to ``wordings``, numbers to ``figures``, names and terms to
``termed``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from corpus.document import Language
from corpus.text import cue_pattern
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, reason
from pipelines.verification.aligned import one_to_one
from pipelines.verification.pair import Pair, made_translation

#: What it counts against two wordings, as a share of a text, for each that doesn't need the other;
#: and that they are of different kinds. Chosen by hand on two thirds of the true pairs.
UNASKED, OTHER_KIND = 0.5, 0.15


#: Axes whose kinds never stand for each other.
APART = ("change", "association")


@dataclass(frozen=True, slots=True)
class _Wording:
    """A word or phrase of an axis in its place."""

    kind: str
    asks: bool
    """Whether it must have a counterpart."""
    written: str
    place: float
    """0 at its text's beginning, 1 at its end."""


_Groups = Mapping[str, tuple[str, bool]]


@cache
def axis_patterns(name: str, language: Language) -> tuple[tuple[re.Pattern[str], _Groups], ...]:
    """All wordings of an axis as one pattern, and the kind of each of its groups.

    One pattern a kind where kinds stay apart: "once" may be before and after.
    """
    kinds: Sequence[Mapping[str, Any]] = table("counterparts")[name]
    runs = [[kind] for kind in kinds] if name in APART else [kinds]
    return tuple(_pattern(run, language) for run in runs)


def _pattern(
    kinds: Sequence[Mapping[str, Any]], language: Language
) -> tuple[re.Pattern[str], _Groups]:
    groups: dict[str, tuple[str, bool]] = {}
    parts = []
    for number, kind in enumerate(kinds):
        for asks, key in ((True, f"asks_{language}"), (False, language)):
            if cues := kind.get(key):
                group = f"k{number}{'a' if asks else 'b'}"
                groups[group] = (kind["kind"], asks)
                parts.append(f"(?P<{group}>{'|'.join(cues)})")
    return cue_pattern(parts), groups


@lru_cache(maxsize=8192)
def _wordings(name: str, text: str, language: Language) -> tuple[_Wording, ...]:
    length = max(len(text), 1)
    return tuple(
        _Wording(*groups[match.lastgroup or ""], match.group(), match.start() / length)
        for pattern, groups in axis_patterns(name, language)
        for match in pattern.finditer(text)
    )


def unpaired(
    name: str, here: str, language: Language, there: str, of_there: Language
) -> tuple[list[_Wording], list[_Wording]]:
    """The wordings of each text that need a counterpart in the other and have none."""
    ours, theirs = _wordings(name, here, language), _wordings(name, there, of_there)
    pairs = one_to_one(
        (_cost(one, two), n, m)
        for n, one in enumerate(ours)
        for m, two in enumerate(theirs)
        if one.kind == two.kind or name not in APART
    )
    paired_here, paired_there = {n for _, n, _ in pairs}, {m for _, _, m in pairs}
    return (
        [one for n, one in enumerate(ours) if one.asks and n not in paired_here],
        [two for m, two in enumerate(theirs) if two.asks and m not in paired_there],
    )


def _cost(one: _Wording, two: _Wording) -> float:
    unasked = (not one.asks) + (not two.asks)
    return abs(one.place - two.place) + UNASKED * unasked + OTHER_KIND * (one.kind != two.kind)


def _alone(pair: Pair, axis: str, name: str, but: Container[str] = frozenset()) -> Iterator[Reason]:
    """The first wording of each text that has no counterpart in the other.

    ``name`` is what the reasons call it that is lost, or added; ``but`` are words told already.
    """
    if (target := made_translation(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    ours, theirs = unpaired(axis, text, language, target.text, target.language)
    for what, told, found in (("lost", text, ours), ("added", target.text, theirs)):
        for one in [one for one in found if one.written.lower() not in but][:1]:
            words = around(told, round(one.place * len(told)))
            yield reason(f"translation_{name}_{what}", word=one.written.lower(), words=words)


#: Words on either side of a wording by which a reader finds it.
_SHOWN = 3


def around(text: str, start: int) -> str:
    """The words around a place of a text."""
    return " ".join([*text[:start].split()[-_SHOWN:], *text[start:].split()[: _SHOWN + 1]])


def translated_restrictors(pair: Pair) -> Iterator[Reason]:
    """What holds "only", "at least" or "at most" does so in both languages."""
    yield from _alone(pair, "restrictor", "limit")


def translated_conditions(pair: Pair) -> Iterator[Reason]:
    """What depends on a condition does so in both languages."""
    yield from _alone(pair, "condition", "condition")


def translated_causes(pair: Pair) -> Iterator[Reason]:
    """A translation makes no cause of a link, no link of a cause, and adds neither."""
    yield from _alone(pair, "association", "link")


# -- sides ---------------------------------------------------------------------------------------


@cache
def degrees_and_sides(axis: str, language: Language) -> re.Pattern[str]:
    """Both sides of an axis as one pattern, with a word before that turns it, or strengthens it."""
    sides = table("counterparts")["opposites"][axis]
    degrees = table("counterparts")["degrees"][language]
    degree = "|".join(f"(?P<{name}>{'|'.join(cues)})" for name, cues in degrees.items())
    parts = "|".join(f"(?P<{side}>{'|'.join(cues[language])})" for side, cues in sides.items())
    return cue_pattern([f"(?:(?:{degree}) )?(?:{parts})"])


def translated_changes(pair: Pair, but: Container[str] = frozenset()) -> Iterator[Reason]:
    """What rises or falls by a verb has something of the kind in both languages.

    ``but`` are words of which something else was told already.
    """
    yield from _alone(pair, "change", "direction", but)
