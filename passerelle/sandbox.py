"""Reading and drafting in child processes, which a document may end without ending us.

What a document's bytes make a parser do nobody can promise: a form that draws itself takes all
memory, a damaged table crashes the library that reads it. So both kinds of work are done by a child
of their own, ``reading`` (small, begun anew in a moment) and ``drafting`` (which has loaded the
models), held by the system to limits of memory and processor time, and by us to one of time. A
child does one document after another; it is begun anew when it has ended or has grown.

In: bytes, or a ``Document``. Out: a ``Document``, or a brief's JSON. The two talk through a socket
in JSON and plain bytes; nothing is unpickled. An error of the input comes back as it was raised;
what the document did to its child as ``UnreadableError``, with the limit; what may be the machine's
doing as ``CutShortError``; an error of our own as ``OwnError``, with its report.

Memory is limited on Linux alone: other systems know no such limit.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from io import TextIOWrapper
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socketpair
from typing import IO, TYPE_CHECKING, Any, Literal

from corpus import errors, near_duplicates, owner_only
from corpus.document import Document, Language, document_from_json, document_to_json
from corpus.errors import CutShortError, PasserelleError, UnreadableError
from corpus.readers.notices import refuse_notice
from passerelle.settings import Settings, settings
from pipelines.brief import Audience

if TYPE_CHECKING:
    from pipelines.selecting.instructions import Instructions

Work = Literal["reading", "drafting"]

#: How much longer than its processor time a document's work may take before it is ended: enough
#: for a machine that others keep busy.
PATIENCE = 4

#: Seconds to begin a child and, for ``drafting``, to load the models from a slow disk.
START_SECONDS = 300.0

#: The part of its memory that a child may hold between two documents before it is begun anew.
GROWN = 0.6

#: How often a child's memory is looked at, in seconds.
LOOK_SECONDS = 0.1

#: The log beside the store, in ``PASSERELLE_HOME``.
LOG_NAME = "passerelle.log"

#: Bytes of a child's last words that are kept for the log.
LAST_WORDS = 8000

#: The memory beyond which a child that ended badly is said to have wanted too much, as a part of
#: what it may have.
_NEARLY_ALL = 0.7


class OwnError(Exception):
    """An error of the program's own inside a child."""

    def __init__(self, kind: str, report: str) -> None:
        """The name of the error's type, and what the log is told of it."""
        super().__init__(kind)
        self.kind = kind
        self.report = report


@dataclass(frozen=True, slots=True)
class MadeBrief:
    """What a child made of a document."""

    brief: str
    """Its JSON."""
    id: str
    status: str
    notes: tuple[str, ...]
    """Why the optional writer couldn't be heard."""


@dataclass
class _Child:
    work: Work
    process: subprocess.Popen[bytes]
    line: Connection
    words: IO[bytes]
    """What it says on standard error, its last words in a crash."""
    memory: int = 0
    """Most bytes that it was seen to hold for the document at hand."""


@dataclass
class _Place:
    """Where the child for one kind of work is, one question at a time."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    child: _Child | None = None


_PLACES: dict[Work, _Place] = {"reading": _Place(), "drafting": _Place()}


# What is asked of children


def read(content: bytes, name: str) -> Document:
    """Read a document that can be drafted from. Raises as ``read_any`` does.

    A notice of a correction or a retraction is refused with the article that it concerns: taken
    in, it would be drafted as a study, or pass for a newer version of that article.
    """
    document = read_any(content, name)
    refuse_notice(document, name)
    return document


def read_any(content: bytes, name: str) -> Document:
    """Read a document, as ``corpus.readers.read_bytes``.

    Raises ``UnreadableError`` too for what crashes the reader or goes beyond a limit,
    ``CutShortError`` where the child was ended from outside, and ``OwnError``.
    """
    _, found = _ask("reading", {"name": name}, content, settings().read_seconds)
    return document_from_json(found, name)


def bands(document: Document) -> tuple[str, ...]:
    """By what documents that are nearly the same are found; see ``corpus.near_duplicates``."""
    content = document_to_json(document).encode("utf-8", "surrogatepass")
    reply, _ = _ask("reading", {"bands": True, "name": ""}, content, settings().read_seconds)
    return tuple(reply["bands"])


def draft(
    document: Document,
    audience: Audience,
    language: Language,
    instructions: Instructions | None = None,
) -> MadeBrief:
    """Draft the brief of a document, as a reviewer wants it where they gave instructions.

    Raises as ``read`` does, and ``ModelMissingError``.
    """
    make_ready()
    request: dict[str, str] = {"audience": audience, "language": language}
    if instructions is not None:
        from pipelines.selecting.instructions import to_json  # heavy, seldom needed

        request["instructions"] = to_json(instructions)
    content = document_to_json(document).encode("utf-8", "surrogatepass")
    reply, brief = _ask("drafting", request, content, settings().draft_seconds)
    return MadeBrief(brief.decode(), reply["id"], reply["status"], tuple(reply["notes"]))


def make_ready() -> None:
    """See to it that a child has loaded the models, which counts against no document.

    Raises ``ModelMissingError`` where one is missing.
    """
    place = _PLACES["drafting"]
    with place.lock:
        if place.child is None or place.child.process.poll() is not None:
            _ask("drafting", {"ready": True}, b"", START_SECONDS)


def close() -> None:
    """End the children; the next document begins others."""
    for place in _PLACES.values():
        with place.lock:
            if place.child is not None:
                _end(place.child)
                place.child = None


# The parent's side


def _ask(
    work: Work, request: Mapping[str, Any], content: bytes, seconds: float
) -> tuple[dict[str, Any], bytes]:
    """A child's reply to one question, and the bytes that it gave with it."""
    place = _PLACES[work]
    with place.lock:
        if place.child is None or place.child.process.poll() is not None:
            place.child = _begin(work)
        child = place.child
        try:
            head = json.dumps({**request, "seconds": seconds}).encode()
            child.line.send_bytes(head)
            child.line.send_bytes(content)
            if not _wait(child, PATIENCE * seconds):
                place.child = None
                _end(child)
                raise CutShortError(
                    f"gave no answer in {PATIENCE * seconds:.0f} seconds; tried again later"
                )
            reply: dict[str, Any] = json.loads(child.line.recv_bytes())
            found = child.line.recv_bytes()
        except (EOFError, OSError) as error:
            place.child = None
            raise _how_it_ended(child, seconds) from error
        if reply["memory"] > GROWN * _memory(work) or reply.get("spent"):
            place.child = None
            _end(child)
    _raise(reply, work)
    return reply, found


