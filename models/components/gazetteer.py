"""The names of known places: provinces, municipalities, countries, states, in both languages.

``names_in(text, language)`` finds every form of a name in ``municipalities.tsv``,
``regions.tsv`` and ``countries.tsv``, the longest at each position, with what it may mean.
Whether it is a place there, and which of several, is decided by ``places``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.document import Language
from corpus.text import ALPHANUMERIC
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
class Toponym:
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
    entries: tuple[Toponym, ...]
    """What it may mean, the likelier first."""
    attached: bool
    """An abbreviation that is one only after the name of a place: "Ont.", "ON"."""


#: Lengths of an acronym, in letters.
_ACRONYM = range(2, 6)
#: After a hyphen these leave the name what it is: "Toronto-based", "the Ottawa-area farms".
_COMPOUND_ENDS = frozenset({"area", "based", "born", "wide"})


def _entries() -> Iterator[tuple[Toponym, dict[Language, list[str]], list[str]]]:
    """Every place with its forms by language, and the forms that are attached."""
    for file in ("regions", "countries", "municipalities"):
        for row in rows(file):
            kind: PlaceKind = row.get("kind", "municipality")  # type: ignore[assignment]
            entry = Toponym(kind, row.get("region", ""), row["en"], row["fr"], bool(row["guarded"]))
            also = [form for form in row["also"].split("|") if form]
            attached = [form for form in row.get("attached", "").split("|") if form]
            yield entry, {"en": [entry.en, *also], "fr": [entry.fr, *also]}, attached


@cache
def _index(language: Language) -> dict[str, list[tuple[str, tuple[Toponym, ...], bool]]]:
    """The forms by their first word, the longest first.

    What a form means in the text's own language comes before what it means in the other.
    """
    own: dict[str, list[Toponym]] = {}
    others: dict[str, list[Toponym]] = {}
    attached: dict[str, list[Toponym]] = {}
    for entry, forms, short in _entries():
        for form in short:
            attached.setdefault(form, []).append(entry)
        for spoken, written in forms.items():
            for form in written:
                known = own if spoken == language else others
                if entry not in known.setdefault(form, []):
                    known[form].append(entry)
    index: dict[str, list[tuple[str, tuple[Toponym, ...], bool]]] = {}
    for form in sorted({*own, *others, *attached}, key=lambda form: (-len(form), form)):
        meant = own.get(form) or others.get(form) or attached[form]
        first = ALPHANUMERIC.match(form)
        assert first is not None
        lone = form in attached and form not in own and form not in others
        index.setdefault(first.group(), []).append((form, tuple(meant), lone))
    return index


def is_acronym(name: str) -> bool:
    """Whether a name is bare capitals, as the symbols of sciences are too: US, PEI, GTA."""
    return len(name) in _ACRONYM and name.isascii() and name.isalpha() and name.isupper()


def names_in(text: str, language: Language) -> list[Named]:
    """Every known name in a text that has plain spaces and straight apostrophes only."""
    index = _index(language)
    found: list[Named] = []
    end = 0
    for first in ALPHANUMERIC.finditer(text):
        start = first.start()
        if start < end or text[start - 1 : start] == "-" or not text[start].isalpha():
            continue
        for form, entries, attached in index.get(first.group(), ()):
            stop = start + len(form)
            if text.startswith(form, start) and not _goes_on(text, stop, form):
                found.append(Named(start, stop, entries, attached))
                end = stop
                break
    return found


def _goes_on(text: str, stop: int, form: str) -> bool:
    """Whether a name is only the beginning of a longer word."""
    if form.endswith("."):
        return False
    if text.startswith("-", stop):
        after = ALPHANUMERIC.match(text, stop + 1)
        return after is not None and after.group() not in _COMPOUND_ENDS
    return ALPHANUMERIC.match(text, stop) is not None
