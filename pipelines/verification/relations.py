"""How closely the words of a text belong together, and who does something to whom in it.

In: a text and what its content words and numbers stand for (keys of the evidence). Out: its
``Relations``: for two of them how close they are, by the parse (governor and dependent first) or
by standing side by side, and which of them is the other's agent or patient. An active and its
passive have the same relations, a fronted clause those of one at the end. What a difference
between two texts means is left to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import combinations
from typing import Literal

from spacy.tokens import Token

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.quantities import typed
from models.parsing import parse
from pipelines.language.lexicon import entries
from pipelines.language.numbers import numbers
from pipelines.verification.pair import Pair

Role = Literal["agent", "patient"]
Keys = Mapping[int, str]
"""By the first character of each content word or number, what it stands for."""

#: Closeness by steps between two words of the parse, and by content words between them on the
#: page, where no comma divides them. Chosen on exchanges planted in sentences of papers.
_BY_PARSE = {0: 1.0, 1: 1.0, 2: 0.5, 3: 0.25}
_BY_PLACE = {0: 0.6, 1: 0.3}
_DIVIDED = 0.25
_DIVIDING = re.compile(r"[,;:]|\b(?:and|or|but|et|ou|mais)\b", re.IGNORECASE)
#: Relations by which one clause, or another item of a list, hangs on the first.
_CLAUSES = frozenset(("conj", "parataxis", "advcl", "ccomp", "acl", "csubj"))
#: Closeness of words of one clause, where a sentence sets clauses against each other.
_IN_CLAUSE = 0.2
#: Quantities whose words but for the number are its unit.
_MEASURED = ("PERCENT", "POINTS", "MONEY", "MEASURE")
#: What stands before who does something, behind a passive.
_BY = ("by", "par")
#: What a word is to the verb that it hangs on, by the parse.
ROLES: Mapping[str, Role] = {
    "nsubj": "agent",
    "csubj": "agent",
    "nsubj:pass": "patient",
    "obj": "patient",
    "iobj": "patient",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A content word or a number in its place."""

    key: str
    token: Token
    start: int


@dataclass(frozen=True, slots=True)
class Relations:
    """The items of a text, and how those of each pair (by their index) stand to each other."""

    items: tuple[Item, ...]
    near: Mapping[tuple[int, int], float]
    """Closeness of the pairs that are close at all, 0 to 1, the lower index first."""
    roles: Mapping[tuple[int, int], Role] = field(default_factory=dict)
    """What the first is to the second."""


def number_key(value: str) -> str:
    """What a number stands for: its value, apart from all words."""
    return f"#{value}"


def is_number(key: str) -> bool:
    """Whether a key is a number's."""
    return key.startswith("#")


def said_keys(pair: Pair) -> dict[int, str]:
    """The keys of a pair's text: what its words stand for in the evidence."""
    placed = {word.start: place for word, place in pair.alignment.placed if place}
    return keys_of(pair.text, pair.language, placed)


def quoted_keys(pair: Pair) -> Iterator[tuple[str, dict[int, str]]]:
    """Each quote of a pair with its keys."""
    for quote, words in zip(pair.quotes, pair.alignment.quotes, strict=True):
        yield quote, keys_of(quote, pair.language, {word.start: word.key for word in words})


def measured(text: str, language: Language) -> list[tuple[int, int]]:
    """Where a text has quantities whose words are a unit, from and to."""
    return [(one.start, one.end) for one in typed(text, language) if one.kind in _MEASURED]


def keys_of(text: str, language: Language, placed: Mapping[int, str]) -> dict[int, str]:
    """The keys of a text's words, but for those of its units, and of its numbers."""
    counted = {
        number.start: number_key(number.value)
        for number in numbers(text, language)
        if number.kind != "NAME"
    }
    units = measured(text, language)
    words = {
        start: key for start, key in placed.items() if not any(a <= start < b for a, b in units)
    }
    return {**words, **counted}


