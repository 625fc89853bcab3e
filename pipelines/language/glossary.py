"""The terms that a brief keeps and explains: found in its texts, stated in both languages.

In: the texts of a brief in one language. Out: the entries of ``glossary.tsv`` that they
use, in order of first appearance. Where the explanations stand in a brief, and that they are
fixed text to the verification, is left to those who ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from corpus.document import Language, other
from corpus.errors import PasserelleError
from corpus.text import cue_pattern
from pipelines.language.en import word_forms as english
from pipelines.language.fr import word_forms as french
from pipelines.language.lexicon import table_rows
from pipelines.language.typography import COLON

_FEWEST, _COLUMNS = 5, 9


class GlossaryError(PasserelleError):
    """A line of the glossary that can't be read."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term and its explanation, in both languages."""

    key: str
    term: Mapping[Language, str]
    explanation: Mapping[Language, str]
    """A fragment without a full stop, of at most 18 words."""
    forms: Mapping[Language, tuple[str, ...]]
    """Other ways to write the term; regular plurals are not listed."""
    other_senses: Mapping[Language, tuple[str, ...]]
    """Phrases in which the term's words mean something else: « par le biais »."""

    def statement(self, language: Language) -> str:
        """The term and what it means: "odds ratio: the odds of …"."""
        return f"{self.term[language]}{COLON[language]}{self.explanation[language]}"


@cache
def entries() -> tuple[Term, ...]:
    """The glossary, in its file's order. Raises ``GlossaryError``."""
    return tuple(_entry(number, cells) for number, cells in table_rows("glossary"))


def _entry(number: int, cells: Sequence[str]) -> Term:
    if not _FEWEST <= len(cells) <= _COLUMNS or not all(cells[:_FEWEST]):
        raise GlossaryError(
            f"glossary.tsv, line {number}: {len(cells)} columns; write a key, then a term and its "
            "explanation in English and in French, with tabs"
        )
    key, *rest = [*cells, *[""] * (_COLUMNS - len(cells))]
    english, explained_en, french, explained_fr, *lists = rest
    listed = [tuple(part.strip() for part in cell.split(";") if part.strip()) for cell in lists]
    return Term(
        key,
        MappingProxyType({"en": english, "fr": french}),
        MappingProxyType({"en": explained_en, "fr": explained_fr}),
        MappingProxyType({"en": listed[0], "fr": listed[1]}),
        MappingProxyType({"en": listed[2], "fr": listed[3]}),
    )


def statements(language: Language) -> dict[str, str]:
    """Every statement of the glossary in one language, with the same in the other."""
    return {entry.statement(language): entry.statement(other(language)) for entry in entries()}


def explained(texts: Iterable[str], language: Language) -> tuple[Term, ...]:
    """The entries whose terms the texts use, each once, in order of first appearance.

    Whole words, case ignored, plurals too; where two terms overlap, the longer one counts.
    """
    found: dict[str, Term] = {}
    for text in texts:
        for _, _, entry in met(text, language):
            found.setdefault(entry.key, entry)
    return tuple(found.values())


def met(text: str, language: Language) -> Iterator[tuple[int, int, Term]]:
    """Where a text uses a term: start and end in code points, and its entry; in order."""
    pattern, named = _terms(language)
    for match in pattern.finditer(text):
        entry = named[match.lastgroup or ""]
        if entry is not None:
            yield match.start(), match.end(), entry


@cache
def _terms(language: Language) -> tuple[re.Pattern[str], Mapping[str, Term | None]]:
    """All terms as one pattern, longest first, and the entry of each of its groups."""
    wordings: dict[str, Term | None] = {}
    for entry in entries():
        wordings |= dict.fromkeys((entry.term[language], *entry.forms[language]), entry)
        wordings |= dict.fromkeys(entry.other_senses[language])
    longest = sorted(wordings, key=lambda words: (-len(words), words))
    named = {f"t{number}": wordings[words] for number, words in enumerate(longest)}
    parts = (
        f"(?P<t{number}>{_inflected(words, language)})" for number, words in enumerate(longest)
    )
    return cue_pattern(parts, r"(?<![\w-])", r"(?![\w-])"), named


def _inflected(words: str, language: Language) -> str:
    """A term with its plural: of the last word in English, of every word in French."""
    words = words.replace("’", "'")
    parts = re.split(r"([\s'-]+)", words)
    last = len(parts) - 1
    forms = [
        _gap(part) if index % 2 else _word(part, language, plural=language == "fr" or index == last)
        for index, part in enumerate(parts)
    ]
    return "".join(forms)


def _gap(written: str) -> str:
    return {" ": r"[\s\u00a0]+", "'": "['’]", "-": "[-‐‑]"}.get(written, re.escape(written))


def _word(word: str, language: Language, *, plural: bool) -> str:
    if word.isupper() and len(word) > 1:  # "HIV", and no hives
        return rf"(?-i:{re.escape(word)}{'s?' if plural else ''})"
    if not plural or len(word) < 3:
        return re.escape(word)
    return french.plural_pattern(word) if language == "fr" else english.plural_pattern(word)
