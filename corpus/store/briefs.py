"""Briefs, people's decisions on them, and the texts that were approved.

The decisions on a brief are one row of links: each names the one that it knows of, and the database
keeps two from naming the same. So of two that are made at once, whichever door they come through,
one holds, and the other is told of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import sqlalchemy as sa

from corpus.document import digest
from corpus.errors import PasserelleError
from corpus.store import tables
from corpus.store.database import Store, add, now, reading, writing
from corpus.store.under_way import end_attempt

Decision = Literal["approve", "revise", "reject", "unpublish"]


#: What a person's decision makes of a brief's status.
STATUS_AFTER: dict[Decision, str] = {
    "approve": "approved",
    "revise": "revise",
    "reject": "rejected",
    "unpublish": "unpublished",
}


#: What a brief's status is once a person is done with it.
SETTLED = ("approved", "rejected", "published", "unpublished")


#: Decisions that take a draft out of the queue; one sent back stays until its redraft is made.
SETTLING: tuple[Decision, ...] = ("approve", "reject", "unpublish")


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """One edition of a brief: what the store knows of it."""

    brief_id: str
    edition: str
    """Of the program that made it (``batch.edition``)."""
    document_id: str
    audience: str
    language: str
    status: str
    json: str

    @property
    def sha256(self) -> str:
        """Of the brief's JSON in UTF-8; a review names the text it decided on by this."""
        return digest(self.json.encode())


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """A person's decision on one edition of a brief."""

    brief_id: str
    edition: str
    brief_sha256: str
    """Of the brief's JSON as the person saw it."""
    decision: Decision
    reviewer: str
    edits: list[dict[str, str]]
    """What the person changed, as plain values of ``pipelines.brief.Edit``."""
    comment: str
    at: str
    """ISO 8601 with offset."""
    languages: list[str] = field(default_factory=list)
    """The languages in which an approval holds."""
    after: int = 0
    """Number of the last decision on the brief that the person knew of; 0 where there was none."""
    number: int = 0
    """Under which the store keeps it; 0 as long as it doesn't."""


class OvertakenError(PasserelleError):
    """A decision that doesn't know of another one, which came first and holds."""

    def __init__(self, review: ReviewEntry) -> None:
        """The decision that holds."""
        super().__init__(
            f"{review.brief_id}: {review.reviewer} decided first ({review.decision}, {review.at}); "
            "nothing was recorded"
        )
        self.review = review


class OutdatedError(PasserelleError):
    """A decision on a text that is no longer the draft's."""


@dataclass(frozen=True, slots=True)
class ApprovedBrief:
    """The text of a brief as a person approved it, their edits in it."""

    brief_id: str
    edition: str
    """Of the draft that was decided on."""
    brief_sha256: str
    """Of that draft's JSON."""
    json: str
    at: str
    """ISO 8601 with offset."""


def keep_brief(store: Store, entry: BriefEntry) -> BriefEntry:
    """Keep one edition of a brief, and return what is kept.

    A brief that somebody has reviewed stays as they saw it; one that nobody has is replaced.
    """
    values = {name: getattr(entry, name) for name in BriefEntry.__slots__}
    values |= {"sha256": entry.sha256, "made_at": now()}
    key = (tables.briefs.c.brief_id == entry.brief_id) & (tables.briefs.c.edition == entry.edition)
    reviewed = sa.exists().where(
        tables.reviews.c.brief_id == entry.brief_id, tables.reviews.c.edition == entry.edition
    )
    with writing(store) as connection:
        if not add(connection, tables.briefs, **values):
            changed = key & (tables.briefs.c.sha256 != entry.sha256) & ~reviewed
            connection.execute(sa.update(tables.briefs).where(changed).values(**values))
        work = drafting(entry.audience, entry.language)
        end_attempt(connection, entry.document_id, entry.edition, work)
        row = connection.execute(brief_entries().where(key)).one()
    return BriefEntry(*row)


def drafting(audience: str, language: str) -> str:
    """How the work on a brief is called among attempts."""
    return f"{audience}/{language}"


def brief_entries() -> sa.Select[Any]:
    """The query of briefs' rows in the order of ``BriefEntry``'s fields."""
    return sa.select(*(tables.briefs.c[name] for name in BriefEntry.__slots__))


def find_brief(store: Store, brief_id: str, edition: str | None = None) -> BriefEntry | None:
    """A brief by its id: of ``edition``, or the newest; None where there is none."""
    query = brief_entries().where(tables.briefs.c.brief_id == brief_id)
    if edition is not None:
        query = query.where(tables.briefs.c.edition == edition)
    with reading(store) as connection:
        row = connection.execute(query.order_by(tables.briefs.c.number.desc()).limit(1)).first()
    return None if row is None else BriefEntry(*row)


