"""From untrusted bytes to the tree of one JATS article, or one clear line why not.

In: bytes and the name to call them by. Out: the article's element tree with every tag free of
its namespace (publishers use several, or none). Nothing outside the bytes is ever fetched: no
DTD, no entity, no network. ``parse`` does this for any XML; ``corpus.readers.tei`` uses it too.
What the elements mean is the readers' business.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html.entities import html5
from io import BytesIO
from typing import Any

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.patterns import markup
from corpus.settings_base import CorpusSettings, in_force, raise_it

Element = etree._Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def names(text: str) -> frozenset[str]:
    """A set of element names, written one after the other."""
    return frozenset(text.split())


#: Root elements that files given as papers turn out to have, and what the user may give instead.
_OTHER_XML: dict[str, str] = {
    "TEI": "a TEI document; give it without what stands before <TEI>",
    "teiCorpus": "a TEI corpus; give each <TEI> as a file of its own",
    "article": "another kind of XML, though its root is <article> (no front, no body)",
    "rss": "an RSS feed; give it as an address to ingest, or one article's JATS XML",
    "feed": "an Atom feed; give it as an address to ingest, or one article's JATS XML",
    "RDF": "an RDF document or feed; give one article's JATS XML",
    "html": "a web page; give the article's JATS XML or its PDF",
    "PubmedArticleSet": "a PubMed record without full text; give the article's JATS XML or PDF",
    "PubmedArticle": "a PubMed record without full text; give the article's JATS XML or PDF",
    "book": "a book (BITS or DocBook); give one article's JATS XML",
    "book-part-wrapper": "a book chapter (BITS); give one article's JATS XML",
    "full-text-retrieval-response": "Elsevier XML; give the article's JATS XML or its PDF",
    "xocs": "Elsevier XML; give the article's JATS XML or its PDF",
    "svg": "a picture (SVG); give the article's JATS XML or its PDF",
}

#: Elements that wrap an article: PMC's article sets and OAI-PMH answers, from the outside in.
_WRAPPERS = names("pmc-articleset articles OAI-PMH GetRecord ListRecords records record metadata")

#: Root elements of sets, and the element of each member.
_SETS: dict[str, str] = {
    "pmc-articleset": "article",
    "articles": "article",
    "OAI-PMH": "article",
    "PubmedArticleSet": "PubmedArticle",
    "teiCorpus": "TEI",
}

#: Of a parser's message, in characters.
_LONGEST_REASON = 200

_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]")
_ENTITY = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&([A-Za-z][A-Za-z0-9]*);", re.DOTALL)
_XML_ENTITIES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


def parse_article(content: bytes, name: str) -> Element:
    """The one article that the bytes hold. Raises ``UnreadableError``."""
    root = parse(content, name)
    if root.tag in _WRAPPERS:
        return _unwrapped(root, name)
    if root.tag != "article" or not _is_jats(root):
        raise UnreadableError(f"{name}: not a JATS article but {kind_of_xml(root)}")
    return root


def parse(content: bytes, name: str) -> Element:
    """The root element of any XML, tags without namespace. Raises ``UnreadableError``."""
    begun = markup(content[:4096])
    # a page of the Web seldom is well-formed XML: it is known by its beginning, before parsing
    if (begun.doctype or begun.root).lower() == "html":
        raise UnreadableError(f"{name}: not an article's XML but {_OTHER_XML['html']}")
    root = parse_tree(content, name)
    check_depth(root, name)
    for element in root.iter("{*}*"):
        tag = element.tag
        if tag[0] == "{":
            element.tag = tag.rpartition("}")[2]
    return root


@lru_cache(maxsize=1)
def articles_of(content: bytes, name: str) -> tuple[bytes, ...]:
    """The files of the articles or records that a set holds, each by itself.

    One, the content as it is, where the content is no set. A set is read as it comes, one article
    after the other, so that it takes no more memory than its largest. Raises ``UnreadableError``.
    """
    kind = _SETS.get(markup(content[:4096]).root)
    if kind is None:
        return (content,)
    found: list[bytes] = []
    try:
        _read_on(content, name, kind, found)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(content, name, error) from error
    return tuple(found) if len(found) > 1 else (content,)


def _read_on(content: bytes, name: str, kind: str, found: list[bytes]) -> None:
    """Add each outermost element of a kind to those found, and let go of what was read."""
    begin: Any = None
    count, most = 0, in_force(CorpusSettings).max_elements
    events: Any = etree.iterparse(
        BytesIO(_html_entities_as_numbers(content)),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    for event, element in events:
        if event == "start":
            count += 1
            if count > most:
                raise UnreadableError(
                    f"{name}: one of the articles in this set has more than {most:,} elements; "
                    f"give it as a file of its own, {raise_it('max_elements')}"
                )
            if begin is None and etree.QName(element).localname == kind:
                begin, count = element, 0
        elif element is begin:
            found.append(etree.tostring(element, encoding="utf-8", with_tail=False))
            begin, count = None, 0
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def kind_of_xml(root: Element) -> str:
    """What a file with this root is, and what to give instead; ends a line of refusal."""
    kind = _OTHER_XML.get(root.tag, f"another kind of XML (root element <{root.tag}>)")
    return kind if ";" in kind else f"{kind}; give the article's JATS XML or its PDF"


def _unwrapped(root: Element, name: str) -> Element:
    articles = [
        element
        for element in root.iter("article")
        if next(element.iterancestors("article"), None) is None and _is_jats(element)
    ]
    if len(articles) != 1:
        found = f"{len(articles)} articles" if articles else "no article"
        raise UnreadableError(
            f"{name}: <{root.tag}> with {found} inside; give each article as a file of its own"
        )
    return articles[0]


def _is_jats(article: Element) -> bool:
    return any(article.find(part) is not None for part in ("front", "body"))


def parse_tree(content: bytes, name: str) -> Element:
    """The root element of any XML, tags as they are. Raises ``UnreadableError``."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(_html_entities_as_numbers(content), parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(content, name, error) from error
    subset: Any = root.getroottree().docinfo.internalDTD  # None where there is no DOCTYPE
    if subset is not None and next(subset.iterentities(), None) is not None:
        raise _entities_declared(name)
    _check_entities(root, name)
    return root


