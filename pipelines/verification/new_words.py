"""Words: what a segment says comes from its evidence.

In: a pair. Out: words without support. A sentence that keeps its evidence's wording has no
reason for a new word: one in the place of another is a fault. A free paraphrase has many, so
there names, symbols and rare words are held to the evidence, and at least ``FLOOR`` of the words
must be supported. Numbers, negation, caution, strength, scope and direction have rules of their
own. Thresholds were chosen by ``benchmarks/paraphrases.py`` and the suite ``faults``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, takewhile

from wordfreq import zipf_frequency

from corpus.document import Document, Language
from pipelines.language.lexicon import listed, pattern
from pipelines.language.numbers import numbers
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import base, same_family, words_of
from pipelines.verification.anchors import is_composed
from pipelines.verification.direction import axes_of, axis_of
from pipelines.verification.pair import Pair
from pipelines.verification.relations import measured
from pipelines.verification.replaced import put_in_place, replaced
from pipelines.verification.support import Alignment, of_a_bound

#: Share of the words that must be supported one by one.
FLOOR = 0.5
#: By so much fewer words may be supported where the rare ones are.
SLACK = 0.05
#: Below this frequency (Zipf scale: 3 is once in a million words) a word says something special.
RARE = 3.0
#: From this frequency on, a word may stand in another's place in a free paraphrase.
COMMON = 4.2
#: The frequency of words that say nothing by themselves.
_COMMONEST = 7.0
#: Words of the evidence that may stand between two neighbours of a word put in another's place.
_GAP = 3
#: So many words further two of them count as following each other, or the first as near an edge.
_SOON = 2
#: Says whose work is told: "Roy et al.", « Roy et ses collègues ».
_WHOSE = re.compile(r"\bet al\b|\band (?:\w+ )?(?:colleagues|co-?workers)\b|\bcollègues\b")
#: Parts of speech that name something or say what it is like.
_THINGS = ("NOUN", "PROPN", "ADJ", "NUM", "X", "")


def supported_words(pair: Pair) -> Iterator[Reason]:
    """Every content word has support, or is a general word of a free paraphrase.

    A name that the evidence lacks, and a word in the place of another, say something else; any
    other word without support leaves the meaning undecided.
    """
    if not pair.same_language or not pair.quotes or is_composed(pair):
        return
    alignment = pair.alignment
    names = _authors(pair)
    unsupported = [
        n
        for n, place in enumerate(alignment.stands_for)
        if place is None and alignment.words[n].lower not in names
    ]
    titled = _titled(pair)
    judged = _judged_elsewhere(pair)
    for n in unsupported:
        if alignment.words[n].lower in titled or alignment.words[n].start in judged:
            continue
        if not _needs_support(pair, n):
            continue
        word = alignment.words[n]
        if there := replaced(pair, n):
            yield reason("word_swapped", word=word.lower, there=there)
        elif word.named:
            yield reason("name_lacking", word=word.lower)
        else:
            yield reason("word_unsupported", word=word.lower)
    for n in _granted(pair, judged):
        if there := put_in_place(pair, n):
            word = alignment.words[n]
            yield reason("word_swapped", word=word.lower, there=there)
    told = min(_told_share(alignment, unsupported, pair.language), alignment.share + SLACK)
    if told < FLOOR:
        yield reason("mostly_unsupported")


def _granted(pair: Pair, judged: Container[int]) -> Iterator[int]:
    """Nouns of a close wording that need no support, or have it once and are said twice."""
    alignment = pair.alignment
    if not pair.close:
        return
    there = Counter(word.key for quote in alignment.quotes for word in quote)
    told = Counter((word.sentence, place) for word, place in alignment.placed)
    for n, (word, place) in enumerate(alignment.placed):
        free = place == "" or (place is None and word.start in judged)
        short = place in {base(one.lower(), pair.language) for one, _ in pair.aliases}
        if word.pos in _THINGS and (
            free or short or (place and told[word.sentence, place] > there[place])
        ):
            yield n


def _judged_elsewhere(pair: Pair) -> set[int]:
    """Where words say a direction, a negation, a caution, a unit, or next to nothing."""
    language, text = pair.language, pair.text
    units = measured(text, language)
    turned = axes_of(pair.alignment.quotes, language)
    several = sum(len(numbers(quote, language)) for quote in pair.quotes) > 1
    found = set()
    for word in pair.alignment.words:
        axis = axis_of(word, language)
        if (
            of_a_bound(text, word.start, language)
            or any(a <= word.start < b for a, b in units)
            or (axis is not None and (axis in turned or several))
            or (word.pos not in _THINGS and word.keys & listed("granted", language, "light"))
        ):
            found.add(word.start)
    for key in ("negations", "hedges"):
        found |= {m.start() for m in pattern("certainty", language, key).finditer(text)}
    return found


def _cited(pair: Pair) -> list[Document]:
    ids = (item.document for item in pair.segment.evidence)
    return [pair.readings[id].document for id in ids if id in pair.readings]


def _authors(pair: Pair) -> set[str]:
    """Parts of the authors' names, where the text says whose work it tells."""
    if not _WHOSE.search(pair.text):
        return set()
    names = (name for document in _cited(pair) for name in document.authors)
    joining = {"al", "et", "and", "colleagues", "collègues"}
    return joining | {word for name in names for word in words_of(name)}


