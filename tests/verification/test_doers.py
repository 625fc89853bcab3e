"""Who does what to whom stays the same, also where the words keep their order."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.doers import changed_role
from pipelines.verification.new_words import supported_words

CASES = [
    # language, evidence (quotes between "//"), text, who is in another's role
    ("en", "Visits were reduced by the shelter.", "The shelter reduced visits.", None),
    ("en", "Visits were reduced by the shelter.", "Visits reduced the shelter.", "shelter"),
    ("en", "Visits were reduced by the shelter.", "Visits were reduced.", None),
    ("en", "The crews thanked the owners.", "The owners were thanked by the crews.", None),
    ("en", "The crews thanked the owners.", "The crews were thanked by the owners.", "crew"),
    ("en", "The crews thanked the owners.//The owners thanked the crews.", "The crews thanked the owners.", None),
    ("en", "The crews thanked the owners.//The owners praised the nurses.", "The crews praised the nurses.", "crew"),
    ("en", "The crews thanked the owners.//The owners praised the nurses.", "The owners praised the nurses.", None),
    ("en", "The rents were high, and the wages were low.", "The rents were low.", "rent"),
    ("en", "The rents were high, and the wages were low.", "The wages were low.", None),
    # one who only undergoes something in the evidence may also be told alone
    ("en", "The city closed ponds.", "The ponds closed.", None),
    ("en", "The ponds froze, and the city closed the ponds.", "The ponds closed.", None),
    # a deed of which the evidence doesn't tell whose it is
    ("en", "The closing of ponds was blamed by the crews.", "The crews closed the ponds.", None),
    # an abbreviation's role is that of its long form's words
    ("en", "The crews built a GWT, and owners painted the low tower.//great water tower (GWT)", "The crews built a great water tower.", None),
    ("en", "The crews built a mill, and owners painted the low tower.//great water tower (GWT)", "The crews built the low tower.", "tower"),
    ("fr", "Les visites ont été réduites par le refuge.", "Le refuge a réduit les visites.", None),
    ("fr", "Les visites ont été réduites par le refuge.", "Les visites ont réduit le refuge.", "refuge"),
    ("fr", "Le refuge a réduit les visites.", "Le refuge a été réduit par les visites.", "refuge"),
    ("fr", "La ville a ouvert les puits, et les équipes ont fermé les pompes.", "La ville a fermé les pompes.", "ville"),
    ("fr", "La ville a ouvert les puits, et les équipes ont fermé les pompes.", "La ville a ouvert les pompes.", "pompe"),
    ("fr", "La ville a ouvert les puits, et les équipes ont fermé les pompes.", "Les équipes ont fermé les pompes.", None),
    # several do the same, or one does several things
    ("fr", "La ville et les équipes ont ouvert les puits, et les gens ont fermé les pompes.", "Les équipes ont ouvert les puits.", None),
    ("fr", "La ville et les équipes ont ouvert les puits, et les gens ont fermé les pompes.", "Les équipes ont fermé les pompes.", "équipe"),
    ("fr", "Les équipes ont ouvert les puits et fermé les pompes, et les gens ont aidé la ville.", "Les équipes ont fermé les pompes.", None),
    ("fr", "Les équipes ont ouvert les puits et fermé les pompes, et les gens ont aidé la ville.", "Les gens ont fermé les pompes.", "gens"),
    ("fr", "Les équipes ont ouvert les puits et les pompes, et les gens ont fermé les pompes.", "Les équipes ont ouvert les pompes.", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "expected"), CASES)
def test_everybody_keeps_their_role(
    language: Language, evidence: str, text: str, expected: str | None
) -> None:
    assert changed_role(beside(text, *evidence.split("//"), language=language)) == expected


def test_a_role_that_changed_is_an_order_turned_round() -> None:
    pair = beside("Visits reduced the shelter.", "Visits were reduced by the shelter.")
    assert reasons(supported_words, pair) == [
        "turns its evidence round at “shelter”; keep who does what in the source’s order"
    ]


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
    assert (changed_role(beside(told, evidence, language="fr")) is None) is (doer == deed)
