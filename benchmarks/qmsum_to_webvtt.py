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
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from models.training.captions import webvtt


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
