"""The termbase: terms and official names in both languages, found in running text.

In: ``terms.tsv`` (over a thousand entries), the glossary's terms, and users' own files, TSV or
TBX, in the folder that ``PASSERELLE_TERMS`` names. Out: ``terms_in(text, language)``, each term
that a text uses, with its place and what it is called in the other language; ``used`` tells
whether a text has one of a term's forms. Inflection doesn't count, nor do little words between
(« collecte de données », « collecte des données »). What a missing term means is left to
verification, how terms travel to ``render``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from lxml import etree

from corpus.document import Language
from corpus.errors import PasserelleError
from corpus.settings_base import in_force
from corpus.text import cue_pattern
from pipelines.language import glossary
from pipelines.language.lexicon import table_rows
from pipelines.language.term_settings import TermSettings

PartOfSpeech = Literal["noun", "verb", "adjective", "adverb", "properNoun", "other"]
#: Domain of what users bring along without saying another.
OWN = "own"
_COLUMNS = 8
_LANGUAGES: tuple[Language, Language] = ("en", "fr")


class TermbaseError(PasserelleError):
    """A line or a file of terms that can't be read."""


@dataclass(frozen=True, slots=True)
class BilingualTerm:
    """One concept: what it is called in both languages."""

    key: str
    domain: str
    part: PartOfSpeech
    terms: Mapping[Language, str]
    """The preferred form."""
    forms: Mapping[Language, tuple[str, ...]]
    """Other accepted forms, abbreviations among them."""
    usage: str = ""
    """Where the French term is used, if not everywhere: ``Canada``."""
    definition: Mapping[Language, str] = field(default_factory=dict)

    def every_form(self, language: Language) -> tuple[str, ...]:
        """The preferred form and the others of a language."""
        return (self.terms[language], *self.forms[language])


@dataclass(frozen=True, slots=True)
class TermMet:
    """A term in its place in a text."""

    term: BilingualTerm
    start: int
    """First character, code points into the text."""
    end: int
    written: str
    """As the text has it."""
    also: tuple[BilingualTerm, ...] = ()
    """Other concepts that the same words may stand for: « premier ministre »."""


# -- where terms come from -----------------------------------------------------------------------


@cache
def every_term() -> tuple[BilingualTerm, ...]:
    """Users' own terms first, then the termbase's, then the glossary's that it lacks.

    Raises ``TermbaseError`` naming the file and the line that can't be read.
    """
    folder = in_force(TermSettings).terms
    own = own_terms(Path(folder)) if folder else ()
    known = {term.terms["en"].lower() for term in own}
    base = [term for term in shipped() if term.terms["en"].lower() not in known]
    return (*own, *base)


@cache
def shipped() -> tuple[BilingualTerm, ...]:
    """The termbase of the package, and what the glossary has beyond it; explained where it is."""
    explained = {
        form.lower(): entry
        for entry in glossary.entries()
        for form in (entry.term["en"], *entry.forms["en"])
    }
    listed = [_of_row(number, cells, "terms.tsv") for number, cells in table_rows("terms")]
    found = []
    for term in listed:
        entry = explained.get(term.terms["en"].lower())
        found.append(_with_glossary(term, entry) if entry else term)
    names = {form.lower() for term in listed for form in term.every_form("en")}
    for entry in glossary.entries():
        if entry.term["en"].lower() not in names:
            found.append(
                BilingualTerm(
                    entry.key, "research", "noun", entry.term, entry.forms, "", entry.explanation
                )
            )
    return tuple(found)


def _with_glossary(term: BilingualTerm, entry: glossary.Term) -> BilingualTerm:
    """A term with the explanation that the glossary has of it, and the forms it gives."""
    forms = {
        language: tuple(
            dict.fromkeys(
                form
                for form in (*term.forms[language], entry.term[language], *entry.forms[language])
                if form != term.terms[language]
            )
        )
        for language in _LANGUAGES
    }
    return BilingualTerm(
        term.key, term.domain, term.part, term.terms, MappingProxyType(forms), term.usage,
        entry.explanation,
    )  # fmt: skip


def _of_row(number: int, cells: Sequence[str], file: str) -> BilingualTerm:
    key, domain, part, en, fr, *rest = [*cells, *[""] * (_COLUMNS - len(cells))]
    if len(cells) > _COLUMNS or not (key and en and fr) or part not in get_args(PartOfSpeech):
        raise TermbaseError(
            f"{file}, line {number}: write key, domain, part of speech "
            f"({', '.join(get_args(PartOfSpeech))}), English term, French term, then other forms "
            "in English and in French divided by ;, with tabs"
        )
    also = [tuple(form.strip() for form in cell.split(";") if form.strip()) for cell in rest[:2]]
    return BilingualTerm(
        key, domain, part,  # type: ignore[arg-type]  # seen above
        MappingProxyType({"en": en, "fr": fr}),
        MappingProxyType({"en": also[0], "fr": also[1]}),
        rest[2],
    )  # fmt: skip


