"""Order: who did what to whom may be said in another order only where it stays the same.

In: a pair whose words are all supported. Out: a word that changed its place, None where none did.
The order of the evidence counts, and the same with its passives turned ("was reduced by the
program" is "the program reduced"), its strings of nouns opened ("water consumption rates" is
"rates of water consumption") and its qualities said of their nouns ("a 12% lower rate of calls" is
"the rate of calls was 12% lower"), told by the parse. How a rewriting step does this isn't known
here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc, Token

from corpus.document import Language
from models.parsing import parse
from pipelines.language.numbers import numbers
from pipelines.verification.pair import Pair

#: A stretch of a text in code points, to be told before another one.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Turn:
    """Two stretches that change places: what stands first, and what may stand first instead."""

    first: Span
    second: Span


def turned_round(pair: Pair) -> str | None:
    """A word or number that changed its place; None where the order is the evidence's.

    A sentence may move one piece of its evidence ("In 14 cities, …" to the end), and what only
    says when, where or how of the whole may stand anywhere; what takes more says who did what to
    whom in another way. Each sentence of the segment is compared by itself: a step may have made
    several of one.
    """
    said = _sentences(pair)
    moved = _out_of_order(said, _sequences(pair, _AS_IT_IS))
    if moved is None:
        return None
    for order in _orders(pair.quotes, pair.language):
        if not _out_of_order(said, _sequences(pair, order)):
            return None
    return moved


# -- what may stand in another order ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Order:
    """Another order of the quotes: turns by the quote's number, and stretches that stand apart."""

    turns: Mapping[int, tuple[_Turn, ...]] = field(default_factory=dict)
    apart: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)


_AS_IT_IS = _Order()


@lru_cache(maxsize=1024)
def _orders(quotes: tuple[str, ...], language: Language) -> tuple[_Order, ...]:
    """The other orders: a quote's turns, all and each alone, without and with what stands apart."""
    parsed = [parse(quote, language) for quote in quotes]
    apart = {n: tuple(_loose(doc)) for n, doc in enumerate(parsed)}
    turned = [_AS_IT_IS]
    for n, doc in enumerate(parsed):
        turns = tuple(_turns(doc))
        free = [turn for m, turn in enumerate(turns) if not any(_meet(turn, o) for o in turns[:m])]
        for chosen in (free, *([turn] for turn in turns if len(turns) > 1)):
            if chosen:
                turned.append(_Order({n: tuple(chosen)}))
    return (*turned[1:], *(_Order(order.turns, apart) for order in turned))


#: What says when, where or how of a whole sentence.
_CIRCUMSTANCES = frozenset(("obl", "obl:tmod", "obl:mod", "obl:npmod", "advmod"))
#: Not what begins with these: who from, to whom, by what, and what is compared.
_DIRECTED = frozenset((
    "from", "to", "into", "by", "than", "as", "with", "without", "between", "against", "versus",
    "de", "du", "des", "d’", "d'", "à", "au", "aux", "vers", "par", "que", "qu’", "qu'", "avec",
    "sans", "entre", "contre",
))  # fmt: skip


def _loose(parsed: Doc) -> Iterator[Span]:
    """Circumstances of a main verb, which may stand before it or after it."""
    for sentence in parsed.sents:
        if not any(child.dep_.startswith("nsubj") for child in sentence.root.lefts):
            continue  # no clause, or one that was misread
        for child in sentence.root.children:
            directed = child.left_edge.lower_ in _DIRECTED
            if child.dep_ in _CIRCUMSTANCES and not directed:
                yield _stretch(child)


def _meet(one: _Turn, two: _Turn) -> bool:
    return one.first[0] < two.second[1] and two.first[0] < one.second[1]


