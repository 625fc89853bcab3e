"""Make the table of word vectors: ``python -m models.training.make_senses DATA``.

In: the English words of the bilingual dictionary and of the renderings beside it (``DATA`` isn't
read). Out: the artefact ``senses``: each word's vector by the packaged encoder in float32, the mean
taken off, on the main axes, rounded to eight bits.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models import bert, encoder
from models.artefacts import WEIGHTS
from models.senses import NAME, SIZE
from models.training.seal import seal

LISTS = Path(__file__).parents[2] / "pipelines" / "language" / "both"
BATCH = 64


def words() -> list[str]:
    """The English words of both lists, sorted."""
    lines = [
        line
        for name in ("dictionary.tsv", "renderings.tsv")
        for line in (LISTS / name).read_text(encoding="utf-8").splitlines()
    ]
    return sorted({line.split("\t")[0] for line in lines if line and not line.startswith("#")})


def read(texts: Sequence[str]) -> NDArray[np.float32]:
    """The mean of each word's states: float32, shape (n_words, 384), rows of unit length."""
    import torch

    folder = encoder.bundled_weights()
    pieces, model = bert.word_pieces(folder), bert.load(folder)
    vectors = np.zeros((len(texts), model.size), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda n: (len(texts[n]), n))
    with torch.inference_mode():
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            tokens, mask = bert.padded(pieces.framed([texts[n] for n in batch], 16))
            seen = mask.unsqueeze(-1).float()
            pooled = (model(tokens, mask).float() * seen).sum(dim=1) / seen.sum(dim=1)
            vectors[batch] = torch.nn.functional.normalize(pooled, dim=1).numpy()
    return vectors


def on_main_axes(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """The vectors without their mean on their main axes, in eight bits: shape (n_words, SIZE)."""
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
    cut = centred @ (axes * signs[:, None])[:SIZE].T
    cut /= np.abs(cut).max(axis=1, keepdims=True)
    rounded: NDArray[np.int8] = np.round(127 * cut).astype(np.int8)
    return rounded


def main(_: Path) -> None:
    """Make it, and seal it."""
    from safetensors.numpy import save

    every = words()
    out = WEIGHTS / NAME
    out.mkdir(parents=True, exist_ok=True)
    vectors = on_main_axes(read(every))
    head = {"words": json.dumps(every, ensure_ascii=False)}
    (out / "senses.safetensors").write_bytes(save({"vectors": vectors}, head))
    seal(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
