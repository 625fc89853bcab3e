"""Prefect's server behind a guard: which web pages may speak to it.

Prefect answers whoever reaches it. A browser reaches this machine's own addresses too, on behalf
of any page that an analyst has open, and a page's owner can even have their own host name lead
here (DNS rebinding), where neither CORS nor a CSRF token helps. So what comes from a page of
another address is refused, web sockets included; and a server that asks for no password answers to
the names of this machine alone. The pages themselves may load nothing from elsewhere, so that a
document's text can't call anybody, and can't be shown inside another page.

Whoever sends too many wrong passwords is locked out for a while, and routes that fetch from the
network are refused. A person's answer that Prefect's database had no time for is handed to it
again.

The desk stands in front of it, below ``/desk``. Where reviewers are listed, they sign in there and
reach nothing else: Prefect asks for a password that none of them has, and that is sent along here
for whoever has signed in as an operator.

In: Prefect's application and the desk's, made here when uvicorn asks for ``app``. Out: both as one,
guarded. Requests without an ``Origin`` (the worker's, the flows') pass as before.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from passerelle.addresses import is_loopback
from passerelle.prefect_environment import DESK

#: What a page of ours may load and speak to: this server. Its scripts make styles and checks of
#: forms as they go, hence the two ``unsafe``; neither lets a document's text bring in a script.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

#: Where a name and a password are sent.
SIGN_IN = f"{DESK}/sign-in"

#: So many wrong passwords in so many seconds lock out whoever sent them, until the time is over.
WRONG_PASSWORDS = 10
LOCKED_SECONDS = 900.0
#: Of how many senders of wrong passwords at most is kept count.
MOST_ASKERS = 10_000

#: Routes of Prefect's that fetch from the network, on behalf of whoever asks.
FETCHING = "/api/collections/"

#: Where a person's answer to a waiting draft is sent in.
_RESUME = re.compile(r"/api/flow_runs/[^/]+/resume")
#: What Prefect says where its database has no time, and the seconds before it is asked again.
BUSY = 503
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)

NOT_OURS = "Refused: not asked from this server's own pages and address."
LOCKED_OUT = "Refused: too many wrong passwords; wait a quarter of an hour."
FETCHES = "Refused: this server fetches nothing from the network."

Application = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]


def app() -> Application:
    """The desk and Prefect's server, pages and services, guarded; settings come from the
    environment."""
    from prefect.server.api.server import create_app

    from passerelle.desk.pages import desk

    password = os.environ.get("PREFECT_SERVER_API_AUTH_STRING", "")
    both = behind_the_desk(patient(create_app(final=True)), desk(), password)
    return guarded(both, any_name=bool(password))


def behind_the_desk(prefect: Application, desk: Application, password: str) -> Application:
    """Both applications as one; ``password`` is what Prefect asks for, empty for nothing."""
    from passerelle.desk import line_checks, preparing

    secret = b"Basic " + base64.b64encode(password.encode())

    async def both(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path == "/":
            await _lead_to(DESK, send)
        elif scope["type"] == "http" and (path == DESK or path.startswith(f"{DESK}/")):
            await desk(scope, receive, send)
        elif scope["type"] == "lifespan":
            try:
                await prefect(scope, receive, _then(preparing.begin, send))
            finally:
                line_checks.close()
        else:
            if password and not _has_password(scope) and _is_operator(scope):
                headers = [*scope["headers"], (b"authorization", secret)]
                scope = {**scope, "headers": headers}
            await prefect(scope, receive, send)

    return both


def _then(begin: Callable[[], Awaitable[None]], send: Any) -> Any:
    """``send``, which begins something once the application has told that it is up."""

    async def send_then_begin(message: MutableMapping[str, Any]) -> None:
        await send(message)
        if message["type"] == "lifespan.startup.complete":
            await begin()

    return send_then_begin


def patient(prefect: Application) -> Application:
    """Prefect's application, which is asked once more where it had no time for a person's answer.

    *Resume* reads a run and then writes, in one deferred transaction. On SQLite another write in
    between makes the database refuse at once (SQLITE_BUSY_SNAPSHOT, which no waiting helps): all is
    rolled back, and the answer is 503. Prefect's own clients ask again then, its pages don't.
    """

    async def ask_again(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if not (scope.get("method") == "POST" and _RESUME.fullmatch(scope.get("path", ""))):
            await prefect(scope, receive, send)
            return
        asked = [await receive()]
        while asked[-1].get("more_body"):
            asked.append(await receive())
        for seconds in (*PAUSES, None):
            answer = await _answer(prefect, {**scope}, asked, receive)
            if seconds is None or answer[0].get("status") != BUSY:
                break
            await asyncio.sleep(seconds)
        for message in answer:
            await send(message)

    return ask_again


async def _answer(
    prefect: Application, scope: MutableMapping[str, Any], asked: list[Any], receive: Any
) -> list[MutableMapping[str, Any]]:
    """What Prefect says to a request of which all has come in."""
    left, told = list(asked), []

    async def once_more() -> Any:
        return left.pop(0) if left else await receive()

    async def keep(message: MutableMapping[str, Any]) -> None:
        told.append(message)

    try:
        await prefect(scope, once_more, keep)
    except Exception:  # which is raised beside an answer, too, for the log
        if not told or told[0].get("status") != BUSY:
            raise
    return told


def _is_operator(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request comes from somebody who has signed in at the desk as an operator."""
    from passerelle.desk import sign_in

    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        cookie = SimpleCookie(sent.decode("latin-1")).get(sign_in.COOKIE)
    except CookieError:
        return False
    return cookie is not None and sign_in.reaches_prefect(cookie.value)


