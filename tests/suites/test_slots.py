"""The suite of slots counts what a brief tells of the labelled sentences, and what beside them."""

import importlib.util
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from corpus.document import Document
from corpus.errors import SourceMissingError, UnreadableError
from corpus.readers import read
from passerelle.cli import app
from pipelines.brief import Brief, BriefDocument, ReadabilityPair, Section, Segment, Target
from pipelines.language.fixed_lines import template
from pipelines.rewrite.lines import evidence
from pipelines.suites import evaluate
from pipelines.suites import evaluate_slots as slots

FEWER = "Streets with night buses had 14 fewer car trips each week than streets without them."
OLDER = "Older riders of Rivebelle took the night bus twice as often as younger riders did."
NOISE = "Noise at the stops did not change after the night buses came to Rivebelle."
SHORT = "We could follow the riders of the night buses for one winter only."
CITIES = "Cities that plan night buses should place the stops near homes of older people."
WHO = "We asked 412 riders at nine stops of Rivebelle between 2018 and 2020."
PAID = "The study was paid for by the Fund for Quiet Nights of Rivebelle."
PAPER = f"""# Night buses in Rivebelle

## Abstract

Night buses are rare in small towns. {FEWER}

## Methods

{WHO}

## Results

{FEWER} {OLDER} {NOISE}

## Discussion

{CITIES} {SHORT}

## Funding

{PAID}
"""
LABELS: dict[str, Any] = {
    "file": "buses.md",
    "bottom_line": [FEWER],
    "findings": [FEWER, OLDER],
    "key": [FEWER, OLDER],
    "key_facts": [[FEWER], [OLDER, NOISE]],
    "recommendations": [CITIES],
    "limits": [SHORT],
    "applies_to": [WHO],
    "funding": [PAID],
    "design": "cohort",
}
TOLD: tuple[tuple[Section, str], ...] = (
    ("bottom_line", FEWER),
    ("findings", NOISE),
    ("findings", OLDER),
    ("limits", NOISE),
    ("limits", SHORT),
    ("sources", PAID),
)
ALL_RIGHT = (
    *TOLD[:1], *TOLD[2:3], *TOLD[4:], ("implications", CITIES), ("applies_to", WHO),
)  # fmt: skip


def brief_of(
    document: Document, told: tuple[tuple[Section, str], ...] = TOLD, kind: str = "cohort"
) -> Brief:
    """A brief that tells sentences of the paper in its own words, and says the kind of study."""
    segments = [template("certainty", "design", kind, "en")]
    for section, text in told:
        start = document.text.index(text)
        span = evidence(document, start, start + len(text))
        segments.append(Segment("", section, text, "en", Target("fr"), evidence=(span,)))
    named = BriefDocument(document.id, "paper", "en", None, "buses.md", document.sha256)
    return Brief("b", "en", "staff", (named,), tuple(segments), ReadabilityPair())


def written(folder: Path, *records: dict[str, Any]) -> Path:
    (folder / "papers").mkdir()
    (folder / "papers" / "buses.md").write_text(PAPER, encoding="utf-8")
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


# the measure


