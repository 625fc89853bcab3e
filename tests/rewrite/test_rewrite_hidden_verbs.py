"""A verb hidden in a noun comes out, where nothing that the noun says is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from models.parsing import parse
from pipelines.language.wordlists import HiddenVerb, hidden_verbs
from pipelines.rewrite import hidden_verbs as module
from pipelines.rewrite.changes import apply
from pipelines.rewrite.hidden_verbs import unhide_verb
from pipelines.rewrite.steps import Context

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


_LIGHT = ("effectuer", "faire", "mener", "réaliser", "procéder à")
FRENCH = (
    HiddenVerb("évaluation", _LIGHT, "évaluer", (("de", ""),), frozenset()),
    HiddenVerb("analyse", _LIGHT, "analyser", (("de", ""),), frozenset({"variance"})),
    HiddenVerb("contribution", ("apporter",), "contribuer", (("à", "à"),), frozenset()),
    HiddenVerb("modification", ("apporter",), "modifier", (("à", ""),), frozenset()),
)


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], str]]:
    monkeypatch.setattr(module, "hidden_verbs", lambda language: FRENCH)
    module._index.cache_clear()
    yield lambda text: apply(text, unhide_verb(parse(text, "fr"), Context("fr", "paper")))
    module._index.cache_clear()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("La ville a effectué une évaluation du programme.", "La ville a évalué le programme."),
        (
            "Nous avons mené une analyse des besoins de la population.",
            "Nous avons analysé les besoins de la population.",
        ),
        ("Elle doit réaliser une évaluation de l’impact.", "Elle doit évaluer l’impact."),
        (
            "Une évaluation de l’impact a été effectuée en 2020.",
            "L’impact a été évalué en 2020.",
        ),
        (
            "Des analyses de la qualité de l’air ont été réalisées.",
            "La qualité de l’air a été analysée.",
        ),
        (
            "L’évaluation des services a été menée par la ville.",
            "Les services ont été évalués par la ville.",
        ),
        ("Ils ont apporté une contribution au fonds.", "Ils ont contribué au fonds."),
        ("Ils ont apporté des modifications au règlement.", "Ils ont modifié le règlement."),
        ("On prévoit d’effectuer une évaluation des coûts.", "On prévoit d’évaluer les coûts."),
        ("Nous avons fait une analyse de données.", "Nous avons analysé des données."),
        ("Une analyse de variance a été faite.", "Une analyse de variance a été faite."),
    ],
)
def test_a_french_verb_comes_out_with_its_article(
    french: Callable[[str], str], before: str, after: str
) -> None:
    assert french(before) == after
