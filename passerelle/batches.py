"""From sources to outcomes, and from documents to briefs on disk, over one store.

What the command line and the flows share: plain functions that carry values between
``corpus.sources``, ``corpus.store`` and the steps in ``pipelines``, one document at a time. A bad
source costs one line and the rest goes on; whatever the store already holds for these bytes and
this edition of the program isn't made again, and nothing heavy is then loaded. A database's own
trouble (``STORE_TROUBLES``) is no source's fault and stops the batch.

In: ``Source`` values and an open ``Store``. Out: an ``IngestOutcome`` for each source, or the
briefs with the files written. How briefs are made and shown is ``pipelines``' business.
"""

from __future__ import annotations

import glob
import hashlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from corpus import owner_only
from corpus.document import Document, Language, digest
from corpus.errors import (
    TROUBLES,
    CutShortError,
    MachineError,
    PasserelleError,
    SourceMissingError,
    UnreadableError,
)
from corpus.sources import (
    Source,
    SourceFailure,
    failure_from,
    find_sources,
    is_address,
    let_go,
    text_of,
)
from corpus.store import (
    STORE_TROUBLES,
    ApprovedBrief,
    Attempt,
    BriefEntry,
    DocumentEntry,
    Forgotten,
    IngestOutcome,
    OperationalError,
    RefusedDraft,
    Store,
    WrittenFile,
    admit,
    approved_texts,
    attempts,
    begin_attempt,
    drafting,
    find_brief,
    find_brief_of,
    find_document,
    find_document_entry,
    forget,
    in_one_line,
    in_quarantine,
    keep_brief,
    keep_document,
    last_written,
    mark_published,
    outcomes,
    outcomes_at,
    put_off,
    quarantined,
    record_outcome,
    record_refused_draft,
    record_written,
    refused_drafts,
    release,
    written_of,
)
from passerelle import sandbox
from passerelle.late_notices import flagged, marked
from passerelle.requirements import declared
from passerelle.settings import SettingsError, settings
from pipelines.brief import Audience, Brief, from_json, to_json

if TYPE_CHECKING:
    from pipelines.render.notice import Notice
    from pipelines.selecting.instructions import Instructions

#: Forms in which every brief is written; also their file endings.
FORMATS = ("md", "html", "xlf", "json")

#: Forms in which an approved brief is published.
PUBLISHED_FORMATS = (*FORMATS, "docx")

#: Forms that a banner about a later notice stands in: all that aren't a translator's.
UNDER_BANNER = tuple(form for form in PUBLISHED_FORMATS if form != "xlf")

#: How often in a row work on a document may end without a word before the document is blamed: a
#: machine that fails, or a person in a hurry, hardly hits the same one three times.
MOST_UNFINISHED = 3

#: How often something that can't be had is tried, later each time, before it is given up.
MOST_FETCHES = 8

#: Packages that serve the application; the version of any other can change the bytes of a draft.
_SERVING = (
    "alembic",
    "datasketch",
    "fastapi",
    "feedparser",
    "httpx",
    "prefect",
    "pydantic",
    "pydantic-settings",
    "rich",
    "sqlalchemy",
    "typer",
)

#: The floors whose files can change the bytes of a draft, and what of them can't.
_FLOORS = ("corpus", "models", "pipelines")
_APART = (
    "corpus/followed",
    "corpus/near_duplicates",
    "corpus/owner_only",
    "corpus/samples",
    "corpus/sources",
    "corpus/store",
    "models/training",
    "pipelines/suites",
)


@dataclass(frozen=True, slots=True)
class DraftResult:
    """What became of a batch of sources or documents, in their order."""

    entries: tuple[BriefEntry, ...] = ()
    """Each brief once, as the store keeps it, also where several sources hold the same bytes."""
    failures: tuple[SourceFailure, ...] = ()
    written: tuple[Path, ...] = ()
    """The files that hold the briefs, whether or not they had to be written again."""
    moved: tuple[Path, ...] = ()
    """Files that somebody had edited since they were written, under their new names."""
    notes: tuple[str, ...] = ()
    """Why the optional writer couldn't be heard; the briefs are then in the words of the steps."""

    @property
    def briefs(self) -> tuple[Brief, ...]:
        """The briefs themselves."""
        return tuple(from_json(entry.json, entry.brief_id) for entry in self.entries)


