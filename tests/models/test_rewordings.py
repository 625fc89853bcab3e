"""What a rewording changes, as one vector, and how much it speaks against it."""

from __future__ import annotations

import numpy as np
import pytest

from models.rewordings import changes, speaks_against

QUOTE = "The panel suggests that towns may share an engineer."


def test_the_same_words_change_nothing() -> None:
    assert changes(QUOTE, QUOTE) == pytest.approx(np.zeros(1536), abs=1e-4)


def test_a_text_beside_two_quotes_changes_what_neither_has() -> None:
    apart = changes("Rents rose. Wages fell.", "Rents rose.", "Wages fell.")
    alone = changes("Rents rose. Wages fell.", "Rents rose.")
    assert np.abs(apart[768:1152]).sum() == pytest.approx(0, abs=1e-4)
    assert np.abs(alone[768:1152]).sum() > 0


#: Evidence, a fault, an honest rewording.
CHANGED = [
    (
        "Visits fell among women aged 50 to 64.",
        "Visits rose among women aged 50 to 64.",
        "Visits went down among women aged 50 to 64.",
    ),
    (
        "Some tenants said that the stairs were unsafe.",
        "All tenants said that the stairs were unsafe.",
        "Some tenants told us that the stairs were unsafe.",
    ),
    (
        "Rents were associated with stress.",
        "Rents caused stress.",
        "Rents were linked to stress.",
    ),
    (
        "Most wells within 300 m of the site were dry.",
        "Most wells in the region were dry.",
        "Most of the wells within 300 metres of the site were dry.",
    ),
]


@pytest.mark.parametrize(("quote", "fault", "honest"), CHANGED)
def test_a_fault_speaks_against_a_text_more_than_other_words_for_the_same(
    quote: str, fault: str, honest: str
) -> None:
    assert speaks_against(fault, quote) > speaks_against(honest, quote)


def test_nothing_is_said_of_no_words() -> None:
    assert speaks_against("", QUOTE) == 0
