"""Words of one meaning are nearer each other than words of another."""

from __future__ import annotations

from models.senses import known, nearness


def test_words_of_one_field_are_nearer_than_others() -> None:
    assert nearness(["pandemic"], ["epidemic"]) > 0.4 > nearness(["pandemic"], ["library"])


def test_of_several_senses_the_nearest_counts() -> None:
    assert nearness(["pandemic"], ["library", "flu"]) == nearness(["pandemic"], ["flu"])


def test_a_word_without_a_vector_is_neither_near_nor_far() -> None:
    assert not known("xyzzy")
    assert nearness(["xyzzy"], ["pandemic"]) == nearness([], ["pandemic"]) == 0
