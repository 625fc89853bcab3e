"""The nightly work as Prefect flows: take in what is new, draft it, show the drafts as artifacts.

Thin: every line either wires or reports; the work is in ``night`` and ``batch``, the truth in the
store. Each task carries one batch of documents by path or id, never text, and returns plain JSON.

``python flows.py`` does the nightly work once, without a server running. In: the settings' inbox.
Out: briefs in the store and the outbox; in Prefect a Markdown artifact for each and a digest.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import batch
import night
from corpus.document import Language
from corpus.errors import PasserelleError
from corpus.sources import listed
from corpus.store import OperationalError, Store, open_store
from night import Arrival, Drafted, Drafts, Night
from pipelines.brief import Audience
from settings import SettingsError, settings

# Prefect's environment


def set_prefect_defaults(environment: MutableMapping[str, str], home: Path) -> None:
    """Keep Prefect to itself and inside ``home``; what the user has set stays as it is.

    Prefect reads these when it is imported; later they would only mislead its child processes.
    """
    defaults = {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # the first start is slow
    }
    for name, value in defaults.items():
        environment.setdefault(name, value)


def stop(*_: object) -> None:
    """End the program at once, in one line: whatever is half done, the next run makes good.

    Left to itself, Prefect would finish its batch and wait for a server that has stopped already.
    """
    os.write(2, b"passerelle: stopped; what is done is kept, run it again\n")
    if server := sys.modules.get("prefect.server.api.server"):
        server.SubprocessASGIServer().stop()
    os._exit(130)


if __name__ == "__main__":  # as a module under its own name, where Dask's processes find its tasks
    signal.signal(signal.SIGINT, stop)
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")  # our own few lines alone
    try:
        import flows
    except SettingsError as wrong:
        sys.exit(f"passerelle: {wrong}")
    sys.exit(flows.main())

if "prefect" not in sys.modules:
    set_prefect_defaults(os.environ, settings().home)
    with suppress(OSError):  # said by whoever writes there first; Prefect would warn at length
        settings().home.mkdir(parents=True, exist_ok=True)

# Only now: Prefect reads its settings from the environment as it is imported.
from prefect import flow, task  # noqa: E402
from prefect.artifacts import Artifact, create_markdown_artifact  # noqa: E402
from prefect.cache_policies import INPUTS, RUN_ID  # noqa: E402
from prefect.futures import wait  # noqa: E402
from prefect.runtime import flow_run  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402

# How batches run

#: Documents in one task: a task costs Prefect about 10 ms and 20 kB, a document takes seconds.
BATCH_SIZE = 20

#: Seconds before each new try of a batch, for a store that is locked or out of reach a moment.
RETRY_SECONDS = [2.0, 15.0]

#: The reader's language, as a form offers it.
ReaderLanguage = Literal["the document's own", "en", "fr"]


def task_runner(name: str) -> TaskRunner[Any]:
    """What runs the batches, by ``Settings.task_runner``.

    ``threads`` is one thread beside the flow's: the models promise nothing about being used by
    two at once. With Dask each batch has a process. Raises ``SettingsError`` without Dask.
    """
    if name == "threads":
        return ThreadPoolTaskRunner(max_workers=1)
    try:
        dask: type[TaskRunner[Any]] = import_module("prefect_dask").DaskTaskRunner
    except ImportError as error:
        raise SettingsError(
            f"PASSERELLE_TASK_RUNNER={name}: Dask comes with a later release; use threads"
        ) from error
    if name == "dask":
        return dask(cluster_kwargs={"processes": True, "threads_per_worker": 1})  # type: ignore[call-arg]
    return dask(address=name.replace("dask://", "tcp://"))  # type: ignore[call-arg]


def is_transient(_task: Any, _run: Any, state: Any) -> bool:
    """Whether trying a batch again may help: not where the input or the settings are at fault."""
    out_of_reach = isinstance(getattr(state.data, "__cause__", None), OperationalError)
    return out_of_reach or not isinstance(state.data, PasserelleError | SettingsError)


def _batches(items: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), BATCH_SIZE):
        yield list(items[start : start + BATCH_SIZE])


def _store() -> Store:
    return open_store(settings().database_url)


_AS_JSON: dict[str, Any] = {"persist_result": True, "result_serializer": "json"}
#: A run that is tried again passes over the batches it has done; another run asks the store.
_BATCH: dict[str, Any] = {
    **_AS_JSON,
    "cache_policy": INPUTS + RUN_ID,
    "retries": len(RETRY_SECONDS),
    "retry_delay_seconds": RETRY_SECONDS,
    "retry_condition_fn": is_transient,
}
_FLOW: dict[str, Any] = {**_AS_JSON, "task_runner": task_runner(settings().task_runner)}

# Tasks


@task(name="Look into the inbox", **_BATCH)
def look_into_inbox() -> list[str]:
    """Paths of what is new in the inbox."""
    return night.new_sources(night.inbox_sources(), _store())


@task(name="Ingest a batch", **_BATCH)
def ingest_batch(places: list[str]) -> list[Arrival]:
    """Take a batch of sources into the store."""
    return night.take_in(places, _store())


@task(name="Draft a batch", **_BATCH)
def draft_batch(ids: list[str]) -> Drafts:
    """Draft a batch of the store's documents, and show the briefs as artifacts."""
    store = _store()
    done = []
    for id in ids:  # each is shown as soon as it is made, so that a crash hides one at most
        done.append(night.draft_documents([id], store))
        publish(done[-1]["drafted"], store)
    return night.joined(done)


