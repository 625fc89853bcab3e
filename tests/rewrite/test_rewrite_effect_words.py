"""Effect measures are said in words where that is sure, and their words follow from them."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons

from corpus.document import Language
from pipelines.rewrite.effect_words import say_effect
from pipelines.rewrite.steps import Context
from pipelines.verification.figures import same_numbers


def said(text: str, language: Language, *, one_sentence: bool = False) -> str:
    return say_effect(text, Context(language, "paper", one_sentence=one_sentence))


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("en", "Coffee was linked to a lower risk of death (HR 0.92, 95% CI 0.83–1.02).",
         "Coffee was linked to a lower risk of death. The risk was 8% lower, and the true figure may lie between 17% lower and 2% higher."),
        ("en", "Smokers had more falls (OR = 1.45; 95 % CI: 1.10, 1.91; p = 0.01) in winter.",
         "Smokers had more falls (odds 45% higher, and the true figure may lie between 10% and 91% higher) in winter."),
        ("en", "Smokers were less likely to fall (1.9% vs 2.9%; HR 0.66, 95% CI 0.50–0.81) here.",
         "Smokers were less likely to fall (1.9% vs 2.9%; risk 34% lower, and the true figure may lie between 19% and 50% lower) here."),
        ("en", "The hazard ratio of death was 1.872 (95% CI, 1.432–2.445).",
         "The risk of death was about 87% higher (the true figure may lie between about 43% higher and about 2.4 times as high)."),
        ("en", "Hazard ratios of death were 0.92 (0.83 to 1.02; P=0.10) for oil, and 1.00 (0.90 to 1.11) for corn.",
         "The risk of death was 8% lower (the true figure may lie between 17% lower and 2% higher) for oil, and no different (the true figure may lie between 10% lower and 11% higher) for corn."),
        ("en", "The odds ratio of a fall was 2.3 (1.2 to 4.4) in winter.",
         "The odds of a fall were 2.3 times as high (the true figure may lie between 20% higher and 4.4 times as high) in winter."),
        ("en", "Smoking was linked to asthma (prevalence ratio 1.12).",
         "Smoking was linked to asthma. The prevalence was 12% higher."),
        ("en", "The risk difference was −3.2 percentage points (−5.1 to −1.3).",
         "The risk was 3.2 percentage points lower (the true figure may lie between 1.3 and 5.1 percentage points lower)."),
        ("en", "Joy was linked to a fully adjusted hazard ratio of 0.90 (95% CI 0.83 to 0.96) for each report.",
         "Joy was linked to a 10% lower risk (the true figure may lie between 4% and 17% lower) for each report."),
        ("en", "Joy was linked to an odds ratio of 0.919.", "Joy was linked to about 8% lower odds."),
        ("en", "Joy was linked to a hazard ratio of 0.819.", "Joy was linked to about an 18% lower risk."),
        ("en", "Smoking had an odds ratio of 2.3 (1.2 to 4.4).",
         "Smoking had 2.3 times the odds (the true figure may lie between 20% higher and 4.4 times as high)."),
        ("fr", "Le tabac est lié à un rapport de cotes de 1,45 (IC à 95 % : 1,10 à 1,91) en hiver.",
         "Le tabac est lié à une cote plus élevée de 45\u00a0% (la vraie valeur pourrait se situer entre 10\u00a0% et 91\u00a0% de plus) en hiver."),
        ("fr", "Le tabac est lié aux chutes (RC = 1,45 ; IC à 95 % : 1,10–1,91).",
         "Le tabac est lié aux chutes. La cote était plus élevée de 45\u00a0%, et la vraie valeur pourrait se situer entre 10\u00a0% et 91\u00a0% de plus."),
        ("fr", "Le rapport des risques instantanés était de 0,92 (IC à 95 % : 0,83 à 1,02) en ville.",
         "Le risque était plus faible de 8\u00a0% (la vraie valeur pourrait se situer entre 17\u00a0% de moins et 2\u00a0% de plus) en ville."),
        ("fr", "Le tabac est lié aux chutes (risque relatif : 2,32 [1,13 ; 3,02]) en hiver.",
         "Le tabac est lié aux chutes (risque environ 2,3 fois aussi élevé, et la vraie valeur pourrait se situer entre 13\u00a0% de plus et environ 3 fois le risque) en hiver."),
    ],
)  # fmt: skip
def test_a_measure_is_said_in_words(language: Language, text: str, plain: str) -> None:
    assert said(text, language) == plain
    assert reasons(same_numbers, beside(plain, text, language=language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Smokers had a lower risk of death (HR 1.45, 95% CI 1.10–1.91)."),
        ("en", "The gene went with higher survival (RR 0.53, 95% CI 0.35–0.80)."),
        ("en", "The gene went with longer lives and survival (HR 0.53, 95% CI 0.35–0.80)."),
        ("en", "Patients had a 53.4% risk reduction (HR 0.466, 95% CI 0.240–0.906)."),
        ("en", "Patients were twice as likely to die (HR 2.2, 95% CI 1.4–3.3)."),
        ("en", "Risk was 5-fold lower in some (HR 0.23, 95% CI 0.10–0.53)."),
        ("en", "Women and men fell less (HR 0.40, 95% CI 0.26–0.62; HR 0.50, 95% CI 0.35–0.72)."),
        ("en", "Hazard ratios were 0.88 (0.81 to 0.96) and 0.90 (0.83 to 0.97), respectively."),
        ("en", "The bound was low (OR 0.01, 95% CI 0.00–0.11)."),
        ("en", "Falls rose (OR 1.28, 95% CI 1.19–1.39 for poor compared with rich)."),
        ("en", "In the one group 22% were sick, in the other 41% (OR 0.54, 95% CI 0.51–0.58)."),
        ("en", "It ended with a hazard of 0.90 (0.85 to 0.95)."),
        ("en", "The HR of statin exposure was 1.641 (1.095–2.458)."),
        ("en", "The odds ratio for smoking was 2.3 (1.2 to 4.4)."),
        ("fr", "Le rapport de cotes du tabac était de 1,45 (IC à 95 % : 1,10 à 1,91)."),
        ("fr", "La survie était meilleure (RC = 1,45 ; IC à 95 % : 1,10–1,91)."),
    ],
)
def test_a_measure_is_left_alone_where_words_would_not_be_sure(
    language: Language, text: str
) -> None:
    assert said(text, language) == text


def test_an_abbreviation_is_an_outcome_where_its_long_form_is_one() -> None:
    text = "The hazard ratio of NODM was 1.50 (1.10–1.91)."
    known = Context(
        "en", "paper", long_forms={"NODM": "new-onset diabetes mellitus", "DM": "diabetes"}
    )
    assert say_effect(text, Context("en", "paper")) == text
    assert say_effect(text, known).startswith("The risk of NODM was 50% higher (the true")


def test_a_bracket_gives_a_bottom_line_no_second_sentence() -> None:
    text = "Coffee was linked to a lower risk of death (HR 0.92, 95% CI 0.83–1.02)."
    assert said(text, "en", one_sentence=True) == text


_HUNDREDTHS = st.integers(min_value=2, max_value=1200).map(lambda n: Decimal(n) / 100)


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(_HUNDREDTHS, _HUNDREDTHS, _HUNDREDTHS).map(sorted),
    st.sampled_from(["HR", "OR", "IRR", "PR"]),
    st.sampled_from(["en", "fr"]),
)
def test_what_the_words_say_follows_from_the_measure(
    values: list[Decimal], name: str, language: Language
) -> None:
    low, value, high = (f"{one:.2f}" for one in values)
    text = f"The change was linked to falls ({name} {value}, 95% CI {low} to {high})."
    if language == "fr":
        low, value, high = (one.replace(".", ",") for one in (low, value, high))
        text = f"Le tabac est lié aux chutes ({name} : {value} ; IC à 95 % : {low} à {high})."
    words = said(text, language)
    assert words != text
    assert reasons(same_numbers, beside(words, text, language=language)) == []
