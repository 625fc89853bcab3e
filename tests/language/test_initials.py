"""A page names no authors: their initials are told as what they are."""

from __future__ import annotations

import pytest

from pipelines.language.initials import initials, without_initials

AUTHORS = ("Ada B. Martin", "Marie-Ève Roy", "Luc Dale", "Una Stone")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ABM leads the Network.", "An author leads the Network."),
        (
            "The fund paid the work of A.B.M. in 2031.",
            "The fund paid the work of an author in 2031.",
        ),
        ("The fund paid LD; MR had no part.", "The fund paid an author; an author had no part."),
        ("The fund paid it (to LD) in May.", "The fund paid it in May."),
        # several at once, a name that begins so, a country, another's initials
        ("The fund paid ABM and LD.", "The fund paid ABM and LD."),
        ("LD Paints made the filter.", "LD Paints made the filter."),
        ("The US paid.", "The US paid."),
        ("PJ paid.", "PJ paid."),
    ],
)
def test_an_author_s_initials_are_an_author(text: str, told: str) -> None:
    assert without_initials(text, AUTHORS, "en") == told


def test_a_double_name_has_two_sets_of_initials() -> None:
    assert initials(["Marie-Ève Roy"]) == {"MÈR", "MR"}
    assert without_initials("Nobody is named.", (), "en") == "Nobody is named."
