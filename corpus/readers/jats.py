"""JATS XML, the form in which publishers and PubMed Central give research papers.

In: the bytes of a file that holds one article. Out: a ``Document`` whose blocks follow the
printed order: title, journal with date and DOI, abstracts and lay summaries, body, floats kept
apart by the file, back matter, the statements of the front matter, peer review.

What a section *says* is left to others; only what the markup or a printed heading states decides
a block's kind. Parsing and its dangers are in ``jats_xml``, running text in ``jats_inline``.

Element and attribute meanings: JATS Archiving and Interchange Tag Set 1.3 (NISO Z39.96-2021).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from lxml import etree

from corpus.document import (
    BODY_KINDS,
    LANGUAGES,
    NOTICES,
    BlockKind,
    Document,
    Language,
    Passage,
    Relation,
    assemble,
    digest,
    normalize,
)
from corpus.errors import UnreadableError
from corpus.language_detection import ENOUGH_LETTERS, detect_language, foreign_language, speaks
from corpus.readers.bind import TOP, in_languages
from corpus.readers.jats_inline import (
    GAP,
    Element,
    finish,
    flat,
    flat_children,
    pieces,
    text_of,
    unit,
)
from corpus.readers.jats_metadata import authors, identifiers, journal, published, related
from corpus.readers.jats_xml import XML_LANG, names, parse_article
from corpus.readers.notices import notice_lines, relations_of, type_of
from corpus.readers.run_in import parted
from corpus.readers.sections import SEPARATOR, role_of
from corpus.text import cue_pattern

#: What stands apart from the sentence that mentions it, and so follows its paragraph.
_FLOATS = names(
    "boxed-text chem-struct-wrap fig fig-group fn floats-group media supplementary-material "
    "table table-wrap table-wrap-group"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where in the document a passage stands."""

    path: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    kind: BlockKind = "paragraph"
    """Kind of an ordinary paragraph here."""

    def enter(self, heading: str) -> Setting:
        """The place below a heading; an empty one changes nothing."""
        return replace(self, path=(*self.path, heading)) if heading else self

    def passage(self, text: str, kind: BlockKind | None = None) -> Passage:
        """A passage standing here."""
        return Passage(text, kind or self.kind, SEPARATOR.join(self.path) or None)


Passages = Iterator[Passage]


def read(content: bytes, name: str) -> Document:
    """Read a JATS article; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the bytes are not well-formed XML, declare entities of their
    own, are another kind of XML, hold more than one article, or no text.
    """
    return document_of(parse_article(content, name), content, name)


def document_of(article: Element, content: bytes, name: str) -> Document:
    """The document that an ``article`` element makes; the bytes are those it was parsed from.

    Raises ``UnreadableError`` where the article has no text, or its language can't be told.
    """
    body = list(_body(article))
    told, article = _in_our_language(article, body, name)
    meta = article.find("front/article-meta")
    if article.get(_TRANSLATED):
        body = list(_body(article))
    title = _title(meta)
    subject = text_of(article.find("front/article-meta/article-categories/subj-group/subject"))
    article_type = type_of(article.get("article-type", ""), title) or type_of(subject, title)
    top = [passage.text for passage in body[:TOP]]
    stated = (*relations_of(related(meta), title, article_type, top), *_translation(article))
    passages = [
        *_front(article, meta, title, told),
        *notice_lines(stated),
        *body,
        *_back(article, told),
        *_noted(_front_notes(article, meta, told), article.get(_TRANSLATED), told),
        *_peer_review(article),
    ]
    if article_type in NOTICES and not any(p.text and p.kind in BODY_KINDS for p in passages):
        passages.append(Passage(title, "paragraph"))  # an index has no more of most notices
    text, blocks, anchors = assemble(in_languages(parted(map(_normalized, passages)), told))
    if not any(block.kind in BODY_KINDS for block in blocks):
        raise UnreadableError(f"{name}: this article has no text; give the file of the full text")
    sha256 = digest(content)
    return Document(
        id=sha256[:16],
        kind="paper",
        language=told,
        title=title or None,
        authors=authors(meta),
        identifiers=identifiers(meta),
        published=published(meta),
        source=name,
        sha256=sha256,
        text=text,
        blocks=blocks,
        anchors=anchors,
        article_type=article_type,
        relations=stated,
    )


