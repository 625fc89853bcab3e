"""Prefect's server behind a guard: which web pages may speak to it.

Prefect answers whoever reaches it. A browser reaches this machine's own addresses too, on behalf
of any page that an analyst has open, and a page's owner can even have their own host name lead
here (DNS rebinding), where neither CORS nor a CSRF token helps. So what comes from a page of
another address is refused, web sockets included; and a server that asks for no password answers to
the names of this machine alone. The pages themselves may load nothing from elsewhere, so that a
document's text can't call anybody, and can't be shown inside another page.

In: Prefect's application, made here when uvicorn asks for ``app``. Out: the same application,
guarded. Requests without an ``Origin`` (the worker's, the flows') pass as before.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

#: What a page of ours may load and speak to: this server. Its scripts make styles and checks of
#: forms as they go, hence the two ``unsafe``; neither lets a document's text bring in a script.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

Application = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]


def app() -> Application:
    """Prefect's server, pages and services, guarded; settings come from the environment."""
    from prefect.server.api.server import create_app

    needs_password = bool(os.environ.get("PREFECT_SERVER_API_AUTH_STRING"))
    return guarded(create_app(final=True), any_name=needs_password)


def guarded(application: Application, any_name: bool) -> Application:
    """The application, closed to pages of other addresses and, unless ``any_name``, other hosts."""

    async def guard(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await application(scope, receive, send)
        elif _is_welcome(scope, any_name):
            await application(scope, receive, _with_policy(send))
        else:
            await _refuse(scope, receive, send)

    return guard


def is_loopback(host: str) -> bool:
    """Whether a host's name or number is this machine's own, which no other machine reaches."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_welcome(scope: MutableMapping[str, Any], any_name: bool) -> bool:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host, origin = headers.get(b"host", ""), headers.get(b"origin")
    try:
        own_page = origin is None or urlsplit(origin).netloc == host
        return own_page and (any_name or is_loopback(urlsplit(f"//{host}").hostname or ""))
    except ValueError:  # no host's name at all
        return False


def _with_policy(send: Any) -> Any:
    async def send_with_policy(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            policy = (b"content-security-policy", PAGE_POLICY.encode())
            message = {**message, "headers": [*message.get("headers", ()), policy]}
        await send(message)

    return send_with_policy


async def _refuse(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    reason = b"Refused: not asked from this server's own pages and address."
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(reason))]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": reason})
