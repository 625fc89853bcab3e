"""Documents admitted to the store, by this program or by one that is started for it."""

from __future__ import annotations

import os

from corpus.document import Document, Passage, assemble, digest
from corpus.store import admit, open_store


def a_document(words: str = "Shade cooled the streets.", doi: str | None = None) -> Document:
    """A paper of one sentence."""
    text, blocks, anchors = assemble(
        [
            Passage("Shade on Main Street", "title"),
            Passage(words, "paragraph", section="Results", page=2, timecode=61.5, speaker="Chair"),
        ]
    )
    sha256 = digest(words.encode())
    return Document(
        id=sha256[:16],
        kind="paper",
        language="en",
        title="Shade on Main Street",
        authors=("A. Author", "É. Auteure"),
        identifiers={"doi": doi} if doi else {},
        published="2024-05",
        source="shade.xml",
        sha256=sha256,
        text=text,
        blocks=blocks,
        anchors=anchors,
    )


def admit_and_die(url: str) -> None:
    """Admit one document, and end as after a power cut: nothing is closed or flushed."""
    admit(open_store(url), a_document(), "/inbox/a.xml", "one")
    os._exit(9)


def admit_all(url: str, place: str) -> None:
    """Admit twenty documents from a place."""
    store = open_store(url)
    for number in range(20):
        admit(store, a_document(f"Document {number}."), f"{place}/{number}.xml", "one")
