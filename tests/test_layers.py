"""Imports run downward, for the modules at the top level too; lint-imports keeps the packages."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP = {"batch", "night", "reviewing", "cluster", "desk", "serve", "flows", "cli", "guard"}
ABOVE = {
    "settings": {"corpus", "models", "pipelines", "prefect_env", "prefect"} | TOP,
    "prefect_env": {"corpus", "models", "pipelines", "prefect"} | TOP,
    "guard": {"corpus", "models", "pipelines", "settings"} | TOP - {"guard"},
    "batch": {"prefect"} | TOP - {"batch"},
    "night": {"reviewing", "cluster", "desk", "serve", "flows", "cli", "guard", "prefect"},
    "reviewing": {"cluster", "desk", "serve", "flows", "cli", "guard", "prefect"},
    "desk": {"cluster", "serve", "flows", "cli", "guard"},
    "cluster": {"night", "reviewing", "desk", "serve", "flows", "cli"},
    "serve": {"flows", "cli"},
    "cli": {"flows", "prefect"},
    "flows": {"serve", "cli", "guard"},
}


def imported(code: str) -> set[str]:
    """Top-level names of every module that some code imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("module", ABOVE)
def test_a_module_imports_nothing_that_stands_above_it(module: str) -> None:
    assert imported((ROOT / f"{module}.py").read_text(encoding="utf-8")) & ABOVE[module] == set()


def test_an_import_inside_a_function_counts() -> None:
    assert imported("def serve():\n    from prefect.server import api\n    import flows.run") == {
        "prefect",
        "flows",
    }
