"""What came of a draft: the decision, what is published, and taking it back."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from corpus.store import (
    approved_brief,
    reviews_of,
)
from passerelle import batches, decisions
from passerelle.desk import line_checks, waiting_list
from passerelle.desk.front import (
    BRIEF_POLICY,
    NothingThereError,
    attached,
    entry_of,
    moment_of_now,
    posted,
    query_of,
    reviewer_of,
    say_in,
    settled_by,
    show,
    store_in_use,
    wish_of,
)
from passerelle.settings import settings
from pipelines.brief import from_json


def outcome(request: Request, brief_id: str) -> Response:
    """What was decided on a brief, and where it is published."""
    store = store_in_use()
    entry = entry_of(brief_id)
    reviews = reviews_of(store, brief_id)
    review = settled_by(entry)
    if review is None:
        return RedirectResponse(f"/desk/drafts/{quote(brief_id)}", 303)
    stands = decisions.is_published(brief_id, store)
    approved = approved_brief(store, brief_id) if stands else None
    brief = from_json(approved.json if approved else entry.json)
    wish = wish_of(request)
    _, after, _, count = waiting_list.beside(store, wish, brief_id)
    return show(
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
        query=query_of(wish),
    )


async def unpublish(request: Request, brief_id: str) -> Response:
    """Take back what was published; a notice then stands in its place."""
    form = await posted(request)
    say, name = say_in(request), reviewer_of(request, form)
    comment = str(form.get("comment", "")).strip()
    back = f"/desk/briefs/{quote(brief_id)}"
    lines = [say("draft.no_name")] if not name else []
    lines += [say("outcome.no_reason")] if not comment else []
    if not lines:
        done = await line_checks.ask(
            "decisions", line_checks.take_back, brief_id, name, comment, moment_of_now()
        )
        if done.result == "unpublished" and not done.reason:
            return RedirectResponse(back, 303)
        lines = [note.words(request.state.language) for note in done.notes]
        lines += [say("outcome.left", files=done.reason)] if done.reason else []
    return show(request, "told.html", 422, heading=say("outcome.title"), lines=lines, back=back)


def _approved(brief_id: str) -> str:
    kept = approved_brief(store_in_use(), brief_id)
    if kept is None or not decisions.is_published(brief_id, store_in_use()):
        raise NothingThereError(f"{brief_id}: nothing of it is published")
    return kept.json


async def published_page(request: Request, brief_id: str) -> Response:
    """The page that was published."""
    text = await run_in_threadpool(_approved, brief_id)
    html = await line_checks.ask("pages", line_checks.file_of, text, "html")
    return HTMLResponse(html, headers={"Content-Security-Policy": BRIEF_POLICY})


async def published_file(request: Request, brief_id: str, form: str) -> Response:
    """One of the files that were published, to be saved."""
    if form not in batches.PUBLISHED_FORMATS:
        raise NothingThereError(f"{form}: not a form of briefs")
    text = await run_in_threadpool(_approved, brief_id)
    content = await line_checks.ask("pages", line_checks.file_of, text, form)
    return attached(content, f"{brief_id}.{form}")


def original(request: Request, document_id: str) -> Response:
    """The file that a document was read from, to be saved: nothing of it is opened here."""
    found = batches.original_of(document_id, store_in_use())
    if found is None:
        raise NothingThereError(f"{document_id}: its file is no longer where it was read from")
    name, content = found
    return attached(content, Path(name).name or document_id)