def joined(results: Sequence[DraftResult]) -> DraftResult:
    """Several results as one, each brief and each file once."""
    entries = {entry.brief_id: entry for result in results for entry in result.entries}
    return DraftResult(
        tuple(entries.values()),
        tuple(failure for result in results for failure in result.failures),
        tuple(dict.fromkeys(path for result in results for path in result.written)),
        tuple(path for result in results for path in result.moved),
        tuple(dict.fromkeys(note for result in results for note in result.notes)),
    )


@cache
def edition() -> str:
    """Fingerprint of everything that decides a draft's bytes but its source; 16 hex digits.

    Code, lexicons, templates and weights by their content, packages by their version, models by
    their settings. The same edition makes the same brief from the same bytes, so what the store
    holds of it needn't be made again.
    """
    total = hashlib.sha256()
    root = Path(__file__).parent.parent
    for path in _deciding_files(root):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    in_force = settings()
    models = (
        in_force.encoder,
        in_force.encoder_precision,
        in_force.language_model_en,
        in_force.language_model_fr,
        in_force.writer,
        in_force.writer_model,
        str(in_force.writer_max_tokens),
    )
    python = "{}.{}".format(*sys.version_info)
    versions = [f"{name} {_version(name)}" for name in declared() if name not in _SERVING]
    total.update("\0".join((python, *versions, *models)).encode())
    return total.hexdigest()[:16]


def revised_edition(instructions: Instructions) -> str:
    """The edition whose drafts also follow a reviewer's instructions."""
    from pipelines.selecting.instructions import (
        to_json as instructions_to_json,  # heavy, seldom needed
    )

    wanted = instructions_to_json(instructions)
    return hashlib.sha256(f"{edition()}\0{wanted}".encode()).hexdigest()[:16]


def _deciding_files(root: Path) -> Iterator[Path]:
    for floor in _FLOORS:
        for path in sorted((root / floor).rglob("*")):
            place = path.relative_to(root)
            made = any(part.startswith((".", "__pycache__")) for part in place.parts)
            if path.is_file() and not made and not place.as_posix().startswith(_APART):
                yield path


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def explained(error: Exception, place: str) -> str:
    """One line for any error that reaches a person: the input's, the database's or our own."""
    if isinstance(error, PasserelleError | SettingsError):
        return str(error)
    if isinstance(error, OperationalError):
        return in_one_line(error)
    if is_machines(error):
        return _troubled(error)
    return internal_error(error, place)


def internal_error(error: Exception, place: str) -> str:
    """Record an error of the program's own in the log; the reason to give for ``place``."""
    log = settings().home / sandbox.LOG_NAME
    at = datetime.now(UTC).isoformat(timespec="seconds")
    report = "".join(traceback.format_exception(error))
    kind = type(error).__name__
    if isinstance(error, sandbox.OwnError):
        kind, report = error.kind, error.report
    reason = f"internal error ({kind})"
    try:
        owner_only.make_folder(log.parent)
        with open(log, "ab", opener=owner_only.opener) as file:
            file.write(f"{at} {place}\n{report}\n".encode(errors="backslashreplace"))
    except OSError:
        return f"{reason}, and the log in PASSERELLE_HOME can't be written; please report it"
    return f"{reason}, recorded in {sandbox.LOG_NAME} in PASSERELLE_HOME; please report it"


# Ingesting


def take_in(
    places: Sequence[str], store: Store, roots: Sequence[Path] | None = None
) -> list[tuple[str, IngestOutcome]]:
    """Ingest whatever paths and addresses name; each by its label, with what became of it.

    With ``roots``, files that lie elsewhere are quarantined.
    """
    found, failures = find_sources(places, roots)
    labels = [*(source.label for source in found), *(failure.source for failure in failures)]
    try:
        became = [*ingest(found, store), *quarantine(failures, store)]
    finally:
        let_go()
    return list(zip(labels, became, strict=True))


def ingest(sources: Iterable[Source], store: Store) -> list[IngestOutcome]:
    """Take each source into the store; one outcome each, in order, whatever happens to one."""
    return [_ingest_one(source, store) for source in sources]


