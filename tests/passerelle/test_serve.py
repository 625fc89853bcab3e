"""What ``passerelle serve`` promises, seen from outside: its words, its pages, its processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import servers
from served import Served, command, environment, processes_of, serving

from passerelle import doctor, guard, serve
from passerelle.prefect_environment import POOL
from passerelle.settings import Settings

pytestmark = pytest.mark.served

PASSWORD = "a long enough password"  # noqa: S105


def refusal(home: Path, *arguments: str, **more: str) -> str:
    """The one line of a ``serve`` that must not start."""
    done = subprocess.run(
        command(*arguments),
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a password, for all that only looks at it."""
    home = tmp_path_factory.mktemp("served") / "home"
    with serving(home, PASSERELLE_PASSWORD=PASSWORD, PASSERELLE_SCHEDULE="30 4 * * *") as found:
        yield found


# A running server


def test_it_tells_where_to_look(served: Served) -> None:
    pages = f"http://127.0.0.1:{served.port}/v2"
    assert f" {pages}\n" in served.said
    assert f" {pages}/runs?state=Suspended,Paused\n" in served.said
    assert f" {served.home / 'inbox'}\n" in served.said
    assert f" {served.home / 'outbox' / 'published'}\n" in served.said


def test_it_serves_every_deployment_with_its_description_in_both_languages(
    served: Served,
) -> None:
    with served.client(PASSWORD) as client:
        found = {row["name"]: row for row in client.post("/deployments/filter", json={}).json()}
    assert set(found) == {
        "nightly",
        "draft-brief",
        "follow-source",
        "import-translation",
        "review-brief",
        "unpublish-brief",
    }
    for row in found.values():
        assert "**English.**" in row["description"]
        assert "**Français.**" in row["description"]
        assert row["work_pool_name"] == POOL


def test_the_night_is_scheduled_as_the_settings_say_one_at_a_time(served: Served) -> None:
    with served.client(PASSWORD) as client:
        night = client.get("/deployments/name/Nightly briefs/nightly").json()
    [schedule] = night["schedules"]
    assert schedule["schedule"]["cron"] == "30 4 * * *"
    assert schedule["schedule"]["timezone"] == "America/Toronto"
    assert night["global_concurrency_limit"]["limit"] == 1
    assert night["concurrency_options"]["collision_strategy"] == "ENQUEUE"


def test_the_server_makes_the_scheduled_runs(served: Served) -> None:
    """A SQLAlchemy that Prefect doesn't fit leaves the server healthy, and the nights unmade."""
    wanted = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    with served.client(PASSWORD) as client:

        def scheduled() -> list[dict[str, Any]]:
            rows = client.post("/flow_runs/filter", json=wanted).json()
            return [row for row in rows if row["auto_scheduled"]]

        servers.wait_until(lambda: bool(scheduled()), "scheduled runs")
        assert all(
            "T08:30" in row["expected_start_time"] or "T09:30" in row["expected_start_time"]
            for row in scheduled()
        )


@pytest.mark.parametrize("password", [None, "another password"])
def test_nothing_is_told_without_the_password(served: Served, password: str | None) -> None:
    answer = httpx.get(
        f"http://127.0.0.1:{served.port}/api/admin/settings",
        auth=("", password) if password else None,
        trust_env=False,
        timeout=30,
    )
    assert answer.status_code == 401


def test_a_request_that_another_page_could_forge_is_refused(served: Served) -> None:
    with served.client(PASSWORD) as client:
        assert client.post("/flows/filter", json={}).status_code == 200
        foreign = {"Origin": "https://evil.example"}
        assert client.post("/flows/filter", json={}, headers=foreign).status_code == 403
        del client.headers["Prefect-Csrf-Token"]
        assert client.post("/flows/filter", json={}).status_code == 403


def test_the_password_is_on_no_command_line_and_in_no_file(served: Served) -> None:
    running = processes_of(served.home)
    assert len(running) >= 3  # ourselves, the server, the worker
    assert not any(PASSWORD in command for command in running.values())
    for path in served.home.rglob("*"):
        if path.is_file() and not path.name.endswith((".db-wal", ".db-shm")):
            assert PASSWORD.encode() not in path.read_bytes(), path
    assert PASSWORD not in served.said


def test_a_second_one_on_the_same_home_is_refused(served: Served) -> None:
    said = refusal(served.home, "--port", str(servers.free_port()))
    assert f"already served by process {served.process.pid}" in said
    assert served.process.poll() is None


