"""What is read: one paper or one exchange, as a single string and the places within it.

``Document.text[start:end]`` *is* the evidence. Offsets count Unicode code points of ``text``,
never bytes, and never move once a reader has returned. Everything later in the way through
points into ``text`` and copies nothing.

In: what a reader found. Out: frozen values with a stable JSON form. How a format is parsed is
the readers' business; what a sentence means is ``pipelines``' business.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from corpus.errors import SchemaError

Kind = Literal["paper", "exchange"]
Language = Literal["en", "fr"]
BlockKind = Literal[
    "title",  # the document's own title
    "metadata",  # journal, date, DOI: citable, never summarized
    "heading",
    "paragraph",
    "list_item",
    "caption",
    "table",
    "equation",
    "footnote",
    "turn",  # one speaker's uninterrupted speech in an exchange
    "reference",  # an entry of the reference list
    "boilerplate",  # running heads, page numbers, acknowledgements, licences
]

ArticleType = Literal[
    "research",
    "review",
    "protocol",
    "case_report",
    "guidance",
    "letter",
    "editorial",
    "commentary",
    "book_review",
    "news",
    "correction",
    "retraction",
    "expression_of_concern",
    "other",
]
#: Articles that only say something of another article.
NOTICES: frozenset[ArticleType] = frozenset({"correction", "retraction", "expression_of_concern"})

RelationKind = Literal[
    "retracted_by",
    "corrected_by",
    "concern_raised_by",
    "retracts",
    "corrects",
    "raises_concern_about",
    "version_of",
    "translation_of",
]

#: What a notice makes an article, the gravest first.
MARKS: tuple[RelationKind, ...] = ("retracted_by", "concern_raised_by", "corrected_by")

#: Blocks whose sentences may be told in a brief.
BODY_KINDS: frozenset[str] = frozenset({"paragraph", "list_item", "turn"})

LANGUAGES: tuple[Language, ...] = ("en", "fr")


def other(language: Language) -> Language:
    """The other of the two languages."""
    return "fr" if language == "en" else "en"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of ``Document.text`` with one place in the document."""

    start: int
    """First character, code points into ``Document.text``."""
    end: int
    """One past the last character."""
    kind: BlockKind
    section: str | None = None
    """Headings above this block, outermost first, joined by `` › ``."""
    page: int | None = None
    """Page on which the block begins, from 1."""
    speaker: str | None = None
    """The speaker as the source names them; a brief shows only the role."""
    timecode: float | None = None
    """Seconds from the start of the recording."""
    language: str | None = None
    """ISO 639-1 code, where it isn't the document's."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What another publication is to this one, as either of them states it."""

    kind: RelationKind
    scheme: str = ""
    """``doi``, ``pmid``…; empty where the other isn't named."""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where, inside the text, a new page or a new caption cue begins.

    A turn may last minutes and a paragraph may cross a page: anchors keep the place of a single
    sentence exact where its block's own place would be too coarse.
    """

    start: int
    page: int | None = None
    timecode: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One paper or one exchange, read."""

    id: str
    """First 16 hexadecimal digits of ``sha256``."""
    kind: Kind
    language: Language
    title: str | None
    authors: tuple[str, ...]
    identifiers: dict[str, str]
    """Scheme to value: ``doi``, ``pmid``, ``pmcid``…"""
    published: str | None
    """ISO 8601 date as far as the source states it: ``2024``, ``2024-05`` or ``2024-05-17``."""
    source: str
    """File name or address; never a folder of one machine."""
    sha256: str
    """Of the source's bytes."""
    text: str
    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...] = field(default=())
    article_type: ArticleType | None = None
    """Of a paper, where it says what it is."""
    relations: tuple[Relation, ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at ``offset``; None between blocks."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if index >= 0 and offset < self.blocks[index].end:
            return self.blocks[index]
        return None

    def language_at(self, offset: int) -> Language:
        """The language of the character at ``offset``: its block's where that is one of ours."""
        block = self.block_at(offset)
        return next((one for one in LANGUAGES if block and block.language == one), self.language)

    def place(self, offset: int) -> tuple[int | None, float | None]:
        """Page and timecode (seconds) of the character at ``offset``."""
        block = self.block_at(offset)
        page = block.page if block else None
        timecode = block.timecode if block else None
        index = bisect_right(self.anchors, offset, key=lambda anchor: anchor.start) - 1
        if index >= 0 and block is not None and self.anchors[index].start >= block.start:
            anchor = self.anchors[index]
            page = anchor.page if anchor.page is not None else page
            timecode = anchor.timecode if anchor.timecode is not None else timecode
        return page, timecode


@dataclass(frozen=True, slots=True)
class Passage:
    """What a reader hands to ``assemble``: the text of one block before it has offsets.

    ``anchors`` are offsets into ``text`` at which a new page or cue begins.
    """

    text: str
    kind: BlockKind
    section: str | None = None
    page: int | None = None
    speaker: str | None = None
    timecode: float | None = None
    anchors: tuple[Anchor, ...] = ()
    language: str | None = None


def digest(content: bytes) -> str:
    """SHA-256 of a source's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


#: What no text is written with: control characters but white space, halves of a pair (surrogates),
#: characters that Unicode calls none, byte order marks, and the marks that turn the reading
#: direction, with which a text can be made to look like another (Unicode Technical Report 36).
_NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)


def normalize(text: str) -> str:
    """Unicode NFC with every run of white space (no-break spaces too) as one plain space.

    What isn't text at all is left out: control characters, lone surrogates, direction marks.
    """
    if not text.isprintable():  # as whatever isn't text, and most white space
        text = _NOT_TEXT.sub("", text)
    elif text.isascii() and "  " not in text and text.strip(" ") == text:
        return text  # as nearly every text; printable ASCII has no other white space than blanks
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def assemble(passages: Iterable[Passage]) -> tuple[str, tuple[Block, ...], tuple[Anchor, ...]]:
    """Join passages into the one canonical string, and give each its offsets.

    Passages must already be normalized (``normalize``); empty ones are dropped. Blocks are
    separated by one blank line, so that no sentence ever runs across two blocks.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    anchors: list[Anchor] = []
    position = 0
    for passage in passages:
        if not passage.text:
            continue
        if parts:
            position += 2
        end = position + len(passage.text)
        blocks.append(
            Block(
                position,
                end,
                passage.kind,
                passage.section,
                passage.page,
                passage.speaker,
                passage.timecode,
                passage.language,
            )
        )
        anchors.extend(
            Anchor(position + anchor.start, anchor.page, anchor.timecode)
            for anchor in passage.anchors
        )
        parts.append(passage.text)
        position = end
    return "\n\n".join(parts), tuple(blocks), tuple(anchors)


def document_to_json(document: Document) -> str:
    """The document as indented UTF-8 JSON with a final newline, its fields in their own order."""
    return json.dumps(asdict(document), ensure_ascii=False, indent=1) + "\n"


def document_from_json(text: str | bytes, name: str = "document") -> Document:
    """Read what ``document_to_json`` wrote; ``name`` is what the error calls it.

    Raises ``SchemaError`` where a field is missing, unknown or of the wrong shape.
    """
    try:
        value: dict[str, Any] = json.loads(text)
        fields = {
            **value,
            "authors": tuple(value["authors"]),
            "blocks": tuple(Block(**block) for block in value["blocks"]),
            "anchors": tuple(Anchor(**anchor) for anchor in value["anchors"]),
            "relations": tuple(Relation(**other) for other in value.get("relations", ())),
        }
        return Document(**fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SchemaError(f"{name}: not a document written by passerelle ({error})") from error
