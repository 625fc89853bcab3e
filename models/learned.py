"""What scikit-learn has learned, as plain arrays: logistic regressions and boosted trees.

In: a file of the artefact, written by ``training/from_sklearn.py``: safetensors, with the names of
the features in its head. Out: probabilities, the same to the bit as those of the scikit-learn that
trained (``tests/models/test_learned.py``). NumPy is all they need: neither scikit-learn, which
takes a second to import, nor its version; nothing is unpickled. Training is left to scikit-learn.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError

#: Where a file's head holds the names of the features, in order, as JSON.
NAMES = "names"
Named = Sequence[Mapping[str, float]]
"""A table as one mapping of named numbers a row; a name that wasn't learned counts for nothing."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over several classes."""

    weights: NDArray[Any]
    """float32 (float64 while in training), shape (n_features, n_classes)."""
    intercept: NDArray[Any]
    """float32 or float64, shape (n_classes,)."""
    names: tuple[str, ...] = ()
    """Of the features; none where a table has no names."""
    _places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find each name's place."""
        object.__setattr__(self, "_places", {name: i for i, name in enumerate(self.names)})

    def scores(self, table: NDArray[np.float32] | Named) -> NDArray[Any]:
        """What speaks for each class, in log units: shape (n, n_classes).

        Of classes that don't exclude each other, each column is that class's log-odds.
        """
        dot = table @ self.weights if isinstance(table, np.ndarray) else self._named(table)
        found: NDArray[Any] = dot + self.intercept
        return found

    def likely(self, table: NDArray[np.float32] | Named) -> NDArray[np.float64]:
        """How likely each class is by itself, where they don't exclude each other: 0 to 1."""
        found: NDArray[np.float64] = 1 / (1 + np.exp(-self.scores(table)))
        return found

    def log_probabilities(self, table: NDArray[np.float32] | Named) -> NDArray[Any]:
        """The logarithm of each class's probability: shape (n, n_classes).

        float32 for a table of float32, float64 for named rows, as scikit-learn computes.
        """
        scores = self.scores(table)
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        logarithms: NDArray[Any] = np.log(scores)
        return logarithms

    def _named(self, rows: Named) -> NDArray[np.float64]:
        """Each row times the weights, added up in the order of the features.

        One after the other, as a running sum does: another order gives other last bits.
        """
        weights = self.weights.astype(np.float64)
        dots = np.zeros((len(rows), weights.shape[1]))
        for dot, row in zip(dots, rows, strict=True):
            names = row.keys() & self._places.keys()
            known = sorted((self._places[name], row[name]) for name in names)
            if known:
                places, values = zip(*known, strict=True)
                terms = np.array(values)[:, None] * weights[list(places)]
                dot[:] = np.cumsum(terms, axis=0)[-1]
        return dots

    def write(self, path: Path) -> None:
        """Store it, weights in single precision."""
        weights = self.weights.astype(np.float32)
        write(path, {"weights": weights, "intercept": self.intercept}, self.names)


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted decision trees that tell two classes apart.

    All trees' nodes stand in one row. A leaf's ways lead to itself.
    """

    roots: NDArray[np.int32]
    """Each tree's first node; int32, shape (n_trees,). The rest: shape (n_nodes,)."""
    features: NDArray[np.int16]
    thresholds: NDArray[np.float64]
    """At most this goes left."""
    missing: NDArray[np.bool_]
    """Whether what isn't known (NaN) goes left."""
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    values: NDArray[np.float64]
    """What a leaf adds to the log-odds."""
    baseline: NDArray[np.float64]
    """What they begin with; float64, shape (1,)."""

    def probabilities(self, table: NDArray[np.float64]) -> list[float]:
        """The probability of the second class for each row of a table, shape (n, n_features)."""
        rows = np.arange(len(table))
        at = np.broadcast_to(self.roots[:, None], (len(self.roots), len(table)))
        while True:
            known = table[rows, self.features[at]]
            goes_left = (known <= self.thresholds[at]) | (np.isnan(known) & self.missing[at])
            after = np.where(goes_left, self.left[at], self.right[at])
            if np.array_equal(after, at):
                break
            at = after
        odds = np.repeat(self.baseline, len(table))
        for leaves in at:  # one tree after the other: sums of floats depend on their order
            odds += self.values[leaves]
        return [1 / (1 + math.exp(-value)) for value in odds.tolist()]

    def write(self, path: Path, names: Sequence[str] = ()) -> None:
        """Store them, with the names of the table's columns where it has some."""
        write(path, {name: getattr(self, name) for name in self.__slots__}, names)


def write(path: Path, arrays: Mapping[str, NDArray[Any]], names: Sequence[str] = ()) -> None:
    """Store arrays by their names, with the names of the features."""
    from safetensors.numpy import save

    ordered = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    path.write_bytes(save(ordered, {NAMES: json.dumps(names, ensure_ascii=False)}))


def read(path: Path) -> tuple[dict[str, NDArray[Any]], tuple[str, ...]]:
    """The arrays of a file, and the names of the features.

    Raises ``ModelMissingError``.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="np") as file:
            names = json.loads(file.metadata()[NAMES])
            return {name: file.get_tensor(name) for name in file.keys()}, tuple(names)  # noqa: SIM118
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelMissingError(f"{path}: not readable ({error})") from error


def logistic(path: Path) -> Logistic:
    """A logistic regression from its file.

    Raises ``ModelMissingError``.
    """
    arrays, names = read(path)
    try:
        return Logistic(**arrays, names=names)
    except TypeError as error:
        raise ModelMissingError(f"{path}: holds no logistic regression ({error})") from error


def trees(path: Path) -> Trees:
    """Boosted trees from their file.

    Raises ``ModelMissingError``.
    """
    return named_trees(path)[1]


def named_trees(path: Path) -> tuple[tuple[str, ...], Trees]:
    """The names of a table's columns, and boosted trees over it, from their file.

    Raises ``ModelMissingError``.
    """
    arrays, names = read(path)
    try:
        return names, Trees(**arrays)
    except TypeError as error:
        raise ModelMissingError(f"{path}: holds no trees ({error})") from error
