"""Which words of a text its evidence supports, by stem, by family and through the lexicon.

In: a text and its quotes. Out: the content words of each as ``Word``s, in order, and for every
word of the text the stem of the evidence that it stands for, or None. A word is supported by the
same stem or lemma, by a word of the same family ("bacterial", "bacteria"), or by an entry of the
lexicon of rewriting whose hard words are all in the evidence. What an unsupported word means is
left to the rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from corpus.document import Language
from models.components.numerals import is_number_word
from models.parsing import parse
from pipelines.language.lexicon import entries, listed, pairs
from pipelines.rewrite import wordlists

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
#: Measures in words, judged by ``numbers``; "didn’t", judged by ``negation``.
_JUDGED_ELSEWHERE = re.compile(
    r"(?<=\d) (?:per ?cent|percentage points?|pour ?cent|points? de pourcentage|p\. ?100)\b|"
    r"\b\w+n[’']t\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
#: Endings by which words of one family differ; none of them turns a meaning round.
_ENDINGS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        ("", "s", "es", "e", "ed", "d", "er", "ers", "or", "ors", "ing", "ings", "ion", "ions",
         "ation", "ations", "ational", "al", "ial", "ic", "ical", "ity", "ities", "ive", "ively",
         "y", "ly", "ally", "ar", "ary", "ous", "a", "um", "us", "ium", "ia", "ment", "ments",
         "ance", "ence", "ant", "ent", "ate", "ated", "ates", "ating", "able", "ible", "ize",
         "ized", "izes", "izing", "ation's", "ness", "th", "ten", "ties", "ty", "ies", "ied")
    ),
    "fr": frozenset(
        ("", "s", "e", "es", "é", "ée", "és", "ées", "er", "ent", "ant", "ante", "ants", "ait",
         "aient", "ion", "ions", "ation", "ations", "ement", "ements", "ité", "ités", "ique",
         "iques", "al", "ale", "ales", "aux", "el", "elle", "els", "elles", "if", "ive", "ifs",
         "ives", "eur", "eurs", "rice", "rices", "eux", "euse", "euses", "ment", "ir", "it",
         "issent", "re", "t", "ts", "u", "ue", "us", "ues", "ance", "ence", "aire", "aires")
    ),
}  # fmt: skip
#: Words of one family share this many first letters, at the least.
_SHARED = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a text in its place."""

    lower: str
    key: str
    """Its stem, or that of a word of the evidence with the same lemma: to compare orders by."""
    keys: frozenset[str]
    """Its stem and that of its lemma."""
    pos: str
    """UPOS; empty where the parse has no token there."""
    start: int
    sentence: int
    named: bool
    """Whether it is written as a name, an abbreviation or a formula."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text beside its evidence, as words."""

    words: tuple[Word, ...]
    quotes: tuple[tuple[Word, ...], ...]
    bare_quotes: tuple[tuple[Word, ...], ...]
    """Without what stands in brackets."""
    stands_for: tuple[str | None, ...]
    """For each word, the ``key`` of the evidence that supports it; None where none does.
    Empty where the lexicon alone does."""
    through: Mapping[str, Sequence[str]]
    """By stem, the keys of the evidence that the lexicon allows it to stand for."""

    @property
    def share(self) -> float:
        """How much of the text its evidence supports word by word, 0 to 1.

        Words that steps bring in count for nothing; 1 where there are no others.
        """
        told = [place for place in self.stands_for if place != ""]
        return 1 - told.count(None) / len(told) if told else 1.0


def bare(text: str) -> str:
    """A text without what stands in brackets."""
    previous = ""
    while previous != text:
        previous, text = text, _BRACKET.sub("", text)
    return text


# -- words ---------------------------------------------------------------------------------------


def grammar(language: Language) -> frozenset[str]:
    """Words that only hold a sentence together."""
    return listed("rewriting_words", language, "grammar")


@lru_cache(maxsize=65536)
def stem(word: str, language: Language) -> str:
    """A word's stem (Snowball), so that "measured" supports "measures"; spelling in one manner."""
    plain = word.lower().replace("’", "'")
    if language == "en":
        plain = re.sub(r"(?<=[a-z])is(?=(?:e[sdr]?|ing|ations?)$)", "iz", plain)
        plain = plain.replace("our", "or").replace("ll", "l").replace("centre", "center")
    return str(_stemmer(language).stem(plain))


@cache
def _stemmer(language: Language):  # type: ignore[no-untyped-def]
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("french" if language == "fr" else "english")


