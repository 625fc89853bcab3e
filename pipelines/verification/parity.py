"""A translation beside its segment: does it deny, hedge, claim and place as the segment does?

In: a pair whose segment has a translation. Out: what the translation lost or added. Words can't
be compared across languages, so only what lists tell in both is: that something is denied, that
it is held back, that a cause is claimed where a link was, a place by its names, a direction, a
condition, amounts, and words that exclude each other ("month", « année »). Numbers are in
``figures``. Fixed text and what is the same in both languages (a citation) is left alone. What may
be told so far in one language only (*canadienne*, "across Canada") raises nothing: alarms are
counted on 1,707 true translations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from re import Pattern

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.places import places
from models.parsing import parse
from pipelines.claims.strength import hedges, judgements, negations, wording
from pipelines.language.lexicon import entries, pattern, table
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import words_of
from pipelines.verification.caution import FIRST_OF_TWO, without_false_denials
from pipelines.verification.claimed import RELATING
from pipelines.verification.direction import said_directions
from pipelines.verification.pair import Pair

#: Begins what is denied or left open.
_THAT = re.compile(r"\b(?:that|whether|if|que|si)\b|\bqu[’']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Made:
    """A translation that somebody made."""

    text: str
    language: Language


def _made(pair: Pair) -> _Made | None:
    """The segment's translation; None where there is none to judge, or one is only on offer."""
    target = pair.segment.target
    if not target.text or target.suggested or target.known:
        return None
    return _Made(target.text, target.language)


def translated_negation(pair: Pair) -> Iterator[Reason]:
    """Where one language denies something, the other does; words of lacking may stand for it."""
    if (target := _made(pair)) is None:
        return
    here = _denials(pair.segment.text, pair.segment.language)
    there = _denials(target.text, target.language)
    if here and not there and not _lacking(target.language).search(target.text):
        yield reason("translation_negation_lost", word=_denying(here))
    if there and not here and not _lacking(pair.segment.language).search(pair.segment.text):
        yield reason("translation_negation_added", word=_denying(there))


def _denials(text: str, language: Language) -> list[str]:
    """The words by which a text denies; "not only" and "whether or not" deny nothing."""
    return negations(without_false_denials(text, language), language)


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


#: Of ``RELATING`` those that only a claim has: *related to* is in every second title.
_RELATED = ("association verb", "association noun", "risk")


