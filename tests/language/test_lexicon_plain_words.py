"""The plain-word lists are whole: nothing twice, plain really plainer, nothing made stronger."""

from __future__ import annotations

import pytest
from wordfreq import zipf_frequency

from corpus.document import Language
from pipelines.language.inflection import forms
from pipelines.language.lexicon import entries
from pipelines.language.wordlists import hidden_verbs, plain_words, rows

LANGUAGES: tuple[Language, ...] = ("en", "fr")
#: How much more frequent a plain word is, on the Zipf scale (powers of ten).
GAIN = 0.3
both = pytest.mark.parametrize("language", LANGUAGES)


@both
def test_a_list_is_long_and_says_nothing_twice(language: Language) -> None:
    entries = plain_words(language)
    keys = [(entry.hard, entry.pos, entry.guards) for entry in entries]
    assert len(keys) == len(set(keys)) >= 450
    nouns = [(entry.noun, entry.light, entry.prepositions) for entry in hidden_verbs(language)]
    assert len(nouns) == len(set(nouns)) >= 80


@both
def test_a_plain_word_is_more_frequent_than_the_hard_one(language: Language) -> None:
    rare = [
        (entry.hard, entry.plain)
        for entry in plain_words(language)
        if entry.hard.isalpha() and entry.plain.isalpha()
        if zipf_frequency(entry.plain, language) < zipf_frequency(entry.hard, language) + GAIN
    ]
    assert rare == []


@both
def test_no_plain_word_is_itself_a_hard_one(language: Language) -> None:
    hard = {(entry.hard, entry.pos) for entry in plain_words(language)}
    again = [entry for entry in plain_words(language) if (entry.plain, entry.pos) in hard]
    assert [(entry.hard, entry.plain) for entry in again] == []


def words_of(language: Language, part: str) -> set[str]:
    """The single words by which a sentence claims a cause, or takes a claim back."""
    lists = entries("strength", language)[part].values()
    return {word for words in lists if isinstance(words, list) for word in words}


#: Pairs that claim the same, though strength.toml knows only the plain word; read one by one.
SAME_CLAIM: dict[Language, set[str]] = {
    "en": {
        "amend", "assist", "cease", "deleterious", "discontinue", "expedite", "hazardous",
        "injurious", "lessen", "perilous", "rehabilitate", "subsidise", "subsidize",
    },
    "fr": set(),
}  # fmt: skip


@both
def test_no_word_is_mapped_to_a_stronger_one(language: Language) -> None:
    causal = entries("strength", language)["cause"]
    strong = {"VERB": causal["verbs"], "NOUN": causal["nouns"], "ADJ": causal["adjectives"]}
    stronger = [
        (entry.hard, entry.plain)
        for entry in plain_words(language)
        if entry.plain.split()[0] in strong.get(entry.pos, ())
        and entry.hard.split()[0] not in strong[entry.pos]
        and entry.hard not in SAME_CLAIM[language]
    ]
    assert stronger == []


@both
def test_no_hedge_or_negation_is_lost(language: Language) -> None:
    cautions = words_of(language, "conditional") | words_of(language, "denial")
    lost = [
        (entry.hard, entry.plain)
        for entry in plain_words(language)
        if set(entry.hard.split()) & cautions and not set(entry.plain.split()) & cautions
    ]
    assert lost == []


def test_every_french_word_has_its_forms_and_every_plain_noun_its_gender() -> None:
    genders = {row[0]: row[1] for row in rows("noun_gender", "fr", 2)}
    for entry in plain_words("fr"):
        for word in (entry.hard, entry.plain):
            assert forms(word.split()[0], entry.pos, "fr")
        if entry.pos == "NOUN":
            assert genders[entry.plain.split()[0]] in ("Masc", "Fem")
    for hidden in hidden_verbs("fr"):
        for verb in (hidden.verb, *hidden.light):
            assert forms(verb.split()[0], "VERB", "fr")


def test_french_is_written_with_typographic_apostrophes() -> None:
    assert [entry.hard for entry in plain_words("fr") if "'" in entry.hard + entry.plain] == []
