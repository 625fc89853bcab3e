"""How fast are sentence vectors beside sentence-transformers, and how near to its own?

    python benchmarks/encoder_speed.py SENTENCES.jsonl[.xz]

Each line has ``sentences`` (CSAbstruct's format). Both encode the same sentences in turn, in one
process, with the same threads; prints the ratio of the best times and the cosines of the vectors.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models import encoder
from pipelines.suites import records

RUNS = 3
MOST = 2000


def seconds(encode: Callable[[Sequence[str]], object], sentences: Sequence[str]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    encode(sentences)
    return time.perf_counter() - begun


if __name__ == "__main__":
    from sentence_transformers import SentenceTransformer

    rows = records(Path(sys.argv[1]), "sentences")
    texts = [sentence for row in rows for sentence in row["sentences"]][:MOST]
    peer = SentenceTransformer(str(encoder.bundled_weights()), device="cpu")

    def theirs(sentences: Sequence[str]) -> NDArray[np.float32]:
        """What ``encode`` of sentence-transformers gives, as it comes."""
        return np.asarray(peer.encode(list(sentences)))

    cosines = (encoder.encode(texts) * theirs(texts)).sum(axis=1)
    times = [(seconds(encoder.encode, texts), seconds(theirs, texts)) for _ in range(RUNS)]
    ours, other = (min(column) for column in zip(*times, strict=True))
    print(f"{len(texts)} sentences, {encoder.precision('cpu')}: {len(texts) / ours:.0f} a second")
    print(f"{other / ours:.2f} × the speed of sentence-transformers")
    print(f"cosine to its vectors: least {cosines.min():.4f}, mean {cosines.mean():.5f}")
