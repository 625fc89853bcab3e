"""A look-alike and a noun put in another's place are named; another word for the same isn't."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from pairs import beside, refused

from corpus.document import Language
from pipelines.verification.new_words import supported_words

CASES = [
    # language, evidence, text, the word in whose place another stands
    ("en", "Police records showed 312 thefts.", "Policy records showed 312 thefts.", "police"),
    ("en", "The organ failed in 31 cases.", "The organization failed in 31 cases.", "organ"),
    ("en", "Street trees were associated with fewer heat-related calls.", "Street trees were associated with fewer heat-related deaths.", "calls"),
    ("en", "Fewer trees tended to go with lower UHR, WC, HC, and WHtR (Tables 2–5B).", "Fewer trees tended to go with lower UHR, WC, HC, and WHtR.", None),
    ("en", "Bacterial growth was slow.", "The growth of bacteria was slow.", None),
    ("en", "The trees were felled in spring.", "The trees were cut down in spring.", None),
    ("fr", "Le modèle économique repose sur des bénévoles.", "Le modèle économe repose sur des bénévoles.", "économique"),
    ("fr", "Le nombre d’immigrants a doublé.", "Le nombre d’émigrants a doublé.", "immigrants"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "there"), CASES)
def test_a_word_in_another_s_place_is_named_with_that_other(
    language: Language, evidence: str, text: str, there: str | None
) -> None:
    pair = beside(text, evidence, language=language)
    found = [why for why in supported_words(pair) if "in the place of" in why]
    assert [why.endswith(f"in the place of “{there}”") for why in found] == [True] * bool(there)
    assert bool(there) is ("supported_words" in refused(pair))
