"""Elements of HTML as the JATS article that says the same.

In: the body of a web page, or of a word processor's document turned into HTML, with what is known
of its title and authors apart (``Front``). Out: a ``Document``: a transcript where most lines begin
with a speaker, else the paper that ``corpus.readers.jats`` reads from the article made here, so
that sections, captions, notes and citations come out alike whichever form a paper arrives in.

Element meanings: HTML Living Standard (WHATWG), chapters 4.3 to 4.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from corpus.document import Document, Passage, normalize
from corpus.readers.bind import bind
from corpus.readers.bylines import names_in
from corpus.readers.jats import document_of
from corpus.readers.jats_inline import cites_numbers
from corpus.readers.jats_made import Front, front_element, make
from corpus.readers.jats_xml import XML_LANG, Element, check_depth, names
from corpus.readers.labels import transcript
from corpus.readers.sections import role_of
from corpus.text import SENTENCE_MARKS, doi_in

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
#: A paragraph in bold and nothing else heads what follows, below any real heading.
_BOLD_LEVEL = 7
_BOLD_WORDS = 12
#: The name of a section that opens its paragraph heads no more than what follows it.
_RUN_IN_LEVEL = 8
#: Sections that hold notes.
_NOTES = frozenset({"footnotes", "endnotes", "notes", "notes de bas de page", "notes de fin"})
#: What holds blocks and says nothing of its own.
_CONTAINERS = names(
    "address article aside body center details div fieldset footer form header hgroup html main "
    "nav section summary tbody tfoot thead"
)
_BLOCKS = _CONTAINERS | names(
    "blockquote caption dd dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre table td th tr "
    "ul"
)
#: What nobody reads, and what the author struck out.
_DROPPED = names(
    "audio button canvas del embed head iframe img input noscript object s script select strike "
    "style svg template textarea video"
)
_INLINE = {
    "b": "bold", "br": "break", "em": "italic", "i": "italic", "strong": "bold", "sub": "sub",
    "sup": "sup",
}  # fmt: skip
#: Prose has at least this many words; a line of the front matter has fewer.
_PROSE_WORDS = 25
#: A raised number behind a word of so many letters cites; behind "km" it is a power.
_CITING_WORD = re.compile(r"[^\W\d_]{4,}[)\]”’\"']*$|[.,;:!?)\]”»]\s?$")


def document_from_html(body: Element, front: Front, content: bytes, name: str) -> Document:
    """The document that a body of HTML makes; the bytes are those that it was made from.

    Raises ``UnreadableError`` where there is no text, elements nest too deep, or the text is in
    neither language.
    """
    check_depth(body, name)
    front = _stated(front, body)
    turns = transcript(list(_spoken(body)))
    if turns is not None:
        heading = [Passage(front.title, "title")] if front.title else []
        titled = any(passage.kind == "title" for passage in turns)
        return bind(
            turns if titled else [*heading, *turns],
            content,
            name,
            "exchange",
            language=front.language,
            published=front.published,
        )
    return document_of(article_of(body, front), content, name)


def article_of(body: Element, front: Front) -> Element:
    """The JATS article of a body of HTML."""
    parts = list(_flow(body))
    front, parts = _with_front(front, parts)
    article = etree.Element("article")
    if front.language:
        article.set(XML_LANG, front.language)
    prose = _first_section(parts)
    opening = [part.element for part in parts[:prose] if not part.is_prose]
    article.append(_front_element(front, opening))
    kept = [part for index, part in enumerate(parts) if index >= prose or part.is_prose]
    article.extend(_sections(kept))
    return article


def _stated(front: Front, body: Element) -> Front:
    """The front with what paragraphs of the classes title, subtitle and author say.

    Those paragraphs are taken out of the body.
    """
    if front.title:
        return front
    title, subtitle, authors = (_taken(body, kind) for kind in ("title", "subtitle", "author"))
    return replace(
        front,
        title=": ".join([*title, *subtitle]) if title else "",
        authors=front.authors or tuple(name for line in authors for name in names_in(line)),
    )


def _taken(body: Element, kind: str) -> list[str]:
    """The text of the first paragraph of a class, which is taken out of the body."""
    for element in body.iter("p", "h1"):
        text = normalize("".join(map(str, element.itertext())))
        if element.get("class") == kind and text:
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
            return [text]
    return []


# --- speech -----------------------------------------------------------------------------------


def _spoken(body: Element) -> Iterator[Passage]:
    """Blocks with the line breaks that a transcript needs."""
    for element in body.iter("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "dt", "dd"):
        if any(child.tag in _BLOCKS for child in element.iterdescendants(etree.Element)):
            continue
        text = "".join(
            "\n" if event == "start" and node.tag == "br" else (text or "")
            for event, node, text in _texts(element)
        )
        lines = "\n".join(line for line in map(normalize, text.split("\n")) if line)
        yield Passage(lines, "heading" if element.tag in _HEADINGS else "paragraph")


def _texts(element: Element) -> Iterator[tuple[str, Element, str | None]]:
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str) or node.tag in _DROPPED:
            if event == "end" and node is not element:
                yield event, node, node.tail
            continue
        yield event, node, node.text if event == "start" and node.tag != "br" else None
        if event == "end" and node is not element:
            yield "tail", node, node.tail


# --- blocks -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """One block in JATS; a heading has a level, 1 outermost."""

    element: Element
    level: int = 0

    @property
    def text(self) -> str:
        return normalize("".join(map(str, self.element.itertext())))

    @property
    def is_prose(self) -> bool:
        """Whether it is running text rather than a line of front matter."""
        if self.element.tag not in ("p", "list"):
            return True
        items = self.element.findall("list-item") if self.element.tag == "list" else [self.element]
        return any(_reads_as_prose(normalize("".join(map(str, i.itertext())))) for i in items)


def _reads_as_prose(text: str) -> bool:
    """Whether a text is a sentence rather than a line of names, places or dates."""
    words = text.split()
    lower = sum(word[0].islower() for word in words)
    return (len(words) >= _PROSE_WORDS or text.endswith(SENTENCE_MARKS)) and 2 * lower > len(words)


def _flow(element: Element) -> Iterator[_Part]:
    """The blocks of a container; text that stands in it by itself makes paragraphs."""
    run = make("p")
    write(run, element.text)
    for child in element:
        if isinstance(child.tag, str) and (child.tag in _BLOCKS or _holds_blocks(child)):
            yield from _paragraph(run)
            run = make("p")
            yield from _block(child)
        else:
            _append_inline(run, child)
        write(run, child.tail)
    yield from _paragraph(run)


def _holds_blocks(element: Element) -> bool:
    inline = element.tag not in _DROPPED
    return inline and next((e for e in element.iterdescendants(*_BLOCKS)), None) is not None


def _block(element: Element) -> Iterator[_Part]:
    if level := _HEADINGS.get(element.tag):
        return _heading(element, level)
    return _HANDLERS.get(element.tag, _flow)(element)


def _paragraph_of(element: Element) -> Iterator[_Part]:
    if _is_bold(element):
        yield from _heading(element, _BOLD_LEVEL)
    else:
        yield from _run_in(element)
        yield from _flow(element)


def _preformatted(element: Element) -> Iterator[_Part]:
    yield _Part(_inlined(element, "preformat"))


def _quotation(element: Element) -> Iterator[_Part]:
    yield _Part(make("disp-quote", children=_elements(_flow(element))))


def _elements(parts: Iterable[_Part]) -> list[Element]:
    """The parts as they can stand inside a block, where no section begins."""
    elements = []
    for part in parts:
        if part.level:
            part.element.tag = "p"
        elements.append(part.element)
    return elements


def _paragraph(run: Element) -> Iterator[_Part]:
    _raise_citations(run)
    part = _Part(run)
    if part.text or run.find(".//math") is not None:
        yield part


def _heading(element: Element, level: int) -> Iterator[_Part]:
    part = _Part(_inlined(element, "title"), level)
    if part.text:
        yield part


def _is_bold(element: Element) -> bool:
    """Whether a paragraph is a short line in bold that ends no sentence."""
    text = normalize("".join(map(str, element.itertext())))
    bold = "".join(
        "".join(map(str, child.itertext())) for child in element if child.tag in ("strong", "b")
    )
    apart = not text.endswith((*SENTENCE_MARKS, ";", ","))
    return apart and normalize(bold) == text and 0 < len(text.split()) <= _BOLD_WORDS


def _run_in(element: Element) -> Iterator[_Part]:
    """The name of a section that opens a paragraph in bold, taken out of it: "Methods: We…"."""
    first = next(iter(element), None)
    if first is None or first.tag not in ("strong", "b") or (element.text or "").strip():
        return
    label = normalize("".join(map(str, first.itertext()))).rstrip(" .:–—")
    if role_of(label) != "body" or not (first.tail or "").strip():
        return
    element.text = (first.tail or "").lstrip(" .:–—\u00a0\t\n")
    element.remove(first)
    yield _Part(make("title", label), _RUN_IN_LEVEL)


def _list(element: Element) -> Iterator[_Part]:
    """A list; the notes that a word processor keeps at the end of its text are notes."""
    items = []
    for item in element:
        if not isinstance(item.tag, str):
            continue
        if item.get("id", "").startswith(("footnote-", "endnote-")):
            yield _Part(make("fn", children=_elements(_flow(item))))
        elif children := _elements(_flow(item)):
            items.append(make("list-item", children=children))
    if items:
        yield _Part(make("list", children=items))


def _definitions(element: Element) -> Iterator[_Part]:
    entries: list[Element] = []
    for child in element:
        if child.tag == "dt" or not entries:
            entries.append(make("def-item"))
        if child.tag == "dt":
            entries[-1].append(_inlined(child, "term"))
        elif isinstance(child.tag, str):
            entries[-1].append(make("def", children=_elements(_flow(child))))
    if entries:
        yield _Part(make("def-list", children=entries))


def _table(element: Element) -> Iterator[_Part]:
    """A table; one of a single column is a frame around text."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if all(len(row) < 2 for row in cells):
        for row in cells:
            for cell in row:
                yield from _flow(cell)
        return
    caption = element.find("caption")
    wrap = make("table-wrap")
    if caption is not None:
        wrap.append(make("caption", children=[_inlined(caption, "p")]))
    made = [make("tr", children=[_inlined(cell, "td") for cell in row]) for row in cells]
    wrap.append(make("table", children=made))
    yield _Part(wrap)


