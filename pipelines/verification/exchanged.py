"""Who did what to whom, which value belongs to whom: may two words have changed places?

In: a pair. Out: the two words of the text that changed places, None where none did. The order of
words is free: what counts is which words belong together (``relations``). For every two words of
one kind that the evidence has, the text is compared with the evidence as it is and with the two
exchanged; where it agrees clearly better exchanged, they were. The sides of a comparison may
change places as wholes where the word of direction turns with them (``compared``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from corpus.document import Language
from pipelines.language.lexicon import listed
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import base, words_of
from pipelines.verification.compared import compared, crossed
from pipelines.verification.pair import Pair
from pipelines.verification.relations import (
    Item,
    Relations,
    Role,
    is_number,
    listed_together,
    quoted_keys,
    relations,
    said_keys,
)

#: By so much more must a text agree with its evidence around each of two words once they are
#: exchanged. Chosen on 400 hand-written edits: seven of eight exchanges found lie above it for both
#: words, and one of 170 honest rewordings; the sum alone doesn't tell them apart.
GAIN = 0.25
#: What two words in each other's role take from the agreement.
_ROLE = 0.7
_KINDS = {"PROPN": "NOUN", "AUX": "VERB"}


@dataclass(frozen=True, slots=True)
class _Known:
    """The relations of all quotes, by keys."""

    near: Mapping[tuple[str, str], float]
    roles: Mapping[tuple[str, str], frozenset[Role]]
    together: frozenset[tuple[str, str]]
    """Pairs that stand in one list."""
    keys: frozenset[str]


def exchange(pair: Pair) -> Iterator[Reason]:
    """No two words stand in each other's place."""
    words = exchanged(pair) if pair.same_language and pair.quotes else None
    if words and words[0].lower() != words[1].lower():  # "our", "we": both are "the researchers"
        yield reason("exchanged", word=words[0], other=words[1])


def exchanged(pair: Pair) -> tuple[str, str] | None:
    """Two words of the text that stand in each other's place, as it writes them."""
    if pair.text in pair.quotes:
        return None  # its own words, whatever stands in a bracket that doesn't close
    said = said_relations(pair)
    known = _known(pair)
    if turned := _role_turned(pair, said, known):
        return turned
    listed_there = set(listed_together(said.items))
    agreed = _agreed(said, known)
    beside = _beside(said)
    if pair.close and (put := _put_for_another(pair, said, known)):
        return put
    best, found = GAIN, None
    for one, two in combinations(range(len(said.items)), 2):
        keys = said.items[one].key, said.items[two].key
        if not _alike(said.items[one], said.items[two]) or not known.keys.issuperset(keys):
            continue
        if (one, two) in listed_there and keys in known.together and not is_number(keys[0]):
            continue
        gain = min(_gains(said, known, agreed, beside, one, two))
        if gain > best and not _turned_wholes(pair, keys):
            best, found = gain, (one, two)
    if found is None:
        return None
    first, second = (said.items[n].token.text for n in found)
    return first, second


def _role_turned(pair: Pair, said: Relations, known: _Known) -> tuple[str, str] | None:
    """Who does in the text what another does in the evidence, or has done to them, and that other.

    Somebody's other role counts where the text tells both roles ("the ponds closed" doesn't say
    that they closed anything). Where the text keeps its evidence's wording, a new role counts if
    the evidence has both halves, each with another one, or doesn't tell whose it was.
    """
    names = [item.key for item in said.items]
    for (word, verb), role in sorted(said.roles.items()):
        there = known.roles.get((names[word], names[verb]), frozenset())
        same = {names[word], *_long_forms(pair, names[word])}
        same |= listed("numbers", pair.language, "counts")
        others = sorted(
            other
            for (other, one), roles in known.roles.items()
            if one == names[verb] and role in roles and other not in same
        )
        if role in there or not others:
            continue
        both = len({r for (_, v), r in said.roles.items() if v == verb}) > 1
        elsewhere = pair.close and _elsewhere(said, word, verb, role, known)
        if both if there else elsewhere:
            return said.items[word].token.text, _written(pair, others[0])
    return None


def _written(pair: Pair, key: str) -> str:
    """A word of the evidence as it writes it."""
    words = (word for quote in pair.alignment.quotes for word in quote)
    return next((word.lower for word in words if word.key == key), key)


def _elsewhere(said: Relations, word: int, verb: int, role: Role, known: _Known) -> bool:
    """Whether a word has its role with another verb, or has it for one whom the text leaves out."""
    own, deed = said.items[word], said.items[verb]
    roles = {r for (w, _), found in known.roles.items() if w == own.key for r in found}
    whose = {w for (w, v), found in known.roles.items() if v == deed.key and role in found}
    lost = not whose & {item.key for item in said.items}
    near = (own.key, deed.key) in known.near
    things = own.token.pos_ in _NOUNS and deed.token.pos_ == "VERB"
    return role in roles or (things and lost and bool(roles or near))


#: A noun agrees no better than this with the evidence around it, and the one left out by so much
#: more, where it stands in that one's place.
_LOST, _BETTER = 0.3, 0.75
_NOUNS = ("NOUN", "PROPN")


