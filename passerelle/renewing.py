"""Files that went out before a notice came in: written again with the same text, under its banner.

A brief's text was approved, or drafted, and stays as it is. What has come in since about its paper
is said on top of it, in every file that is still exactly as we wrote it, wherever that is. A copy
that somebody has edited is theirs, and is told; a file that somebody has removed stays away. All
of it can be done twice.

In: an open ``Store``. Out: what was written again, and what wasn't. What a notice says is
``late_notices``' business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import digest
from corpus.errors import MachineError
from corpus.store import (
    Store,
    WrittenFile,
    approved_texts,
    briefs_of,
    drop_summaries,
    editions_of,
    record_written,
    written_of,
)
from passerelle import batches
from passerelle.late_notices import LateNotice, documents_concerned, flagged, notices_about
from pipelines.brief import from_json
from pipelines.render.layout import brief_title


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of one brief's files."""

    brief: str
    """Its id."""
    title: str
    status: str
    notices: tuple[LateNotice, ...]
    written: tuple[str, ...]
    """The files that say so now."""
    edited: tuple[str, ...]
    """Those that somebody has edited, left as they are and told once."""


def renew(store: Store) -> list[Renewed]:
    """Bring the files of all briefs about whose papers notices came in up to date.

    What there was nothing to do for isn't told. Raises ``MachineError`` where a file can't be
    written, once the others are.
    """
    done: list[Renewed] = []
    failures: list[MachineError] = []
    for document_id in documents_concerned(store):
        notices = tuple(notices_about(document_id, store))
        briefs = {entry.brief_id: entry.status for entry in briefs_of(store, document_id)}
        drop_summaries(store, briefs)
        for brief_id, status in briefs.items():
            try:
                one = _renewed(brief_id, status, notices, store)
            except MachineError as error:
                failures.append(error)
                continue
            if one.written or one.edited:
                done.append(one)
    if failures:
        raise failures[0]
    return done


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that files may hold, as the store keeps it."""

    json: str
    approved_at: str = ""


def _renewed(brief_id: str, status: str, notices: tuple[LateNotice, ...], store: Store) -> Renewed:
    texts = {entry.sha256: _Text(entry.json) for entry in editions_of(store, brief_id)}
    for kept in approved_texts(store, brief_id):
        texts[digest(kept.json.encode())] = _Text(kept.json, kept.at)
    title = brief_title(from_json(next(iter(texts.values())).json, brief_id))
    written: list[str] = []
    edited: list[str] = []
    for file, content in _wanted(brief_id, texts, store):
        found = Path(file.path).read_bytes()
        if found != content:
            if digest(found) == file.sha256:
                _put(Path(file.path), content)
                written.append(file.path)
            else:
                edited.append(file.path)
        record_written(store, [replace(file, sha256=digest(content))])
    return Renewed(brief_id, title, status, notices, tuple(written), tuple(edited))


def _wanted(
    brief_id: str, texts: Mapping[str, _Text], store: Store
) -> Iterator[tuple[WrittenFile, bytes]]:
    """The brief's files that are there and aren't known to say so, and what should stand in each.

    What would have been written over an edited copy is noted as if it had been, so that the copy is
    told once; it is an edited one still, since its bytes differ.
    """
    from pipelines.render import render_bytes  # heavy, and seldom needed

    for file in written_of(store, texts):
        path = Path(file.path)
        form = path.suffix.removeprefix(".")
        if path.stem != brief_id or form not in batches.UNDER_BANNER or not path.is_file():
            continue
        text = texts[file.brief_sha256]
        brief = flagged(from_json(text.json, brief_id), store, text.approved_at)
        content = render_bytes(brief, form)
        if digest(content) != file.sha256:
            yield file, content


def _put(path: Path, content: bytes) -> None:
    try:
        batches.put_whole(path, content)
    except OSError as error:
        raise MachineError(
            f"{path}: can't be written again under its banner ({error.strerror}); check the "
            "folder and the space left"
        ) from error