def _figure(element: Element) -> Iterator[_Part]:
    """A caption with what else the figure holds: a table, mostly."""
    caption = element if element.tag != "figure" else element.find(".//figcaption")
    if caption is not None:
        yield _Part(make("fig", children=[make("caption", children=[_inlined(caption, "p")])]))
    if element.tag == "figure":
        for table in element.iter("table"):
            yield from _table(table)


_HANDLERS: dict[str, Callable[[Element], Iterator[_Part]]] = {
    "blockquote": _quotation,
    "caption": _figure,
    "dl": _definitions,
    "figcaption": _figure,
    "figure": _figure,
    "hr": lambda element: iter(()),
    "ol": _list,
    "p": _paragraph_of,
    "pre": _preformatted,
    "table": _table,
    "ul": _list,
}

# --- running text -----------------------------------------------------------------------------


def write(parent: Element, text: str | None) -> None:
    """Add text at the end of an element."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _inlined(element: Element, tag: str) -> Element:
    """An element's running text as one JATS element; blocks within it are set off by spaces."""
    made = make(tag, element.text or "")
    for child in element:
        _append_inline(made, child)
        write(made, child.tail)
    _raise_citations(made)
    return made


def _append_inline(parent: Element, child: Element) -> None:
    if not isinstance(child.tag, str) or child.tag in _DROPPED:
        return
    if child.tag == "math":
        copied = etree.fromstring(etree.tostring(child, with_tail=False))
        parent.append(make("inline-formula", children=[copied]))
        return
    if child.tag in _BLOCKS:
        write(parent, " ")
    made = make(_INLINE.get(child.tag, "named-content"), child.text or "")
    if child.tag == "a":
        made.tag = "xref"
        if child.get("href", "").startswith("#") and cites_numbers(_bare(child)):
            made.set("ref-type", "bibr")
    parent.append(made)
    for inner in child:
        _append_inline(made, inner)
        write(made, inner.tail)
    if child.tag in _BLOCKS:
        write(parent, " ")


