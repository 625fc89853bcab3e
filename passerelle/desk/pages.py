"""The desk's application: which address does what.

Every route is short: it asks the store or the child process, and shows a template. Nobody passes
``_gate`` who isn't admitted; every form and every message of a page's script brings the visitor's
token (``_posted``); a page may load nothing but what this desk serves, and run no script that
stands in it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from corpus.document import LANGUAGES, Language
from corpus.errors import PasserelleError, UnreadableError
from corpus.readers import MAX_BYTES, SUFFIXES
from corpus.sources import within
from corpus.store import (
    SETTLING,
    BriefEntry,
    Decision,
    OperationalError,
    ReviewEntry,
    Store,
    Typed,
    TypedSinceError,
    approved_brief,
    assign,
    assignee,
    find_brief,
    in_one_line,
    keep_typed,
    open_store,
    reviews_of,
    translations_of,
    typed_before,
    typed_now,
)
from passerelle import batches, decisions
from passerelle.desk import draft_view, line_checks, sign_in, starting, waiting_list
from passerelle.desk.desk_words import age, day, moment, words
from passerelle.desk.line_checks import Opening
from passerelle.desk.sign_in import Visitor
from passerelle.desk.typed_lines import (
    COMMENT,
    LONGEST,
    drafted,
    edits_typed,
    is_place,
    place_of_line,
)
from passerelle.desk.who_is_here import others_here, said_hello
from passerelle.settings import settings
from pipelines.brief import AUDIENCES, Audience, Brief, Edit, from_json
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
#: Most bytes of all files that come up at once, with room for what is around them.
MOST_UPLOADED = 2 * MAX_BYTES

Answer = Callable[[Request], Awaitable[Response]]


def desk() -> FastAPI:
    """The application, with its routes below ``/desk``."""
    app = FastAPI(title="Passerelle", docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(_gate)
    app.exception_handler(PasserelleError)(_explain)
    app.exception_handler(OperationalError)(_explain)
    app.exception_handler(HTTPException)(_explain)
    app.exception_handler(404)(_explain)
    folder = str(resources.files("passerelle.desk").joinpath("static"))
    app.mount("/desk/static", StaticFiles(directory=folder), name="static")
    get, post = (
        partial(app.add_api_route, methods=["GET"]),
        partial(app.add_api_route, methods=["POST"]),
    )
    get("/desk", queue)
    post("/desk/queue", several)
    get("/desk/sign-in", door)
    post("/desk/sign-in", come_in)
    post("/desk/sign-out", go_out)
    get("/desk/drafts/{brief_id}", draft)
    post("/desk/drafts/{brief_id}/typed", save)
    post("/desk/drafts/{brief_id}/check", check)
    post("/desk/drafts/{brief_id}/here", here)
    get("/desk/drafts/{brief_id}/history", history)
    get("/desk/drafts/{brief_id}/candidates", candidates)
    get("/desk/drafts/{brief_id}/preview", preview)
    post("/desk/drafts/{brief_id}/decision", decision)
    post("/desk/drafts/{brief_id}/assign", give)
    get("/desk/briefs/{brief_id}", outcome)
    post("/desk/briefs/{brief_id}/unpublish", unpublish)
    get("/desk/briefs/{brief_id}/page", published_page)
    get("/desk/briefs/{brief_id}/files/{form}", published_file)
    get("/desk/documents/{document_id}/original", original)
    get("/desk/start", start)
    post("/desk/start", begin)
    get("/desk/start/{runs}", how_far)
    return app


# The gate


async def _gate(request: Request, answer: Answer) -> Response:
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
        return JSONResponse({"error": _say(request)("sign_in.again")}, 401)
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


async def _posted(request: Request, most: int = MOST_BYTES) -> Mapping[str, Any]:
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


async def _explain(request: Request, error: Exception) -> Response:
    """Say what is wrong, as a page or as a message to a page's script."""
    say = _say(request)
    status, reason = 409, str(error)
    if isinstance(error, HTTPException) or type(error).__name__ == "HTTPException":
        status = int(getattr(error, "status_code", 500))
        name = str(getattr(error, "detail", ""))
        reason = say(f"error.{name}" if name in _ERRORS else "error.not_there")
    elif isinstance(error, OperationalError):
        status, reason = 503, in_one_line(error)
    elif isinstance(error, _MissingError):
        status = 404
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": reason}, status)
    return _page(request, "told.html", status, heading=say("error.heading"), lines=[reason])


