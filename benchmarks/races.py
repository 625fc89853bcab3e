"""Does a decision ever overwrite another that was made in the same moment, whichever the doors?

``python benchmarks/races.py [RACES]``: two processes, each at a door of its own (the desk's page,
the command line, the flow behind Prefect's form), decide on one draft after the other (200), each
pair of doors as often, both let go at once. Prints, for each pair, how often each was first, how
often whoever came second was told of the other, and how many decisions were lost or overwritten.

Of Prefect only the server is left out: the form is made, filled in and read as in use. A home of
its own is made and removed.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from typing import Any, Literal

from corpus.document import Document, Passage, assemble, digest
from corpus.store import BriefEntry, Store, keep_brief, keep_document, open_store, reviews_of
from passerelle import batches, decisions
from passerelle.settings import settings
from pipelines.brief import (
    Brief,
    BriefDocument,
    Evidence,
    ReadabilityPair,
    Segment,
    Target,
    to_json,
)

Decided = Literal["holds", "told of the other", "neither"]
Door = Callable[[BriefEntry, Literal["approve", "reject"]], Decided]

RACES = 200
FOUND = "Streets with more trees were 2 degrees cooler in the afternoon."


def a_draft(store: Store, name: str) -> BriefEntry:
    """A draft of one line that waits for a person."""
    title = f"Shade {name}"
    text, blocks, anchors = assemble([Passage(title, "title"), Passage(FOUND, "paragraph")])
    sha256 = digest(text.encode())
    id, source = sha256[:16], "shade.md"
    document = Document(
        id, "paper", "en", title, (), {}, None, source, sha256, text, blocks, anchors
    )
    start = text.index(FOUND)
    quote = Evidence(id, start, start + len(FOUND), FOUND)
    line = Segment("s1", "bottom_line", FOUND, "en", Target("fr"), evidence=(quote,))
    named = BriefDocument(id, "paper", "en", title, source, sha256)
    brief = Brief(f"race-{name}", "en", "staff", (named,), (line,), ReadabilityPair())
    keep_document(store, document, batches.edition())
    edition = batches.edition()
    entry = BriefEntry(brief.id, edition, id, "staff", "en", "draft", to_json(brief))
    return keep_brief(store, entry)


# The doors: each is made once, and then asked to decide on one draft after the other


def at_the_desk() -> Door:
    """The desk's page, its checks in this very process."""
    from fastapi.testclient import TestClient

    from passerelle.desk import line_checks, pages, preparing

    async def here(lane: str, work: Any, *given: Any) -> Any:
        return work(*given)

    line_checks.ask = here  # type: ignore[assignment]
    line_checks.make_ready = lambda: None
    preparing.prepare = lambda entries: None
    client = TestClient(pages.desk(), base_url="http://127.0.0.1:4200", follow_redirects=True)
    found = re.search(r'name="token" value="(\w+)"', client.get("/desk/start").text)
    assert found is not None

    def decide(entry: BriefEntry, what: Literal["approve", "reject"]) -> Decided:
        form = {"token": found[1], "sha256": entry.sha256, "after": "0", "decision": what}
        form |= {"reviewer": "at the desk", "comment": "No." if what == "reject" else ""}
        page = client.post(f"/desk/drafts/{entry.brief_id}/decision", data=form)
        came = re.search(r'class="came \w+" role="status">([^<]*)<', page.text)
        if came is not None and "at the desk" in came[1]:
            return "holds"
        alert = re.search(r'role="alert"[^>]*>\s*<p>([^<]*)', page.text)
        told = alert is not None and "Nothing of your answer was recorded" in alert[1]
        return "told of the other" if told else "neither"

    return decide


def at_the_command_line() -> Door:
    """``passerelle review``."""
    from typer.testing import CliRunner

    from passerelle.cli import app

    def decide(entry: BriefEntry, what: Literal["approve", "reject"]) -> Decided:
        words = ["review", entry.brief_id, f"--{what}", "--reviewer", "at the command line"]
        done = CliRunner().invoke(app, words)
        if done.exit_code == 0:
            return "holds"
        return "told of the other" if "this draft on" in done.stderr else "neither"

    return decide


