"""Is nobody of an exchange named, and nobody's address or number told? A paper's authors are."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.text import WORD
from models.components.persons import names_of_works
from pipelines.language.reasons import Reason, reason
from pipelines.reading.privacy import contacts, label_names, people, within
from pipelines.verification.pair import Pair


def privacy(pair: Pair) -> Iterator[Reason]:
    """No quote holds anything private, and no words, a translation's neither, tell a name.

    A report or a law that is called after somebody who doesn't speak there names nobody. The
    reason never repeats what it is about.
    """
    cited = {item.document: pair.readings.get(item.document) for item in pair.segment.evidence}
    documents = [
        reading.document
        for reading in cited.values()
        if reading and reading.document.kind == "exchange"
    ]
    if not documents:
        return
    quoted = any(
        within(document, item.start, item.end)
        for document in documents
        for item in pair.segment.evidence
        if item.document == document.id
    )
    told = f"{pair.segment.text} {pair.segment.target.text or ''}"
    works = names_of_works(told)
    names = {
        name
        for document in documents
        for name in people(document) - (works - label_names(document.blocks))
    }
    words = {
        part
        for word in WORD.findall(told.lower().replace("’", "'"))
        for part in (word, word.removesuffix("'s"))
    }
    if quoted or contacts(told) or names & words:
        yield reason("private")
