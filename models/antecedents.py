"""What the talk before a sentence named that the sentence may lean on, likeliest first.

In: an exchange's sentences in order, parsed, with who said each. Out: for one of them the noun
phrases of the ``WITHIN`` sentences before it, each with the probability that a careful reader,
asked what the sentence is about, names it. A conditional logit (McFadden 1974): one choice among
all phrases, by where each stands, what it does there, how often the talk comes back to it before
and after, and how common its words are. One for both languages. Labels and figures: the card of
``antecedents``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token
from wordfreq import zipf_frequency

from models import learned
from models.artefacts import artefact
from models.learned import Logistic
from models.point_features import language_of
from models.roles_features import Features
from models.standalone import pointing_words

NAME, FILE = "antecedents", "antecedents.safetensors"
#: Sentences before the one that leans, and after it, that are heard.
WITHIN, AFTER = 15, 5
#: A phrase has no more words.
MOST_WORDS = 7
_NOUNS = ("NOUN", "PROPN")
#: What belongs to a noun and stands beside it.
_LEFT = ("amod", "compound", "flat")
_RIGHT = ("amod", "compound", "flat")
#: A phrase is no sentence's piece: marks inside it part what doesn't belong together.
_MARKS = re.compile(r"[?!.;:,\"“”«»…()\[\]£$€%]|['’](?!\w)|(?<!\w)['’]")
_LETTERS = 3
#: A word as frequent as this (Zipf scale, van Heuven et al. 2014) is hardly what anybody speaks of.
_COMMON, _KNOWN = 5.3, 6.0
_FAR, _LONG = 6, 4
_TURNS = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a sentence around a noun: places of tokens."""

    place: int
    """Which sentence of the exchange."""
    first: int
    last: int
    """The last word itself."""
    noun: int


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A phrase that may say what a sentence is about."""

    place: int
    """Which sentence of the exchange has it."""
    start: int
    """First character, in the sentence."""
    end: int
    words: frozenset[str]
    """Those that say something, lower case."""
    probability: float
    """How likely it is the one, of all that were named: 0 to 1."""


@dataclass(frozen=True)
class Talk:
    """An exchange's sentences, and what is counted over all of them."""

    docs: Sequence[Doc]
    speakers: Sequence[str | None]

    @cached_property
    def met(self) -> Counter[str]:
        """In how many sentences each word stands, lower case."""
        found: Counter[str] = Counter()
        for doc in self.docs:
            found.update({token.lower_ for token in doc})
        return found


def antecedents(talk: Talk, index: int) -> list[Antecedent]:
    """What was named before a sentence, likeliest first; none twice.

    Raises ``ModelMissingError``.
    """
    found = candidates(talk, index)
    if not found:
        return []
    odds = _model().scores(features(talk, index, found))[:, 0]
    shares = chances(odds)
    ranked = sorted(
        zip(shares.tolist(), found, strict=True), key=lambda one: (-one[0], one[1].place)
    )
    return [_antecedent(talk, phrase, share) for share, phrase in ranked]


