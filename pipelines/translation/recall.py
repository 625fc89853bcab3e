"""What the translation memory offers for the lines of a brief: exact pairs, and alike ones.

In: a brief, and the pairs that were agreed to. Out: ``Match``es by segment, the best first; and
the brief with the best of them in its targets, as suggestions: ``initial``, with origin
``memory:87`` (87 % alike), never counted as translated.

A pair is exact where the sources are the same but for spaces. One that differs in its figures
alone is offered with the figures of the line, at 99 %. Others are alike by the edits between them
(``rapidfuzz.fuzz.ratio``), from 75 % on, below which translators as a rule have a match switched
off (the default of common tools is 70 to 75 %).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.document import Language, other
from pipelines.brief import Brief, Segment, Target
from pipelines.language.numbers import figures
from pipelines.language.typography import as_typed, localize_number
from pipelines.render.layout import untranslated
from pipelines.render.xliff_units import Match, fingerprint
from pipelines.translation.tmx import TranslationPair

#: From how many per cent on a pair is offered, how many of them, and from how many words on a
#: line can be alike: "It rained." is like too many.
LEAST, MOST, WORDS = 75, 3, 4
#: Of a pair that differs in its figures alone.
BUT_FOR_FIGURES = 99


@dataclass(frozen=True)
class Memory:
    """Pairs that were agreed to, in either direction, newest first."""

    pairs: tuple[TranslationPair, ...]

    def of(self, language: Language) -> _Side:
        """The pairs with their sources in a language."""
        return self._sides[language]

    @cached_property
    def _sides(self) -> dict[Language, _Side]:
        turned = (
            TranslationPair(other(p.language), p.target, p.source, p.origin) for p in self.pairs
        )
        every = [*self.pairs, *turned]
        return {
            "en": _Side([pair for pair in every if pair.language == "en"]),
            "fr": _Side([pair for pair in every if pair.language == "fr"]),
        }


class _Side:
    """The pairs of one direction, by what they are found by."""

    def __init__(self, pairs: Sequence[TranslationPair]) -> None:
        """Take the pairs, newest first; of the same text twice the newer stays."""
        kept: dict[str, TranslationPair] = {}
        for pair in pairs:
            kept.setdefault(fingerprint(pair.source), pair)
        self.exact = kept
        self.pairs = list(kept.values())
        self.sources = [as_typed(pair.source) for pair in self.pairs]

    @cached_property
    def masked(self) -> dict[str, TranslationPair]:
        found: dict[str, TranslationPair] = {}
        for pair in self.pairs:
            mask, count = _masked(pair.source, pair.language)
            if count:
                found.setdefault(mask, pair)
        return found


def matches(text: str, language: Language, memory: Memory) -> tuple[Match, ...]:
    """What the memory offers for a text, the best first."""
    side = memory.of(language)
    if (pair := side.exact.get(fingerprint(text))) is not None:
        return (Match(pair.source, pair.target, 100, pair.origin),)
    found = [*_but_for_figures(text, language, side), *_alike(text, side)]
    return tuple({match.target: match for match in reversed(found)}.values())[::-1][:MOST]


def _alike(text: str, side: _Side) -> Iterable[Match]:
    from rapidfuzz import fuzz, process

    if len(text.split()) < WORDS:
        return
    found = process.extract(
        as_typed(text), side.sources, scorer=fuzz.ratio, score_cutoff=LEAST, limit=MOST
    )
    for _, score, number in found:
        pair = side.pairs[number]
        yield Match(pair.source, pair.target, min(int(score), BUT_FOR_FIGURES), pair.origin)


def _but_for_figures(text: str, language: Language, side: _Side) -> Iterable[Match]:
    """A pair that differs in figures alone, with those of the text in its translation."""
    mask, count = _masked(text, language)
    pair = side.masked.get(mask) if count else None
    if pair is None:
        return
    target = pair.target
    were = [figure.text for figure in figures(pair.source, language)]
    are = [figure.text for figure in figures(text, language)]
    held: list[tuple[str, str]] = []
    for number, (was, now) in enumerate(zip(were, are, strict=True)):
        there = localize_number(was, other(language))
        if len(re.findall(_whole(there), target)) != 1:
            return  # written in another manner, or twice: a person's to adapt
        mark = f"\ue000{number}\ue001"
        target = re.sub(_whole(there), mark, target)
        held.append((mark, localize_number(now, other(language))))
    for mark, now in held:
        target = target.replace(mark, now)
    yield Match(text, target, BUT_FOR_FIGURES, pair.origin)


def _whole(number: str) -> str:
    """A number that isn't a part of another, whichever blank it is written with."""
    written = r"\s".join(map(re.escape, number.split()))
    return rf"(?<![\d.,]){written}(?![\d]|[.,]\d)"


def _masked(text: str, language: Language) -> tuple[str, int]:
    """A text with a mark for each figure, and how many there are."""
    parts, position = [], 0
    found = figures(text, language)
    for figure in found:
        parts.append(text[position : figure.start])
        position = figure.start + len(figure.text)
    return " ".join("\0".join([*parts, text[position:]]).split()), len(found)


def offers(brief: Brief, memory: Memory) -> dict[str, tuple[Match, ...]]:
    """What the memory offers for each line that is to translate; lines without are left out."""
    if not memory.pairs:
        return {}
    found = {
        segment.id: matches(segment.text, segment.language, memory)
        for segment in brief.segments
        if _is_open(segment)
    }
    return {id: told for id, told in found.items() if told}


def filled(brief: Brief, memory: Memory) -> Brief:
    """The brief with what the memory offers best in its targets, as suggestions.

    Where the figures of one that is only alike aren't those of the line, it is left to the
    translator's file.
    """
    found = offers(brief, memory)
    segments = (_filled(segment, found) for segment in brief.segments)
    return replace(brief, segments=tuple(segments))


def _filled(segment: Segment, found: Mapping[str, tuple[Match, ...]]) -> Segment:
    best = next(iter(found.get(segment.id, ())), None)
    if best is None or not (best.score == 100 or _same_figures(segment, best.target)):
        return segment
    offered = Target(segment.target.language, best.target, "initial", f"memory:{best.score}")
    return replace(segment, target=offered)


def _same_figures(segment: Segment, target: str) -> bool:
    language = segment.target.language
    here = sorted(
        localize_number(figure.text, language) for figure in figures(segment.text, segment.language)
    )
    there = sorted(figure.text for figure in figures(target, language))
    return ["".join(one.split()) for one in here] == ["".join(one.split()) for one in there]


def _is_open(segment: Segment) -> bool:
    return untranslated(segment) and segment.origin != "template"


def pairs_of(brief: Brief) -> list[TranslationPair]:
    """The pairs of a brief that people agreed to: neither fixed text nor what is in both alike."""
    return [
        TranslationPair(segment.language, segment.text, segment.target.text, brief.id)
        for segment in brief.segments
        if segment.target.text
        and not untranslated(segment)
        and segment.origin != "template"
        and not segment.target.known
    ]
