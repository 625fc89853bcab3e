"""Web pages: the main text is read, and what the page offers besides is not."""

from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers import read_bytes

PARAGRAPHS = [
    "Trees along a street cool the air below them, and the people who live there notice it.",
    "We hung sensors on forty lamp posts and read them every hour during the two summers.",
    "Shaded streets were 2.4 degrees cooler at noon than open streets of the same width.",
]


def page(main: str, head: str = "", language: str = "en") -> bytes:
    menu = "".join(f'<li><a href="/{n}">Journals {n}</a></li>' for n in range(12))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>Shade | Journal</title>{head}'
        f"<script>var a = 'tracking';</script></head><body><nav><ul>{menu}</ul></nav>"
        f'<div class="cookie-banner"><p>We use cookies. Accept all cookies.</p></div>'
        f"<main><article>{main}</article></main><footer><p>© 2026 The publisher. All rights "
        f"reserved. Terms of use.</p></footer></body></html>"
    ).encode()


ARTICLE = (
    "<h1>Shade on Elm Street</h1><h2>Abstract</h2>"
    f"<p><strong>Background:</strong> {PARAGRAPHS[0]}</p>"
    f"<h2>Methods</h2><p>{PARAGRAPHS[1]}</p>"
    f'<h2>Results</h2><p>{PARAGRAPHS[2]} This agrees with earlier work<sup><a href="#r3">3</a>'
    "</sup> on 10<sup>6</sup> trees.</p>"
    "<figure><img src='a.png'/><figcaption>Figure 1. Where the sensors hung.</figcaption></figure>"
)
HEAD = (
    '<meta name="citation_title" content="Shade on Elm Street">'
    '<meta name="citation_author" content="Roy, Anne"><meta name="citation_author" '
    'content="Marc Côté"><meta name="citation_doi" content="https://doi.org/10.5555/SHADE.1">'
    '<meta name="citation_publication_date" content="2025/06/04">'
    '<meta name="citation_journal_title" content="Journal of Streets">'
)


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_a_publisher_s_page_is_read_without_menus_and_with_its_own_citation() -> None:
    document = read_bytes(page(ARTICLE, HEAD), "https://journal.example/shade")
    assert document.title == "Shade on Elm Street"
    assert document.authors == ("Anne Roy", "Marc Côté")
    assert document.identifiers["doi"] == "10.5555/shade.1"
    assert document.published == "2025-06-04"
    assert texts(document, "heading") == ["Abstract", "Background", "Methods", "Results"]
    for word in ("cookies", "Journals", "rights", "tracking"):
        assert word not in document.text


def test_citations_of_a_page_never_merge_with_a_word_or_a_number() -> None:
    text = read_bytes(page(ARTICLE, HEAD), "shade.html").text
    assert "earlier work [3] on 10^6 trees." in text


def test_the_bytes_decide_that_a_page_is_one() -> None:
    assert read_bytes(page(ARTICLE), "shade.xml").title == "Shade on Elm Street"


def test_a_page_without_text_of_its_own_is_refused() -> None:
    empty = b'<!DOCTYPE html><html><body><div id="app"></div><script>go()</script></body></html>'
    with pytest.raises(UnreadableError, match="without a text of its own"):
        read_bytes(empty, "app.html")
