"""``passerelle serve`` as tests start it: its words, its processes, its API."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import servers

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 420.0
PATIENCE_SECONDS = 30.0


def environment(home: Path, **more: str) -> dict[str, str]:
    """Ours, without what whoever runs the tests has set for Prefect or for Passerelle.

    The store that a test was given for this home stays.
    """
    own = {"PASSERELLE_DATABASE_URL"} if os.environ.get("PASSERELLE_HOME") == str(home) else set()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in own or not name.startswith(("PREFECT_", "PASSERELLE_"))
    }
    return {**kept, "PASSERELLE_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "passerelle", "serve", *arguments]


class _Patient(httpx.HTTPTransport):
    """Asks again where the server is too busy to answer, as it may be when it has just begun."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer; the server's last excuse where it never gets over it."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = super().handle_request(request)
            if not answer.is_server_error or time.monotonic() > until:
                return answer
            answer.close()
            time.sleep(0.5)


@dataclass
class Served:
    """A running ``passerelle serve``."""

    process: subprocess.Popen[bytes]
    home: Path
    port: int

    @property
    def said(self) -> str:
        return (self.home.parent / "said.txt").read_text()

    @contextmanager
    def client(self, password: str = "") -> Iterator[httpx.Client]:
        """A client of its API, with what protects from forged requests."""
        headers = {}
        if password:
            headers["Authorization"] = f"Basic {base64.b64encode(password.encode()).decode()}"
        address = f"http://127.0.0.1:{self.port}/api"
        with httpx.Client(
            base_url=address, headers=headers, timeout=30, trust_env=False, transport=_Patient()
        ) as client:
            token = client.get("/csrf-token", params={"client": "tests"}).json()["token"]
            client.headers.update({"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "tests"})
            yield client


@contextmanager
def serving(
    home: Path, program: Sequence[str] = command(), folder: Path | None = None, **more: str
) -> Iterator[Served]:
    """``passerelle serve`` until the block ends: ``program`` starts it, in a folder."""
    port = servers.free_port()
    said = home.parent / "said.txt"
    said.unlink(missing_ok=True)
    given = environment(home, **more)
    line = [*program, "--port", str(port)]
    with servers.running(line, said, env=given, cwd=folder) as process:
        served = Served(process, home, port)
        servers.wait_until(
            lambda: "is running" in served.said or process.poll() is not None,
            "passerelle serve",
            START_SECONDS,
        )
        assert process.poll() is None, served.said
        yield served


def processes_of(home: Path) -> dict[int, str]:
    """The command of each process that has this home in its environment."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if f"PASSERELLE_HOME={home}".encode() in (place / "environ").read_bytes().split(b"\0"):
                found[int(place.name)] = (place / "cmdline").read_bytes().decode()
        except OSError:  # somebody else's, or gone
            continue
    return found
