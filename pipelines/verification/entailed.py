"""A line beside its evidence as the learned judge sees it, and what it rests its doubt on.

In: a pair in one language, and what the rules name. Out: how likely the line says something else
(``models.entailment``), and the two words that belong together in it and not in its evidence.
Features are what the rules name, what is lost of the relations between words (``relations``) either
way, words one by one (``paired``), and how word pieces find their like (``models.likeness``); how
many words are new is no feature: honest rewordings have many, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.entailment import unfaithful
from models.likeness import Likeness, likeness
from models.rewordings import speaks_against
from pipelines.language.reasons import Reason, is_doubt, name_of
from pipelines.verification.pair import Pair
from pipelines.verification.paired import compared
from pipelines.verification.relations import (
    Relations,
    Role,
    is_number,
    quoted_keys,
    relations,
    said_keys,
)

#: From this closeness on two words belong together, and by this much less they no longer do.
_TOGETHER, _LOST = 0.5, 0.5

Found = Sequence[tuple[str, Reason]]
"""What rules name: rule and reason."""


@dataclass(frozen=True, slots=True)
class _Bonds:
    """What belongs together in one or several texts, by what the words stand for."""

    near: Mapping[tuple[str, str], float]
    roles: Mapping[tuple[str, str], frozenset[Role]]
    keys: frozenset[str]


def probability(pair: Pair, found: Found) -> float:
    """How likely a line says something else than its evidence, 0 to 1.

    Raises ``ModelMissingError``.
    """
    return unfaithful(features(pair, found), speaks_against(pair.text, *pair.quotes))


def parted(pair: Pair) -> tuple[str, str] | None:
    """The two words of a line that belong together in it, and least so in its evidence."""
    said = relations(pair.text, pair.language, said_keys(pair))
    own, there = _bonds([said]), _quoted(pair)
    lost = _gone(own.near, there.near, there.keys)
    if not lost or max(lost.values()) < _LOST:
        return None
    least = min(lost, key=lambda two: (-lost[two], two))
    words = {item.key: item.token.text for item in reversed(said.items)}
    return words[least[0]], words[least[1]]


def features(pair: Pair, found: Found) -> dict[str, float]:
    """What the judge sees of a line: named numbers."""
    seen: dict[str, float] = defaultdict(float)
    for rule, why in found:
        seen[f"n:{name_of(why)}"] += 1
        seen[f"rule:{rule}"] = 1
        seen["doubt" if is_doubt(why) else "hard"] += 1
    return {
        **seen,
        **_relational(pair),
        **compared(pair),
        **_like(likeness(pair.text, *pair.quotes)),
    }


def _relational(pair: Pair) -> dict[str, float]:
    said = relations(pair.text, pair.language, said_keys(pair))
    own, there = _bonds([said]), _quoted(pair)
    both = own.keys & there.keys
    numbers = [item.key for item in said.items if is_number(item.key)]
    known = [key for key in there.keys if is_number(key)]
    turned = [
        two
        for two, roles in own.roles.items()
        if two in there.roles and not roles & there.roles[two]
    ]
    reversed_ = [
        (one, two)
        for (one, two), roles in own.roles.items()
        if (two, one) in there.roles and roles & there.roles[two, one]
    ]
    first: dict[str, int] = {}
    for item in said.items:
        first.setdefault(item.key, item.start)
    order = [
        first[key]
        for _, keys in quoted_keys(pair)
        for _, key in sorted(keys.items())
        if key in first
    ]
    inversions = sum(one > two for one, two in pairwise(order))
    return {
        **_lost(own.near, there.near, both, "r:t"),
        **_lost(there.near, own.near, both, "r:e"),
        "r:roles": len(turned),
        "r:rolerev": len(reversed_),
        "r:numt": sum(key not in there.keys for key in numbers),
        "r:nume": sum(key not in own.keys for key in known) / max(1, len(known)),
        "r:cover": len(both) / max(1, len(there.keys)),
        "r:gone": len(there.keys - own.keys),
        "r:inv": inversions / max(1, len(order) - 1),
        "r:ninv": inversions,
    }


def _quoted(pair: Pair) -> _Bonds:
    return _bonds([relations(quote, pair.language, keys) for quote, keys in quoted_keys(pair)])


def _bonds(texts: Sequence[Relations]) -> _Bonds:
    near: dict[tuple[str, str], float] = {}
    roles: dict[tuple[str, str], frozenset[Role]] = {}
    keys = {item.key for text in texts for item in text.items}
    for text in texts:
        for (one, two), close in text.near.items():
            first, second = sorted((text.items[one].key, text.items[two].key))
            if first != second:
                near[first, second] = max(near.get((first, second), 0.0), close)
        for (one, two), role in text.roles.items():
            both = text.items[one].key, text.items[two].key
            roles[both] = roles.get(both, frozenset()) | {role}
    return _Bonds(near, roles, frozenset(keys))


def _gone(
    here: Mapping[tuple[str, str], float],
    there: Mapping[tuple[str, str], float],
    known: frozenset[str],
) -> dict[tuple[str, str], float]:
    """By how much two known words that belong together here do so less there, never under 0."""
    return {
        two: max(0.0, close - there.get(two, 0.0))
        for two, close in here.items()
        if close >= _TOGETHER and {*two} <= known
    }


def _lost(
    here: Mapping[tuple[str, str], float],
    there: Mapping[tuple[str, str], float],
    both: frozenset[str],
    name: str,
) -> dict[str, float]:
    """How much of what belongs together here doesn't there, of the words that stand in both."""
    lost = _gone(here, there, both)
    of_numbers = [gone for two, gone in lost.items() if any(map(is_number, two))]
    every = list(lost.values())
    return {
        f"{name}mean": float(np.mean(every)) if every else 0.0,
        f"{name}max": max(every, default=0.0),
        f"{name}n": sum(gone >= _LOST for gone in every) / max(1, len(every)),
        f"{name}sum": sum(every),
        f"{name}num": max(of_numbers, default=0.0),
        f"{name}nummean": float(np.mean(of_numbers)) if of_numbers else 0.0,
    }


def _like(found: Likeness) -> dict[str, float]:
    """How word pieces find their like, those that both texts have and those that one lacks."""
    seen = {"b:cos": found.cosine}
    for name, every, own in (
        ("t", found.nearest, None),
        ("e", found.reverse, None),
        ("same", found.nearest, found.known),
        ("new", found.nearest, ~found.known),
        ("gone", found.reverse, found.left_out),
    ):
        chosen = every if own is None else every[own]
        seen |= _least(chosen, f"b:{name}", mean=own is not None)
    return seen


def _least(near: NDArray[np.float32], name: str, *, mean: bool) -> dict[str, float]:
    """The least of some similarities, and the mean of all or of the two least; 1 of none."""
    if not len(near):
        return {f"{name}min": 1.0, f"{name}mean" if mean else f"{name}2": 1.0}
    other = float(near.mean()) if mean else float(np.sort(near)[:2].mean())
    return {f"{name}min": float(near.min()), f"{name}mean" if mean else f"{name}2": other}
