"""How well each word of a text finds its like in another: similarities of word pieces.

In: two texts. Out: for each word piece of either how near its nearest one in the other is, each
read in its context by the packaged encoder (the greedy matching of BERTScore, Zhang et al. 2020). A
text in French is compared through the word pieces that it shares with English spelling. Always in
float32, so that machines of different kinds agree. What a small similarity means is left to others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models import encoder
from models.encoder import MAX_TOKENS

if TYPE_CHECKING:
    from models.bert import Bert, WordPieces


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts, the second being what the first is compared with."""

    nearest: NDArray[np.float32]
    """Of each word piece of the first, to the second's: cosine, shape (n_pieces,)."""
    places: NDArray[np.int64]
    """Which piece of the second that is, shape (n_pieces,)."""
    known: NDArray[np.bool_]
    """Whether the second has the same piece anywhere, shape (n_pieces,)."""
    reverse: NDArray[np.float32]
    """Of each word piece of the second, to the first's: cosine, shape (m_pieces,)."""
    left_out: NDArray[np.bool_]
    """Whether the first lacks a piece of the second, shape (m_pieces,)."""
    cosine: float
    """Of the means of all pieces."""


@lru_cache(maxsize=256)
def likeness(text: str, other: str) -> Likeness:
    """How the pieces of a text find their like in another; neither may be empty.

    Raises ``ModelMissingError``.
    """
    (ids, one), (other_ids, two) = _read(text), _read(other)
    near = one @ two.T
    mean, other_mean = one.mean(axis=0), two.mean(axis=0)
    size = float(np.linalg.norm(mean) * np.linalg.norm(other_mean))
    return Likeness(
        nearest=near.max(axis=1),
        places=near.argmax(axis=1),
        known=np.isin(ids, other_ids),
        reverse=near.max(axis=0),
        left_out=~np.isin(other_ids, ids),
        cosine=float(mean @ other_mean) / max(size, 1e-9),
    )


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """A text's word pieces, and their last states: rows of unit length."""
    import torch

    from models import bert

    pieces, model = _packaged()
    ids = pieces.framed([text], MAX_TOKENS)
    with torch.inference_mode():
        states = model(*bert.padded(ids))[0, 1:-1]
        unit = torch.nn.functional.normalize(states.float(), dim=-1)
    return np.array(ids[0][1:-1], dtype=np.int64), unit.numpy()


@cache
def _packaged() -> tuple[WordPieces, Bert]:
    from models import bert

    encoder.use_all_cores()
    folder = encoder.bundled_weights()
    return bert.word_pieces(folder), bert.load(folder)
