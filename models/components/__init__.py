"""The spaCy components of this project, one a module, and the one way to read their data.

Each component is a thin factory over plain functions of a text; importing its module registers
it under its name (``passerelle_quantities``, ``passerelle_places``, ``passerelle_abbreviations``,
…). ``table(name)`` gives a TOML file of this folder, ``rows(name)`` a TSV file; every file says
its source in its first lines. Which components a pipeline has is ``models.language``'s business.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib import resources
from typing import Any


def _text(name: str) -> str:
    return resources.files("models.components").joinpath(name).read_text(encoding="utf-8")


@cache
def table(name: str) -> dict[str, Any]:
    """The data file ``name.toml`` of this folder."""
    return tomllib.loads(_text(f"{name}.toml"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The data file ``name.tsv`` of this folder, one mapping a line, keyed by its heading line.

    Lines that begin with # are notes.
    """
    lines = [line for line in _text(f"{name}.tsv").splitlines() if line and line[0] != "#"]
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))
