"""The word lists of ``bottom_line.toml`` as patterns of whole words, case ignored."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from corpus.document import Language
from corpus.text import cue_pattern


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("models").joinpath("bottom_line.toml").read_text(encoding="utf-8")
    )


@cache
def names(language: Language) -> tuple[str, ...]:
    """The names of the cues, in the file's order; the same in both languages."""
    return tuple(_table()[language]["cues"])


@cache
def words_of(language: Language, name: str) -> str:
    """A list of what may be left out, as one alternation; a single text as it is."""
    entry = _table()[language]["shorten"][name]
    return entry if isinstance(entry, str) else f"(?:{'|'.join(entry)})"


@cache
def _pattern(group: str, name: str, language: Language) -> re.Pattern[str]:
    return cue_pattern(_table()[language][group][name])


def cue(text: str, group: str, name: str, language: Language) -> re.Match[str] | None:
    """The first place where the text has a word of a list."""
    return _pattern(group, name, language).search(text)


def distinct(text: str, group: str, name: str, language: Language) -> frozenset[str]:
    """The different words of a list that a text has, in lower case, a plural s left out."""
    found = _pattern(group, name, language).finditer(text)
    return frozenset(match.group().lower().removesuffix("s") for match in found)
