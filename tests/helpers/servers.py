"""Servers of the tests' own, on free loopback ports, each ended by whoever started it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg

#: The user who runs PostgreSQL where root may not.
DATABASE_USER = "postgres"


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Ask again and again whether something has come about, until a deadline."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds:g} s")
        time.sleep(0.05)


@contextmanager
def running(
    command: list[str], log: Path, end: signal.Signals = signal.SIGTERM, **options: object
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs beside the test, and is ended with it."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # type: ignore[call-overload]
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options
        )
    try:
        yield process
    finally:
        process.send_signal(end)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# PostgreSQL


def postgresql_programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest where there are several."""
    if (found := shutil.which("initdb")) and shutil.which("postgres"):
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(installed, key=lambda path: int(path.parent.name), default=None)


@contextmanager
def postgresql(programs: Path) -> Iterator[Callable[[], str]]:
    """A server with nothing in it; what it gives makes a new database, and tells its address.

    The address is SQLAlchemy's, with the driver of our store.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as place:
        options: dict[str, object] = {"cwd": place}
        if os.geteuid() == 0:  # which it refuses to run as
            user = pwd.getpwnam(DATABASE_USER)
            shutil.chown(place, user.pw_uid, user.pw_gid)
            options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data, log = Path(place, "data"), Path(place, "log")
        make = [programs / "initdb", "-D", data, "-U", "tests", "-E", "UTF8", "--locale=C"]
        subprocess.run(  # type: ignore[call-overload]
            [*make, "-A", "trust", "--no-sync"],
            check=True,
            capture_output=True,
            **options,
        )
        command = [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", port, "-k", place]
        command += ["-c", "fsync=off"]
        at_once = signal.SIGINT  # whoever is still connected
        with running([str(part) for part in command], log, at_once, **options):
            address = f"postgresql://tests@127.0.0.1:{port}"

            def answers() -> bool:
                try:
                    psycopg.connect(f"{address}/postgres").close()
                except psycopg.OperationalError:
                    return False
                return True

            def new_database() -> str:
                name = f"test_{uuid4().hex[:12]}"
                with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                    connection.execute(f"CREATE DATABASE {name}".encode())
                return f"{address}/{name}".replace("postgresql:", "postgresql+psycopg:")

            wait_until(answers, "PostgreSQL")
            yield new_database


# Prefect


@contextmanager
def prefect_server(home: Path, database: str) -> Iterator[str]:
    """A Prefect server on a database (SQLAlchemy address); what it gives is its API's address."""
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")
    } | {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(home),
        "PREFECT_API_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_UI_ENABLED": "false",
    }
    command = [sys.executable, "-m", "prefect", "server", "start"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    url = f"http://127.0.0.1:{port}/api"

    def answers() -> bool:
        try:
            return httpx.get(f"{url}/health", timeout=5).is_success
        except httpx.HTTPError:
            return False

    home.mkdir(parents=True, exist_ok=True)
    with running(command, home / "server.log", env=environment):
        wait_until(answers, "Prefect's server", 400)
        yield url
