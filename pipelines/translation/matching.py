"""Which line of a brief each returned unit is: by its id and what its source was.

In: a brief as it stands, and a translator's file of it. Out: one ``Pairing`` a unit, and the ids
of the lines that nothing came home for. A unit whose source is another line's is that line's,
whatever its id: ids move when a brief is drafted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.document import Language
from pipelines.brief import Brief, Segment
from pipelines.render.layout import text_in, untranslated
from pipelines.render.xliff_units import fingerprint
from pipelines.translation.returned import Returned, ReturnedUnit


@dataclass(frozen=True, slots=True)
class Pairing:
    """A unit beside its line."""

    unit: ReturnedUnit
    segment: Segment | None
    """None where the brief has no such line."""
    changed: bool = False
    """Whether the line's words have changed since the file went out."""


def source_language(brief: Brief) -> Language:
    """The language that a brief goes out in."""
    return brief.documents[0].language if brief.documents else brief.language


def paired(brief: Brief, returned: Returned) -> list[Pairing]:
    """Each unit of a file with its line, in the file's order."""
    language = source_language(brief)
    lines = {segment.id: segment for segment in brief.segments}
    prints = {id: fingerprint(text_in(line, language) or "") for id, line in lines.items()}
    by_print: dict[str, list[str]] = {}
    for id, told in prints.items():
        by_print.setdefault(told, []).append(id)
    return [_pairing(unit, lines, prints, by_print) for unit in returned.units]


def _pairing(
    unit: ReturnedUnit,
    lines: Mapping[str, Segment],
    prints: Mapping[str, str],
    by_print: Mapping[str, list[str]],
) -> Pairing:
    # The note tells what went out; a tool may have tidied the source since. Either will do.
    marks = [one for one in (unit.fingerprint, fingerprint(unit.source)) if one]
    if prints.get(unit.id) in marks:
        return Pairing(unit, lines[unit.id])
    for mark in marks:
        if len(found := by_print.get(mark, [])) == 1:
            return Pairing(unit, lines[found[0]])
    segment = lines.get(unit.id)
    return Pairing(unit, segment, changed=segment is not None)


def missing(brief: Brief, pairings: Iterable[Pairing]) -> list[Segment]:
    """The lines that still need a translation and that no unit is of, in the brief's order."""
    language = source_language(brief)
    there = {one.segment.id for one in pairings if one.segment is not None}
    return [
        segment
        for segment in brief.segments
        if untranslated(segment) and segment.id not in there and text_in(segment, language)
    ]


def difference(was: str, now: str) -> tuple[str, str]:
    """The words of two texts that differ, with one word around them; the rest as an ellipsis."""
    one, two = was.split(), now.split()
    steps = [
        step for step in SequenceMatcher(None, one, two, False).get_opcodes() if step[0] != "equal"
    ]
    if not steps:
        return was, now

    def cut(words: list[str], first: int, last: int) -> str:
        first, last = max(first - 1, 0), min(last + 1, len(words))
        begin, end = ("… " if first else ""), (" …" if last < len(words) else "")
        return f"{begin}{' '.join(words[first:last])}{end}"

    return (
        cut(one, steps[0][1], steps[-1][2]),
        cut(two, steps[0][3], steps[-1][4]),
    )