def at_prefects_form() -> Door:
    """The flow that goes on once Prefect's form is sent in; Prefect's server is left out."""
    import flows
    from passerelle import review_runs

    chosen = {"approve": "approve · approuver", "reject": "reject · rejeter"}
    wanted: list[str] = []

    def ask(entry: BriefEntry, question: decisions.Question, key: str) -> decisions.Answer:
        form = review_runs.form(entry, question)
        sent = form(**{"decision": chosen[wanted[0]], "reviewer": "at the form"}, **_left(form))
        return review_runs.answer(sent, question, _now())

    review_runs.ask = ask
    review_runs.show_unless_shown = lambda entry: None
    review_runs.say_in_log = lambda messages: None
    review_runs.close_with = lambda outcome, store: None

    def decide(entry: BriefEntry, what: Literal["approve", "reject"]) -> Decided:
        wanted[:] = [what]
        state = flows.review_brief.fn(entry.brief_id, entry.edition, 0)
        if state.is_completed():
            return "holds"
        told = state.is_cancelled() and "this draft on" in (state.message or "")
        return "told of the other" if told else "neither"

    return decide


def _left(form: Any) -> dict[str, str]:
    """What a page sends of the fields that nobody touched."""
    fields = form.model_fields.items()
    return {name: field.default for name, field in fields if not field.is_required()}


def _now() -> str:
    from passerelle.desk.front import moment_of_now

    return moment_of_now()


DOORS: dict[str, Callable[[], Door]] = {
    "desk": at_the_desk,
    "command line": at_the_command_line,
    "form": at_prefects_form,
}
PAIRS = (("desk", "form"), ("command line", "desk"), ("form", "command line"))

# The races


def raced(
    door: Door, wait: Callable[[], object], drafts: list[BriefEntry], turn: int
) -> list[Decided]:
    """What came of each draft at one door, where two were let go at once; one approves, the other
    rejects, in turn."""
    ends: list[Decided] = []
    for number, draft in enumerate(drafts):
        wait()
        ends.append(door(draft, "approve" if number % 2 == turn else "reject"))
    return ends


def wrong(store: Store, draft: BriefEntry, ends: tuple[Decided, Decided], turn: int) -> str:
    """What is wrong with how a race ended; empty where one holds and the other was told."""
    if sorted(ends) != ["holds", "told of the other"]:
        return f"{draft.brief_id}: {ends[0]}, {ends[1]}"
    made = [review.decision for review in reviews_of(store, draft.brief_id)]
    approves = ends.index("holds") == turn
    published = (settings().published / f"{draft.brief_id}.md").is_file()
    if made != ["approve" if approves else "reject"] or published != approves:
        return f"{draft.brief_id}: {made}, published: {published}"
    return ""


class _Child:
    """A process at one door."""

    def __init__(self, name: str, barrier: Barrier) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_at_the_door, args=(name, barrier, theirs))
        self.process.start()


def _at_the_door(name: str, barrier: Barrier, line: Any) -> None:
    """Race through the drafts that come down the line, until it is closed."""
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    decisions.make_ready()
    door = DOORS[name]()
    with suppress(EOFError):
        while True:
            drafts, turn = line.recv()
            line.send(raced(door, barrier.wait, drafts, turn))


def main(races: int) -> None:
    """Print how the races ended."""
    store = open_store(settings().database_url)
    barrier = multiprocessing.get_context("spawn").Barrier(2)
    children = {name: _Child(name, barrier) for name in DOORS}
    lost, began = 0, time.monotonic()
    for pair, count in zip(PAIRS, _shares(races), strict=True):
        name = "-".join(pair).replace(" ", "-")
        drafts = [a_draft(store, f"{name}-{number}") for number in range(count)]
        for turn, door in enumerate(pair):
            children[door].line.send((drafts, turn))
        one, two = (children[door].line.recv() for door in pair)
        ends: list[tuple[Decided, Decided]] = list(zip(one, two, strict=True))
        told = [wrong(store, draft, ends[n], n % 2) for n, draft in enumerate(drafts)]
        faults = [fault for fault in told if fault]
        lost += len(faults)
        first = [sum(both[place] == "holds" for both in ends) for place in (0, 1)]
        print(f"{pair[0]} against {pair[1]}: {count} races, first {first[0]} : {first[1]}", end="")
        print(f", lost or overwritten {len(faults)}", flush=True)
        print("\n".join(faults[:5]), end="\n" * bool(faults))
    for child in children.values():
        child.line.close()
    print(f"all: {races} races, lost or overwritten {lost} ({time.monotonic() - began:.0f} s)")
    sys.exit(bool(lost))


def _shares(races: int) -> list[int]:
    share, rest = divmod(races, len(PAIRS))
    return [share + (place < rest) for place in range(len(PAIRS))]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PASSERELLE_HOME"] = folder
        main(int(sys.argv[1]) if len(sys.argv) > 1 else RACES)
