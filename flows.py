"""The nightly work as Prefect flows: take in what is new, draft it, show the drafts as artifacts.

Thin: every line either wires or reports; the work is in ``batch`` and the truth in the store.
Each task carries one batch of documents by path or id, never text, and returns plain JSON. What a
run has done is read from the store and the outbox alone, so that a crash anywhere is made good by
the next run and a second run with nothing new does nothing.

``python flows.py`` does the nightly work once, without a server running. In: the settings' inbox.
Out: briefs in the store and the outbox; in Prefect a Markdown artifact for each and a digest.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, TypedDict
from zoneinfo import ZoneInfo

import batch
from corpus.document import Language, digest
from corpus.errors import PasserelleError
from corpus.sources import Source, find_sources, is_address
from corpus.store import (
    BriefEntry,
    DocumentEntry,
    Outcome,
    Store,
    documents,
    find_brief,
    find_brief_of,
    find_document_entry,
    last_written,
    open_store,
    outcomes,
    record_outcome,
)
from models import encoder
from pipelines.brief import Audience, from_json
from pipelines.render import render
from pipelines.render.layout import brief_title
from pipelines.render.markdown import escape
from settings import SettingsError, settings


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
    if __name__ == "__main__":  # a person at a terminal: our own few lines, none of Prefect's
        defaults["PREFECT_LOGGING_LEVEL"] = "CRITICAL"
    for name, value in defaults.items():
        environment.setdefault(name, value)


@contextmanager
def _one_line() -> Iterator[None]:
    """End the program in one line where a setting is wrong; leave it to whoever imports this."""
    try:
        yield
    except SettingsError as error:
        if __name__ != "__main__":
            raise
        sys.exit(f"passerelle: {error}")


if "prefect" not in sys.modules:
    with _one_line():
        set_prefect_defaults(os.environ, settings().home)

# Only now: Prefect reads its settings from the environment as it is imported.
from prefect import flow, task  # noqa: E402
from prefect.artifacts import Artifact, create_markdown_artifact  # noqa: E402
from prefect.cache_policies import INPUTS, RUN_ID  # noqa: E402
from prefect.futures import wait  # noqa: E402
from prefect.runtime import flow_run  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402

#: Documents in one task: a task costs Prefect about 10 ms and 20 kB, a document takes seconds.
BATCH_SIZE = 20

#: Whom the nightly briefs are for, each in its document's own language.
AUDIENCE: Audience = "staff"

#: Seconds before each new try of a batch, for a store that is locked or out of reach a moment.
RETRY_SECONDS = [2.0, 15.0]

#: Why a document is refused whose bytes can't be had again.
GONE = "no longer where it came from; draft it again with: passerelle draft FILE"

#: The reader's language, as a form offers it.
ReaderLanguage = Literal["the document's own", "en", "fr"]


class Arrival(TypedDict):
    """What became of one source."""

    source: str
    state: str
    """As ``corpus.store.State``."""
    reason: str


class Drafted(TypedDict):
    """One brief that was made and written."""

    brief: str
    """Its id."""
    title: str
    passed: bool
    """Whether every check passed."""


class Refusal(TypedDict):
    """A source that gave no brief."""

    source: str
    reason: str


class Drafts(TypedDict):
    """What became of one batch of documents to draft."""

    drafted: list[Drafted]
    refused: list[Refusal]
    kept_aside: list[str]
    """Briefs that a person had edited in the outbox, under their new names."""


class Night(Drafts):
    """Everything that one nightly run did."""

    arrived: list[Arrival]


# What there is to do: plain functions of the store, the inbox and the outbox


def inbox_sources() -> list[str]:
    """Paths of everything in the inbox, in order; the folder is made where it is missing."""
    inbox = settings().inbox
    try:
        inbox.mkdir(parents=True, exist_ok=True)
        os.listdir(inbox)
    except OSError as error:
        raise PasserelleError(
            f"{inbox}: the inbox can't be opened ({error.strerror}); check PASSERELLE_INBOX"
        ) from error
    found, failures = find_sources([str(inbox)])
    named = [source.label for source in found] + [failure.source for failure in failures]
    return [place for place in named if place != str(inbox)]  # "an empty folder" is no failure


def new_sources(places: Iterable[str], store: Store) -> list[str]:
    """Those sources whose bytes, in this place, nothing has become of yet.

    What an earlier edition of the program couldn't read is new again.
    """
    settled = {
        (outcome.location, outcome.sha256)
        for outcome in outcomes(store)
        if outcome.state != "quarantined" or outcome.edition == batch.edition()
    }
    return [place for place in places if _identity(place) not in settled]


def _identity(place: str) -> tuple[str, str | None]:
    """Location and SHA-256 of a source, as its outcome records them."""
    found, _ = find_sources([place])
    for source in found:
        return source.location, _sha256(source)
    return _location(place), None


def _location(place: str) -> str:
    return place if is_address(place) else os.path.abspath(os.path.expanduser(place))


def _sha256(source: Source) -> str | None:
    try:
        return digest(source.read())
    except PasserelleError:
        return None  # its outcome will say why


def undrafted(store: Store) -> list[str]:
    """Ids of the documents whose brief of this edition isn't made, or isn't in the outbox yet.

    Without those in quarantine, and those that have an earlier brief but can't be read anew.
    """
    refused = {
        outcome.document_id
        for outcome in outcomes(store)
        if (outcome.state, outcome.edition) == ("quarantined", batch.edition())
    }
    return [
        entry.id
        for entry in documents(store)
        if entry.id not in refused and _needs_brief(entry, store)
    ]


def _needs_brief(entry: DocumentEntry, store: Store) -> bool:
    if _is_written(_brief_of(entry, store, batch.edition()), store):
        return False
    earlier = _brief_of(entry, store, entry.edition)
    return earlier is None or source_of(entry, store) is not None


def _brief_of(entry: DocumentEntry, store: Store, edition: str) -> BriefEntry | None:
    return find_brief_of(store, entry.id, AUDIENCE, entry.language, edition)


def _is_written(entry: BriefEntry | None, store: Store) -> bool:
    """Whether a brief was written to the outbox; a person may have taken it away since."""
    if entry is None:
        return False
    place = os.path.realpath(settings().outbox / f"{entry.brief_id}.json")
    last = last_written(store, place)
    return last is not None and (last.brief_sha256, last.edition) == (entry.sha256, entry.edition)


def source_of(document: DocumentEntry, store: Store) -> str | None:
    """Where the bytes of a document can be had again: a file that still holds them, or an address.

    None where there is no such place any more.
    """
    for outcome in reversed(outcomes(store, document.sha256)):
        if is_address(outcome.location):
            return outcome.location
        if _identity(outcome.location)[1] == document.sha256:
            return outcome.location
    return None


# The work of a batch: plain functions around ``batch``


def take_in(places: Sequence[str], store: Store) -> list[Arrival]:
    """Ingest a batch of sources, and record what named none."""
    found, failures = find_sources(places)
    labels = [*(source.label for source in found), *(failure.source for failure in failures)]
    became = [*batch.ingest(found, store), *batch.quarantine(failures, store)]
    return [
        Arrival(source=label, state=outcome.state, reason=outcome.reason)
        for label, outcome in zip(labels, became, strict=True)
    ]


def draft_documents(ids: Sequence[str], store: Store) -> Drafts:
    """Draft a batch of the store's documents into the outbox.

    A document that can't be drafted is put in quarantine with the reason, for this edition of the
    program, so that it isn't tried, and told, again every night.
    """
    encoder.load()  # a missing model is no fault of the documents: stop here, refuse none of them
    wanted = [entry for id in ids if (entry := find_document_entry(store, id))]
    places = {entry.id: source_of(entry, store) or "" for entry in wanted}
    drafts = draft_sources([place for place in places.values() if place], AUDIENCE, None, store)
    reasons = {refusal["source"]: refusal["reason"] for refusal in drafts["refused"]}
    for entry in wanted:
        place = places[entry.id]
        if _brief_of(entry, store, batch.edition()) is None:
            _refuse(entry, reasons.get(place, GONE), store)
            if place not in reasons:
                drafts["refused"].append(Refusal(source=place or entry.source, reason=GONE))
    return drafts


def _refuse(entry: DocumentEntry, reason: str, store: Store) -> None:
    """Put a document itself in quarantine; its file, under its own location, may be had again."""
    why = f"{entry.source}: {reason}"
    record_outcome(
        store, Outcome(entry.id, "quarantined", why, entry.sha256, entry.id, batch.edition())
    )


def draft_sources(
    places: Sequence[str], audience: Audience, language: Language | None, store: Store
) -> Drafts:
    """Draft sources into the outbox, and tell what became of each."""
    found, failures = find_sources(places)
    result = batch.draft(found, store, audience=audience, language=language, out=settings().outbox)
    return Drafts(
        drafted=[
            Drafted(brief=brief.id, title=brief_title(brief), passed=brief.passed)
            for brief in result.briefs
        ],
        refused=[
            Refusal(source=failure.source, reason=failure.reason)
            for failure in (*failures, *result.failures)
        ],
        kept_aside=[str(path) for path in result.moved],
    )


def joined(parts: Sequence[Drafts]) -> Drafts:
    """The drafts of several batches as one."""
    return Drafts(
        drafted=[item for part in parts for item in part["drafted"]],
        refused=[item for part in parts for item in part["refused"]],
        kept_aside=[item for part in parts for item in part["kept_aside"]],
    )


# What is shown


def artifact_key(brief_id: str) -> str:
    """The key of a brief's artifact: lower-case letters, digits and dashes, as Prefect asks."""
    return "brief-" + re.sub(r"[^a-z0-9]+", "-", brief_id.lower()).strip("-")


