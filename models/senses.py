"""How near in meaning two English words are: cosines of word vectors, as numbers in a table.

In: words of the bilingual dictionary. Out: how near they are, from -1 to 1. The vectors are those
of the packaged encoder (``models.encoder``), each word read by itself, their mean taken off, cut to
their ``SIZE`` main axes and to eight bits (``training/make_senses.py``): a table of a megabyte,
the same on every machine, in place of a model to run. What a French word may mean is
``pipelines.language.nearness``'s business.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelMissingError
from models.artefacts import artefact

NAME = "senses"
#: Main axes that are kept: three quarters of what the 384 hold.
SIZE = 128


def known(word: str) -> bool:
    """Whether a word has a vector. Raises ``ModelMissingError``."""
    return word in _table()[0]


def nearness(ones: Sequence[str], others: Sequence[str]) -> float:
    """The cosine of the two nearest of some words and some others; 0 where none is known.

    Raises ``ModelMissingError``.
    """
    places, vectors = _table()
    here = [places[word] for word in ones if word in places]
    there = [places[word] for word in others if word in places]
    if not here or not there:
        return 0.0
    return float((vectors[here] @ vectors[there].T).max())


@cache
def _table() -> tuple[Mapping[str, int], NDArray[np.float32]]:
    """Each word's row; the vectors, float32, shape (n_words, SIZE), rows of unit length."""
    from safetensors import SafetensorError, safe_open

    path = artefact(NAME) / "senses.safetensors"
    try:
        with safe_open(path, framework="np") as file:
            words = json.loads(file.metadata()["words"])
            vectors = file.get_tensor("vectors").astype(np.float32)
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelMissingError(f"{path}: not readable ({error})") from error
    sizes = np.linalg.norm(vectors, axis=1, keepdims=True)
    return {word: n for n, word in enumerate(words)}, vectors / np.maximum(sizes, 1.0)
