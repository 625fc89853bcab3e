"""Bytes to text: which encoding a text file was saved in, or that it isn't text at all.

In: a file's bytes. Out: its characters, line ends as ``\\n``. Formats that name their own
encoding (XML, PDF) don't come through here.
"""

from __future__ import annotations

import codecs
import re

from corpus.errors import UnreadableError

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Control characters no text export writes: all but tab, line ends and form feed.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: A stray control character in a thousand is an accident of an export; more is binary data.
_STRAY_SHARE = 0.001
#: French writes about 5 % of its letters with accents; other alphabets read as cp1252 far more.
_ACCENTED_SHARE = 0.25


def decode(content: bytes, name: str) -> str:
    """The characters of a text file: UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Raises ``UnreadableError`` for binary data, for a damaged UTF-8 file and for text in any
    other encoding: a wrong guess would put wrong letters into quotes.
    """
    text = _characters(content, name)
    kept, controls = _CONTROLS.subn("", text)
    if "\x00" in text or controls > _STRAY_SHARE * len(text):
        raise UnreadableError(
            f"{name}: holds binary data, not text; export the transcript again as UTF-8"
        )
    return kept.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")


def _characters(content: bytes, name: str) -> str:
    if content.startswith(_UTF16_MARKS):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableError(
                f"{name}: damaged UTF-16 at byte {error.start}; export it again as UTF-8"
            ) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows_1252(content, name, error.start)


def _windows_1252(content: bytes, name: str, first_fault: int) -> str:
    """Text of an older Windows program; ``first_fault`` is where UTF-8 ended, in bytes."""
    lenient = content.decode("utf-8", errors="replace")
    intact = sum(char >= "\x80" and char != "\ufffd" for char in lenient)
    if intact > lenient.count("\ufffd"):
        raise UnreadableError(
            f"{name}: damaged UTF-8 at byte {first_fault}; export the text again as UTF-8"
        )
    text = content.decode("cp1252", errors="replace")
    letters = [char for char in text if char.isalpha()]
    accented = sum(char >= "\x80" for char in letters)
    if "\x00" not in text and ("\ufffd" in text or accented > _ACCENTED_SHARE * len(letters)):
        raise UnreadableError(
            f"{name}: neither UTF-8 nor Windows-1252 text; export it again as UTF-8"
        )
    return text
