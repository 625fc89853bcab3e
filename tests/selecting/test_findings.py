"""What a paper's findings step tells, and what it leaves alone."""

import pytest
from fixtures.texts import BENCHES, paper

from corpus.document import Document, Language
from pipelines.reading.reading import Reading
from pipelines.selecting.findings import findings
from pipelines.selecting.tellable import leans, of_others, rare_share, tellable


def told(document: Document) -> list[str]:
    return [document.text[f.start : f.end] for f in findings(Reading(document))]


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
    ("text", "language", "others"),
    [
        ("Earlier studies have shown that benches help.", "en", True),
        ("Consistent with earlier studies, we found that benches help.", "en", False),
        ("In a previous study, we showed that benches help.", "en", True),
        ("It has been shown that walking is good for the heart.", "en", True),
        ("Benches were associated with walking in our survey.", "en", False),
        ("Des études antérieures montrent que les bancs aident.", "fr", True),
        (
            "Comme dans les études antérieures, nous avons constaté que les bancs aident.",
            "fr",
            False,
        ),
        ("Dans une étude précédente, nous avons montré que les bancs aident.", "fr", True),
    ],
)
def test_whose_result_a_sentence_tells(text: str, language: Language, others: bool) -> None:
    assert of_others(text, language) is others


@pytest.mark.parametrize(
    ("text", "language", "leaning"),
    [
        ("These effects were larger in winter.", "en", True),
        ("This approach worked in all of the towns.", "en", True),
        ("These results suggest that benches help.", "en", False),
        ("Here, we show that benches help.", "en", False),
        ("Cette approche a fonctionné dans toutes les villes.", "fr", True),
        ("Ces résultats montrent que les bancs aident.", "fr", False),
        ("Cet essai montre que les bancs aident.", "fr", False),
        ("Ses effets sur la marche restent à démontrer.", "fr", True),
        ("Dans les autres villes, il a augmenté de 1,2 % seulement.", "fr", True),
        ("Dans les autres villes, il faut plus de bancs.", "fr", False),
        ("En octobre, 47 d’entre eux étaient morts.", "fr", True),
        ("Sans cette entente, des arbres risquent de mourir.", "fr", True),
        ("Des études devront déterminer si elle améliore la santé.", "fr", True),
        ("Des études devront déterminer si les bancs aident.", "fr", False),
    ],
)
def test_a_sentence_that_opens_on_the_one_before_is_known(
    text: str, language: Language, leaning: bool
) -> None:
    assert leans(text, language) is leaning


def test_plain_words_are_told_from_rare_ones_by_their_use() -> None:
    plain = rare_share("The towns put benches near the shops (unc-116; TPS10).", "en")
    rare = rare_share("Phyllotaxis arises from reiterative organogenesis.", "en")
    assert plain == 0.0
    assert rare >= 0.5
    assert rare_share("Les villes ont mis des bancs près des magasins.", "fr") == 0.0
