"""The suite of planted faults plants real ones, counts them by kind, and is the same each time."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import UnreadableError
from pipelines.brief import Brief, BriefDocument, ReadabilityPair, Segment, Target
from pipelines.reading.reading import readings_of
from pipelines.rewrite.lines import evidence
from pipelines.suites import evaluate_faults as faults
from pipelines.verify import failures

PAPER = """# Shade and walking in Rivebelle

## Results

Shade trees were associated with 12 more walks a week among older residents of Rivebelle in 2019.
The benches may have increased visits by 30 minutes, but they did not change noise.
Only some streets gained cafés, and rents fell by 4% after the works.

## Discussion

The benches, the cafés, the trees, the buses and the pumps were counted by volunteers.
The buses and the pumps were counted again in the winter by the same volunteers.
"""


def drafted(document: Document) -> Brief:
    """A brief whose segments are the sentences of the results."""
    segments: list[Segment] = []
    for beginning in ("Shade trees were", "The benches may", "Only some"):
        start = document.text.index(beginning)
        span = evidence(document, start, document.text.index(".", start) + 1)
        number = f"s{len(segments) + 1}"
        segments.append(
            Segment(number, "findings", span.quote, "en", Target("fr"), evidence=(span,))
        )
    named = BriefDocument(document.id, "paper", "en", None, "x.md", document.sha256)
    return Brief("b", "en", "staff", (named,), tuple(segments), ReadabilityPair())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "paper.md").write_text(PAPER, encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return tmp_path


def planted(folder: Path) -> list[faults.Planted]:
    document = next(faults.documents_in(folder))
    good = drafted(document).segments
    return [fault for segment in good for fault in faults.plant(segment, document, good)]


def test_every_kind_of_fault_is_planted_and_none_leaves_the_text_as_it_was(folder: Path) -> None:
    found = planted(folder)
    own = {segment.text for segment in drafted(next(faults.documents_in(folder))).segments}
    assert {fault.kind for fault in found} == set(faults.KINDS)
    for fault in found:
        assert (fault.segment.text in own) == (fault.kind == "swapped_citation")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "Only some streets gained cafés, and rents fell by 5% after the works."),
        ("sign", "Only some streets gained cafés, and rents rose by 4% after the works."),
        ("scope", "Only all streets gained cafés, and rents fell by 4% after the works."),
        (
            "negation",
            "The benches may have increased visits by 30 minutes, but they did change noise.",
        ),
        (
            "unit",
            "The benches may have increased visits by 30 hours, but they did not change noise.",
        ),
    ],
)
def test_a_planted_fault_is_the_one_that_its_kind_says(folder: Path, kind: str, text: str) -> None:
    assert text in {fault.segment.text for fault in planted(folder) if fault.kind == kind}


def test_planted_faults_are_caught_and_good_segments_raise_no_alarm(folder: Path) -> None:
    figures = faults.evaluate(folder, drafted)
    assert figures["false_alarm_rate"] == 0
    assert figures["catch_rate"] >= 0.95
    assert figures["faults"] == len(planted(folder))
    assert figures["untouched"] > 3
    assert list(figures)[:1] == ["catch_rate"]


def test_the_suite_counts_what_verification_says(folder: Path) -> None:
    document = next(faults.documents_in(folder))
    bad = replace(drafted(document), segments=drafted(document).segments[:1])
    wrong = replace(bad.segments[0], text="Shade trees caused 99 more walks.")
    found = faults.outcome(document, lambda document: replace(bad, segments=(wrong,)))
    assert found.planted == ()
    assert found.alarms == (wrong,)
    assert failures(wrong, readings_of([document]))


def test_the_same_folder_gives_the_same_faults(folder: Path) -> None:
    assert planted(folder) == planted(folder)


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises((ValueError, UnreadableError), match="no document"):
        faults.evaluate(tmp_path, drafted)
