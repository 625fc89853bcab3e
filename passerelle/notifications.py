"""Letters and webhooks: drafts are ready, a night has failed, drafts wait too long, a notice came.

One setting each: ``PASSERELLE_NOTIFY_WEBHOOK`` and ``PASSERELLE_NOTIFY_EMAIL``; without them nobody
is told anything. A webhook gets one JSON object a message, whose ``text`` Slack, Mattermost and
their like show as it is. A letter is plain text in both languages. Somebody to whom a draft was
given gets a letter of their own about it, where an address is listed for them.

In: an open ``Store``, and what a night did. Out: what couldn't be delivered, in a line each. A
message that fails costs nobody their night, so nothing is raised.
"""

from __future__ import annotations

import os
import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from typing import Any, Literal

import httpx

from corpus.document import LANGUAGES
from corpus.errors import PasserelleError
from corpus.store import Store, assignee
from passerelle.desk.desk_words import words
from passerelle.desk.sign_in import reviewers
from passerelle.desk.waiting_list import Row, rows
from passerelle.nights import Night
from passerelle.prefect_environment import DESK
from passerelle.settings import Settings, settings

Event = Literal["drafts_ready", "night_failed", "waiting_long", "noticed"]

#: Seconds that a server may take to answer.
PATIENCE = 10.0
_DAY = 24 * 3600
#: Most drafts that one message names.
MOST_NAMED = 30


Named = dict[str, str]
"""A brief that somebody is told of."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that somebody is told."""

    event: Event
    subject: str
    text: str
    """In both languages."""
    drafts: tuple[Named, ...] = ()
    """Of each its ``brief``, ``title``, ``page`` and ``assignee``."""


def after_a_night(work: Night, store: Store) -> list[str]:
    """Tell what a night made, and what has waited too long; what couldn't be delivered."""
    if not _is_wanted(settings()):
        return []
    every = rows(store)
    made = {item["brief"] for item in work["drafted"]}
    fresh = [row for row in every if row.draft.brief_id in made]
    days = settings().notify_after_days
    late = [row for row in every if days and row.seconds > days * _DAY]
    noticed = [
        _named(item["brief"], item["title"], assignee(store, item["brief"]))
        for item in work["noticed"]
        if item["by_notice"]
    ]
    failures: list[str] = []
    if noticed:
        failures += _tell_all("noticed", noticed, count=len(noticed))
    if fresh:
        count, waiting = len(fresh), len(every)
        failures += _tell_all("drafts_ready", _of_rows(fresh), count=count, waiting=waiting)
    if late:
        failures += _tell_all("waiting_long", _of_rows(late), count=len(late), days=days)
    return failures


def night_failed(name: str, reason: str) -> list[str]:
    """Tell that a night has failed; what couldn't be delivered."""
    if not _is_wanted(settings()):
        return []
    return _send(_message("night_failed", (), name=name, reason=reason or "–"), _everybody())


def _is_wanted(given: Settings) -> bool:
    return bool(given.notify_webhook.get_secret_value() or given.notify_email)


def _everybody() -> list[str]:
    return [part.strip() for part in settings().notify_email.split(",") if part.strip()]


def _tell_all(event: Event, about: Sequence[Named], **values: Any) -> list[str]:
    """Tell everybody of all, and each assignee of theirs."""
    failures = _send(_message(event, about, **values), _everybody())
    if not settings().notify_email:
        return failures
    try:
        listed = reviewers()
    except PasserelleError as error:
        return [*failures, str(error)]
    for name in sorted({one["assignee"] for one in about} & listed.keys()):
        own = [one for one in about if one["assignee"] == name]
        to = [listed[name].email] if listed[name].email else []
        if to and to[0] not in _everybody():
            failures += _letter(_message(event, own, **{**values, "count": len(own)}), to)
    return failures


def _message(event: Event, about: Sequence[Named], **values: Any) -> Message:
    drafts = tuple(about[:MOST_NAMED])
    names = "\n".join(f"- {one['title']}\n  {one['page']}" for one in drafts)
    both = [words(code) for code in LANGUAGES]
    place = desk_address()
    paragraphs = [say(f"letter.{event}", page=place, **values) for say in both]
    subject = " · ".join(say(f"letter.{event}_subject", **values) for say in both)
    text = "\n\n".join(part for part in (*paragraphs, names) if part)
    return Message(event, " ".join(subject.split()), text, drafts)


def _of_rows(found: Iterable[Row]) -> list[Named]:
    return [_named(row.draft.brief_id, row.summary.title, row.draft.assignee) for row in found]


def _named(brief: str, title: str, given_to: str) -> Named:
    page = f"{desk_address()}/drafts/{brief}"
    return {"brief": brief, "title": title, "page": page, "assignee": given_to}


def desk_address() -> str:
    """Where people find the desk."""
    server = os.environ.get("PREFECT_UI_URL") or os.environ.get("PREFECT_API_URL", "")
    return server.rstrip("/").removesuffix("/api") + DESK


def _send(message: Message, to: Sequence[str]) -> list[str]:
    failures = _post(message) if settings().notify_webhook.get_secret_value() else []
    return [*failures, *(_letter(message, to) if to else [])]


def _post(message: Message) -> list[str]:
    value = {
        "event": message.event,
        "text": f"{message.subject}\n\n{message.text}",
        "drafts": list(message.drafts),
    }
    try:
        answer = httpx.post(
            settings().notify_webhook.get_secret_value(), json=value, timeout=PATIENCE
        )
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return [_undelivered("PASSERELLE_NOTIFY_WEBHOOK", error)]
    return []


def _letter(message: Message, to: Iterable[str]) -> list[str]:
    given = settings()
    letter = EmailMessage()
    letter["Subject"] = message.subject
    letter["From"] = given.smtp_from or "passerelle@localhost"
    letter["To"] = ", ".join(to)
    letter.set_content(message.text)
    connect = partial(smtplib.SMTP_SSL if given.smtp_port == 465 else smtplib.SMTP)
    try:
        with connect(given.smtp_host, given.smtp_port, timeout=PATIENCE) as server:
            if given.smtp_port == 587:
                server.starttls()
            if given.smtp_user:
                server.login(given.smtp_user, given.smtp_password.get_secret_value())
            server.send_message(letter)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return [_undelivered("PASSERELLE_NOTIFY_EMAIL", error)]
    return []


def _undelivered(setting: str, error: Exception) -> str:
    reason = " ".join(str(error).split()) or type(error).__name__
    return f"{setting}: nobody was told ({reason}); check the setting and its server"
