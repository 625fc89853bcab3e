"""What pdfium sees on the pages of a PDF: characters with their places, sizes and weights.

In: the bytes of a PDF. Out: one ``Sheet`` a page, in page order: its characters in the file's own
order, turned so that text reads left to right. Which characters make a line or a column is the
business of ``pdf_layout``.

The only module that calls pdfium. Every page is closed before the next one is opened, and each
of pdfium's failures becomes one ``UnreadableError``.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.errors import UnreadableError

#: A longer file is no paper; a page tree may also be built to repeat one page for ever.
MAX_PAGES = 2_000
#: A page of dense print holds about 8,000 characters; a large data table, 30,000.
MAX_PAGE_CHARACTERS = 200_000
#: Fewer letters than this in a whole file are a stamp on a picture, not a text layer.
MIN_LETTERS = 20

_BOLD_NAMES = ("bold", "black", "heavy", "semibd", "demi", "-medi", "cmbx")
_ITALIC_NAMES = ("italic", "oblique", "-ital", "cmti", "slanted")


class ScanError(UnreadableError):
    """A PDF whose pages show text that no one can copy: it needs text recognition."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character or word as printed; coordinates in points, ``y`` is the baseline, upward."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    spaced: bool
    """Whether white space stands before it in the file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its upright characters, and those set sideways."""

    number: int
    """From 1."""
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    sideways: tuple[tuple[Glyph, ...], ...]
    """Characters set at another quarter turn than most, each turn made upright."""


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    italic: bool
    quarter: int
    """Quarter turns, anticlockwise, of the direction of writing."""


def open_sheets(content: bytes, name: str) -> tuple[list[Sheet], dict[str, str]]:
    """All pages of a PDF, and its own information (``Title``, ``Author``…).

    Raises ``UnreadableError`` where the file is encrypted, damaged, cut short, empty, longer than
    ``MAX_PAGES`` or without a text layer.
    """
    if b"%%EOF" not in content[-4096:] and b"startxref" not in content[-4096:]:
        raise UnreadableError(
            f"{name}: the PDF is cut short (its end mark is missing); download it again"
        )
    try:
        with closing(pdfium.PdfDocument(content)) as pdf:
            count = len(pdf)
            if count == 0:
                raise UnreadableError(f"{name}: the PDF has no pages; export it again")
            if count > MAX_PAGES:
                raise UnreadableError(
                    f"{name}: {count:,} pages, more than {MAX_PAGES:,}; split the PDF"
                )
            sheets = list(_sheets(pdf, name))
            information = pdf.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError as error:
        raise UnreadableError(_reason(name, error)) from error
    _check_text_layer(sheets, name)
    return sheets, information


def _reason(name: str, error: pdfium.PdfiumError) -> str:
    if getattr(error, "err_code", None) in (
        pdfium_c.FPDF_ERR_PASSWORD,
        pdfium_c.FPDF_ERR_SECURITY,
    ):
        return f"{name}: is password-protected; save a copy without a password"
    return f"{name}: the PDF is damaged and can't be opened; download or export it again"


def _check_text_layer(sheets: list[Sheet], name: str) -> None:
    characters: Counter[str] = Counter()
    for sheet in sheets:
        for glyphs in (sheet.glyphs, *sheet.sideways):
            whole = "".join(glyph.text for glyph in glyphs)
            characters["unmapped"] += whole.count("\ufffd")
            characters["letter"] += sum(map(str.isalpha, whole))
    advice = "run OCR (text recognition) on it first, or install ocrmypdf, which is then used"
    pictures = sum(1 for sheet in sheets if not sheet.glyphs and not sheet.sideways)
    if characters["letter"] < MIN_LETTERS and not characters["unmapped"]:
        raise ScanError(f"{name}: a scan, whose pages have no text layer; {advice}")
    if 2 * pictures > len(sheets):
        raise ScanError(
            f"{name}: {pictures} of its {len(sheets)} pages are pictures without text; {advice}"
        )
    if characters["unmapped"] >= characters["letter"]:
        raise ScanError(f"{name}: its fonts don't say which letters they show; {advice}")


def _sheets(pdf: pdfium.PdfDocument, name: str) -> Iterator[Sheet]:
    for number in range(1, len(pdf) + 1):
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError as error:
            raise UnreadableError(
                f"{name}: page {number} is damaged; download or export the PDF again"
            ) from error
        with closing(page), closing(page.get_textpage()) as text:
            if text.count_chars() > MAX_PAGE_CHARACTERS:
                raise UnreadableError(
                    f"{name}: page {number} holds more than {MAX_PAGE_CHARACTERS:,} characters; "
                    "leave that page out"
                )
            yield _sheet(page, text, number)


def _sheet(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int) -> Sheet:
    turns: dict[int, list[Glyph]] = {}
    box = page.get_bbox()
    for glyph, quarter in _characters(text):
        turns.setdefault(quarter, []).append(_upright(glyph, quarter, box))
    main = max(turns, key=lambda quarter: (len(turns[quarter]), -quarter), default=0)
    width, height = box[2] - box[0], box[3] - box[1]
    if main % 2:
        width, height = height, width
    return Sheet(
        number,
        width,
        height,
        tuple(turns.get(main, ())),
        tuple(tuple(turns[quarter]) for quarter in sorted(turns) if quarter != main),
    )


