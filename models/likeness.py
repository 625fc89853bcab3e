"""How well each word of a text finds its like in others: similarities of word pieces.

In: a text, and one or several that it is compared with. Out: for each word piece of either side how
near its nearest one of the other is, each read in its own text by the packaged encoder
(``models.contexts``; the greedy matching of BERTScore, Zhang et al. 2020). A text in French is
compared through the word pieces that it shares with English spelling. What a small similarity means
is left to others.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.contexts import in_context


@dataclass(frozen=True, slots=True)
class Likeness:
    """A text beside those that it is compared with, whose pieces are counted through."""

    nearest: NDArray[np.float32]
    """Of each word piece of the text, to the others': cosine, shape (n_pieces,)."""
    places: NDArray[np.int64]
    """Which piece of the others that is, shape (n_pieces,)."""
    known: NDArray[np.bool_]
    """Whether the others have the same piece anywhere, shape (n_pieces,)."""
    reverse: NDArray[np.float32]
    """Of each word piece of the others, to the text's: cosine, shape (m_pieces,)."""
    left_out: NDArray[np.bool_]
    """Whether the text lacks a piece of the others, shape (m_pieces,)."""
    cosine: float
    """Of the means of all pieces."""


@lru_cache(maxsize=256)
def likeness(text: str, *others: str) -> Likeness:
    """How the pieces of a text find their like in others; none may be empty.

    Raises ``ModelMissingError``.
    """
    read, there = in_context(text), [in_context(other) for other in others]
    ids, other_ids = read.ids, np.concatenate([one.ids for one in there])
    one, two = read.last, np.concatenate([one.last for one in there])
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
