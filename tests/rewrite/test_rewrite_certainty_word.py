"""A causal bottom line is worded no more firmly than its kind of study allows."""

# ruff: noqa: E501 (tables of sentences)

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


#: What it becomes at moderate, low and very low certainty.
WORDED: list[tuple[Language, str, str, str, str]] = [
    ("en", "DNA loss reduces crashes.", "DNA loss probably reduces crashes.",
     "DNA loss may reduce crashes.", "It is uncertain whether DNA loss reduces crashes."),
    ("en", "The increase caused crashes.", "The increase probably caused crashes.",
     "The increase may have caused crashes.", "It is uncertain whether the increase caused crashes."),
    # two auxiliaries
    ("en", "Night buses have been reducing crashes.", "Night buses have probably been reducing crashes.",
     "Night buses may have been reducing crashes.",
     "It is uncertain whether night buses have been reducing crashes."),
    # a second verb that shares the subject, or has its own, or an auxiliary
    ("fr", "Le bus réduit le bruit et améliore la vie.", "Le bus réduit probablement le bruit et améliore la vie.",
     "Le bus pourrait réduire le bruit et améliorer la vie.",
     "Il reste à savoir si le bus réduit le bruit et améliore la vie."),
    ("fr", "Le bus réduit le bruit et le train améliore la vie.",
     "Le bus réduit probablement le bruit et le train améliore la vie.",
     "Le bus pourrait réduire le bruit et le train améliore la vie.",
     "Il reste à savoir si le bus réduit le bruit et le train améliore la vie."),
    ("fr", "Le bus réduit le bruit et a amélioré la vie.",
     "Le bus réduit probablement le bruit et a amélioré la vie.",
     "Le bus réduit le bruit et a amélioré la vie.",
     "Il reste à savoir si le bus réduit le bruit et a amélioré la vie."),
    # a pronoun before the verb would have to move
    ("fr", "Le programme leur a évité des collisions.", "Le programme leur a probablement évité des collisions.",
     "Le programme leur a évité des collisions.",
     "Il reste à savoir si le programme leur a évité des collisions."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "moderate", "low", "very_low"), WORDED)
def test_each_level_has_its_word(
    language: Language, text: str, moderate: str, low: str, very_low: str
) -> None:
    levels: list[Certainty] = ["moderate", "low", "very_low"]
    assert [certainty_word(text, language, level) for level in levels] == [moderate, low, very_low]
    assert certainty_word(text, language, "high") == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # not the main verb, no subject, no finite verb, two sentences
        ("en", "We found that night buses reduce crashes."),
        ("en", "The town runs buses that reduce crashes."),
        ("en", "To reduce crashes, the town runs buses."),
        ("en", "Reduce crashes."),
        ("en", "Night buses reducing crashes."),
        ("en", "Night buses reduce crashes. They run late."),
        ("en", "They run late. Night buses reduce crashes."),
        # an ability
        ("en", "Night buses can reduce crashes."),
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
