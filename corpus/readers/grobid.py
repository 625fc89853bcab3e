"""PDFs through a GROBID server, where the settings name one (``PASSERELLE_GROBID_URL``).

In: the bytes of a PDF and the server's address. Out: the ``Document`` that its TEI makes, or None
where the server can't be had or finds nothing in the file: then the embedded reader reads, and the
log says why. Each block gets the page on which the PDF prints its first words.

Interface: GROBID's REST service, ``POST /api/processFulltextDocument``
(https://grobid.readthedocs.io/en/latest/Grobid-service/).
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import replace

import httpx

from corpus.document import Document, digest
from corpus.errors import UnreadableError
from corpus.readers import tei
from corpus.readers.pdf_glyphs import Sheet

#: Seconds to connect, and for the answer; GROBID takes a second or two a page.
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 120.0
#: How often a busy server (503) is asked again, and after how many seconds.
TRIES, BUSY_SECONDS = 4, 5.0
#: Letters of a block's beginning by which its page is found.
_BEGINNING = 40
#: A larger answer is no paper, in bytes.
_LARGEST = 50 * 1024 * 1024

_log = logging.getLogger(__name__)


def read(content: bytes, name: str, server: str, sheets: Sequence[Sheet]) -> Document | None:
    """The document that the server's TEI of a PDF makes; None where it gives none.

    ``sheets`` are the PDF's pages, by which blocks get theirs.
    """
    try:
        answer = _ask(content, server)
        if answer is None:
            return None
        document = tei.read(answer, name)
    except (httpx.HTTPError, httpx.InvalidURL, UnreadableError) as error:
        _log.warning("%s: GROBID at %s gave no document (%s); read without it", name, server, error)
        return None
    sha256 = digest(content)
    return _paged(replace(document, id=sha256[:16], sha256=sha256), sheets)


def _ask(content: bytes, server: str) -> bytes | None:
    """The server's TEI; None where it says that the file holds nothing (204)."""
    address = f"{server.rstrip('/')}/api/processFulltextDocument"
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    with httpx.Client(timeout=timeout, trust_env=False) as client:
        for left in reversed(range(TRIES)):
            answer = client.post(
                address,
                files={"input": ("paper.pdf", content, "application/pdf")},
                data={"consolidateHeader": "0", "consolidateCitations": "0"},
                headers={"Accept": "application/xml"},
            )
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or not left:
                break
            time.sleep(BUSY_SECONDS)
    if answer.status_code == httpx.codes.NO_CONTENT:
        return None
    answer.raise_for_status()
    if len(answer.content) > _LARGEST:
        raise UnreadableError(f"an answer of more than {_LARGEST >> 20} MB")
    return answer.content


def _paged(document: Document, sheets: Sequence[Sheet]) -> Document:
    """The document with the page of each block, as far as its first words are found on one."""
    pages = [(sheet.number, _letters("".join(g.text for g in sheet.glyphs))) for sheet in sheets]
    blocks = []
    last = pages[0][0] if pages else 1
    for block in document.blocks:
        first = _letters(document.text[block.start : block.end])[:_BEGINNING]
        found = [number for number, letters in pages if len(first) > 4 and first in letters]
        later = [number for number in found if number >= last]
        if found:
            last = min(later or found)
        blocks.append(replace(block, page=last if found else None))
    return replace(document, blocks=tuple(blocks))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()