def _ingest_one(source: Source, store: Store) -> IngestOutcome:
    """What becomes of one source, whatever happens; the store's own trouble alone gets out."""
    try:
        content = source.read()
    except Exception as error:
        return _not_had(source, store, error)
    sha256 = digest(content)
    known = find_document_entry(store, sha256)
    if known is None:
        return _read_into(store, source, content)
    reason = f"the same bytes as {known.source}"
    outcome = IngestOutcome(source.location, "duplicate", reason, sha256, known.id, edition())
    record_outcome(store, outcome)
    return outcome


def _not_had(source: Source, store: Store, error: Exception) -> IngestOutcome:
    """What becomes of a source whose bytes can't be had."""
    if is_machines(error):
        subject = digest(source.location.encode("utf-8", "backslashreplace"))
        attempt = begin_attempt(store, subject, edition(), "fetch", source.location)
        if attempt.tries > MOST_FETCHES:
            reason = failure_from(source.label, _as_ours(error)).reason
            return _quarantine(store, source, f"{MOST_FETCHES} times: {reason}", None)
        return _wait(store, attempt, error, source)
    if isinstance(error, PasserelleError):
        return _quarantine(store, source, failure_from(source.label, error).reason, None)
    return _quarantine(store, source, internal_error(error, source.label), None)


def _read_into(store: Store, source: Source, content: bytes) -> IngestOutcome:
    """Read bytes that the store doesn't hold in this edition, and record what became of them."""
    sha256 = digest(content)
    before = quarantined(store, sha256, source.location, edition())
    if before is not None:
        return before
    if last_written(store, source.location) is not None:
        reason = "a brief that passerelle wrote itself; keep briefs and sources in two folders"
        return _quarantine(store, source, reason, sha256)
    attempt = begin_attempt(store, sha256, edition(), "read", source.location)
    if attempt.unfinished > MOST_UNFINISHED:
        return _quarantine(store, source, _never_finished("reading"), sha256)
    try:
        document = sandbox.read(content, source.name)
        bands = sandbox.bands(document)
    except Exception as error:
        if is_machines(error):
            return _wait(store, attempt, error, source)
        if isinstance(error, PasserelleError):
            reason = failure_from(source.label, error, source.name).reason
        else:  # a parser's own failing: one line for the user, all in the log
            reason = internal_error(error, source.label)
        return _quarantine(store, source, reason, sha256)
    return admit(store, document, source.location, edition(), bands)


def is_machines(error: Exception) -> bool:
    """Whether an error is the machine's trouble, which is held against no document."""
    if isinstance(error, OSError):
        return error.errno in TROUBLES
    return isinstance(error, MachineError | OperationalError | MemoryError)


def _never_finished(work: str) -> str:
    return (
        f"{MOST_UNFINISHED} times in a row the program ended while {work} it; passerelle ingest "
        "--retry tries once more"
    )


def _wait(store: Store, attempt: Attempt, error: Exception, source: Source) -> IngestOutcome:
    """Put a source off for the machine's trouble; the database's own goes on to whoever asked."""
    if isinstance(error, STORE_TROUBLES):
        raise error
    reason = failure_from(source.label, _as_ours(error), source.name).reason
    least = (error.seconds or 0.0) if isinstance(error, MachineError) else 0.0
    put_off(store, attempt, reason, isinstance(error, CutShortError), least)
    return IngestOutcome(attempt.place, "waiting", reason, attempt.subject, None, edition())


def _as_ours(error: Exception) -> PasserelleError:
    return error if isinstance(error, PasserelleError) else MachineError(_troubled(error))


def _troubled(error: Exception) -> str:
    """The machine's trouble in one line."""
    if isinstance(error, PasserelleError):
        return str(error)
    if isinstance(error, OSError):
        return f"the machine is in trouble ({error.strerror}); tried again later"
    return "the machine is short of memory; tried again later"


def _quarantine(store: Store, source: Source, reason: str, sha256: str | None) -> IngestOutcome:
    outcome = IngestOutcome(source.location, "quarantined", reason, sha256, None, edition())
    record_outcome(store, outcome)
    return outcome