async def _lead_to(place: str, send: Any) -> None:
    headers = [(b"location", place.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 307, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def guarded(application: Application, any_name: bool) -> Application:
    """The application, closed to pages of other addresses and, unless ``any_name``, other hosts."""

    wrong: dict[str, list[float]] = {}

    async def guard(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await application(scope, receive, send)
        elif not _is_welcome(scope, any_name):
            await _refuse(scope, receive, send, 403, NOT_OURS)
        elif _is_locked_out(wrong.get(who := _asker(scope), [])):
            await _refuse(scope, receive, send, 429, LOCKED_OUT)
        elif scope.get("path", "").startswith(FETCHING):
            await _refuse(scope, receive, send, 403, FETCHES)
        else:
            asks = _has_password(scope) or _signs_in(scope)
            seen = partial(_remember, wrong, who) if asks else None
            await application(scope, receive, _with_policy(send, seen))

    return guard


def _asker(scope: MutableMapping[str, Any]) -> str:
    """Who asks: the machine, or behind a proxy on this machine the one that it asks for."""
    client: str = (scope.get("client") or ("",))[0]
    passed_on = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    if passed_on and is_loopback(client):
        return str(passed_on[-1].decode("latin-1").rpartition(",")[2].strip())
    return client


def _has_password(scope: MutableMapping[str, Any]) -> bool:
    return any(name == b"authorization" for name, _ in scope["headers"])


def _signs_in(scope: MutableMapping[str, Any]) -> bool:
    return scope.get("method") == "POST" and scope.get("path") == SIGN_IN


def _is_locked_out(times: list[float]) -> bool:
    """Whether too many wrong passwords have come from somebody lately."""
    since = time.monotonic() - LOCKED_SECONDS
    return sum(at > since for at in times) >= WRONG_PASSWORDS


def _remember(wrong: dict[str, list[float]], who: str, status: int) -> None:
    """Count a wrong password; a right one clears the count.

    The worker and the runs ask from this machine itself, which is never locked out.
    """
    if status != 401:
        wrong.pop(who, None)
    elif who and not is_loopback(who):
        if len(wrong) >= MOST_ASKERS:
            wrong.pop(next(iter(wrong)))
        wrong[who] = [*wrong.get(who, [])[1 - WRONG_PASSWORDS :], time.monotonic()]


def _is_welcome(scope: MutableMapping[str, Any], any_name: bool) -> bool:
    names = [name for name, _ in scope["headers"]]
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    if names.count(b"host") > 1 or names.count(b"origin") > 1 or "@" in headers.get(b"host", ""):
        return False
    host, origin = headers.get(b"host", ""), headers.get(b"origin")
    try:
        own_page = origin is None or urlsplit(origin).netloc == host
        return own_page and (any_name or is_loopback(urlsplit(f"//{host}").hostname or ""))
    except ValueError:  # no host's name at all
        return False


def _with_policy(send: Any, seen: Callable[[int], None] | None) -> Any:
    """``send``, which adds our policy to each answer without one; ``seen`` is told its status."""

    async def send_with_policy(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            if seen is not None:
                seen(message["status"])
            headers = list(message.get("headers", ()))
            if not any(name.lower() == b"content-security-policy" for name, _ in headers):
                headers.append((b"content-security-policy", PAGE_POLICY.encode()))
            message = {**message, "headers": headers}
        await send(message)

    return send_with_policy


async def _refuse(
    scope: MutableMapping[str, Any], receive: Any, send: Any, status: int, reason: str
) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    body = reason.encode()
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
