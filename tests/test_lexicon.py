"""The lexicon is whole: both languages, nothing twice, every cue a pattern that compiles."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipelines.lexicon import pairs, table

FOLDER = Path(__file__).resolve().parent.parent / "pipelines" / "lexicon"
BY_LANGUAGE = sorted(
    path.stem
    for path in FOLDER.glob("*.toml")
    if {"en", "fr"} <= set(tomllib.loads(path.read_text(encoding="utf-8")))
)


def keys(value: Any, path: str = "") -> set[str]:
    """The paths of every list or string below a table."""
    if not isinstance(value, dict):
        return {path}
    return {name for key, item in value.items() for name in keys(item, f"{path}/{key}")}


def lists(value: Any) -> list[list[str]]:
    if isinstance(value, list):
        return [value]
    return (
        [found for item in value.values() for found in lists(item)]
        if isinstance(value, dict)
        else []
    )


@pytest.mark.parametrize("name", BY_LANGUAGE)
def test_both_languages_have_the_same_entries(name: str) -> None:
    assert keys(table(name)["en"]) == keys(table(name)["fr"])


@pytest.mark.parametrize("name", BY_LANGUAGE)
def test_no_cue_stands_twice_in_its_list(name: str) -> None:
    for cues in lists(table(name)):
        assert len(cues) == len(set(cues)), sorted(cue for cue in cues if cues.count(cue) > 1)


@pytest.mark.parametrize("name", BY_LANGUAGE)
def test_every_cue_compiles(name: str) -> None:
    for cues in lists(table(name)):
        re.compile("|".join(cues))


def test_every_statement_is_there_in_both_languages_in_its_typography() -> None:
    for group in table("templates").values():
        for texts in group.values():
            assert set(texts) == {"en", "fr"}
            assert "'" not in texts["en"] + texts["fr"]
            assert not re.search(r"(?<!\u00a0)[:»]|«(?!\u00a0)| [;?!]", texts["fr"])


def test_every_file_says_its_source() -> None:
    for path in [*FOLDER.glob("*.toml"), *FOLDER.glob("*.tsv")]:
        assert path.read_text(encoding="utf-8").startswith("#"), path.name


def test_french_verbs_lose_their_nous() -> None:
    forms = pairs("person.fr")
    assert forms["avons"] == "ont"
    assert forms["considérons"] == "considèrent"
    assert all(before.endswith("ns") or before.endswith("mes") for before in forms)
