"""Numbers, times and quotations as each language writes them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.language.typography import (
    FIRST_HELD,
    QUOTATION,
    cased,
    clock,
    find_figures,
    format_number,
    format_percent,
    holds_quotation,
    localize_number,
    one_line,
    quoted,
    typeset,
)

SET = [
    ("Budget 2026: 40 000 $ pour l'école", "Budget 2026\u00a0: 40\u00a0000\u00a0$ pour l’école"),
    ("Qui paie ? Personne !", "Qui paie? Personne!"),
    ("De 20 à 30% de moins ; il fait 5 °C", "De 20 à 30\u00a0% de moins; il fait 5\u00a0°C"),
    ("Elle a dit : « oui »", "Elle a dit\u00a0: «\u00a0oui\u00a0»"),
    ("À 10:30, dans un rapport de 3:1", "À 10:30, dans un rapport de 3:1"),
    (
        "En 2019 350 personnes ont lu https://exemple.org",
        "En 2019 350 personnes ont lu https://exemple.org",
    ),
]


@pytest.mark.parametrize(("typed", "set_"), SET)
def test_french_has_the_marks_and_blanks_of_canadian_public_writing(typed: str, set_: str) -> None:
    assert typeset(typed, "fr") == set_
    assert typeset(typed, "en") == typed


@pytest.mark.parametrize(
    ("typed", "english", "french"),
    [
        ("0·29 points", "0.29 points", "0,29 points"),
        ("3·10⁵ and 2·10^5", None, None),
        ("on 10·10 m plots", None, None),
        ("CuSO4·5H2O", None, None),
    ],
)
def test_a_raised_point_is_told_as_a_decimal(
    typed: str, english: str | None, french: str | None
) -> None:
    assert typeset(typed, "en") == (english or typed)
    assert typeset(typed, "fr") == (french or typed)


@given(st.text(alphabet="aé '’:;?!%$«»0123456789 \u00a0\u202f", max_size=30))
def test_setting_a_text_changes_no_letter_and_no_figure_and_is_done_once(text: str) -> None:
    once = typeset(text, "fr")
    assert re.findall(r"\w", once) == re.findall(r"\w", text)
    assert typeset(once, "fr") == once


PAIRS = [
    ("12.5%", "12,5\u00a0%"),
    ("1,234", "1\u00a0234"),
    ("1,234,567.8", "1\u00a0234\u00a0567,8"),
    ("2024", "2024"),
    ("10–20%", "10–20\u00a0%"),
    ("−3.5", "−3,5"),
    ("$25", "25\u00a0$"),
    ("$85–110", "85–110\u00a0$"),
    ("5°C", "5\u00a0°C"),
    ("$1.5 million", "1,5\u00a0million de dollars"),
    ("$2.3 billion", "2,3\u00a0milliards de dollars"),
    ("3 million", "3\u00a0millions"),
]


@pytest.mark.parametrize(("english", "french"), PAIRS)
def test_a_number_is_written_as_the_other_language_writes_it(english: str, french: str) -> None:
    assert localize_number(english, "fr") == french
    assert localize_number(french, "en") == english


def test_a_decimal_without_its_zero_gets_it_in_french() -> None:
    assert localize_number(".05", "fr") == "0,05"


def test_what_is_no_number_stays_as_it_is() -> None:
    assert localize_number("COVID-19", "fr") == "COVID-19"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rates fell by 12.5% in 2020.", ["12.5%", "2020"]),
        ("It cost $5–$10 (95% CI 1.9 to 2.9).", ["$5–$10", "95%", "1.9", "2.9"]),
        ("Temperatures rose by 2.4°C, to -3°C.", ["2.4°C", "-3°C"]),
        ("COVID-19, H1N1 and the 3rd wave", []),
        ("See doi:10.1234/ab.12 of 2024-05-17 at 9:30, v2.1.3", []),
        ("$1.5 million a year", ["$1.5 million"]),
    ],
)
def test_numbers_are_found_and_codes_dates_and_addresses_are_not(
    text: str, found: list[str]
) -> None:
    assert [number.text for number in find_figures(text, "en")] == found


def test_french_numbers_are_found_whole() -> None:
    text = "En 2020, 12,5 % des 1 234 personnes ont payé 25 $."
    found = [number.text for number in find_figures(text, "fr")]
    assert found == ["2020", "12,5 %", "1 234", "25 $"]


def test_the_word_million_is_no_part_of_what_is_locked() -> None:
    text = "About $1.5 million was spent."
    (number,) = find_figures(text, "en")
    assert text[number.start : number.end] == "$1.5"


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["", "%", "°C"]))
def test_to_french_and_back_changes_nothing(value: object, unit: str) -> None:
    english = f"{value:,}{unit}"
    assert localize_number(localize_number(english, "fr"), "en") == english


@given(st.text(alphabet="0123456789,. %$€°C-–x", max_size=25))
def test_localizing_never_changes_a_digit(text: str) -> None:
    for number in find_figures(text, "en"):
        written = localize_number(number.text, "fr")
        with_zeros = re.sub(r"(?<!\d)\.(?=\d)", "0.", number.text)
        assert re.sub(r"\D", "", written) == re.sub(r"\D", "", with_zeros)


def test_values_are_formatted_for_each_language() -> None:
    assert format_number(1234.56, "en", 1) == "1,234.6"
    assert format_number(1234.56, "fr", 1) == "1\u00a0234,6"
    assert format_number(-2, "fr") == "−2"
    assert format_percent(0.125, "en", 1) == "12.5%"
    assert format_percent(0.125, "fr", 1) == "12,5\u00a0%"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "00:00:00"), (723.9, "00:12:03"), (36_000, "10:00:00")]
)
def test_a_timecode_has_hours_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def test_each_language_has_its_quotation_marks() -> None:
    assert quoted("yes", "en") == "“yes”"
    assert quoted("oui", "fr") == "«\u00a0oui\u00a0»"


def test_a_line_has_no_breaks_controls_or_direction_overrides() -> None:
    assert one_line(" a\n\n b\tc\x1b[31m") == "a b c\ufffd[31m"
    assert one_line("\u202ed\x00 \ud800") == "\ufffdd\ufffd \ufffd"
    assert one_line("12,5\u00a0%") == "12,5\u00a0%"


def test_quotations_are_found_in_the_marks_of_both_languages_and_of_typewriters() -> None:
    text = 'He said “no”, « oui » and "yes".'
    assert QUOTATION.findall(text) == ["“no”", "« oui »", '"yes"']
    assert not holds_quotation(text)
    assert holds_quotation(f"He said {FIRST_HELD}.")


def test_a_word_takes_the_capital_of_the_one_whose_place_it_takes() -> None:
    assert cased("the researchers", like="We") == "The researchers"
    assert cased("les", like="nos") == "les"