def publish(drafted: Iterable[Drafted], store: Store) -> None:
    """Show each brief beside its evidence, unless it is shown already."""
    for item in drafted:
        entry = find_brief(store, item["brief"], batch.edition())
        if entry is not None:
            text = render(from_json(entry.json, entry.brief_id), "md")
            _show(artifact_key(entry.brief_id), text, escape(item["title"]))


def _show(key: str, markdown: str, description: str) -> None:
    shown: Any = Artifact.get(key)  # a batch that is tried again must not show its briefs twice
    if shown is None or shown.data != markdown:
        create_markdown_artifact(markdown, key=key, description=description)


def in_state(night: Night, *states: str) -> list[Arrival]:
    """The sources that ended in one of these states."""
    return [arrival for arrival in night["arrived"] if arrival["state"] in states]


def refused(night: Night) -> list[Refusal]:
    """Everything that gave no brief, and why."""
    unread = in_state(night, "quarantined")
    return [
        *(Refusal(source=arrival["source"], reason=arrival["reason"]) for arrival in unread),
        *night["refused"],
    ]


def counts(night: Night) -> dict[str, int]:
    """The night in five numbers."""
    return {
        "Came in": len(night["arrived"]),
        "New or updated": len(in_state(night, "added", "updated")),
        "Duplicates": len(in_state(night, "duplicate")),
        "Drafted": len(night["drafted"]),
        "Refused": len(refused(night)),
    }