def test_a_port_that_is_taken_is_refused_before_anything_is_started(
    served: Served, tmp_path: Path
) -> None:
    said = refusal(tmp_path / "home", "--port", str(served.port))
    assert f"port {served.port} of 127.0.0.1 is taken; " in said
    assert processes_of(tmp_path / "home") == {}


# From one night to the next


def test_a_night_that_was_only_taken_up_is_run_again_and_ctrl_c_leaves_nothing(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    with serving(home) as served:
        with served.client() as client:
            night = client.get("/deployments/name/Nightly briefs/nightly").json()
            taken = client.post(f"/deployments/{night['id']}/create_flow_run", json={}).json()

            def is_taken() -> bool:  # by the worker, a moment before its process is there
                found = client.get(f"/flow_runs/{taken['id']}").json()
                return "prefect.worker.name" in found["labels"]

            servers.wait_until(is_taken, "the night's start")
        served.process.kill()
        served.process.wait()
        left = set(processes_of(home)) - {served.process.pid}
        for pid in left:  # as where the machine loses its power
            os.kill(pid, signal.SIGKILL)
        servers.wait_until(lambda: not processes_of(home), "the end of all processes")

    with serving(home) as served:
        with served.client() as client:

            def is_done() -> bool:
                found = client.get(f"/flow_runs/{taken['id']}").json()["state"]
                return bool(found["type"] == "COMPLETED")

            servers.wait_until(is_done, "the night that was taken up before", 90)
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=30) == 0
        assert processes_of(home) == {}
        assert "kept" in served.said.splitlines()[-1]
        assert "Traceback" not in served.said


# What must not start


@pytest.mark.parametrize("password", ["", "short"])
def test_another_host_demands_a_password_of_some_length(tmp_path: Path, password: str) -> None:
    given = {"PASSERELLE_PASSWORD": password} if password else {}
    said = refusal(tmp_path / "home", "--host", "0.0.0.0", **given)  # noqa: S104
    assert "set PASSERELLE_PASSWORD to at least 12 characters" in said
    assert not password or password not in said


def test_a_host_that_isnt_this_machines_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path / "home", "--host", "192.0.2.7", PASSERELLE_PASSWORD=PASSWORD)
    assert "192.0.2.7:4200 can't be listened on" in said


def test_a_store_that_cant_be_opened_is_told_before_anything_is_started(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "file").write_text("No folder.")
    said = refusal(home, PASSERELLE_DATABASE_URL=f"sqlite:///{tmp_path}/file/such.db")
    assert "such.db" in said
    assert not (home / "logs").exists()


@pytest.mark.parametrize(("found", "fits"), [("2.0.58", True), ("2.1.0b1", False)])
def test_doctor_says_where_a_package_is_too_new_for_the_nights(
    monkeypatch: pytest.MonkeyPatch, found: str, fits: bool
) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: found if name == "sqlalchemy" else "0.1")
    told = {finding.name: finding for finding in doctor.examine()}["sqlalchemy for prefect"]
    assert told.ok is fits
    assert told.value.startswith(found)
    assert told.remedy == ("" if fits else "pip install 'sqlalchemy<2.1'")


# The guard


