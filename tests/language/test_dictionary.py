"""Words of one language beside words of the other, however both are inflected."""

from __future__ import annotations

import pytest

from pipelines.language.dictionary import is_known, likeness
from pipelines.language.lexicon import table_rows


@pytest.mark.parametrize(
    ("en", "fr"),
    [
        ("increased", "augmentaient"),  # listed, both inflected
        ("houses", "logements"),
        ("measurement", "mesurées"),  # of one family
        ("government", "gouvernementales"),  # begin alike
        ("2019", "2019"),
    ],
)
def test_a_word_stands_beside_what_may_translate_it(en: str, fr: str) -> None:
    assert likeness(en, fr) > 0.5


@pytest.mark.parametrize(("en", "fr"), [("increased", "diminué"), ("police", "loyer"), ("a", "a")])
def test_a_word_stands_beside_no_other(en: str, fr: str) -> None:
    assert likeness(en, fr) == 0


def test_what_is_listed_goes_before_what_only_begins_alike() -> None:
    assert likeness("library", "bibliothèque") > likeness("library", "librairie") > 0


@pytest.mark.parametrize("name", ["dictionary", "renderings"])
def test_the_list_is_sorted_and_says_each_word_once(name: str) -> None:
    entries = [cells for _, cells in table_rows(name)]
    words = [cells[0] for cells in entries]
    assert words == sorted(set(words))
    assert all(len(cells) == 2 and all(cells[1].split("|")) for cells in entries)


def test_what_is_known_is_known_in_both_languages() -> None:
    assert is_known("houses", "en")
    assert is_known("logement", "fr")
    assert not is_known("Kamloops", "en")


def test_renderings_are_known_where_translations_are_checked_alone() -> None:
    assert likeness("apprenticeship", "apprentissage") == 1
    assert "apprenticeship" not in {cells[0] for _, cells in table_rows("dictionary")}
