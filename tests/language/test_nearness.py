"""A French word is as near an English one as what it may mean in English is."""

from __future__ import annotations

import pytest

from pipelines.language.dictionary import glosses, phrases
from pipelines.language.nearness import nearness


def test_what_may_be_meant_is_nearer_than_what_may_not() -> None:
    assert nearness("post", "billet") > 0.2 > nearness("patent", "égouts")
    assert nearness("pandemics", "grippes") > nearness("pandemics", "comités") + 0.2


def test_inflection_doesnt_count() -> None:
    assert nearness("library", "bibliothèques") == pytest.approx(1)
    assert nearness("libraries", "bibliothèque") == pytest.approx(1)


def test_a_word_of_neither_list_is_neither_near_nor_far() -> None:
    assert nearness("xyzzy", "billet") == nearness("post", "xyzzy") == 0


def test_a_french_word_has_the_english_words_that_it_is_listed_for() -> None:
    assert "sewer" in glosses("égouts")


def test_a_phrase_is_known_by_all_its_words() -> None:
    assert any({"mettre", "œuvre"} <= words for words in phrases("implement"))
