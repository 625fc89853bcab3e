"""What an abbreviation stands for is told in both languages where the termbase knows it."""

from __future__ import annotations

import pytest

from pipelines.language.abbreviated import explained
from pipelines.language.typography import typeset


def test_a_term_of_the_termbase_is_told_in_both_languages() -> None:
    both = explained("SD: standard deviation", "en")
    assert both == {
        "en": "SD: standard deviation", "fr": typeset("SD : écart-type", "fr"),
    }  # fmt: skip


def test_an_abbreviation_that_the_other_language_has_is_its_own() -> None:
    both = explained("GHG: greenhouse gas", "en")
    assert both is not None
    assert both["fr"] == typeset("GES : gaz à effet de serre", "fr")


def test_it_is_told_from_french_too() -> None:
    both = explained(typeset("DD : différence de différences", "fr"), "fr")
    assert both is not None
    assert both["en"] == "DD: difference in differences"


@pytest.mark.parametrize("line", ["TMR: total mixed ration", "CT: controls", "SD", "SD: "])
def test_what_the_termbase_lacks_stays_a_translators(line: str) -> None:
    assert explained(line, "en") is None
