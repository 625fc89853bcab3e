"""WebVTT and SubRip files, damaged ones too, as the captions that their writer meant.

In: the text of a ``.vtt`` or ``.srt`` file. Out: its captions with their times, and what its header
and notes say. SubRip's commas and numbers are read like WebVTT's points; ``:60`` is carried over, a
paragraph behind a blank line belongs to the caption before it, an arrow in what was said is no
time. A line of times that can't be read costs its times alone: what was said then stands at the end
of the caption before. Where a file keeps to the rules, this is WebVTT as W3C's section 6 parses it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

_TIME = r"(?:(\d{1,10}):)?(\d{1,3}):(\d{1,3})[.,:](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}")
#: A line that is times, though damaged: begins with a digit, and more digits than letters.
_DAMAGED = re.compile(r"\s*\d[\d:.,\sA-Za-z]{0,20}-->")
_ARROW = "-->"
_BLOCKS = ("NOTE", "STYLE", "REGION")

Times = tuple[int, int]
"""Beginning and end, in milliseconds."""


class Caption(NamedTuple):
    """What is on the screen at a time, as written: with its tags and line breaks."""

    start: float
    """Seconds from the start of the recording."""
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Subtitles:
    """A file of captions."""

    title: str
    """What stands behind the word WEBVTT."""
    header: tuple[str, ...]
    """The other lines of the header."""
    notes: tuple[str, ...]
    """The lines of the notes above the first caption."""
    captions: tuple[Caption, ...]
    """In the file's order."""


def subtitles(text: str) -> Subtitles:
    """The captions of a file, and what it says of itself."""
    lines = text.strip("\n").split("\n")
    header = list(takewhile(_in_header, lines)) if lines[0].startswith("WEBVTT") else []
    notes: list[str] = []
    found: list[tuple[Times, list[str]]] = []
    said: list[str] = []  # what a caption or a note holds so far, also behind a blank line
    above: list[str] = []  # what a block holds above its times, or without any
    timed = False
    for line in [*lines[len(header) :], ""]:
        times = _times(line) if _ARROW in line else None
        blank = not line or line.isspace()
        if above and (times or blank):
            if _is_note(above[0], names=times is not None and len(above) == 1):
                said = _told(above)
                notes += said if not found else []
            else:
                said += _continued(above, ends=blank)
            above = []
        if times:
            if timed and said and said[-1].strip().isdecimal():
                said.pop()  # the number of a caption that no blank line parts from the one before
            said = []
            found.append((_stated(times, found[-1][0][1] if found else 0), said))
        elif not blank:
            (said if timed else above).append(line)
        timed = (timed or times is not None) and not blank
    return Subtitles(
        header[0].removeprefix("WEBVTT") if header else "",
        tuple(takewhile(lambda line: _ARROW not in line, header[1:])),
        tuple(notes),
        tuple(Caption(start / 1000, end / 1000, _joined(said)) for (start, end), said in found),
    )


def _in_header(line: str) -> bool:
    return bool(line.strip()) and not (_ARROW in line and _times(line))


def _times(line: str) -> re.Match[str] | None:
    return _TIMES.match(line) or _DAMAGED.match(line)


def _is_note(line: str, names: bool) -> bool:
    """Whether a block's first line makes it a note; one that names a caption may say NOTE too."""
    if not line.lstrip().startswith(_BLOCKS):
        return False
    kind, _, rest = line.strip().partition(" ")
    return kind in _BLOCKS and bool(rest or not names)


def _told(note: Sequence[str]) -> list[str]:
    """The lines of a note without its first word; a style sheet and a region tell nothing."""
    first, *rest = note
    kind, _, told = first.strip().partition(" ")
    return [told, *rest] if kind == "NOTE" else []


def _continued(said: Sequence[str], ends: bool) -> list[str]:
    """What stands behind a blank line and is said in the caption before it.

    ``ends`` where no times follow in the block; above times stand also the names of captions.
    """
    if ends:
        return [] if all(line.strip().isdecimal() for line in said) else list(said)
    return [line for line in said if len(line.split()) > 1]


def _stated(match: re.Match[str], before: int) -> Times:
    """What a line of times says; where it is damaged, the end of the caption before."""
    if match.lastindex is None:
        return before, before
    fields = match.groups()
    start, end = _milliseconds(*fields[:4]), _milliseconds(*fields[4:])
    return start, max(start, end)


def _milliseconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(thousandths.ljust(3, "0"))


def _joined(said: Sequence[str]) -> str:
    """Lines as the text of a caption; an arrow in what was said opens and closes no tag."""
    text = "\n".join(said)
    return text.replace(_ARROW, "--&gt;") if _ARROW in text else text
