"""What ``passerelle commitments`` shows: the ledger over every exchange in the store, as values.

In: the store. Out: plain values, nobody's name in them: each commitment with who by role, what, by
when, where it was made, its state and the words of each change; and innovations of one exchange
that another one asks about. How they are found is ``pipelines.selecting.ledger``'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.document import Document
from corpus.store import Store, documents, find_document
from pipelines.language.typography import one_line
from pipelines.reading.privacy import masked
from pipelines.reading.reading import Reading
from pipelines.selecting.ledger import Commitment, Held, SaidAt, commitments, taken_up
from pipelines.selecting.points import points


def ledger(store: Store) -> dict[str, Any]:
    """Commitments and take-up over the exchanges of a store, in the order in which they were held.

    That is the order of their dates, where they have some, and else that in which they came.
    """
    found = [
        document
        for entry in documents(store)
        if entry.kind == "exchange" and (document := find_document(store, entry.id)) is not None
    ]
    found.sort(key=lambda document: document.published or "")  # stable
    held = [Held(reading, points(reading)) for reading in map(Reading, found)]
    by_id = {document.id: document for document in found}
    return {
        "commitments": [_commitment(one, by_id) for one in commitments(held)],
        "take_up": [
            {
                "innovation": _words(one.innovation, by_id),
                "question": _words(one.question, by_id),
            }
            for one in taken_up(held)
        ],
    }


def _commitment(one: Commitment, by_id: Mapping[str, Document]) -> dict[str, Any]:
    own = _words(one.place, by_id)
    return {
        "state": one.state,
        "who": one.who,
        "what": own["quote"],
        "by": one.by,
        **{name: own[name] for name in ("document", "title", "start", "end", "timecode")},
        "changes": [
            {"state": change.state, **_words(change.place, by_id)} for change in one.changes
        ],
    }


def _words(place: SaidAt, by_id: Mapping[str, Document]) -> dict[str, Any]:
    """A place with its words, names masked."""
    document = by_id[place.document]
    return {
        "document": place.document,
        "title": one_line(document.title or document.source),
        "start": place.start,
        "end": place.end,
        "timecode": place.timecode,
        "quote": one_line(masked(document, place.start, place.end)),
    }
