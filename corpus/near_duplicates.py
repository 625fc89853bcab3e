"""Which documents say nearly the same: a preprint and its article, a transcript that is sent again.

A document's body is the set of its runs of five words. Two sets are compared by Jaccard's index;
which pairs are worth comparing is found by MinHash in bands (Broder 1997; Leskovec, Rajaraman and
Ullman, *Mining of Massive Datasets*, ch. 3): two documents with an index of .8 share a band in 95
of 100 cases, with .5 in 6.

In: a ``Document``. Out: its bands as text that can be kept and looked up; how like two are. What
follows from it is the store's business.
"""

from __future__ import annotations

from corpus.document import BODY_KINDS, Document, digest
from corpus.text import ALPHANUMERIC

#: Words of a run.
RUN = 5
#: Documents of fewer runs are never compared: forms and notices are all alike.
LEAST_RUNS = 100
#: 16 bands of 8 rows: candidates from an index of about .7 on.
BANDS, ROWS = 16, 8
#: From this index on two documents are one work; two papers of one laboratory stay far below.
ALIKE = 0.6


def runs(document: Document) -> set[str]:
    """The runs of five words of a document's body."""
    found: set[str] = set()
    for block in document.blocks:
        if block.kind in BODY_KINDS:
            words = ALPHANUMERIC.findall(document.text[block.start : block.end].lower())
            found.update(
                " ".join(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 0))
            )
    return found


def bands(document: Document) -> tuple[str, ...]:
    """What documents that are nearly the same have in common; nothing of one that is too short."""
    found = runs(document)
    if len(found) < LEAST_RUNS:
        return ()
    from datasketch import MinHash  # a second that only a new document needs

    signature = MinHash(num_perm=BANDS * ROWS, seed=1)
    signature.update_batch(sorted(run.encode() for run in found))
    rows = signature.hashvalues.reshape(BANDS, ROWS)
    return tuple(f"{n}:{digest(row.tobytes())[:16]}" for n, row in enumerate(rows))


def likeness(one: Document, other: Document) -> float:
    """Jaccard's index of two documents' runs, from 0 to 1."""
    first, second = runs(one), runs(other)
    return len(first & second) / max(len(first | second), 1)
