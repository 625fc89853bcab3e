"""One night's work without Prefect: what there is to do, one batch of it, and how it is told.

Plain functions around ``batch`` that carry paths, ids and plain JSON, so that any task runner can
call them. What there is to do is read from the inbox and the store alone: a crash anywhere is made
good by the next night, and a night with nothing new does nothing.

In: an open ``Store``, and the settings' inbox and outbox. Out: ``Arrival``, ``Drafts`` and
``Night``, which are dictionaries, and the digest's Markdown. Who calls this when, and where it is
shown, is ``flows``' business.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypedDict

import batch
from corpus.document import Language, digest
from corpus.errors import PasserelleError
from corpus.sources import find_sources, listed
from corpus.store import Store, find_brief, outcomes, settled_earlier
from corpus.store import undrafted as undrafted_documents
from models import encoder
from pipelines.brief import Audience, from_json
from pipelines.render import render
from pipelines.render.layout import brief_title
from pipelines.render.markdown import escape
from settings import settings

#: Whom the nightly briefs are for, each in its document's own language.
AUDIENCE: Audience = "staff"


class Arrival(TypedDict):
    """What became of one source."""

    source: str
    state: str
    """As ``corpus.store.State``."""
    reason: str


class Drafted(TypedDict):
    """One brief that was made and written."""

    brief: str
    """Its id."""
    title: str
    passed: bool
    """Whether every check passed."""


class Refusal(TypedDict):
    """A source that gave no brief."""

    source: str
    reason: str


class Drafts(TypedDict):
    """What became of one batch of documents to draft."""

    drafted: list[Drafted]
    refused: list[Refusal]
    kept_aside: list[str]
    """Briefs that a person had edited in the outbox, under their new names."""


class Night(Drafts):
    """Everything that one nightly run did."""

    arrived: list[Arrival]
    left_alone: int
    """Documents not drafted anew because a person has approved or rejected their brief."""


# What there is to do


def inbox_sources() -> list[str]:
    """Paths of everything in the inbox, in order; the folder is made where it is missing."""
    inbox = settings().inbox
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        os.listdir(inbox)
    except OSError as error:
        raise PasserelleError(
            f"{inbox}: the inbox can't be opened ({error.strerror}); check PASSERELLE_INBOX"
        ) from error
    return [place for place in listed(str(inbox)) if place != str(inbox)]


def new_sources(places: Iterable[str], store: Store) -> list[str]:
    """Those sources whose bytes, in this place, nothing has become of yet.

    What an earlier edition of the program couldn't read is new again.
    """
    settled = {
        (outcome.location, outcome.sha256)
        for outcome in outcomes(store)
        if outcome.state != "quarantined" or outcome.edition == batch.edition()
    }
    return [place for place in places if _identity(place) not in settled]


def _identity(place: str) -> tuple[str, str | None]:
    """Location and SHA-256 of a source, as its outcome records them."""
    for source in find_sources([place])[0]:
        try:
            return source.location, digest(source.read())
        except PasserelleError:
            return source.location, None  # its outcome will say why
    return place, None


def undrafted(store: Store) -> list[str]:
    """Ids of the documents whose brief of this edition isn't made, or isn't in the outbox yet."""
    outbox = os.path.dirname(batch.place_of(settings().outbox / "brief"))
    return undrafted_documents(store, AUDIENCE, batch.edition(), outbox)


def left_alone(store: Store) -> int:
    """How many documents aren't drafted anew because a person has settled their brief."""
    return settled_earlier(store, AUDIENCE, batch.edition())


# A batch of it


def take_in(places: Sequence[str], store: Store) -> list[Arrival]:
    """Ingest a batch of sources, and record what named none."""
    return [
        Arrival(source=label, state=outcome.state, reason=outcome.reason)
        for label, outcome in batch.take_in(places, store)
    ]


def draft_documents(ids: Sequence[str], store: Store) -> Drafts:
    """Draft a batch of the store's documents into the outbox, and tell what became of each."""
    encoder.load()  # a missing model is no fault of the documents: stop here
    outbox = settings().outbox
    return _drafts(batch.draft_kept(ids, store, audience=AUDIENCE, language=None, out=outbox))


def draft_sources(
    places: Sequence[str], audience: Audience, language: Language | None, store: Store
) -> Drafts:
    """Draft sources into the outbox, and tell what became of each."""
    found, failures = find_sources(places)
    outbox = settings().outbox
    result = batch.draft(found, store, audience=audience, language=language, out=outbox)
    return _drafts(batch.joined([batch.DraftResult(failures=tuple(failures)), result]))


