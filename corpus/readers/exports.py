"""Transcripts and chats as programs export them, in the one form that ``labels`` reads.

In: the lines of a text. Out: the same lines, each label written ``[h:mm:ss] Name: speech``; what
was said isn't touched. Known: Teams ("0 minutes 3 seconds"), Google Meet (a time every five
minutes, attendees, footer), Zoom's, Slack's and WhatsApp's chats (times of day become seconds from
the first message), speakers named by what they do behind a time (« 00:01:36 Directrice des travaux
publics »), parliamentary pages (floor language, times as "(1005)"). What nobody said (reactions,
joins, footers) is marked ``NOTICE``: the readers keep it as boilerplate. The phrases of each
program are data (``exports.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

#: Before a line that nobody said.
NOTICE = "\u2063"

_CLOCK = (
    r"(?P<hour>\d{1,2})[:hH.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?"
)
_DATE = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
#: WhatsApp and others: "[2026-03-12, 10:14:33] Ada: …", "12/03/2026, 10:14 - Ada: …".
_DATED = re.compile(
    rf"\[?(?P<date>{_DATE}),?(?: à| at|,)?\s+{_CLOCK}\]?\s*(?:[-–—]\s*)?"
    r"(?P<name>[^:\n]{1,60}):\s?(?P<text>.*)$"
)
_DATED_NOTICE = re.compile(rf"\[?{_DATE},?(?: à| at|,)?\s+{_CLOCK}\]?\s*(?:[-–—]\s*)?(?P<text>.*)$")
#: Zoom's chat: "10:14:33 From Ada Brook to Everyone: …".
_ZOOM = re.compile(
    rf"{_CLOCK}\s+(?:From|De|from|de)\s+(?P<name>.{{1,60}}?)\s*(?:\s(?:to|To|à|À)\s+.{{1,60}}?)?"
    r"\s*:\s?(?P<text>.*)$"
)
#: Slack, as copied: "Ada Brook  10:14 AM", "Ada Brook [10:14]".
_SLACK = re.compile(rf"(?P<name>[^\W\d_][^:\n]{{1,50}}?)\s{{1,4}}\[?{_CLOCK}\]?$")
#: Teams: "0 minutes 3 seconds", « 1 heure 2 minutes 7 secondes ».
_DURATION = re.compile(
    r"(?:(?P<hours>\d+)\s*(?:hours?|heures?|h))?\s*(?:(?P<minutes>\d+)\s*(?:minutes?|min))?"
    r"\s*(?:(?P<seconds>\d+)\s*(?:seconds?|secondes?|s))?",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\[?(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,2}):(?P<seconds>\d{2})(?:[.,]\d+)?\]?"
)
_TIMED_LABEL = re.compile(
    r"\[?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d+)?)\]?\s*[-–—:]?\s+(?P<name>[^\W_].{0,70})$"
)
_LABEL_TIMED = re.compile(
    r"(?P<name>[^\W_][^:]{0,60}?)\s+[\[(]?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2})[\])]?$"
)
_SITTING = re.compile(r"\((?P<hour>\d{2})(?P<minute>[0-5]\d)\)")
#: Labels behind a time are no longer, in words, and end in none of these.
_LABEL_WORDS, _SPEECH_ENDS = 9, ".!?…,;:"
#: So many of a file's timed lines must have the form for it to be the file's.
_MOSTLY, _OFTEN = 0.8, 0.5


@cache
def phrases() -> dict[str, Any]:
    """The phrases of each program, lower case."""
    file = resources.files("corpus.readers").joinpath("exports.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def canonical(text: str) -> str:
    """The text with every export's labels in one form; any other text as it is."""
    lines = [line.replace("\u200e", "").replace("\u200f", "") for line in text.split("\n")]
    lines = _notices(lines)
    for form in (_teams, _dated, _zoom_chat, _slack, _meet, _sitting, _named_beside_times):
        lines = form(lines)
    return "\n".join(lines)