def parts(word: str) -> list[str]:
    """A compound or an elision in its parts: "heat-related", « l’eau »."""
    return [part for part in re.split(r"[’'-]", word) if part]


def plain_words(text: str) -> list[str]:
    """Lower-case words, compounds and elisions in their parts."""
    return [part for word in _WORD.findall(text.lower()) for part in parts(word)]


@lru_cache(maxsize=4096)
def words(text: str, language: Language) -> tuple[Word, ...]:
    """The content words of a text, in order."""
    skipped = [match.span() for match in _JUDGED_ELSEWHERE.finditer(text)]
    tokens = {token.idx + n: token for token in parse(text, language) for n in range(len(token))}
    sentences = [sentence.start_char for sentence in parse(text, language).sents]
    found = []
    for match in _WORD.finditer(text):
        if any(start <= match.start() < end for start, end in skipped):
            continue
        for part in re.finditer(r"[^’'-]+", match.group()):
            lower, start = part.group().lower(), match.start() + part.start()
            if lower in grammar(language) or is_number_word(lower, language):
                continue
            token = tokens.get(start)
            lemma = token.lemma_ if token is not None and token.text.lower() == lower else lower
            found.append(
                Word(
                    lower,
                    stem(lower, language),
                    frozenset((stem(lower, language), stem(lemma, language))),
                    token.pos_ if token is not None else "",
                    start,
                    sum(begin <= start for begin in sentences),
                    _named(part.group(), start in sentences),
                )
            )
    return tuple(found)


def _named(written: str, first: bool) -> bool:
    """Whether a word is written as a name ("Rivebelle") or a symbol ("DNA", "mRNA")."""
    inner = written[1:].lower() != written[1:]
    return inner or (written[:1].isupper() and not first)


# -- support -------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def read(
    text: str,
    quotes: tuple[str, ...],
    language: Language,
    aliases: tuple[tuple[str, str], ...] = (),
) -> Reading:
    """A text beside its evidence; ``aliases`` are the document's abbreviations, short and long."""
    there = [words(quote, language) for quote in quotes]
    plain = [words(bare(quote), language) for quote in quotes]
    quoted = " | ".join(quotes)
    known: dict[str, str] = {}
    for word in (word for quote in there for word in quote):
        for key in word.keys:
            known.setdefault(key, word.key)
    through = _through_lexicon(quoted, known, language, aliases)
    quoted_words = tuple(_in_one_key(quote, known) for quote in there)
    own = words(text, language)
    return Reading(
        own,
        quoted_words,
        tuple(_in_one_key(quote, known) for quote in plain),
        _places(own, quoted_words, known, through, language),
        through,
    )


def _in_one_key(quote: Iterable[Word], known: dict[str, str]) -> tuple[Word, ...]:
    """A quote whose forms of one word ("fell", "fall") have one key."""
    return tuple(replace(word, key=known.get(word.key, word.key)) for word in quote)


def _places(
    own: Sequence[Word],
    quotes: Sequence[Sequence[Word]],
    known: dict[str, str],
    through: Mapping[str, Sequence[str]],
    language: Language,
) -> tuple[str | None, ...]:
    """What each word of a text stands for.

    Through the lexicon a word stands for one of the evidence instead of it, not beside it: a
    sentence can't use a word of the evidence more often than that.
    """
    there = Counter(word.key for quote in quotes for word in quote)
    forms = sorted({word.lower for quote in quotes for word in quote})
    direct = [
        next((known[key] for key in (word.key, *sorted(word.keys)) if key in known), None)
        for word in own
    ]
    used = Counter((word.sentence, place) for word, place in zip(own, direct, strict=True))
    found: list[str | None] = []
    for word, place in zip(own, direct, strict=True):
        if place is None:
            free = (
                one
                for key in sorted(word.keys)
                for one in through.get(key, ())
                if not one or used[word.sentence, one] < there[one]
            )
            place = next(free, None)
            used[word.sentence, place] += 1
        if place is None:
            place = _by_family(word, forms, known, language)
        found.append(place)
    return tuple(found)


def _by_family(
    word: Word, forms: Sequence[str], known: Mapping[str, str], language: Language
) -> str | None:
    """What a word without a direct support stands for: nothing, or a word of its family."""
    if word.lower in brought_in(language):
        return ""
    if word.lower in polar(language):
        return None
    for form in forms:
        if of_one_family(word.lower, form, language):
            return known.get(stem(form, language), "")
    return None


