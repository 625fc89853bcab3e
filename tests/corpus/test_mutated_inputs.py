"""Damaged files of every format: a document with text, or one clear line; never anything else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.mutated_inputs import CHANGES, mutants, outcome, seeds

#: The whole of it is ``benchmarks/mutated_inputs.py``, in a child process with limits.
FEW = 60


@pytest.fixture(scope="module")
def small() -> list[tuple[str, bytes]]:
    return [(name, content) for name, content in seeds() if name.startswith("made")]


def test_every_seed_is_a_document(small: list[tuple[str, bytes]]) -> None:
    assert {name: outcome(content, name) for name, content in small} == {
        name: "document" for name, _ in small
    }
    assert {Path(name).suffix for name, _ in small} >= set(CHANGES) - {".nxml"}


def test_changed_files_are_read_or_refused_in_one_line(small: list[tuple[str, bytes]]) -> None:
    became = Counter(
        f"{name}: {what}"
        for name, content in mutants(small, FEW, seed=20_261)
        if (what := outcome(content, name)) not in ("document", "refused")
    )
    assert became == Counter()


def test_the_same_seed_makes_the_same_files(small: list[tuple[str, bytes]]) -> None:
    assert list(mutants(small, 20, seed=3)) == list(mutants(small, 20, seed=3))
