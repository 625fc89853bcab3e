"""The work as Prefect flows: the night, a brief on demand, a review, training the models again.

Thin: every line either wires or reports; the work is in ``nights``, ``decisions`` and ``batches``,
what an analyst sees in ``review_runs``, the truth in the store. Each task carries one batch of
documents by path or id, never text, and returns plain JSON.

``python -m flows`` does the nightly work once, without a server running. In: the settings' inbox.
Out: briefs in the store and the outbox, a waiting review run for each draft, the night's digest.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Literal, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from corpus import owner_only
from corpus.document import Language
from corpus.errors import PasserelleError
from corpus.sources import listed, within
from corpus.store import OperationalError, Store, open_store
from models.artefacts import Artefact
from models.training.again import to_train, train_again
from passerelle import batches, decisions, following, nights, translations
from passerelle.nights import Arrival, Drafts, Night, Noticed, Refusal
from passerelle.prefect_environment import set_prefect_defaults
from passerelle.settings import SettingsError, settings
from pipelines.brief import Audience

# Prefect's environment


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
        owner_only.make_folder(settings().home)

# Only now: Prefect reads its settings from the environment as it is imported.
from prefect import Flow, flow, task  # noqa: E402
from prefect.artifacts import (  # noqa: E402
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import INPUTS, RUN_ID, TASK_SOURCE  # noqa: E402
from prefect.client.schemas.objects import FlowRun, State  # noqa: E402
from prefect.futures import PrefectFuture, as_completed  # noqa: E402
from prefect.runtime import flow_run  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402

from passerelle import notifications, review_runs, translations_view  # noqa: E402

# How batches run

#: Documents in one task: a task costs Prefect about 10 ms and 20 kB, reading one a second or so.
BATCH_SIZE = 20

#: Documents in one task that drafts, which takes seconds for each: their drafts are put up for
#: review, and the progress is told, as the task is done.
DRAFTS_AT_ONCE = 5

#: Seconds before each new try of a batch, for a store that is locked or out of reach a moment.
RETRY_SECONDS = [2.0, 15.0]

#: The reader's language, as a form offers it.
ReaderLanguage = Literal["the document's own · celle du document", "en", "fr"]
OWN: ReaderLanguage = "the document's own · celle du document"


def task_runner(name: str) -> TaskRunner[Any]:
    """What runs the batches, by ``Settings.task_runner``.

    ``threads`` is one thread beside the flow's: the models promise nothing about being used by
    two at once. With Dask each batch has a process. Raises ``SettingsError`` without Dask.
    """
    if name == "threads":
        return ThreadPoolTaskRunner(max_workers=1)
    try:
        from passerelle.dask_cluster import runner
    except ImportError as error:
        raise SettingsError(
            f"PASSERELLE_TASK_RUNNER={name}: Dask isn't installed; install passerelle[dask], or "
            "use threads"
        ) from error
    return runner(name)


def is_transient(_task: Any, _run: Any, state: Any) -> bool:
    """Whether trying a batch again may help: not where the input or the settings are at fault."""
    out_of_reach = isinstance(getattr(state.data, "__cause__", None), OperationalError)
    return out_of_reach or not isinstance(state.data, PasserelleError | SettingsError)


def _batches(items: Sequence[str], size: int | None = None) -> Iterator[list[str]]:
    size = size or BATCH_SIZE
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def _store() -> Store:
    return open_store(settings().database_url)


_AS_JSON: dict[str, Any] = {"persist_result": True, "result_serializer": "json"}
#: A run that is tried again passes over the batches it has done; another run asks the store.
_BATCH: dict[str, Any] = {
    **_AS_JSON,
    "cache_policy": TASK_SOURCE + INPUTS + RUN_ID,
    "retries": len(RETRY_SECONDS),
    "retry_delay_seconds": RETRY_SECONDS,
    "retry_condition_fn": is_transient,
}
_FLOW: dict[str, Any] = {**_AS_JSON, "task_runner": task_runner(settings().task_runner)}

# Tasks


@task(name="Look into the inbox", **_BATCH)
def look_into_inbox() -> list[str]:
    """Paths of what is new in the inbox, and of what is to be tried again."""
    store = _store()
    places = [*nights.inbox_sources(), *nights.watched_sources(store)]
    return nights.settled(nights.new_sources(places, store))


@task(name="Ask the followed sources", **_BATCH)
def ask_followed() -> list[Arrival]:
    """Take in what is new at the feeds, repositories and pages that are followed."""
    return nights.follow_sources(_store())


@task(name="Ingest a batch", **_BATCH)
def ingest_batch(places: list[str]) -> list[Arrival]:
    """Take a batch of sources into the store."""
    return nights.take_in(places, _store())


@task(name="Draft a batch", **_BATCH)
def draft_batch(ids: list[str]) -> Drafts:
    """Draft a batch of the store's documents."""
    return nights.draft_documents(ids, _store())