@lru_cache(maxsize=65536)
def of_one_family(one: str, two: str, language: Language) -> bool:
    """Whether two words differ in nothing but an ending: "dendrite", "dendritic"."""
    if one[:_SHARED] != two[:_SHARED]:
        return False
    length = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    length = min(len(one), len(two)) if length is None else length
    for shared in range(length, _SHARED - 1, -1):
        if {one[shared:], two[shared:]} <= _ENDINGS[language]:
            return True
    return False


@cache
def polar(language: Language) -> frozenset[str]:
    """Words of direction, order and amount, which only the same words or the lexicon support."""
    axes = entries("direction", language)["axes"]
    return frozenset(word for signs in axes.values() for side in signs.values() for word in side)


def of_a_bound(text: str, start: int, language: Language) -> bool:
    """Whether a word only says a bound ("65 or more"), which hedges and numbers judge."""
    signs = entries("direction", language)["signs"]
    cues = "|".join([*signs["floor"], *signs["ceiling"]])
    return any(m.start() <= start < m.end() for m in re.finditer(cues, text, re.IGNORECASE))


def _through_lexicon(
    text: str, known: dict[str, str], language: Language, aliases: Iterable[tuple[str, str]]
) -> dict[str, list[str]]:
    """Stems that entries of the lexicon allow, with the keys of the evidence they may stand for."""
    found: dict[str, list[str]] = {}
    every = {stem(word, language) for word in plain_words(text)} | set(known)

    def allow(said: Sequence[str], hard: Sequence[str]) -> None:
        places = [known[one] for one in hard if one in known]
        for one in said:  # one hard word may be several plain ones: "annually", "each year"
            found.setdefault(one, []).extend([*places, ""] if len(said) > len(places) else places)

    for hard, plain in _entries_for(frozenset(every), language):
        allow(plain, hard)
    for one, two in (pair for alias in aliases for pair in (alias, alias[::-1])):
        if re.search(rf"(?<!\w){re.escape(one)}s?(?!\w)", text):
            allow(
                [stem(word, language) for word in plain_words(two)],
                [stem(word, language) for word in plain_words(one)],
            )
    for sign, said in _symbols(language):
        if match := sign.search(text):
            allow(said, [stem(word, language) for word in plain_words(match.group())])
    return found


def _entries_for(
    stems: frozenset[str], language: Language
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The lexicon's entries whose hard words are all among some stems, in the lists' order."""
    by_first = _entries(language)
    found = [entry for one in stems for entry in by_first.get(one, ())]
    for _, hard, plain in sorted(found):
        if all(one in stems for one in hard):
            yield hard, plain


@cache
def brought_in(language: Language) -> frozenset[str]:
    """Words that steps bring in: who speaks, what joins two sentences, words of caution."""
    lists = entries("rewriting_words", language)
    return frozenset((*lists["words"], *lists["cautions"]))


@cache
def _symbols(language: Language) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Signs that may be said in words: "≥" as "or more"."""
    symbols = entries("rewriting_words", language)["symbols"]
    return tuple(
        (re.compile(pattern), tuple(stem(word, language) for word in said))
        for pattern, said in symbols.items()
    )


_Entry = tuple[int, tuple[str, ...], tuple[str, ...]]


@cache
def _entries(language: Language) -> dict[str, list[_Entry]]:
    """Hard stems and the plain stems that they allow, by the first hard stem, numbered."""
    found: dict[str, list[_Entry]] = {}
    for number, (hard, plain) in enumerate(_listed(language)):
        if hard and plain:
            found.setdefault(hard[0], []).append((number, hard, plain))
    return found


def _listed(language: Language) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What every list of rewriting puts for what, as stems."""
    small = grammar(language)

    def stems(text: str) -> tuple[str, ...]:
        return tuple(stem(word, language) for word in plain_words(text) if word not in small)

    for entry in wordlists.plain_words(language):
        whole = tuple(stem(word, language) for word in plain_words(entry.hard))
        yield stems(entry.hard) or whole, stems(entry.plain)
    for hidden in wordlists.hidden_verbs(language):
        yield (stem(hidden.noun, language),), stems(hidden.verb)
    for group in entries("direction", language)["alike"]:
        for one in group:
            yield stems(one), tuple(k for two in group if two != one for k in stems(two))
    for own, named in entries("rewriting_words", language)["persons"].items():
        yield stems(own), stems(named)
    if language == "fr":  # "nous mesurons" may have become "les chercheurs mesurent"
        yield from ((stems(nous), stems(ils)) for nous, ils in pairs("person", "fr").items())
