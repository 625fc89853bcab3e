"""Sentences read in order, forwards and backwards, by a small network: log-odds for each.

In: a document's sentences in views, a table or named numbers a view, as the regressions see them
too. Out: log-odds, a row a sentence. Each view is made one layer of rectified units; gated
recurrent units (Cho et al. 2014) read the layers from the first sentence on and from the last one
back; a regression over what both know at a sentence, and over its own layers, judges it. So what a
sentence does is read with all that stands before and after it, which the regressions see two
sentences far. NumPy is all it needs; training is left to PyTorch (``training/fit_recurrent.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models import learned
from models.learned import Logistic, Named

#: Names of a network's files, behind its own name and a full stop.
UNITS, JUDGED, SUFFIX = "units", "judged", "safetensors"
View = NDArray[np.float32] | Named


@dataclass(frozen=True, slots=True)
class Units:
    """Gated recurrent units that read one way, as PyTorch orders them: reset, update, new."""

    from_input: NDArray[np.float32]
    """Shape (n_inputs, 3 × size)."""
    from_state: NDArray[np.float32]
    """Shape (size, 3 × size)."""
    input_bias: NDArray[np.float32]
    """Shape (3 × size,)."""
    state_bias: NDArray[np.float32]
    """Shape (3 × size,)."""

    def states(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """What they know at each row, having read those above it: shape (n, size)."""
        size = len(self.from_state)
        told = inputs @ self.from_input + self.input_bias
        state = np.zeros(size, dtype=np.float32)
        found = np.zeros((len(inputs), size), dtype=np.float32)
        for index, row in enumerate(told):
            known = state @ self.from_state + self.state_bias
            gates = 1 / (1 + np.exp(-(row[: 2 * size] + known[: 2 * size])))
            new = np.tanh(row[2 * size :] + gates[:size] * known[2 * size :])
            state = new + gates[size:] * (state - new)
            found[index] = state
        return found


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A network over some views, in their order."""

    layers: Sequence[Logistic]
    """One a view: its weights and names."""
    forwards: Units
    backwards: Units
    judge: Logistic

    def scores(self, views: Sequence[View]) -> NDArray[np.float64]:
        """Log-odds of each sentence: shape (n_sentences, n_classes)."""
        own = [
            np.maximum(layer.scores(view), 0.0)
            for layer, view in zip(self.layers, views, strict=True)
        ]
        inputs = np.hstack(own).astype(np.float32)
        there, back = self.forwards.states(inputs), self.backwards.states(inputs[::-1])[::-1]
        found: NDArray[np.float64] = self.judge.scores(np.hstack([there, back, inputs]))
        return found.astype(np.float64)

    def write(self, folder: Path, name: str, views: Sequence[str]) -> None:
        """Store it as some files of a folder, one of them a view."""
        for layer, view in zip(self.layers, views, strict=True):
            layer.write(folder / f"{name}.{view}.{SUFFIX}")
        self.judge.write(folder / f"{name}.{JUDGED}.{SUFFIX}")
        arrays = {
            f"{way}.{field}": getattr(units, field)
            for way, units in (("forwards", self.forwards), ("backwards", self.backwards))
            for field in Units.__slots__
        }
        learned.write(folder / f"{name}.{UNITS}.{SUFFIX}", arrays)


def recurrent(folder: Path, name: str, views: Sequence[str]) -> Recurrent:
    """A network from its files.

    Raises ``ModelMissingError``.
    """
    arrays, _ = learned.read(folder / f"{name}.{UNITS}.{SUFFIX}")
    return Recurrent(
        [learned.logistic(folder / f"{name}.{view}.{SUFFIX}") for view in views],
        _units(arrays, "forwards"),
        _units(arrays, "backwards"),
        learned.logistic(folder / f"{name}.{JUDGED}.{SUFFIX}"),
    )


def _units(arrays: Mapping[str, NDArray[Any]], way: str) -> Units:
    return Units(**{field: arrays[f"{way}.{field}"] for field in Units.__slots__})
