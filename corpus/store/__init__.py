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

from corpus.store.briefs import (
    SETTLED,
    ApprovedBrief,
    BriefEntry,
    Decision,
    ReviewEntry,
    approved_brief,
    briefs_of,
    briefs_waiting,
    drafting,
    find_brief,
    find_brief_of,
    keep_brief,
    keep_review,
    mark_published,
    reviews_of,
    sent_back,
    unpublished,
)
from corpus.store.database import (
    BUSY_SECONDS,
    STORE_TROUBLES,
    OperationalError,
    Store,
    check,
    in_one_line,
    open_store,
)
from corpus.store.ends import (
    IngestOutcome,
    State,
    in_quarantine,
    outcomes,
    outcomes_at,
    quarantined,
    record_outcome,
    settled_places,
)
from corpus.store.files import WrittenFile, last_written, record_seen, record_written, seen_files
from corpus.store.followings import (
    Followed,
    followed_sources,
    keep_followed,
    known_items,
    record_item,
    unfollow,
)
from corpus.store.forgetting import Forgotten, all_forgotten, forget, forgotten_briefs
from corpus.store.to_draft import (
    RefusedDraft,
    record_refused_draft,
    refused_drafts,
    settled_earlier,
    undrafted,
)
from corpus.store.under_way import (
    Attempt,
    attempts,
    begin_attempt,
    put_off,
    release,
)
from corpus.store.versions import (
    DocumentEntry,
    VersionLink,
    admit,
    documents,
    find_document,
    find_document_entry,
    keep_document,
    versions_of,
)

__all__ = [
    "BUSY_SECONDS",
    "SETTLED",
    "STORE_TROUBLES",
    "ApprovedBrief",
    "Attempt",
    "BriefEntry",
    "Decision",
    "DocumentEntry",
    "Followed",
    "Forgotten",
    "IngestOutcome",
    "OperationalError",
    "RefusedDraft",
    "ReviewEntry",
    "State",
    "Store",
    "VersionLink",
    "WrittenFile",
    "admit",
    "all_forgotten",
    "approved_brief",
    "attempts",
    "begin_attempt",
    "briefs_of",
    "briefs_waiting",
    "check",
    "documents",
    "drafting",
    "find_brief",
    "find_brief_of",
    "find_document",
    "find_document_entry",
    "followed_sources",
    "forget",
    "forgotten_briefs",
    "in_one_line",
    "in_quarantine",
    "keep_brief",
    "keep_document",
    "keep_followed",
    "keep_review",
    "known_items",
    "last_written",
    "mark_published",
    "open_store",
    "outcomes",
    "outcomes_at",
    "put_off",
    "quarantined",
    "record_item",
    "record_outcome",
    "record_refused_draft",
    "record_seen",
    "record_written",
    "refused_drafts",
    "release",
    "reviews_of",
    "seen_files",
    "sent_back",
    "settled_earlier",
    "settled_places",
    "undrafted",
    "unfollow",
    "unpublished",
    "versions_of",
]
