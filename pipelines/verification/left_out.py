"""What of a told sentence is left out: a condition, half of a contrast, whom or when it is about.

In: a pair. Out: the words of the evidence whose absence makes the text say more. A phrase counts as
left out where the word that it hangs on is told and nothing of the phrase is, by the parse. A lost
condition or exception changes what is said; so does the half of a contrast that denies, turns or
doubts it, and as what something isn't seen; whom, where, when or how much only where what is told
is denied, general or asked for, for then it widens it. Elsewhere it may be a detail, so it is left
to a person; so is an item of a row whose others are told, and which of somebody a figure counts.
What stands in brackets may go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Token

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.places import places
from models.parsing import parse
from pipelines.language.lexicon import entries, pattern
from pipelines.language.numbers import numbers
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import family
from pipelines.verification.pair import Pair, cut
from pipelines.verification.support import bare, words

#: A quote is told where so much of its content words is; of less only a topic may be.
_TOLD = 0.4
#: In words, with those of grammar: what is shorter hangs together with more, or is a cue, which
#: ``caution`` judges.
_SHORTEST = 3
#: Of a condition or half of a contrast that is left out, so much may be told elsewhere.
_MOST = 0.34
#: Relations by which a phrase narrows what it hangs on.
_NARROWING = frozenset((
    "obl", "obl:mod", "obl:tmod", "obl:npmod", "obl:arg", "nmod", "nmod:poss", "acl", "acl:relcl",
    "advcl", "advmod", "amod", "nummod", "appos",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A stretch of a quote that the text doesn't tell."""

    words: str
    relation: str
    """Of its head in the parse; ``clause`` for what stands between commas, whatever the parse;
    ``counted`` for an item of a row, and for what says which of somebody are counted."""
    told: bool
    """Whether a few of its words are told all the same, somewhere."""


def left_out(pair: Pair) -> Iterator[Reason]:
    """Nothing is left out whose absence makes the text say more than its evidence."""
    if not pair.same_language:
        return
    shown: set[str] = set()
    for why in _lost(pair):
        if why not in shown:
            shown.add(why)
            yield why


def _lost(pair: Pair) -> Iterator[Reason]:
    language = pair.language
    widening = _widens(pair.text, language)
    for phrase in _phrases(pair):
        words_shown = cut(phrase.words.strip(" ,;:."))
        several = len(phrase.words.split()) >= _SHORTEST
        if several and _starts(phrase, "conditions", language):
            yield reason("condition_lost", words=words_shown)
        elif several and (turned := _turn(phrase.words, language)):
            own = not pair.close and _turn(pair.text, language)  # another half, in other words?
            yield reason("contrast_unseen" if own else "contrast_lost", words=cut(turned))
        elif phrase.told or phrase.relation == "clause":
            continue
        elif widening and _as_what(phrase, language):
            yield reason("scope_lost", words=words_shown)
        elif phrase.relation == "counted" or (phrase.relation == "word" and widening):
            yield reason("detail_lost", words=words_shown)
        elif _narrows(phrase, language):
            yield reason("scope_lost" if widening else "detail_lost", words=words_shown)


def _phrases(pair: Pair) -> Iterator[_Phrase]:
    told = {place for place in pair.alignment.stands_for if place}
    families = {family(word.lower, pair.language) for word in pair.alignment.words}
    said = {number.value for number in numbers(pair.text, pair.segment.language)}
    for quote in pair.quotes:
        plain = bare(quote)
        content = {word.start: word for word in words(plain, pair.language)}
        known = {
            start
            for start, word in content.items()
            if word.key in told or family(word.lower, pair.language) in families
        }
        counted = {number.start: number.value for number in numbers(plain, pair.language)}
        known |= {start for start, value in counted.items() if value in said}
        if content and len(known & content.keys()) < _TOLD * len(content):
            continue
        places_of = content.keys() | counted.keys()
        yield from _untold(plain, pair.language, places_of, known, pair.spoken)
        yield from _of_several(plain, pair.language, places_of, known)
        for start, end in _clauses(plain, pair.language):
            yield from _if_untold(plain, start, end, "clause", places_of, known)
        for match in _about(pair.language).finditer(plain):
            if not _narrowing(pair.language).search(plain[: match.start()]):
                continue
            yield from _if_untold(plain, *match.span(), "word", places_of, known)


