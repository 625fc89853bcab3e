"""A translation beside its segment: the same places, and of words that exclude each other the same.

In: a pair whose segment has a translation. Out: the places that it adds under either of their
names, a cause claimed where a link was, the months, sexes or sectors that it swaps
(``concepts.toml``), and sides of a comparison that changed places. What is denied, held back or
turned is left to ``counterparts``, numbers to ``figures``, terms and names to ``termed``. What may
be told so far in one language only (*canadienne*) raises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.places import places
from models.parsing import parse
from pipelines.claims.strength import judgements, wording
from pipelines.language.dictionary import COGNATE
from pipelines.language.lexicon import entries, pattern, table
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import words_of
from pipelines.verification.aligned import aligned
from pipelines.verification.claimed import RELATING
from pipelines.verification.counterparts import translated_causes
from pipelines.verification.pair import MadeTranslation, Pair, made_translation

#: Of ``RELATING`` those that only a claim has: *related to* is in every second title.
_RELATED = ("association verb", "association noun", "risk")


#: Begins what is denied or left open.
_THAT = re.compile(r"\b(?:that|whether|if|que|si)\b|\bqu[’']", re.IGNORECASE)


def translated_strength(pair: Pair) -> Iterator[Reason]:
    """A translation claims no cause where the segment only relates two things.

    By the same judgement of claim strength as in one language, unless the word that relates them
    has its counterpart; beside it each word for a cause or a link has its own.
    """
    yield from translated_causes(pair)
    if (target := made_translation(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    related = [one for one in judgements(text, language) if one.rule in _RELATED]
    if not related or wording(text, language) != "correlational":
        return
    if all(_answered(one.words, text, language, target) for one in related):
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


def _answered(words: Sequence[str], text: str, language: Language, target: MadeTranslation) -> bool:
    """Whether one of the words by which a segment relates two things has its counterpart."""
    en, fr = (text, target.text) if language == "en" else (target.text, text)
    found = aligned(en, fr)
    own, keys = found.words(language), {word.lower() for word in words}
    return any(
        own[n if language == "en" else m].key in keys
        for n, m, good in found.pairs
        if good >= COGNATE
    )


def _open(sentence: str, language: Language) -> bool:
    """Whether a sentence denies or leaves open that something is so ("can't establish that …")."""
    denied = pattern("certainty", language, "negations").search(sentence)
    return denied is not None and bool(_THAT.search(sentence, denied.end()))


def translated_places(pair: Pair) -> Iterator[Reason]:
    """A translation names no place that the segment doesn't, under either of its names.

    A name that shares a word with the segment is the same place ("Fraser River"), and so is one of
    whose people the segment speaks (« canadienne »).
    """
    if (target := made_translation(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    known = {name for place in places(text, language) for name in (place.en, place.fr)}
    begun = {word[:_BEGINNING] for word in words_of(text)}
    if set(_ABBREVIATION.findall(text)) - set(_ABBREVIATION.findall(target.text)):
        return  # "GC" may stand for it, or be written out
    for place in places(target.text, target.language):
        if known & {place.en, place.fr} or place.en in text or place.fr in text:
            continue
        names = {word[:_BEGINNING] for name in (place.en, place.fr) for word in words_of(name)}
        unknown = place.en == place.fr and " " in place.written  # « fleuve Fraser »
        if not names & begun and not place.written.isupper() and not unknown:
            yield reason("translation_place_added", place=place.written)


#: What may be short for a name.
_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")
#: Letters by which two forms of a place's name are the same: "Canada", « canadien ».
_BEGINNING = 4


def translated_classes(pair: Pair) -> Iterator[Reason]:
    """Of words that exclude each other a translation has the same; who is compared stays."""
    if (target := made_translation(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    for members in table("concepts")["classes"].values():
        here = [one for one in members if _has(one, text, language)]
        there = [one for one in members if _has(one, target.text, target.language)]
        if here and there and not any(one in there for one in here):
            word = _has(there[0], target.text, target.language)
            known = _has(here[0], text, language)
            yield reason("translation_other", word=word, there=known)
    if _turned_sides(text, language, target):
        yield reason("translation_turned")


def _has(member: Mapping[str, list[str]], text: str, language: Language) -> str:
    """The first word of a class's member in a text; empty without one."""
    match = cue_pattern(member[language]).search(text)
    return match.group() if match else ""


def _turned_sides(text: str, language: Language, target: MadeTranslation) -> bool:
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
