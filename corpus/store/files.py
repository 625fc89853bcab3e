"""Files: those that the program wrote, and those that it has looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.store import tables
from corpus.store.database import Store, add, reading, writing


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What the program last wrote at a path."""

    path: str
    brief_sha256: str
    edition: str
    sha256: str
    """Of the bytes written."""


def record_written(store: Store, files: Iterable[WrittenFile]) -> None:
    """Remember what was written at each path, in place of what was there before."""
    with writing(store) as connection:
        for file in files:
            values = {name: getattr(file, name) for name in WrittenFile.__slots__}
            if not add(connection, tables.written_files, **values):
                same = tables.written_files.c.path == file.path
                connection.execute(sa.update(tables.written_files).where(same).values(**values))


def last_written(store: Store, path: str) -> WrittenFile | None:
    """What the program last wrote at a path; None where it never did."""
    columns = [tables.written_files.c[name] for name in WrittenFile.__slots__]
    with reading(store) as connection:
        row = connection.execute(
            sa.select(*columns).where(tables.written_files.c.path == path)
        ).first()
    return None if row is None else WrittenFile(*row)


def seen_files(store: Store) -> dict[str, tuple[str, str]]:
    """Stamp and SHA-256 of each file as it was last looked at, by its location."""
    query = sa.select(
        tables.seen_files.c.location, tables.seen_files.c.stamp, tables.seen_files.c.sha256
    )
    with reading(store) as connection:
        return {location: (stamp, sha256) for location, stamp, sha256 in connection.execute(query)}


def record_seen(store: Store, files: Mapping[str, tuple[str, str]]) -> None:
    """Remember stamp and SHA-256 of files, so that they needn't be read to be known again."""
    with writing(store) as connection:
        for location, (stamp, sha256) in files.items():
            values = {"stamp": stamp, "sha256": sha256}
            if not add(connection, tables.seen_files, location=location, **values):
                same = tables.seen_files.c.location == location
                connection.execute(sa.update(tables.seen_files).where(same).values(**values))


def written_of(store: Store, brief_sha256: Iterable[str]) -> list[WrittenFile]:
    """What the program last wrote of these texts, by path, where it wrote nothing else since."""
    columns = [tables.written_files.c[name] for name in WrittenFile.__slots__]
    query = sa.select(*columns).where(tables.written_files.c.brief_sha256.in_(list(brief_sha256)))
    with reading(store) as connection:
        rows = connection.execute(query.order_by(tables.written_files.c.path)).all()
    return [WrittenFile(*row) for row in rows]