def digest_of(night: Night) -> str:
    """The night as Markdown, for the analyst's morning; text from documents does nothing in it."""
    lines = ["# The night's work", "", "| | |", "| :--- | ---: |"]
    lines += [f"| {name} | {count} |" for name, count in counts(night).items()]
    if night["drafted"]:
        lines += ["", "## Drafted", "", "| Title | Checks | Brief |", "| :--- | :--- | :--- |"]
        lines += [
            f"| {escape(item['title'])} | {'✓' if item['passed'] else '✗'} | {item['brief']} |"
            for item in night["drafted"]
        ]
    if why := refused(night):
        lines += ["", "## Refused", "", "| Source | Why |", "| :--- | :--- |"]
        lines += [f"| {escape(item['source'])} | {escape(item['reason'])} |" for item in why]
    if night["kept_aside"]:
        lines += ["", "## Edited briefs, kept aside under a new name", "", "| File |", "| :--- |"]
        lines += [f"| {escape(path)} |" for path in night["kept_aside"]]
    return "\n".join(lines) + "\n"


# Prefect


def task_runner(name: str) -> TaskRunner[Any]:
    """What runs the batches, by ``Settings.task_runner``.

    ``threads`` is one thread beside the flow's: the models and textstat promise nothing about
    being used by two at once, and drafting keeps a processor busy anyway. With Dask each batch has
    a process to itself. Raises ``SettingsError`` where Dask isn't installed.
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
    return not isinstance(state.data, PasserelleError | SettingsError)


_AS_JSON: dict[str, Any] = {"persist_result": True, "result_serializer": "json"}
#: A run that is tried again passes over the batches it has done; another run asks the store.
_BATCH: dict[str, Any] = {
    **_AS_JSON,
    "cache_policy": INPUTS + RUN_ID,
    "retries": len(RETRY_SECONDS),
    "retry_delay_seconds": RETRY_SECONDS,
    "retry_condition_fn": is_transient,
}


with _one_line():
    _FLOW: dict[str, Any] = {**_AS_JSON, "task_runner": task_runner(settings().task_runner)}


def _store() -> Store:
    return open_store(settings().database_url)


@task(name="Look into the inbox", **_BATCH)
def look_into_inbox() -> list[str]:
    """Paths of what is new in the inbox."""
    return new_sources(inbox_sources(), _store())


@task(name="Ingest a batch", **_BATCH)
def ingest_batch(places: list[str]) -> list[Arrival]:
    """Take a batch of sources into the store."""
    return take_in(places, _store())


@task(name="Draft a batch", **_BATCH)
def draft_batch(ids: list[str]) -> Drafts:
    """Draft a batch of the store's documents, and show the briefs as artifacts."""
    store = _store()
    done = []
    for id in ids:  # each is shown as soon as it is made, so that a crash hides one at most
        done.append(draft_documents([id], store))
        publish(done[-1]["drafted"], store)
    return joined(done)


