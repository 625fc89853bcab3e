"""Negations, hedges and limits: what a sentence holds back must be held back in the brief.

In: a claim. Out: what was lost or added. A word of caution counts as told where the words beside
it are told, or most of its quote is: a quote may say more than the segment takes from it. Words
are compared by what they do ("may" for "might", "without" for "no"), a stronger hedge than the
evidence's is welcome. Lists: ``lexicon/certainty.toml`` and ``lexicon/direction.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.document import Document, Language
from pipelines.lexicon import pattern, table
from pipelines.strength import hedges
from pipelines.verification.claim import Claim, bare
from pipelines.verification.support import Reading, plain_words, read, words

#: A quote of which this share of the content words is told, is told with its cautions.
MOSTLY = 0.6
#: Content words on either side of a caution that say whether it is told, and how many must be.
_BESIDE, _TOLD = 2, 0.75
#: From this share of supported words on, a text is its evidence's own wording.
CLOSE = 0.8


@dataclass(frozen=True, slots=True)
class _Cue:
    """A word of negation or caution in its text."""

    word: str
    start: int
    end: int


def _cues(text: str, language: Language, key: str) -> list[_Cue]:
    found = pattern("certainty", language, key).finditer(text)
    return [_Cue(match.group().lower(), match.start(), match.end()) for match in found]


# -- negation ------------------------------------------------------------------------------------


def negation(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """No negation is added, none that is told outside brackets is lost, none changes its place."""
    if not claim.same_language:
        return
    language = claim.language
    reading = read(claim.text, claim.quotes, language)
    said, whole = _denials(claim.text, language), _denials(claim.evidence, language)
    close = reading.share >= CLOSE
    privative = pattern("direction", language, "privative").findall(claim.evidence)
    if len(said) > len(whole) and (close or not privative):
        lacking = Counter(cue.word for cue in said) - Counter(cue.word for cue in whole)
        more = [*lacking.elements()][: len(said) - len(whole)] or [said[0].word]
        for word in sorted(more):
            yield f"denies with “{word}”, which its evidence lacks"
    told = _told(claim, _denials, reading)
    kept = len(_denials(bare(claim.text), language))
    kept += 0 if close else len(pattern("direction", language, "privative").findall(claim.text))
    for cue in told[kept:]:
        yield f"leaves out “{cue.word}” of its evidence"
    if close and len(said) == len(whole):
        yield from _moved(claim, reading)


def _denials(text: str, language: Language) -> list[_Cue]:
    """Negations; French « ne … pas » is one where its second word says it."""
    found = _cues(text, language, "negations")
    if language == "fr":
        first = ("ne", "n")
        lone = not any(cue.word not in first for cue in found)
        return found if lone else [cue for cue in found if cue.word not in first]
    return found


def _moved(claim: Claim, reading: Reading) -> Iterator[str]:
    """Negations that stand before another word than in the evidence."""
    language = claim.language
    there = [
        {key for word in _after(quote, cue, language)[:4] for key in (*word.keys, word.key)}
        for quote in claim.quotes
        for cue in _denials(quote, language)
    ]
    places = dict(zip((word.start for word in reading.words), reading.stands_for, strict=True))
    for cue in _denials(claim.text, language):
        following = _after(claim.text, cue, language)[:2]
        stands = [places.get(word.start) for word in following]
        if (
            following
            and all(stands)
            and not any(place in keys for place in stands for keys in there)
        ):
            yield f"puts “{cue.word}” before “{following[0].lower}”; its evidence denies another"


def _after(text: str, cue: _Cue, language: Language) -> list:  # type: ignore[type-arg]
    return [word for word in words(text, language) if word.start >= cue.end]


# -- what is told --------------------------------------------------------------------------------


def _told(claim: Claim, cues_of, reading: Reading) -> list[_Cue]:  # type: ignore[no-untyped-def]
    """The cues of the evidence, outside brackets, that the segment tells the words of."""
    supported = {place for place in reading.stands_for if place}
    found = []
    for quote in claim.quotes:
        plain = bare(quote)
        there = words(plain, claim.language)
        keys = [word.key in supported for word in there]
        mostly = bool(keys) and sum(keys) / len(keys) >= MOSTLY
        for cue in cues_of(plain, claim.language):
            before = [k for w, k in zip(there, keys, strict=True) if w.start < cue.start]
            after = [k for w, k in zip(there, keys, strict=True) if w.start >= cue.end]
            beside = before[-_BESIDE:] + after[:_BESIDE]
            if mostly or not beside or sum(beside) / len(beside) >= _TOLD:
                found.append(cue)
    return found


# -- hedges --------------------------------------------------------------------------------------


def hedging(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """No hedge and no limit ("only", « sauf ») that is told outside brackets is lost."""
    if not claim.same_language:
        return
    language = claim.language
    reading = read(claim.text, claim.quotes, language)
    said = _by_class(_cues(bare(claim.text), language, "hedges"), language)
    said += Counter(_signs(claim.text, language))
    told = _told(claim, lambda text, language: _cues(text, language, "hedges"), reading)
    for name, cues in _grouped(told, language).items():
        enough = said[name] + (said["doubt"] if name != "doubt" else 0)
        for cue in cues[enough:]:
            yield f"leaves out the caution “{cue.word}” of its evidence"
    yield from _lost_limits(claim, reading)


def _signs(text: str, language: Language) -> Iterable[str]:
    """Ways to say a bound that are no hedge by themselves: "65 or more"."""
    for name, cues in table("direction")[language]["signs"].items():
        yield from (name for cue in cues for _ in re.finditer(cue, text, re.IGNORECASE))


def _by_class(cues: Iterable[_Cue], language: Language) -> Counter[str]:
    return Counter(_class(cue.word, language) for cue in cues)


def _grouped(cues: Iterable[_Cue], language: Language) -> dict[str, list[_Cue]]:
    found: dict[str, list[_Cue]] = {}
    for cue in cues:
        found.setdefault(_class(cue.word, language), []).append(cue)
    return found


@cache
def _class(word: str, language: Language) -> str:
    """What a hedge does: doubt, approximate, tell a part, set a bound; itself where unlisted."""
    for name, cues in table("direction")[language]["hedges"].items():
        if re.fullmatch("|".join(cues), word, re.IGNORECASE):
            return str(name)
    return word


def _lost_limits(claim: Claim, reading: Reading) -> Iterator[str]:
    """Words that narrow what is said to a part of it, and are told."""
    language = claim.language

    def limits(text: str, language: Language) -> list[_Cue]:
        return [
            _Cue(match.group().lower(), match.start(), match.end())
            for match in re.finditer(r"[^\W\d_]+", text)
            if match.group().lower() in _limits(language)
        ]

    said = set(plain_words(bare(claim.text)))
    alike = table("direction")[language]["limits_alike"]
    for cue in _told(claim, limits, reading):
        same = {cue.word, *(w for group in alike if cue.word in group for w in group)}
        if not same & said:
            yield f"leaves out “{cue.word}”, by which its evidence limits what it says"


@cache
def _limits(language: Language) -> frozenset[str]:
    """Words that narrow what is said to a part of it."""
    return frozenset(table("rewriting_words")[language]["limits"])


def caution_words(text: str, language: Language) -> list[str]:
    """Every hedge of a text, in order."""
    return hedges(text, language)
