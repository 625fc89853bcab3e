"""Numbers: value, sign, unit and order are the evidence's, and the translation's the segment's."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.figures import same_numbers, translated_numbers


def said_of(text: str, evidence: str, language: Language = "en") -> list[str]:
    return reasons(same_numbers, beside(text, evidence, language=language))


# -- value, sign and how often -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        ("Rents fell in 36 towns.", "Rents fell in 63 towns.", ["has the number “63”, which its evidence lacks"]),
        ("Rents fell by −1.4 points.", "Rents fell by 1.4 points.", ["has the number “1.4”, which its evidence lacks"]),
        ("Rents fell by 12.5%.", "Rents fell by 1.25%.", ["has the number “1.25”, which its evidence lacks"]),
        ("Fares rose by $12.", "Fares rose by $14.", ["has the number “$14”, which its evidence lacks"]),
        ("Half of the towns paid.", "A third of the towns paid.", ["has the number “third”, which its evidence lacks"]),
        ("Towns paid.", "Nine towns paid 9 and 9 dollars.", ["has the number “Nine”, which its evidence lacks", "has the number “9”, which its evidence lacks", "has the number “9”, which its evidence lacks"]),
        ("The city opened 12 parks and 9 pools.", "The city opened 9 pools and 12 parks, 9 and 12 of them.", ["has the number 12 more often than its evidence", "has the number 9 more often than its evidence"]),
        ("Twelve parks opened in 2019.", "12 parks opened in 12 towns.", ["has the number 12 more often than its evidence", "counts with “12 towns” what its evidence calls parks"]),
    ],
)  # fmt: skip
def test_a_number_that_the_evidence_lacks_is_caught(
    evidence: str, text: str, expected: list[str]
) -> None:
    found = said_of(text, evidence)
    assert [
        reason for reason in found if "unit" not in reason and "there" not in reason
    ] == expected


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        ("Rents fell by 1.40 points.", "Rents fell by 1.4 points."),
        ("A total of 335,924 rents fell.", "A total of 335 924 rents fell."),
        ("The range was 0.83–1.02 in towns.", "The range was 0.83 to 1.02 in towns."),
        ("Twelve parks opened.", "12 parks opened."),
        ("The city opened 12 parks and 12 pools.", "The city opened 12 pools and 12 parks."),
        ("The city opened 12 parks and 9 pools.", "The city opened parks."),
        ("Visits took 30 minutes.", "Visits took 30 min."),
        ("Rents fell by 10 percentage points.", "Rents saw a 10-percentage-point fall."),
    ],
)
def test_the_same_number_written_otherwise_passes(evidence: str, text: str) -> None:
    assert said_of(text, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        ("La hausse est de 3,5 %.", "La hausse est de 3,6 %.", ["has the number “3,6”, which its evidence lacks"]),
        ("La hausse est de 3 p. 100.", "La hausse est de 3 %.", []),
        ("La hausse est de 1 250 $.", "La hausse est de 1250 $.", []),
        ("Le projet a duré quatre ans.", "Le projet a duré 4 ans.", []),
        ("Le projet a duré quatre ans.", "Le projet a duré cinq ans.", ["has the number “cinq”, which its evidence lacks"]),
        ("La hausse est de 3 %.", "La hausse est de 3 points de pourcentage.", ["has “3 points”, but its evidence has % there"]),
    ],
)  # fmt: skip
def test_french_numbers_are_read_as_french_writes_them(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert said_of(text, evidence, "fr") == expected


# -- what a number measures or counts ------------------------------------------------------------

OTHER_UNIT = [
    ("Visits took 30 minutes.", "Visits took 30 hours.", "has “30 hour”, but its evidence has minute there"),
    ("Visits took 30 minutes.", "Visits took 30 steps.", "has “30 steps”, but its evidence has minute there"),
    ("Visits took 30 steps.", "Visits took 30 minutes.", "has “30 minute”, but its evidence has steps there"),
    ("The dose was 12 mg.", "The dose was 12 g.", "has “12 g”, but its evidence has mg there"),
    ("The dose was 12 mg/L.", "The dose was 12 mg.", "has “12 mg”, but its evidence has mg/L there"),
    ("Crews saw 12% of yards.", "Crews saw 12 yards.", "has “12 yards”, but its evidence has % there"),
    ("Crews saw 12 yards.", "Crews saw 12% of yards.", "has “12 %”, but its evidence has yards there"),
    ("Crews counted 12.", "Crews counted 12%.", "has “12 %”, but its evidence has no unit there"),
    ("Crews counted 12 of them.", "Crews counted 12%.", "has “12 %”, but its evidence has no unit there"),
    ("Fares rose 12%, and 12 points in May.", "Fares rose $12.", "has “$12”, but its evidence has % or points there"),
    ("Crews saw 12 yards and 12 lots.", "Crews saw 12 roofs.", "counts with “12 roofs” what its evidence calls lots or yards"),
    ("Crews saw 9 yards and 12 roofs.", "Crews saw 12 yards.", "has “12 yards”, but its evidence has roofs there"),
    ("Crews saw yards 12 hours a day.", "Crews saw 12 yards.", "has “12 yards”, but its evidence has hour/day there"),
    ("The motor carried 3 km of thread.", "Motor 3 carried thread.", "has “3 carried”, but its evidence has km there"),
    # a period that the evidence doesn't have beside the number
    ("Use fell by 12% annually.", "Use fell by 12% a month.", "has “12 %/month”, but its evidence has % there"),
    ("Use fell by 12% each year.", "Use fell by 12%.", "has “12 %”, but its evidence has %/year there"),
    ("Use fell by 12 mm annually.", "Use fell by 12% each year.", "has “12 %/year”, but its evidence has mm there"),
]  # fmt: skip
SAME_UNIT = [
    ("Visits took 30 minutes.", "Visits took 30."),
    ("Visits took 30 minutes.", "Visits took 30 of them."),
    ("Visits took 30.", "Visits took 30 minutes."),
    ("The tests ran for 30 full minutes.", "The tests ran for 30 minutes."),
    ("The tests ran for 30 or more minutes.", "The tests ran for 30 minutes."),
    ("Crews saw 12 yards (of 90).", "Crews saw 12 of them."),
    ("Crews saw 12 yards.", "Crews saw 12 times."),  # which words judge
    ("Crews saw 12 big roofs.", "Crews saw 12 large roofs."),
    ("Crews saw 12 roofs and 12 lots.", "Crews saw 12 lots."),
    ("Use fell by 12% annually.", "Use fell by 12% each year."),
    ("Use fell by 12% annually.", "Use fell by 12% a year."),
    ("Use fell by 12% a year.", "Use fell by 12% per year."),
    # part of a name
    ("The motor kinesin-3 carried 3 km of thread.", "The motor kinesin-3 carried thread."),
    ("The motor MK–3 carried 3 km of thread.", "The motor MK–3 carried thread."),
    ("The motor MK3 carried 3 km of thread.", "The motor MK3 carried thread."),
]  # fmt: skip


@pytest.mark.parametrize(("evidence", "text", "reason"), OTHER_UNIT)
def test_a_number_of_something_else_is_caught(evidence: str, text: str, reason: str) -> None:
    assert reason in said_of(text, evidence)


@pytest.mark.parametrize(("evidence", "text"), SAME_UNIT)
def test_a_number_of_the_same_passes(evidence: str, text: str) -> None:
    assert said_of(text, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        ("Les équipes ont lavé 12 cours d’école.", "Les équipes ont lavé 12 toits.", ["counts with “12 toits” what its evidence calls cours"]),
        ("Les équipes ont lavé 12 heures.", "Les équipes ont lavé 12 toits.", ["has “12 toits”, but its evidence has hour there"]),
        ("Les équipes ont lavé 12 vieux toits gris.", "Les équipes ont lavé 12 toits.", []),
        ("Les équipes ont lavé 12 toits.", "Les équipes ont lavé 12 fois.", []),
        ("Les équipes ont lavé 12 toits.", "Les équipes en ont lavé 12.", []),
        ("Le coût est de 12 $.", "Le coût est de 12 €.", ["has “12 €”, but its evidence has $ there"]),
    ],
)  # fmt: skip
def test_units_and_counts_are_held_in_french(evidence: str, text: str, expected: list[str]) -> None:
    assert said_of(text, evidence, "fr") == expected


#: The fourth content word behind a number may be what it counts, the fifth is something else.
@pytest.mark.parametrize(
    ("between", "passes"),
    [
        ("old muddy municipal", True),
        ("old brown muddy municipal", False),
        ("(old and brown, very muddy, and mostly municipal)", True),
        ("[old, brown, muddy, municipal]", True),
    ],
)
def test_what_a_number_counts_stands_close_after_it(between: str, passes: bool) -> None:
    assert (said_of("Crews saw 12 yards.", f"Crews saw 12 {between} yards.") == []) is passes


def test_only_the_word_behind_a_number_says_what_it_counts() -> None:
    evidence = "Crews saw 12 fenced lots and, near the four old mills of Milltown, muddy yards."
    assert said_of("Crews saw 12 fenced lots.", evidence) == []
    assert said_of("Crews saw 12 yards fenced.", evidence) != []
    assert said_of("Crews saw fenced 12 yards.", evidence) != []


# -- ranges --------------------------------------------------------------------------------------

TURNED = ["goes from 30 to 12; its evidence goes the other way"]


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        ("Visits were 12 in May and 30 in June.", "Visits went from 12 to 30.", []),
        ("Visits were 12 in May and 30 in June.", "Visits went from 30 to 12.", TURNED),
        ("Visits were 12 in May and 30 in June.", "Visits lay between 30 and 12.", TURNED),
        ("Visits were 12 in May and 30 in June.", "Visits went from 30 visits in June to 12.", TURNED),
        ("Visits were 12 in May and 30 in June.", "From 30 until 12 visits came.", TURNED),
        ("Visits were 12 in May and 30 in June.", "Visits were 30 in June and 12 in May.", []),
        ("Visits were 12 in May and 30 in June.", "Visits were 30 to 12.", []),
        ("Visits were 12 in May and 30 in June.", "Visits fell from 30; they went to 12.", []),
        ("Visits were 12 in May and 30 in June.", "Visits fell from 30. They went to 12.", []),
        ("Visits were 12 in May and 30 in June.", "Visits went to 30, from 12.", []),
        ("Visits were 12, then 30, then 12.", "Visits went from 30 to 12.", []),
        ("Visits were 30 in May.", "Visits went from 30 to 12.", []),
        ("Visits were 12 in May.", "Visits went from 30 to 12.", []),
        ("Visits went from twelve to thirty.", "Visits went from thirty to twelve.", TURNED),
        ("Visits went from 12 to 30.", "Visits went from thirty to twelve.", TURNED),
        # years follow one another; what stands instead of another was there before it
        ("Visits were 30 in 2023 against 12 in 2022.", "Visits grew from 2022 to 2023.", []),
        ("Visits took 12 minutes instead of 30.", "Visits went from 30 to 12 minutes.", []),
    ],
)  # fmt: skip
def test_a_range_goes_the_way_of_its_evidence(
    evidence: str, text: str, expected: list[str]
) -> None:
    found = [reason for reason in said_of(text, evidence) if reason.startswith("goes")]
    assert found == expected


def test_a_range_of_dollars_has_its_sign_before_the_number() -> None:
    assert said_of("Fares went from $30 to $12.", "Fares went from $12 to $30.") == TURNED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les visites sont passées de 30 à 12.", TURNED),
        ("Les visites oscillaient entre 30 et 12.", TURNED),
        ("Les visites sont passées de 12 à 30.", []),
        ("Les visites étaient 30 en juin et 12 en mai.", []),
    ],
)
def test_a_french_range_goes_the_way_of_its_evidence(text: str, expected: list[str]) -> None:
    assert said_of(text, "Les visites étaient 12 en mai et 30 en juin.", "fr") == expected


# -- across languages ----------------------------------------------------------------------------


def test_a_text_in_another_language_than_its_evidence_has_its_numbers() -> None:
    def said(text: str) -> list[str]:
        evidence = "Visits were 12 in May and 30 minutes long."
        return reasons(same_numbers, beside(text, evidence, told_in="fr"))

    assert said("En mai, 12 visites ont duré 30 minutes.") == []
    assert said("En mai, 13 visites ont eu lieu.") == [
        "has the number “13”, which its evidence lacks"
    ]
    assert said("En mai, les 30 % ont eu lieu.") == [
        "has “30 %”, but its evidence has minute there"
    ]
    assert said("Les visites sont passées de 30 à 12.") == []  # only words could tell


TRANSLATIONS = [
    # segment, translation, what is said of it
    ("Rents fell by 12.5% in 36 towns.", "Les loyers ont baissé de 12,5 % dans 36 villes.", []),
    ("Rents fell by 12.5% in 36 towns.", "Les loyers ont baissé de 12,5 % dans trente-six villes.", []),
    ("Rents fell in thirty-six towns.", "Les loyers ont baissé dans 36 villes.", []),
    ("Rents fell in 36 towns.", "Les loyers ont baissé dans 63 villes.", ["its translation has the number 63, which the segment lacks", "its translation lacks the number 36"]),
    ("Rents fell by 12% in 9 towns.", "Les loyers ont baissé de 12 points dans 9 villes.", ["its translation has the number 12 points, which the segment lacks", "its translation lacks the number 12 %"]),
    ("Rents fell by 12%.", "Les loyers ont baissé de 12.", ["its translation has the number 12, which the segment lacks", "its translation lacks the number 12 %"]),
    ("Rents fell by twelve per cent.", "Les loyers ont baissé de 12 %.", []),
    ("Twelve towns gave rents.", "Les loyers ont baissé de 12 %.", ["its translation has the number 12 %, which the segment lacks"]),
    ("Rents fell in 36 towns.", "Les loyers ont baissé.", ["its translation lacks the number 36"]),
    ("Rents fell.", "Les loyers ont baissé dans 9 villes et 4 villages.", ["its translation has the number 4, which the segment lacks", "its translation has the number 9, which the segment lacks"]),
    ("Rents fell in 9 towns and 9 villages.", "Les loyers ont baissé dans 9 villes et villages.", ["its translation lacks the number 9"]),
    # small numbers in words are often articles or left out; larger ones are not
    ("The two mills and both yards closed.", "Les moulins et les cours ont fermé.", []),
    ("The three mills closed.", "Les moulins ont fermé.", ["its translation lacks the number 3"]),
    ("The mills closed.", "Les trois moulins ont fermé.", ["its translation has the number 3, which the segment lacks"]),
    ("Half of the mills closed.", "Des moulins ont fermé.", []),
    ("Rents fell for 2 weeks.", "Les loyers ont baissé.", ["its translation lacks the number 2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "translation", "expected"), TRANSLATIONS)
def test_a_translation_has_the_numbers_of_its_segment(
    text: str, translation: str, expected: list[str]
) -> None:
    assert reasons(translated_numbers, beside(text, text, translation=translation)) == expected


@pytest.mark.parametrize("origin", ["template", "source"])
def test_fixed_text_and_what_stays_the_same_is_no_translation(origin: str) -> None:
    pair = beside(
        "Rents fell in 36 towns.", "Rents fell in 36 towns.", translation="9", origin=origin
    )
    assert reasons(translated_numbers, pair) == []


def test_a_segment_that_waits_for_its_translation_lacks_nothing() -> None:
    assert reasons(translated_numbers, beside("Rents fell in 36 towns.", "Rents fell.")) == []


# -- laws ----------------------------------------------------------------------------------------

AMOUNTS = st.integers(4, 999)


@settings(max_examples=25, deadline=None)
@given(st.lists(AMOUNTS, min_size=1, max_size=4, unique=True), AMOUNTS)
def test_a_number_from_nowhere_is_always_caught(known: list[int], other: int) -> None:
    evidence = f"The towns gave {', then '.join(map(str, known))} grants."
    found = said_of(f"The towns gave {other} grants.", evidence)
    assert bool(found) is (other not in known)


@settings(max_examples=20, deadline=None)
@given(AMOUNTS, st.sampled_from(["%", " mm", " weeks", " km", " dollars", " °C"]))
def test_a_measure_is_only_itself(amount: int, unit: str) -> None:
    evidence = f"It was {amount}{unit}."
    for other in ("%", " mm", " weeks", " km", " dollars", " °C"):
        assert bool(said_of(f"It was {amount}{other}.", evidence)) is (other != unit)
