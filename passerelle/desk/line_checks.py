"""Checks of lines and decisions on drafts, in warm child processes beside the server.

A check takes a tenth of a second once the models are loaded, and a minute before; either way no
other request may wait for it. So they are loaded once, as soon as the server is up, by a process
that serves forks (``multiprocessing.forkserver``). From it a child is forked for each kind
of work (``Lane``): what takes long, as making a draft anew, holds up neither a check nor a
decision. ``ask`` hands a lane one of the functions of the second part; a child that has died is
forked anew, in a moment. The server's own process never loads a model.

In and out of the children: plain values.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, ParamSpec, TypeVar, get_args

from corpus.document import Document, Language
from corpus.errors import PasserelleError
from corpus.settings_base import read_again
from corpus.store import BriefEntry, Decision, Store, open_store
from passerelle import decisions
from passerelle.decisions import Answer, Note, NotTakenError, Question, Shown
from passerelle.settings import settings
from pipelines.brief import Brief, Edit, Verdict, from_json

Given = ParamSpec("Given")
Result = TypeVar("Result")

#: What is done one after the other, each kind beside the others: a line as it is typed; what a
#: decision needs; drafts that are sent back; whole pages and files.
Lane = Literal["checks", "decisions", "redrafts", "pages"]

#: What the process imports from which the children are forked.
LOADED = "passerelle.desk.loaded"
#: How many candidates for a line are offered beside those that a draft tells.
MOST_CANDIDATES = 8
#: Seconds after which a child is taken for stuck, and begun anew.
PATIENCE = 300.0
#: How many drafts a child keeps at hand.
_AT_HAND = 16

#: What is raised where a child can't be begun.
_NOT_BEGUN = (BrokenProcessPool, EOFError, OSError)

_lock = threading.Lock()
_pools: dict[Lane, ProcessPoolExecutor] = {}


# The server's side


async def ask(
    lane: Lane, work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs
) -> Result:
    """What a function of this module gives in a lane's child; it is begun anew where it has died.

    Raises ``PasserelleError`` where the child dies of the same question twice, or is stuck.
    """

    def submitted() -> tuple[ProcessPoolExecutor, Future[Result]]:
        pool = _begun(lane)
        return pool, pool.submit(work, *given, **named)  # waits for the first fork of all

    for _ in range(2):
        try:
            pool, future = await asyncio.to_thread(submitted)
        except _NOT_BEGUN:
            _put_away(lane)
            continue
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), PATIENCE)
        except BrokenProcessPool:
            _put_away(lane, pool)
        except TimeoutError:
            _put_away(lane, pool)
            break
    raise PasserelleError("the checks gave no answer; what you typed is kept, try again")


def make_ready() -> None:
    """Begin the children, if there are none, without waiting for them."""
    if set(_pools) < set(get_args(Lane)):
        threading.Thread(target=_begin_all, daemon=True).start()


def _begin_all() -> None:
    for lane in get_args(Lane):
        with suppress(*_NOT_BEGUN):  # tried again by whoever asks
            _begun(lane).submit(os.getpid)


def close() -> None:
    """End the children."""
    for lane in list(_pools):
        _put_away(lane)


def _begun(lane: Lane) -> ProcessPoolExecutor:
    with _lock:
        if lane not in _pools:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([LOADED])
            _pools[lane] = ProcessPoolExecutor(1, context, _begin, (dict(os.environ),))
        return _pools[lane]


def _put_away(lane: Lane, pool: ProcessPoolExecutor | None = None) -> None:
    """End a lane's child: of ``pool``, where another hasn't been begun meanwhile."""
    with _lock:
        if lane not in _pools or pool not in (None, _pools[lane]):
            return
        gone = _pools.pop(lane)
    for process in list((gone._processes or {}).values()):
        process.kill()
    gone.shutdown(wait=False, cancel_futures=True)


# The children's side


def _begin(environment: Mapping[str, str]) -> None:
    """Take over the server's settings as they are now, and end with it."""
    os.environ.clear()
    os.environ.update(environment)
    read_again()
    threading.Thread(target=_end_with_server, daemon=True).start()


def _end_with_server() -> None:
    """End also where the server was killed and can't say so."""
    if (server := multiprocessing.parent_process()) is not None:
        server.join()
        os._exit(0)


@lru_cache(maxsize=1)
def _store_at(url: str) -> Store:
    return open_store(url)


def _store() -> Store:
    return _store_at(settings().database_url)


@lru_cache(maxsize=_AT_HAND)
def _known(entry: BriefEntry, url: str) -> tuple[Brief, dict[str, Document]]:
    return decisions.read(entry, _store_at(url))


def _at_hand(entry: BriefEntry) -> tuple[Brief, dict[str, Document]]:
    return _known(entry, settings().database_url)


@dataclass(frozen=True, slots=True)
class Reason:
    """What a check says against a line."""

    language: Language
    """In which of the line's languages the words stand."""
    text: str
    """In English, as ``pipelines.language.reasons.told`` takes it."""
    unsure: bool


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What the checks say of a line as a reviewer words it."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    grade: float | None = None
    """Of its own words, on the scale common to both languages; None where it isn't graded."""


@lru_cache(maxsize=64 * _AT_HAND)
def look_at_line(entry: BriefEntry, mark: str) -> None:
    """Parse one line of a draft and its evidence: the first check of it is as quick as others."""
    from pipelines.review.edited import refused

    brief, documents = _at_hand(entry)
    for segment in brief.segments:
        if segment.id == mark:
            again = Edit(mark, segment.language, segment.text + " (1)")
            refused(brief, [again], documents)


