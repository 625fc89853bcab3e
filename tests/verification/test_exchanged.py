"""Who does what to whom, and which value is whose, stays; the order of the words is free."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons, refused

from corpus.document import Language
from pipelines.verification.exchanged import exchange, exchanged

SHELTER = "Visits to clinics were reduced by the new shelter in 2019."
WATER = "The council measured water consumption rates in the valley."
WELLS = "In spring, the old city slowly opened ponds at night."
MOVED = "In spring, the old city moved ponds from hills to valleys."
OWNERS = "Owners opened wells and crews closed pumps."

CASES = [
    # language, evidence (quotes between "//"), text, whether two words changed places
    ("en", OWNERS, OWNERS, False),
    ("en", SHELTER, "The new shelter reduced visits to clinics in 2019.", False),
    ("en", SHELTER, "In 2019 the new shelter reduced visits to clinics.", False),
    ("fr", "Les visites ont été réduites par le refuge.", "Le refuge a réduit les visites.", False),
    ("en", WATER, "The council measured rates of water consumption in the valley.", False),
    ("en", "Water consumption rates were lowered by the council.", "The council lowered water consumption rates.", False),
    ("en", "Water consumption rates were lowered by the council.", "Rates of water consumption were lowered by the council.", False),
    ("en", "Crop rates and pond levels fell.", "Rates of crops and levels of ponds fell.", False),
    ("en", "Crop rates and pond levels fell.", "Crop rates and levels of ponds fell.", False),
    ("en", "Crop rates and pond levels fell.", "Rates of ponds and levels of crops fell.", True),
    ("en", "In 14 cities, rents fell by 3 points.", "Rents fell by 3 points in 14 cities.", False),
    ("en", OWNERS, "Crews closed pumps and owners opened wells.", False),
    ("en", OWNERS, "Crews opened wells and owners closed pumps.", True),
    ("en", WELLS, "At night, the old city opened ponds slowly in spring.", False),
    ("en", WELLS, "At night, ponds slowly opened the old city in spring.", True),
    ("fr", "En mai, la ville a ouvert des bassins à Lévis.", "La ville a ouvert en mai des bassins à Lévis.", False),
    ("en", "The city cleaned 12 ponds and 9 wells.", "The city cleaned 9 ponds and 12 wells.", True),
    ("en", "The city cleaned twelve ponds and nine wells.", "The city cleaned nine ponds and twelve wells.", True),
    ("en", "The project requires five wells.", "Five wells are needed for the project.", False),
    ("en", "Owners who live near mills opened wells while crews closed pumps.", "Crews closed pumps. Owners opened wells. They live near mills.", False),
    ("en", "Crews cleaned wells, owners cleaned pumps and crews cleaned ponds.", "Owners cleaned pumps and crews cleaned wells.", False),
    ("en", "The council praised crews.//Owners thanked nurses.", "Owners thanked nurses. The council praised crews.", False),
    ("en", "The council praised young crews.//Owners thanked nurses.", "Young crews praised the council.", True),
    ("en", "Owners thanked nurses.//The council praised young crews.", "Young crews praised the council.", True),
    ("en", "Visits were reduced by the shelter.", "The shelter reduced visits.", False),
    ("en", "Visits were reduced by the shelter.", "Visits reduced the shelter.", True),
    ("en", "Visits were reduced by the shelter.", "Visits were reduced.", False),
    ("en", "The crews thanked the owners.", "The owners were thanked by the crews.", False),
    ("en", "The crews thanked the owners.", "The crews were thanked by the owners.", True),
    ("en", "The crews thanked the owners.//The owners thanked the crews.", "The crews thanked the owners.", False),
    ("en", "The crews thanked the owners.//The owners praised the nurses.", "The crews praised the nurses.", True),
    ("en", "The crews thanked the owners.//The owners praised the nurses.", "The owners praised the nurses.", False),
    ("en", "The rents were high, and the wages were low.", "The rents were low.", True),
    ("en", "The rents were high, and the wages were low.", "The wages were low.", False),
    ("en", "The city closed ponds.", "The ponds closed.", False),
    ("en", "The ponds froze, and the city closed the ponds.", "The ponds closed.", False),
    ("en", "The closing of ponds was blamed by the crews.", "The crews closed the ponds.", False),
    ("en", "The crews built a GWT, and owners painted the low tower.//great water tower (GWT)", "The crews built a great water tower.", False),
    ("en", "The crews built a mill, and owners painted the low tower.//great water tower (GWT)", "The crews built the low tower.", True),
    ("fr", "Les visites ont été réduites par le refuge.", "Le refuge a réduit les visites.", False),
    ("fr", "Les visites ont été réduites par le refuge.", "Les visites ont réduit le refuge.", True),
    ("fr", "Le refuge a réduit les visites.", "Le refuge a été réduit par les visites.", True),
    ("fr", "La ville a ouvert les puits, et les équipes ont fermé les pompes.", "La ville a fermé les pompes.", True),
    ("fr", "La ville a ouvert les puits, et les équipes ont fermé les pompes.", "La ville a ouvert les pompes.", True),
    ("fr", "La ville a ouvert les puits, et les équipes ont fermé les pompes.", "Les équipes ont fermé les pompes.", False),
    ("fr", "La ville et les équipes ont ouvert les puits, et les gens ont fermé les pompes.", "Les équipes ont ouvert les puits.", False),
    ("fr", "La ville et les équipes ont ouvert les puits, et les gens ont fermé les pompes.", "Les équipes ont fermé les pompes.", True),
    ("fr", "Les équipes ont ouvert les puits et fermé les pompes, et les gens ont aidé la ville.", "Les équipes ont fermé les pompes.", False),
    ("fr", "Les équipes ont ouvert les puits et fermé les pompes, et les gens ont aidé la ville.", "Les gens ont fermé les pompes.", True),
    # values, groups and times of real sentences
    ("en", "Canopy fell from 21.8% in 2019 to 14.1% in 2021.", "From 2019 to 2021 canopy fell from 21.8% to 14.1%.", False),
    ("en", "The rate in the wards with the most trees was 27% lower than in those with the least.", "The rate in the wards with the least trees was 27% lower than in those with the most.", True),
    ("en", "The rate in the wards with the most trees was 27% lower than in those with the least.", "Compared with the wards with the least trees, the rate was 27% lower in those with the most.", False),
    ("en", "Rents rose in the urban districts, whereas they fell in the rural ones.", "Rents rose in the rural districts, whereas they fell in the urban ones.", True),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "expected"), CASES)
def test_nobody_stands_in_another_s_place(
    language: Language, evidence: str, text: str, expected: bool
) -> None:
    pair = beside(text, *evidence.split("//"), language=language)
    assert bool(exchanged(pair)) is expected


def test_the_reason_names_both_words() -> None:
    pair = beside("The crews were thanked by the owners.", "The crews thanked the owners.")
    assert reasons(exchange, pair) == ["has “crews” and “owners” in each other’s place"]
    assert "relations" in refused(pair)


THINGS = ["drains", "pumps", "wells", "ponds", "mills", "farms"]


@given(st.permutations(THINGS))
@settings(max_examples=40, deadline=None)
def test_a_list_may_be_told_in_any_order(things: list[str]) -> None:
    evidence = f"These are {', '.join(THINGS)}."
    assert exchanged(beside(f"These are {', '.join(things)}.", evidence)) is None


WHO = ["La ville", "Le refuge", "Le conseil"]
DOES = ["a ouvert", "a fermé", "a réduit"]
WHOM = ["les puits", "les visites", "les bassins"]


@given(
    st.permutations(WHO),
    st.permutations(DOES),
    st.permutations(WHOM),
    st.integers(0, 1),
    st.integers(0, 1),
)
@settings(max_examples=40, deadline=None)
def test_of_two_deeds_neither_is_the_other_s(
    who: list[str], does: list[str], whom: list[str], doer: int, deed: int
) -> None:
    clauses = [" ".join(words) for words in zip(who, does, whom, strict=True)][:2]
    evidence = f"{clauses[0]}, et {clauses[1][0].lower()}{clauses[1][1:]}."
    told = f"{who[doer]} {does[deed]} {whom[deed]}."
    assert (exchanged(beside(told, evidence, language="fr")) is None) is (doer == deed)


def test_two_words_for_the_researchers_are_not_exchanged() -> None:
    evidence = "Based on our data, we do not share the view that the virus plays a part."
    told = "Based on the researchers’ data, the researchers do not share the view that the virus plays a part."
    assert reasons(exchange, beside(told, evidence)) == []


@pytest.mark.parametrize(
    ("told", "evidence"),
    [
        ("1,157 tenants were counted in May.", "A total of 1,157 tenants were counted in May."),
        ("58.0% of men and 61.5% of women had asthma.", "58.0% of men (n=1449/2500) and 61.5% of women (n=2712/4409) had asthma."),
    ],
)  # fmt: skip
def test_what_only_counts_is_nobody_s_place(told: str, evidence: str) -> None:
    assert reasons(exchange, beside(told, evidence)) == []
