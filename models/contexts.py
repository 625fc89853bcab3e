"""A text's word pieces, each with a vector that tells it in its context, offline.

In: a text. Out: its pieces in their places, with the states of the packaged encoder's middle layer
and of its last: farther up they tell of the sentence as a whole, at the bottom of the word alone.
The same word of two texts has unlike vectors where it stands among other words, or for something
else. A text is read once for all who compare it. Always in float32, so that machines of different
kinds agree. What is compared with what is left to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models import encoder

if TYPE_CHECKING:
    from models.bert import Bert, WordPieces

#: The middle layer, from below. Chosen by cross-validation on ``benchmarks/edits``.
MIDDLE = 3
#: Word pieces of one text that are read.
MOST = 254


@dataclass(frozen=True, slots=True)
class InContext:
    """A text's word pieces."""

    ids: NDArray[np.int64]
    """Which pieces they are, shape (n_pieces,)."""
    places: NDArray[np.int64]
    """First character of each, and one past its last, shape (n_pieces, 2)."""
    states: NDArray[np.float32]
    """Of the middle layer: rows of unit length, shape (n_pieces, 384)."""
    last: NDArray[np.float32]
    """Of the last layer, the same."""


@lru_cache(maxsize=512)
def in_context(text: str) -> InContext:
    """The pieces of a text, which may not be empty.

    Raises ``ModelMissingError``.
    """
    import torch

    from models import bert

    pieces, model = _packaged()
    cut = pieces.tokenizer.encode(text, add_special_tokens=False)
    framed = [[pieces.start, *cut.ids[:MOST], pieces.separator]]
    with torch.inference_mode():
        layers = list(model.by_layer(*bert.padded(framed)))
        middle, last = (
            torch.nn.functional.normalize(states[0, 1:-1].float(), dim=-1).numpy()
            for states in (layers[MIDDLE - 1], layers[-1])
        )
    places = np.array(cut.offsets[:MOST], dtype=np.int64).reshape(-1, 2)
    return InContext(np.array(cut.ids[:MOST], dtype=np.int64), places, middle, last)


def word_vectors(text: str, words: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """A vector for each word of a text, given as first character and one past the last.

    The mean of its pieces' states, of unit length; zeros for a word that wasn't read. Float32,
    shape (n_words, 384). Raises ``ModelMissingError``.
    """
    read = in_context(text)
    found = np.zeros((len(words), read.states.shape[1]), dtype=np.float32)
    for row, (start, end) in enumerate(words):
        own = read.states[(read.places[:, 0] < end) & (read.places[:, 1] > start)]
        if len(own):
            mean = own.mean(axis=0)
            found[row] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return found


@cache
def _packaged() -> tuple[WordPieces, Bert]:
    from models import bert

    encoder.use_all_cores()
    folder = encoder.bundled_weights()
    return bert.word_pieces(folder), bert.load(folder)
