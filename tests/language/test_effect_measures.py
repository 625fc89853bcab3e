"""Effect measures are found in the usual spellings of both languages, with their intervals."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest

from corpus.document import Language
from pipelines.language.effect_measures import effects


def found(text: str, language: Language) -> list[tuple[str, str, str, str]]:
    return [
        (item.kind, str(item.value), str(item.low), str(item.high))
        for item in effects(text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It fell (HR 0.92, 95% CI 0.83–1.02).", ("risk", "0.92", "0.83", "1.02")),
        ("en", "It rose (OR = 1.45; 95 % CI: 1.10, 1.91; p = 0.01).", ("odds", "1.45", "1.10", "1.91")),
        ("en", "An adjusted odds ratio [aOR] 2.3 (1.2 to 4.4) was seen.", ("odds", "2.3", "1.2", "4.4")),
        ("en", "A relative risk of 0.80 (95% confidence interval 0.70 to 0.91) was seen.", ("risk", "0.80", "0.70", "0.91")),
        ("en", "It rose (hazard ratio [HR]: 2.3; 95% confidence interval [CI]: 1.4 to 3.7).", ("risk", "2.3", "1.4", "3.7")),
        ("en", "It rose (IRR 1.30 [1.10–1.50]).", ("rate", "1.30", "1.10", "1.50")),
        ("en", "It rose (adjusted prevalence ratio 1.12, 95% CI 1.01 to 1.25).", ("prevalence", "1.12", "1.01", "1.25")),
        ("en", "The hazard ratio for death after a fall was 1.872 (95% CI, 1.432–2.445).", ("risk", "1.872", "1.432", "2.445")),
        ("en", "The risk difference was −3.2 percentage points (−5.1 to −1.3).", ("difference", "-3.2", "-5.1", "-1.3")),
        ("en", "It rose (OR 1.88).", ("odds", "1.88", "None", "None")),
        ("fr", "Le tabac compte (RC = 1,45 ; IC à 95 % : 1,10–1,91).", ("odds", "1.45", "1.10", "1.91")),
        ("fr", "Le rapport de cotes ajusté était de 1,45 (IC à 95 % : 1,10 à 1,91).", ("odds", "1.45", "1.10", "1.91")),
        ("fr", "Le tabac compte (rapport des risques instantanés : 0,92 [0,83 ; 1,02]).", ("risk", "0.92", "0.83", "1.02")),
        ("fr", "Le tabac compte (risque relatif de 0,80 ; IC à 95 % 0,70 à 0,91).", ("risk", "0.80", "0.70", "0.91")),
    ],
)  # fmt: skip
def test_a_measure_is_found_with_its_interval(
    language: Language, text: str, expected: tuple[str, str, str, str]
) -> None:
    assert found(text, language) == [expected]


def test_several_values_of_one_name_are_its_measures() -> None:
    text = "Hazard ratios of death were 0.92 (0.83 to 1.02; P=0.10) for oil and 0.90 (0.83 to 0.97) for corn."
    assert found(text, "en") == [
        ("risk", "0.92", "0.83", "1.02"),
        ("risk", "0.90", "0.83", "0.97"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Breathing was fast (RR 18, 16–20)."),
        ("en", "Heart rate was normal (HR 72.5 [60.1–80.2])."),
        ("en", "It fell (OR 0.8 [0.9–0.9])."),
        ("en", "Relative risks 1.1–1.5 are common."),
        ("en", "It rose (OR 4.22 confidence interval (IC)95 [1.33–14.3])."),
        ("en", "The hazard ratio is known. Mean age was 54.2 (50.1–58.0)."),
        ("en", "It rose (OR 2)."),
        ("en", "The model had a slope (RC = 1.45)."),
    ],
)
def test_what_could_be_another_thing_is_no_measure(language: Language, text: str) -> None:
    assert found(text, language) == []
