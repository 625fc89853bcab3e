"""A word in another's place that nothing in the other text could stand for.

In: a pair whose segment has a translation. Out: words of either text that the dictionary knows and
that nothing in the other text may stand for by any ground; where what stands in their place has no
counterpart either and means something else ("calls" beside « décès »), one was probably put for the
other. How likely is learned (``models.translation_faults``). Terms and names are ``termed``'s
business, denials, cautions and sides ``wordings``'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from corpus.document import Language, other
from models.readability_scale import zipf
from pipelines.language.nearness import nearness
from pipelines.language.reasons import Reason, reason
from pipelines.language.terms import terms_in
from pipelines.verification.aligned import Aligned, aligned, known, weight, within
from pipelines.verification.pair import Pair
from pipelines.verification.suspects import NOWHERE, Suspect, cover, told

#: How far around the place to which a word leads others are looked at, in words.
_AROUND = 3


def translated_words(pair: Pair) -> Iterator[Reason]:
    """A translation has no word in another's place."""
    for one in told(pair, strangers)[:1]:
        own = one.language == pair.segment.language
        here, there = (one.written, one.instead) if own else (one.instead, one.written)
        if here and there:
            yield reason("translation_word_other", word=here, there=there)
        elif there:
            yield reason("translation_word_added", word=there)
        else:
            yield reason("translation_word_lost", word=here)


@lru_cache(maxsize=2048)
def strangers(en: str, fr: str) -> tuple[Suspect, ...]:
    """Words of either text that nothing in the other may stand for."""
    words = aligned(en, fr)
    texts: dict[Language, str] = {"en": en, "fr": fr}
    alone = {side: [n for n in words.alone_at_first(side)] for side in words.sides}
    nowhere = {side: {n for n in alone[side] if words.nowhere(n, side)} for side in words.sides}
    terms = {
        side: {
            place
            for met in terms_in(texts[side], side)
            for place in within(words.words(side), met.start, met.end)
        }
        for side in words.sides
    }
    covered = cover(words)
    found = []
    for side in words.sides:
        for n in sorted(nowhere[side]):
            features, instead = _beside(n, side, words, alone, nowhere, terms)
            one = words.words(side)[n]
            there = words.words(other(side))[instead].text if instead is not None else ""
            found.append(Suspect("word", side, one.text, one.start, {**features, **covered}, there))
    return tuple(found)


def _beside(
    n: int,
    side: Language,
    words: Aligned,
    alone: Mapping[Language, Sequence[int]],
    nowhere: Mapping[Language, set[int]],
    terms: Mapping[Language, set[int]],
) -> tuple[dict[str, float], int | None]:
    """What speaks for a word's standing in another's place, and the place of that one."""
    there = other(side)
    own, theirs, partners = words.words(side), words.words(there), words.partners[side]
    lead = words.leads_to(n, side)
    near = {m: _near(own[n].key, theirs[m].key, side) for m in range(len(theirs))
            if theirs[m].content}  # fmt: skip
    free = {m: near[m] for m in alone[there] if m in near}
    around = [m for m in free if abs(m - lead) <= _AROUND]
    left = next((partners[k] for k in range(n - 1, -1, -1) if k in partners), None)
    right = next((partners[k] for k in range(n + 1, len(own)) if k in partners), None)
    between = _between(left, right, len(theirs))
    lacking_between = [m for m in between if m in free]
    instead = min(
        (m for m in lacking_between or around), key=lambda m: (abs(m - lead), m), default=None
    )
    mine = range(max(0, n - 2), min(len(own), n + 3))
    features = {
        "english": float(side == "en"),
        "weight": weight(own[n], side),
        "frequency": zipf(own[n].key, side),
        "capital": float(own[n].text[0].isupper()),
        "abbreviation": float(own[n].text.isupper()),
        "number": float(own[n].text.isdigit()),
        "letters": float(len(own[n].text)),
        "term": float(n in terms[side]),
        "near_any": max(near.values(), default=0.0),
        "near_free": max(free.values(), default=0.0),
        "near_around": max((free[m] for m in around), default=0.0),
        "near_lead": max((near[m] for m in near if abs(m - lead) <= _AROUND), default=0.0),
        "senses": float(max(near.values(), default=0.0) != 0),
        "around": float(len(around)),
        "around_nowhere": float(sum(m in nowhere[there] for m in around)),
        "between": float(len(between)) if left is not None and right is not None else -1.0,
        "between_lacking": float(len(lacking_between)),
        "between_nowhere": float(sum(m in nowhere[there] for m in lacking_between)),
        "between_near": max((near[m] for m in between if m in near), default=0.0),
        "in_order": float(left is not None and right is not None and left < right),
        "local": sum(k in partners for k in mine) / len(mine),
        "local_nowhere": float(sum(k in nowhere[side] for k in mine)),
        "nowhere_here": float(len(nowhere[side])),
        "nowhere_there": float(len(nowhere[there])),
    }
    if instead is not None:
        features |= {
            "instead_far": abs(instead - lead),
            "instead_near": near.get(instead, 0.0),
            "instead_nowhere": float(instead in nowhere[there]),
            "instead_known": float(known(theirs[instead], there)),
            "instead_weight": weight(theirs[instead], there),
            "instead_term": float(instead in terms[there]),
            "instead_capital": float(theirs[instead].text[0].isupper()),
            "instead_abbreviation": float(theirs[instead].text.isupper()),
            "instead_back": abs(words.leads_to(instead, there) - n),
        }
    else:
        features["instead_far"] = NOWHERE
    return features, instead


def _between(left: int | None, right: int | None, size: int) -> list[int]:
    """The places between two counterparts, whichever comes first."""
    low, high = (-1 if left is None else left), (size if right is None else right)
    return list(range(min(low, high) + 1, max(low, high)))


def _near(own: str, their: str, side: Language) -> float:
    return nearness(own, their) if side == "en" else nearness(their, own)
