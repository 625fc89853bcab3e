"""Do the tests notice when the checks and the rewriting are broken?

    python benchmarks/mutants.py [--count 100] [--seed 0] [--room verification --room rewrite]

Breaks one place of a room of ``pipelines/`` at a time, chosen at random from all that Cosmic Ray's
operators can break, in a copy of the checkout, and runs that room's own tests, ``tests/ROOM``. A
mutant is killed where a test fails, or hangs. Prints each survivor with its change, and the share
killed for each room and in all.

Left out: what leaves the program as it was (annotations, ``==`` against ``is`` of a constant,
decorators that only remember or freeze, and what they are told), and ``word < "and"`` for ``==``,
which nobody would write.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

import numpy as np
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("corpus", "models", "pipelines", "passerelle", "tests")
FILES = ("flows.py", "pyproject.toml")

LEFT_OUT = ("_Is", "RemoveDecorator", "ExceptionReplacer", "VariableReplacer", "VariableInserter")
"""Operators whose mutants mostly are the same program, or none that anybody could write."""

SECONDS = 600
"""A mutant's tests that last longer are stopped: it hangs, and is killed."""

WORKERS = 2


class Mutant(NamedTuple):
    """One broken module."""

    module: str
    """Path below the checkout."""
    operator: str
    source: str
    change: str
    """The lines that differ."""


def program(source: str) -> str:
    """What Python runs of a module: annotations, docstrings and what freezes are left out."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(0)
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.ClassDef):
            node.decorator_list = []
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(0)
    return ast.dump(tree)


def _differs(broken: str, source: str) -> bool:
    """Whether a mutant is a program, and another one."""
    try:
        other = program(broken) != program(source)
    except SyntaxError:  # "**" of a dictionary in another becomes "<<"
        return False
    return other and _words_in_order(broken) == _words_in_order(source)


def _words_in_order(source: str) -> int:
    """How many comparisons ask whether one word comes before another: nobody writes such a one."""
    return sum(
        isinstance(node, ast.Compare)
        and any(isinstance(one, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for one in node.ops)
        and any(
            isinstance(one, ast.Constant) and isinstance(one.value, str)
            for one in (node.left, *node.comparators)
        )
        for node in ast.walk(ast.parse(source))
    )


def places(module: Path) -> Iterator[tuple[str, int]]:
    """Every operator with the number of the place where it can break ``module``."""
    nodes = list(ast_nodes(get_ast(module.read_text("utf-8"))))
    for name in sorted(operator_names()):
        if not any(left_out in name for left_out in LEFT_OUT):
            operator = get_operator(name)()
            found = sum(1 for node in nodes for _ in operator.mutation_positions(node))
            yield from ((name, number) for number in range(found))


def mutants(room: str, count: int, seed: int) -> list[Mutant]:
    """``count`` different mutants of a room, the same ones for the same seed."""
    modules = sorted((ROOT / "pipelines" / room).rglob("*.py"))
    drawn = [(module, *place) for module in modules for place in places(module)]
    made: list[Mutant] = []
    seen = set[tuple[Path, tuple[str, ...]]]()
    for place in np.random.default_rng(seed).permutation(len(drawn)):
        if len(made) == count:
            break
        module, operator, number = drawn[place]
        source = module.read_text("utf-8")
        broken = mutate_code(source, get_operator(operator)(), number)
        if broken is None or not _differs(broken, source):
            continue
        lines = difflib.unified_diff(source.splitlines(), broken.splitlines(), n=0, lineterm="")
        changed = tuple(
            line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")
        )
        before = tuple(line for line in changed if line.startswith("-"))
        if (module, before) in seen:  # one mutant a line, so that the draw covers the room
            continue
        seen.add((module, before))
        made.append(Mutant(str(module.relative_to(ROOT)), operator, broken, "\n".join(changed)))
    return made


def survives(mutant: Mutant | None, room: str, copy: Path) -> bool:
    """Whether the room's tests pass on ``copy`` with ``mutant`` in place."""
    if mutant:
        place = copy / mutant.module
        whole = place.read_text("utf-8")
        place.write_text(mutant.source, "utf-8")
    command = [sys.executable, "-m", "pytest", "-xq", "-p", "no:cacheprovider", f"tests/{room}"]
    try:
        ran = subprocess.run(command, cwd=copy, capture_output=True, timeout=SECONDS)
        return ran.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if mutant:
            place.write_text(whole, "utf-8")


def main() -> None:
    """Measure the rooms of the command line."""
    reader = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    reader.add_argument("--count", type=int, default=100, help="mutants over all rooms")
    reader.add_argument("--seed", type=int, default=0)
    reader.add_argument("--room", action="append", dest="rooms")
    asked = reader.parse_args()
    rooms = asked.rooms or ["verification", "rewrite"]
    killed_in_all = 0
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(WORKERS):
            copy = Path(folder, str(number))
            for name in COPIED:
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, copy / name, ignore=ignored)
            for name in FILES:
                shutil.copy(ROOT / name, copy / name)
            copies.put(copy)

        def tried(mutant: Mutant | None, room: str) -> bool:
            copy = copies.get()
            try:
                return survives(mutant, room, copy)
            finally:
                copies.put(copy)

        for room in rooms:
            if not tried(None, room):
                sys.exit(f"tests/{room} fails with nothing broken: mend that first")
            drawn = mutants(room, asked.count // len(rooms), asked.seed)
            with ThreadPoolExecutor(WORKERS) as pool:
                alive = list(pool.map(lambda mutant, room=room: tried(mutant, room), drawn))
            for mutant, survived in zip(drawn, alive, strict=True):
                if survived:
                    print(f"\n{mutant.module}: {mutant.operator}\n{mutant.change}")
            killed = alive.count(False)
            killed_in_all += killed
            print(f"\n{room}: {killed} of {len(drawn)} killed", flush=True)
    print(f"{killed_in_all / asked.count:.0%} of {asked.count} mutants killed")


if __name__ == "__main__":
    main()
