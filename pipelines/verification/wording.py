"""Words and their order: what a segment says comes from its evidence, and nothing is turned round.

In: a claim. Out: words without support. A sentence that keeps its evidence's wording has no
reason for a new word: one in the place of another is a fault. A free paraphrase has many, so
there names, symbols and rare words are held to the evidence, and at least ``FLOOR`` of the words
must be supported. Numbers, negation, caution, strength, scope and direction have rules of their
own. Thresholds were chosen by ``benchmarks/paraphrases.py`` and the suite ``faults``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from wordfreq import zipf_frequency

from corpus.document import Document, Language
from models.components.numerals import quantities
from models.language import parse
from pipelines.verification.caution import CLOSE
from pipelines.verification.claim import Claim
from pipelines.verification.support import Reading, Word, plain_words, read, words

#: Share of the words that must be supported one by one.
FLOOR = 0.4
#: Below this frequency (Zipf scale: 3 is once in a million words) a word says something special.
RARE = 3.0
#: Words of the evidence that may stand between two neighbours of a word put in another's place.
_GAP = 3


def supported_words(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every content word has support, or is a general word of a free paraphrase; in its order."""
    if not claim.same_language or not claim.quotes:
        return
    reading = read(claim.text, claim.quotes, claim.language)
    authors = _authors(claim, documents)
    unsupported = [
        n
        for n, place in enumerate(reading.stands_for)
        if place is None and reading.words[n].lower not in authors
    ]
    wrong = [n for n in unsupported if _special(reading, n, claim) or _in_place(reading, n)]
    for n in wrong:
        yield f"says “{reading.words[n].lower}”, which neither its evidence nor the lexicon has"
    if len(reading.words) - len(unsupported) < FLOOR * len(reading.words):
        yield "says mostly what its evidence doesn’t; cite the sentences that it tells"
    elif not unsupported and (moved := _turned_round(claim, reading)):
        yield f"turns its evidence round at “{moved}”; keep who does what in the source’s order"


def _authors(claim: Claim, documents: Mapping[str, Document]) -> set[str]:
    """Parts of the authors' names: a paraphrase may say whose work it tells."""
    cited = [documents[e.document] for e in claim.segment.evidence if e.document in documents]
    names = {word for document in cited for name in document.authors for word in plain_words(name)}
    return {*names, "al", "et"} if names else set()


# -- words that need support --------------------------------------------------------------------


def _special(reading: Reading, n: int, claim: Claim) -> bool:
    """A name, a symbol or a rare word: what only the evidence can vouch for."""
    word = reading.words[n]
    return word.named or _rare(word.lower, claim.language)


@lru_cache(maxsize=65536)
def _rare(word: str, language: Language) -> bool:
    return zipf_frequency(word, language) < RARE


def _in_place(reading: Reading, n: int) -> bool:
    """Whether a word stands in the evidence's own wording, in another's place or put in."""
    first, last = _run(reading, n)
    before = _supported(reading, range(first - 1, -1, -1), n)
    after = _supported(reading, range(last + 1, len(reading.words)), n)
    for quote in reading.quotes:
        keys = [word.key for word in quote]
        left, right = _places(before[:1], keys), _places(after[:1], keys)
        if any(0 < two - one <= _GAP for one in left for two in right):
            return True
        if not after and _follow(before[1::-1], keys):
            return True
        if not before and _follow(after[:2], keys):
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


def _follow(pair: Sequence[str], keys: Sequence[str]) -> bool:
    """Whether two words follow each other closely in the evidence."""
    if len(pair) < 2:
        return False
    return any(
        0 < two - one <= 2 for one in _places(pair[:1], keys) for two in _places(pair[1:], keys)
    )


# -- order --------------------------------------------------------------------------------------


def _turned_round(claim: Claim, reading: Reading) -> str | None:
    """A word or number that changed its place; None where the order is the evidence's.

    A sentence may move one piece of its evidence ("In 14 cities, …" to the end); what takes more
    than one cut says who did what to whom in another way. Each sentence of the segment is
    compared by itself: a step may have made several of one.
    """
    if reading.share < CLOSE:
        return None
    quotes = [_sequence(quote, claim.language) for quote in claim.quotes]
    for said in _sentences(claim, reading):
        if moved := _moved(said, quotes):
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


def _sequence(text: str, language: Language) -> list[str]:
    """Keys of the content words, and the numbers, in order."""
    found = [(item.start, item.value) for item in quantities(text, language)]
    found += [(word.start, word.key) for word in words(text, language)]
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
