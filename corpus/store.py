"""What is kept: documents, briefs, decisions and approved texts, sources' ends, files written.

The only module that knows the database. A ``Store`` comes from ``open_store(url)``; every
function here is one thing that users do with it, in one transaction, so that a crash between two
calls loses nothing and a second try does nothing twice. Rows are added and, but for a brief that
nobody has reviewed yet, never overwritten: the text that a brief is anchored in stays as it was
when the brief was made.

In and out: plain values. A brief is JSON text to this module; its meaning is ``pipelines``'
business. Times are UTC in ISO 8601 and are kept for people; only when to try again is compared.

A database that is locked, full or out of reach raises ``OperationalError``: no document's fault,
and a thing that may pass.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import OperationalError as OperationalError

from corpus import owner_only
from corpus.document import (
    Document,
    Kind,
    Language,
    digest,
    document_from_json,
    document_to_json,
)
from corpus.errors import PasserelleError, StoreDamagedError
from corpus.near_duplicates import ALIKE, likeness
from corpus.store_migrations import NEWEST, keep_copy, migrate
from corpus.text import doi_in

#: Trouble of the store's own, which is no document's and stops a batch.
STORE_TROUBLES = (OperationalError, StoreDamagedError)

State = Literal["added", "duplicate", "updated", "quarantined", "waiting"]
Decision = Literal["approve", "revise", "reject"]

#: What a person's decision makes of a brief's status.
STATUS_AFTER: dict[Decision, str] = {
    "approve": "approved",
    "revise": "revise",
    "reject": "rejected",
}

#: What a brief's status is once a person is done with it.
SETTLED = ("approved", "rejected", "published")

#: Decisions that take a draft out of the queue; one sent back stays until its redraft is made.
SETTLING: tuple[Decision, ...] = ("approve", "reject")

#: Seconds that a second writer waits for the first before it gives up (SQLite).
BUSY_SECONDS = 30

#: Seconds until something is tried again for the first time; each time four times as long, up to
#: a day.
FIRST_WAIT_SECONDS = 15
LONGEST_WAIT_SECONDS = 24 * 3600

#: Why an attempt isn't done whose end nobody has seen.
CUT_SHORT = "the program was ended while it worked on it"

#: With how many documents that may be alike a new one is compared word by word.
MOST_COMPARED = 5

#: Any number that other programs on the same PostgreSQL server don't lock.
SCHEMA_LOCK = 0x7061737365

_tables = sa.MetaData()

_documents = sa.Table(
    "documents",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(16), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("doi", sa.Text, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("json", sa.Text, nullable=False),
    sa.Column("added_at", sa.String(32), nullable=False),
    sa.UniqueConstraint("id", "edition"),
)

_briefs = sa.Table(
    "briefs",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("document_id", sa.String(16), nullable=False, index=True),
    sa.Column("audience", sa.String(16), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("json", sa.Text, nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
    sa.UniqueConstraint("brief_id", "edition"),
)

_reviews = sa.Table(
    "reviews",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("decision", sa.String(16), nullable=False),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("edits", sa.JSON, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.Column("languages", sa.JSON, nullable=False, server_default="[]"),
    sa.ForeignKeyConstraint(["brief_id", "edition"], ["briefs.brief_id", "briefs.edition"]),
    sa.UniqueConstraint("brief_id", "edition", "brief_sha256", "reviewer", "at"),
)

_approved = sa.Table(
    "approved_briefs",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("json", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.ForeignKeyConstraint(["brief_id", "edition"], ["briefs.brief_id", "briefs.edition"]),
)

_outcomes = sa.Table(
    "outcomes",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("location", sa.Text, nullable=False, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("document_id", sa.String(16)),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.UniqueConstraint("location", "sha256", "state", "edition"),
)

_refused = sa.Table(
    "refused_drafts",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.String(16), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("audience", sa.String(16), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.UniqueConstraint("document_id", "edition", "audience", "language"),
)

_attempts = sa.Table(
    "attempts",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("subject", sa.String(64), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("work", sa.String(32), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("unfinished", sa.Integer, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_at", sa.String(32), nullable=False),
    sa.UniqueConstraint("subject", "edition", "work"),
)

_seen = sa.Table(
    "seen_files",
    _tables,
    sa.Column("location", sa.Text, primary_key=True),
    sa.Column("stamp", sa.String(80), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)

_versions = sa.Table(
    "document_versions",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("older", sa.String(16), nullable=False),
    sa.Column("newer", sa.String(16), nullable=False, index=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.UniqueConstraint("older", "newer"),
)

_bands = sa.Table(
    "document_bands",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.String(16), nullable=False, index=True),
    sa.Column("band", sa.String(32), nullable=False, index=True),
)

_forgotten = sa.Table(
    "forgotten_briefs",
    _tables,
    sa.Column("brief", sa.String(64), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
)

_followed = sa.Table(
    "followed_sources",
    _tables,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("looked_at", sa.String(32), nullable=False),
)

_items = sa.Table(
    "followed_items",
    _tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.UniqueConstraint("source", "item"),
)

_version = sa.Table(
    "store_version",
    _tables,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
)

_written = sa.Table(
    "written_files",
    _tables,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Store:
    """An open database."""

    engine: sa.Engine
    copy: str = ""
    """Where the store lies as it was before it was brought to this release's version; empty where
    it was of that version already."""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What can be said of a kept document without reading its text."""

    id: str
    edition: str
    """Of the program that read it (``batch.edition``)."""
    sha256: str
    kind: Kind
    language: Language
    title: str | None
    source: str


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


