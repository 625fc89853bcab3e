"""What a rewording changes, as one vector: learned, which changes say something else.

In: a text and those that it rewords. Out: a vector of what its word pieces have that those of the
others lack, and the reverse, each read in its context (``models.contexts``); and, by a logistic
regression over it, how much it speaks for the text saying something else
(``training/fit_entailment.py``). A word for another of its meaning moves the vector little, "may"
for "must" or "men" for "women" far, and each kind of change its own way.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from models import learned
from models.artefacts import artefact
from models.contexts import in_context
from models.learned import Logistic

NAME = "entailment"
WEIGHTS = "rewordings.safetensors"


def changes(text: str, *others: str) -> NDArray[np.float32]:
    """What a text changes of others: float32, shape (1536,). None may be empty.

    Four parts of 384: the differences of its pieces from the nearest of the others, weighed by how
    far they are, and the reverse; the pieces that the others lack anywhere, and the reverse.
    Raises ``ModelMissingError``.
    """
    read, there = in_context(text), [in_context(other) for other in others]
    one, two = read.states, np.concatenate([own.states for own in there])
    ids, other_ids = read.ids, np.concatenate([own.ids for own in there])
    near = one @ two.T
    apart, back = 1 - near.max(axis=1), 1 - near.max(axis=0)
    said = (one - two[near.argmax(axis=1)]) * apart[:, None]
    lost = (two - one[near.argmax(axis=0)]) * back[:, None]
    new = one[~np.isin(ids, other_ids)].sum(axis=0) / max(1, len(one))
    gone = two[~np.isin(other_ids, ids)].sum(axis=0) / max(1, len(two))
    found: NDArray[np.float32] = np.concatenate([said.sum(axis=0), lost.sum(axis=0), new, gone])
    return found.astype(np.float32)


def speaks_against(text: str, *others: str) -> float:
    """How much what a text changes speaks for its saying something else: log-odds.

    Raises ``ModelMissingError``.
    """
    if not text or not all(others):
        return 0.0
    return float(_model().scores(changes(text, *others)[None])[0, 0])


@cache
def _model() -> Logistic:
    return learned.logistic(artefact(NAME) / WEIGHTS)
