"""Train a network that reads sentences in order (``models.recurrent``), with PyTorch.

In: documents in views, what each of their sentences is, and how much each document counts. Out: the
network. ``fit_functions`` calls it, which knows the documents. Seeds are fixed and one thread
computes, so that a processor gives the same weights each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.learned import Logistic, Named
from models.recurrent import Recurrent, Units, View

#: Units a layer and way; how many of what is read, and of the units, are left out at a step of
#: training; rounds over all documents; the highest rate of learning (one cycle, Smith & Topin
#: 2018); what large weights cost. Chosen by cross-validation over the papers of ``slots``.
SIZE, INPUT_DROPOUT, DROPOUT, ROUNDS, RATE, DECAY = 128, 0.3, 0.4, 12, 2e-3, 1e-2
#: Documents a step, and the longest step.
BATCH, LONGEST_STEP = 4, 1.0
#: What a loss is divided by: about how many sentences a step has.
SENTENCES = 400
#: A name is known where so many sentences have it.
KNOWN = 5


@dataclass(frozen=True, slots=True)
class LabelledViews:
    """One document in views, and what each of its sentences is."""

    views: Sequence[View]
    labels: NDArray[np.bool_]
    """Shape (n_sentences, n_classes)."""
    weight: float = 1.0
    """How much each of its sentences counts."""


@dataclass(frozen=True, slots=True)
class _Bags:
    """A view of names: for each sentence the places of its names, and their numbers."""

    places: Tensor
    starts: Tensor
    values: Tensor


class _Layer(nn.Module):
    """One view as rectified units."""

    def __init__(self, columns: int, known: Mapping[str, int] | None, size: int) -> None:
        super().__init__()
        self.known = known
        self.bags = None if known is None else nn.EmbeddingBag(len(known) + 1, size, mode="sum")
        self.table = nn.Linear(columns, size) if known is None else None
        self.bias = nn.Parameter(torch.zeros(size))
        if self.bags is not None:
            nn.init.normal_(self.bags.weight, 0.0, 0.05)

    def forward(self, view: Tensor | _Bags) -> Tensor:
        """The units, rectified: shape (n_sentences, size)."""
        if isinstance(view, _Bags):
            assert self.bags is not None
            values = nn.functional.dropout(view.values, INPUT_DROPOUT, self.training)
            told = self.bags(view.places, view.starts, per_sample_weights=values)
        else:
            assert self.table is not None
            told = self.table(nn.functional.dropout(view, INPUT_DROPOUT, self.training))
        return torch.relu(told + self.bias)

    def plain(self) -> Logistic:
        """Its weights as a regression has them."""
        if self.table is not None:
            return Logistic(_array(self.table.weight.T), _array(self.table.bias + self.bias))
        assert self.bags is not None
        assert self.known is not None
        weights = _array(self.bags.weight)[: len(self.known)]
        return Logistic(weights, _array(self.bias), tuple(self.known))


class _Network(nn.Module):
    def __init__(self, layers: Sequence[_Layer], classes: int, size: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)
        width = size * len(layers)
        self.units = nn.GRU(width, size, batch_first=True, bidirectional=True)
        self.judge = nn.Linear(2 * size + width, classes)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, views: Sequence[Tensor | _Bags]) -> Tensor:
        """Log-odds: shape (n_sentences, n_classes)."""
        own = [layer(view) for layer, view in zip(self.layers, views, strict=True)]
        inputs = self.dropout(torch.cat(own, -1))
        states, _ = self.units(inputs[None])
        odds: Tensor = self.judge(torch.cat([self.dropout(states[0]), inputs], -1))
        return odds


def fitted(examples: Sequence[LabelledViews], size: int = SIZE, seed: int = 0) -> Recurrent:
    """A network of so many units a layer that learned from some documents."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return _fitted(examples, size, np.random.default_rng(seed))
    finally:
        torch.set_num_threads(threads)


def _fitted(examples: Sequence[LabelledViews], size: int, chance: np.random.Generator) -> Recurrent:
    views = range(len(examples[0].views))
    layers = [_layer([one.views[place] for one in examples], size) for place in views]
    network = _Network(layers, examples[0].labels.shape[1], size)
    seen = [list(_tensors(layers, one)) for one in examples]
    told = [torch.tensor(one.labels, dtype=torch.float32) for one in examples]
    steps = ROUNDS * -(-len(examples) // BATCH)
    step = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(step, RATE, total_steps=steps)
    network.train()
    for _ in range(ROUNDS):
        order = chance.permutation(len(examples))
        for begin in range(0, len(order), BATCH):
            loss = torch.zeros(())
            for place in order[begin : begin + BATCH].tolist():
                own = nn.functional.binary_cross_entropy_with_logits(
                    network(seen[place]), told[place], reduction="sum"
                )
                loss = loss + examples[place].weight * own
            step.zero_grad()
            (loss / SENTENCES).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), LONGEST_STEP)
            step.step()
            pace.step()
    return _plain(network)


def _layer(views: Sequence[View], size: int) -> _Layer:
    first = views[0]
    if isinstance(first, np.ndarray):
        return _Layer(first.shape[1], None, size)
    counts = Counter(name for view in views for row in view for name in row)
    names = sorted(name for name, count in counts.items() if count >= KNOWN)
    return _Layer(0, {name: place for place, name in enumerate(names)}, size)


def _tensors(layers: Sequence[_Layer], one: LabelledViews) -> Iterator[Tensor | _Bags]:
    for layer, view in zip(layers, one.views, strict=True):
        if isinstance(view, np.ndarray):
            yield torch.tensor(view, dtype=torch.float32)
        else:
            assert layer.known is not None
            yield _bags(view, layer.known)


def _bags(rows: Named, known: Mapping[str, int]) -> _Bags:
    """A sentence without a known name has the last place, which counts for nothing."""
    places: list[int] = []
    values: list[float] = []
    starts: list[int] = []
    for row in rows:
        starts.append(len(places))
        own = [(known[name], value) for name, value in row.items() if name in known and value]
        places += [place for place, _ in own] or [len(known)]
        values += [value for _, value in own] or [0.0]
    return _Bags(torch.tensor(places), torch.tensor(starts), torch.tensor(values).float())


def _plain(network: _Network) -> Recurrent:
    def units(end: str) -> Units:
        of: dict[str, Any] = dict(network.units.named_parameters())
        return Units(
            _array(of[f"weight_ih_l0{end}"].T),
            _array(of[f"weight_hh_l0{end}"].T),
            _array(of[f"bias_ih_l0{end}"]),
            _array(of[f"bias_hh_l0{end}"]),
        )

    judge = Logistic(_array(network.judge.weight.T), _array(network.judge.bias))
    layers = [layer.plain() for layer in network.layers]  # type: ignore[operator]
    return Recurrent(layers, units(""), units("_reverse"), judge)


def _array(parameter: Tensor) -> NDArray[np.float32]:
    return np.array(parameter.detach().numpy(), dtype=np.float32, order="C")
