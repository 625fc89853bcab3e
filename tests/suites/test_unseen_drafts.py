"""Papers are drafted by what was learned without them, and counted half by half."""

from pathlib import Path

import pytest

from benchmarks import unseen_drafts
from benchmarks.unseen_drafts import Drafted, figures
from pipelines.suites.evaluate_slots import Share


def test_figures_are_shares_of_all_papers_together() -> None:
    one = Drafted("a.xml", {"bottom_line": Share(1, 1)}, (9.0,))
    other = Drafted("b.xml", {"bottom_line": Share(0, 1)}, (11.0,))
    assert figures([one, other]) == {"bottom_line": 0.5, "told_grade": 10.0}
    assert figures([]) == {"told_grade": None}


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
