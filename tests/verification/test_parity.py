"""A translation denies, hedges, claims and places as its segment does, as far as lists can tell."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from dataclasses import replace

import pytest
from pairs import beside, reasons

from corpus.document import Language
from pipelines.verification.parity import (
    translated_hedges,
    translated_negation,
    translated_places,
    translated_strength,
)


def denial_lost(word: str) -> list[str]:
    return [f"its translation leaves out “{word}”"]


def denial_added(word: str) -> list[str]:
    return [f"its translation denies with “{word}”, which the segment doesn’t"]


def caution_lost(word: str) -> list[str]:
    return [f"its translation leaves out the caution “{word}”"]


def claims(known: str) -> list[str]:
    return [f"its translation claims more (causal) than the segment ({known})"]


def place_added(word: str) -> list[str]:
    return [f"its translation names the place “{word}”, which the segment doesn’t"]


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Rents did not fall.", "Les loyers n’ont pas baissé.", []),
        ("Rents fell.", "Les loyers ont baissé.", []),
        ("Rents did not fall.", "Les loyers ont baissé.", denial_lost("not")),
        ("Rents fell.", "Les loyers n’ont pas baissé.", denial_added("pas")),
        # a word of lacking denies as well
        ("Rents never rose without cause.", "Les loyers ont rarement augmenté.", []),
        ("The rule prevented floods.", "Avec la règle, il n’y a pas eu de crues.", []),
        ("The rule allowed floods.", "Avec la règle, il n’y a pas eu de crues.", denial_added("pas")),
    ],
)  # fmt: skip
def test_one_language_denies_where_the_other_does(
    text: str, translation: str, expected: list[str]
) -> None:
    assert reasons(translated_negation, beside(text, text, translation=translation)) == expected


@pytest.mark.parametrize(
    ("language", "text", "translation", "expected"),
    [
        ("en", "Rents may fall.", "Les loyers baissent.", caution_lost("may")),
        ("en", "Rents fall.", "Les loyers baissent.", []),
        ("en", "Rents may fall.", "Les loyers baisseront peut-être.", []),  # a word of caution
        ("en", "Rents may fall.", "Il est possible que les loyers baissent.", []),  # or of what may be
        ("en", "Perhaps rents seem to fall.", "Les loyers baissent.", caution_lost("perhaps")),
        ("fr", "Les loyers semblent baisser.", "Rents fall.", caution_lost("semblent")),
        ("fr", "Les loyers semblent baisser.", "Rents seem to fall.", []),
        ("fr", "Les loyers pourraient baisser.", "Rents are able to fall.", []),
    ],
)  # fmt: skip
def test_what_is_in_doubt_stays_in_doubt(
    language: Language, text: str, translation: str, expected: list[str]
) -> None:
    pair = beside(text, text, language=language, translation=translation)
    assert reasons(translated_hedges, pair) == expected


LINKED = "Shade was associated with fewer falls."


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        (LINKED, "L’ombre était associée à moins de chutes.", []),
        (LINKED, "L’ombre a réduit les chutes.", claims("correlational")),
        ("Shade may reduce falls.", "L’ombre réduit les chutes.", []),  # whose caution is lost
        ("Shade reduced falls.", "L’ombre a réduit les chutes.", []),
        ("We counted the falls.", "L’ombre a réduit les chutes.", []),  # which the reviewer judges
        # nothing is claimed by what is denied or left open, nor by an amount of change
        (LINKED, "On ne peut établir que l’ombre a réduit les chutes.", []),
        (LINKED, "L’ombre était associée aux chutes, qui ont diminué de 12.", []),
        # each sentence by itself
        (LINKED, "L’ombre était associée à cela. L’ombre a réduit les chutes.", claims("correlational")),
    ],
)  # fmt: skip
def test_no_link_becomes_a_cause(text: str, translation: str, expected: list[str]) -> None:
    assert reasons(translated_strength, beside(text, text, translation=translation)) == expected


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Rents fell in Quebec City.", "Les loyers ont baissé à Québec.", []),
        ("Rents fell in British Columbia.", "Les loyers ont baissé en Colombie-Britannique.", []),
        ("Rents fell in British Columbia.", "Les loyers ont baissé en Nouvelle-Écosse.", place_added("Nouvelle-Écosse")),
        ("Rents fell.", "Les loyers ont baissé en Nouvelle-Écosse.", place_added("Nouvelle-Écosse")),
        ("Rents fell in Halifax.", "Les loyers ont baissé.", []),  # what is left out isn't swapped
    ],
)  # fmt: skip
def test_no_place_is_added(text: str, translation: str, expected: list[str]) -> None:
    assert reasons(translated_places, beside(text, text, translation=translation)) == expected


@pytest.mark.parametrize("origin", ["template", "source"])
def test_fixed_text_and_what_stays_the_same_is_no_translation(origin: str) -> None:
    text = "Rents were associated with no risk of hunger, and may not fall."
    told = "Les loyers en Ontario ont réduit la faim."
    pair = beside(text, text, translation=told)
    rules = (translated_negation, translated_hedges, translated_strength, translated_places)
    assert [len(reasons(rule, pair)) for rule in rules] == [1, 1, 1, 1]
    target = replace(pair.segment.target, origin=origin)
    made = replace(pair, segment=replace(pair.segment, target=target))
    assert [reasons(rule, made) for rule in rules] == [[], [], [], []]
    without = beside(text, text)
    assert [reasons(rule, without) for rule in rules] == [[], [], [], []]
