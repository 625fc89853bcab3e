"""Damaged and related subtitle files, as the WebVTT that their writer meant.

In: the text of a ``.vtt`` or ``.srt`` file. Out: WebVTT whose every cue is readable: SubRip's
commas and numbers gone, ``:60`` carried over, a paragraph behind a blank line back in its cue, an
arrow in what was said no longer taken for a time. A line of times that can't be read costs its
times alone: what was said then stands at the end of the cue before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TIME = r"(?:(\d+):)?(\d{1,3}):(\d{1,3})[.,:](\d{1,3})"
_TIMES = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?P<settings>.*)$")
#: A line that is times, though damaged: begins with a digit, and more digits than letters.
_DAMAGED = re.compile(r"^\s*\d[\d:.,\sA-Za-z]{0,20}-->")
_ARROW = "-->"
_BLOCKS = ("NOTE", "STYLE", "REGION")


def repaired(text: str) -> str:
    """A subtitle file as WebVTT; its header and notes as they are."""
    header, blocks = _blocks(text)
    lines: list[str] = [*header, ""]
    end = 0.0
    for block in blocks:
        if _is_note(block):
            lines += [*block, ""]
            continue
        at = next((i for i, line in enumerate(block) if _is_times(line)), None)
        if at is None:
            _continued(lines, block)
            continue
        _continued(lines, [line for line in block[:at] if not _is_identifier(line)])
        for timed, said in _cues(block[at:]):
            times, end = _stated(timed, end)
            lines += [times, *(line.replace(_ARROW, "--&gt;") for line in said), ""]
    return "\n".join(lines).rstrip() + "\n"


def _blocks(text: str) -> tuple[list[str], list[list[str]]]:
    """The header, and what stands between blank lines behind it."""
    lines = text.split("\n")
    header = ["WEBVTT"]
    if lines[0].startswith("WEBVTT"):
        first = next(
            (i for i, line in enumerate(lines) if not line.strip() or _is_times(line)), len(lines)
        )
        header, lines = lines[:first], lines[first:]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return header, [block for block in blocks if block]


def _is_note(block: Sequence[str]) -> bool:
    first = block[0].strip()
    kind, _, rest = first.partition(" ")
    timed = len(block) > 1 and _is_times(block[1])
    return kind in _BLOCKS and not (timed and not rest)


def _is_times(line: str) -> bool:
    return _ARROW in line and (bool(_TIMES.match(line)) or bool(_DAMAGED.match(line)))


def _is_identifier(line: str) -> bool:
    """Whether a line above the times only names its cue: a number, or one word."""
    return len(line.split()) == 1 or line.strip().isdecimal()


def _cues(block: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Times, and what was said then; cues that no blank line parts are parted."""
    timed, said = block[0], list[str]()
    for line in block[1:]:
        if _is_times(line):
            if said and said[-1].strip().isdecimal():
                said.pop()
            yield timed, said
            timed, said = line, []
        else:
            said.append(line)
    yield timed, said


def _continued(lines: list[str], said: Sequence[str]) -> None:
    """Put what stands behind a blank line back into the cue before it."""
    spoken = [line.replace(_ARROW, "--&gt;") for line in said]
    has_cue = any(_TIMES.match(line) for line in lines)
    if not spoken or not has_cue or all(line.strip().isdecimal() for line in spoken):
        return
    while lines and not lines[-1]:
        lines.pop()
    lines += [*spoken, ""]


def _stated(line: str, before: float) -> tuple[str, float]:
    """A line of times in WebVTT's form, and its end in seconds."""
    match = _TIMES.match(line)
    if match is None:
        return f"{_written(before)} --> {_written(before)}", before
    start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:8])
    settings = match["settings"].rstrip()
    return f"{_written(start)} --> {_written(max(start, end))}{settings}", max(start, end)


def _seconds(fields: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (str(field or 0) for field in fields)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int(thousandths.ljust(3, "0")) / 1000


def _written(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    whole = thousandths // 1000
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths % 1000:03}"
