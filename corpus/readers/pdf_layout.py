"""Characters to lines in reading order: the geometry of a page.

In: a ``Sheet`` (see ``pdf_glyphs``). Out: its ``Line``s in the order in which a person reads them:
column by column, full-width elements in their place between columns, a table row as one line that
knows its cells. What a line means (heading, caption, footnote…) is the business of ``pdf_blocks``.

Method: recursive XY-cut (Nagy & Seth 1984; Ha, Haralick & Phillips 1995), cutting along gutters
before cutting across. A gutter is the strip that the most white gaps between side-by-side pieces
of lines share, with running text on both sides of it. Pieces that cross a gutter, such as a title
or a wide figure's caption, cut the page into bands (the pre-masking of Sutheebanjard &
Premchaiswadi 2010), and each band is cut again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import NamedTuple

from corpus.readers.pdf_glyphs import Glyph, Sheet

#: A white gap wider than this many font sizes parts two pieces of a row; words are 0.2–0.5 apart.
_PIECE_GAP = 0.8
#: A narrower gap than this many font sizes is kerning, not a space.
_SPACE_GAP = 0.15
#: Type larger than this, in points, has no neighbours in its row but on its own baseline.
_LARGEST = 48.0
#: A column is at least this many font sizes wide; narrower ones are labels and numbers.
_COLUMN_WIDTH = 8.0
#: A line fills its column from this share of the column's width on.
_FILLED = 0.6
#: Lines of running text needed on each side of a gutter, unless the document is known to have it.
_COLUMN_LINES = 3
#: A strip of white that parts columns above the text is at least this many font sizes wide…
_STRIP = 1.2
#: …and lines of the one column cross the text's gutter this often between those of the other.
_ALTERNATIONS = 2
#: Strips of white that are looked at, those that most rows share.
_LIKELIEST = 12
#: Letters set apart one by one, as in "a b s t r a c t".
_SPACED = re.compile(r"(?:[^\W\d_] ){3,}[^\W\d_]")

_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−")
_RAISED_SIGNS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "˚": "\u030a",
    "¸": "\u0327",
    "˛": "\u0328",
    "ˇ": "\u030c",
    "˝": "\u030b",
}
#: Words after which a raised 2 or 3 is an exponent.
_UNITS = frozenset({"m", "cm", "mm", "km", "dm", "ft", "mi", "yd", "in", "µm", "μm", "kg/m", "s"})


class Run(NamedTuple):
    """Neighbouring characters of one style on one baseline; coordinates in points."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    spaced: bool
    raised: bool = False
    """Written with Unicode's own superscript digits."""


class Piece(NamedTuple):
    """Runs of one row with no wide gap between them: the atom that columns are made of."""

    runs: tuple[Run, ...]
    x0: float
    x1: float
    y: float
    size: float

    @property
    def top(self) -> float:
        """Height of its capitals above the baseline, on the page."""
        return self.y + 0.7 * self.size

    @property
    def bottom(self) -> float:
        """Depth of its descenders, on the page."""
        return self.y - 0.2 * self.size


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One printed line of one column, in its place in the reading order; each is its own."""

    text: str
    page: int
    """From 1."""
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    cells: tuple[tuple[float, float], ...]
    """Left and right of each piece; more than one where wide gaps part them, as in a table."""
    left: float
    """Left edge of its column."""
    right: float
    column: int
    """Number of its column or band on the page, in reading order."""
    marker: bool = False
    """Whether it begins with a raised mark, as a footnote does."""
    lead_bold: bool = False
    """Whether its first words are bold."""
    aside: bool = False
    """Whether it is set sideways, or numbers the lines in the margin."""


Strip = tuple[float, float]
"""Left and right of an upright strip of white."""
Regions = dict[tuple[int, ...], tuple[list[Strip], Strip | None]]
"""By the identities of a region's pieces: its likeliest strips, and which of them parts columns."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose characters are joined to pieces."""

    number: int
    """From 1."""
    height: float
    pieces: tuple[Piece, ...]
    asides: tuple[tuple[Piece, ...], ...]
    """The numbers of its lines, and what is set sideways."""
    seen: Regions = field(default_factory=dict, compare=False, repr=False)
    """What was found of its regions, for it is cut twice: alone, and with the others' gutters."""


