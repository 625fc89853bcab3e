"""Shapes that several readers know, and nobody else needs: numbers of sections, bullets, pages.

In: the lines of a document, or the first bytes of a file. Out: patterns, and what a file of markup
says of itself before it is parsed. What running text looks like is in ``corpus.text``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The number of a section, as parts of larger patterns: "3.2", "IV".
DECIMAL = r"\d{1,2}(?:\.\d{1,2})*"
ROMAN = r"[IVX]+"

#: A line that says only which page it is on: "12", "- 12 -", "Page 3 of 9", "iv". ``number`` is
#: the page in digits, where it has them.
PAGE_NUMBER = re.compile(
    r"\W*(?:p(?:age|\.)?\s*)?(?:(?P<number>\d{1,4})|[ivxl]{1,6})(?:\s*(?:/|of|de|sur)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)

#: What may stand before the first element of markup (declaration, comments, document type), and
#: that element's name without its prefix.
_MARKUP = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s*(?P<doctype>[\w:.-]*)[^\[>]*(?:\[.*?\]\s*)?>)*+"
    r"(?:<(?:[\w.-]+:)?(?P<root>[A-Za-z_][\w.-]*))?",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Markup:
    """What the first bytes of a file of markup say: XML, or a page of the Web."""

    text: str
    """From its first ``<`` on; empty where it can't be markup."""
    doctype: str = ""
    """The name in its document type; empty where none is declared."""
    root: str = ""
    """Name of the root element, without namespace; empty where it isn't in sight."""


def markup(head: bytes) -> Markup:
    """What a file with these first bytes is, as far as they tell."""
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", "replace").lstrip()
    if not (text.startswith("<") and (text[1:2].isalpha() or text.startswith(("<_", "<!", "<?")))):
        return Markup("")
    found = _MARKUP.match(text)
    assert found is not None  # every part of the pattern may be missing
    return Markup(text, found["doctype"] or "", found["root"] or "")
