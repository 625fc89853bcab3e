"""``passerelle serve``: Prefect's server, schedule and workers in one command that ends clean.

In: a host and a port, and the settings. Out: the pages at that address, and the deployments of
``prefect.yaml`` in them, until Ctrl-C. Where ``PREFECT_API_URL`` is set, a server is there already:
the deployments go to it, and only a worker is started. Children write to ``logs`` in the home
folder; they get the password through the environment alone. What the flows do is ``flows``'
business, which drafts wait for a person ``review_runs``'.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from corpus import owner_only
from corpus.errors import PasserelleError
from corpus.store import open_store
from passerelle.addresses import is_loopback
from passerelle.desk.sign_in import reviewers
from passerelle.prefect_environment import (
    DESK,
    PAGES,
    POOL,
    QUEUE,
    set_prefect_defaults,
    worker_name,
)
from passerelle.settings import Settings, SettingsError, settings

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

#: The deployments.
DEPLOYMENTS = Path(__file__).with_name("prefect.yaml")
#: The form that trains the models again, which is offered where the settings say so.
TRAINING = Path(__file__).with_name("prefect-training.yaml")
#: What whoever serves a home holds in it.
LOCK = "serve.lock"
#: Shorter passwords don't protect a server that other machines reach.
PASSWORD_LENGTH = 12
#: Seconds for the server's first answer, on a slow disk or a busy machine included.
START_SECONDS = 600.0
#: Seconds for the first answer of a server that is said to run already.
JOIN_SECONDS = 20.0
#: Seconds that a child may take to end by itself.
STOP_SECONDS = 10.0
#: A run that no worker has named as its own for so long was dropped with its worker.
UNSTARTED = timedelta(seconds=10)


@dataclass(frozen=True)
class Child:
    """A process of ours."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


class _Stopped(BaseException):
    """Ctrl-C, or the system's wish that we end."""


def serve(host: str, port: int, say: Callable[[str], None] = print) -> None:
    """Serve until Ctrl-C or SIGTERM, and leave no process behind.

    Raises ``PasserelleError`` or ``SettingsError``, with nothing left running, where it can't.
    """
    home = settings().home
    with _until_stopped(say), ExitStack() as stack:
        open_store(settings().database_url)  # or say at once why not
        joined = os.environ.get("PREFECT_API_URL", "").rstrip("/")
        if not joined:
            _check_door(host, port)
        api = joined or f"{_own_address(host, port)}/api"
        stack.enter_context(_alone(home, api))
        os.environ |= absolute_paths(settings())
        os.environ |= client_environment(api)
        set_prefect_defaults(os.environ, home)
        say("Starting; this takes some seconds.")
        end_left_runs(home)
        children: list[Child] = []
        stack.callback(_end, children)
        if not joined:
            os.environ |= server_environment(host, port)
            children.append(_start("server", server_command(host, port)))
        _wait_for_server(os.environ["PREFECT_API_URL"], children)
        _prepare(children)
        children.append(_start("worker", worker_command()))
        children.append(_start("reviews", [sys.executable, "-m", "passerelle.review_worker"]))
        say(_where_to_look(os.environ["PREFECT_API_URL"].removesuffix("/api")))
        _watch(children)


