"""Splitting: both halves stand alone, and nothing that holds for both is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Language
from models.parsing import parse
from pipelines.language.lexicon import entries
from pipelines.rewrite.additions import (
    split_examples,
    split_participle,
    split_reason,
    split_relative,
)
from pipelines.rewrite.changes import apply
from pipelines.rewrite.shorten import drop_addition
from pipelines.rewrite.split import (
    split_colon,
    split_coordination,
    split_semicolon,
    split_subordinate,
    split_that,
)
from pipelines.rewrite.steps import Context, tidy

SPLITS = (
    split_semicolon,
    split_colon,
    split_coordination,
    split_that,
    split_subordinate,
    split_relative,
    split_participle,
    split_examples,
    split_reason,
)


def _split(text: str, language: Language) -> list[str]:
    context = Context(language, "paper")
    return [
        tidy(apply(text, [change]))
        for step in SPLITS
        for change in step(parse(text, language), context)
    ]


ENGLISH = [
    (
        "The trees lowered the heat in summer but did not change the noise on the street.",
        "The trees lowered the heat in summer. But the trees did not change the noise on the "
        "street.",
    ),
    (
        "Rents rose in every district after the change, suggesting that the rule did not slow "
        "the market.",
        "Rents rose in every district after the change. This suggests that the rule did not slow "
        "the market.",
    ),
    (
        "The bus lanes were widened in the spring, leading to shorter trips for most riders.",
        "The bus lanes were widened in the spring. This led to shorter trips for most riders.",
    ),
    (
        "The bus lanes may be widened in the spring, leading to shorter trips for most riders.",
        "The bus lanes may be widened in the spring. This may lead to shorter trips for most "
        "riders.",
    ),
    (
        "Although the fees rose in 2019, the number of riders stayed the same.",
        "The fees rose in 2019. But the number of riders stayed the same.",
    ),
    (
        "Even though the fees rose in 2019, the number of riders stayed the same.",
        "The fees rose in 2019. But the number of riders stayed the same.",
    ),
    (
        "The researchers recommend that councils plant trees, and that budgets for watering be "
        "approved each year.",
        "The researchers recommend that councils plant trees. The researchers recommend that "
        "budgets for watering be approved each year.",
    ),
    (
        "A limit of the study is the lack of national data: this kept us from looking at a wider "
        "population.",
        "A limit of the study is the lack of national data. This kept us from looking at a wider "
        "population.",
    ),
    (
        "The city planted 400 trees along the river, which lowered the heat in the nearby streets.",
        "The city planted 400 trees along the river. This lowered the heat in the nearby streets.",
    ),
    (
        "The study followed 200 tenants, who were older than the average resident.",
        "The study followed 200 tenants. These tenants were older than the average resident.",
    ),
    (
        "The shelter, which opened in 2015, serves 200 families in the north of the city.",
        "The shelter serves 200 families in the north of the city. The shelter opened in 2015.",
    ),
    (
        "Visits to the clinic fell because the bus line was closed for repairs.",
        "Visits to the clinic fell. This is because the bus line was closed for repairs.",
    ),
    (
        "The plan covers several services, including home care, day care and meals.",
        "The plan covers several services. These include home care, day care and meals.",
    ),
]
FRENCH = [
    (
        "Les arbres abaissent la chaleur en été ; les bancs offrent un lieu de repos aux aînés.",
        "Les arbres abaissent la chaleur en été. Les bancs offrent un lieu de repos aux aînés.",
    ),
    (
        "Les résultats sont clairs : les arbres réduisent la chaleur dans les rues.",
        "Les résultats sont clairs. Les arbres réduisent la chaleur dans les rues.",
    ),
    (
        "Le programme a réduit les coûts dans 30 villes, et les résidents ont fréquenté les parcs "
        "plus souvent.",
        "Le programme a réduit les coûts dans 30 villes. Les résidents ont fréquenté les parcs "
        "plus souvent.",
    ),
    (
        "Les arbres ont abaissé la chaleur en été, mais ils n’ont pas changé le bruit.",
        "Les arbres ont abaissé la chaleur en été. Mais ils n’ont pas changé le bruit.",
    ),
    (
        "La nouvelle clinique a raccourci les délais et a réduit le coût de chaque visite.",
        "La nouvelle clinique a raccourci les délais. La nouvelle clinique a réduit le coût de "
        "chaque visite.",
    ),
    (
        "La Ville a planté 400 arbres le long de la rivière, ce qui a abaissé la chaleur.",
        "La Ville a planté 400 arbres le long de la rivière. Cela a abaissé la chaleur.",
    ),
    (
        "L’étude a suivi 200 locataires, qui étaient plus âgés que la moyenne.",
        "L’étude a suivi 200 locataires. Ces locataires étaient plus âgés que la moyenne.",
    ),
    (
        "Les loyers ont augmenté dans tous les quartiers, suggérant que la règle n’a pas freiné "
        "le marché.",
        "Les loyers ont augmenté dans tous les quartiers. Cela suggère que la règle n’a pas "
        "freiné le marché.",
    ),
    (
        "La rive nord a perdu de nombreux emplois, alors que la rive sud en a gagné.",
        "La rive nord a perdu de nombreux emplois. Mais la rive sud en a gagné.",
    ),
    (
        "La fréquentation a baissé, car la ligne d’autobus était fermée pour des travaux.",
        "La fréquentation a baissé. Car la ligne d’autobus était fermée pour des travaux.",
    ),
    (
        "Le refuge, qui a ouvert en 2015, accueille 200 familles dans le nord de la ville.",
        "Le refuge accueille 200 familles dans le nord de la ville. Le refuge a ouvert en 2015.",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), ENGLISH)
def test_an_english_sentence_is_split_where_both_halves_stand(text: str, wanted: str) -> None:
    assert wanted in _split(text, "en")


@pytest.mark.parametrize(("text", "wanted"), FRENCH)
def test_a_french_sentence_is_split_where_both_halves_stand(text: str, wanted: str) -> None:
    assert wanted in _split(text, "fr")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In older men, the drug lowered blood pressure and the diet lowered weight."),
        ("en", "The council did not close the pool and did not reduce the hours of the library."),
        ("en", "The drug did not lower blood pressure or change weight in the first year."),
        ("en", "Tenants who had moved twice reported more stress than other tenants."),
        ("en", "If the lanes are widened in spring, trips get shorter, leading to less traffic."),
        ("en", "Visits did not fall because the bus line was closed for repairs."),
        ("en", "The costs rose by 12% and the visits fell by 8%, respectively, in the two towns."),
        ("en", "We think that the fees fell, and the number of riders stayed the same."),
        ("en", "One tenant said: the street floods in spring, and the council does nothing."),
        ("en", "Each clinic opened a new ward and hired two nurses."),
        ("fr", "Chez les hommes âgés, le médicament a abaissé la tension et le régime le poids."),
        ("fr", "Le conseil n’a pas fermé la piscine et n’a pas réduit les heures d’ouverture."),
        ("fr", "Si la ville plante des arbres, la chaleur baisse, et les aînés sortent plus."),
        ("fr", "Les locataires qui ont déménagé deux fois ont signalé plus de stress."),
        ("fr", "Chaque clinique a ouvert une salle et a engagé deux infirmières."),
    ],
)
def test_what_holds_for_both_halves_keeps_them_together(language: Language, text: str) -> None:
    assert _split(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [*(("en", text) for text, _ in ENGLISH), *(("fr", text) for text, _ in FRENCH)],
)
def test_a_split_loses_no_word_and_adds_only_those_it_is_known_for(
    language: Language, text: str
) -> None:
    grammar = {"en": "led lead suggests this may is include", "fr": "suggère"}[language].split()
    introduced = {*entries("split", language)["introduced"], *grammar}
    gone = {
        "en": "and although which who suggesting leading because including even though",
        "fr": "et ce",
    }
    gone_fr = "ce qui alors que suggérant car et"
    for split in _split(text, language):
        before, after = (re.findall(r"\w+", side.lower()) for side in (text, split))
        assert set(after) - set(before) <= introduced
        lost = set(before) - set(after)
        assert lost <= set((gone["en"] if language == "en" else gone_fr).split())


@settings(max_examples=20, deadline=None)
@given(
    first=st.sampled_from(["The fees rose in 2019", "The trees lowered the heat in summer"]),
    joint=st.sampled_from([", and ", ", but ", "; ", ", whereas ", ", so "]),
    second=st.sampled_from(["the riders stayed", "the number of visits to the pool fell by 8%"]),
    end=st.sampled_from([".", " in June."]),
)
def test_every_split_ends_each_sentence_and_begins_it_with_a_capital(
    first: str, joint: str, second: str, end: str
) -> None:
    for split in _split(first + joint + second + end, "en"):
        sentences = re.split(r"(?<=\.) ", split)
        assert len(sentences) == 2
        assert all(one[0].isupper() and one.endswith(".") for one in sentences)
        assert re.findall(r"\d+", split) == re.findall(r"\d+", first + joint + second + end)


def test_a_quotation_is_neither_touched_nor_moved() -> None:
    text = "The mayor said \ue000, and the council, which met in May, agreed to the plan."
    assert all(split.count("\ue000") == 1 for split in _split(text, "en"))


def test_what_only_adds_is_dropped_and_what_limits_stays() -> None:
    context = Context("en", "paper")
    added = "To measure the heat in the streets, we placed 40 sensors along the river."
    limiting = "The sensors were placed along the river, excluding the 3 streets without trees."
    changes = list(drop_addition(parse(added, "en"), context))
    assert [apply(added, [change]) for change in changes] == [
        "We placed 40 sensors along the river."
    ]
    assert list(drop_addition(parse(limiting, "en"), context)) == []


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("en", "All four towns will report the shade of their streets at three p.m., helping the "
               "teams.", "All four towns will report the shade of their streets at three p.m."),
        ("en", "All four towns will report the shade of their streets, starting this summer.", ""),
        ("en", "We will continue to focus our efforts, as we believe we should, on helping the "
               "towns.", ""),
        ("en", "It may take a longer time, on average, before any trees are planted there.", ""),
    ],
)  # fmt: skip
def test_an_ending_that_says_when_or_completes_the_verb_stays(
    language: Language, text: str, kept: str
) -> None:
    changes = drop_addition(parse(text, language), Context(language, "paper"))
    assert [apply(text, [change]) for change in changes] == ([kept] if kept else [])


@pytest.mark.parametrize(
    "text",
    [
        "We ask the city, which is unaware of the harm, to announce the plan at once.",
        "You will know—because we have talked about it—my concerns about the trees.",
    ],
)
def test_a_sentence_that_goes_on_behind_a_clause_is_not_split(text: str) -> None:
    assert _split(text, "en") == []


def test_what_only_a_thing_has_is_no_outcome() -> None:
    text = "The data are the average for a typical herd, which might have great variability."
    assert "This might have" not in " ".join(_split(text, "en"))
    told = _split("The town closed the street, which had an effect on the noise.", "en")
    assert told == ["The town closed the street. This had an effect on the noise."]
