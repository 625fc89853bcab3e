"""What does Prefect cost a night, beside plain function calls?

    python benchmarks/night_cost.py ABSTRACTS.jsonl[.xz] [DOCUMENTS]

Each line has ``sentences`` (CSAbstruct's format). The same abstracts are taken in and drafted by
the steps alone, by plain calls of ``nights``, and by the flow ``nightly`` under a Prefect server of
its own, which then makes a waiting review run for each draft; each time in a new process and a new
home, the models loaded before anything is timed. Prints the times and ratios, with the reviews
and without; a second night with nothing new as a share of the first; how long after the last draft
the last review waits; and how much Prefect's database grows by the night and by the reviews. On a
machine that others use too, processor time, of the server and the models too, says more than time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.processor import processor_seconds

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "corpus" / "samples" / "street-trees.xml"
DOCUMENTS = 200
BATCH = 20

Figures = dict[str, float]


def put_in(inbox: Path, source: Path, most: int) -> None:
    """Write the abstracts into the inbox, a Markdown file each."""
    from pipelines.suites import records

    inbox.mkdir(parents=True)
    for number, row in enumerate(islice(records(source, "sentences"), most)):
        text = f"# Abstract {number}\n\n## Abstract\n\n{' '.join(row['sentences'])}\n"
        (inbox / f"abstract-{number:03}.md").write_text(text, encoding="utf-8")


def warm() -> None:
    """Draft a document that isn't among those timed, so that all is loaded in the children."""
    from passerelle import sandbox

    document = sandbox.read(SAMPLE.read_bytes(), SAMPLE.name)
    sandbox.bands(document)
    sandbox.draft(document, "staff", document.language)


def bare(source: Path, most: int) -> Figures:
    """The steps alone, in one process: read, draft and render; nothing is kept."""
    from corpus.readers import read
    from models import encoder
    from passerelle.settings import settings
    from pipelines.draft import draft
    from pipelines.render import render_bytes

    put_in(settings().inbox, source, most)
    encoder.use_all_cores()
    draft(read(SAMPLE))
    begun = time.perf_counter()
    for path in sorted(settings().inbox.iterdir()):
        brief = draft(read(path), audience="staff")
        for form in ("md", "html", "xlf", "json"):
            render_bytes(brief, form)
    return {"drafted": most, "seconds": time.perf_counter() - begun}


def plain(source: Path, most: int) -> Figures:
    """The night's work by plain calls."""
    from corpus.store import open_store
    from passerelle import nights
    from passerelle.settings import settings

    put_in(settings().inbox, source, most)
    warm()
    begun, spent = time.perf_counter(), processor_seconds()
    store = open_store(settings().database_url)
    nights.take_in(nights.new_sources(nights.inbox_sources(), store), store)
    ids = nights.undrafted(store)
    for start in range(0, len(ids), BATCH):
        nights.draft_documents(ids[start : start + BATCH], store)
    return {
        "drafted": len(ids),
        "seconds": time.perf_counter() - begun,
        "processor": processor_seconds() - spent,
    }


def prefect(source: Path, most: int) -> Figures:
    """The same under a server, first without and then with a deployment for reviews."""
    from servers import prefect_server

    home = Path(os.environ["PASSERELLE_HOME"])
    database = home / "server" / "prefect.db"
    with prefect_server(database.parent, f"sqlite+aiosqlite:///{database}") as url:
        os.environ["PREFECT_API_URL"] = url
        from prefect.client.orchestration import get_client

        import flows
        from corpus.settings_base import read_again
        from passerelle import review_runs
        from passerelle.settings import settings

        put_in(settings().inbox, source, most)
        warm()
        with get_client(sync_client=True) as client:
            flow = client.create_flow(flows.review_brief)
            client.create_deployment(
                flow_id=flow, name="review-brief", enforce_parameter_schema=False
            )
            before = size_of(database)
            begun, spent = time.perf_counter(), processor_seconds()
            work = flows.nightly()
            first, spent = time.perf_counter() - begun, processor_seconds() - spent
            after = size_of(database)
            begun = time.perf_counter()
            flows.nightly()
            second = time.perf_counter() - begun
            runs = reviews(client)
        figures = {
            "drafted": len(work["drafted"]),
            "seconds": first,
            "processor": spent,
            "put up": work["seconds"]["put up for review"],
            "second": second,
            "waiting": len(runs),
            "lag": max(run.created for run in runs).timestamp() - last_draft(),
            "growth": after - before,
        }
        with get_client(sync_client=True) as client:  # what the same night takes without reviews
            client.delete_deployment(client.read_deployment_by_name(review_runs.DEPLOYMENT).id)
        os.environ["PASSERELLE_DATABASE_URL"] = f"sqlite:///{home / 'again.db'}"
        read_again()
        before = size_of(database)
        flows.nightly()
        return {**figures, "night growth": size_of(database) - before}


