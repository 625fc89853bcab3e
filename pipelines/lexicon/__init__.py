"""Word lists, cues and templates as data, in both languages, and the one way to read them.

``table(name)`` gives a TOML file as plain dictionaries; ``pattern(name, language, key)`` gives a
list of cues of such a file as one compiled regular expression. Files say their own source in
their first lines.
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
def pairs(name: str) -> dict[str, str]:
    """The two-column lexicon file ``name.tsv`` as a mapping; lines that begin with # are notes."""
    text = resources.files("pipelines.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@cache
def pattern(name: str, language: Language, *keys: str) -> re.Pattern[str]:
    """The cues under ``language`` and ``keys`` as one pattern of whole words, case ignored."""
    cues: Any = table(name)[language]
    for key in keys:
        cues = cues[key]
    return re.compile(rf"(?<!\w)(?:{'|'.join(cues)})(?!\w)", re.IGNORECASE)
