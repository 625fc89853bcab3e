"""A causal bottom line is worded no more firmly than its kind of study allows."""

import pytest

from corpus.document import Language
from pipelines.brief import STRENGTHS, Certainty
from pipelines.claims.strength import strength
from pipelines.rewrite.certainty_word import certainty_word

EN = "Night buses reduce crashes among young drivers."
FR = "Le programme a réduit les collisions de 12 %."


@pytest.mark.parametrize(
    ("language", "text", "level", "worded"),
    [
        ("en", EN, "high", EN),
        ("en", EN, "moderate", "Night buses probably reduce crashes among young drivers."),
        ("en", EN, "low", "Night buses may reduce crashes among young drivers."),
        ("en", EN, "very_low",
         "It is uncertain whether night buses reduce crashes among young drivers."),
        ("en", "Crashes were reduced by the program.", "low",
         "Crashes may have been reduced by the program."),
        ("fr", FR, "moderate", "Le programme a probablement réduit les collisions de 12 %."),
        ("fr", FR, "low", "Le programme pourrait avoir réduit les collisions de 12 %."),
        ("fr", FR, "very_low",
         "Il reste à savoir si le programme a réduit les collisions de 12 %."),
    ],
)  # fmt: skip
def test_the_word_follows_the_level(
    language: Language, text: str, level: Certainty, worded: str
) -> None:
    assert certainty_word(text, language, level) == worded


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Night buses may reduce crashes among young drivers."),
        ("en", "Night buses did not reduce crashes."),
        ("en", "Use of night buses was associated with fewer crashes."),
        ("en", "The town has 40 night buses."),
        ("fr", "Le programme pourrait réduire les collisions."),
        ("fr", "Le programme n’a pas réduit les collisions."),
        ("fr", "La ville compte 40 autobus de nuit."),
    ],
)
@pytest.mark.parametrize("level", ["moderate", "low", "very_low"])
def test_only_an_unhedged_claim_of_cause_is_touched(
    language: Language, text: str, level: Certainty
) -> None:
    assert certainty_word(text, language, level) == text


def test_an_unrated_study_adds_nothing() -> None:
    assert certainty_word(EN, "en", None) == EN


@pytest.mark.parametrize("level", ["moderate", "low", "very_low"])
@pytest.mark.parametrize(("language", "text"), [("en", EN), ("fr", FR)])
def test_the_claim_gets_weaker(language: Language, text: str, level: Certainty) -> None:
    before, after = (
        STRENGTHS.index(strength(wording, language))
        for wording in (text, certainty_word(text, language, level))
    )
    assert after < before


def test_a_made_up_infinitive_is_not_used() -> None:
    text = "Les autobus de nuit réduisent les collisions."
    assert "réduiser" not in certainty_word(text, "fr", "low")
