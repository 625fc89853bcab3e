"""Drafts looked at before anybody types in them: the first check is then as quick as all others.

What a page has shown last comes first. Each lane of ``line_checks`` is handed one step at a time,
so that somebody's check or decision waits for one at most.

In: drafts. Out: nothing; what can't be prepared is told by whoever asks for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool

from corpus.errors import PasserelleError
from corpus.store import BriefEntry, OperationalError, find_brief
from passerelle.desk import line_checks, waiting_list
from passerelle.desk.front import store_in_use
from passerelle.desk.line_checks import Lane
from pipelines.brief import from_json

#: How many drafts at the head of the queue are prepared before somebody opens one.
AHEAD = 3
#: Most steps that wait in a lane; those that were asked for first are let go.
_MOST = 200

#: A function of ``line_checks`` and what it is given.
_Step = tuple[Callable[..., None], tuple[Any, ...]]
#: What is still to be done, the next step last.
_waiting: dict[Lane, dict[_Step, None]] = {"checks": {}, "decisions": {}}
_at_work: dict[Lane, asyncio.Task[None]] = {}


async def begin() -> None:
    """Begin the children, and prepare the head of the queue."""
    line_checks.make_ready()
    with suppress(PasserelleError, OperationalError):  # told by whoever opens the queue
        prepare(await run_in_threadpool(_head_of_queue))


def _head_of_queue() -> list[BriefEntry]:
    return drafts_of(waiting_list.page_of_queue(store_in_use(), waiting_list.Wish()).rows)


def drafts_of(rows: Iterable[waiting_list.Row]) -> list[BriefEntry]:
    """The first drafts of some rows of the queue."""
    store = store_in_use()
    found = [find_brief(store, row.draft.brief_id) for row in list(rows)[:AHEAD]]
    return [entry for entry in found if entry is not None]


def prepare(entries: Sequence[BriefEntry]) -> None:
    """Have drafts looked at, the first of them first, before all that was asked for earlier."""
    for lane, steps in _waiting.items():
        for step in reversed([step for entry in entries for step in _steps(lane, entry)]):
            steps.pop(step, None)
            steps[step] = None
        while len(steps) > _MOST:
            del steps[next(iter(steps))]
        if steps and (lane not in _at_work or _at_work[lane].done()):
            _at_work[lane] = asyncio.ensure_future(_work(lane, steps))


def _steps(lane: Lane, entry: BriefEntry) -> list[_Step]:
    if lane == "decisions":
        return [(line_checks.look_at_draft, (entry,))]
    marks = [segment.id for segment in from_json(entry.json).segments if segment.evidence]
    return [(line_checks.look_at_line, (entry, mark)) for mark in marks]


async def _work(lane: Lane, steps: dict[_Step, None]) -> None:
    while steps:
        (work, given), _ = steps.popitem()
        with suppress(PasserelleError):
            await line_checks.ask(lane, work, *given)