def quarantine(failures: Iterable[SourceFailure], store: Store) -> list[IngestOutcome]:
    """Record what named no document at all (``find_sources``), so that it isn't lost either."""
    outcomes = [
        IngestOutcome(_place(failure.source), "quarantined", failure.reason, edition=edition())
        for failure in failures
    ]
    for outcome in outcomes:
        record_outcome(store, outcome)
    return outcomes


def _place(named: str) -> str:
    return named if "://" in named else os.path.abspath(named)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Something that is no brief yet, and why."""

    source: str
    state: str
    """``quarantined``, ``refused`` (read, but no brief can be made of it) or ``waiting``."""
    reason: str
    next_at: str = ""
    """When it is tried again, where it waits: UTC in ISO 8601."""


def held_back(store: Store) -> list[HeldBack]:
    """All that this edition could not read or draft, and all that waits to be tried again."""
    unread = [
        HeldBack(outcome.location, "quarantined", outcome.reason)
        for outcome in in_quarantine(store, edition())
    ]
    undraftable = [
        HeldBack(_called(item.document_id, store), "refused", item.reason)
        for item in refused_drafts(store)
        if item.edition == edition()
    ]
    waiting = [
        HeldBack(item.place, "waiting", item.reason, item.next_at)
        for item in attempts(store, edition())
    ]
    return [*unread, *undraftable, *waiting]


def _called(document_id: str, store: Store) -> str:
    entry = find_document_entry(store, document_id)
    return document_id if entry is None else entry.source


def retry(places: Sequence[str], store: Store) -> list[tuple[str, IngestOutcome]]:
    """Take up again what was held back: what places name, or all; what became of it.

    What could be read and not drafted is drafted by the next night.
    """
    found, failures = find_sources(places)
    named = [source.location for source in found]
    named += [_place(failure.source) for failure in failures]
    again = [item.location for item in in_quarantine(store, edition())]
    again += [item.place for item in attempts(store, edition()) if item.work in ("read", "fetch")]
    release(store, named if places else None, edition())
    return take_in([place for place in again if not places or place in named], store)


# Forgetting


@dataclass(frozen=True, slots=True)
class Removed:
    """What ``forget`` removed, and what it left."""

    document: Forgotten
    files: tuple[str, ...]
    edited: tuple[str, ...]
    """Files that a person has edited, which are theirs to remove."""
    left: tuple[str, ...]
    """Files that the document was read from, which would be taken in again."""


def forget_document(named: str, store: Store) -> Removed:
    """Remove a document, by its id, SHA-256 or file, and all that was drawn from it.

    Raises ``SourceMissingError`` where the store has none.
    """
    entry = find_document_entry(store, named) or _by_place(named, store)
    if entry is None:
        raise SourceMissingError(
            f"{named}: no such document in the store; give its id, its SHA-256 or its file"
        )
    gone = forget(store, entry.id)
    files: list[str] = []
    edited: list[str] = []
    for file in gone.files:
        path = Path(file.path)
        aside = path.parent.glob(f"{glob.escape(path.stem)}.edited-*{glob.escape(path.suffix)}")
        edited += sorted(map(str, aside))  # put aside when it was drafted anew
        if not path.is_file():
            continue
        if digest(path.read_bytes()) == file.sha256:
            path.unlink()
            files.append(file.path)
        else:
            edited.append(file.path)
    left = [place for place in gone.locations if os.path.exists(place)]
    return Removed(gone, tuple(files), tuple(edited), tuple(left))


def _by_place(named: str, store: Store) -> DocumentEntry | None:
    place = named if is_address(named) else text_of(os.path.realpath(named))
    found = [item for item in outcomes_at(store, place) if item.document_id]
    return find_document_entry(store, found[-1].document_id or "") if found else None


# Drafting


def draft(
    sources: Iterable[Source],
    store: Store,
    *,
    audience: Audience,
    language: Language | None,
    out: Path,
    on_progress: Callable[[Source], None] = lambda source: None,
) -> DraftResult:
    """Make, keep and write the brief of each source; ``language`` None is the document's own.

    One document is in memory at a time. ``on_progress`` is called as each source is done. Raises
    ``PasserelleError`` where ``out`` can't be written to.
    """
    _make_folder(out)
    results: list[DraftResult] = []
    for source in sources:
        try:
            id = _document_of(source, store)
        except STORE_TROUBLES:
            raise
        except Exception as error:  # whatever it is, it must not cost the rest of the batch
            ours = PasserelleError(explained(error, source.label))
            failure = failure_from(source.label, ours, source.name)
            results.append(DraftResult(failures=(replace(failure, waits=is_machines(error)),)))
        else:
            result = _draft_one(id, store, audience, language, out)
            named = tuple(replace(failure, source=source.label) for failure in result.failures)
            results.append(replace(result, failures=named))
        on_progress(source)
    let_go()
    return joined(results)


def _document_of(source: Source, store: Store) -> str:
    """Id of a source's document, read by this edition of the program."""
    content = source.read()
    known = find_document_entry(store, digest(content), edition())
    if known is not None:
        return known.id
    outcome = _read_into(store, source, content)
    if outcome.document_id is None:
        kind = MachineError if outcome.state == "waiting" else UnreadableError
        raise kind(f"{source.label}: {outcome.reason}")
    return outcome.document_id