def _bare(element: Element) -> str:
    return normalize("".join(map(str, element.itertext()))).strip("()[]")


def _raise_citations(run: Element) -> None:
    """Mark the raised numbers that cite: behind a word or a mark, not behind a unit or a number."""
    for raised in list(run.iter("sup")):
        if raised.find(".//xref") is not None or not cites_numbers(_bare(raised)):
            continue
        before = raised.getprevious()
        parent = raised.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else ""
        if before is not None and not text:
            text = "".join(map(str, before.itertext()))
        if _CITING_WORD.search(text or ""):
            cited = make("xref", _bare(raised), ref_type="bibr")
            del raised[:]
            raised.text = None
            raised.append(cited)


# --- front matter and sections ----------------------------------------------------------------


def _with_front(front: Front, parts: list[_Part]) -> tuple[Front, list[_Part]]:
    """The front with the title that is printed on top, and the parts without it."""
    first = next((i for i, part in enumerate(parts) if part.level), None)
    if first is None:
        return front, parts
    heading = parts[first]
    lone = sum(part.level == heading.level for part in parts) == 1
    above = not any(part.is_prose for part in parts[:first])
    same = bool(front.title) and _letters(heading.text) in _letters(front.title)
    outermost = heading.level == min(part.level for part in parts if part.level)
    untitled = not front.title and lone and above and outermost and not role_of(heading.text)
    if not (same or untitled):
        return front, parts
    return (
        replace(front, title=front.title or heading.text),
        [part for part in parts if part is not heading],
    )


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _first_section(parts: list[_Part]) -> int:
    """How many parts stand above the first heading; 0 where there is none."""
    return next((i for i, part in enumerate(parts) if part.level), 0)