def asked(any_name: bool, host: str, **headers: str) -> httpx.Response:
    """The answer that a guarded application gives to a request with these headers."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"drafts"})

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(guard.guarded(application, any_name))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/", headers={"Host": host, **headers})

    return asyncio.run(ask())


@pytest.mark.parametrize("host", ["127.0.0.1:4200", "localhost:4200", "[::1]:4200"])
def test_this_machines_own_names_are_answered(host: str) -> None:
    assert asked(False, host).text == "drafts"
    assert asked(False, host, Origin=f"http://{host}").text == "drafts"


@pytest.mark.parametrize("host", ["evil.example:4200", "127.0.0.1.evil.example", "", "[::1"])
def test_a_name_that_was_led_here_is_refused_unless_a_password_is_asked(host: str) -> None:
    assert asked(False, host, Origin=f"http://{host}").status_code == 403
    assert asked(False, host).status_code == 403


def test_behind_a_password_the_server_may_have_any_name() -> None:
    assert asked(True, "briefs.example", Origin="https://briefs.example").text == "drafts"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:8000"])
@pytest.mark.parametrize("any_name", [True, False])
def test_a_page_of_another_address_is_refused(origin: str, any_name: bool) -> None:
    assert asked(any_name, "127.0.0.1:4200", Origin=origin).status_code == 403


def answered(headers: list[tuple[bytes, bytes]], path: str = "/", times: int = 1) -> list[int]:
    """The status of each answer to the same request, from another machine, its password wrong."""
    told: list[int] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        right = (b"authorization", b"right") in scope["headers"]
        status = 200 if right else 401
        await send({"type": "http.response.start", "status": status, "headers": []})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    async def ask() -> None:
        door = guard.guarded(application, any_name=True)
        for _ in range(times):
            scope = {"type": "http", "path": path, "headers": headers, "client": ("10.0.0.9", 1)}
            await door(scope, None, send)

    asyncio.run(ask())
    return told


HOST = (b"host", b"briefs.example")


@pytest.mark.parametrize(
    "headers",
    [
        [HOST, HOST],
        [(b"host", b"user@127.0.0.1")],
        [HOST, (b"origin", b"http://briefs.example"), (b"origin", b"http://evil.example")],
    ],
)
def test_a_request_that_says_two_things_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    assert answered(headers) == [403]


def test_who_sends_wrong_passwords_is_locked_out_and_a_right_one_clears_the_count() -> None:
    wrong, right = (b"authorization", b"wrong"), (b"authorization", b"right")
    most = guard.WRONG_PASSWORDS
    assert answered([HOST, wrong], times=most + 3) == [401] * most + [429] * 3
    assert answered([HOST, right], times=most + 3) == [200] * (most + 3)
    counts: dict[str, list[float]] = {}
    for status in [401] * (most - 1) + [200] + [401]:
        guard._remember(counts, "10.0.0.9", status)
        guard._remember(counts, "127.0.0.1", status)
    assert {who: len(times) for who, times in counts.items()} == {"10.0.0.9": 1}


def test_routes_that_fetch_from_the_network_are_refused() -> None:
    assert answered([HOST], "/api/collections/views/aggregate-worker-metadata") == [403]


@pytest.mark.parametrize(("busy", "seen"), [(3, [201]), (99, [503])])
def test_an_answer_that_prefect_has_no_time_for_is_handed_to_it_again(
    monkeypatch: pytest.MonkeyPatch, busy: int, seen: list[int]
) -> None:
    """Prefect's pages don't ask twice: where its database is busy, *Resume* would be lost."""
    monkeypatch.setattr(guard, "PAUSES", (0.0,) * 4)
    bodies: list[bytes] = []
    told: list[int] = []

    async def prefect(scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (message := await receive()).get("more_body"):
            body += message["body"]
        bodies.append(body + message["body"])
        is_busy = len(bodies) <= busy
        status = 503 if is_busy else 201
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})
        if is_busy:
            raise RuntimeError("database is locked")

    async def answer() -> None:
        parts = [{"body": b"appr", "more_body": True}, {"body": b"ove", "more_body": False}]

        async def receive() -> Any:
            return {"type": "http.request", **parts.pop(0)}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                told.append(message["status"])

        scope = {"type": "http", "method": "POST", "path": "/api/flow_runs/1234/resume"}
        await guard.patient(prefect)(scope, receive, send)

    asyncio.run(answer())
    assert told == seen
    assert bodies == [b"approve"] * min(busy + 1, 5)


def test_a_web_socket_from_another_page_is_closed() -> None:
    told: list[Any] = []

    async def connect() -> None:
        async def receive() -> dict[str, str]:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            told.append(message["type"])

        scope = {
            "type": "websocket",
            "headers": [(b"host", b"127.0.0.1:4200"), (b"origin", b"https://evil.example")],
        }
        await guard.guarded(None, any_name=True)(scope, receive, send)  # type: ignore[arg-type]

    asyncio.run(connect())
    assert told == ["websocket.close"]


def test_a_page_may_load_nothing_from_elsewhere() -> None:
    policy = asked(False, "localhost").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data: blob:;" in policy


# What the children are told


def test_folders_are_absolute_for_runs_that_start_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minilm").mkdir()
    given = Settings(home="here", encoder="minilm", database_url="sqlite:///store.db")
    found = serve.absolute_paths(given)
    assert found["PASSERELLE_HOME"] == str(tmp_path / "here")
    assert found["PASSERELLE_ROOTS"] == str(tmp_path / "here" / "inbox")
    assert found["PASSERELLE_ENCODER"] == str(tmp_path / "minilm")
    assert found["PASSERELLE_DATABASE_URL"] == f"sqlite:///{tmp_path}/store.db"


def test_the_password_reaches_the_children_through_the_environment_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_PASSWORD", PASSWORD)
    api = "http://127.0.0.1:4200/api"
    assert serve.client_environment(api)["PREFECT_API_AUTH_STRING"] == PASSWORD
    assert serve.server_environment("127.0.0.1", 4200)["PREFECT_SERVER_API_AUTH_STRING"] == PASSWORD
    words = [*serve.server_command("127.0.0.1", 4200), *serve.worker_command()]
    assert not any(PASSWORD in word for word in words)
