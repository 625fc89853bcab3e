"""Signs beside numbers are said in words, and no value, unit or sign of a number changes."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from corpus.document import Language
from models.components.numerals import quantities
from models.parsing import parse
from pipelines.rewrite.changes import apply
from pipelines.rewrite.number_signs import say_number_plainly
from pipelines.rewrite.steps import Context


@cache
def parsed(text: str, language: Language) -> Doc:
    return parse(text, language)


def said(text: str, language: Language) -> str:
    return apply(text, say_number_plainly(parsed(text, language), Context(language, "paper")))


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("en", "Adults aged ≥ 65 years walked.", "Adults aged 65 years or more walked."),
        ("en", "Rooms with > 30 people were hot.", "Rooms with more than 30 people were hot."),
        ("en", "A loss of ≤5% was seen.", "A loss of 5% or less was seen."),
        ("en", "Paths of ~12 km were used.", "Paths of about 12 km were used."),
        ("en", "Risk rose (95% CI 1.2–3.4).", "Risk rose (likely between 1.2 and 3.4)."),
        ("en", "It fell (95% CI: -0.5, 1.2).", "It fell (likely between -0.5 and 1.2)."),
        ("fr", "Les gens de ≥ 65 ans marchent.", "Les gens de 65 ans ou plus marchent."),
        ("fr", "Une baisse de < 5 % est vue.", "Une baisse de moins de 5 % est vue."),
        ("fr", "On a vu ~ 12 parcs.", "On a vu environ 12 parcs."),
        ("fr", "Le risque monte (IC à 95 % : 1,2 à 3,4).",
         "Le risque monte (probablement entre 1,2 et 3,4)."),
    ],
)  # fmt: skip
def test_a_sign_is_said_in_words(language: Language, text: str, plain: str) -> None:
    assert said(text, language) == plain


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The change was small (p < 0.05)."),
        ("en", "Groups of n ≥ 3 were kept."),
        ("en", "A BMI ≥ 30 kg/m2 was rare."),
        ("en", "People with ≥ 3 visits came back."),
        ("en", "Support rose by 4 percentage points, or 12 ± 3 per cent."),
        ("en", "The odds ratio was 2.1, a 1.5-fold increase."),
        ("fr", "Une marche de ~12 km est longue."),
        ("fr", "La différence est faible (p < 0,05)."),
    ],
)
def test_a_formula_and_what_has_no_sure_wording_stay(language: Language, text: str) -> None:
    assert said(text, language) == text


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["≥", "≤", ">", "<", "~", ""]),
    st.integers(0, 10**6),
    st.sampled_from([" years", "%", " km", " trees"]),
)
def test_no_value_and_no_unit_changes(sign: str, value: int, unit: str) -> None:
    text = f"Sites with {sign}{value:,}{unit} were kept."
    before, after = quantities(text, "en"), quantities(said(text, "en"), "en")
    assert [(q.value, q.unit) for q in before] == [(q.value, q.unit) for q in after]
