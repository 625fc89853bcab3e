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
from itertools import permutations

from corpus.document import Language
from corpus.text import WORD, outside_brackets
from models.components.numerals import is_number_word
from models.parsing import parse, parse_all
from pipelines.language.lexicon import entries, listed, rows
from pipelines.language.words import base, same_family, words_of

#: Measures in words, judged by ``numbers``; "didn’t", judged by ``negation``.
_JUDGED_ELSEWHERE = re.compile(
    r"(?<=\d) (?:per ?cent|percentage points?|pour ?cent|points? de pourcentage|p\. ?100)\b|"
    r"\b\w+n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a text in its place."""

    lower: str
    key: str
    """Its dictionary form, or that of a word of the evidence with the same lemma: what orders are
    compared by."""
    keys: frozenset[str]
    """The dictionary forms of its form and of its lemma in the text."""
    pos: str
    """UPOS; empty where the parse has no token there."""
    start: int
    sentence: int
    named: bool
    """Whether it is written as a name, an abbreviation or a formula."""


def _in_order(some: Sequence[str | None], every: Sequence[str]) -> bool:
    """Whether all items of the first stand in the second, one after the other."""
    left: Iterator[str | None] = iter(every)
    return all(one in left for one in some)


@dataclass(frozen=True, slots=True)
class Alignment:
    """A text beside its evidence, as words."""

    words: tuple[Word, ...]
    quotes: tuple[tuple[Word, ...], ...]
    bare_quotes: tuple[tuple[Word, ...], ...]
    """Without what stands in brackets."""
    stands_for: tuple[str | None, ...]
    """For each word, the ``key`` of the evidence that supports it; None where none does.
    Empty where the lexicon alone does."""
    through: Mapping[str, Sequence[str]]
    """By dictionary form, the keys of the evidence that the lexicon allows it to stand for."""

    @property
    def placed(self) -> list[tuple[Word, str | None]]:
        """Each word of the text with what it stands for."""
        return list(zip(self.words, self.stands_for, strict=True))

    @property
    def share(self) -> float:
        """How much of the text its evidence supports word by word, 0 to 1.

        Words that steps bring in count for nothing; 1 where there are no others.
        """
        told = [place for place in self.stands_for if place != ""]
        return 1 - told.count(None) / len(told) if told else 1.0

    def in_order(self, *, divided: bool = False) -> bool:
        """Whether every word of the text stands for one of a quote, in its order.

        ``divided``: the quotes are what is left of one sentence, and count as one.
        """
        said = [place for place in self.stands_for if place != ""]
        whole = [tuple(word for words in self.quotes for word in words)] if divided else []
        return None not in said and any(
            _in_order(said, [word.key for word in words])
            for words in (*self.quotes, *self.bare_quotes, *whole)
        )


def bare(text: str) -> str:
    """A text without what stands in brackets, one inside another too."""
    return outside_brackets(text)


# -- words ---------------------------------------------------------------------------------------


def grammar(language: Language) -> frozenset[str]:
    """Words that only hold a sentence together."""
    return listed("granted", language, "grammar")


@lru_cache(maxsize=4096)
def words(text: str, language: Language) -> tuple[Word, ...]:
    """The content words of a text, in order."""
    tokens = {token.idx + n: token for token in parse(text, language) for n in range(len(token))}
    sentences = [sentence.start_char for sentence in parse(text, language).sents]
    found = []
    for written, start in _content(text, language):
        lower, token = written.lower(), tokens.get(start)
        lemma = token.lemma_ if token is not None and token.text.lower() == lower else lower
        found.append(
            Word(
                lower,
                base(lower, language),
                frozenset((base(lower, language), base(lemma, language))),
                token.pos_ if token is not None else "",
                start,
                sum(begin <= start for begin in sentences),
                _named(written, start in sentences),
            )
        )
    return tuple(found)


def has_words(text: str, language: Language) -> bool:
    """Whether a text has any content word: what needs no parse."""
    return any(True for _ in _content(text, language))


def _content(text: str, language: Language) -> Iterator[tuple[str, int]]:
    """The content words of a text as they are written, and where each begins."""
    skipped = [match.span() for match in _JUDGED_ELSEWHERE.finditer(text)]
    for match in WORD.finditer(text):
        if any(start <= match.start() < end for start, end in skipped):
            continue
        for part in re.finditer(r"[^’'-]+", match.group()):
            lower = part.group().lower()
            if lower not in grammar(language) and not is_number_word(lower, language):
                yield part.group(), match.start() + part.start()


def _named(written: str, first: bool) -> bool:
    """Whether a word is written as a name ("Rivebelle") or a symbol ("DNA", "mRNA")."""
    inner = written[1:].lower() != written[1:]
    return inner or (written[:1].isupper() and not first)


# -- support -------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def aligned(
    text: str,
    quotes: tuple[str, ...],
    language: Language,
    aliases: tuple[tuple[str, str], ...] = (),
) -> Alignment:
    """A text beside its evidence; ``aliases`` are the document's abbreviations, short and long."""
    parse_all([text, *quotes, *map(bare, quotes)], language)  # together: a third of the cost
    there = [words(quote, language) for quote in quotes]
    plain = [words(bare(quote), language) for quote in quotes]
    quoted = " | ".join(quotes)
    known: dict[str, str] = {}
    for word in (word for quote in there for word in quote):
        for key in word.keys:
            known.setdefault(key, word.key)
    whole = [pair for pair in aliases if any(form.lower() in text.lower() for form in pair)]
    through = _through_lexicon(quoted, known, language, whole)
    quoted_words = tuple(_in_one_key(quote, known) for quote in there)
    own = words(text, language)
    return Alignment(
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

    Through the lexicon, or as one of its family, a word stands for one of the evidence instead of
    it, not beside it: a sentence can't use a word of the evidence more often than that. Nor does
    the lexicon put things for a verb: "reveals" is "finds", and no "findings".
    """
    there = Counter(word.key for quote in quotes for word in quote)
    verbs = there - Counter(word.key for quote in quotes for word in quote if word.pos != "VERB")
    forms = sorted({word.lower for quote in quotes for word in quote})
    direct = [
        next((known[key] for key in (word.key, *sorted(word.keys)) if key in known), None)
        for word in own
    ]
    used = Counter((word.sentence, place) for word, place in zip(own, direct, strict=True))
    found: list[str | None] = []
    for word, place in zip(own, direct, strict=True):
        if place is None:
            things = word.pos == "NOUN" and word.lower.endswith("s")
            free = (
                one
                for key in sorted(word.keys)
                for one in through.get(key, ())
                if not one
                or (used[word.sentence, one] < there[one] and not (things and one in verbs))
            )
            place = next(free, None)
            used[word.sentence, place] += 1
        if place is None:
            place = _by_family(word, forms, known, language)
            if place and used[word.sentence, place] >= there[place]:
                place = None
            used[word.sentence, place] += 1
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
        if same_family(word.lower, form, language):
            return known.get(base(form, language), "")
    return None


@cache
def polar(language: Language) -> frozenset[str]:
    """Words of direction, order and amount, which only the same words or the lexicon support."""
    axes = entries("direction", language)["axes"]
    return frozenset(word for signs in axes.values() for side in signs.values() for word in side)


def of_a_bound(text: str, start: int, language: Language) -> bool:
    """Whether a word only says a bound ("65 or more"), which hedges and numbers judge."""
    return any(first <= start < end for first, end in _bounds(text, language))


@lru_cache(maxsize=1024)
def _bounds(text: str, language: Language) -> list[tuple[int, int]]:
    signs = entries("direction", language)["signs"]
    cues = "|".join([*signs["floor"], *signs["ceiling"]])
    whole = rf"(?<!\w)(?:{cues})(?!\w)"  # "for more" is no "or more"
    return [found.span() for found in re.finditer(whole, text, re.IGNORECASE)]


def _through_lexicon(
    text: str, known: dict[str, str], language: Language, aliases: Iterable[tuple[str, str]]
) -> dict[str, list[str]]:
    """Dictionary forms that equivalents allow, with the keys of the evidence they may stand for."""
    found: dict[str, list[str]] = {}
    every = {base(word, language) for word in words_of(text)} | set(known)
    every |= _figures(text, language)

    def allow(said: Sequence[str], hard: Sequence[str]) -> None:
        places = [known[one] for one in hard if one in known]
        for one in said:  # one hard word may be several plain ones: "annually", "each year"
            found.setdefault(one, []).extend([*places, ""] if len(said) > len(places) else places)

    for hard, plain in _entries_for(frozenset(every), language):
        allow(plain, hard)
    for one, two in (pair for alias in aliases for pair in (alias, alias[::-1])):
        if re.search(rf"(?<!\w){re.escape(one)}s?(?!\w)", text):
            allow(
                [base(word, language) for word in words_of(two)],
                [base(word, language) for word in words_of(one)],
            )
    for sign, said in _symbols(language):
        if match := sign.search(text):
            allow(said, [base(word, language) for word in words_of(match.group())])
    return found


def _entries_for(
    forms: frozenset[str], language: Language
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The equivalents whose source words are all among some forms, in the list's order."""
    by_first = _entries(language)
    found = [entry for one in forms for entry in by_first.get(one, ())]
    for _, hard, plain in sorted(found):
        if all(one in forms for one in hard):
            yield hard, plain


@cache
def brought_in(language: Language) -> frozenset[str]:
    """Words that steps bring in: who speaks, what joins two sentences, words of caution."""
    lists = entries("granted", language)
    return frozenset((*lists["words"], *lists["cautions"]))


@cache
def _symbols(language: Language) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Signs that may be said in words: "≥" as "or more"."""
    symbols = entries("granted", language)["symbols"]
    return tuple(
        (re.compile(pattern), tuple(base(word, language) for word in said))
        for pattern, said in symbols.items()
    )


_Entry = tuple[int, tuple[str, ...], tuple[str, ...]]


@cache
def _entries(language: Language) -> dict[str, list[_Entry]]:
    """Source words and what may be said for them, by the first source word, numbered."""
    found: dict[str, list[_Entry]] = {}
    for number, (hard, plain) in enumerate(_listed(language)):
        if hard and plain:
            found.setdefault(hard[0], []).append((number, hard, plain))
    return found


def _figures(text: str, language: Language) -> set[str]:
    """The numbers of a text, in digits and in words, as they are written."""
    spelled = {word for word in words_of(text) if is_number_word(word, language)}
    return spelled | set(re.findall(r"\d+", text))


def _listed(language: Language) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What may be said for what: the judge's own list, and whom "we" names.

    "12 months" is a year, "8 months" is none: what holds of a number asks for the number. A number
    that only the words said have is never supported ("ten years" for a decade), nor are they.
    """
    small = grammar(language)
    directed = {base(word, language) for word in polar(language)}

    def forms(text: str) -> tuple[str, ...]:
        every = [word for word in words_of(text) if not is_number_word(word, language)]
        content = [word for word in every if word not in small]
        return tuple(base(word, language) for word in content or every)

    for _, (_, *group) in rows("synonyms", language):
        countless = [words_said for words_said in group if not _figures(words_said, language)]
        for one, two in permutations(map(forms, countless), 2):
            # a direction is never granted with other words: "supérieur" isn't "plus"
            yield one, two if len(two) == 1 else tuple(w for w in two if w not in directed)
    for _, (source, said) in rows("equivalents", language):
        figures = _figures(source, language)
        if _figures(said, language) <= figures:
            yield (*forms(source), *sorted(figures)), forms(said)
    for own, named in entries("granted", language)["persons"].items():
        yield forms(own), forms(named)
