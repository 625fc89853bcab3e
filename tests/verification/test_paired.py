"""A line's words beside their partners in its evidence: what differs is told as numbers."""

from __future__ import annotations

import pytest
from pairs import beside

from pipelines.verification.paired import compared

SHARES = "Damp was found in 34% of the private rentals and in 12% of the social homes."


def test_the_evidence_s_own_words_have_the_same_partners_in_the_same_places() -> None:
    own = compared(beside(SHARES, SHARES))
    assert own["s:kmin"] == pytest.approx(1, abs=1e-4)
    assert own["s:d0"] == 1
    assert own["s:inv"] == own["s:rolechg"] == 0
    assert all(own[f"s:g{part}"] == 0 for part in ("NOUN", "VERB", "NUM"))


def test_values_in_each_other_s_place_stand_among_other_words() -> None:
    swapped = SHARES.replace("34", "0").replace("12%", "34%").replace("0%", "12%")
    moved = "In 34% of the private rentals and in 12% of the social homes damp was found."
    wrong, right = compared(beside(swapped, SHARES)), compared(beside(moved, SHARES))
    assert wrong["s:knum"] < right["s:knum"]
    assert wrong["c:id"] < 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Crews may close the bridge at night.", "s:k-aux"),
        ("Crews must close all bridges at night.", "s:k+det"),
        ("Crews must close the bridge before night.", "s:k-case"),
        ("Crews must only close the bridge at night.", "s:k+adv"),
    ],
)
def test_a_small_word_that_stands_with_another_is_told(text: str, name: str) -> None:
    evidence = "Crews must close the bridge at night."
    assert compared(beside(text, evidence))[name] > 0
    assert compared(beside(evidence, evidence))[name] == 0


def test_words_without_a_partner_are_told_by_their_part_of_speech() -> None:
    evidence = "Trained volunteers visited 40 older residents every week."
    short = compared(beside("Volunteers visited 40 residents.", evidence))
    assert short["s:gnADJ"] >= 1
    assert short["s:gnNOUN"] >= 1
    assert short["s:nNOUN"] == 0


def test_tense_is_told_beside_the_partner_s() -> None:
    found = compared(beside("The city builds 40 homes.", "The city built 40 homes."))
    assert found["s:mTense"] == 1


def test_a_line_without_content_words_tells_nothing() -> None:
    assert compared(beside("It was so.", "It was.")) == {}
