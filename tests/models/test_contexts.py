"""Word pieces in their context: places, vectors of words, and what they tell."""

from __future__ import annotations

import numpy as np
import pytest

from models.contexts import MOST, in_context, word_vectors


def spans(text: str) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in text.split()]


def test_pieces_stand_in_their_places() -> None:
    text = "Des élèves lisaient."
    read = in_context(text)
    assert len(read.ids) == len(read.places) == len(read.states)
    assert text[read.places[0][0] : read.places[0][1]].lower() == "des"
    assert np.allclose(np.linalg.norm(read.states, axis=1), 1, atol=1e-5)


def test_a_word_among_other_words_has_another_vector() -> None:
    one = "Rents rose in the north and fell in the south."
    two = "Rents fell in the north and rose in the south."
    north = one.index("north"), one.index("north") + len("north")
    same = word_vectors(one, [north]) @ word_vectors(one, [north]).T
    other = word_vectors(one, [north]) @ word_vectors(two, [north]).T
    assert same.item() == pytest.approx(1, abs=1e-5)
    assert other.item() < same.item()


def test_a_word_beyond_what_is_read_has_no_vector() -> None:
    text = "word " * (MOST + 20)
    vectors = word_vectors(text, [(0, 4), (len(text) - 5, len(text) - 1)])
    assert vectors.shape[0] == 2
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 0], abs=1e-5)
