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
import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TypedDict

from corpus import owner_only
from corpus.document import Language, digest
from corpus.errors import MachineError, PasserelleError
from corpus.sources import (
    SourceFailure,
    find_sources,
    is_address,
    let_go,
    listed,
    stamp_of,
    unsettled_seconds,
)
from corpus.store import (
    Attempt,
    Store,
    attempts,
    record_seen,
    seen_files,
    settled_earlier,
    settled_places,
)
from corpus.store import undrafted as undrafted_documents
from passerelle import batches, following, renewing, sandbox
from passerelle.late_notices import briefs_concerned
from passerelle.settings import settings
from pipelines.brief import Audience
from pipelines.render.layout import brief_title
from pipelines.render.markdown import escape

#: Whom the nightly briefs are for, each in its document's own language.
AUDIENCE: Audience = "staff"


#: How many times its settling time a night waits for files that are being copied.
SETTLE_TIMES = 3

#: How long a night waits, at its end, for what is to be tried again, in seconds.
LAST_PATIENCE = 60.0


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
    source: str
    """The document's name, as the brief has it."""
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
    put_off: list[Refusal]
    """What the machine's trouble has kept from being drafted, and is tried again."""
    kept_aside: list[str]
    """Briefs that a person had edited in the outbox, under their new names."""


class Noticed(TypedDict):
    """A brief about whose document something has come in since its files were written."""

    brief: str
    """Its id."""
    title: str
    status: str
    since: list[str]
    """Where it lies: the notices, or the newer versions."""
    by_notice: bool
    """Whether it was a notice."""
    written: list[str]
    """Its files that say so now."""
    edited: list[str]
    """Its files that somebody has edited, and that don't say so."""
    failed: list[str]
    """Why others couldn't be written: tried again the next night."""


class Night(Drafts):
    """Everything that one nightly run did."""

    noticed: list[Noticed]
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
        owner_only.make_folder(inbox)
        os.listdir(inbox)
    except OSError as error:
        raise PasserelleError(
            f"{inbox}: the inbox can't be opened ({error.strerror}); check PASSERELLE_INBOX"
        ) from error
    return [place for place in listed(str(inbox)) if place != str(inbox)]


def watched_sources(store: Store) -> list[str]:
    """Paths of everything in the folders that are followed, in order."""
    return [
        place
        for folder in following.folders(store)
        for place in listed(str(folder))
        if place != str(folder)
    ]


def follow_sources(store: Store) -> list[Arrival]:
    """Take in what is new at the sources that are followed."""
    return [
        Arrival(source=label, state=outcome.state, reason=outcome.reason)
        for followed in following.active(store)
        for label, outcome in following.follow(followed, store)
    ]


def new_sources(places: Iterable[str], store: Store) -> list[str]:
    """Those sources whose bytes, in this place, nothing has become of yet, and what is due again.

    What an earlier edition of the program couldn't read is new again. What the machine's trouble
    has put off comes when its time has come, and what ended the program while it read it last.
    """
    seen = seen_files(store)
    begun = {item.subject: item for item in attempts(store, batches.edition())}
    looked_at: dict[str, tuple[str, str]] = {}
    roots = _roots(store)
    found: dict[str, int] = {}
    known = {place: _identities(place, seen, looked_at, roots) for place in places}
    let_go()
    came_from = {location for held in known.values() for location, _ in held}
    settled = settled_places(store, batches.edition(), came_from)
    for place, held in known.items():
        for location, sha256 in held:
            attempt = begun.get(sha256 or "") or begun.get(digest(location.encode()))
            if (location, sha256) not in settled and (attempt is None or _is_due(attempt)):
                found[place] = max(found.get(place, 0), attempt.unfinished if attempt else 0)
    if looked_at:
        record_seen(store, looked_at)
    for attempt in begun.values():
        if attempt.work in ("read", "fetch") and is_address(attempt.place) and _is_due(attempt):
            found[attempt.place] = attempt.unfinished
    return sorted(found, key=found.__getitem__)


def _identities(
    place: str,
    seen: Mapping[str, tuple[str, str]],
    looked_at: dict[str, tuple[str, str]],
    roots: Sequence[Path],
) -> list[tuple[str, str | None]]:
    """Location and SHA-256 of each document of a source, as its outcome records them.

    A file whose stamp is the one that was seen isn't read again; others go to ``looked_at``. What
    can't be read has no SHA-256: its outcome will say why.
    """
    stamp = stamp_of(place)
    found: list[tuple[str, str | None]] = []
    for source in find_sources([place], roots)[0]:
        known = seen.get(source.location)
        if known is not None and known[0] == stamp:
            found.append((source.location, known[1]))
            continue
        sha256 = None
        with suppress(PasserelleError):
            sha256 = digest(source.read())
        if stamp is not None and sha256 is not None:
            looked_at[source.location] = (stamp, sha256)
        found.append((source.location, sha256))
    return found or [(place, None)]


