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
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, repeat
from operator import itemgetter
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.errors import UnreadableError
from corpus.settings_base import CorpusSettings, in_force, raise_it

#: A page of dense print holds about 8,000 characters; a large data table, 30,000.
MAX_PAGE_CHARACTERS = 200_000
#: A scan lies askew by a degree or two; what slants more than this, in quarter turns, was set
#: so, and stands by itself.
_SLANT = 0.1
#: Fewer letters than this in a whole file are a stamp on a picture, not a text layer.
MIN_LETTERS = 20

_BOLD_NAMES = ("bold", "black", "heavy", "semibd", "demi", "-medi", "cmbx")
_ITALIC_NAMES = ("italic", "oblique", "-ital", "cmti", "slanted")


class ScanError(UnreadableError):
    """A PDF whose pages show text that no one can copy: it needs text recognition."""


class Glyph(NamedTuple):
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


class _Style(NamedTuple):
    size: float
    bold: bool
    italic: bool
    quarter: int
    """Quarter turns, anticlockwise, of the direction of writing; four more where it slants."""


def open_sheets(content: bytes, name: str) -> tuple[list[Sheet], dict[str, str]]:
    """All pages of a PDF, and its own information (``Title``, ``Author``…).

    Raises ``UnreadableError`` where the file is encrypted, damaged, cut short, empty, longer than
    ``max_pages`` or without a text layer.
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
            most = in_force(CorpusSettings).max_pages
            if count > most:
                raise UnreadableError(
                    f"{name}: {count:,} pages, more than {most:,}; split the PDF, "
                    f"{raise_it('max_pages')}"
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
    texts = [
        "".join(map(itemgetter(0), glyphs))
        for sheet in sheets
        for glyphs in (sheet.glyphs, *sheet.sideways)
    ]
    unmapped = sum(text.count("\ufffd") for text in texts)
    enough = max(MIN_LETTERS, unmapped + 1)
    letters = sum(1 for _ in islice(filter(str.isalpha, chain.from_iterable(texts)), enough))
    advice = "run OCR (text recognition) on it first, or install ocrmypdf, which is then used"
    pictures = sum(1 for sheet in sheets if not sheet.glyphs and not sheet.sideways)
    if letters < MIN_LETTERS and not unmapped:
        raise ScanError(f"{name}: a scan, whose pages have no text layer; {advice}")
    if 2 * pictures > len(sheets):
        raise ScanError(
            f"{name}: {pictures} of its {len(sheets)} pages are pictures without text; {advice}"
        )
    if unmapped >= letters:
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
    left, bottom, right, top = box = page.get_bbox()
    turns = {
        quarter: [_upright(glyph, quarter % 4, box) for glyph in glyphs]
        if quarter or left or bottom
        else glyphs
        for quarter, glyphs in _characters(text).items()
    }
    main = max(turns, key=lambda quarter: (len(turns[quarter]), -quarter), default=0)
    width, height = right - left, top - bottom
    if main % 2:
        width, height = height, width
    return Sheet(
        number,
        width,
        height,
        tuple(turns.get(main, ())),
        tuple(tuple(turns[quarter]) for quarter in sorted(turns) if quarter != main),
    )


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    """One of pdfium's functions that takes and gives addresses as plain numbers.

    It is called for every word: with pypdfium2's own prototype a call takes twice as long.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_code = _quick(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, _POINTER, _INT)
