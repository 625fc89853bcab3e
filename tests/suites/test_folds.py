"""Weights that had not seen some documents stand beside the shipped ones, and draft those."""

from pathlib import Path

import pytest

from benchmarks.folds import close, complete, each_in_a_process, folds, half_of, print_table
from models.artefacts import WEIGHTS


def test_halves_are_the_odd_and_the_even_ones_by_name() -> None:
    assert half_of(["c.xml", "a.xml", "b.xml"]) == {"a.xml": "odd", "b.xml": "even", "c.xml": "odd"}


def test_a_fold_has_its_own_weights_and_the_shipped_ones_beside_them(tmp_path: Path) -> None:
    own = tmp_path / "0"
    (own / "functions").mkdir(parents=True)
    assert not complete(tmp_path, 1)
    close(own, ["a.xml", "b.xml"])
    assert complete(tmp_path, 1)
    for _ in range(2):  # what is there stays
        ((fold, kept),) = folds(tmp_path, 1, ("functions",))
        assert (fold, kept) == (own, ["a.xml", "b.xml"])
        for shipped in WEIGHTS.iterdir():
            assert (fold / shipped.name).is_symlink() is (shipped.name != "functions")


def test_what_folds_give_is_joined_in_their_order() -> None:
    assert each_in_a_process(sorted, [[2, 1], [], [3]], 2) == [1, 2, 3]


def test_a_table_has_a_row_a_figure(capsys: pytest.CaptureFixture[str]) -> None:
    print_table({"odd": {"lines": 3}, "all": {"lines": 5, "grade": None}})
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["odd", "all"],
        ["lines", "3", "5"],
        ["grade"],
    ]
