"""A sentence claims no more than its evidence, and its label no more than that."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons, refused

from corpus.document import Language
from pipelines.brief import STRENGTHS, Strength
from pipelines.verification.claimed import claim_strength


def said_of(
    text: str, *quotes: str, language: Language = "en", label: Strength = "none"
) -> list[str]:
    return reasons(claim_strength, beside(text, *quotes, language=language, label=label))


def claims(said: Strength, known: Strength) -> list[str]:
    return [f"claims more ({said}) than its evidence ({known})"]


def given_cause(words: str) -> list[str]:
    return [f"gives a cause with “{words}”, but its evidence claims none"]


#: The same finding on each of the four levels.
LEVELS: dict[Language, dict[Strength, str]] = {
    "en": {
        "none": "Floods and ponds were counted.",
        "correlational": "Ponds were associated with fewer floods.",
        "conditional": "Ponds may reduce floods.",
        "causal": "Ponds reduce floods.",
    },
    "fr": {
        "none": "Les crues et les bassins ont été comptés.",
        "correlational": "Les bassins étaient associés à moins de crues.",
        "conditional": "Les bassins pourraient réduire les crues.",
        "causal": "Les bassins réduisent les crues.",
    },
}


@pytest.mark.parametrize("language", LEVELS)
@pytest.mark.parametrize(("said", "known"), product(STRENGTHS, STRENGTHS))
def test_each_level_rests_on_itself_or_a_higher_one(
    language: Language, said: Strength, known: Strength
) -> None:
    levels = LEVELS[language]
    higher = STRENGTHS.index(said) > STRENGTHS.index(known)
    found = said_of(levels[said], levels[known], language=language)
    assert found == (claims(said, known) if higher else [])


@pytest.mark.parametrize(("label", "known"), product(STRENGTHS, STRENGTHS))
def test_a_label_is_no_higher_than_the_evidence(label: Strength, known: Strength) -> None:
    text = LEVELS["en"][known]
    higher = STRENGTHS.index(label) > STRENGTHS.index(known)
    expected = [f"is labelled {label}, but its evidence is {known}"] if higher else []
    assert said_of(text, text, label=label) == expected


def test_the_strongest_of_several_quotes_counts() -> None:
    weak, strong = LEVELS["en"]["correlational"], LEVELS["en"]["causal"]
    for quotes in ((weak, strong), (strong, weak)):
        assert said_of(strong, *quotes, label="causal") == []
    assert said_of(strong, weak, weak) == claims("causal", "correlational")


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        # what asks for research beside a claim doesn't cover it
        ("More studies are needed on whether ponds reduce floods.", "Ponds reduce floods. More studies are needed.", claims("causal", "none")),
        ("Ponds reduce floods.", "Ponds reduce floods. More studies are needed.", []),
        ("Ponds were associated with fewer floods. More studies are needed.", "More studies are needed on ponds that reduce floods.", claims("causal", "correlational")),
        # what is aimed at or asked for claims nothing
        ("To reduce floods, the city built ponds.", "Ponds reduce floods.", claims("causal", "none")),
        ("The council recommends ponds that reduce floods.", "Ponds reduce floods.", claims("causal", "none")),
    ],
)  # fmt: skip
def test_no_words_beside_a_claim_cover_it(evidence: str, text: str, expected: list[str]) -> None:
    assert said_of(text, evidence) == expected


# -- causes in passing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "evidence", "text", "expected"),
    [
        ("en", "Ponds were linked to fewer floods.", "There were fewer floods thanks to ponds.", given_cause("thanks to")),
        ("en", "Ponds were linked to fewer floods.", "Owing to ponds there were fewer floods.", given_cause("owing to")),
        ("en", "Ponds may reduce floods.", "Floods may be fewer thanks to ponds.", []),
        ("en", "Ponds reduce floods.", "Floods are fewer thanks to ponds.", []),
        ("en", "Few floods were seen thanks to ponds.", "Few floods were seen thanks to ponds.", []),
        ("en", "Few floods were seen because of ponds.", "Few floods were seen due to ponds.", []),
        ("fr", "Les bassins étaient associés à moins de crues.", "Moins de crues sont survenues grâce aux bassins.", given_cause("grâce aux")),
        ("fr", "Les bassins réduisent les crues.", "Moins de crues surviennent grâce aux bassins.", []),
    ],
)  # fmt: skip
def test_a_cause_in_passing_needs_a_cause_in_the_evidence(
    language: Language, evidence: str, text: str, expected: list[str]
) -> None:
    found = said_of(text, evidence, language=language)
    assert [reason for reason in found if reason.startswith("gives")] == expected


# -- verbs of mechanism, in a free paraphrase ----------------------------------------------------

FREE = "What makes rings grow in these animals is one substance: the hormone causes growth, a team says."


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("In snails, dawn growth that is induced by a hormone was filmed from left shells.", []),
        ("In snails a hormone may induce growth at dawn, by films of left shells.", claims("causal", "conditional")),
        ("In snails, dawn growth that goes with a hormone was filmed from left shells.", claims("causal", "none")),
    ],
)  # fmt: skip
def test_a_free_paraphrase_may_make_a_verb_of_mechanism_its_main_verb(
    evidence: str, expected: list[str]
) -> None:
    assert said_of(FREE, evidence) == expected


def test_of_two_quotes_the_one_without_a_hedge_tells_the_mechanism() -> None:
    sure = "Films of left shells regulated at dawn were shown in the hall."
    doubtful = "In snails a hormone may induce growth at dawn, by films of left shells."
    assert said_of(FREE, doubtful) == claims("causal", "conditional")
    assert said_of(FREE, sure, label="causal") == []
    assert said_of(FREE, sure, doubtful) == said_of(FREE, doubtful, sure) != []
    assert said_of(FREE, "Films of snails were made.", label="causal")[-1:] == [
        "is labelled causal, but its evidence is none"
    ]


# -- what the parser doesn't see -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "text", "expected"),
    [
        ("Ponds (improving flow) were built.", "Ponds were improving flow.", []),
        ("PONDS (IMPROVING FLOW) WERE BUILT.", "Ponds were improving flow.", []),
        ("Ponds (watching flow) were built.", "Ponds were improving flow.", claims("causal", "none")),
        ("Ponds (improving flow) need work.", "Ponds were improving flow.", claims("causal", "none")),
        ("Ponds (improving flow) were not built.", "Ponds were improving flow.", claims("causal", "none")),
        ("Ponds (improving flow) were probably built.", "Ponds were improving flow.", claims("causal", "none")),
    ],
)  # fmt: skip
def test_the_very_words_of_a_quote_without_a_found_claim_may_stand(
    evidence: str, text: str, expected: list[str]
) -> None:
    assert said_of(text, evidence) == expected


def test_words_are_not_compared_across_languages() -> None:
    pair = beside(LEVELS["fr"]["causal"], LEVELS["en"]["none"], told_in="fr", label="causal")
    assert reasons(claim_strength, pair) == []


# -- laws ----------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(STRENGTHS), min_size=1, max_size=3), st.sampled_from(STRENGTHS))
@settings(max_examples=30, deadline=None)
def test_only_the_strongest_sentence_of_the_evidence_matters(
    levels: list[Strength], said: Strength
) -> None:
    quotes = tuple(LEVELS["en"][level] for level in dict.fromkeys(levels))
    found = refused(beside(LEVELS["en"][said], *quotes))
    higher = STRENGTHS.index(said) > max(map(STRENGTHS.index, levels))
    assert ("strength" in found) is higher
