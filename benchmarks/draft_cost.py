"""What does a brief cost beyond parsing the paper and encoding its sentences?

    python benchmarks/draft_cost.py PAPER...

Times ``draft`` against its bare cost in the same process: the body through the spaCy pipeline and
its sentences through the encoder. Prints the ratio for each paper and over all; models are loaded
before anything is timed, by drafting the first paper, which isn't timed itself: a paper drafted
twice finds its sentences already judged.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from corpus.document import BODY_KINDS, Document
from corpus.readers import read
from models.encoder import encode
from models.parsing import pipeline
from pipelines.draft import draft


def bare(document: Document) -> None:
    """Parse the body and encode its sentences, nothing else."""
    body = [document.text[b.start : b.end] for b in document.blocks if b.kind in BODY_KINDS]
    parsed = pipeline(document.language).pipe(body)
    encode([sentence.text for doc in parsed for sentence in doc.sents])


def seconds(work: Callable[[Document], object], document: Document) -> float:
    """Processor time of one run."""
    begun = time.process_time()
    work(document)
    return time.process_time() - begun


if __name__ == "__main__":
    papers = [read(path) for path in sys.argv[1:]]
    draft(papers[0])
    total, least = 0.0, 0.0
    for paper in papers[1:]:
        parts, whole = seconds(bare, paper), seconds(draft, paper)
        total, least = total + whole, least + parts
        words = len(paper.text.split())
        print(f"{paper.source}: {words} words, {whole:.2f} s, {whole / parts:.2f} × the bare cost")
    print(f"all: {total / least:.2f} × the bare cost")