def _wait(child: _Child, seconds: float) -> bool:
    """Whether a child answers, or ends, in time; meanwhile its memory is looked at.

    What the system tells of it afterwards counts what we held when it was begun.
    """
    until = time.monotonic() + seconds
    child.memory = 0
    while not child.line.poll(LOOK_SECONDS):
        child.memory = max(child.memory, _held(child.process.pid))
        if time.monotonic() > until:
            return False
    return True


def _begin(work: Work) -> _Child:
    ours, theirs = socketpair()
    words = tempfile.TemporaryFile()  # noqa: SIM115  (closed with its child)
    root = str(Path(__file__).parent.parent)
    path = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "passerelle.sandbox", work, str(theirs.fileno())],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path), "PYTHONSAFEPATH": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
            pass_fds=[theirs.fileno()],
        )
    finally:
        theirs.close()
    return _Child(work, process, Connection(ours.detach()), words)


def _end(child: _Child) -> None:
    child.line.close()
    child.process.kill()
    child.process.wait()
    child.words.close()


def _how_it_ended(child: _Child, seconds: float) -> Exception:
    """What to say of a child that ended in the middle of its work."""
    child.line.close()
    code = child.process.wait()
    child.words.seek(0)
    words = child.words.read()[-LAST_WORDS:].decode(errors="backslashreplace")
    child.words.close()
    which = "READ" if child.work == "reading" else "DRAFT"
    if code == -signal.SIGXCPU:
        return UnreadableError(
            f"takes more than {seconds:.0f} seconds of processor time; split it, or raise "
            f"PASSERELLE_{which}_SECONDS"
        )
    if code in (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP):
        return CutShortError(
            f"the process that worked on it was ended from outside ({_name(code)}), for want of "
            "memory perhaps; tried again later"
        )
    if "No module named" in words or "ImportError" in words:
        return OwnError("ImportError", words)
    if child.memory > _NEARLY_ALL * _memory(child.work):
        return _too_much_memory(child.work)
    return UnreadableError(
        f"crashes the program that works on it ({_name(code)}); save it anew in the program that "
        "made it, or in another format"
    )


def _name(code: int) -> str:
    if code >= 0:
        return f"status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _too_much_memory(work: Work) -> UnreadableError:
    return UnreadableError(
        f"takes more than {_memory(work) >> 20} MB of memory; split it, or raise "
        "PASSERELLE_MEMORY_MB"
    )


def _memory(work: Work) -> int:
    """Bytes that a child may hold: reading, which needs no models, half of the setting."""
    return settings().memory_mb << (20 if work == "drafting" else 19)


def _raise(reply: Mapping[str, Any], work: Work) -> None:
    """Raise what went wrong in a child here."""
    if reply.get("spent"):
        raise _too_much_memory(work)
    if kind := reply.get("error"):
        known: type[PasserelleError] = getattr(errors, kind, PasserelleError)
        raise known(reply["reason"])
    if kind := reply.get("own"):
        raise OwnError(kind, reply["report"])


# The child's side


