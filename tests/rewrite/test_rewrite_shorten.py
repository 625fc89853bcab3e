"""What only adds at the beginning or the end goes; what the sentence needs stays."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from rewording import each

from corpus.document import Language
from pipelines.rewrite.shorten import drop_addition

GOES: list[tuple[Language, str, str]] = [
    # an opening
    ("en", "In this paper, we measured the heat in six towns.", "We measured the heat in six towns."),
    ("en", "However, the trees lowered the heat in six towns.", "The trees lowered the heat in six towns."),
    ("en", "The park grew. However, the trees lowered the heat in the towns.",
           "The park grew. The trees lowered the heat in the towns."),
    ("en", "However, the trees lowered the heat of the town, making the town a cool place.",
           "The trees lowered the heat of the town, making the town a cool place."),
    ("en", "To help the old people of the town, we ran buses at night.", "We ran buses at night."),
    ("fr", "Dans cette étude, nous avons mesuré la chaleur dans six villes.",
           "Nous avons mesuré la chaleur dans six villes."),
    # an ending
    ("en", "The trees lowered the heat of the town, as planned by the council.",
           "The trees lowered the heat of the town."),
    ("en", "The trees lowered the heat of the streets in town, using water.",
           "The trees lowered the heat of the streets in town."),
    ("en", "We present a map of the old town streets and show how it helps the council.",
           "We present a map of the old town streets."),
    ("en", "The park grew. The trees lowered the heat of the streets in town, using water. It rained.",
           "The park grew. The trees lowered the heat of the streets in town. It rained."),
    ("en", "The trees lowered the heat of the streets of Estmere Ltd., using water.",
           "The trees lowered the heat of the streets of Estmere Ltd."),
    ("fr", "Nous avons réduit la chaleur des rues de la ville, en utilisant de l’eau.",
           "Nous avons réduit la chaleur des rues de la ville."),
    # eight words
    ("en", "We lowered the heat of the old streets, using water of the river.",
           "We lowered the heat of the old streets."),
]  # fmt: skip
STAYS: list[tuple[Language, str]] = [
    # seven words
    ("en", "We lowered the heat of the streets, using water of the river."),
    # what can be a sentence of its own
    ("en", "The trees lowered the heat in the streets of the town, making the town a cool place."),
    # a bracket, which other steps drop
    ("en", "The town (a port) has measured the heat of the old streets."),
    # a time, a month
    ("en", "The trees lowered the heat of the town, which everybody liked last summer."),
    ("en", "We lowered the heat of the streets in town, using water this summer."),
    # a preposition takes up the verb
    ("en", "The trees lowered the heat of the town, to which the council agreed."),
    ("en", "We lowered the heat of the streets in town, where the old people live."),
    # a cleft, a colon, a semicolon
    ("en", "It was we that lowered the heat of the streets in town, using water."),
    ("en", "It is the town that lowered the heat of its streets, using water."),
    ("en", "We did this: we lowered the heat of the streets in town, using water."),
    ("en", "We did this; we lowered the heat of the streets in town, using water."),
    ("fr", "C’est nous qui avons réduit la chaleur des rues de la ville, en utilisant de l’eau."),
    # with what something is compared, and what nobody does
    ("en", "The trees lowered the heat of the town by a third, compared with stones."),
    ("en", "No town has measured the heat of its streets, using water."),
    # a number, a limit, a place in time that may hold for all
    ("en", "The trees lowered the heat of the town, helping six streets."),
    ("en", "The trees lowered the heat of the town, helping people only at noon."),
    ("en", "In 2015, we measured the heat in six towns."),
]


@pytest.mark.parametrize(("language", "text", "wanted"), GOES)
def test_what_only_adds_is_left_out(language: Language, text: str, wanted: str) -> None:
    assert each(text, language, drop_addition) == [wanted]


@pytest.mark.parametrize(("language", "text"), STAYS)
def test_what_limits_or_carries_the_sentence_stays(language: Language, text: str) -> None:
    assert each(text, language, drop_addition) == []


def test_a_sentence_may_lose_its_opening_or_its_ending() -> None:
    text = "However, the trees lowered the heat of the streets in town, using water."
    assert each(text, "en", drop_addition) == [
        "However, the trees lowered the heat of the streets in town.",
        "The trees lowered the heat of the streets in town, using water.",
    ]


def test_what_follows_an_opening_begins_with_a_capital_if_it_can() -> None:
    assert each("However, mRNA of the mice fell in the towns.", "en", drop_addition) == [
        "mRNA of the mice fell in the towns."
    ]
