"""BMC article XML (``<art>``), the form of BioMed Central's papers before JATS.

In: the bytes of a file that holds one article. Out: a ``Document``. The tree is turned into the
JATS article that says the same, and ``corpus.readers.jats`` reads it.

Element meanings: BioMed Central article DTD 1.0, as its public papers use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers.jats import document_of
from corpus.readers.jats_made import Front, front_element, make
from corpus.readers.jats_xml import Element, kind_of_xml, names, parse
from corpus.readers.tei_references import texts

#: Elements with one JATS name wherever they stand; what isn't listed is running text.
_RENAMED = {
    "abbr": "xref", "ack": "ack", "b": "bold", "bdy": "body", "bm": "back", "c": "td",
    "caption": "caption", "display-formula": "disp-formula", "dl": "def-list", "fig": "fig",
    "inline-formula": "inline-formula", "it": "italic", "li": "list-item", "ol": "list", "p": "p",
    "r": "tr", "refgrp": "ref-list", "sec": "sec", "sub": "sub", "sup": "sup",
    "suppl": "supplementary-material", "tblfn": "table-wrap-foot", "tgroup": "tgroup",
    "thead": "thead", "tbody": "tbody", "row": "row", "entry": "entry", "tblbdy": "tblbdy",
    "text": "caption", "tfoot": "table-wrap-foot", "ul": "list",
}  # fmt: skip
#: Elements within a line, whose own line breaks are the file's.
_INLINE = names("abbr abbrgrp b figr it sub sup tblr")
_DROPPED = names("chrome graphic hed m:annotation")
_KINDS = {
    "correction": "correction", "erratum": "correction", "retraction": "retraction",
    "review": "review-article", "editorial": "editorial", "commentary": "article-commentary",
    "letter to the editor": "letter", "study protocol": "protocol", "case report": "case-report",
}  # fmt: skip
_IDENTIFIERS = {"doi": "doi", "pmpid": "pmid", "pmcid": "pmcid"}


def read(content: bytes, name: str) -> Document:
    """Read a BMC article; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the bytes are not well-formed XML, are another kind of XML, or
    hold no text.
    """
    root = parse(content, name)
    if root.tag != "art":
        raise UnreadableError(f"{name}: not a BMC article but {kind_of_xml(root)}")
    return document_of(_article(root), content, name)


def _article(root: Element) -> Element:
    kind = texts(root.find("fm/dochead")).lower()
    article = make("article", article_type=_KINDS.get(kind, "research-article"))
    front = _front(root)
    article.append(front_element(front, list(_front_parts(root))))
    for part in ("bdy", "bm"):
        for element in root.iterfind(part):
            _translate(element)
            article.append(element)
    return article


def _front(root: Element) -> Front:
    record = root.find("fm/bibl")
    if record is None:
        return Front()
    return Front(
        title=texts(record.find("title")),
        authors=tuple(filter(None, map(_author, record.iterfind("aug/au")))),
        identifiers=tuple(
            (_IDENTIFIERS[kind], texts(found))
            for found in record.iter("pubid")
            if (kind := found.get("idtype", "")) in _IDENTIFIERS
        ),
        published=texts(record.find("pubdate")) or None,
        journal=texts(record.find("source")),
    )


def _author(author: Element) -> str:
    """Given names before the family name; a group by its own name."""
    parts = [texts(author.find(part)) for part in ("fnm", "mi", "mnm", "snm", "suf")]
    return " ".join(filter(None, parts)) or texts(author.find("cnm"))


def _front_parts(root: Element) -> Iterable[Element]:
    for abstract in root.iterfind("fm/abs"):
        inner = abstract.findall("sec")
        _translate_children(abstract)
        abstract.tag = "abstract"
        if len(inner) == 1 and inner[0].find("sec") is not None:  # the frame named "Abstract"
            title = inner[0].find("title")
            if title is not None:
                inner[0].remove(title)
            for child in list(inner[0]):
                abstract.append(child)
            abstract.remove(inner[0])
        yield abstract
    for rights in root.iterfind("fm/cpyrt"):
        parts = [make("license-p", texts(part)) for part in rights]
        yield make("permissions", children=parts)
    for group in root.iterfind("fm/kwdg"):
        yield make("kwd-group", children=[make("kwd", texts(word)) for word in group])


def _translate_children(element: Element) -> None:
    for child in list(element):
        if isinstance(child.tag, str):
            _translate(child)


def _translate(element: Element) -> None:
    if element.tag in _DROPPED:
        element.tag = "alt-text"
        return
    if element.tag in _INLINE:
        _closed_up(element)
    if handler := _HANDLERS.get(element.tag):
        handler(element)
    elif element.tag != "math":
        _translate_children(element)
        element.tag = _RENAMED.get(element.tag, "named-content")


def _closed_up(element: Element) -> None:
    """Take out the line breaks by which a file sets out its markup: "et al", not "et al "."""
    if not (element.text or "x").strip() and "\n" in (element.text or ""):
        element.text = None
    for child in element:
        if not (child.tail or "x").strip() and "\n" in (child.tail or ""):
            child.tail = None


def _table(element: Element) -> None:
    """Title, caption, rows of ``tgroup`` (CALS) or ``tblbdy``, and the notes below."""
    _translate_children(element)
    element.tag = "table-wrap"
    for part in element:
        if part.tag in ("tgroup", "tblbdy"):
            part.tag = "table"


def _heading(element: Element) -> None:
    """``<st><p>Methods</p></st>``, or the same of a table or figure."""
    text = texts(element)
    tail = element.tail
    element.clear()
    element.tail = tail
    parent = element.getparent()
    labelled = parent is not None and parent.tag in ("fig", "suppl", "table", "tbl")
    element.tag = "label" if labelled else "title"
    element.text = text


def _citation(element: Element) -> None:
    _translate_children(element)
    element.tag = "xref"
    element.set("ref-type", "bibr")


def _citations(element: Element) -> None:
    """Numbers in square brackets; the brackets are printed in the file or left to the journal."""
    _translate_children(element)
    element.tag = "named-content"


def _reference(element: Element) -> None:
    """An entry of the reference list, in the order in which the journals print it."""
    authors = [_short(author) for author in element.iterfind("aug/au")]
    volume, issue = texts(element.find("volume")), texts(element.find("issue"))
    pages = "–".join(filter(None, (texts(element.find(tag)) for tag in ("fpage", "lpage"))))
    where = f"{volume}({issue})" if volume and issue else volume
    parts = (
        ", ".join(filter(None, authors)), texts(element.find("title")),
        texts(element.find("source")), texts(element.find("publisher")),
        texts(element.find("pubdate")), ": ".join(filter(None, (where, pages))),
        texts(element.find("note")),
    )  # fmt: skip
    line = ". ".join(part.rstrip(" .") for part in parts if part.strip(" ."))
    tail = element.tail
    element.clear()
    element.tail = tail
    element.tag = "ref"
    element.append(make("mixed-citation", f"{line}." if line else ""))


def _short(author: Element) -> str:
    given = "".join(word[0] for word in texts(author.find("fnm")).split())
    return " ".join(filter(None, (texts(author.find("snm")) or texts(author.find("cnm")), given)))


_HANDLERS: dict[str, Callable[[Element], None]] = {
    "abbr": _citation,
    "abbrgrp": _citations,
    "bibl": _reference,
    "st": _heading,
    "table": _table,
    "tbl": _table,
    "title": _heading,
}
