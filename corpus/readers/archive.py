"""The parts of a word processor's file, which is a ZIP archive of XML.

In: the bytes of a DOCX or ODT file. Out: one part's bytes or its tree. Refused in one line each:
archives that are damaged or locked, that unpack to more than a document holds, and parts that no
XML parser should be shown (see ``corpus.readers.jats_xml``).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from corpus.errors import UnreadableError
from corpus.readers.jats_xml import Element, check_depth, parse_tree
from corpus.settings_base import CorpusSettings, in_force, raise_it

#: What one file may be called to have; more parts than any document has.
MAX_PARTS = 10_000


def parts_of(content: bytes, name: str, suffixes: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    """Every part whose name ends in one of the suffixes, by name.

    Raises ``UnreadableError`` where the archive is damaged, encrypted or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            wanted = [entry for entry in entries if entry.filename.endswith(suffixes)]
            unpacked = sum(entry.file_size for entry in wanted)
            if len(entries) > MAX_PARTS:
                raise UnreadableError(
                    f"{name}: holds {len(entries):,} parts, more than a document has; save it again"
                )
            most = in_force(CorpusSettings).max_unpacked_mb
            if unpacked > most << 20:
                raise UnreadableError(
                    f"{name}: unpacks to more than {most} MB; save it without embedded files, "
                    f"split it, {raise_it('max_unpacked_mb')}"
                )
            return {entry.filename: archive.read(entry) for entry in wanted}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise UnreadableError(
            f"{name}: the file is damaged or cut short; download or save it again"
        ) from error
    except (NotImplementedError, RuntimeError) as error:  # locked, or packed in an unknown manner
        raise UnreadableError(
            f"{name}: is locked with a password or packed in an unknown manner; save a plain copy"
        ) from error


def tree_of(parts: Mapping[str, bytes], part: str, name: str) -> Element:
    """The tree of one part, tags with their namespaces. Raises ``UnreadableError``."""
    if part not in parts:
        raise UnreadableError(f"{name}: the file has no {part}; save the document again")
    tree = parse_tree(parts[part], name)
    check_depth(tree, name)
    return tree
