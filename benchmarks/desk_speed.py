"""How long the desk takes: its queue with a thousand waiting, a verdict while typing, an answer.

``python benchmarks/desk_speed.py [WAITING] [BUSY]``: so many drafts wait (1,000), each a copy of a
sample's under a title of its own, while so many other processes keep the cores busy (2). Printed
with the machine's load: seconds until the models are loaded after the start; the queue, in seconds
and bytes; the first verdict of a draft that was opened a moment ago, and of one that somebody has
read for a while; verdicts while typing; approvals and rejections; verdicts and approvals while
another reviewer's draft is made anew. A home of its own is made and removed.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

SAMPLE = Path(__file__).parent.parent / "corpus" / "samples" / "street-trees.xml"


def make(count: int) -> list[str]:
    """A store with so many drafts waiting; their ids."""
    from corpus.document import digest
    from corpus.readers import read_bytes
    from corpus.store import BriefEntry, keep_brief, keep_document, open_store
    from passerelle import batches
    from passerelle.settings import settings
    from pipelines.brief import to_json
    from pipelines.draft import draft

    store = open_store(settings().database_url)
    first = read_bytes(SAMPLE.read_bytes(), SAMPLE.name)
    brief = draft(first, audience="staff", language="en")
    ids = []
    for n in range(count):
        sha256 = digest(f"{n}".encode())
        document = replace(first, id=sha256[:16], sha256=sha256, title=f"{first.title} ({n})")
        evidence = [
            replace(s, evidence=tuple(replace(e, document=document.id) for e in s.evidence))
            for s in brief.segments
        ]
        named = replace(brief.documents[0], id=document.id, sha256=sha256, title=document.title)
        copy = replace(brief, id=f"draft-{n:04}", documents=(named,), segments=tuple(evidence))
        keep_document(store, document, batches.edition())
        text = to_json(copy)
        entry = BriefEntry(copy.id, batches.edition(), document.id, "staff", "en", "draft", text)
        ids.append(keep_brief(store, entry).brief_id)
    return ids


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that something takes, and what it gives."""
    since = time.perf_counter()
    found = work()
    return time.perf_counter() - since, found


def spin() -> None:
    """Keep a core busy."""
    while True:
        sum(range(10_000))


class Reviewer:
    """Somebody at the desk, as a browser asks for them."""

    def __init__(self, client: Any, store: Any) -> None:
        """With a browser of their own, and the store to look into."""
        self.client, self.store = client, store
        page = client.get("/desk/start").text
        found = re.search(r'name="token" value="(\w+)"', page)
        assert found is not None
        self.token = found[1]

    def sha256(self, id: str) -> str:
        """Of the text that they have before them."""
        from corpus.store import find_brief

        entry = find_brief(self.store, id)
        assert entry is not None
        return entry.sha256

    def opens(self, id: str) -> tuple[float, Any]:
        """Seconds until a draft's page is there, and the page."""
        return timed(lambda: self.client.get(f"/desk/drafts/{id}"))

    def types(self, id: str, mark: str, percent: int) -> float:
        """Seconds until the verdict on a line is there (0.2 s more pass until it is asked)."""
        text = f"Each increase of 10 percentage points meant a {percent}% lower rate."
        message = {"sha256": self.sha256(id), "places": [{"place": f"{mark}/en", "text": text}]}
        head = {"x-desk-token": self.token, "accept": "application/json"}
        where = f"/desk/drafts/{id}/check"
        took, answer = timed(partial(self.client.post, where, json=message, headers=head))
        assert answer.json().get("verdict") == "refused", answer.text
        return took

    def decides(self, id: str, decision: str, comment: str = "") -> float:
        """Seconds until the page of what came of it is there."""
        form = {"token": self.token, "sha256": self.sha256(id), "after": "0", "comment": comment}
        form |= {"reviewer": "Somebody", "decision": decision}
        where = f"/desk/drafts/{id}/decision"
        took, answer = timed(partial(self.client.post, where, data=form))
        assert answer.status_code == 200, answer.text
        assert decision != "approve" or "came approve" in answer.text, answer.text
        return took


