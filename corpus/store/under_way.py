"""What is under way, and what is to be tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from corpus.store import tables
from corpus.store.database import Store, add, reading, writing

#: Seconds until something is tried again for the first time; each time four times as long, up to
#: a day.
FIRST_WAIT_SECONDS = 15


LONGEST_WAIT_SECONDS = 24 * 3600


#: Why an attempt isn't done whose end nobody has seen.
CUT_SHORT = "the program was ended while it worked on it"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Work on a document that was begun and isn't done: under way, or to be tried again."""

    subject: str
    """The SHA-256 of the bytes to read, or the id of the document to draft."""
    edition: str
    work: str
    """``read``, or the audience and language of the brief to draft."""
    place: str
    """Where the bytes are, or what the document is called."""
    reason: str
    """Why it isn't done."""
    unfinished: int
    """How often in a row it was begun and ended without a word: by a crash, or for lack of time."""
    tries: int
    next_at: str
    """Not before this moment, UTC in ISO 8601."""


def begin_attempt(store: Store, subject: str, edition: str, work: str, place: str) -> Attempt:
    """Note that work on a document begins, before anything is done that may end us.

    The note goes when an outcome, a brief or a refusal is kept; what is left of it by a crash tells
    the next run how often that has happened.
    """
    values = {"subject": subject, "edition": edition, "work": work}
    new = {"place": place, "reason": CUT_SHORT, "unfinished": 1, "tries": 1, "next_at": _moment(0)}
    with writing(store) as connection:
        if not add(connection, tables.attempts, **values, **new):
            more = {
                "unfinished": tables.attempts.c.unfinished + 1,
                "tries": tables.attempts.c.tries + 1,
                "reason": CUT_SHORT,
            }
            connection.execute(sa.update(tables.attempts).where(_is(**values)).values(**more))
        return _attempt(connection.execute(_attempt_rows().where(_is(**values))).one())


def put_off(store: Store, attempt: Attempt, reason: str, counts: bool, least: float = 0.0) -> None:
    """Note why an attempt came to nothing, and when to try again: later each time, within a day.

    ``counts`` where the document itself may be the reason; ``least`` are the seconds that somebody
    asked to be left alone.
    """
    wait = max(FIRST_WAIT_SECONDS * 4 ** min(attempt.tries - 1, 9), least)
    seconds = min(wait, LONGEST_WAIT_SECONDS)
    values = {
        "reason": reason,
        "unfinished": attempt.unfinished if counts else attempt.unfinished - 1,
        "next_at": _moment(seconds),
    }
    same = _is(subject=attempt.subject, edition=attempt.edition, work=attempt.work)
    with writing(store) as connection:
        connection.execute(sa.update(tables.attempts).where(same).values(**values))


def attempts(store: Store, edition: str) -> list[Attempt]:
    """All that an edition has begun and not done, oldest first."""
    query = (
        _attempt_rows()
        .where(tables.attempts.c.edition == edition)
        .order_by(tables.attempts.c.number)
    )
    with reading(store) as connection:
        return [_attempt(row) for row in connection.execute(query)]


def end_attempt(connection: sa.Connection, subject: str, edition: str, work: str) -> None:
    """Take away the note of an attempt that is done, in the transaction that keeps its end."""
    same = _is(subject=subject, edition=edition, work=work)
    connection.execute(sa.delete(tables.attempts).where(same))


def end_fetch(connection: sa.Connection, place: str) -> None:
    """The same of all that was begun at a place whose bytes couldn't be had."""
    connection.execute(sa.delete(tables.attempts).where(_is(place=place, work="fetch")))


def _is(**values: str) -> sa.ColumnElement[bool]:
    return sa.and_(*(tables.attempts.c[name] == value for name, value in values.items()))


def _attempt_rows() -> sa.Select[Any]:
    return sa.select(*(tables.attempts.c[name] for name in Attempt.__slots__))


def _attempt(row: sa.Row[Any]) -> Attempt:
    return Attempt(*row)


def _moment(seconds: float) -> str:
    """So many seconds from now, in a form that sorts as time does."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def release(store: Store, places: Sequence[str] | None, edition: str) -> int:
    """Forget why this edition refused these places, or all; how many may be tried again now."""
    read = (tables.outcomes.c.state == "quarantined") & (tables.outcomes.c.edition == edition)
    drafted = tables.refused_drafts.c.edition == edition
    begun = tables.attempts.c.edition == edition
    if places is not None:
        read &= tables.outcomes.c.location.in_(places)
        begun &= tables.attempts.c.place.in_(places)
        ids = sa.select(tables.outcomes.c.document_id).where(tables.outcomes.c.location.in_(places))
        drafted &= tables.refused_drafts.c.document_id.in_(ids)
    with writing(store) as connection:
        done = [
            connection.execute(sa.delete(table).where(which)).rowcount
            for table, which in (
                (tables.outcomes, read),
                (tables.refused_drafts, drafted),
                (tables.attempts, begun),
            )
        ]
    return sum(done)
