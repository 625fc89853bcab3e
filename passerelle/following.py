"""Followed sources: what is new at each is taken into the store, and how far it was read is kept.

A source is added, listed, paused, tried and removed by name, on the command line and in a form. In
the night each that isn't paused is looked into, page by page; an item is taken in once, whatever
happens in between, and the mark from which the next look goes on is kept after the last page alone.
What goes wrong at one source is told with it and reaches no other.

In: an open ``Store``. Out: what became of each new item. How a protocol is spoken is
``corpus.followed``' business; folders that are followed are walked with the inbox, by ``nights``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from corpus import owner_only
from corpus.document import LANGUAGES, Language
from corpus.errors import PasserelleError, SourceMissingError
from corpus.followed import KINDS, REST, SourceItem, look
from corpus.sources import is_address
from corpus.store import (
    STORE_TROUBLES,
    Followed,
    IngestOutcome,
    Store,
    followed_sources,
    keep_followed,
    known_items,
    record_item,
    unfollow,
)
from passerelle import batches
from passerelle.settings import settings
from pipelines.language.lexicon import table
from pipelines.language.reasons import told as in_words
from pipelines.render.markdown import escape

#: Kinds of sources, as a command or a form offers them.
OFFERED = ("feed", "oai", "openalex", "crossref", "address", "folder")
#: Services whose address is known.
SERVICES = ("openalex", "crossref")


def add(store: Store, name: str, kind: str, place: str, query: str = "") -> Followed:
    """Follow a source from now on, in place of one of the same name.

    Raises ``PasserelleError`` where its name, kind or place can't be used.
    """
    if not re.fullmatch(r"[\w.-]{1,64}", name):
        raise PasserelleError(f"{name}: give a name of letters, digits, dots and dashes")
    if kind not in OFFERED:
        raise PasserelleError(f"{kind}: no kind of source; choose one of {', '.join(OFFERED)}")
    place = place.strip()
    if kind == "folder":
        place = str(Path(place).expanduser().absolute())
        if not Path(place).is_dir():
            raise SourceMissingError(f"{place}: no such folder; check the path")
    elif place or kind not in SERVICES:
        if not (is_address(place) and urlsplit(place).hostname) or "@" in urlsplit(place).netloc:
            raise PasserelleError(f"{place or name}: give an address, as https://host/feed")
    elif not query.strip():
        raise PasserelleError(f"{name}: give a query or a DOI, as search=heat+trees")
    followed = Followed(name, kind, place, query.strip())
    keep_followed(store, followed)
    return followed


def named(store: Store, name: str) -> Followed:
    """A followed source by its name. Raises ``SourceMissingError`` where there is none."""
    for followed in followed_sources(store):
        if followed.name == name:
            return followed
    raise SourceMissingError(f"{name}: no such source; passerelle sources list shows them")


def pause(store: Store, name: str, paused: bool) -> Followed:
    """Pause a source, or go on with it from where it was."""
    followed = replace(named(store, name), paused=paused)
    keep_followed(store, followed)
    return followed


def remove(store: Store, name: str) -> None:
    """Follow a source no longer; what came from it stays."""
    unfollow(store, named(store, name).name)


def preview(followed: Followed, most: int = 10) -> list[SourceItem]:
    """The first items that a source tells of, without taking any in.

    Raises ``PasserelleError`` with what is wrong with it.
    """
    if followed.kind == "folder":
        return [
            SourceItem(str(p), str(p)) for p in islice(sorted(Path(followed.place).iterdir()), most)
        ]
    every = (item for page in look(replace(followed, mark="{}")) for item in page.items)
    return list(islice(every, most))


def listed(store: Store, language: Language) -> list[str]:
    """Every source in a line: its name, kind, place or query, and what was found there last."""
    return [" · ".join(filter(None, _cells(one, language))) for one in followed_sources(store)]


def as_markdown(store: Store) -> str:
    """The list of the sources, in both languages, for a page."""
    every = followed_sources(store)
    parts: list[str] = []
    for code in LANGUAGES:
        parts.append(f"## {_label('heading', code)}")
        if not every:
            parts.append(_label("none", code))
            continue
        heads = [_label(name, code) for name in ("name", "kind", "place", "state", "looked_at")]
        rows = [heads, [":---"] * len(heads)]
        rows += [list(map(escape, _cells(one, code))) for one in every]
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n\n".join(parts) + "\n"


def _cells(one: Followed, language: Language) -> tuple[str, ...]:
    found = in_words(one.told, language, "came") if one.told else _label("not_asked", language)
    state = _label("paused", language) if one.paused else found
    where = " ".join(filter(None, (one.place, one.query)))
    return one.name, _label(one.kind, language), where, state, one.looked_at


def _label(name: str, language: Language) -> str:
    return str(table("review")["sources"][name][language])


def told(
    store: Store, action: str, name: str, kind: str = "", place: str = "", query: str = ""
) -> list[str]:
    """Do what a command or a form asks for, and say in a few lines what came of it."""
    if action == "list":
        both = [line for code in LANGUAGES for line in listed(store, code)]
        return both or [_label("none", code) for code in LANGUAGES]
    if not name:
        raise PasserelleError(f"{action} what? give the source's name")
    if action == "add":
        followed = add(store, name, kind, place, query)
        return [f"{name} is followed from the next night on: {followed.place or followed.kind}"]
    if action in ("pause", "resume"):
        pause(store, name, action == "pause")
        return [f"{name} is {'paused' if action == 'pause' else 'followed again'}"]
    if action == "remove":
        remove(store, name)
        return [f"{name} is no longer followed; what came from it stays"]
    followed = Followed(name, kind, place, query) if place or query else named(store, name)
    items = preview(followed)
    return (
        [f"{name} tells of:", *(item.address or item.name for item in items)]
        if items
        else [f"{name} answers, and tells of nothing that can be taken in"]
    )


def active(store: Store) -> list[Followed]:
    """The sources that a night asks."""
    return [item for item in followed_sources(store) if item.kind in KINDS and not item.paused]


def folders(store: Store) -> list[Path]:
    """The folders that are followed."""
    return [
        Path(item.place)
        for item in followed_sources(store)
        if item.kind == "folder" and not item.paused
    ]


def follow(followed: Followed, store: Store) -> list[tuple[str, IngestOutcome]]:
    """Take in what is new at a source; each item by its label, with what became of it.

    What is wrong with the source itself comes last, under its name.
    """
    became: list[tuple[str, IngestOutcome]] = []
    try:
        for page in look(followed):
            known = known_items(store, followed.name, [item.id for item in page.items])
            for item in page.items:
                if item.id not in known:
                    became += _take_in(item, followed, store)
                    record_item(store, followed.name, item.id)
            if page.mark:
                followed = replace(followed, mark=json.dumps(page.mark))
        told = f"{len(became)} new"
        if REST in json.loads(followed.mark or "{}"):
            told += "; more than one night reads: the rest comes with the next one"
    except STORE_TROUBLES:
        raise
    except Exception as error:  # a source's own failing must not cost the others
        told = batches.explained(error, followed.name).removeprefix(f"{followed.name}: ")
        state = "waiting" if batches.is_machines(error) else "quarantined"
        outcome = IngestOutcome(followed.name, state, told)  # type: ignore[arg-type]
        became.append((followed.name, outcome))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    latest = replace(named(store, followed.name), mark=followed.mark, told=told, looked_at=now)
    keep_followed(store, latest)
    return became


def _take_in(
    item: SourceItem, followed: Followed, store: Store
) -> Sequence[tuple[str, IngestOutcome]]:
    if item.address:
        if not item.address.lower().startswith(("http://", "https://")):
            refused = "only http and https addresses are followed; download the file"
            return [(item.address, IngestOutcome(item.address, "quarantined", refused))]
        return batches.take_in([item.address], store)
    folder = settings().home / "fetched" / followed.name
    owner_only.make_folder(folder)
    path = folder / re.sub(r"[^\w.-]+", "-", item.name)[-120:]
    batches.put_whole(path, item.content)
    return batches.take_in([str(path)], store)