def _characters(text: pdfium.PdfTextPage) -> Iterator[tuple[Glyph, int]]:
    """Each visible run of characters, in the page's own coordinates, with its quarter turn.

    A word is one glyph where it stands in one text object, whose characters share size, weight and
    baseline: asking pdfium of each character would take most of a reader's time. Characters that
    may be printed over others, or that are raised by themselves, stay alone.
    """
    page = text.raw
    codes = [pdfium_c.FPDFText_GetUnicode(page, index) for index in range(text.count_chars())]
    whole = "".join(map(_printed, codes))
    single = not _ACCENTS.isdisjoint(whole)
    styles: dict[int, _Style] = {}
    fonts: dict[int, tuple[bool, bool]] = {}
    spaced = False
    for found in (_ALONE if single else _WORDS).finditer(whole):
        if found.lastgroup == "blank":
            spaced = spaced or " " in found.group() or "\u00a0" in found.group()
            continue
        first, end = found.span()
        while first < end:
            owner = _owner(page, first)
            last = end
            if last > first + 1 and _owner(page, last - 1) != owner:
                last = first + 1
                while last < end and _owner(page, last) == owner:
                    last += 1
            style = styles.get(owner)
            if style is None:
                style = _style(text, first, fonts)
                if owner:
                    styles[owner] = style
            words = whole[first:last]
            yield _glyph(page, first, last - 1, words, style, spaced), style.quarter
            spaced = False
            first = last


#: Accents that old TeX fonts print over a letter as characters of their own.
_ACCENTS = frozenset("´`¨ˆ˜¯˘˙˚¸˛ˇ˝")
#: Blanks; words; and any other character, among them raised digits, by itself.
_WORDS = re.compile(
    r"(?P<blank>\s+)|[!-~\u00a1-\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba-\u1fff\u2010-\u201f\u2022-\u2027]+|."
)
_ALONE = re.compile(r"(?P<blank>\s+)|.")


def _owner(page: Any, index: int) -> int:
    """The address of the text object that a character belongs to; 0 where pdfium made it up."""
    found = pdfium_c.FPDFText_GetTextObject(page, index)
    return ctypes.addressof(found.contents) if found else 0


def _glyph(page: Any, first: int, last: int, words: str, style: _Style, spaced: bool) -> Glyph:
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetLooseCharBox(page, first, box)
    pdfium_c.FPDFText_GetCharOrigin(page, first, x, y)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    if last > first:
        pdfium_c.FPDFText_GetLooseCharBox(page, last, box)
        left, right = min(left, box.left), max(right, box.right)
        bottom, top = min(bottom, box.bottom), max(top, box.top)
    if style.quarter % 2:
        return Glyph(words, bottom, top, x.value, style.size, style.bold, style.italic, spaced)
    return Glyph(words, left, right, y.value, style.size, style.bold, style.italic, spaced)


@cache
def _printed(code: int) -> str:
    """The character of a code: pdfium marks a hyphen at a line's end with U+0002 or U+FFFE."""
    if code in (0x2, 0xFFFE):
        return "-"
    if code in (0x9, 0xA, 0xD) or code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return "\n"
    if code == 0 or 0x7F <= code < 0xA0 or code & 0xFFFE == 0xFFFE:
        return "\ufffd"  # no character: the font doesn't say which sign it shows
    if code < 0x20 or 0xE000 <= code < 0xF900:
        return "•"  # an unmapped symbol font: in papers nearly always the bullet of a list
    return chr(code)


def _style(text: pdfium.PdfTextPage, index: int, fonts: dict[int, tuple[bool, bool]]) -> _Style:
    matrix = pdfium_c.FS_MATRIX()
    size = pdfium_c.FPDFText_GetFontSize(text.raw, index)
    quarter = 0
    if pdfium_c.FPDFText_GetMatrix(text.raw, index, matrix):
        scale = math.hypot(matrix.c, matrix.d)
        size *= scale or 1.0
        quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    bold, italic = _face(text.raw, index, fonts)
    return _Style(max(size, 0.1), bold, italic, quarter)


def _face(page: Any, index: int, fonts: dict[int, tuple[bool, bool]]) -> tuple[bool, bool]:
    """Whether a character's font is bold, and italic; ``fonts`` are those of the page so far."""
    owner = pdfium_c.FPDFText_GetTextObject(page, index)
    font = pdfium_c.FPDFTextObj_GetFont(owner) if owner else None
    address = ctypes.addressof(font.contents) if font else 0
    if address and address in fonts:
        return fonts[address]
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(page, index, name, 256, flags)
    named = name.value.decode("utf-8", "replace").lower()
    bold = any(part in named for part in _BOLD_NAMES) or bool(flags.value & 1 << 18)
    face = bold, any(part in named for part in _ITALIC_NAMES)
    if address:
        fonts[address] = face
    return face


def _upright(glyph: Glyph, quarter: int, box: tuple[float, float, float, float]) -> Glyph:
    """Turn a character clockwise by ``quarter`` quarter turns about the page, origin at its corner.

    ``box`` is the page's left, bottom, right and top.
    """
    left, bottom, right, top = box
    if quarter == 0 and not left and not bottom:
        return glyph
    if quarter == 0:
        start, end, y = glyph.x0 - left, glyph.x1 - left, glyph.y - bottom
    elif quarter == 1:
        start, end, y = glyph.x0 - bottom, glyph.x1 - bottom, right - glyph.y
    elif quarter == 2:
        start, end, y = right - glyph.x1, right - glyph.x0, top - glyph.y
    else:
        start, end, y = top - glyph.x1, top - glyph.x0, glyph.y - left
    return Glyph(glyph.text, start, end, y, glyph.size, glyph.bold, glyph.italic, glyph.spaced)
