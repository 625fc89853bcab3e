"""How likely a rewording says something else than its evidence: learned on edits by many hands.

In: named numbers of a text beside its evidence: what the rules of verification name, how its words
belong together there and here, how well its word pieces find their like
(``pipelines.verification.entailed``); and how much what it changes speaks against it by itself
(``models.rewordings``). Out: a probability. Boosted trees over the first and their blend with the
second, learned on honest rewordings and on edits with one fault each, the two alike in how far they
go from their evidence (``training/fit_entailment.py``). What follows from the probability is left
to ``pipelines.verify``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

import numpy as np

from models import learned
from models.artefacts import artefact
from models.learned import Logistic, Trees

NAME = "entailment"
WEIGHTS, BLEND = "trees.safetensors", "blend.safetensors"
#: What is blended, by name: both are log-odds.
TREES, CHANGES = "trees", "changes"
#: Features are rounded to so many decimals, so that no last bit of a cosine decides at a threshold.
DECIMALS = 4


def unfaithful(features: Mapping[str, float], changes: float) -> float:
    """How likely a text says something else: 0 to 1. A name that wasn't learned counts for nothing.

    ``changes``: what ``rewordings.speaks_against`` says of it. Raises ``ModelMissingError``.
    """
    names, trees, blend = _model()
    row = [round(features.get(name, 0.0), DECIMALS) for name in names]
    told = {
        TREES: log_odds(trees.probabilities(np.array([row]))[0]),
        CHANGES: round(changes, DECIMALS),
    }
    return 1 / (1 + math.exp(-float(blend.scores([told])[0, 0])))


def log_odds(probability: float) -> float:
    """Of a probability between 0 and 1."""
    return math.log(probability / (1 - probability))


@cache
def _model() -> tuple[tuple[str, ...], Trees, Logistic]:
    folder = artefact(NAME)
    return *learned.named_trees(folder / WEIGHTS), learned.logistic(folder / BLEND)
