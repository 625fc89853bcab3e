"""A store as the first release made it, with a brief that a person sent back; never changed."""

from __future__ import annotations

import sqlalchemy as sa

first_tables = sa.MetaData()

sa.Table(
    "documents",
    first_tables,
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
    first_tables,
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
    first_tables,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("decision", sa.String(16), nullable=False),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("edits", sa.JSON, nullable=False),
    sa.Column("comment", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.ForeignKeyConstraint(["brief_id", "edition"], ["briefs.brief_id", "briefs.edition"]),
    sa.UniqueConstraint("brief_id", "edition", "brief_sha256", "reviewer", "at"),
)
sa.Table(
    "outcomes",
    first_tables,
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
sa.Table(
    "written_files",
    first_tables,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)


def make_first_store(url: str) -> None:
    """A store of the first release at a SQLAlchemy address, with one brief and one review."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        first_tables.create_all(connection)
        connection.execute(
            sa.insert(_briefs).values(
                brief_id="shade",
                edition="one",
                document_id="0" * 16,
                audience="staff",
                language="en",
                status="revise",
                sha256="1" * 64,
                json="{}",
                made_at="2024-06-01T06:00:00+00:00",
            )
        )
        connection.execute(
            sa.insert(_reviews).values(
                brief_id="shade",
                edition="one",
                brief_sha256="1" * 64,
                decision="revise",
                reviewer="the reviewer",
                edits=[],
                comment="shorter",
                at="2024-06-01T08:00:00-04:00",
            )
        )
    engine.dispose()
