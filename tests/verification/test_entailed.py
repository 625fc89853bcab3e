"""What the judge sees of a line: what rules name, what is parted, what is unlike."""

from __future__ import annotations

from pairs import beside

from pipelines import verify
from pipelines.verification.entailed import features, parted, probability
from pipelines.verification.pair import Pair

QUOTE = "Rents rose in the north of the town, and wages fell in the south."


def seen(text: str, *quotes: str) -> dict[str, float]:
    pair = beside(text, *quotes)
    return features(pair, verify.failures(pair.segment, pair.readings))


def likely(pair: Pair) -> float:
    return probability(pair, verify.failures(pair.segment, pair.readings))


def test_the_evidence_s_own_words_have_nothing_against_them() -> None:
    own = seen(QUOTE, QUOTE)
    assert own["r:tmax"] == own["r:emax"] == own["r:gone"] == own["r:ninv"] == 0
    assert not [name for name in own if name.startswith(("n:", "rule:"))]
    assert own["b:newmin"] == 1.0


def test_words_that_change_places_no_longer_belong_together() -> None:
    swapped = beside("Wages rose in the north of the town, and rents fell in the south.", QUOTE)
    assert parted(swapped) is not None
    assert parted(beside(QUOTE, QUOTE)) is None
    assert features(swapped, [])["r:tmax"] >= 0.5


def test_a_clause_that_moves_keeps_what_belongs_together() -> None:
    moved = seen("In the south wages fell, and rents rose in the north of the town.", QUOTE)
    assert moved["r:ninv"] > 0
    assert moved["r:rolerev"] == 0


def test_what_rules_name_is_counted() -> None:
    wrong = seen("Rents rose by 12% in the north of the town.", "Rents rose by 9% in the north.")
    assert wrong["n:number_lacking"] == 1
    assert wrong["rule:numbers"] == 1
    assert wrong["hard"] >= 1


def test_an_honest_rewording_is_likelier_than_the_same_with_a_fault() -> None:
    evidence = "Of the 240 households surveyed, 29 reported damp walls during the winter."
    honest = beside(
        "During the winter, 29 of the 240 surveyed households had damp walls.", evidence
    )
    fault = beside(
        "During the winter, 240 of the 290 surveyed households had damp walls.", evidence
    )
    assert likely(honest) < likely(fault)


def test_what_a_name_left_out_divides_is_one_sentence() -> None:
    quotes = ("We agreed that", "and", "will test three shelters this summer.")
    hidden = (
        "We agreed that [name left out] and [name left out] will test three shelters this summer."
    )
    told = beside(hidden, *quotes)
    assert told.divided
    assert verify.doubts(told.segment, told.readings) == []
    assert not beside("We agreed that three shelters will be tested.", *quotes).divided
