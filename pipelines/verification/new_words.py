"""Words and their order: what a segment says comes from its evidence, and nothing is turned round.

In: a claim. Out: words without support. A sentence that keeps its evidence's wording has no
reason for a new word: one in the place of another is a fault. A free paraphrase has many, so
there names, symbols and rare words are held to the evidence, and at least ``FLOOR`` of the words
must be supported. Numbers, negation, caution, strength, scope and direction have rules of their
own. Thresholds were chosen by ``benchmarks/paraphrases.py`` and the suite ``faults``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from wordfreq import zipf_frequency

from corpus.document import Document, Language
from models.components.numerals import quantities
from models.parsing import parse
from pipelines.language.reasons import Reason, reason
from pipelines.rewrite.changes import apply, overlap
from pipelines.rewrite.nouns import unpack_nouns
from pipelines.rewrite.steps import Context
from pipelines.rewrite.voice import passive_to_active
from pipelines.verification.pair import Claim
from pipelines.verification.support import (
    Reading,
    Word,
    of_a_bound,
    of_one_family,
    plain_words,
    read,
)

#: Share of the words that must be supported one by one.
FLOOR = 0.5
#: Below this frequency (Zipf scale: 3 is once in a million words) a word says something special.
RARE = 3.0
#: From this frequency on, a word may stand in another's place in a free paraphrase.
COMMON = 4.2
#: The frequency of words that say nothing by themselves.
_COMMONEST = 7.0
#: Words of the evidence that may stand between two neighbours of a word put in another's place.
_GAP = 3
#: Says whose work is told: "Roy et al.", « Roy et ses collègues ».
_WHOSE = re.compile(r"\bet al\b|\band (?:\w+ )?(?:colleagues|co-?workers)\b|\bcollègues\b")
#: Stands for the beginning and the end of a sentence or a quote.
_EDGE = "|"
#: Parts of speech that name something or say what it is like.
_THINGS = ("NOUN", "PROPN", "ADJ", "NUM", "X", "")


def supported_words(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """Every content word has support, or is a general word of a free paraphrase; in its order."""
    if not claim.same_language or not claim.quotes:
        return
    reading = claim.reading
    names = _authors(claim, documents)
    unsupported = [
        n
        for n, place in enumerate(reading.stands_for)
        if place is None and reading.words[n].lower not in names
    ]
    titled = _titled(claim, documents)
    for n in _wrong(claim, [n for n in unsupported if reading.words[n].lower not in titled]):
        yield reason("word_unsupported", word=reading.words[n].lower)
    if _told_share(reading, unsupported, claim.language) < FLOOR:
        yield reason("mostly_unsupported")
    elif not unsupported and (moved := _turned_round(claim, reading)):
        yield reason("order_turned", word=moved)


def _wrong(claim: Claim, unsupported: Sequence[int]) -> Iterator[int]:
    """Words that need support and have none; in the evidence's wording, also those misplaced."""
    for n, place in enumerate(claim.reading.stands_for):
        if of_a_bound(claim.text, claim.reading.words[n].start, claim.language):
            continue
        if place is None:
            if n in unsupported and _needs_support(claim, n):
                yield n
        elif claim.close and _displaces(claim.reading, n):
            yield n


def _cited(claim: Claim, documents: Mapping[str, Document]) -> list[Document]:
    return [documents[e.document] for e in claim.segment.evidence if e.document in documents]


def _authors(claim: Claim, documents: Mapping[str, Document]) -> set[str]:
    """Parts of the authors' names, where the text says whose work it tells."""
    if not _WHOSE.search(claim.text):
        return set()
    names = (name for document in _cited(claim, documents) for name in document.authors)
    joining = {"al", "et", "and", "colleagues", "collègues"}
    return joining | {word for name in names for word in plain_words(name)}


def _titled(claim: Claim, documents: Mapping[str, Document]) -> set[str]:
    """Words that a free paraphrase may take from the title, which tells what all is about."""
    if claim.close:
        return set()
    titles = {w for document in _cited(claim, documents) for w in plain_words(document.title or "")}
    return {
        word.lower
        for word in claim.reading.words
        if any(of_one_family(word.lower, form, claim.language) for form in titles)
    }


def _told_share(reading: Reading, unsupported: Sequence[int], language: Language) -> float:
    """How much of what the text says is in its evidence; rare words weigh more."""
    lacking = {reading.words[n].key for n in unsupported}
    weights = {
        place or word.key: max(0.0, _COMMONEST - _frequency(word.lower, language))
        for word, place in zip(reading.words, reading.stands_for, strict=True)
    }
    missing = sum(weight for key, weight in weights.items() if key in lacking)
    return 1 - missing / sum(weights.values()) if any(weights.values()) else 1.0


