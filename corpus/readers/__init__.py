"""``read(source) -> Document``: one registry, one file a format.

A reader is a function ``(content, name) -> Document`` registered with the suffixes it answers to
and, where the format has one, a test of the first bytes. The bytes decide before the suffix, so
a picture named ``.pdf`` is refused as what it is, and XML goes by its root element.

Raises ``SourceMissingError`` and ``UnreadableError`` (see ``corpus.errors``), never anything of
the parser's own.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import SourceMissingError, UnreadableError
from corpus.readers.patterns import markup
from corpus.readers.spoken import as_exchange
from corpus.registry import Registered, function
from corpus.settings_base import CorpusSettings, in_force, raise_it

ReadFunction = Callable[[bytes, str], Document]


@dataclass(frozen=True, slots=True)
class Reader:
    """One entry of the registry."""

    name: str
    suffixes: tuple[str, ...]
    recognizes: Callable[[bytes], bool]
    """Whether the content's first 4 KiB are of this format; decides before the suffix."""
    admits: Callable[[bytes], bool]
    """Whether they can be of this format where the suffix says that they are."""
    read: Registered
    """What does the work; see ``corpus.registry``."""


#: Formats that hold papers and exchanges alike: which, the document itself says.
_MAY_SPEAK = frozenset({"OpenDocument", "Word", "web page", "PDF", "Markdown", "plain text"})
_TEI_ROOTS = frozenset({"TEI", "teiCorpus"})
_FIRST_CUE = re.compile(rb"\s*\d+\s*\r?\n\s*\d+:\d+:\d+[,.]\d+\s*-->")
_JATS_ROOTS = frozenset({"article", "articles", "pmc-articleset", "OAI-PMH"})


def _tei(head: bytes) -> bool:
    return markup(head).root in _TEI_ROOTS


def _erudit(head: bytes) -> bool:
    marks = (b"www.erudit.org/xsd/", b"<liminaire", b"<infoarticle")
    return markup(head).root == "article" and any(mark in head for mark in marks)


def _bmc(head: bytes) -> bool:
    return markup(head).root == "art"


def _pubmed(head: bytes) -> bool:
    return markup(head).root in ("PubmedArticleSet", "PubmedArticle")


def _xml(head: bytes) -> bool:
    found = markup(head)
    return found.root in _JATS_ROOTS or found.text.startswith(("<?xml", "<!DOCTYPE article"))


def _any_xml(head: bytes) -> bool:
    return bool(markup(head).text)


def _web_page(head: bytes) -> bool:
    found = markup(head)
    return (found.doctype or found.root).lower() == "html"


def _opendocument(head: bytes) -> bool:
    return _zip(head) and b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:128]


def _word(head: bytes) -> bool:
    return _zip(head) and b"word/" in head


