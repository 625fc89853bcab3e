"""The house: one name for one thing, and every registered function there where its table says."""

import ast
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import READERS
from corpus.registry import function
from models.artefacts import ARTEFACTS
from pipelines.rewrite import steps
from pipelines.suites import SUITES
from pipelines.verify import ACROSS, RULES

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("corpus", "models", "pipelines", "passerelle")
MODULES = [
    path
    for floor in FLOORS
    for path in sorted((ROOT / floor).rglob("*.py"))
    if path.name not in ("__init__.py", "__main__.py")
]
REGISTRIES: dict[str, Mapping[str, Any]] = {
    "readers": {reader.name: reader.read for reader in READERS},
    "cleaning steps of papers": steps.CLEANING["paper"],
    "cleaning steps of exchanges": steps.CLEANING["exchange"],
    "plainer steps": steps.PLAINER,
    "splitting steps": steps.SPLITTING,
    "dropping steps": steps.DROPPING,
    "rules": RULES,
    "rules across languages": ACROSS,
    "artefacts": {str(name): place for name, place in ARTEFACTS.items()},
    "suites": {str(name): place for name, place in SUITES.items()},
}


def repeated(names: list[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_no_two_modules_share_a_name() -> None:
    # What belongs to one language has the same name in its folder as in the other's.
    names = [path.name for path in MODULES if path.parent.name != "fr"]
    assert repeated(names) == []


def test_no_two_types_share_a_name() -> None:
    names = [
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert repeated(names) == []


@pytest.mark.parametrize("registry", REGISTRIES)
def test_every_registered_function_is_where_its_table_says(registry: str) -> None:
    for place in REGISTRIES[registry].values():
        assert callable(function(place)), place


def test_nothing_stands_at_the_top_but_the_floors_and_the_flows() -> None:
    assert sorted(path.name for path in ROOT.glob("*.py")) == ["flows.py"]
