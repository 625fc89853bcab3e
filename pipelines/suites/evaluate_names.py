"""The suite ``names``: how many names, addresses and numbers of an exchange would be told?

One line of the file is a planted turn (``text``, ``language``, ``private``: what must be masked,
``kept``: words that must stay), or a labelled meeting as in ``data/exchanges`` (``file``, with
its transcript in ``src/`` beside, and ``people``). Figures: ``leaks`` of ``planted`` pieces, any
letter of which stays; ``people_told``, the share of the occurrences of labelled people's names
that stay, and ``needless_masks``, the share of all other words that are masked (titles aside).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.document import Document, Language, Passage, assemble
from corpus.readers import read
from corpus.text import WORD
from models.components.persons import is_title
from pipelines.reading.privacy import private_spans
from pipelines.suites import records

#: Parts of labelled names that are titles, or too short to be looked for.
_SHORTEST = 3


def evaluate(path: Path) -> Mapping[str, Any]:
    """The figures of a file."""
    counts: Counter[str] = Counter()
    for line in records(path):
        if "file" in line:
            _meeting(counts, read(path.parent / "src" / line["file"]), line["people"])
        else:
            _planted(counts, line)
    return {
        "planted": counts["planted"],
        "leaks": counts["leaks"],
        "leaked": _share(counts, "leaks", "planted"),
        "people": counts["people"],
        "people_told": _share(counts, "told", "people"),
        "needless_masks": _share(counts, "needless", "others"),
        "kept_words_masked": _share(counts, "kept_masked", "kept"),
    }


def _share(counts: Counter[str], part: str, whole: str) -> float | None:
    return round(counts[part] / counts[whole], 4) if counts[whole] else None


def turn(text: str, language: Language) -> Document:
    """An exchange of one turn."""
    whole, blocks, anchors = assemble([Passage(text, "turn")])
    return Document(
        "0" * 16, "exchange", language, None, (), {}, None, "planted", "", whole, blocks, anchors
    )


def _planted(counts: Counter[str], line: Mapping[str, Any]) -> None:
    document = turn(line["text"], line["language"])
    masked = _masked(document)
    private: list[tuple[int, int]] = []
    for piece in line["private"]:
        for found in re.finditer(rf"(?<!\w){re.escape(piece)}(?!\w)", document.text):
            private.append(found.span())
            counts["planted"] += 1
            counts["leaks"] += _stays(document, masked, *found.span())
    for word in line.get("kept", ()):
        at = document.text.find(word)
        counts["kept"] += 1
        counts["kept_masked"] += at >= 0 and bool(masked[at])
    _others(counts, document, masked, private)


def _meeting(counts: Counter[str], document: Document, people: list[str]) -> None:
    masked = _masked(document)
    parts = {
        part
        for name in people
        for part in WORD.findall(name)
        if len(part) >= _SHORTEST and not is_title(part)
        if part[0].isupper() or part == name
    }
    private: list[tuple[int, int]] = []
    either = "|".join(re.escape(part) for part in sorted(parts, key=lambda one: (-len(one), one)))
    for found in re.finditer(rf"(?<![\w-])(?:{either})(?![\w-])", document.text):
        private.append(found.span())
        counts["people"] += 1
        counts["told"] += _stays(document, masked, *found.span())
    _others(counts, document, masked, private)


def _masked(document: Document) -> bytearray:
    masked = bytearray(len(document.text))
    for span in private_spans(document):
        masked[span.start : span.end] = b"\x01" * (span.end - span.start)
    return masked


def _stays(document: Document, masked: bytearray, start: int, end: int) -> bool:
    """Whether a letter or digit of a piece isn't masked."""
    return any(document.text[i].isalnum() and not masked[i] for i in range(start, end))


def _others(
    counts: Counter[str], document: Document, masked: bytearray, private: list[tuple[int, int]]
) -> None:
    for word in WORD.finditer(document.text):
        if not any(start <= word.start() < end for start, end in private):
            counts["others"] += 1
            counts["needless"] += bool(masked[word.start()]) and not is_title(word.group())
