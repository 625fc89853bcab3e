"""A segment beside what it rests on: the two texts that every rule of verification compares.

In: a segment, and the readings of the documents that it cites. Out: a ``Pair``, with the texts as
a rule wants them (without who speaks, without brackets). What the texts say is left to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Language
from pipelines.brief import Segment
from pipelines.language.context_note import without_note
from pipelines.language.initials import AUTHOR, initials
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason
from pipelines.reading.reading import Reading
from pipelines.reading.speakers import offices, without_label
from pipelines.verification.derived import read_back
from pipelines.verification.support import Alignment, aligned, bare

#: No number and no phrase runs on from one quote into the next.
_BETWEEN_QUOTES = " | "
#: From this share of supported words on, a text keeps its evidence's own wording; a short one
#: does with one word that is new.
CLOSE, SHORT = 0.85, 7


@dataclass(frozen=True)
class Pair:
    """A segment beside what it rests on."""

    segment: Segment
    evidence: str
    """The quotes, one after the other."""
    language: Language
    """Of the evidence."""
    readings: Mapping[str, Reading]
    """Of the documents it cites, by their ``id``."""
    aliases: tuple[tuple[str, str], ...] = ()
    """The abbreviations of the cited documents that either text uses, short and long."""

    @cached_property
    def alignment(self) -> Alignment:
        """The text's words beside those of its evidence; once for all rules."""
        return aligned(self.text, self.quotes, self.language, self.aliases)

    @cached_property
    def close(self) -> bool:
        """Whether the text keeps its evidence's own wording, or tells it in other words."""
        alignment = self.alignment
        few = len(alignment.words) <= SHORT and alignment.stands_for.count(None) <= 1
        return few or alignment.share >= CLOSE

    @cached_property
    def text(self) -> str:
        """The segment's words, without who speaks and the mark for a name left out.

        Words that tell a measure of the evidence, and follow from it, are read back into it; so
        is an abbreviation that the text writes out and its evidence doesn't.
        """
        wording = _in_short(self.wording, self.quotes, self.aliases)
        return read_back(wording, self.quotes, self.segment.language, self.language)

    @cached_property
    def wording(self) -> str:
        """The segment's own words, without who speaks, its note and marks for names left out."""
        said = self.segment.text
        known = self._offices if "(" in said else frozenset()  # sought only where one may stand
        text = without_label(said, self.segment.language, known)
        text = without_note(text, self.segment.language)
        for mark in self._hiding:
            text = text.replace(mark, "")
        return text

    @property
    def _offices(self) -> frozenset[str]:
        """The offices that the cited exchanges tell of their speakers."""
        documents = (reading.document for reading in self.readings.values())
        return frozenset(
            office
            for document in documents
            if document.kind == "exchange"
            for office in offices(document).values()
        )

    @cached_property
    def divided(self) -> bool:
        """Whether the text runs on from one quote to the next.

        A name left out divides the evidence into the quotes around it; an answer follows its
        question.
        """
        hidden = any(mark in self.segment.text for mark in self._hiding)
        return hidden or "answer" in self.segment.steps

    @property
    def _hiding(self) -> list[str]:
        marks = table("templates")["hidden_name"].values()
        return [mark[self.segment.language] for mark in marks]

    @property
    def spoken(self) -> bool:
        """Whether the evidence was said, so that its commas mark breath and it may drop « ne »."""
        return any(reading.document.kind == "exchange" for reading in self.readings.values())

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


def _in_short(text: str, quotes: Sequence[str], aliases: Iterable[tuple[str, str]]) -> str:
    """A text with "heart failure (HF)" as "HF", which its evidence says and defines elsewhere."""
    for short, long in aliases:
        written = re.compile(rf"(?i:{re.escape(long)})\w{{0,2}} \(({re.escape(short)}s?)\)")
        used = re.compile(rf"(?<![\w(]){re.escape(short)}s?(?![\w)])")
        if written.search(text) and any(used.search(quote) for quote in quotes):
            text = written.sub(r"\1", text)
    return text


@dataclass(frozen=True, slots=True)
class MadeTranslation:
    """A translation that somebody made."""

    text: str
    language: Language


def made_translation(pair: Pair) -> MadeTranslation | None:
    """The segment's translation; None where there is none to judge, or one is only on offer."""
    target = pair.segment.target
    if not target.text or target.suggested or target.known:
        return None
    return MadeTranslation(target.text, target.language)


Rule = Callable[[Pair], Iterator[Reason]]


def pair_of(segment: Segment, readings: Mapping[str, Reading]) -> Pair:
    """A segment beside its evidence; the evidence's language is that of its first quote."""
    reading = readings.get(segment.evidence[0].document) if segment.evidence else None
    evidence = _BETWEEN_QUOTES.join(item.quote for item in segment.evidence)
    return Pair(
        segment=segment,
        evidence=evidence,
        language=(
            reading.document.language_at(segment.evidence[0].start) if reading else segment.language
        ),
        readings=readings,
        aliases=_aliases(segment, evidence, reading) if reading else (),
    )


def _aliases(segment: Segment, evidence: str, reading: Reading) -> tuple[tuple[str, str], ...]:
    """The document's abbreviations of which a text has the short or the long form.

    Of what a paper declares, the initials of its authors, too, who are told as such.
    """
    text = f"{segment.text} {evidence}"
    lower = text.lower()
    authors = initials(reading.document.authors) if segment.section == "sources" else set()
    return tuple(
        (short, long)
        for short, long in sorted(
            [
                *((short, item.long) for short, item in reading.abbreviations.items()),
                *((short, AUTHOR[reading.language].split()[1]) for short in authors),
            ]
        )
        if short in text or long.lower() in lower
    )


def cut(text: str, length: int = 60) -> str:
    """The beginning of a text, as much as a reason can show."""
    return text if len(text) <= length else text[: length - 1] + "…"
