"""A verb hidden in a noun comes out, where nothing that the noun says is lost."""

from __future__ import annotations

import pytest

from models.language import parse
from pipelines.rewrite.edits import apply
from pipelines.rewrite.hidden_verbs import unhide_verb
from pipelines.rewrite.steps import Context
from pipelines.rewrite.wordlists import hidden_verbs

EN = Context("en", "paper")


def unhidden(text: str) -> str:
    return apply(text, unhide_verb(parse(text, "en"), EN))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The team conducted an assessment of the street trees.",
            "The team assessed the street trees.",
        ),
        ("Staff carried out a review of 42 permits.", "Staff reviewed 42 permits."),
        (
            "The council made a decision to close the site.",
            "The council decided to close the site.",
        ),
        ("The city will make a contribution to the fund.", "The city will contribute to the fund."),
        (
            "Researchers have conducted interviews with 25 residents.",
            "Researchers have interviewed 25 residents.",
        ),
        (
            "By conducting an analysis of the records, we found gaps.",
            "By analyzing the records, we found gaps.",
        ),
        ("We plan to conduct a comparison of the two wards.", "We plan to compare the two wards."),
        (
            "An assessment of the streets was carried out in 2021.",
            "The streets were assessed in 2021.",
        ),
        (
            "Measurements of noise were taken at night.",
            "Noise was measured at night.",
        ),
        (
            "The evaluation of the program has been conducted by the city.",
            "The program has been evaluated by the city.",
        ),
    ],
)
def test_the_verb_comes_out(before: str, after: str) -> None:
    assert unhidden(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "They made no assessment of the risk.",  # a denial
        "They conducted a detailed assessment of the risk.",  # an adjective
        "They conducted three reviews of the file.",  # a number
        "We performed an analysis of variance.",  # a term
        "The reduction of emissions was slow.",  # no light verb
        "The drug had an effect on sleep.",  # would claim a cause
        "They conducted a survey and an assessment of the site.",  # two nouns, one verb
        "An analysis of which factors matter was conducted.",
    ],
)
def test_what_the_noun_says_is_not_lost(text: str) -> None:
    assert unhidden(text) == text


def test_the_list_is_long_and_names_no_noun_twice() -> None:
    nouns = [entry.noun for entry in hidden_verbs("en")]
    assert len(nouns) >= 80
    assert len(nouns) == len(set(nouns))