def page_of(sheet: Sheet) -> Page:
    """The pieces of a page."""
    pieces, numbers = _without_line_numbers(_pieces(_runs(sheet.glyphs)))
    sideways = (tuple(_pieces(_runs(glyphs))) for glyphs in sheet.sideways)
    return Page(sheet.number, sheet.height, tuple(pieces), (tuple(numbers), *sideways))


def page_lines(page: Page, gutters: Sequence[float] = ()) -> list[Line]:
    """The lines of a page in reading order, line numbers and those set sideways last.

    ``gutters`` are places (points from the left) where the document is known to part columns.
    """
    lines: list[Line] = []
    for number, leaf in enumerate(_cut(_from_the_top(page.pieces), gutters, page.seen)):
        lines.extend(_leaf_lines(leaf, page.number, number))
    for offset, aside in enumerate(page.asides):
        lines.extend(_leaf_lines(aside, page.number, -1 - offset, aside=True))
    return lines


def page_gutters(page: Page) -> list[float]:
    """Centres of the gutters seen on a page by itself, in points from the left."""
    found: list[float] = []
    _cut(_from_the_top(page.pieces), (), page.seen, found)
    return found


def _from_the_top(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (-piece.y, piece.x0))


# --- characters to pieces ---------------------------------------------------------------------


def _runs(glyphs: Sequence[Glyph]) -> list[Run]:
    """Join characters that follow one another in the file, in one style, on one baseline."""
    runs: list[Run] = []
    group: list[Glyph] = []
    end = level = measure = 0.0
    was_bold = was_italic = was_sign = False
    for glyph in _composed(glyphs):
        text, x0, x1, y, size, bold, italic, _ = glyph
        sign = text in _RAISED_SIGNS
        continues = (
            (y == level or -0.08 * measure < y - level < 0.08 * measure)
            and -0.4 * measure < x0 - end < _PIECE_GAP * measure
            and (size == measure or -0.05 * measure < size - measure < 0.05 * measure)
            and bold == was_bold
            and italic == was_italic
            and sign == was_sign
        )
        if group and not continues:
            runs.append(_run(group))
            group = []
        group.append(glyph)
        end, level, measure = x1, y, size
        was_bold, was_italic, was_sign = bold, italic, sign
    if group:
        runs.append(_run(group))
    return runs


def _run(group: Sequence[Glyph]) -> Run:
    first = group[0]
    text, left, right, *_ = first
    if len(group) > 1:
        text += "".join([" " + glyph.text if glyph.spaced else glyph.text for glyph in group[1:]])
        left = min([glyph.x0 for glyph in group])
        right = max([glyph.x1 for glyph in group])
    return Run(
        text if text.isascii() else text.translate(_LIGATURES).translate(_RAISED),
        left,
        right,
        first.y,
        first.size,
        first.bold,
        first.italic,
        first.spaced,
        first.text in _RAISED_SIGNS,
    )


