"""BERT's forward pass over plain tensors, for the encoder that is packaged.

In: a folder with ``config.json``, ``model.safetensors`` and ``tokenizer.json``. Out: word pieces,
and the last layer's states of a padded batch of them; on a processor the same to the bit as those
of transformers' ``AutoTokenizer`` and ``AutoModel`` (scaled dot-product attention, its default),
in float32, in bfloat16 and under autocast (``tests/models/test_bert.py``). Importing transformers
takes four seconds of processor time and 140 MB, this nothing beyond PyTorch.

Left to others: which folder to trust, batches, pooling and precision (``encoder``,
``roles_encoder``); training and every other architecture (transformers).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from corpus.errors import ModelMissingError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CONFIGURATION, WEIGHTS, TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
START, SEPARATOR, PADDING = "[CLS]", "[SEP]", 0
#: What of a configuration this forward pass takes as given.
EXPECTED = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}
_WORDS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class Bert:
    """Weights by their names in the file, and the three numbers that they don't tell."""

    weights: Mapping[str, Tensor]
    layers: int
    heads: int
    epsilon: float
    """Added to the variance in every layer normalization."""

    @property
    def size(self) -> int:
        """Length of a state."""
        return int(self.weights[_WORDS].shape[1])

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.weights[_WORDS].device

    def to(self, device: str, dtype: torch.dtype = torch.float32) -> Bert:
        """The same model on a device, computing in ``dtype`` throughout.

        The embeddings are cast once looked up: most of their 30,000 rows never are.
        """
        return replace(
            self,
            weights={
                name: tensor.to(device, tensor.dtype if _looked_up(name) else dtype)
                for name, tensor in self.weights.items()
            },
        )

    def autocast(self, dtype: torch.dtype) -> Bert:
        """The same model for ``torch.autocast``: what that casts at each call is cast already."""
        kept = ("embeddings.", "LayerNorm.")
        return replace(
            self,
            weights={
                name: tensor if any(part in name for part in kept) else tensor.to(dtype)
                for name, tensor in self.weights.items()
            },
        )

    def __call__(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """The last layer's states: the model's dtype, shape (n, n_tokens, size).

        ``tokens``: int64, shape (n, n_tokens), of one segment; ``mask``: int64, the same shape,
        1 for a token, 0 for padding. Under autocast the states are float32.
        """
        *_, hidden = self.by_layer(tokens, mask)
        return hidden

    def by_layer(self, tokens: Tensor, mask: Tensor) -> Iterator[Tensor]:
        """The states after each layer, from below: each as those that a call gives."""
        hidden = self._embedded(tokens)
        count = tokens.shape[1]
        # Without padding no mask is given, as transformers does: PyTorch may take another kernel.
        seen = None if mask.all() else mask.bool()[:, None, None, :].expand(-1, 1, count, -1)
        for layer in range(self.layers):
            hidden = self._layer(f"encoder.layer.{layer}", hidden, seen)
            yield hidden

    def _embedded(self, tokens: Tensor) -> Tensor:
        dtype = self.weights["embeddings.LayerNorm.weight"].dtype
        words = functional.embedding(tokens, self.weights[_WORDS]).to(dtype)
        segment = self.weights["embeddings.token_type_embeddings.weight"][0].to(dtype)
        places = self.weights["embeddings.position_embeddings.weight"][: tokens.shape[1]].to(dtype)
        return self._normalized("embeddings.LayerNorm", words + segment + places)

    def _layer(self, name: str, hidden: Tensor, seen: Tensor | None) -> Tensor:
        """``hidden``: shape (n, n_tokens, size); ``seen``: bool, (n, 1, n_tokens, n_tokens)."""
        attended = self._attention(f"{name}.attention.self", hidden, seen)
        attended = self._linear(f"{name}.attention.output.dense", attended)
        attended = self._normalized(f"{name}.attention.output.LayerNorm", attended + hidden)
        wide = functional.gelu(self._linear(f"{name}.intermediate.dense", attended))
        narrow = self._linear(f"{name}.output.dense", wide)
        return self._normalized(f"{name}.output.LayerNorm", narrow + attended)

    def _attention(self, name: str, hidden: Tensor, seen: Tensor | None) -> Tensor:
        query, key, value = (
            self._linear(f"{name}.{part}", hidden)
            .view(*hidden.shape[:2], self.heads, -1)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        found = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=seen, scale=query.shape[-1] ** -0.5
        )
        return found.transpose(1, 2).reshape(hidden.shape)

    def _linear(self, name: str, hidden: Tensor) -> Tensor:
        return functional.linear(
            hidden, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        )

    def _normalized(self, name: str, hidden: Tensor) -> Tensor:
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return functional.layer_norm(hidden, weight.shape, weight, bias, self.epsilon)


def _looked_up(name: str) -> bool:
    return name.startswith("embeddings.") and "LayerNorm" not in name


@cache
def load(folder: Path) -> Bert:
    """The model of a folder, in float32 on the processor; its weights stay in the file.

    Only what is read of them takes memory, once however often they are loaded. Raises
    ``ModelMissingError`` where the folder holds another kind of model.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        told = json.loads((folder / CONFIGURATION).read_text(encoding="utf-8"))
        if {name: told.get(name, value) for name, value in EXPECTED.items()} != EXPECTED:
            raise ModelMissingError(f"{folder}: another kind of model than {EXPECTED}")
        weights = load_file(folder / WEIGHTS)
        layers, heads = int(told["num_hidden_layers"]), int(told["num_attention_heads"])
        return Bert(weights, layers, heads, float(told["layer_norm_eps"]))
    except (OSError, SafetensorError, ValueError, KeyError) as error:
        raise ModelMissingError(f"{folder}: can't be loaded as a BERT model ({error})") from error


@dataclass(frozen=True, slots=True)
class WordPieces:
    """The tokenizer of a model: sentences in, numbers of word pieces out."""

    tokenizer: Tokenizer
    start: int
    """The piece that every sequence begins with."""
    separator: int
    """The piece that every sentence ends with."""

    def __call__(self, sentences: Sequence[str], most: int) -> list[list[int]]:
        """The word pieces of each sentence, the first ``most``, without start and separator."""
        found = self.tokenizer.encode_batch(list(sentences), add_special_tokens=False)
        return [encoding.ids[:most] for encoding in found]

    def framed(self, sentences: Sequence[str], most: int) -> list[list[int]]:
        """The same between start and separator, ``most`` with them."""
        return [[self.start, *own, self.separator] for own in self(sentences, most - 2)]


@cache
def word_pieces(folder: Path) -> WordPieces:
    """The tokenizer of a folder, loaded once a process.

    Raises ``ModelMissingError``.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    path = folder / TOKENIZER
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises no narrower one
        raise ModelMissingError(f"{path}: can't be loaded ({error})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    start, separator = tokenizer.token_to_id(START), tokenizer.token_to_id(SEPARATOR)
    if start is None or separator is None:
        raise ModelMissingError(f"{path}: knows no {START} or no {SEPARATOR}")
    return WordPieces(tokenizer, start, separator)


def padded(pieces: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """A batch of word pieces and its mask: int64, shape (n, n_tokens), 0 for padding."""
    width = max(map(len, pieces))
    tokens = torch.tensor([[*own, *[PADDING] * (width - len(own))] for own in pieces])
    mask = torch.tensor([[1] * len(own) + [0] * (width - len(own)) for own in pieces])
    return tokens, mask
