"""The page of the queue, and what is done with several drafts at once."""

from __future__ import annotations

import threading

from anyio import from_thread
from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from corpus.store import (
    assign,
)
from passerelle import decisions
from passerelle.desk import line_checks, preparing, sign_in, waiting_list
from passerelle.desk.front import (
    entry_of,
    inside,
    moment_of_now,
    people,
    posted,
    query_of,
    reviewer_of,
    say_in,
    show,
    store_in_use,
    wish_of,
)
from pipelines.brief import from_json
from pipelines.render import layout


def queue(request: Request, page: str = "1") -> Response:
    """What waits."""
    store, wish = store_in_use(), wish_of(request)
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    found = waiting_list.page_of_queue(store, wish, number)
    if found.unknown:
        threading.Thread(target=waiting_list.sum_up_the_rest, args=(store,), daemon=True).start()
    from_thread.run_sync(preparing.prepare, preparing.drafts_of(found.rows))
    return _show_queue(request, found, wish)


def _show_queue(
    request: Request, found: waiting_list.QueuePage, wish: waiting_list.Wish, problem: str = ""
) -> Response:
    return show(
        request,
        "queue.html",
        422 if problem else 200,
        found=found,
        wish=wish,
        query=query_of(wish),
        at=lambda number: _query_at(wish, number),
        orders=list(waiting_list.ORDERS),
        people=people(found.assignees),
        language_of=waiting_list.language_of,
        problem=problem,
    )


def _query_at(wish: waiting_list.Wish, number: int) -> str:
    query = query_of(wish)
    return f"{query}{'&' if query else '?'}page={number}"


async def several(request: Request) -> Response:
    """Give several drafts to somebody, or reject them for one reason."""
    form = await posted(request)
    chosen: list[str] = form["chosen"]
    what, name = str(form.get("what", "")), reviewer_of(request, form)
    reason, to = str(form.get("reason", "")).strip(), sign_in.folded(str(form.get("to", "")))
    say, store = say_in(request), store_in_use()
    back = "/desk" + str(form.get("query", ""))
    if not chosen:
        problem = say("queue.none_chosen")
    elif what == "assign":
        await run_in_threadpool(assign, store, chosen, to[:80], name)
        return RedirectResponse(inside(back), 303)
    elif not reason:
        problem = say("queue.no_reason")
    elif not name:
        problem = say("draft.no_name")
    else:
        return await _reject(request, chosen, name, reason, inside(back))
    wish = wish_of(request)
    found = await run_in_threadpool(waiting_list.page_of_queue, store, wish)
    return _show_queue(request, found, wish, problem)


async def _reject(
    request: Request, chosen: list[str], name: str, reason: str, back: str
) -> Response:
    lines: list[str] = []
    for brief_id in chosen:
        entry = await run_in_threadpool(entry_of, brief_id)
        after = await run_in_threadpool(decisions.last_known, entry, store_in_use())
        made = (entry, name, moment_of_now(), after, reason, (), ())
        settled = await line_checks.ask("decisions", line_checks.settle, *made, "reject")
        said = settled.reason or " ".join(n.words(request.state.language) for n in settled.notes)
        lines.append(f"{layout.brief_title(from_json(entry.json))}: {said}")
    return show(
        request, "told.html", heading=say_in(request)("queue.rejected"), lines=lines, back=back
    )
