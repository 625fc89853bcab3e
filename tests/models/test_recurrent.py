"""A network hears what stands far from a sentence, and is stored as it was trained."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from corpus.errors import ModelMissingError
from models.recurrent import Recurrent, Units, recurrent
from models.training import fit_recurrent
from models.training.fit_recurrent import LabelledViews

VIEWS = ("names", "table")


def document(seed: int, length: int = 6) -> LabelledViews:
    """Sentences of which the last is what the first's sign says, and others' say nothing."""
    chance = np.random.default_rng(seed)
    signs = chance.integers(0, 2, length)
    rows = [{f"sign:{sign}": 1.0, "first": float(i == 0)} for i, sign in enumerate(signs)]
    place: NDArray[np.float32] = np.linspace(-1, 1, length, dtype=np.float32)[:, None]
    labels = np.zeros((length, 2), dtype=bool)
    labels[-1, signs[0]] = True
    return LabelledViews([rows, place], labels)


@pytest.fixture(scope="module")
def network() -> Recurrent:
    return fit_recurrent.fitted([document(seed) for seed in range(300)], size=64)


def test_what_the_last_sentence_is_may_depend_on_the_first(network: Recurrent) -> None:
    unseen = [document(seed) for seed in range(1000, 1040)]
    right = [network.scores(one.views)[-1].argmax() == one.labels[-1].argmax() for one in unseen]
    assert np.mean(right) >= 0.9


def test_it_learns_the_same_each_time() -> None:
    few = [document(seed) for seed in range(8)]
    one, two = (fit_recurrent.fitted(few, size=16).scores(few[0].views) for _ in range(2))
    assert np.array_equal(one, two)


def test_it_is_stored_as_it_was_trained(network: Recurrent, tmp_path: Path) -> None:
    network.write(tmp_path, "order", VIEWS)
    again = recurrent(tmp_path, "order", VIEWS)
    one = document(7)
    assert np.array_equal(again.scores(one.views), network.scores(one.views))


def test_names_that_were_not_learned_count_for_nothing(network: Recurrent) -> None:
    one = document(7)
    names, place = one.views
    new = [{**row, "never seen": 5.0} for row in names]
    assert np.array_equal(network.scores([new, place]), network.scores(one.views))


def test_units_are_those_of_pytorch() -> None:
    torch.manual_seed(0)
    theirs = torch.nn.GRU(3, 4, batch_first=True)
    parts = dict(theirs.named_parameters())
    ours = Units(
        *(parts[f"weight_{of}_l0"].detach().numpy().T.copy() for of in ("ih", "hh")),
        *(parts[f"bias_{of}_l0"].detach().numpy().copy() for of in ("ih", "hh")),
    )
    rows = torch.randn(1, 9, 3)
    with torch.no_grad():
        wanted = theirs(rows)[0][0].numpy()
    assert np.allclose(ours.states(rows[0].numpy()), wanted, atol=1e-5)


def test_a_network_whose_files_are_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="not readable"):
        recurrent(tmp_path, "order", VIEWS)
