"""What came home in a translator's file: units of text, whatever the format they came in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReturnedUnit:
    """One unit of a file, its segments put together."""

    id: str
    source: str
    """As the file has it: marks and tags opened."""
    target: str
    """Empty where there is none."""
    state: str = ""
    """As the file has it; empty where it says none."""
    fingerprint: str = ""
    """Of the source as it went out (``xliff_units.fingerprint``); empty where the tool that was
    used has dropped the note."""
    parts: int = 1
    """In how many segments a tool has cut it."""
    parts_done: int = 1
    """How many of them have a translation."""
    remarks: tuple[str, ...] = ()
    """What the translator wrote about it."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A file of one brief."""

    name: str
    """What an error calls it."""
    brief: str
    """Id of the brief as the file says it; empty where a tool has dropped it."""
    source: str
    """Language of the sources, as the file has it: ``en``, ``en-CA``."""
    target: str
    """Empty where the file doesn't say."""
    version: str
    units: tuple[ReturnedUnit, ...] = field(default=())