@task(name="Draft sources", **_BATCH)
def draft_sources(places: list[str], audience: Audience, language: Language | None) -> Drafts:
    """Draft a batch of sources that somebody named."""
    return nights.draft_sources(places, audience, language, _store())


@task(name="Mark what notices came in about", **_BATCH)
def renew() -> list[Noticed]:
    """Write again, under a banner, what went out before a notice about its paper came in."""
    return nights.renew(_store())


@task(name="Put drafts up for review", **_BATCH)
def put_up(briefs: list[str]) -> int:
    """Make a waiting review run for each draft that nobody has decided on; how many are new."""
    store = _store()
    waiting = [entry for entry in decisions.waiting(store) if entry.brief_id in set(briefs)]
    return review_runs.put_up(waiting, store)


@task(name="Bring the review queue in line", **_BATCH)
def catch_up() -> int:
    """Make a waiting review run for each draft that has none; how many are new."""
    return review_runs.catch_up(_store())


@task(name="Sum up the night", **_BATCH)
def sum_up(work: Night, started: str) -> str:
    """Show the night's digest as an artifact, and write it beside the briefs; the file's path."""
    drafted = [decisions.find_draft(_store(), item["brief"]) for item in work["drafted"]]
    create_markdown_artifact(
        nights.digest_of(work, review_runs.pages_of(drafted)),
        key="night-digest",
        description=review_runs.way_to_queue(),
    )
    return str(nights.write_digest(work, started))


# Flows


FollowAction = Literal["list", "try", "add", "pause", "resume", "remove"]


@flow(name="Follow a source", flow_run_name="{action} {name}", **_AS_JSON)
def follow_source(
    name: str = "",
    action: FollowAction = "list",
    kind: Literal["feed", "oai", "openalex", "crossref", "address", "folder"] = "feed",
    place: str = "",
    query: str = "",
) -> list[str]:
    """List, try, add, pause or remove sources that the nights look into; the list is shown after.

    Args:
        name: What to call it: letters, digits, dots and dashes; none for the list. · Son nom :
            lettres, chiffres, points et traits d’union; rien pour la liste.
        action: What to do; "list" lists them all, "try" shows what one tells of, and adds nothing.
            · Que faire; « list » les énumère, « try » montre ce que l’une annonce, sans rien
            ajouter.
        kind: RSS or Atom feed, OAI-PMH repository, OpenAlex or Crossref query, one page, a folder.
            · Fil RSS ou Atom, dépôt OAI-PMH, requête OpenAlex ou Crossref, une page, un dossier.
        place: Its address; OpenAlex and Crossref need none. A folder must lie where forms may look.
            · Son adresse; inutile pour OpenAlex et Crossref. Un dossier doit être permis.
        query: For OpenAlex and Crossref a DOI or search=…; for OAI-PMH set=… · Pour OpenAlex et
            Crossref, un DOI ou search=…; pour OAI-PMH, set=…
    """
    if kind == "folder" and place:
        place = within(place, settings().roots)
    store = _store()
    lines = following.told(store, action, name, kind, place, query)
    review_runs.say_in_log(lines)
    create_markdown_artifact(following.as_markdown(store), key="followed-sources")
    return lines


@flow(name="Ingest sources", flow_run_name="Sources into the store", **_FLOW)
def ingest(sources: list[str]) -> list[Arrival]:
    """Take files, folders and web addresses into the store, without drafting them yet."""
    arrived = _ingest_batches([place for source in sources for place in listed(source)])
    if noticed := renew():
        review_runs.say_in_log([*nights.noticed_told(noticed)])
    return arrived


def _ingest_batches(places: Sequence[str]) -> list[Arrival]:
    futures = [ingest_batch.submit(some) for some in _batches(places)]
    return [arrival for future in futures for arrival in future.result()]


