"""What became of the sources."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa

from corpus.store import tables
from corpus.store.database import Store, add, now, reading, writing
from corpus.store.under_way import end_attempt, end_fetch

State = Literal["added", "duplicate", "updated", "quarantined", "waiting"]


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """What became of one source."""

    location: str
    """Absolute path or address."""
    state: State
    reason: str
    sha256: str | None = None
    """Of the source's bytes; None where they couldn't be had."""
    document_id: str | None = None
    edition: str = ""
    at: str = field(default="", compare=False)
    """When it was recorded, UTC in ISO 8601; empty as long as it isn't."""


def record_outcome(store: Store, outcome: IngestOutcome) -> None:
    """Record what became of a source; the same outcome of the same bytes is recorded once."""
    with writing(store) as connection:
        record(connection, outcome)


def record(connection: sa.Connection, outcome: IngestOutcome) -> None:
    """As ``record_outcome``, in a transaction that does more."""
    values = {name: getattr(outcome, name) for name in IngestOutcome.__slots__}
    add(connection, tables.outcomes, **{**values, "sha256": outcome.sha256 or "", "at": now()})
    end_attempt(connection, outcome.sha256 or "", outcome.edition, "read")
    end_fetch(connection, outcome.location)


def _rows() -> sa.Select[Any]:
    return sa.select(*(tables.outcomes.c[name] for name in IngestOutcome.__slots__))


def _read(store: Store, query: sa.Select[Any]) -> list[IngestOutcome]:
    """The outcomes that a query of ``_rows`` finds, oldest first."""
    with reading(store) as connection:
        rows = connection.execute(query.order_by(tables.outcomes.c.number)).all()
    return [IngestOutcome(**{**row._mapping, "sha256": row.sha256 or None}) for row in rows]


def outcomes(store: Store, sha256: str | None = None) -> list[IngestOutcome]:
    """Every outcome, oldest first; with ``sha256`` those of these bytes only."""
    query = _rows()
    if sha256 is not None:
        query = query.where(tables.outcomes.c.sha256 == sha256)
    return _read(store, query)


def outcomes_at(store: Store, location: str) -> list[IngestOutcome]:
    """Every outcome of one place, oldest first."""
    query = _rows().where(tables.outcomes.c.location == location)
    return _read(store, query)


def quarantined(store: Store, sha256: str, location: str, edition: str) -> IngestOutcome | None:
    """Why this edition couldn't read these bytes from this place before; None where it didn't."""
    return next(
        (
            outcome
            for outcome in reversed(outcomes(store, sha256))
            if (outcome.state, outcome.location, outcome.edition)
            == ("quarantined", location, edition)
        ),
        None,
    )


def refusals(store: Store, words: str) -> list[IngestOutcome]:
    """What was quarantined for a reason with these words in it, oldest first, each bytes once."""
    first = sa.select(sa.func.min(tables.outcomes.c.number)).group_by(tables.outcomes.c.sha256)
    query = _rows().where(
        tables.outcomes.c.number.in_(first),
        tables.outcomes.c.state == "quarantined",
        tables.outcomes.c.reason.contains(words, autoescape=True),
    )
    return _read(store, query)


#: Places that one query asks for: SQLite takes 999 values and more.
_AT_ONCE = 500


def settled_places(
    store: Store, edition: str, locations: Collection[str]
) -> set[tuple[str, str | None]]:
    """Location and SHA-256 of what has come from these places and something has become of.

    Refusals count where they are of this edition.
    """
    asked = sorted(set(locations))
    kept = (tables.outcomes.c.state != "quarantined") | (tables.outcomes.c.edition == edition)
    query = sa.select(tables.outcomes.c.location, tables.outcomes.c.sha256).where(kept)
    found: set[tuple[str, str | None]] = set()
    with reading(store) as connection:
        for start in range(0, len(asked), _AT_ONCE):
            some = query.where(tables.outcomes.c.location.in_(asked[start : start + _AT_ONCE]))
            found |= {(place, sha256 or None) for place, sha256 in connection.execute(some)}
    return found


def in_quarantine(store: Store, edition: str) -> list[IngestOutcome]:
    """What an edition could not read, oldest first, each place as it stands now."""
    newest = sa.select(sa.func.max(tables.outcomes.c.number)).group_by(tables.outcomes.c.location)
    query = _rows().where(
        tables.outcomes.c.number.in_(newest),
        tables.outcomes.c.state == "quarantined",
        tables.outcomes.c.edition == edition,
    )
    return _read(store, query)