def _normalized(passage: Passage) -> Passage:
    text = normalize(passage.text)
    return passage if text == passage.text else replace(passage, text=text)


# --- language --------------------------------------------------------------------------------

#: Marks an article put together from a translation; its value is the language of the original.
_TRANSLATED = "translated-from"


def _in_our_language(
    article: Element, body: Iterable[Passage], name: str
) -> tuple[Language, Element]:
    """The language, and the article or the translation that it holds in one of our languages."""
    try:
        return detect_language(_sample(article, body), name, _language(article)), article
    except UnreadableError:
        for language in LANGUAGES:
            for part in article.iterfind("sub-article[@article-type='translation']"):
                if (
                    _language(part) == language
                    and (found := _translated(article, part)) is not None
                ):
                    sample = _sample(found, list(_body(found)))
                    return detect_language(sample, name, language), found
        raise


def _translated(article: Element, part: Element) -> Element | None:
    """The article with title, abstracts, text and notes of one of its translations."""
    stub = part.find("front-stub")
    stub = part.find("front/article-meta") if stub is None else stub
    front = deepcopy(article.find("front"))
    if stub is None or front is None or part.find("body") is None:
        return None
    found = etree.Element("article")
    found.set("article-type", article.get("article-type", ""))
    found.set(_TRANSLATED, article.get(XML_LANG, "") or "und")
    found.set(XML_LANG, part.get(XML_LANG, ""))
    meta = front.find("article-meta")
    for tag in ("title-group", "abstract", "trans-abstract", "kwd-group"):
        for old in list(meta.iterfind(tag)) if meta is not None else ():
            old.getparent().remove(old)  # type: ignore[union-attr]
    if meta is not None:
        own = ("title-group", "abstract", "kwd-group")
        meta.extend([deepcopy(new) for tag in own for new in stub.iterfind(tag)])
    found.append(front)
    found.extend([deepcopy(new) for tag in ("body", "back") for new in part.iterfind(tag)])
    if part.find("back") is None:
        found.extend([deepcopy(new) for new in article.iterfind("back")])
        for back in found.iterfind("back"):
            back.set(_TRANSLATED, found.get(_TRANSLATED, ""))
    return found


def _translation(article: Element) -> tuple[Relation, ...]:
    original = article.get(_TRANSLATED)
    return (Relation("translation_of", "language", original),) if original else ()


def _noted(passages: Passages, original: str | None, language: Language) -> Passages:
    """Notes of a translation's original, which nobody need have translated, marked as such."""
    for one in passages:
        is_left = original and one.kind in ("paragraph", "footnote")
        if is_left and not speaks(one.text, language):
            yield replace(one, kind="boilerplate", language=original)
        else:
            yield one


def _language(element: Element) -> Language | None:
    """English or French where ``xml:lang`` says so."""
    stated = (element.get(XML_LANG) or "").lower().split("-")[0]
    return next((language for language in LANGUAGES if language == stated), None)


def _sample(article: Element, body: Iterable[Passage]) -> str:
    """Running text to tell the language by: the body's, or the abstract's where it has none."""
    prose = " ".join(passage.text for passage in body if passage.kind in BODY_KINDS)
    return (
        prose
        or text_of(article.find("front/article-meta/abstract"))
        or _title(article.find("front/article-meta"))
    )


# --- front -----------------------------------------------------------------------------------

#: Values of ``abstract-type`` that mean the abstract proper.
_ABSTRACT_TYPES = frozenset({"", "abstract", "main", "normal", "section", "structured"})


@dataclass(frozen=True, slots=True)
class _Beside:
    """A kind of abstract beside the abstract proper."""

    section: dict[Language, str]
    told: bool
    """Whether its sentences may be told in a brief."""


@cache
def _abstracts() -> dict[str, _Beside]:
    table = files("corpus.readers").joinpath("jats_abstracts.toml").read_text(encoding="utf-8")
    return {kind: _Beside(**entry) for kind, entry in tomllib.loads(table).items()}


_ABSTRACT: dict[Language, str] = {"en": "Abstract", "fr": "Résumé"}


