"""The suite ``tldr``: the one-sentence bottom line of abstracts against their authors' own.

Lines of SciTLDR's form (Cachola et al. 2020): ``source``, the abstract's sentences, and
``target``, one summary or several; the best of them counts, as is usual there. A ``title``, which
the public files have, is read as that of any paper.

Each abstract goes the way of a paper that has nothing else: it is read and planned, and the
first candidate for its bottom line that passes a brief's checks is measured, in the words that
are left after shortening. The steps that then only put it plainly ("the researchers" for "we",
plain words) are not measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rouge_score.rouge_scorer import RougeScorer

from corpus.document import Document, Passage, assemble, digest
from pipelines import verify
from pipelines.brief import Finding
from pipelines.reading.reading import Reading, readings_of
from pipelines.rewrite.lines import evidence, segment_of
from pipelines.selecting.bottom_lines import BottomLine
from pipelines.selecting.findings import findings
from pipelines.selecting.plan import plan_paper
from pipelines.suites import records

FIGURES = ("rouge1", "rouge2", "rougeL")


def evaluate(path: Path) -> dict[str, float]:
    """ROUGE-1, 2 and L, F-measures in per cent, of the bottom lines of a file's abstracts."""
    scorer = RougeScorer(FIGURES, use_stemmer=True)
    values = []
    for record in records(path, "source", "target"):
        told = bottom_line(abstract_only(record["source"], record.get("title")))
        scores = [scorer.score(target, told) for target in record["target"]]
        values.append([max(score[name].fmeasure for score in scores) for name in FIGURES])
    means = 100 * np.mean(values, axis=0)
    return {name: round(float(mean), 2) for name, mean in zip(FIGURES, means, strict=True)}


def abstract_only(sentences: Sequence[str], title: str | None = None) -> Document:
    """A paper that has nothing but its abstract, and its title where there is one."""
    passages = [Passage(title, "title")] if title else []
    passages.append(Passage(" ".join(" ".join(sentences).split()), "paragraph", "Abstract"))
    text, blocks, anchors = assemble(passages)
    sha256 = digest(text.encode())
    return Document(
        sha256[:16], "paper", "en", title, (), {}, None, "abstract", sha256, text, blocks, anchors
    )


def bottom_line(document: Document) -> str:
    """What the document's brief tells first, before it is put plainly; empty where nothing can."""
    reading = Reading(document)
    slots = plan_paper(reading, findings(reading), "staff")
    candidates = next(slot.candidates for slot in slots if slot.section == "bottom_line")
    return next((text for one in candidates for text in _told(document, one)), "")


def _told(document: Document, finding: Finding) -> list[str]:
    """The wording of a candidate that passes the checks: shortened or, failing that, its own."""
    own = document.text[finding.start : finding.end]
    texts = [own]
    spans = [evidence(document, finding.start, finding.end)]
    if isinstance(finding, BottomLine):
        texts = [finding.text, own]
        spans += [evidence(document, other.start, other.end) for other in finding.others]
    return [
        text
        for text in texts
        if not verify.failures(
            segment_of(document, "bottom_line", text, spans), readings_of([document])
        )
    ][:1]