def find_brief_of(
    store: Store, document_id: str, audience: str, language: str, edition: str
) -> BriefEntry | None:
    """The brief of a document for an audience in a language, made by ``edition``."""
    query = brief_entries().where(
        tables.briefs.c.document_id == document_id,
        tables.briefs.c.audience == audience,
        tables.briefs.c.language == language,
        tables.briefs.c.edition == edition,
    )
    with reading(store) as connection:
        row = connection.execute(query.order_by(tables.briefs.c.number.desc()).limit(1)).first()
    return None if row is None else BriefEntry(*row)


def briefs_of(store: Store, document_id: str) -> list[BriefEntry]:
    """Every brief of a document in every edition, oldest first."""
    query = brief_entries().where(tables.briefs.c.document_id == document_id)
    with reading(store) as connection:
        rows = connection.execute(query.order_by(tables.briefs.c.number)).all()
    return [BriefEntry(*row) for row in rows]


def editions_of(store: Store, brief_id: str) -> list[BriefEntry]:
    """Every edition of one brief, oldest first."""
    query = brief_entries().where(tables.briefs.c.brief_id == brief_id)
    with reading(store) as connection:
        rows = connection.execute(query.order_by(tables.briefs.c.number)).all()
    return [BriefEntry(*row) for row in rows]


def is_waiting() -> sa.ColumnElement[bool]:
    """Whether the brief at hand is the newest edition, and its text is nobody's decision yet.

    A draft whose document has a newer version with a draft of its own waits no longer.
    """
    newest = sa.select(sa.func.max(tables.briefs.c.number)).group_by(tables.briefs.c.brief_id)
    decided = sa.exists().where(
        tables.reviews.c.brief_id == tables.briefs.c.brief_id,
        tables.reviews.c.brief_sha256 == tables.briefs.c.sha256,
        tables.reviews.c.decision.in_(SETTLING),
    )
    newer = tables.briefs.alias("newer")
    replaced = sa.exists().where(
        tables.document_versions.c.older == tables.briefs.c.document_id,
        newer.c.document_id == tables.document_versions.c.newer,
        newer.c.audience == tables.briefs.c.audience,
    )
    return tables.briefs.c.number.in_(newest) & ~decided & ~replaced


def superseded(store: Store) -> list[str]:
    """Ids of the documents with a newer version and a draft that nobody has decided on."""
    briefs, links = tables.briefs.c, tables.document_versions.c
    query = sa.select(briefs.document_id).where(briefs.document_id.in_(sa.select(links.older)))
    query = query.where(briefs.status.not_in(SETTLED)).order_by(briefs.number)
    with reading(store) as connection:
        return list(dict.fromkeys(connection.scalars(query)))


def briefs_waiting(store: Store) -> list[BriefEntry]:
    """The newest edition of each brief whose text nobody has settled yet, oldest first."""
    query = brief_entries().where(is_waiting())
    with reading(store) as connection:
        rows = connection.execute(query.order_by(tables.briefs.c.number)).all()
    return [BriefEntry(*row) for row in rows]


def keep_review(store: Store, review: ReviewEntry, approved: str | None = None) -> ReviewEntry:
    """Add a person's decision and, in the same breath, the JSON of the brief that they approved.

    Returns it as it is kept. The same decision once more, whenever it is made, is one. Raises
    ``OvertakenError`` where another came first that it doesn't know of (``review.after``),
    ``OutdatedError`` where the draft's text is no longer the one that it names, and
    ``PasserelleError`` where the brief isn't in the store.
    """
    briefs = tables.briefs
    key = (briefs.c.brief_id == review.brief_id) & (briefs.c.edition == review.edition)
    with writing(store) as connection:
        if connection.dialect.name == "postgresql":  # SQLite has one writer at a time
            all_of_it = sa.select(briefs.c.number).where(briefs.c.brief_id == review.brief_id)
            connection.execute(all_of_it.order_by(briefs.c.number).with_for_update()).all()
        if connection.scalar(sa.select(briefs.c.number).where(key)) is None:
            raise PasserelleError(f"{review.brief_id}: no such brief in the store; draft it first")
        if (known := _standing(connection, review)) is not None:
            return known
        values = {name: getattr(review, name) for name in ReviewEntry.__slots__ if name != "number"}
        added = sa.insert(tables.reviews).values(**values)
        number = connection.execute(added).inserted_primary_key
        status = STATUS_AFTER[review.decision]
        connection.execute(sa.update(briefs).where(key).values(status=status))
        if approved is not None:
            row = (review.brief_id, review.edition, review.brief_sha256, approved, review.at)
            columns = ApprovedBrief.__slots__
            add(connection, tables.approved_briefs, **dict(zip(columns, row, strict=True)))
    return replace(review, number=number[0] if number else 0)