def stamp(seconds: float) -> str:
    """Seconds as the time before a label."""
    whole = int(seconds)
    return f"[{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}]"


def is_notice(line: str) -> bool:
    """Whether a line is the program's own, or its hearer's invention: nobody said it."""
    bare = line.strip().casefold()
    return bool(bare) and (bare.startswith(_begins()) or bool(_whole().fullmatch(bare)))


@cache
def _begins() -> tuple[str, ...]:
    return tuple(phrases()["notices"]["begins"])


@cache
def _whole() -> re.Pattern[str]:
    return re.compile("|".join(phrases()["notices"]["whole"]))


def _notices(lines: Sequence[str]) -> list[str]:
    return [f"{NOTICE}{line}" if is_notice(line) else line for line in lines]


def _duration(line: str) -> float | None:
    found = _DURATION.fullmatch(line.strip()) if line.strip() else None
    if found is None or not any(found.groups()):
        return None
    return _seconds(found)


def _seconds(found: re.Match[str]) -> float:
    hours, minutes, seconds = (int(found[key] or 0) for key in ("hours", "minutes", "seconds"))
    return hours * 3600 + minutes * 60 + seconds


def _teams(lines: Sequence[str]) -> list[str]:
    """A name, how long after the beginning, and mostly the same as a time, each on a line."""
    result: list[str] = []
    i = 0
    while i < len(lines):
        after = _duration(lines[i + 1]) if i + 1 < len(lines) else None
        if after is None or not lines[i].strip() or len(lines[i].split()) > _LABEL_WORDS:
            result.append(lines[i])
            i += 1
            continue
        result.append(f"{stamp(after)} {lines[i].strip()}:")
        i += 2
        if i < len(lines) and _MARK.fullmatch(lines[i].strip()):
            i += 1
    return result


