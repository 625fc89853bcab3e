"""Lemmas: inflection undone, derivation left alone, and the artefact as it was sealed."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.document import LANGUAGES, Language
from corpus.errors import ModelMissingError
from models.artefacts import WEIGHTS
from models.lemmas import Lemmas, lemma, load, read, written
from models.training.fit_lemmas import change, first_group, listed, mute, regular, settled

FOLDER = WEIGHTS / "lemmas"


@pytest.mark.parametrize(
    ("form", "language", "expected"),
    [
        ("women", "en", "woman"),
        ("studies", "en", "study"),
        ("filed", "en", "file"),
        ("filled", "en", "fill"),
        ("planned", "en", "plan"),
        ("went", "en", "go"),
        ("sont", "fr", "être"),
        ("travaux", "fr", "travail"),
        ("internationales", "fr", "international"),
        ("appellent", "fr", "appeler"),
        ("protègent", "fr", "protéger"),
    ],
)
def test_inflection_is_undone(form: str, language: Language, expected: str) -> None:
    assert lemma(form, language) == expected


@pytest.mark.parametrize("form", ["older", "worse", "better", "less", "least", "more", "higher"])
def test_what_compares_stays_itself(form: str) -> None:
    assert lemma(form, "en") == form


@pytest.mark.parametrize(("word", "language"), [("policy", "en"), ("xqzvw", "en"), ("xqzvw", "fr")])
def test_a_word_without_a_sure_rule_stays(word: str, language: Language) -> None:
    assert lemma(word, language) == word


def test_a_form_that_was_never_met_ends_like_others_and_makes_a_known_word() -> None:
    toy = Lemmas({}, {"ed": {("ed", ""): 6.0, ("d", ""): 4.0}})
    assert toy.step("blicked", {"blicke"}) == "blicke"
    assert toy.step("blicked", {"blick"}) == "blick"


def test_a_form_of_another_word_is_no_lemma() -> None:
    toy = Lemmas({"found": "find", "find": "find"}, {"ed": {("ed", ""): 100.0}})
    assert toy.step("founded") == "founded"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lemma_is_its_own(language: Language) -> None:
    forms = load(language).forms
    assert [own for own in set(forms.values()) if forms[own] != own] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_reads_back(language: Language) -> None:
    assert read(written(load(language))) == load(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_stands_under_two_words_of_our_lists(language: Language) -> None:
    under: dict[str, set[str]] = {}
    for own, *forms in listed(f"own.{language}.txt"):
        for form in (own, *forms):
            under.setdefault(form, set()).add(own)
    assert {form: words for form, words in under.items() if len(words) > 1} == {}


def test_the_artefact_is_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= 500_000


def test_a_missing_artefact_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.artefacts.WEIGHTS", tmp_path)
    load.cache_clear()
    try:
        with pytest.raises(ModelMissingError, match="lemmas"):
            lemma("studies", "en")
    finally:
        load.cache_clear()


def test_a_form_is_a_lemma_where_its_own_forms_say_so() -> None:
    counts = {"règle": Counter({"régler": 2, "règle": 1}), "règles": Counter({"règle": 2})}
    assert settled(counts)["règle"] == "règle"


@pytest.mark.parametrize(
    ("form", "own", "expected"),
    [
        ("studies", "study", ("ies", "y")),
        ("used", "use", ("d", "")),
        ("porte", "porter", ("", "r")),
    ],
)
def test_a_change_is_what_goes_and_what_comes(
    form: str, own: str, expected: tuple[str, str]
) -> None:
    assert change(form, own) == expected


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("appel", "appell"),
        ("achet", "achèt"),
        ("protég", "protèg"),
        ("envoy", "envoi"),
        ("port", "port"),
    ],
)
def test_a_french_stem_changes_before_a_mute_e(stem: str, expected: str) -> None:
    assert mute(stem) == expected


def test_regular_verbs_are_conjugated() -> None:
    assert regular("plan") == {"planned", "planning"}
    assert regular("study") == {"studied", "studying"}
    assert {"mangeons", "mangera", "mangées"} <= first_group("manger")
