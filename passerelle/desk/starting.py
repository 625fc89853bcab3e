"""Something new to draft: files taken into the inbox, and the run that drafts them.

What comes up from a browser is held to what readers read, in kind and size, is given a plain name,
and never takes the place of a file that is there. Drafting itself is a run of the deployment
``draft-brief``, whose worker keeps its memory and time apart from the server's.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

from corpus import owner_only
from corpus.document import Language
from corpus.errors import PasserelleError, UnreadableError
from corpus.readers import SUFFIXES, most_bytes
from passerelle.desk.desk_words import words
from passerelle.settings import settings
from pipelines.brief import Audience

#: The deployment whose runs draft, as Prefect names it.
DEPLOYMENT = "Draft a brief/draft-brief"
#: Most files of the inbox that are offered.
MOST_OFFERED = 200
#: Most characters of an uploaded file's name.
LONGEST_NAME = 120
#: What the first bytes of files without words begin with, by suffix.
_SIGNS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04", ".odt": b"PK\x03\x04", ".epub": b"PK\x03\x04"}
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file that can be drafted from."""

    name: str
    """Within the inbox."""
    bytes: int


class NotTakenUpError(UnreadableError):
    """A file that came up and can't be drafted from: why, by a key of ``[start]``."""

    def __init__(self, why: str, **values: object) -> None:
        """``why`` is the key, ``values`` fill in its words."""
        self.why, self.values = why, values
        super().__init__(words("en")(f"start.{why}", **values))


def inbox() -> list[InboxFile]:
    """What lies in the inbox, the newest first."""
    folder = settings().inbox
    found = []
    for path in folder.rglob("*") if folder.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith("."):
            state = path.stat()
            name = str(path.relative_to(folder))
            found.append((-state.st_mtime, InboxFile(name, state.st_size)))
    return [file for _, file in sorted(found, key=lambda one: (one[0], one[1].name))][:MOST_OFFERED]


# Files that come up


def plain_name(given: str) -> str:
    """The name under which an uploaded file may be kept: a file's name and nothing else.

    Raises ``NotTakenUpError`` for a kind that no reader reads.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1]
    kept = re.sub(r'[\x00-\x1f\x7f-\x9f<>:"|?*#\u200b-\u200f\u202a-\u202e\u2066-\u2069]', "", last)
    kept = " ".join(kept.split()).strip(". ~$")
    stem, suffix = os.path.splitext(kept)
    if suffix.lower() not in SUFFIXES or not stem:
        known = " ".join(sorted(SUFFIXES))
        raise NotTakenUpError("wrong_kind", name=repr(last or given), kinds=known)
    return stem[: LONGEST_NAME - len(suffix)].rstrip(". ") + suffix


async def keep_upload(given: str, content: AsyncIterator[bytes]) -> str:
    """Keep a file that comes up in the inbox; its name there.

    The same bytes under the same name are kept once; others get a name of their own. Raises
    ``NotTakenUpError`` where it is too large, empty, or not of the kind that its name says.
    """
    name, folder = plain_name(given), settings().inbox
    owner_only.make_folder(folder)
    temporary = folder / f".{uuid4().hex}.tmp"
    size, known, head = 0, hashlib.sha256(), b""
    try:
        with open(temporary, "xb", opener=owner_only.opener) as file:
            async for part in content:
                size += len(part)
                if size > most_bytes():
                    raise NotTakenUpError("too_large", name=name, most=most_bytes() >> 20)
                head = (head + part)[:_HEAD] if len(head) < _HEAD else head
                known.update(part)
                file.write(part)
        _check_kind(name, head)
        return _put(temporary, folder, name, known.hexdigest())
    finally:
        temporary.unlink(missing_ok=True)


def _check_kind(name: str, head: bytes) -> None:
    if not head:
        raise NotTakenUpError("empty", name=name)
    sign = _SIGNS.get(Path(name).suffix.lower())
    if sign is not None and sign not in head:
        raise NotTakenUpError("not_its_kind", name=name)


def _put(temporary: Path, folder: Path, name: str, sha256: str) -> str:
    stem, suffix = os.path.splitext(name)
    for number in range(1, 1000):
        place = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            os.link(temporary, place)  # fails where there is one, which nothing else promises
        except FileExistsError:
            if place.is_file() and _sha256(place) == sha256:
                return place.name
        else:
            return place.name
    raise NotTakenUpError("too_many", name=name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# The run that drafts


@dataclass(frozen=True, slots=True)
class Drafting:
    """How far a run is."""

    state: Literal["waiting", "working", "done", "failed"]
    source: str
    briefs: tuple[str, ...] = ()
    """Ids of what it drafted."""
    reason: str = ""
    """Why it failed."""


async def begin(source: str, audience: Audience, language: Language | None) -> str:
    """Have a source drafted; the run's id.

    Without a language the deployment's own choice holds: the document's. Raises
    ``PasserelleError`` where no server or no deployment is there to do it.
    """
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound, PrefectException

    wanted = {"source": source, "audience": audience}
    if language:
        wanted["language"] = language
    try:
        async with get_client() as client:
            deployment = await client.read_deployment_by_name(DEPLOYMENT)
            run = await client.create_flow_run_from_deployment(deployment.id, parameters=wanted)
    except ObjectNotFound as error:
        raise PasserelleError(_NO_ONE) from error
    except (PrefectException, httpx.HTTPError, OSError, RuntimeError, ValueError) as error:
        raise PasserelleError(_NO_ONE) from error
    return str(run.id)


_NO_ONE = (
    "nobody is there to draft it: passerelle serve starts a server and its worker; until then "
    "the file waits in the inbox for the next night"
)


async def progress(run_id: str) -> Drafting:
    """How far a run is. Raises ``PasserelleError`` where there is no such run."""
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound, PrefectException

    try:
        async with get_client() as client:
            run = await client.read_flow_run(UUID(run_id))
            state: Any = run.state
            source = str(run.parameters.get("source", ""))
            if state is None or state.is_scheduled() or state.is_pending():
                return Drafting("waiting", source)
            if not state.is_final():
                return Drafting("working", source)
            if not state.is_completed():
                return Drafting("failed", source, reason=_reason(state.message or ""))
            told = await state.aresult(raise_on_failure=False)
    except (ObjectNotFound, ValueError) as error:
        raise PasserelleError("there is no such run; ask for the draft again") from error
    except (PrefectException, httpx.HTTPError, OSError) as error:
        raise PasserelleError(_NO_ONE) from error
    drafted = told.get("drafted", ()) if isinstance(told, dict) else ()
    return Drafting("done", source, tuple(one["brief"] for one in drafted))


def _reason(message: str) -> str:
    """What went wrong, of a state's message: without the name of the error that said so."""
    return re.sub(r"^.*?\b\w+Error: ", "", " ".join(message.split())) or message
