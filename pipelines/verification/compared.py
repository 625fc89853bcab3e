"""What is compared with what: "A was higher than B" says the same as "B was lower than A".

In: a text and its keys, as ``relations`` has them. Out: for each comparison the keys of its
reference ("than B", "compared with B", « que B », « par rapport à B ») and those of the rest of its
sentence. ``crossed`` tells whether two texts have them the other way round. Which words of
direction stand between is left to ``direction``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.document import Language
from corpus.text import cue_pattern
from models.parsing import parse
from pipelines.language.lexicon import entries
from pipelines.verification.pair import Pair
from pipelines.verification.relations import Keys, quoted_keys, said_keys


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides of a comparison, by what their words stand for."""

    main: frozenset[str]
    reference: frozenset[str]
    start: int
    """Of its sentence, in code points."""
    end: int


def comparisons(text: str, language: Language, keys: Keys) -> list[Comparison]:
    """The comparisons of a text, in order: at most one a sentence."""
    found = []
    for sentence in parse(text, language).sents:
        start, end = sentence.start_char, sentence.end_char
        spans = list(_references(text, start, end, language))
        if not spans:
            continue
        inside = {k for at, k in keys.items() if any(a <= at < b for a, b in spans)}
        outside = {
            k for at, k in keys.items()
            if start <= at < end and not any(a <= at < b for a, b in spans)
        }  # fmt: skip
        if inside:
            found.append(Comparison(frozenset(outside), frozenset(inside), start, end))
    return found


def _references(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """Where a reference stands: from behind its mark to the next comma, clause or circumstance.

    Its first two words end nothing: "than in those with the least".
    """
    for mark in _marks(language).finditer(text, start, end):
        led = re.compile(r"\s*(?:[^\s)\]]+\s+){0,2}").match(text, mark.end(), end)
        stop = _stops(language).search(text, led.end() if led else mark.end(), end)
        yield mark.end(), stop.start() if stop else end


@cache
def _marks(language: Language) -> re.Pattern[str]:
    return cue_pattern(entries("direction", language)["reference"])


@cache
def _stops(language: Language) -> re.Pattern[str]:
    stops = "|".join(entries("direction", language)["reference_ends"])
    return re.compile(rf"[,;:()\[\]]|\b(?:{stops})\b", re.IGNORECASE)


def compared(pair: Pair) -> tuple[list[Comparison], list[Comparison]]:
    """The comparisons of a pair's text, and those of its quotes."""
    language = pair.language
    own = comparisons(pair.text, language, said_keys(pair))
    there = [
        found for quote, keys in quoted_keys(pair) for found in comparisons(quote, language, keys)
    ]
    return own, there


def crossed(
    said: Sequence[Comparison], there: Sequence[Comparison], language: Language
) -> bool | None:
    """Whether the sides of two texts' comparisons changed places; None where nothing tells.

    Opposites that stand on either side tell first ("the most", "the least"), then all words that
    stand on one side of the evidence only.
    """
    votes = [vote for one in said if (vote := _vote(one, there, language)) is not None]
    return None if not votes else any(votes)


def _vote(said: Comparison, there: Iterable[Comparison], language: Language) -> bool | None:
    best: tuple[int, int] = (0, 0)
    for known in there:
        for one, two in opposites(language):
            for a, b in ((one, two), (two, one)):
                if a in known.main and b in known.reference:
                    if a in said.main and b in said.reference:
                        return False
                    if b in said.main and a in said.reference:
                        return True
        main, reference = known.main - known.reference, known.reference - known.main
        straight = len(said.reference & reference)
        turned = len((said.reference - said.main) & main)
        turned += len((said.main - said.reference) & reference)
        best = max(best, (straight, turned), key=sum)
    return None if best[0] == best[1] else best[1] > best[0]


def opposites(language: Language) -> list[list[str]]:
    """Pairs of words of which one excludes the other, in their dictionary form."""
    found: list[list[str]] = entries("direction", language)["opposites"]
    return found