@flow(name="Draft a brief", flow_run_name="Draft of {source}", **_FLOW)
def draft_brief(
    source: str, audience: Audience = "staff", language: ReaderLanguage = OWN
) -> Drafts | State[Any]:
    """Draft a paper or exchange, or every one in a folder, and put the drafts up for review.

    The run fails, with the reason in one line, where none can be drafted, or where the form names
    a place outside the folders that it may.

    Args:
        source: A file or folder in the inbox, such as street-trees.xml, or a web address. · Un
            fichier ou un dossier de la boîte de dépôt, comme street-trees.xml, ou une adresse web.
        audience: Whom the brief is for: elected officials, staff, practitioners or the public. · À
            qui la synthèse s’adresse : élus, personnel, milieux de pratique ou public.
        language: The language that comes first in the brief. · La langue qui vient d’abord.
    """
    bar = _begin_progress("draft-progress", "looking")
    try:
        places = listed(within(source, settings().roots))
    except PasserelleError as error:
        return _fail([Refusal(source=source, reason=str(error))])
    chosen: Language | None = None if language == OWN else cast(Language, language)
    some = list(_batches(places, DRAFTS_AT_ONCE))
    futures = [draft_sources.submit(each, audience, chosen) for each in some]
    drafts = nights.joined(
        [_put_up_at_once(future) for future in _with_progress(futures, len(places), bar)]
    )
    if not drafts["drafted"]:
        return _fail([*drafts["refused"], *drafts["put_off"]])
    review_runs.say_in_log(review_runs.words_on(drafts["drafted"], drafts["refused"]))
    entries = [decisions.find_draft(_store(), item["brief"]) for item in drafts["drafted"]]
    create_markdown_artifact(
        nights.drafts_as_markdown(drafts, review_runs.pages_of(entries)),
        key="drafts",
        description=review_runs.way_to_queue(),
    )
    return drafts


def _put_up_at_once(future: PrefectFuture[Drafts]) -> Drafts:
    """What came of a batch, its drafts put up for review."""
    drafts = future.result()
    put_up([item["brief"] for item in drafts["drafted"]])
    return drafts


def _fail(refused: Sequence[Refusal]) -> State[Any]:
    """End a run that can't do what it was asked for, with the reason and no more."""
    review_runs.say_in_log(review_runs.words_on([], refused))
    reasons = [f"{item['source']}: {item['reason']}" for item in refused]
    return Failed(message=" · ".join(dict.fromkeys(reasons)))


def _review_name() -> str:
    """The name that the run was put up with; of one that was started by hand, the draft's."""
    name: str = flow_run.name
    if name.startswith("review-"):
        return name
    entry = decisions.find_draft(_store(), flow_run.parameters["brief"])
    return review_runs.run_name(entry)


@task(name="Look up the last decision", **_BATCH)
def last_decision(brief: str, edition: str) -> int:
    """Number of the last decision on a draft when its run began, however often it goes on."""
    store = _store()
    return decisions.last_known(decisions.find_draft(store, brief, edition), store)


@flow(name="Review a brief", flow_run_name=_review_name, **_AS_JSON)
def review_brief(brief: str, edition: str = "", after: int | None = None) -> State[Any]:
    """Wait for a person's decision on a draft, check their words, and do what they decided.

    Args:
        brief: The draft's name, as its files are called. · Le nom de l’ébauche, celui de ses
            fichiers.
        edition: Which edition of the draft; the newest unless given. · Quelle édition de
            l’ébauche; la plus récente par défaut.
        after: The last decision on it when the form was made; as now unless given. · La dernière
            décision quand le formulaire a été fait; celle d’à présent par défaut.
    """
    store = _store()
    entry = decisions.find_draft(store, brief, edition or None)
    review_runs.show_unless_shown(entry)
    known = last_decision(entry.brief_id, entry.edition) if after is None else after
    question = decisions.first_question(entry, store, known)
    for round in count(1):
        answer = review_runs.ask(entry, question, review_runs.pause_key(round))
        try:
            outcome = decisions.decide(entry, question, answer, store)
        except decisions.NotTakenError as second:
            return review_runs.refusal(second, answer.reviewer)
        if outcome.question is None:
            break
        question = outcome.question
        if not review_runs.has_asked(review_runs.pause_key(round + 1)):
            review_runs.say_in_log(review_runs.told(outcome))
    review_runs.say_in_log(review_runs.told(outcome))
    review_runs.close_with(outcome, store)
    return Completed(message=" · ".join(review_runs.told(outcome)))


