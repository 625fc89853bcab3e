"""What a paper's findings step tells, and what it leaves alone."""

import pytest
from fixtures.texts import BENCHES, paper

from corpus.document import Document
from pipelines.annotate import annotate
from pipelines.findings import findings, of_others, tellable


def told(document: Document) -> list[str]:
    return [document.text[f.start : f.end] for f in findings(document, annotate(document))]


@pytest.mark.parametrize(
    "text",
    [
        "Figure 2 shows the change in walking by season.",
        "where x is the number of benches on a route.",
        "The rate was y = 3x + 2 in all of the towns.",
        "Did the benches help older people to walk more?",
        "Walking rose (see the second part of the table.",
        "Benches help.",
        "The benches that we counted were of three kinds:",
    ],
)
def test_a_sentence_that_cannot_stand_alone_is_not_told(text: str) -> None:
    assert not tellable(text, "en")


def test_a_plain_sentence_with_a_statistic_in_brackets_can_be_told() -> None:
    assert tellable("Walking rose by 12% in the second year (n = 840; p = 0.01).", "en")


def test_what_others_found_is_told_from_what_the_paper_found() -> None:
    assert of_others("Benches were linked to walking in Finland [7].", "en")
    assert of_others("Lind et al. report more walking.", "en")
    assert not of_others("As Lind et al. did, we found more walking.", "en")


def test_who_pays_and_who_competes_is_not_a_finding() -> None:
    document = paper(
        ("Results", "Residents with a bench nearby walked more often than the others."),
        ("Funding", "The study was funded by the fund for walking in small towns."),
        ("Appendix A", "Residents in the second sample walked as often as in the first."),
    )
    assert told(document) == ["Residents with a bench nearby walked more often than the others."]


def test_findings_point_at_the_document_best_first() -> None:
    found = findings(BENCHES, annotate(BENCHES))
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
