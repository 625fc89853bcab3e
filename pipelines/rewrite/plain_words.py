"""``plain_word``: a hard word or phrase replaced by the plain one that says the same.

In: a parsed text. Out: one change a word, in the form that the hard word had, with the article or
elision beside it mended. The pairs and the guards that keep each to its safe sense are data
(``plain_words.tsv``); what a language asks of the place besides stands in its ``fitting``. Names,
compounds, words in capitals and hyphenated words stay; whether a change may stand is left to
verification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from models.parsing import pipeline
from pipelines.claims.cue_rules import has
from pipelines.language.en import fitting as english
from pipelines.language.fr import fitting as french
from pipelines.language.inflection import forms, transfer
from pipelines.language.joins import joined
from pipelines.language.splices import Change, Replacement
from pipelines.language.wordlists import Forms, Guard, PlainWord, plain_words
from pipelines.language.words import plain_form
from pipelines.rewrite.steps import Context


class _Fitting(Protocol):
    """What a language asks of the place of a word that a plain one takes."""

    INFLECTED: frozenset[str]

    def form_place(self, pos: str, words: int) -> int: ...

    def takes(self, head: Token, after: Token | None, entry: PlainWord) -> bool: ...

    def sure(self, verb: Token, form: str, made: Forms) -> bool: ...

    def gender(self, head: Token, entry: PlainWord) -> str | None: ...

    def phrases(self, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]: ...

    def with_tail(self, words: str, tail: str) -> str: ...

    def said_again(self, place: Span, words: str) -> Change | None: ...


#: So many words around a hard one are heard with it.
_BESIDE = 4
_FITTING: dict[Language, _Fitting] = {"en": english, "fr": french}


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One way in which an entry's hard words may stand in a text."""

    words: tuple[str, ...]
    entry: PlainWord
    head: int
    """Which of the words carries the form."""
    tail: str = ""
    """What the last word's contraction still holds: "le" of « au sein du »."""


def plain_word(parsed: Doc, context: Context) -> Iterator[Change]:
    """Hard words that have a plain equivalent: "utilized" to "used", « afin de » to « pour ».

    Raises ``ModelMissingError``, ``WordListError``.
    """
    index = _index(context.language)
    written_out = [*_written_out(parsed.text, context.long_forms)]
    position = 0
    while position < len(parsed):
        place = parsed[position].idx
        if any(start <= place < end for start, end in written_out):
            position += 1
            continue
        for pattern in index.get(plain_form(parsed[position]), ()):
            if not context.people and any(guard.name == "people" for guard in pattern.entry.guards):
                continue
            change = _change(parsed, position, pattern, context.language)
            if change:
                yield change
                position += len(pattern.words) - 1
                break
        position += 1


