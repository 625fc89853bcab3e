"""What the store is made of: its tables.

A change here needs a function in ``migrations``, which makes the same of an older store.
"""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()


documents = sa.Table(
    "documents",
    METADATA,
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


briefs = sa.Table(
    "briefs",
    METADATA,
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


reviews = sa.Table(
    "reviews",
    METADATA,
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
    sa.Column("after", sa.Integer, nullable=False, server_default="0"),
    sa.ForeignKeyConstraint(["brief_id", "edition"], ["briefs.brief_id", "briefs.edition"]),
    sa.UniqueConstraint("brief_id", "edition", "brief_sha256", "reviewer", "at"),
    sa.Index("ix_reviews_one_after_another", "brief_id", "after", unique=True),
)


approved_briefs = sa.Table(
    "approved_briefs",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("json", sa.Text, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.ForeignKeyConstraint(["brief_id", "edition"], ["briefs.brief_id", "briefs.edition"]),
)


outcomes = sa.Table(
    "outcomes",
    METADATA,
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


refused_drafts = sa.Table(
    "refused_drafts",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.String(16), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("audience", sa.String(16), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.UniqueConstraint("document_id", "edition", "audience", "language"),
)


attempts = sa.Table(
    "attempts",
    METADATA,
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


seen_files = sa.Table(
    "seen_files",
    METADATA,
    sa.Column("location", sa.Text, primary_key=True),
    sa.Column("stamp", sa.String(80), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)


document_versions = sa.Table(
    "document_versions",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("older", sa.String(16), nullable=False),
    sa.Column("newer", sa.String(16), nullable=False, index=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.UniqueConstraint("older", "newer"),
)


document_bands = sa.Table(
    "document_bands",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("document_id", sa.String(16), nullable=False, index=True),
    sa.Column("band", sa.String(32), nullable=False, index=True),
)


forgotten_briefs = sa.Table(
    "forgotten_briefs",
    METADATA,
    sa.Column("brief", sa.String(64), primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
)


followed_sources = sa.Table(
    "followed_sources",
    METADATA,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("mark", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("looked_at", sa.String(32), nullable=False),
)


followed_items = sa.Table(
    "followed_items",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.UniqueConstraint("source", "item"),
)


returned_files = sa.Table(
    "returned_files",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.UniqueConstraint("brief_id", "sha256"),
)


translations = sa.Table(
    "translations",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
    sa.Column("segment", sa.Text, nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("fingerprint", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("overruled", sa.Text, nullable=False),
    sa.Column("file", sa.String(64), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
)


memory = sa.Table(
    "memory",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("source_language", sa.String(2), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("at", sa.String(40), nullable=False),
    sa.UniqueConstraint("brief_id", "sha256"),
)


store_version = sa.Table(
    "store_version",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
)


written_files = sa.Table(
    "written_files",
    METADATA,
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("edition", sa.String(16), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)


desk_drafts = sa.Table(
    "desk_drafts",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("brief_id", sa.String(64), nullable=False, index=True),
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


desk_assignments = sa.Table(
    "desk_assignments",
    METADATA,
    sa.Column("brief_id", sa.String(64), primary_key=True),
    sa.Column("reviewer", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
)


brief_summaries = sa.Table(
    "brief_summaries",
    METADATA,
    sa.Column("brief_id", sa.String(64), primary_key=True),
    sa.Column("brief_sha256", sa.String(64), nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
)
