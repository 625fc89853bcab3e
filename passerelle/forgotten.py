"""What is left of a forgotten document outside the store: digests, results of runs, logs, copies.

The store and the document's own files are ``batches``' to clear. Here what else lies on this
machine's disk and names it is cleared, or named where that is a person's to decide: digests of
earlier nights lose their lines about it, results that Prefect keeps of runs are removed, and logs
and copies of older stores that still hold it are told.

In: what ``batches.forget_document`` removed. Out: ``Traces``. What stands in Prefect's pages is
``forgotten_pages``' business.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.store import Forgotten
from passerelle import nights
from passerelle.settings import settings

#: A larger file is no result of a run of ours.
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Traces:
    """What named a document, by what became of it."""

    digests: tuple[str, ...]
    """Digests that have lost their lines about it."""
    results: int
    """Removed results of runs, which only a run that is tried again would read."""
    left: tuple[str, ...]
    """Logs that name it, and copies of the store that were kept before it was forgotten."""


def clear(gone: Forgotten) -> Traces:
    """Clear the disk of what names a document that was forgotten.

    Raises ``MachineError`` where a digest can't be written.
    """
    names = {*gone.briefs, *gone.locations, *gone.documents}
    digests = tuple(nights.forget_in_digests(names))
    results = [path for path in _results() if _names_any(path, names)]
    for path in results:
        path.unlink(missing_ok=True)
    logs = [path for path in _logs() if _names_any(path, names)]
    return Traces(digests, len(results), tuple(map(str, [*logs, *_copies()])))


def _results() -> list[Path]:
    """The results that Prefect keeps on this disk."""
    prefect = Path(os.environ.get("PREFECT_HOME") or settings().home / "prefect")
    storage = Path(os.environ.get("PREFECT_LOCAL_STORAGE_PATH") or prefect / "storage")
    return [path for path in _files(storage) if path.stat().st_size <= MOST_BYTES]


def _logs() -> Iterator[Path]:
    yield from _files(settings().home / "logs")
    yield from (path for path in _files(settings().home) if ".log" in path.name)


def _copies() -> list[Path]:
    """Copies of a SQLite store that migrations kept."""
    kind, _, place = settings().database_url.partition(":///")
    store = Path(place)
    if not kind.startswith("sqlite") or not store.name:
        return []
    return [path for path in _files(store.parent) if path.name.startswith(f"{store.name}.")]


def _files(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if path.is_file())
    return []


def _names_any(path: Path, names: set[str]) -> bool:
    """Whether a file names any of these, as plain text or inside JSON."""
    with suppress(OSError):
        content = path.read_bytes()
        return any(form in content for name in names for form in _forms(name))
    return False


def _forms(name: str) -> set[bytes]:
    plain, quoted = name.encode(errors="backslashreplace"), json.dumps(name)[1:-1]
    return {plain, quoted.encode(), json.dumps(quoted)[1:-1].encode()}
