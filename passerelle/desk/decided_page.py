"""What was decided: each brief's last decision, so that what is published is found again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fastapi import Request
from fastapi.responses import Response

from corpus.store import ReviewEntry, find_brief, reviews_since
from passerelle import decisions
from passerelle.desk.front import show, store_in_use
from passerelle.desk.waiting_list import folded
from pipelines.brief import from_json
from pipelines.render import layout

#: Most briefs that are listed, the newest decision first; a search looks at all of them.
MOST = 100


@dataclass(frozen=True, slots=True)
class Decided:
    """A brief and its last decision."""

    title: str
    review: ReviewEntry
    is_published: bool


def decided(request: Request, text: str = "") -> Response:
    """What was decided last, or what of it has some words in its title."""
    store = store_in_use()
    last = {one.brief_id: one for one in reviews_since(store, 0)}
    newest = sorted(last.values(), key=lambda one: -one.number)
    wanted = folded(text[:200])
    titled = ((_title(one.brief_id, one.edition), one) for one in newest)
    found = [(title, one) for title, one in titled if wanted in folded(title)]
    rows = [
        Decided(title, one, decisions.is_published(one.brief_id, store))
        for title, one in found[:MOST]
    ]
    more = max(0, len(found) - MOST)
    return show(request, "decided.html", rows=rows, more=more, text=text[:200], any=bool(newest))


@lru_cache(maxsize=10_000)
def _title(brief_id: str, edition: str) -> str:
    entry = find_brief(store_in_use(), brief_id, edition)
    return layout.brief_title(from_json(entry.json)) if entry else brief_id
