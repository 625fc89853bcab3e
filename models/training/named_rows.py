"""Logistic regressions over rows of named numbers, and what they say of rows they had not seen.

In: for each row its numbers by name and whether it is so. Out: a ``Logistic`` that needs no
scaling, or the probabilities of each group of rows by what was learned from the other groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from models.learned import Logistic
from models.roles_features import Features
from models.training.fit_points import FOLDS

SEED = 0
#: A feature is known where so many rows have it.
KNOWN = 5


def fitted_rows(rows: Sequence[Features], told: Sequence[bool], freedom: float) -> Logistic:
    """A logistic regression over named rows, its scaling folded in."""
    names = DictVectorizer(sparse=False)
    table = names.fit_transform(rows)
    often = (table != 0).sum(axis=0) >= KNOWN
    known = [name for name, keep in zip(names.feature_names_, often, strict=True) if keep]
    scale = StandardScaler().fit(table[:, often])
    model = LogisticRegression(C=freedom, max_iter=3000, random_state=SEED)
    model.fit(scale.transform(table[:, often]), told)
    weights = model.coef_[0] / scale.scale_
    intercept = model.intercept_ - weights @ scale.mean_
    return Logistic(weights[:, None], intercept, tuple(known))


def fold_of(groups: Iterable[str]) -> dict[str, int]:
    """In which fold each group is kept: in turn, in the order of their names."""
    return {name: place % FOLDS for place, name in enumerate(sorted(set(groups)))}


def crossed_rows(
    rows: Sequence[Sequence[Features]],
    told: Sequence[Sequence[bool]],
    groups: Sequence[str],
    freedom: float,
) -> list[NDArray[np.float64]]:
    """The probabilities of each list of rows by what was learned from other groups.

    ``groups`` names what each list is of: a paper, an exchange.
    """
    fold = fold_of(groups)
    found: list[NDArray[np.float64]] = [np.zeros(0)] * len(rows)
    for kept in range(FOLDS):
        others = [place for place, name in enumerate(groups) if fold[name] != kept]
        model = fitted_rows(
            [row for place in others for row in rows[place]],
            [one for place in others for one in told[place]],
            freedom,
        )
        for place, name in enumerate(groups):
            if fold[name] == kept and rows[place]:
                found[place] = model.likely(rows[place])[:, 0]
    return found
