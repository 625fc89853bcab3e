"""What is done with the changes that steps propose: they are compared and applied.

Types are ``language.splices``'. Which changes are wanted and checked is left to ``loop``.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.language.splices import Change


def overlap(first: Change, second: Change) -> bool:
    """Whether two changes touch the same characters or the same place between two."""
    return any(
        one.start <= other.end and other.start <= one.end for one in first for other in second
    )


def apply(text: str, changes: Iterable[Change]) -> str:
    """The text after changes that don't overlap."""
    splices = sorted(
        (splice for change in changes for splice in change),
        key=lambda splice: (splice.start, splice.end),
    )
    parts, position = [], 0
    for splice in splices:
        parts += [text[position : splice.start], splice.text]
        position = splice.end
    return "".join([*parts, text[position:]])