def _clauses(plain: str, language: Language) -> Iterator[tuple[int, int]]:
    """What stands between commas, colons and semicolons, and what a condition opens."""
    marks = {match.start() for match in re.finditer(r"[,;:](?=\s)", plain)}
    opened = cue_pattern(entries("direction", language)["conditions"]).finditer(plain)
    marks |= {match.start() for match in opened}
    yield from pairwise([0, *sorted(marks - {0}), len(plain)])


def _of_several(
    plain: str, language: Language, content: Set[int], known: Set[int]
) -> Iterator[_Phrase]:
    """The items of a row that aren't told while others are: "including A, including B"."""
    opened = list(pattern("direction", language, "in_a_row").finditer(plain))
    words_opening = [match.group().lower() for match in opened]
    items = [m.start() for m in opened if words_opening.count(m.group().lower()) > 1]
    inside = {
        (start, end): {place for place in content if start <= place < end}
        for start, end in pairwise([*items, len(plain)])
    }
    if any(places and places <= known for places in inside.values()):
        for (start, end), places in inside.items():
            if not places <= known:
                yield _Phrase(plain[start:end], "counted", told=False)


def _untold(
    plain: str, language: Language, content: Set[int], known: Set[int], spoken: bool
) -> Iterator[_Phrase]:
    """The largest stretches of which nothing is told, each on a word that is told."""
    for token in parse(plain, language):
        apart = not spoken and token.left_edge.text == ","
        counts = not apart and _counts(token)
        told = _is_told(token.head, known) or (counts and _any_told(token.head, known))
        if token.head.i == token.i or not told:
            continue
        start, end = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
        relation = "counted" if counts else token.dep_
        yield from _if_untold(plain, start, end, relation, content, known)


def _counts(token: Token) -> bool:
    """Whether a relative clause says which of somebody a figure counts: "14% of homes that …"."""
    if token.dep_ != "acl:relcl":
        return False
    head = token.head
    counted = [head, head.head] if head.dep_ == "nmod" else [head]
    return any(one.pos_ == "NUM" for noun in counted for one in [noun, *noun.children])


def _any_told(head: Token, known: Set[int]) -> bool:
    return any(child.idx in known for child in head.children)


def _if_untold(
    plain: str, start: int, end: int, relation: str, content: Set[int], known: Set[int]
) -> Iterator[_Phrase]:
    """A stretch as a phrase, where next to nothing of it is told."""
    inside = {place for place in content if start <= place < end}
    told = len(inside & known)
    if inside and told <= _MOST * len(inside):
        yield _Phrase(plain[start:end], relation, told > 0)


def _is_told(token: Token, known: Set[int]) -> bool:
    """Whether a word is told, or, being only grammar, what it hangs on or what hangs on it is."""
    if token.idx in known:
        return True
    return any(child.idx in known for child in token.children if child.dep_.startswith("nsubj"))


def _turn(text: str, language: Language) -> str:
    """The half of a contrast that a text is or ends with, if it turns the other; else empty."""
    turns = pattern("direction", language, "turns")
    for match in _opening("contrasts", language).finditer(text):
        if turns.search(text, match.start()):
            return text[match.start() :].strip(" ,;")
    return ""


def _as_what(phrase: _Phrase, language: Language) -> bool:
    """Whether a phrase says as what something is seen: « comme une aide »."""
    return phrase.relation.startswith("obl") and _starts(phrase, "as_what", language)


def _starts(phrase: _Phrase, key: str, language: Language) -> bool:
    return _opening(key, language).match(phrase.words) is not None


@cache
def _opening(key: str, language: Language) -> re.Pattern[str]:
    return cue_pattern(entries("direction", language)[key], r"\W*(?:but |mais |and |et )?")


@cache
def _narrowing(language: Language) -> re.Pattern[str]:
    """What stands before somebody or some time to which a sentence is limited."""
    return cue_pattern(entries("direction", language)["narrowing"], after=r"\W*$")


def _narrows(phrase: _Phrase, language: Language) -> bool:
    """Whether a phrase says whom, where, when or how much what it hangs on is about."""
    if phrase.relation not in _NARROWING:
        return False
    return bool(_about(language).search(phrase.words) or places(phrase.words, language))


@cache
def _about(language: Language) -> re.Pattern[str]:
    """Words for somebody, something or some time that is studied."""
    lists = entries("scope", language)
    names = ("population", "organisms", "times", "moments", "places")
    return cue_pattern([cue for name in names for cue in lists[name]])


def _widens(text: str, language: Language) -> bool:
    """Whether what a text says of a part it says of more, once the part is left out."""
    return bool(
        pattern("certainty", language, "negations").search(text)
        or pattern("direction", language, "general").search(text)
    )
