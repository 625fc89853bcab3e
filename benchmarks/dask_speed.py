"""How much faster are a night's drafts made by two Dask workers than by one?

    python benchmarks/dask_speed.py ABSTRACTS.jsonl[.xz]

Each line has ``sentences`` (CSAbstruct's format). The same documents are drafted through the
flows' own task, in its batches, under a Prefect server, by a cluster of one process and one of two
in turn, each time into a new store. The models are loaded before anything is timed; how long that
takes is told beside it. Prints each time and the ratio of the best ones; and, since other programs
slow a clock but hardly change the work, the processor time of the busiest worker and its ratio.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.readers import read
from corpus.settings_base import read_again
from corpus.store import open_store
from passerelle.settings import settings
from pipelines.suites import records

RUNS = 3
MOST = 160
SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "street-trees.xml"


def put_in(inbox: Path, source: Path) -> None:
    """Write the abstracts into the inbox, a Markdown file each."""
    inbox.mkdir(parents=True)
    for number, row in enumerate(islice(records(source, "sentences"), MOST)):
        text = f"# Abstract {number}\n\n## Abstract\n\n{' '.join(row['sentences'])}\n"
        (inbox / f"abstract-{number:03}.md").write_text(text, encoding="utf-8")


def load_models() -> None:
    """Draft a document that isn't among those timed, so that all is loaded."""
    from pipelines.draft import draft

    draft(read(SAMPLE))


def seconds(workers: int, source: Path) -> tuple[float, float, float]:
    """Wall time of loading the models and of drafting everything; the busiest worker's own."""
    from distributed import Client, LocalCluster
    from prefect import flow
    from prefect.task_runners import TaskRunner

    import flows
    from passerelle import dask_cluster, nights

    read_again()
    put_in(settings().inbox, source)
    store = open_store(settings().database_url)
    nights.take_in(nights.inbox_sources(), store)
    ids = nights.undrafted(store)
    size = flows.DRAFTS_AT_ONCE
    batches = [ids[start : start + size] for start in range(0, len(ids), size)]

    def drafts(batches: Sequence[list[str]]) -> int:
        futures = [flows.draft_batch.submit(some) for some in batches]
        return sum(len(future.result()["drafted"]) for future in futures)

    kind = dask_cluster.on_this_machine(workers, workers * dask_cluster.WORKER_MEMORY)
    with LocalCluster(**kind) as local, Client(local) as client:  # type: ignore[no-untyped-call]
        begun = time.perf_counter()
        client.run(load_models)
        before, loaded = client.run(time.process_time), time.perf_counter()
        runner: TaskRunner[Any] = dask_cluster.Runner(address=local.scheduler_address)
        made = flow(task_runner=runner)(drafts)(batches)
        done, after = time.perf_counter(), client.run(time.process_time)
    if made < len(ids):
        sys.exit(f"{made} drafts of {len(ids)} documents")
    busiest = max(after[worker] - before[worker] for worker in before)
    return loaded - begun, done - loaded, busiest


def main(source: Path) -> None:
    """Time one worker and two in turn, and tell the ratio."""
    from prefect.testing.utilities import prefect_test_harness

    best = {1: float("inf"), 2: float("inf")}
    least = best.copy()
    with prefect_test_harness(server_startup_timeout=120):
        for _run in range(RUNS):
            for workers in best:
                with TemporaryDirectory() as home:
                    os.environ["PASSERELLE_HOME"] = home
                    loading, drafting, busiest = seconds(workers, source)
                best[workers] = min(best[workers], drafting)
                least[workers] = min(least[workers], busiest)
                print(
                    f"{workers} workers: {drafting:.1f} s, the busiest {busiest:.1f} s of "
                    f"processor, after {loading:.1f} s of loading",
                    flush=True,
                )
    print(f"two workers are {best[1] / best[2]:.2f} × as fast as one by the clock")
    print(f"and {least[1] / least[2]:.2f} × by the processor time of the busiest")


if __name__ == "__main__":
    with TemporaryDirectory() as first_home:
        os.environ |= {"PASSERELLE_HOME": first_home, "PREFECT_LOGGING_LEVEL": "ERROR"}
        main(Path(sys.argv[1]))
