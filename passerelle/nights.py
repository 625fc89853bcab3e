"""One night's work without Prefect: what there is to do, one batch of it, and how it is told.

Plain functions around ``batches`` that carry paths, ids and plain JSON, so that any task runner can
call them. What there is to do is read from the inbox and the store alone: a crash anywhere is made
good by the next night, and a night with nothing new does nothing.

In: an open ``Store``, and the settings' inbox and outbox. Out: ``Arrival``, ``Drafts`` and
``Night``, which are dictionaries, and the digest's Markdown. Who calls this when, and where it is
shown, is ``flows``' business.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

from corpus.document import Language, digest
from corpus.errors import PasserelleError
from corpus.sources import find_sources, listed
from corpus.store import Store, outcomes, settled_earlier
from corpus.store import undrafted as undrafted_documents
from models import encoder
from passerelle import batches
from passerelle.settings import settings
from pipelines.brief import Audience
from pipelines.render.layout import brief_title
from pipelines.render.markdown import escape

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
    waiting: int
    """Drafts that nobody has decided on yet, those of earlier nights too."""
    seconds: dict[str, float]
    """How long each part took."""


class Clock:
    """How long the parts of a night take, one after the other."""

    def __init__(self) -> None:
        """Begin with the first part."""
        self.seconds: dict[str, float] = {}
        self._since = time.monotonic()

    def done(self, part: str) -> None:
        """End a part, and begin with the next."""
        now = time.monotonic()
        self.seconds[part] = round(now - self._since, 1)
        self._since = now


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
        if outcome.state != "quarantined" or outcome.edition == batches.edition()
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
    outbox = os.path.dirname(batches.place_of(settings().outbox / "brief"))
    return undrafted_documents(store, AUDIENCE, batches.edition(), outbox)


def left_alone(store: Store) -> int:
    """How many documents aren't drafted anew because a person has settled their brief."""
    return settled_earlier(store, AUDIENCE, batches.edition())


# A batch of it


def take_in(places: Sequence[str], store: Store) -> list[Arrival]:
    """Ingest a batch of sources, and record what named none."""
    return [
        Arrival(source=label, state=outcome.state, reason=outcome.reason)
        for label, outcome in batches.take_in(places, store)
    ]


def draft_documents(ids: Sequence[str], store: Store) -> Drafts:
    """Draft a batch of the store's documents into the outbox, and tell what became of each."""
    encoder.load()  # a missing model is no fault of the documents: stop here
    encoder.use_all_cores()  # which PyTorch asks of each thread by itself
    outbox = settings().outbox
    return _drafts(batches.draft_kept(ids, store, audience=AUDIENCE, language=None, out=outbox))


def draft_sources(
    places: Sequence[str], audience: Audience, language: Language | None, store: Store
) -> Drafts:
    """Draft sources into the outbox, and tell what became of each."""
    found, failures = find_sources(places)
    outbox = settings().outbox
    result = batches.draft(found, store, audience=audience, language=language, out=outbox)
    return _drafts(batches.joined([batches.DraftResult(failures=tuple(failures)), result]))


def _drafts(result: batches.DraftResult) -> Drafts:
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
        "Waiting for review": night["waiting"],
        "Refused": len(refused(night)),
        "Left as reviewed": night["left_alone"],
    }


def digest_of(night: Night) -> str:
    """The night as Markdown, for the analyst's morning; text from documents does nothing in it."""
    lines = ["# The night's work", "", "| | |", "| :--- | ---: |"]
    lines += [f"| {name} | {count} |" for name, count in counts(night).items()]
    lines += _tables(night["drafted"], refused(night), night["kept_aside"])
    lines += ["", "## How long it took", "", "| Part | Seconds |", "| :--- | ---: |"]
    lines += [f"| {part} | {seconds:.1f} |" for part, seconds in night["seconds"].items()]
    return "\n".join(lines) + "\n"


def drafts_as_markdown(drafts: Drafts) -> str:
    """What became of the sources that somebody had drafted, as the digest shows it."""
    lines = _tables(drafts["drafted"], drafts["refused"], drafts["kept_aside"])
    return "\n".join(lines[1:]) + "\n"


def _tables(
    drafted: Sequence[Drafted], refused: Sequence[Refusal], kept_aside: Sequence[str]
) -> list[str]:
    lines: list[str] = []
    if drafted:
        lines += ["", "## Drafted", "", "| Title | Checks | Brief |", "| :--- | :--- | :--- |"]
        lines += [
            f"| {escape(item['title'])} | {'✓' if item['passed'] else '✗'} | {item['brief']} |"
            for item in drafted
        ]
    if refused:
        lines += ["", "## Refused", "", "| Source | Why |", "| :--- | :--- |"]
        lines += [f"| {escape(item['source'])} | {escape(item['reason'])} |" for item in refused]
    if kept_aside:
        lines += ["", "## Edited briefs, kept aside under a new name", "", "| File |", "| :--- |"]
        lines += [f"| {escape(path)} |" for path in kept_aside]
    return lines


def write_digest(night: Night, started: str) -> Path:
    """Write the digest beside the briefs, under when the night started; the file.

    Raises ``PasserelleError`` where it can't be written.
    """
    path = settings().outbox / "nights" / f"night {started}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tmp")
        temporary.write_text(digest_of(night), encoding="utf-8")
        temporary.replace(path)
    except OSError as error:
        raise PasserelleError(
            f"{path}: can't be written ({error.strerror}); check the folder and the space left"
        ) from error
    return path


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
