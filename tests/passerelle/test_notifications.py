"""Who is told what, by letter and by webhook; and that nobody's night fails of it."""

from __future__ import annotations

import json
import smtplib
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import servers
from drafts import a_draft

from corpus.settings_base import read_again
from corpus.store import Store, assign, open_store
from passerelle import notifications
from passerelle.desk import sign_in, waiting_list
from passerelle.nights import Drafted, Night, Noticed
from passerelle.settings import settings

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


def a_night(*briefs: str) -> Night:
    drafted = [Drafted(brief=brief, title="", source="", passed=True) for brief in briefs]
    return Night(
        drafted=drafted,
        refused=[],
        put_off=[],
        kept_aside=[],
        noticed=[],
        arrived=[],
        left_alone=0,
        waiting=0,
        seconds={},
    )


def setting(patch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        patch.setenv(f"PASSERELLE_{name.upper()}", value)
    read_again()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What a webhook's server was told."""
    told: list[dict[str, Any]] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    setting(monkeypatch, notify_webhook=f"http://127.0.0.1:{server.server_port}/hook")
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """The letters that were handed to a server."""
    letters: list[EmailMessage] = []

    class Server:
        def __init__(self, host: str, port: int, timeout: float) -> None:
            assert (host, port) == ("localhost", 25)

        def __enter__(self) -> Server:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def send_message(self, letter: EmailMessage) -> None:
            letters.append(letter)

    monkeypatch.setattr(smtplib, "SMTP", Server)
    return letters


def test_a_webhook_is_told_of_new_drafts_in_both_languages(
    store: Store, heard: list[dict[str, Any]]
) -> None:
    draft = a_draft(store)
    assert notifications.after_a_night(a_night(draft.brief_id), store) == []
    [told] = heard
    assert told["event"] == "drafts_ready"
    assert "1 new draft is ready" in told["text"]
    assert "1 nouvelle ébauche est prête" in told["text"]
    assert told["drafts"][0]["title"] == "Shade on Main Street"
    assert told["drafts"][0]["page"].endswith(f"/desk/drafts/{draft.brief_id}")


def test_reviewers_are_told_of_a_notice_about_a_brief_that_is_published(
    store: Store, heard: list[dict[str, Any]]
) -> None:
    draft = a_draft(store)
    night = a_night()
    night["noticed"] = [
        Noticed(
            brief=draft.brief_id,
            title="Shade on Main Street",
            status="published",
            since=["notice.xml"],
            by_notice=True,
            written=["/out/shade.md"],
            edited=[],
            failed=[],
        )
    ]
    assert notifications.after_a_night(night, store) == []
    [told] = heard
    assert told["event"] == "noticed"
    assert "A notice (a retraction, a correction or a concern) has come in" in told["text"]
    assert "Un avis (rétractation, correctif ou mise en garde) est arrivé" in told["text"]
    assert told["drafts"][0]["title"] == "Shade on Main Street"


def test_a_quiet_night_tells_nobody_anything(store: Store, heard: list[dict[str, Any]]) -> None:
    a_draft(store)
    assert notifications.after_a_night(a_night(), store) == []
    assert heard == []


def test_what_waits_too_long_is_told_to_whom_it_was_given(
    store: Store, posted: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(monkeypatch, notify_email="desk@example.org")
    monkeypatch.setattr(sign_in, "_COST", (2**4, 8, 1))
    sign_in.add_reviewer("Ada Martin", "a long password", "reviewer", "ada@example.org")
    first, second = a_draft(store, "First"), a_draft(store, "Second")
    assign(store, [first.brief_id], "Ada Martin", "")
    monkeypatch.setattr(waiting_list, "_since", lambda *_: 8 * 24 * 3600.0)
    assert notifications.after_a_night(a_night(), store) == []
    both, own = posted
    assert (both["To"], own["To"]) == ("desk@example.org", "ada@example.org")
    assert "2 drafts have waited" in both.get_content()
    assert "Second" not in own.get_content()
    assert second.brief_id in both.get_content()


def test_a_failed_night_is_told(heard: list[dict[str, Any]]) -> None:
    assert notifications.night_failed("Night of 2024-06-01", "the disk is full") == []
    assert "the disk is full" in heard[0]["text"]


def test_nobody_is_asked_where_nothing_is_set(store: Store) -> None:
    assert notifications.after_a_night(a_night(a_draft(store).brief_id), store) == []
    assert notifications.night_failed("Night", "reason") == []


def test_what_cannot_be_delivered_is_said_and_raises_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = servers.free_port()
    where = f"http://127.0.0.1:{closed}/hook"
    letters = {"notify_email": "a@example.org", "smtp_host": "127.0.0.1", "smtp_port": str(closed)}
    setting(monkeypatch, notify_webhook=where, **letters)
    told = notifications.after_a_night(a_night(a_draft(store).brief_id), store)
    assert [line.split(":")[0] for line in told] == [
        "PASSERELLE_NOTIFY_WEBHOOK",
        "PASSERELLE_NOTIFY_EMAIL",
    ]


def test_a_title_can_add_no_line_to_a_letters_head(
    store: Store, posted: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    setting(monkeypatch, notify_email="desk@example.org")
    assert notifications.night_failed("Night\r\nBcc: x@evil.example", "no") == []
    assert posted[0]["Bcc"] is None
