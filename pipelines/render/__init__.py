"""``render(brief, format) -> str``: the brief as a file that people or other programs open.

One registry, one file a format. Every renderer is a pure function of the brief: the same brief
gives the same bytes. ``render_bytes`` gives any format as a file's content, also Word documents,
which are no text. Writing files is left to others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.document import Language
from corpus.errors import PasserelleError
from corpus.registry import Registered, function
from pipelines.brief import Brief

if TYPE_CHECKING:
    from pipelines.render.xliff_units import Match

#: The registry of texts: a file's ending to the function that writes it.
FORMATS: dict[str, Registered] = {
    "md": "pipelines.render.markdown:render",
    "html": "pipelines.render.html:render",
    "xlf": "pipelines.render.xliff:render",
    "json": "pipelines.brief:to_json",
}

#: The registry of what is no text.
BINARY_FORMATS: dict[str, Registered] = {"docx": "pipelines.render.docx:render"}

#: What can be had in one language alone; the other forms hold both by what they are.
IN_ONE_LANGUAGE = ("md", "html", "docx")


def render(brief: Brief, format: str, only: Language | None = None) -> str:
    """The brief in a format of the registry of texts: in both languages, or in ``only`` one.

    Raises ``PasserelleError`` where no such format is known, or where the format can't carry
    this brief, or can't be in one language.
    """
    if format not in FORMATS:
        raise PasserelleError(f"format {format}: not known; choose one of {', '.join(FORMATS)}")
    text: str = function(FORMATS[format])(brief, **_chosen(format, only))
    return text


def _chosen(format: str, only: Language | None) -> dict[str, Language]:
    if only is None:
        return {}
    if format not in IN_ONE_LANGUAGE:
        raise PasserelleError(
            f"format {format}: holds both languages; choose one of {', '.join(IN_ONE_LANGUAGE)} "
            "for one language alone"
        )
    return {"only": only}


def render_bytes(
    brief: Brief,
    format: str,
    offers: Mapping[str, Sequence[Match]] | None = None,
    only: Language | None = None,
) -> bytes:
    """The content of the brief's file in any format; text is UTF-8.

    ``offers`` are what a translation memory offers by segment, for the translator's file; ``only``
    is the language where one alone is wanted. Raises ``PasserelleError`` as ``render`` does.
    """
    chosen = _chosen(format, only)
    if format == "xlf":
        xliff: str = function(FORMATS[format])(brief, matches=offers)
        return xliff.encode()
    if format in BINARY_FORMATS:
        content: bytes = function(BINARY_FORMATS[format])(brief, **chosen)
        return content
    return render(brief, format, only).encode()
