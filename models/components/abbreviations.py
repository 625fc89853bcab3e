"""Abbreviations where a text writes them out: "land surface temperature (LST)".

The words' first letters spell LST. Where they don't, the algorithm of Schwartz & Hearst (2003,
Pacific Symposium on Biocomputing, "A simple algorithm for identifying abbreviation definitions in
biomedical text") finds the words in which its letters occur in order, and what it finds counts
only if every word of it begins with one of them; a doubtful long form is worse than none. The
other order, « l'OMS (Organisation mondiale de la Santé) », counts only where first letters spell
it. Failing both, four letters or more may each begin a word with others between them. The
component ``passerelle_abbreviations`` puts the definitions on a ``Doc``; writing them out in a
brief is left to ``pipelines.rewrite.abbreviations``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from corpus.text import PARENTHESES
from models.components import table

_SHORT = re.compile(
    r"(?=\D)(?=.*[^\W\d_].*[^\W\d_])"
    r"(?:[A-ZÀ-Ý][^\W_]*(?:[.&-][^\W_]+)*[A-ZÀ-ÝΑ-Ωα-ω0-9]s?|[A-Z][A-Za-z-]*[A-Z][^\W_]*"
    r"|[a-z]{1,2}[A-Z]{2,}s?)"
)
#: What a bracket says behind an abbreviation: "(THL, Figure 1)", "(QOF; a programme of the UK)".
_BEHIND = re.compile(r"[,;]\s.*", re.DOTALL)
#: A number behind a hyphen names a version: "(GDS-15)".
_VERSION = re.compile(r"-\d+$")
_PARTS = re.compile(r"[\s\u2010-\u2014-]+")
_ELIDED = re.compile(r"\b[dlDL][’']")
_EXPANDED = re.compile(
    r"(?<!\w)(?P<short>[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,7}s?) \((?P<long>[^\W\d_][^()]{5,90})\)"
)
#: Lengths of what a bracket may hold to be an abbreviation, in characters.
_LENGTHS = range(2, 13)
#: So many letters that each begin a word, in order, are no chance.
_SURE_LETTERS = 4
#: A long form that holds one of these is doubtful.
_DOUBTFUL = frozenset("(),/;:=[]")


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a text writes an abbreviation out."""

    short: str
    long: str
    start: int
    """First character of the definition, code points into the text."""
    end: int
    """One past its closing bracket."""


def _letters(short: str) -> str:
    """What a long form must spell: no plural, no version."""
    return "".join(c.lower() for c in _VERSION.sub("", short).removesuffix("s") if c.isalnum())


def _links(language: Language) -> frozenset[str]:
    return frozenset(table("abbreviations")[language]["link_words"])


def _spelled_by_initials(letters: str, words: list[str], links: frozenset[str]) -> str | None:
    """The last words whose first letters spell the abbreviation; link words may be passed over."""
    for passed_over in (links, frozenset[str]()):
        for count in range(1, len(words) + 1):
            tail = words[-count:]
            parts = [part for part in _PARTS.split(" ".join(tail).lower()) if part]
            initials = "".join(part[0] for part in parts if part not in passed_over)
            if initials == letters and tail[0].lower() not in passed_over:
                return " ".join(tail)
    return None