def _title(meta: Element | None) -> str:
    if meta is None:
        return ""
    title = text_of(meta.find("title-group/article-title"))
    subtitle = text_of(meta.find("title-group/subtitle"))
    if not (title and subtitle):
        return title or subtitle
    return f"{title}{' ' if title.endswith(tuple('?!:.')) else ': '}{subtitle}"


def _front(article: Element, meta: Element | None, title: str, language: Language) -> Passages:
    yield Passage(title, "title")
    if meta is None:
        return
    for other in meta.iterfind("title-group/trans-title-group"):
        yield Passage(finish([flat_children(other)]), "boilerplate")
    doi = identifiers(meta).get("doi")
    facts = (journal(article), published(meta), f"https://doi.org/{doi}" if doi else None)
    yield Passage(finish([". ".join(filter(None, facts))]), "metadata")
    for abstract in meta.iterfind("abstract"):
        yield from _abstract(abstract, language)
    yield from _impact_statement(meta)
    for abstract in meta.iterfind("trans-abstract"):
        yield from _as_boilerplate(_block(abstract, Setting()))
    for group in meta.iterfind("kwd-group"):
        words = [text_of(word) for word in group.iter("kwd", "compound-kwd-part")]
        heading = text_of(group.find("title"))
        yield Setting().enter(heading).passage("; ".join(filter(None, words)), "metadata")


def _abstract(abstract: Element, language: Language) -> Passages:
    """The abstract, or a lay summary under the title that it bears itself."""
    heading = abstract.find("title")
    printed = text_of(heading)
    kind = abstract.get("abstract-type", "").lower()
    beside = _abstracts().get(kind)
    if _other_language(abstract, language) or (beside is not None and not beside.told):
        place = Setting().enter(beside.section[language]) if beside else Setting()
        yield from _as_boilerplate(_mixed(abstract, place))
        return
    if kind not in _ABSTRACT_TYPES:
        usual = beside.section[language] if beside else kind.replace("-", " ").capitalize()
        section = printed or usual
    else:
        section = printed if printed and language == "fr" else _ABSTRACT[language]
    if printed:
        yield Passage(printed, "heading")
    yield from _mixed(abstract, Setting().enter(section), skip=(heading,))


def _other_language(element: Element, language: Language) -> bool:
    """Whether an abstract is in another language: its words decide before what it declares."""
    words = text_of(element)
    if len(words) >= ENOUGH_LETTERS:
        return foreign_language(words, language) is not None
    return (_language(element) or language) != language


def _impact_statement(meta: Element) -> Passages:
    """The one-sentence summary that some publishers file under custom metadata."""
    for custom in meta.iterfind("custom-meta-group/custom-meta"):
        name = text_of(custom.find("meta-name"))
        if "impact statement" in name.lower():
            yield Setting().enter(name).passage(text_of(custom.find("meta-value")))


def _front_notes(article: Element, meta: Element | None, language: Language) -> Passages:
    """What front matter holds besides the article: statements, correspondence, licence."""
    for notes in article.iterfind("front/notes"):
        yield from _back_matter(notes, Setting(), language)
    if meta is None:
        return
    for notes in meta.iterfind("author-notes"):
        yield from _back_matter(notes, Setting(), language)
    yield from _funding(meta, language)
    for custom in meta.iterfind("custom-meta-group/custom-meta"):
        heading = text_of(custom.find("meta-name"))
        if _statement_named(heading):
            yield Setting().enter(heading).passage(text_of(custom.find("meta-value")))
    for permissions in meta.iterfind("permissions"):
        yield from _as_boilerplate(_block(permissions, Setting()))


def _funding(meta: Element, language: Language) -> Passages:
    """The statement, and the funders with their award numbers, as a list.

    A statement may name nobody ("The funders had no role…"): the list is kept beside it.
    """
    place = Setting().enter(_statements()[0].section[language])
    for statement in meta.iterfind("funding-group/funding-statement"):
        yield place.passage(text_of(statement))
    awards = []
    for award in meta.iterfind("funding-group/award-group"):
        source = award.find("funding-source")
        institution = source.find(".//institution") if source is not None else None
        funder = text_of(source if institution is None else institution)
        number = ", ".join(text_of(element) for element in award.iterfind("award-id"))
        awards.append(f"{funder} ({number})" if number else funder)
    yield place.passage("; ".join(filter(None, awards)), "metadata")


