"""A segment beside what it rests on: the two texts that every rule of verification compares.

In: a segment, the documents it cites. Out: a ``Claim``, with the texts as a rule wants them
(without who speaks, without brackets). What the texts say is left to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from corpus.document import Document, Language
from pipelines.brief import Segment
from pipelines.lexicon import table
from pipelines.speakers import role_labels

_BRACKET = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
#: No number and no phrase runs on from one quote into the next.
_BETWEEN_QUOTES = " | "


@dataclass(frozen=True, slots=True)
class Claim:
    """A segment beside what it rests on."""

    segment: Segment
    evidence: str
    """The quotes, one after the other."""
    language: Language
    """Of the evidence."""

    @property
    def text(self) -> str:
        """The segment's words, without who speaks and the mark for a name left out."""
        language = self.segment.language
        mark = table("templates")["hidden_name"]["person"][language]
        return _without_speaker(self.segment.text, language).replace(mark, "")

    @property
    def bare_evidence(self) -> str:
        """The evidence without what stands in brackets, which a step may drop."""
        return bare(self.evidence)

    @property
    def quotes(self) -> tuple[str, ...]:
        """The evidence, quote by quote."""
        return tuple(item.quote for item in self.segment.evidence)

    @property
    def same_language(self) -> bool:
        """Whether words can be compared; across languages only numbers can."""
        return self.segment.language == self.language


Rule = Callable[[Claim, Mapping[str, Document]], Iterator[str]]


def claim_of(segment: Segment, documents: Mapping[str, Document]) -> Claim:
    """A segment beside its evidence; the evidence's language is that of the first document."""
    document = documents.get(segment.evidence[0].document) if segment.evidence else None
    return Claim(
        segment=segment,
        evidence=_BETWEEN_QUOTES.join(item.quote for item in segment.evidence),
        language=document.language if document else segment.language,
    )


def bare(text: str) -> str:
    """A text without what stands in brackets."""
    previous = ""
    while previous != text:
        previous, text = text, _BRACKET.sub("", text)
    return text


def _without_speaker(text: str, language: Language) -> str:
    for label in role_labels(language).values():
        for colon in (": ", "\u00a0: ", " : "):
            if text.startswith(label + colon):
                return text[len(label + colon) :]
    return text


def cut(text: str, length: int = 60) -> str:
    """The beginning of a text, as much as a reason can show."""
    return text if len(text) <= length else text[: length - 1] + "…"
