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


#: Each side of what the step asks.
MORE = [
    # several at once, one after the other
    ("Staff conducted an assessment of the park. They made a choice to close.",
     "Staff assessed the park. They chose to close."),
    ("They reached an agreement on the plan.", "They agreed on the plan."),
    ("Staff made a choice between two parks.", "Staff chose between two parks."),
    # an article or none
    ("Staff carried out assessments of the park.", "Staff assessed the park."),
    ("Staff conducted an assessment of six parks.", "Staff assessed six parks."),
    # the auxiliary takes the number of the new subject, a modal has none
    ("An assessment of the park is conducted.", "The park is assessed."),
    ("An assessment of the parks was conducted.", "The parks were assessed."),
    ("Assessments of the park were conducted.", "The park was assessed."),
    ("An assessment of six parks was conducted.", "Six parks were assessed."),
    ("An assessment of parks was conducted.", "Parks were assessed."),
    ("An assessment of the park may be conducted.", "The park may be assessed."),
    ("An assessment of the park will be carried out.", "The park will be assessed."),
    ("In May, an assessment of the park was conducted.", "In May, the park was assessed."),
    ("Assessments of Estmere were conducted.", "Estmere was assessed."),
]  # fmt: skip
LEFT = [
    # no light verb of its list, its particle elsewhere, another preposition
    "Staff held an assessment of the park.",
    "Staff carried on an assessment of the park.",
    "Staff carried the assessment of the park out.",
    "Staff made a comparison for the parks.",
    "They made an announcement of",
    # a determiner that says more
    "Staff conducted their assessment of the park.",
    "The two assessments of the park were conducted.",
    # a clause or a term
    "Staff conducted an assessment that the park needed.",
    "Staff conducted an assessment of which the town knew.",
    "An analysis of variance was conducted.",
    # the verb opens the sentence, or stands behind the noun
    "Conducting an assessment of the park helps.",
    "Conduct an assessment of the park.",
    "An assessment of the park the staff had conducted.",
    # a passive whose thing is no noun, stands elsewhere, is one of two, or has a mark in it
    "An assessment of it was conducted.",
    "An assessment was conducted of the park.",
    "An assessment of the park by the city was conducted.",
    "An assessment of the park, the oldest, was conducted.",
    "An assessment of the park (a big one) was conducted.",
    # an auxiliary that isn't known, a preposition that the verb keeps
    "The assessment of the park had been conducted.",
    "A contribution to the plan was made.",
]


@pytest.mark.parametrize(("before", "after"), MORE)
def test_the_verb_takes_the_form_of_its_place(before: str, after: str) -> None:
    assert unhidden(before) == after


@pytest.mark.parametrize("text", LEFT)
def test_a_noun_with_anything_of_its_own_stays(text: str) -> None:
    assert unhidden(text) == text


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
        ("Des évaluations des parcs ont été effectuées.", "Les parcs ont été évalués."),
        (
            "Une analyse de l’eau et de l’air a été faite.",
            "Une analyse de l’eau et de l’air a été faite.",
        ),
        ("Ils ont fait une analyse de plans.", "Ils ont analysé des plans."),
        ("Ils ont fait une analyse de grands plans.", "Ils ont analysé des grands plans."),
        ("Ils ont fait une analyse de deux plans.", "Ils ont analysé deux plans."),
        ("Ils ont fait une analyse de Montréal.", "Ils ont analysé Montréal."),
        ("Ils ont fait une analyse de risque.", "Ils ont fait une analyse de risque."),
        ("Une évaluation de plans a été effectuée.", "Des plans ont été évalués."),
        # whose gender isn't known
        ("Une analyse de Rivebelle a été faite.", "Une analyse de Rivebelle a été faite."),
        ("Une analyse du bruit a été faite.", "Le bruit a été analysé."),
        ("Une contribution au fonds a été apportée.", "Une contribution au fonds a été apportée."),
    ],
)
def test_a_french_verb_comes_out_with_its_article(
    french: Callable[[str], str], before: str, after: str
) -> None:
    assert french(before) == after
