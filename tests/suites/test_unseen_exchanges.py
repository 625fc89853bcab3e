"""Exchanges are drafted by what was learned without them, and counted by language and half."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import unseen_exchanges
from benchmarks.unseen_exchanges import Drafted, figures
from models.training import fit_points


def test_figures_are_shares_of_all_exchanges_together() -> None:
    lines = Counter(exchanges=1, lines=4, points=3, bottom_line=1)
    others = Counter(exchanges=1, lines=6, points=2)
    asked = Counter({"question found": 2, "question right": 1})
    labelled = Counter({"question labelled": 1, "question met": 1})
    found = figures([Drafted("a", "en", lines, asked), Drafted("b", "fr", others, labelled)])
    assert (found["exchanges"], found["lines_that_are_points"], found["bottom_line"]) == (
        2,
        0.5,
        0.5,
    )
    assert (found["f1 question"], found["f1 decision"]) == (0.667, None)


def test_whoever_names_a_folder_without_weights_has_them_learned_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def learn(data: Path, keep: Path) -> None:
        asked.append(keep)
        raise KeyboardInterrupt  # it takes half an hour

    monkeypatch.setattr(unseen_exchanges, "learn", learn)
    monkeypatch.setattr("sys.argv", ["unseen_exchanges.py", "data", "--keep", str(tmp_path)])
    with pytest.raises(KeyboardInterrupt):
        unseen_exchanges.main()
    assert asked == [tmp_path]


def test_nothing_is_learned_from_the_exchanges_kept_aside() -> None:
    def named(file: str) -> set[str]:
        lines = (fit_points.POINTS / file).read_text(encoding="utf-8").splitlines()
        return {json.loads(line)["file"] for line in lines}

    learned = set().union(
        *(
            named(f"{name}.jsonl")
            for name in ("labels", "standing", "antecedents", "answers", "outcomes")
        )
    )
    assert len(named("unseen.jsonl")) == 102
    assert not named("unseen.jsonl") & learned
