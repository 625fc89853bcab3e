"""Word lists, cues and templates as data, in both languages, and the one way to read them.

``table(name)`` gives a TOML file as plain dictionaries; ``pattern(name, language, key)`` gives a
list of cues of such a file as one compiled regular expression, ``listed(name, language, key)`` a
list of words as a set; ``rows(name)`` and ``pairs(name)`` give the lines of a TSV file. Files say
their own source in their first lines.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from corpus.document import Language


@cache
def table(name: str) -> dict[str, Any]:
    """The lexicon file ``name.toml``."""
    return tomllib.loads(
        resources.files("pipelines.lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    )


@cache
def rows(name: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The lexicon file ``name.tsv``: number and cells of each line; # begins a note.

    Cells have no blanks at either end.
    """
    text = resources.files("pipelines.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(
        (number, tuple(cell.strip() for cell in line.split("\t")))
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    )


@cache
def pairs(name: str) -> dict[str, str]:
    """The two-column lexicon file ``name.tsv`` as a mapping."""
    return {cells[0]: cells[1] for _, cells in rows(name)}


@cache
def listed(name: str, language: Language, key: str) -> frozenset[str]:
    """A list of words of the lexicon file ``name.toml``, to look words up in."""
    return frozenset(table(name)[language][key])


@cache
def pattern(name: str, language: Language, *keys: str) -> re.Pattern[str]:
    """The cues under ``language`` and ``keys`` as one pattern of whole words, case ignored."""
    cues: Any = table(name)[language]
    for key in keys:
        cues = cues[key]
    return re.compile(rf"(?<!\w)(?:{'|'.join(cues)})(?!\w)", re.IGNORECASE)