def draft_kept(
    document_ids: Iterable[str],
    store: Store,
    *,
    audience: Audience,
    language: Language | None,
    out: Path,
) -> DraftResult:
    """Make, keep and write the brief of each of the store's documents, whether or not its file
    is still there; ``language`` None is the document's own.

    What this edition can't make a brief of is remembered as refused, with the reason.
    """
    _make_folder(out)
    return joined([_draft_one(id, store, audience, language, out) for id in document_ids])


def _draft_one(
    id: str, store: Store, audience: Audience, language: Language | None, out: Path
) -> DraftResult:
    document = find_document_entry(store, id)
    if document is None:
        return DraftResult(failures=(SourceFailure(id, "no such document in the store"),))
    try:
        entry, notes = _brief_of(document, store, audience, language or document.language)
        moved = _write(entry, store, out)
    except STORE_TROUBLES:
        raise
    except Exception as error:  # a step's own failing must not cost the rest of the batch
        reason = explained(error, document.source).removeprefix(f"{document.source}: ")
        failure = SourceFailure(document.source, reason, waits=is_machines(error))
        return DraftResult(failures=(failure,))
    written = tuple(_paths(entry, out))
    return DraftResult((entry,), written=written, moved=tuple(moved), notes=notes)


def _brief_of(
    document: DocumentEntry, store: Store, audience: Audience, language: Language
) -> tuple[BriefEntry, tuple[str, ...]]:
    """The brief of a document by this edition, made where there is none, and notes about it.

    Raises ``PasserelleError`` with the reason, also for a step's own failing, and remembers it:
    the machine's trouble alone isn't held against the document, which is then tried again.
    """
    kept = find_brief_of(store, document.id, audience, language, edition())
    if kept is not None:
        return kept, ()
    from passerelle import recollection  # heavy, as all that parses is

    sandbox.make_ready()  # a missing model is no fault of the document
    work = drafting(audience, language)
    attempt = begin_attempt(store, document.id, edition(), work, document.source)
    try:
        if attempt.unfinished > MOST_UNFINISHED:
            raise UnreadableError(f"{document.source}: {_never_finished('drafting')}")
        read = marked(_as_read_now(document, store), store)
        made = sandbox.draft(read, audience, language)
    except Exception as error:
        if is_machines(error):
            _put_off(store, attempt, error)
            raise
        reason = explained(error, document.source)
        refused = RefusedDraft(document.id, edition(), audience, language, reason)
        record_refused_draft(store, refused)
        raise UnreadableError(reason) from error
    text = recollection.filled(made.brief, made.id, store)
    entry = BriefEntry(made.id, edition(), document.id, audience, language, made.status, text)
    return keep_brief(store, entry), made.notes


def _put_off(store: Store, attempt: Attempt, error: Exception) -> None:
    with suppress(*STORE_TROUBLES):  # where the store itself is the trouble
        reason = failure_from(attempt.place, _as_ours(error)).reason
        put_off(store, attempt, reason, counts=isinstance(error, CutShortError))


