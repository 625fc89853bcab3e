"""What a paper's findings step tells, and what it leaves alone."""

import pytest
from fixtures import papers
from fixtures.papers import WHOLE_BANCS, WHOLE_BENCHES
from fixtures.texts import BENCHES, paper

from corpus.document import Document
from pipelines.reading.reading import Reading
from pipelines.selecting.findings import findings


def told(document: Document) -> list[str]:
    return [document.text[f.start : f.end] for f in findings(Reading(document))]


def test_who_pays_and_who_competes_is_not_a_finding() -> None:
    document = paper(
        ("Results", "Residents with a bench nearby walked more often than the others."),
        ("Funding", "The study was funded by the fund for walking in small towns."),
        ("Appendix A", "Residents in the second sample walked as often as in the first."),
    )
    assert told(document) == ["Residents with a bench nearby walked more often than the others."]


def test_findings_point_at_the_document_best_first() -> None:
    found = findings(Reading(BENCHES))
    assert [f.salience for f in found] == sorted((f.salience for f in found), reverse=True)
    assert any(f.numbers == ("840", "65", "2021") and f.places and f.population for f in found)


def test_the_middle_of_somebodys_words_is_not_told_as_the_papers() -> None:
    document = paper(
        (
            "Results",
            "One resident said: “The bench is far. We found that walking to it takes an hour. "
            "That is long.” Residents with a bench nearby walked more often than the others.",
        ),
    )
    assert told(document) == ["Residents with a bench nearby walked more often than the others."]


@pytest.mark.parametrize(
    ("document", "idle"),
    [
        (WHOLE_BENCHES, "This study has several limitations."),
        (WHOLE_BANCS, "Cette étude comporte plusieurs limites."),
    ],
)
def test_a_sentence_that_says_nothing_of_this_study_is_left_out(
    document: Document, idle: str
) -> None:
    assert idle in document.text
    assert idle not in told(document)


def test_of_a_whole_paper_what_was_found_comes_first_and_who_paid_not_at_all() -> None:
    found = told(WHOLE_BENCHES)
    assert papers.FUNDING not in found
    main, falls, sample = (found.index(t) for t in (papers.MAIN, papers.FALLS, papers.SAMPLE))
    assert max(main, falls) < sample
