"""What minutes and notes of a meeting call themselves and their items (``minutes.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from corpus.document import normalize


@cache
def minutes() -> dict[str, Any]:
    """The names of items, titles and headings, lower case."""
    file = resources.files("corpus.readers").joinpath("minutes.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _items() -> frozenset[str]:
    return frozenset(minutes()["items"])


def bare_heading(text: str) -> str:
    """A heading without numbers and marks, in small letters."""
    return normalize(text).casefold().strip(" :.*#").lstrip("0123456789. ")


def is_item(label: str) -> bool:
    """Whether what stands before a colon is an item of minutes ("Decision"), and nobody."""
    bare = bare_heading(label)
    return bare in _items() or bare.rstrip("0123456789 ") in _items()


def leads(label: str) -> bool:
    """Whether an item tells who leads ("Chair"): once in minutes, at each turn in a transcript."""
    return bare_heading(label) in minutes()["who_leads"]
