"""Notices that a document doesn't hold itself: which briefs they are about.

A retraction, a correction or an expression of concern is no study: it is quarantined with the
article that it names. Another version of the same paper may be marked by it, and this one not: a
copy of the manuscript seldom is. In: the store. Out: the notices about a document, for whoever
reviews its brief; and the briefs drawn from the article of a notice, for the night's digest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.document import ArticleType, Document, Relation, RelationKind
from corpus.readers.notices import concerned
from corpus.store import (
    BriefEntry,
    Store,
    briefs_of,
    documents_named,
    find_document,
    refusals,
    versions_of,
)

#: What a document says of itself where it was marked by a notice, and the notice's kind.
_MARKS: dict[RelationKind, ArticleType] = {
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


def notices_about(document_id: str, store: Store) -> list[LateNotice]:
    """The notices about a document's article that have come in, oldest first."""
    found = []
    versions = {id for link in versions_of(store, document_id) for id in (link.older, link.newer)}
    for refusal in refusals(store, "a notice ("):
        told = concerned(refusal.reason)
        named = {id for one in told[1] for id in documents_named(store, *one)} if told else set()
        if told and named & {document_id, *versions}:
            found.append(LateNotice(told[0], refusal.location, document_id not in named))
    of_versions = _marks_of_versions(document_id, store)
    return found + [one for one in of_versions if one.kind not in {known.kind for known in found}]


def marked(document: Document, store: Store) -> Document:
    """A document marked by the notices about it that came in before it, or by themselves.

    Its brief then says so first, as if its publisher had marked the file.
    """
    own = {one.kind for one in notices_about(document.id, store) if not one.in_version}
    there = {relation.kind for relation in document.relations}
    new = [Relation(mark) for mark, kind in _MARKS.items() if kind in own and mark not in there]
    return replace(document, relations=(*document.relations, *new)) if new else document


def _marks_of_versions(document_id: str, store: Store) -> list[LateNotice]:
    """The notices by which other versions of a document are marked, and it isn't itself."""
    links = versions_of(store, document_id)
    if not links or (document := find_document(store, document_id)) is None:
        return []
    found: dict[ArticleType, LateNotice] = {}
    for other_id in sorted({id for link in links for id in (link.older, link.newer)}):
        other = find_document(store, other_id)
        for kind in _marks(other) - _marks(document) if other else ():
            found.setdefault(kind, LateNotice(kind, other.source if other else "", True))
    return [found[kind] for kind in _MARKS.values() if kind in found]


def _marks(document: Document) -> set[ArticleType]:
    kinds = {relation.kind for relation in document.relations}
    return {notice for mark, notice in _MARKS.items() if mark in kinds}


def briefs_concerned(reason: str, store: Store) -> list[BriefEntry]:
    """The briefs, each in its newest edition, that were drawn from the article of a notice.

    ``reason`` is why a source was quarantined: where that is no notice there are none.
    """
    told = concerned(reason)
    ids = [id for named in told[1] for id in documents_named(store, *named)] if told else []
    newest = {brief.brief_id: brief for id in ids for brief in briefs_of(store, id)}
    return list(newest.values())