def _roots(store: Store) -> list[Path]:
    """Where files may lie, behind links too: as for forms, the inbox and what is followed."""
    return [settings().inbox, *settings().roots, *following.folders(store)]


def _is_due(attempt: Attempt, patience: float = 0.0) -> bool:
    return _seconds_until(attempt) <= patience


def _seconds_until(attempt: Attempt) -> float:
    return (datetime.fromisoformat(attempt.next_at) - datetime.now(UTC)).total_seconds()


def settled(places: Sequence[str]) -> list[str]:
    """Those files that nobody is still writing, after waiting a little for the others.

    A file that is being copied would be taken for a shorter document.
    """
    seconds = settings().settle_seconds
    until = time.monotonic() + SETTLE_TIMES * seconds
    while (left := max((unsettled_seconds(p, seconds) for p in places), default=0.0)) > 0:
        if time.monotonic() + left > until:
            break
        time.sleep(left)
    return [place for place in places if not unsettled_seconds(place, seconds)]


def undrafted(store: Store, patience: float = 0.0) -> list[str]:
    """Ids of the documents whose brief of this edition isn't made, or isn't in the outbox yet.

    What was put off comes when its time has come; within ``patience`` seconds it is waited for.
    What ended the program while it drafted it comes last.
    """
    outbox = os.path.dirname(batches.place_of(settings().outbox / "brief"))
    begun = {item.subject: item for item in attempts(store, batches.edition())}
    ids = undrafted_documents(store, AUDIENCE, batches.edition(), outbox)
    due = [id for id in ids if id not in begun or _is_due(begun[id], patience)]
    waits = [_seconds_until(begun[id]) for id in due if id in begun]
    time.sleep(max(0.0, *waits, 0.0))
    return sorted(due, key=lambda id: begun[id].unfinished if id in begun else 0)


def put_off(store: Store, arrived: Sequence[Arrival], drafts: Drafts) -> list[Refusal]:
    """What isn't done and is tried again, tonight's and that of earlier nights."""
    waiting = [
        Refusal(source=item["source"], reason=item["reason"])
        for item in arrived
        if item["state"] == "waiting"
    ]
    begun = [
        Refusal(source=item.place, reason=item.reason)
        for item in attempts(store, batches.edition())
    ]
    found = [*drafts["put_off"], *waiting, *begun, *_being_written(store)]
    return list({item["source"]: item for item in found}.values())


def _being_written(store: Store) -> Iterator[Refusal]:
    seconds = settings().settle_seconds
    for place in [*inbox_sources(), *watched_sources(store)]:
        if unsettled_seconds(place, seconds):
            reason = f"still being written; taken when left alone for {seconds:.0f} seconds"
            yield Refusal(source=place, reason=reason)


def left_alone(store: Store) -> int:
    """How many documents aren't drafted anew because a person has settled their brief."""
    return settled_earlier(store, AUDIENCE, batches.edition())


# A batch of it


def take_in(places: Sequence[str], store: Store) -> list[Arrival]:
    """Ingest a batch of sources, and record what named none."""
    return [
        Arrival(source=label, state=outcome.state, reason=_with_briefs(outcome.reason, store))
        for label, outcome in batches.take_in(places, store, _roots(store))
    ]


def _with_briefs(reason: str, store: Store) -> str:
    """Why a source was refused; of a notice also which briefs it is about."""
    briefs = [f"{one.brief_id} ({one.status})" for one in briefs_concerned(reason, store)]
    return f"{reason}: {', '.join(briefs)}" if briefs else reason


def renew(store: Store) -> list[Noticed]:
    """Write again, under a banner, what went out before a notice or a newer version came in."""
    return [
        Noticed(
            brief=one.brief,
            title=one.title,
            status=one.status,
            since=list(one.since),
            by_notice=one.by_notice,
            written=list(one.written),
            edited=list(one.edited),
            failed=list(one.failed),
        )
        for one in renewing.renew(store)
    ]


