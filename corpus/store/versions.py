"""Documents as they were read, and which of them are versions of one work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from corpus.document import (
    Document,
    Kind,
    Language,
    RelationKind,
    document_from_json,
    document_to_json,
)
from corpus.near_duplicates import ALIKE, likeness
from corpus.store import tables
from corpus.store.database import Store, add, now, reading, writing
from corpus.store.ends import IngestOutcome, State, record
from corpus.text import doi_in

#: With how many documents that may be alike a new one is compared word by word.
MOST_COMPARED = 5


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


def keep_document(store: Store, document: Document, edition: str) -> None:
    """Keep a document as this edition of the program reads it; keeping it twice is one."""
    with writing(store) as connection:
        _keep_document(connection, document, edition)


def _keep_document(connection: sa.Connection, document: Document, edition: str) -> bool:
    return add(
        connection,
        tables.documents,
        id=document.id,
        edition=edition,
        sha256=document.sha256,
        kind=document.kind,
        language=document.language,
        title=document.title,
        doi=_doi(document),
        source=document.source,
        json=document_to_json(document),
        added_at=now(),
    )


def admit(
    store: Store, document: Document, location: str, edition: str, bands: Sequence[str] = ()
) -> IngestOutcome:
    """Keep a document and record in the same breath what became of its source.

    ``duplicate`` where these bytes are known, ``updated`` where another version of it is: the same
    DOI, the same place, or nearly the same words by ``bands`` (``corpus.near_duplicates``); else
    ``added``. The versions are linked, and the newest is preferred.
    """
    with writing(store) as connection:
        state, reason = _state(connection, document, location, bands)
        if not _keep_document(connection, document, edition) and state != "duplicate":
            state, reason = "duplicate", "the same bytes were kept a moment before"
        if bands and state != "duplicate":
            rows = [{"document_id": document.id, "band": band} for band in bands]
            connection.execute(sa.insert(tables.document_bands), rows)
        outcome = IngestOutcome(location, state, reason, document.sha256, document.id, edition)
        record(connection, outcome)
    return outcome


def _state(
    connection: sa.Connection, document: Document, location: str, bands: Sequence[str]
) -> tuple[State, str]:
    same_bytes = sa.select(tables.documents.c.source).where(
        tables.documents.c.sha256 == document.sha256
    )
    if known := connection.scalar(same_bytes.order_by(tables.documents.c.number)):
        return "duplicate", f"the same bytes as {known}"
    for other, why in _other_versions(connection, document, location, bands):
        is_older = bool(document.published and other.published > document.published)
        older, newer = (document.id, other.id) if is_older else (other.id, document.id)
        add(connection, tables.document_versions, older=older, newer=newer, reason=why, at=now())
        newer_one = "that one" if is_older else "this one"
        return "updated", f"{why}; {newer_one} is newer, and preferred"
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
        for found in _versions_where(connection, tables.documents.c.doi == doi):
            yield found, f"other content than {found.source}, under the same DOI {doi}"
    here = (tables.outcomes.c.location == location) & tables.outcomes.c.document_id.is_not(None)
    ids = (
        sa.select(tables.outcomes.c.document_id)
        .where(here)
        .order_by(tables.outcomes.c.number.desc())
    )
    if last := connection.scalar(ids.limit(1)):
        for found in _versions_where(connection, tables.documents.c.id == last):
            yield found, "other content than before, in the same place"
    if bands:
        shared = sa.func.count(tables.document_bands.c.band.distinct())
        alike = sa.select(tables.document_bands.c.document_id).where(
            tables.document_bands.c.band.in_(bands)
        )
        alike = alike.group_by(tables.document_bands.c.document_id).order_by(
            shared.desc(), tables.document_bands.c.document_id
        )
        for id in connection.scalars(alike.limit(MOST_COMPARED)).all():
            for found in _versions_where(connection, tables.documents.c.id == id):
                share = likeness(document, found.document)
                if share >= ALIKE:
                    yield found, f"nearly the same words as {found.source} ({share:.0%} of both)"


def _versions_where(
    connection: sa.Connection, condition: sa.ColumnElement[bool]
) -> list[_OtherVersion]:
    query = sa.select(
        tables.documents.c.id, tables.documents.c.source, tables.documents.c.json
    ).where(condition)
    row = connection.execute(query.order_by(tables.documents.c.number.desc()).limit(1)).first()
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
    at: str = field(default="", compare=False)
    """When the second of them came in, UTC in ISO 8601."""


def versions_of(store: Store, document_id: str) -> list[VersionLink]:
    """The links of a document to its other versions, oldest first."""
    return links_among(store, [document_id])


def links_among(store: Store, document_ids: Iterable[str]) -> list[VersionLink]:
    """The links of some documents to their other versions, oldest first."""
    ids = sorted({*document_ids})
    links = tables.document_versions.c
    query = sa.select(links.number, *(links[name] for name in VersionLink.__slots__))
    found: dict[int, VersionLink] = {}
    with reading(store) as connection:
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            for row in connection.execute(
                query.where(links.older.in_(some) | links.newer.in_(some))
            ):
                found[row.number] = VersionLink(*row[1:])
    return [found[number] for number in sorted(found)]


def marked_versions(store: Store, kinds: Iterable[RelationKind]) -> list[str]:
    """Ids of the documents with other versions that state one of these relations, in order."""
    links, here = tables.document_versions.c, tables.documents.c
    stated = [here.json.contains(f'"kind": "{kind}"', autoescape=True) for kind in kinds]
    linked = here.id.in_(sa.select(links.older).union(sa.select(links.newer)))
    query = sa.select(here.id).where(linked, sa.or_(*stated)).order_by(here.number)
    with reading(store) as connection:
        return list(dict.fromkeys(connection.scalars(query)))


def documents_named(store: Store, scheme: str, identifier: str) -> list[str]:
    """Ids of the documents that an index calls so, in the order in which they first came.

    ``scheme`` is ``doi``, or another one of ``Document.identifiers``: then each document is looked
    at, which takes a while in a full store.
    """
    here = tables.documents.c.doi == identifier.lower()
    if scheme != "doi":
        stated = json.dumps({scheme: identifier}, ensure_ascii=False)[1:-1]
        here = tables.documents.c.json.contains(stated, autoescape=True)
    query = sa.select(tables.documents.c.id).where(here)
    with reading(store) as connection:
        return list(dict.fromkeys(connection.scalars(query.order_by(tables.documents.c.number))))


#: Values that one query asks for.
_AT_ONCE = 500


def documents_with(store: Store, dois: Iterable[str]) -> dict[str, list[str]]:
    """As ``documents_named`` of many DOIs at once: each in small letters to its documents' ids."""
    wanted = sorted({doi.lower() for doi in dois})
    here = tables.documents.c
    found: dict[str, list[str]] = {}
    with reading(store) as connection:
        for start in range(0, len(wanted), _AT_ONCE):
            some = here.doi.in_(wanted[start : start + _AT_ONCE])
            for row in connection.execute(
                sa.select(here.doi, here.id).where(some).order_by(here.number)
            ):
                found.setdefault(row.doi, []).append(row.id)
    return {doi: list(dict.fromkeys(ids)) for doi, ids in found.items()}