@lru_cache(maxsize=_AT_HAND)
def look_at_draft(entry: BriefEntry) -> None:
    """Understand a whole draft and its document, as a decision on it does."""
    from pipelines.review.edited import edited

    brief, documents = _at_hand(entry)
    edited(brief, [], documents)


def verdict_of(entry: BriefEntry, edits: Sequence[Edit]) -> LineVerdict:
    """The verdict on one line that was edited in one language or both."""
    from pipelines.review.edited import refused

    brief, documents = _at_hand(entry)
    found = [
        Reason(one.language, one.reason, one.unsure) for one in refused(brief, edits, documents)
    ]
    grade = _grade_of(brief, edits)
    if not found:
        return LineVerdict("kept", grade=grade)
    refusal = any(not one.unsure for one in found)
    return LineVerdict("refused" if refusal else "unsure", tuple(found), grade)


def _grade_of(brief: Brief, edits: Sequence[Edit]) -> float | None:
    """The grade of the line whose own words an edit changes."""
    from pipelines.scoring.grades import grades

    own = {segment.id: segment for segment in brief.segments}
    for edit in edits:
        segment = own[edit.segment]
        if edit.language == segment.language:
            for found in grades([replace(segment, text=edit.text)]):
                return found.after
    return None


def page_of(entry: BriefEntry, edits: Sequence[Edit]) -> str:
    """The page that would be published, in HTML."""
    from pipelines.render import render
    from pipelines.review.edited import edited

    brief, documents = _at_hand(entry)
    return render(edited(brief, edits, documents), "html")


def file_of(brief_json: str, form: str) -> bytes:
    """A brief as a file in a form."""
    from pipelines.render import render_bytes

    return render_bytes(from_json(brief_json), form)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new draft begins with that was made after an earlier one."""

    notes: tuple[Note, ...]
    carried: tuple[Edit, ...]
    """Edits of the earlier draft that hold in this one."""


def opening_of(entry: BriefEntry) -> Opening:
    """What became of the comment and the edits of the draft before."""
    from pipelines.review.edited import edits_from

    question = decisions.first_question(entry, _store())
    brief, _ = _at_hand(entry)
    carried, _ = edits_from(brief, question.texts)
    return Opening(question.notes, carried)


@dataclass(frozen=True, slots=True)
class Untold:
    """A sentence of the source that no line of a draft tells."""

    start: int
    """Code points into the document's text."""
    text: str


def candidates(entry: BriefEntry) -> list[Untold]:
    """The best findings or points that a draft doesn't tell, the best first."""
    from pipelines.reading.reading import Reading
    from pipelines.selecting.findings import findings
    from pipelines.selecting.instructions import meets
    from pipelines.selecting.points import points

    brief, documents = _at_hand(entry)
    document = next(iter(documents.values()))
    reading = Reading(document)
    found = findings(reading) if document.kind == "paper" else points(reading)
    told = [(item.start, item.end) for s in brief.segments for item in s.evidence]
    rest = [one for one in found if not meets((one.start, one.end), told)]
    best = sorted(rest, key=lambda one: (-one.salience, one.start))[:MOST_CANDIDATES]
    return [Untold(one.start, document.text[one.start : one.end]) for one in best]


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a decision."""

    result: Literal["approved", "rejected", "sent_back", "asked_again", "unpublished", "not_done"]
    notes: tuple[Note, ...] = ()
    """The first says what came of it, the others why it is asked again."""
    reason: str = ""
    """Why nothing was done, in a sentence of English."""


def settle(
    entry: BriefEntry,
    reviewer: str,
    at: str,
    after: int,
    comment: str,
    edits: tuple[Edit, ...],
    languages: tuple[Language, ...],
    decision: Decision,
) -> Settled:
    """Take a reviewer's decision, as ``decisions.decide`` does from any door.

    ``after`` is the number of the last decision that the reviewer's page knows of. A draft that is
    sent back is made anew meanwhile.
    """
    shown = Shown(entry.sha256, after)
    answer = Answer(decision, reviewer, at, shown, comment, languages, edits=edits)
    try:
        outcome = decisions.decide(entry, Question({}, shown), answer, _store())
    except NotTakenError as error:
        return Settled("not_done", (error.note,))
    except PasserelleError as error:
        return Settled("not_done", reason=str(error))
    if outcome.question is not None:
        return Settled("asked_again", outcome.question.notes)
    return Settled(outcome.result, (outcome.note,))


def take_back(brief_id: str, reviewer: str, comment: str, at: str) -> Settled:
    """Take back what was published, as ``decisions.unpublish`` does from any door."""
    try:
        outcome = decisions.unpublish(brief_id, reviewer, comment, at, _store())
    except NotTakenError as error:
        return Settled("not_done", (error.note,))
    except PasserelleError as error:
        return Settled("not_done", reason=str(error))
    return Settled(outcome.result, (outcome.note,), " · ".join(outcome.left))


def bring_home(content: bytes, name: str, brief_id: str) -> tuple[list[str], str, bool]:
    """Take in a translator's file, as ``translations.bring_home`` does from any door.

    What to tell of it, line by line; the lines to look at as a file for the translator; and whether
    a brief now has every line in both languages. Raises ``PasserelleError`` as that does.
    """
    from passerelle import translations, translations_view  # heavy, and seldom needed

    received = translations.bring_home(content, name, _store(), brief_id)
    lines = [*translations_view.told(received)]
    lines += [line for _, line in translations_view.open_lines(received)]
    reports = [one.report for one in received if one.report]
    return lines, reports[0] if reports else "", any(one.ready for one in received)
