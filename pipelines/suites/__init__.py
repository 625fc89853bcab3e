"""The quality figures of ``passerelle evaluate``: one module a suite, all through ``evaluate``.

A suite reads a file in its own public format and gives one flat object of figures: ROUGE in per
cent (0 to 100), F1, rates and correlations as fractions. The same functions that draft a brief
are measured, never a copy of them.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from corpus.errors import ModelMissingError, SourceMissingError, UnreadableError
from corpus.registry import Registered, function

Suite = Literal[
    "roles",
    "tldr",
    "strength",
    "exaggeration",
    "readability",
    "sentences",
    "parser",
    "faults",
    "edits",
    "parity",
    "slots",
    "names",
    "points",
    "exchanges",
]
Figures = Mapping[str, Any]
"""Numbers by name, None where there was nothing to count; of some suites again in groups, by
language or kind."""

#: Every suite: from a file, or a folder, its figures.
SUITES: dict[Suite, Registered] = {
    "roles": "pipelines.suites.evaluate_roles:evaluate",
    "tldr": "pipelines.suites.evaluate_tldr:evaluate",
    "strength": "pipelines.suites.evaluate_strength:evaluate",
    "exaggeration": "pipelines.suites.evaluate_exaggeration:evaluate",
    "readability": "pipelines.suites.evaluate_readability:evaluate",
    "sentences": "pipelines.suites.evaluate_sentences:evaluate",
    "parser": "pipelines.suites.evaluate_parser:evaluate",
    "faults": "pipelines.suites.evaluate_faults:evaluate",
    "edits": "pipelines.suites.evaluate_edits:evaluate",
    "parity": "pipelines.suites.evaluate_parity:evaluate",
    "slots": "pipelines.suites.evaluate_slots:evaluate",
    "names": "pipelines.suites.evaluate_names:evaluate",
    "points": "pipelines.suites.evaluate_points:evaluate",
    "exchanges": "pipelines.suites.evaluate_exchanges:evaluate",
}
#: Those that read a folder of documents as well as one file.
_FOLDERS: tuple[Suite, ...] = ("faults",)


def evaluate(suite: Suite, path: Path) -> Figures:
    """The figures of a suite on a file, in the order in which they are printed.

    Raises ``SourceMissingError``, ``UnreadableError``, and ``ModelMissingError`` where a package
    that only measuring needs isn't installed.
    """
    if not (path.is_file() or (path.is_dir() and suite in _FOLDERS)):
        what = "file or folder" if suite in _FOLDERS else "file"
        raise SourceMissingError(f"{path}: no such {what}; give one in the format of {suite!r}")
    try:
        measure: Callable[[Path], Figures] = function(SUITES[suite])
    except ModuleNotFoundError as error:
        raise ModelMissingError(
            f"the suite {suite!r} needs the package {error.name}; "
            "install it with: pip install 'passerelle[evaluate]'"
        ) from error
    try:
        return measure(path)
    except ValueError as error:
        raise UnreadableError(f"{path}: not in the format of {suite!r}: {error}") from error


def text_of(path: Path) -> str:
    """The text of a file, plain or ``.xz``.

    Raises ``UnreadableError``.
    """
    try:
        data = path.read_bytes()
        return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    except (lzma.LZMAError, UnicodeDecodeError, OSError) as error:
        raise UnreadableError(f"{path}: can't be read ({error})") from error


def records(path: Path, *fields: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, each seen to have the fields.

    Raises ``UnreadableError``, naming the line.
    """
    for number, line in enumerate(text_of(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise UnreadableError(f"{path}, line {number}: not JSON ({error})") from error
        missing = [name for name in fields if not isinstance(record, dict) or name not in record]
        if missing:
            raise UnreadableError(f"{path}, line {number}: no field {missing[0]!r}")
        yield record
