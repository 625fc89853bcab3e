"""What does a draft ask of a machine: the first one, a long one, one beside a busy neighbour?

    python benchmarks/draft_limits.py PAPER.nxml TRANSCRIPT.vtt...

Prints processor time and peak memory of the first draft of a small file in a fresh process; the
same of the transcripts joined to four hours of speech; the time of the paper's draft beside a
program that keeps one core busy, as a ratio to the time on the quiet machine, the two in turn; and
the cost per word of the paper repeated two, four and eight times, as a ratio to once.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from corpus.readers import read

SMALL = """# Benches and walking

## Abstract

We asked 120 residents of two towns how often they walked. Residents who had a bench near their home
walked 12% more often than others. Night-time walking did not differ. The study was small, and more
research is needed. Towns could place benches along main streets.
"""
#: Words spoken in four hours, at 150 a minute.
FOUR_HOURS = 36_000
RUNS = 5


def draft(path: Path, scratch: Path, name: str) -> tuple[float, float, float]:
    """Processor time, wall time (seconds) and peak memory (MB) of one draft in a fresh process."""
    command = [sys.executable, "-m", "passerelle", "draft", str(path), "--out", str(scratch / name)]
    environment = os.environ | {"PASSERELLE_HOME": str(scratch / f"home-{name}")}
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{path}: not drafted (status {process.returncode})")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def spin() -> None:
    """Keep one core busy."""
    resource.setrlimit(resource.RLIMIT_CPU, (600, 600))  # ends by itself in any case
    while True:
        pass


def first(scratch: Path) -> None:
    """The first draft of a small file."""
    small = scratch / "small.md"
    small.write_text(SMALL, encoding="utf-8")
    runs = [draft(small, scratch, f"small{n}") for n in range(RUNS)]
    used, _, memory = (median(column) for column in zip(*runs, strict=True))
    print(f"first draft of a small file: {used:.2f} s of processor time, {memory:.0f} MB")


def long(transcripts: Sequence[Path], scratch: Path) -> None:
    """Four hours of speech, made of meetings one after the other."""
    cues: list[str] = []
    words = 0
    for transcript in itertools.cycle(transcripts):
        for cue in transcript.read_text(encoding="utf-8").split("\n\n")[1:]:
            cues.append(cue.strip())
            words += len(cue.split()) - 3  # the line of times
        if words >= FOUR_HOURS:
            break
    path = scratch / "four-hours.vtt"
    path.write_text("\n\n".join(["WEBVTT", *cues]) + "\n", encoding="utf-8")
    used, _, memory = draft(path, scratch, "long")
    print(f"a transcript of {words} words: {used:.1f} s of processor time, {memory:.0f} MB")


def beside(paper: Path, scratch: Path) -> None:
    """The same draft on a quiet machine and beside one busy core."""
    quiet, busy = [], []
    for n in range(RUNS):
        quiet.append(draft(paper, scratch, f"quiet{n}")[1])
        neighbour = multiprocessing.Process(target=spin)
        neighbour.start()
        try:
            busy.append(draft(paper, scratch, f"busy{n}")[1])
        finally:
            neighbour.terminate()
            neighbour.join()
    print(f"beside one busy core: {median(busy) / median(quiet):.2f} × the time on a quiet machine")


def per_word(paper: Path, scratch: Path) -> None:
    """The cost of a word in the paper's text, told once to eight times over."""
    text = read(paper).text
    costs = {}
    for times in (1, 2, 4, 8):
        path = scratch / f"times{times}.md"
        parts = [f"## Results {n}\n\n{text}" for n in range(times)]
        path.write_text("# Told again\n\n" + "\n\n".join(parts), encoding="utf-8")
        used, _, _ = draft(path, scratch, f"times{times}")
        costs[times] = used / (times * len(text.split()))
    told = ", ".join(f"{times} times {cost / costs[1]:.2f}" for times, cost in costs.items())
    print(f"cost of a word, as a ratio to the paper once: {told}")


def main() -> None:
    """Measure the paper and the transcripts of the command line."""
    paper, *transcripts = map(Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        first(scratch)
        long(transcripts, scratch)
        beside(paper, scratch)
        per_word(paper, scratch)


if __name__ == "__main__":
    main()
