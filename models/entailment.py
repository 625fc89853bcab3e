"""How likely a rewording says something else than its evidence: learned on edits by many hands.

In: named numbers of a text beside its evidence: what the rules of verification name, how its words
belong together there and here, how well its word pieces find their like
(``pipelines.verification.entailed``). Out: a probability. Boosted trees, learned on honest
rewordings and on edits with one fault each, the two alike in how far they go from their evidence
(``training/fit_entailment.py``). What follows from the probability is left to ``pipelines.verify``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from models import learned
from models.artefacts import artefact
from models.learned import Trees

NAME = "entailment"
WEIGHTS = "trees.safetensors"
#: Features are rounded to so many decimals, so that no last bit of a cosine decides at a threshold.
DECIMALS = 4


def unfaithful(features: Mapping[str, float]) -> float:
    """How likely a text says something else: 0 to 1. A name that wasn't learned counts for nothing.

    Raises ``ModelMissingError``.
    """
    names, trees = _model()
    row = [round(features.get(name, 0.0), DECIMALS) for name in names]
    return trees.probabilities(np.array([row]))[0]


@cache
def _model() -> tuple[tuple[str, ...], Trees]:
    return learned.named_trees(artefact(NAME) / WEIGHTS)
