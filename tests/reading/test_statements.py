"""What a paper says of itself: who paid, and who has an interest."""

import pytest
from fixtures.texts import BENCHES, document

from corpus.document import Document, Language, Passage
from pipelines.reading.statements import Span, funding, interests


def made(*passages: Passage, language: Language = "en") -> Document:
    body = Passage("Benches were linked to walking in the towns.", "paragraph", "Results")
    return document([body, *passages], language=language)


def said(source: Document, spans: tuple[Span, ...]) -> list[str]:
    return [source.text[span.start : span.end] for span in spans]


def test_who_paid_is_told_before_what_the_funder_left_alone() -> None:
    source = made(
        Passage("The funder had no role in the design of the study.", "paragraph", "Funding"),
        Passage("Funding. The Walking Fund paid for this work.", "paragraph", "Funding"),
    )
    assert said(source, funding(source)) == [
        "The Walking Fund paid for this work.",
        "The funder had no role in the design of the study.",
    ]


def test_an_interest_declared_among_the_funders_is_an_interest() -> None:
    text = "No funding was received. One author sits on the board of a food bank."
    source = made(Passage(text, "paragraph", "Funding"))
    assert said(source, funding(source)) == ["No funding was received."]
    assert said(source, interests(source)) == ["One author sits on the board of a food bank."]


def test_a_list_of_funders_counts_where_no_sentence_names_one() -> None:
    listed = Passage("Walking Fund (WF-12); Town Trust", "metadata", "Funding")
    apart = Passage("The funders had no role in the study.", "paragraph", "Funding")
    source = made(apart, listed)
    assert said(source, funding(source))[0] == "Walking Fund (WF-12); Town Trust"
    named = made(Passage("The Walking Fund paid for all of it.", "paragraph", "Funding"), listed)
    assert said(named, funding(named)) == ["The Walking Fund paid for all of it."]


def test_thanks_are_read_only_for_who_paid() -> None:
    source = made(
        Passage(
            "We thank the town of Estmere for its maps. This work was supported by the Walking "
            "Fund. We thank our neighbours.",
            "boilerplate",
            "Acknowledgements",
        )
    )
    assert said(source, funding(source)) == ["This work was supported by the Walking Fund."]
    assert interests(source) == ()


@pytest.mark.parametrize(
    ("language", "section", "text"),
    [
        ("en", "Competing interests", "The authors declare no competing interests."),
        ("en", "Conflict of interest", "One author sells benches to towns."),
        ("en", "disclosure", "The authors have nothing to disclose."),
        ("fr", "Conflits d’intérêts", "Les auteurs ne déclarent aucun conflit d’intérêts."),
        ("fr", "Déclaration d'intérêts", "Une autrice siège au conseil de la ville."),
    ],
)
def test_interests_are_found_under_their_heading(
    language: Language, section: str, text: str
) -> None:
    source = made(Passage(text, "paragraph", section), language=language)
    assert said(source, interests(source)) == [text]
    assert funding(source) == ()


def test_a_french_paper_says_who_paid() -> None:
    source = made(
        Passage(
            "Nous remercions les résidentes. L’étude a été financée par le Fonds pour la marche.",
            "boilerplate",
            "Remerciements",
        ),
        language="fr",
    )
    assert said(source, funding(source)) == ["L’étude a été financée par le Fonds pour la marche."]


def test_a_paper_that_says_nothing_of_money_gives_nothing() -> None:
    source = made(
        Passage("We studied how towns fund their benches.", "paragraph", "Methods › Town funding")
    )
    assert interests(source) == ()
    assert funding(BENCHES) == ()


def test_a_section_on_funds_as_a_subject_is_no_statement() -> None:
    source = made(Passage("Towns with more funds had more benches.", "paragraph", "Town funds"))
    assert funding(source) == ()


def test_a_declaration_that_a_translation_left_in_another_language_is_none() -> None:
    left = Passage("Os autores declaram não haver conflito.", "paragraph", "Competing interests")
    assert interests(made(left)) == ()
    names = Passage("Fonds des rues du Nord, Fonds de la marche", "paragraph", "Funding")
    assert said(made(names), funding(made(names))) == [names.text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This evaluation was funded by the borough."),
        ("fr", "Cette évaluation a été financée par l’arrondissement."),
    ],
)
def test_a_report_says_in_running_text_who_paid_for_it(language: Language, text: str) -> None:
    source = made(Passage(text, "paragraph", "What we propose"), language=language)
    assert said(source, funding(source)) == [text]
    assert interests(source) == ()


def test_what_others_paid_for_is_no_statement_and_one_sentence_is_told_once() -> None:
    others = Passage("The fridges were funded by the borough.", "paragraph", "Background")
    assert funding(made(others)) == ()
    both = "This report was paid for by the borough; the authors declare no conflict of interest."
    source = made(others, Passage(both, "paragraph", "What we propose"))
    assert said(source, funding(source)) == [both]
    assert interests(source) == ()


def test_a_number_that_a_full_stop_parts_stays_with_its_grant() -> None:
    text = (
        "The first author has a grant of the Walking Fund (grant no. 1R21 NR012984. 403754/2016)."
    )
    source = made(Passage(text, "paragraph", "Competing interests"))
    assert said(source, interests(source)) == [text]
