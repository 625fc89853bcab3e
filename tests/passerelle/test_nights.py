"""Nights and reviews through real servers, workers and crashes: nothing is lost, nothing twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from drafts import a_draft
from served import Served, processes_of, serving
from servers import wait_until

from corpus.store import (
    Store,
    approved_brief,
    briefs_waiting,
    documents,
    find_brief,
    open_store,
    outcomes,
)
from passerelle.settings import settings

pytestmark = pytest.mark.served

WAITING = 20
#: Every minute, and never while a test lasts.
MINUTELY, YEARLY = "* * * * *", "0 4 1 1 *"
PAPER = """# Shade on Street {number}

## Results

Streets with more trees were {number} degrees cooler in the afternoon than streets without them.
"""


@pytest.fixture
def store(home: Path) -> Store:
    home.mkdir()
    return open_store(settings().database_url)


@contextmanager
def prefect(served: Served) -> Iterator[Any]:
    """A client of its server."""
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with (
        temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{served.port}/api"}),
        get_client(sync_client=True) as client,
    ):
        yield client


def runs(client: Any, flow: str) -> list[Any]:
    from prefect.client.schemas.filters import FlowFilter, FlowFilterName

    of_flow = FlowFilter(name=FlowFilterName(any_=[flow]))
    return list(client.read_flow_runs(flow_filter=of_flow, limit=200))


def nights(client: Any) -> list[Any]:
    return runs(client, "Nightly briefs")


def reviews(client: Any) -> list[Any]:
    return runs(client, "Review a brief")


def start_a_night(client: Any, at: datetime | None = None) -> Any:
    from prefect.states import Scheduled

    deployment = client.read_deployment_by_name("Nightly briefs/nightly")
    state: Any = Scheduled(scheduled_time=at or datetime.now(UTC))
    return client.create_flow_run_from_deployment(deployment.id, state=state).id


def has(client: Any, run: Any, *names: str) -> Callable[[], bool]:
    """Whether a run is in one of these states."""
    return lambda: client.read_flow_run(run).state_name in names


def kill(served: Served, words: str) -> None:
    """End the processes of this house whose command has these words, as a failing machine would."""
    for pid, command in processes_of(served.home).items():
        if words in command:
            os.kill(pid, signal.SIGKILL)


def put_in(inbox: Path, count: int) -> None:
    inbox.mkdir(parents=True, exist_ok=True)
    for number in range(2, count + 2):
        (inbox / f"street-{number}.md").write_text(PAPER.format(number=number))


def test_twenty_reviews_outlive_their_server_and_the_scheduled_nights_run(
    home: Path, store: Store
) -> None:
    for number in range(WAITING):
        a_draft(store, f"Shade on Street {number}")
    put_in(home / "inbox", 1)
    with serving(home, PASSERELLE_SCHEDULE=MINUTELY) as served, prefect(served) as client:
        before = {run.id: run.state_name for run in reviews(client)}
        assert list(before.values()) == ["Suspended"] * WAITING
        scheduled = [run for run in nights(client) if run.auto_scheduled]
        assert scheduled
        kill(served, "passerelle.guard:app")
        assert served.process.wait(60) == 1

    with serving(home, PASSERELLE_SCHEDULE=MINUTELY) as served, prefect(served) as client:
        assert {run.id: run.state_name for run in reviews(client)}.items() >= before.items()
        chosen, *_ = (run for run in reviews(client) if run.id in before)
        brief = chosen.parameters["brief"]
        client.resume_flow_run(chosen.id, run_input=approval(find_brief(store, brief)))
        wait_until(has(client, chosen.id, "Completed"), "the review", 300)
        assert approved_brief(store, brief) is not None

        def has_run() -> bool:
            done = [run for run in nights(client) if run.state_name == "Completed"]
            return any(run.auto_scheduled for run in done)

        wait_until(has_run, "a scheduled night", 420)
    assert {outcome.state for outcome in outcomes(store)} == {"added"}
    assert len(briefs_waiting(store)) == WAITING  # one approved, one drafted by the night


def approval(entry: Any) -> dict[str, str]:
    """A form sent in as it is found, but for the decision and the name."""
    from pipelines.brief import from_json
    from pipelines.review.edited import section_texts

    areas = section_texts(from_json(entry.json))
    return {
        "decision": "approve · approuver",
        "reviewer": "A. Tester",
        "comment": "",
        "publish_in": "English only · anglais seulement",
        **{f"{name}_{code}": text for name, area in areas.items() for code, text in area.items()},
    }


def test_a_night_whose_worker_is_killed_is_finished_by_the_next_one(
    home: Path, store: Store
) -> None:
    count = 12
    put_in(home / "inbox", count)
    with serving(home, PASSERELLE_SCHEDULE=YEARLY) as served, prefect(served) as client:
        killed = start_a_night(client)
        wait_until(lambda: len(briefs_waiting(store)) > 0, "the first draft", 300)
        kill(served, "prefect")  # the worker, and the night's own process
        assert served.process.wait(60) == 1
    assert 0 < len(briefs_waiting(store)) < count  # in the middle

    with serving(home, PASSERELLE_SCHEDULE=YEARLY) as served, prefect(served) as client:
        state = client.read_flow_run(killed).state
        assert state.name == "Crashed"
        assert state.message.startswith("Its process is gone. What was done is kept")
        next_night = start_a_night(client)
        wait_until(has(client, next_night, "Completed"), "the next night", 420)
        assert len(documents(store)) == len(briefs_waiting(store)) == count
        waiting = [run for run in reviews(client) if run.state_name == "Suspended"]
        assert len({run.parameters["brief"] for run in waiting}) == len(waiting) == count


def test_a_missed_night_is_caught_up_and_two_at_once_do_the_work_once(
    home: Path, store: Store
) -> None:
    count = 6
    put_in(home / "inbox", count)
    with serving(home, PASSERELLE_SCHEDULE=YEARLY) as served, prefect(served) as client:
        soon = datetime.now(UTC) + timedelta(seconds=15)
        both = [start_a_night(client, soon) for _ in range(2)]
        served.process.send_signal(signal.SIGTERM)  # the machine is off when their time comes
        assert served.process.wait(60) == 0
    wait_until(lambda: datetime.now(UTC) > soon, "the time of the night", 20)
    assert documents(store) == []

    with serving(home, PASSERELLE_SCHEDULE=YEARLY) as served, prefect(served) as client:
        for run in both:
            wait_until(has(client, run, "Completed"), "a missed night", 240)
        results = [client.read_flow_run(run) for run in both]
        first, second = sorted(results, key=lambda run: run.start_time)
        assert second.start_time >= first.end_time  # one at a time
        assert len(briefs_waiting(store)) == count
        assert len(outcomes(store)) == count
        assert len(reviews(client)) == count