def redraft(entry: BriefEntry, instructions: Instructions, store: Store, out: Path) -> BriefEntry:
    """Make, keep and write the brief of a draft's document as a reviewer wants it.

    It keeps the draft's id, whatever its audience has become. Raises ``PasserelleError`` where it
    can't be made or written.
    """
    revised = revised_edition(instructions)
    kept = find_brief(store, entry.brief_id, revised)
    if kept is None:
        kept = keep_brief(store, _made_anew(entry, instructions, store, revised))
    _make_folder(out)
    _write(kept, store, out)
    return kept


def _made_anew(
    entry: BriefEntry, instructions: Instructions, store: Store, revised: str
) -> BriefEntry:
    from passerelle import recollection  # heavy, as all that parses is

    document = find_document_entry(store, entry.document_id)
    if document is None:
        raise UnreadableError(f"{entry.document_id}: no longer in the store; draft it again")
    read = _as_read_now(document, store)
    keep_document(store, read, revised)
    first = from_json(entry.json, entry.brief_id)
    made = sandbox.draft(marked(read, store), first.audience, first.language, instructions)
    brief = replace(from_json(made.brief, entry.brief_id), id=entry.brief_id)
    return replace(
        entry,
        edition=revised,
        audience=brief.audience,
        status=brief.status,
        json=recollection.filled(to_json(brief), brief.id, store),
    )


def _as_read_now(entry: DocumentEntry, store: Store) -> Document:
    """A document as this edition reads it; as it was last read where its file is gone.

    Either way it is kept under this edition, so that a brief's text can be found by its edition.
    """
    document = find_document(store, entry.id, edition())
    if document is not None:
        return document
    content = _bytes_of(entry, store)
    read = None if content is None else sandbox.read(content, entry.source)
    document = read or find_document(store, entry.id)
    if document is None:
        raise UnreadableError(f"{entry.source}: no longer in the store; draft it again")
    keep_document(store, document, edition())
    return document


def _bytes_of(entry: DocumentEntry, store: Store) -> bytes | None:
    """The bytes that a document was read from; None where no file holds them any more."""
    for outcome in reversed(outcomes(store, entry.sha256)):
        if is_address(outcome.location):
            continue  # nothing is fetched that nobody asked for
        for source in find_sources([outcome.location])[0]:
            with suppress(PasserelleError):  # it was there once; another place may still hold it
                content = source.read()
                if digest(content) == entry.sha256:
                    return content
    return None


def original_of(document_id: str, store: Store) -> tuple[str, bytes] | None:
    """Name and bytes of the file that a document was read from; None where it is gone."""
    entry = find_document_entry(store, document_id)
    content = None if entry is None else _bytes_of(entry, store)
    return None if entry is None or content is None else (entry.source, content)


# Writing


def _make_folder(out: Path) -> None:
    try:
        owner_only.make_folder(out)
    except OSError as error:
        raise PasserelleError(
            f"{out}: can't be made a folder for the briefs ({error.strerror}); name another"
        ) from error


def _paths(entry: BriefEntry, out: Path, forms: Sequence[str] = FORMATS) -> list[Path]:
    return [out / f"{entry.brief_id}.{form}" for form in forms]


