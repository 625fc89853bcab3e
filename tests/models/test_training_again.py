"""Training again never leaves half-made weights behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PasserelleError
from models.training import again


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "weights"
    (folder / "roles").mkdir(parents=True)
    (folder / "roles" / "blend").write_text("good")
    monkeypatch.setattr(again, "WEIGHTS", folder)
    monkeypatch.setenv("WEIGHTS", str(folder))
    return folder


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The script that stands in for ``models.training.fit_roles``."""
    folder = tmp_path / "code" / "models" / "training"
    folder.mkdir(parents=True)
    monkeypatch.setattr(again, "ROOT", tmp_path / "code")
    return folder / "fit_roles.py"


WRITES = "import os, sys; open(os.environ['WEIGHTS'] + '/roles/blend', 'w').write(sys.argv[1])\n"


def test_what_was_trained_is_there_and_told(weights: Path, script: Path, tmp_path: Path) -> None:
    script.write_text(WRITES + "print('micro F1 0.7')\n")
    assert again.train_again("roles", tmp_path) == "micro F1 0.7\n"
    assert (weights / "roles" / "blend").read_text() == str(tmp_path)


def test_a_script_that_fails_half_way_costs_nothing(
    weights: Path, script: Path, tmp_path: Path
) -> None:
    script.write_text(WRITES + "sys.exit('no such data')\n")
    with pytest.raises(PasserelleError, match=r"roles: not trained \(no such data\)"):
        again.train_again("roles", tmp_path)
    assert (weights / "roles" / "blend").read_text() == "good"


def test_one_script_makes_the_pipelines_of_both_languages() -> None:
    assert again.to_train() == [
        "en", "sentences", "lemmas", "names", "roles", "bottom_line", "readability",
        "functions", "study_kind", "exchange_points", "exchange_lines", "paper_lines",
        "antecedents", "entailment", "senses",
        "translations",
    ]  # fmt: skip
    assert again.to_train(["roles", "fr"]) == ["fr", "roles"]
