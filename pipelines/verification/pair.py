"""A segment beside what it rests on: the two texts that every rule of verification compares.

In: a segment, the documents it cites. Out: a ``Claim``, with the texts as a rule wants them
(without who speaks, without brackets). What the texts say is left to the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Document, Language
from pipelines.brief import Segment
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason
from pipelines.reading.speakers import without_label
from pipelines.rewrite.abbreviations import definitions
from pipelines.verification.support import Reading, bare, read

#: No number and no phrase runs on from one quote into the next.
_BETWEEN_QUOTES = " | "
#: From this share of supported words on, a text keeps its evidence's own wording; a short one
#: does with one word that is new.
CLOSE, SHORT = 0.85, 7


@dataclass(frozen=True)
class Claim:
    """A segment beside what it rests on."""

    segment: Segment
    evidence: str
    """The quotes, one after the other."""
    language: Language
    """Of the evidence."""
    aliases: tuple[tuple[str, str], ...] = ()
    """The abbreviations of the cited documents that either text uses, short and long."""

    @cached_property
    def reading(self) -> Reading:
        """The text's words beside those of its evidence; once for all rules."""
        return read(self.text, self.quotes, self.language, self.aliases)

    @cached_property
    def close(self) -> bool:
        """Whether the text keeps its evidence's own wording, or tells it in other words."""
        reading = self.reading
        few = len(reading.words) <= SHORT and reading.stands_for.count(None) <= 1
        return few or reading.share >= CLOSE

    @cached_property
    def text(self) -> str:
        """The segment's words, without who speaks and the mark for a name left out."""
        language = self.segment.language
        mark = table("templates")["hidden_name"]["person"][language]
        return without_label(self.segment.text, language).replace(mark, "")

    @cached_property
    def bare_evidence(self) -> str:
        """The evidence without what stands in brackets, which a step may drop."""
        return bare(self.evidence)

    @cached_property
    def quotes(self) -> tuple[str, ...]:
        """The evidence, quote by quote."""
        return tuple(item.quote for item in self.segment.evidence)

    @cached_property
    def same_language(self) -> bool:
        """Whether words can be compared; across languages only numbers can."""
        return self.segment.language == self.language


Rule = Callable[[Claim, Mapping[str, Document]], Iterator[Reason]]


def claim_of(segment: Segment, documents: Mapping[str, Document]) -> Claim:
    """A segment beside its evidence; the evidence's language is that of the first document."""
    document = documents.get(segment.evidence[0].document) if segment.evidence else None
    evidence = _BETWEEN_QUOTES.join(item.quote for item in segment.evidence)
    return Claim(
        segment=segment,
        evidence=evidence,
        language=document.language if document else segment.language,
        aliases=_aliases(f"{segment.text} {evidence}", document) if document else (),
    )


def _aliases(text: str, document: Document) -> tuple[tuple[str, str], ...]:
    """The document's abbreviations of which a text has the short or the long form."""
    lower = text.lower()
    return tuple(
        (short, long)
        for short, long in _defined(document.sha256, document)
        if short in text or long.lower() in lower
    )


#: Of so many documents the abbreviations are kept.
_MOST_KNOWN = 64
_KNOWN: dict[str, tuple[tuple[str, str], ...]] = {}


def _defined(key: str, document: Document) -> tuple[tuple[str, str], ...]:
    """What a document abbreviates; read once a document."""
    key = f"{document.id} {key}"
    if key not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        found = definitions(document)
        _KNOWN[key] = tuple((short, item.long) for short, item in sorted(found.items()))
    return _KNOWN[key]


def cut(text: str, length: int = 60) -> str:
    """The beginning of a text, as much as a reason can show."""
    return text if len(text) <= length else text[: length - 1] + "…"
