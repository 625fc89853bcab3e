"""Files that went out before something came in: written again with the same text, under a banner.

A brief's text was approved, or drafted, and stays as it is. What has come in since about its paper,
a notice or, of a draft that nobody has decided on, a newer version, is said on top of it, in every
file that is still exactly as we wrote it, wherever that is. A copy that somebody has edited is
theirs, and is told; a file that somebody has removed stays away. All of it can be done twice.

In: an open ``Store``. Out: what was written again, and what wasn't. What a banner says is
``late_notices``' business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from corpus.document import digest
from corpus.errors import MachineError
from corpus.store import (
    Store,
    WrittenFile,
    approved_texts,
    briefs_of,
    drop_summaries,
    editions_of,
    find_document_entry,
    record_written,
    superseded,
    written_of,
)
from passerelle import batches
from passerelle.late_notices import LateNotice, documents_concerned, flagged, newer_versions
from pipelines.brief import Brief, from_json
from pipelines.render.layout import brief_title


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of one brief's files."""

    brief: str
    """Its id."""
    title: str
    status: str
    since: tuple[str, ...]
    """Where what came in since lies: the notices, or the newer versions."""
    by_notice: bool
    """Whether it was a notice."""
    written: tuple[str, ...]
    """The files that say so now."""
    edited: tuple[str, ...]
    """Those that somebody has edited, left as they are and told once."""
    failed: tuple[str, ...] = ()
    """Why others couldn't be written: they are tried again the next time."""


@dataclass(frozen=True, slots=True)
class _CameIn:
    """What has come in since about one document."""

    places: tuple[str, ...]
    by_notice: bool
    at: str
    """When the last of it came, UTC in ISO 8601."""


def renew(store: Store) -> list[Renewed]:
    """Bring the files of all briefs whose documents something came in about up to date.

    What there was nothing to do for isn't told; a file that can't be written keeps no other from
    being so.
    """
    done: list[Renewed] = []
    notices = documents_concerned(store)
    for document_id in dict.fromkeys([*notices, *superseded(store)]):
        since = _came_in(document_id, notices.get(document_id, ()), store)
        briefs = {entry.brief_id: entry.status for entry in briefs_of(store, document_id)}
        for brief_id, status in briefs.items():
            one = _renewed(brief_id, status, since, store)
            if one.written or one.edited or one.failed:
                done.append(one)
    return done


def _came_in(document_id: str, notices: Sequence[LateNotice], store: Store) -> _CameIn:
    """What has come in about a document; the queue is to look at it again, and at what came."""
    newer = newer_versions([document_id], store)
    ids = [document_id, *(link.newer for link in newer)]
    drop_summaries(store, [entry.brief_id for id in ids for entry in briefs_of(store, id)])
    at = max([*(one.at for one in notices), *(link.at for link in newer)])
    if notices:
        return _CameIn(tuple(one.source for one in notices), True, at)
    found = (find_document_entry(store, link.newer) for link in newer)
    return _CameIn(tuple(one.source for one in found if one), False, at)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that files may hold, as the store keeps it."""

    json: str
    approved_at: str = ""


def _renewed(brief_id: str, status: str, since: _CameIn, store: Store) -> Renewed:
    texts = {entry.sha256: _Text(entry.json) for entry in editions_of(store, brief_id)}
    for kept in approved_texts(store, brief_id):
        texts[digest(kept.json.encode())] = _Text(kept.json, kept.at)
    title = brief_title(from_json(next(iter(texts.values())).json, brief_id))
    written: list[str] = []
    edited: list[str] = []
    failed: list[str] = []
    plain = {sha256: from_json(text.json, brief_id) for sha256, text in texts.items()}
    under_banner = {
        sha256: flagged(plain[sha256], store, text.approved_at) for sha256, text in texts.items()
    }
    for file in written_of(store, texts):
        try:
            own = plain[file.brief_sha256], under_banner[file.brief_sha256]
            became = _one_renewed(file, *own, since.at, store)
        except (MachineError, OSError) as error:
            failed.append(_why(file.path, error))
            continue
        if became is not None:
            (written if became == "written" else edited).append(file.path)
    made = tuple(written), tuple(edited), tuple(failed)
    return Renewed(brief_id, title, status, since.places, since.by_notice, *made)


def _one_renewed(
    file: WrittenFile, plain: Brief, brief: Brief, at: str, store: Store
) -> Literal["written", "edited"] | None:
    """What became of one file of a brief; None where there is nothing to do.

    One that we wrote after the last notice came, at ``at``, says so. What would have been written
    over an edited copy is noted as if it had been, so that the copy is told once; it is an edited
    one still, since its bytes differ. Where somebody has put our own words back, it is ours again.
    ``plain`` is the brief without its banner.
    """
    from pipelines.render import render_bytes  # heavy, and seldom needed

    path = Path(file.path)
    form = path.suffix.removeprefix(".")
    if path.stem != brief.id or form not in batches.UNDER_BANNER or not path.is_file():
        return None
    if _is_ours_since(path, file, at):
        return None
    content, found = render_bytes(brief, form), path.read_bytes()
    known = digest(content) == file.sha256
    ours = found != content and (digest(found) == file.sha256 or found == render_bytes(plain, form))
    if ours:
        _put(path, content)
    if not known:
        record_written(store, [replace(file, sha256=digest(content))])
    if ours:
        return "written"
    return None if known or found == content else "edited"


def _is_ours_since(path: Path, file: WrittenFile, at: str) -> bool:
    """Whether a file is as we wrote it, and was written in a later second than ``at``."""
    later = path.stat().st_mtime >= datetime.fromisoformat(at).timestamp() + 1
    return later and digest(path.read_bytes()) == file.sha256


def _why(path: str, error: Exception) -> str:
    return str(error) if isinstance(error, MachineError) else f"{path}: {error}"


def _put(path: Path, content: bytes) -> None:
    try:
        batches.put_whole(path, content)
    except OSError as error:
        raise MachineError(
            f"{path}: can't be written again under its banner ({error.strerror}); check the "
            "folder and the space left"
        ) from error
