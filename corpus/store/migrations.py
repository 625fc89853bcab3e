"""How a store that an earlier release wrote becomes one of this release, with a copy kept.

A store knows its version: a number in the table ``store_version``. ``MIGRATIONS`` leads from one
version to the next, in order; the n-th makes version n + 1 of version n. A new store is made at
once as the newest version, from ``corpus.store.tables``; a test sees that both ways end in
the same tables. A migration is a plain function of Alembic's ``Operations``, which write the same
for SQLite and PostgreSQL; it runs in one transaction with all that come after it, so that a store
is of the old version or of the new one, never of something between.

To add one: change ``corpus.store.tables``, write the function, add it at the end of
``MIGRATIONS``. One that has been released is never changed.

In: a connection that holds the right to write. Out: the same store, newer. Who opens it when is
``corpus.store.database``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations


def _from_unversioned(operations: Operations) -> None:
    """Stores of the releases that kept no version may lack a column or two tables."""
    found = sa.inspect(operations.get_bind())
    if "languages" not in {column["name"] for column in found.get_columns("reviews")}:
        languages = sa.Column("languages", sa.JSON, nullable=False, server_default="[]")
        operations.add_column("reviews", languages)
    if not found.has_table("approved_briefs"):
        operations.create_table(
            "approved_briefs",
            sa.Column("number", sa.Integer, primary_key=True),
            sa.Column("brief_id", sa.String(64), nullable=False),
            sa.Column("edition", sa.String(16), nullable=False),
            sa.Column("brief_sha256", sa.String(64), nullable=False),
            sa.Column("json", sa.Text, nullable=False),
            sa.Column("at", sa.String(40), nullable=False),
            sa.ForeignKeyConstraint(["brief_id", "edition"], ["briefs.brief_id", "briefs.edition"]),
        )
        operations.create_index("ix_approved_briefs_brief_id", "approved_briefs", ["brief_id"])
    if not found.has_table("refused_drafts"):
        operations.create_table(
            "refused_drafts",
            sa.Column("number", sa.Integer, primary_key=True),
            sa.Column("document_id", sa.String(16), nullable=False),
            sa.Column("edition", sa.String(16), nullable=False),
            sa.Column("audience", sa.String(16), nullable=False),
            sa.Column("language", sa.String(2), nullable=False),
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("at", sa.String(32), nullable=False),
            sa.UniqueConstraint("document_id", "edition", "audience", "language"),
        )


def _with_attempts(operations: Operations) -> None:
    """What is being worked on, and what is to be tried again."""
    operations.create_table(
        "attempts",
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
    operations.create_table(
        "seen_files",
        sa.Column("location", sa.Text, primary_key=True),
        sa.Column("stamp", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )


def _with_versions(operations: Operations) -> None:
    """Which documents are versions of one another, by what near-duplicates are found, and whose
    briefs were forgotten."""
    operations.create_table(
        "document_versions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("older", sa.String(16), nullable=False),
        sa.Column("newer", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.UniqueConstraint("older", "newer"),
    )
    operations.create_index("ix_document_versions_newer", "document_versions", ["newer"])
    operations.create_table(
        "document_bands",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("document_id", sa.String(16), nullable=False),
        sa.Column("band", sa.String(32), nullable=False),
    )
    operations.create_index("ix_document_bands_band", "document_bands", ["band"])
    operations.create_index("ix_document_bands_document_id", "document_bands", ["document_id"])
    operations.create_table(
        "forgotten_briefs",
        sa.Column("brief", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
    )


def _with_followed_sources(operations: Operations) -> None:
    """Feeds, repositories and folders that are looked into every night."""
    operations.create_table(
        "followed_sources",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("looked_at", sa.String(32), nullable=False),
    )
    operations.create_table(
        "followed_items",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.UniqueConstraint("source", "item"),
    )


def _with_decisions_in_a_row(operations: Operations) -> None:
    """Each decision on a brief names the one before it, and no two the same."""
    after = sa.Column("after", sa.Integer, nullable=False, server_default="0")
    operations.add_column("reviews", after)
    reviews = sa.table("reviews", *map(sa.column, ("number", "brief_id", "after")))
    earlier = reviews.alias("earlier")
    last = sa.select(sa.func.max(earlier.c.number)).where(
        earlier.c.brief_id == reviews.c.brief_id, earlier.c.number < reviews.c.number
    )
    before = sa.func.coalesce(last.correlate(reviews).scalar_subquery(), 0)
    operations.execute(sa.update(reviews).values(after=before))
    name, columns = "ix_reviews_one_after_another", ["brief_id", "after"]
    operations.create_index(name, "reviews", columns, unique=True)


def _with_translations(operations: Operations) -> None:
    """What translators sent home, and the memory of what was agreed to."""
    operations.create_table(
        "returned_files",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("brief_id", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("brief_id", "sha256"),
    )
    operations.create_table(
        "translations",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("brief_id", sa.String(64), nullable=False),
        sa.Column("segment", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("overruled", sa.Text, nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    operations.create_table(
        "memory",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("brief_id", sa.String(64), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("source_language", sa.String(2), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.UniqueConstraint("brief_id", "sha256"),
    )
    for table in ("returned_files", "translations", "memory"):
        operations.create_index(f"ix_{table}_brief_id", table, ["brief_id"])


def _with_a_desk(operations: Operations) -> None:
    """What reviewers type before they decide, what was given to whom, what queues show."""
    operations.create_table(
        "desk_drafts",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("brief_id", sa.String(64), nullable=False),
        sa.Column("brief_sha256", sa.String(64), nullable=False),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("overruled", sa.Text, nullable=False),
        sa.Column("confirmed", sa.Boolean, nullable=False),
        sa.Column("window", sa.String(40), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("began", sa.String(32), nullable=False),
    )
    operations.create_index("ix_desk_drafts_brief_id", "desk_drafts", ["brief_id"])
    operations.create_table(
        "desk_assignments",
        sa.Column("brief_id", sa.String(64), primary_key=True),
        sa.Column("reviewer", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    operations.create_table(
        "brief_summaries",
        sa.Column("brief_id", sa.String(64), primary_key=True),
        sa.Column("brief_sha256", sa.String(64), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
    )


#: The n-th leads from version n to n + 1.
MIGRATIONS: tuple[Callable[[Operations], None], ...] = (
    _from_unversioned,
    _with_attempts,
    _with_versions,
    _with_followed_sources,
    _with_decisions_in_a_row,
    _with_translations,
    _with_a_desk,
)

#: The version of a store of this release.
NEWEST = len(MIGRATIONS)


def migrate(connection: sa.Connection, version: int) -> None:
    """Bring the tables from a version to the newest, inside the connection's transaction."""
    from alembic.migration import MigrationContext  # a tenth of a second that few starts need
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    for step in MIGRATIONS[version:]:
        step(operations)


