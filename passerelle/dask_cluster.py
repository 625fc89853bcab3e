"""Batches on a Dask cluster: a process for each, on this machine or on several.

``runner(name)`` gives Prefect what runs the tasks of a flow, by ``Settings.task_runner``: ``dask``
starts a cluster on this machine for as long as the flow runs, ``dask://host:port`` joins one that
runs already. Each worker has one thread, and loads the models once.

All who work on one night must share a house: the store, the folders and the edition of the
program. A worker that doesn't is found before any work is given out, and one that comes later is
turned away, so that no brief ends in a store or a folder where nobody looks for it. What is done
twice, because a worker died in the middle of a batch, the store keeps once.

In: the settings. Out: a ``DaskTaskRunner``. Needs the extra ``dask``; the tasks are ``flows``'.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from dask.system import CPU_COUNT
from distributed import Client, Worker, WorkerPlugin
from distributed.system import MEMORY_LIMIT
from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings
from prefect_dask.client import PrefectDaskClient
from prefect_dask.task_runners import DaskTaskRunner

from corpus.errors import PasserelleError
from passerelle import batches
from passerelle.addresses import is_loopback
from passerelle.settings import SettingsError, settings

#: Bytes that a worker may need: the models take 1.2 GB, long documents the rest.
WORKER_MEMORY = 3 * 2**30

#: Seconds to wait for the first worker of a cluster that runs already.
PATIENCE = 60

#: Name of the file that tells a shared folder from another one at the same path.
MARK = ".passerelle"


def runner(name: str) -> DaskTaskRunner:
    """What runs a flow's tasks on Dask, by ``Settings.task_runner``.

    Raises ``SettingsError`` where other machines couldn't reach the store or Prefect's server.
    """
    if name == "dask":
        return Runner(cluster_kwargs=on_this_machine(CPU_COUNT, MEMORY_LIMIT))
    if not _is_here(name):
        _refuse_what_others_cannot_reach(name)
    return Runner(address=name.replace("dask://", "tcp://"))


def on_this_machine(cores: int, memory: int) -> dict[str, Any]:
    """A cluster of as many workers as there are cores, or fewer where memory is short."""
    workers = max(1, min(cores, memory // WORKER_MEMORY))
    return {
        "n_workers": workers,
        "threads_per_worker": 1,
        "processes": True,
        "memory_limit": memory // workers,
        "dashboard_address": "127.0.0.1:0",  # any port that is free
    }


def _refuse_what_others_cannot_reach(name: str) -> None:
    if sa.make_url(settings().database_url).get_backend_name() == "sqlite":
        raise SettingsError(
            f"PASSERELLE_TASK_RUNNER={name}: workers on other machines can't share a SQLite "
            "store; set PASSERELLE_DATABASE_URL to a PostgreSQL one, the same on every machine"
        )
    server = get_current_settings().api.url
    if server is None or _is_here(server):
        raise SettingsError(
            f"PASSERELLE_TASK_RUNNER={name}: workers on other machines can't reach Prefect's "
            "server; set PREFECT_API_URL to its address as they see it"
        )


def _is_here(address: str) -> bool:
    return is_loopback(urlsplit(address).hostname or "")


class Runner(DaskTaskRunner):
    """Gives batches to workers of the same house alone."""

    @property
    def client(self) -> PrefectDaskClient:
        """The connection to the cluster, made and looked over at the first batch."""
        if self._client is None:
            try:
                connected = super().client
                if self.address:
                    admit_workers(connected)
            except OSError as error:
                raise PasserelleError(
                    f"{self.address}: no Dask scheduler answers; check PASSERELLE_TASK_RUNNER"
                ) from error
        return super().client

    def submit(self, *arguments: Any, **named: Any) -> Any:
        """Give a batch to the cluster, with the address of the server that the flow reports to."""
        server = get_current_settings().api.url or SubprocessASGIServer().api_url
        with temporary_settings({PREFECT_API_URL: server}):  # or each worker would start its own
            return super().submit(*arguments, **named)


# One house


def house() -> dict[str, str]:
    """What all who work on one night must share, as it is here; no secrets."""
    folders = {"PASSERELLE_INBOX": settings().inbox, "PASSERELLE_OUTBOX": settings().outbox}
    return {
        "PASSERELLE_DATABASE_URL": repr(sa.make_url(settings().database_url)),  # no password
        "edition of the program": batches.edition(),
        **{name: f"{folder} {_mark_of(folder)}" for name, folder in folders.items()},
    }


def mark(folder: Path) -> None:
    """Leave a mark in a folder that the other machines must find in theirs."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARK).exists():
        (folder / MARK).write_text(f"marked {secrets.token_hex(4)}\n")


def _mark_of(folder: Path) -> str:
    try:
        return (folder / MARK).read_text().strip()
    except OSError:
        return "unmarked"


def unlike(expected: dict[str, str]) -> str:
    """How this process differs from the house it is asked to work for; empty if it doesn't."""
    here = house()
    return "; ".join(
        f"{name} is {here[name]}, not {value}"
        for name, value in expected.items()
        if here[name] != value
    )


class Doorkeeper(WorkerPlugin):
    """Turns away a worker that joins the cluster later and isn't of the house."""

    name = "passerelle"

    def __init__(self, expected: dict[str, str]) -> None:
        """Take the house as it is where the flow runs."""
        self.expected = expected

    def setup(self, worker: Worker) -> None:
        """Close the worker as soon as it has started, before it is given anything to do."""
        if differs := unlike(self.expected):
            worker.loop.add_callback(worker.close, reason=differs)


def admit_workers(client: Client) -> None:
    """Wait for a worker, and see that all are of this house, now and while the flow runs.

    Raises ``PasserelleError`` naming what a worker doesn't share, or that there is none.
    """
    mark(settings().inbox)
    mark(settings().outbox)
    expected = house()
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        found = client.run(unlike, expected)
    except TimeoutError as error:
        raise PasserelleError(
            f"no Dask worker has joined within {PATIENCE} s; start one with: dask worker"
        ) from error
    except ImportError as error:
        raise PasserelleError(
            f"a Dask worker lacks this program ({error}); install the same checkout there"
        ) from error
    for address, differs in found.items():
        if differs:
            raise PasserelleError(
                f"the Dask worker {address} works for another house ({differs}); give every "
                "machine the same checkout, settings and folders"
            )
    client.register_plugin(Doorkeeper(expected))
