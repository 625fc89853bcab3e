"""Scope: who, where, when and how many a sentence speaks of may not be swapped or widened.

In: a pair. Out: places, populations and words of amount ("all", "most") that the evidence
lacks, and those that limit what is told and were left out. Places are found by
``models.components.places``, populations and amounts by ``scope.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.places import places
from pipelines.language.lexicon import entries
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import base, words_of
from pipelines.verification.anchors import is_composed
from pipelines.verification.caution import MOSTLY
from pipelines.verification.pair import Pair
from pipelines.verification.support import Alignment, bare


def scope(pair: Pair) -> Iterator[Reason]:
    """No place, population or amount is swapped, widened or, where it limits, left out."""
    if not pair.same_language or not pair.quotes or is_composed(pair):
        return
    alignment = pair.alignment
    yield from _places(pair)
    yield from _animals(pair)
    yield from _populations(pair, alignment)
    yield from _amounts(pair)
    yield from _left_out(pair, alignment)


def _places(pair: Pair) -> Iterator[Reason]:
    known = {name for p in places(pair.evidence, pair.language) for name in (p.en, p.fr)}
    for place in places(pair.text, pair.language):
        if place.written in pair.evidence or known & {place.en, place.fr}:
            continue
        yield reason("place_lacking", place=place.written)


def _animals(pair: Pair) -> Iterator[Reason]:
    """What was found in animals or cells is told with one of them."""
    animals = _listed("animals", pair.language)
    studied = animals.search(pair.evidence)
    known = animals.search(pair.text)
    words_told = {place for place in pair.alignment.stands_for if place}
    named = {
        word.key
        for quote in pair.alignment.quotes
        for word in quote
        if animals.fullmatch(word.lower)
    }
    swapped = next(_populations(pair, pair.alignment), None)
    if studied and not (known or swapped or named & words_told or _organisms(pair)):
        yield reason("species_lost", word=studied.group().lower())


def _organisms(pair: Pair) -> bool:
    """Whether a text names any group of living things that its evidence does."""
    said = {match.lower() for match in _listed("organisms", pair.language).findall(pair.text)}
    there = {match.lower() for match in _listed("organisms", pair.language).findall(pair.evidence)}
    return bool(said & there)


@cache
def _listed(key: str, language: Language) -> re.Pattern[str]:
    return cue_pattern(entries("scope", language)[key])


def _populations(pair: Pair, alignment: Alignment) -> Iterator[Reason]:
    """Who or what was studied, where neither the word nor one of its group is there."""
    language = pair.language
    people = _people(language)
    groups = entries("scope", language)["alike"]
    there = {match.lower() for match in people.findall(pair.evidence)}
    there |= set(words_of(pair.evidence))
    said = {match.lower() for match in people.findall(pair.text)}
    support = {word.start: place for word, place in alignment.placed}
    for match in people.finditer(pair.text):
        word = match.group().lower()
        anyone = not pair.close and word in entries("scope", language)["anyone"]
        if anyone or support.get(match.start()) is not None:
            continue
        alike = {other for group in groups if word in group for other in group}
        if not alike & there:
            lost = {match.lower() for match in people.findall(pair.evidence)} - said
            yield reason("population_lacking" if lost else "population_new", word=word)


@cache
def _people(language: Language) -> re.Pattern[str]:
    lists = entries("scope", language)
    who = "|".join([*lists["population"], *lists["organisms"]])
    return re.compile(rf"(?<!\w)(?:{who})(?!\w)", re.IGNORECASE)


def _amounts(pair: Pair) -> Iterator[Reason]:
    """Words of the whole ("all", "always") or of most, which the evidence doesn't say."""
    language = pair.language
    for cues in entries("scope", language)["amounts"]:
        said = _found(cues["said"], pair.text)
        there = _found(cues["there"], pair.evidence)
        if said and not there:
            yield reason("amount_lacking", word=said[0].lower())


def _found(cues: list[str], text: str) -> list[str]:
    return re.findall(rf"(?<!\w)(?:{'|'.join(cues)})(?!\w)", text, re.IGNORECASE)


def _left_out(pair: Pair, alignment: Alignment) -> Iterator[Reason]:
    """A phrase "in children", "in 2019" that limits a told statement, and is gone whole."""
    language = pair.language
    told = {place for place in alignment.stands_for if place}
    said = pair.text.lower()
    for quote, there in zip(pair.quotes, alignment.bare_quotes, strict=True):
        plain = bare(quote)
        for match in _limiting(language).finditer(plain):
            before = [w.key in told for w in there if w.start < match.start()][-3:]
            outside = [w.key in told for w in there if not match.start() <= w.start < match.end()]
            if not outside or sum(outside) / len(outside) < MOSTLY:
                continue
            keys = {base(word, language) for word in words_of(match["who"])}
            if match["who"].lower() in said or keys & {k for w in alignment.words for k in w.keys}:
                continue
            if keys & {base(word, language) for word in words_of(said)}:
                continue
            if any(w.key in told for w in there if match.start("who") <= w.start < match.end()):
                continue
            sure = pair.close and before and all(before)
            yield reason("scope_lost" if sure else "detail_lost", words=match.group().strip())


@cache
def _limiting(language: Language) -> re.Pattern[str]:
    """A preposition, up to two words and a population, a place or a year."""
    lists = entries("scope", language)
    who = "|".join([*lists["population"], *lists["times"]])
    between = r"(?:[^\W\d_][\w’'-]*[  ]){0,2}"
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(lists['prepositions'])}){between}(?P<who>{who})(?!\w)",
        re.IGNORECASE,
    )