def _front_element(front: Front, opening: list[Element]) -> Element:
    """The front matter; the lines above the first section are kept as notes on the authors."""
    lines = ["".join(map(str, element.itertext())) for element in opening]
    authors = front.authors or next(filter(None, map(names_in, map(normalize, lines))), ())
    identifiers = dict(front.identifiers)
    if "doi" not in identifiers and (doi := next(filter(None, map(doi_in, lines)), None)):
        identifiers["doi"] = doi
    known = replace(front, authors=authors, identifiers=tuple(identifiers.items()))
    return front_element(known, [make("author-notes", children=opening)] if opening else [])


def _sections(parts: Iterable[_Part]) -> list[Element]:
    """``body`` and ``back``: every block in the section of the headings above it."""
    body, references, notes = make("body"), make("ref-list"), make("fn-group")
    open_sections: list[tuple[int, Element]] = [(0, body)]
    for part in parts:
        if part.element.tag == "fn":
            notes.append(part.element)
        elif part.level:
            while open_sections[-1][0] >= part.level:
                open_sections.pop()
            section = make("sec", children=[part.element])
            if part.text.casefold().strip(" .:") in _NOTES:
                section = notes
            elif role_of(part.text) == "reference":
                references.append(part.element)
                section = references
            else:
                open_sections[-1][1].append(section)
            open_sections.append((part.level, section))
        elif open_sections[-1][1] is references:
            references.extend(_entries(part.element))
        elif open_sections[-1][1] is notes:
            notes.extend(make("fn", children=[item]) for item in _items(part.element))
        else:
            open_sections[-1][1].append(part.element)
    back = make("back", children=[element for element in (references, notes) if len(element)])
    return [body, back]


def _entries(element: Element) -> list[Element]:
    """The references of a list or a paragraph."""
    for item in (items := _items(element)):
        item.tag = "mixed-citation"
    return [make("ref", children=[item]) for item in items]


def _items(element: Element) -> list[Element]:
    """The items of a list as paragraphs; anything else is one item."""
    if element.tag != "list":
        return [element]
    items = element.findall("list-item")
    for item in items:
        item.tag = "p"
        for inner in item.iter("p"):
            if inner is not item:
                inner.tag = "named-content"
    return items
