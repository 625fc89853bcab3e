"""A file that a translator sends, opened: XLIFF or TMX, alone or in the archive of a tool.

In: bytes and a name. Out: what is in it, by its root element. Refused in one line each: what is
damaged, foreign, too large, or declares entities, which are never resolved; nothing outside a
file is ever loaded.
"""

from __future__ import annotations

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.archive import parts_of
from corpus.readers.jats_xml import check_depth, parse_tree
from pipelines.translation import tmx, xliff_home
from pipelines.translation.returned import Returned

#: Larger files are refused: ten thousand units with all their notes have some 20 MB.
MAX_BYTES = 50 * 1024 * 1024
#: What translators' files are called.
SUFFIXES = (".xlf", ".xliff", ".mqxliff", ".sdlxliff", ".tmx")
#: Archives that hold such a file: memoQ's, and any ZIP.
ARCHIVES = (".mqxlz", ".zip")


def opened(content: bytes, name: str) -> list[tuple[str, bytes]]:
    """The files that a file holds, by name: itself, or those in an archive.

    Raises ``UnreadableError``.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"{name}: more than {MAX_BYTES >> 20} MB; no translation is so large")
    if not content.startswith(b"PK\x03\x04"):
        return [(name, content)]
    parts = parts_of(content, name, SUFFIXES)
    if not parts:
        raise UnreadableError(f"{name}: an archive without XLIFF or TMX; send the translated file")
    if sum(map(len, parts.values())) > MAX_BYTES:
        raise UnreadableError(f"{name}: unpacks to more than {MAX_BYTES >> 20} MB; send its files")
    return [(f"{name}/{part}", parts[part]) for part in sorted(parts)]


def read(content: bytes, name: str) -> list[Returned] | list[tmx.TranslationPair]:
    """What a file holds: translated briefs of an XLIFF file, pairs of a TMX file.

    Raises ``UnreadableError``.
    """
    if not content.strip(b" \t\r\n\0"):
        raise UnreadableError(f"{name}: the file is empty; send the translated file again")
    root = parse_tree(content, name)
    check_depth(root, name)
    kind = etree.QName(root).localname
    if kind == "tmx":
        return tmx.read(root, name)
    if xliff_home.is_xliff(root):
        return xliff_home.read(root, name)
    raise UnreadableError(
        f"{name}: no XLIFF or TMX but <{kind[:40]}>; save the translation in the format it came in"
    )