def relations(text: str, language: Language, keys: Keys) -> Relations:
    """The relations of a text."""
    return _relations(text, language, tuple(sorted(keys.items())))


@lru_cache(maxsize=1024)
def _relations(text: str, language: Language, keys: tuple[tuple[int, str], ...]) -> Relations:
    doc = parse(text, language)
    tokens = {token.idx + n: token for token in doc for n in range(len(token))}
    items = tuple(Item(key, tokens[start], start) for start, key in keys if start in tokens)
    clauses = [match.end() for match in _set_against(language).finditer(text)]
    placed = [_Placed(i.start, i.token.sent.start, _above(i.token)) for i in items]
    near = {
        (one, two): close
        for one, two in combinations(range(len(items)), 2)
        if (close := _closeness(text, placed[one], placed[two], two - one, clauses))
    }
    return Relations(items, near, dict(_roles(items)))


@cache
def _set_against(language: Language) -> re.Pattern[str]:
    return cue_pattern(entries("direction", language)["contrasts"], r"[;,:]\s+(?:and |et )?")


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a word stands: every pair of words asks for it."""

    start: int
    sentence: int
    above: Mapping[int, int]
    """The words that it hangs on, itself first, with the steps there."""


def _closeness(
    text: str, first: _Placed, second: _Placed, apart: int, clauses: Sequence[int]
) -> float:
    if first.sentence != second.sentence:
        return 0.0
    divided = any(first.start < place <= second.start for place in clauses)
    clause = _IN_CLAUSE if clauses and not divided else 0.0
    beside = _BY_PLACE.get(apart - 1, 0.0)
    if beside and _DIVIDING.search(text, first.start, second.start):
        beside *= _DIVIDED
    return max(_BY_PARSE.get(_steps(first.above, second.above), 0.0), beside, clause)


def _steps(one: Mapping[int, int], two: Mapping[int, int]) -> int:
    """How many steps of the parse lie between two words of a sentence; into a clause, two."""
    return min((n + one[place] for place, n in two.items() if place in one), default=9)


def _above(token: Token) -> dict[int, int]:
    """The words that a word hangs on, with the steps there."""
    found = {token.i: 0}
    steps = 0
    while token.head.i != token.i:
        steps += 2 if token.dep_.split(":")[0] in _CLAUSES else 1
        token = token.head
        found[token.i] = steps
    return found


def _roles(items: Sequence[Item]) -> Iterator[tuple[tuple[int, int], Role]]:
    """What words are to verbs, by their places among the items."""
    for first, one in enumerate(items):
        head = one.token
        while head.dep_ == "conj":
            head = head.head
        if not (role := _role(head)):
            continue
        verbs = {head.head.i, *(v.i for v in head.head.children if _shares_subject(head, v))}
        for second, two in enumerate(items):
            if second != first and two.token.i in verbs:
                yield (first, second), role


def _role(head: Token) -> Role | None:
    """What a word is to the verb that it hangs on."""
    if head.dep_.startswith("obl") and any(
        child.dep_ == "case" and child.lower_ in _BY for child in head.children
    ):
        return "agent"
    children = {child.dep_ for child in head.head.children}
    if head.dep_ == "nsubj:pass" and "obj" in children and "aux:pass" not in children:
        return "agent"  # a passive that has an object is none
    return ROLES.get(head.dep_)


def _shares_subject(subject: Token, verb: Token) -> bool:
    """Whether a verb is a further one of a subject: "crews closed pumps and opened wells"."""
    return (
        subject.dep_.startswith("nsubj")
        and verb.dep_ == "conj"
        and verb.head.i == subject.head.i
        and not any(child.dep_.startswith("nsubj") for child in verb.children)
    )


def listed_together(items: tuple[Item, ...]) -> Iterator[tuple[int, int]]:
    """Pairs of items that stand in one list: "arid regions and large cities"."""
    beside = [{word.i for word in item.token.conjuncts} for item in items]
    for one, two in combinations(range(len(items)), 2):
        if items[two].token.i in beside[one] or items[one].token.i in beside[two]:
            yield one, two
