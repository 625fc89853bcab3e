"""Who did what to whom may be said in another order only where it stays the same."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, refused

from corpus.document import Language
from pipelines.verification.order import turned_round

SHELTER = "Visits to clinics were reduced by the new shelter in 2019."
WATER = "The council measured water consumption rates in the valley."
WELLS = "In spring, the old city slowly opened ponds at night."
MOVED = "In spring, the old city moved ponds from hills to valleys."
OWNERS = "Owners opened wells and crews closed pumps."

CASES = [
    # language, evidence (quotes between "//"), text, the word that changed its place
    ("en", "Wages in Milltown were higher than in Rivebelle.", "Wages in Rivebelle were higher than in Milltown.", "higher"),
    ("en", OWNERS, OWNERS, None),
    # a passive turned, also with what stands between
    ("en", SHELTER, "The new shelter reduced visits to clinics in 2019.", None),
    ("en", SHELTER, "In 2019 the new shelter reduced visits to clinics.", None),
    ("en", SHELTER, "Clinics reduced visits to the new shelter in 2019.", "visit"),
    ("fr", "Les visites ont été réduites par le refuge.", "Le refuge a réduit les visites.", None),
    # strings of nouns opened
    ("en", WATER, "The council measured rates of water consumption in the valley.", None),
    ("en", WATER, "The council measured consumption rates of water in the valley.", "water"),
    # both at once are one too many, either is allowed
    ("en", "Water consumption rates were lowered by the council.", "The council lowered water consumption rates.", None),
    ("en", "Water consumption rates were lowered by the council.", "Rates of water consumption were lowered by the council.", None),
    # two strings, together or one of them
    ("en", "Crop rates and pond levels fell.", "Rates of crops and levels of ponds fell.", None),
    ("en", "Crop rates and pond levels fell.", "Crop rates and levels of ponds fell.", None),
    ("en", "Crop rates and pond levels fell.", "Rates of ponds and levels of crops fell.", "crop"),
    # one piece moved as a whole
    ("en", "In 14 cities, rents fell by 3 points.", "Rents fell by 3 points in 14 cities.", None),
    ("en", OWNERS, "Crews closed pumps and owners opened wells.", None),
    ("en", OWNERS, "Crews opened wells and owners closed pumps.", "open"),
    ("en", OWNERS, "Owners opened pumps and crews closed wells.", "crew"),
    # circumstances of the whole stand anywhere, directions don't
    ("en", WELLS, "At night, the old city opened ponds slowly in spring.", None),
    ("en", WELLS, "At night, ponds slowly opened the old city in spring.", "pond"),
    ("en", MOVED, "In spring, the old city moved ponds to valleys from hills.", "hill"),
    ("en", MOVED, "From hills, the old city moved ponds to valleys in spring.", "old"),
    ("fr", "En mai, la ville a ouvert des bassins à Lévis.", "La ville a ouvert en mai des bassins à Lévis.", None),
    ("fr", "Les loyers de Lévis dépassent ceux de Gatineau.", "Les loyers de Gatineau dépassent ceux de Lévis.", "dépasser"),
    # numbers have their places too
    ("en", "The city cleaned 12 ponds and 9 wells.", "The city cleaned 9 ponds and 12 wells.", "pond"),
    ("en", "The city cleaned twelve ponds and nine wells.", "The city cleaned nine ponds and twelve wells.", "pond"),
    # a word in another's place may ask for another order
    ("en", "The project requires five wells.", "Five wells are needed for the project.", None),
    # each sentence by itself
    ("en", "Owners who live near mills opened wells while crews closed pumps.", "Crews closed pumps. Owners opened wells. They live near mills.", None),
    ("en", "Owners who live near mills opened wells while crews closed pumps.", "Owners live near mills. Pumps closed crews while owners opened wells.", "close"),
    # what the evidence has more often than the text has no one place
    ("en", "Crews cleaned wells, owners cleaned pumps and crews cleaned ponds.", "Owners cleaned pumps and crews cleaned wells.", None),
    # each quote by itself; what stands in several has no place
    ("en", "The council praised crews.//Owners thanked nurses.", "Owners thanked nurses. The council praised crews.", None),
    ("en", "The council praised young crews.//Owners thanked nurses.", "Young crews praised the council.", "praise"),
    ("en", "Owners thanked nurses.//The council praised young crews.", "Young crews praised the council.", "praise"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "expected"), CASES)
def test_the_order_of_the_evidence_counts(
    language: Language, evidence: str, text: str, expected: str | None
) -> None:
    assert turned_round(beside(text, *evidence.split("//"), language=language)) == expected


def test_a_free_paraphrase_has_an_order_of_its_own() -> None:
    close = "Crews opened wells and owners closed pumps."
    free = "In the towns that were asked to save water, crews opened wells and owners closed pumps."
    assert "supported_words" in refused(beside(close, OWNERS))
    assert "turns" not in " ".join(refused(beside(free, OWNERS)))


THINGS = ["drains", "pumps", "wells", "ponds", "mills", "farms"]


@given(st.permutations(THINGS), st.integers(0, len(THINGS)))
@settings(max_examples=40, deadline=None)
def test_only_a_piece_moved_as_a_whole_passes(things: list[str], cut: int) -> None:
    """A list told from any of its words on, and round to the ones before, is in order."""
    evidence = f"These are {', '.join(THINGS)}."
    turned = [*THINGS[cut:], *THINGS[:cut]]
    assert turned_round(beside(f"These are {', '.join(turned)}.", evidence)) is None
    whole = [THINGS[n:] + THINGS[:n] for n in range(len(THINGS))]
    moved = turned_round(beside(f"These are {', '.join(things)}.", evidence))
    assert (moved is None) is (things in whole)
