"""Terms that a brief keeps are found where they stand, and explained in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Language
from pipelines.language.glossary import entries, explained, statements


def found(text: str, language: Language) -> list[str]:
    return [entry.key for entry in explained([text], language)]


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("en", "The Odds Ratios were adjusted.", ["odds_ratio"]),
        ("en", "Two meta-analyses pooled cohort studies.", ["meta_analysis", "cohort_study"]),
        ("en", "Urban heat islands need tree canopy.", ["heat_island", "tree_canopy"]),
        ("en", "The biased reporter crossed the median strip.", []),
        ("en", "Social determinants of health", ["social_determinants_of_health"]),
        ("en", "The hives stood in rows.", []),
        ("en", "HIV spread in the town.", ["hiv"]),
        ("fr", "Les rapports de cotes sont ajustés.", ["odds_ratio"]),
        ("fr", "Les îlots de chaleur touchent l’espérance de vie.",
         ["heat_island", "life_expectancy"]),
        ("fr", "La marge d'erreur est de 3 %.", ["margin_of_error"]),
        ("fr", "Un sondage mené par le biais du site a une incidence sur le choix.", []),
        ("fr", "Les gaz à effet de serre et les logements sociaux",
         ["greenhouse_gas", "social_housing"]),
    ],
)  # fmt: skip
def test_a_term_is_found_in_its_forms_and_in_no_other_sense(
    language: Language, text: str, keys: list[str]
) -> None:
    assert found(text, language) == keys


def test_each_term_is_explained_once_at_its_first_use() -> None:
    texts = ["Prevalence rose.", "The odds ratio and the prevalence fell."]
    assert [entry.key for entry in explained(texts, "en")] == ["prevalence", "odds_ratio"]


def test_every_term_finds_its_own_entry() -> None:
    for entry in entries():
        for language in ("en", "fr"):
            for term in (entry.term[language], *entry.forms[language]):
                assert found(f"({term})", language) == [entry.key], term


def test_a_statement_has_its_counterpart_and_the_french_colon() -> None:
    pairs = statements("en")
    french = pairs["heat wave: several very hot days in a row"]
    assert french == "vague de chaleur\u00a0: plusieurs jours très chauds de suite"
    assert statements("fr")[french] == "heat wave: several very hot days in a row"
    assert len(pairs) == len(statements("fr")) == len(entries()) >= 150


def test_explanations_are_short_fragments() -> None:
    for entry in entries():
        for text in entry.explanation.values():
            assert len(text.split()) <= 18, text
            assert not text.endswith("."), text
            assert "'" not in text, text


@given(st.text())
def test_any_text_is_read_without_error_and_the_same_each_time(text: str) -> None:
    assert explained([text], "fr") == explained([text], "fr")