@flow(name="Take back a brief", flow_run_name="Taking back {brief}", **_AS_JSON)
def unpublish_brief(brief: str, reviewer: str, comment: str = "") -> State[Any]:
    """Take back what was published of a brief: a notice that says so stands in its files' place.

    Args:
        brief: The brief's name, as its files are called. · Le nom de la synthèse, celui de ses
            fichiers.
        reviewer: Your name, which the notice tells. · Votre nom, que l’avis indique.
        comment: Why, which the notice tells. · La raison, que l’avis indique.
    """
    at = flow_run.scheduled_start_time.isoformat(timespec="milliseconds")  # the same at a retry
    try:
        outcome = decisions.unpublish(brief, reviewer, comment, at, _store())
    except decisions.NotTakenError as second:
        return review_runs.refusal(second, "")
    review_runs.say_in_log([*review_runs.told(outcome), *outcome.left])
    return Completed(message=" · ".join(review_runs.told(outcome)))


@flow(name="Import a translation", flow_run_name="Translation in {file}", **_AS_JSON)
def import_translation(file: str, brief: str = "", reviewer: str = "") -> list[str]:
    """Take in what a translator sent: matched with its brief, checked line by line, and kept.

    Raises ``PasserelleError`` with the reason where nothing of it can be taken in, or where the
    form names a place outside the folders that it may.

    Args:
        file: An XLIFF or TMX file or a folder of them in the inbox, such as brief.xlf.
        brief: The brief that it is of, where the translator's tool has dropped that.
        reviewer: Your name, if the brief is to be published in both languages once all is there.
    """
    store = _store()
    told, failures = translations.take_all([within(file, settings().roots)], store, brief)
    create_markdown_artifact(
        translations_view.page(told, failures), key="translation", description=file
    )
    lines = [*translations_view.told(told), *translations.write_reports(told, settings().outbox)]
    lines += [words for _, words in translations_view.open_lines(told)]
    for id in translations.ready(told) if reviewer else ():
        outcome, _ = translations.approve_in_both(id, reviewer, store)
        lines += review_runs.told(outcome)
    review_runs.say_in_log([*lines, *(reason for _, reason in failures)])
    if failures and not told:
        raise PasserelleError(failures[0][1])
    return lines


@task(name="Train one model again", **_AS_JSON)
def train(artefact: Artefact, data: str) -> str:
    """Run one training script on the data; its last words."""
    return train_again(artefact, Path(data))[-4000:]


@flow(name="Train the models again", flow_run_name="Training on {data}", **_AS_JSON)
def retrain(data: str, artefacts: list[Artefact] | None = None) -> dict[str, str]:
    """Make the models' weights again from labelled data, one after the other; see docs/models.md.

    Every document is drafted anew in the next night, but for those that a person has settled.

    Args:
        data: The folder of labelled data, inside the folders that forms may name. · Le dossier de
            données annotées, parmi ceux qu’un formulaire peut nommer.
        artefacts: What to train; everything unless given. · Quoi entraîner; tout par défaut.
    """
    folder = within(data, settings().roots)
    told: dict[str, str] = {name: train(name, folder) for name in to_train(artefacts or [])}
    lines = [f"## {name}\n\n```text\n{words}\n```" for name, words in told.items()]
    create_markdown_artifact("\n\n".join(lines), key="training", description="What was trained")
    return told


def _night_name() -> str:
    return f"Night of {_night_started():%Y-%m-%d}"


def _night_started() -> datetime:
    scheduled: datetime = flow_run.scheduled_start_time
    return scheduled.astimezone(ZoneInfo(settings().timezone))