def _written_out(text: str, long_forms: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Where long forms stand before their abbreviation: "chronic lung disease (COPD)" is wrong."""
    for short, long in long_forms.items():
        for match in re.finditer(rf"\({re.escape(short)}s?\)", text):
            start = match.start() - len(long) - 1
            if start >= 0 and text[start : start + len(long)].lower() == long.lower():
                yield start, match.start()


def _change(parsed: Doc, start: int, pattern: _Pattern, language: Language) -> Change | None:
    end = start + len(pattern.words)
    if end > len(parsed) or any(
        plain_form(token) != word
        for token, word in zip(parsed[start:end], pattern.words, strict=True)
    ):
        return None
    place = parsed[start:end]
    head = parsed[start + pattern.head]
    entry = pattern.entry
    if not _ordinary(place) or not all(_holds(g, place, head) for g in entry.guards):
        return None
    if entry.pos != "-" and not _takes(head, place, entry, language):
        return None
    fitting = _FITTING[language]
    words, gender = _worded(head, entry, language), fitting.gender(head, entry)
    if words is None or gender is None:
        return None
    if _said_beside(place, words):
        return None
    words = fitting.with_tail(words, pattern.tail)
    if words.endswith(",") and end < len(parsed) and parsed[end].text == ",":
        words = words[:-1]
    change = joined(parsed, Replacement(start, end, words, gender), language)
    again = fitting.said_again(place, words)
    return None if change is None or again is None else change + again


def _said_beside(place: Span, words: str) -> bool:
    """Whether one plain word stands beside the hard one: "the main or principal aim"."""
    around = (
        *place.doc[max(0, place.start - _BESIDE) : place.start],
        *place.doc[place.end : place.end + _BESIDE],
    )
    return any(token.lower_ == words.lower() and not token.is_stop for token in around)


def _ordinary(place: Span) -> bool:
    """Whether the words stand as ordinary words: no name, no capitals, no part of a compound."""
    first, text = place[0], place.doc.text
    start, end = place.start_char, place.end_char
    if text[start - 1 : start] in tuple("-–/_") or text[end : end + 1] in tuple("-/_"):
        return False
    if any(token.text[1:] != token.text[1:].lower() for token in place):
        return False
    if any(token.text[:1].isupper() for token in place[1:]):
        return False
    return first.text[:1].islower() or _opens(first)


def _opens(token: Token) -> bool:
    """Whether a token is the first word of its sentence."""
    return all(before.is_punct for before in token.doc[token.sent.start : token.i])


def _takes(head: Token, place: Span, entry: PlainWord, language: Language) -> bool:
    """Whether the head has the entry's part of speech and a place that a plain word may take."""
    tagged = head.pos_
    if entry.pos == "VERB" and " " in entry.plain and head.dep_ == "amod":
        return False  # "the participating practices" are not "the taking part practices"
    if tagged == "PROPN" and entry.pos == "NOUN" and _opens(place[0]) and len(head.text) > 1:
        tagged = "NOUN"
    return tagged == entry.pos and _FITTING[language].takes(head, _next(place), entry)


def _worded(head: Token, entry: PlainWord, language: Language) -> str | None:
    """The plain words in the form that the head has; None where it is in doubt."""
    fitting = _FITTING[language]
    if entry.pos not in fitting.INFLECTED:
        return entry.plain
    hard, plain = entry.hard.split(), entry.plain.split()
    own, told = (fitting.form_place(entry.pos, len(words)) for words in (hard, plain))
    form = transfer(plain_form(head), hard[own], plain[told], entry.pos, language, head.morph)
    if form is None:
        return None
    made = forms(plain[told], entry.pos, language)
    if entry.pos == "VERB" and not fitting.sure(head, form, made):
        return None
    plain[told] = form
    return " ".join(plain)


# Guards: one function each.


def _next(place: Span) -> Token | None:
    return place.doc[place.end] if place.end < len(place.doc) else None


def _beside(token: Token | None, words: frozenset[str]) -> bool:
    """Whether a neighbour is one of the words; the end of a text counts as a full stop."""
    if token is None:
        return "." in words
    form = "COMMA" if token.text == "," else plain_form(token)
    if form == "l'" and "DET" in words:
        return True  # the tagger knows "l'" better than « l’ »
    return form in words or token.pos_ in words or ("be" in words and token.lemma_ == "be")


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    lower = token.lower_
    return bool({token.lemma_.lower(), lower, lower.removesuffix("s")} & words)


def _objects(verb: Token) -> list[Token]:
    """What a verb is done to: objects, a passive's subject, the noun that a participle follows."""
    found = [child for child in verb.children if child.dep_ in ("obj", "nsubj:pass")]
    participle = verb.dep_ == "acl" and has(verb, "VerbForm", "Part")
    return [*found, verb.head] if participle and verb.head.i < verb.i else found


def _subjects(verb: Token) -> list[Token]:
    found = [child for child in verb.children if child.dep_ in ("nsubj", "nsubj:pass")]
    if verb.dep_ == "conj" and not found:
        found = [child for child in verb.head.children if child.dep_ == "nsubj"]
    # "a majority of respondents": who is meant stands after "of".
    found += [inner for noun in found for inner in noun.children if inner.dep_ == "nmod"]
    return [*found, verb.head] if verb.dep_ in ("acl", "acl:relcl") else found


def _active(verb: Token) -> bool:
    objects = [child for child in verb.rights if child.dep_ == "obj"]
    return bool(objects) and not any(child.dep_ == "aux:pass" for child in verb.children)


def _clauses(verb: Token) -> bool:
    return any(child.dep_ in ("xcomp", "ccomp") for child in verb.children)


def _plural_follows(place: Span) -> bool:
    """Whether the noun that the words belong to is a plural: "a number of large trees"."""
    for token in place.doc[place.end : place.end + 5]:
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound":
            return has(token, "Number", "Plur")
        if token.pos_ in ("ADP", "VERB", "PUNCT", "CCONJ", "AUX", "SCONJ"):
            return False
    return False


def _attributive(place: Span, head: Token) -> bool:
    after = _next(place)
    return head.dep_ == "amod" and after is not None and after.pos_ in ("NOUN", "ADJ", "PROPN")


def _bare(head: Token) -> bool:
    modifiers = ("amod", "compound", "nmod", "nummod", "nmod:poss")
    return not any(
        child.dep_ in modifiers and child.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB")
        for child in head.lefts
    )


def _before(place: Span) -> Token | None:
    return place.doc[place.start - 1] if place.start else None


_GUARDS: dict[str, Callable[[frozenset[str], Span, Token], bool]] = {
    "before": lambda words, place, head: _beside(_next(place), words),
    "not_before": lambda words, place, head: not _beside(_next(place), words),
    "after": lambda words, place, head: place.start > 0 and _beside(_before(place), words),
    "not_after": lambda words, place, head: not (place.start and _beside(_before(place), words)),
    "not_with": lambda words, place, head: (
        not any(
            plain_form(token) in words
            for token in head.sent
            if not place.start <= token.i < place.end
        )
    ),
    "object": lambda words, place, head: (
        any(_is_one_of(token, words) for token in _objects(head))
        if words
        else bool(_objects(head)) or any(child.dep_ == "ccomp" for child in head.children)
    ),
    "subject": lambda words, place, head: any(_is_one_of(t, words) for t in _subjects(head)),
    "no_object": lambda words, place, head: not _objects(head) and not _clauses(head),
    "active": lambda words, place, head: _active(head),
    "clause": lambda words, place, head: _clauses(head),
    "no_clause": lambda words, place, head: not _clauses(head),
    "counts": lambda words, place, head: _plural_follows(place),
    "singular": lambda words, place, head: has(head, "Number", "Sing"),
    "plural": lambda words, place, head: has(head, "Number", "Plur"),
    "bare": lambda words, place, head: _bare(head),
    "start": lambda words, place, head: _opens(place[0]),
    "not_start": lambda words, place, head: not _opens(place[0]),
    "attributive": lambda words, place, head: _attributive(place, head),
    "predicative": lambda words, place, head: any(c.dep_ == "cop" for c in head.children),
    "people": lambda words, place, head: True,  # asked of the document, in ``plain_word``
}


def _holds(guard: Guard, place: Span, head: Token) -> bool:
    return _GUARDS[guard.name](guard.words, place, head)


# The patterns, by their first word.


@cache
def _index(language: Language) -> dict[str, tuple[_Pattern, ...]]:
    """Every pattern under its first word: the longest first, then in the list's order."""
    found: dict[str, list[_Pattern]] = {}
    for entry in plain_words(language):
        for pattern in _patterns(entry, language):
            found.setdefault(pattern.words[0], []).append(pattern)
    return {
        first: tuple(sorted(patterns, key=lambda pattern: -len(pattern.words)))
        for first, patterns in found.items()
    }


def _patterns(entry: PlainWord, language: Language) -> Iterator[_Pattern]:
    fitting, words = _FITTING[language], entry.hard.split()
    if entry.pos == "-":
        for phrase, tail in fitting.phrases(_tokens(entry.hard, language)):
            yield _Pattern(phrase, entry, 0, tail)
        return
    place = fitting.form_place(entry.pos, len(words))
    for form in sorted(set(forms(words[place], entry.pos, language).values())):
        phrase = _tokens(" ".join([*words[:place], form, *words[place + 1 :]]), language)
        yield _Pattern(phrase, entry, place)


def _tokens(phrase: str, language: Language) -> tuple[str, ...]:
    return tuple(plain_form(token) for token in pipeline(language).tokenizer(phrase))
