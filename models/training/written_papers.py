"""Papers written for training, each sentence with what it does.

In: the folder ``written`` beside this module: one file a paper, with its title, its language and
the kind of its study, then headings and sentences, one a line, each behind the codes of what it
does. Out: the labels in the form of ``slots`` and the paper as a reader reads it. They are this
project's own writing, about studies that never were: forms, fields and the French that the papers
read in full lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.readers import read_bytes

WRITTEN = Path(str(files("models.training").joinpath("written")))
#: Papers written for the kind of their study alone: what their sentences do isn't said.
KINDS_ALONE = WRITTEN / "kinds"
#: The French sentences, word by word in English (``benchmarks/written_glosses.py``).
GLOSSES = "glosses.tsv"
#: What a sentence's codes stand for, by the name of the labels in ``slots``.
CODES = {
    "M": "bottom_line",
    "F": "findings",
    "K": "key",
    "L": "limits",
    "R": "recommendations",
    "N": "research_needs",
    "S": "applies_to",
    "P": "problem",
}
_SENTENCE = re.compile(r"(?P<codes>[MFKLRNSP]+|-)\| (?P<text>\S.*)")
_FIELD = re.compile(r"(?P<name>title|language|design): (?P<value>\S.*)")


def records(folder: Path | None = None) -> Iterator[tuple[dict[str, Any], Document]]:
    """The labels of each paper, and the paper, in the order of their names.

    Raises ``ValueError`` for a line that is none of the form.
    """
    for path in sorted((folder or WRITTEN).glob("*.txt")):
        record, text = _parsed(path)
        yield record, read_bytes(text.encode(), f"{path.stem}.md")


def glosses(folder: Path | None = None) -> dict[str, str]:
    """What stands for each French title and sentence where only English is known."""
    lines = ((folder or WRITTEN) / GLOSSES).read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def _parsed(path: Path) -> tuple[dict[str, Any], str]:
    """A file's labels, and its paper as Markdown."""
    record: dict[str, Any] = {"file": path.name} | {name: [] for name in CODES.values()}
    blocks: list[str] = []
    paragraph: list[str] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        if sentence := _SENTENCE.fullmatch(line):
            paragraph.append(sentence["text"])
            for code in sentence["codes"].replace("-", ""):
                record[CODES[code]].append(sentence["text"])
            continue
        blocks += [" ".join(paragraph)] if paragraph else []
        paragraph = []
        if field := _FIELD.fullmatch(line):
            record[field["name"]] = field["value"].strip()
        elif line.startswith("#"):
            blocks.append(f"#{line}")
        elif line.strip():
            raise ValueError(f"{path.name}, line {number}: neither heading, field nor sentence")
    text = "\n\n".join([f"# {record['title']}", *blocks])
    return record, f"---\nlang: {record['language']}\n---\n{text}\n"
