"""Learned models as plain arrays: the probabilities are scikit-learn's own, to the bit."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from corpus.errors import ModelMissingError
from models import learned
from models.training.from_sklearn import logistic, trees

CHANCE = np.random.default_rng(0)


def table(rows: int = 300, columns: int = 10) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    values = CHANCE.normal(size=(rows, columns)).astype(np.float32)
    return values, (values @ CHANCE.normal(size=(columns, 3))).argmax(axis=1)


def stored(model: Any, path: Path) -> Any:
    """A model with its coefficients in single precision, as it is stored."""
    last = model.steps[-1][1] if hasattr(model, "steps") else model
    last.coef_ = last.coef_.astype(np.float32)
    logistic(model).write(path)
    return model


def test_a_regression_over_a_table_gives_the_same(tmp_path: Path) -> None:
    rows, labels = table()
    peer = stored(LogisticRegression().fit(rows, labels), tmp_path / "model")
    own = learned.logistic(tmp_path / "model")
    for part in (rows, rows[:7], rows[:1]):
        assert np.array_equal(own.log_probabilities(part), peer.predict_log_proba(part))


def test_a_regression_over_names_gives_the_same_and_passes_over_new_ones(tmp_path: Path) -> None:
    rows, labels = table()
    named = [
        {f"n{column}": float(value) for column, value in enumerate(row) if value > -1}
        for row in rows
    ]
    model = make_pipeline(DictVectorizer(), LogisticRegression()).fit(named, labels)
    peer = stored(model, tmp_path / "model")
    own = learned.logistic(tmp_path / "model")
    asked = [{**row, "new": 1.0} for row in named] + [{}]
    assert np.array_equal(own.log_probabilities(asked), peer.predict_log_proba(asked))


@pytest.mark.parametrize("named", [False, True])
def test_classes_that_do_not_exclude_each_other_have_their_own_log_odds(
    tmp_path: Path, named: bool
) -> None:
    rows, _ = table(columns=4)
    truth = [rows[:, 0] > 0, rows[:, 1] + rows[:, 2] > 0.5]
    peers = [LogisticRegression().fit(rows, told) for told in truth]
    weights = np.array([peer.coef_[0] for peer in peers]).T
    names = ("a", "b", "c", "d") if named else ()
    own = learned.Logistic(weights, np.array([peer.intercept_[0] for peer in peers]), names)
    named_rows = [dict(zip(names, map(float, row), strict=True)) for row in rows if names]
    asked: Any = named_rows or rows
    wanted = np.array([peer.decision_function(rows) for peer in peers]).T
    assert own.scores(asked) == pytest.approx(wanted, abs=1e-4)
    own.write(tmp_path / "model")
    kept = learned.logistic(tmp_path / "model").scores(asked)
    assert kept.shape == (len(rows), 2)
    assert kept == pytest.approx(wanted, abs=1e-4)


def test_scores_of_what_is_not_known_are_the_intercept_and_of_nothing_none() -> None:
    own = learned.Logistic(np.ones((1, 2)), np.array([0.5, -1.0]), ("known",))
    assert own.scores([{"known": 2.0, "new": 9.0}, {"new": 1.0}, {}]).tolist() == [
        [2.5, 1.0],
        [0.5, -1.0],
        [0.5, -1.0],
    ]
    assert own.scores([]).shape == (0, 2)
    assert own.scores(np.zeros((0, 1), dtype=np.float32)).shape == (0, 2)


def test_asking_for_probabilities_leaves_scores_as_they_were() -> None:
    rows, labels = table()
    model = LogisticRegression().fit(rows, labels)
    own = learned.Logistic(model.coef_.T.copy(), model.intercept_.copy())
    before = own.scores(rows)
    assert own.log_probabilities(rows).argmax(axis=1).tolist() == before.argmax(axis=1).tolist()
    assert np.array_equal(own.scores(rows), before)


def test_trees_give_the_same_also_where_something_is_not_known(tmp_path: Path) -> None:
    values, labels = table(rows=2000)
    rows = values.astype(np.float64).round(1)
    rows[CHANCE.random(rows.shape) < 0.1] = np.nan
    peer = HistGradientBoostingClassifier(max_iter=30, max_leaf_nodes=9).fit(rows, labels > 0)
    trees(peer).write(tmp_path / "model")
    own = learned.trees(tmp_path / "model")
    for part in (rows, rows[:1]):
        assert own.probabilities(part) == peer.predict_proba(part)[:, 1].tolist()


def test_what_is_no_such_model_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "model"
    with pytest.raises(ModelMissingError, match="not readable"):
        learned.trees(path)
    rows, labels = table()
    logistic(LogisticRegression().fit(rows, labels)).write(path)
    with pytest.raises(ModelMissingError, match="no trees"):
        learned.trees(path)
    path.write_bytes(b"nothing")
    with pytest.raises(ModelMissingError, match="not readable"):
        learned.logistic(path)
