"""The lexicon is whole: both languages, nothing twice, every cue a pattern that compiles."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.document import LANGUAGES
from pipelines.language.lexicon import entries, pairs, table

FOLDER = Path(__file__).resolve().parents[2] / "pipelines" / "language"
#: French has no strings of nouns to unpack.
ENGLISH_ONLY = {"noun_strings"}
#: Files of either language, so that one without the other is found.
BY_LANGUAGE = sorted(
    {path.stem for language in LANGUAGES for path in FOLDER.glob(f"{language}/*.toml")}
    - ENGLISH_ONLY
)
#: Entries whose own keys are words of their language, or numbers that it has words for, which the
#: other needn't have.
KEYED_BY_WORDS = {
    "faults/units",
    "granted/persons",
    "granted/shares",
    "granted/symbols",
    "rewrite/named_results",
    "split/effects",
    "split/interpret",
    "split/joining",
    "split/openings",
    "split/reasons",
}


def keys(value: Any, path: str) -> set[str]:
    """The paths of every entry below a table; tables in a list are told by their number.

    Without the lists that cues name: how many a language needs is its own business.
    """
    if path.endswith("/lists"):
        return set()
    if isinstance(value, dict) and path not in KEYED_BY_WORDS:
        return {name for key, item in value.items() for name in keys(item, f"{path}/{key}")}
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return {name for n, item in enumerate(value) for name in keys(item, f"{path}/{n}")}
    return {path}


def paired(value: list[Any]) -> list[tuple[str, str]]:
    """A list of two-word lists of ``faults.toml``: cue and what takes its place."""
    return [(cue, instead) for cue, instead in value]


def lists(value: Any, name: str) -> list[list[str]]:
    """Every list of cues below a value of the file ``name``.

    Lists in a list are pairs in ``faults.toml``, whose first words are its cues; elsewhere they
    are groups, and a group is named by its words, to be found where it stands twice.
    """
    if isinstance(value, dict):
        return [found for item in value.values() for found in lists(item, name)]
    if not isinstance(value, list):
        return []
    if not value or isinstance(value[0], str):
        return [value]
    if isinstance(value[0], list) and name in ("faults", "planted"):
        return [[pair[0] for pair in value]]
    below = [found for item in value for found in lists(item, name)]
    return [*below, ["|".join(sorted(group)) for group in value if isinstance(group, list)]]


@pytest.mark.parametrize("name", BY_LANGUAGE)
def test_both_languages_have_the_same_entries(name: str) -> None:
    # English "us", "our study" and its own steps; French « nos résultats », « ne » alone
    own = {
        "rewrite/us_after", "rewrite/own_study", "rewrite/own_results", "rewrite/other_studies",
        "asides/reporting_people", "split/there_can_be", "split/uncounted", "split/alike",
        "split/renames", "rewrite/research_nouns", "direction/lone_denials",
    }  # fmt: skip
    assert keys(entries(name, "en"), name) - own == keys(entries(name, "fr"), name) - own


def every_list(name: str) -> Iterator[list[str]]:
    for language in LANGUAGES if name not in ENGLISH_ONLY else ("en",):
        yield from lists(entries(name, language), name)


@pytest.mark.parametrize("name", [*BY_LANGUAGE, *ENGLISH_ONLY])
def test_no_cue_stands_twice_in_its_list(name: str) -> None:
    for cues in every_list(name):
        assert len(cues) == len(set(cues)), sorted(cue for cue in cues if cues.count(cue) > 1)


@pytest.mark.parametrize("name", [*BY_LANGUAGE, *ENGLISH_ONLY])
def test_every_cue_compiles(name: str) -> None:
    for cues in every_list(name):
        re.compile("|".join(cues))
        for cue in cues:
            re.compile(cue)


def strings(value: Any) -> Iterator[str]:
    """Every string below a value."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", [*BY_LANGUAGE, *ENGLISH_ONLY])
def test_no_cue_is_too_long_to_be_read_aloud(name: str) -> None:
    for language in LANGUAGES if name not in ENGLISH_ONLY else ("en",):
        told = entries(name, language)
        prompts = [told.get("system"), told.get("translate")]  # what a writer is told, and no cue
        for cue in strings(told):
            assert len(cue) <= 300 or cue in prompts, cue


@pytest.mark.parametrize("name", BY_LANGUAGE)
def test_every_list_that_a_cue_names_is_there_and_is_named(name: str) -> None:
    for language in LANGUAGES:
        own = entries(name, language)
        named = {list_ for cue in strings(own) for list_ in re.findall(r"(?<!\\){([a-z_]+)}", cue)}
        if name not in ("writers", "effects", "derived"):  # whose braces are filled in otherwise
            assert named == set(own.get("lists", {}))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sign_compiles(language: str) -> None:
    for sign in entries("granted", language)["symbols"]:
        re.compile(sign)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_takes_a_cue_s_place_is_another_word_made_of_the_cue_s_groups(language: str) -> None:
    for entry in entries("faults", language).values():
        if isinstance(entry, list) and isinstance(entry[0], list):
            for cue, instead in paired(entry):
                assert cue != instead
                groups = [int(group) for group in re.findall(r"\\(\d)", instead)]
                assert max(groups, default=0) <= re.compile(cue).groups, cue
    assert all(unit != instead for unit, instead in entries("faults", language)["units"].items())


def test_every_statement_is_there_in_both_languages_in_its_typography() -> None:
    for group in table("templates").values():
        for texts in group.values():
            assert set(texts) == {"en", "fr"}
            assert "'" not in texts["en"] + texts["fr"]
            assert not re.search(r"(?<!\u00a0)[:»]|«(?!\u00a0)| [;?!]", texts["fr"])


def test_every_file_says_its_source() -> None:
    for path in [*FOLDER.glob("*/*.toml"), *FOLDER.glob("*/*.tsv")]:
        assert path.read_text(encoding="utf-8").startswith("#"), path.name


def test_french_verbs_lose_their_nous() -> None:
    forms = pairs("person", "fr")
    assert forms["avons"] == "ont"
    assert forms["considérons"] == "considèrent"
    assert all(before.endswith("ns") or before.endswith("mes") for before in forms)