def _put_for_another(pair: Pair, said: Relations, known: _Known) -> tuple[str, str] | None:
    """A noun of the evidence that stands where the evidence has another one, which isn't told."""
    told = {item.key for item in said.items}
    counts = listed("numbers", pair.language, "counts")
    nouns = {
        word.key
        for quote in pair.alignment.quotes
        for word in quote
        if word.pos in _NOUNS and word.lower not in counts
    }
    left = sorted(nouns & known.keys - told)
    for n, item in enumerate(said.items):
        if item.token.pos_ not in _NOUNS or item.key not in known.keys:
            continue
        own = _around(said, known, n, item.key)
        for other in left if own <= _LOST else ():
            if _around(said, known, n, other) - own >= _BETTER:
                return item.token.text, _written(pair, other)
    return None


def _around(said: Relations, known: _Known, place: int, key: str) -> float:
    """How far a text agrees with its evidence around one item, were it another."""
    names = [item.key if n != place else key for n, item in enumerate(said.items)]
    pairs = [(min(place, m), max(place, m)) for m in range(len(names)) if m != place]
    return sum(
        _agreement(said, known, first, second, names[first], names[second], close)
        for first, second in pairs
        if (close := said.near.get((first, second), 0.0))
    )


def _long_forms(pair: Pair, key: str) -> Iterator[str]:
    """The words that an abbreviation stands for, and the abbreviation of each of them."""
    language = pair.language
    for short, long in pair.aliases:
        words = [base(word, language) for word in words_of(long)]
        if key in words:
            yield base(short.lower(), language)
        if key == base(short.lower(), language):
            yield from words


def said_relations(pair: Pair) -> Relations:
    """The relations of the text's words, by what they stand for."""
    return relations(pair.text, pair.language, said_keys(pair))


def _known(pair: Pair) -> _Known:
    """What all quotes of a pair tell; other wordings of one line ask for it again."""
    quoted = ((quote, tuple(sorted(keyed.items()))) for quote, keyed in quoted_keys(pair))
    return _told(tuple(quoted), pair.language)


@lru_cache(maxsize=64)
def _told(
    quoted: tuple[tuple[str, tuple[tuple[int, str], ...]], ...], language: Language
) -> _Known:
    near: dict[tuple[str, str], float] = {}
    roles: dict[tuple[str, str], set[Role]] = {}
    together: set[tuple[str, str]] = set()
    keys: set[str] = set()
    for quote, keyed in quoted:
        found = relations(quote, language, dict(keyed))
        names = [item.key for item in found.items]
        keys |= set(names)
        for (one, two), close in found.near.items():
            for key in ((names[one], names[two]), (names[two], names[one])):
                near[key] = max(near.get(key, 0.0), close)
        for (one, two), role in found.roles.items():
            before = quote[: found.items[one].start]
            if before.count("(") != before.count(")"):
                continue
            roles.setdefault((names[one], names[two]), set()).add(role)
        for one, two in listed_together(found.items):
            together |= {(names[one], names[two]), (names[two], names[one])}
    every = {key: frozenset(some) for key, some in roles.items()}
    return _Known(near, every, frozenset(together), frozenset(keys))


def _alike(one: Item, two: Item) -> bool:
    """Whether two items could stand in each other's place: different numbers, or one kind."""
    if one.key == two.key:
        return False
    if is_number(one.key) or is_number(two.key):
        return is_number(one.key) and is_number(two.key)
    first, second = (_KINDS.get(item.token.pos_, item.token.pos_) for item in (one, two))
    return first == second


def _agreed(said: Relations, known: _Known) -> dict[tuple[int, int], float]:
    """How far a text as it is agrees with its evidence, for the pairs that are close."""
    names = [item.key for item in said.items]
    return {
        (one, two): _agreement(said, known, one, two, names[one], names[two], close)
        for (one, two), close in said.near.items()
    }


def _beside(said: Relations) -> Mapping[int, set[tuple[int, int]]]:
    """For each item the pairs with those that it is close to."""
    found: dict[int, set[tuple[int, int]]] = {}
    for pair in said.near:
        for item in pair:
            found.setdefault(item, set()).add(pair)
    return found


def _gains(
    said: Relations,
    known: _Known,
    agreed: Mapping[tuple[int, int], float],
    beside: Mapping[int, set[tuple[int, int]]],
    one: int,
    two: int,
) -> tuple[float, float]:
    """How much better a text agrees around each of two of its items with the two exchanged."""
    items = said.items
    instead = {one: two, two: one}
    gains = {one: 0.0, two: 0.0}
    for first, second in sorted(beside.get(one, set()) | beside.get(two, set())):
        a, b = items[instead.get(first, first)].key, items[instead.get(second, second)].key
        close = said.near[first, second]
        gain = _agreement(said, known, first, second, a, b, close) - agreed[first, second]
        for item in (first, second):
            if item in gains:
                gains[item] += gain
    return gains[one], gains[two]


def _agreement(
    said: Relations, known: _Known, first: int, second: int, a: str, b: str, close: float
) -> float:
    """How far two items, standing for ``a`` and ``b``, belong together in the evidence too."""
    found = close * known.near.get((a, b), 0.0)
    for here, key in (((first, second), (a, b)), ((second, first), (b, a))):
        role, there = said.roles.get(here), known.roles.get(key)
        if role and there and role not in there:
            found -= close * _ROLE
    return found


def _turned_wholes(pair: Pair, keys: tuple[str, str]) -> bool:
    """Whether two words only seem exchanged: each stands on its own side of a comparison."""
    own, there = compared(pair)
    sides = [{(key in one.main, key in one.reference) for key in keys} for one in (*own, *there)]
    if not own or not there or any(len(side) < len(keys) for side in sides):
        return False
    return crossed(own, there, pair.language) is False