@contextmanager
def _until_stopped(say: Callable[[str], None]) -> Iterator[None]:
    def stop(*_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # ending takes some seconds, and is bounded
        raise _Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except _Stopped:
        say("Stopped. Briefs, reviews and the schedule are kept; passerelle serve goes on.")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


# Before anything is started


def _check_door(host: str, port: int) -> None:
    """Refuse what would be open to others without a password, and an address that can't be had."""
    password = settings().password.get_secret_value()
    if not password.isascii() or not password.isprintable():
        raise SettingsError(
            "PASSERELLE_PASSWORD: browsers can't send it; use letters, digits and signs of ASCII"
        )
    is_short = len(password) < PASSWORD_LENGTH and (password or not reviewers())
    if not is_loopback(host) and is_short:
        raise SettingsError(
            f"--host {host} opens the pages to other machines; set PASSERELLE_PASSWORD to at "
            f"least {PASSWORD_LENGTH} characters, list who may sign in (passerelle reviewers add "
            "NAME), or leave --host out"
        )
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PasserelleError(
                f"port {port} of {host} is taken; end what uses it, or give another with --port"
            ) from error
        reason = error.strerror or error
        raise PasserelleError(
            f"{host}:{port} can't be listened on ({reason}); check --host and --port"
        ) from error


@contextmanager
def _alone(home: Path, api: str) -> Iterator[None]:
    """Hold the home folder: two workers of one home would take each other's runs for lost.

    Whoever else works in it learns from the lock where its server is.
    """
    import fcntl

    owner_only.make_folder(home)
    with _open_lock(home) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise PasserelleError(
                f"{home}: already served by process {lock.readline().strip()}; stop that one "
                "first, or set PASSERELLE_HOME to another folder"
            ) from error
        owner_only.narrow(home / LOCK)
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n{api}\n")
        lock.flush()
        yield
        lock.truncate(0)


def _open_lock(home: Path) -> TextIO:
    return open(home / LOCK, "a+", opener=owner_only.opener)


def api_in_reach(home: Path) -> str:
    """The address of Prefect's API that works on this home; empty where none is known."""
    import fcntl

    if named := os.environ.get("PREFECT_API_URL", "").rstrip("/"):
        return named
    if not (home / LOCK).is_file():
        return ""
    with _open_lock(home) as lock:
        with suppress(BlockingIOError):  # nobody holds it: what stands in it is of another day
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return ""
        lock.seek(0)
        return "".join(lock.read().split()[1:2])


# The children's environment


def absolute_paths(given: Settings) -> dict[str, str]:
    """Every setting that names a folder, so that runs, which start elsewhere, find the same one."""
    from sqlalchemy import make_url

    found = {
        name: os.pathsep.join(map(str, value)) if isinstance(value, tuple) else str(value)
        for name in ("home", "inbox", "outbox", "published", "roots")
        if (value := getattr(given, name))
    }
    for name in ("encoder", "language_model_en", "language_model_fr", "writer"):
        value = getattr(given, name)
        kind = "local:" if value.startswith("local:") else ""
        place = Path(value.removeprefix(kind)).expanduser()
        if value and place.is_dir():
            found[name] = f"{kind}{place.absolute()}"
    store = make_url(given.database_url)
    if store.get_backend_name() == "sqlite" and store.database:
        place = Path(store.database).absolute()
        found["database_url"] = store.set(database=str(place)).render_as_string(False)
    return {f"PASSERELLE_{name.upper()}": value for name, value in found.items()}


def client_environment(api: str) -> dict[str, str]:
    """What reaches the server: our own client, the worker, the runs."""
    found = {
        "PREFECT_WORKER_QUERY_SECONDS": "5",
        "PREFECT_LOGGING_LEVEL": "WARNING",  # what analysts are told isn't buried in Prefect's own
        "PYTHONSAFEPATH": "1",  # nobody's folder "models" comes before ours
    }
    found |= {name: os.environ[name] for name in found if os.environ.get(name)}
    found["PREFECT_API_URL"] = api
    if password := prefect_password():
        found["PREFECT_API_AUTH_STRING"] = password
    return found


def server_environment(host: str, port: int) -> dict[str, str]:
    """What makes the server ours: its pages' address, who may ask, what survives a restart."""
    own = _own_address(host, port)
    found = {
        "PREFECT_SERVER_UI_API_URL": "/api",  # whatever name the browser knows it by
        "PREFECT_UI_URL": own,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": own,
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
            "prefect.server.concurrency.lease_storage.filesystem"
        ),
    }
    found |= {name: os.environ[name] for name in found if os.environ.get(name)}
    found["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"] = "true"
    if password := prefect_password():
        found["PREFECT_SERVER_API_AUTH_STRING"] = password
    return found


@cache
def _made_up(home: Path) -> str:
    return secrets.token_urlsafe(24)


def prefect_password() -> str:
    """What Prefect asks for: the password that is set; where none is and reviewers are listed, one
    that nobody knows, so that they reach the desk alone; else empty, for nothing."""
    password = settings().password.get_secret_value()
    return password or (_made_up(settings().home) if reviewers() else "")


