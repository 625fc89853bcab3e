"""QMSum meetings as WebVTT files: does a long exchange survive the way through a caption file?

    python benchmarks/qmsum_to_webvtt.py FILE.jsonl[.xz] OUT_DIR

In: meetings as QMSum gives them (``meeting_transcripts``: a list of ``speaker`` and ``content``).
Out: one file a meeting, ``01.vtt`` and so on, with voice tags. QMSum has no times, so they are
made from the pace of speech; the same meetings give the same bytes.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

#: Pace of speech in meetings, in words a minute.
WORDS_A_MINUTE = 150
#: Longest cue, in words.
CUE_WORDS = 40


def main(arguments: list[str]) -> int:
    """Convert every meeting of a file; the exit code is 0, or 2 for wrong usage."""
    if len(arguments) != 2:
        print("usage: qmsum_to_webvtt.py FILE.jsonl[.xz] OUT_DIR", file=sys.stderr)
        return 2
    source, folder = Path(arguments[0]), Path(arguments[1])
    if not source.is_file():
        print(f"{source}: no such file; check the path", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for count, turns in enumerate(meetings(source), 1):
        (folder / f"{count:02}.vtt").write_text(webvtt(turns), encoding="utf-8")
    print(f"{count} meetings written")
    return 0


def meetings(path: Path) -> Iterator[list[tuple[str, str]]]:
    """The meetings of a QMSum file, each as (speaker, words) in order."""
    content = path.read_bytes()
    text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode("utf-8")
    for line in text.strip().split("\n"):
        turns = json.loads(line)["meeting_transcripts"]
        yield [(turn["speaker"], turn["content"]) for turn in turns]


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