# --- body ------------------------------------------------------------------------------------


def _body(article: Element) -> Passages:
    for part in ("body", "floats-group"):
        for element in article.iterfind(part):
            yield from _mixed(element, Setting())


def _section(element: Element, place: Setting) -> Passages:
    """A section; one of thanks or the like that the file left in the body is boilerplate."""
    printed = text_of(element.find("title"))
    passages = _titled(element, place)
    apart = role_of(printed) == "boilerplate" and not _statement_of(element, printed)
    yield from _as_boilerplate(passages) if apart else passages


def _block(element: Element, place: Setting) -> Passages:
    return _HANDLERS.get(element.tag, _titled)(element, place)


def _mixed(element: Element, place: Setting, skip: Iterable[Element | None] = ()) -> Passages:
    """Text, inline elements and blocks in any mixture, in reading order.

    A paragraph's floats come after it, so that a caption never breaks a sentence; lists and
    displayed formulas stay where they are and divide the paragraph.
    """
    skipped = [part for part in skip if part is not None]
    run: list[str] = []
    floats: list[Element] = []
    for piece in pieces(element):
        if isinstance(piece, str):
            run.append(piece)
        elif piece in skipped:
            continue
        elif element.tag == "p" and piece.tag in _FLOATS:
            floats.append(piece)
            run.append(GAP)
        else:
            if text := finish(run):
                yield _paragraph(text, place)
            run = []
            yield from _block(piece, place)
    if text := finish(run):
        yield _paragraph(text, place)
    for piece in floats:
        yield from _block(piece, place)


def _paragraph(text: str, place: Setting) -> Passage:
    return place.passage(text, "boilerplate" if _is_address(text) else None)


def _is_address(text: str) -> bool:
    """Whether a paragraph is only the address of its part, as older eLife files print it."""
    address = text.lower().removeprefix("doi: ")
    return " " not in address and address.startswith(("http://", "https://", "doi:"))


def _titled(element: Element, place: Setting) -> Passages:
    """A container: its label and title as a heading, and what it holds below that heading."""
    label, title = element.find("label"), element.find("title")
    caption = element.find("caption")
    if title is None and caption is not None:  # boxed text
        title = caption.find("title")
    printed, number = text_of(title), text_of(label)
    yield place.passage(f"{number} {printed}".strip(), "heading")
    inner = place.enter((printed or number).rstrip(" :"))
    for child in caption if caption is not None else ():
        if isinstance(child.tag, str) and child is not title:
            yield from _block(child, inner)
    yield from _mixed(element, inner, skip=(label, title, caption))


def _labelled(element: Element, place: Setting) -> Passages:
    """Text that begins with its own label: a list item, a footnote."""
    label = element.find("label")
    first = True
    for passage in _mixed(element, place, skip=(label,)):
        number = text_of(label) if first else ""
        yield replace(passage, text=f"{number} {passage.text}".strip())
        first = False
    if first:
        yield place.passage(text_of(label))


def _list(element: Element, place: Setting) -> Passages:
    item = replace(place, kind="list_item") if place.kind == "paragraph" else place
    yield place.passage(text_of(element.find("title")), "heading")
    for child in element:
        if child.tag == "def-item":
            yield from _definition(child, item)
        elif isinstance(child.tag, str) and child.tag not in ("title", "label"):
            yield from _labelled(child, item)


def _definition(element: Element, place: Setting) -> Passages:
    """``term: meaning``, as one passage where the meaning is one paragraph."""
    term = "; ".join(text_of(child) for child in element.iterfind("term"))
    first = True
    for meaning in element.iterfind("def"):
        for passage in _mixed(meaning, place):
            yield replace(passage, text=f"{term}: {passage.text}" if first else passage.text)
            first = False
    if first:
        yield place.passage(term)


def _captioned(element: Element, place: Setting) -> Passages:
    """Label and caption as one block, then what the figure, table or file holds."""
    label, caption = element.find("label"), element.find("caption")
    parts, nested = [text_of(label)], list[Element]()
    for child in caption if caption is not None else ():
        if not isinstance(child.tag, str):
            continue
        run = []
        for piece in pieces(child):
            run.append(piece if isinstance(piece, str) else GAP)
            if not isinstance(piece, str):
                nested.append(piece)
        parts.append(finish(run))
    yield place.passage(_sentences(parts), "caption")
    inside = replace(place, kind="caption")
    for piece in nested:
        yield from _block(piece, inside)
    yield from _mixed(element, inside, skip=(label, caption))