def check_review(store: Store, review: ReviewEntry) -> None:
    """Raise what ``keep_review`` would raise for a decision just now, without keeping it."""
    with reading(store) as connection:
        _standing(connection, review)


def _standing(connection: sa.Connection, review: ReviewEntry) -> ReviewEntry | None:
    """The same decision as it is kept already; None where it is a new one, which may be made."""
    rows = connection.execute(
        _review_entries()
        .where(tables.reviews.c.brief_id == review.brief_id)
        .order_by(tables.reviews.c.number)
    ).all()
    made = [ReviewEntry(*row) for row in rows]
    for one in made:
        at_once = (one.brief_sha256, one.reviewer, one.at)
        if at_once == (review.brief_sha256, review.reviewer, review.at):
            if one.decision == review.decision:
                return one
            raise OvertakenError(one)
    if made and _same(made[-1], review):
        return made[-1]
    if (made[-1].number if made else 0) != review.after:
        raise OvertakenError(made[-1])
    named = sa.select(tables.briefs.c.sha256).where(tables.briefs.c.brief_id == review.brief_id)
    if review.decision == "unpublish":  # which is about a text that was approved, however old
        named = named.where(tables.briefs.c.edition == review.edition)
    newest = connection.scalar(named.order_by(tables.briefs.c.number.desc()).limit(1))
    if newest != review.brief_sha256:
        raise OutdatedError(
            f"{review.brief_id}: the draft has changed since it was shown; read it again"
        )
    return None


def _same(one: ReviewEntry, two: ReviewEntry) -> bool:
    """Whether two decisions differ in nothing but their time and place in the row."""
    return replace(one, at=two.at, after=two.after, number=two.number, edition=two.edition) == two


def _review_entries() -> sa.Select[Any]:
    return sa.select(*(tables.reviews.c[name] for name in ReviewEntry.__slots__))


def reviews_of(store: Store, brief_id: str) -> list[ReviewEntry]:
    """Every decision on a brief, oldest first, over all its editions."""
    query = (
        _review_entries()
        .where(tables.reviews.c.brief_id == brief_id)
        .order_by(tables.reviews.c.number)
    )
    with reading(store) as connection:
        rows = connection.execute(query).all()
    return [ReviewEntry(*row) for row in rows]


def reviews_since(store: Store, number: int) -> list[ReviewEntry]:
    """Every decision on any brief after the one of this number, oldest first."""
    query = _review_entries().where(tables.reviews.c.number > number)
    with reading(store) as connection:
        rows = connection.execute(query.order_by(tables.reviews.c.number)).all()
    return [ReviewEntry(*row) for row in rows]


def approved_brief(store: Store, brief_id: str) -> ApprovedBrief | None:
    """The text of a brief that was approved last; None where none was."""
    return next(reversed(approved_texts(store, brief_id)), None)


def unpublished(store: Store) -> list[str]:
    """Ids of the briefs that a person approved and whose files aren't known to be written."""
    return _ids_with_status(store, "approved")


def taken_back(store: Store) -> list[str]:
    """Ids of the briefs of which a person took back what was published."""
    return _ids_with_status(store, "unpublished")


def sent_back(store: Store) -> list[str]:
    """Ids of the briefs that a person has ever sent back to be drafted again."""
    return _ids_with_status(store, "revise")


def _ids_with_status(store: Store, status: str) -> list[str]:
    query = sa.select(tables.briefs.c.brief_id).where(tables.briefs.c.status == status).distinct()
    with reading(store) as connection:
        return list(connection.scalars(query.order_by(tables.briefs.c.brief_id)))


def mark_published(store: Store, approved: ApprovedBrief) -> bool:
    """Remember that the files of an approved brief are written; whether it is still approved."""
    briefs = tables.briefs
    key = (briefs.c.brief_id == approved.brief_id) & (briefs.c.edition == approved.edition)
    still = briefs.c.status.in_(("approved", "published"))
    with writing(store) as connection:
        made = sa.update(briefs).where(key & still).values(status="published")
        return bool(connection.execute(made).rowcount)


def approved_texts(store: Store, brief_id: str) -> list[ApprovedBrief]:
    """Every text of a brief that was ever approved, oldest first."""
    columns = [tables.approved_briefs.c[name] for name in ApprovedBrief.__slots__]
    query = sa.select(*columns).where(tables.approved_briefs.c.brief_id == brief_id)
    with reading(store) as connection:
        rows = connection.execute(query.order_by(tables.approved_briefs.c.number)).all()
    return [ApprovedBrief(*row) for row in rows]
