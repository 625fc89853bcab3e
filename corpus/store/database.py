"""The database itself: opened, brought up to date, read from and written to.

``reading`` and ``writing`` are the two ways in for the modules beside this one: one transaction
each, of which the second holds the right to write from its first statement on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import OperationalError as OperationalError

from corpus import owner_only
from corpus.errors import PasserelleError, StoreDamagedError
from corpus.store import tables
from corpus.store.migrations import NEWEST, keep_copy, migrate

#: Trouble of the store's own, which is no document's and stops a batch.
STORE_TROUBLES = (OperationalError, StoreDamagedError)


#: Seconds that a second writer waits for the first before it gives up (SQLite).
BUSY_SECONDS = 30


#: Any number that other programs on the same PostgreSQL server don't lock.
SCHEMA_LOCK = 0x7061737365


@dataclass(frozen=True, slots=True)
class Store:
    """An open database."""

    engine: sa.Engine
    copy: str = ""
    """Where the store lies as it was before it was brought to this release's version; empty where
    it was of that version already."""


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
            owner_only.narrow(Path(address.database))
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
        connection.execute(sa.delete(tables.store_version))
        connection.execute(sa.insert(tables.store_version).values(version=NEWEST))
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
    if found.has_table(tables.store_version.name):
        version: int | None = connection.scalar(
            sa.select(sa.func.max(tables.store_version.c.version))
        )
        return version
    return 0 if found.has_table(tables.documents.name) else None


def _bring_up(connection: sa.Connection) -> str:
    version = _version_of(connection)
    if version is None:
        tables.METADATA.create_all(connection)
        return ""
    copy = keep_copy(connection, version)
    tables.store_version.create(connection, checkfirst=True)
    migrate(connection, version)
    return copy


def check(store: Store) -> None:
    """Read all of a SQLite database. Raises ``StoreDamagedError`` where it is damaged."""
    if store.engine.dialect.name != "sqlite":
        return
    with reading(store) as connection:
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
    def _connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")  # what is forgotten is gone from the file, too
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
def reading(store: Store) -> Iterator[sa.Connection]:
    """A connection to read by."""
    with store.engine.connect() as connection:
        yield connection


@contextmanager
def writing(store: Store) -> Iterator[sa.Connection]:
    """One transaction that holds the right to write from its first statement on."""
    with store.engine.execution_options(begin="IMMEDIATE").begin() as connection:
        yield connection


def write_through(store: Store) -> None:
    """Have SQLite's file hold all that was written, and nothing of what was deleted.

    Where others are reading, that is left to the next time.
    """
    if store.engine.dialect.name == "sqlite":
        with suppress(sa.exc.OperationalError), reading(store) as connection:
            connection.rollback()
            connection.connection.driver_connection.execute(  # type: ignore[union-attr]
                "PRAGMA wal_checkpoint(TRUNCATE)"
            )


def add(connection: sa.Connection, table: sa.Table, **values: Any) -> bool:
    """Insert a row unless its unique columns are already there; whether it was new."""
    insert = sqlite.insert(table)
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # a tenth of a second that SQLite needn't pay

        insert = postgresql.insert(table)  # type: ignore[assignment]
    statement = insert.values(**values).on_conflict_do_nothing()
    return connection.scalar(statement.returning(sa.literal_column("1"))) is not None


def now() -> str:
    """The moment, UTC in ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
