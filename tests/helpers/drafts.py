"""A small document and the draft of it, as several tests of reviewing use them."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Document, Passage, assemble, digest
from corpus.store import BriefEntry, Store, keep_brief, keep_document
from passerelle import batches
from pipelines import verify
from pipelines.brief import (
    Brief,
    BriefDocument,
    Evidence,
    ReadabilityPair,
    Segment,
    Target,
    to_json,
)
from pipelines.reading.reading import readings_of

COOLER = "Streets with more trees were 2 degrees cooler in the afternoon."
NIGHT = "Night-time air temperature did not differ."
FEWER = "More shade was associated with 12% fewer calls about heat."


def a_document(title: str = "Shade on Main Street") -> Document:
    """A paper of three findings."""
    text, blocks, anchors = assemble(
        [
            Passage(title, "title"),
            *(Passage(words, "paragraph", section="Results") for words in (FEWER, COOLER, NIGHT)),
        ]
    )
    sha256 = digest(text.encode())
    return Document(
        id=sha256[:16],
        kind="paper",
        language="en",
        title=title,
        authors=(),
        identifiers={},
        published=None,
        source="shade.md",
        sha256=sha256,
        text=text,
        blocks=blocks,
        anchors=anchors,
    )


def a_brief(document: Document) -> Brief:
    """A draft that tells the findings in the paper's own words, and passes every check."""
    told = (("s1", "bottom_line", FEWER), ("s2", "findings", COOLER), ("s3", "findings", NIGHT))
    named = BriefDocument(
        document.id,
        document.kind,
        document.language,
        document.title,
        document.source,
        document.sha256,
    )
    segments = []
    for id, section, words in told:
        start = document.text.index(words)
        quote = Evidence(document.id, start, start + len(words), words, section="Results")
        segments.append(
            Segment(id, section, words, "en", Target("fr"), evidence=(quote,))  # type: ignore[arg-type]
        )
    brief = Brief(
        f"shade-{document.id[:8]}", "en", "staff", (named,), tuple(segments), ReadabilityPair()
    )
    return replace(brief, checks=verify.verify(brief, readings_of([document])))


def a_draft(store: Store, title: str = "Shade on Main Street") -> BriefEntry:
    """Such a draft in a store, waiting for a person."""
    return a_draft_of(store, a_document(title))


def a_draft_of(store: Store, document: Document) -> BriefEntry:
    """The draft of a document, in a store with it."""
    brief = a_brief(document)
    keep_document(store, document, batches.edition())
    return keep_brief(
        store,
        BriefEntry(
            brief.id, batches.edition(), document.id, "staff", "en", "draft", to_json(brief)
        ),
    )
