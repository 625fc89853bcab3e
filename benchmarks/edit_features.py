"""What the judge of rewordings learns from: ``python benchmarks/edit_features.py PAPERS``.

Out: ``benchmarks/edits/features.jsonl.xz``, a line an edit: the features of
``pipelines.verification.entailed``, whether it is unfaithful, its evidence's SHA-256 (edits of one
evidence are never on both sides of a cross-validation). In: the edits of
``benchmarks/edits/seen.jsonl`` that stay in one language; and, of a folder of papers, the lines of
their drafts beside their evidence, and the same lines with a fault planted mechanically
(``pipelines.suites.evaluate_faults``), so that a line close to its evidence is trusted or not for
what it says. ``models.training.fit_entailment`` reads the table.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from corpus.readers import read
from pipelines.brief import Segment
from pipelines.draft import draft
from pipelines.reading.reading import Reading, readings_of
from pipelines.suites.evaluate_edits import segment_of_edit
from pipelines.suites.evaluate_faults import plant
from pipelines.verification.entailed import features
from pipelines.verification.pair import pair_of
from pipelines.verify import failures

EDITS = Path(__file__).parent / "edits"
TABLE = EDITS / "features.jsonl.xz"
#: Of a folder of papers every so many is drafted, by name.
EVERY = 3
_NOT_TOLD = ("sources", "terms")


def of_edit(line: str) -> list[dict[str, Any]]:
    """The row of an edit; none of a translation."""
    edit = json.loads(line)
    if edit["target"] is not None:
        return []
    segment, readings = segment_of_edit(edit)
    return [_row(segment, readings, "hand", unfaithful=not edit["faithful"])]


def of_paper(file: Path) -> list[dict[str, Any]]:
    """The rows of a paper's drafted lines, and of a fault of each kind planted in each."""
    document = read(file)
    readings = readings_of([document])
    told = [s for s in draft(document).segments if s.evidence and s.section not in _NOT_TOLD]
    found = []
    for segment in told:
        found.append(_row(segment, readings, "step", unfaithful=False))
        faults = {fault.kind: fault for fault in plant(segment, document, told)}
        faults.pop("swapped_citation", None)
        for fault in faults.values():
            found.append(_row(fault.segment, readings, "planted", unfaithful=True))
    return found


def _row(
    segment: Segment, readings: dict[str, Reading], source: str, *, unfaithful: bool
) -> dict[str, Any]:
    pair = pair_of(segment, readings)
    seen = features(pair, failures(segment, readings))
    return {
        "evidence": hashlib.sha256(" | ".join(pair.quotes).encode()).hexdigest()[:16],
        "language": pair.language,
        "source": source,
        "unfaithful": unfaithful,
        "features": {name: round(float(value), 4) for name, value in sorted(seen.items()) if value},
    }


def main(papers: Path) -> None:
    """Write the table."""
    edits = (EDITS / "seen.jsonl").read_text(encoding="utf-8").splitlines()
    files = sorted(papers.iterdir())[::EVERY]
    with get_context("fork").Pool() as pool:
        found = [*pool.imap(of_edit, edits, 20), *pool.imap(of_paper, files)]
    lines = [json.dumps(row, ensure_ascii=False) for own in found for row in own]
    with lzma.open(TABLE, "wt", encoding="utf-8") as table:
        table.write("\n".join(lines) + "\n")
    print(f"{len(lines)} lines, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
