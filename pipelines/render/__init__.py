"""``render(brief, format) -> str``: the brief as a file that people or other programs open.

One registry, one file a format. Every renderer is a pure function of the brief: the same brief
gives the same bytes. Writing files, and Word documents, which are bytes, are left to others.
"""

from __future__ import annotations

from collections.abc import Callable

from corpus.errors import PasserelleError
from pipelines.brief import Brief, to_json
from pipelines.render.html import render as html
from pipelines.render.markdown import render as markdown
from pipelines.render.xliff import render as xliff

#: The registry: a file's ending to the function that writes it.
FORMATS: dict[str, Callable[[Brief], str]] = {
    "md": markdown,
    "html": html,
    "xlf": xliff,
    "json": to_json,
}


def render(brief: Brief, format: str) -> str:
    """The brief in a format of the registry.

    Raises ``PasserelleError`` where no such format is known, or where the format can't carry
    this brief.
    """
    if format not in FORMATS:
        raise PasserelleError(f"format {format}: not known; choose one of {', '.join(FORMATS)}")
    return FORMATS[format](brief)