def _own_address(host: str, port: int) -> str:
    """The server's address for a browser and a worker on this machine."""
    plain = host.strip("[]")
    with suppress(ValueError):
        number = ipaddress.ip_address(plain)
        if number.is_unspecified:  # every address of this machine
            plain = "::1" if number.version == 6 else "127.0.0.1"
    return f"http://[{plain}]:{port}" if ":" in plain else f"http://{plain}:{port}"


# The children


def server_command(host: str, port: int) -> list[str]:
    """Prefect's server with its guard; as ``prefect server start`` would run it."""
    return [
        *(sys.executable, "-m", "uvicorn", "passerelle.guard:app", "--factory"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
        *("--timeout-graceful-shutdown", "3"),
    ]


def worker_command() -> list[str]:
    """A worker that starts each run as a process; reviews are the warm worker's."""
    return [
        *(sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"),
        *("--work-queue", "default"),
        # No --limit: a run that is resumed before its last process is gone would end the worker.
        *("--name", worker_name(), "--install-policy", "never"),
    ]


def _start(name: str, command: list[str]) -> Child:
    """Start a process with a fresh log; the log before is kept beside it."""
    log = settings().home / "logs" / f"{name}.log"
    owner_only.make_folder(log.parent)
    with suppress(FileNotFoundError):
        log.replace(log.with_suffix(".log.before"))
    with open(log, "wb", opener=owner_only.opener) as file:
        process = subprocess.Popen(
            command,
            cwd=settings().home,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            umask=0o077 if name == "server" else -1,  # its database is nobody else's
            start_new_session=True,  # the terminal's Ctrl-C is for us alone: we end them in order
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
    return Child(name, process, log)


def _end_with_parent() -> None:
    """Ask Linux to end this child where we are killed and can't."""
    import ctypes

    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def _wait_for_server(api: str, children: list[Child]) -> None:
    import httpx

    seconds = START_SECONDS if children else JOIN_SECONDS
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        _check_alive(children)
        with suppress(httpx.HTTPError):
            if httpx.get(f"{api}/health", trust_env=False, timeout=5).status_code == 200:
                return
        time.sleep(0.2)
    where = f"; see {children[0].log}" if children else "; check PREFECT_API_URL"
    raise PasserelleError(f"{api}: no answer in {seconds:.0f} seconds{where}")


def _check_alive(children: list[Child]) -> None:
    for child in children:
        if (status := child.process.poll()) is not None:
            raise PasserelleError(
                f"the {child.name} ended by itself (status {status}); the rest is stopped, all "
                f"that was done is kept; see {child.log}"
            )


def _watch(children: list[Child]) -> None:
    while True:
        _check_alive(children)
        time.sleep(0.3)


def _end(children: list[Child]) -> None:
    """End the children, the last one first, and whatever they have started."""
    while children:
        child = children.pop()
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(STOP_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
        if child.name == "worker":
            end_left_runs(settings().home)


def end_left_runs(home: Path) -> None:
    """End the runs of this home whose worker was killed: what they did is kept, as in any crash.

    They are known by their environment, which Linux alone shows.
    """
    for number in (signal.SIGTERM, signal.SIGKILL):
        until = time.monotonic() + STOP_SECONDS / 2
        for pid in _left_runs(home):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        while _left_runs(home) and time.monotonic() < until:
            time.sleep(0.1)


def _left_runs(home: Path) -> list[int]:
    marks = {f"PREFECT__WORKER_NAME={worker_name()}".encode(), f"PASSERELLE_HOME={home}".encode()}
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # not ours to read, or gone
            if marks <= set(place.read_bytes().split(b"\0")):
                found.append(int(place.parent.name))
    return found


# What the server must know before the worker starts


def _prepare(children: list[Child]) -> None:
    """Run ``prepare`` in a process of its own: what it loads would stay in this one's memory."""
    child = _start("preparation", [sys.executable, "-m", "passerelle.serve"])
    children.append(child)
    while (status := child.process.poll()) is None:
        _check_alive(children[:-1])
        time.sleep(0.1)
    children.remove(child)
    if status:
        raise PasserelleError(
            f"the deployments and the review queue can't be made ready; see {child.log}"
        )


def prepare() -> None:
    """Give the server its work pool, its deployments and a run for each draft that waits."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        _make_pool(client)
        _deploy(DEPLOYMENTS)
        if settings().training:
            _deploy(TRAINING)
        else:
            _withdraw(client, "Train the models again/retrain")
        settle_lost_runs(client, worker_name(), datetime.now(UTC))
    from passerelle import review_runs

    review_runs.catch_up(open_store(settings().database_url))


def _make_pool(client: SyncPrefectClient) -> None:
    from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.workers.process import ProcessWorker

    template = ProcessWorker.get_default_base_job_template()
    at_once = settings().runs_at_once
    pool = WorkPoolCreate(
        name=POOL, type="process", base_job_template=template, concurrency_limit=at_once
    )
    try:
        client.create_work_pool(pool)
    except ObjectAlreadyExists:
        client.update_work_pool(POOL, WorkPoolUpdate(concurrency_limit=at_once))


def _deploy(file: Path) -> None:
    """Apply the description of some deployments."""
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    subprocess.run([*command, "--prefect-file", str(file)], check=True)


def _withdraw(client: SyncPrefectClient, deployment: str) -> None:
    """Take a deployment that was offered before out of the pages."""
    from prefect.exceptions import ObjectNotFound

    with suppress(ObjectNotFound):
        client.delete_deployment(client.read_deployment_by_name(deployment).id)


def settle_lost_runs(client: SyncPrefectClient, worker: str, now: datetime) -> list[str]:
    """Settle runs whose process a killed worker or machine took with it; their names.

    One that had begun is set to Crashed: the next does the rest. One that was only taken up is put
    back, to be run now. Otherwise they would look alive for ever, and hold the night's one place.
    Runs of ``worker``, which isn't running while this is asked, are lost where their process is
    gone; those that other machines have begun are left alone.
    """
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed, Scheduled

    open_states = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
    lost = [run for run in _runs_in(client, open_states) if _is_lost(run, worker, now)]
    for run in lost:
        state: Any = (
            Scheduled(message="Its process was gone before it began; it runs again.")
            if run.state.is_pending()
            else Crashed(
                message="Its process is gone. What was done is kept; the next run does the rest."
            )
        )
        client.set_flow_run_state(run.id, state)
    return [run.name for run in lost]


def _runs_in(client: SyncPrefectClient, states: list[Any]) -> list[Any]:
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )

    wanted = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=states)))
    found: list[Any] = []
    while page := client.read_flow_runs(flow_run_filter=wanted, limit=200, offset=len(found)):
        found += page
    return found


def _is_lost(run: Any, worker: str, now: datetime) -> bool:
    if run.work_pool_name != POOL:
        return False
    if run.labels.get("prefect.worker.name") == worker:  # which hasn't started yet: this is earlier
        return not run.infrastructure_pid or not _lives(run.infrastructure_pid, str(run.id))
    return not run.infrastructure_pid and bool(run.state.timestamp < now - UNSTARTED)


def _lives(pid: str, run_id: str) -> bool:
    """Whether a process is there and is that run's: numbers are given again."""
    number = re.search(r"\d+$", pid)  # older workers write host:number
    if number is None:
        return True
    try:
        os.kill(int(number[0]), 0)
        return run_id.encode() in Path(f"/proc/{number[0]}/environ").read_bytes()
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # no such list on this system; the number is all there is
        return True
    except PermissionError:  # somebody else's process
        return False


# What is said


def _where_to_look(address: str) -> str:
    pages = os.environ.get("PREFECT_UI_URL", address)
    night = f"{settings().schedule} (cron), {settings().timezone}"
    lines = {
        "Desk": f"{pages}{DESK}",
        "Pages": f"{pages}{PAGES}",
        "Review queue": f"{pages}{QUEUE}",
        "Inbox": settings().inbox,
        "Published": settings().published,
        "Nightly run": night,
        "Logs": settings().home / "logs",
    }
    return "\n".join(f"{name:<13} {value}" for name, value in lines.items()) + (
        "\nPasserelle is running. Stop it with Ctrl-C."
    )


if __name__ == "__main__":
    prepare()
