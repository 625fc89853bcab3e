"""Notices that a document doesn't hold itself: which briefs they are about.

A retraction, a correction or an expression of concern is no study: it is quarantined with the
article that it names. Another version of the same paper may be marked by it, and this one not: a
copy of the manuscript seldom is. In: the store. Out: the notices about a document, for whoever
reviews its brief; and the briefs drawn from the article of a notice, for the night's digest.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import ArticleType, Document, RelationKind
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
    for refusal in refusals(store, "a notice ("):
        told = concerned(refusal.reason)
        if told and any(document_id in documents_named(store, *named) for named in told[1]):
            found.append(LateNotice(told[0], refusal.location))
    return found + _marks_of_versions(document_id, store)


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
