"""Does every document of a folder give a brief that keeps the contract, the same each time?

    python benchmarks/contract.py FOLDER...

Runs ``passerelle draft`` on each folder three times: into a new store, into another new store,
and into the first store again. Checks each brief by rules written here anew, not by the
program's own: the schema's fields in their order, every quote to the letter against ``passerelle
read``, every number of a segment among its evidence's. Prints the share of bytes that differ
between the first two runs (0 expected) and the third run's time as a share of the first's.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

BRIEF = ["schema", "id", "language", "audience", "status", "documents", "segments", "readability",
         "checks"]  # fmt: skip
SEGMENT = ["id", "section", "text", "language", "strength", "certainty", "evidence", "steps",
           "target", "verdict", "reasons"]  # fmt: skip
EVIDENCE = ["document", "start", "end", "quote", "page", "timecode", "section"]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
COMMAND = str(Path(sys.executable).with_name("passerelle"))


def passerelle(home: Path, *words: str) -> tuple[float, subprocess.CompletedProcess[str]]:
    """Run the command; seconds it took, and what it said."""
    environment = {**os.environ, "PASSERELLE_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    begun = time.perf_counter()
    done = subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, env=environment, check=False
    )
    return time.perf_counter() - begun, done


def faults(brief: dict[str, Any], texts: dict[str, str]) -> list[str]:
    """What breaks the contract in one brief."""
    found = [] if list(brief) == BRIEF else [f"fields {list(brief)}"]
    for segment in brief["segments"]:
        fields = [name for name in segment if name != "origin"]
        name = segment["id"]
        if fields != SEGMENT:
            found.append(f"{name}: fields {fields}")
        if not segment["evidence"] and segment.get("origin") != "template":
            found.append(f"{name}: no evidence")
        for item in segment["evidence"]:
            if list(item) != EVIDENCE:
                found.append(f"{name}: evidence fields {list(item)}")
            if texts[item["document"]][item["start"] : item["end"]] != item["quote"]:
                found.append(f"{name}: quote differs")
        known = set(NUMBER.findall(" ".join(item["quote"] for item in segment["evidence"])))
        missing = set(NUMBER.findall(segment["text"])) - known
        if missing:
            found.append(f"{name}: numbers {sorted(missing)} not in the evidence")
    found.extend(
        f"check {check['name']} failed" for check in brief["checks"] if not check["passed"]
    )
    return found


def read_texts(files: list[Path], home: Path) -> dict[str, str]:
    """The canonical text of each document, by its id."""
    texts = {}
    for file in files:
        _, done = passerelle(home, "read", str(file), "--json")
        if done.returncode == 0:
            document = json.loads(done.stdout)
            texts[document["id"]] = document["text"]
    return texts


def bytes_that_differ(first: Path, second: Path) -> int:
    """How many files of two folders differ, or are in one only."""
    names = {path.name for path in [*first.iterdir(), *second.iterdir()]}
    return sum(
        not (first / name).exists()
        or not (second / name).exists()
        or (first / name).read_bytes() != (second / name).read_bytes()
        for name in names
    )


def measure(folder: Path) -> bool:
    """Print what was found over one folder; whether the contract was kept."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    with tempfile.TemporaryDirectory() as scratch:
        one, two = Path(scratch, "one"), Path(scratch, "two")
        outs = one / "briefs", two / "briefs"
        first, done = passerelle(one, "draft", str(folder), "--out", str(outs[0]), "--json")
        passerelle(two, "draft", str(folder), "--out", str(outs[1]), "--json")
        again, redone = passerelle(one, "draft", str(folder), "--out", str(outs[0]), "--json")
        result = json.loads(done.stdout)
        texts = read_texts(files, one)
        wrong = [
            f"{brief['documents'][0]['source']}: {fault}"
            for brief in result["briefs"]
            for fault in faults(brief, texts)
        ]
        differing = bytes_that_differ(*outs)
        same = redone.stdout == done.stdout
    print(f"{folder.name}: {len(files)} files, {len(result['briefs'])} briefs")
    for line in [*wrong, *(f"{item['source']}: {item['reason']}" for item in result["failures"])]:
        print(f"  {line}")
    segments = sum(len(brief["segments"]) for brief in result["briefs"])
    print(
        f"  {segments} segments, {len(wrong)} faults; files that differ between runs: {differing}"
    )
    print(
        f"  first run {first:.1f} s; again over the same store {again:.2f} s: "
        f"{again / first:.3f} of the first, {'the same' if same else 'ANOTHER'} output"
    )
    return not wrong and not differing and same and len(result["briefs"]) == len(files)


if __name__ == "__main__":
    sys.exit(0 if all([measure(Path(folder)) for folder in sys.argv[1:]]) else 1)
