"""Markdown in, blocks out: prose kept, markup and machinery left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers import commonmark as reader

REPORT = """---
title: "Loyers : une note"
date: 2024-05
author: [Jeanne Roy, "Marc Lee"]
doi: 10.1234/Loyers
lang: fr-CA
---
# Loyers : une note

<!-- ne pas publier -->
Les loyers[^1] ont <b>augmenté</b> de **12 %** ![carte](x.png) dans
[trois villes](http://example.org).

> La ville est à nous.

| Ville | Loyer |
|-------|-------|
| Laval | 900 $ |

```python
print("loyer")
```

<div class="note">Voir aussi</div>

## Résultats

### Ménages

- un ménage sur trois
- deux villes

  et leur région
1. [Une page](http://example.org)

## Références

- Roe, J. (2019). Sur le loyer.

[^1]: Source : l'enquête
    de la ville.
"""


def blocks(document: Document) -> list[tuple[str, str | None, str]]:
    """Kind, section and text of every block."""
    return [
        (block.kind, block.section, document.text[block.start : block.end])
        for block in document.blocks
    ]


def body(text: str) -> list[tuple[str, str]]:
    """Kind and text of the blocks of a document in English."""
    document = reader.read(f"---\nlang: en\n---\n{text}".encode(), "a.md")
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_a_report_becomes_blocks() -> None:
    document = reader.read(REPORT.encode(), "loyers.md")
    assert document.kind == "paper"
    assert blocks(document) == [
        ("title", None, "Loyers : une note"),
        ("paragraph", None, "Les loyers ont augmenté de 12 % dans trois villes."),
        ("paragraph", None, "La ville est à nous."),
        ("table", None, "Ville | Loyer"),
        ("table", None, "Laval | 900 $"),
        ("boilerplate", None, 'print("loyer")'),
        ("boilerplate", None, "Voir aussi"),
        ("heading", None, "Résultats"),
        ("heading", "Résultats", "Ménages"),
        ("list_item", "Résultats › Ménages", "un ménage sur trois"),
        ("list_item", "Résultats › Ménages", "deux villes"),
        ("list_item", "Résultats › Ménages", "et leur région"),
        ("reference", "Résultats › Ménages", "Une page"),
        ("heading", None, "Références"),
        ("reference", "Références", "Roe, J. (2019). Sur le loyer."),
        ("footnote", "Références", "Source : l'enquête de la ville."),
    ]


def test_front_matter_gives_fields_and_no_text() -> None:
    document = reader.read(REPORT.encode(), "loyers.md")
    assert document.title == "Loyers : une note"
    assert document.authors == ("Jeanne Roy", "Marc Lee")
    assert document.published == "2024-05"
    assert document.language == "fr"
    assert document.identifiers == {"doi": "10.1234/loyers"}
    assert "lang:" not in document.text


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Rent\n\nIt rose.", [("title", "Rent"), ("paragraph", "It rose.")]),
        ("Rent\n====\n\nIt rose.", [("title", "Rent"), ("paragraph", "It rose.")]),
        ("# Methods\n\nWe asked.", [("heading", "Methods"), ("paragraph", "We asked.")]),
        ("It rose.\n\n# Why\n\nLand.", [("paragraph", "It rose."), ("heading", "Why"),
                                        ("paragraph", "Land.")]),
        ("**Next steps:**\n\nBuild.", [("heading", "Next steps:"), ("paragraph", "Build.")]),
        ("**We must build.**", [("paragraph", "We must build.")]),
        ("It rose.[^a]\n\n[^a]: Survey.", [("paragraph", "It rose."), ("footnote", "Survey.")]),
        ("See [the survey][s].\n\n[s]: http://example.org", [("paragraph", "See the survey.")]),
        ("One  \ntwo<br>three &amp; four.", [("paragraph", "One two three & four.")]),
        ("It rose.\n\n- TOC\n{:toc}", [("paragraph", "It rose.")]),
        ("- It rose.\n{: .wide}\n\n{% include x.html %}", [("list_item", "It rose.")]),
        ("It rose.\n\n<script>alert(1)</script>", [("paragraph", "It rose.")]),
        ("A p < 0.05 *is* a `value`.", [("paragraph", "A p < 0.05 is a value.")]),
    ],
)  # fmt: skip
def test_each_element_becomes_its_block(markdown: str, expected: list[tuple[str, str]]) -> None:
    assert body(markdown) == expected


def test_a_markdown_transcript_is_an_exchange() -> None:
    text = (
        "# Housing exchange\n\n**Ann Lee:** Welcome to you all.\n**Marc Roy** : Two points:\n\n"
        "- the rent\n- the land\n\n## Part two\n\n**[00:10:00] Ann Lee:** Who pays for it?\n"
    )
    document = reader.read(text.encode(), "a.md")
    assert document.kind == "exchange"
    assert document.title == "Housing exchange"
    assert [(b.speaker, b.timecode) for b in document.blocks if b.kind == "turn"] == [
        ("Ann Lee", None),
        ("Marc Roy", None),
        ("Ann Lee", 600),
    ]
    assert blocks(document)[1:] == [
        ("turn", None, "Welcome to you all."),
        ("turn", None, "Two points: the rent the land"),
        ("heading", None, "Part two"),
        ("turn", "Part two", "Who pays for it?"),
    ]


@pytest.mark.parametrize("content", [b"# Only a heading\n", b"---\ntitle: x\n---\n", b"\x00\x01"])
def test_a_file_without_prose_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        reader.read(content, "broken.md")
    assert str(refusal.value).startswith("broken.md: ")
    assert "\n" not in str(refusal.value)


@pytest.mark.shared_data
def test_every_policy_page_keeps_its_language_and_loses_its_machinery(shared_data: Path) -> None:
    for page in sorted((shared_data / "bilingual_policy").glob("*.md")):
        document = reader.read(page.read_bytes(), page.name)
        # some pages that are named .fr are mostly English, and the words decide
        assert document.language == "en" or page.name.split(".")[1] == "fr"
        assert "{:" not in document.text
        assert "<div" not in document.text