def keep_copy(connection: sa.Connection, version: int) -> str:
    """Copy the store as it stands, whose version is given; where the copy is.

    SQLite: a file beside the database. PostgreSQL: a schema of the same database, made in the
    connection's transaction, with the rows of every table. Raises ``OSError`` or SQLAlchemy's
    errors where there is no room for it, or no right to make it.
    """
    name = f"version_{version}_{datetime.now(UTC):%Y%m%d_%H%M%S}"
    if connection.dialect.name == "sqlite":
        return _copy_file(connection, name)
    return _copy_schema(connection, f"passerelle_{name}")


def _copy_file(connection: sa.Connection, name: str) -> str:
    import sqlite3

    place = Path(connection.engine.url.database or "")
    copy = place.with_name(f"{place.name}.{name}")
    temporary = copy.with_name(f".{copy.name}.tmp")
    try:
        # A second connection reads what is committed while ours alone may write.
        with closing(sqlite3.connect(place)) as source, closing(sqlite3.connect(temporary)) as to:
            source.backup(to)
        temporary.chmod(0o600)
        temporary.replace(copy)
    finally:
        temporary.unlink(missing_ok=True)
    return str(copy)


def _copy_schema(connection: sa.Connection, schema: str) -> str:
    tables = sa.inspect(connection).get_table_names()
    quoted = connection.dialect.identifier_preparer.quote
    connection.exec_driver_sql(f"CREATE SCHEMA {quoted(schema)}")
    for table in tables:
        if re.fullmatch(r"\w+", table):
            copy = f"{quoted(schema)}.{quoted(table)}"
            connection.exec_driver_sql(f"CREATE TABLE {copy} AS TABLE {quoted(table)}")
    return f"schema {schema}"