def chances(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each of several things of which one is chosen."""
    powers = np.exp(odds - odds.max())
    found: NDArray[np.float64] = powers / powers.sum()
    return found


@cache
def _model() -> Logistic:
    return learned.logistic(artefact(NAME) / FILE)


def _antecedent(talk: Talk, phrase: Phrase, share: float) -> Antecedent:
    doc = talk.docs[phrase.place]
    start, end = doc[phrase.first].idx, doc[phrase.last].idx + len(doc[phrase.last])
    return Antecedent(phrase.place, start, end, content(doc, phrase), share)


def content(doc: Doc, phrase: Phrase) -> frozenset[str]:
    """The words of a phrase that say something, lower case."""
    return frozenset(
        token.lower_
        for token in doc[phrase.first : phrase.last + 1]
        if not token.is_stop and len(token) >= _LETTERS and token.text[0].isalnum()
    )


def candidates(talk: Talk, index: int) -> list[Phrase]:
    """The noun phrases of the sentences before one: of the same words the last.

    None whose words the sentence has itself.
    """
    found: dict[str, Phrase] = {}
    own = {form for token in talk.docs[index] for form in (token.lower_, token.lemma_.lower())}
    for place in range(max(0, index - WITHIN), index):
        doc = talk.docs[place]
        for phrase in _phrases(doc, place):
            if not content(doc, phrase) <= own:
                found[doc[phrase.first : phrase.last + 1].text.lower()] = phrase
    return list(found.values())


def _phrases(doc: Doc, place: int) -> Iterator[Phrase]:
    """The noun phrases of a sentence: with what belongs to the noun, and with what it is of."""
    for noun in doc:
        part = noun.dep_.startswith(("compound", "flat"))
        if noun.pos_ not in _NOUNS or len(noun) < _LETTERS or part:
            continue
        first, last = _core(noun)
        for end in dict.fromkeys([last, *_with_of(noun, last)]):
            phrase = Phrase(place, first, end, noun.i)
            if end - first < MOST_WORDS and _stands(doc, phrase):
                yield phrase


def _core(noun: Token) -> tuple[int, int]:
    """A noun with the words beside it that belong to it, without articles."""
    first = last = noun.i
    for child in sorted(noun.lefts, key=lambda one: -one.i):
        if not child.dep_.startswith(_LEFT) or child.right_edge.i != first - 1:
            break
        first = child.left_edge.i
    for child in noun.rights:
        if not child.dep_.startswith(_RIGHT) or child.left_edge.i != last + 1:
            break
        last = child.right_edge.i
    while first < noun.i and noun.doc[first].pos_ not in (*_NOUNS, "ADJ", "VERB", "X"):
        first += 1
    return first, last


def _with_of(noun: Token, last: int) -> Iterator[int]:
    """Where a phrase ends that says of what: all of it, or the noun there with its adjectives."""
    for child in noun.rights:
        if child.dep_.startswith("nmod") and child.left_edge.i == last + 1:
            yield child.right_edge.i
            yield _core(child)[1]
            return


def _stands(doc: Doc, phrase: Phrase) -> bool:
    """Whether a phrase says something, and leans on nothing itself."""
    words = doc[phrase.first : phrase.last + 1]
    lists = pointing_words(language_of(doc))
    if doc[phrase.noun].lemma_.lower() in lists["shell"] or _cut(words):
        return False
    if any(token.lower_.replace("’", "'") in lists["leaning"] or _counts(token) for token in words):
        return False
    return not _MARKS.search(words.text) and bool(content(doc, phrase))


def _cut(words: Span) -> bool:
    """Whether a phrase is a piece of a word with hyphens: "day care" of "seven-day care"."""
    text, start, end = words.doc.text, words.start_char, words.end_char
    return text[start - 1 : start] in tuple("-–") or text[end : end + 1] in tuple("-–")


def _counts(token: Token) -> bool:
    """Whether a word is a figure: a line tells none but what its evidence holds."""
    return token.like_num or token.pos_ == "NUM" or any(mark.isdigit() for mark in token.text)


def features(talk: Talk, index: int, found: Sequence[Phrase]) -> list[Features]:
    """The named numbers by which each phrase is judged."""
    before = range(max(0, index - WITHIN), index)
    after = range(index + 1, min(index + 1 + AFTER, len(talk.docs)))
    said, later = (_lemmas(talk, places) for places in (before, after))
    repeated = Counter(
        talk.docs[place][one.first : one.last + 1].text.lower()
        for place in before
        for one in _phrases(talk.docs[place], place)
    )
    turns = _turns(talk, index, before)
    own = _lemmas(talk, [index])
    rows = []
    for one in found:
        doc = talk.docs[one.place]
        lemma = doc[one.noun].lemma_.lower()
        row = _where(index - one.place, turns[one.place], doc) | _what(doc, one)
        row |= {
            "said before": math.log1p(said[lemma]),
            "said twice before": float(said[lemma] > 1),
            "said after": math.log1p(later[lemma]),
            "phrase repeated": math.log(repeated[doc[one.first : one.last + 1].text.lower()]),
            "said in all": math.log1p(talk.met[doc[one.noun].lower_]),
            "noun in it": float(lemma in own),
        }
        rows.append(row)
    return rows


def _lemmas(talk: Talk, places: Sequence[int]) -> Counter[str]:
    """In how many of these sentences each word of content stands, by its dictionary form."""
    found: Counter[str] = Counter()
    for place in places:
        found.update(
            {
                token.lemma_.lower()
                for token in talk.docs[place]
                if token.pos_ in (*_NOUNS, "ADJ", "VERB")
            }
        )
    return found


def _turns(talk: Talk, index: int, before: Sequence[int]) -> dict[int, int]:
    """How many times the speaker changed between each sentence and the one that leans."""
    found, count = {}, 0
    for place in reversed(before):
        count += talk.speakers[place] != talk.speakers[place + 1]
        found[place] = count
    return found


def _where(distance: int, turns: int, doc: Doc) -> Features:
    return {
        "distance": math.log1p(distance),
        "beside": float(distance == 1),
        "two before": float(distance == 2),
        "far": float(distance > _FAR),
        f"turns {min(turns, _TURNS)}": 1.0,
        "asked": float(doc.text.rstrip().endswith("?")),
        "sentence": math.log1p(len(doc)),
    }


def _what(doc: Doc, one: Phrase) -> Features:
    noun, language = doc[one.noun], language_of(doc)
    articles = pointing_words(language)["definite"]
    frequent = zipf_frequency(noun.lower_, language)
    size = one.last - one.first + 1
    return {
        f"does {noun.dep_.partition(':')[0]}": 1.0,
        "name": float(noun.pos_ == "PROPN"),
        "of a verb": float(noun.head.pos_ == "VERB" and noun.dep_.startswith("nsubj")),
        "words": float(size),
        "alone": float(size == 1),
        "long": float(size > _LONG),
        "of something": float(one.last > noun.i),
        "plural": float("Plur" in noun.morph.get("Number", [])),
        "definite": float(any(token.lower_.replace("’", "'") in articles for token in noun.lefts)),
        "rare": _KNOWN - frequent,
        "rarest": _KNOWN - min(zipf_frequency(word, language) for word in content(doc, one)),
        "common": float(frequent > _COMMON),
    }
