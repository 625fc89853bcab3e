"""What is loaded is what was sealed; what isn't there says so in one line."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.errors import ModelMissingError
from models.artefacts import ARTEFACTS, CARD, WEIGHTS, artefact, checked
from models.parsing import pipeline
from models.training.seal import seal
from passerelle import cli


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder with one sealed artefact, ``toy``."""
    folder = tmp_path / "toy"
    (folder / "vocab").mkdir(parents=True)
    (folder / "model").write_bytes(b"\x00\x01\x02\x03")
    (folder / "vocab" / "words").write_text("bench")
    (folder / CARD).write_text("What it is for.")
    seal(folder)
    return tmp_path


def test_a_sealed_artefact_is_found(weights: Path) -> None:
    assert checked(weights / "toy") == weights / "toy"


def test_a_model_card_may_be_corrected_after_sealing(weights: Path) -> None:
    (weights / "toy" / CARD).write_text("What it is for, said better.")
    assert checked(weights / "toy") == weights / "toy"


def test_a_missing_file_is_named_with_the_way_to_restore_it(weights: Path) -> None:
    (weights / "toy" / "vocab" / "words").unlink()
    with pytest.raises(ModelMissingError, match=r"vocab/words is missing.*git checkout") as info:
        checked(weights / "toy")
    assert "\n" not in str(info.value)


@pytest.mark.parametrize("content", [b"\x00\x01", b"\x00\x01\x02\x04", b""])
def test_a_file_cut_short_or_altered_is_named_and_not_loaded(weights: Path, content: bytes) -> None:
    (weights / "toy" / "model").write_bytes(content)
    with pytest.raises(ModelMissingError, match=r"toy/model was cut short or altered.*restore"):
        checked(weights / "toy")


def test_an_artefact_that_was_never_sealed_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="missing"):
        checked(tmp_path / "nothing")


@pytest.mark.parametrize("name", ARTEFACTS)
def test_every_artefact_is_sealed_and_has_a_card_that_says_what_it_rests_on(name: str) -> None:
    card = (artefact(name) / CARD).read_text(encoding="utf-8")
    for told in ("Data", "Licence", "Scores", "Size", "Speed", "python -m models.training."):
        assert told in card, f"{name}/{CARD} says nothing of {told}"


def test_no_artefact_lies_there_that_nothing_loads() -> None:
    assert sorted(folder.name for folder in WEIGHTS.iterdir()) == sorted(ARTEFACTS)


def test_the_weights_are_small_enough_for_a_clone() -> None:
    files = [file for file in WEIGHTS.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 60e6
    for language in ("en", "fr"):
        assert sum(f.stat().st_size for f in (WEIGHTS / language).rglob("*") if f.is_file()) <= 12e6


def test_no_weights_are_pickled() -> None:
    for file in WEIGHTS.rglob("*"):
        assert file.suffix not in (".pkl", ".pickle", ".joblib", ".pt", ".pth")


def test_nothing_calls_pickle() -> None:
    root = WEIGHTS.parent.parent
    for folder in ("corpus", "models", "pipelines"):
        for path in (root / folder).rglob("*.py"):
            words = set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
            assert not words & {"pickle", "cloudpickle", "joblib", "dill", "torch_load"}, path


def test_a_draft_without_its_weights_is_one_line_that_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    paper = tmp_path / "shade.md"
    paper.write_text("# Shade\n\n## Results\n\nStreets with more trees were cooler after noon.\n")
    monkeypatch.setattr("models.artefacts.WEIGHTS", tmp_path / "weights")
    pipeline.cache_clear()
    try:
        result = CliRunner().invoke(cli.app, ["draft", str(paper), "--out", str(tmp_path / "out")])
    finally:
        pipeline.cache_clear()
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert "weights/en/SHA256SUMS is missing; restore it with: git checkout" in line
