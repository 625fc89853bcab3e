"""A translation beside its segment: does it deny, hedge, claim and place as the segment does?

In: a pair whose segment has a translation. Out: what the translation lost or added. Words can't
be compared across languages, so only what lists tell in both is: that something is denied, that
it is held back, that a cause is claimed where a link was, a place by its names. Numbers are in
``figures``. Fixed text and what is the same in both languages (a citation) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from re import Pattern

from corpus.document import Language
from models.components.places import places
from models.parsing import parse
from pipelines.brief import STRENGTHS
from pipelines.claims.strength import hedges, negations, strength
from pipelines.language.lexicon import pattern
from pipelines.language.reasons import Reason, reason
from pipelines.verification.caution import FIRST_OF_TWO
from pipelines.verification.pair import Pair

#: Begins what is denied or left open.
_THAT = re.compile(r"\b(?:that|whether|if|que|si)\b|\bqu[’']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Made:
    """A translation that somebody made."""

    text: str
    language: Language


def _made(pair: Pair) -> _Made | None:
    """The segment's translation; None where there is none to judge."""
    target = pair.segment.target
    if not target.text or target.origin in ("template", "source"):
        return None
    return _Made(target.text, target.language)


def translated_negation(pair: Pair) -> Iterator[Reason]:
    """Where one language denies something, the other does; words of lacking may stand for it."""
    if (target := _made(pair)) is None:
        return
    here = negations(pair.segment.text, pair.segment.language)
    there = negations(target.text, target.language)
    if here and not there and not _lacking(target.language).search(target.text):
        yield reason("translation_negation_lost", word=_denying(here))
    if there and not here and not _lacking(pair.segment.language).search(pair.segment.text):
        yield reason("translation_negation_added", word=_denying(there))


def _denying(words: Sequence[str]) -> str:
    """The first word that denies by itself: « pas », not the « ne » before it."""
    return next((word for word in words if word not in FIRST_OF_TWO), words[0])


@cache
def _lacking(language: Language) -> Pattern[str]:
    """Words that one language may have where the other denies: "poorly", "only"."""
    return pattern("direction", language, "denied_abroad")


def translated_hedges(pair: Pair) -> Iterator[Reason]:
    """A segment that is in doubt has a translation with a word of caution."""
    if (target := _made(pair)) is None:
        return
    language = pair.segment.language
    doubts = pattern("direction", language, "doubted_abroad").findall(pair.segment.text)
    modal = pattern("direction", target.language, "held_back_abroad")
    held = hedges(target.text, target.language) or modal.search(target.text)
    if doubts and not held:
        yield reason("translation_caution_lost", word=doubts[0].lower())


def translated_strength(pair: Pair) -> Iterator[Reason]:
    """A translation claims no cause where the segment tells a link or a possible cause."""
    if (target := _made(pair)) is None:
        return
    said = strength(pair.segment.text, pair.segment.language)
    if said in ("none", STRENGTHS[-1]):
        return
    sentences = [sentence.text for sentence in parse(target.text, target.language).sents]
    claimed = [one for one in sentences if strength(one, target.language) == STRENGTHS[-1]]
    changed = pattern("direction", target.language, "changed_by")
    if any(not _open(one, target.language) and not changed.search(one) for one in claimed):
        yield reason("translation_claims_more", said_strength=STRENGTHS[-1], known_strength=said)


def _open(sentence: str, language: Language) -> bool:
    """Whether a sentence denies or leaves open that something is so ("can't establish that …")."""
    denied = pattern("certainty", language, "negations").search(sentence)
    return denied is not None and bool(_THAT.search(sentence, denied.end()))


def translated_places(pair: Pair) -> Iterator[Reason]:
    """A translation names no place that the segment doesn't, under either of its names."""
    if (target := _made(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    known = {name for place in places(text, language) for name in (place.en, place.fr)}
    for place in places(target.text, target.language):
        if not known & {place.en, place.fr} and place.en not in text and place.fr not in text:
            yield reason("translation_place_added", place=place.written)
