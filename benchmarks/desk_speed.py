"""How long the desk takes: its queue with a thousand waiting, a verdict while typing, an answer.

``python benchmarks/desk_speed.py [WAITING] [BUSY]``: so many drafts wait (1,000), each a copy of a
sample's under a title of its own, while so many other processes keep the cores busy (0). A home of
its own is made and removed. The child process is begun as the queue is first opened, as in use.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import tempfile
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


def main(waiting: int, busy: int) -> None:
    """Print the figures."""
    from fastapi.testclient import TestClient

    from corpus.store import find_brief, open_store
    from passerelle.desk import line_checks, pages
    from passerelle.settings import settings

    ids = make(waiting)
    others = [multiprocessing.Process(target=spin, daemon=True) for _ in range(busy)]
    for one in others:
        one.start()
    with TestClient(pages.desk(), base_url="http://127.0.0.1:4200") as client:
        client.headers["accept"] = "text/html"
        first, _ = timed(lambda: client.get("/desk"))
        time.sleep(20)  # the rest is summed up, and the child begun
        times = [timed(lambda: client.get("/desk?order=needs")) for _ in range(5)]
        print(f"queue of {waiting}, at first: {first:.2f} s")
        print(f"queue of {waiting}: {median(t for t, _ in times):.2f} s", end=", ")
        print(f"{len(times[0][1].content) / 1024:.0f} KB")
        store = open_store(settings().database_url)
        entry = find_brief(store, ids[0])
        assert entry is not None
        opened, page = timed(lambda: client.get(f"/desk/drafts/{ids[0]}"))
        found = re.search(r'name="token" value="(\w+)"', page.text)
        assert found is not None
        token = found[1]
        print(f"a draft's page: {opened:.2f} s, {len(page.content) / 1024:.0f} KB")
        time.sleep(20)  # read by a person
        verdicts = []
        for n in range(20):
            text = f"Each increase of 10 percentage points meant a {n + 20}% lower rate."
            message = {"sha256": entry.sha256, "places": [{"place": "s4/en", "text": text}]}
            where = f"/desk/drafts/{ids[0]}/check"
            head = {"x-desk-token": token, "accept": "application/json"}
            took, answer = timed(partial(client.post, where, json=message, headers=head))
            assert answer.json()["verdict"] == "refused", answer.text
            verdicts.append(took)
        print(
            f"verdict on an edit: first {verdicts[0]:.2f} s, median {median(verdicts):.2f} s,",
            end=" ",
        )
        print(f"longest {max(verdicts):.2f} s (and 0.2 s until it is asked)")
        for decision, wanted in (("approve", ids[1:6]), ("reject", ids[6:11])):
            answers = []
            for id in wanted:
                client.get(f"/desk/drafts/{id}")
                time.sleep(6)
                kept = find_brief(store, id)
                assert kept is not None
                form = {
                    "token": token,
                    "sha256": kept.sha256,
                    "after": "0",
                    "reviewer": "Somebody",
                    "decision": decision,
                    "comment": "No.",
                }
                address = f"/desk/drafts/{id}/decision"
                seconds, answer = timed(partial(client.post, address, data=form))
                assert answer.status_code == 200, answer.text
                answers.append(seconds)
            print(f"{decision}: median {median(answers):.2f} s, longest {max(answers):.2f} s")
    line_checks.close()
    for one in others:
        one.kill()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PASSERELLE_HOME"] = folder
        main(*(numbers + [1000, 0][len(numbers) :]))
