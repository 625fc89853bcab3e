"""Notices that a document doesn't hold itself: which briefs they are about.

A retraction, a correction or an expression of concern is no study: it is quarantined with the
article that it names. Another version of the same paper may be marked by it, and this one not: a
copy of the manuscript seldom is. In: the store. Out: the notices about a document, for whoever
reviews its brief; the briefs drawn from the article of a notice, for the night's digest; and a
brief under the banner that a notice wants, which came in after its text was fixed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from corpus.document import MARKS, ArticleType, Document, Relation, RelationKind
from corpus.readers.notices import concerned
from corpus.store import (
    SETTLING,
    BriefEntry,
    Store,
    VersionLink,
    briefs_of,
    documents_named,
    documents_with,
    find_document,
    links_among,
    marked_versions,
    refusals,
    reviews_of,
    versions_of,
)
from pipelines.brief import Brief
from pipelines.render.banners import SUPERSEDED, Banner, with_banner

#: What a document says of itself where it was marked by a notice, and the notice's kind.
_NOTICES: dict[RelationKind, ArticleType] = {
    "retracted_by": "retraction",
    "concern_raised_by": "expression_of_concern",
    "corrected_by": "correction",
}


@dataclass(frozen=True, slots=True)
class LateNotice:
    """A notice that stands in quarantine, or by which another version of the paper is marked."""

    kind: ArticleType
    source: str
    """Where the notice, or the other version, came from."""
    in_version: bool = False
    """Whether another version says so."""
    at: str = ""
    """When it came in, UTC in ISO 8601."""


def notices_about(document_id: str, store: Store) -> list[LateNotice]:
    """The notices about a document's article that have come in, oldest first."""
    return _about(document_id, _all_notices(store), store)


_Named = tuple[LateNotice, frozenset[str]]
"""A notice, and the ids of the documents that it names."""


def _all_notices(store: Store) -> list[_Named]:
    """Every notice that has come in, oldest first."""
    told = [(one, concerned(one.reason)) for one in refusals(store, "a notice (")]
    named = {each for _, found in told if found for each in found[1]}
    by_doi = documents_with(store, [identifier for scheme, identifier in named if scheme == "doi"])
    ids = {
        (scheme, identifier): by_doi.get(identifier.lower(), [])
        if scheme == "doi"
        else documents_named(store, scheme, identifier)
        for scheme, identifier in named
    }
    return [
        (
            LateNotice(found[0], one.location, at=one.at),
            frozenset(id for each in found[1] for id in ids[each]),
        )
        for one, found in told
        if found
    ]


def _about(document_id: str, every: Iterable[_Named], store: Store) -> list[LateNotice]:
    versions = {id for link in versions_of(store, document_id) for id in (link.older, link.newer)}
    found = [
        replace(notice, in_version=document_id not in named)
        for notice, named in every
        if named & {document_id, *versions}
    ]
    of_versions = _marks_of_versions(document_id, store)
    return found + [one for one in of_versions if one.kind not in {known.kind for known in found}]


def marked(document: Document, store: Store) -> Document:
    """A document marked by the notices about it that came in before it, or by themselves.

    Its brief then says so first, as if its publisher had marked the file.
    """
    own = {one.kind for one in notices_about(document.id, store) if not one.in_version}
    there = {relation.kind for relation in document.relations}
    new = [Relation(mark) for mark, kind in _NOTICES.items() if kind in own and mark not in there]
    return replace(document, relations=(*document.relations, *new)) if new else document


def _marks_of_versions(document_id: str, store: Store) -> list[LateNotice]:
    """The notices by which other versions of a document are marked, and it isn't itself."""
    links = versions_of(store, document_id)
    if not links or (document := find_document(store, document_id)) is None:
        return []
    found: dict[ArticleType, LateNotice] = {}
    linked = {id: link.at for link in links for id in (link.older, link.newer)}
    for other_id, at in sorted(linked.items()):
        other = find_document(store, other_id)
        for kind in _marks(other) - _marks(document) if other else ():
            found.setdefault(kind, LateNotice(kind, other.source if other else "", True, at))
    return [found[kind] for kind in _NOTICES.values() if kind in found]


def _marks(document: Document) -> set[ArticleType]:
    kinds = {relation.kind for relation in document.relations}
    return {notice for mark, notice in _NOTICES.items() if mark in kinds}


def briefs_concerned(reason: str, store: Store) -> list[BriefEntry]:
    """The briefs, each in its newest edition, that were drawn from the article of a notice.

    ``reason`` is why a source was quarantined: where that is no notice there are none.
    """
    told = concerned(reason)
    ids = [id for named in told[1] for id in documents_named(store, *named)] if told else []
    newest = {brief.brief_id: brief for id in ids for brief in briefs_of(store, id)}
    return list(newest.values())


def documents_concerned(store: Store) -> dict[str, list[LateNotice]]:
    """The documents, and their versions, about which notices have come in: id to these."""
    every = _all_notices(store)
    ids = {id for _, named in every for id in named} | {*marked_versions(store, MARKS)}
    ids |= {id for link in links_among(store, ids) for id in (link.older, link.newer)}
    about = {id: _about(id, every, store) for id in sorted(ids)}
    return {id: notices for id, notices in about.items() if notices}


def mark_of(notices: Iterable[LateNotice]) -> str:
    """The gravest of what notices say, as a relation's kind; empty where there are none."""
    kinds = {one.kind for one in notices}
    return next((mark for mark in MARKS if _NOTICES[mark] in kinds), "")


def flagged(brief: Brief, store: Store, approved_at: str = "") -> Brief:
    """A brief under the banner of what has come in about its documents, if anything has.

    ``approved_at`` is when its text was approved, ISO 8601 with offset: of what came in later the
    banner says so. Of a newer version only a draft says so that nobody has decided on.
    """
    ids = [document.id for document in brief.documents]
    banners = [_banner(one, approved_at) for id in ids for one in notices_about(id, store)]
    if newer_versions(ids, store) and not _is_decided(brief.id, store):
        banners.append(SUPERSEDED)
    return with_banner(brief, banners) if banners else brief


def newer_versions(document_ids: Collection[str], store: Store) -> list[VersionLink]:
    """The links of documents to versions that take their place, oldest first."""
    return [link for link in links_among(store, document_ids) if link.older in document_ids]


def _is_decided(brief_id: str, store: Store) -> bool:
    return any(review.decision in SETTLING for review in reviews_of(store, brief_id))


def _banner(notice: LateNotice, approved_at: str) -> Banner:
    kind = next(mark for mark, kind in _NOTICES.items() if kind == notice.kind)
    since = bool(approved_at) and _moment(notice.at) > _moment(approved_at)
    if notice.in_version:
        return Banner("since_version" if since else "version", kind)
    return Banner("since_notice" if since else "notice", kind)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)
