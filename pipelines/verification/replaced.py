"""Does a word without support stand in the place of another, that says something else?

In: a pair and a word of its text that nothing supports. Out: the word of the evidence in whose
place it stands, None where there is none. A look-alike of another root or meaning ("policy",
"police") is one by its letters. A noun is one where it hangs on the same words as a noun that the
text leaves out, and the sentence is about something else once that one is put back: by the cosine
of the two, so that another word for the same is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

import numpy as np
from spacy.tokens import Token

from models.encoder import encode
from models.parsing import parse
from pipelines.language.lexicon import pattern
from pipelines.language.words import same_family
from pipelines.verification.pair import Pair
from pipelines.verification.support import Word

#: Beginnings, in letters, and shares of letters from which on two words look alike; no shorter one.
_BEGINNING, _ALIKE, _SHORTEST = 5, 0.7, 5
#: Below this cosine a sentence is about something else with one noun put for another. Of
#: hand-written edits five of six swapped nouns lie below, and none of 20 other words for the same.
_SAME = 0.91
_NOUNS = ("NOUN", "PROPN")
_SAID = frozenset((*_NOUNS, "ADJ", "X", ""))


def replaced(pair: Pair, n: int) -> str | None:
    """The word of the evidence in whose place the n-th word of the text stands."""
    word = pair.alignment.words[n]
    left = _left_out(pair)
    for other in left:
        kinds = {word.pos, other.pos} <= _SAID and _look_alike(word, other)
        if kinds and not same_family(word.lower, other.lower, pair.language):
            return other.lower
    if word.pos not in _NOUNS:
        return None
    slots = _in_its_place(pair, word, left)
    if not slots:
        return None
    put_back = [pair.text.lower().replace(word.lower, other, 1) for other in slots]
    own, *others = encode([pair.text, *put_back])
    cosines = np.array([own @ other for other in others])
    return slots[int(cosines.argmax())] if cosines.max() < _SAME else None


def put_in_place(pair: Pair, n: int) -> str | None:
    """The noun left out in whose place the n-th word, which needs no support, stands."""
    slots = _in_its_place(pair, pair.alignment.words[n], _left_out(pair))
    return slots[0] if slots else None


def _left_out(pair: Pair) -> list[Word]:
    """The words of the evidence that the text doesn't tell; a pointer to a table tells nothing."""
    told = {place for place in pair.alignment.stands_for if place}
    points = pattern("rewrite", pair.language, "pointers").fullmatch
    return [
        word
        for quote in pair.alignment.quotes
        for word in quote
        if word.key not in told and not points(word.lower)
    ]


def _look_alike(one: Word, two: Word) -> bool:
    first, second = one.lower, two.lower
    if min(len(first), len(second)) < _SHORTEST or one.keys & two.keys:
        return False
    if first.endswith(second) or second.endswith(first):
        return False  # "unaffected", "not affected": judged as a negation
    same_beginning = first[:_BEGINNING] == second[:_BEGINNING]
    return same_beginning or SequenceMatcher(None, first, second).ratio() >= _ALIKE


def _in_its_place(pair: Pair, word: Word, left: list[Word]) -> list[str]:
    """The nouns left out that hang where a word does, sorted."""
    return sorted({other.lower for other in _hanging_alike(pair, word, left)})


def _hanging_alike(pair: Pair, word: Word, left: list[Word]) -> Iterator[Word]:
    """Nouns of the evidence that hang on the same word, or have the same words hanging on them."""
    place = {one.start: key for one, key in pair.alignment.placed if key}
    token = _token(pair.text, word, pair)
    if token is None:
        return
    for quote, words in zip(pair.quotes, pair.alignment.quotes, strict=True):
        keys = {one.start: one.key for one in words}
        for other in words:
            there = _token(quote, other, pair) if other in left else None
            if there is None or other.pos not in _NOUNS:
                continue
            governed = _relation(token) == _relation(there)
            heads = place.get(token.head.idx), keys.get(there.head.idx)
            own = {place[c.idx] for c in token.children if c.idx in place}
            below = {keys[c.idx] for c in there.children if c.idx in keys}
            if (governed and heads[0] and heads[0] == heads[1]) or own & below:
                yield other


def _relation(token: Token) -> str:
    """How a word hangs on another; qualities and nouns before a noun alike."""
    name = token.dep_.split(":")[0]
    return "amod" if name == "compound" else name


def _token(text: str, word: Word, pair: Pair) -> Token | None:
    return next((one for one in parse(text, pair.language) if one.idx == word.start), None)
