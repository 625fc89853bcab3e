"""Each word piece of a text finds its like in another, or doesn't."""

from __future__ import annotations

import pytest

from models.likeness import likeness

TREES = "Shade trees cooled the street by two degrees."


def test_a_text_is_wholly_like_itself() -> None:
    found = likeness(TREES, TREES)
    assert found.nearest.min() == pytest.approx(1.0, abs=1e-5)
    assert found.reverse.min() == pytest.approx(1.0, abs=1e-5)
    assert found.known.all()
    assert not found.left_out.any()
    assert found.places.tolist() == list(range(len(found.places)))
    assert found.cosine == pytest.approx(1.0, abs=1e-5)


def test_a_word_of_another_sense_finds_less_than_a_synonym() -> None:
    synonym = likeness("Shade trees chilled the street by two degrees.", TREES)
    other = likeness("Shade trees flooded the street by two degrees.", TREES)
    assert not synonym.known.all()
    assert not other.known.all()
    assert other.nearest[~other.known].min() < synonym.nearest[~synonym.known].min()
    assert other.cosine < synonym.cosine < 1


def test_either_side_is_told() -> None:
    short = likeness("Trees cooled the street.", TREES)
    assert len(short.nearest) < len(short.reverse)
    assert short.known.all()
    assert short.left_out.any()
