"""Ratios, odds, levels and periods are told as what they are."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.ratios import ratios

CASES = [
    # language, evidence, text, how the reasons begin
    ("en", "Visits were three times as high near the port.", "Visits were three times higher near the port.", ["reads a ratio as “times higher”"]),
    ("en", "Visits were three times as high near the port.", "Near the port visits were three times as high.", []),
    ("en", "Residents had 0.7 times the odds of falls.", "Residents were less likely to fall.", ["tells odds as “likely”"]),
    ("en", "Residents had 0.7 times the odds of falls.", "Residents had lower odds of falls.", []),
    ("en", "Rents rose to 30% of income.", "Rents rose by 30% of income.", ["takes 30"]),
    ("en", "Rents rose by 30%.", "Rents were up: they rose by 30%.", []),
    ("en", "Rents were 30% lower.", "Rents had been reduced by 30%.", []),
    ("en", "They took 20 mg daily.", "They took 20 mg once a week.", ["tells how often with “a week”"]),
    ("en", "They took 20 mg daily.", "They took 20 mg every day.", []),
    ("fr", "La cote de césarienne était inférieure de 35 %.", "Le risque de césarienne était inférieur de 35 %.", ["tells odds as “risque”"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "begins"), CASES)
def test_a_ratio_is_read_as_what_it_is(
    language: Language, evidence: str, text: str, begins: list[str]
) -> None:
    found = reasons(ratios, beside(text, evidence, language=language))
    assert len(found) == len(begins)
    assert all(why.startswith(start) for why, start in zip(found, begins, strict=True))
