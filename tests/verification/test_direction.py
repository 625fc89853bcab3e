"""What rose may not fall, what was higher may not be lower, before is not after."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons, refused

from corpus.document import Language
from pipelines.verification.direction import direction


def said_of(text: str, *quotes: str, language: Language = "en") -> list[str]:
    return reasons(direction, beside(text, *quotes, language=language))


def turned(*words: tuple[str, str]) -> list[str]:
    return [f"says “{word}” where its evidence says “{there}”" for word, there in words]


TURNED = [
    # language, evidence, text, words that are turned
    ("en", "Rents rose in May.", "Rents shrank in May.", [("shrank", "rose")]),
    ("en", "Rents rose after the change.", "Rents rose before the change.", [("before", "after")]),
    ("en", "Better lights helped walkers.", "Worse lights helped walkers.", [("worse", "better")]),
    ("en", "Trees above the norm froze.", "Trees below the norm froze.", [("below", "above")]),
    ("en", "A large pond cooled the park.", "A small pond cooled the park.", [("small", "large")]),
    ("en", "Fewer tenants of 65 left.", "More tenants of 65 left.", [("more", "fewer")]),
    ("fr", "Les loyers ont augmenté en mai.", "Les loyers ont diminué en mai.", [("diminué", "augmenté")]),
    ("fr", "Les loyers ont suivi avant mai.", "Les loyers ont suivi après mai.", [("après", "avant")]),
    ("fr", "Les prix sont meilleurs ici.", "Les prix sont pires ici.", [("pires", "meilleurs")]),
    ("fr", "Les arbres sous le seuil gèlent.", "Les arbres au-dessus du seuil gèlent.", [("dessus", "sous")]),
    ("fr", "Une petite mare suffit ici.", "Une grande mare suffit ici.", [("grande", "petite")]),
    # both directions are there, about different things
    ("en", "Rents rose while wages fell.", "Rents fell while wages rose.", [("fell", "rose")]),
    ("en", "A large pond cooled the park near a small mill.", "A small pond cooled the park near a large mill.", [("small", "large"), ("large", "small")]),
    ("en", "The tax on old mills rose and the duty on new mills fell.", "The duty on new mills rose.", [("rose", "fell")]),
    ("en", "The tax on old mills rose and the duty on new mills fell.", "The tax on old mills fell.", [("fell", "rose")]),
    ("en", "Rents fell and taxes rose.", "Taxes fell.", [("fell", "rose")]),
    ("en", "Rents fell and taxes rose.", "Rents rose.", [("rose", "fell")]),
    ("en", "Rents fell and taxes rose.", "Rents fell and taxes fell.", [("fell", "rose")]),
    ("fr", "Les loyers ont augmenté, les salaires ont baissé.", "Les loyers ont baissé, les salaires ont augmenté.", [("baissé", "augmenté"), ("augmenté", "baissé")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "words"), TURNED)
def test_the_other_direction_is_caught(
    language: Language, evidence: str, text: str, words: list[tuple[str, str]]
) -> None:
    assert said_of(text, evidence, language=language) == turned(*words)


AT_REST = [
    ("en", "Rents rose in May.", "Rents grew in May."),
    ("en", "Rents of May were posted.", "Rents fell in May."),  # which words judge
    ("en", "Rents rose after the change.", "Rents rose in the change."),
    ("en", "Rents rose and wages fell.", "Wages fell and rents rose."),
    ("en", "The tax on old mills rose and the duty on new mills fell.", "The duty on new mills fell."),
    ("en", "Fewer than 65 tenants left.", "65 tenants or more left."),  # a bound
    ("en", "Fees were lowered by the council and rents were raised by owners.", "The council lowered fees."),
    ("fr", "Les loyers ont augmenté en mai.", "Les loyers ont grimpé en mai."),
    ("fr", "Moins de 65 locataires sont partis.", "65 locataires ou plus sont partis."),
    # an equivalent of a word that tells no direction by itself
    ("en", "The plan mitigated floods while rents rose.", "The plan reduced floods while rents rose."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text"), AT_REST)
def test_the_same_direction_passes(language: Language, evidence: str, text: str) -> None:
    assert said_of(text, evidence, language=language) == []


def test_an_equivalent_of_a_word_of_direction_is_held_to_its_side() -> None:
    evidence = "The plan cut floods in the old harbour while rents rose in the hills."
    assert said_of("The plan reduced floods in the old harbour.", evidence) == []
    wrong = said_of("The plan raised floods in the old harbour.", evidence)
    assert wrong == turned(("raised", "cut"))


# -- about the same things -----------------------------------------------------------------------


#: Three content words on either side tell what a word of direction is about.
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mills with ponds rose.", [("rose", "fell")]),
        ("Mills with ponds and barrels rose.", [("rose", "fell")]),
        ("Mills with ponds, barrels and pumps rose.", []),
    ],
)
def test_only_near_neighbours_tell_what_a_word_is_about(
    text: str, words: list[tuple[str, str]]
) -> None:
    evidence = "The rents of mills with ponds fell. The wages of crews in the old town rose."
    assert said_of(text, evidence) == turned(*words)


@pytest.mark.parametrize(
    ("evidence", "text", "words"),
    [
        # one of two neighbours shared is too few, both are enough
        ("Mills with ponds fell. Wages of crews rose.", "Mills with barrels rose.", []),
        ("Mills with ponds fell. Wages of crews rose.", "Mills with ponds rose.", [("rose", "fell")]),
        # the nearer word of two is meant
        ("Mills by ponds fell, then mills rose by ponds.", "Ponds by mills rose.", []),
        # words of another sentence are no neighbours
        ("There are mills and ponds. Prices fell. Wages of crews rose.", "By mills and ponds tolls rose.", []),
        ("By mills and ponds prices fell. Wages of crews rose.", "By mills and ponds tolls rose.", [("rose", "fell")]),
        # words that steps bring in are none either
        ("The team also fell. The old gauges rose.", "The team also rose.", []),
    ],
)  # fmt: skip
def test_shared_neighbours_tell_which_word_is_meant(
    evidence: str, text: str, words: list[tuple[str, str]]
) -> None:
    assert said_of(text, evidence) == turned(*words)


# -- how often -----------------------------------------------------------------------------------

NORTH = "Rents fell for tenants in the north of town and taxes rose for owners."


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        (NORTH, "Rents fell for tenants and fell in the north of town.", ["says “fell” more often than its evidence"]),
        (NORTH, "Rents fell for tenants. They fell in the north of town.", []),
        (NORTH, "Rents fell for tenants in the north of town.", []),
        ("Rents fell for tenants in the north of town.", "Rents fell for tenants and fell in the north of town.", []),
    ],
)  # fmt: skip
def test_a_direction_is_told_no_more_often_than_there(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert said_of(text, evidence) == expected


def test_a_free_paraphrase_may_tell_a_direction_twice() -> None:
    free = "Tenants in the north of town saw what they owe each month fall, and their rents fell."
    assert said_of(free, NORTH) == []


# -- at rest -------------------------------------------------------------------------------------


def test_words_are_not_compared_across_languages_nor_with_nothing() -> None:
    assert reasons(direction, beside("Les loyers ont baissé.", "Rents rose.", told_in="fr")) == []
    assert reasons(direction, beside("Rents fell.")) == []


def test_a_segment_with_two_quotes_may_tell_the_direction_of_either() -> None:
    quotes = ("Rents of flats rose in May.", "Wages of crews fell in June.")
    for text in quotes:
        assert said_of(text, *quotes) == said_of(text, *reversed(quotes)) == []
    for text in ("Rents of flats fell in May.", "Wages of crews rose in June."):
        assert said_of(text, *quotes) != []
        assert said_of(text, *reversed(quotes)) != []


# -- laws ----------------------------------------------------------------------------------------

UP = ["rose", "grew", "climbed", "increased"]
DOWN = ["fell", "dropped", "declined", "decreased"]
THINGS = ["rents", "wages", "fares", "taxes", "visits"]


@given(
    st.permutations(THINGS),
    st.sampled_from(UP),
    st.sampled_from(DOWN),
    st.sampled_from([*UP, *DOWN]),
)
@settings(max_examples=40, deadline=None)
def test_each_thing_goes_its_own_way(things: list[str], up: str, down: str, said: str) -> None:
    first, second = things[:2]
    evidence = f"Monthly {first} {up} in the north, and weekly {second} {down} in the south."
    for thing, word in ((f"Monthly {first}", up), (f"Weekly {second}", down)):
        found = refused(beside(f"{thing} {said}.", evidence))
        assert ("direction" in found) is ((said in UP) is not (word in UP))


def test_what_a_bracket_compares_ends_with_the_bracket() -> None:
    evidence = "More tenants had mold (10.1% vs 4.5%, P < 0.001) and a low income (27.3% vs 21.9%, P = 0.033)."
    told = "More tenants had mold (10.1% vs 4.5%) and a low income (27.3% vs 21.9%)."
    assert said_of(told, evidence) == []