def _tell_of_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Let whoever listens know that a night has failed (Prefect's hook)."""
    review_runs.tell("night.failed", flow_run.name, message=state.message or "")
    notifications.night_failed(flow_run.name, state.message or "")


@flow(
    name="Nightly briefs",
    flow_run_name=_night_name,
    on_failure=[_tell_of_failure],
    on_crashed=[_tell_of_failure],
    **_FLOW,
)
def nightly() -> Night:
    """Take in what is new in the inbox, and draft whatever has no brief of this edition yet."""
    clock, bar = nights.Clock(), _begin_progress("night-progress", "taking_in")
    asked: Any = ask_followed(return_state=True)  # what fails there must not cost the inbox
    arrived = [
        *(asked.result() if asked.is_completed() else []),
        *_ingest_batches(look_into_inbox()),
    ]
    clock.done("take in")
    store = _store()
    futures, drafts = _draft_all(nights.undrafted(store), bar)
    more, again = _draft_all(nights.undrafted(store, nights.LAST_PATIENCE), bar)  # after a while
    futures += more
    clock.done("draft")
    marked: Any = renew(return_state=True)
    queue: Any = catch_up(return_state=True)  # most drafts are up by now, batch by batch
    clock.done("put up for review")
    update_progress_artifact(bar, 100.0)
    done = nights.joined([*drafts, *again])
    work = Night(
        drafted=done["drafted"],
        refused=done["refused"],
        put_off=nights.put_off(store, arrived, done),
        kept_aside=done["kept_aside"],
        noticed=marked.result() if marked.is_completed() else [],
        arrived=arrived,
        left_alone=nights.left_alone(store),
        waiting=len(decisions.waiting(store)),
        seconds=clock.seconds,
    )
    if not nights.is_quiet(work):
        sum_up(work, f"{_night_started():%Y-%m-%d %H.%M}")
    if untold := notifications.after_a_night(work, store):
        review_runs.say_in_log(untold)
    for part in (*futures, marked, queue, asked):
        part.result()  # where a part has failed, so has the night, but the rest is done and told
    review_runs.tell("night.done", flow_run.name, **nights.counts(work))
    return work


def _draft_all(ids: Sequence[str], bar: UUID) -> tuple[list[PrefectFuture[Drafts]], list[Drafts]]:
    """Draft documents batch by batch, and put each batch's drafts up for review as it is done.

    Every batch's future, and what came of those that went well. Batches that failed leave their
    documents to be drafted again; what couldn't be put up comes at the night's end.
    """
    futures = [draft_batch.submit(some) for some in _batches(ids, DRAFTS_AT_ONCE)]
    made: list[Drafts] = []
    for future in _with_progress(futures, len(ids), bar):
        if _went_well(future):
            made.append(future.result())
            put_up([item["brief"] for item in made[-1]["drafted"]], return_state=True)
    return futures, made


def _went_well(future: PrefectFuture[Any]) -> bool:
    future.wait()  # or its state would be asked of the server, which learns of it a moment later
    return future.state.is_completed()


def _begin_progress(key: str, name: str) -> UUID:
    """Show at once that the run is at work; the artifact that tells how far it is."""
    made: Any = create_progress_artifact(0.0, key=key, description=review_runs.both("page", name))
    return cast(UUID, made)


def _with_progress(
    futures: Sequence[PrefectFuture[Drafts]], documents: int, bar: UUID
) -> Iterator[PrefectFuture[Drafts]]:
    """The batches as they are done, with how far the run is."""
    about = review_runs.both("page", "drafting").replace("{count}", str(documents))
    if futures:
        update_progress_artifact(bar, 0.0, description=about)
    for done, future in enumerate(as_completed(list(futures)), start=1):
        yield future
        update_progress_artifact(bar, 100 * done / len(futures))


# By hand


#: How often a night by hand tries to start Prefect's own server on a busy machine.
STARTS = 3


def _night_at_last() -> Night:
    """The night; where Prefect's server is too slow to start, it is tried again.

    Raises ``PasserelleError`` where it never starts.
    """
    for _ in range(STARTS):
        try:
            return nightly()
        except RuntimeError as error:
            if "ephemeral" not in str(error):
                raise
    raise PasserelleError(
        "Prefect's server does not start, the machine may be too busy; nothing is lost, run it "
        "again later"
    )


def main() -> int:
    """Do the nightly work once, and say in a few lines what was done; the exit status."""
    try:
        store, places = _store(), nights.inbox_sources()
        followed = [*nights.watched_sources(store), *following.active(store)]
        if not (followed or nights.new_sources(places, store) or nights.undrafted(store)):
            print(nights.nothing_to_do(places))
            return 0
        work = _night_at_last()
    except Exception as error:  # of our own or Prefect's: one line here, all in the log
        print(f"passerelle: {batches.explained(error, 'flows.py')}", file=sys.stderr)
        return 1
    print("\n".join(nights.told(work)))
    return 1 if nights.refused(work) or work["put_off"] else 0