@pytest.mark.shared_data
def test_the_measure_counts_as_the_one_that_the_labels_came_with(shared_data: Path) -> None:
    spec = importlib.util.spec_from_file_location("score", shared_data / "slots" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    path = shared_data / "slots" / "dev.jsonl"
    total: Counter[str] = Counter()
    rows = []
    for n, (_, labels) in enumerate(slots.labels_of(path)):
        gold = json.loads(path.read_text("utf-8").splitlines()[n])
        # Some of what is right, of two papers in three; some of it cut short; and what is wrong.
        right = n % 3 > 0
        told = {
            "bottom_line": [
                [one[: len(one) // 2]] for one in gold["key"][right:1] + gold["problem"]
            ],
            "findings": [[one] for one in gold["findings"][: 3 * right] + gold["limits"][:2]],
            "implications": [[one] for one in gold["recommendations"][n % 3 :: 3]],
            "limits": [[a, b] for a, b in zip(gold["key"], gold["limits"], strict=False)][: n % 3],
            "applies_to": [[one[20:]] for one in gold["applies_to"][:right] + gold["findings"][:1]],
            "sources": [[one] for one in gold["funding"][:right]],
        }
        told["implications"] += told["findings"][:1]
        told["limits"] += told["findings"][:right]
        told = {section: lines for section, lines in told.items() if n % 4 or section != "limits"}
        segments = [
            {"section": section, "evidence": [{"quote": quote} for quote in quotes]}
            for section, lines in told.items()
            for quotes in lines
        ]
        total += score.score({"segments": segments}, gold)
        rows.append(slots.shares(told, labels))
    wanted = score.figures(total)
    assert wanted.pop("papers") == len(rows)
    found = {name: sum((row[name] for row in rows), slots.Share()).value for name in wanted}
    assert found == wanted
    assert sum(value not in (None, 0, 1) for value in found.values()) > len(found) / 2


# the figures


def test_what_is_told_and_what_is_right_are_counted(tmp_path: Path) -> None:
    figures = slots.evaluate(written(tmp_path, LABELS), brief_of)
    ours = {name: figures[name] for name in figures if not name.startswith(tuple(slots.PEERS))}
    assert ours.pop("told_grade") == pytest.approx(6, abs=4)
    assert ours == {
        "papers": 1,
        "bottom_line": 1,
        "findings_precision": 0.5,
        "key_facts": 1,
        "recommendations_recall": 0,
        "recommendations_precision": None,
        "recommendations_false_none": 1,
        "limits_recall": 1,
        "limits_precision": 0.5,
        "limits_false_none": 0,
        "applies_to_recall": 0,
        "applies_to_precision": None,
        "applies_to_false_none": 1,
        "funding_recall": 1,
        "design_accuracy": 1,
    }


def test_a_brief_that_tells_all_that_is_labelled_has_every_figure_full(tmp_path: Path) -> None:
    path = written(tmp_path, LABELS)
    figures = slots.evaluate(path, lambda document: brief_of(document, ALL_RIGHT))
    for name in ("bottom_line", "findings_precision", "key_facts", "funding_recall"):
        assert figures[name] == 1
    for name in ("recommendations", "limits", "applies_to"):
        assert [figures[f"{name}_{of}"] for of in ("recall", "precision", "false_none")] == [
            1, 1, 0,
        ]  # fmt: skip


def test_only_the_first_line_is_the_bottom_line(tmp_path: Path) -> None:
    told: tuple[tuple[Section, str], ...] = (("bottom_line", NOISE), ("bottom_line", FEWER))
    path = written(tmp_path, LABELS)
    assert slots.evaluate(path, lambda d: brief_of(d, told))["bottom_line"] == 0
    assert slots.evaluate(path, lambda d: brief_of(d, ()))["bottom_line"] == 0


def test_papers_are_counted_together_not_averaged(tmp_path: Path) -> None:
    fewer = {**LABELS, "findings": [NOISE, OLDER], "key_facts": [[SHORT], [FEWER], [CITIES]]}
    figures = slots.evaluate(written(tmp_path, LABELS, fewer), brief_of)
    assert figures["papers"] == 2
    assert figures["findings_precision"] == 0.75
    assert figures["key_facts"] == 0.8


@pytest.mark.parametrize(("kind", "wanted"), [("cohort", 1), ("review", 0), ("unknown", 0)])
def test_the_kind_of_study_is_the_one_that_the_fixed_statement_names(
    tmp_path: Path, kind: str, wanted: int
) -> None:
    path = written(tmp_path, LABELS)
    figures = slots.evaluate(path, lambda document: brief_of(document, kind=kind))
    assert figures["design_accuracy"] == wanted


def test_the_kind_of_study_is_read_in_either_language_and_of_fixed_text_alone(
    tmp_path: Path,
) -> None:
    brief = brief_of(read(written(tmp_path, LABELS).parent / "papers" / "buses.md"))
    fixed = template("certainty", "design", "model", "fr")
    assert slots.kind_of_study(replace(brief, segments=(fixed,))) == "model"
    own = replace(fixed, origin="source")
    assert slots.kind_of_study(replace(brief, segments=(own,))) is None


def test_a_label_that_is_missing_is_empty_and_nothing_is_asked_of_it(tmp_path: Path) -> None:
    bare = {"file": "buses.md", "findings": None}
    figures = slots.evaluate(written(tmp_path, LABELS, bare), brief_of)
    assert figures["design_accuracy"] == 1
    assert figures["funding_recall"] == 1
    assert figures["bottom_line"] == 0.5
    assert figures["findings_precision"] == 0.25


def test_the_peers_are_measured_by_the_same_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = [NOISE, FEWER, SHORT, CITIES, WHO, OLDER]
    monkeypatch.setattr(slots, "PEERS", {"standin": lambda reading: ranked})
    figures = slots.evaluate(written(tmp_path, LABELS), brief_of)
    assert figures["standin_bottom_line"] == 0
    assert figures["standin_findings_precision"] == 0.2
    assert figures["standin_key_facts"] == 1


def test_every_peer_has_its_three_figures(tmp_path: Path) -> None:
    figures = slots.evaluate(written(tmp_path, LABELS), brief_of)
    assert list(figures)[-9:] == [
        f"{peer}_{figure}"
        for peer in ("lexrank", "textrank", "abstract")
        for figure in ("bottom_line", "findings_precision", "key_facts")
    ]
    assert figures["abstract_bottom_line"] == 0
    assert figures["abstract_findings_precision"] == 0.5


# the command


def test_the_command_drafts_each_paper_and_prints_what_was_counted(tmp_path: Path) -> None:
    path = written(tmp_path, {**LABELS, "funding": []})
    result = CliRunner().invoke(app, ["evaluate", "slots", "--data", str(path), "--json"])
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert figures["papers"] == 1
    assert figures["key_facts"] > 0
    assert figures["funding_recall"] is None
    result = CliRunner().invoke(app, ["evaluate", "slots", "--data", str(path)])
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines()]
    assert names == [name for name, figure in figures.items() if figure is not None]


def test_a_missing_paper_is_named_before_anything_is_drafted(tmp_path: Path) -> None:
    path = written(tmp_path, LABELS, {**LABELS, "file": "trams.md"})

    def drafted(document: Document) -> Brief:
        raise AssertionError("drafted")

    with pytest.raises(SourceMissingError, match=r"papers/trams\.md: no such file.*put the paper"):
        slots.evaluate(path, drafted)


def test_a_paper_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = written(tmp_path, {**LABELS, "file": "trams.pdf"})
    (tmp_path / "papers" / "trams.pdf").write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(UnreadableError, match=r"papers/trams\.pdf; give a sound copy"):
        evaluate("slots", path)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"findings": []}, "no field 'file'"),
        ({"file": "buses.md", "findings": FEWER}, "'findings' of buses.md must list sentences"),
        ({"file": "buses.md", "key_facts": [FEWER]}, "'key_facts' of buses.md must list"),
        ({"file": "buses.md", "key_facts": 3}, "'key_facts' of buses.md must hold a list"),
        (None, "no paper in it"),
    ],
)
def test_labels_of_another_form_are_named(
    tmp_path: Path, record: dict[str, Any] | None, reason: str
) -> None:
    path = written(tmp_path, *([] if record is None else [record]))
    with pytest.raises(UnreadableError, match=reason):
        evaluate("slots", path)
