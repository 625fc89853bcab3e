"""A draft beside its source: shown, typed in, checked, and decided on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from corpus.document import LANGUAGES, Language
from corpus.errors import PasserelleError
from corpus.store import (
    BriefEntry,
    Decision,
    ReviewEntry,
    Typed,
    TypedSinceError,
    assign,
    assignee,
    find_brief,
    keep_typed,
    reviews_of,
    translations_of,
    typed_before,
    typed_now,
)
from passerelle import decisions
from passerelle.desk import draft_view, line_checks, preparing, sign_in, waiting_list
from passerelle.desk.desk_words import moment
from passerelle.desk.front import (
    BRIEF_POLICY,
    entry_of,
    moment_of_now,
    people,
    posted,
    query_of,
    reviewer_of,
    say_in,
    settled_by,
    show,
    store_in_use,
    wish_of,
)
from passerelle.desk.line_checks import Lane, Opening
from passerelle.desk.sign_in import Visitor
from passerelle.desk.typed_lines import (
    LONGEST,
    comment_typed,
    drafted,
    edits_typed,
    is_line,
    place_of_line,
    place_of_note,
    places_of,
)
from passerelle.desk.who_is_here import others_here, said_hello
from passerelle.settings import settings
from pipelines.brief import Brief, Edit, from_json
from pipelines.language.reasons import told


def _typist(request: Request) -> str:
    """Whose typed text it is; at an open desk everybody is the same person."""
    visitor: Visitor = request.state.visitor
    return "" if sign_in.is_open() else visitor.name


def _current(brief_id: str, sha256: Any) -> BriefEntry:
    """The draft that a page shows. Raises ``PasserelleError`` where there is a later one."""
    entry = entry_of(brief_id)
    if entry.sha256 != sha256:
        raise PasserelleError(
            "the draft has been made anew since this page was opened; what you typed is kept with "
            "the draft that you saw; reload the page"
        )
    return entry


async def draft(request: Request, brief_id: str) -> Response:
    """A draft beside its source."""
    entry = await run_in_threadpool(entry_of, brief_id)
    notes = _told.get(request.query_params.get("told", ""), ())
    decided = await run_in_threadpool(settled_by, entry)
    if decided is not None and not notes and "again" not in request.query_params:
        return RedirectResponse(f"/desk/briefs/{quote(brief_id)}", 303)
    preparing.prepare([entry])
    return await _show_draft(request, entry, notes)


#: What was told of decisions that couldn't be taken, by the token in the address that shows it.
_told: dict[str, tuple[str, ...]] = {}
#: Of how many it is kept; whoever comes back later finds the draft without it.
_MOST_TOLD = 500


def _ask_again(
    request: Request, entry: BriefEntry, notes: tuple[str, ...], *, again: bool
) -> Response:
    """Lead back to the draft, which says why: a reload then sends no old form again.

    ``again``: whether the visitor decides once more on a draft that is settled.
    """
    while len(_told) >= _MOST_TOLD:
        del _told[next(iter(_told))]
    token = secrets.token_urlsafe(12)
    _told[token] = notes
    wish = query_of(wish_of(request))
    more = f"{wish}&" if wish else "?"
    more += "again=1&" if again else ""
    return RedirectResponse(f"/desk/drafts/{quote(entry.brief_id)}{more}told={token}", 303)


async def _show_draft(request: Request, entry: BriefEntry, notes: tuple[str, ...]) -> Response:
    opening = await _opening(entry)
    values = await run_in_threadpool(_draft_values, request, entry, opening)
    if (after := await run_in_threadpool(find_brief, store_in_use(), values["after"])) is not None:
        preparing.prepare([entry, after])
    language: Language = request.state.language
    values["opening"] = [note.words(language) for note in opening.notes]
    return show(request, "draft.html", 200, notes=notes, **values)


async def _opening(entry: BriefEntry) -> Opening:
    """What stands on a draft already; asked for where anybody has worked on it."""
    store = store_in_use()
    made = await run_in_threadpool(reviews_of, store, entry.brief_id)
    home = await run_in_threadpool(translations_of, store, entry.brief_id)
    if not made and not home:
        return Opening((), ())
    key = (entry.sha256, len(made), len(home))
    if key not in _openings:
        _openings[key] = await line_checks.ask("decisions", line_checks.opening_of, entry)
    return _openings[key]


_openings: dict[tuple[str, int, int], Opening] = {}


def _draft_values(request: Request, entry: BriefEntry, opening: Opening) -> dict[str, Any]:
    store, language = store_in_use(), request.state.language
    brief, documents = decisions.read(entry, store)
    typed = typed_now(store, entry.brief_id, entry.sha256)
    own = {one.place: one for one in typed if one.reviewer == _typist(request)}
    carried = {place_of_line(edit.segment, edit.language): edit.text for edit in opening.carried}
    wish = wish_of(request)
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
        "said": lambda place: own.get(place) or Typed("", place, ""),
        "note_of": place_of_note,
        "others": [one for one in typed if one.reviewer != _typist(request)],
        "reviews": reviews,
        "known": _known(request, entry, reviews),
        "again": "again" in request.query_params,
        "changes": _changes(entry, brief, reviews),
        "assignee": assignee(store, entry.brief_id),
        "people": people(),
        "before": before,
        "after": after,
        "at": place,
        "count": count,
        "query": query_of(wish),
        "summary": None,
    }


def _known(request: Request, entry: BriefEntry, reviews: list[ReviewEntry]) -> int:
    """Number of the last decision that the visitor knows of, once they see the page.

    Of one that settled the draft only those know who asked to decide again.
    """
    if "again" in request.query_params and reviews:
        return reviews[-1].number
    return decisions.last_known(entry, store_in_use())


def _changes(
    entry: BriefEntry, brief: Brief, reviews: list[ReviewEntry]
) -> list[draft_view.LineChange]:
    """What changed since the text that was sent back last."""
    for review in reversed(reviews):
        if review.decision == "revise" and review.brief_sha256 != entry.sha256:
            seen = find_brief(store_in_use(), entry.brief_id, review.edition)
            return draft_view.changes(from_json(seen.json), brief) if seen else []
    return []


async def save(request: Request, brief_id: str) -> Response:
    """Keep what was typed in one place."""
    given = await posted(request)
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
    if typed.place not in places_of(from_json(entry.json)):
        raise HTTPException(400, "no_sense")
    return keep_typed(store_in_use(), brief_id, entry.sha256, typed, seen)


def _known_text(brief_id: str, sha256: Any) -> BriefEntry:
    """A draft's text that a page shows; what is typed is kept also where a later one exists."""
    entry = entry_of(brief_id)
    if entry.sha256 == sha256:
        return entry
    for review in reviews_of(store_in_use(), brief_id):
        if review.brief_sha256 == sha256:
            earlier = find_brief(store_in_use(), brief_id, review.edition)
            if earlier is not None and earlier.sha256 == sha256:
                return earlier
    return _current(brief_id, sha256)


