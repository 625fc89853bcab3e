"""What a sentence denies, doubts or limits is denied, doubted and limited in the brief."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons

from corpus.document import Language
from pipelines.language.reasons import is_doubt, reason
from pipelines.verification.caution import hedging, negation


def denied(text: str, *quotes: str, language: Language = "en") -> list[str]:
    return reasons(negation, beside(text, *quotes, language=language))


def held_back(text: str, *quotes: str, language: Language = "en") -> list[str]:
    return reasons(hedging, beside(text, *quotes, language=language))


def added(*words: str) -> list[str]:
    return [f"denies with “{word}”, which its evidence lacks" for word in words]


def lost(*words: str) -> list[str]:
    return [f"leaves out “{word}” of its evidence" for word in words]


def moved(word: str, following: str) -> list[str]:
    return [f"puts “{word}” before “{following}”; its evidence denies another"]


def fewer(word: str) -> list[str]:
    return [f"keeps one caution of its evidence and leaves out “{word}”"]


def unhedged(*words: str) -> list[str]:
    return [f"leaves out the caution “{word}” of its evidence" for word in words]


def unlimited(*words: str) -> list[str]:
    return [f"leaves out “{word}”, by which its evidence limits what it says" for word in words]


# -- negation, in the evidence's own wording -----------------------------------------------------

NEGATIONS = [
    # evidence, text, what is said of it
    ("The ponds did not change the noise.", "The ponds did not change the noise.", []),
    ("The ponds did not change the noise.", "The ponds didn’t change the noise.", []),
    ("The ponds did not change the noise.", "The ponds changed the noise.", lost("not")),
    ("The ponds changed the noise.", "The ponds never changed the noise.", added("never")),
    ("The ponds changed the noise.", "Never did the ponds change no noise.", added("never", "no")),
    ("No drains ran, and no pumps.", "No drains ran without pumps, and no pumps.", added("without")),
    ("The ponds did not change the noise.", "The ponds never did not change the noise.", added("never")),
    ("The drains ran (no pump did) at night.", "The drains ran at night.", []),
    ("The drains ran (no pump did) at night.", "The drains (a pump did) ran at night.", lost("no")),
    ("The drains ran at night.", "The drains ran at night (no pump did).", added("no")),
    ("No drains ran (in May) at night (in June).", "Drains ran at night (no drains).", lost("no")),
    # only what is told is lost: most of the quote, or the words beside the negation
    ("The ponds did not change the noise at night in streets beside the old mill.", "The ponds lie beside the old mill.", []),
    ("The ponds did not change the noise at night in streets beside the old mill.", "The ponds changed the noise beside the mill.", lost("not")),
    # another word than the one denied
    ("The ponds stored rain and did not cool the streets.", "The ponds did not store rain and cooled the streets.", moved("not", "store")),
    ("No ponds cooled the streets at night.", "Ponds cooled no streets at night.", moved("no", "streets")),
    ("The drains do not carry water away.", "The drains carry no water away.", []),
    ("The drains do not carry cold water away.", "The drains carry cold water, not away.", moved("not", "away")),
    ("The drains do not carry cold water away.", "The drains carry not cold, not water.", [*added("not")]),
    ("The pumps did not (in May, as the rain fell) run at night.", "The pumps did not run at night.", []),
    ("The pumps did not (in May, as the rain fell) run at night.", "The pumps ran not at night.", []),
    ("The pumps ran, and the wells did not help.", "The pumps did not run, and the wells helped.", moved("not", "run")),
    ("The pumps ran, and the wells did not help.", "The pumps did not jam, and the wells helped.", []),  # which words judge
    ("The pumps ran, and the wells did not help.", "The wells helped, and the pumps ran not.", []),
]  # fmt: skip


@pytest.mark.parametrize(("evidence", "text", "expected"), NEGATIONS)
def test_no_negation_is_added_lost_or_moved(evidence: str, text: str, expected: list[str]) -> None:
    assert denied(text, evidence) == expected


FRENCH_NEGATIONS = [
    ("Les bassins n’ont pas modifié le bruit.", "Les bassins n’ont pas modifié le bruit.", []),
    ("Les bassins n’ont pas modifié le bruit.", "Les bassins ont modifié le bruit.", lost("pas")),
    ("Les bassins ont modifié le bruit.", "Les bassins n’ont pas modifié le bruit.", added("pas")),
    ("Les bassins ont modifié le bruit.", "Les bassins ne cessent de modifier le bruit.", added("ne")),
    ("Les bassins ne cessent de modifier le bruit.", "Les bassins ne cessent de modifier le bruit.", []),
    ("Les bassins ne cessent de modifier le bruit.", "Les bassins modifient le bruit.", lost("ne")),
    ("Les bassins ne cessent de modifier le bruit.", "Les bassins ne cessent pas de modifier le bruit.", []),
    # « ne » alone denies nothing where the evidence has a whole negation
    ("Les bassins n’ont pas modifié le bruit.", "Les bassins ne modifient le bruit.", lost("pas")),
    ("Les bassins n’ont jamais modifié le bruit.", "Les bassins n’ont pas modifié le bruit.", []),
    ("Aucun bassin n’a modifié le bruit.", "Les bassins ont modifié le bruit.", lost("aucun")),
    ("Les puits ont servi, mais les bassins n’ont pas aidé.", "Les puits n’ont pas servi, mais les bassins ont aidé.", moved("pas", "servi")),
]  # fmt: skip


@pytest.mark.parametrize(("evidence", "text", "expected"), FRENCH_NEGATIONS)
def test_no_negation_is_added_lost_or_moved_in_french(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert denied(text, evidence, language="fr") == expected


# -- negation, in a free paraphrase --------------------------------------------------------------

NOISE = "In the autumn survey the new ponds did not affect how residents rated noise in streets."
WORSE = "When asked, people nearby gave their surroundings worse marks once the ponds were there."


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        (NOISE, WORSE, lost("not")),
        (NOISE.replace("the new ponds did not affect", "no new ponds affected"), WORSE, lost("no")),
        (NOISE.replace("residents", "residents who had no car").replace("did not affect", "affected"), WORSE, []),
        (NOISE.replace("did not affect", "affected").replace("streets", "no streets"), WORSE, []),
        # words that tell the same without a negation
        (NOISE, WORSE.replace("worse", "the same"), []),
        (NOISE, WORSE.replace("nearby", "lacking cars"), []),
        (NOISE, WORSE.replace("once", "rarely when"), []),
        # of two sentences, or of two quotes, either may be the one told
        (f"{NOISE} Drains were loud.", WORSE, []),
        (f"Drains were loud. {NOISE}", WORSE, []),
    ],
)  # fmt: skip
def test_a_free_paraphrase_keeps_the_main_verb_s_negation(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert denied(text, evidence) == expected


def test_a_denial_of_what_the_evidence_does_not_name_may_be_its_opposite() -> None:
    slower = "Cyclists who met the new barriers took the hill lane rather slowly in autumn rain."
    freely = denied("In wet weather the barriers meant that nobody rushed up the lane.", slower)
    assert freely == [reason("negation_freely", word="nobody")]
    assert is_doubt(freely[0])


def test_what_is_left_unsaid_behind_a_denial_may_be_named() -> None:
    evidence = "Towns that paid for drains had 22 floods, those that did not 35."
    assert denied("Towns that did not pay for drains had 35 floods, others 22.", evidence) == []


def test_a_relative_clause_limits_nothing_else() -> None:
    evidence = "Floods came to the two lowest lanes, where the drains were old."
    assert held_back("Floods came to the two lowest lanes with their old drains.", evidence) == []
    evidence = "Floods came where the drains were old."
    assert held_back("Floods came to the drains, which were old.", evidence) != []


def test_a_bound_denies_nothing() -> None:
    evidence = "Most of the towns waited 11 weeks at most."
    assert denied("Most of the towns waited no longer than 11 weeks.", evidence) == []


def test_of_two_quotes_a_free_paraphrase_may_tell_the_one_that_denies_nothing() -> None:
    assert denied(WORSE, NOISE, "Drains were loud.") == []


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        # one negation may stand for each word of lacking, none for nothing
        ("How snails that lose the hormone find food is poorly understood.", "Why these animals still eat what others leave is not well understood.", []),
        ("How snails that keep the hormone find food is well understood.", "Why these animals still eat what others leave is not well understood.", added("not")),
        ("How snails missing the hormone find food is well understood.", "Why these animals neither eat nor leave is not well understood.", [*added("neither"), *added("nor")]),
        # a word of lacking may stand for the negation
        ("How snails find food at night is not well understood.", "Why these animals find it so soon is poorly understood.", []),
        ("How snails find food at night is not well understood.", "Why these animals find it so soon is well understood.", lost("not")),
    ],
)  # fmt: skip
def test_a_free_paraphrase_may_deny_by_words_of_lacking(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert denied(text, evidence) == expected


REACH = "Lab work on garden snails showed that the hormone does not reach small glands behind eyes of animals."
DEFICIENT = "Garden snails fed at dawn in spring by our team were deficient in hormone of small glands behind left eyes."


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        # four content words behind the negation
        (REACH, "The team saw a surprise: it gets to glands that are not behind garden.", []),
        (REACH, "The team saw a surprise: it gets to glands that are not eyes of garden.", moved("not", "eyes")),
        # four on either side of a word of lacking
        (DEFICIENT, "What they saw was a surprise: it had no dawn snails.", []),
        (DEFICIENT, "What they saw was a surprise: it had no fed snails.", moved("no", "fed")),
        (DEFICIENT, "What they saw was a surprise: it had no garden behind.", []),
        (DEFICIENT, "What they saw was a surprise: it had no left eyes.", moved("no", "left")),
    ],
)  # fmt: skip
def test_a_free_paraphrase_denies_close_to_what_the_evidence_denies(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert denied(text, evidence) == expected


# -- hedges --------------------------------------------------------------------------------------

HEDGES = [
    # evidence, text, what is said of it
    ("The ponds may cool the streets.", "The ponds cool the streets.", unhedged("may")),
    ("The ponds may cool the streets.", "The ponds might cool the streets.", []),
    ("The ponds may cool the streets.", "The ponds probably cool the streets.", []),
    ("The ponds may cool the streets.", "The ponds cool about the streets.", unhedged("may")),
    ("The ponds cool the streets.", "The ponds may cool the streets.", []),
    ("The ponds may cool streets and perhaps lots.", "The ponds may cool streets and lots.", fewer("perhaps")),
    ("The ponds may cool the streets.", "The ponds cool the streets (perhaps).", []),
    ("The ponds may cool the streets (of Milltown).", "The ponds cool the streets (perhaps of Milltown).", []),
    ("The ponds may cool the streets (of old Milltown).", "The ponds cool the streets.", unhedged("may")),
    ("The ponds (which may leak) cool the streets.", "The ponds cool the streets.", []),
    ("The ponds (which may leak) cool the streets.", "The ponds (which leak) cool the streets.", unhedged("may")),
    # another class of caution does not do, a spare doubt does
    ("About half the ponds cool some streets.", "Half the ponds cool streets.", unhedged("about", "some")),
    ("About half the ponds cool some streets.", "Half the ponds may cool streets.", []),
    ("About half the ponds may cool some streets.", "Half the ponds may cool streets.", unhedged("about", "some")),
    ("About half the ponds may cool some streets.", "Half the ponds may perhaps cool streets.", []),
    ("About half the ponds may cool some streets.", "About half the ponds cool some streets.", unhedged("may")),
    # classes of signs, where the evidence doesn't have them beside the word itself
    ("At least 65 ponds cool the streets.", "65 or more ponds cool the streets.", []),
    ("At least 65 ponds cool the streets.", "65 ponds cool the streets.", unhedged("at least")),
    ("Up to 65 ponds cool the streets.", "65 ponds cool the streets, no more than these.", []),
    ("Up to 65 ponds cool the streets.", "65 or more ponds cool the streets.", unhedged("up to")),
    ("At least 65 ponds of 9 or more trees cool the streets.", "65 ponds of 9 or more trees cool the streets.", unhedged("at least")),
    ("At least 65 ponds of 9 or more trees cool the streets.", "65 or more ponds of 9 or more trees cool the streets.", []),
    ("Approximately 65 ponds cool the streets.", "~65 ponds cool the streets.", []),
    # who reports
    ("The logs indicate that ponds cool the streets.", "Ponds cool the streets.", unhedged("indicate")),
    # a cue of no class is its own
    ("The ponds commonly cool the streets.", "The ponds cool the streets.", unhedged("commonly")),
    ("The ponds commonly cool the streets.", "The ponds frequently cool the streets.", unhedged("commonly")),
]  # fmt: skip


@pytest.mark.parametrize(("evidence", "text", "expected"), HEDGES)
def test_no_caution_that_is_told_is_lost(evidence: str, text: str, expected: list[str]) -> None:
    assert held_back(text, evidence) == expected


def test_a_free_paraphrase_may_leave_out_who_reports() -> None:
    evidence = "The logs indicate that ponds cool nearby streets at dawn."
    told = "Water lying in the open makes it less hot outside: ponds cool nearby streets at dawn."
    assert held_back(told, evidence) == []
    assert held_back(told, evidence.replace("indicate", "suggest")) == unhedged("suggest")


FRENCH_HEDGES = [
    ("Les bassins pourraient rafraîchir les rues.", "Les bassins rafraîchissent les rues.", unhedged("pourraient")),
    ("Les bassins pourraient rafraîchir les rues.", "Les bassins semblent rafraîchir les rues.", []),
    ("Les bassins peuvent rafraîchir les rues.", "Les bassins rafraîchissent les rues.", unhedged("peuvent")),
    ("Les bassins ne peuvent pas rafraîchir les rues.", "Les bassins n’arrivent pas à rafraîchir les rues.", []),
    ("Les bassins ne peuvent donc pas rafraîchir les rues.", "Les bassins n’arrivent pas à rafraîchir les rues.", []),
    ("Environ 40 bassins rafraîchissent les rues.", "40 bassins rafraîchissent les rues.", unhedged("environ")),
    ("Environ 40 bassins rafraîchissent les rues.", "Près de 40 bassins rafraîchissent les rues.", []),
    ("Au moins 40 bassins rafraîchissent les rues.", "40 bassins ou plus rafraîchissent les rues.", []),
    ("Au moins 40 bassins rafraîchissent les rues.", "40 bassins rafraîchissent les rues.", unhedged("au moins")),
    ("Les bassins rafraîchissent parfois les rues.", "Les bassins rafraîchissent les rues.", unhedged("parfois")),
]  # fmt: skip


@pytest.mark.parametrize(("evidence", "text", "expected"), FRENCH_HEDGES)
def test_no_caution_that_is_told_is_lost_in_french(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert held_back(text, evidence, language="fr") == expected


# -- what counts as told -------------------------------------------------------------------------

#: Ten content words, and a caution near the end of them.
MANY = "Ponds, drains, pumps, ditches, barrels and swales help; roofs may hinder traders."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ponds, drains, pumps, ditches and barrels help.", unhedged("may")),  # six of ten
        ("Ponds, drains, pumps and ditches help.", []),  # five
    ],
)
def test_a_quote_of_which_most_is_told_is_told_with_its_caution(
    text: str, expected: list[str]
) -> None:
    assert held_back(text, MANY) == expected


#: The two content words on either side of the caution: large, roofs; hinder, traders.
LARGE = MANY.replace("roofs", "large roofs").replace("traders", "traders and guests")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Large roofs hinder.", unhedged("may")),
        ("Roofs hinder traders.", unhedged("may")),
        ("Large roofs hinder guests.", unhedged("may")),
        ("Large traders.", []),
        ("Large hinder and guests.", []),
        # both words next to it, or both behind it
        ("Roofs hinder.", unhedged("may")),
        ("Hinder traders.", unhedged("may")),
        ("Roofs hinder guests, and swales help.", unhedged("may")),
        ("Large roofs and guests.", []),
        ("Large hinder.", []),  # next to it, and one of two behind it
    ],
)
def test_a_caution_is_told_where_the_words_beside_it_are(text: str, expected: list[str]) -> None:
    assert held_back(text, LARGE) == expected


def test_one_word_beside_a_caution_at_the_edge_does_not_tell_it() -> None:
    evidence = "Perhaps roofs near mills of owners hinder traders; crews cleaned pumps and drains."
    assert held_back("Roofs helped crews.", evidence) == []
    assert held_back("Roofs near mills helped crews.", evidence) == unhedged("perhaps")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shops suffer when large roofs hinder the traders who pay their rents.", unhedged("may")),
        ("Shops suffer when the roofs hinder the traders who pay their rents.", []),
    ],
)
def test_in_a_free_paraphrase_all_four_must_be_told(text: str, expected: list[str]) -> None:
    assert held_back(text, LARGE) == expected


def test_each_quote_is_told_by_itself() -> None:
    quotes = ("Ponds may cool streets.", "Pumps, ditches and barrels perhaps help large farms.")
    assert held_back("Ponds cool streets.", *quotes) == unhedged("may")
    assert held_back("Ponds may cool streets.", *quotes) == []
    assert held_back("Pumps, ditches and barrels help farms.", *quotes) == unhedged("perhaps")


# -- limits --------------------------------------------------------------------------------------

LIMITS = [
    ("Only the ponds cool the streets.", "The ponds cool the streets.", unlimited("only")),
    ("Only the ponds cool the streets.", "Just the ponds cool the streets.", []),
    ("The ponds cool the streets.", "Only the ponds cool the streets.", []),
    ("Only the ponds cool the streets.", "The ponds cool the streets, if pumps run.", unlimited("only")),
    ("The ponds cool the streets unless pumps run.", "The ponds cool the streets if pumps run.", []),
    ("The ponds cool the streets unless pumps run.", "The ponds cool the streets when pumps run.", unlimited("unless")),
    ("The ponds (only the deep ones) cool the streets.", "The ponds cool the streets.", []),
    ("Only the ponds cool the streets.", "The ponds cool the streets (only these).", []),
    ("Only the ponds cool streets, unless pumps run.", "The ponds cool streets when pumps run.", unlimited("only", "unless")),
]  # fmt: skip
FRENCH_LIMITS = [
    ("Seulement 40 bassins servent la nuit.", "40 bassins servent la nuit.", unlimited("seulement")),
    ("Uniquement 40 bassins servent la nuit.", "Seulement 40 bassins servent la nuit.", []),
    ("Les bassins servent la nuit, sauf en hiver.", "Les bassins servent la nuit en hiver.", unlimited("sauf")),
    ("Les bassins servent la nuit, sauf en hiver.", "Les bassins servent la nuit, excepté en hiver.", []),
]  # fmt: skip


@pytest.mark.parametrize(("evidence", "text", "expected"), LIMITS)
def test_no_limit_that_is_told_is_lost(evidence: str, text: str, expected: list[str]) -> None:
    assert held_back(text, evidence) == expected


@pytest.mark.parametrize(("evidence", "text", "expected"), FRENCH_LIMITS)
def test_no_limit_that_is_told_is_lost_in_french(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert held_back(text, evidence, language="fr") == expected


def test_words_are_not_compared_across_languages() -> None:
    pair = beside("Aucun bassin n’aide.", "The ponds may only help at night.", told_in="fr")
    assert reasons(negation, pair) == reasons(hedging, pair) == []


# -- laws ----------------------------------------------------------------------------------------

PARTS = {
    "not": "the pumps did not run",
    "no": "no drains helped",
    "may": "the ponds may cool streets",
    "only": "only the barrels froze",
    "": "the swales grew",
}


@given(st.permutations(list(PARTS)), st.sampled_from(list(PARTS)))
@settings(max_examples=40, deadline=None)
def test_a_clause_told_alone_needs_its_own_caution_and_no_other(
    order: list[str], told: str
) -> None:
    evidence = "; ".join(PARTS[cue] for cue in order).capitalize() + "."
    text = PARTS[told].capitalize() + "."
    assert denied(text, evidence) == held_back(text, evidence) == []
    if told:
        bold = (
            text.replace("did not run", "ran")
            .replace(f"{told} ", "")
            .replace("No ", "")
            .replace("Only ", "")
        )
        assert [*denied(bold, evidence), *held_back(bold, evidence)] != []


def test_what_a_number_leaves_may_be_denied() -> None:
    evidence = "Only three of the eleven towns had updated their maps."
    rest = beside("Eight of the eleven towns had not updated their maps.", evidence)
    wrong = beside("Three of the eleven towns had not updated their maps.", evidence)
    assert reasons(negation, rest) == []
    assert reasons(negation, wrong) != []


@pytest.mark.parametrize(
    "text",
    [
        "Le règlement tient, à moins qu’il ne pleuve.",
        "Le règlement tient, plus longtemps qu’on ne le croyait.",
    ],
)
def test_an_expletive_ne_denies_nothing(text: str) -> None:
    evidence = "Le règlement tient, sauf s’il pleut, plus longtemps que prévu."
    assert not [
        r
        for r in reasons(negation, beside(text, evidence, language="fr"))
        if "nie" in r or "denies" in r
    ]


def test_ne_with_plus_denies() -> None:
    evidence = "Le lien était significatif après un an."
    told = beside("Le lien n’était plus significatif après un an.", evidence, language="fr")
    assert reasons(negation, told) != []


def test_to_take_the_floor_politely_is_no_caution() -> None:
    assert held_back("The ponds are quiet.", "I would say that the ponds are quiet.") == []
    assert held_back("We add a second pond.", "We could add a second pond.") != []
    assert held_back(
        "The ponds are quiet.", "I would say that the ponds may be quiet."
    ) == unhedged("may")
