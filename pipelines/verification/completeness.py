"""Is a translation as long as its segment, clause by clause?

In: a segment and its translation. Out: whether one of them has a part that the other lacks, and
which words it is most likely made of. Words are alike where they begin alike, accents aside
("government", « gouvernement »): what no word of the other text is like isn't missing yet, but
much of it between two joints (``stretches``), in a text that is longer than it should be or where
the other has no room for it (``gaps``), is. A short clause often can't be told from free wording.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language, other
from corpus.text import without_accents
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, reason
from pipelines.verification.aligned import aligned
from pipelines.verification.gaps import room
from pipelines.verification.pair import Pair
from pipelines.verification.stretches import Side, numbers_of, stretches
from pipelines.verification.suspects import Suspect, cover, told

#: Letters by which two words begin alike.
_BEGINNING = 4
#: What a word with a likeness counts against a run of words without one.
_ALIKE = 1.5
_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[,;:.!?–—(]")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Side:
    """What is counted in one of two texts."""

    content: int
    unlike: int
    run: float
    """What the words without a likeness weigh at the place that has most of them."""
    stops: int
    sentences: int


def translated_completely(pair: Pair) -> Iterator[Reason]:
    """No part of a segment is lacking in its translation, and none is added."""
    for one in told(pair, parts)[:1]:
        what = "lost" if one.language == pair.segment.language else "added"
        yield reason(f"translation_part_{what}", words=one.written)


@lru_cache(maxsize=2048)
def parts(en: str, fr: str) -> tuple[Suspect, ...]:
    """The stretches of each text that have fewest counterparts."""
    words = aligned(en, fr)
    texts: dict[Language, str] = {"en": en, "fr": fr}
    sides = {side: Side(side, texts[side], words) for side in words.sides}
    covered, missing, longer = cover(words), part_missing(en, fr), _length(en, fr)
    suspects = []
    for language, side in sides.items():
        beside = sides[other(language)]
        whole = {
            "english": float(language == "en"), "missing": missing,
            "longer": longer if language == "fr" else -longer,
            **_differ(side, beside), **covered,
        }  # fmt: skip
        for one in stretches(side):
            features = {
                **whole,
                **numbers_of(one, side, beside),
                **room(one.first, one.last, language, words, texts),
            }
            written = texts[language][one.start : one.end].strip()
            suspects.append(Suspect("part", language, written, one.start, features))
    return tuple(suspects)


def _differ(side: Side, beside: Side) -> dict[str, float]:
    """What two texts differ by as wholes."""
    contents = [sum(word.content for word in text.own) for text in (side, beside)]
    return {
        "words": float(len(side.own)),
        "more_words": math.log((len(side.own) + 1) / (len(beside.own) + 1)),
        "more_content": math.log((contents[0] + 1) / (contents[1] + 1)),
        "more_stops": float(len(_STOP.findall(side.text)) - len(_STOP.findall(beside.text))),
        "more_sentences": float(
            len(_SENTENCE.findall(side.text)) - len(_SENTENCE.findall(beside.text))
        ),
        "more_alone": (
            sum(side.weights[n] for n in side.alone) - sum(beside.weights[m] for m in beside.alone)
        ),
        "more_unlike": (
            sum(side.weights[n] for n in side.at_first)
            - sum(beside.weights[m] for m in beside.at_first)
        ),
    }  # fmt: skip


def _best_run(values: Sequence[float]) -> tuple[float, int, int]:
    """The run with the largest sum, its first and its last place (Kadane)."""
    best, current, begin = (0.0, 0, 0), 0.0, 0
    for n, value in enumerate(values):
        current += value
        if current <= 0:
            current, begin = 0.0, n + 1
        elif current > best[0]:
            best = (current, begin, n)
    return best


def part_missing(en: str, fr: str) -> float:
    """The probability that one of two texts lacks a part of the other."""
    fitted = table("completeness")
    score = float(np.dot(fitted["weights"], features(en, fr))) + fitted["intercept"]
    return float(1 / (1 + math.exp(-max(-50.0, min(50.0, score)))))


def features(en: str, fr: str) -> NDArray[np.float64]:
    """What two texts differ by, float64, shape (13,).

    The length of the French beside what is usual, in spreads; runs, shares and numbers of words
    without a likeness, stops and sentences; and each of them together with the length.
    """
    length = _length(en, fr)
    one, two = _side(en, "en", fr), _side(fr, "fr", en)
    runs = one.run - two.run
    shares = one.unlike / max(one.content, 1) - two.unlike / max(two.content, 1)
    content = math.log(max(one.content, 1) / max(two.content, 1))
    stops, sentences = one.stops - two.stops, one.sentences - two.sentences
    differ = (runs, shares, content, stops, sentences)
    longest = max(one.run, two.run)
    together = [length * value for value in differ]
    return np.array([abs(length), *map(abs, differ), *together, longest, length**2])


def _length(en: str, fr: str) -> float:
    """How much longer the French is than usual; what texts vary by falls with their length."""
    usual: float = table("completeness")["longer"]
    beyond = math.log((len(fr) + 10) / (len(en) + 10)) - usual
    return beyond * math.sqrt(len(en) + len(fr)) / 20


@lru_cache(maxsize=8192)
def _side(text: str, language: Language, other_text: str) -> _Side:
    begun = _beginnings(other_text)
    words = [word for word in _WORD.findall(text) if word.lower() not in _everywhere(language)]
    alike = [_plain(word)[:_BEGINNING] in begun for word in words]
    run, _, _ = _best_run([-_ALIKE if known else 1.0 for known in alike])
    return _Side(
        len(words), alike.count(False), run,
        len(_STOP.findall(text)), len(_SENTENCE.findall(text)),
    )  # fmt: skip


@cache
def _everywhere(language: Language) -> frozenset[str]:
    return frozenset(table("completeness")["everywhere"][language])


@lru_cache(maxsize=8192)
def _beginnings(text: str) -> frozenset[str]:
    """How the words of a text begin; short ones are told whole."""
    plain = [_plain(word) for word in _WORD.findall(text)]
    return frozenset([*plain, *(word[:_BEGINNING] for word in plain if len(word) >= _BEGINNING)])


def _plain(word: str) -> str:
    return without_accents(word.lower())
