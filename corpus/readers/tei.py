"""TEI XML, the form in which GROBID and some journals give research papers.

In: the bytes of a file that holds one ``TEI`` element. Out: a ``Document``. The tree is turned
into the JATS article that says the same, and ``corpus.readers.jats`` reads it: sections, captions,
notes, citations and back matter so come out alike whichever form a paper arrives in. What isn't
text to read is left out: running heads (``fw``), funders listed a second time (``listOrg``).

Element and attribute meanings: TEI P5 Guidelines 4.8 (https://tei-c.org/guidelines/p5/), and the
TEI that GROBID 0.6 to 0.8 writes (https://grobid.readthedocs.io/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml import etree

from corpus.document import LANGUAGES, Document
from corpus.errors import UnreadableError
from corpus.readers.bind import ISO_DATE
from corpus.readers.jats import document_of
from corpus.readers.jats_inline import cites_numbers
from corpus.readers.jats_xml import XML_LANG, Element, check_depth, kind_of_xml, names, parse
from corpus.readers.parliament import has_utterances, read_parlamint
from corpus.readers.sections import role_of
from corpus.readers.tei_references import reference_line, texts


def read(content: bytes, name: str) -> Document:
    """Read a TEI document; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the bytes are not well-formed XML, declare entities of their
    own, are another kind of XML, hold more than one TEI document, or no text.
    """
    if has_utterances(content):
        return read_parlamint(content, name)
    document = _one_document(parse(content, name), name)
    for parent in list(document.iter("body", "back", "div")):
        _nest_numbered(parent)
    check_depth(document, name)
    return document_of(_article(document), content, name)


def _one_document(root: Element, name: str) -> Element:
    if root.tag == "teiCorpus":
        documents = list(root.iter("TEI"))
        if len(documents) != 1:
            raise UnreadableError(
                f"{name}: <teiCorpus> with {len(documents)} TEI documents inside; give each as a "
                "file of its own"
            )
        return documents[0]
    if root.tag != "TEI":
        raise UnreadableError(f"{name}: not a TEI document but {kind_of_xml(root)}")
    return root


def _article(document: Element) -> Element:
    """The JATS article that says what the TEI document says."""
    article = etree.Element("article")
    if language := _language(document):
        article.set(XML_LANG, language)
    article.append(_front(document))
    texts_of_document = [*document.iterfind("text"), *document.iterfind("text/group/text")]
    for part in ("body", "back"):
        for element in [found for text in texts_of_document for found in text.iterfind(part)]:
            _translate_children(element)
            article.append(element)
    return article


def _language(document: Element) -> str | None:
    """The language that the text, or else the whole, or its header says it is in."""
    places = (document.find("text"), document, document.find("teiHeader"))
    stated = (place.get(XML_LANG) for place in places if place is not None)
    return next((code for code in stated if code and code[:2].lower() in LANGUAGES), None)


# --- front -----------------------------------------------------------------------------------

#: ``idno`` types that identify the paper, by their names in JATS.
_IDENTIFIERS = {
    "doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid", "arxiv": "arxiv",
    "halid": "hal",
}  # fmt: skip
_SOURCE = "teiHeader/fileDesc/sourceDesc//biblStruct"


def _make(tag: str, text: str = "", children: Iterable[Element] = (), **attributes: str) -> Element:
    element = etree.Element(tag, {key.replace("_", "-"): v for key, v in attributes.items()})
    element.text = text
    element.extend(children)
    return element


def _first(document: Element, *paths: str) -> Element | None:
    """The first element with text that one of the paths leads to."""
    found = (element for path in paths for element in document.iterfind(path))
    return next((element for element in found if texts(element)), None)


def _front(document: Element) -> Element:
    front = _make("front")
    journal = _first(
        document,
        f"{_SOURCE}/monogr/title[@level='j']",
        "teiHeader/fileDesc/seriesStmt/title[@level='j']",
        *([f"{_SOURCE}/monogr/title"] if document.find(f"{_SOURCE}/analytic") is not None else []),
    )
    if journal is not None:
        front.append(_make("journal-meta", children=[_make("journal-title", texts(journal))]))
    meta = etree.SubElement(front, "article-meta")
    meta.extend(_identifiers(document))
    meta.append(_titles(document))
    meta.append(_make("contrib-group", children=_authors(document)))
    meta.extend(_dates(document))
    meta.extend(_licences(document))
    abstracts = [*document.iterfind("teiHeader/profileDesc/abstract")]
    for part in list(document.iterfind("text/front/*")):
        if part.tag == "div" and part.get("type", "").lower() in ("abstract", "résumé"):
            abstracts.append(part)
        elif part.tag in ("div", "note", "argument", "epigraph"):
            front.append(_renamed(part, "notes"))
    meta.extend([_renamed(abstract, "abstract") for abstract in abstracts])
    meta.extend(_keywords(document))
    meta.extend(_funders(document))
    return front


def _renamed(element: Element, tag: str) -> Element:
    """A part of the front matter under its JATS name, translated."""
    _translate_children(element)
    element.tag = tag
    return element


def _identifiers(document: Element) -> list[Element]:
    paths = ("idno", "analytic/idno", "monogr/idno")
    found = [
        *document.iterfind("teiHeader/fileDesc/publicationStmt/idno"),
        *(idno for path in paths for idno in document.iterfind(f"{_SOURCE}/{path}")),
    ]
    known = [(_IDENTIFIERS.get(idno.get("type", "").lower()), texts(idno)) for idno in found]
    return [_make("article-id", value, pub_id_type=kind) for kind, value in known if kind and value]


def _titles(document: Element) -> Element:
    group = _make("title-group")
    statement = "teiHeader/fileDesc/titleStmt/title"
    title = _first(
        document,
        f"{statement}[@level='a'][@type='main']",
        f"{statement}[@type='main']",
        statement,
        f"{_SOURCE}/analytic/title",
    )
    if title is not None:
        group.append(_make("article-title", texts(title)))
    for other in document.iterfind(statement):
        kind = other.get("type", "")
        if other is not title and kind == "sub":
            group.append(_make("subtitle", texts(other)))
        elif other is not title and kind.startswith(("trl", "trans")):
            translated = _make("trans-title", texts(other))
            group.append(_make("trans-title-group", children=[translated]))
    return group


def _authors(document: Element) -> list[Element]:
    for path in (f"{_SOURCE}/analytic/author", f"{_SOURCE}/monogr/author",
                 "teiHeader/fileDesc/titleStmt/author"):  # fmt: skip
        people = [_author(author) for author in document.iterfind(path)]
        if found := [person for person in people if person is not None]:
            return found
    return []


def _author(author: Element) -> Element | None:
    """One contributor; None for the entries in which GROBID puts affiliations alone."""
    person = author.find("persName")
    person = author.find("name") if person is None else person
    group = author.find("orgName")
    if person is None and group is not None:
        return _make("contrib", children=[_make("collab", texts(group))])
    if person is None and len(author):
        return None
    whole = author if person is None else person
    given = " ".join(filter(None, (texts(part) for part in whole.iterfind("forename"))))
    surname = " ".join(filter(None, (texts(part) for part in whole.iterfind("surname"))))
    suffix = texts(whole.find("genName"))
    parts = (("given-names", given), ("surname", surname), ("suffix", suffix))
    name = _make("name", children=[_make(tag, text) for tag, text in parts if text])
    if len(name):
        return _make("contrib", children=[name])
    text = texts(whole)
    return _make("contrib", children=[_make("string-name", text)]) if text else None


def _dates(document: Element) -> list[Element]:
    """The date of publication, as exact as stated."""
    paths = ("teiHeader/fileDesc/publicationStmt/date", f"{_SOURCE}/monogr/imprint/date")
    dates = [date for path in paths for date in document.iterfind(path)]
    dates.sort(key=lambda date: date.get("type") != "published")
    for date in dates:
        stated = ISO_DATE.match(date.get("when") or texts(date))
        if stated:
            parts = stated.groupdict("")
            children = [_make(part, value) for part, value in parts.items() if value]
            return [_make("pub-date", children=children, pub_type="epub")]
    return []


def _licences(document: Element) -> list[Element]:
    found = document.iterfind("teiHeader/fileDesc/publicationStmt/availability")
    return [_make("permissions", texts(element)) for element in found]


def _keywords(document: Element) -> list[Element]:
    groups = []
    for keywords in document.iterfind("teiHeader/profileDesc/textClass/keywords"):
        words = [texts(word) for word in keywords.iter("term", "item")] or [texts(keywords)]
        groups.append(_make("kwd-group", children=[_make("kwd", word) for word in words]))
    return groups


def _funders(document: Element) -> list[Element]:
    found = [texts(funder) for funder in document.iterfind("teiHeader/fileDesc/titleStmt/funder")]
    sources = [_make("funding-source", funder) for funder in found if funder]
    awards = [_make("award-group", children=[source]) for source in sources]
    return [_make("funding-group", children=awards)] if awards else []


# --- text ------------------------------------------------------------------------------------


def _number(element: Element) -> str:
    """The decimal number of a division's heading, as GROBID gives it: ``2.1``."""
    head = element.find("head") if element.tag == "div" else None
    stated = head.get("n", "").strip().removesuffix(".") if head is not None else ""
    return stated if all(part.isdecimal() for part in stated.split(".")) else ""