def _clock(found: re.Match[str]) -> float:
    hour = int(found["hour"])
    half = (found["half"] or "").casefold().replace(".", "").replace(" ", "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return hour * 3600 + int(found["minute"]) * 60 + int(found["second"] or 0)


def _since_first(times: Sequence[float]) -> list[float]:
    """Times of day as seconds from the first, past midnight too."""
    result: list[float] = []
    days, before = 0, times[0] if times else 0
    for time in times:
        days += time < before - 12 * 3600
        before = time
        result.append(max(0.0, time + days * 86400 - times[0]))
    return result


def _chat(lines: Sequence[str], form: re.Pattern[str], least: int = 2) -> list[str]:
    """Lines of one form, name and clock, as labels; nothing where they are fewer than that."""
    found = [form.match(line.strip()) if line[:1] != NOTICE else None for line in lines]
    if sum(match is not None for match in found) < least:
        return list(lines)
    times = iter(_since_first([_clock(match) for match in found if match]))
    result = []
    for line, match in zip(lines, found, strict=True):
        if match is None:
            result.append(line)
            continue
        said = match["text"] if "text" in match.re.groupindex else ""
        result.append(f"{stamp(next(times))} {match['name'].strip()}: {said}".rstrip())
    return result


def _dated(lines: Sequence[str]) -> list[str]:
    labelled = _chat(lines, _DATED)
    if labelled == list(lines):
        return labelled
    return [f"{NOTICE}{line}" if _DATED_NOTICE.match(line) else line for line in labelled]


def _zoom_chat(lines: Sequence[str]) -> list[str]:
    return _chat(lines, _ZOOM)


def _slack(lines: Sequence[str]) -> list[str]:
    """Only where times tell of a clock (AM, PM): others are seconds of a recording."""
    halves = [match for line in lines if (match := _SLACK.match(line.strip())) and match["half"]]
    return _chat(lines, _SLACK) if len(halves) > 1 else list(lines)


def _meet(lines: Sequence[str]) -> list[str]:
    """A time alone on its line belongs to whoever speaks next; a list of attendees is a notice."""
    attendees = tuple(phrases()["attendees"]["headings"])
    alone = [i for i, line in enumerate(lines) if _MARK.fullmatch(line.strip())]
    result: list[str] = []
    pending: str | None = None
    listed = False
    for i, line in enumerate(lines):
        bare = line.strip()
        mark = _MARK.fullmatch(bare)
        if mark and _speaks_next(lines, i, alone):
            pending = stamp(_seconds(mark))
        elif bare.casefold().rstrip(":") in attendees:
            listed = True
            result.append(f"{NOTICE}{line}")
        elif listed and bare and ":" not in bare and not bare.endswith((".", "?", "!")):
            result.append(f"{NOTICE}{line}")
            listed = "," not in bare
        else:
            listed = listed and not bare
            if pending and bare:
                line, pending = f"{pending} {bare}", None
            result.append(line)
    return result


def _speaks_next(lines: Sequence[str], i: int, alone: Sequence[int]) -> bool:
    """Whether a label stands behind a time that has its line to itself."""
    following = next((line.strip() for line in lines[i + 1 :] if line.strip()), "")
    name, colon, said = following.partition(":")
    return bool(alone and colon and said[:1] in ("", " ") and 0 < len(name.split()) <= _LABEL_WORDS)


def _sitting(lines: Sequence[str]) -> list[str]:
    """Parliamentary pages: "(1005)" is the clock; the language of the floor is a notice."""
    floor = re.compile("|".join(phrases()["sitting"]["floor"]), re.IGNORECASE)
    clocks = [match for line in lines if (match := _SITTING.fullmatch(line.strip()))]
    times = iter(
        _since_first([int(match["hour"]) * 3600.0 + int(match["minute"]) * 60 for match in clocks])
    )
    result: list[str] = []
    pending: str | None = None
    for line in lines:
        bare = line.strip()
        if len(clocks) > 1 and _SITTING.fullmatch(bare):
            pending = stamp(next(times))
        elif floor.fullmatch(bare):
            result.append(f"{NOTICE}{line}")
        elif pending and ":" in bare:
            result.append(f"{pending} {bare}")
            pending = None
        else:
            result.append(line)
    return result


def _named_beside_times(lines: Sequence[str]) -> list[str]:
    """« 00:01:36 Directrice des travaux publics », "jmarlow  1:35", and the speech below.

    A label by its place: behind a time where nearly all such lines are labels, before one where the
    same names stand there again and again.
    """
    behind = [(i, m) for i, line in enumerate(lines) if (m := _TIMED_LABEL.match(line.strip()))]
    before = [(i, m) for i, line in enumerate(lines) if (m := _LABEL_TIMED.match(line.strip()))]
    result = list(lines)
    for timed, share, once in ((behind, _MOSTLY, True), (before, _OFTEN, False)):
        known = Counter(match["name"] for _, match in timed)
        labels = [
            (i, match)
            for i, match in timed
            if _is_label(lines, i, match["name"], known[match["name"]] > 1, once)
        ]
        if len(labels) < 2 or len(labels) < share * len(timed):
            continue
        for i, match in labels:
            result[i] = f"[{match['time']}] {match['name'].strip().rstrip(':')}:"
    return result


def _is_label(lines: Sequence[str], i: int, name: str, recurs: bool, once: bool) -> bool:
    """Whether a name beside a time labels the line below: it recurs, or, ``once``, looks like one.

    A name that recurs may be written in small letters, and say a word only.
    """
    below = lines[i + 1].strip() if i + 1 < len(lines) else ""
    named = (
        bool(below)
        and not _TIMED_LABEL.match(below)
        and ":" not in name.rstrip(":")
        and len(name.split()) <= _LABEL_WORDS
        and name.rstrip(":")[-1] not in _SPEECH_ENDS
    )
    if recurs or not named:
        return named
    return once and (name[0].isupper() or not name[0].isalpha()) and len(below.split()) > 2
