"""``render(brief, format) -> str``: the brief as a file that people or other programs open.

One registry, one file a format. Every renderer is a pure function of the brief: the same brief
gives the same bytes. ``render_bytes`` gives any format as a file's content, also Word documents,
which are no text. Writing files is left to others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from corpus.errors import PasserelleError
from pipelines.brief import Brief, to_json
from pipelines.render.html import render as html
from pipelines.render.markdown import render as markdown
from pipelines.render.xliff import render as xliff
from pipelines.render.xliff_units import Match

#: The registry of texts: a file's ending to the function that writes it.
FORMATS: dict[str, Callable[[Brief], str]] = {
    "md": markdown,
    "html": html,
    "xlf": xliff,
    "json": to_json,
}


def _word(brief: Brief) -> bytes:
    from pipelines.render.docx import render as docx  # heavy; only needed for Word documents

    return docx(brief)


#: The registry of what is no text.
BINARY_FORMATS: dict[str, Callable[[Brief], bytes]] = {"docx": _word}


def render(brief: Brief, format: str) -> str:
    """The brief in a format of the registry of texts.

    Raises ``PasserelleError`` where no such format is known, or where the format can't carry
    this brief.
    """
    if format not in FORMATS:
        raise PasserelleError(f"format {format}: not known; choose one of {', '.join(FORMATS)}")
    return FORMATS[format](brief)


def render_bytes(
    brief: Brief, format: str, offers: Mapping[str, Sequence[Match]] | None = None
) -> bytes:
    """The content of the brief's file in any format; text is UTF-8.

    ``offers`` are what a translation memory offers by segment, for the translator's file. Raises
    ``PasserelleError`` as ``render`` does.
    """
    if format == "xlf":
        return xliff(brief, matches=offers).encode()
    if format in BINARY_FORMATS:
        return BINARY_FORMATS[format](brief)
    return render(brief, format).encode()