def _nest_numbered(parent: Element) -> None:
    """Put 2.1 into 2: GROBID writes all divisions side by side, with their printed numbers.

    What stands between 2 and 2.1 goes along, so that the printed order holds.
    """
    above: dict[str, Element] = {}
    between: list[Element] = []
    for child in list(parent):
        number = _number(child)
        if not number:
            between.append(child)
            continue
        above = {n: div for n, div in above.items() if number.startswith(f"{n}.")}
        if above:
            list(above.values())[-1].extend([*between, child])
        between = []
        above[number] = child


#: TEI elements with one JATS name wherever they stand. Any other is running text.
_RENAMED = {
    "ab": "p", "cell": "td", "figDesc": "p", "graphic": "graphic", "item": "list-item",
    "l": "verse-line", "label": "label", "lg": "verse-group", "listBibl": "ref-list", "p": "p",
    "row": "tr",
}  # fmt: skip

_BLOCK_PARENTS = names("div body back abstract front figure note")
_DROPPED = names("fw listOrg")
#: After these a number is a value, though GROBID took it for a citation: ``n = 12``.
_BEFORE_A_VALUE = tuple("=<>≤≥≈±×−+")

#: Types of back matter, as GROBID and journals name them, by the JATS element and type.
_BACK: dict[str, tuple[str, str]] = {
    "acknowledgement": ("ack", ""),
    "acknowledgements": ("ack", ""),
    "acknowledgment": ("ack", ""),
    "annex": ("app", ""),
    "appendix": ("app", ""),
    "availability": ("sec", "data-availability"),
    "bibliography": ("ref-list", ""),
    "conflict": ("sec", "conflict"),
    "funding": ("sec", "funding"),
    "references": ("ref-list", ""),
}