def publish(approved: ApprovedBrief, store: Store, out: Path) -> DraftResult:
    """Write the files of an approved brief, and remember that they are written.

    A file that somebody has edited meanwhile is moved aside. Raises ``PasserelleError`` where
    ``out`` can't be written to.
    """
    from passerelle import recollection  # heavy, as all that parses is

    entry = find_brief(store, approved.brief_id, approved.edition)
    if entry is None:
        raise PasserelleError(f"{approved.brief_id}: no such brief in the store; draft it first")
    _make_folder(out)
    entry = replace(entry, status="published", json=approved.json)
    moved = _write(entry, store, out, PUBLISHED_FORMATS, approved.at)
    recollection.take_in(from_json(approved.json, entry.brief_id), store)
    mark_published(store, approved)
    written = tuple(_paths(entry, out, PUBLISHED_FORMATS))
    return DraftResult((entry,), written=written, moved=tuple(moved))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the files of a published brief."""

    written: tuple[Path, ...]
    """The notices in their place."""
    left: tuple[Path, ...]
    """What a person has edited, under its new name or where they had put it: theirs to remove."""


def take_back(brief_id: str, notice: Notice, store: Store, out: Path) -> TakenBack:
    """Put a notice in the place of a brief's published files, wherever they were written.

    Files in other forms are removed; one that somebody has edited is moved aside and told. Doing it
    twice is once. Raises ``MachineError`` where a file can't be written or removed.
    """
    from passerelle import recollection  # heavy, as all that parses is
    from pipelines.render.notice import FORMS as NOTICE_FORMS  # heavy, and seldom needed
    from pipelines.render.notice import render_notice

    recollection.take_back(brief_id, store)
    texts = approved_texts(store, brief_id)
    shas = {digest(text.json.encode()) for text in texts}
    folders = {Path(file.path).parent for file in written_of(store, shas)} or {out}
    brief = from_json(texts[-1].json, brief_id)
    written: list[Path] = []
    for folder in sorted(folders):
        for form in PUBLISHED_FORMATS:
            path = folder / f"{brief_id}.{form}"
            last = last_written(store, place_of(path))
            if form not in NOTICE_FORMS:
                _remove(path, last)
            elif folder.is_dir():
                content = render_notice(brief, notice, form).encode()
                _put(path, content, last)
                about = WrittenFile(place_of(path), "", edition(), digest(content))
                record_written(store, [about])
                written.append(path)
    left = [path for folder in sorted(folders) for path in folder.glob(f"{brief_id}.edited-*")]
    return TakenBack(tuple(written), tuple(sorted(left)))


def _remove(path: Path, last: WrittenFile | None) -> None:
    """Remove a file of ours; one that a person has edited is moved aside."""
    try:
        if path.is_file():
            content = path.read_bytes()
            if last is not None and digest(content) == last.sha256:
                path.unlink()
            else:
                path.replace(_aside(path, content))
    except OSError as error:
        raise MachineError(
            f"{path}: can't be removed ({error.strerror}); remove it by hand"
        ) from error


def _aside(path: Path, content: bytes) -> Path:
    return path.with_name(f"{path.stem}.edited-{digest(content)[:8]}{path.suffix}")


def _write(
    entry: BriefEntry,
    store: Store,
    out: Path,
    forms: Sequence[str] = FORMATS,
    approved_at: str = "",
) -> list[Path]:
    """Write a brief in each form unless it is there already; the files moved aside for it."""
    paths = _paths(entry, out, forms)
    before = [last_written(store, place_of(path)) for path in paths]
    if all(_holds(path, entry, last) for path, last in zip(paths, before, strict=True)):
        return []
    from passerelle import recollection  # heavy, as all that parses is
    from pipelines.render import render_bytes

    brief = from_json(entry.json, entry.brief_id)
    offers = recollection.offers(brief, store)
    told = flagged(brief, store, approved_at)
    contents = [
        render_bytes(told if form in UNDER_BANNER else brief, form, offers) for form in forms
    ]
    moved: list[Path] = []
    files: list[WrittenFile] = []
    for path, content, last in zip(paths, contents, before, strict=True):
        moved += _put(path, content, last)
        files.append(WrittenFile(place_of(path), entry.sha256, entry.edition, digest(content)))
    record_written(store, files)
    return moved


def place_of(path: Path) -> str:
    """A file's path as the store keeps it: its folder without links, its own name as it is."""
    return text_of(Path(os.path.realpath(path.parent), path.name))


def _holds(path: Path, entry: BriefEntry, last: WrittenFile | None) -> bool:
    """Whether a file is just as this edition last wrote it for this very brief."""
    if last is None or (last.brief_sha256, last.edition) != (entry.sha256, entry.edition):
        return False
    return path.is_file() and digest(path.read_bytes()) == last.sha256


def _put(path: Path, content: bytes, last: WrittenFile | None) -> list[Path]:
    """Put content in a file at once and whole, moving aside what a person made of it."""
    try:
        found = path.read_bytes() if path.exists() else None
        if found == content:
            return []
        moved = []
        if found is not None and (last is None or digest(found) != last.sha256):
            aside = _aside(path, found)
            path.replace(aside)
            moved.append(aside)
        put_whole(path, content)
    except OSError as error:
        raise MachineError(
            f"{path}: can't be written ({error.strerror}); check the folder and the space left"
        ) from error
    return moved


def put_whole(path: Path, content: bytes) -> None:
    """Put content in a file at once; where that fails, nothing of it stays behind."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex[:8]}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