def _titled(pair: Pair) -> set[str]:
    """Words that a free paraphrase may take from the title, which tells what all is about."""
    if pair.close:
        return set()
    titles = {w for document in _cited(pair) for w in words_of(document.title or "")}
    return {
        word.lower
        for word in pair.alignment.words
        if any(same_family(word.lower, form, pair.language) for form in titles)
    }


def _told_share(alignment: Alignment, unsupported: Sequence[int], language: Language) -> float:
    """How much of what the text says is in its evidence; rare words weigh more."""
    lacking = {alignment.words[n].key for n in unsupported}
    weights = {
        place or word.key: max(0.0, _COMMONEST - _frequency(word.lower, language))
        for word, place in alignment.placed
    }
    missing = sum(weight for key, weight in weights.items() if key in lacking)
    return 1 - missing / sum(weights.values()) if any(weights.values()) else 1.0


# -- words that need support --------------------------------------------------------------------


def _needs_support(pair: Pair, n: int) -> bool:
    """A name, a symbol or a rare word, or any word put into the evidence's own wording."""
    alignment, close = pair.alignment, pair.close
    word = alignment.words[n]
    often = _frequency(word.lower, pair.language)
    if word.named or often < RARE or (close and word.pos in _THINGS):
        return True
    free = not close and (often >= COMMON or word.pos not in _THINGS)
    return not free and _in_place(alignment, n, close=close)


@lru_cache(maxsize=65536)
def _frequency(word: str, language: Language) -> float:
    return zipf_frequency(word, language)


def _sequences(alignment: Alignment) -> list[list[str]]:
    """The keys of each quote, and of all in a row: a name left out divides a sentence."""
    quotes = [[word.key for word in quote] for quote in alignment.quotes]
    plain = [[word.key for word in quote] for quote in alignment.bare_quotes]
    row = [[key for quote in quotes for key in quote]] if len(quotes) > 1 else []
    return [*quotes, *(quote for quote in plain if quote not in quotes), *row]


def _in_place(alignment: Alignment, n: int, *, close: bool) -> bool:
    """Whether a word stands in the evidence's own wording, in another's place or put in.

    Its neighbours on both sides must be close together there, and with them more of the next ones;
    at the edge of a sentence those on one side, at the edge of a quote. In a close wording a verb
    or an adverb may be put in; in a free one both next ones must be there.
    """
    before = _beside(alignment, range(n - 1, -1, -1), n)
    after = _beside(alignment, range(n + 1, len(alignment.words)), n)
    closer, wanted = (2, 1) if close else (1, 2)
    return any(_framed(before, after, keys, closer, wanted) for keys in _sequences(alignment))


def _beside(alignment: Alignment, places: Iterable[int], n: int) -> list[str]:
    """What the three words next to a word stand for, away from it along ``places``.

    Words without support next to it are passed over; those beyond the next one, or beyond the
    sentence, are none.
    """
    sentence = alignment.words[n].sentence
    stand = [alignment.stands_for[m] for m in places if alignment.words[m].sentence == sentence]
    run = takewhile(lambda one: one is not None, dropwhile(lambda one: one is None, stand))
    return [one for one in run if one][:3]


def _framed(
    before: Sequence[str], after: Sequence[str], keys: Sequence[str], closer: int, wanted: int
) -> bool:
    if not before:
        return _at_edge(after, keys)
    if not after:
        return _at_edge(before, keys[::-1])
    wanted = min(wanted, len(before[1:2]) + len(after[1:2]))
    for one in _places(before[:1], keys):
        for two in _places(after[:1], keys):
            outer = [word for word in before[1:2] if word in keys[max(0, one - _GAP) : one]]
            outer += [word for word in after[1:2] if word in keys[two + 1 :][:_GAP]]
            if closer <= two - one <= _GAP and len(outer) >= wanted:
                return True
    return False


def _at_edge(beside: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether words follow each other closely, from near the beginning or three of them."""
    for one in _places(beside[:1], keys):
        two = _soon(beside[1:2], keys, one)
        if two and (one <= _SOON or _soon(beside[2:3], keys, two)):
            return True
    return False


def _soon(wanted: Sequence[str], keys: Sequence[str], place: int) -> int | None:
    """Where a word next stands closely behind a place."""
    return next((n for n in _places(wanted, keys) if place < n <= place + _SOON), None)


def _places(wanted: Sequence[str], keys: Sequence[str]) -> list[int]:
    return [place for place, key in enumerate(keys) if key in wanted]
