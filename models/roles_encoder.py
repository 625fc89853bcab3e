"""Whole abstracts read as one sequence: what each sentence does, seen in its context.

The packaged sentence encoder, its layers fine-tuned on abstracts (``training/roles.py``), reads
``[CLS] s1 [SEP] s2 [SEP] …`` at once, so that every sentence is seen among the others (Cohan et
al. 2019, Pretrained Language Models for Sequential Sentence Classification). In: abstracts as
lists of sentences. Out: log-probabilities of the five labels and a vector for each sentence.
Deciding is left to ``models.roles``; the forward pass is that of ``models.bert``, and only who
trains (``base``) imports transformers.

Only what fine-tuning changed is stored, eight bits a weight, on top of the packaged model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError
from models import encoder
from models.artefacts import artefact

if TYPE_CHECKING:
    from models.bert import Bert, WordPieces

NAME = "roles"
CHANGES = "encoder.safetensors"
LABELS = ("background", "objective", "method", "result", "other")
#: Word pieces of one sentence that are read; 99.6 % of CSAbstruct's sentences are shorter.
SENTENCE_TOKENS = 96
#: Positions that the packaged model knows.
WINDOW_TOKENS = 512
#: Sentences that two neighbouring windows of a long abstract share.
OVERLAP = 3
#: Word pieces read in one batch, padding included: 1500 is 1.26 times as fast as 6000 on one core.
BATCH_TOKENS = 1500


@dataclass(frozen=True, slots=True)
class ReadAbstract:
    """What the encoder saw in one abstract."""

    log_probabilities: NDArray[np.float32]
    """float32, shape (n_sentences, 5), the order of ``LABELS``."""
    vectors: NDArray[np.float32]
    """float32, shape (n_sentences, 384): the mean of each sentence's states, of unit length."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of an abstract's sentences that is read at once."""

    tokens: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    """First and one past the last token of each sentence, its [SEP] included."""
    first: int
    """Index of the first sentence within its abstract."""


def windows(pieces: Sequence[Sequence[int]], start: int, separator: int) -> list[Window]:
    """The windows over an abstract's sentences, given as word pieces.

    Each holds as many sentences as fit; the next one begins ``OVERLAP`` sentences before its end.
    """
    found: list[Window] = []
    first = 0
    while first < len(pieces):
        tokens, spans, last = [start], list[tuple[int, int]](), first
        while last < len(pieces) and len(tokens) + len(pieces[last]) + 1 <= WINDOW_TOKENS:
            spans.append((len(tokens), len(tokens) + len(pieces[last]) + 1))
            tokens += [*pieces[last], separator]
            last += 1
        found.append(Window(tuple(tokens), tuple(spans), first))
        if last == len(pieces):
            break
        first = max(first + 1, last - OVERLAP)
    return found


def tokenized(pieces: WordPieces, sentences: Sequence[str]) -> list[Window]:
    """The windows of one abstract, cut into the tokenizer's word pieces."""
    if not sentences:
        return []
    return windows(pieces(sentences, SENTENCE_TOKENS), pieces.start, pieces.separator)


def batches(lengths: Sequence[int], most: int = BATCH_TOKENS) -> list[list[int]]:
    """Indices in batches of like length, so that little work goes into padding."""
    found: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if found and lengths[index] * (len(found[-1]) + 1) <= most:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def padded(chosen: Sequence[Window]) -> dict[str, Any]:
    """A batch of windows as tensors.

    ``input_ids``, ``attention_mask``: int64, shape (n, n_tokens); ``pool``: float32, shape
    (n, n_sentences, n_tokens), the weights of each sentence's mean; ``ends``: int64, shape
    (n, n_sentences), each sentence's [SEP].
    """
    import torch

    size = max(len(window.tokens) for window in chosen)
    count = max(len(window.spans) for window in chosen)
    tokens = np.zeros((len(chosen), size), dtype=np.int64)
    mask = np.zeros((len(chosen), size), dtype=np.int64)
    pool = np.zeros((len(chosen), count, size), dtype=np.float32)
    ends = np.zeros((len(chosen), count), dtype=np.int64)
    for row, window in enumerate(chosen):
        tokens[row, : len(window.tokens)] = window.tokens
        mask[row, : len(window.tokens)] = 1
        for number, (start, end) in enumerate(window.spans):
            pool[row, number, start:end] = 1 / (end - start)
            ends[row, number] = end - 1
    return {
        "input_ids": torch.from_numpy(tokens),
        "attention_mask": torch.from_numpy(mask),
        "pool": torch.from_numpy(pool),
        "ends": torch.from_numpy(ends),
    }


@dataclass(frozen=True, slots=True)
class Network:
    """The packaged encoder, fine-tuned, and its layer that scores the five labels."""

    pieces: WordPieces
    model: Bert
    head: Any
    """A linear layer from a sentence's mean state and its [SEP] state to five scores."""


