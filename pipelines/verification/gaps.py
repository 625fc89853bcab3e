"""How much room one text has for a stretch of the other.

In: a stretch of words of an English or a French text, and their alignment. Out: how many characters
the other text has between the counterparts of what stands around the stretch, beside how many it
should have. A clause that was taken out leaves no room; one that is told in other words needs some.
Of what stands around, the two nearest words on each side are tried, and what speaks least for a gap
counts, too: the order of words is free.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.document import Language, other
from pipelines.language.lexicon import table
from pipelines.verification.aligned import Aligned, AlignedWord, is_abbreviation

#: The place before a text's first word.
_NONE = -1
#: How many counterparts on either side of a stretch are tried.
_TRIED = 2


@dataclass(frozen=True, slots=True)
class _Gap:
    """The same place in two texts, between the same two counterparts."""

    lacking: float
    """Characters that the other text should have there and hasn't."""
    filled: float
    """How much of what it should have it has."""
    unlike: int
    """Its content words there that have no counterpart, which may stand for the stretch."""
    abbreviations: int
    """Its abbreviations there, which may be short for the stretch."""
    words: int
    """All its words there."""
    edges: tuple[int, int]
    """How many words stand between the stretch and the counterparts around it."""
    crossed: int
    """Counterparts of its words there that stand elsewhere than between the two."""


def room(
    first: int, last: int, side: Language, words: Aligned, texts: Mapping[Language, str]
) -> dict[str, float]:
    """What lacks in the other text between what stands around a stretch, as named numbers."""
    gaps = list(_gaps(first, last, side, words, texts))
    if not gaps:
        return {"crossed": 1.0}
    least = min(gaps, key=lambda gap: gap.lacking)
    return {
        "gap": gaps[0].lacking,
        "gap_filled": gaps[0].filled,
        "gap_unlike": float(gaps[0].unlike),
        "gap_abbreviations": float(gaps[0].abbreviations),
        "gap_least": least.lacking,
        "gap_least_filled": least.filled,
        "gap_tried": float(len(gaps)),
        "gap_words": float(gaps[0].words),
        "gap_least_words": float(least.words),
        "gap_edges": float(sum(gaps[0].edges)),
        "gap_edge": float(max(gaps[0].edges)),
        "gap_crossed": float(gaps[0].crossed),
    }


def _gaps(
    first: int, last: int, side: Language, words: Aligned, texts: Mapping[Language, str]
) -> Iterator[_Gap]:
    """Between the counterparts around a stretch, the nearest first, where their order is the same.

    A text's beginning and end are counterparts of each other.
    """
    there, partners, back = other(side), words.partners[side], words.partners[other(side)]
    own, theirs = words.words(side), words.words(there)
    before = [n for n in range(first - 1, -1, -1) if n in partners][:_TRIED] or [_NONE]
    behind = [n for n in range(last + 1, len(own)) if n in partners][:_TRIED] or [len(own)]
    longer = math.exp(table("completeness")["longer"])
    for left in before:
        for right in behind:
            low, high = partners.get(left, _NONE), partners.get(right, len(theirs))
            if low >= high:
                continue
            start = 0 if left == _NONE else _end(own[left])
            end = len(texts[side]) if right == len(own) else own[right].start
            begin = 0 if low == _NONE else _end(theirs[low])
            stop = len(texts[there]) if high == len(theirs) else theirs[high].start
            wanted = (end - start) * (longer if side == "en" else 1 / longer)
            unlike = sum(theirs[m].content and m not in back for m in range(low + 1, high))
            short = sum(is_abbreviation(word) for word in theirs[max(low, 0) : high + 1])
            inside = range(low + 1, high)
            yield _Gap(
                wanted - (stop - begin), (stop - begin + 1) / (wanted + 1), unlike, short,
                len(inside), (first - left - 1, right - last - 1),
                sum(m in back and not left < back[m] < right for m in inside),
            )  # fmt: skip


def _end(word: AlignedWord) -> int:
    return word.start + len(word.text)
