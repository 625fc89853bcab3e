"""The lists of plain words, hidden verbs and irregular forms, read into entries.

In: ``plain_words.tsv``, ``hidden_verbs.tsv`` and ``irregular.tsv`` of each language, whose headers
say their columns. Out: entries in the lists' order, with their guards. Whether an entry fits a
place in a text is left to ``plain_words`` and ``hidden_verbs``; the forms of its words to
``inflection``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.document import Language
from corpus.errors import PasserelleError
from pipelines.language import lexicon

#: Guards that take a list of words after "=".
_WITH_WORDS = ("before", "not_before", "after", "not_after", "not_with", "object", "subject")
#: Guards that stand alone; ``object`` may do either.
_ALONE = (
    "object", "no_object", "active", "clause", "no_clause", "counts", "singular", "plural", "bare",
    "start", "not_start", "attributive", "predicative", "people",
)  # fmt: skip

Forms = Mapping[str, str]
"""The forms of a word by feature: "past", "part.past.fp"."""


class WordListError(PasserelleError):
    """A line of a word list that can't be read."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on the place where an entry may be used."""

    name: str
    words: frozenset[str] = frozenset()
    """Words in lower case or dictionary form; parts of speech in capitals."""


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A hard word or phrase and the plain one that says the same."""

    hard: str
    pos: str
    """The part of speech that the head of ``hard`` must have; "-" for words as written."""
    plain: str
    guards: tuple[Guard, ...]


@dataclass(frozen=True, slots=True)
class HiddenVerb:
    """A noun of action with the verbs that carry it, and the verb that it hides."""

    noun: str
    light: tuple[str, ...]
    verb: str
    prepositions: tuple[tuple[str, str], ...]
    """Preposition after the noun, and what it becomes after the verb: "" where it goes."""
    not_before: frozenset[str]
    """Words that make the noun a term with the preposition: "analysis of variance"."""


def rows(name: str, language: Language, columns: int) -> Iterator[tuple[str, ...]]:
    """The lines of a language's ``name.tsv``, each padded to ``columns``; # begins a note.

    Raises ``WordListError`` for a line with fewer than two or more than ``columns`` columns.
    """
    for number, cells in lexicon.rows(name, language):
        if not 2 <= len(cells) <= columns:
            raise WordListError(
                f"{language}/{name}.tsv, line {number}: {len(cells)} columns; "
                f"write 2 to {columns}, with tabs"
            )
        yield (*cells, *[""] * (columns - len(cells)))


@cache
def plain_words(language: Language) -> tuple[PlainWord, ...]:
    """The entries of ``plain_words.tsv``. Raises ``WordListError``."""
    return tuple(
        PlainWord(hard, pos, plain, guards(text, f"{language}/plain_words.tsv, {hard!r}"))
        for hard, pos, plain, text in rows("plain_words", language, 4)
    )


def guards(text: str, where: str) -> tuple[Guard, ...]:
    """The guards of a cell: "before=with,who not_after=a object". Raises ``WordListError``."""
    found = []
    for part in text.split():
        name, _, words = part.partition("=")
        if name not in (_WITH_WORDS if words else _ALONE):
            raise WordListError(f"{where}: no guard is called {part!r}; see the file's header")
        found.append(Guard(name, frozenset(words.split(",")) if words else frozenset()))
    return tuple(found)


@cache
def hidden_verbs(language: Language) -> tuple[HiddenVerb, ...]:
    """The entries of ``hidden_verbs.tsv``. Raises ``WordListError``."""
    return tuple(
        HiddenVerb(
            noun,
            tuple(word.strip() for word in light.split(",")),
            verb,
            tuple(_preposition(part.strip()) for part in prepositions.split(",")),
            frozenset(terms.split(",")),
        )
        for noun, light, verb, prepositions, terms in rows("hidden_verbs", language, 5)
    )


@cache
def irregular(language: Language) -> Mapping[str, Forms]:
    """What ``irregular.tsv`` says of each dictionary form. Raises ``WordListError``."""
    found: dict[str, dict[str, str]] = {}
    for lemma, feature, form in rows("irregular", language, 3):
        found.setdefault(lemma, {})[feature] = form
    return found


def _preposition(text: str) -> tuple[str, str]:
    before, _, after = text.partition(">")
    return before.strip(), after.strip()
