"""Turns as captions, so that labels of speakers need not be guessed.

In: who said what, in order. Out: a WebVTT file with voice tags. There are no times, so they are
made from the pace of speech; the same turns give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

#: Pace of speech in meetings, in words a minute.
WORDS_A_MINUTE = 150
#: Longest cue, in words.
CUE_WORDS = 40


def webvtt(turns: Iterable[tuple[str, str]]) -> str:
    """Turns as a WebVTT file with voice tags, cues of at most ``CUE_WORDS`` words."""
    cues = ["WEBVTT"]
    spoken = 0
    for speaker, content in turns:
        words = content.split()
        for first in range(0, len(words), CUE_WORDS):
            part = words[first : first + CUE_WORDS]
            times = f"{timestamp(spoken)} --> {timestamp(spoken + len(part))}"
            text = escape(" ".join(part), quote=False)
            voice = escape(" ".join(speaker.split()), quote=False)
            cues.append(f"{times}\n<v {voice}>{text}</v>")
            spoken += len(part)
    return "\n\n".join(cues) + "\n"


def timestamp(words: int) -> str:
    """When so many words have been spoken, as WebVTT writes it (``00:01:04.800``)."""
    milliseconds = words * 60_000 // WORDS_A_MINUTE
    seconds, milliseconds = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"
