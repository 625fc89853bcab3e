"""Fillers, openers and words said twice go; figures, places and meaning stay."""

import pytest

from corpus.document import Language
from pipelines.rewrite.loop import rewrite
from pipelines.rewrite.steps import Context


def said(text: str, language: Language = "en") -> str:
    return rewrite(text, Context(language, "exchange"), lambda text: True)[0]


CASES = [
    ("Yeah, so, we planted, um, twelve trees.", "We planted twelve trees."),
    ("There is very little on, like, routes.", "There is very little on routes."),
    ("The student, um, sixteen weeks, left.", "The student, sixteen weeks, left."),
    ("They set that, um, it's late.", "They set that it's late."),
    ("We put the, the bags on it's, it's late.", "We put the bags on it's late."),
    ("But I will report back.", "I will report back."),
    ("In fact, Mr. Chair, we planted twelve trees.", "We planted twelve trees."),
    ("Mr.Chair, last year we planted twelve trees.", "Last year we planted twelve trees."),
]
STAYS = [
    "So far we planted ten trees.",
    "But for the rain, we would have planted.",
    "The ER was full.",
    "We got 50 mm of rain.",
    "It was very, very hot.",
    "Um.",
]
FRENCH = [
    ("Donc, euh, on a planté douze arbres.", "On a planté douze arbres."),
    ("La subvention, là, 1 500 $, c’est bien.", "La subvention, 1 500 $, c’est bien."),
    ("Sans ça, euh, on l’aurait fait.", "Sans ça, on l’aurait fait."),
]
FRENCH_STAYS = ["Bon nombre de gens viennent.", "Nous nous sommes vus.", "On a eu 50 mm de pluie."]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_what_only_fills_goes(before: str, after: str) -> None:
    assert said(before) == after


@pytest.mark.parametrize(("before", "after"), FRENCH)
def test_what_only_fills_goes_in_french(before: str, after: str) -> None:
    assert said(before, "fr") == after


@pytest.mark.parametrize("text", STAYS)
def test_what_says_something_stays(text: str) -> None:
    assert said(text) == text


@pytest.mark.parametrize("text", FRENCH_STAYS)
def test_what_says_something_stays_in_french(text: str) -> None:
    assert said(text, "fr") == text