def _translate_children(element: Element) -> None:
    for child in list(element):
        if isinstance(child.tag, str):
            _translate(child)


def _translate(element: Element) -> None:
    """Turn one TEI element, and all that it holds, into JATS where it stands."""
    if element.tag in _DROPPED:
        _take_out(element)
    elif handler := _HANDLERS.get(element.tag):
        handler(element)
    elif element.tag != "math":
        tag = _RENAMED.get(element.tag, "named-content")
        _translate_children(element)
        element.tag = tag


def _take_out(element: Element) -> None:
    """Remove an element but keep the text behind it."""
    _write_before(element, f"{_text_before(element)} {element.tail or ''}")
    element.tail = None
    _parent(element).remove(element)


def _is_in(element: Element, tags: frozenset[str]) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in tags


def _div(element: Element) -> None:
    tag, stated = _back_name(element) if _is_in(element, names("back")) else ("sec", "")
    _translate_children(element)
    if tag == "ref-list":
        for inner in list(element.iterfind("ref-list")):
            element.extend(list(inner))
            _take_out(inner)
    element.tag = tag
    if stated:
        element.set("sec-type", stated)


def _back_name(element: Element) -> tuple[str, str]:
    """What a division of the back matter is in JATS, by its type or else by its heading."""
    kind, heading = element.get("type", "").lower(), texts(element.find("head"))
    if kind not in _BACK and role_of(heading) == "reference":
        return "ref-list", ""
    if kind not in _BACK and heading.lower().startswith(("append", "annex")):
        return "app", ""
    return _BACK.get(kind, ("sec", ""))


