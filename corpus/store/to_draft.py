"""What is still to draft, and what can't be."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from corpus.store import tables
from corpus.store.briefs import SETTLED, drafting
from corpus.store.database import Store, add, now, reading, writing
from corpus.store.under_way import end_attempt


@dataclass(frozen=True, slots=True)
class RefusedDraft:
    """Why one edition of the program could make no brief of a kept document."""

    document_id: str
    edition: str
    audience: str
    language: str
    reason: str


def record_refused_draft(store: Store, refused: RefusedDraft) -> None:
    """Remember that this edition can make no such brief of a document; the first reason stays."""
    values = {name: getattr(refused, name) for name in RefusedDraft.__slots__}
    with writing(store) as connection:
        add(connection, tables.refused_drafts, **values, at=now())
        work = drafting(refused.audience, refused.language)
        end_attempt(connection, refused.document_id, refused.edition, work)


def refused_drafts(store: Store) -> list[RefusedDraft]:
    """Every brief that couldn't be made, oldest first, over all editions."""
    columns = [tables.refused_drafts.c[name] for name in RefusedDraft.__slots__]
    with reading(store) as connection:
        rows = connection.execute(
            sa.select(*columns).order_by(tables.refused_drafts.c.number)
        ).all()
    return [RefusedDraft(*row) for row in rows]


def undrafted(store: Store, audience: str, edition: str, folder: str) -> list[str]:
    """Ids of the documents whose brief for an audience isn't made or isn't in ``folder`` yet.

    The brief is the one in the document's own language by this edition, or a redraft of it. Left
    out are documents that this edition couldn't draft, and those that a person has settled under
    an earlier one.
    """
    written = sa.exists().where(
        tables.written_files.c.path
        == sa.literal(os.path.join(folder, "")) + tables.briefs.c.brief_id + ".json",
        tables.written_files.c.brief_sha256 == tables.briefs.c.sha256,
        tables.written_files.c.edition == edition,
    )
    later = tables.briefs.alias("later")
    redrafted = sa.exists().where(
        later.c.brief_id == tables.briefs.c.brief_id, later.c.number > tables.briefs.c.number
    )
    refused = sa.exists().where(
        tables.refused_drafts.c.document_id == tables.documents.c.id,
        tables.refused_drafts.c.language == tables.documents.c.language,
        tables.refused_drafts.c.audience == audience,
        tables.refused_drafts.c.edition == edition,
    )
    # all that is delivered is looked up at once, and what a store of years must be asked one by one
    # is asked of the few others
    delivered = sa.select(tables.briefs.c.document_id, tables.briefs.c.language).where(
        tables.briefs.c.audience == audience,
        tables.briefs.c.edition == edition,
        written | redrafted,
    )
    here = tables.documents.c
    made, settled = _brief_made(audience, edition), _brief_settled(audience)
    query = sa.select(here.id).where(
        sa.tuple_(here.id, here.language).not_in(delivered),
        _is_last_read(),
        made | ~(refused | settled | _superseded(audience, edition)),
    )
    query = query.order_by(_first_came())
    with reading(store) as connection:
        return list(connection.scalars(query))


def _superseded(audience: str, edition: str) -> sa.ColumnElement[bool]:
    """Whether the document at hand has a newer version of which a brief can be made."""
    newer_refused = sa.exists().where(
        tables.refused_drafts.c.document_id == tables.document_versions.c.newer,
        tables.refused_drafts.c.audience == audience,
        tables.refused_drafts.c.edition == edition,
    )
    return (
        sa.exists()
        .where(tables.document_versions.c.older == tables.documents.c.id, ~newer_refused)
        .correlate(tables.documents)
    )


def settled_earlier(store: Store, audience: str, edition: str) -> int:
    """How many documents ``undrafted`` leaves alone because a person has settled their brief."""
    left = _brief_settled(audience) & ~_brief_made(audience, edition)
    query = sa.select(sa.func.count()).select_from(_last_read().where(left).subquery())
    with reading(store) as connection:
        return connection.scalar(query) or 0


def _is_last_read() -> sa.ColumnElement[bool]:
    """Whether the row at hand is its document's newest."""
    other = tables.documents.alias("newer")
    return ~sa.exists().where(
        other.c.id == tables.documents.c.id, other.c.number > tables.documents.c.number
    )


def _first_came() -> sa.ScalarSelect[Any]:
    """The number under which the document at hand first came."""
    other = tables.documents.alias("oldest")
    first = sa.select(sa.func.min(other.c.number)).where(other.c.id == tables.documents.c.id)
    return first.scalar_subquery()


def _last_read() -> sa.Select[Any]:
    """Ids of the documents, each once as last read, in the order in which they first came."""
    ages = sa.select(
        sa.func.max(tables.documents.c.number).label("last"),
        sa.func.min(tables.documents.c.number).label("first"),
    )
    age = ages.group_by(tables.documents.c.id).subquery()
    here = age.c.last == tables.documents.c.number
    return sa.select(tables.documents.c.id).join(age, here).order_by(age.c.first)


def _brief_of_this(audience: str) -> sa.Exists:
    """Whether the document at hand has a brief for an audience in its own language."""
    return (
        sa.exists()
        .where(
            tables.briefs.c.document_id == tables.documents.c.id,
            tables.briefs.c.language == tables.documents.c.language,
            tables.briefs.c.audience == audience,
        )
        .correlate(tables.documents)
    )


def _brief_made(audience: str, edition: str) -> sa.Exists:
    return _brief_of_this(audience).where(tables.briefs.c.edition == edition)


def _brief_settled(audience: str) -> sa.Exists:
    return _brief_of_this(audience).where(tables.briefs.c.status.in_(SETTLED))
