"""Labels that open sentences are sections, in whatever format a paper comes."""

from __future__ import annotations

import pytest

from corpus.document import Document, Passage
from corpus.readers import read_bytes
from corpus.readers.run_in import parted

BODY = (
    "\n\n## Introduction\n\nStreets have changed since cars came to the town.\n\n"
    "## Methods\n\nWe counted cyclists at nine crossings.\n"
)


def sections(document: Document) -> list[tuple[str | None, str]]:
    return [
        (block.section, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "paragraph"
    ]


@pytest.mark.parametrize(
    "abstract",
    [
        "**Background.** Few people cycle here. **Methods.** We counted cyclists. "
        "**Results.** Twice as many came.",
        "**Background:** Few people cycle here.\n\n**Methods:** We counted cyclists.\n\n"
        "**Results:** Twice as many came.",
        "**Background** Few people cycle here.\n\n**Methods** We counted cyclists.\n\n"
        "**Results** Twice as many came.",
        "Background – Few people cycle here.\n\nMethods – We counted cyclists.\n\n"
        "Results – Twice as many came.",
        "BACKGROUND: Few people cycle here. METHODS: We counted cyclists. "
        "RESULTS: Twice as many came.",
    ],
)
def test_a_label_names_the_section_of_what_follows_it(abstract: str) -> None:
    document = read_bytes(f"# Lanes\n\n## Abstract\n\n{abstract}{BODY}".encode(), "lanes.md")
    assert [((section or "").casefold(), text) for section, text in sections(document)[:3]] == [
        ("abstract › background", "Few people cycle here."),
        ("abstract › methods", "We counted cyclists."),
        ("abstract › results", "Twice as many came."),
    ]


def test_an_abstract_without_a_name_is_known_by_its_labels() -> None:
    abstract = "**Contexte.** Peu de gens roulent ici.\n\n**Résultats.** On en compte le double."
    body = "## Introduction\n\nLes rues ont changé depuis."
    document = read_bytes(f"# Voies\n\n{abstract}\n\n{body}\n".encode(), "voies.md")
    assert [section for section, _ in sections(document)] == [
        "Résumé › Contexte",
        "Résumé › Résultats",
        "Introduction",
    ]


def test_labels_in_the_paragraphs_of_an_article_are_no_words_of_its_sentences() -> None:
    abstract = (
        "<abstract><p><bold>Purpose</bold> – To learn who cycles. <bold>Findings</bold> – Few do."
        "</p></abstract>"
    )
    article = (
        "<article xml:lang='en'><front><article-meta><title-group><article-title>Lanes"
        f"</article-title></title-group>{abstract}</article-meta></front><body><sec><title>"
        "Introduction</title><p>Streets have changed since cars came.</p></sec></body></article>"
    )
    document = read_bytes(article.encode(), "lanes.xml")
    assert sections(document)[:2] == [
        ("Abstract › Purpose", "To learn who cycles."),
        ("Abstract › Findings", "Few do."),
    ]


def test_one_word_before_a_full_stop_may_be_the_end_of_another_sentence() -> None:
    alone = Passage("Design. We built nine crossings, and people came.", "paragraph", "Methods")
    assert parted([alone]) == [alone]


def test_a_word_in_small_letters_is_no_label() -> None:
    broken = Passage("results. We built crossings. methods: none.", "paragraph", "Methods")
    assert parted([broken]) == [broken]


def test_a_label_alone_on_its_line_heads_the_list_below_it() -> None:
    text = "# Heat\n\n## Summary\n\nIt was hot.\n\nKey findings:\n\n- Top floors were warmer.\n"
    document = read_bytes(
        f"{text}\nRecommendations :\n\n1. Test them.\n\nWe go on.\n".encode(), "h.md"
    )
    assert [
        (block.section, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind in ("paragraph", "list_item")
    ] == [
        ("Summary", "It was hot."),
        ("Summary › Key findings", "Top floors were warmer."),
        ("Summary › Recommendations", "Test them."),
        ("Summary", "We go on."),
    ]


def test_back_matter_named_in_its_line_is_back_matter() -> None:
    told = parted([Passage("Funding: The Fund for Streets paid for it.", "paragraph", None)])
    assert [(part.kind, part.section) for part in told] == [
        ("heading", None),
        ("boilerplate", "Funding"),
    ]
