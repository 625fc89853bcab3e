"""Noun strings are unpacked where nothing has to be made up for it."""

import pytest

from models.parsing import parse
from pipelines.rewrite.changes import apply
from pipelines.rewrite.nouns import unpack_nouns
from pipelines.rewrite.steps import Context

EN = Context("en", "paper")


def unpacked(text: str) -> str:
    return apply(text, unpack_nouns(parse(text, "en"), EN))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "The study measured household water consumption rates in 40 towns.",
            "The study measured rates of household water consumption in 40 towns.",
        ),
        (
            "A household energy consumption level was set.",
            "A level of household energy consumption was set.",
        ),
        (
            "School food waste costs rose.",
            "Costs of school food waste rose.",
        ),
    ],
)
def test_the_last_noun_comes_first(text: str, plain: str) -> None:
    assert unpacked(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "The water level rose.",  # two nouns are no string
        "The street tree owner rates were high.",  # "owner" would need an article
        "The CO2 emission rates fell.",  # an abbreviation may be a name
        "The household water consumption rates of two towns fell.",  # "of" stands there already
    ],
)
def test_what_would_need_an_article_or_is_a_name_stays(text: str) -> None:
    assert unpacked(text) == text


def test_french_has_no_noun_strings() -> None:
    text = "Les taux de consommation d’eau des ménages ont diminué."
    assert not list(unpack_nouns(parse(text, "fr"), Context("fr", "paper")))