@dataclass(frozen=True, slots=True)
class RefusedDraft:
    """Why one edition of the program could make no brief of a kept document."""

    document_id: str
    edition: str
    audience: str
    language: str
    reason: str


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


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What the program last wrote at a path."""

    path: str
    brief_sha256: str
    edition: str
    sha256: str
    """Of the bytes written."""


def open_store(url: str) -> Store:
    """Open the store at a SQLAlchemy address, making its tables (and folder) where missing.

    A store of an earlier release is brought up to this one's, and kept as it was in a copy.
    Raises ``PasserelleError`` where the address is wrong, the database can't be reached, or a newer
    release wrote it.
    """
    try:
        address = sa.make_url(url)
    except ArgumentError as error:
        raise PasserelleError(
            "PASSERELLE_DATABASE_URL: not a database address; write sqlite:///FILE or "
            "postgresql+psycopg://USER:PASSWORD@HOST/NAME"
        ) from error
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise PasserelleError(f"{address!r}: only SQLite and PostgreSQL are known as stores")
    try:
        if address.get_backend_name() == "sqlite" and address.database:
            owner_only.make_folder(Path(address.database).absolute().parent)
            owner_only.make_file(Path(address.database))
        engine = sa.create_engine(address)
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)
        copy = _make_tables(engine)
    except StoreDamagedError:
        raise
    except PasserelleError as error:
        raise PasserelleError(f"{address!r}: {error}") from error
    except (SQLAlchemyError, NoSuchModuleError, ImportError, OSError) as error:
        reason = str(error).strip().splitlines()[0]
        raise PasserelleError(
            f"{address!r}: the store can't be opened ({reason}); check PASSERELLE_DATABASE_URL "
            "and PASSERELLE_HOME"
        ) from error
    return Store(engine, copy)


def _make_tables(engine: sa.Engine) -> str:
    """Make the tables of a new store, or bring those of an older one up; where its copy is.

    Where nothing is to be done, nobody who writes is waited for. Raises ``PasserelleError`` for a
    store that a newer release wrote.
    """
    with engine.connect() as connection:
        if _is_newest(connection):
            return ""
    with engine.execution_options(begin="IMMEDIATE").begin() as connection:
        if engine.dialect.name == "postgresql":  # two programs may start at once
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(SCHEMA_LOCK)))
        if _is_newest(connection):
            return ""
        copy = _bring_up(connection)
        connection.execute(sa.delete(_version))
        connection.execute(sa.insert(_version).values(version=NEWEST))
        return copy


def _is_newest(connection: sa.Connection) -> bool:
    """Whether a store is of this release's version; refuses one of a newer."""
    version = _version_of(connection)
    if version is not None and version > NEWEST:
        raise PasserelleError(
            f"a newer passerelle wrote it (store version {version}, this one knows {NEWEST}); "
            "install that release, or name another store in PASSERELLE_DATABASE_URL"
        )
    return version == NEWEST


def _version_of(connection: sa.Connection) -> int | None:
    """The version of a store: 0 where it was written before there were any, None where empty."""
    found = sa.inspect(connection)
    if found.has_table(_version.name):
        version: int | None = connection.scalar(sa.select(sa.func.max(_version.c.version)))
        return version
    return 0 if found.has_table(_documents.name) else None


def _bring_up(connection: sa.Connection) -> str:
    version = _version_of(connection)
    if version is None:
        _tables.create_all(connection)
        return ""
    copy = keep_copy(connection, version)
    _version.create(connection, checkfirst=True)
    migrate(connection, version)
    return copy


def check(store: Store) -> None:
    """Read all of a SQLite database. Raises ``StoreDamagedError`` where it is damaged."""
    if store.engine.dialect.name != "sqlite":
        return
    with _reading(store) as connection:
        told = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if told != "ok":
        raise _damage(store.engine, str(told))


def _damage(engine: sa.Engine, words: str) -> StoreDamagedError:
    return StoreDamagedError(
        f"the store's file {engine.url.database} is damaged ({' '.join(words.split())}); stop "
        "passerelle, keep the file, and put back your last copy of it, or save what can be read "
        "with sqlite3 FILE .recover"
    )