def reviews(client: Any) -> list[Any]:
    """Every review run that waits."""
    found: list[Any] = []
    while page := client.read_flow_runs(limit=200, offset=len(found)):
        found += page
    return [run for run in found if run.state_name == "Suspended"]


def last_draft() -> float:
    """When the last brief was kept, in seconds since the epoch."""
    import sqlalchemy as sa

    from passerelle.settings import settings

    with sa.create_engine(settings().database_url).connect() as connection:
        made = connection.scalar(sa.text("SELECT max(made_at) FROM briefs"))
    return datetime.fromisoformat(made).timestamp()


def size_of(database: Path) -> int:
    """Bytes of a SQLite database, all that was written put into its file."""
    import sqlite3

    time.sleep(3)  # the server writes its last records a moment later
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database.stat().st_size


def measured(kind: str, source: Path, most: int) -> Figures:
    """The figures of one kind, from a process of its own."""
    with TemporaryDirectory() as home:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "helpers")])
        done = subprocess.run(
            [sys.executable, __file__, str(source), str(most), kind],
            env={
                **ours,
                "PASSERELLE_HOME": home,
                "PASSERELLE_SETTLE_SECONDS": "0",
                "PREFECT_LOGGING_LEVEL": "ERROR",
                "PYTHONPATH": path,
            },
            stdout=subprocess.PIPE,
            check=True,
        )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def main(source: Path, most: int) -> None:
    """Measure both, and tell."""
    steps = measured("bare", source, most)
    calls, flow = measured("plain", source, most), measured("prefect", source, most)
    if not calls["drafted"] == flow["drafted"] == flow["waiting"] == most:
        sys.exit(f"not everything was drafted and put up: {calls} {flow}")
    million = most / 100 * 1e6
    print(f"the steps alone: {steps['seconds']:.1f} s for {most} abstracts")
    print(f"plain calls: {calls['seconds']:.1f} s, {calls['seconds'] / steps['seconds']:.2f} ×")
    alone = flow["seconds"] - flow["put up"]
    print(f"under Prefect: {alone:.1f} s, {alone / calls['seconds']:.2f} ×")
    print(f"with the reviews: {flow['seconds']:.1f} s, {flow['seconds'] / calls['seconds']:.2f} ×")
    print(f"processor time: {calls['processor']:.1f} s by plain calls, with the reviews "
          f"{flow['processor'] / calls['processor']:.2f} ×")  # fmt: skip
    whole = flow["seconds"] / steps["seconds"]
    print(f"with the reviews, over the steps alone: {whole:.2f} ×")
    print(f"a second night: {flow['second']:.1f} s, {flow['second'] / flow['seconds']:.1%}")
    print(f"last review waits {flow['lag']:.0f} s after the last draft")
    print(f"Prefect's database, by the night: {flow['night growth'] / million:.2f} MB per 100")
    print(f"with the reviews: {flow['growth'] / million:.2f} MB per 100")


if __name__ == "__main__":
    given, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else DOCUMENTS
    if len(sys.argv) > 3:
        print(
            json.dumps(
                {"bare": bare, "plain": plain, "prefect": prefect}[sys.argv[3]](given, count)
            )
        )
    else:
        main(given, count)
