"""Notices that came in after the paper that they concern: which briefs they are about.

A retraction, a correction or an expression of concern is no study: it is quarantined with the
article that it names. In: the store. Out: the notices about a document, for whoever reviews its
brief; and the briefs drawn from the article of a notice, for the night's digest.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import ArticleType
from corpus.readers.notices import concerned
from corpus.store import BriefEntry, Store, briefs_of, documents_with_doi, refusals


@dataclass(frozen=True, slots=True)
class LateNotice:
    """A notice that stands in quarantine."""

    kind: ArticleType
    source: str
    """Where it came from."""


def notices_about(document_id: str, store: Store) -> list[LateNotice]:
    """The notices about a document's article that have come in, oldest first."""
    found = []
    for refusal in refusals(store, "a notice ("):
        told = concerned(refusal.reason)
        if told and any(document_id in documents_with_doi(store, doi) for doi in told[1]):
            found.append(LateNotice(told[0], refusal.location))
    return found


def briefs_concerned(reason: str, store: Store) -> list[BriefEntry]:
    """The briefs, each in its newest edition, that were drawn from the article of a notice.

    ``reason`` is why a source was quarantined: where that is no notice there are none.
    """
    told = concerned(reason)
    ids = [id for doi in told[1] for id in documents_with_doi(store, doi)] if told else []
    newest = {brief.brief_id: brief for id in ids for brief in briefs_of(store, id)}
    return list(newest.values())