async def check(request: Request, brief_id: str) -> Response:
    """The verdict on a line as it is typed."""
    given = await posted(request)
    entry = await run_in_threadpool(_current, brief_id, given.get("sha256"))
    places = given.get("places")
    if not isinstance(places, list) or not all(isinstance(one, dict) for one in places):
        raise HTTPException(400, "no_sense")
    typed = [_typed(request, {**one, "overruled": "", "confirmed": False}) for one in places[:2]]
    brief = from_json(entry.json)
    known = places_of(brief)
    edits = edits_typed(brief, [one for one in typed if one.place in known])
    if not edits:
        return JSONResponse({"verdict": "", "reasons": []})
    found = await line_checks.ask("checks", line_checks.verdict_of, entry, edits)
    return JSONResponse(
        {
            "verdict": found.verdict,
            "grade": draft_view.shown_grade(found.grade, request.state.language),
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
    given = await posted(request)
    window = str(given.get("window", ""))[:40]
    name = request.state.visitor.name
    if given.get("gone") is True:
        said_hello(brief_id, window, name, gone=True)
        return JSONResponse({})
    said_hello(brief_id, window, name)
    known = given.get("after", 0)
    seen = known if isinstance(known, int) else 0
    found = await run_in_threadpool(_meanwhile, request, brief_id, given.get("sha256"), seen)
    return JSONResponse({"others": others_here(brief_id, window, name), **found})


def _meanwhile(request: Request, brief_id: str, sha256: Any, seen: int) -> dict[str, Any]:
    entry, say = entry_of(brief_id), say_in(request)
    typed = typed_now(store_in_use(), brief_id, str(sha256))
    others = [
        {"reviewer": one.reviewer, "place": one.place, "text": one.text}
        for one in typed
        if one.reviewer != _typist(request) and is_line(one.place)
    ]
    news = ""
    if entry.sha256 != sha256:
        news = say("draft.redrafted")
    elif (review := settled_by(entry)) is not None and review.number > seen:
        at = _when(request, review)
        news = say(f"draft.{review.decision}_by", name=review.reviewer, at=at)
    return {"typed": others, "news": news}


def history(request: Request, brief_id: str, place: str, sha256: str) -> Response:
    """Every text that the visitor left in a place, oldest first, after the draft's own."""
    entry = _known_text(brief_id, sha256)
    texts = [
        one.text
        for one in typed_before(store_in_use(), brief_id, entry.sha256, _typist(request), place)
    ]
    mark, _, code = place.partition("/")
    segments = {segment.id: segment for segment in from_json(entry.json).segments}
    language: Language = "fr" if code == "fr" else "en"
    first = drafted(segments[mark], language) if mark in segments else ""
    return JSONResponse({"texts": [first, *texts]})


async def candidates(request: Request, brief_id: str) -> Response:
    """What else the source says that could be brought in."""
    entry = await run_in_threadpool(entry_of, brief_id)
    found = await line_checks.ask("pages", line_checks.candidates, entry)
    return JSONResponse({"candidates": [asdict(one) for one in found]})


async def preview(request: Request, brief_id: str) -> Response:
    """The page that would be published in the visitor's words."""
    entry = await run_in_threadpool(entry_of, brief_id)
    edits = await _edits(request, entry)
    html = await line_checks.ask("pages", line_checks.page_of, entry, edits)
    return HTMLResponse(html, headers={"Content-Security-Policy": BRIEF_POLICY})


async def _edits(request: Request, entry: BriefEntry) -> tuple[Edit, ...]:
    """What the visitor has changed in a draft."""
    opening = await _opening(entry)
    own = await run_in_threadpool(_own, request, entry)
    return tuple(edits_typed(from_json(entry.json), own, opening.carried))


def _own(request: Request, entry: BriefEntry) -> list[Typed]:
    """What the visitor has typed in a draft."""
    typed = typed_now(store_in_use(), entry.brief_id, entry.sha256)
    return [one for one in typed if one.reviewer == _typist(request)]


_DECISIONS: tuple[Decision, ...] = ("approve", "revise", "reject")


async def decision(request: Request, brief_id: str) -> Response:
    """Approve, send back or reject; what stands in the form is kept first."""
    form = await posted(request)
    entry = await run_in_threadpool(_current, brief_id, form.get("sha256"))
    await run_in_threadpool(_keep_form, request, entry, form)
    name_of_it, _, where = str(form.get("decision", "")).partition(":")
    what = next((one for one in _DECISIONS if one == name_of_it), None)
    say, name = say_in(request), reviewer_of(request, form)
    again = form.get("again") == "1"
    own = await run_in_threadpool(_own, request, entry)
    comment = comment_typed(from_json(entry.json), own)
    problems = []
    if what is None:
        raise HTTPException(400, "no_sense")
    if not name:
        problems.append(say("draft.no_name"))
    if what != "approve" and not comment:
        problems.append(say(f"draft.no_comment_{what}"))
    if problems:
        return _ask_again(request, entry, tuple(problems), again=again)
    languages: tuple[Language, ...] = LANGUAGES if where == "both" else ()
    if not languages:
        languages = ("fr",) if from_json(entry.json).language == "fr" else ("en",)
    edits = await _edits(request, entry)
    after = int(form["after"]) if str(form.get("after", "")).isdecimal() else 0
    made = (entry, name, moment_of_now(), after, comment, edits, languages)
    lane: Lane = "redrafts" if what == "revise" else "decisions"
    settled = await line_checks.ask(lane, line_checks.settle, *made, what)
    if settled.result == "sent_back":
        return RedirectResponse(f"/desk/drafts/{quote(brief_id)}", 303)
    if settled.result in ("approved", "rejected"):
        target = f"/desk/briefs/{quote(brief_id)}{query_of(wish_of(request))}"
        return RedirectResponse(target, 303)
    said = tuple(note.words(request.state.language) for note in settled.notes)
    first = await run_in_threadpool(settled_by, entry)
    if settled.result == "not_done" and first is not None and first.number > after:
        told_of = say(f"decided.{first.decision}", name=first.reviewer, at=_when(request, first))
        said = (f"{told_of} {say('draft.came_second')}",)
    return _ask_again(request, entry, said or (settled.reason,), again=again)


def _when(request: Request, review: ReviewEntry) -> str:
    return moment(review.at, request.state.language, ZoneInfo(settings().timezone))


def _keep_form(request: Request, entry: BriefEntry, form: Mapping[str, Any]) -> None:
    """Keep what a form holds that the page's script hadn't sent yet, or in a page without one."""
    typist, window = _typist(request), str(form.get("window", ""))[:40]
    known = {one.place: one for one in _own(request, entry)}
    for place, first in places_of(from_json(entry.json)).items():
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
            keep_typed(store_in_use(), entry.brief_id, entry.sha256, now, last.number)


async def give(request: Request, brief_id: str) -> Response:
    """Give one draft to somebody."""
    form = await posted(request)
    to = sign_in.folded(str(form.get("to", "")))[:80]
    await run_in_threadpool(assign, store_in_use(), [brief_id], to, request.state.visitor.name)
    return RedirectResponse(f"/desk/drafts/{quote(brief_id)}", 303)
