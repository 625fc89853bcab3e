"""What does a brief cost beyond parsing the paper and encoding its sentences?

    python benchmarks/draft_cost.py PAPER...

Times ``draft`` against an honest base in the same process, one thread, processor time: the body
through the very components that ``draft`` uses, and its sentences through the encoder. The two take
turns, five times, each time with nothing remembered; the median of each counts. Prints the ratio
for each paper, the median over the papers, and over all.
"""

from __future__ import annotations

import functools
import os
import sys
import time
from collections.abc import Callable
from statistics import median

os.environ["OMP_NUM_THREADS"] = "1"  # before PyTorch is loaded

from corpus.document import BODY_KINDS, Document
from corpus.readers import read
from models import parsing
from models.encoder import encode
from pipelines.draft import draft

RUNS = 5


def bare(document: Document) -> None:
    """Parse the body and encode its sentences, nothing else."""
    body = [document.text[b.start : b.end] for b in document.blocks if b.kind in BODY_KINDS]
    nlp = parsing.pipeline(document.language)
    parsed = list(nlp.pipe(body, disable=parsing.ENTITIES, batch_size=parsing.BATCH))
    encode([sentence.text for doc in parsed for sentence in doc.sents])


def forget() -> None:
    """Clear what was remembered of texts; models and word lists stay."""
    parsing.forget()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("corpus", "models", "pipelines"):
            for value in list(vars(module).values()):
                cached = isinstance(value, functools._lru_cache_wrapper)
                if cached and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


def seconds(work: Callable[[Document], object], document: Document) -> float:
    """Processor time of one run with nothing remembered."""
    forget()
    begun = time.process_time()
    work(document)
    return time.process_time() - begun


def main() -> None:
    """Measure every paper of the command line."""
    papers = [read(path) for path in sys.argv[1:]]
    draft(papers[0])  # loads the models
    ratios, total, least = [], 0.0, 0.0
    for paper in papers:
        runs = [(seconds(bare, paper), seconds(draft, paper)) for _ in range(RUNS)]
        base, whole = (median(column) for column in zip(*runs, strict=True))
        ratios.append(whole / base)
        total, least = total + whole, least + base
        words = len(paper.text.split())
        print(f"{paper.source}: {words} words, {whole:.2f} s, {whole / base:.2f} × the base")
    print(f"median {median(ratios):.2f} ×, all {total / least:.2f} × parsing and encoding alone")


if __name__ == "__main__":
    main()
