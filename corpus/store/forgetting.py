"""A document removed with all that was drawn from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from corpus.store import tables
from corpus.store.database import Store, add, now, reading, write_through, writing
from corpus.store.files import WrittenFile


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed with a document."""

    documents: tuple[str, ...]
    """How its editions were called."""
    locations: tuple[str, ...]
    """Where its bytes came from; these places themselves are left as they are."""
    briefs: tuple[str, ...]
    """Ids."""
    rows: dict[str, int]
    """How many rows of which table."""
    files: tuple[WrittenFile, ...]
    """What the program wrote of it, and somebody has yet to remove."""


def forget(store: Store, document_id: str) -> Forgotten:
    """Remove a document and all that was drawn from it, in one transaction.

    Every table that names a document or a brief is cleared of it. Files are left to the caller.
    """
    with writing(store) as connection:
        here = tables.documents.c.id == document_id
        named = connection.execute(
            sa.select(tables.documents.c.source, tables.documents.c.sha256).where(here)
        ).all()
        of_it = tables.briefs.c.document_id == document_id
        briefs = sorted(set(connection.scalars(sa.select(tables.briefs.c.brief_id).where(of_it))))
        hashes = {row.sha256 for row in named}
        from_it = (tables.outcomes.c.document_id == document_id) | tables.outcomes.c.sha256.in_(
            hashes
        )
        locations = sorted(
            set(connection.scalars(sa.select(tables.outcomes.c.location).where(from_it)))
        )
        wanted = sa.or_(
            sa.false(),
            *(
                tables.written_files.c.path.contains(f"/{brief}.", autoescape=True)
                for brief in briefs
            ),
        )
        columns = [tables.written_files.c[name] for name in WrittenFile.__slots__]
        files = connection.execute(sa.select(*columns).where(wanted)).all()
        conditions: dict[str, sa.ColumnElement[bool]] = {
            tables.documents.name: here,
            tables.outcomes.name: from_it,
            tables.written_files.name: wanted,
            tables.seen_files.name: tables.seen_files.c.sha256.in_(hashes),
            tables.attempts.name: tables.attempts.c.subject.in_({document_id, *hashes}),
            tables.document_versions.name: (tables.document_versions.c.older == document_id)
            | (tables.document_versions.c.newer == document_id),
        }
        rows: dict[str, int] = {}
        for table in reversed(tables.METADATA.sorted_tables):
            names = {"document_id": [document_id], "brief_id": briefs}
            found = [table.c[n].in_(v) for n, v in names.items() if n in table.c]
            condition = conditions.get(table.name, sa.or_(sa.false(), *found))
            if table is not tables.forgotten_briefs and (found or table.name in conditions):
                gone = connection.execute(sa.delete(table).where(condition)).rowcount
                rows |= {table.name: gone} if gone else {}
        for brief in briefs:
            add(connection, tables.forgotten_briefs, brief=brief, at=now())
    write_through(store)
    return Forgotten(
        tuple(dict.fromkeys(row.source for row in named)),
        tuple(locations),
        tuple(briefs),
        rows,
        tuple(WrittenFile(*row) for row in files),
    )


def forgotten_briefs(store: Store, before: datetime | None = None) -> list[str]:
    """Ids of the briefs that were forgotten here and that other programs may still show.

    With ``before``, a moment with its zone, those alone that were forgotten earlier.
    """
    forgotten = tables.forgotten_briefs.c
    query = sa.select(forgotten.brief, forgotten.at).order_by(forgotten.brief)
    with reading(store) as connection:
        rows = connection.execute(query).all()
    return [row.brief for row in rows if before is None or datetime.fromisoformat(row.at) < before]


def all_forgotten(store: Store, briefs: Iterable[str]) -> None:
    """Note that nobody shows these briefs any more."""
    with writing(store) as connection:
        connection.execute(
            sa.delete(tables.forgotten_briefs).where(
                tables.forgotten_briefs.c.brief.in_(list(briefs))
            )
        )
    write_through(store)