def _turns(parsed: Doc) -> Iterator[_Turn]:
    """Passives with their agents, nouns with those before them, and with their qualities."""
    for token in parsed:
        patients = [child for child in token.lefts if child.dep_ == "nsubj:pass"]
        agents = [child for child in token.rights if child.dep_ == "obl:agent"]
        if len(patients) == 1 and len(agents) == 1:
            yield _Turn(_stretch(patients[0]), _stretch(agents[0]))
        nouns = [child for child in token.lefts if child.dep_ == "compound"]
        if nouns:
            first, last = nouns[0].left_edge, parsed[token.i - 1]
            own = (token.idx, token.idx + len(token))
            yield _Turn((first.idx, last.idx + len(last)), own)
        for quality in (child for child in token.lefts if child.dep_ == "amod"):
            yield _Turn(_stretch(quality), (token.idx, _stretch(token)[1]))


def _stretch(head: Token) -> Span:
    """A phrase, from its first word to its last."""
    return head.left_edge.idx, head.right_edge.idx + len(head.right_edge)


# -- comparing -------------------------------------------------------------------------------------


def _sequences(pair: Pair, order: _Order) -> list[list[str]]:
    """Keys of the content words of each quote, and its numbers, in an order; apart what is."""
    found: list[list[str]] = []
    for n, placed in enumerate(_placed(pair)):
        spans = order.apart.get(n, ())
        loose = [[one for one in placed if a <= one[0] < b] for a, b in spans]
        core = [one for one in placed if not any(a <= one[0] < b for a, b in spans)]
        turns = order.turns.get(n, ())
        ordered = sorted((_place(start, turns), key) for start, key in core)
        found += [[key for _, key in ordered], *([key for _, key in sorted(own)] for own in loose)]
    return found


def _placed(pair: Pair) -> Iterator[list[tuple[int, str]]]:
    for quote, words in zip(pair.quotes, pair.alignment.quotes, strict=True):
        found = [(item.start, item.value) for item in numbers(quote, pair.language)]
        yield [*found, *((word.start, word.key) for word in words)]


def _place(start: int, turns: Sequence[_Turn]) -> tuple[int, int, int]:
    """Where a word stands after the turns: stretches change places, what lies between stays."""
    for turn in turns:
        if turn.first[0] <= start < turn.second[1]:
            if turn.second[0] <= start:
                return turn.first[0], 0, start
            return turn.first[0], 2 if start < turn.first[1] else 1, start
    return start, 0, start


def _sentences(pair: Pair) -> list[list[str]]:
    """Of each sentence of the segment, its words that the evidence has and its numbers, in order.

    A word in another's place may ask for another order: "requires five" is "five are needed".
    """
    starts = [sentence.start_char for sentence in parse(pair.text, pair.language).sents]
    found = [
        (item.start, sum(start <= item.start for start in starts), item.value)
        for item in numbers(pair.text, pair.language)
    ]
    found += [
        (word.start, word.sentence, place)
        for word, place in pair.alignment.placed
        if place and place in word.keys
    ]
    return [
        [key for _, sentence, key in sorted(found) if sentence == number]
        for number in range(1, len(starts) + 1)
    ]


def _out_of_order(said: Sequence[Sequence[str]], quotes: Sequence[Sequence[str]]) -> str | None:
    """The first word of any sentence that stands out of the order of these quotes."""
    for sentence in said:
        if moved := _moved(sentence, quotes):
            return moved
    return None


def _moved(said: Sequence[str], quotes: Sequence[Sequence[str]]) -> str | None:
    often = Counter(said)
    for n, quote in enumerate(quotes):
        elsewhere = {word for m, other in enumerate(quotes) if m != n for word in other}
        there = Counter(quote)
        path = [w for w in said if 0 < often[w] <= there[w] and w not in elsewhere]
        cuts = [place for place, word in enumerate(quote) if word == path[0]] if path else []
        if path and all(_first_out_of_order(path, [*quote[c:], *quote[:c]]) for c in cuts):
            return _first_out_of_order(path, quote)
    return None


def _first_out_of_order(path: Sequence[str], quote: Sequence[str]) -> str | None:
    """The first of ``path`` that doesn't follow the one before it in ``quote``."""
    rest = iter(quote)
    return next((word for word in path if word not in rest), None)