def scored(head: Any, hidden: Any, batch: dict[str, Any]) -> tuple[Any, Any]:
    """Scores and mean states of the sentences, from the tokens' last states.

    ``hidden``: shape (n, n_tokens, 384). Scores: shape (n, n_sentences, 5); means: shape
    (n, n_sentences, 384).
    """
    import torch

    means = torch.bmm(batch["pool"].to(hidden.dtype), hidden)
    ends = batch["ends"].unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
    return head(torch.cat([means, hidden.gather(1, ends)], dim=-1)), means


def base(**options: Any) -> Any:
    """A fresh transformers model of the packaged encoder, to be trained.

    ``options`` replace entries of the model's configuration. Raises ``ModelMissingError``.
    """
    from transformers import AutoModel, logging

    encoder.use_all_cores()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    model = AutoModel.from_pretrained(
        str(encoder.bundled_weights()), local_files_only=True, use_safetensors=True, **options
    )
    return model.eval()


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What fine-tuning changed: a matrix as int8 with a float16 step a row, the rest as float16.

    Rounding to 1/127 of a row's largest change is far below what 16-bit inference rounds.
    """
    import torch

    stored: dict[str, Any] = {}
    for name in sorted(after):
        change = (after[name] - before[name]).float()
        if not change.any():
            continue
        if change.ndim < 2:
            stored[name] = change.half()
            continue
        step = (change.abs().amax(dim=1, keepdim=True) / 127).clamp(min=1e-7).half()
        stored[name] = torch.round(change / step.float()).clamp(-127, 127).to(torch.int8)
        stored[f"{name}:step"] = step
    return stored


def with_changes(before: Mapping[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """The weights that ``changes`` compared: its inverse, up to rounding."""
    after = dict(before)
    for name, change in stored.items():
        if name.endswith(":step"):
            continue
        after[name] = change.float()
        if (step := stored.get(f"{name}:step")) is not None:
            after[name] *= step.float()
        after[name] += before[name]
    return after


@cache
def load(folder: Path | None = None, precision: str = "float32") -> Network:
    """The network of the sealed artefact, loaded once a process and ``precision``.

    Raises ``ModelMissingError``.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    from models import bert

    encoder.use_all_cores()
    packaged = encoder.bundled_weights()
    model = bert.load(packaged)
    path = (folder or artefact(NAME)) / CHANGES
    try:
        stored = load_file(path)
        head = torch.nn.Linear(2 * model.size, len(LABELS))
        head.load_state_dict({name: stored.pop(f"head.{name}") for name in ("weight", "bias")})
        model = replace(model, weights=with_changes(model.weights, stored))
    except (SafetensorError, KeyError, RuntimeError) as error:
        raise ModelMissingError(f"{path}: doesn't fit the packaged encoder ({error})") from error
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = model.to(device)
    if precision == "bfloat16":
        model = model.autocast(torch.bfloat16)
    return Network(bert.word_pieces(packaged), model, head.eval().to(device))


@lru_cache(maxsize=16)
def read_alone(sentences: tuple[str, ...]) -> ReadAbstract:
    """One abstract, as ``read`` does; asked for again it costs nothing. Not to be altered."""
    return read([sentences])[0]


def read(
    abstracts: Sequence[Sequence[str]],
    network: Network | None = None,
    precision: str | None = None,
) -> list[ReadAbstract]:
    """Each abstract's sentences, read in the context of the whole.

    A sentence in two windows is taken from the one where it lies farther from the cut.
    ``precision``: "bfloat16" or "float32", None for the encoder's (``encoder.precision``); both
    give the same label to more than 99.5 % of CSAbstruct's sentences (card of the artefact).
    """
    import torch

    precision = precision or encoder.precision("cuda" if torch.cuda.is_available() else "cpu")
    network = network or load(precision=precision)
    found = [
        (index, window)
        for index, sentences in enumerate(abstracts)
        for window in tokenized(network.pieces, sentences)
    ]
    readings = [
        ReadAbstract(
            np.zeros((len(sentences), len(LABELS)), dtype=np.float32),
            np.zeros((len(sentences), network.model.size), dtype=np.float32),
        )
        for sentences in abstracts
    ]
    device = network.model.device
    half = precision == "bfloat16"
    with (
        torch.inference_mode(),
        torch.autocast(device.type, torch.bfloat16, enabled=half),
    ):
        for rows in batches([len(window.tokens) for _, window in found]):
            batch = {n: t.to(device) for n, t in padded([found[r][1] for r in rows]).items()}
            hidden = network.model(batch["input_ids"], batch["attention_mask"])
            scores, means = scored(network.head, hidden, batch)
            log_probabilities = scores.float().log_softmax(dim=-1).cpu().numpy()
            unit = torch.nn.functional.normalize(means.float(), dim=-1).cpu().numpy()
            for place, row in enumerate(rows):
                index, window = found[row]
                skipped = OVERLAP // 2 if window.first else 0
                kept = slice(window.first + skipped, window.first + len(window.spans))
                own = slice(skipped, len(window.spans))
                readings[index].log_probabilities[kept] = log_probabilities[place, own]
                readings[index].vectors[kept] = unit[place, own]
    return readings


def context_vectors(sentences: Sequence[str]) -> NDArray[np.float32]:
    """A vector for each sentence of one abstract, read in its context: float32, shape (n, 384)."""
    return read([sentences])[0].vectors
