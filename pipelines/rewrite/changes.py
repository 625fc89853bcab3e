"""What a rewriting step proposes: changes, each a few edits of the sentence that go together.

An edit replaces characters of the text that the step was given. A change is accepted or refused
whole; the changes of a step are independent of each other. Applying and checking them is left to
``steps``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``start`` to ``end`` of the step's text become ``text``."""

    start: int
    """Code points into the text that the step was given; equal to ``end`` for an insertion."""
    end: int
    text: str


Change = tuple[Edit, ...]
"""Edits that make sense only together: "conducted an assessment of" to "assessed"."""


def whole(before: str, after: str) -> tuple[Change, ...]:
    """One change that replaces a text as a whole; none where nothing changes."""
    return ((Edit(0, len(before), after),),) if after != before else ()


def overlap(first: Change, second: Change) -> bool:
    """Whether two changes touch the same characters or the same place between two."""
    return any(
        one.start <= other.end and other.start <= one.end for one in first for other in second
    )


def apply(text: str, changes: Iterable[Change]) -> str:
    """The text after changes that don't overlap."""
    edits: Sequence[Edit] = sorted(
        (edit for change in changes for edit in change), key=lambda edit: (edit.start, edit.end)
    )
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:]])
