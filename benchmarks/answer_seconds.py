"""How long does an answer in Prefect's form take to be decided, on a machine that is busy?

    python benchmarks/answer_seconds.py [ANSWERS]

Drafts the bundled paper once, keeps it under several names, starts ``passerelle serve`` on a home
of its own, keeps as many processes busy as the machine has cores, and answers each waiting run
through the API as the page does: reject, approve as it is, approve with a word changed, approve
with a wrong number (which is asked again). Prints, for each, the seconds from Resume until the run
has ended or waits again. The server has run for a while before the first answer, as on an
analyst's morning.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpus" / "samples" / "street-trees.xml"
ANSWERS = 8
#: Seconds that the server has run before it is asked.
MORNING = 30.0
#: Seconds after which an answer counts as lost.
LOST = 300.0


def busy() -> None:
    """Take a core for good."""
    while True:
        pass


@contextmanager
def busy_cores() -> Iterator[None]:
    """As many processes that do nothing else as there are cores."""
    children = [
        multiprocessing.Process(target=busy, daemon=True) for _ in range(os.cpu_count() or 2)
    ]
    for child in children:
        child.start()
    try:
        yield
    finally:
        for child in children:
            child.kill()


def put_in(home: Path, count: int) -> None:
    """A store with so many drafts that wait."""
    os.environ["PASSERELLE_HOME"] = str(home)
    from corpus.sources import find_sources
    from corpus.store import keep_brief, open_store
    from passerelle import batches, sandbox
    from passerelle.settings import settings
    from pipelines.brief import from_json, to_json

    store = open_store(settings().database_url)
    found, _ = find_sources([str(SAMPLE)])
    [entry] = batches.draft(
        found, store, audience="staff", language=None, out=settings().outbox
    ).entries
    sandbox.close()
    for number in range(count - 1):
        brief = replace(from_json(entry.json), id=f"copy-{number}-{entry.brief_id}")
        keep_brief(store, replace(entry, brief_id=brief.id, json=to_json(brief)))


@contextmanager
def serving(home: Path) -> Iterator[httpx.Client]:
    """A running ``passerelle serve``; what it gives asks its API."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    env = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    command = [sys.executable, "-m", "passerelle", "serve", "--port", str(port)]
    with (home / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=env)
    try:
        while b"is running" not in (home / "said.txt").read_bytes():
            if process.poll() is not None:
                sys.exit((home / "said.txt").read_text())
            time.sleep(0.2)
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}/api", timeout=60, trust_env=False
        ) as client:
            token = client.get("/csrf-token", params={"client": "bench"}).json()["token"]
            client.headers.update({"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "bench"})
            yield client
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def answered(client: httpx.Client, run: dict[str, Any], **changed: Any) -> float:
    """Seconds from Resume until a run has ended, or waits again."""
    read = f"/flow_runs/{run['id']}/input"
    keys = run["state"]["state_details"]["run_input_keyset"]
    fields = client.get(f"{read}/{keys['schema']}").json()["properties"]
    values = {name: field["default"] for name, field in fields.items() if "default" in field}
    for name, change in changed.items():
        values[name] = change(values[name]) if callable(change) else change
    asked, began = run["state"]["id"], time.monotonic()
    sent = client.post(f"/flow_runs/{run['id']}/resume", json={"run_input": values})
    if not sent.is_success or sent.json()["status"] != "ACCEPT":
        sys.exit(f"not taken: {sent.status_code} {sent.text[:500]}")
    while time.monotonic() < began + LOST:
        state = client.get(f"/flow_runs/{run['id']}").json()["state"]
        if state["type"] in ("COMPLETED", "CANCELLED", "FAILED", "CRASHED"):
            print(f"  {state['type']}: {state['message'][:70]}", file=sys.stderr)
            return time.monotonic() - began
        if state["type"] == "PAUSED" and state["id"] != asked:
            return time.monotonic() - began
        time.sleep(0.05)
    return LOST


def main() -> None:
    """Print seconds by kind of answer."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
    approve = {"decision": "approve · approuver", "reviewer": "A. Tester"}
    kinds: dict[str, dict[str, Any]] = {
        "reject": {"decision": "reject · rejeter", "reviewer": "A. Tester"},
        "approve": approve,
        "approve, a word changed": approve
        | {"findings_en": lambda text: text.replace("and", "as well as", 1)},
        "approve, a wrong number": approve
        | {"bottom_line_en": lambda text: text.rstrip(".") + " by 73%."},
    }
    with TemporaryDirectory() as folder:
        home = Path(folder)
        put_in(home, count)
        with serving(home) as client:
            time.sleep(MORNING)
            runs = client.post(
                "/flow_runs/filter",
                json={"flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}}, "limit": 200},
            ).json()
            assert len(runs) == count, f"{len(runs)} runs wait"
            took: dict[str, list[float]] = {}
            with busy_cores():
                for number, run in enumerate(runs):
                    kind = list(kinds)[number % len(kinds)]
                    took.setdefault(kind, []).append(answered(client, run, **kinds[kind]))
                    print(f"{kind}: {took[kind][-1]:.1f} s", file=sys.stderr)
    everything = [seconds for each in took.values() for seconds in each]
    for kind, seconds in took.items():
        print(f"{kind:<26} {statistics.median(seconds):6.1f} s (most {max(seconds):.1f} s)")
    print(f"{'all':<26} {statistics.median(everything):6.1f} s (most {max(everything):.1f} s)")


if __name__ == "__main__":
    main()
