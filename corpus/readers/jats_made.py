"""JATS elements made by readers of other formats, which say in JATS what their files say.

In: what a source states of its document (``Front``) and elements translated already. Out: the
``front`` element that ``corpus.readers.jats`` reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.readers.jats_xml import Element

_XLINK = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Front:
    """What a source says of its document apart from the text."""

    title: str = ""
    authors: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    """Scheme and value: ``("doi", "10.1234/x")``."""
    published: str | None = None
    """ISO 8601, as far as stated."""
    journal: str = ""
    language: str | None = None
    """A tag the source states (``fr-CA``)."""
    translated_titles: tuple[str, ...] = ()
    related: tuple[tuple[str, str, str], ...] = ()
    """JATS's ``related-article-type``, the scheme of the other's identifier, and that itself."""


def make(tag: str, text: str = "", children: Iterable[Element] = (), **attributes: str) -> Element:
    """An element; underscores in the names of attributes stand for hyphens."""
    element = etree.Element(tag, {key.replace("_", "-"): v for key, v in attributes.items()})
    element.text = text
    element.extend(children)
    return element


def front_element(front: Front, more: Sequence[Element] = ()) -> Element:
    """The front matter, ``more`` elements at the end of its ``article-meta``."""
    meta = make("article-meta")
    meta.extend(make("article-id", v, pub_id_type=k) for k, v in front.identifiers if v)
    translated = (make("trans-title", title) for title in front.translated_titles)
    others = [make("trans-title-group", children=[title]) for title in translated]
    title = make("article-title", front.title)
    meta.append(make("title-group", children=[title, *others]))
    people = [make("contrib", children=[make("string-name", name)]) for name in front.authors]
    meta.append(make("contrib-group", children=people))
    if front.published:
        fields = zip(("year", "month", "day"), front.published.split("-"), strict=False)
        meta.append(make("pub-date", children=[make(tag, value) for tag, value in fields]))
    for kind, scheme, identifier in front.related:
        related = make("related-article", related_article_type=kind, ext_link_type=scheme)
        related.set(_XLINK, identifier)
        meta.append(related)
    meta.extend(more)
    journal = make("journal-meta", children=[make("journal-title", front.journal)])
    return make("front", children=[journal, meta])
