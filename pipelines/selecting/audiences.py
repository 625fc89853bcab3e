"""What each audience is told and likes: data (``audiences.toml``), by ``brief.Audience``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.document import Language
from pipelines.brief import AUDIENCES, Audience, Section
from pipelines.language.lexicon import pattern


@dataclass(frozen=True, slots=True)
class Readership:
    """How much an audience is told, and what it prefers among findings that tell as much."""

    lengths: Mapping[Section, int]
    """How many sentences a section of a paper's brief tells; one where it isn't named."""
    points: int
    """How many points an exchange's brief tells beside its bottom line."""
    plain: float
    """What a sentence loses where all its words are rare, in salience."""
    number: float
    """What it gains where it has numbers."""
    heavy: float
    """What it loses where it has ``weights.HEAVY`` or more."""
    statistics: bool
    """Whether a line may tell statistics and name tests."""


@cache
def _readerships() -> dict[Audience, Readership]:
    file = resources.files("pipelines.selecting").joinpath("audiences.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {audience: Readership(**table[audience]) for audience in AUDIENCES}


def readership(audience: Audience) -> Readership:
    """What an audience is told and likes."""
    return _readerships()[audience]


def suits(text: str, audience: Audience, language: Language) -> bool:
    """Whether a line is one for its readers: the public is told no statistics and no tests."""
    told = readership(audience).statistics
    return told or not pattern("telling", language, "statistics").search(text)
