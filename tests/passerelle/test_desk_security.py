"""What the desk keeps out: other sites' pages, guessed names, climbing files, foreign scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import desk_checks
import pytest
from drafts import a_document, a_draft, a_draft_of
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Route

from corpus.errors import PasserelleError, UnreadableError
from corpus.settings_base import read_again
from corpus.store import BriefEntry, Store, open_store, reviews_of
from passerelle import guard, serve
from passerelle.desk import pages, sign_in, starting
from passerelle.settings import settings

pytestmark = pytest.mark.usefixtures("home")

PASSWORD = "a long enough password"  # noqa: S105


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def entry(store: Store) -> BriefEntry:
    return a_draft(store)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sign_in, "_COST", (2**4, 8, 1))
    with desk_checks.in_this_process(monkeypatch):
        yield


async def prefect(scope: Any, receive: Any, send: Any) -> None:
    """Stands in for Prefect: tells which password was sent to it."""
    sent = dict(scope["headers"]).get(b"authorization", b"")
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"Prefect " + sent})


def browser(password: str = "") -> TestClient:
    """A browser before the whole server, guard included."""
    both = guard.behind_the_desk(prefect, pages.desk(), password)
    client = TestClient(
        guard.guarded(both, any_name=bool(password)),
        base_url="http://127.0.0.1:4200",
        client=("127.0.0.1", 50_000),
    )
    client.headers["accept-language"] = "en"
    return client


def token_of(page: Any) -> str:
    found = re.search(r'name="token" value="(\w+)"', page.text)
    assert found is not None, page.text
    return found[1]


def routes(method: str) -> list[str]:
    app: FastAPI = pages.desk()
    return [r.path for r in app.routes if isinstance(r, Route) and method in (r.methods or ())]


# Other sites' pages


def test_nothing_is_done_without_the_token_of_the_visitors_own_page(entry: BriefEntry) -> None:
    client = browser()
    client.get("/desk")
    stranger = token_of(browser().get("/desk/start"))
    for path, token in product(routes("POST"), ("", "0" * 64, stranger)):
        where = path.format(brief_id=entry.brief_id)
        form = client.post(where, data={"token": token, "decision": "approve", "reviewer": "X"})
        assert form.status_code == 403, where
        message = client.post(where, json={"sha256": entry.sha256}, headers={"x-desk-token": token})
        assert message.status_code == 403, where


def test_another_sites_page_is_refused_by_its_origin_and_its_kind(
    store: Store, entry: BriefEntry
) -> None:
    client = browser()
    token = token_of(client.get(f"/desk/drafts/{entry.brief_id}"))
    where = f"/desk/drafts/{entry.brief_id}/decision"
    form = {
        "token": token,
        "sha256": entry.sha256,
        "decision": "reject",
        "reviewer": "X",
        "comment": "no",
        "after": "0",
    }
    for name, value in (
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("host", "evil.example"),
    ):
        assert client.post(where, data=form, headers={name: value}).status_code == 403, name
    assert reviews_of(store, entry.brief_id) == []
    assert client.post(where, data=form).status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites() -> None:
    told = browser().get("/desk").headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told


def test_a_page_may_run_no_script_but_the_desks_own(entry: BriefEntry) -> None:
    client = browser()
    for where in ("/desk", f"/desk/drafts/{entry.brief_id}", "/desk/start", "/desk/nowhere"):
        page = client.get(where)
        policy = page.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", page.text)


# Signing in


@pytest.fixture
def listed(home: Path) -> None:
    sign_in.add_reviewer("Rémi Côté", PASSWORD, "reviewer")
    sign_in.add_reviewer("Ada Martin", PASSWORD, "operator")


@pytest.mark.usefixtures("listed")
def test_nobody_gets_in_without_signing_in(entry: BriefEntry) -> None:
    client = browser("secret of Prefect")
    names = {"brief_id": entry.brief_id, "form": "json", "document_id": entry.document_id}
    paths = sorted({*routes("GET"), *routes("POST")} - {"/desk/sign-in"})
    for path, method in product(paths, ("GET", "POST")):
        where = path.format(**names, runs="0")
        answer = client.request(method, where, follow_redirects=False)
        is_led = answer.headers.get("location", "").startswith("/desk/sign-in")
        assert is_led or answer.status_code in (401, 405), where
        assert "Shade" not in answer.text


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("name", "password"),
    [("Rémi Côté", "wrong"), ("Nobody", PASSWORD), ("", ""), ("Rémi Côté", "")],
)
def test_a_wrong_name_or_password_is_refused_alike(name: str, password: str) -> None:
    client = browser("secret of Prefect")
    token = token_of(client.get("/desk/sign-in"))
    sent = client.post("/desk/sign-in", data={"token": token, "name": name, "password": password})
    assert sent.status_code == 401
    assert "don’t go together" in sent.text


@pytest.mark.usefixtures("listed")
def test_who_guesses_passwords_is_locked_out() -> None:
    both = guard.behind_the_desk(prefect, pages.desk(), "secret")
    client = TestClient(guard.guarded(both, any_name=True), client=("10.0.0.9", 1))
    token = token_of(client.get("/desk/sign-in"))
    form = {"token": token, "name": "Ada Martin", "password": "guessed"}
    told = [client.post("/desk/sign-in", data=form).status_code for _ in range(11)]
    assert told == [401] * guard.WRONG_PASSWORDS + [429]


@pytest.mark.usefixtures("listed")
def test_a_reviewer_reaches_the_desk_alone_and_an_operator_prefect_too() -> None:
    for name, reaches in (("Rémi Côté", False), ("Ada Martin", True)):
        client = browser("secret of Prefect")
        token = token_of(client.get("/desk/sign-in"))
        client.post("/desk/sign-in", data={"token": token, "name": name, "password": PASSWORD})
        assert client.get("/desk").status_code == 200
        assert ("Basic" in client.get("/api/flow_runs/filter").text) is reaches
        assert ("Runs and schedule" in client.get("/desk").text) is reaches


@pytest.mark.usefixtures("listed")
def test_where_reviewers_are_listed_prefect_has_a_password_that_nobody_knows(home: Path) -> None:
    environment = serve.server_environment("127.0.0.1", 4200)
    made_up = environment["PREFECT_SERVER_API_AUTH_STRING"]
    assert len(made_up) > 20
    assert serve.client_environment("http://127.0.0.1:4200/api")["PREFECT_API_AUTH_STRING"] == (
        made_up
    )


@pytest.mark.usefixtures("listed")
def test_a_session_ends_with_its_password_and_with_its_holder() -> None:
    client = browser("x" * 12)
    token = token_of(client.get("/desk/sign-in"))
    form = {"token": token, "name": "Rémi Côté", "password": PASSWORD}
    client.post("/desk/sign-in", data=form)
    assert client.get("/desk", follow_redirects=False).status_code == 200
    sign_in.add_reviewer("Rémi Côté", "another long password", "reviewer")
    assert client.get("/desk", follow_redirects=False).status_code == 303
    sign_in.remove_reviewer("Rémi Côté")
    assert client.get("/desk", follow_redirects=False).status_code == 303
    client.cookies.set(sign_in.COOKIE, "eyJpZCI6IjAifQ.forged.forged")
    assert client.get("/desk", follow_redirects=False).status_code == 303


def test_the_shared_password_opens_the_desk_under_any_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PASSERELLE_PASSWORD", PASSWORD)
    read_again()
    client = browser(PASSWORD)
    token = token_of(client.get("/desk/sign-in"))
    form = {"token": token, "name": "Ada Martin", "password": "wrong"}
    assert client.post("/desk/sign-in", data=form).status_code == 401
    assert client.post("/desk/sign-in", data={**form, "password": PASSWORD}).status_code == 200
    assert "Ada Martin" in client.get("/desk").text


def test_a_link_leads_nowhere_but_into_the_desk() -> None:
    for back in ("https://evil.example", "//evil.example", "/api", "/deskevil", "/desk/../api"):
        page = browser().get("/desk/sign-in", params={"back": back})
        assert 'name="back" value="/desk"' in page.text


def test_no_password_is_kept_as_it_was_typed(home: Path) -> None:
    sign_in.add_reviewer("Ada Martin", PASSWORD, "reviewer")
    kept = sign_in.reviewers_file()
    assert PASSWORD not in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600
    with pytest.raises(PasserelleError, match="at least 10 characters"):
        sign_in.add_reviewer("Bo", "short", "reviewer")


# What documents and reviewers bring along


def test_what_stands_in_a_document_does_nothing_in_a_page(store: Store) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    document = replace(a_document(f"Shade {evil}"), source=f"{evil}.md")
    document = replace(document, identifiers={"doi": 'x"onmouseover="alert(1)'})
    kept = a_draft_of(store, document)
    client = browser()
    token = token_of(client.get(f"/desk/drafts/{kept.brief_id}"))
    headers = {"x-desk-token": token}
    message = {"sha256": kept.sha256, "window": "w", "place": "s2/en", "text": evil, "seen": 0}
    client.post(f"/desk/drafts/{kept.brief_id}/typed", json=message, headers=headers)
    for where in ("/desk", f"/desk/drafts/{kept.brief_id}"):
        page = client.get(where).text
        assert "alert(1)" in page
        assert "<img" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert 'onmouseover="' not in page


def test_a_document_is_never_opened_but_saved(store: Store, home: Path, entry: BriefEntry) -> None:
    client = browser()
    assert client.get(f"/desk/documents/{entry.document_id}/original").status_code == 404
    assert client.get("/desk/documents/..%2f..%2fetc%2fpasswd/original").status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("paper.pdf", "paper.pdf"),
        ("../../etc/cron.d/paper.pdf", "paper.pdf"),
        ("C:\\Users\\Ada\\été.docx", "été.docx"),
        (".hidden.pdf", "hidden.pdf"),
        ("a\x00b\u202epdf.vtt", "abpdf.vtt"),
        ("x" * 300 + ".PDF", "x" * 116 + ".PDF"),
    ],
)
def test_a_file_that_comes_up_is_given_a_plain_name(given: str, kept: str) -> None:
    assert starting.plain_name(given) == kept


@pytest.mark.parametrize("given", ["run.sh", "passerelle.db", ".pdf", "", "..", "paper.pdf.exe"])
def test_what_nobody_reads_is_not_taken(given: str) -> None:
    with pytest.raises(UnreadableError):
        starting.plain_name(given)


def test_a_file_that_comes_up_never_takes_anothers_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def begin(source: str, audience: str, language: str | None) -> str:
        asked.append(source)
        return "00000000-0000-0000-0000-000000000000"

    monkeypatch.setattr(starting, "begin", begin)
    client = browser()
    token = token_of(client.get("/desk/start"))

    def send(name: str, content: bytes) -> int:
        files = {"file": (name, content)}
        sent = client.post(
            "/desk/start", data={"token": token}, files=files, follow_redirects=False
        )
        return int(sent.status_code)

    assert send("shade.md", b"# Shade") == 303
    assert send("shade.md", b"# Shade") == 303
    assert send("../shade.md", b"# Another") == 303
    assert send("shade.pdf", b"no PDF at all") == 422
    assert send("shade.md", b"") == 422
    inbox = settings().inbox
    kept = {path.name: path.read_bytes() for path in inbox.iterdir()}
    assert kept == {"shade.md": b"# Shade", "shade (2).md": b"# Another"}
    assert [Path(one).name for one in asked] == ["shade.md", "shade.md", "shade (2).md"]
    assert not (home / "shade.md").exists()


def test_a_good_file_beside_a_bad_one_waits_chosen_and_the_bad_one_is_told(home: Path) -> None:
    client = browser()
    client.headers["accept-language"] = "fr"
    token = token_of(client.get("/desk/start"))
    files = [("file", ("shade.md", b"# Shade")), ("file", ("empty.txt", b""))]
    sent = client.post("/desk/start", data={"token": token}, files=files)
    assert sent.status_code == 422
    assert "empty.txt\u00a0: vide." in sent.text or "empty.txt : vide." in sent.text
    assert 'value="shade.md" checked' in sent.text


def test_nothing_outside_the_inbox_is_drafted(home: Path) -> None:
    client = browser()
    token = token_of(client.get("/desk/start"))
    settings().inbox.mkdir(parents=True)
    (home / "secret.md").write_text("# Secret")
    (settings().inbox / "link.md").symlink_to(home / "secret.md")
    for name in ("../secret.md", str(home / "secret.md"), "link.md"):
        sent = client.post("/desk/start", data={"token": token, "chosen": name})
        assert sent.status_code == 409
        assert "outside the folders that forms may name" in sent.text


def test_what_is_too_long_is_refused_before_it_is_read(entry: BriefEntry) -> None:
    client = browser()
    token = token_of(client.get(f"/desk/drafts/{entry.brief_id}"))
    message = {"sha256": entry.sha256, "window": "w", "place": "s2/en", "seen": 0}
    where = f"/desk/drafts/{entry.brief_id}/typed"
    for length, status in ((30_000, 413), (3_000_000, 413), (10, 200)):
        message["text"] = "x" * length
        answer = client.post(where, json=message, headers={"x-desk-token": token})
        assert answer.status_code == status
