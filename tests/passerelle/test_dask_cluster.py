"""What a night on a Dask cluster promises: one house, and each brief once whoever dies."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from distributed import Client
from servers import free_port, running, wait_until

from corpus.errors import PasserelleError
from corpus.settings_base import read_again
from corpus.store import briefs_waiting, open_store
from passerelle import batches, dask_cluster
from passerelle.settings import SettingsError, settings

ROOT = Path(__file__).resolve().parents[2]
HELPERS = ROOT / "tests" / "helpers"
#: Seconds for workers to start, and a busy machine to get on.
PATIENCE = 180
ELSEWHERE = "dask://10.0.0.4:8786"
POSTGRESQL = "postgresql+psycopg://analyst:s3cret@10.0.0.5/passerelle"
PAPER = """# Shade on Main Street {number}

## Results

Streets with more trees were cooler in the afternoon than streets without them.
"""

pytestmark = [pytest.mark.usefixtures("flows"), pytest.mark.served]


@pytest.fixture
def inbox(home: Path) -> Path:
    folder = home / "inbox"
    folder.mkdir(parents=True)
    for number in range(4):
        (folder / f"shade-{number}.md").write_text(PAPER.format(number=number))
    return folder


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a Dask scheduler that nobody works for yet."""
    port = str(free_port())
    command = [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", port]
    with running([*command, "--no-dashboard"], tmp_path / "scheduler.log"):
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def worker(scheduler: str, folder: Path, **environment: str) -> Iterator[Any]:
    """A worker process, as an operator would start it, with a stand-in for the steps."""
    command = [sys.executable, "-m", "dask", "worker", scheduler, "--nthreads", "1", "--no-nanny"]
    command += ["--no-dashboard", "--local-directory", str(folder)]
    command += ["--preload", str(HELPERS / "standin_drafts.py")]
    path = os.pathsep.join((str(ROOT), str(HELPERS)))
    theirs = os.environ | {"PYTHONPATH": path, "STANDIN_FOLDER": str(folder)} | environment
    at_once = signal.SIGKILL  # to end in good order takes a worker many seconds
    with running(command, folder / "worker.log", at_once, env=theirs) as process:
        yield process


# Settings


@pytest.mark.sqlite
def test_a_store_in_a_file_is_no_store_for_other_machines(home: Path) -> None:
    with pytest.raises(SettingsError, match=r"^PASSERELLE_TASK_RUNNER=dask.* SQLite.*PostgreSQL"):
        dask_cluster.runner(ELSEWHERE)
    for here in ("127.0.0.1:8786", "localhost:8786", "[::1]:8786"):
        assert dask_cluster.runner(f"dask://{here}").address == f"tcp://{here}"


def test_other_machines_must_reach_prefects_server(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    monkeypatch.setenv("PASSERELLE_DATABASE_URL", POSTGRESQL)
    read_again()
    for url in (None, "http://127.0.0.1:4200/api"):
        with (
            temporary_settings({PREFECT_API_URL: url}),
            pytest.raises(SettingsError, match="set PREFECT_API_URL"),
        ):
            dask_cluster.runner(ELSEWHERE)
    with temporary_settings({PREFECT_API_URL: "http://10.0.0.4:4200/api"}):
        assert dask_cluster.runner(ELSEWHERE).address == "tcp://10.0.0.4:8786"


@pytest.mark.parametrize(
    ("cores", "memory", "count"), [(2, 24, 2), (64, 24, 8), (8, 2, 1), (1, 64, 1)]
)
def test_a_core_has_a_process_where_memory_allows(cores: int, memory: int, count: int) -> None:
    asked = dask_cluster.on_this_machine(cores, memory * 2**30)
    assert (asked["n_workers"], asked["threads_per_worker"]) == (count, 1)
    assert asked["memory_limit"] * count <= memory * 2**30


# One house


def test_a_house_has_no_secrets(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", POSTGRESQL)
    read_again()
    assert "s3cret" not in str(dask_cluster.house())


def test_a_folder_of_the_same_name_on_another_machine_is_another_folder(
    inbox: Path, home: Path, tmp_path: Path
) -> None:
    dask_cluster.mark(inbox)
    expected = dask_cluster.house()
    assert dask_cluster.unlike(expected) == ""
    inbox.rename(tmp_path / "theirs")
    inbox.mkdir()
    assert dask_cluster.unlike(expected).startswith(
        f"PASSERELLE_INBOX is {inbox} unmarked, not {inbox}"
    )
    dask_cluster.mark(inbox)
    assert dask_cluster.unlike(expected) != ""


def test_a_mark_is_made_once(inbox: Path) -> None:
    dask_cluster.mark(inbox)
    first = (inbox / dask_cluster.MARK).read_text()
    dask_cluster.mark(inbox)
    assert (inbox / dask_cluster.MARK).read_text() == first


def test_a_scheduler_that_does_not_answer_is_one_line(home: Path) -> None:
    client = {"timeout": 1}
    runner = dask_cluster.Runner(address=f"tcp://127.0.0.1:{free_port()}", client_kwargs=client)
    with runner, pytest.raises(PasserelleError, match="no Dask scheduler answers; check"):
        _ = runner.client


def test_a_worker_of_another_house_gets_no_work(
    scheduler: str, inbox: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = str(tmp_path / "outbox")
    with (
        Client(scheduler) as client,  # type: ignore[no-untyped-call]
        worker(scheduler, tmp_path),
    ):
        with monkeypatch.context() as patch:
            patch.setenv("PASSERELLE_OUTBOX", theirs)
            read_again()
            with pytest.raises(PasserelleError, match=rf"OUTBOX is .* not {theirs}.*checkout"):
                dask_cluster.admit_workers(client)
        read_again()
        dask_cluster.admit_workers(client)
        with worker(scheduler, tmp_path, PASSERELLE_OUTBOX=theirs) as late:
            wait_until(lambda: late.poll() is not None, "the late worker's leave", PATIENCE)
        assert len(client.scheduler_info()["workers"]) == 1


# A night


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_batch_whose_worker_is_killed_is_done_again_and_each_brief_is_there_once(
    flows: Any,
    prefect_server: str,
    scheduler: str,
    inbox: Path,
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flows, "DRAFTS_AT_ONCE", 2)

    def waiting() -> list[int]:
        return [int(path.name) for path in tmp_path.iterdir() if path.name.isdigit()]

    def kill_one() -> None:
        wait_until(lambda: len(waiting()) == 2, "two batches half done", PATIENCE)
        os.kill(waiting()[0], signal.SIGKILL)
        (tmp_path / "gate").touch()

    one, other = worker(scheduler, tmp_path), worker(scheduler, tmp_path)
    night_on_dask = flows.nightly.with_options(task_runner=dask_cluster.Runner(address=scheduler))
    with one, other, Client(scheduler) as client, ThreadPoolExecutor() as beside:  # type: ignore[no-untyped-call]
        client.wait_for_workers(2, timeout=PATIENCE)
        killer = beside.submit(kill_one)
        work = night_on_dask()
        killer.result()

    made = Counter(entry.brief_id for entry in briefs_waiting(open_store(settings().database_url)))
    assert len(made) == 4
    assert set(made.values()) == {1}
    assert {item["brief"] for item in work["drafted"]} == set(made)
    assert work["refused"] == []
    written = {path.name for path in (home / "outbox").iterdir()}
    assert written >= {f"{brief}.{form}" for brief in made for form in batches.FORMATS}
    wait_until(lambda: draft_states() == ["COMPLETED"] * 2, "both batches' end", PATIENCE)


def draft_states() -> list[str]:
    """What Prefect says of the last night's batches of drafts."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        FlowFilter,
        FlowFilterName,
        FlowRunFilter,
        FlowRunFilterId,
    )
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        nights = FlowFilter(name=FlowFilterName(any_=["Nightly briefs"]))  # its reviews start later
        [night] = client.read_flow_runs(
            flow_filter=nights, limit=1, sort=FlowRunSort.START_TIME_DESC
        )
        only = FlowRunFilter(id=FlowRunFilterId(any_=[night.id]))
        runs = client.read_task_runs(flow_run_filter=only)
        drafts = [run for run in runs if run.name.startswith("Draft a batch")]
        return [str(run.state_type.value) for run in drafts if run.state_type]