_ERRORS = ("token", "too_long", "no_sense", "not_there", "upload")


class _MissingError(PasserelleError):
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
    environment.globals |= {"layout": layout, "quoted": quoted, "place": draft_view.place}
    return environment


def _say(request: Request) -> Callable[..., str]:
    return words(getattr(request.state, "language", "en"))


def _page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
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
def _open(url: str) -> Store:
    return open_store(url)


def _store() -> Store:
    return _open(settings().database_url)


# Coming and going


def door(request: Request, back: str = "/desk") -> Response:
    """The form to sign in with."""
    return _page(request, "sign_in.html", back=_within(back), wrong=False)


async def come_in(request: Request) -> Response:
    """Sign in."""
    form = await _posted(request)
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    visitor = await run_in_threadpool(sign_in.signed_in, request.state.visitor, name, password)
    back = _within(str(form.get("back", "")))
    if visitor is None:
        return _page(request, "sign_in.html", 401, back=back, wrong=True)
    request.state.visitor = visitor
    return RedirectResponse(back, 303)


async def go_out(request: Request) -> Response:
    """Sign out."""
    await _posted(request)
    request.state.visitor = sign_in.visitor_of(None)
    return RedirectResponse("/desk", 303)


def _within(back: str) -> str:
    """An address of the desk, whatever somebody has put into a link."""
    is_ours = back.startswith(("/desk/", "/desk?")) and ".." not in back and "\\" not in back
    return back if is_ours else "/desk"


# The queue


def _wish(request: Request) -> waiting_list.Wish:
    given = request.query_params
    names = waiting_list.Wish.__slots__
    found = {name: given[name][:200] for name in names if given.get(name)}
    return waiting_list.Wish(**found)


def _query(wish: waiting_list.Wish) -> str:
    """A wish as it stands in an address."""
    usual = waiting_list.Wish()
    said = {name: value for name, value in asdict(wish).items() if value != getattr(usual, name)}
    return f"?{urlencode(said)}" if said else ""


def queue(request: Request, page: str = "1") -> Response:
    """What waits."""
    line_checks.make_ready()
    store, wish = _store(), _wish(request)
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    found = waiting_list.page_of_queue(store, wish, number)
    if found.unknown:
        threading.Thread(target=waiting_list.sum_up_the_rest, args=(store,), daemon=True).start()
    return _show_queue(request, found, wish)


def _show_queue(
    request: Request, found: waiting_list.QueuePage, wish: waiting_list.Wish, problem: str = ""
) -> Response:
    return _page(
        request,
        "queue.html",
        422 if problem else 200,
        found=found,
        wish=wish,
        query=_query(wish),
        at=lambda number: _query_at(wish, number),
        orders=list(waiting_list.ORDERS),
        people=_people(found.assignees),
        language_of=waiting_list.language_of,
        problem=problem,
    )


def _query_at(wish: waiting_list.Wish, number: int) -> str:
    query = _query(wish)
    return f"{query}{'&' if query else '?'}page={number}"


def _people(known: tuple[str, ...] = ()) -> list[str]:
    return sorted({*sign_in.reviewers(), *known})


async def several(request: Request) -> Response:
    """Give several drafts to somebody, or reject them for one reason."""
    form = await _posted(request)
    chosen: list[str] = form["chosen"]
    what, name = str(form.get("what", "")), _reviewer(request, form)
    reason, to = str(form.get("reason", "")).strip(), sign_in.folded(str(form.get("to", "")))
    say, store = _say(request), _store()
    back = "/desk" + str(form.get("query", ""))
    if not chosen:
        problem = say("queue.none_chosen")
    elif what == "assign":
        await run_in_threadpool(assign, store, chosen, to[:80], name)
        return RedirectResponse(_within(back), 303)
    elif not reason:
        problem = say("queue.no_reason")
    elif not name:
        problem = say("draft.no_name")
    else:
        return await _reject(request, chosen, name, reason, _within(back))
    wish = _wish(request)
    found = await run_in_threadpool(waiting_list.page_of_queue, store, wish)
    return _show_queue(request, found, wish, problem)


