"""The suite of points counts what a brief tells of the labelled points, and what beside them."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import SourceMissingError, UnreadableError
from pipelines.suites import evaluate
from pipelines.suites.evaluate_points import (
    ExchangeLabels,
    LabelledPoint,
    ToldLine,
    counted,
)

ASKED = "Who will pay for the new benches on the river path?"
TAKEN_ON = "We will publish the map of the benches by the end of June."
MEETING = f"""WEBVTT

00:00:01.000 --> 00:00:05.000
<v Ann>{ASKED}

00:00:06.000 --> 00:00:09.000
<v Bo>{TAKEN_ON}
"""
LABELS: dict[str, Any] = {
    "file": "meeting.vtt",
    "points": [
        {"turn": 0, "quote": ASKED, "kind": "question", "weight": 3},
        {"turn": 1, "quote": TAKEN_ON, "kind": "commitment", "weight": 3},
    ],
    "bottom_line": [TAKEN_ON],
    "people": ["Ann Berg"],
}


def written(folder: Path, labels: dict[str, Any]) -> Path:
    (folder / "src").mkdir()
    (folder / "src" / "meeting.vtt").write_text(MEETING, encoding="utf-8")
    path = folder / "labels.jsonl"
    path.write_text(json.dumps(labels) + "\n", encoding="utf-8")
    return path


def test_lines_are_counted_by_what_they_rest_on() -> None:
    labels = ExchangeLabels(
        (LabelledPoint(ASKED, "question", 3), LabelledPoint(TAKEN_ON, "commitment", 2)),
        (TAKEN_ON,),
        (),
    )
    told = [
        ToldLine("bottom_line", (TAKEN_ON,)),
        ToldLine("decisions", (ASKED,)),
        ToldLine("questions", ("What time is it on the clock of the church?",)),
    ]
    row = counted(told, labels)
    assert (row["lines"], row["points"]) == (3, 2)
    assert (row["of_a_kind"], row["of_their_kind"]) == (2, 0)
    assert (row["bottom_line"], row["page"], row["page_told"]) == (1, 1, 1)


def test_a_meeting_is_read_drafted_and_measured(tmp_path: Path) -> None:
    figures = evaluate("points", written(tmp_path, LABELS))
    assert figures["exchanges"] == 1
    assert figures["lines_that_are_points"] == 1.0
    assert figures["names_told"] == 0
    assert figures["found_by_kind"]["question"] == 1.0
    assert figures["lead_lines_that_are_points"] == 1.0


def test_a_missing_transcript_or_label_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, {**LABELS, "file": "gone.vtt"})
    with pytest.raises(SourceMissingError, match="gone"):
        evaluate("points", path)
    path.write_text(json.dumps({**LABELS, "points": [{"quote": ASKED}]}), encoding="utf-8")
    with pytest.raises(UnreadableError, match="'kind'"):
        evaluate("points", path)