def _head(element: Element) -> None:
    """A heading, with its printed number as a label; a second one stands below the first."""
    second = next(element.itersiblings("title", preceding=True), None) is not None
    _translate_children(element)
    element.tag = "subtitle" if second else "title"
    number = element.get("n", "").strip()
    if number and not re.match(rf"{re.escape(number)}(?!\w)", texts(element)):
        element.addprevious(_make("label", number))


def _figure(element: Element) -> None:
    """Head and description become one caption; a label that the head repeats is left out."""
    kind = "table-wrap" if element.get("type") == "table" else "fig"
    head, label, description = (element.find(tag) for tag in ("head", "label", "figDesc"))
    printed, number = texts(head).rstrip(" .:"), texts(label)
    if texts(description).startswith(printed):
        printed = ""
    whole = rf"(?<!\w){re.escape(number)}(?!\w)"
    if number and re.search(whole, texts(head) or texts(description)):
        number = ""
    _translate_children(element)
    for part in (head, label, description):
        if part is not None:
            _take_out(part)
    caption = _make("caption", children=[_make("title", printed)])
    if description is not None:
        paragraphs = list(description.iterdescendants("p"))  # GROBID 0.7: figDesc/div/p
        caption.extend(paragraphs or [description])
    element.insert(0, caption)
    element.insert(0, _make("label", number))
    element.tag = kind


def _table(element: Element) -> None:
    """Rows stay; a heading or note inside the table becomes its caption or its note."""
    others = [child for child in element if child.tag not in ("row", etree.Comment)]
    _translate_children(element)
    if not others:
        return
    wrap, caption = _make("table-wrap"), _make("caption")
    wrap.tail, element.tail = element.tail, None
    _parent(element).replace(element, wrap)
    wrap.extend([caption, element])
    for other in others:
        if isinstance(other.tag, str) and other.tag == "title":
            caption.append(other)
        else:
            wrap.append(other)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    assert parent is not None  # every handler's element stands below the text
    return parent


def _note(element: Element) -> None:
    number = element.get("n", "").strip()
    _translate_children(element)
    element.tag = "fn"
    element.attrib.clear()
    if number and element.find("label") is None:
        label = _make("label", number)
        label.tail, element.text = element.text, None
        element.insert(0, label)


def _formula(element: Element) -> None:
    """A formula between paragraphs, or with a number of its own, is displayed."""
    displayed = _is_in(element, _BLOCK_PARENTS) or element.find("label") is not None
    tex = element.get("notation", "").lower() in ("tex", "latex")
    _translate_children(element)
    element.tag = "disp-formula" if displayed else "inline-formula"
    if tex and not len(element):
        element.append(_make("tex-math", element.text or ""))
        element.text = None


