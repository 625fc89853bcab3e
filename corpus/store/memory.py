"""The translation memory: pairs that were agreed to, or that an organization brought along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.document import Language, digest
from corpus.store import tables
from corpus.store.database import Store, add, now, reading, writing


@dataclass(frozen=True, slots=True)
class Remembered:
    """A text and its translation."""

    source_language: Language
    source: str
    target: str
    """In the other language."""
    origin: str
    """The brief that it was approved in, or the file that it was imported from."""


def remember_brief(store: Store, brief_id: str, pairs: Iterable[Remembered]) -> None:
    """Keep the pairs of an approved brief, in place of those of an earlier approval."""
    with writing(store) as connection:
        here = tables.memory.c.brief_id == brief_id
        connection.execute(sa.delete(tables.memory).where(here))
        for pair in pairs:
            _remember(connection, brief_id, pair)


def forget_pairs(store: Store, brief_id: str) -> None:
    """Take the pairs of a brief out of the memory."""
    remember_brief(store, brief_id, ())


def remember(store: Store, pairs: Iterable[Remembered]) -> int:
    """Keep pairs of no brief of ours; how many are new."""
    with writing(store) as connection:
        return sum([_remember(connection, "", pair) for pair in pairs])


def _remember(connection: sa.Connection, brief_id: str, pair: Remembered) -> bool:
    values = {name: getattr(pair, name) for name in Remembered.__slots__}
    told = "\0".join((pair.source_language, pair.source, pair.target))
    sha256 = digest(told.encode("utf-8", "surrogatepass"))
    return add(connection, tables.memory, brief_id=brief_id, sha256=sha256, at=now(), **values)


def memory(store: Store) -> list[Remembered]:
    """All that is remembered, newest first: of two translations of one text the newer is better."""
    columns = [tables.memory.c[name] for name in Remembered.__slots__]
    query = sa.select(*columns).order_by(tables.memory.c.number.desc())
    with reading(store) as connection:
        return [Remembered(*row) for row in connection.execute(query)]


def memory_mark(store: Store) -> tuple[int, int]:
    """What changes when the memory does: its newest row and how many it has."""
    number = tables.memory.c.number
    query = sa.select(sa.func.coalesce(sa.func.max(number), 0), sa.func.count(number))
    with reading(store) as connection:
        newest, count = connection.execute(query).one()
        return newest, count
