"""What every page of the desk goes through: who may come in, what they sent, how it is shown.

Nobody passes ``gate`` who isn't admitted; every form and every message of a page's script brings
the visitor's token (``posted``); a page may load nothing but what this desk serves, and run no
script that stands in it. In: requests. Out: answers made of templates (``show``).
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.datastructures import UploadFile

from corpus.document import LANGUAGES, Language
from corpus.errors import PasserelleError
from corpus.readers import most_bytes
from corpus.store import (
    SETTLING,
    BriefEntry,
    OperationalError,
    ReviewEntry,
    Store,
    find_brief,
    in_one_line,
    open_store,
    reviews_of,
)
from passerelle.desk import draft_view, sign_in, waiting_list
from passerelle.desk.desk_words import age, day, moment, words
from passerelle.desk.sign_in import Visitor
from passerelle.settings import settings
from pipelines.language.reasons import told
from pipelines.language.typography import format_number, quoted
from pipelines.render import layout

#: What a page of the desk may do.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; frame-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
#: What a brief shown as it is published may do: be read, in a frame of the desk or by itself.
BRIEF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
#: The cookie that remembers the language of the pages.
LANGUAGE_COOKIE = "passerelle_language"
#: Where nobody need have signed in.
_DOORS = ("/desk/sign-in", "/desk/static/")
#: Most bytes of a form or a message that isn't an upload.
MOST_BYTES = 2 * 2**20


def most_uploaded() -> int:
    """Most bytes of all files that come up at once, with room for what is around them."""
    return 2 * most_bytes()


Answer = Callable[[Request], Awaitable[Response]]


# The gate


async def gate(request: Request, answer: Answer) -> Response:
    """Let in who is admitted, and give every answer its policy and the visitor's cookie."""
    cookie = request.cookies.get(sign_in.COOKIE)
    visitor = sign_in.visitor_of(cookie)
    request.state.visitor = visitor
    request.state.language = _language(request)
    path = request.url.path
    if request.method == "POST" and request.headers.get("sec-fetch-site", "same-origin") not in (
        "same-origin",
        "none",
    ):
        response: Response = Response("Refused: not asked from the desk's own pages.", 403)
    elif not path.startswith(_DOORS) and not sign_in.is_admitted(visitor):
        response = _to_the_door(request)
    else:
        response = await answer(request)
    visitor = request.state.visitor
    if cookie is None or sign_in.visitor_of(cookie) != visitor:
        _set(response, request, sign_in.COOKIE, sign_in.cookie_of(visitor))
    if request.query_params.get("language") in LANGUAGES:
        _set(response, request, LANGUAGE_COOKIE, request.state.language)
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if not path.startswith("/desk/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _to_the_door(request: Request) -> Response:
    if request.method != "GET" or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": say_in(request)("sign_in.again")}, 401)
    if request.headers.get("sec-fetch-site") == "cross-site":
        # A link in a letter: the browser keeps a strict cookie back until we lead here ourselves.
        again = Markup('<!doctype html><meta http-equiv="refresh" content="0"><title>…</title>')
        return HTMLResponse(again)
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/desk/sign-in?{urlencode({'back': back})}", 303)


def _set(response: Response, request: Request, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=sign_in.SESSION_SECONDS,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def _language(request: Request) -> Language:
    """The language that was chosen, else the first of ours that the browser asks for."""
    asked = request.query_params.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    accepted = request.headers.get("accept-language", "")
    for name in (asked, *accepted.replace(";", ",").split(",")):
        for code in LANGUAGES:
            if name and name.strip().lower().startswith(code):
                return code
    return "en"


async def posted(request: Request, most: int = MOST_BYTES) -> Mapping[str, Any]:
    """What a page of ours sent. Raises ``HTTPException`` where another page did, or too much."""
    if int(request.headers.get("content-length") or most + 1) > most:
        raise HTTPException(413, "too_long")
    visitor: Visitor = request.state.visitor
    if request.headers.get("content-type", "").startswith("application/json"):
        token = request.headers.get("x-desk-token", "")
        if not sign_in.is_their_token(visitor, token):
            raise HTTPException(403, "token")
        try:
            value = await request.json()
        except ValueError as error:
            raise HTTPException(400, "no_sense") from error
        if not isinstance(value, dict):
            raise HTTPException(400, "no_sense")
        return value
    form = await request.form()
    if not sign_in.is_their_token(visitor, str(form.get("token") or "")):
        raise HTTPException(403, "token")
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    files = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
    chosen = [str(one) for one in form.getlist("chosen")]
    return {**texts, "chosen": chosen, "files": files}


async def explain(request: Request, error: Exception) -> Response:
    """Say what is wrong, as a page or as a message to a page's script."""
    say = say_in(request)
    status, reason = 409, str(error)
    if isinstance(error, HTTPException) or type(error).__name__ == "HTTPException":
        status = int(getattr(error, "status_code", 500))
        name = str(getattr(error, "detail", ""))
        reason = say(f"error.{name}" if name in _ERRORS else "error.not_there")
    elif isinstance(error, OperationalError):
        status, reason = 503, in_one_line(error)
    elif isinstance(error, NothingThereError):
        status = 404
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": reason}, status)
    return show(request, "told.html", status, heading=say("error.heading"), lines=[reason])


_ERRORS = ("token", "too_long", "no_sense", "not_there", "upload")


class NothingThereError(PasserelleError):
    """There is no such thing at this address."""


# Templates


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("passerelle.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "layout": layout,
        "quoted": quoted,
        "place": draft_view.place,
        "shown_grade": draft_view.shown_grade,
    }
    environment.filters["linked"] = _linked
    return environment


def _linked(note: str) -> Markup:
    """A note whose lines' marks lead to the lines, on the page where these stand."""
    return Markup(re.sub(r"\[(s\d+)\]", r'<a href="#l-\1">\1</a>', str(escape(note))))


def say_in(request: Request) -> Callable[..., str]:
    """The words of the pages in the request's language."""
    return words(getattr(request.state, "language", "en"))


def show(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page made of a template, with what every template is given."""
    language: Language = request.state.language
    visitor: Visitor = request.state.visitor
    zone = ZoneInfo(settings().timezone)
    html = (
        _templates()
        .get_template(template)
        .render(
            w=words(language),
            language=language,
            visitor=visitor,
            token=visitor.token,
            may_run=visitor.role == "operator",
            is_open=sign_in.is_open(),
            other_language=_with(request, language="fr" if language == "en" else "en"),
            age=partial(age, language=language),
            day=partial(day, language=language),
            moment=partial(moment, language=language, zone=zone),
            number=partial(format_number, language=language, decimals=1),
            told=partial(told, language=language),
            here=request.url.path,
            **values,
        )
    )
    return HTMLResponse(html, status)


def _with(request: Request, **changed: str) -> str:
    """This page's address with some of its query changed."""
    query = {**request.query_params, **changed}
    path = request.url.path if request.method == "GET" else _page_of(request.url.path)
    return f"{path}?{urlencode(query)}"


def _page_of(path: str) -> str:
    """The page that a form stood in."""
    return path.rpartition("/")[0] or "/desk"


@cache
def open_once(url: str) -> Store:
    """The store at an address, opened once."""
    return open_store(url)


def store_in_use() -> Store:
    """The store that the settings name."""
    return open_once(settings().database_url)


# What several pages need


def inside(back: str) -> str:
    """An address of the desk, whatever somebody has put into a link."""
    is_ours = back.startswith(("/desk/", "/desk?")) and ".." not in back and "\\" not in back
    return back if is_ours else "/desk"


def wish_of(request: Request) -> waiting_list.Wish:
    """What a visitor wants to see of the queue, as the address says it."""
    given = request.query_params
    names = waiting_list.Wish.__slots__
    found = {name: given[name][:200] for name in names if given.get(name)}
    return waiting_list.Wish(**found)


def query_of(wish: waiting_list.Wish) -> str:
    """A wish as it stands in an address."""
    usual = waiting_list.Wish()
    said = {name: value for name, value in asdict(wish).items() if value != getattr(usual, name)}
    return f"?{urlencode(said)}" if said else ""


def people(known: tuple[str, ...] = ()) -> list[str]:
    """Everybody to whom a draft may be given, or was."""
    return sorted({*sign_in.reviewers(), *known})


def moment_of_now() -> str:
    """This moment, as decisions are dated."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def reviewer_of(request: Request, form: Mapping[str, Any]) -> str:
    """Who decides: who signed in, or, where nobody needs to, the name that they give."""
    visitor: Visitor = request.state.visitor
    if not sign_in.is_open():
        return visitor.name
    name = sign_in.folded(str(form.get("reviewer", "")))[:80]
    if name and name != visitor.name:
        request.state.visitor = replace(visitor, name=name)  # to be offered the next time
    return name or visitor.name


def entry_of(brief_id: str) -> BriefEntry:
    """The newest draft of an id. Raises ``NothingThereError``."""
    entry = find_brief(store_in_use(), brief_id)
    if entry is None:
        raise NothingThereError(f"{brief_id}: no such draft in the store")
    return entry


def settled_by(entry: BriefEntry) -> ReviewEntry | None:
    """The decision that took this very text out of the queue; None where it waits."""
    same = [
        one
        for one in reviews_of(store_in_use(), entry.brief_id)
        if one.brief_sha256 == entry.sha256
    ]
    return same[-1] if same and same[-1].decision in SETTLING else None


def attached(content: bytes, name: str) -> Response:
    """A file to be saved: whatever is in it, no browser opens it here."""
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