def _highlighted(element: Element) -> None:
    rendition = f"{element.get('rend', '')} {element.get('rendition', '')}".lower()
    _translate_children(element)
    script = re.search(r"\bsu[bp](?:erscript|script)?\b|[#_-]su[bp]\b", rendition)
    element.tag = ("sup" if "sup" in script[0] else "sub") if script else "italic"


def _reference_to(element: Element) -> None:
    """A citation keeps its printed text; a bare number was a superscript on the page."""
    kind = element.get("type", "")
    _translate_children(element)
    element.tag = "xref"
    before = element.getprevious()
    if before is not None and before.tag == "xref" and not before.tail:
        before.tail = " "  # GROBID drops the space between two references
    text, printed = _text_before(element), texts(element)
    bare = cites_numbers(printed)
    if kind == "bibr" and not (bare and _announces_value(text)):
        if bare and not text.rstrip().endswith(("[", "(")):
            _raise(element, printed)
        element.set("ref-type", "bibr")
    elif kind in ("foot", "noteAnchor"):
        element.set("ref-type", "fn")


def _announces_value(text: str) -> bool:
    """Whether the number behind a text is a value: ``n = 12``, or the rest of ``0.05``."""
    decimal = text.endswith(("0.", "0,")) and not text[-3:-2].isdecimal()
    return decimal or text.rstrip().endswith(_BEFORE_A_VALUE)


def _text_before(element: Element) -> str:
    before = element.getprevious()
    return (before.tail if before is not None else _parent(element).text) or ""


def _write_before(element: Element, text: str) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = text
    else:
        _parent(element).text = text


def _raise(element: Element, printed: str) -> None:
    """Make the citation a superscript; GROBID sets a space before one that follows a full stop."""
    text = _text_before(element).rstrip()
    if text.endswith((".", ",", ";", ":")):
        _write_before(element, text)
    _refill(element, _make("sup", printed))


def _refill(element: Element, child: Element) -> None:
    """Let ``child`` be all that the element holds."""
    tail = element.tail
    element.clear()
    element.tail = tail
    element.append(child)


def _quotation(element: Element) -> None:
    displayed = _is_in(element, _BLOCK_PARENTS)
    _translate_children(element)
    element.tag = "disp-quote" if displayed else "named-content"


def _line_break(element: Element) -> None:
    """A space, unless the break divides a word."""
    element.tag = "named-content" if element.get("break") == "no" else "break"


def _list(element: Element) -> None:
    """The terms of a glossary stand beside their meanings; here each goes into its item."""
    for label in list(element.iterfind("label")):
        item = label.getnext()
        if item is not None and item.tag == "item":
            label.tail, item.text = item.text, None
            item.insert(0, label)
        else:
            label.tag = "item"
    _translate_children(element)
    element.tag = "list"


def _sentence(element: Element) -> None:
    """GROBID's sentences touch each other; on the page a space parts them."""
    _translate_children(element)
    element.tag = "named-content"
    element.tail = f" {element.tail or ''}"


def _entry(element: Element) -> None:
    """An entry of a reference list; in running text, the words of the citation."""
    listed = _is_in(element, names("listBibl ref-list div"))
    _refill(element, _make("mixed-citation", reference_line(element)))
    element.tag = "ref" if listed else "named-content"


def _choice(element: Element) -> None:
    """Of several readings the first, which is the one printed."""
    for other in list(element)[1:]:
        element.remove(other)
    _translate_children(element)
    element.tag = "named-content"


_HANDLERS: dict[str, Callable[[Element], None]] = {
    "bibl": _entry,
    "biblFull": _entry,
    "biblStruct": _entry,
    "choice": _choice,
    "cit": _quotation,
    "div": _div,
    "figure": _figure,
    "formula": _formula,
    "head": _head,
    "hi": _highlighted,
    "lb": _line_break,
    "list": _list,
    "note": _note,
    "quote": _quotation,
    "ref": _reference_to,
    "s": _sentence,
    "table": _table,
}
