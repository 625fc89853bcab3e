"""Words for an effect measure are accepted where they follow from it, and nowhere else."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.direction import direction
from pipelines.verification.figures import same_numbers
from pipelines.verification.new_words import supported_words

HAZARD = "Coffee was linked to a lower risk of death (HR 0.92, 95% CI 0.83–1.02)."
ODDS = "Smoking was linked to falls (OR 1.45, 95% CI 1.10–1.91)."
FATS = "Hazard ratios of death were 0.88 (0.81 to 0.96) for oil, and 0.92 (0.83 to 1.02) for corn."
COTE = "Le tabac est lié aux chutes (RC = 1,45 ; IC à 95 % : 1,10–1,91)."
INTERVAL = "and the true figure may lie between 17% lower and 2% higher"


def wrong(text: str, evidence: str, language: Language = "en") -> list[str]:
    return reasons(same_numbers, beside(text, evidence, language=language))


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (HAZARD, f"Coffee was linked to a lower risk of death. The risk was 8% lower, {INTERVAL}."),
        (HAZARD, f"Coffee was linked to a lower risk of death (risk 8% lower, {INTERVAL})."),
        ("Coffee was linked to a lower risk of death (HR 0.92, 95% CI 0.83–0.99).", "Coffee was linked to an 8% lower risk of death."),
        ("Coffee drinkers were less likely to die (RR 0.92).", "Coffee drinkers were 8% less likely to die."),
        (ODDS, "Smoking was linked to falls. The odds were 45% higher."),
        (ODDS, "Smoking was linked to falls (odds 45% higher, and the true figure may lie between 10% and 91% higher)."),
        ("Smoking was linked to falls (HR 1.939).", "Smoking was linked to falls. The risk was about 94% higher."),
        ("Smoking was linked to falls (HR 2.32).", "Smoking was linked to falls. The risk was about 2.3 times as high."),
        (FATS, "The risk of death was 12% lower (the true figure may lie between 4% and 19% lower) for oil, and 8% lower (the true figure may lie between 17% lower and 2% higher) for corn."),
        ("The risk difference was −3.2 percentage points (−5.1 to −1.3).", "The risk was 3.2 percentage points lower."),
    ],
)  # fmt: skip
def test_words_that_follow_from_a_measure_pass(evidence: str, text: str) -> None:
    assert wrong(text, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (HAZARD, f"Coffee was linked to a lower risk of death. The risk was 8% higher, {INTERVAL}."),
        (HAZARD, f"Coffee was linked to a lower risk of death. The risk was 9% lower, {INTERVAL}."),
        (HAZARD, f"Coffee was linked to a lower risk of death. The odds were 8% lower, {INTERVAL}."),
        (HAZARD, f"Coffee was linked to a lower risk of death. The risk was 92% lower, {INTERVAL}."),
        (HAZARD, "Coffee was linked to a lower risk of death. The risk was 8% lower."),
        (HAZARD, "Coffee was linked to a lower risk of death. The risk was 8% lower, and the true figure may lie between 17% lower and 2% lower."),
        (HAZARD, "Coffee was linked to a lower risk of death. The risk was 8% lower, and the true figure may lie between 17% lower and 3% higher."),
        (HAZARD, "Coffee was linked to a lower risk of death. The risk was 8% lower, and the true figure may lie between 17% higher and 2% higher."),
        (HAZARD, "Coffee was linked to a lower risk of death. The risk was 95% lower, and the true figure may lie between 17% lower and 2% higher."),
        (HAZARD, "Coffee was linked to a lower risk of death. The risk was no different, and the true figure may lie between 17% lower and 2% higher."),
        (ODDS, "Smoking was linked to falls. The risk was 45% higher."),
        (ODDS, "Smoking was linked to a 45% higher risk of falls."),
        (ODDS, "Smokers were 45% more likely to fall."),
        (ODDS, "Smokers were 1.45 times as likely to fall."),
        ("Smoking was linked to falls (HR 1.939).", "Smoking was linked to falls. The risk was 94% higher."),
        ("Smoking was linked to falls (HR 1.939).", "Smoking was linked to falls. The risk was about 95% higher."),
        ("Smoking was linked to falls (HR 2.32).", "Smoking was linked to falls. The risk was about 2 times as high."),
        (FATS, "The risk of death was 8% lower (the true figure may lie between 17% lower and 2% higher) for oil, and 12% lower (the true figure may lie between 4% and 19% lower) for corn."),
        (FATS, "The risk of death was 12% lower (the true figure may lie between 17% lower and 2% higher) for oil."),
        (FATS, "Oil was good. The risk was 12% lower."),
        ("The risk difference was −3.2 percentage points (−5.1 to −1.3).", "The risk was 3.2% lower."),
        ("The risk difference was −3.2 percentage points (−5.1 to −1.3).", "The risk was 3.2 percentage points higher."),
    ],
)  # fmt: skip
def test_words_that_do_not_follow_are_caught(evidence: str, text: str) -> None:
    assert wrong(text, evidence)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Le tabac est lié aux chutes. La cote était plus élevée de 45\u00a0%, et la vraie valeur pourrait se situer entre 10\u00a0% et 91\u00a0% de plus.", True),
        ("Le tabac est lié aux chutes. La cote était plus faible de 45\u00a0%.", False),
        ("Le tabac est lié aux chutes. Le risque était plus élevé de 45\u00a0%.", False),
        ("Le tabac est lié aux chutes. La cote était plus élevée de 54\u00a0%.", False),
        ("Le tabac est lié aux chutes. La cote était plus élevée de 45\u00a0%, et la vraie valeur pourrait se situer entre 10\u00a0% et 19\u00a0% de plus.", False),
    ],
)  # fmt: skip
def test_french_words_are_held_to_the_same(text: str, right: bool) -> None:
    assert (wrong(text, COTE, "fr") == []) is right


_RATIOS = st.integers(min_value=2, max_value=199).filter(lambda n: n != 100)


@settings(max_examples=200, deadline=None)
@given(_RATIOS, st.integers(min_value=-40, max_value=40), st.booleans(), st.booleans())
def test_another_number_direction_or_noun_is_always_caught(
    hundredths: int, off: int, turned: bool, renamed: bool
) -> None:
    ratio = Decimal(hundredths) / 100
    evidence = f"Smoking was linked to falls (HR {ratio:.2f})."
    share = abs(hundredths - 100)
    assume(share + off > 0)
    way = "higher" if (hundredths > 100) != turned else "lower"
    noun = "odds were" if renamed else "risk was"
    text = f"Smoking was linked to falls. The {noun} {share + off}% {way}."
    right = not off and not turned and not renamed
    assert (wrong(text, evidence) == []) is right


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=1010, max_value=1990), st.integers(min_value=-3, max_value=3))
def test_a_rounded_number_says_about_and_is_the_nearest(thousandths: int, off: int) -> None:
    evidence = f"Smoking was linked to falls (HR {Decimal(thousandths) / 1000:.3f})."
    exact = Decimal(thousandths - 1000) / 10
    told = exact.quantize(Decimal(1), ROUND_HALF_UP) + off
    assume(told > 0)
    text = f"Smoking was linked to falls. The risk was about {told}% higher."
    assert (wrong(text, evidence) == []) is (abs(told - exact) <= Decimal("0.5"))


def test_the_sign_of_a_p_value_is_no_support_for_less() -> None:
    evidence = "Patients with COPD were more likely to fall (OR 2.18, p <0.001). COPD is a disease."
    first, second = evidence.split(". C")
    text = "Patients with COPD were less likely to fall."
    assert failures(first + ".", "C" + second, text)


def failures(one: str, two: str, text: str) -> list[str]:
    pair = beside(text, one, two)
    return [why for rule in (direction, supported_words) for why in reasons(rule, pair)]