def in_one_line(error: OperationalError) -> str:
    """What to tell a person of a database's own trouble, and what to do."""
    reason = str(error.orig).strip().partition("\n")[0]
    return f"the store can't be used just now ({reason}); try again, or run passerelle doctor"


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Several readers beside one writer, foreign keys, and waiting rather than failing.

    The driver's own begin is switched off: it would start transactions as readers, and two
    readers that both turn writers can only fail (SQLAlchemy manual, "Serializable isolation").
    """

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @sa.event.listens_for(engine, "handle_error")
    def _say_damage(context: sa.engine.ExceptionContext) -> None:
        words = str(context.original_exception)
        if any(sign in words for sign in ("malformed", "not a database")):
            raise _damage(engine, words) from context.original_exception

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        how = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {how}")


@contextmanager
def _reading(store: Store) -> Iterator[sa.Connection]:
    with store.engine.connect() as connection:
        yield connection


@contextmanager
def _writing(store: Store) -> Iterator[sa.Connection]:
    """One transaction that holds the right to write from its first statement on."""
    with store.engine.execution_options(begin="IMMEDIATE").begin() as connection:
        yield connection


def _add(connection: sa.Connection, table: sa.Table, **values: Any) -> bool:
    """Insert a row unless its unique columns are already there; whether it was new."""
    insert = sqlite.insert(table)
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # a tenth of a second that SQLite needn't pay

        insert = postgresql.insert(table)  # type: ignore[assignment]
    statement = insert.values(**values).on_conflict_do_nothing()
    return connection.scalar(statement.returning(sa.literal_column("1"))) is not None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _doi(document: Document) -> str | None:
    """A document's DOI as one is compared: without an address around it, in small letters."""
    stated = document.identifiers.get("doi", "").strip().lower()
    return doi_in(stated) or stated or None


# Documents and what became of their sources


def keep_document(store: Store, document: Document, edition: str) -> None:
    """Keep a document as this edition of the program reads it; keeping it twice is one."""
    with _writing(store) as connection:
        _keep_document(connection, document, edition)


def _keep_document(connection: sa.Connection, document: Document, edition: str) -> bool:
    return _add(
        connection,
        _documents,
        id=document.id,
        edition=edition,
        sha256=document.sha256,
        kind=document.kind,
        language=document.language,
        title=document.title,
        doi=_doi(document),
        source=document.source,
        json=document_to_json(document),
        added_at=_now(),
    )


def admit(
    store: Store, document: Document, location: str, edition: str, bands: Sequence[str] = ()
) -> IngestOutcome:
    """Keep a document and record in the same breath what became of its source.

    ``duplicate`` where these bytes are known, ``updated`` where another version of it is: the same
    DOI, the same place, or nearly the same words by ``bands`` (``corpus.near_duplicates``); else
    ``added``. The versions are linked, and the newest is preferred.
    """
    with _writing(store) as connection:
        state, reason = _state(connection, document, location, bands)
        if not _keep_document(connection, document, edition) and state != "duplicate":
            state, reason = "duplicate", "the same bytes were kept a moment before"
        if bands and state != "duplicate":
            rows = [{"document_id": document.id, "band": band} for band in bands]
            connection.execute(sa.insert(_bands), rows)
        outcome = IngestOutcome(location, state, reason, document.sha256, document.id, edition)
        _record(connection, outcome)
    return outcome


def _state(
    connection: sa.Connection, document: Document, location: str, bands: Sequence[str]
) -> tuple[State, str]:
    same_bytes = sa.select(_documents.c.source).where(_documents.c.sha256 == document.sha256)
    if known := connection.scalar(same_bytes.order_by(_documents.c.number)):
        return "duplicate", f"the same bytes as {known}"
    for other, why in _other_versions(connection, document, location, bands):
        is_older = bool(document.published and other.published > document.published)
        older, newer = (document.id, other.id) if is_older else (other.id, document.id)
        _add(connection, _versions, older=older, newer=newer, reason=why, at=_now())
        place = "; that one is newer, and preferred" if is_older else ""
        return "updated", f"{why}{place}"
    return "added", ""


@dataclass(frozen=True, slots=True)
class _OtherVersion:
    id: str
    source: str
    document: Document

    @property
    def published(self) -> str:
        return self.document.published or ""


def _other_versions(
    connection: sa.Connection, document: Document, location: str, bands: Sequence[str]
) -> Iterator[tuple[_OtherVersion, str]]:
    """Documents of other bytes that are the same work, the likeliest first, and why."""
    if doi := _doi(document):
        for found in _versions_where(connection, _documents.c.doi == doi):
            yield found, f"other content than {found.source}, under the same DOI {doi}"
    here = (_outcomes.c.location == location) & _outcomes.c.document_id.is_not(None)
    ids = sa.select(_outcomes.c.document_id).where(here).order_by(_outcomes.c.number.desc())
    if last := connection.scalar(ids.limit(1)):
        for found in _versions_where(connection, _documents.c.id == last):
            yield found, "other content than before, in the same place"
    if bands:
        shared = sa.func.count(_bands.c.band.distinct())
        alike = sa.select(_bands.c.document_id).where(_bands.c.band.in_(bands))
        alike = alike.group_by(_bands.c.document_id).order_by(shared.desc(), _bands.c.document_id)
        for id in connection.scalars(alike.limit(MOST_COMPARED)).all():
            for found in _versions_where(connection, _documents.c.id == id):
                share = likeness(document, found.document)
                if share >= ALIKE:
                    yield found, f"nearly the same words as {found.source} ({share:.0%} of both)"


