"""Word lists, cues and fixed text as data, and the one way to read them.

What belongs to one language lies in its own folder (``en/``, ``fr/``), what stands in both at once
(fixed text, labels, reasons) in ``both/``. Files say their own source in their first lines.

``entries(name, language)`` gives a language's TOML file as plain dictionaries, ``listed`` a list
of words of it as a set, ``pattern`` a list of cues as one compiled regular expression, in which a
``{name}`` stands for any word of the file's list ``lists.name``; ``rows`` and ``pairs`` give the
lines of a language's TSV file. ``table(name)`` and ``table_rows(name)`` do the same for ``both/``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from corpus.document import Language
from corpus.text import cue_pattern

Rows = tuple[tuple[int, tuple[str, ...]], ...]


def _text(place: str) -> str:
    return resources.files("pipelines.language").joinpath(place).read_text(encoding="utf-8")


@cache
def entries(name: str, language: Language) -> dict[str, Any]:
    """The file ``name.toml`` of a language."""
    return tomllib.loads(_text(f"{language}/{name}.toml"))


@cache
def table(name: str) -> dict[str, Any]:
    """The file ``name.toml`` of what stands in both languages."""
    return tomllib.loads(_text(f"both/{name}.toml"))


@cache
def rows(name: str, language: Language) -> Rows:
    """The file ``name.tsv`` of a language: number and cells of each line; # begins a note.

    Cells have no blanks at either end.
    """
    return _rows(f"{language}/{name}.tsv")


@cache
def table_rows(name: str) -> Rows:
    """The file ``name.tsv`` of what stands in both languages, as ``rows`` gives it."""
    return _rows(f"both/{name}.tsv")


def _rows(place: str) -> Rows:
    return tuple(
        (number, tuple(cell.strip() for cell in line.split("\t")))
        for number, line in enumerate(_text(place).splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    )


@cache
def pairs(name: str, language: Language) -> dict[str, str]:
    """The two-column file ``name.tsv`` of a language as a mapping."""
    return {cells[0]: cells[1] for _, cells in rows(name, language)}


@cache
def listed(name: str, language: Language, *keys: str) -> frozenset[str]:
    """A list of words under ``keys`` of a language's file, to look words up in."""
    return frozenset(_under(name, language, keys))


@cache
def pattern(name: str, language: Language, *keys: str) -> re.Pattern[str]:
    """The cues under ``keys`` of a language's file as one pattern of whole words, case ignored."""
    lists = entries(name, language).get("lists", {})

    def any_of(match: re.Match[str]) -> str:
        return f"(?:{'|'.join(lists[match[1]])})"

    return cue_pattern(
        re.sub(r"\{([a-z_]+)\}", any_of, cue) for cue in _under(name, language, keys)
    )


def _under(name: str, language: Language, keys: tuple[str, ...]) -> Any:
    found: Any = entries(name, language)
    for key in keys:
        found = found[key]
    return found
