"""Exchanges written for training, each sentence with the points that it makes.

In: the folder ``written/exchanges`` beside this module: one file an exchange, with its language and
form, then turns, each below a heading with the speaker's label and role, and sentences, one a line,
each behind the codes of what it is. Out: the labels in the form of the suite ``points`` and the
exchange as a reader reads it. They are this project's own writing: nobody in them is a real person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.readers import read_bytes
from models.training.captions import webvtt

WRITTEN = Path(str(files("models.training").joinpath("written", "exchanges")))
#: The kinds that a sentence's codes stand for; a code's figure is the point's weight.
CODES = {
    "Q": "question",
    "C": "commitment",
    "D": "decision",
    "I": "innovation",
    "B": "barrier",
    "E": "enabler",
    "V": "evidence",
    "R": "recommendation",
}
#: The code of a sentence that could by itself be the main outcome.
OUTCOME = "M"
_FIELD = re.compile(r"(?P<name>language|form): (?P<value>\S.*)")
_TURN = re.compile(r"# (?P<label>[^|]*[^|\s]) *\| *(?P<role>[a-z_]+)")
_SENTENCE = re.compile(
    r"(?P<codes>-|(?:[QCDIBEVR][123]|M)(?: (?:[QCDIBEVR][123]|M))*)(?: by=(?P<by>[^|]*[^|\s]))?\| "
    r"(?P<text>\S.*)"
)


def records(folder: Path | None = None) -> Iterator[tuple[dict[str, Any], Document]]:
    """The labels of each exchange, and the exchange, in the order of their names.

    Raises ``ValueError`` for a line that is none of the form.
    """
    for path in sorted((folder or WRITTEN).glob("*.txt")):
        record, turns = parsed(path)
        yield record, read_bytes(webvtt(turns).encode(), f"{path.stem}.vtt")


def parsed(path: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A file's labels, and who said what."""
    record: dict[str, Any] = {"file": path.name, "points": [], "bottom_line": [], "roles": {}}
    turns: list[tuple[str, list[str]]] = []
    who = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if turn := _TURN.fullmatch(line):
            who = record["roles"][turn["label"]] = turn["role"]
            turns.append((turn["label"], []))
        elif (sentence := _SENTENCE.fullmatch(line)) and turns:
            turns[-1][1].append(sentence["text"])
            for code in sentence["codes"].split():
                if code == OUTCOME:
                    record["bottom_line"].append(sentence["text"])
                elif code != "-":
                    record["points"].append(
                        {
                            "turn": len(turns),
                            "quote": sentence["text"],
                            "kind": CODES[code[0]],
                            "weight": int(code[1]),
                            "who": who,
                            "by": sentence["by"],
                        }
                    )
        elif field := _FIELD.fullmatch(line):
            record[field["name"]] = field["value"].strip()
        elif line.strip():
            raise ValueError(f"{path.name}, line {number}: neither field, turn nor sentence")
    return record, [(label, " ".join(said)) for label, said in turns]