def _versions_where(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> list[_OtherVersion]:
    query = sa.select(_documents.c.id, _documents.c.source, _documents.c.json).where(condition)
    row = connection.execute(query.order_by(_documents.c.number.desc()).limit(1)).first()
    if row is None:
        return []
    return [_OtherVersion(row.id, row.source, document_from_json(row.json, row.id))]


@dataclass(frozen=True, slots=True)
class VersionLink:
    """Two documents that are one work."""

    older: str
    """Id of the document that the other takes the place of."""
    newer: str
    reason: str


def versions_of(store: Store, document_id: str) -> list[VersionLink]:
    """The links of a document to its other versions, oldest first."""
    columns = [_versions.c[name] for name in VersionLink.__slots__]
    here = (_versions.c.older == document_id) | (_versions.c.newer == document_id)
    with _reading(store) as connection:
        rows = connection.execute(sa.select(*columns).where(here).order_by(_versions.c.number))
        return [VersionLink(*row) for row in rows]


def briefs_of(store: Store, document_id: str) -> list[BriefEntry]:
    """Every brief of a document in every edition, oldest first."""
    query = _brief_entries().where(_briefs.c.document_id == document_id)
    with _reading(store) as connection:
        rows = connection.execute(query.order_by(_briefs.c.number)).all()
    return [BriefEntry(*row) for row in rows]


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
    with _writing(store) as connection:
        here = _documents.c.id == document_id
        named = connection.execute(
            sa.select(_documents.c.source, _documents.c.sha256).where(here)
        ).all()
        of_it = _briefs.c.document_id == document_id
        briefs = sorted(set(connection.scalars(sa.select(_briefs.c.brief_id).where(of_it))))
        hashes = {row.sha256 for row in named}
        from_it = (_outcomes.c.document_id == document_id) | _outcomes.c.sha256.in_(hashes)
        locations = sorted(set(connection.scalars(sa.select(_outcomes.c.location).where(from_it))))
        wanted = sa.or_(
            sa.false(),
            *(_written.c.path.contains(f"/{brief}.", autoescape=True) for brief in briefs),
        )
        columns = [_written.c[name] for name in WrittenFile.__slots__]
        files = connection.execute(sa.select(*columns).where(wanted)).all()
        conditions: dict[str, sa.ColumnElement[bool]] = {
            _documents.name: here,
            _outcomes.name: from_it,
            _written.name: wanted,
            _seen.name: _seen.c.sha256.in_(hashes),
            _attempts.name: _attempts.c.subject.in_({document_id, *hashes}),
            _versions.name: (_versions.c.older == document_id) | (_versions.c.newer == document_id),
        }
        rows: dict[str, int] = {}
        for table in reversed(_tables.sorted_tables):
            names = {"document_id": [document_id], "brief_id": briefs}
            found = [table.c[n].in_(v) for n, v in names.items() if n in table.c]
            condition = conditions.get(table.name, sa.or_(sa.false(), *found))
            if table is not _forgotten and (found or table.name in conditions):
                gone = connection.execute(sa.delete(table).where(condition)).rowcount
                rows |= {table.name: gone} if gone else {}
        for brief in briefs:
            _add(connection, _forgotten, brief=brief, at=_now())
    return Forgotten(
        tuple(dict.fromkeys(row.source for row in named)),
        tuple(locations),
        tuple(briefs),
        rows,
        tuple(WrittenFile(*row) for row in files),
    )


def forgotten_briefs(store: Store) -> list[str]:
    """Ids of the briefs that were forgotten here and that other programs may still show."""
    with _reading(store) as connection:
        return list(connection.scalars(sa.select(_forgotten.c.brief).order_by(_forgotten.c.brief)))


def all_forgotten(store: Store, briefs: Iterable[str]) -> None:
    """Note that nobody shows these briefs any more."""
    with _writing(store) as connection:
        connection.execute(sa.delete(_forgotten).where(_forgotten.c.brief.in_(list(briefs))))


def find_document(store: Store, id_or_sha256: str, edition: str | None = None) -> Document | None:
    """The document with this id or SHA-256, as read by ``edition``, or as last read.

    None where there is none.
    """
    query = sa.select(_documents.c.json).order_by(_documents.c.number.desc())
    with _reading(store) as connection:
        text = connection.scalar(_matching(query, id_or_sha256, edition).limit(1))
    return None if text is None else document_from_json(text, id_or_sha256)


def find_document_entry(
    store: Store, id_or_sha256: str, edition: str | None = None
) -> DocumentEntry | None:
    """As ``find_document``, without reading the text."""
    columns = [_documents.c[name] for name in DocumentEntry.__slots__]
    query = sa.select(*columns).order_by(_documents.c.number.desc())
    with _reading(store) as connection:
        row = connection.execute(_matching(query, id_or_sha256, edition).limit(1)).first()
    return None if row is None else DocumentEntry(*row)


def _matching(query: sa.Select[Any], id_or_sha256: str, edition: str | None) -> sa.Select[Any]:
    key = _documents.c.sha256 if len(id_or_sha256) == 64 else _documents.c.id
    query = query.where(key == id_or_sha256)
    return query if edition is None else query.where(_documents.c.edition == edition)


def documents(store: Store) -> list[DocumentEntry]:
    """Every document once, as last read, in the order in which they first came."""
    columns = [_documents.c[name] for name in DocumentEntry.__slots__]
    with _reading(store) as connection:
        rows = connection.execute(sa.select(*columns).order_by(_documents.c.number)).all()
    return list({entry.id: entry for entry in (DocumentEntry(*row) for row in rows)}.values())


def record_outcome(store: Store, outcome: IngestOutcome) -> None:
    """Record what became of a source; the same outcome of the same bytes is recorded once."""
    with _writing(store) as connection:
        _record(connection, outcome)


def _record(connection: sa.Connection, outcome: IngestOutcome) -> None:
    values = {name: getattr(outcome, name) for name in IngestOutcome.__slots__}
    _add(connection, _outcomes, **{**values, "sha256": outcome.sha256 or "", "at": _now()})
    _end_attempt(connection, outcome.sha256 or "", outcome.edition, "read")
    gone = sa.delete(_attempts).where(_is(place=outcome.location, work="fetch"))
    connection.execute(gone)


def outcomes(store: Store, sha256: str | None = None) -> list[IngestOutcome]:
    """Every outcome, oldest first; with ``sha256`` those of these bytes only."""
    columns = [_outcomes.c[name] for name in IngestOutcome.__slots__]
    query = sa.select(*columns).order_by(_outcomes.c.number)
    if sha256 is not None:
        query = query.where(_outcomes.c.sha256 == sha256)
    with _reading(store) as connection:
        rows = connection.execute(query).all()
    return [IngestOutcome(**{**row._mapping, "sha256": row.sha256 or None}) for row in rows]


def outcomes_at(store: Store, location: str) -> list[IngestOutcome]:
    """Every outcome of one place, oldest first."""
    columns = [_outcomes.c[name] for name in IngestOutcome.__slots__]
    query = sa.select(*columns).where(_outcomes.c.location == location)
    with _reading(store) as connection:
        rows = connection.execute(query.order_by(_outcomes.c.number)).all()
    return [IngestOutcome(**{**row._mapping, "sha256": row.sha256 or None}) for row in rows]


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


# What is under way, and what is to be tried again


def begin_attempt(store: Store, subject: str, edition: str, work: str, place: str) -> Attempt:
    """Note that work on a document begins, before anything is done that may end us.

    The note goes when an outcome, a brief or a refusal is kept; what is left of it by a crash tells
    the next run how often that has happened.
    """
    values = {"subject": subject, "edition": edition, "work": work}
    new = {"place": place, "reason": CUT_SHORT, "unfinished": 1, "tries": 1, "next_at": _moment(0)}
    with _writing(store) as connection:
        if not _add(connection, _attempts, **values, **new):
            more = {
                "unfinished": _attempts.c.unfinished + 1,
                "tries": _attempts.c.tries + 1,
                "reason": CUT_SHORT,
            }
            connection.execute(sa.update(_attempts).where(_is(**values)).values(**more))
        return _attempt(connection.execute(_attempt_rows().where(_is(**values))).one())


def put_off(store: Store, attempt: Attempt, reason: str, counts: bool) -> None:
    """Note why an attempt came to nothing, and when to try again: later each time, within a day.

    ``counts`` where the document itself may be the reason.
    """
    seconds = min(FIRST_WAIT_SECONDS * 4 ** min(attempt.tries - 1, 9), LONGEST_WAIT_SECONDS)
    values = {
        "reason": reason,
        "unfinished": attempt.unfinished if counts else attempt.unfinished - 1,
        "next_at": _moment(seconds),
    }
    same = _is(subject=attempt.subject, edition=attempt.edition, work=attempt.work)
    with _writing(store) as connection:
        connection.execute(sa.update(_attempts).where(same).values(**values))


def attempts(store: Store, edition: str) -> list[Attempt]:
    """All that an edition has begun and not done, oldest first."""
    query = _attempt_rows().where(_attempts.c.edition == edition).order_by(_attempts.c.number)
    with _reading(store) as connection:
        return [_attempt(row) for row in connection.execute(query)]


def _end_attempt(connection: sa.Connection, subject: str, edition: str, work: str) -> None:
    same = _is(subject=subject, edition=edition, work=work)
    connection.execute(sa.delete(_attempts).where(same))


def _is(**values: str) -> sa.ColumnElement[bool]:
    return sa.and_(*(_attempts.c[name] == value for name, value in values.items()))


def _attempt_rows() -> sa.Select[Any]:
    return sa.select(*(_attempts.c[name] for name in Attempt.__slots__))


def _attempt(row: sa.Row[Any]) -> Attempt:
    return Attempt(*row)


def _moment(seconds: float) -> str:
    """So many seconds from now, in a form that sorts as time does."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def release(store: Store, places: Sequence[str] | None, edition: str) -> int:
    """Forget why this edition refused these places, or all; how many may be tried again now."""
    read = (_outcomes.c.state == "quarantined") & (_outcomes.c.edition == edition)
    drafted = _refused.c.edition == edition
    begun = _attempts.c.edition == edition
    if places is not None:
        read &= _outcomes.c.location.in_(places)
        begun &= _attempts.c.place.in_(places)
        ids = sa.select(_outcomes.c.document_id).where(_outcomes.c.location.in_(places))
        drafted &= _refused.c.document_id.in_(ids)
    with _writing(store) as connection:
        done = [
            connection.execute(sa.delete(table).where(which)).rowcount
            for table, which in ((_outcomes, read), (_refused, drafted), (_attempts, begun))
        ]
    return sum(done)


def seen_files(store: Store) -> dict[str, tuple[str, str]]:
    """Stamp and SHA-256 of each file as it was last looked at, by its location."""
    query = sa.select(_seen.c.location, _seen.c.stamp, _seen.c.sha256)
    with _reading(store) as connection:
        return {location: (stamp, sha256) for location, stamp, sha256 in connection.execute(query)}


def record_seen(store: Store, files: Mapping[str, tuple[str, str]]) -> None:
    """Remember stamp and SHA-256 of files, so that they needn't be read to be known again."""
    with _writing(store) as connection:
        for location, (stamp, sha256) in files.items():
            values = {"stamp": stamp, "sha256": sha256}
            if not _add(connection, _seen, location=location, **values):
                same = _seen.c.location == location
                connection.execute(sa.update(_seen).where(same).values(**values))


def settled_places(store: Store, edition: str) -> set[tuple[str, str | None]]:
    """Location and SHA-256 of all that something has become of; refusals of this edition alone."""
    kept = (_outcomes.c.state != "quarantined") | (_outcomes.c.edition == edition)
    query = sa.select(_outcomes.c.location, _outcomes.c.sha256).where(kept)
    with _reading(store) as connection:
        return {(location, sha256 or None) for location, sha256 in connection.execute(query)}


def in_quarantine(store: Store, edition: str) -> list[IngestOutcome]:
    """What an edition could not read, oldest first, each place as it stands now."""
    columns = [_outcomes.c[name] for name in IngestOutcome.__slots__]
    newest = sa.select(sa.func.max(_outcomes.c.number)).group_by(_outcomes.c.location)
    query = sa.select(*columns).where(
        _outcomes.c.number.in_(newest),
        _outcomes.c.state == "quarantined",
        _outcomes.c.edition == edition,
    )
    with _reading(store) as connection:
        rows = connection.execute(query.order_by(_outcomes.c.number)).all()
    return [IngestOutcome(**{**row._mapping, "sha256": row.sha256 or None}) for row in rows]


# What is still to draft


def record_refused_draft(store: Store, refused: RefusedDraft) -> None:
    """Remember that this edition can make no such brief of a document; the first reason stays."""
    values = {name: getattr(refused, name) for name in RefusedDraft.__slots__}
    with _writing(store) as connection:
        _add(connection, _refused, **values, at=_now())
        work = drafting(refused.audience, refused.language)
        _end_attempt(connection, refused.document_id, refused.edition, work)


def refused_drafts(store: Store) -> list[RefusedDraft]:
    """Every brief that couldn't be made, oldest first, over all editions."""
    columns = [_refused.c[name] for name in RefusedDraft.__slots__]
    with _reading(store) as connection:
        rows = connection.execute(sa.select(*columns).order_by(_refused.c.number)).all()
    return [RefusedDraft(*row) for row in rows]


def undrafted(store: Store, audience: str, edition: str, folder: str) -> list[str]:
    """Ids of the documents whose brief for an audience isn't made or isn't in ``folder`` yet.

    The brief is the one in the document's own language by this edition, or a redraft of it. Left
    out are documents that this edition couldn't draft, and those that a person has settled under
    an earlier one.
    """
    made, settled = _brief_made(audience, edition), _brief_settled(audience)
    written = sa.exists().where(
        _written.c.path == sa.literal(os.path.join(folder, "")) + _briefs.c.brief_id + ".json",
        _written.c.brief_sha256 == _briefs.c.sha256,
        _written.c.edition == edition,
    )
    later = _briefs.alias("later")
    redrafted = sa.exists().where(
        later.c.brief_id == _briefs.c.brief_id, later.c.number > _briefs.c.number
    )
    refused = sa.exists().where(
        _refused.c.document_id == _documents.c.id,
        _refused.c.language == _documents.c.language,
        _refused.c.audience == audience,
        _refused.c.edition == edition,
    )
    delivered = made.where(written | redrafted)
    wanted = ~delivered & (made | ~(refused | settled | _superseded(audience, edition)))
    query = _last_read().where(wanted)
    with _reading(store) as connection:
        return list(connection.scalars(query))


def _superseded(audience: str, edition: str) -> sa.ColumnElement[bool]:
    """Whether the document at hand has a newer version of which a brief can be made."""
    newer_refused = sa.exists().where(
        _refused.c.document_id == _versions.c.newer,
        _refused.c.audience == audience,
        _refused.c.edition == edition,
    )
    return (
        sa.exists()
        .where(_versions.c.older == _documents.c.id, ~newer_refused)
        .correlate(_documents)
    )


def settled_earlier(store: Store, audience: str, edition: str) -> int:
    """How many documents ``undrafted`` leaves alone because a person has settled their brief."""
    left = _brief_settled(audience) & ~_brief_made(audience, edition)
    query = sa.select(sa.func.count()).select_from(_last_read().where(left).subquery())
    with _reading(store) as connection:
        return connection.scalar(query) or 0


def _last_read() -> sa.Select[Any]:
    """Ids of the documents, each once as last read, in the order in which they first came."""
    ages = sa.select(
        sa.func.max(_documents.c.number).label("last"),
        sa.func.min(_documents.c.number).label("first"),
    )
    age = ages.group_by(_documents.c.id).subquery()
    here = age.c.last == _documents.c.number
    return sa.select(_documents.c.id).join(age, here).order_by(age.c.first)


def _brief_of_this(audience: str) -> sa.Exists:
    """Whether the document at hand has a brief for an audience in its own language."""
    return (
        sa.exists()
        .where(
            _briefs.c.document_id == _documents.c.id,
            _briefs.c.language == _documents.c.language,
            _briefs.c.audience == audience,
        )
        .correlate(_documents)
    )


def _brief_made(audience: str, edition: str) -> sa.Exists:
    return _brief_of_this(audience).where(_briefs.c.edition == edition)


def _brief_settled(audience: str) -> sa.Exists:
    return _brief_of_this(audience).where(_briefs.c.status.in_(SETTLED))


# Briefs and reviews


def keep_brief(store: Store, entry: BriefEntry) -> BriefEntry:
    """Keep one edition of a brief, and return what is kept.

    A brief that somebody has reviewed stays as they saw it; one that nobody has is replaced.
    """
    values = {name: getattr(entry, name) for name in BriefEntry.__slots__}
    values |= {"sha256": entry.sha256, "made_at": _now()}
    key = (_briefs.c.brief_id == entry.brief_id) & (_briefs.c.edition == entry.edition)
    reviewed = sa.exists().where(
        _reviews.c.brief_id == entry.brief_id, _reviews.c.edition == entry.edition
    )
    with _writing(store) as connection:
        if not _add(connection, _briefs, **values):
            changed = key & (_briefs.c.sha256 != entry.sha256) & ~reviewed
            connection.execute(sa.update(_briefs).where(changed).values(**values))
        work = drafting(entry.audience, entry.language)
        _end_attempt(connection, entry.document_id, entry.edition, work)
        row = connection.execute(_brief_entries().where(key)).one()
    return BriefEntry(*row)


def drafting(audience: str, language: str) -> str:
    """How the work on a brief is called among attempts."""
    return f"{audience}/{language}"


def _brief_entries() -> sa.Select[Any]:
    return sa.select(*(_briefs.c[name] for name in BriefEntry.__slots__))


def find_brief(store: Store, brief_id: str, edition: str | None = None) -> BriefEntry | None:
    """A brief by its id: of ``edition``, or the newest; None where there is none."""
    query = _brief_entries().where(_briefs.c.brief_id == brief_id)
    if edition is not None:
        query = query.where(_briefs.c.edition == edition)
    with _reading(store) as connection:
        row = connection.execute(query.order_by(_briefs.c.number.desc()).limit(1)).first()
    return None if row is None else BriefEntry(*row)


def find_brief_of(
    store: Store, document_id: str, audience: str, language: str, edition: str
) -> BriefEntry | None:
    """The brief of a document for an audience in a language, made by ``edition``."""
    query = _brief_entries().where(
        _briefs.c.document_id == document_id,
        _briefs.c.audience == audience,
        _briefs.c.language == language,
        _briefs.c.edition == edition,
    )
    with _reading(store) as connection:
        row = connection.execute(query.order_by(_briefs.c.number.desc()).limit(1)).first()
    return None if row is None else BriefEntry(*row)


def briefs_waiting(store: Store) -> list[BriefEntry]:
    """The newest edition of each brief whose text nobody has settled yet, oldest first.

    A draft whose document has a newer version with a draft of its own waits no longer.
    """
    newest = sa.select(sa.func.max(_briefs.c.number)).group_by(_briefs.c.brief_id)
    decided = sa.exists().where(
        _reviews.c.brief_id == _briefs.c.brief_id,
        _reviews.c.brief_sha256 == _briefs.c.sha256,
        _reviews.c.decision.in_(SETTLING),
    )
    newer = _briefs.alias("newer")
    replaced = sa.exists().where(
        _versions.c.older == _briefs.c.document_id,
        newer.c.document_id == _versions.c.newer,
        newer.c.audience == _briefs.c.audience,
    )
    query = _brief_entries().where(_briefs.c.number.in_(newest), ~decided, ~replaced)
    with _reading(store) as connection:
        rows = connection.execute(query.order_by(_briefs.c.number)).all()
    return [BriefEntry(*row) for row in rows]


def keep_review(store: Store, review: ReviewEntry, approved: str | None = None) -> None:
    """Add a person's decision and, in the same breath, the JSON of the brief that they approved.

    The same decision once more, whenever it is made, is one. Raises ``PasserelleError`` where the
    brief isn't in the store, or where its text is no longer the one that was decided on.
    """
    key = (_briefs.c.brief_id == review.brief_id) & (_briefs.c.edition == review.edition)
    values = {name: getattr(review, name) for name in ReviewEntry.__slots__}
    with _writing(store) as connection:
        if connection.dialect.name == "postgresql":  # no two decisions on one brief at once
            connection.execute(sa.select(_briefs.c.number).where(key).with_for_update())
        kept = connection.scalar(sa.select(_briefs.c.sha256).where(key))
        if kept is None:
            raise PasserelleError(f"{review.brief_id}: no such brief in the store; draft it first")
        if kept != review.brief_sha256:
            raise PasserelleError(
                f"{review.brief_id}: the draft has changed since it was shown; read it again"
            )
        if _decides(connection, review) and _add(connection, _reviews, **values):
            status = STATUS_AFTER[review.decision]
            connection.execute(sa.update(_briefs).where(key).values(status=status))
            if approved is not None:
                row = (review.brief_id, review.edition, review.brief_sha256, approved, review.at)
                columns = ApprovedBrief.__slots__
                _add(connection, _approved, **dict(zip(columns, row, strict=True)))


def _decides(connection: sa.Connection, review: ReviewEntry) -> bool:
    """Whether a decision differs from the last one on the same text in more than its time."""
    query = _review_entries().where(
        _reviews.c.brief_id == review.brief_id, _reviews.c.brief_sha256 == review.brief_sha256
    )
    row = connection.execute(query.order_by(_reviews.c.number.desc()).limit(1)).first()
    return row is None or replace(ReviewEntry(*row), at=review.at) != review


def _review_entries() -> sa.Select[Any]:
    return sa.select(*(_reviews.c[name] for name in ReviewEntry.__slots__))


def reviews_of(store: Store, brief_id: str) -> list[ReviewEntry]:
    """Every decision on a brief, oldest first, over all its editions."""
    query = _review_entries().where(_reviews.c.brief_id == brief_id).order_by(_reviews.c.number)
    with _reading(store) as connection:
        rows = connection.execute(query).all()
    return [ReviewEntry(*row) for row in rows]


def approved_brief(store: Store, brief_id: str) -> ApprovedBrief | None:
    """The text of a brief that was approved last; None where none was."""
    columns = [_approved.c[name] for name in ApprovedBrief.__slots__]
    query = sa.select(*columns).where(_approved.c.brief_id == brief_id)
    with _reading(store) as connection:
        row = connection.execute(query.order_by(_approved.c.number.desc()).limit(1)).first()
    return None if row is None else ApprovedBrief(*row)


def unpublished(store: Store) -> list[str]:
    """Ids of the briefs that a person approved and whose files aren't known to be written."""
    return _ids_with_status(store, "approved")


def sent_back(store: Store) -> list[str]:
    """Ids of the briefs that a person has ever sent back to be drafted again."""
    return _ids_with_status(store, "revise")


def _ids_with_status(store: Store, status: str) -> list[str]:
    query = sa.select(_briefs.c.brief_id).where(_briefs.c.status == status).distinct()
    with _reading(store) as connection:
        return list(connection.scalars(query.order_by(_briefs.c.brief_id)))


def mark_published(store: Store, approved: ApprovedBrief) -> None:
    """Remember that the files of an approved brief are written."""
    key = (_briefs.c.brief_id == approved.brief_id) & (_briefs.c.edition == approved.edition)
    still = _briefs.c.status == "approved"
    with _writing(store) as connection:
        connection.execute(sa.update(_briefs).where(key & still).values(status="published"))


# Followed sources


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
    with _writing(store) as connection:
        if not _add(connection, _followed, **values):
            same = _followed.c.name == followed.name
            connection.execute(sa.update(_followed).where(same).values(**values))


def followed_sources(store: Store) -> list[Followed]:
    """Every followed source, by name."""
    columns = [_followed.c[name] for name in Followed.__slots__]
    with _reading(store) as connection:
        rows = connection.execute(sa.select(*columns).order_by(_followed.c.name)).all()
    return [Followed(*row) for row in rows]


def unfollow(store: Store, name: str) -> None:
    """Forget a followed source, and what was seen of it; its documents stay."""
    with _writing(store) as connection:
        connection.execute(sa.delete(_items).where(_items.c.source == name))
        connection.execute(sa.delete(_followed).where(_followed.c.name == name))


def known_items(store: Store, name: str, items: Iterable[str]) -> set[str]:
    """Which of these items of a followed source have been taken in."""
    query = sa.select(_items.c.item).where(_items.c.source == name)
    with _reading(store) as connection:
        return set(connection.scalars(query.where(_items.c.item.in_(list(items)))))


def record_item(store: Store, name: str, item: str) -> None:
    """Remember that an item of a followed source has been taken in."""
    with _writing(store) as connection:
        _add(connection, _items, source=name, item=item, at=_now())


# Files


def record_written(store: Store, files: Iterable[WrittenFile]) -> None:
    """Remember what was written at each path, in place of what was there before."""
    with _writing(store) as connection:
        for file in files:
            values = {name: getattr(file, name) for name in WrittenFile.__slots__}
            if not _add(connection, _written, **values):
                same = _written.c.path == file.path
                connection.execute(sa.update(_written).where(same).values(**values))


def last_written(store: Store, path: str) -> WrittenFile | None:
    """What the program last wrote at a path; None where it never did."""
    columns = [_written.c[name] for name in WrittenFile.__slots__]
    with _reading(store) as connection:
        row = connection.execute(sa.select(*columns).where(_written.c.path == path)).first()
    return None if row is None else WrittenFile(*row)
