"""What reviewers do before they decide: what they type, what is given to whom, what waits.

Typed text is added and never overwritten: each row is one state of one place of a draft, as one
reviewer left it, so that it can be gone back to. A place is a line in a language (``s3/fr``) or
the ``comment``. A row goes on being written only by the window that made it, for a little while:
somebody else's, or the same person's in another window, stays as it was.

What a queue shows of a draft is kept with it once it has been looked up (``summary``), for a
thousand briefs can't be read at each look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from corpus.errors import PasserelleError
from corpus.store import tables
from corpus.store.briefs import is_waiting
from corpus.store.database import Store, add, now, reading, writing

#: For so many seconds a window goes on writing the row that it began; then a new one, to which
#: the reviewer can go back, is begun.
SAME_ROW_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """One place of a draft as a reviewer left it."""

    reviewer: str
    place: str
    text: str
    overruled: str = ""
    """Why the words may stand although a check refuses them."""
    confirmed: bool = False
    """Whether the reviewer said that words stand which no check can decide."""
    window: str = ""
    """The browser's window that it was typed in."""
    at: str = ""
    number: int = 0
    """Of its row: what a window says that it has seen."""


class TypedSinceError(PasserelleError):
    """Another window of the same reviewer has typed in the place since this one looked."""

    def __init__(self, newest: Typed) -> None:
        """``newest``: what stands there now."""
        super().__init__("typed in another window since; look at that text first")
        self.newest = newest


def _of(brief_id: str, sha256: str) -> sa.ColumnElement[bool]:
    drafts = tables.desk_drafts
    return (drafts.c.brief_id == brief_id) & (drafts.c.brief_sha256 == sha256)


def _rows() -> sa.Select[tuple[object, ...]]:
    return sa.select(*(tables.desk_drafts.c[name] for name in Typed.__slots__))


def keep_typed(store: Store, brief_id: str, sha256: str, typed: Typed, seen: int) -> Typed:
    """Keep what was typed in a place of the draft with this text; what is kept, with its number.

    ``seen`` is the number of the row that the window has last seen there, 0 where it saw none.
    Raises ``TypedSinceError`` where another window has typed since; then nothing is changed.
    """
    drafts = tables.desk_drafts
    here = _of(brief_id, sha256) & (
        (drafts.c.reviewer == typed.reviewer) & (drafts.c.place == typed.place)
    )
    values = {
        "text": typed.text,
        "overruled": typed.overruled,
        "confirmed": typed.confirmed,
        "window": typed.window,
        "at": now(),
    }
    with writing(store) as connection:
        row = connection.execute(_rows().where(here).order_by(drafts.c.number.desc())).first()
        newest = None if row is None else Typed(*row)
        if newest is not None and newest.window != typed.window and newest.number != seen:
            raise TypedSinceError(newest)
        since = datetime.now(UTC) - timedelta(seconds=SAME_ROW_SECONDS)
        going_on = (
            here
            & (drafts.c.number == (newest.number if newest else 0))
            & (drafts.c.window == typed.window)
            & (drafts.c.began > since.isoformat(timespec="seconds"))
        )
        if not connection.execute(sa.update(drafts).where(going_on).values(**values)).rowcount:
            new = {"brief_id": brief_id, "brief_sha256": sha256, "began": values["at"], **values}
            new |= {"reviewer": typed.reviewer, "place": typed.place}
            connection.execute(sa.insert(drafts).values(**new))
        kept = connection.execute(_rows().where(here).order_by(drafts.c.number.desc())).first()
    assert kept is not None
    return Typed(*kept)


def typed_now(store: Store, brief_id: str, sha256: str) -> list[Typed]:
    """The newest state of each place that anybody has typed in, over all reviewers."""
    drafts = tables.desk_drafts
    newest = sa.select(sa.func.max(drafts.c.number)).where(_of(brief_id, sha256))
    newest = newest.group_by(drafts.c.reviewer, drafts.c.place)
    query = _rows().where(drafts.c.number.in_(newest)).order_by(drafts.c.number)
    with reading(store) as connection:
        return [Typed(*row) for row in connection.execute(query)]


def typed_before(
    store: Store, brief_id: str, sha256: str, reviewer: str, place: str
) -> list[Typed]:
    """Every state of a place that a reviewer has left, oldest first."""
    drafts = tables.desk_drafts
    here = _of(brief_id, sha256) & (drafts.c.reviewer == reviewer) & (drafts.c.place == place)
    with reading(store) as connection:
        return [Typed(*row) for row in connection.execute(_rows().where(here).order_by("number"))]


