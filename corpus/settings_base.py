"""How every floor reads its settings: environment variables ``PASSERELLE_…``, once.

Each floor has the settings that it needs itself and adds them to those of the floor below:
``CorpusSettings`` here, ``models.model_settings``, ``pipelines.rewrite.writers.writer_settings``,
and ``passerelle.settings``, where all of them stand in one value. Nobody is handed more than it
needs, and no floor looks up. ``in_force(kind)`` reads the environment at the first call;
``read_again()`` makes the next call read again.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeVar

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(ValueError):
    """A setting has a value that can't be used; the message names the variable and says why."""


class CorpusSettings(BaseSettings):
    """What the ground floor is told. Each field is the variable ``PASSERELLE_<FIELD>``."""

    model_config = SettingsConfigDict(env_prefix="PASSERELLE_", env_ignore_empty=True, frozen=True)

    fetch_pause_seconds: float = 0.5
    """The least time between two questions to the same host, in seconds."""
    allow_private_addresses: bool = False
    """Whether sources may be fetched from this machine and its private networks."""
    grobid_url: str = ""
    """Address of a GROBID server that reads PDFs first; empty: the embedded reader alone."""
    ocr: bool = True
    """Whether scans are read by ``ocrmypdf`` or ``tesseract`` where one of them is installed."""
    max_source_mb: int = Field(default=200, ge=1)
    """Larger files are refused before they are read into memory, in MB."""
    max_pages: int = Field(default=2_000, ge=1)
    """Longer PDFs are refused: they are no papers, and a page tree may be built to repeat one page
    for ever."""
    max_depth: int = Field(default=100, ge=40, le=200)
    """Deeper markup is refused. The deepest of the papers tried (formulas) has 30 levels; the limit
    keeps the readers' recursion far below Python's, and below where the XML parser itself ends."""
    max_elements: int = Field(default=1_000_000, ge=1_000)
    """Larger articles in a set are refused, which is read before a child of its own is begun: the
    longest of the papers tried has 12,334 elements."""
    max_unpacked_mb: int = Field(default=100, ge=1)
    """What all parts of a word processor's file may unpack to, in MB; a report of a thousand pages
    has about 10 MB of XML."""


def raise_it(name: str) -> str:
    """What to do about a limit: the setting that raises it, as a message names it."""
    return f"or set PASSERELLE_{name.upper()} higher"


Kind = TypeVar("Kind", bound=BaseSettings)


def in_force(kind: type[Kind]) -> Kind:
    """The settings of a kind, read from the environment at the first call.

    Raises ``SettingsError`` naming the first variable that can't be used.
    """
    found: Kind = _read(kind)
    return found


@cache
def _read(kind: type[Kind]) -> Kind:
    try:
        return kind()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        shown = re.sub(r"//[^/@]*@", "//…@", str(first["input"]))  # without a password
        raise SettingsError(f"PASSERELLE_{name}={shown}: {reason}") from error


def read_again() -> None:
    """Forget what was read, so that a changed environment takes hold."""
    _read.cache_clear()