def tell(what: str, times: list[float]) -> None:
    """Print some seconds."""
    print(f"{what}: median {median(times):.2f} s, longest {max(times):.2f} s", flush=True)


def server() -> Any:
    """The desk as ``passerelle serve`` has it, without Prefect's server behind it."""
    from passerelle.desk.pages import desk
    from passerelle.guard import behind_the_desk

    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "lifespan"
        for word in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{word}.complete"})

    return behind_the_desk(nothing, desk(), "")


def main(waiting: int, busy: int) -> None:
    """Print the figures."""
    from fastapi.testclient import TestClient

    from corpus.store import open_store
    from passerelle.settings import settings

    ids = make(waiting)
    others = [multiprocessing.Process(target=spin, daemon=True) for _ in range(busy)]
    for one in others:
        one.start()
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, {busy} busy loops beside; load before {load:.1f}", flush=True)
    with TestClient(server(), base_url="http://127.0.0.1:4200") as client:
        client.headers["accept"] = "text/html"
        somebody = Reviewer(client, open_store(settings().database_url))
        taken = iter(reversed(ids))  # the head of the queue is prepared
        ready = timed(lambda: somebody.types(next(taken), "s4", 73))[0]
        print(f"models loaded and the first of all verdicts, after the start: {ready:.2f} s")
        queue(client, waiting)
        typing(somebody, [next(taken) for _ in range(10)])
        deciding(somebody, [next(taken) for _ in range(20)])
        beside(somebody, [next(taken) for _ in range(6)])
    print(f"load after: {os.getloadavg()[0]:.1f}")
    for one in others:
        one.kill()


def queue(client: Any, waiting: int) -> None:
    """The page of the queue."""
    first, _ = timed(lambda: client.get("/desk"))
    time.sleep(20)  # the rest is summed up
    times = [timed(lambda: client.get("/desk?order=needs")) for _ in range(5)]
    print(f"queue of {waiting}, at first: {first:.2f} s, {len(times[0][1].content) / 1024:.0f} KB")
    tell(f"queue of {waiting}", [took for took, _ in times])


def typing(somebody: Reviewer, ids: list[str]) -> None:
    """Verdicts: the first of each draft, at once and after a while; and one after the other."""
    pages = [somebody.opens(id)[0] for id in ids[:1]]
    tell("a draft's page", pages)
    at_once = []
    for id in ids[1:6]:
        somebody.opens(id)
        at_once.append(somebody.types(id, "s4", 73))
    tell("first verdict, typed as the draft is opened", at_once)
    read = []
    for id in ids[6:]:
        somebody.opens(id)
        time.sleep(6)
        read.append(somebody.types(id, "s4", 73))
    tell("first verdict of a draft that was read for 6 s", read)
    marks = ["s3", "s4", "s5", "s6"]
    tell("verdict while typing", [somebody.types(ids[0], marks[n % 4], 20 + n) for n in range(20)])


def deciding(somebody: Reviewer, ids: list[str]) -> None:
    """Approvals and rejections."""
    for what, some, seconds in (
        ("approve", ids[:5], 6),
        ("approve, as the draft is opened", ids[5:10], 0),
        ("reject", ids[10:15], 6),
    ):
        times = []
        for id in some:
            somebody.opens(id)
            time.sleep(seconds)
            times.append(somebody.decides(id, what.split(",")[0], "No." * (what == "reject")))
        tell(what, times)


def beside(somebody: Reviewer, ids: list[str]) -> None:
    """The same while another reviewer waits for a draft that is made anew."""
    again = threading.Thread(
        target=somebody.decides, args=(ids[0], "revise", "for elected officials")
    )
    for id in ids[1:]:
        somebody.opens(id)
    time.sleep(6)
    again.start()
    time.sleep(3)
    checks, answers = [], []
    for id in ids[1:]:
        checks.append(somebody.types(id, "s4", 73))
        answers.append(somebody.decides(id, "approve"))
    during = again.is_alive()
    told = "while another's draft is made anew"
    tell(f"verdict {told}", checks)
    tell(f"approve {told}", answers)
    if not during:
        print("  (which was done before the last of them)")
    again.join()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PASSERELLE_HOME"] = folder
        main(*(numbers + [1000, 2][len(numbers) :]))
