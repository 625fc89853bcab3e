"""The suite of edits counts what the gate refused, among faithful and unfaithful rewordings."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corpus.errors import UnreadableError
from passerelle.cli import app
from pipelines.suites import evaluate

QUOTE = "The ponds were associated with 12 fewer floods a year."
EDITS = (
    ("synonym", True, "The ponds were linked to 12 fewer floods a year.", None),
    ("number", False, "The ponds were associated with 40 fewer floods a year.", None),
    ("number", False, "The ponds were associated with 12 fewer floods.", None),
    ("t_number", False, QUOTE, "Les étangs étaient associés à 40 inondations de moins par an."),
)


@pytest.fixture
def edits(tmp_path: Path) -> Path:
    def line(kind: str, faithful: bool, text: str, target: str | None) -> dict[str, Any]:
        record = {"evidence": [QUOTE], "text": text, "target": target, "language": "en"}
        return record | {"kind": kind, "faithful": faithful}

    path = tmp_path / "edits.jsonl"
    path.write_text("".join(json.dumps(line(*edit)) + "\n" for edit in EDITS), "utf-8")
    return path


def test_rates_are_counted_over_all_and_in_groups(edits: Path) -> None:
    figures = evaluate("edits", edits)
    assert figures["edits"] == len(EDITS)
    assert figures["catch_rate"] == figures["refused_unfaithful"]
    assert figures["refused_faithful"] == 0
    assert figures["by_kind"]["t_number"] == {"catch_rate": 1, "refused_unfaithful": 1}
    assert figures["by_kind"]["synonym"].keys() == {
        "refused_faithful", "unsure_or_refused_faithful",
    }  # fmt: skip
    assert set(figures["by_language"]) == {"en"}


def test_the_command_prints_a_line_for_each_figure(edits: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", "edits", "--data", str(edits)])
    assert result.exit_code == 0
    assert "by_kind t_number catch_rate" in " ".join(result.stdout.split())


def test_a_line_without_evidence_is_named(tmp_path: Path) -> None:
    path = tmp_path / "edits.jsonl"
    path.write_text('{"text": "Ponds help."}\n', "utf-8")
    with pytest.raises(UnreadableError, match="evidence"):
        evaluate("edits", path)


def test_no_evidence_of_our_own_edits_is_both_learned_from_and_kept_aside() -> None:
    def evidence(file: Path) -> set[str]:
        lines = file.read_text(encoding="utf-8").splitlines()
        return {"|".join(json.loads(line)["evidence"]) for line in lines}

    folder = Path(__file__).parents[2] / "benchmarks" / "edits"
    aside = sorted(folder.glob("unseen*.jsonl"))
    assert len(aside) == 4
    for file in aside:
        assert not evidence(file) & evidence(folder / "seen.jsonl")
