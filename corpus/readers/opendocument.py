"""OpenDocument text (.odt): what LibreOffice and many public bodies write.

In: the bytes of an OpenDocument text. Out: a ``Document``. The text part is turned into HTML
elements, which ``corpus.readers.html_article`` reads; tracked deletions, comments, tables of
contents, headers and footers are left out, notes stand apart.

Element meanings: OASIS OpenDocument 1.3, part 3, chapters 5 to 9.
"""

from __future__ import annotations

import copy

from lxml import etree

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers.archive import parts_of, tree_of
from corpus.readers.html_article import document_from_html, write
from corpus.readers.jats_made import Front
from corpus.readers.jats_xml import Element, names

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _STYLE, _FO = (
    _NAMESPACE % part for part in ("office", "text", "style", "xsl-fo-compatible")
)
#: Names of styles, as LibreOffice writes them in the file whatever its own language.
_CLASSES = {"Title": "title", "Subtitle": "subtitle"}
_CAPTIONS = names("Caption Drawing Figure Illustration Table Text")
_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_DROPPED = names(
    "annotation annotation-end bibliography-source change change-end change-start forms "
    "illustration-index object-index sequence-decls soft-page-break table-index "
    "table-of-content tracked-changes user-index variable-decls"
)
_RENAMED = {
    "list": "ul", "list-item": "li", "list-header": "li", "table": "table", "table-row": "tr",
    "table-cell": "td", "line-break": "br", "section": "section",
}  # fmt: skip


def read(content: bytes, name: str) -> Document:
    """Read an OpenDocument text; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the file is damaged, locked, another kind of OpenDocument, or
    holds no text.
    """
    parts = parts_of(content, name, ("content.xml", "META-INF/manifest.xml"))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableError(f"{name}: is password-protected; save a copy without a password")
    tree = tree_of(parts, "content.xml", name)
    text = tree.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is None:
        raise UnreadableError(f"{name}: no OpenDocument text; save it as .odt")
    return document_from_html(_Writer(tree).body(text), Front(), content, name)


class _Writer:
    """Writes OpenDocument elements as HTML, by the styles of one document."""

    def __init__(self, tree: Element) -> None:
        self._styles = {
            style.get(f"{_STYLE}name", ""): style for style in tree.iter(f"{_STYLE}style")
        }
        self._notes = etree.Element("ol")

    def body(self, text: Element) -> Element:
        body = etree.Element("body")
        self._children(body, text)
        if len(self._notes):
            body.append(self._notes)
        return body

    def _children(self, made: Element, element: Element) -> None:
        write(made, element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(made, child, etree.QName(child).localname)
            write(made, child.tail)

    def _child(self, made: Element, child: Element, name: str) -> None:
        if name in _DROPPED:
            return
        if name == "s":
            write(made, " " * _number(child.get(f"{_TEXT}c"), 80))
        elif name == "tab":
            write(made, "\t")
        elif name == "note":
            self._note(child)
        elif name in ("h", "p", "span"):
            self._children(etree.SubElement(made, self._tag(child, name), self._kind(child)), child)
        elif name == "object":
            made.extend(copy.deepcopy(formula) for formula in child.iter(_MATH))
        else:
            self._children(etree.SubElement(made, _RENAMED.get(name, "div")), child)

    def _tag(self, element: Element, name: str) -> str:
        if name == "h":
            return f"h{_number(element.get(f'{_TEXT}outline-level'), 6)}"
        if name == "p":
            return "figcaption" if self._named(element) in _CAPTIONS else "p"
        place = self._property(element, f"{_STYLE}text-position").split(" ")[0]
        if place.startswith("sup") or (place[:-1].isdecimal() and place != "0%"):
            return "sup"
        if place.startswith(("sub", "-")):
            return "sub"
        bold = self._property(element, f"{_FO}font-weight") in ("bold", "600", "700", "800", "900")
        return "strong" if bold else "span"

    def _kind(self, element: Element) -> dict[str, str]:
        named = self._named(element)
        return {"class": _CLASSES[named]} if named in _CLASSES else {}

    def _named(self, element: Element) -> str:
        """The style of a paragraph as its author named it, not as the program numbered it."""
        name = element.get(f"{_TEXT}style-name", "")
        automatic = self._styles.get(name)
        return automatic.get(f"{_STYLE}parent-style-name", name) if automatic is not None else name

    def _property(self, element: Element, key: str) -> str:
        style = self._styles.get(element.get(f"{_TEXT}style-name", ""))
        found = style.find(f"{_STYLE}text-properties") if style is not None else None
        return "" if found is None else found.get(key, "")

    def _note(self, note: Element) -> None:
        """A note is kept for the end; its mark would be a number in the midst of a sentence."""
        item = etree.SubElement(self._notes, "li", {"id": f"footnote-{len(self._notes) + 1}"})
        for body in note.iterfind(f"{_TEXT}note-body"):
            self._children(item, body)


def _number(stated: str | None, most: int) -> int:
    """A count that a file states, between 1 and ``most``; 1 where it states none."""
    stated = (stated or "").strip()
    usable = stated.isascii() and stated.isdecimal() and len(stated) < 6
    return max(1, min(int(stated), most)) if usable else 1
