"""A heading or an announcement says what its sentences do, beyond what was learned of them."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.texts import document

from corpus.document import Language, Passage
from models.function_features import located
from models.sentence_functions import FUNCTIONS, Function
from models.stated_parts import announces_limits, as_stated

TEXT = "Our study has several limitations. Few towns took part. Winters were mild."


def likely(function: Function, *passages: Passage, language: Language = "en") -> list[float]:
    """How likely the sentences do something that was learned to be one in five."""
    sentences = located(document(list(passages), language=language))
    learned = np.full((len(sentences), len(FUNCTIONS)), 0.2)
    said = as_stated(learned, sentences, language)
    return [round(float(p), 2) for p in said[:, FUNCTIONS.index(function)]]


def test_what_an_announcement_counts_off_is_likelier_a_limit() -> None:
    assert likely("limit", Passage(TEXT, "paragraph", "Discussion")) == [0.2, 0.44, 0.44]
    assert likely("finding", Passage(TEXT, "paragraph", "Discussion")) == [0.2, 0.2, 0.2]


def test_an_announcement_counts_for_so_many_sentences() -> None:
    text = " ".join([TEXT, *["Winters were mild."] * 7])
    found = likely("limit", Passage(text, "paragraph", "Discussion"))
    assert found == [0.2, *[0.44] * 7, 0.2, 0.2]


def test_an_announcement_ends_with_its_paragraph() -> None:
    other = Passage("Benches help people to walk.", "paragraph", "Discussion")
    assert likely("limit", Passage(TEXT, "paragraph", "Discussion"), other)[-1] == 0.2


@pytest.mark.parametrize(
    ("section", "language", "function", "said"),
    [
        ("4. Limitations", "en", "limit", 0.5),
        ("Strengths and limitations", "en", "limit", 0.2),
        ("What we do not know", "en", "limit", 0.5),
        ("Abstract › Results", "en", "finding", 0.38),
        ("Results", "en", "finding", 0.2),
        ("Recommendations", "en", "recommendation", 0.34),
        ("5. Recommandations", "fr", "recommendation", 0.34),
        ("Limites", "fr", "limit", 0.5),
    ],
)
def test_a_heading_counts_for_what_it_names(
    section: str, language: Language, function: Function, said: float
) -> None:
    text = {"en": "Few towns took part.", "fr": "Peu de villes ont participé."}[language]
    assert likely(function, Passage(text, "paragraph", section), language=language) == [said]


@pytest.mark.parametrize(
    ("text", "section", "language", "said"),
    [
        ("Policy makers should count the benches of a town.", "Discussion", "en", 0.46),
        ("Benches are needed at every stop.", "Abstract › Conclusions", "en", 0.46),
        ("We advocate a bench at every stop.", "Conclusion", "en", 0.46),
        ("Counts could help towns to plan benches.", "Discussion", "en", 0.46),
        ("Les villes devraient compter leurs bancs.", "Discussion", "fr", 0.46),
        ("Des bancs sont nécessaires à chaque arrêt.", "Conclusion", "fr", 0.46),
        ("Policy makers should count the benches of a town.", "Introduction", "en", 0.2),
        ("Towns should place benches at every stop [7].", "Discussion", "en", 0.2),
        ("Further studies of benches are needed.", "Discussion", "en", 0.2),
        ("D’autres études sur les bancs sont nécessaires.", "Discussion", "fr", 0.2),
        ("Des essais, en grappes surtout, sont indispensables.", "Discussion", "fr", 0.2),
        ("Careful evaluations of benches are essential.", "Discussion", "en", 0.2),
        ("Residents walked as far as they could.", "Discussion", "en", 0.2),
    ],
)
def test_what_advises_in_so_many_words_where_a_paper_concludes_is_likelier_advice(
    text: str, section: str, language: Language, said: float
) -> None:
    passage = Passage(text, "paragraph", section)
    assert likely("recommendation", passage, language=language) == [said]


@pytest.mark.parametrize(
    ("text", "language", "announces"),
    [
        ("This study has several limitations.", "en", True),
        ("Notre étude comporte certaines limites.", "fr", True),
        ("The speed limit of the street was lowered.", "en", False),
        ("Benches help.", "en", False),
    ],
)
def test_an_announcement_of_limits_is_known(text: str, language: Language, announces: bool) -> None:
    assert announces_limits(text, language) is announces
