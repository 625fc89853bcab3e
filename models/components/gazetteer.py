"""The names of known places: provinces, municipalities, countries, states, in both languages.

``names_in(text, language)`` finds every form of a name in ``municipalities.tsv``,
``regions.tsv`` and ``countries.tsv``, the longest at each position, with what it may mean.
Whether it is a place there, and which of several, is decided by ``places``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.document import Language
from models.components import rows

PlaceKind = Literal[
    "municipality",
    "county",
    "province",
    "territory",
    "state",
    "region",
    "country",
    "water",
    "land",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One known place."""

    kind: PlaceKind
    region: str
    """The province, territory, state (``US-VT``) or country that it is in or is itself, by its
    code; empty where the data give none."""
    en: str
    fr: str
    guarded: bool
    """Also a person's name, a common word or a place elsewhere: needs a cue beside it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A known name in a text."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    """What it may mean, the likelier first."""
    attached: bool
    """An abbreviation that is one only after the name of a place: "Ont.", "ON"."""


_BEGIN = re.compile(r"(?<![\w-])[^\W\d_]")
_WORD = re.compile(r"\w+")
_ACRONYM = re.compile(r"[A-Z]{2,5}")


def _entries() -> Iterator[tuple[Entry, dict[Language, list[str]], list[str]]]:
    """Every place with its forms by language, and the forms that are attached."""
    for file in ("regions", "countries", "municipalities"):
        for row in rows(file):
            kind: PlaceKind = row.get("kind", "municipality")  # type: ignore[assignment]
            entry = Entry(kind, row.get("region", ""), row["en"], row["fr"], bool(row["guarded"]))
            also = [form for form in row["also"].split("|") if form]
            attached = [form for form in row.get("attached", "").split("|") if form]
            yield entry, {"en": [entry.en, *also], "fr": [entry.fr, *also]}, attached


@cache
def _index(language: Language) -> dict[str, list[tuple[str, tuple[Entry, ...], bool]]]:
    """The forms by their first word, the longest first.

    What a form means in the text's own language comes before what it means in the other.
    """
    own: dict[str, list[Entry]] = {}
    others: dict[str, list[Entry]] = {}
    attached: dict[str, list[Entry]] = {}
    for entry, forms, short in _entries():
        for form in short:
            attached.setdefault(form, []).append(entry)
        for spoken, written in forms.items():
            for form in written:
                known = own if spoken == language else others
                if entry not in known.setdefault(form, []):
                    known[form].append(entry)
    index: dict[str, list[tuple[str, tuple[Entry, ...], bool]]] = {}
    for form in sorted({*own, *others, *attached}, key=lambda form: (-len(form), form)):
        meant = own.get(form) or others.get(form) or attached[form]
        first = _WORD.match(form)
        assert first is not None
        lone = form in attached and form not in own and form not in others
        index.setdefault(first.group(), []).append((form, tuple(meant), lone))
    return index


def is_acronym(name: str) -> bool:
    """Whether a name is bare capitals, as the symbols of sciences are too: US, PEI, GTA."""
    return bool(_ACRONYM.fullmatch(name))


def names_in(text: str, language: Language) -> list[Named]:
    """Every known name in a text that has plain spaces and straight apostrophes only."""
    index = _index(language)
    found: list[Named] = []
    end = 0
    for match in _BEGIN.finditer(text):
        start = match.start()
        if start < end:
            continue
        first = _WORD.match(text, start)
        for form, entries, attached in index.get(first.group() if first else "", ()):
            stop = start + len(form)
            if text.startswith(form, start) and not _goes_on(text, stop, form):
                found.append(Named(start, stop, entries, attached))
                end = stop
                break
    return found


_GOES_ON = re.compile(r"\w|-(?!based\b|area\b|wide\b|born\b)\w")


def _goes_on(text: str, stop: int, form: str) -> bool:
    return not form.endswith(".") and bool(_GOES_ON.match(text, stop))