def _sentences(parts: Iterable[str]) -> str:
    """Joined, with a full stop where a label or title lacks one, so that they stay apart."""
    kept = [part for part in parts if part]
    closed = [part if part[-1] in ".!?:;…" else f"{part}." for part in kept[:-1]]
    return " ".join([*closed, *kept[-1:]])


def _table(element: Element, place: Setting) -> Passages:
    """One block a row, cells between bars."""
    for row in element.iter("tr", "row"):
        if next(row.iterancestors("td", "th", "entry"), None) is not None:
            continue  # a row of a table within a cell, read with that cell
        cells = [text_of(cell) for cell in row if cell.tag in ("td", "th", "entry")]
        if any(cells):
            yield place.passage(" | ".join(cells), "table")


def _equation(element: Element, place: Setting) -> Passages:
    label = element.find("label")
    run = [piece if isinstance(piece, str) else f" {flat(piece)} " for piece in pieces(element)
           if piece is not label]  # fmt: skip
    text = finish(run)
    yield place.passage(f"{text} {text_of(label)}".strip() if text else "", "equation")


def _footnote(element: Element, place: Setting) -> Passages:
    yield from _labelled(element, replace(place, kind="footnote"))


def _reference(element: Element, place: Setting) -> Passages:
    parts = [
        _citation(child) if child.tag == "element-citation" else unit(child)
        for child in element.iterdescendants(
            "label", "element-citation", "mixed-citation", "nlm-citation", "citation", "note"
        )
        if next(child.iterancestors("mixed-citation", "nlm-citation", "note"), None) is None
    ] or [flat(element)]
    yield place.passage(finish([" ".join(parts)]), "reference")


def _citation(element: Element) -> str:
    """A reference whose punctuation the file leaves to a style sheet."""
    parts = {child.tag: text_of(child) for child in reversed(element) if isinstance(child.tag, str)}
    if "article-title" in parts and "volume" in parts:
        issue = f"({parts.pop('issue')})" if "issue" in parts else ""
        last = f"–{parts.pop('lpage')}" if "lpage" in parts and "fpage" in parts else ""
        first = f": {parts.pop('fpage')}{last}" if "fpage" in parts else ""
        parts["volume"] += issue + first
    seen: set[str] = set()
    texts = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        text = parts.get(child.tag, "") if child.tag not in seen else text_of(child)
        seen.add(child.tag)
        texts.append(text)
    return _sentences([(element.text or "").strip(), *texts])


def _whole(kind: BlockKind) -> Callable[[Element, Setting], Passages]:
    """A handler for an element that is read as one block of this kind."""

    def handler(element: Element, place: Setting) -> Passages:
        yield place.passage(text_of(element), kind)

    return handler


def _flow(element: Element, place: Setting) -> Passages:
    yield from _mixed(element, place)


def _nothing(element: Element, place: Setting) -> Passages:
    yield from ()


def _glossary(element: Element, place: Setting) -> Passages:
    yield from _titled(element, replace(place, kind="footnote"))


_HANDLERS: dict[str, Callable[[Element, Setting], Passages]] = {
    "attrib": _flow,
    "body": _flow,
    "caption": _flow,
    "chem-struct-wrap": _captioned,
    "code": _whole("equation"),
    "corresp": _whole("boilerplate"),
    "def-list": _list,
    "disp-formula": _equation,
    "fig": _captioned,
    "fig-group": _captioned,
    "fn": _footnote,
    "glossary": _glossary,
    "label": _flow,
    "list": _list,
    "list-item": _labelled,
    "media": _captioned,
    "p": _flow,
    "permissions": _whole("boilerplate"),
    "preformat": _flow,
    "ref": _reference,
    "sec": _section,
    "subtitle": _whole("heading"),
    "supplementary-material": _captioned,
    "table": _table,
    "table-wrap": _captioned,
    "table-wrap-group": _captioned,
    "title": _whole("heading"),
    "verse-line": _flow,
}

