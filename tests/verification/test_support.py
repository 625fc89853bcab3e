"""Which words of a text its evidence supports, and by which of its own."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Language
from pipelines.verification.support import (
    aligned,
    bare,
    brought_in,
    has_words,
    of_a_bound,
    polar,
    words,
)


def stands_for(
    text: str, *quotes: str, language: Language = "en", aliases: tuple[tuple[str, str], ...] = ()
) -> list[str]:
    """Each word of a text with the word of the evidence that it stands for: "-" for none."""
    found = aligned(text, quotes, language, aliases).placed
    return [f"{word.lower}={'-' if place is None else place}" for word, place in found]


# -- words ---------------------------------------------------------------------------------------


def test_words_are_those_that_say_something_in_their_places() -> None:
    text = "Didn’t the old heat-related 12% tests of mRNA in Milltown fall? Rents of three did."
    found = words(text, "en")
    assert [word.lower for word in found] == ["old", "heat", "related", "tests", "mrna", "milltown", "fall", "rents"]  # fmt: skip
    assert all(text[word.start :].lower().startswith(word.lower) for word in found)
    assert [word.sentence for word in found] == [1] * 7 + [2]
    assert [word.lower for word in found if word.named] == ["mrna", "milltown"]
    assert {word.lower: word.pos for word in found if word.pos in ("PROPN", "NOUN")} == {
        "heat": "NOUN", "tests": "NOUN", "milltown": "PROPN", "fall": "NOUN", "rents": "NOUN",
    }  # fmt: skip


HAVING: list[tuple[Language, str, bool]] = [
    ("en", "that it was in the", False),
    ("en", "of the two", False),
    ("en", "of the wells", True),
    ("fr", "qu’il est de la", False),
    ("fr", "de la ville", True),
]


@pytest.mark.parametrize(("language", "text", "some"), HAVING)
def test_whether_there_are_words_at_all_is_told_without_a_parse(
    language: Language, text: str, some: bool
) -> None:
    assert has_words(text, language) is some
    assert bool(words(text, language)) is some


def test_french_words_stand_without_their_articles() -> None:
    found = words("L’eau qu’on n’a pas mesurée à Lévis coûte 12 pour cent. Trois villes.", "fr")
    assert [word.lower for word in found] == ["eau", "pas", "mesurée", "lévis", "coûte", "villes"]
    assert [word.key for word in found] == ["eau", "pas", "mesurer", "lévis", "coûter", "ville"]
    assert [word.lower for word in found if word.named] == ["lévis"]


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Use fell by 12 per cent.", "en", ["use", "fell"]),
        ("Use fell by 12 percent.", "en", ["use", "fell"]),
        ("Use fell by 12 percentage points.", "en", ["use", "fell"]),
        ("Use fell by some percentage points.", "en", ["use", "fell", "some", "percentage", "points"]),
        ("Use didn't or didn’t fall.", "en", ["use", "fall"]),
        ("Une hausse de 12 points de pourcentage.", "fr", ["hausse"]),
        ("Une hausse de 12 p. 100.", "fr", ["hausse"]),
        ("Une hausse de points.", "fr", ["hausse", "points"]),
    ],
)  # fmt: skip
def test_measures_and_contracted_negations_are_judged_elsewhere(
    text: str, language: Language, left: list[str]
) -> None:
    assert [word.lower for word in words(text, language)] == left


@pytest.mark.parametrize(
    ("text", "named"),
    [("Milltown fell", []), ("The Milltown fell", ["milltown"]), ("DNA fell", ["dna"]), ("It was mRNA", ["mrna"])],
)  # fmt: skip
def test_a_capital_makes_a_name_but_for_the_first_word(text: str, named: list[str]) -> None:
    assert [word.lower for word in words(text, "en") if word.named] == named


def test_brackets_are_taken_out_one_inside_another_too() -> None:
    assert bare("Rents (of flats [here] (all)) fell [a lot] in May.") == "Rents fell in May."


# -- support by forms, families and equivalents --------------------------------------------------

SUPPORTED = [
    # language, evidence, text, each word of the text and the one that it stands for
    ("en", "Rents fell in towns.", "Rent falls in a town.", ["rent=rent", "falls=fall", "town=town"]),
    ("en", "Colours by the metre.", "Color per meter.", ["color=colour", "per=-", "meter=metre"]),
    ("en", "Bacterial tests measured wells.", "Measurements of bacteria.", ["measurements=measure", "bacteria=bacterial"]),
    ("en", "Police organs filed forms.", "Policy organic filled firms.", ["policy=-", "organic=-", "filled=-", "firms=-"]),
    ("en", "The plan mitigated floods.", "The plan reduced floods.", ["plan=plan", "reduced=mitigate", "floods=flood"]),
    ("en", "The plan reduced floods.", "The plan mitigated floods.", ["plan=plan", "mitigated=reduce", "floods=flood"]),
    # words of direction are held to themselves: a family has both sides of some
    ("en", "The increase helped.", "It increased.", ["increased=increase"]),
    ("en", "The growth helped.", "It grew.", ["grew=-"]),
    # words that steps bring in
    ("en", "Adults came.", "But adults probably came.", ["but=", "adults=adult", "probably=", "came=come"]),
    ("en", "We saw rain.", "The researchers saw rain.", ["researchers=we", "saw=see", "rain=rain"]),
    # signs said in words
    ("en", "Adults of ≥65 came.", "Adults of 65 or older came.", ["adults=adult", "older=", "came=come"]),
    ("en", "Adults of ≥65 came.", "Adults of 65 or less came.", ["adults=adult", "less=-", "came=come"]),
    ("en", "Adults of 65 came.", "Adults of 65 or older came.", ["adults=adult", "older=-", "came=come"]),
    ("en", "Rents fell 12–15%.", "Rents fell between these.", ["rents=rent", "fell=fall", "between="]),
    ("fr", "Les loyers ont chuté.", "Le loyer chute.", ["loyer=loyer", "chute=chuter"]),
    ("fr", "Nous voyons nos villes.", "Les chercheurs voient des villes.", ["chercheurs=nous", "voient=voir", "villes=ville"]),
    ("fr", "L’eau municipale.", "L’eau de la municipalité.", ["eau=eau", "municipalité=municipal"]),
    ("fr", "Les adultes de ≥ 65 ans.", "Les adultes de 65 ans ou plus.", ["adultes=adulte", "ans=an", "plus="]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "expected"), SUPPORTED)
def test_a_word_stands_for_one_of_the_evidence(
    language: Language, evidence: str, text: str, expected: list[str]
) -> None:
    assert stands_for(text, evidence, language=language) == expected


def test_an_equivalent_stands_instead_of_a_word_not_beside_it() -> None:
    once = "The plan mitigated floods."
    twice = "The plan reduced, reduced floods."
    assert "reduced=mitigate" in stands_for(twice, once)
    assert "reduced=-" in stands_for(twice, once)
    assert "reduced=-" not in stands_for(twice, once.replace("mitigated", "mitigated, mitigated"))
    # each sentence anew: a step may have made two of one
    assert "reduced=-" not in stands_for("The plan reduced floods. It reduced floods.", once)


def test_one_word_may_be_several() -> None:
    assert stands_for("It met each year.", "It met annually.") == [
        "met=meet",
        "each=annually",
        "year=",
    ]


@pytest.mark.parametrize(
    ("language", "evidence", "text", "unsupported"),
    [
        # what holds of a number asks for the number
        ("en", "It took 12 months.", "It took a year.", []),
        ("en", "It took 8 months.", "It took a year.", ["year"]),
        ("en", "It took months.", "It took years.", ["years"]),
        ("en", "It ran for 24 hours.", "It ran for one day.", []),
        ("en", "It ran for hours.", "It ran for days.", ["days"]),
        # and what a number of the text's own would tell isn't told without it
        ("en", "It took a decade.", "It took years.", ["years"]),
        ("fr", "Le lac a été lavé en une décennie.", "Le lac a été lavé en un an.", ["an"]),
        ("fr", "Le lac a été lavé à deux reprises.", "Le lac a été lavé deux fois.", []),
    ],
)  # fmt: skip
def test_an_equivalent_with_a_number_holds_of_that_number(
    language: Language, evidence: str, text: str, unsupported: list[str]
) -> None:
    found = aligned(text, (evidence,), language).placed
    assert [
        word.lower for word, place in found if place is None and word.lower != "one"
    ] == unsupported


# -- abbreviations -------------------------------------------------------------------------------

EV = (("EV", "electric vehicle"),)


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        ("The EV rose.", "Electric vehicles rose.", ["electric=ev", "vehicles=", "rose=rise"]),
        ("Two EVs rose.", "An electric vehicle rose.", ["electric=", "vehicle=", "rose=rise"]),
        ("Each electric vehicle rose.", "EV rose.", ["ev=electric", "rose=rise"]),
        ("Electric cars rose.", "EV rose.", ["ev=-", "rose=rise"]),
        ("The EVX rose.", "Electric cars rose.", ["electric=-", "cars=-", "rose=rise"]),
    ],
)
def test_an_abbreviation_and_its_long_form_are_the_same(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert stands_for(text, evidence, aliases=EV) == expected


def test_an_abbreviation_of_no_document_is_unknown() -> None:
    assert stands_for("Electric cars rose.", "The EV rose.") == [
        "electric=-",
        "cars=-",
        "rose=rise",
    ]


# -- the whole -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Rents fell in towns.", 1.0),
        ("Rents fell in Oslo.", 2 / 3),
        ("But rents probably fell in Oslo.", 2 / 3),
        ("Oslo slept.", 0.0),
        ("But probably.", 1.0),
        ("", 1.0),
    ],
)
def test_the_share_is_of_words_that_no_step_brings_in(text: str, share: float) -> None:
    assert aligned(text, ("Rents fell in towns.",), "en").share == pytest.approx(share)


def test_the_forms_of_one_word_have_one_key_in_all_quotes() -> None:
    found = aligned("Rents fall.", ("Rents (falling) fell.", "The fall of rents."), "en")
    assert [[word.key for word in quote] for quote in found.quotes] == [["rent", "fall", "fall"], ["fall", "rent"]]  # fmt: skip
    assert [[word.key for word in quote] for quote in found.bare_quotes] == [["rent", "fall"], ["fall", "rent"]]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "bound"),
    [
        ("Adults of 65 or more came.", "more", True),
        ("Adults of 65 OR OLDER came.", "OLDER", True),
        ("No fewer than 65 came.", "fewer", True),
        ("No fewer than 65 came.", "No", True),
        ("No fewer than 65 came.", " 65", False),
        ("More adults of 65 came.", "More", False),
        ("Adults of 65 or more came.", "came", False),
    ],
)
def test_words_of_a_bound_are_judged_elsewhere(text: str, word: str, bound: bool) -> None:
    assert of_a_bound(text, text.index(word), "en") is bound


def test_french_words_of_a_bound_too() -> None:
    text = "Les adultes de 65 ans ou plus gagnent plus."
    assert of_a_bound(text, text.index("plus"), "fr")
    assert not of_a_bound(text, text.rindex("plus"), "fr")


def test_no_step_brings_in_a_word_of_direction() -> None:
    assert brought_in("en") & polar("en") == set()
    assert brought_in("fr") & polar("fr") == {"inverse"}  # « à l’inverse » joins two sentences


# -- laws ----------------------------------------------------------------------------------------

SENTENCES = st.permutations(
    ["Old rents fell.", "The crews measured bacteria.", "We saw DNA in wells.", "Mills mitigated floods."]
)  # fmt: skip


@given(SENTENCES, st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_a_text_in_its_evidence_s_own_words_is_supported_whole(order: list[str], told: int) -> None:
    found = aligned(" ".join(order[:told]), tuple(sorted(order)), "en")
    assert found.share == 1
    assert all(place in word.keys for word, place in found.placed)