class _Log(logging.FileHandler):
    """What a reader or a step warns of, in the log beside the store; made with the first word."""

    def __init__(self) -> None:
        super().__init__(settings().home / LOG_NAME, encoding="utf-8", delay=True)
        self.setLevel(logging.WARNING)
        self.setFormatter(logging.Formatter("%(asctime)s %(message)s"))

    def _open(self) -> TextIOWrapper:
        owner_only.make_folder(Path(self.baseFilename).parent)
        return open(self.baseFilename, "a", encoding="utf-8", opener=owner_only.opener)


def main(work: Work, line: Connection) -> None:
    """Answer one question after another until whoever asks is gone."""
    import faulthandler

    faulthandler.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is our parent's business
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    log = _Log()
    for room in ("corpus", "models", "pipelines"):
        logging.getLogger(room).addHandler(log)
    _hold_to_limits(_memory(work))
    answer = {"reading": _read, "drafting": _draft}[work]
    while True:
        try:
            request = json.loads(line.recv_bytes())
            content = line.recv_bytes()
        except EOFError:
            return
        _allow_seconds(request["seconds"])
        reply, found = _answered(answer, request, content)
        del content
        gc.collect()
        line.send_bytes(json.dumps({**reply, "memory": _held()}).encode())
        line.send_bytes(found)


def _answered(
    answer: Callable[[Mapping[str, Any], bytes], tuple[dict[str, Any], bytes]],
    request: Mapping[str, Any],
    content: bytes,
) -> tuple[dict[str, Any], bytes]:
    try:
        return answer(request, content)
    except MemoryError:
        return {"spent": True}, b""
    except PasserelleError as error:
        kind = next(c.__name__ for c in type(error).__mro__ if c.__name__ in vars(errors))
        return {"error": kind, "reason": str(error)}, b""
    except Exception as error:  # a parser's or a step's own failing
        report = "".join(traceback.format_exception(error))
        return {"own": type(error).__name__, "report": report}, b""


def _read(request: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    if request.get("bands"):
        read = document_from_json(content.decode("utf-8", "surrogatepass"))
        return {"bands": near_duplicates.bands(read)}, b""
    document = read_here(content, request["name"])
    return {}, document_to_json(document).encode("utf-8", "surrogatepass")


def read_here(content: bytes, name: str) -> Document:
    """Read in this very process, without limits."""
    from corpus import readers

    return readers.read_bytes(content, name)


def _draft(request: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    from pipelines.selecting.instructions import from_json as instructions_from_json

    if request.get("ready"):
        load()
        return {}, b""
    document = document_from_json(content.decode("utf-8", "surrogatepass"))
    asked = request.get("instructions")
    wanted = instructions_from_json(asked) if asked else None
    made = draft_here(document, request["audience"], request["language"], wanted)
    told = {"id": made.id, "status": made.status, "notes": made.notes}
    return told, made.brief.encode()


def load() -> None:
    """Load what every draft needs. Raises ``ModelMissingError`` where something is missing."""
    from models import encoder

    encoder.load()
    encoder.use_all_cores()  # which PyTorch asks of each thread by itself
    import pipelines.draft  # noqa: F401  (half of a first draft's time)


def draft_here(
    document: Document,
    audience: Audience,
    language: Language,
    instructions: Instructions | None = None,
) -> MadeBrief:
    """Draft in this very process, without limits."""
    from pipelines import draft as steps
    from pipelines.brief import to_json

    reword, notes = _writer(audience, settings()) if settings().writer else (None, [])
    asked: dict[str, Any] = {} if instructions is None else {"instructions": instructions}
    brief = steps.draft(document, audience=audience, language=language, reworder=reword, **asked)
    told = tuple(notes)
    notes.clear()
    return MadeBrief(to_json(brief), brief.id, brief.status, told)


@cache
def _writer(audience: Audience, given: Settings) -> tuple[Any, list[str]]:
    """The optional writer, which remembers that it wasn't heard, and where it says why."""
    from pipelines.rewrite.writers import reworder  # heavy, and off by default

    notes: list[str] = []
    return reworder(given, audience, notes.append), notes


def _hold_to_limits(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # nobody reads gigabytes of a crash
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        with suppress(OSError):  # if the machine runs short, we are to go first
            Path("/proc/self/oom_score_adj").write_text("500")


def _allow_seconds(seconds: float) -> None:
    """Processor time from now on; beyond it the system ends us with SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def _held(process: int | str = "self") -> int:
    """Bytes of a process that count against its limit just now; 0 where nobody says."""
    with suppress(OSError, StopIteration, ValueError):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmData")).split()[1]) << 10
    return 0


def _end_with(parent: int) -> None:
    """End where our parent was killed: an orphan's work is nobody's."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1], Connection(int(sys.argv[2])))  # type: ignore[arg-type]