# Who does what


def assign(store: Store, brief_ids: Iterable[str], reviewer: str, by: str) -> None:
    """Give drafts to a reviewer; to nobody where ``reviewer`` is empty."""
    assignments = tables.desk_assignments
    with writing(store) as connection:
        for brief_id in brief_ids:
            here = assignments.c.brief_id == brief_id
            connection.execute(sa.delete(assignments).where(here))
            if reviewer:
                add(connection, assignments, brief_id=brief_id, reviewer=reviewer, by=by, at=now())


def assignee(store: Store, brief_id: str) -> str:
    """Whom a draft was given to; empty for nobody."""
    assignments = tables.desk_assignments
    query = sa.select(assignments.c.reviewer).where(assignments.c.brief_id == brief_id)
    with reading(store) as connection:
        return str(connection.scalar(query) or "")


# What waits


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft in the queue, without its text."""

    brief_id: str
    edition: str
    document_id: str
    sha256: str
    audience: str
    language: str
    made_at: str
    """UTC in ISO 8601: since when it waits."""
    assignee: str
    summary: str | None
    """What was kept of it by ``keep_summaries``; None where nothing was, or of another text."""


def drafts_waiting(store: Store) -> list[Waiting]:
    """What waits for a decision, oldest first, without reading any brief."""
    briefs, kept, given = tables.briefs, tables.brief_summaries, tables.desk_assignments
    same = (kept.c.brief_id == briefs.c.brief_id) & (kept.c.brief_sha256 == briefs.c.sha256)
    query = (
        sa.select(
            briefs.c.brief_id,
            briefs.c.edition,
            briefs.c.document_id,
            briefs.c.sha256,
            briefs.c.audience,
            briefs.c.language,
            briefs.c.made_at,
            sa.func.coalesce(given.c.reviewer, ""),
            kept.c.summary,
        )
        .outerjoin(kept, same)
        .outerjoin(given, given.c.brief_id == briefs.c.brief_id)
        .where(is_waiting())
        .order_by(briefs.c.number)
    )
    with reading(store) as connection:
        return [Waiting(*row) for row in connection.execute(query)]


def texts_of(store: Store, drafts: Iterable[Waiting]) -> dict[str, tuple[str, str]]:
    """The JSON of some drafts and of their documents as last read, by the drafts' ids."""
    briefs, documents = tables.briefs, tables.documents
    wanted = list(drafts)
    newest = sa.select(sa.func.max(documents.c.number)).group_by(documents.c.id)
    newest = newest.where(documents.c.id.in_([draft.document_id for draft in wanted]))
    of_documents = sa.select(documents.c.id, documents.c.json)
    of_documents = of_documents.where(documents.c.number.in_(newest))
    of_briefs = sa.select(briefs.c.brief_id, briefs.c.json).where(
        sa.tuple_(briefs.c.brief_id, briefs.c.edition).in_(
            [(draft.brief_id, draft.edition) for draft in wanted]
        )
    )
    with reading(store) as connection:
        documents_json = {row.id: row.json for row in connection.execute(of_documents)}
        briefs_json = {row.brief_id: row.json for row in connection.execute(of_briefs)}
    return {
        draft.brief_id: (
            briefs_json.get(draft.brief_id, "{}"),
            documents_json.get(draft.document_id, "{}"),
        )
        for draft in wanted
    }


def drop_summaries(store: Store, brief_ids: Iterable[str]) -> None:
    """Have what queues show of these briefs summed up again: something was learned about them."""
    with writing(store) as connection:
        kept = tables.brief_summaries
        connection.execute(sa.delete(kept).where(kept.c.brief_id.in_(list(brief_ids))))


def keep_summaries(store: Store, summaries: Mapping[tuple[str, str], str]) -> None:
    """Keep what queues show of briefs, by their id and the SHA-256 of their text."""
    kept = tables.brief_summaries
    with writing(store) as connection:
        for (brief_id, sha256), summary in summaries.items():
            connection.execute(sa.delete(kept).where(kept.c.brief_id == brief_id))
            add(connection, kept, brief_id=brief_id, brief_sha256=sha256, summary=summary)