# -- words that need support --------------------------------------------------------------------


def _needs_support(claim: Claim, n: int) -> bool:
    """A name, a symbol or a rare word, or any word put into the evidence's own wording."""
    reading, close = claim.reading, claim.close
    word = reading.words[n]
    often = _frequency(word.lower, claim.language)
    if word.named or often < RARE or (close and word.pos in _THINGS):
        return True
    free = not close and (often >= COMMON or word.pos not in _THINGS)
    return not free and _in_place(reading, n, 1 if close else 2)


@lru_cache(maxsize=65536)
def _frequency(word: str, language: Language) -> float:
    return zipf_frequency(word, language)


def _displaces(reading: Reading, n: int) -> bool:
    """Whether a word that is known from elsewhere stands where the evidence has an untold one.

    Beside its neighbours in the text the evidence must have another word, which the text tells
    less often, and nowhere this one.
    """
    own, (before, after) = reading.stands_for[n], _neighbours(reading, n)
    said = Counter(place for place in reading.stands_for if place)
    there = Counter(word.key for quote in reading.quotes for word in quote)
    if own and own in (before, after) and said[own] <= there[own]:
        return False
    meant = {place for key in reading.words[n].keys for place in reading.through.get(key, ())}
    displaced = False
    for quote in _sequences(reading):
        framed = [_EDGE, *quote, _EDGE]
        if own and {(before, own), (own, after)} & set(pairwise(framed)):
            return False
        for one in _places((before,), framed):
            between = framed[one + 1 : one + 3]
            if after in between[1:] and said[between[0]] < there[between[0]]:
                displaced = displaced or between[0] not in meant
    return displaced


def _neighbours(reading: Reading, n: int) -> tuple[str, str]:
    """What the words beside a word stand for: an edge of the sentence; empty where unknown."""
    found = []
    for m in (n - 1, n + 1):
        inside = 0 <= m < len(reading.words)
        if not inside or reading.words[m].sentence != reading.words[n].sentence:
            found.append(_EDGE)
        else:
            found.append(reading.stands_for[m] or "")
    return found[0], found[1]


def _sequences(reading: Reading) -> list[list[str]]:
    """The keys of each quote, and of all in a row: a name left out divides a sentence."""
    quotes = [[word.key for word in quote] for quote in reading.quotes]
    plain = [[word.key for word in quote] for quote in reading.bare_quotes]
    row = [[key for quote in quotes for key in quote]] if len(quotes) > 1 else []
    return [*quotes, *(quote for quote in plain if quote not in quotes), *row]


def _in_place(reading: Reading, n: int, outer: int) -> bool:
    """Whether a word stands in the evidence's own wording, in another's place or put in.

    Its neighbours on both sides must be close together there, and with them ``outer`` more of
    the next ones; at the edge of a sentence those on one side, at the edge of a quote.
    """
    first, last = _run(reading, n)
    before = _supported(reading, range(first - 1, -1, -1), n)[:3]
    after = _supported(reading, range(last + 1, len(reading.words)), n)[:3]
    gap = 1 if reading.words[n].pos in _THINGS else 2  # a verb or an adverb may be put in
    return any(_framed(before, after, keys, gap, outer) for keys in _sequences(reading))


def _framed(
    before: Sequence[str], after: Sequence[str], keys: Sequence[str], closer: int, wanted: int
) -> bool:
    if before and after:
        wanted = min(wanted, (len(before) > 1) + (len(after) > 1))
        for one in _places(before[:1], keys):
            for two in _places(after[:1], keys):
                outer = (
                    any(0 < one - place <= _GAP for place in _places(before[1:2], keys)),
                    any(0 < place - two <= _GAP for place in _places(after[1:2], keys)),
                )
                if closer <= two - one <= _GAP and sum(outer) >= wanted:
                    return True
        return False
    if after:
        return _at_edge(after, keys)
    return _at_edge(before, keys[::-1])


