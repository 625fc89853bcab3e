"""What several tests share: samples, public data, a home folder, databases, Prefect and its flows.

A test that asks for ``prefect_server`` runs twice: once with Prefect and the store on SQLite, once
with both on PostgreSQL. With ``PASSERELLE_TEST_DATABASE=postgresql`` every test that has a home or
a server runs on PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import servers

from corpus.settings_base import read_again

# Where a change is judged, the same examples each time; at a desk, new ones.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent

#: The only kind of database to run on; None for SQLite, and both where Prefect is.
ONLY_DATABASE = os.environ.get("PASSERELLE_TEST_DATABASE")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=lambda item: item.get_closest_marker("served") is None)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of bundled sample documents."""
    return ROOT / "corpus" / "samples"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of public data beside the checkout; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("PASSERELLE_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"public data not found at {folder}; set PASSERELLE_SHARED_DATA to its folder")
    return folder


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """A home folder of the test's own, in force as the settings' while it runs.

    The store is on PostgreSQL where Prefect is, unless the test is of SQLite's own file.
    """
    monkeypatch.setenv("PASSERELLE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PASSERELLE_SETTLE_SECONDS", "0")
    kind = ONLY_DATABASE
    if "database" in request.fixturenames:
        kind = request.getfixturevalue("database")
    if kind == "postgresql" and not request.node.get_closest_marker("sqlite"):
        new_database = request.getfixturevalue("new_postgresql_database")
        monkeypatch.setenv("PASSERELLE_DATABASE_URL", new_database())
    read_again()
    yield tmp_path / "home"
    read_again()


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, int], None]]:
    """Sets a limit as whoever runs the program does, while the test runs."""

    def set_limit(name: str, value: int) -> None:
        monkeypatch.setenv(f"PASSERELLE_{name.upper()}", str(value))
        read_again()

    yield set_limit
    monkeypatch.undo()
    read_again()


@pytest.fixture(autouse=True)
def _in_this_process(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Read and draft here, where stand-ins can be put in place, unless a test is ``sandboxed``."""
    from corpus import near_duplicates
    from passerelle import sandbox

    if request.node.get_closest_marker("sandboxed"):
        yield
        sandbox.close()
        return
    monkeypatch.setattr(sandbox, "read", sandbox.read_here)
    monkeypatch.setattr(sandbox, "draft", sandbox.draft_here)
    monkeypatch.setattr(sandbox, "make_ready", sandbox.load)
    monkeypatch.setattr(sandbox, "bands", near_duplicates.bands)
    yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; tests that need it skip without it, but not where everything is run."""
    import analyst  # heavy, and seldom needed

    found = analyst.browser()
    if found is None:
        reason = "Chromium isn't installed; on Debian: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


# Databases


@pytest.fixture(scope="session")
def new_postgresql_database() -> Iterator[Callable[[], str]]:
    """Makes a PostgreSQL database with nothing in it, and tells its address."""
    programs = servers.postgresql_programs()
    if programs is None:
        reason = "PostgreSQL's server isn't installed; on Debian: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with servers.postgresql(programs) as new_database:
        yield new_database


@pytest.fixture(
    scope="session", params=[ONLY_DATABASE] if ONLY_DATABASE else ["sqlite", "postgresql"]
)
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database that holds Prefect's records and ours."""
    kind: str = request.param
    return kind


# Prefect


@pytest.fixture(scope="session")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The module, imported with Prefect's home in a temporary folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PASSERELLE_HOME", str(tmp_path_factory.mktemp("flows")))
        for name, value in {
            "PREFECT_HOME": str(tmp_path_factory.mktemp("prefect")),
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "60",
        }.items():
            patch.setenv(name, value)  # so that what the module sets ends with the session
        read_again()
        import flows as module

        yield module
    read_again()


@pytest.fixture(scope="session")
def prefect_server(
    flows: Any,
    database: str,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[str]:
    """A server of Prefect's with nothing in it, in force while the tests on it run; its address."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker
    from prefect.settings import PREFECT_API_URL, temporary_settings

    home = tmp_path_factory.mktemp("server")
    address = f"sqlite+aiosqlite:///{home / 'prefect.db'}"
    if database == "postgresql":
        new_database = request.getfixturevalue("new_postgresql_database")
        address = new_database().replace("+psycopg", "+asyncpg")
    with (
        servers.prefect_server(home, address) as url,
        temporary_settings({PREFECT_API_URL: url}),
    ):
        yield url
        APILogWorker.drain_all()  # both remember the server that they first spoke to
        EventsWorker.drain_all()