@task(name="Draft one source", **_BATCH)
def draft_one(source: str, audience: Audience, language: Language | None) -> Drafts:
    """Draft one source, and show its brief as an artifact."""
    store = _store()
    drafts = night.draft_sources([source], audience, language, store)
    publish(drafts["drafted"], store)
    return drafts


@task(name="Sum up the night", **_BATCH)
def sum_up(work: Night) -> dict[str, int]:
    """Show the night's digest as an artifact."""
    about = "What came in, what was drafted"
    create_markdown_artifact(night.digest_of(work), key="night-digest", description=about)
    return night.counts(work)


def publish(drafted: Sequence[Drafted], store: Store) -> None:
    """Show each brief beside its evidence, unless it is shown already by an earlier try."""
    for page in night.pages(drafted, store):
        shown: Any = Artifact.get(page.key)
        if shown is None or shown.data != page.markdown:
            create_markdown_artifact(page.markdown, key=page.key, description=page.title)


# Flows


@flow(name="Ingest sources", flow_run_name="Sources into the store", **_FLOW)
def ingest(sources: list[str]) -> list[Arrival]:
    """Take files, folders and web addresses into the store, without drafting them yet."""
    return _ingest_batches([place for source in sources for place in listed(source)])


def _ingest_batches(places: Sequence[str]) -> list[Arrival]:
    futures = [ingest_batch.submit(some) for some in _batches(places)]
    return [arrival for future in futures for arrival in future.result()]


@flow(name="Draft a brief", flow_run_name="Draft of {source}", **_FLOW)
def draft_brief(
    source: str, audience: Audience = "staff", language: ReaderLanguage = "the document's own"
) -> Drafts:
    """Draft one paper or exchange, named by its path or web address, for an audience.

    Raises ``PasserelleError`` with the reason where it can't be drafted.
    """
    chosen = None if language == "the document's own" else language
    drafts = draft_one.submit(source, audience, chosen).result()
    for refusal in drafts["refused"]:
        raise PasserelleError(f"{refusal['source']}: {refusal['reason']}")
    return drafts


def _night_name() -> str:
    started = flow_run.scheduled_start_time.astimezone(ZoneInfo(settings().timezone))
    return f"Night of {started:%Y-%m-%d}"


@flow(name="Nightly briefs", flow_run_name=_night_name, **_FLOW)
def nightly() -> Night:
    """Take in what is new in the inbox, and draft whatever has no brief of this edition yet."""
    arrived = _ingest_batches(look_into_inbox.submit().result())
    store = _store()
    futures = [draft_batch.submit(ids) for ids in _batches(night.undrafted(store))]
    wait(futures)
    drafts = [future.result() for future in futures if future.state.is_completed()]
    work = Night(**night.joined(drafts), arrived=arrived, left_alone=night.left_alone(store))
    if not night.is_quiet(work):
        sum_up.submit(work).result()
    for future in futures:
        future.result()  # where a batch has failed, so has the night, but the rest is done and told
    return work


# By hand


def main() -> int:
    """Do the nightly work once, and say in a few lines what was done; the exit status."""
    try:
        store, places = _store(), night.inbox_sources()
        if not night.new_sources(places, store) and not night.undrafted(store):
            print(night.nothing_to_do(places))
            return 0
        work = nightly()
    except Exception as error:  # of our own or Prefect's: one line here, all in the log
        print(f"passerelle: {batch.explained(error, 'flows.py')}", file=sys.stderr)
        return 1
    print("\n".join(night.told(work)))
    return 1 if night.refused(work) else 0
