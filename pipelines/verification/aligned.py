"""Which word of a text goes with which of its translation.

In: an English text and its French one. Out: their words, each with its counterpart or without.
Words are paired one to one, the best grounds first (``language.dictionary``, terms that are used in
both, the same digits or capitals), and of several counterparts the one that stands where the words
around it lead. What is left over on both sides at the same place may be one thing told freely
(``freely``); what is left over on one side alone is lost. What follows from that is left to the
rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import ClassVar

from corpus.document import Language, other
from models.readability_scale import zipf
from pipelines.language.dictionary import OF_PHRASE, forms, is_known, likeness, phrases
from pipelines.language.lexicon import table
from pipelines.language.terms import terms_in
from pipelines.language.words import same_family

#: What it counts against a counterpart that stands a whole text away from where it should, and how
#: far from there, in words, two words without a counterpart may stand for each other.
FAR, FREELY = 0.6, 7.0
#: What a word of a term that both texts have counts as the counterpart of the term's words there.
_SAME_TERM = 0.95
#: How far apart the words of a phrase, and two forms of one word, may stand, in words.
_PHRASE, _DOUBLET = 3, 2
#: What an abbreviation counts as the counterpart of another: CDS, SNC.
ABBREVIATION = 0.3
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """A word in its place."""

    text: str
    start: int
    content: bool
    """Whether it says something by itself."""

    @property
    def key(self) -> str:
        """The word in lower case."""
        return self.text.lower()


@dataclass(frozen=True)
class Aligned:
    """The words of an English text and of a French one, and which go together."""

    en: tuple[AlignedWord, ...]
    fr: tuple[AlignedWord, ...]
    pairs: tuple[tuple[int, int, float], ...]
    """Places of an English and a French word, and how well they go together; sorted."""
    answered: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    """English and French words that any word of the other side may stand for, taken or not."""
    joined: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    """English and French words that have no counterpart by themselves, but stand in a term or a
    phrase that has one (« mise à jour »), or beside another of their family that has (« citoyens et
    citoyennes »)."""

    #: The two sides, in the order in which everything is looked at.
    sides: ClassVar[tuple[Language, Language]] = ("en", "fr")

    def words(self, language: Language) -> tuple[AlignedWord, ...]:
        """The words of one side."""
        return self.en if language == "en" else self.fr

    @cached_property
    def partners(self) -> dict[Language, dict[int, int]]:
        """For each side, which word of the other a word goes with."""
        return {
            "en": {one: two for one, two, _ in self.pairs},
            "fr": {two: one for one, two, _ in self.pairs},
        }

    def nowhere(self, place: int, language: Language) -> bool:
        """Whether the dictionary knows a word, and nothing on the other side may stand for it."""
        if place in self.answered[0 if language == "en" else 1]:
            return False
        word = self.words(language)[place]
        return word.content and is_known(word.key, language)

    def leads_to(self, place: float, language: Language) -> float:
        """Where a place among the words of one side is among those of the other."""
        anchors = sorted(self.partners[language].items())
        ours, theirs = self.words(language), self.words(other(language))
        known = [(-1.0, -1.0), *anchors, (float(len(ours)), float(len(theirs)))]
        at = min(max(bisect_left([one for one, _ in known], place), 1), len(known) - 1)
        (a, b), (c, d) = known[at - 1], known[at]
        return b + (d - b) * (place - a) / (c - a) if c > a else d

    @cached_property
    def freely(self) -> tuple[tuple[int, int], ...]:
        """Content words without a counterpart that stand at one place, one to one."""
        ours, theirs = self.alone_at_first("en"), self.alone_at_first("fr")
        there = {m: self.leads_to(m, "fr") for m in theirs}
        here = {n: self.leads_to(n, "en") for n in ours}
        apart = (((abs(here[n] - m) + abs(there[m] - n)) / 2, n, m) for n in ours for m in theirs)
        near = one_to_one(one for one in apart if one[0] <= FREELY)
        return tuple(sorted((n, m) for _, n, m in near))

    def alone_at_first(self, language: Language) -> list[int]:
        """The content words of a side that have no counterpart by any ground."""
        known = self.partners[language].keys() | self.joined[0 if language == "en" else 1]
        words = self.words(language)
        return [n for n, word in enumerate(words) if word.content and n not in known]

    def alone(self, language: Language) -> list[int]:
        """Those of them that no word stands for freely, either."""
        side = 0 if language == "en" else 1
        free = {pair[side] for pair in self.freely}
        return [n for n in self.alone_at_first(language) if n not in free]


@lru_cache(maxsize=2048)
def aligned(en: str, fr: str) -> Aligned:
    """The words of two texts beside each other."""
    ours, theirs = _words(en, "en"), _words(fr, "fr")
    terms = _terms_of_both(en, fr, ours, theirs)
    same = {(n, m): _SAME_TERM for here, there in terms for n in here for m in there}
    grounds = [
        (n, m, good)
        for n, one in enumerate(ours)
        for m, two in enumerate(theirs)
        if (good := max(same.get((n, m), 0.0), _ground(one, two)))
    ]
    here = [n / max(len(ours), 1) for n in range(len(ours))]
    there = [m / max(len(theirs), 1) for m in range(len(theirs))]
    first = Aligned(ours, theirs, _chosen(grounds, here, there))
    led = [first.leads_to(n, "en") / max(len(theirs), 1) for n in range(len(ours))]
    answered = frozenset(n for n, _, _ in grounds), frozenset(m for _, m, _ in grounds)
    chosen = _chosen(grounds, led, there)
    return Aligned(ours, theirs, chosen, answered, _joined(ours, theirs, chosen, terms))


def _ground(one: AlignedWord, two: AlignedWord) -> float:
    good = likeness(one.key, two.key)
    if not good and is_abbreviation(one) and is_abbreviation(two):
        return ABBREVIATION
    return good


def is_abbreviation(word: AlignedWord) -> bool:
    """Whether a word is in capitals throughout."""
    return len(word.text) > 1 and word.text.isupper()


def _chosen(
    grounds: Sequence[tuple[int, int, float]], here: Sequence[float], there: Sequence[float]
) -> tuple[tuple[int, int, float], ...]:
    """One to one, the best first."""
    goods = {(n, m): good for n, m, good in grounds}
    costs = ((FAR * abs(here[n] - there[m]) - good, n, m) for n, m, good in grounds)
    return tuple(sorted((n, m, goods[n, m]) for _, n, m in one_to_one(costs)))


def one_to_one(costs: Iterable[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """Of what pairs of places cost those that are made, the cheapest first, each place once."""
    ours: set[int] = set()
    theirs: set[int] = set()
    made = []
    for cost, n, m in sorted(costs):
        if n not in ours and m not in theirs:
            ours.add(n)
            theirs.add(m)
            made.append((cost, n, m))
    return made


def _terms_of_both(
    en: str, fr: str, ours: Sequence[AlignedWord], theirs: Sequence[AlignedWord]
) -> list[tuple[list[int], list[int]]]:
    """The places of the words of terms that both texts have."""
    met = {"en": terms_in(en, "en"), "fr": terms_in(fr, "fr")}
    return [
        (within(ours, one.start, one.end), within(theirs, two.start, two.end))
        for one in met["en"]
        for two in met["fr"]
        if {one.term.key, *(also.key for also in one.also)}
        & {two.term.key, *(also.key for also in two.also)}
    ]


def _joined(
    ours: Sequence[AlignedWord],
    theirs: Sequence[AlignedWord],
    pairs: Sequence[tuple[int, int, float]],
    terms: Sequence[tuple[Sequence[int], Sequence[int]]],
) -> tuple[frozenset[int], frozenset[int]]:
    """The words of a term, a phrase or a doublet of which another word has its counterpart."""
    together = {(n, m) for n, m, _ in pairs}
    here, there = {n for n, _, _ in pairs}, {m for _, m, _ in pairs}
    of_terms = [(a, b) for a, b in terms if any((n, m) in together for n in a for m in b)]
    joined = {n for a, _ in of_terms for n in a}, {m for _, b in of_terms for m in b}
    for n, m, good in pairs:
        if good >= OF_PHRASE:
            joined[1].update(_of_phrase(ours[n], m, theirs))
    joined[0].update(_doubled(ours, here, "en"))
    joined[1].update(_doubled(theirs, there, "fr"))
    return frozenset(joined[0] - here), frozenset(joined[1] - there)


def _of_phrase(one: AlignedWord, place: int, theirs: Sequence[AlignedWord]) -> Iterator[int]:
    """The words around a counterpart that make a phrase with it."""
    own = forms(theirs[place].key, "fr")
    for phrase in phrases(one.key):
        if phrase & own:
            for m in range(max(0, place - _PHRASE), min(len(theirs), place + _PHRASE + 1)):
                if forms(theirs[m].key, "fr") & phrase:
                    yield m


def _doubled(
    words: Sequence[AlignedWord], known_places: Container[int], language: Language
) -> Iterator[int]:
    """Words beside another of their family that has its counterpart."""
    for n, word in enumerate(words):
        near = range(max(0, n - _DOUBLET), min(len(words), n + _DOUBLET + 1))
        if n not in known_places and any(
            k in known_places and same_family(word.key, words[k].key, language) for k in near
        ):
            yield n


def within(words: Sequence[AlignedWord], start: int, end: int) -> list[int]:
    """The places of the words that begin in a span of their text."""
    return [n for n, word in enumerate(words) if start <= word.start < end]


@lru_cache(maxsize=8192)
def _words(text: str, language: Language) -> tuple[AlignedWord, ...]:
    """The words of a text, without those that only grammar asks for."""
    grammar, everywhere = _grammar(language), _everywhere(language)
    found = []
    for match in _TOKEN.finditer(text):
        key = match.group().lower()
        if key in grammar or (len(key) == 1 and not key.isdigit()):
            continue
        found.append(AlignedWord(match.group(), match.start(), key not in everywhere))
    return tuple(found)


@cache
def _grammar(language: Language) -> frozenset[str]:
    return frozenset(table("aligned")["grammar"][language])


@cache
def _everywhere(language: Language) -> frozenset[str]:
    return frozenset(table("aligned")["everywhere"][language])


def weight(word: AlignedWord, language: Language) -> float:
    """How much a word says: rarer words more. 0.3 to 1.5."""
    return max(0.3, min(1.5, (7.0 - zipf(word.key, language)) / 3))


def known(word: AlignedWord, language: Language) -> bool:
    """Whether the dictionary knows what a word may be in the other language."""
    return is_known(word.key, language)
