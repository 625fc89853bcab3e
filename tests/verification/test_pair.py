"""What the rules compare: the words of a segment as its evidence would write them."""

from __future__ import annotations

import pytest
from pairs import beside

from pipelines.verification.anchors import has_fixed_form

SAID = "In this study, 120 patients with HF were asked in May."
DEFINED = "heart failure (HF)"


def test_an_abbreviation_that_the_text_writes_out_is_read_back() -> None:
    pair = beside("120 patients with heart failure (HF) were asked in May.", SAID, DEFINED)
    assert pair.text == "120 patients with HF were asked in May."


def test_what_the_evidence_writes_out_itself_stays() -> None:
    text = "120 patients with heart failure (HF) were asked in May."
    pair = beside(text, "In all, 120 patients with heart failure (HF) were asked in May.")
    assert pair.text == text


def test_another_long_form_than_the_paper_s_stays() -> None:
    text = "120 patients with high fever (HF) were asked in May."
    assert beside(text, SAID, DEFINED).text == text


@pytest.mark.parametrize(
    ("evidence", "fixed"),
    [
        ("mental component score (MCS)", True),
        ("mental component score (MCS, which tells of moods)", True),
        ("mental component score of each (MCS)", False),
    ],
)
def test_an_explanation_has_a_fixed_form_where_its_evidence_defines_so(
    evidence: str, fixed: bool
) -> None:
    assert has_fixed_form(beside("MCS: mental component score", evidence)) is fixed
