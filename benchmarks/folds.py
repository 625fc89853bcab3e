"""Weights learned without a part of the labelled documents, and the documents drafted with them.

In: a folder with one folder a fold, each with the artefacts learned in it and the names of the
documents that they had not seen. Out: the same with the shipped artefacts beside them; what each
fold's documents gave, drafted in processes of their own; a table of figures.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from models import artefacts
from models.artefacts import WEIGHTS

#: In a fold's folder the names of the documents kept, written last: one that has it is complete.
KEPT = "kept.txt"
HALVES = ("odd", "even")
Work = TypeVar("Work")
Found = TypeVar("Found")


def complete(keep: Path, count: int) -> bool:
    """Whether so many folds have been learned."""
    return all((keep / str(number) / KEPT).is_file() for number in range(count))


def close(fold: Path, names: Sequence[str]) -> None:
    """Say that a fold is complete, and which documents it had not seen."""
    (fold / KEPT).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def folds(keep: Path, count: int, learned: Collection[str]) -> Iterator[tuple[Path, list[str]]]:
    """Each fold's folder, the shipped artefacts beside its own, and what it had not seen."""
    for number in range(count):
        fold = keep / str(number)
        for shipped in WEIGHTS.iterdir():
            here = fold / shipped.name
            if shipped.name not in learned:
                here.unlink(missing_ok=True)
                here.symlink_to(shipped)
        yield fold, (fold / KEPT).read_text(encoding="utf-8").splitlines()


def with_weights(weights: Path) -> None:
    """Load artefacts from here; in a process where nothing is loaded yet."""
    artefacts.WEIGHTS = weights


def each_in_a_process(
    drafts: Callable[[Work], Sequence[Found]], work: Sequence[Work], processes: int
) -> list[Found]:
    """What each fold gives, every one in a process of its own."""
    fresh = multiprocessing.get_context("spawn")
    with fresh.Pool(processes, maxtasksperchild=1) as pool:
        return [one for found in pool.imap(drafts, work, chunksize=1) for one in found]


def half_of(names: Sequence[str]) -> dict[str, str]:
    """Which half each document belongs to, in the order of their names."""
    return {name: HALVES[place % 2] for place, name in enumerate(sorted(names))}


def print_table(columns: Mapping[str, Mapping[str, object]]) -> None:
    """A row a figure, those of the last column."""
    print(f"{'':26}" + "".join(f"{name:>8}" for name in columns))
    for figure in list(columns.values())[-1]:
        row = (columns[name].get(figure) for name in columns)
        print(f"{figure:26}" + "".join(f"{'' if one is None else one:>8}" for one in row))