def own_terms(folder: Path) -> tuple[BilingualTerm, ...]:
    """The terms of every ``.tsv`` and ``.tbx`` file of a folder, in the files' order by name.

    A TSV has the columns of ``terms.tsv``, or only an English and a French term. Raises
    ``TermbaseError``, also where there is no such folder.
    """
    if not folder.is_dir():
        raise TermbaseError(
            f"{folder}: no such folder; PASSERELLE_TERMS names where your terms are"
        )
    found: list[BilingualTerm] = []
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() == ".tsv":
            found += _of_tsv(file)
        elif file.suffix.lower() == ".tbx":
            found += of_tbx(file)
    return tuple(found)


def _of_tsv(file: Path) -> Iterator[BilingualTerm]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TermbaseError(f"{file}: can't be read as UTF-8 text ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) == len(_LANGUAGES) and all(cells):
            cells = [f"{file.stem}_{number}", OWN, "noun", *cells]
        yield _of_row(number, cells, str(file))


def of_tbx(file: Path) -> Iterator[BilingualTerm]:
    """The concepts of a TBX file, of any of its dialects, that have a term in both languages.

    Raises ``TermbaseError``.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(file.read_bytes(), parser)
    except (OSError, etree.XMLSyntaxError) as error:
        raise TermbaseError(f"{file}: not a TBX file that can be read ({error})") from error
    number = 0
    for concept in root.iter("{*}conceptEntry", "{*}termEntry"):
        number += 1
        told = {language: _terms_of(concept, language) for language in _LANGUAGES}
        if not all(told.values()):
            continue
        key = concept.get("id") or f"{file.stem}_{number}"
        parts = [note.text for note in _notes(concept, "partOfSpeech") if note.text]
        part = parts[0] if parts and parts[0] in get_args(PartOfSpeech) else "noun"
        domain = [note.text or OWN for note in _notes(concept, "subjectField")]
        yield BilingualTerm(
            key, domain[0] if domain else OWN, part,  # type: ignore[arg-type]  # seen above
            MappingProxyType({language: forms[0] for language, forms in told.items()}),
            MappingProxyType({language: tuple(forms[1:]) for language, forms in told.items()}),
        )  # fmt: skip


_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def _terms_of(concept: etree._Element, language: Language) -> list[str]:
    """A concept's terms in one language, without those that are marked as deprecated."""
    found: list[tuple[bool, str]] = []
    for section in concept.iter("{*}langSec", "{*}langSet"):
        if not (section.get(_XML_LANGUAGE) or "").lower().startswith(language):
            continue
        for unit in section.iter("{*}termSec", "{*}tig", "{*}ntig"):
            term = next(unit.iter("{*}term"), None)
            status = [note.text or "" for note in _notes(unit, "administrativeStatus")]
            text = (
                " ".join("".join(str(part) for part in term.itertext()).split())
                if term is not None
                else ""
            )
            if text and not any(one.startswith("deprecated") for one in status):
                found.append((not any(one.startswith("preferred") for one in status), text))
    return [text for _, text in sorted(found, key=lambda one: one[0])]


def _notes(element: etree._Element, kind: str) -> list[etree._Element]:
    """The elements of a data category, in either style: by ``type`` or by their own name."""
    return [
        one
        for one in element.iter("{*}*")
        if one.get("type") == kind or etree.QName(one).localname == kind
    ]


# -- finding them --------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\W_]+")
#: Little words that may stand, or not, between the words of a term.
_LITTLE = {
    "en": frozenset({"the", "of", "a", "an"}),
    "fr": frozenset(
        {"de", "du", "des", "d", "l", "la", "le", "les", "à", "au", "aux", "un", "une"}
    ),
}
#: A sign that ends a term: nothing runs on over it.
_APART = re.compile(r"[.;:!?()\[\]«»“”\"/]|, ")


@lru_cache(maxsize=65536)
def _stem(word: str, language: Language) -> str:
    """A word without the endings of plural and feminine; crude, but the same for both sides."""
    if len(word) > 1 and word.isupper():
        return word  # an abbreviation
    return _french(word.lower()) if language == "fr" else _english(word.lower())


def _english(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word


def _french(word: str) -> str:
    if len(word) > 4 and word.endswith("aux"):
        return f"{word[:-3]}al"
    if len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
        if word.endswith("iv"):
            return f"{word[:-2]}if"
        if word[-1] == word[-2] and word[-1] in "nlt":
            word = word[:-1]
    return word


def _stems(text: str, language: Language) -> tuple[str, ...]:
    """What a term's form is found by: its words' stems, without the little ones."""
    words = [one for one in _TOKEN.findall(text) if one.lower() not in _LITTLE[language]]
    return tuple(_stem(word, language) for word in words)


@dataclass(frozen=True, slots=True)
class _Form:
    stems: tuple[str, ...]
    term: BilingualTerm
    preferred: bool
    """Whether it is what the term is first called."""
    capital: bool
    """Whether it is a name, which begins with a capital."""


@cache
def _no_terms(language: Language) -> re.Pattern[str]:
    """Phrases in which a term's words mean something else: « par le biais »."""
    return cue_pattern(
        sorted({phrase for entry in glossary.entries() for phrase in entry.other_senses[language]})
    )


@cache
def _index(language: Language) -> Mapping[str, tuple[_Form, ...]]:
    """Every form by its first stem, the longest first."""
    found: dict[str, list[_Form]] = {}
    for term in every_term():
        for form in term.every_form(language):
            stems = _stems(form, language)
            if stems:
                capital = term.part == "properNoun" and form[0].isupper()
                found.setdefault(stems[0], []).append(
                    _Form(stems, term, form == term.terms[language], capital)
                )
    return {
        first: tuple(sorted(forms, key=lambda form: -len(form.stems)))
        for first, forms in found.items()
    }


@lru_cache(maxsize=4096)
def terms_in(text: str, language: Language) -> tuple[TermMet, ...]:
    """Every term that a text uses, in order; of two that overlap the longer one.

    Raises ``TermbaseError`` where a user's own file can't be read.
    """
    senses = [match.span() for match in _no_terms(language).finditer(text)]
    tokens = [
        token
        for token in _TOKEN.finditer(text)
        if not any(start <= token.start() < end for start, end in senses)
    ]
    found: list[TermMet] = []
    place = 0
    while place < len(tokens):
        met = _met(text, tokens, place, language)
        if met is None:
            place += 1
            continue
        last, terms = met
        start, end = tokens[place].start(), tokens[last].end()
        found.append(TermMet(terms[0], start, end, text[start:end], tuple(terms[1:])))
        place = last + 1
    return tuple(found)


def _met(
    text: str, tokens: Sequence[re.Match[str]], place: int, language: Language
) -> tuple[int, list[BilingualTerm]] | None:
    """The longest term that begins at a token: its last token, and all that it may be."""
    first = _stem(tokens[place].group(), language)
    best: tuple[int, list[BilingualTerm]] | None = None
    for form in _index(language).get(first, ()):
        if form.capital and not tokens[place].group()[0].isupper():
            continue
        last = _last(text, tokens, place, form.stems, language)
        if last is None:
            continue
        if best is None or last > best[0]:
            best = (last, [form.term])
        elif last == best[0] and form.preferred:
            best[1].insert(0, form.term)
        elif last == best[0]:
            best[1].append(form.term)
    return best


def _last(
    text: str,
    tokens: Sequence[re.Match[str]],
    place: int,
    stems: Sequence[str],
    language: Language,
) -> int | None:
    """The last token of a form that begins at ``place``; None where another word stands there."""
    at = place
    for stem in stems[1:]:
        at += 1
        while at < len(tokens) and tokens[at].group().lower() in _LITTLE[language]:
            at += 1
        if at >= len(tokens) or _stem(tokens[at].group(), language) != stem:
            return None
    between = text[tokens[place].start() : tokens[at].end()]
    return None if _APART.search(between) and "," not in stems else at


def used(term: BilingualTerm, text: str, language: Language) -> bool:
    """Whether a text has any form of a term, however inflected."""
    stems = _stems(text, language)
    return any(
        stems[n : n + len(form)] == form
        for written in term.every_form(language)
        for form in (_stems(written, language),)
        for n in range(len(stems) - len(form) + 1)
    )


def has_words_of(written: str, term: BilingualTerm, language: Language) -> bool:
    """Whether words are a term's preferred form in a language, or in English one of more words.

    What French has beside its preferred form often stands for other words, too.
    """
    forms = [term.terms[language]]
    if language == "en":
        forms += [form for form in term.forms[language] if " " in form]
    return any(_stems(written, language) == _stems(form, language) for form in forms)