def _zip(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def _pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _webvtt(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def _subrip(head: bytes) -> bool:
    return bool(_FIRST_CUE.match(head.removeprefix(b"\xef\xbb\xbf")))


def _hansard(head: bytes) -> bool:
    return markup(head).root == "Hansard"


def _never(head: bytes) -> bool:
    return False


def _always(head: bytes) -> bool:
    return True


#: Root elements of XML that can hold several articles or records.
_SETS = frozenset({"pmc-articleset", "articles", "OAI-PMH", "PubmedArticleSet", "teiCorpus"})

#: The registry, in the order in which formats are tried.
READERS: tuple[Reader, ...] = (
    Reader("PDF", (".pdf",), _pdf, _pdf, "corpus.readers.pdf:read"),
    Reader("WebVTT", (".vtt",), _webvtt, _webvtt, "corpus.readers.webvtt:read"),
    Reader("OpenDocument", (".odt",), _opendocument, _zip, "corpus.readers.opendocument:read"),
    Reader("Word", (".docx", ".docm"), _word, _zip, "corpus.readers.word:read"),
    Reader(
        "web page",
        (".html", ".htm", ".xhtml"),
        _web_page,
        _any_xml,
        "corpus.readers.webpage:read",
    ),
    Reader("SubRip", (".srt",), _subrip, _always, "corpus.readers.webvtt:read"),
    Reader("transcript JSON", (".json",), _never, _always, "corpus.readers.recognized:read"),
    Reader("Hansard XML", (), _hansard, _never, "corpus.readers.parliament:read_hansard"),
    Reader("TEI XML", (".tei",), _tei, _any_xml, "corpus.readers.tei:read"),
    Reader("Érudit XML", (), _erudit, _any_xml, "corpus.readers.erudit:read"),
    Reader("BMC XML", (), _bmc, _any_xml, "corpus.readers.bmc:read"),
    Reader("PubMed record", (), _pubmed, _any_xml, "corpus.readers.pubmed:read"),
    Reader("JATS XML", (".xml", ".nxml", ".jats"), _xml, _any_xml, "corpus.readers.jats:read"),
    Reader("Markdown", (".md", ".markdown"), _never, _always, "corpus.readers.commonmark:read"),
    Reader("plain text", (".txt", ".text"), _never, _always, "corpus.readers.plaintext:read"),
)

SUFFIXES: frozenset[str] = frozenset(s for reader in READERS for s in reader.suffixes)


def reader_for(content: bytes, name: str) -> Reader:
    """The reader for these bytes under this file name.

    Raises ``UnreadableError`` where no reader knows the format, or where suffix and content
    disagree.
    """
    head = content[:4096]
    suffix = Path(name).suffix.lower()
    named = next((reader for reader in READERS if suffix in reader.suffixes), None)
    found = next((reader for reader in READERS if reader.recognizes(head)), None)
    reader = found or named
    if reader is None:
        known = ", ".join(sorted(SUFFIXES))
        raise UnreadableError(f"{name}: format not known; save it as one of {known}")
    if found is None and not reader.admits(head):
        raise UnreadableError(
            f"{name}: not {reader.name}, though its name ends in {suffix} ({_looks_like(head)}); "
            "export the document again or correct its ending"
        )
    return reader


def _looks_like(head: bytes) -> str:
    import filetype

    kind = filetype.guess(head)
    return f"it looks like {kind.mime}" if kind else "its first bytes say something else"


def read_bytes(content: bytes, name: str) -> Document:
    """Read a document from bytes; ``name`` is its file name or address."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableError(f"{name}: the file is empty; nothing to read")
    reader = reader_for(content, name)
    read_format: ReadFunction = function(reader.read)
    with _uncollected():
        document = read_format(content, name)
    return as_exchange(document, content) if reader.name in _MAY_SPEAK else document


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, which walks in vain through all that a reader piles up.

    It took 8 % of the time of reading a PDF with nothing else loaded, more beside the models.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def is_set(head: bytes) -> bool:
    """Whether a file with these first bytes can hold several documents."""
    return markup(head).root in _SETS


def members(content: bytes, name: str) -> list[tuple[bytes, str]]:
    """The documents that one file holds, each with the name to call it by: ``set.xml#2``.

    Nearly every file is its own only member; sets of articles and of records hold several.
    """
    from corpus.readers.jats_xml import articles_of

    if not is_set(content[:4096]):
        return [(content, name)]
    found = articles_of(content, name)
    if len(found) == 1:
        return [(content, name)]
    return [(member, f"{name}#{number}") for number, member in enumerate(found, 1)]


def most_bytes() -> int:
    """Larger sources are refused before they are in memory, by ``CorpusSettings``."""
    return in_force(CorpusSettings).max_source_mb << 20


def check_size(size: int, label: str) -> None:
    """Refuse a source of too many bytes. Raises ``UnreadableError``."""
    if size > most_bytes():
        raise UnreadableError(
            f"{label}: larger than {most_bytes() >> 20} MB; split it, {raise_it('max_source_mb')}"
        )


def read(source: str | Path) -> Document:
    """Read the document at a path."""
    path = Path(source)
    try:
        if not path.exists():
            raise SourceMissingError(f"{source}: no such file; check the path")
        if path.is_dir():
            raise UnreadableError(f"{source}: is a folder, not a document")
        check_size(path.stat().st_size, str(source))
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{source}: can't be opened ({error.strerror})") from error
    return read_bytes(content, path.name)
