"""Which words are the same: forms and spellings of one word, and its family; nothing else."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import LANGUAGES, Language
from pipelines.language.lexicon import rows
from pipelines.language.words import base, same_family

LISTED = [
    (word, language)
    for language in LANGUAGES
    for name in ("families", "variants", "swaps")
    for _, cells in rows(name, language)
    for word in cells
]
LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèêàçôûïœ'-", min_size=1, max_size=14)
ENDINGS = st.sampled_from(
    ["", "s", "es", "ed", "ing", "ies", "ied", "e", "ées", "aient", "ons", "ant", "aux", "erait"]
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Women", "woman"),
        ("used", "use"),
        ("stopped", "stop"),
        ("filed", "file"),
        ("filled", "fill"),
        ("studies", "study"),
        ("data", "data"),
        ("criteria", "criterion"),
        ("analyzed", "analyse"),
        ("modelling", "model"),
        ("older", "older"),
        ("worse", "worse"),
        ("least", "least"),
    ],
)
def test_english_words_have_one_form_and_spelling(word: str, expected: str) -> None:
    assert base(word, "en") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("mesurées", "mesurer"),
        ("réduites", "réduire"),
        ("élevées", "élevé"),
        ("citoyennes", "citoyen"),
        ("travaux", "travail"),
        ("actives", "actif"),
        ("connaitre", "connaître"),
        ("pourrait", "pouvoir"),
        ("meilleures", "meilleur"),
    ],
)
def test_french_words_have_one_form_and_spelling(word: str, expected: str) -> None:
    assert base(word, "fr") == expected


@pytest.mark.parametrize(
    ("one", "two", "language"),
    [
        ("international", "internal", "en"),
        ("organic", "organ", "en"),
        ("policy", "police", "en"),
        ("policies", "police", "en"),
        ("older", "old", "en"),
        ("politiques", "polices", "fr"),
    ],
)
def test_derived_and_lookalike_words_stay_apart(one: str, two: str, language: Language) -> None:
    assert base(one, language) != base(two, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_swap_becomes_one_family(language: Language) -> None:
    pairs = [cells for _, cells in rows("swaps", language)]
    assert [pair for pair in pairs if same_family(pair[0], pair[1], language)] == []


def test_forms_of_a_participle_and_of_its_verb_are_one_family() -> None:
    for form in ("mesurée", "mesurées", "mesuré", "mesurent", "mesuraient"):
        assert same_family(form, "mesurer", "fr"), form


def test_a_dictionary_form_of_our_lists_is_its_own() -> None:
    again = [(w, lang) for w, lang in LISTED if base(base(w, lang), lang) != base(w, lang)]
    assert again == []


@given(st.one_of(LETTERS, st.builds("{}{}".format, LETTERS, ENDINGS)), st.sampled_from(LANGUAGES))
def test_the_base_of_a_base_is_itself(word: str, language: Language) -> None:
    assert base(base(word, language), language) == base(word, language)


def test_nothing_is_unpickled_for_it() -> None:
    base("studies", "en")
    assert "simplemma" not in sys.modules
