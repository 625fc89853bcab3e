"""What translators sent home: their files as they came, and each line's translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.document import digest
from corpus.store import tables
from corpus.store.database import Store, add, reading, writing


@dataclass(frozen=True, slots=True)
class Translation:
    """One line of a brief as a translator's file had it."""

    brief_id: str
    segment: str
    """Id of the segment."""
    language: str
    fingerprint: str
    """Of the source that it is a translation of."""
    text: str
    state: str
    """``translated`` where it was taken over; else why it wasn't."""
    overruled: str
    """Why it stands although a check names something; empty where none does."""
    file: str
    """SHA-256 of the file."""
    at: str
    """When it came home: ISO 8601 with offset."""


def keep_returned(
    store: Store,
    content: bytes,
    name: str,
    brief_id: str,
    at: str,
    translations: Iterable[Translation] = (),
) -> None:
    """Keep a file to the byte and, in the same breath, the lines in it; a file once a brief.

    Of a line whose translation is kept already, as it is, nothing is added.
    """
    sha256 = digest(content)
    with writing(store) as connection:
        add(
            connection,
            tables.returned_files,
            brief_id=brief_id,
            sha256=sha256,
            name=name,
            content=content,
            at=at,
        )
        last = {(one.segment, one.language): one for one in _translations(connection, brief_id)}
        for one in translations:
            before = last.get((one.segment, one.language))
            if before is not None and _said(before) == _said(one):
                continue
            values = {name: getattr(one, name) for name in Translation.__slots__}
            connection.execute(sa.insert(tables.translations).values(**values))


def _said(one: Translation) -> tuple[str, ...]:
    return one.fingerprint, one.text, one.state, one.overruled


def translations_of(store: Store, brief_id: str) -> list[Translation]:
    """Every translation of a brief's lines that ever came home, oldest first."""
    with reading(store) as connection:
        return _translations(connection, brief_id)


def _translations(connection: sa.Connection, brief_id: str) -> list[Translation]:
    columns = [tables.translations.c[name] for name in Translation.__slots__]
    query = sa.select(*columns).where(tables.translations.c.brief_id == brief_id)
    rows = connection.execute(query.order_by(tables.translations.c.number))
    return [Translation(*row) for row in rows]


def returned_file(store: Store, sha256: str) -> bytes | None:
    """A file as it came; None where none of this SHA-256 did."""
    query = sa.select(tables.returned_files.c.content)
    here = tables.returned_files.c.sha256 == sha256
    with reading(store) as connection:
        content: bytes | None = connection.scalar(query.where(here).limit(1))
    return content
