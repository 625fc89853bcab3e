"""The queue: what waits, what of it needs attention, and in which order somebody wants to see it.

A thousand briefs can't be read at each look: what the queue shows of one is summed up once from
its JSON and its document's, and kept in the store. In: an open ``Store`` and what a visitor asked
for (``Wish``). Out: a ``QueuePage`` of ``Row``s with the counts over all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from math import ceil
from statistics import median
from typing import Any, get_args

from corpus.document import MARKS, Language
from corpus.store import (
    Store,
    Waiting,
    drafts_waiting,
    keep_summaries,
    links_among,
    texts_of,
)
from corpus.text import without_accents
from passerelle.late_notices import documents_concerned, mark_of
from pipelines.brief import Certainty
from pipelines.language.typography import one_line

#: Drafts on one page of the queue.
PAGE = 50

#: How many are summed up in one go: a fraction of a second's work.
AT_ONCE = 100

#: The form of a summary: one of another form is made anew.
_FORM = 2


@dataclass(frozen=True, slots=True)
class Summary:
    """What the queue shows of a brief."""

    title: str
    kind: str
    source: str
    """File name or address."""
    published: str
    """As far as the document states it; empty where it doesn't."""
    grade: float | None
    """On the scale common to both languages."""
    lines: int
    """That rest on evidence."""
    refused: int
    unsure: int
    untranslated: int
    certainty: str
    """The lowest of the brief's lines; empty where none is rated."""
    notice: str
    """``retracted_by``, ``concern_raised_by``, ``corrected_by`` or nothing."""
    version: str = ""
    """``older`` where a newer version of its document has come in, ``newest`` where it takes the
    place of others."""

    @property
    def needs(self) -> tuple[str, ...]:
        """What needs attention, the gravest first: keys of ``[needs]`` in ``words.toml``."""
        marks = {
            self.notice: bool(self.notice),
            "older_version": self.version == "older",
            "refused": self.refused > 0,
            "unsure": self.unsure > 0,
            "low_certainty": self.certainty in ("low", "very_low"),
        }
        return tuple(name for name, holds in marks.items() if holds)


@dataclass(frozen=True, slots=True)
class Row:
    """A draft in the queue."""

    draft: Waiting
    summary: Summary
    seconds: float
    """How long it has waited."""
    twins: bool
    """Whether another draft that waits has the same title."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor wants to see of the queue."""

    text: str = ""
    kind: str = ""
    audience: str = ""
    needs: str = ""
    """``any``, ``none``, or one of ``Summary.needs``."""
    assignee: str = ""
    """A name, or ``-`` for what was given to nobody."""
    order: str = "oldest"
    """One of ``ORDERS``."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of what was asked for, and the counts."""

    rows: tuple[Row, ...]
    number: int
    """From 1."""
    pages: int
    found: int
    """How many fit the wish."""
    waiting: int
    """How many there are."""
    needing: int
    """How many of all need attention."""
    oldest: float
    """Seconds that the oldest has waited."""
    middle: float
    """Seconds that half of them have waited at least."""
    assignees: tuple[str, ...]
    unknown: bool
    """Whether some aren't summed up yet."""


_SURENESS = {name: place for place, name in enumerate(reversed(get_args(Certainty)))}

ORDERS: dict[str, Callable[[Row], Any]] = {
    "oldest": lambda row: -row.seconds,
    "newest": lambda row: row.seconds,
    "title": lambda row: folded(row.summary.title),
    "needs": lambda row: (not row.summary.needs, -row.summary.refused, -row.summary.unsure),
    "grade": lambda row: -(row.summary.grade or 0.0),
}


def page_of_queue(store: Store, wish: Wish, number: int = 1) -> QueuePage:
    """One page of the queue."""
    every = rows(store)
    found = chosen(every, wish)
    pages = max(1, ceil(len(found) / PAGE))
    number = min(max(number, 1), pages)
    times = [row.seconds for row in every] or [0.0]
    return QueuePage(
        rows=tuple(found[(number - 1) * PAGE : number * PAGE]),
        number=number,
        pages=pages,
        found=len(found),
        waiting=len(every),
        needing=sum(bool(row.summary.needs) for row in every),
        oldest=max(times),
        middle=median(times),
        assignees=tuple(sorted({row.draft.assignee for row in every} - {""})),
        unknown=any(row.summary.kind == "" for row in every),
    )


def beside(store: Store, wish: Wish, brief_id: str) -> tuple[str, str, int, int]:
    """The drafts before and after one in a wished order (empty where there is none), its place
    from 1 (0 where it isn't there), and how many there are."""
    ids = [row.draft.brief_id for row in chosen(rows(store), wish)]
    if brief_id not in ids:
        return "", ids[0] if ids else "", 0, len(ids)
    place = ids.index(brief_id)
    after = ids[place + 1] if place + 1 < len(ids) else ""
    return ids[place - 1] if place else "", after, place + 1, len(ids)