def _drafts(result: batch.DraftResult) -> Drafts:
    return Drafts(
        drafted=[
            Drafted(brief=brief.id, title=brief_title(brief), passed=brief.passed)
            for brief in result.briefs
        ],
        refused=[
            Refusal(source=failure.source, reason=failure.reason) for failure in result.failures
        ],
        kept_aside=[str(path) for path in result.moved],
    )


def joined(parts: Sequence[Drafts]) -> Drafts:
    """The drafts of several batches as one."""
    return Drafts(
        drafted=[item for part in parts for item in part["drafted"]],
        refused=[item for part in parts for item in part["refused"]],
        kept_aside=[item for part in parts for item in part["kept_aside"]],
    )


# How it is told


class Page(NamedTuple):
    """A brief as Prefect's pages show it."""

    key: str
    markdown: str
    title: str
    """Escaped, as it is shown as Markdown too."""


def pages(drafted: Iterable[Drafted], store: Store) -> Iterator[Page]:
    """Each brief beside its evidence, as one page; text from documents does nothing in it."""
    for item in drafted:
        entry = find_brief(store, item["brief"], batch.edition())
        if entry is not None:
            text = render(from_json(entry.json, entry.brief_id), "md")
            yield Page(artifact_key(entry.brief_id), text, escape(item["title"]))


def artifact_key(brief_id: str) -> str:
    """The key of a brief's artifact: lower-case letters, digits and dashes, as Prefect asks."""
    return "brief-" + re.sub(r"[^a-z0-9]+", "-", brief_id.lower()).strip("-")


def is_quiet(night: Night) -> bool:
    """Whether nothing happened that anybody need be told."""
    return not (night["arrived"] or night["drafted"] or night["refused"] or night["kept_aside"])


def in_state(night: Night, *states: str) -> list[Arrival]:
    """The sources that ended in one of these states."""
    return [arrival for arrival in night["arrived"] if arrival["state"] in states]


def refused(night: Night) -> list[Refusal]:
    """Everything that gave no brief, and why."""
    unread = in_state(night, "quarantined")
    return [
        *(Refusal(source=arrival["source"], reason=arrival["reason"]) for arrival in unread),
        *night["refused"],
    ]


def counts(night: Night) -> dict[str, int]:
    """The night in numbers."""
    return {
        "Came in": len(night["arrived"]),
        "New or updated": len(in_state(night, "added", "updated")),
        "Duplicates": len(in_state(night, "duplicate")),
        "Drafted": len(night["drafted"]),
        "Refused": len(refused(night)),
        "Left as reviewed": night["left_alone"],
    }


def digest_of(night: Night) -> str:
    """The night as Markdown, for the analyst's morning; text from documents does nothing in it."""
    lines = ["# The night's work", "", "| | |", "| :--- | ---: |"]
    lines += [f"| {name} | {count} |" for name, count in counts(night).items()]
    if night["drafted"]:
        lines += ["", "## Drafted", "", "| Title | Checks | Brief |", "| :--- | :--- | :--- |"]
        lines += [
            f"| {escape(item['title'])} | {'✓' if item['passed'] else '✗'} | {item['brief']} |"
            for item in night["drafted"]
        ]
    if why := refused(night):
        lines += ["", "## Refused", "", "| Source | Why |", "| :--- | :--- |"]
        lines += [f"| {escape(item['source'])} | {escape(item['reason'])} |" for item in why]
    if night["kept_aside"]:
        lines += ["", "## Edited briefs, kept aside under a new name", "", "| File |", "| :--- |"]
        lines += [f"| {escape(path)} |" for path in night["kept_aside"]]
    return "\n".join(lines) + "\n"


def told(night: Night) -> Iterator[str]:
    """The night in a few plain lines."""
    yield ", ".join(f"{name.lower()} {count}" for name, count in counts(night).items())
    if night["drafted"]:
        yield f"briefs in {settings().outbox}:"
    yield from (f"  {item['brief']}" for item in night["drafted"])
    yield from (f"edited, kept aside as {path}" for path in night["kept_aside"])
    yield from (f"refused {item['source']}: {item['reason']}" for item in refused(night))


def nothing_to_do(places: Sequence[str]) -> str:
    """What to say of an inbox with nothing new in it."""
    inbox = settings().inbox
    if not places:
        return f"The inbox is empty. Put papers and transcripts into {inbox}."
    return f"Nothing new in the inbox ({inbox})."