_size = _quick(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_matrix = _quick(pdfium_c.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_box = _quick(pdfium_c.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_origin = _quick(pdfium_c.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
#: The address of the text object that a character belongs to; None where pdfium made it up.
_owner = _quick(pdfium_c.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_font = _quick(pdfium_c.FPDFTextObj_GetFont, _POINTER, _POINTER)
_index = _quick(pdfium_c.FPDFText_GetCharIndexFromTextIndex, _INT, _POINTER, _INT)


def _characters(text: pdfium.PdfTextPage) -> dict[int, list[Glyph]]:
    """The visible runs of characters by their quarter turn, in the page's own coordinates.

    A word is one glyph where it stands in one text object, whose characters share size, weight and
    baseline: asking pdfium of each character would take most of a reader's time. Characters that
    may be printed over others, or that are raised by themselves, stay alone.
    """
    page = ctypes.cast(text.raw, _POINTER).value or 0
    whole = _whole(text, page).rstrip()
    pen = _Pen(page)
    turns: dict[int, list[Glyph]] = defaultdict(list)
    owner, add = None, turns[0].append
    for first, words in _words(whole):
        for blank, word in words:
            first += len(blank)
            end = first + len(word)
            spaced = bool(blank) and (" " in blank or "\u00a0" in blank)
            while first < end:
                last, ends_in = end, _owner(page, end - 1)
                if owner is None or ends_in != owner:
                    owner = _owner(page, first)
                    if ends_in != owner:
                        last = next(i for i in range(first + 1, end) if _owner(page, i) != owner)
                    pen.take_up(first, owner)
                    add = turns[pen.quarter].append
                add(pen.glyph(first, last - 1, whole[first:last], spaced))
                spaced = False
                first = last
    return turns


def _whole(text: pdfium.PdfTextPage, page: int) -> str:
    """The characters of a page, one for each of pdfium's."""
    count = text.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium_c.FPDFText_GetText(text.raw, 0, count, buffer)
    whole = bytes(buffer)[: 2 * max(got - 1, 0)].decode("utf-16-le", "replace")
    if len(whole) < count:
        whole = _filled(page, whole, count)
    if len(whole) == count:
        return _ODD.sub(lambda found: _printed(ord(found.group())), whole)
    return "".join(map(_printed, map(_code, repeat(page), range(count))))


def _filled(page: int, whole: str, count: int) -> str:
    """A page's text with those of its characters that have no code, which pdfium leaves out."""

    def left_out(index: int) -> int:
        """How many before a place in the text; they are few, and found by halving."""
        return (_index(page, index) if index < len(whole) else count) - index

    parts, done, lacking = [], 0, 0
    while lacking < count - len(whole):
        at = bisect_right(range(len(whole) + 1), lacking, lo=done, key=left_out)
        more = left_out(at)
        if more <= lacking:  # a damaged file: each is asked for by itself
            break
        codes = map(_code, repeat(page), range(at + lacking, at + more))
        parts += [whole[done:at], *map(_printed, codes)]
        done, lacking = at, more
    return "".join([*parts, whole[done:]])


def _words(whole: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The words of a page, each behind the blanks before it; near accents each character.

    They come stretch by stretch, each with the place where it begins.
    """
    done = 0
    for start, end in _near_accents(whole):
        yield done, _WORDS.findall(whole, done, start)
        yield start, _ALONE.findall(whole, start, end)
        done = end
    yield done, _WORDS.findall(whole, done)


def _near_accents(whole: str) -> Iterator[tuple[int, int]]:
    """Where whole words stand whose letters an accent may belong to, from the first on."""
    done = 0
    for accent in _ACCENT.finditer(whole) if not _ACCENTS.isdisjoint(whole) else ():
        first = max(accent.start() - _REACH, done)
        blank = _BLANK.search(whole, first, accent.start()) if first else None
        start = blank.start() if blank else first
        after = _AFTER.match(whole, accent.end())
        end = after.end() if after else accent.end()
        if end > done:
            yield start, end
            done = end


#: Accents that old TeX fonts print over a letter as characters of their own.
_ACCENTS = frozenset("´`¨ˆ˜¯˘˙˚¸˛ˇ˝")
_ACCENT = re.compile(f"[{''.join(sorted(_ACCENTS))}]")
_BLANK = re.compile(r"\s")
#: An accent is printed before its letter, or behind it: at most so many characters behind.
_REACH = 500
#: What an accent may stand before: two characters, to the end of their word.
_AFTER = re.compile(r"(?:\s*\S){0,2}\S*")
#: Blanks, and behind them a word, or any other character, among them raised digits, by itself.
_WORDS = re.compile(
    r"(\s*)([!-~\u00a1-\u00ac\u00ae-\u00b1\u00b4-\u00b8\u00ba-\u1fff\u2010-\u201f\u2022-\u2027]+|\S)"
)
_ALONE = re.compile(r"(\s*)(\S)")


class _Pen:
    """How the text object at hand is set, and where pdfium writes the places of its characters."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.styles: dict[int, _Style] = {}
        """Of the page's text objects so far."""
        self.fonts: dict[int, tuple[bool, bool]] = {}
        self.matrix = (ctypes.c_float * 6)()
        self.matrix_at = ctypes.addressof(self.matrix)
        self.sides = (ctypes.c_float * 4)()
        """Left, top, right, bottom."""
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.sides_at, self.x_at, self.y_at = map(ctypes.addressof, (self.sides, self.x, self.y))
        self.level: float | None = None
        """The lower side of the last word, where it is of the same object."""
        self.baseline = 0.0
        self.style = _Style(1.0, False, False, 0)
        self.quarter = 0
        self.low, self.high, self.below = 0, 2, 3
        """Which sides are the first, the last and the lower one in the direction of writing."""

    def take_up(self, index: int, owner: int | None) -> None:
        """Begin with a character of another text object."""
        style = self.styles.get(owner) if owner else None
        if style is None:
            style = _style(self.page, index, owner, self)
            if owner:
                self.styles[owner] = style
        if style is not self.style:
            self.style, self.quarter, self.level = style, style.quarter, None
            self.low, self.high, self.below = (3, 1, 0) if style.quarter % 2 else (0, 2, 3)

    def glyph(self, first: int, last: int, words: str, spaced: bool) -> Glyph:
        """The characters of one text object from ``first`` to ``last``."""
        page, sides, low, high = self.page, self.sides, self.low, self.high
        _box(page, first, self.sides_at)
        start, end, level = sides[low], sides[high], sides[self.below]
        if level != self.level:  # else on the baseline of the word before
            _origin(page, first, self.x_at, self.y_at)
            self.level = level
            self.baseline = self.x.value if self.quarter % 2 else self.y.value
        if last > first:
            _box(page, last, self.sides_at)
            before, after = sides[low], sides[high]
            start = before if before < start else start
            end = after if after > end else end
        size, bold, italic, _ = self.style
        return _new(Glyph, (words, start, end, self.baseline, size, bold, italic, spaced))


#: A named tuple is made in a third of the time by its parent's own function.
_new = tuple.__new__


#: Characters of which not each is printed as it is.
_ODD = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\uf8ff"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)


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


def _style(page: int, index: int, owner: int | None, pen: _Pen) -> _Style:
    """How a character is set."""
    size = _size(page, index)
    quarter = 0
    if _matrix(page, index, pen.matrix_at):
        a, b, c, d, *_ = pen.matrix
        size *= math.hypot(c, d) or 1.0
        quarter = _quarter(a, b) if b or a < 0 else 0
    font = _font(owner) if owner else None
    face = pen.fonts.get(font) if font else None
    if face is None:
        face = _face(page, index)
        if font:
            pen.fonts[font] = face
    return _new(_Style, (max(size, 0.1), *face, quarter))


def _quarter(a: float, b: float) -> int:
    """The quarter turn of a direction of writing; four more where it slants, as watermarks do."""
    turn = math.atan2(b, a) / (math.pi / 2)
    nearest = round(turn)
    return nearest % 4 + (4 if abs(turn - nearest) > _SLANT else 0)


def _face(page: int, index: int) -> tuple[bool, bool]:
    """Whether a character's font is bold, and italic."""
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    at = ctypes.cast(page, pdfium_c.FPDF_TEXTPAGE)
    pdfium_c.FPDFText_GetFontInfo(at, index, name, 256, flags)
    named = name.value.decode("utf-8", "replace").lower()
    bold = any(part in named for part in _BOLD_NAMES) or bool(flags.value & 1 << 18)
    return bold, any(part in named for part in _ITALIC_NAMES)


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
