"""What the page of a draft shows: its lines beside the words of its source, and what came before.

Plain values for the template: the brief's sections with their lines; the document as blocks, cut
at every point where some line's evidence begins or ends, so that it can be lit up; the difference
from the text that was decided on last. In: a brief, its document, decisions. Nothing is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from corpus.document import Block, Document, Language
from pipelines.brief import Brief, Evidence, Section, Segment
from pipelines.language.typography import clock, format_number, one_line
from pipelines.render import layout


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of the draft."""

    segment: Segment
    languages: tuple[Language, Language]
    """Its own first."""
    grade: float | None
    """How hard it is to read, on the scale common to both languages; None where it isn't graded."""

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same in every brief, and nobody's to edit."""
        return not self.segment.evidence

    def text(self, language: Language) -> str:
        """Its words in a language, on one line; empty where it is still to translate."""
        return one_line(layout.text_in(self.segment, language) or "")


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section of the draft."""

    section: Section
    lines: tuple[DraftLine, ...]


def parts(brief: Brief) -> list[DraftSection]:
    """The draft's sections in the order of the brief."""
    graded = {grade.segment: grade.after for grade in brief.readability.sentences}
    return [
        DraftSection(
            section,
            tuple(
                DraftLine(
                    segment,
                    (segment.language, segment.target.language),
                    graded.get(segment.id),
                )
                for segment in segments
            ),
        )
        for section, segments in layout.sections(brief)
    ]


def shown_grade(grade: float | None, language: Language) -> str:
    """A grade as the page tells it, from the first school year on; empty where there is none."""
    if grade is None:
        return ""
    return layout.label(
        "text", "grade", language, grade=format_number(max(grade, 1.0), language, decimals=1)
    )


# The source


@dataclass(frozen=True, slots=True)
class SourceRun:
    """A run of the source that the same lines rest on."""

    text: str
    lines: tuple[str, ...]
    """Ids of the lines whose evidence it is."""


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A block of the source."""

    kind: str
    place: str
    """``p. 4`` or ``12:30`` where it differs from that of the block before."""
    speaker: str
    pieces: tuple[SourceRun, ...]


def passages(document: Document, brief: Brief, language: Language) -> list[SourceBlock]:
    """The document as the page shows it, places in a language."""
    spans = [
        (item.start, item.end, segment.id)
        for segment in brief.segments
        for item in segment.evidence
        if item.document == document.id
    ]
    found: list[SourceBlock] = []
    place = speaker = ""
    for block in document.blocks:
        here = [span for span in spans if span[0] < block.end and block.start < span[1]]
        own = _place(block, language)
        who = one_line(block.speaker or "")
        found.append(
            SourceBlock(
                block.kind,
                own if own != place else "",
                who if who != speaker or own != place else "",
                tuple(_pieces(document.text, block, here)),
            )
        )
        place, speaker = own, who
    return found


def _place(block: Block, language: Language) -> str:
    if block.timecode is not None:
        return clock(block.timecode)
    if block.page is not None:
        return layout.label("text", "page", language, page=block.page)
    return ""


def _pieces(text: str, block: Block, spans: Sequence[tuple[int, int, str]]) -> Iterator[SourceRun]:
    cuts = {block.start, block.end}
    for start, end, _ in spans:
        cuts |= {max(start, block.start), min(end, block.end)}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        ids = dict.fromkeys(id for first, last, id in spans if first < end and start < last)
        yield SourceRun(text[start:end], tuple(ids))


def place(item: Evidence, language: Language) -> str:
    """Where a quote stands, in few words."""
    return layout.short_place(item, language) or layout.label("text", "no_place", language)


# What changed


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one line since another text of the draft."""

    kind: Literal["new", "gone", "changed"]
    mark: str
    """The line's id in this draft; of one that is gone, in the one before."""
    words: tuple[tuple[Literal["same", "new", "gone"], str], ...]


def changes(before: Brief, after: Brief) -> list[LineChange]:
    """How a draft differs from an earlier one, line by line, in the brief's order.

    Lines are the same that rest on the same evidence, or, without any, say the same.
    """
    earlier: dict[object, Segment] = {}
    for segment in before.segments:
        earlier.setdefault(_what(segment), segment)
    found: list[LineChange] = []
    for segment in after.segments:
        old = earlier.pop(_what(segment), None)
        if old is None:
            found.append(LineChange("new", segment.id, (("new", segment.text),)))
        elif old.text != segment.text:
            found.append(LineChange("changed", segment.id, tuple(_words(old.text, segment.text))))
    gone = (LineChange("gone", one.id, (("gone", one.text),)) for one in earlier.values())
    return [*found, *gone]


def _what(segment: Segment) -> object:
    if segment.evidence:
        first = segment.evidence[0]
        return segment.section, first.document, first.start
    return segment.section, segment.text


def _words(old: str, new: str) -> Iterator[tuple[Literal["same", "new", "gone"], str]]:
    """Two texts as the words that both have, those that went and those that came."""
    one, two = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    for kind, start, end, first, last in SequenceMatcher(a=one, b=two).get_opcodes():
        if kind == "equal":
            yield "same", "".join(two[first:last])
            continue
        if end > start:
            yield "gone", "".join(one[start:end])
        if last > first:
            yield "new", "".join(two[first:last])
