"""Papers are drafted by what was learned without them, and counted half by half."""

from pathlib import Path

import pytest

from benchmarks import unseen_drafts
from benchmarks.unseen_drafts import KEPT, LEARNED, Drafted, figures, folds, half_of
from models.artefacts import WEIGHTS
from models.training import fit_functions
from pipelines.suites.evaluate_slots import Share


def test_halves_are_the_odd_and_the_even_ones_by_name() -> None:
    assert half_of(["c.xml", "a.xml", "b.xml"]) == {"a.xml": "odd", "b.xml": "even", "c.xml": "odd"}


def test_figures_are_shares_of_all_papers_together() -> None:
    one = Drafted("a.xml", {"bottom_line": Share(1, 1)}, (9.0,))
    other = Drafted("b.xml", {"bottom_line": Share(0, 1)}, (11.0,))
    assert figures([one, other]) == {"bottom_line": 0.5, "told_grade": 10.0}
    assert figures([]) == {"told_grade": None}


def test_a_fold_has_its_own_weights_and_the_shipped_ones_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit_functions, "FOLDS", 1)
    own = tmp_path / "0"
    for name in LEARNED:
        (own / name).mkdir(parents=True)
    (own / KEPT).write_text("a.xml\nb.xml\n", encoding="utf-8")
    for _ in range(2):  # what is there stays
        ((fold, kept),) = folds(tmp_path)
        assert (fold, kept) == (own, ["a.xml", "b.xml"])
        for shipped in WEIGHTS.iterdir():
            here = fold / shipped.name
            assert here.is_symlink() is (shipped.name not in LEARNED)


def test_whoever_names_a_folder_without_weights_has_them_learned_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def learn(data: Path, keep: Path) -> None:
        asked.append(keep)
        raise KeyboardInterrupt  # it takes half an hour

    monkeypatch.setattr(unseen_drafts, "learn", learn)
    monkeypatch.setattr("sys.argv", ["unseen_drafts.py", "data", "--keep", str(tmp_path)])
    with pytest.raises(KeyboardInterrupt):
        unseen_drafts.main()
    assert asked == [tmp_path]