async def _reject(
    request: Request, chosen: list[str], name: str, reason: str, back: str
) -> Response:
    lines: list[str] = []
    for brief_id in chosen:
        entry = await run_in_threadpool(_entry, brief_id)
        after = await run_in_threadpool(decisions.last_known, entry, _store())
        settled = await line_checks.ask(
            line_checks.settle, entry, "reject", name, _now(), after, reason, (), ()
        )
        said = settled.reason or " ".join(n.words(request.state.language) for n in settled.notes)
        lines.append(f"{layout.brief_title(from_json(entry.json))}: {said}")
    return _page(
        request, "told.html", heading=_say(request)("queue.rejected"), lines=lines, back=back
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _reviewer(request: Request, form: Mapping[str, Any]) -> str:
    """Who decides: who signed in, or, where nobody needs to, the name that they give."""
    visitor: Visitor = request.state.visitor
    if not sign_in.is_open():
        return visitor.name
    name = sign_in.folded(str(form.get("reviewer", "")))[:80]
    if name and name != visitor.name:
        request.state.visitor = replace(visitor, name=name)  # to be offered the next time
    return name or visitor.name


# A draft


def _typist(request: Request) -> str:
    """Whose typed text it is; at an open desk everybody is the same person."""
    visitor: Visitor = request.state.visitor
    return "" if sign_in.is_open() else visitor.name


def _entry(brief_id: str) -> BriefEntry:
    entry = find_brief(_store(), brief_id)
    if entry is None:
        raise _MissingError(f"{brief_id}: no such draft in the store")
    return entry


def _current(brief_id: str, sha256: Any) -> BriefEntry:
    """The draft that a page shows. Raises ``PasserelleError`` where there is a later one."""
    entry = _entry(brief_id)
    if entry.sha256 != sha256:
        raise PasserelleError(
            "the draft has been made anew since this page was opened; what you typed is kept with "
            "the draft that you saw; reload the page"
        )
    return entry


async def draft(request: Request, brief_id: str) -> Response:
    """A draft beside its source."""
    line_checks.make_ready()
    entry = await run_in_threadpool(_entry, brief_id)
    decided = await run_in_threadpool(_settled_by, entry)
    if decided is not None and "again" not in request.query_params:
        return RedirectResponse(f"/desk/briefs/{quote(brief_id)}", 303)
    _later(line_checks.ask(line_checks.warm_up, entry))
    return await _show_draft(request, entry)


_warming: set[asyncio.Task[Any]] = set()


def _later(work: Any) -> None:
    """Have something done that nobody waits for."""

    async def quietly() -> None:
        with suppress(PasserelleError):  # whoever asks for what this makes ready is told
            await work

    task = asyncio.ensure_future(quietly())
    _warming.add(task)
    task.add_done_callback(_warming.discard)


def _settled_by(entry: BriefEntry) -> ReviewEntry | None:
    """The decision that took this very text out of the queue; None where it waits."""
    same = [one for one in reviews_of(_store(), entry.brief_id) if one.brief_sha256 == entry.sha256]
    return same[-1] if same and same[-1].decision in SETTLING else None


async def _show_draft(
    request: Request, entry: BriefEntry, notes: tuple[str, ...] = (), status: int = 200
) -> Response:
    opening = await _opening(entry)
    values = await run_in_threadpool(_draft_values, request, entry, opening)
    language: Language = request.state.language
    values["opening"] = [note.words(language) for note in opening.notes]
    return _page(request, "draft.html", status, notes=notes, **values)


async def _opening(entry: BriefEntry) -> Opening:
    """What stands on a draft already; asked for where anybody has worked on it."""
    store = _store()
    made = await run_in_threadpool(reviews_of, store, entry.brief_id)
    home = await run_in_threadpool(translations_of, store, entry.brief_id)
    if not made and not home:
        return Opening((), ())
    key = (entry.sha256, len(made), len(home))
    if key not in _openings:
        _openings[key] = await line_checks.ask(line_checks.opening_of, entry)
    return _openings[key]


_openings: dict[tuple[str, int, int], Opening] = {}


def _draft_values(request: Request, entry: BriefEntry, opening: Opening) -> dict[str, Any]:
    store, language = _store(), request.state.language
    brief, documents = decisions.read(entry, store)
    typed = typed_now(store, entry.brief_id, entry.sha256)
    own = {one.place: one for one in typed if one.reviewer == _typist(request)}
    carried = {place_of_line(edit.segment, edit.language): edit.text for edit in opening.carried}
    wish = _wish(request)
    before, after, place, count = waiting_list.beside(store, wish, entry.brief_id)
    reviews = reviews_of(store, entry.brief_id)
    document = next(iter(documents.values()))

    def standing(segment: Any, code: Language) -> Typed:
        key = place_of_line(segment.id, code)
        return own.get(key) or Typed("", key, carried.get(key, drafted(segment, code)))

    return {
        "entry": entry,
        "brief": brief,
        "documents": list(documents.values()),
        "parts": draft_view.parts(brief),
        "sources": [(one, draft_view.passages(one, brief, language)) for one in documents.values()],
        "doi": document.identifiers.get("doi", ""),
        "standing": standing,
        "drafted": drafted,
        "comment": own.get(COMMENT) or Typed("", COMMENT, ""),
        "others": [one for one in typed if one.reviewer != _typist(request)],
        "reviews": reviews,
        "known": _known(request, entry, reviews),
        "changes": _changes(entry, brief, reviews),
        "assignee": assignee(store, entry.brief_id),
        "people": _people(),
        "before": before,
        "after": after,
        "at": place,
        "count": count,
        "query": _query(wish),
        "summary": None,
    }


def _known(request: Request, entry: BriefEntry, reviews: list[ReviewEntry]) -> int:
    """Number of the last decision that the visitor knows of, once they see the page.

    Of one that settled the draft only those know who asked to decide again.
    """
    if "again" in request.query_params and reviews:
        return reviews[-1].number
    return decisions.last_known(entry, _store())


def _changes(
    entry: BriefEntry, brief: Brief, reviews: list[ReviewEntry]
) -> list[draft_view.LineChange]:
    """What changed since the text that was sent back last."""
    for review in reversed(reviews):
        if review.decision == "revise" and review.brief_sha256 != entry.sha256:
            seen = find_brief(_store(), entry.brief_id, review.edition)
            return draft_view.changes(from_json(seen.json), brief) if seen else []
    return []


async def save(request: Request, brief_id: str) -> Response:
    """Keep what was typed in one place."""
    given = await _posted(request)
    typed, seen = _typed(request, given), given.get("seen", 0)
    if not isinstance(seen, int):
        raise HTTPException(400, "no_sense")
    try:
        kept = await run_in_threadpool(_save, brief_id, given.get("sha256"), typed, seen)
    except TypedSinceError as error:
        return JSONResponse({"newest": asdict(error.newest)}, 409)
    return JSONResponse({"number": kept.number})


def _typed(request: Request, given: Mapping[str, Any]) -> Typed:
    texts = [given.get(name, "") for name in ("place", "text", "overruled", "window")]
    if not all(isinstance(text, str) for text in texts):
        raise HTTPException(400, "no_sense")
    place, text, overruled, window = texts
    if len(text) + len(overruled) > LONGEST or len(window) > 40:
        raise HTTPException(413, "too_long")
    typist = _typist(request)
    return Typed(typist, place, text, overruled, given.get("confirmed") is True, window)


def _save(brief_id: str, sha256: Any, typed: Typed, seen: int) -> Typed:
    entry = _known_text(brief_id, sha256)
    if not is_place(typed.place, from_json(entry.json)):
        raise HTTPException(400, "no_sense")
    return keep_typed(_store(), brief_id, entry.sha256, typed, seen)


def _known_text(brief_id: str, sha256: Any) -> BriefEntry:
    """A draft's text that a page shows; what is typed is kept also where a later one exists."""
    entry = _entry(brief_id)
    if entry.sha256 == sha256:
        return entry
    for review in reviews_of(_store(), brief_id):
        if review.brief_sha256 == sha256:
            earlier = find_brief(_store(), brief_id, review.edition)
            if earlier is not None and earlier.sha256 == sha256:
                return earlier
    return _current(brief_id, sha256)


async def check(request: Request, brief_id: str) -> Response:
    """The verdict on a line as it is typed."""
    given = await _posted(request)
    entry = await run_in_threadpool(_current, brief_id, given.get("sha256"))
    places = given.get("places")
    if not isinstance(places, list) or not all(isinstance(one, dict) for one in places):
        raise HTTPException(400, "no_sense")
    typed = [_typed(request, {**one, "overruled": "", "confirmed": False}) for one in places[:2]]
    brief = from_json(entry.json)
    edits = edits_typed(brief, [one for one in typed if is_place(one.place, brief)])
    if not edits:
        return JSONResponse({"verdict": "", "reasons": []})
    found = await line_checks.ask(line_checks.verdict_of, entry, edits)
    return JSONResponse(
        {
            "verdict": found.verdict,
            "reasons": [
                {
                    "language": one.language,
                    "text": told(one.text, request.state.language),
                    "unsure": one.unsure,
                }
                for one in found.reasons
            ],
        }
    )


async def here(request: Request, brief_id: str) -> Response:
    """Who else has the draft open or has typed in it; and whether it was decided meanwhile."""
    given = await _posted(request)
    window = str(given.get("window", ""))[:40]
    name = request.state.visitor.name
    if given.get("gone") is True:
        said_hello(brief_id, window, name, gone=True)
        return JSONResponse({})
    said_hello(brief_id, window, name)
    found = await run_in_threadpool(_meanwhile, request, brief_id, given.get("sha256"))
    return JSONResponse({"others": others_here(brief_id, window, name), **found})


def _meanwhile(request: Request, brief_id: str, sha256: Any) -> dict[str, Any]:
    entry, say = _entry(brief_id), _say(request)
    typed = typed_now(_store(), brief_id, str(sha256))
    others = [
        {"reviewer": one.reviewer, "place": one.place, "text": one.text}
        for one in typed
        if one.reviewer != _typist(request) and one.place != COMMENT
    ]
    news = ""
    if entry.sha256 != sha256:
        news = say("draft.redrafted")
    elif (review := _settled_by(entry)) is not None:
        at = moment(review.at, request.state.language, ZoneInfo(settings().timezone))
        news = say(f"draft.{review.decision}_by", name=review.reviewer, at=at)
    return {"typed": others, "news": news}


def history(request: Request, brief_id: str, place: str, sha256: str) -> Response:
    """Every text that the visitor left in a place, oldest first, after the draft's own."""
    entry = _known_text(brief_id, sha256)
    texts = [
        one.text for one in typed_before(_store(), brief_id, entry.sha256, _typist(request), place)
    ]
    mark, _, code = place.partition("/")
    segments = {segment.id: segment for segment in from_json(entry.json).segments}
    language: Language = "fr" if code == "fr" else "en"
    first = drafted(segments[mark], language) if mark in segments else ""
    return JSONResponse({"texts": [first, *texts]})


async def candidates(request: Request, brief_id: str) -> Response:
    """What else the source says that could be brought in."""
    entry = await run_in_threadpool(_entry, brief_id)
    found = await line_checks.ask(line_checks.candidates, entry)
    return JSONResponse({"candidates": [asdict(one) for one in found]})


async def preview(request: Request, brief_id: str) -> Response:
    """The page that would be published in the visitor's words."""
    entry = await run_in_threadpool(_entry, brief_id)
    edits = await _edits(request, entry)
    html = await line_checks.ask(line_checks.page_of, entry, edits)
    return HTMLResponse(html, headers={"Content-Security-Policy": BRIEF_POLICY})


async def _edits(request: Request, entry: BriefEntry) -> tuple[Edit, ...]:
    """What the visitor has changed in a draft."""
    opening = await _opening(entry)
    typed = await run_in_threadpool(typed_now, _store(), entry.brief_id, entry.sha256)
    own = [one for one in typed if one.reviewer == _typist(request) and one.place != COMMENT]
    return tuple(edits_typed(from_json(entry.json), own, opening.carried))


_DECISIONS: tuple[Decision, ...] = ("approve", "revise", "reject")


async def decision(request: Request, brief_id: str) -> Response:
    """Approve, send back or reject; what stands in the form is kept first."""
    form = await _posted(request)
    entry = await run_in_threadpool(_current, brief_id, form.get("sha256"))
    await run_in_threadpool(_keep_form, request, entry, form)
    name_of_it, _, where = str(form.get("decision", "")).partition(":")
    what = next((one for one in _DECISIONS if one == name_of_it), None)
    say, name = _say(request), _reviewer(request, form)
    comment = str(form.get("comment", "")).strip()
    problems = []
    if what is None:
        raise HTTPException(400, "no_sense")
    if not name:
        problems.append(say("draft.no_name"))
    if what != "approve" and not comment:
        problems.append(say(f"draft.no_comment_{what}"))
    if problems:
        return await _show_draft(request, entry, tuple(problems), 422)
    languages: tuple[Language, ...] = LANGUAGES if where == "both" else ()
    if not languages:
        languages = ("fr",) if from_json(entry.json).language == "fr" else ("en",)
    edits = await _edits(request, entry)
    after = int(form["after"]) if str(form.get("after", "")).isdecimal() else 0
    settled = await line_checks.ask(
        line_checks.settle, entry, what, name, _now(), after, comment, languages, edits
    )
    if settled.result == "sent_back":
        return RedirectResponse(f"/desk/drafts/{quote(brief_id)}", 303)
    if settled.result in ("approved", "rejected"):
        target = f"/desk/briefs/{quote(brief_id)}{_query(_wish(request))}"
        return RedirectResponse(target, 303)
    said = tuple(note.words(request.state.language) for note in settled.notes)
    return await _show_draft(request, entry, said or (settled.reason,), 422)


def _keep_form(request: Request, entry: BriefEntry, form: Mapping[str, Any]) -> None:
    """Keep what a form holds that the page's script hadn't sent yet, or in a page without one."""
    store, brief = _store(), from_json(entry.json)
    typist, window = _typist(request), str(form.get("window", ""))[:40]
    known = {
        one.place: one
        for one in typed_now(store, entry.brief_id, entry.sha256)
        if one.reviewer == typist
    }
    segments = {
        place_of_line(s.id, code): drafted(s, code)
        for s in brief.segments
        if s.evidence
        for code in LANGUAGES
    } | {COMMENT: ""}
    for place, first in segments.items():
        if place not in form:
            continue
        last = known.get(place) or Typed(typist, place, first)
        text = str(form[place])[:LONGEST]
        overruled = str(form.get(f"{place}/why", last.overruled))[:LONGEST]
        confirmed = form.get(f"{place}/sure", "1" if last.confirmed else "") == "1"
        now = Typed(typist, place, text, overruled, confirmed, window)
        before = (last.text, last.overruled, last.confirmed)
        if " ".join(text.split()) == " ".join(last.text.split()):
            now = replace(now, text=last.text)
        if (now.text, now.overruled, now.confirmed) != before:
            keep_typed(store, entry.brief_id, entry.sha256, now, last.number)


async def give(request: Request, brief_id: str) -> Response:
    """Give one draft to somebody."""
    form = await _posted(request)
    to = sign_in.folded(str(form.get("to", "")))[:80]
    await run_in_threadpool(assign, _store(), [brief_id], to, request.state.visitor.name)
    return RedirectResponse(f"/desk/drafts/{quote(brief_id)}", 303)


# What came of it


def outcome(request: Request, brief_id: str) -> Response:
    """What was decided on a brief, and where it is published."""
    store = _store()
    entry = _entry(brief_id)
    reviews = reviews_of(store, brief_id)
    review = _settled_by(entry)
    if review is None:
        return RedirectResponse(f"/desk/drafts/{quote(brief_id)}", 303)
    stands = decisions.is_published(brief_id, store)
    approved = approved_brief(store, brief_id) if stands else None
    brief = from_json(approved.json if approved else entry.json)
    wish = _wish(request)
    _, after, _, count = waiting_list.beside(store, wish, brief_id)
    return _page(
        request,
        "outcome.html",
        brief=brief,
        review=review,
        reviews=reviews,
        is_published=approved is not None,
        forms=batches.PUBLISHED_FORMATS,
        folder=str(settings().published),
        after=after,
        count=count,
        query=_query(wish),
    )


async def unpublish(request: Request, brief_id: str) -> Response:
    """Take back what was published; a notice then stands in its place."""
    form = await _posted(request)
    say, name = _say(request), _reviewer(request, form)
    comment = str(form.get("comment", "")).strip()
    back = f"/desk/briefs/{quote(brief_id)}"
    lines = [say("draft.no_name")] if not name else []
    lines += [say("outcome.no_reason")] if not comment else []
    if not lines:
        done = await line_checks.ask(line_checks.take_back, brief_id, name, comment, _now())
        if done.result == "unpublished" and not done.reason:
            return RedirectResponse(back, 303)
        lines = [note.words(request.state.language) for note in done.notes]
        lines += [say("outcome.left", files=done.reason)] if done.reason else []
    return _page(request, "told.html", 422, heading=say("outcome.title"), lines=lines, back=back)


def _approved(brief_id: str) -> str:
    kept = approved_brief(_store(), brief_id)
    if kept is None or not decisions.is_published(brief_id, _store()):
        raise _MissingError(f"{brief_id}: nothing of it is published")
    return kept.json


async def published_page(request: Request, brief_id: str) -> Response:
    """The page that was published."""
    text = await run_in_threadpool(_approved, brief_id)
    html = await line_checks.ask(line_checks.file_of, text, "html")
    return HTMLResponse(html, headers={"Content-Security-Policy": BRIEF_POLICY})


async def published_file(request: Request, brief_id: str, form: str) -> Response:
    """One of the files that were published, to be saved."""
    if form not in batches.PUBLISHED_FORMATS:
        raise _MissingError(f"{form}: not a form of briefs")
    text = await run_in_threadpool(_approved, brief_id)
    content = await line_checks.ask(line_checks.file_of, text, form)
    return _attached(content, f"{brief_id}.{form}")


def original(request: Request, document_id: str) -> Response:
    """The file that a document was read from, to be saved: nothing of it is opened here."""
    found = batches.original_of(document_id, _store())
    if found is None:
        raise _MissingError(f"{document_id}: its file is no longer where it was read from")
    name, content = found
    return _attached(content, Path(name).name or document_id)


# Something new


def start(request: Request, problem: str = "", status: int = 200) -> Response:
    """What can be drafted."""
    return _page(
        request,
        "start.html",
        status,
        files=starting.inbox(),
        suffixes=sorted(SUFFIXES),
        most=MAX_BYTES >> 20,
        audiences=AUDIENCES,
        problem=problem,
        chosen=request.query_params.getlist("chosen"),
    )


async def begin(request: Request) -> Response:
    """Take files in, and have them and what was chosen drafted."""
    form = await _posted(request, MOST_UPLOADED)
    audience: Audience = next((a for a in AUDIENCES if a == form.get("audience")), "staff")
    language = next((one for one in LANGUAGES if one == form.get("reader")), None)
    problems, names = [], list(dict.fromkeys(form["chosen"]))
    for file in form["files"]:
        try:
            names.append(await starting.keep_upload(file.filename or "", _parts_of(file)))
        except UnreadableError as error:
            problems.append(str(error))
    if not names or problems:
        said = " ".join(problems) or _say(request)("start.nothing")
        return await run_in_threadpool(start, request, said, 422)
    held = [await run_in_threadpool(within, name, settings().roots[:1]) for name in names]
    ids = [await starting.begin(place, audience, language) for place in held]
    return RedirectResponse(f"/desk/start/{','.join(ids)}", 303)


async def _parts_of(file: UploadFile) -> AsyncIterator[bytes]:
    while part := await file.read(2**20):
        yield part


async def how_far(request: Request, runs: str) -> Response:
    """How far the drafting of some sources is."""
    ids = runs.split(",")[:50]
    found = [(one, await starting.progress(one)) for one in ids]
    found = [(one, replace(run, source=Path(run.source).name)) for one, run in found]
    still = any(run.state in ("waiting", "working") for _, run in found)
    return _page(request, "progress.html", runs=found, open=still)


def _attached(content: bytes, name: str) -> Response:
    return Response(
        content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )
