"""A document that must leave no trace: what else names it on the disk and in Prefect's pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drafts import a_draft
from typer.testing import CliRunner

from corpus.store import BriefEntry, Forgotten, Store, forgotten_briefs, open_store
from passerelle import batches, forgotten, nights, serve
from passerelle.cli import app
from passerelle.settings import settings

pytestmark = pytest.mark.usefixtures("home")

DIGEST = """# The night's work

| | |
| :--- | ---: |
| Drafted | 2 |

## Drafted

| Title | Source | Checks | Brief |
| :--- | :--- | :--- | :--- |
| Shade on Main Street | shade\\.md | ✓ | [shade-1](/desk/drafts/shade-1) |
| Ponds | ponds\\.md | ✓ | ponds-1 |
| Shade, again | more-shade\\.md | ✓ | shade-12 |

## Refused

| Source | Why |
| :--- | :--- |
| /in/shade\\.md | the same bytes as `shade.md` |
"""


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


def test_a_digest_loses_the_lines_that_name_what_was_forgotten_and_says_so() -> None:
    left = nights.without(DIGEST, ["shade-1", "/in/shade.md"])
    assert "| Shade on Main Street |" not in left
    assert "/in/shade" not in left
    assert "| Ponds |" in left
    assert "shade-12" in left, "whose name is only longer"
    assert left.endswith(f"\n{nights.LINES_GONE}\n")
    assert nights.without(left, ["shade-1"]) == left
    assert nights.without(left, ["ponds-1"]).count(nights.LINES_GONE) == 1
    assert nights.without(DIGEST, []) == DIGEST


@pytest.mark.sqlite
def test_what_names_a_document_on_the_disk_is_cleared_or_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(home / "prefect"))
    folder = settings().outbox / "nights"
    results = home / "prefect" / "storage"
    for each in (folder, results):
        each.mkdir(parents=True)
    (folder / "night 2024-06-01 02.00.md").write_text(DIGEST, encoding="utf-8")
    (folder / "night 2024-06-02 02.00.md").write_text("| Ponds |\n", encoding="utf-8")
    inner = json.dumps([{"source": "/in/café.md"}])
    (results / "a1").write_text(json.dumps({"result": inner}), encoding="utf-8")
    (results / "b2").write_text(json.dumps({"result": "[]"}), encoding="utf-8")
    (home / "passerelle.log").write_text("2024-06-01 /in/café.md\nTraceback\n", encoding="utf-8")
    (home / "passerelle.db.version_3_20240601_000000").write_bytes(b"")
    gone = Forgotten(("café.md",), ("/in/café.md",), ("shade-1",), {}, ())
    told = forgotten.clear(gone)
    assert [Path(path).name for path in told.digests] == ["night 2024-06-01 02.00.md"]
    assert told.results == 1
    assert [path.name for path in results.iterdir()] == ["b2"]
    assert [Path(path).name for path in told.left] == [
        "passerelle.log",
        "passerelle.db.version_3_20240601_000000",
    ]


def test_where_the_pages_are_out_of_reach_it_says_what_remains(store: Store) -> None:
    entry = a_draft(store)
    done = CliRunner().invoke(app, ["forget", entry.document_id])
    assert done.exit_code == 0, done.output
    assert "Prefect's pages, which follow when passerelle serve starts" in done.output
    assert "Prefect's events, which may name it until its server removes them" in done.output
    assert forgotten_briefs(store) == [entry.brief_id]


def test_pages_that_ask_for_a_password_are_left_to_the_server_of_the_home(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import httpx

    from passerelle import forgotten_pages

    def refuse(store: Store) -> forgotten_pages.Cleared:
        request = httpx.Request("GET", "http://127.0.0.1:4200/api")
        raise httpx.HTTPStatusError("no", request=request, response=httpx.Response(401))

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4200/api")
    monkeypatch.setattr(forgotten_pages, "clear", refuse)
    monkeypatch.setattr(serve, "client_environment", lambda api: {})
    done = CliRunner().invoke(app, ["forget", a_draft(store).document_id, "--json"])
    assert json.loads(done.output)["pages_left"][0] == (
        "Prefect's pages (they ask for PASSERELLE_PASSWORD); passerelle serve clears them within "
        "two minutes"
    )


def test_whoever_works_in_a_home_learns_where_its_server_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    assert serve.api_in_reach(home) == ""
    home.mkdir(parents=True)
    (home / serve.LOCK).write_text("1234\n")
    (home / serve.LOCK).chmod(0o644)
    with serve._alone(home, "http://127.0.0.1:4200/api"):
        assert serve.api_in_reach(home) == "http://127.0.0.1:4200/api"
        assert (home / serve.LOCK).stat().st_mode & 0o777 == 0o600
    assert serve.api_in_reach(home) == ""
    monkeypatch.setenv("PREFECT_API_URL", "https://prefect.example/api/")
    assert serve.api_in_reach(home) == "https://prefect.example/api"


# In Prefect's pages


@pytest.fixture
def deployments(flows: Any, prefect_server: str) -> Iterator[None]:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        flow = client.create_flow(flows.review_brief)
        made = client.create_deployment(flow_id=flow, name="review-brief")
        yield
        client.delete_deployment(made)


def put_up(entry: BriefEntry, store: Store, flows: Any) -> None:
    """Its review run, a night's digest that names it, and the page of a form that drafted it."""
    from prefect import flow
    from prefect.artifacts import create_markdown_artifact

    flows.review_runs.put_up([entry], store)
    row = f"| Shade | shade | ✓ | {entry.brief_id} |\n"

    @flow(name="night")
    def night() -> None:
        create_markdown_artifact(f"{row}| Ponds | ponds | ✓ | ponds-1 |\n", key="night-digest")

    @flow(name="on-demand", flow_run_name="on-demand")
    def on_demand() -> None:
        create_markdown_artifact(row, key="drafts")

    night()
    on_demand()


@pytest.mark.served
def test_prefects_pages_forget_a_document_too(flows: Any, deployments: None, store: Store) -> None:
    from prefect.client.orchestration import get_client

    from passerelle import forgotten_pages

    entry, other = a_draft(store), a_draft(store, "Ponds on Elm Street")
    put_up(entry, store, flows)
    flows.review_runs.put_up([other], store)
    batches.forget_document(entry.document_id, store)
    with get_client(sync_client=True) as client:
        forgotten_pages.clear_what_was_left(store, client)
        assert forgotten_briefs(store), "whoever forgot it has a minute's time"
    cleared = forgotten_pages.clear(store)
    assert (cleared.artifacts, cleared.runs, cleared.digests) == (2, 2, 1)
    assert forgotten_pages.clear(store) == forgotten_pages.Cleared(), "once is enough"
    with get_client(sync_client=True) as client:
        artifacts = client.read_artifacts(limit=200)
        runs = client.read_flow_runs(limit=200)
    assert not any(entry.brief_id in str(item.data) for item in artifacts)
    assert any("ponds-1" in str(item.data) for item in artifacts)
    briefs = {run.parameters.get("brief") for run in runs}
    assert entry.brief_id not in briefs
    assert other.brief_id in briefs
    assert not any(run.name == "on-demand" for run in runs)
