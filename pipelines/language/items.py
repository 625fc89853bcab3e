"""What notes of a meeting call their items: "Decision: the trees stay.", « Obstacle : le vent. ».

In: a sentence, or the heading above it. Out: the kind of point that its name says it is, and where
what it says begins. Whoever took the notes judged what an item is, so that its words are not judged
again. Both languages' names are read in either: notes mix them. Names are data (``items.toml``);
whether a label names a speaker instead is for the readers (``corpus.readers.labels``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.readers.minutes import bare_heading
from corpus.text import OUTER_PARENTHESES
from pipelines.brief import POINT_KINDS, PointKind
from pipelines.language.lexicon import table

ItemKind = PointKind | Literal["aside"]
#: A label: up to a colon with a blank behind it, or to a dash between blanks, in so many letters.
_LABEL = re.compile(r"\W{0,4}(?P<name>[^\W\d_][^:\n–—]{1,38}?)\s?(?::|\s[–—])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class NotesItem:
    """An item of notes, by its label."""

    kind: ItemKind
    begins: int
    """Where what it says begins, in code points from the start of the text."""


def item(text: str) -> NotesItem | None:
    """What a sentence's own label says it is; None where it has no such label."""
    label = _LABEL.match(text)
    kind = label and kind_named(label["name"])
    return NotesItem(kind, label.end()) if label and kind else None


def kind_named(name: str) -> ItemKind | None:
    """The kind that a label or a heading names: "Décision 2", "Action (parks)"."""
    bare = OUTER_PARENTHESES.sub("", bare_heading(name)).replace("’", "'")
    return _kinds().get(bare.rstrip("0123456789 #.º°").removesuffix(" no"))


@cache
def _kinds() -> dict[str, ItemKind]:
    names = table("items")
    kinds: tuple[ItemKind, ...] = (*POINT_KINDS, "aside")
    return {name: kind for kind in kinds for own in names[kind].values() for name in own}