def draft_documents(ids: Sequence[str], store: Store) -> Drafts:
    """Draft a batch of the store's documents into the outbox, and tell what became of each."""
    if ids:
        sandbox.make_ready()  # a missing model is no fault of the documents: stop here
    outbox = settings().outbox
    return _drafts(batches.draft_kept(ids, store, audience=AUDIENCE, language=None, out=outbox))


def draft_sources(
    places: Sequence[str], audience: Audience, language: Language | None, store: Store
) -> Drafts:
    """Draft sources into the outbox, and tell what became of each."""
    found, failures = find_sources(places, _roots(store))
    outbox = settings().outbox
    result = batches.draft(found, store, audience=audience, language=language, out=outbox)
    return _drafts(batches.joined([batches.DraftResult(failures=tuple(failures)), result]))


def _drafts(result: batches.DraftResult) -> Drafts:
    return Drafts(
        drafted=[
            Drafted(
                brief=brief.id,
                title=brief_title(brief),
                source=", ".join(document.source for document in brief.documents),
                passed=brief.passed,
            )
            for brief in result.briefs
        ],
        refused=[_refusal(failure) for failure in result.failures if not failure.waits],
        put_off=[_refusal(failure) for failure in result.failures if failure.waits],
        kept_aside=[str(path) for path in result.moved],
    )


def _refusal(failure: SourceFailure) -> Refusal:
    return Refusal(source=failure.source, reason=failure.reason)


def joined(parts: Sequence[Drafts]) -> Drafts:
    """The drafts of several batches as one."""
    return Drafts(
        drafted=[item for part in parts for item in part["drafted"]],
        refused=[item for part in parts for item in part["refused"]],
        put_off=[item for part in parts for item in part["put_off"]],
        kept_aside=[item for part in parts for item in part["kept_aside"]],
    )


# How it is told


def is_quiet(night: Night) -> bool:
    """Whether nothing happened that anybody need be told."""
    return not any(
        night[part]
        for part in ("arrived", "drafted", "refused", "put_off", "kept_aside", "noticed")
    )


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
        "To be tried again": len(night["put_off"]),
        "Left as reviewed": night["left_alone"],
    }


Pages = Mapping[str, str]
"""Brief id to the address of the page where its draft is decided on."""


def digest_of(night: Night, pages: Pages = {}) -> str:  # noqa: B006  (never written to)
    """The night as Markdown, for the analyst's morning; text from documents does nothing in it."""
    lines = ["# The night's work", "", "| | |", "| :--- | ---: |"]
    lines += [f"| {name} | {count} |" for name, count in counts(night).items()]
    lines += _tables(night, refused(night), pages)
    lines += _noticed(night["noticed"])
    if known := in_state(night, "duplicate", "updated"):
        lines += ["", "## Known, or known in another version", "", "| Source | Why |"]
        lines += ["| :--- | :--- |"]
        lines += [f"| {escape(row['source'])} | {escape(row['reason'])} |" for row in known]
    lines += ["", "## How long it took", "", "| Part | Seconds |", "| :--- | ---: |"]
    lines += [f"| {part} | {seconds:.1f} |" for part, seconds in night["seconds"].items()]
    return "\n".join(lines) + "\n"


def _noticed(noticed: Sequence[Noticed]) -> list[str]:
    """About which briefs' documents something came in after their files were written."""
    if not noticed:
        return []
    heads = "| Brief | What came | Written again under a banner | Edited, so left without one |"
    lines = ["", "## Notices and newer versions of what was there before", "", heads]
    lines += ["| :--- | :--- | :--- | :--- |"]
    for one in noticed:
        parts = [[_what_came(one)], one["written"], one["edited"]]
        cells = [escape(f"{one['title']} ({one['brief']}, {one['status']})")]
        cells += [escape(", ".join(part) or "–") for part in parts]
        lines.append(f"| {' | '.join(cells)} |")
    failed = [reason for one in noticed for reason in one["failed"]]
    if failed:
        lines += ["", "Couldn't be written again, and tried the next night:", ""]
        lines += [f"- {escape(reason)}" for reason in failed]
    return lines


def drafts_as_markdown(drafts: Drafts, pages: Pages = {}) -> str:  # noqa: B006
    """What became of the sources that somebody had drafted, as the digest shows it."""
    lines = _tables(drafts, drafts["refused"], pages)
    return "\n".join(lines[1:]) + "\n"


