"""Who, where, when and how many a sentence speaks of: not swapped, not widened, not left out."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.scope import scope


def said_of(text: str, *quotes: str, language: Language = "en") -> list[str]:
    return reasons(scope, beside(text, *quotes, language=language))


def place(name: str) -> list[str]:
    return [f"names the place “{name}”, which its evidence lacks"]


def whom(word: str) -> list[str]:
    return [f"speaks of “{word}”, whom its evidence doesn’t name"]


def amount(word: str) -> list[str]:
    return [f"says “{word}”, which its evidence doesn’t"]


def perhaps(words: str) -> list[str]:
    return [f"leaves out “{words}”; see that what is left doesn’t say more"]


def gone(words: str) -> list[str]:
    return [f"leaves out “{words}”, to which its evidence limits what it says"]


CASES = [
    # language, evidence, text, what is said of it
    # places
    ("en", "The grant helped pupils in Halifax.", "The grant helped pupils in Halifax.", []),
    ("en", "The grant helped pupils in Halifax.", "The grant helped pupils in Winnipeg.", place("Winnipeg")),
    ("en", "The grant helped pupils in Halifax.", "The grant helped pupils in Halifax and Winnipeg.", place("Winnipeg")),
    ("en", "The grant helped pupils in Quebec.", "The grant helped pupils in Québec.", []),
    ("en", "The grant helped pupils in British Columbia.", "The grant helped pupils in B.C.", []),
    ("en", "The grant helped the River Grand pupils.", "The grant helped pupils of the Grand River.", place("Grand River")),
    ("en", "The Elora-Gorge Road grant helped.", "The grant helped in Elora, Ontario.", place("Ontario")),
    ("fr", "L’aide a servi à Gatineau.", "L’aide a servi à Lévis.", place("Lévis")),
    ("fr", "L’aide a servi à Gatineau.", "L’aide a servi à Gatineau.", []),
    # populations and organisms
    ("en", "Counts rose, as mice slept less.", "Counts rose, as humans slept less.", whom("humans")),
    ("en", "Counts rose, as mice slept less.", "Counts rose, as animals slept less.", []),
    ("en", "Counts rose, as the mouse slept less.", "Counts rose, as murine mice slept less.", []),
    ("en", "The grant helped children.", "The grant helped pupils.", []),
    ("en", "The grant helped children.", "The grant helped Women.", whom("women")),
    ("en", "The grant helped children.", "The grant helped people.", whom("people")),
    ("en", "The grant helped urban areas.", "The grant helped cities.", []),
    ("en", "The grant helped seniors.", "The grant helped older adults.", whom("adults")),
    ("fr", "L’aide a servi aux enfants.", "L’aide a servi aux élèves.", []),
    ("fr", "L’aide a servi aux enfants.", "L’aide a servi aux locataires.", whom("locataires")),
    ("fr", "L’aide a servi au milieu scolaire.", "L’aide a servi aux écoles.", []),
    # amounts
    ("en", "Some cities lowered fares.", "All cities lowered fares.", amount("all")),
    ("en", "Each city lowered fares.", "All cities lowered fares.", []),
    ("en", "The cities lowered fares.", "The cities always lowered fares, every one.", amount("always")),
    ("en", "Fares fell in 80% of cities.", "Fares fell in most cities.", []),
    ("en", "Fares fell in 40% of cities.", "Fares fell in most cities.", amount("most cities")),
    ("en", "Most cities lowered fares.", "All cities lowered fares.", amount("all")),
    ("en", "All cities lowered fares.", "Most cities lowered fares.", []),
    ("fr", "Certaines villes ont agi.", "Toutes les villes ont agi.", amount("toutes")),
    ("fr", "Chaque ville a agi.", "Toutes les villes ont agi.", []),
    ("fr", "La majorité des villes ont agi.", "La plupart des villes ont agi.", []),
    ("fr", "Des villes ont agi.", "La plupart des villes ont agi.", amount("la plupart")),
    # limits by a phrase
    ("en", "The grant lowered rents among single mothers.", "The grant lowered rents.", gone("among single mothers")),
    ("en", "The grant lowered rents among tired single mothers.", "The grant lowered rents.", gone("among tired single mothers")),
    ("en", "The grant lowered rents among very tired single mothers.", "The grant lowered rents.", []),
    ("en", "The grant lowered rents among single mothers.", "The grant lowered rents for mothers.", []),
    ("en", "The grant lowered rents among single mothers.", "The grant lowered rents of a mother.", []),
    ("en", "The grant lowered rents among mothers.", "The grant lowered maternal rents.", []),
    ("en", "The grant lowered rents in 2019.", "The grant lowered rents.", gone("in 2019")),
    ("en", "The grant lowered rents in 2019.", "In 2019, the grant lowered rents.", []),
    ("en", "The grant lowered rents within 12 weeks.", "The grant lowered rents.", gone("within 12 weeks")),
    ("en", "The grant lowered rents (in 2019).", "The grant lowered rents.", []),
    ("en", "In 2019, the grant lowered rents.", "The grant lowered rents.", perhaps("In 2019")),
    ("en", "The grant lowered rents [of flats] in 2019.", "The grant lowered rents.", gone("in 2019")),
    ("en", "The grant lowered rents of cities in 2019 and among mothers.", "The grant lowered rents of cities.", [*gone("in 2019"), *gone("among mothers")]),
    ("fr", "L’aide a réduit les loyers chez les enfants.", "L’aide a réduit les loyers.", gone("chez les enfants")),
    ("fr", "L’aide a réduit les loyers en 2019.", "L’aide a réduit les loyers.", gone("en 2019")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "expected"), CASES)
def test_scope_is_held(language: Language, evidence: str, text: str, expected: list[str]) -> None:
    assert said_of(text, evidence, language=language) == expected


#: Grant, city, tenants; lowered, rents: what stands before the limit and after it.
LIMITED = "The grant of cities lowered rents among mothers and raised taxes."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The grant of cities lowered rents and raised taxes.", gone("among mothers")),
        ("City grants lowered rents.", gone("among mothers")),
        ("The city lowered rents.", []),  # three of six: not most
        ("The city lowered rents and taxes.", gone("among mothers")),  # four of six
        # one of the three before is gone: it may be a detail
        ("The grant of cities raised taxes and rents.", perhaps("among mothers")),
        ("Grants lowered rents and raised taxes.", perhaps("among mothers")),
    ],
)
def test_a_limit_is_told_where_the_three_words_before_and_most_of_the_rest_are(
    text: str, expected: list[str]
) -> None:
    assert said_of(text, LIMITED) == expected


#: Six of ten are most of a quote, five are not.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The grant lowered rents, drains, pumps and wells.", gone("in 2019")),
        ("The grant lowered rents, drains and pumps.", []),
    ],
)
def test_most_of_a_quote_is_six_words_in_ten(text: str, expected: list[str]) -> None:
    evidence = (
        "The grant lowered rents in 2019; drains, pumps, wells, ditches, barrels, roofs froze."
    )
    assert said_of(text, evidence) == expected


# -- free paraphrases ----------------------------------------------------------------------------

ENDED = (
    "The grant helped children of Halifax in 2019 in ways that nobody who built it had thought of."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What the young got out of it was a surprise to people who had set up the grant.", []),
        ("What the young got out of it was a surprise to women who had set up the grant.", whom("women")),
        ("What the young got out of it was always a surprise to those who had set up the grant.", amount("always")),
        ("What the young got out of it was a surprise to those in Winnipeg who had set up the grant.", place("Winnipeg")),
    ],
)  # fmt: skip
def test_a_free_paraphrase_may_leave_out_but_not_swap(text: str, expected: list[str]) -> None:
    assert said_of(text, ENDED) == expected


def test_words_are_not_compared_across_languages_nor_with_nothing() -> None:
    told = "Toutes les femmes de Lévis ont été aidées."
    assert reasons(scope, beside(told, "The grant helped.", told_in="fr")) == []
    assert reasons(scope, beside("All women in Winnipeg were helped.")) == []


# -- laws ----------------------------------------------------------------------------------------

TOWNS = ["Halifax", "Winnipeg", "Moncton", "Gatineau"]
GROUPS = ["women", "farmers", "mice", "nurses"]


@given(
    st.sampled_from(TOWNS), st.sampled_from(TOWNS), st.sampled_from(GROUPS), st.sampled_from(GROUPS)
)
@settings(max_examples=40, deadline=None)
def test_a_place_or_a_group_is_only_itself(here: str, town: str, group: str, told: str) -> None:
    evidence = f"The grants for {group} were paid, and they came from {here}."
    text = f"The grants for {told} were paid, and they came from {town}."
    expected = (place(town) if town != here else []) + (whom(told) if told != group else [])
    assert said_of(text, evidence) == expected
