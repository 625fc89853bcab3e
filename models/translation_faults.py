"""How likely words of a text and of its translation don't go together: learned on planted faults.

In: what is suspected (``FAULTS``), and named numbers of the words in question: how far away a
counterpart stands, what else it may stand for, how much of what is around goes together. Out: a
probability. Boosted trees, one file a fault, learned on true pairs and on the same with one fault
planted (``training/fit_translation_faults.py``). What is suspected of which words is
``pipelines.verification.suspects``'s business, and so is what follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

import numpy as np

from models import learned
from models.artefacts import artefact
from models.learned import Trees

NAME = "translations"
Fault = Literal["negation", "hedge", "turn", "part", "term", "name", "word"]
FAULTS: tuple[Fault, ...] = ("negation", "hedge", "turn", "part", "term", "name", "word")
#: Features are rounded to so many decimals, so that no last bit decides at a threshold.
DECIMALS = 4


def likely(fault: Fault, rows: Sequence[Mapping[str, float]]) -> list[float]:
    """The probability of a fault for each row of named numbers; a name that lacks is 0.

    Raises ``ModelMissingError``.
    """
    if not rows:
        return []
    names, trees = _model(fault)
    table = [[round(row.get(name, 0.0), DECIMALS) for name in names] for row in rows]
    return trees.probabilities(np.array(table))


@cache
def _model(fault: Fault) -> tuple[tuple[str, ...], Trees]:
    return learned.named_trees(artefact(NAME) / f"{fault}.safetensors")
