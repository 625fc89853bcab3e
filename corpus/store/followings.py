"""Followed sources, and what was seen of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from corpus.store import tables
from corpus.store.database import Store, add, now, reading, writing


@dataclass(frozen=True, slots=True)
class Followed:
    """A feed, a repository, a query, a page or a folder that is looked into every night."""

    name: str
    kind: str
    """One of ``corpus.followed.KINDS``."""
    place: str
    """Its address, or the folder."""
    query: str = ""
    paused: bool = False
    mark: str = "{}"
    """Up to where it has been read, as JSON: what the next look begins with."""
    told: str = ""
    """What came of the last look."""
    looked_at: str = ""


def keep_followed(store: Store, followed: Followed) -> None:
    """Keep a followed source, in place of one of the same name."""
    values = {name: getattr(followed, name) for name in Followed.__slots__}
    with writing(store) as connection:
        if not add(connection, tables.followed_sources, **values):
            same = tables.followed_sources.c.name == followed.name
            connection.execute(sa.update(tables.followed_sources).where(same).values(**values))


def followed_sources(store: Store) -> list[Followed]:
    """Every followed source, by name."""
    columns = [tables.followed_sources.c[name] for name in Followed.__slots__]
    with reading(store) as connection:
        rows = connection.execute(
            sa.select(*columns).order_by(tables.followed_sources.c.name)
        ).all()
    return [Followed(*row) for row in rows]


def unfollow(store: Store, name: str) -> None:
    """Forget a followed source, and what was seen of it; its documents stay."""
    with writing(store) as connection:
        connection.execute(
            sa.delete(tables.followed_items).where(tables.followed_items.c.source == name)
        )
        connection.execute(
            sa.delete(tables.followed_sources).where(tables.followed_sources.c.name == name)
        )


def known_items(store: Store, name: str, items: Iterable[str]) -> set[str]:
    """Which of these items of a followed source have been taken in."""
    query = sa.select(tables.followed_items.c.item).where(tables.followed_items.c.source == name)
    with reading(store) as connection:
        return set(connection.scalars(query.where(tables.followed_items.c.item.in_(list(items)))))


def record_item(store: Store, name: str, item: str) -> None:
    """Remember that an item of a followed source has been taken in."""
    with writing(store) as connection:
        add(connection, tables.followed_items, source=name, item=item, at=now())
