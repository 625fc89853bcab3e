"""One warm process that takes up answered reviews at once, and lets the pages follow the store.

A process worker begins a new process for each answer, which loads the models before it can check a
word: half a minute on a busy machine. This process has them loaded. Twice a second it looks for
review runs that somebody has resumed, and runs each here, through Prefect's engine, as a process of
its own would; several at once, so that a draft that is being made anew holds up no other answer.
In the same breath it looks for new decisions in the store, whoever made them: the runs of their
drafts are closed, and a new draft gets its run.

Review runs stand in a work queue of their own, which ``passerelle serve`` gives to this process. A
server that knows only Prefect's own workers does without it: they take that queue too.

In: a Prefect server, and the store. Out: runs that have gone on. What an answer does is
``flows``' and ``decisions``' business, how runs are closed ``review_runs``'.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from passerelle.prefect_environment import (
    POOL,
    REVIEW_QUEUE,
    set_prefect_defaults,
    worker_name,
)
from passerelle.settings import settings

if "prefect" not in sys.modules:
    set_prefect_defaults(os.environ, settings().home)

# Only now: Prefect reads its settings from the environment as it is imported.
from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound, PrefectSignal
from prefect.flow_engine import run_flow
from prefect.flows import load_flow_from_entrypoint
from prefect.states import Pending

from corpus.store import ReviewEntry, Store, open_store, reviews_since
from passerelle import batches, decisions, forgotten_pages, review_runs

#: Seconds between two looks at the server and the store.
LOOK_SECONDS = 0.5
#: Most runs at once: those beyond the first wait for drafts that are being made anew.
AT_ONCE = 4
#: Seconds after which the server is told that this queue is looked after.
TOLD_SECONDS = 10.0
#: How long a new draft is waited for after its brief was sent back elsewhere.
LONGEST_REDRAFT = timedelta(hours=1)

_log = logging.getLogger("passerelle")


def main() -> None:
    """Take up reviews until ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is our parent's business
    store = open_store(settings().database_url)
    seen = _last(
        reviews_since(store, 0)
    )  # before the models: what is decided meanwhile is followed
    with suppress(Exception):  # what is missing is told by whoever needs it
        decisions.make_ready()
    with get_client(sync_client=True) as client, ThreadPoolExecutor(AT_ONCE) as threads:
        worker = Reviews(client, store, threads, seen)
        while True:
            try:
                worker.look()
            except Exception as error:  # a server that is busy, a store that is locked: look again
                _log.warning("%s", batches.explained(error, "review worker"))
                time.sleep(5 * LOOK_SECONDS)
            time.sleep(LOOK_SECONDS)


def _last(made: list[ReviewEntry]) -> int:
    return made[-1].number if made else 0


class Reviews:
    """What is under way in this process."""

    def __init__(
        self, client: SyncPrefectClient, store: Store, threads: ThreadPoolExecutor, seen: int
    ) -> None:
        """``seen`` is the number of the last decision that the pages know of."""
        self.client, self.store, self.threads, self.seen = client, store, threads, seen
        self.deployment: UUID | None = None
        self.flow: Flow[..., Any] | None = None
        self.taken: dict[UUID, Future[None]] = {}
        self.sent_back: dict[str, ReviewEntry] = {}
        self.told_at = 0.0

    def look(self) -> None:
        """Take up what was answered, and bring the pages in line with what was decided."""
        self._tell_server()
        self.taken = {id: future for id, future in self.taken.items() if not future.done()}
        for run in self._answered():
            if run.id not in self.taken:
                with_settings = copy_context()  # Prefect's own, in force in this thread
                self.taken[run.id] = self.threads.submit(with_settings.run, self._go_on, run.id)
        self.follow()
        forgotten_pages.clear_what_was_left(self.store, self.client)

    def _tell_server(self) -> None:
        """Let the server show that somebody looks after the queue; find the deployment."""
        if time.monotonic() < self.told_at + TOLD_SECONDS and self.deployment:
            return
        self.told_at = time.monotonic()
        self.client.get_scheduled_flow_runs_for_work_pool(POOL, [REVIEW_QUEUE])
        with suppress(ObjectNotFound):
            found = self.client.read_deployment_by_name(review_runs.DEPLOYMENT)
            self.deployment = found.id
            if self.flow is None and found.entrypoint:
                self.flow = load_flow_from_entrypoint(found.entrypoint)

    def _answered(self) -> list[FlowRun]:
        """The runs that may go on: not through the pool, whose places a night may have taken."""
        if self.deployment is None:
            return []
        found = self.client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
            ),
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[self.deployment])),
        )
        now = datetime.now(UTC)
        return [run for run in found if (run.next_scheduled_start_time or now) <= now]

    def _go_on(self, id: UUID) -> None:
        """Run a review from its beginning, as a process of its own would.

        The run remembers who has it: where this process is killed, the next start finds it lost.
        """
        with get_client(sync_client=True) as client:
            client.update_flow_run_labels(id, {"prefect.worker.name": worker_name()})
            client.update_flow_run(id, infrastructure_pid=str(os.getpid()))
            pending: State[Any] = Pending()
            taken = client.set_flow_run_state(id, pending)
            if taken.status.value != "ACCEPT" or self.flow is None:
                return
            run = client.read_flow_run(id)
        try:
            run_flow(self.flow, flow_run=run)
        except (Exception, PrefectSignal) as end:  # it asks again, or its state says how it ended
            _log.info("%s: %s", run.name, end)

    def follow(self) -> None:
        """Close the runs of drafts that somebody has decided on, and put up their new drafts."""
        made = reviews_since(self.store, self.seen)
        waits = self._redrafted()
        if not made and not waits:
            return
        review_runs.follow(self.store, {review.brief_id for review in made} | waits)
        for review in made:
            self.sent_back.pop(review.brief_id, None)
            if review.decision == "revise":
                self.sent_back[review.brief_id] = review
        for brief in waits:
            self.sent_back.pop(brief, None)
        self.seen = max([self.seen, *(review.number for review in made)])

    def _redrafted(self) -> set[str]:
        """The briefs that were sent back, and have their new draft by now."""
        oldest = datetime.now(UTC) - LONGEST_REDRAFT
        for brief, review in list(self.sent_back.items()):
            if datetime.fromisoformat(review.at) < oldest:
                del self.sent_back[brief]
        return {
            brief
            for brief, review in self.sent_back.items()
            if decisions.find_draft(self.store, brief).sha256 != review.brief_sha256
        }


if __name__ == "__main__":
    main()