def _composed(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Put accents that were printed as characters of their own (old TeX fonts) on their letters."""
    accents = [(index, glyph) for index, glyph in enumerate(glyphs) if glyph.text in _ACCENTS]
    if not accents:
        return glyphs
    result: list[Glyph | None] = list(glyphs)
    for index, accent in accents:
        letter = _letter_under(accent, index, glyphs)
        base = result[letter] if letter is not None else None
        if letter is None or base is None:
            continue
        text = base.text.replace("ı", "i") + _ACCENTS[accent.text]
        spaced = base.spaced or (letter == index + 1 and accent.spaced)
        result[letter] = Glyph(
            unicodedata.normalize("NFC", text),
            base.x0, base.x1, base.y, base.size, base.bold, base.italic, spaced,
        )  # fmt: skip
        result[index] = None
    return [glyph for glyph in result if glyph is not None]


def _letter_under(accent: Glyph, index: int, glyphs: Sequence[Glyph]) -> int | None:
    centre = (accent.x0 + accent.x1) / 2
    after = range(index + 1, min(index + 3, len(glyphs)))
    before = range(index - 1, max(index - 400, -1), -1)
    for other in chain(after, before):
        glyph = glyphs[other]
        if (
            len(glyph.text) == 1
            and glyph.text.isalpha()
            and glyph.x0 - 0.5 <= centre <= glyph.x1 + 0.5
            and abs(glyph.y - accent.y) < 0.5 * glyph.size
        ):
            return other
    return None


def _pieces(runs: Sequence[Run]) -> list[Piece]:
    """Join runs of one row that stand close together; raised and lowered ones join their word."""
    order = sorted(range(len(runs)), key=lambda i: (-runs[i].y, runs[i].x0, i))
    parent = list(range(len(runs)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    largest = min(_LARGEST, max((run.size for run in runs), default=0.0))
    for place, i in enumerate(order):
        for j in order[place + 1 :]:
            if runs[i].y - runs[j].y > 0.8 * largest:
                break
            if _beside(runs[i], runs[j]):
                parent[root(j)] = root(i)
    groups: dict[int, list[Run]] = {}
    for i in order:
        groups.setdefault(root(i), []).append(runs[i])
    return [_piece(group) for group in groups.values()]


def _beside(a: Run, b: Run) -> bool:
    gap = (a.x0 if a.x0 > b.x0 else b.x0) - (a.x1 if a.x1 < b.x1 else b.x1)
    small, large = (a.size, b.size) if a.size < b.size else (b.size, a.size)
    if gap >= _PIECE_GAP * (small if small < 0.85 * large else large):
        return False
    if large > 1.8 * small and (len(a.text) > 2 and len(b.text) > 2):
        return False
    overlap = min(a.y + 0.7 * a.size, b.y + 0.7 * b.size) - max(
        a.y - 0.2 * a.size, b.y - 0.2 * b.size
    )
    return overlap >= 0.35 * small


def _piece(group: list[Run]) -> Piece:
    if len(group) == 1:
        _, x0, x1, y, size, *_ = group[0]
        return Piece((group[0],), x0, x1, y, size)
    runs = tuple(sorted(group, key=lambda run: (run.x0, -run.y)))
    main = max(runs, key=lambda run: (len(run.text) * run.size, run.size))
    return Piece(runs, min(run.x0 for run in runs), max(run.x1 for run in runs), main.y, main.size)


def _without_line_numbers(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The text of a page and, apart, the numbers of its lines, as manuscripts have them."""
    left = min((piece.x0 for piece in pieces if not _is_number(piece)), default=0.0)
    margin = sorted(
        (piece for piece in pieces if piece.x1 < left and _is_number(piece)),
        key=lambda piece: (-piece.y, piece.x0),
    )
    steps = {int(b.runs[0].text) - int(a.runs[0].text) for a, b in pairwise(margin)}
    if len(margin) < 5 or len(steps) != 1 or not steps <= {1, 5, 10}:
        return pieces, []
    return [piece for piece in pieces if piece.x1 >= left], margin


def _is_number(piece: Piece) -> bool:
    return len(piece.runs) == 1 and piece.runs[0].text.isdecimal()


# --- pieces to columns ------------------------------------------------------------------------


def _cut(
    pieces: list[Piece],
    gutters: Sequence[float],
    seen: Regions,
    found: list[float] | None = None,
) -> list[list[Piece]]:
    """Recursive XY-cut: the columns and bands of a region in reading order.

    ``pieces`` are in order from the top, and so are those of each result. Centres of the gutters
    that were used are added to ``found``.
    """
    gutter = _gutter(pieces, gutters, seen)
    if gutter is None:
        return [pieces] if pieces else []
    left, right = gutter
    if found is not None:
        found.append((left + right) / 2)
    leaves: list[list[Piece]] = []
    for band, crosses in _apart(_bands(pieces, left, right)):
        if crosses:
            leaves.append(band)
            continue
        for side in (
            [piece for piece in band if piece.x1 <= right],
            [piece for piece in band if piece.x1 > right],
        ):
            # what the cut left whole, as a damaged file can have it, would be cut for ever
            whole = len(side) == len(pieces)
            leaves.extend([side] if whole else _cut(side, gutters, seen, found))
    return leaves


def _bands(pieces: list[Piece], left: float, right: float) -> list[tuple[list[Piece], bool]]:
    """The region from top to bottom, parted where pieces cross the gutter."""
    bands: list[tuple[list[Piece], bool]] = []
    least, most = left - 1, right + 1
    for index, piece in enumerate(pieces):
        crosses = piece.x0 < least and piece.x1 > most
        if bands and not crosses and bands[-1][1]:
            above, below = bands[-1][0][-1], pieces[index + 1 : index + 2]
            in_row = piece.top > above.y and above.top > piece.y
            crosses = in_row or _ends_paragraph(above, piece, below)
        if not bands or bands[-1][1] != crosses:
            bands.append(([], crosses))
        bands[-1][0].append(piece)
    return bands


Band = tuple[list[Piece], bool]
"""Pieces from top to bottom, and whether they are read as one column."""


def _apart(bands: list[Band]) -> list[Band]:
    """Bands in which two columns of another page plan alternate, parted into those columns.

    Above the columns of the text a journal may print the dates of the article on the left and the
    abstract on the right: lines of the one cross the text's gutter, lines of the other don't.
    """
    result: list[Band] = []
    index = 0
    while index < len(bands):
        length, strip = _alternating(bands[index:])
        if strip is None:
            result.append(bands[index])
            index += 1
            continue
        together = [piece for band, _ in bands[index : index + length] for piece in band]
        for side in (
            [piece for piece in together if piece.x1 <= strip],
            [piece for piece in together if piece.x1 > strip],
        ):
            result.append((side, True))
        index += length
    return result


def _alternating(bands: Sequence[Band]) -> tuple[int, float | None]:
    """How many bands from the first on share a white strip, and its place; None for too few."""
    best: tuple[int, float | None] = (1, None)
    together: list[Piece] = []
    for length, (band, _) in enumerate(bands, 1):
        together = [*together, *band]
        strip = _white_strip(together)
        if strip is None:
            break
        left = sum(piece.x1 <= strip for piece in together)
        crossing = sum(crosses for _, crosses in bands[:length])
        if crossing >= _ALTERNATIONS and min(left, len(together) - left) >= _COLUMN_LINES:
            best = length, strip
    return best


def _white_strip(pieces: Sequence[Piece]) -> float | None:
    """The middle of a strip that no piece touches, with pieces on both sides of it."""
    order = sorted(pieces, key=lambda piece: piece.x0)
    reach = order[0].x1
    widest: tuple[float, float] = (0.0, 0.0)
    for piece in order[1:]:
        widest = max(widest, (piece.x0 - reach, (piece.x0 + reach) / 2))
        reach = max(reach, piece.x1)
    size = _median([piece.size for piece in pieces])
    return widest[1] if widest[0] > _STRIP * size else None


def _ends_paragraph(above: Piece, piece: Piece, below: Sequence[Piece]) -> bool:
    """Whether a short piece is the last line of the full-width paragraph above it."""
    alone = not below or below[0].y < piece.y - 0.5 * piece.size
    return (
        alone
        and above.y - piece.y < 1.4 * above.size
        and abs(above.x0 - piece.x0) < 0.3 * above.size
        and abs(above.size - piece.size) < 0.5
    )


def _gutter(pieces: list[Piece], gutters: Sequence[float], seen: Regions) -> Strip | None:
    """Left and right of the strip that parts this region into columns, or None.

    ``gutters`` only make strips likelier that they stand in: a region without such is as alone.
    """
    if len(pieces) < 2:
        return None
    region = tuple(map(id, pieces))
    if region not in seen:
        strips = _strips(pieces)
        seen[region] = strips, _parting(pieces, strips, ())
    strips, alone = seen[region]
    known = any(_stands_in(gutter, strip) for gutter in gutters for strip in strips)
    return _parting(pieces, strips, gutters) if known else alone


def _strips(pieces: list[Piece]) -> list[Strip]:
    """The strips of white that most gaps between the pieces of rows share, the likeliest first."""
    steps: Counter[float] = Counter()
    for left, right in _gaps(pieces):
        steps[left] += 1
        steps[right] -= 1
    votes, strips = 0, []
    for start, end in pairwise(sorted(steps)):
        votes += steps[start]
        if votes:
            strips.append((-votes, start, end))
    strips.sort(key=lambda strip: (strip[0], -(strip[2] - strip[1]), strip[1]))
    return [(start, end) for _, start, end in strips[:_LIKELIEST] if end - start > 2]


def _parting(pieces: list[Piece], strips: list[Strip], gutters: Sequence[float]) -> Strip | None:
    """The first strip with columns of text on both sides."""
    for strip in strips:
        known = any(_stands_in(gutter, strip) for gutter in gutters)
        if any(
            not crosses and _parts_columns(band, *strip, known)
            for band, crosses in _bands(pieces, *strip)
        ):
            return strip
    return None


def _stands_in(gutter: float, strip: Strip) -> bool:
    return strip[0] - 6 <= gutter <= strip[1] + 6


def _gaps(pieces: list[Piece]) -> list[tuple[float, float]]:
    """For each piece the white gap to its nearest neighbour on the right in the same row."""
    tallest = min(_LARGEST, max(piece.size for piece in pieces))
    below = [(piece.x0, piece.y, piece.top) for piece in pieces]
    above = below[::-1]
    gaps = []
    for place, piece in enumerate(pieces):
        nearest: float | None = None
        end, y, top = piece.x1, piece.y, below[place][2]
        for others in (islice(below, place + 1, None), islice(above, len(above) - place, None)):
            for x0, level, crown in others:
                if abs(level - y) > tallest:
                    break
                if x0 >= end and (nearest is None or x0 < nearest) and crown > y and top > level:
                    nearest = x0
        if nearest is not None:
            gaps.append((end, nearest))
    return gaps


def _parts_columns(pieces: list[Piece], start: float, end: float, known: bool) -> bool:
    """Whether both sides of a strip are columns of text rather than the cells of a table.

    Lines of text mostly fill their column; where they don't, beside a picture or in a side bar,
    they at least don't share their baselines with the other side, as the cells of a table do.
    ``pieces`` are in order from the top.
    """
    if not known and len(pieces) < 2 * _COLUMN_LINES:  # nor is there a box beside some text
        return False
    left = [piece for piece in pieces if piece.x1 <= start + 0.5]
    right = [piece for piece in pieces if piece.x0 >= end - 0.5]
    if not left or not right or left[-1].y > right[0].y:
        return False
    size = _median([piece.size for piece in pieces])
    widths = [max([piece.x1 - piece.x0 for piece in side]) for side in (left, right)]
    if known:
        return min(widths) >= _COLUMN_WIDTH * size
    filled = [
        sum(1 for piece in side if piece.x1 - piece.x0 > _FILLED * width)
        for side, width in zip((left, right), widths, strict=True)
    ]
    if min(filled) < _COLUMN_LINES:
        return _is_box_beside([piece for piece in pieces if piece.x1 < end], right) or (
            _is_box_beside([piece for piece in pieces if piece.x0 > start], left)
        )
    if min(widths) >= _COLUMN_WIDTH * size:
        shares = [count / len(side) for count, side in zip(filled, (left, right), strict=True)]
        return min(shares) >= 0.35 or min(filled) >= 10
    return max(widths) >= 2 * _COLUMN_WIDTH * size and not _share_rows(left, right)


def _is_box_beside(text: Sequence[Piece], box: Sequence[Piece]) -> bool:
    """Whether a few lines in other type stand beside full lines of running text.

    The cells of a table are set in the type of its labels; a box is in its own.
    """
    width = max(piece.x1 - piece.x0 for piece in text)
    size = _median([piece.size for piece in text])
    full = sum(piece.x1 - piece.x0 > _FILLED * width for piece in text)
    if full <= _COLUMN_LINES or 2 * full < len(text) or width < 2 * _COLUMN_WIDTH * size:
        return False
    edge = _median([piece.x0 for piece in box])
    aligned = sum(abs(piece.x0 - edge) < size for piece in box)
    other = sum(abs(piece.size - size) > 0.08 * size for piece in box)
    return len(box) > 1 and 2 * aligned >= len(box) and 2 * other >= len(box)


def _median(values: list[float]) -> float:
    """The one in the middle, or the mean of both."""
    order = sorted(values)
    half = len(order) // 2
    return order[half] if len(order) % 2 else (order[half - 1] + order[half]) / 2


def _share_rows(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether at least half of the lines on the shorter side stand on a line of the other."""
    few, many = sorted((left, right), key=len)
    baselines = {round(piece.y) + near for piece in many for near in (-1, 0, 1)}
    return 2 * sum(round(piece.y) in baselines for piece in few) >= len(few)


# --- columns to lines -------------------------------------------------------------------------


def _leaf_lines(pieces: Iterable[Piece], page: int, column: int, aside: bool = False) -> list[Line]:
    """The rows of one column, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x0)):
        if rows and _same_row(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    if not rows:
        return []
    margins = _margins(rows)
    return [_line(row, page, column, *margins[round(row[0].size)], aside) for row in rows]


def _margins(rows: Sequence[Sequence[Piece]]) -> dict[int, tuple[float, float]]:
    """Left and right edge of the column for each size of type, in whole points.

    Sizes of fewer than three lines, such as a running head's, share the edges of all.
    """
    edges: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        edge = (min(piece.x0 for piece in row), max(piece.x1 for piece in row))
        edges.setdefault(round(row[0].size), []).append(edge)
    every = [edge for group in edges.values() for edge in group]
    groups = {size: group if len(group) > 2 else every for size, group in edges.items()}
    return {
        size: (min(left for left, _ in group), max(right for _, right in group))
        for size, group in groups.items()
    }


def _same_row(row: list[Piece], piece: Piece) -> bool:
    return all(
        min(other.top, piece.top) - max(other.bottom, piece.bottom)
        > 0.5 * 0.9 * min(other.size, piece.size)
        and (piece.x0 > other.x1 - 1 or piece.x1 < other.x0 + 1)
        for other in row
    )


def _line(row: list[Piece], page: int, column: int, left: float, right: float, aside: bool) -> Line:
    main = row[0]
    if len(row) > 1:
        row = sorted(row, key=lambda piece: piece.x0)
        main = max(row, key=lambda piece: (piece.x1 - piece.x0) * piece.size)
    runs = [run for piece in row for run in piece.runs]
    letters = bold = italic = 0
    for run in runs:
        count = len(run.text)
        letters += count
        bold += count if run.bold else 0
        italic += count if run.italic else 0
    text = _join(runs, main)
    return Line(
        text.replace(" ", "") if _SPACED.fullmatch(text) else text,
        page,
        row[0].x0,
        max([piece.x1 for piece in row]),
        main.y,
        main.size,
        2 * bold > 1.6 * letters,
        2 * italic > 1.6 * letters,
        tuple((piece.x0, piece.x1) for piece in row),
        left,
        right,
        column,
        _raised(runs[0], main) and len(runs) > 1,
        runs[0].bold and len(runs[0].text) > 2,
        aside,
    )


def _raised(run: Run, main: Piece) -> bool:
    smaller = run.size < 0.87 * main.size and run.y > main.y + 0.15 * main.size
    return smaller or run.raised


def _join(runs: Sequence[Run], main: Piece) -> str:
    """The text of a row; raised numbers set apart so that they never merge with a word."""
    text = ""
    end = 0.0
    index = 0
    while index < len(runs):
        run = runs[index]
        after = index + 1
        if _raised(run, main):
            while after < len(runs) and _raised(runs[after], main):
                after += 1
            raised = "".join(
                (" " if r.spaced and n else "") + r.text for n, r in enumerate(runs[index:after])
            )
            addition = _script(text, raised)
        else:
            addition = run.text
            gap = run.x0 - end
            wide = gap > _SPACE_GAP * min(run.size, main.size) or (run.spaced and gap > 0)
            after_mark = text.endswith("]") and addition[:1].isalnum()
            if text and (wide or after_mark):
                addition = " " + addition
        text += addition
        end = max(end, *(r.x1 for r in runs[index:after]))
        index = after
    return text


def _script(before: str, raised: str) -> str:
    """How a raised text is written after ``before``: an exponent, an ordinal or a citation."""
    raised = raised.strip()
    compact = raised.replace(" ", "")
    word = before.split(" ")[-1] if before else ""
    number = compact.lstrip("+-−–")
    if not any(character.isdigit() for character in compact):
        ordinal = word[-1:].isdigit() or 0 < len(word) < 3 or not word.strip("IVXLC")
        if len(compact) > 1 or not compact.isalpha() or (word and ordinal):
            return raised
    if number.isdigit() and word:
        signed = number != compact
        if word[-1].isdigit() or signed:
            return "^" + compact
        base = word.lstrip("(")
        if len(number) == 1 and (base in _UNITS or (len(base) == 1 and base.isalpha())):
            return "^" + compact
    opening = "" if not before else " "
    return f"{opening}[{raised.strip(' ,')}]"
