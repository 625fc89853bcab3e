"""The fixed labels: complete in both languages, and typeset as each language asks."""

from __future__ import annotations

import re
from string import Formatter
from typing import get_args

import pytest

from pipelines.brief import (
    AUDIENCES,
    EXCHANGE_SECTIONS,
    PAPER_SECTIONS,
    STRENGTHS,
    Certainty,
    Status,
    TargetState,
)
from pipelines.language.lexicon import table
from pipelines.language.typography import typeset
from pipelines.render.layout import label, open_label
from pipelines.rewrite import steps

LABELS = [
    pytest.param(entry, id=f"{group}.{name}")
    for group, entries in table("labels").items()
    for name, entry in entries.items()
]


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("entry", LABELS)
def test_every_label_is_there_in_both_languages_with_the_same_places(entry: dict[str, str]) -> None:
    assert set(entry) == {"en", "fr"}
    assert all(text.strip() for text in entry.values())
    assert placeholders(entry["en"]) == placeholders(entry["fr"])


@pytest.mark.parametrize("entry", LABELS)
def test_french_labels_follow_french_typography(entry: dict[str, str]) -> None:
    french = entry["fr"]
    assert not re.search("['\"“]", french)
    assert not re.search(r"[^\u00a0][:%»]|«(?!\u00a0)", french)
    assert not re.search(r"\s[;!?]", french)


@pytest.mark.parametrize(
    "entry", [one for group in table("templates").values() for one in group.values()]
)
def test_french_statements_are_set_as_french_is(entry: dict[str, str]) -> None:
    assert typeset(entry["fr"], "fr") == entry["fr"]


@pytest.mark.parametrize("entry", LABELS)
def test_english_labels_use_curly_marks(entry: dict[str, str]) -> None:
    assert not re.search("['\"]", entry["en"])


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("section", {*PAPER_SECTIONS, *EXCHANGE_SECTIONS}),
        ("audience", set(AUDIENCES)),
        ("status", set(get_args(Status))),
        ("strength", set(STRENGTHS)),
        ("certainty", set(get_args(Certainty))),
        ("state", set(get_args(TargetState))),
    ],
)
def test_every_name_of_the_contract_has_a_label(group: str, names: set[str]) -> None:
    assert set(table("labels")[group]) == names


def test_a_label_is_filled_in() -> None:
    assert label("text", "page", "fr", page=4) == "p.\u00a04"


def test_a_check_that_another_tool_named_is_shown_by_its_name() -> None:
    assert open_label("check", "no_rumours", "fr") == "no rumours"


def test_every_step_has_a_label_in_both_languages() -> None:
    registered = [*steps.CLEANING["paper"], *steps.CLEANING["exchange"]]
    registered += [*steps.PLAINER, *steps.SPLITTING, *steps.DROPPING]
    registered += ["certainty_word", "keep_first_sentence", "explain_abbreviation"]
    labels = table("labels")["step"]
    assert [name for name in registered if set(labels.get(name, {})) != {"en", "fr"}] == []