def rows(store: Store) -> list[Row]:
    """Everything that waits, the oldest first; what isn't summed up yet, by its id alone."""
    drafts = drafts_waiting(store)
    summaries = {draft.brief_id: _read(draft.summary) for draft in drafts}
    missing = [draft for draft in drafts if summaries[draft.brief_id] is None]
    summaries |= sum_up(store, missing[:AT_ONCE])
    titles = Counter(summary.title for summary in summaries.values() if summary)
    moment = datetime.now(UTC)
    found = ((draft, summaries[draft.brief_id] or _unknown(draft)) for draft in drafts)
    return [
        Row(draft, summary, _since(draft.made_at, moment), titles[summary.title] > 1)
        for draft, summary in found
    ]


def sum_up(store: Store, drafts: Sequence[Waiting]) -> dict[str, Summary]:
    """Sum up some drafts and keep it."""
    if not drafts:
        return {}
    texts = texts_of(store, drafts)
    late, versions = _late_marks(store, drafts), _versions(store, drafts)
    made = {
        one.brief_id: replace(
            _summed_up(one, *texts[one.brief_id], late.get(one.document_id, "")),
            version=versions.get(one.document_id, ""),
        )
        for one in drafts
    }
    told = {name: json.dumps({"form": _FORM, **asdict(one)}) for name, one in made.items()}
    keep_summaries(store, {(one.brief_id, one.sha256): told[one.brief_id] for one in drafts})
    return made


def _late_marks(store: Store, drafts: Iterable[Waiting]) -> dict[str, str]:
    """What notices that came in later say of some drafts' documents, by the documents' ids."""
    about = documents_concerned(store)
    wanted = {draft.document_id for draft in drafts} & about.keys()
    return {id: mark_of(about[id]) for id in wanted}


def _versions(store: Store, drafts: Iterable[Waiting]) -> dict[str, str]:
    """Which of some drafts' documents have a newer version, and which take the place of others."""
    links = links_among(store, {draft.document_id for draft in drafts})
    newest = {link.newer: "newest" for link in links}
    return newest | {link.older: "older" for link in links}


def sum_up_the_rest(store: Store) -> None:
    """Sum up whatever waits and isn't yet, some at a time."""
    while missing := [one for one in drafts_waiting(store) if _read(one.summary) is None]:
        sum_up(store, missing[:AT_ONCE])


def _since(at: str, moment: datetime) -> float:
    return (moment - datetime.fromisoformat(at)).total_seconds()


def _read(text: str | None) -> Summary | None:
    if text is None:
        return None
    value = json.loads(text)
    return Summary(**value) if value.pop("form", 0) == _FORM else None


def _unknown(draft: Waiting) -> Summary:
    return Summary(draft.brief_id, "", "", "", None, 0, 0, 0, 0, "", "")


def _summed_up(draft: Waiting, brief_json: str, document_json: str, late: str) -> Summary:
    """A summary from plain JSON, which isn't checked: that is done where the draft is opened."""
    brief, document = json.loads(brief_json), json.loads(document_json)
    segments = brief.get("segments", [])
    named = brief.get("documents", [])
    verdicts = [segment.get("verdict", "kept") for segment in segments]
    rated = [s["certainty"] for s in segments if s.get("certainty") in _SURENESS]
    relations = {one.get("kind") for one in document.get("relations", ())}
    titles = [one_line(one.get("title") or "") or one_line(one["source"]) for one in named]
    return Summary(
        title=" · ".join(titles) or draft.brief_id,
        kind=named[0]["kind"] if named else "paper",
        source=" · ".join(one_line(one["source"]) for one in named),
        published=document.get("published") or "",
        grade=brief.get("readability", {}).get("draft", {}).get("passerelle_grade"),
        lines=sum(bool(segment["evidence"]) for segment in segments),
        refused=verdicts.count("refused"),
        unsure=verdicts.count("unsure"),
        untranslated=sum(_is_untranslated(segment) for segment in segments),
        certainty=min(rated, key=lambda name: _SURENESS[name], default=""),
        notice=min({*filter(None, [late]), *relations} & {*MARKS}, key=MARKS.index, default=""),
    )


def _is_untranslated(segment: dict[str, Any]) -> bool:
    target = segment["target"]
    return target["text"] is None or target["state"] == "initial"


def chosen(every: Iterable[Row], wish: Wish) -> list[Row]:
    """The rows that fit a wish, in its order; those that come to the same, the oldest first."""
    wanted = folded(wish.text).split()
    found = [row for row in every if _fits(row, wish, wanted)]
    return sorted(found, key=ORDERS.get(wish.order, ORDERS["oldest"]))


def _fits(row: Row, wish: Wish, wanted: Sequence[str]) -> bool:
    summary, draft = row.summary, row.draft
    if wish.kind and summary.kind != wish.kind:
        return False
    if wish.audience and draft.audience != wish.audience:
        return False
    if wish.assignee and draft.assignee != (wish.assignee if wish.assignee != "-" else ""):
        return False
    needs = summary.needs
    if wish.needs == "any" and not needs:
        return False
    if wish.needs == "none" and needs:
        return False
    if wish.needs not in ("", "any", "none") and wish.needs not in needs:
        return False
    text = folded(f"{summary.title} {summary.source} {draft.brief_id} {draft.assignee}")
    return all(word in text for word in wanted)


def folded(text: str) -> str:
    """In small letters without accents, to be compared and looked for."""
    return without_accents(text.casefold())


def language_of(row: Row) -> Language:
    """The draft's own language, for a screen reader to read its title in."""
    return "fr" if row.draft.language == "fr" else "en"
