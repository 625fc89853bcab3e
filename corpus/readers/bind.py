"""Passages to ``Document``: the last step that every text format shares.

In: what a reader found, in reading order. Out: the frozen document with its identity. What is a
heading or a turn is the readers' business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.document import (
    BODY_KINDS,
    LANGUAGES,
    Document,
    Kind,
    Language,
    Passage,
    assemble,
    digest,
)
from corpus.errors import UnreadableError
from corpus.language_detection import detect_language

#: A date in ISO 8601, as far as it is stated: "2024", "2024-05", "2024-05-17".
ISO_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


def bind(
    passages: Sequence[Passage],
    content: bytes,
    name: str,
    kind: Kind,
    *,
    language: str | None = None,
    authors: Sequence[str] = (),
    identifiers: Mapping[str, str] | None = None,
    published: str | None = None,
) -> Document:
    """One document from its passages; the title is that of the first ``title`` passage.

    ``language`` is a tag the source itself states (``fr-CA``); where it states none of ours the
    text decides. Raises ``UnreadableError`` where no passage holds body text, or where the text
    is neither English nor French.
    """
    if not any(passage.text and passage.kind in BODY_KINDS for passage in passages):
        raise UnreadableError(f"{name}: holds no sentence to read; give the full text")
    text, blocks, anchors = assemble(passages)
    sha256 = digest(content)
    return Document(
        id=sha256[:16],
        kind=kind,
        language=stated_language(language) or detect_language(text, name),
        title=next((p.text for p in passages if p.kind == "title" and p.text), None),
        authors=tuple(authors),
        identifiers=dict(identifiers or {}),
        published=published,
        source=name,
        sha256=sha256,
        text=text,
        blocks=blocks,
        anchors=anchors,
    )


def stated_language(tag: str | None) -> Language | None:
    """``fr`` of ``fr-CA``; None for no tag and for languages this project doesn't read."""
    primary = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return next((language for language in LANGUAGES if language == primary), None)


def iso_date(text: str | None) -> str | None:
    """The ISO 8601 date a field begins with, as far as stated (``2024-05``), or None."""
    stated = (text or "").strip()
    match = ISO_DATE.match(stated)
    if match is None:
        return None
    month, day = int(match["month"] or 1), int(match["day"] or 1)
    rest = stated[match.end() :]
    apart = not rest or rest[0].isspace() or rest[0] in "T,;)"
    return match.group() if apart and 1 <= month <= 12 and 1 <= day <= 31 else None