def _spelled_within(letters: str, before: str, links: frozenset[str]) -> str | None:
    """The shortest run of words in which the letters occur in order (Schwartz & Hearst)."""
    position = len(before)
    for rank, letter in reversed(list(enumerate(letters))):
        position -= 1
        while position >= 0 and not (
            before[position].lower() == letter
            and (rank > 0 or position == 0 or not before[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
    long = before[position:].strip()
    words = [word.lower() for word in long.split()]
    begins = all(
        word in links or any(part[:1] in letters for part in _PARTS.split(word) if part)
        for word in words
    )
    return long if begins and words[0] not in links else None


def _spelled_by_some_initials(letters: str, words: list[str]) -> str | None:
    """The shortest run of words of which each letter is a first one, in order, and the last too.

    Words between may be passed over where they are fewer than the letters: XMRV of "xenotropic
    murine leukaemia virus-related virus".
    """
    for count in range(1, len(words) + 1):
        tail = words[-count:]
        initials = [part[0] for part in _PARTS.split(" ".join(tail).lower()) if part]
        rest = iter(initials)
        ordered = all(letter in rest for letter in letters)
        ends = initials[:1] == [letters[0]] and initials[-1:] == [letters[-1]]
        if ordered and ends and len(initials) < 2 * len(letters):
            return " ".join(tail)
    return None


def _long_form(short: str, before: str, language: Language) -> str | None:
    """What the text before a bracket writes the short form out as; None where it is doubtful."""
    letters, links = _letters(short), _links(language)
    words = re.split(r"(?<=[.;:])\s", before)[-1].split()
    window = words[-min(len(letters) + 5, 2 * len(letters)) :]
    long = _spelled_by_initials(letters, window, links) or _spelled_within(
        letters, " ".join(window), links
    )
    if long is None and len(letters) >= _SURE_LETTERS:
        long = _spelled_by_some_initials(letters, window)
    if long is None or len(long) <= len(short) or _is_doubtful(long):
        return None
    return long


def _is_doubtful(long: str) -> bool:
    return not _DOUBTFUL.isdisjoint(long) or long.endswith(("’", "'"))


def is_spelled(item: Definition, language: Language) -> bool:
    """Whether the first letters of a long form, but for link words, spell its abbreviation."""
    words = item.long.split()
    return _spelled_by_initials(_letters(item.short), words, _links(language)) == " ".join(words)


def definitions_in(text: str, language: Language) -> Iterator[Definition]:
    """Every abbreviation that stands in a bracket after its long form, in order."""
    for match in PARENTHESES.finditer(text):
        short = _BEHIND.sub("", match[1]).strip()
        if len(short) not in _LENGTHS or not _SHORT.fullmatch(short):
            continue
        long = _long_form(short, text[: match.start()], language)
        if long is not None:
            spaced = r"\s+".join(map(re.escape, long.split()))
            start = max(m.start() for m in re.finditer(spaced, text[: match.start()]))
            yield Definition(short, long, start, match.end())


def expansions_in(text: str, language: Language) -> Iterator[Definition]:
    """Every abbreviation whose long form stands in the bracket after it, in order."""
    links = _links(language)
    for match in _EXPANDED.finditer(text):
        short, long = match["short"], " ".join(match["long"].split())
        letters = _letters(short)
        spelled = _spelled_by_initials(letters, _ELIDED.sub(r"\g<0> ", long).split(), links)
        if spelled and len(spelled) >= len(long) and not _is_doubtful(long):
            yield Definition(short, long, match.start(), match.end())


def abbreviations(text: str, language: Language) -> tuple[Definition, ...]:
    """Every abbreviation that a text defines, once, at its first definition."""
    found: dict[str, Definition] = {}
    told = [*definitions_in(text, language), *expansions_in(text, language)]
    for definition in sorted(told, key=lambda definition: definition.start):
        found.setdefault(definition.short.removesuffix("s"), definition)
    return tuple(found.values())


def long_form(written: str, known: Iterable[Definition]) -> str | None:
    """What an abbreviation, in the singular or the plural, stands for; None for other words."""
    base = written.removesuffix("s")
    return next((item.long for item in known if item.short.removesuffix("s") == base), None)


def _long_form_of_token(token: Token) -> str | None:
    return long_form(token.text, token.doc._.abbreviations)


def _long_form_of_span(span: Span) -> str | None:
    return long_form(span.text, span.doc._.abbreviations)


Doc.set_extension("abbreviations", default=(), force=True)
Token.set_extension("long_form", getter=_long_form_of_token, force=True)
Span.set_extension("long_form", getter=_long_form_of_span, force=True)


@SpacyPipeline.component("passerelle_abbreviations", assigns=["doc._.abbreviations"])
def passerelle_abbreviations(doc: Doc) -> Doc:
    """Put the abbreviations that a ``Doc`` defines into ``Doc._.abbreviations``.

    ``Token._.long_form`` and ``Span._.long_form`` then give what a later use stands for, None for
    other words. A document read block by block may be given the definitions of the whole:
    ``doc._.abbreviations = known``. Needs nothing of the pipeline before it.

    >>> nlp = spacy.blank("en")
    >>> nlp.add_pipe("passerelle_abbreviations")
    >>> doc = nlp("Land surface temperature (LST) fell. LST rose again.")
    >>> doc[-4]._.long_form
    'Land surface temperature'
    """
    doc._.abbreviations = abbreviations(doc.text, "fr" if doc.lang_ == "fr" else "en")
    return doc
