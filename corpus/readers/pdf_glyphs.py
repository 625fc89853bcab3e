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
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

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
    """One character as printed; coordinates in points, ``y`` is the baseline and grows upward."""

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
    characters = Counter(
        "letter" if glyph.text.isalpha() else "unmapped"
        for sheet in sheets
        for glyphs in (sheet.glyphs, *sheet.sideways)
        for glyph in glyphs
        if glyph.text.isalpha() or glyph.text == "\ufffd"
    )
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
    """Each visible character, still in the page's own coordinates, with its quarter turn."""
    box, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    styles: dict[int | None, _Style] = {}
    spaced = False
    for index in range(text.count_chars()):
        character = _printed(pdfium_c.FPDFText_GetUnicode(text, index))
        if not character or character.isspace():
            spaced = spaced or character == " " or character == "\u00a0"
            continue
        pdfium_c.FPDFText_GetLooseCharBox(text, index, box)
        pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
        owner = ctypes.cast(pdfium_c.FPDFText_GetTextObject(text, index), ctypes.c_void_p).value
        style = styles.get(owner)
        if style is None or owner is None:
            style = styles[owner] = _style(text, index)
        if style.quarter % 2:
            start, end, baseline = box.bottom, box.top, x.value
        else:
            start, end, baseline = box.left, box.right, y.value
        yield (
            Glyph(character, start, end, baseline, style.size, style.bold, style.italic, spaced),
            style.quarter,
        )
        spaced = False


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


def _style(text: pdfium.PdfTextPage, index: int) -> _Style:
    matrix, flags = pdfium_c.FS_MATRIX(), ctypes.c_int()
    name = ctypes.create_string_buffer(256)
    size = pdfium_c.FPDFText_GetFontSize(text, index)
    quarter = 0
    if pdfium_c.FPDFText_GetMatrix(text, index, matrix):
        scale = math.hypot(matrix.c, matrix.d)
        size *= scale or 1.0
        quarter = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    pdfium_c.FPDFText_GetFontInfo(text, index, name, 256, flags)
    font = name.value.decode("utf-8", "replace").lower()
    bold = any(part in font for part in _BOLD_NAMES) or bool(flags.value & 1 << 18)
    italic = any(part in font for part in _ITALIC_NAMES)
    return _Style(max(size, 0.1), bold, italic, quarter)


def _upright(glyph: Glyph, quarter: int, box: tuple[float, float, float, float]) -> Glyph:
    """Turn a character clockwise by ``quarter`` quarter turns about the page, origin at its corner.

    ``box`` is the page's left, bottom, right and top.
    """
    left, bottom, right, top = box
    if quarter == 0:
        start, end, y = glyph.x0 - left, glyph.x1 - left, glyph.y - bottom
    elif quarter == 1:
        start, end, y = glyph.x0 - bottom, glyph.x1 - bottom, right - glyph.y
    elif quarter == 2:
        start, end, y = right - glyph.x1, right - glyph.x0, top - glyph.y
    else:
        start, end, y = top - glyph.x1, top - glyph.x0, glyph.y - left
    return Glyph(glyph.text, start, end, y, glyph.size, glyph.bold, glyph.italic, glyph.spaced)
