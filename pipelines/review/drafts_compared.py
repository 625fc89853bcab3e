"""``compared(before, after)``: what a draft that was made again says otherwise than the last one.

In: two drafts of one brief. Out: the lines that are gone, those that are new, and those that word
the same evidence otherwise. A line is known by what it stands on, not by its mark, which moves.
Fixed text is left aside.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.brief import Brief, Segment


@dataclass(frozen=True, slots=True)
class Compared:
    """The lines in which two drafts differ, each in its own draft's order."""

    gone: tuple[Segment, ...]
    new: tuple[Segment, ...]
    changed: tuple[tuple[Segment, Segment], ...]
    """As it was, and as it is."""


def compared(before: Brief, after: Brief) -> Compared:
    """The lines in which two drafts of one brief differ."""
    earlier = {_place(line): line for line in before.segments if line.evidence}
    later = {_place(line): line for line in after.segments if line.evidence}
    return Compared(
        tuple(line for place, line in earlier.items() if place not in later),
        tuple(line for place, line in later.items() if place not in earlier),
        tuple(
            (earlier[place], line)
            for place, line in later.items()
            if place in earlier and earlier[place].text != line.text
        ),
    )


def _place(line: Segment) -> tuple[object, ...]:
    """Section and first evidence: others may be added where an abbreviation is written out."""
    first = line.evidence[0]
    return line.section, first.document, first.start