def find_document(store: Store, id_or_sha256: str, edition: str | None = None) -> Document | None:
    """The document with this id or SHA-256, as read by ``edition``, or as last read.

    None where there is none.
    """
    query = sa.select(tables.documents.c.json).order_by(tables.documents.c.number.desc())
    with reading(store) as connection:
        text = connection.scalar(_matching(query, id_or_sha256, edition).limit(1))
    return None if text is None else document_from_json(text, id_or_sha256)


def find_document_entry(
    store: Store, id_or_sha256: str, edition: str | None = None
) -> DocumentEntry | None:
    """As ``find_document``, without reading the text."""
    columns = [tables.documents.c[name] for name in DocumentEntry.__slots__]
    query = sa.select(*columns).order_by(tables.documents.c.number.desc())
    with reading(store) as connection:
        row = connection.execute(_matching(query, id_or_sha256, edition).limit(1)).first()
    return None if row is None else DocumentEntry(*row)


def _matching(query: sa.Select[Any], id_or_sha256: str, edition: str | None) -> sa.Select[Any]:
    key = tables.documents.c.sha256 if len(id_or_sha256) == 64 else tables.documents.c.id
    query = query.where(key == id_or_sha256)
    return query if edition is None else query.where(tables.documents.c.edition == edition)


def documents(store: Store) -> list[DocumentEntry]:
    """Every document once, as last read, in the order in which they first came."""
    columns = [tables.documents.c[name] for name in DocumentEntry.__slots__]
    with reading(store) as connection:
        rows = connection.execute(sa.select(*columns).order_by(tables.documents.c.number)).all()
    return list({entry.id: entry for entry in (DocumentEntry(*row) for row in rows)}.values())


def _doi(document: Document) -> str | None:
    """A document's DOI as one is compared: without an address around it, in small letters."""
    stated = document.identifiers.get("doi", "").strip().lower()
    return doi_in(stated) or stated or None
