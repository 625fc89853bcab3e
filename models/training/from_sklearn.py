"""Out of scikit-learn's fitted models, what ``models.learned`` predicts with."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.learned import Logistic, Trees


def logistic(model: Any) -> Logistic:
    """A fitted ``LogisticRegression``, alone or behind the vectorizer that names its features."""
    *before, last = [step for _, step in model.steps] if hasattr(model, "steps") else [model]
    places: dict[str, int] = before[0].vocabulary_ if before else {}
    return Logistic(last.coef_.T, last.intercept_, tuple(sorted(places, key=places.__getitem__)))


def trees(model: Any) -> Trees:
    """A fitted ``HistGradientBoostingClassifier`` of two classes without categorical features."""
    grown = [own.nodes for (own,) in model._predictors]
    starts = np.cumsum([0, *(len(nodes) for nodes in grown)])
    nodes = np.concatenate(grown)
    if nodes["is_categorical"].any():
        raise ValueError("categorical features are not kept")
    first = np.repeat(starts[:-1], np.diff(starts))
    leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    return Trees(
        roots=starts[:-1].astype(np.int32),
        features=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int16),
        thresholds=np.where(leaf, 0.0, nodes["num_threshold"]),
        missing=nodes["missing_go_to_left"].astype(bool),
        left=np.where(leaf, own, first + nodes["left"]).astype(np.int32),
        right=np.where(leaf, own, first + nodes["right"]).astype(np.int32),
        values=np.where(leaf, nodes["value"], 0.0),
        baseline=model._baseline_prediction.reshape(1),
    )
