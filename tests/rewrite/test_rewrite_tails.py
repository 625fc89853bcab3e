"""What is a sentence when it is read alone: reasons in front, what is told at the end."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from rewording import each

from corpus.document import Language
from pipelines.rewrite.tails import split_bracket, split_front, split_tail

FRONTS: list[tuple[Language, str, str]] = [
    ("en", "Because the survey was sent by post, people who had moved could not answer it.",
     "The survey was sent by post. So people who had moved could not answer it."),
    ("en", "As the sample is small, the results must be read with care.",
     "The sample is small. So the results must be read with care."),
    ("en", "Since the towns have no plan, the plans of the region are used.",
     "The towns have no plan. So the plans of the region are used."),
    ("fr", "Comme l’échantillon est petit, les résultats demandent de la prudence.",
     "L’échantillon est petit. Ainsi, les résultats demandent de la prudence."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), FRONTS)
def test_a_reason_in_front_becomes_a_sentence(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, split_front) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        # a time, or what goes along with it
        "As the age of the patients rose, the share of tumours rose.",
        "Since the clinic opened in May, the waiting times have fallen.",
        # no clause
        "As a result of the new plan, the waiting times have fallen.",
        "Because of the small sample, the results must be read with care.",
        # both halves are tied
        "Because both halves are long, the first and the second weigh 3 and 4 kg, respectively.",
    ],
)
def test_what_may_be_a_time_stays_in_front(text: str) -> None:
    assert each(text, "en", split_front) == []


TAILS = [
    ("The share of patients in the clinic was 76.47%, which was significantly greater than 55.88% in the other ward.",
     "The share of patients in the clinic was 76.47%. This was significantly greater than 55.88% in the other ward."),
    ("The counts showed that a quarter of the form was present with the other form, indicating a slow change.",
     "The counts showed that a quarter of the form was present with the other form. This indicates a slow change."),
    ("The nurses left the ward in the spring, making the care of the old patients difficult, for example at night.",
     "The nurses left the ward in the spring. This made the care of the old patients difficult, for example at night."),
    ("The town planted the grey willow, a species that is often used in parks.",
     "The town planted the grey willow. This is a species that is often used in parks."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TAILS)
def test_what_is_told_at_the_end_becomes_a_sentence(text: str, wanted: str) -> None:
    assert wanted in each(text, "en", split_tail)


@pytest.mark.parametrize(
    "text",
    [
        # what came of what may be is no fact
        "The nurses may leave the ward in the spring, making the care of the patients difficult.",
        "We asked whether the nurses had left the ward, which was a sign of poor care.",
        # a person
        "The town asked Sam, a nurse who works in the old ward.",
        # which of two things isn't told by the form of the verb
        "The share was taken from the values of the plan, which may not stand for the town.",
        # a fact consists of nothing
        "The town asked a group of people, which consists of nurses and of old patients.",
        # the sentence goes on
        "The trees, which were planted in 2019, cool the street.",
        # a word for both halves
        "The wards grew by 2 and 3 beds, which cost 4 and 5 million, respectively.",
    ],
)
def test_an_end_that_is_no_fact_or_not_clear_stays(text: str) -> None:
    assert each(text, "en", split_tail) == []


def test_a_sentence_in_the_last_brackets_stands_behind() -> None:
    text = "The town sent the letter to 4203 people in May (most of the families got it)."
    assert each(text, "en", split_bracket) == [
        "The town sent the letter to 4203 people in May. Most of the families got it."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The town sent the letter to 4203 people in May (see the annex of the report).",
        "The town sent the letter to 4203 people in May (mean age 45 years, range 18 to 90).",
        "Of the patients 167 had a weak memory (MMSE score < 24).",
    ],
)
def test_brackets_that_hold_no_sentence_stay(text: str) -> None:
    assert each(text, "en", split_bracket) == []