def _not_well_formed(content: bytes, name: str, error: etree.XMLSyntaxError) -> UnreadableError:
    """What a parser's error says of a file."""
    if b"<!ENTITY" in content:
        return _entities_declared(name)
    reason = re.sub(r",? line \d+, column \d+.*", "", str(error.msg), flags=re.DOTALL)
    return UnreadableError(
        f"{name}: not well-formed XML at line {error.lineno} ({_one_line(reason)}); "
        "the file may be cut short, so get it again"
    )


def _one_line(reason: str) -> str:
    """One line of a parser's message, which may quote what the file holds at any length."""
    line = " ".join(reason.split())
    return line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]}…"


def _entities_declared(name: str) -> UnreadableError:
    return UnreadableError(
        f"{name}: declares entities of its own (<!ENTITY>), which can hide other files or endless "
        "text; give a file without them"
    )


def _html_entities_as_numbers(content: bytes) -> bytes:
    """``&eacute;`` as ``&#233;``: the name is defined in a DTD that is never loaded."""

    def number(entity: re.Match[bytes]) -> bytes:
        if entity[1] is None or entity[1] in _XML_ENTITIES:
            return entity[0]
        characters = html5.get(f"{entity[1].decode()};")
        if characters is None:
            return entity[0]
        return "".join(f"&#{ord(character)};" for character in characters).encode()

    begun = content.lstrip(b" \t\r\n")
    return _ENTITY.sub(number, begun) if _NAMED.search(begun) else begun


def _check_entities(root: Element, name: str) -> None:
    """No reference may be left over: its text would silently be missing."""
    for entity in root.iter(etree.Entity):
        parent = entity.getparent()
        line = f" near line {parent.sourceline}" if parent is not None else ""
        raise UnreadableError(
            f"{name}: {entity.text}{line} is defined only in a DTD, which is not loaded; "
            "write the character itself"
        )


def check_depth(root: Element, name: str) -> None:
    """Refuse a tree deeper than the readers can follow. Raises ``UnreadableError``."""
    deepest = in_force(CorpusSettings).max_depth
    if _below(deepest)(root):
        raise UnreadableError(
            f"{name}: elements nested more than {deepest} deep; hardly any article is, so get the "
            f"file again, {raise_it('max_depth')}"
        )


@cache
def _below(depth: int) -> etree.XPath:
    """Whether an element lies deeper than this, an element itself being 1 deep."""
    return etree.XPath(f"boolean({'/'.join(['*'] * depth)})")