def translated_strength(pair: Pair) -> Iterator[Reason]:
    """A translation claims no cause where the segment only relates two things."""
    if (target := _made(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    related = any(one.rule in _RELATED for one in judgements(text, language))
    if not related or wording(text, language) != "correlational":
        return
    sentences = [sentence.text for sentence in parse(target.text, target.language).sents]
    causal = [
        one
        for one in sentences
        if wording(one, target.language) == "causal"
        and not any(found.rule in RELATING for found in judgements(one, target.language))
    ]
    if not all(_open(one, target.language) for one in causal):
        strengths = {"said_strength": "causal", "known_strength": "correlational"}
        yield reason("translation_claims_more", **strengths)


def _open(sentence: str, language: Language) -> bool:
    """Whether a sentence denies or leaves open that something is so ("can't establish that …")."""
    denied = pattern("certainty", language, "negations").search(sentence)
    return denied is not None and bool(_THAT.search(sentence, denied.end()))


def translated_places(pair: Pair) -> Iterator[Reason]:
    """A translation names no place that the segment doesn't, under either of its names.

    A name that shares a word with the segment is the same place ("Fraser River"), and so is one of
    whose people the segment speaks (« canadienne »).
    """
    if (target := _made(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    known = {name for place in places(text, language) for name in (place.en, place.fr)}
    begun = {word[:_BEGINNING] for word in words_of(text)}
    for place in places(target.text, target.language):
        if known & {place.en, place.fr} or place.en in text or place.fr in text:
            continue
        names = {word[:_BEGINNING] for name in (place.en, place.fr) for word in words_of(name)}
        unknown = place.en == place.fr and " " in place.written  # « fleuve Fraser »
        if not names & begun and not place.written.isupper() and not unknown:
            yield reason("translation_place_added", place=place.written)


#: Letters by which two forms of a place's name are the same: "Canada", « canadien ».
_BEGINNING = 4


def translated_direction(pair: Pair) -> Iterator[Reason]:
    """What rises or is higher does so in both languages."""
    if (target := _made(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    if _turned(text, language, target) and not _turned_sides(text, language, target):
        yield reason("translation_direction")


def _directions(text: str, language: Language) -> Counter[str]:
    """How often a text says that something goes up, or down."""
    return Counter(side for axis, side in said_directions(text, language) if axis in _AXES)


#: Axes that are worded as directions in both languages.
_AXES = ("amount", "value")


def _turned(text: str, language: Language, target: _Made) -> bool:
    """Whether as many directions are said, and other ones."""
    here, there = _directions(text, language), _directions(target.text, target.language)
    return here.total() == there.total() and here != there


def translated_classes(pair: Pair) -> Iterator[Reason]:
    """Of words that exclude each other a translation has the same; who is compared stays."""
    if (target := _made(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    for members in table("concepts")["classes"].values():
        here = [one for one in members if _has(one, text, language)]
        there = [one for one in members if _has(one, target.text, target.language)]
        if here and there and not any(one in there for one in here):
            word = _has(there[0], target.text, target.language)
            known = _has(here[0], text, language)
            yield reason("translation_other", word=word, there=known)
    if _turned_sides(text, language, target) and not _turned(text, language, target):
        yield reason("translation_turned")


def _has(member: Mapping[str, list[str]], text: str, language: Language) -> str:
    """The first word of a class's member in a text; empty without one."""
    match = cue_pattern(member[language]).search(text)
    return match.group() if match else ""


def _turned_sides(text: str, language: Language, target: _Made) -> bool:
    """Whether the two of a class changed sides of a comparison, or the one that is denied."""
    for one, two in table("concepts")["sides"].values():
        here = _sides(one, two, text, language)
        there = _sides(one, two, target.text, target.language)
        if here and there and here != there:
            return True
    return False


def _sides(
    one: Mapping[str, list[str]], two: Mapping[str, list[str]], text: str, language: Language
) -> str:
    """Which of two stands in a sentence's reference or is denied; empty where that isn't told."""
    marks = [*entries("direction", language)["reference"]]
    for match in cue_pattern(marks).finditer(text):
        behind = re.split(r"[,;:(]", text[match.end() :])[0]
        before = text[: match.start()] + text[match.end() + len(behind) :]
        for name, first, second in (("one", one, two), ("two", two, one)):
            alone = _has(first, behind, language) and not _has(second, behind, language)
            if alone and _has(second, before, language):
                return f"compared {name}"
    for match in pattern("certainty", language, "negations").finditer(text):
        behind = " ".join(text[match.end() :].split()[:4])
        for name, first, second in (("one", one, two), ("two", two, one)):
            alone = _has(first, behind, language) and not _has(second, behind, language)
            if alone and _has(second, text, language):
                return f"denied {name}"
    return ""


def translated_amounts(pair: Pair) -> Iterator[Reason]:
    """What is said of a part isn't said of all, and a condition stays one."""
    if (target := _made(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    amounts = table("concepts")["amounts"]
    whole, part = amounts["whole"], amounts["part"]
    some = _has(part, text, language) if not _has(whole, text, language) else ""
    every = _has(amounts["every"], target.text, target.language)
    if some and every and not _has(part, target.text, target.language):
        yield reason("translation_other", word=every, there=some)
    conditions = table("concepts")["conditions"]
    depends = _has(conditions["said"], text, language)
    if depends and not _has(conditions["there"], target.text, target.language):
        yield reason("translation_condition_lost", word=depends.lower())