def _at_edge(beside: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether words follow each other closely, from near the beginning or three of them."""
    for one in _places(beside[:1], keys):
        near = [two for two in _places(beside[1:2], keys) if 0 < two - one <= 2]
        if near and one <= 2:
            return True
        if near and any(0 < three - near[0] <= 2 for three in _places(beside[2:3], keys)):
            return True
    return False


def _run(reading: Reading, n: int) -> tuple[int, int]:
    """The unsupported words in a row that a word is one of."""
    first = last = n
    while first and reading.stands_for[first - 1] is None:
        first -= 1
    while last + 1 < len(reading.words) and reading.stands_for[last + 1] is None:
        last += 1
    return first, last


def _supported(reading: Reading, places: range, n: int) -> list[str]:
    """What the words at ``places`` stand for, up to the end of the sentence or a word for none."""
    found: list[str] = []
    for place in places:
        stands = reading.stands_for[place]
        if reading.words[place].sentence != reading.words[n].sentence or stands is None:
            break
        if stands:
            found.append(stands)
    return found


def _places(wanted: Sequence[str], keys: Sequence[str]) -> list[int]:
    return [place for place, key in enumerate(keys) if wanted and key == wanted[0]]


# -- order --------------------------------------------------------------------------------------


def _turned_round(claim: Claim, reading: Reading) -> str | None:
    """A word or number that changed its place; None where the order is the evidence's.

    A sentence may move one piece of its evidence ("In 14 cities, …" to the end); what takes more
    than one cut says who did what to whom in another way. Each sentence of the segment is
    compared by itself: a step may have made several of one. The evidence's own order counts, and
    those that its passives have in the active and its strings of nouns with "of".
    """
    if not claim.close:
        return None
    moved = _against(claim, reading, claim.quotes)
    if moved is None:
        return None
    for quotes in _reordered(claim.quotes, claim.language):
        if not _against(claim, read(claim.text, quotes, claim.language, claim.aliases), quotes):
            return None
    return moved


@lru_cache(maxsize=1024)
def _reordered(quotes: tuple[str, ...], language: Language) -> tuple[tuple[str, ...], ...]:
    """The quotes after steps that change the order of words: all their changes, and each alone."""
    context = Context(language, "paper")
    found = []
    for n, quote in enumerate(quotes):
        parsed = parse(quote, language)
        changes = [*passive_to_active(parsed, context), *unpack_nouns(parsed, context)]
        apart = [
            one for m, one in enumerate(changes) if not any(overlap(one, o) for o in changes[:m])
        ]
        for chosen in (apart, *([one] for one in changes if len(changes) > 1)):
            if chosen:
                found.append((*quotes[:n], apply(quote, chosen), *quotes[n + 1 :]))
    return tuple(found)


def _against(claim: Claim, reading: Reading, quotes: Sequence[str]) -> str | None:
    """The first word of the segment that stands out of the order of these quotes."""
    there = [
        _sequence(quote, found, claim.language)
        for quote, found in zip(quotes, reading.quotes, strict=True)
    ]
    for said in _sentences(claim, reading):
        if moved := _moved(said, there):
            return moved
    return None


def _moved(said: list[str], quotes: list[list[str]]) -> str | None:
    often = Counter(said)
    for n, quote in enumerate(quotes):
        elsewhere = {word for m, other in enumerate(quotes) if m != n for word in other}
        there = Counter(quote)
        path = [w for w in said if 0 < often[w] <= there[w] and w not in elsewhere]
        cuts = [place for place, word in enumerate(quote) if word == path[0]] if path else []
        if path and all(_first_out_of_order(path, quote[cut:] + quote[:cut]) for cut in cuts):
            return _first_out_of_order(path, quote)
    return None


def _first_out_of_order(path: list[str], quote: list[str]) -> str | None:
    """The first of ``path`` that doesn't follow the one before it in ``quote``."""
    rest = iter(quote)
    return next((word for word in path if word not in rest), None)


def _sequence(text: str, there: Sequence[Word], language: Language) -> list[str]:
    """Keys of the content words, and the numbers, in order."""
    found = [(item.start, item.value) for item in quantities(text, language)]
    found += [(word.start, word.key) for word in there]
    return [key for _, key in sorted(found)]


def _sentences(claim: Claim, reading: Reading) -> list[list[str]]:
    """Of each sentence of the segment, what its words stand for and its numbers, in order."""
    starts = [sentence.start_char for sentence in parse(claim.text, claim.language).sents]
    found = [
        (item.start, sum(start <= item.start for start in starts), item.value)
        for item in quantities(claim.text, claim.language)
    ]
    found += [
        (word.start, word.sentence, place)
        for word, place in zip(reading.words, reading.stands_for, strict=True)
        if place
    ]
    return [
        [key for _, sentence, key in sorted(found) if sentence == number]
        for number in range(1, len(starts) + 1)
    ]