@task(name="Draft one source", **_BATCH)
def draft_one(source: str, audience: Audience, language: Language | None) -> Drafts:
    """Draft one source, and show its brief as an artifact."""
    store = _store()
    drafts = draft_sources([source], audience, language, store)
    publish(drafts["drafted"], store)
    return drafts


@task(name="Sum up the night", **_BATCH)
def sum_up(night: Night) -> dict[str, int]:
    """Show the night's digest as an artifact."""
    create_markdown_artifact(
        digest_of(night), key="night-digest", description="What came in, what was drafted"
    )
    return counts(night)


def _batches(items: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(items), BATCH_SIZE):
        yield list(items[start : start + BATCH_SIZE])


@flow(name="Ingest sources", flow_run_name="Sources into the store", **_FLOW)
def ingest(sources: list[str]) -> list[Arrival]:
    """Take files, folders and web addresses into the store, without drafting them yet."""
    found, failures = find_sources(sources)
    return _ingest_batches([item.label for item in found] + [item.source for item in failures])


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
    futures = [draft_batch.submit(ids) for ids in _batches(undrafted(_store()))]
    wait(futures)
    batches = [future.result() for future in futures if future.state.is_completed()]
    night = Night(**joined(batches), arrived=arrived)
    if any(night.values()):
        sum_up.submit(night).result()
    for future in futures:
        future.result()  # where a batch has failed, so has the night, but the rest is done and told
    return night


def _ingest_batches(places: Sequence[str]) -> list[Arrival]:
    futures = [ingest_batch.submit(some) for some in _batches([_location(p) for p in places])]
    return [arrival for future in futures for arrival in future.result()]


# By hand


def main() -> int:
    """Do the nightly work once, and say in a few lines what was done; the exit status."""
    try:
        store = _store()
        places = inbox_sources()
        if not new_sources(places, store) and not undrafted(store):
            print(nothing_to_do(places))
            return 0
        night = nightly()
    except (PasserelleError, SettingsError) as error:
        print(f"passerelle: {error}", file=sys.stderr)
        return 1
    except Exception as error:  # Prefect's or our own failing: one line here, all in the log
        print(f"passerelle: {batch.internal_error(error, 'flows.py')}", file=sys.stderr)
        return 1
    print("\n".join(told(night)))
    return 1 if refused(night) else 0


def nothing_to_do(places: Sequence[str]) -> str:
    """What to say of an inbox with nothing new in it."""
    inbox = settings().inbox
    if not places:
        return f"The inbox is empty. Put papers and transcripts into {inbox}."
    return f"Nothing new in the inbox ({inbox})."


def told(night: Night) -> Iterator[str]:
    """The night in a few plain lines."""
    yield ", ".join(f"{name.lower()} {count}" for name, count in counts(night).items())
    if night["drafted"]:
        yield f"briefs in {settings().outbox}:"
    yield from (f"  {item['brief']}" for item in night["drafted"])
    yield from (f"edited, kept aside as {path}" for path in night["kept_aside"])
    yield from (f"refused {item['source']}: {item['reason']}" for item in refused(night))


if __name__ == "__main__":
    import flows  # under its own name, so that Dask's processes find the tasks in it

    sys.exit(flows.main())
