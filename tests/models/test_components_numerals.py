"""Numbers are read as values: the typography may differ, the fact may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Language
from models.components.numerals import number_words, quantities


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("12.5% of 1,234 plots", "en", [("12.5", "%"), ("1234", "plots")]),
        ("12,5 % de 1 234 sites", "fr", [("12.5", "%"), ("1234", "sites")]),
        ("17 p.\u00a0100 de 100 sites", "fr", [("17", "%"), ("100", "sites")]),
        ("7.2 percentage points", "en", [("7.2", "points")]),
        ("7,2 points de pourcentage", "fr", [("7.2", "points")]),
        ("40 per cent, 40 percent", "en", [("40", "%"), ("40", "%")]),
        ("fell by −1.4 °C, not 1.4 °F", "en", [("-1.4", "°C"), ("1.4", "°F")]),
        ("$5 a metre over 10³ m", "en", [("5", "$"), ("10", "³")]),
        ("from 2017–2022 and p < .05", "en", [("2017", ""), ("2022", "and"), ("0.05", "")]),
        ("12,5 in English is two numbers", "en", [("12", ""), ("5", "in")]),
    ],
)
def test_digits_are_read_with_sign_and_unit(
    text: str, language: Language, found: list[tuple[str, str]]
) -> None:
    assert [(item.value, item.unit) for item in quantities(text, language)] == found


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("three hundred and forty trees", "en", ["340"]),
        ("seventy-nine of nine hundred and six", "en", ["79", "906"]),
        ("eleven hundred, five and six", "en", ["1100", "5", "6"]),
        ("two hundred thousand dollars", "en", ["200000"]),
        ("one of the other ones", "en", []),
        ("half of a dozen", "en", ["half", "dozen"]),
        ("quatre-vingt-dix-sept", "fr", ["97"]),
        ("soixante et onze, vingt et un", "fr", ["71", "21"]),
        ("trois millions cinq cent mille", "fr", ["3500000"]),
        ("dix-huit pour cent", "fr", ["18"]),
        ("une des rues", "fr", []),
    ],
)
def test_number_words_are_put_together(text: str, language: Language, values: list[str]) -> None:
    assert [value for _, value in number_words(text, language)] == values


@given(st.integers(0, 10**9))
def test_both_typographies_give_the_same_value(number: int) -> None:
    english, french = f"{number:,} trees", f"{number:,} arbres".replace(",", " ")
    assert quantities(english, "en")[0].value == quantities(french, "fr")[0].value == str(number)


@given(st.text(max_size=60), st.sampled_from(["en", "fr"]))
def test_any_text_can_be_read(text: str, language: Language) -> None:
    for item in quantities(text, language):
        assert text[item.start : item.end] == item.written
