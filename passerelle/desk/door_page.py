"""Signing in and out."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from passerelle.desk import sign_in
from passerelle.desk.front import (
    inside,
    posted,
    show,
)


def door(request: Request, back: str = "/desk") -> Response:
    """The form to sign in with."""
    return show(request, "sign_in.html", back=inside(back), wrong=False)


async def come_in(request: Request) -> Response:
    """Sign in."""
    form = await posted(request)
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    visitor = await run_in_threadpool(sign_in.signed_in, request.state.visitor, name, password)
    back = inside(str(form.get("back", "")))
    if visitor is None:
        return show(request, "sign_in.html", 401, back=back, wrong=True)
    request.state.visitor = visitor
    return RedirectResponse(back, 303)


async def go_out(request: Request) -> Response:
    """Sign out."""
    await posted(request)
    request.state.visitor = sign_in.visitor_of(None)
    return RedirectResponse("/desk", 303)