# --- back ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Statement:
    """A declaration that readers of a brief need, whatever part of the back matter holds it."""

    types: frozenset[str]
    """Values of ``notes-type``, ``sec-type``, ``fn-type`` or ``content-type``."""
    heading: re.Pattern[str]
    """Matches the printed heading, or the opening words of a note without one."""
    section: dict[Language, str]


@cache
def _statements() -> tuple[_Statement, ...]:
    """The statements of ``jats_statements.toml``, funding first."""
    table = files("corpus.readers").joinpath("jats_statements.toml").read_text(encoding="utf-8")
    return tuple(
        _Statement(
            frozenset(entry["types"]),
            cue_pattern(entry["headings"], before="", after=""),
            entry["section"],
        )
        for entry in tomllib.loads(table).values()
    )


def _statement_named(heading: str) -> _Statement | None:
    return next((kind for kind in _statements() if kind.heading.match(heading)), None)


def _statement_of(element: Element, heading: str) -> _Statement | None:
    """Which statement the element makes, by its type or else by its heading."""
    types = {
        element.get(name, "").lower()
        for name in ("notes-type", "sec-type", "fn-type", "content-type")
    }
    typed = next((kind for kind in _statements() if kind.types & types), None)
    opening = heading or (text_of(element)[:120] if element.tag == "fn" else "")
    return typed or _statement_named(opening)


#: Back matter that may hold statements among other things, so is looked through part by part.
_BACK_CONTAINERS = names("ack author-notes back bio fn fn-group notes sec")


def _back(article: Element, language: Language) -> Passages:
    for back in article.iterfind("back"):
        yield from _noted(_back_matter(back, Setting(), language), back.get(_TRANSLATED), language)


def _back_matter(element: Element, place: Setting, language: Language) -> Passages:
    """Statements as paragraphs, notes as footnotes, appendices as they are, else boilerplate."""
    title = element.find("title")
    printed = text_of(title)
    if statement := _statement_of(element, printed):
        section = printed.rstrip(" .:") or statement.section[language]
        if element.tag == "fn" and place.path and _statement_named(place.path[-1]):
            section = place.path[-1]
        yield from _kept(_block(element, Setting()), section)
        return
    if element.tag == "fn":
        notes = _footnote(element, place)
        typed = element.get("fn-type", "other") != "other"
        apart = typed or next(element.iterancestors("author-notes"), None) is not None
        yield from _as_boilerplate(notes) if apart else notes
        return
    yield place.passage(printed, "boilerplate")
    inner = place.enter(printed.rstrip(" .:"))
    for piece in pieces(element):
        if isinstance(piece, str):
            yield inner.passage(finish([piece]), "boilerplate")
        elif piece is not title:
            yield from _back_part(piece, inner, language)


def _back_part(element: Element, place: Setting, language: Language) -> Passages:
    if element.tag in _BACK_CONTAINERS:
        yield from _back_matter(element, place, language)
    elif element.tag in ("app", "app-group", "glossary", "ref-list"):
        yield from _block(element, Setting())
    elif element.tag in _FLOATS:
        yield from _block(element, place)
    else:
        yield from _as_boilerplate(_block(element, place))


def _kept(passages: Passages, section: str) -> Passages:
    for passage in passages:
        if passage.kind == "heading":
            yield passage
        else:
            kind: BlockKind = "paragraph" if passage.kind == "footnote" else passage.kind
            yield replace(passage, kind=kind, section=section)


def _as_boilerplate(passages: Passages) -> Passages:
    return (replace(passage, kind="boilerplate") for passage in passages)


def _peer_review(article: Element) -> Passages:
    """Decision letters, replies and translations that travel in the article's file."""
    for element in article:
        if element.tag in ("sub-article", "response"):
            stub = element.find("front-stub")
            stub = element.find("front/article-meta") if stub is None else stub
            title = _title(stub)
            place = Setting().enter(title)
            yield Passage(title, "boilerplate")
            for part in (*element.iterfind(".//abstract"), *element.iterfind("body"),
                         *element.iterfind("back")):  # fmt: skip
                yield from _as_boilerplate(_mixed(part, place))
            yield from _peer_review(element)
