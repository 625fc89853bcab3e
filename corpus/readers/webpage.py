"""Web pages (.html): papers and reports as publishers and repositories show them.

In: the bytes of a page. Out: a ``Document`` of its main text. trafilatura tells the text from
menus, advertisements and advice on cookies; the page's own tags for citing (``citation_title``,
``citation_doi``… as Highwire Press and Google Scholar define them, Dublin Core, Open Graph) say
title, authors, DOI and date. ``corpus.readers.html_article`` reads what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import html

from corpus.document import Document, normalize
from corpus.errors import UnreadableError
from corpus.readers.bind import iso_date
from corpus.readers.html_article import document_from_html
from corpus.readers.jats_made import Front
from corpus.readers.jats_xml import Element
from corpus.text import doi_in

#: Names of ``meta`` elements, the most exact first.
_TITLES = ("citation_title", "dc.title", "eprints.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "eprints.creators_name", "author")
_DATES = (
    "citation_publication_date", "citation_online_date", "citation_date", "dc.date.issued",
    "dc.date", "article:published_time", "dcterms.issued", "citation_year",
)  # fmt: skip
_DOIS = ("citation_doi", "dc.identifier", "dc.identifier.doi", "prism.doi", "bepress_citation_doi")
_JOURNALS = ("citation_journal_title", "dc.source", "prism.publicationname", "og:site_name")
_LANGUAGES = ("citation_language", "dc.language")
#: A page with fewer words than this asks, greets or redirects; it tells nothing.
_FEWEST_WORDS = 20


def read(content: bytes, name: str) -> Document:
    """Read a web page; ``name`` is its file name or address.

    Raises ``UnreadableError`` where the page has no text of its own (a frame filled in by a
    program, a question to log in), or its text is neither English nor French.
    """
    page = _page(content, name)
    body = _main_text(page, name)
    return document_from_html(body, _front(page), content, name)


def _page(content: bytes, name: str) -> Element:
    import trafilatura.utils

    page: Element | None = trafilatura.utils.load_html(content)
    if page is None:
        raise UnreadableError(f"{name}: a damaged or empty web page; save it again")
    return page


def _main_text(page: Element, name: str) -> Element:
    import trafilatura

    try:
        made = trafilatura.extract(
            page,
            output_format="html",
            include_comments=False,
            include_tables=True,
            include_links=True,
            include_formatting=True,
            deduplicate=False,
        )
    except RecursionError as error:
        raise UnreadableError(f"{name}: nested too deep to be read; save it as PDF") from error
    body = html.document_fromstring(made).find("body") if made else None
    if body is None or len("".join(map(str, body.itertext())).split()) < _FEWEST_WORDS:
        raise UnreadableError(
            f"{name}: a web page without a text of its own; give the document's own file or address"
        )
    return body


def _front(page: Element) -> Front:
    stated = _stated(page)
    doi = next(filter(None, (doi_in(value) for key in _DOIS for value in stated.get(key, []))), "")
    identifiers = [("doi", doi.lower())] if doi else []
    identifiers += [("pmid", value) for value in stated.get("citation_pmid", [])[:1]]
    return Front(
        title=_first(stated, _TITLES),
        authors=tuple(_in_order(author) for author in _all(stated, _AUTHORS)),
        identifiers=tuple(identifiers),
        published=iso_date(_first(stated, _DATES).replace("/", "-")),
        journal=_first(stated, _JOURNALS),
        language=_first(stated, _LANGUAGES) or page.get("lang"),
    )


def _stated(page: Element) -> Mapping[str, list[str]]:
    """What the page's ``meta`` elements say, by name in lower case."""
    stated: dict[str, list[str]] = {}
    for key, value in _metas(page):
        stated.setdefault(key, []).append(value)
    return stated


def _metas(page: Element) -> Iterator[tuple[str, str]]:
    for meta in page.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if key and (value := normalize(meta.get("content") or "")):
            yield key.replace("dcterms.", "dc.") if key != "dcterms.issued" else key, value


def _all(stated: Mapping[str, list[str]], keys: tuple[str, ...]) -> list[str]:
    return next((stated[key] for key in keys if stated.get(key)), [])


def _first(stated: Mapping[str, list[str]], keys: tuple[str, ...]) -> str:
    return next(iter(_all(stated, keys)), "")


def _in_order(author: str) -> str:
    """``Roy, Anne`` as ``Anne Roy``."""
    family, comma, given = author.partition(", ")
    return f"{given} {family}" if comma and "," not in given else author