def _tables(drafts: Drafts, refused: Sequence[Refusal], pages: Pages) -> list[str]:
    lines: list[str] = []
    if drafts["drafted"]:
        lines += ["", "## Drafted", "", "| Title | Source | Checks | Brief |"]
        lines += ["| :--- | :--- | :--- | :--- |"]
        lines += [
            f"| {escape(item['title'])} | {escape(item['source'])} | "
            f"{'✓' if item['passed'] else '✗'} | {_linked(item['brief'], pages)} |"
            for item in drafts["drafted"]
        ]
    for title, rows in (("Refused", refused), ("To be tried again", drafts["put_off"])):
        if rows:
            lines += ["", f"## {title}", "", "| Source | Why |", "| :--- | :--- |"]
            lines += [f"| {escape(row['source'])} | {escape(row['reason'])} |" for row in rows]
    if drafts["kept_aside"]:
        lines += ["", "## Edited briefs, kept aside under a new name", "", "| File |", "| :--- |"]
        lines += [f"| {escape(path)} |" for path in drafts["kept_aside"]]
    return lines


def _linked(brief: str, pages: Pages) -> str:
    return f"[{brief}]({pages[brief]})" if brief in pages else brief


def write_digest(night: Night, started: str) -> Path:
    """Write the digest beside the briefs, under when the night started; the file.

    Another night's of the same minute stays. Raises ``PasserelleError`` where it can't be written.
    """
    path, content = settings().outbox / "nights" / f"night {started}.md", digest_of(night).encode()
    try:
        owner_only.make_folder(path.parent)
        for number in count(2):
            if not path.exists() or path.read_bytes() == content:
                break
            path = path.with_name(f"night {started} ({number}).md")
        batches.put_whole(path, content)
    except OSError as error:
        raise MachineError(
            f"{path}: can't be written ({error.strerror}); check the folder and the space left"
        ) from error
    return path


#: What a digest says that lines were taken out of.
LINES_GONE = "Lines about documents that were forgotten since are gone from this digest."


def without(digest: str, names: Collection[str]) -> str:
    """A digest without its lines that name any of these; the same where none does.

    ``names`` are briefs' ids and documents' places, as they stand nowhere inside longer ones.
    """
    found = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    lines = digest.split("\n")
    kept = [
        line
        for line in lines
        if not (names and line.startswith("| ") and found.search(re.sub(r"[\\`]", "", line)))
    ]
    if len(kept) == len(lines):
        return digest
    note = "" if LINES_GONE in digest else f"\n{LINES_GONE}\n"
    return "\n".join(kept) + note


def forget_in_digests(names: Collection[str]) -> list[str]:
    """Take the lines that name any of these out of the digests beside the briefs; their paths.

    Raises ``MachineError`` where one can't be written.
    """
    done: list[str] = []
    for path in sorted((settings().outbox / "nights").glob("*.md")):
        try:
            text = path.read_bytes().decode()
            if (left := without(text, names)) != text:
                batches.put_whole(path, left.encode())
                done.append(str(path))
        except UnicodeDecodeError:
            continue  # not as we wrote it, and somebody else's
        except OSError as error:
            raise MachineError(
                f"{path}: names what was forgotten, and can't be written ({error.strerror}); "
                "remove it yourself"
            ) from error
    return done


def told(night: Night) -> Iterator[str]:
    """The night in a few plain lines."""
    yield ", ".join(f"{name.lower()} {count}" for name, count in counts(night).items())
    if night["drafted"]:
        yield f"briefs in {settings().outbox}:"
    yield from (f"  {item['brief']}" for item in night["drafted"])
    yield from (f"edited, kept aside as {path}" for path in night["kept_aside"])
    yield from noticed_told(night["noticed"])
    yield from (f"refused {item['source']}: {item['reason']}" for item in refused(night))
    yield from (f"to be tried again {i['source']}: {i['reason']}" for i in night["put_off"])


def noticed_told(noticed: Iterable[Noticed]) -> Iterator[str]:
    """Briefs about which something came in after their files were written, in plain lines."""
    for one in noticed:
        why = _what_came(one)
        if one["written"]:
            yield f"written again under a banner, after {why}: {', '.join(one['written'])}"
        if one["edited"]:
            yield f"edited, so left without a banner, after {why}: {', '.join(one['edited'])}"


def _what_came(one: Noticed) -> str:
    return f"{'a notice' if one['by_notice'] else 'a newer version'}: {', '.join(one['since'])}"


def nothing_to_do(places: Sequence[str]) -> str:
    """What to say of an inbox with nothing new in it."""
    inbox = settings().inbox
    if not places:
        return f"The inbox is empty. Put papers and transcripts into {inbox}."
    return f"Nothing new in the inbox ({inbox})."
