"""Lines to blocks: what each part of a paper's pages is, and where its paragraphs begin and end.

In: the lines of all pages in reading order (see ``pdf_layout``). Out: ``Group``s of lines with
their kind, in reading order. What only the order of groups tells (authors, reference lists,
paragraphs that go on in the next column) is the business of ``pdf_matter``.

Rules, in this order: what repeats in the margins is boilerplate; rows whose white gaps line up are
a table; small lines after a raised mark at a column's foot are footnotes; the rest is parted into
groups by type, gap, indent and a last line that had room for one more word; then each group is
named by its type, numbering and first words.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from statistics import median

from corpus.document import BlockKind, normalize
from corpus.readers.patterns import DECIMAL, PAGE_NUMBER, ROMAN
from corpus.readers.pdf_layout import Line
from corpus.text import (
    ADDRESS,
    BULLETS,
    CLOSING_MARKS,
    LETTERS,
    NUMBERED_CITATION,
    cue_pattern,
)

#: Signs before the items of a list, also as the fonts of word processors draw them.
_BULLETS = tuple(f"{BULLETS}●∙■□➢✓")
#: The mark of any other list item: "– ", "a) ", "(iv) ", "12. ".
_ITEM = re.compile(r"[–—-]\s|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s|\d{1,2}\.\s+\S")
#: The label of an entry in a list of references: "[12]", "[Roy20]", "3.".
ENTRY_LABEL = re.compile(r"(?:\[\w{1,12}\]|\d{1,3}\.)(?:\s|$)")
#: The number of a heading: "3.2", "IV.", "A.", "A.1".
NUMBERING = re.compile(
    rf"(?:(?P<decimal>{DECIMAL})\.?|(?P<roman>{ROMAN})[.)]|[A-Z](?:\.{DECIMAL})?\.|[A-Z]\.{DECIMAL})"
    r"\s+(?=[^\W\d_])"
)
#: The dots of a table of contents, or the lines of a form.
_LEADERS = re.compile(r"(?:\. ?){6,}\s*\d{0,4}\b|(?:_ ?){6,}")
_ENDS = re.compile(rf"[.?!:…;][{re.escape(CLOSING_MARKS)}]*(?: ?{NUMBERED_CITATION})*$")
_FOOTNOTE_SIGN = re.compile(r"^(?:[*†‡§¶]|\[?\d{1,2}\]?\s+\S)")


@dataclass(frozen=True)
class Group:
    """Lines that belong together, with what they are."""

    lines: tuple[Line, ...]
    kind: BlockKind

    @property
    def first(self) -> Line:
        """The line it begins with."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line it ends with."""
        return self.lines[-1]

    @cached_property
    def text(self) -> str:
        """Its words, line ends as spaces: to recognize it by, not to be quoted."""
        return normalize(" ".join(line.text for line in self.lines))


@dataclass(frozen=True, slots=True)
class Type:
    """The measures of a document's running text, in points."""

    size: float
    leading: float
    """From one baseline to the next."""
    indented: bool
    """Whether paragraphs begin with an indent rather than after a gap."""


@cache
def cues(table: str, name: str) -> tuple[str, ...]:
    """A word list of ``pdf_cues.toml``."""
    content = (Path(__file__).parent / "pdf_cues.toml").read_text("utf-8")
    return tuple(tomllib.loads(content)[table][name])


@cache
def _caption() -> re.Pattern[str]:
    number = rf"\.?\s*(?:[A-Z]?\d{{1,3}}[a-z]?(?:\.\d+)?|{ROMAN})\s*(?P<mark>[.:|–—]|$)?"
    return cue_pattern(cues("captions", "labels"), before="", after=number)


def bare(text: str) -> str:
    """A heading as the word lists spell it: no numbering, no final punctuation, lower case."""
    text = text.replace("’", "'")
    numbered = NUMBERING.match(text)
    return text[numbered.end() if numbered else 0 :].strip(" .:—–-").lower()


def groups_of(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], measures: Type
) -> list[Group]:
    """All groups of a paper, named by themselves, in reading order.

    ``pages`` holds the lines of each page, ``heights`` the height of each page in points.
    """
    labels = _margins(pages, heights, measures)
    groups: list[Group] = []
    for page in pages:
        for column in _columns(page):
            _label_tables(column, labels)
            _label_footnotes(column, labels, measures)
            groups.extend(_groups(column, labels, measures))
    return [_named(group, measures) for group in groups]


def measure(lines: Iterable[Line]) -> Type:
    """Size, leading and paragraph style of the text that most of the document is set in."""
    lines = [line for line in lines if not line.aside]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = max(sizes, key=lambda s: (sizes[s], s), default=10.0)
    steps = []
    indents = 0
    for above, below in pairwise(lines):
        step = above.y - below.y
        same = (above.page, above.column) == (below.page, below.column)
        if not same or abs(below.size - size) > 0.5 or not 0 < step < 3 * size:
            continue
        steps.append(step)
        indent = below.x0 - below.left
        indents += 0.7 * size < indent < 3 * size and step < 1.5 * size and above.x0 < below.x0
    return Type(size, median(steps) if steps else 1.2 * size, indents >= 0.02 * len(lines) > 0)


Seen = defaultdict[int, defaultdict[str, set[int]]]
"""Height of a line at the edge of a page, its words, and the pages where they stand there."""


# --- margins ----------------------------------------------------------------------------------


def _margins(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], measures: Type
) -> dict[Line, BlockKind]:
    """Running heads, footers, page numbers and side stamps."""
    labels: dict[Line, BlockKind] = {}
    seen: Seen = defaultdict(lambda: defaultdict(set))
    edges = [_edge_lines(page) for page in pages]
    for edge in edges:
        for line in edge:
            text, place = _stamp(line)
            seen[place][text].add(line.page)
    for page, edge, height in zip(pages, edges, heights, strict=True):
        outer = [line for line in edge if not 0.12 * height < line.y < 0.88 * height]
        repeated = [line for line in outer if _repeats(line, seen)]
        for line in _apart(repeated, page, measures):
            labels[line] = "boilerplate"
        for line in outer:
            if PAGE_NUMBER.fullmatch(line.text) and _stands_alone(line, page):
                labels[line] = "boilerplate"
        for line in page:
            if line.aside:
                stamp = len(line.text) > 12 or line.text.isdecimal()
                labels[line] = "boilerplate" if stamp else "table"
        _label_below_number(page, labels, height)
    return labels


def _apart(repeated: list[Line], page: Sequence[Line], measures: Type) -> list[Line]:
    """The repeated lines that aren't the first or last lines of running text."""
    while True:
        others = [line for line in page if line not in repeated and not line.aside]
        apart = [
            line
            for line in repeated
            if not any(_adjoins(line, other, 1.2 * measures.leading) for other in others)
        ]
        if len(apart) == len(repeated):
            return apart
        repeated = apart


def _adjoins(line: Line, other: Line, near: float) -> bool:
    return (
        0 < abs(line.y - other.y) < near
        and abs(line.size - other.size) < 0.5
        and min(line.x1, other.x1) > max(line.x0, other.x0)
    )


def _edge_lines(page: Sequence[Line]) -> list[Line]:
    upright = [line for line in page if not line.aside]
    rows = sorted({round(line.y) for line in upright})
    outer = {*rows[:3], *rows[-3:]}
    return [line for line in upright if round(line.y) in outer]


def _stamp(line: Line) -> tuple[str, int]:
    """What a running head looks like on every page: digits as ``#``, and its height."""
    return re.sub(r"\d+", "#", line.text.lower()), round(line.y / 4)


def _repeats(line: Line, seen: Seen) -> bool:
    """Whether another page shows the same words, or part of them, at the same height."""
    text, place = _stamp(line)
    if not any(character.isalpha() for character in text):
        return False
    return any(
        pages != {line.page} and _is_part(text, other)
        for near in (place - 1, place, place + 1)
        for other, pages in seen[near].items()
    )


def _is_part(a: str, b: str) -> bool:
    """Whether two running heads are the same, or one stands beside another in the other."""
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) > 8 and (long.startswith(short) or long.endswith(short)))


def _stands_alone(line: Line, page: Sequence[Line]) -> bool:
    others = [other for other in page if other is not line and not other.aside]
    above = all(other.y < line.y - 0.5 * line.size for other in others)
    below_or_foot = [other for other in others if other.y < line.y + 0.5 * line.size]
    gap = min((other.y - line.y for other in others if other.y > line.y), default=99.0)
    return above or (len(below_or_foot) <= 3 and gap > 1.3 * line.size)


def _label_below_number(page: Sequence[Line], labels: dict[Line, BlockKind], height: float) -> None:
    """What stands below the page number on a page of its own is the publisher's."""
    foot = [line.y for line in page if line in labels and line.y < 0.12 * height]
    for line in page:
        if line not in labels and foot and line.y < max(foot) - 1 and not line.aside:
            labels[line] = "metadata" if line.page == 1 else "boilerplate"


# --- tables and footnotes ---------------------------------------------------------------------


def _columns(page: Sequence[Line]) -> list[list[Line]]:
    columns: dict[int, list[Line]] = {}
    for line in page:
        columns.setdefault(line.column, []).append(line)
    return list(columns.values())


def _label_tables(column: Sequence[Line], labels: dict[Line, BlockKind]) -> None:
    """Runs of rows whose white gaps line up, with the single cells between them."""
    rows = [index for index, line in enumerate(column) if len(line.cells) > 1 and _is_row(line)]
    run: list[int] = []
    for index in [*rows, -1]:
        near = run and 0 < index - run[-1] <= 3 and _aligned(column[run[-1]], column[index])
        if run and not near:
            _label_run(column, run, labels)
            run = []
        run.append(index)


def _is_row(line: Line) -> bool:
    label = ENTRY_LABEL.match(line.text) or NUMBERING.match(line.text)
    return len(line.cells) > 2 or not (label or has_bullet(line.text))


def _aligned(above: Line, below: Line) -> bool:
    """Whether two rows share a strip of white."""
    if above.y - below.y > 5 * above.size:
        return False
    return any(
        min(a[1], b[1]) - max(a[0], b[0]) > 0.4 * above.size
        for a in _white(above)
        for b in _white(below)
    )


def _white(line: Line) -> list[tuple[float, float]]:
    return [(a[1], b[0]) for a, b in pairwise(line.cells)]


def _label_run(column: Sequence[Line], run: list[int], labels: dict[Line, BlockKind]) -> None:
    wide = sum(1 for index in run if len(column[index].cells) > 2)
    if len(run) < 2 or (len(run) == 2 and wide < 2):
        return
    last = run[-1]
    while last + 1 < len(column) and _hangs_below(column[last], column[last + 1]):
        last += 1
    for line in column[run[0] : last + 1]:
        if line not in labels and not _caption().match(line.text):
            labels[line] = "table"


def _hangs_below(row: Line, line: Line) -> bool:
    """The second line of a cell in a table's last row."""
    return (
        abs(row.size - line.size) < 0.5
        and 0 < row.y - line.y < 1.3 * row.size
        and line.x0 > row.left + 2 * line.size
        and line.x1 - line.x0 < 0.4 * (line.right - line.left)
    )


def _label_footnotes(column: Sequence[Line], labels: dict[Line, BlockKind], measures: Type) -> None:
    """The small lines at the foot of a column, from the first raised mark or sign on."""
    foot: list[Line] = []
    for line in reversed(column):
        if labels.get(line) in ("boilerplate", "metadata"):
            continue
        if line in labels or line.size > 0.95 * measures.size:
            break
        foot.insert(0, line)
    above = [line.y for line in column if foot and line.y > foot[0].y]
    for place, line in enumerate(foot):
        gap = (foot[place - 1].y if place else min(above, default=line.y)) - line.y
        sign = _FOOTNOTE_SIGN.match(line.text) and gap > 1.2 * measures.leading
        if (line.marker or sign) and not ENTRY_LABEL.match(line.text.replace("[", "")):
            for note in foot[place:]:
                labels[note] = "footnote"
            return


# --- grouping ---------------------------------------------------------------------------------


def _groups(column: Sequence[Line], labels: dict[Line, BlockKind], measures: Type) -> list[Group]:
    """The lines of one column parted into paragraphs, entries, rows, headings…"""
    groups: list[list[Line]] = []
    kinds: list[BlockKind] = []
    for index, line in enumerate(column):
        kind = labels.get(line, "paragraph")
        starts = (
            not groups
            or kind != kinds[-1]
            or kind in ("boilerplate", "table")
            or _breaks(groups[-1], line, column[index + 1 :], measures)
        )
        if starts:
            groups.append([])
            kinds.append(kind)
        groups[-1].append(line)
    return [Group(tuple(lines), kind) for lines, kind in zip(groups, kinds, strict=True)]


def _breaks(group: Sequence[Line], line: Line, following: Sequence[Line], measures: Type) -> bool:
    """Whether ``line`` begins a new group."""
    last = group[-1]
    if abs(line.size - last.size) > 0.06 * max(line.size, last.size) or line.bold != last.bold:
        return True
    if last.italic != line.italic and _italic_heading(group, line):
        return True
    if line.lead_bold and not last.bold and not ends_open(last.text):
        return True
    leading = measures.leading * max(1.0, line.size / measures.size)
    if not 0.2 * leading < last.y - line.y < 1.3 * leading:
        return True
    if line.marker and not last.marker and line.size < measures.size:
        return True
    if line.marker or _caption_mark(line.text) or has_bullet(line.text):
        return True
    if _is_item(line.text) and (
        _is_item(group[0].text) or len(line.cells) == 2 or room_left(group, line, following)
    ):
        return True
    if _is_centred(last) and _is_centred(line):
        return False
    return _indent_breaks(group, line, following) or room_left(group, line, following)


def has_bullet(text: str) -> bool:
    """Whether a line begins with the sign of a list item."""
    return text.startswith(_BULLETS)


def _is_item(text: str) -> bool:
    return _ITEM.match(text) is not None


def _italic_heading(group: Sequence[Line], line: Line) -> bool:
    """Whether type changes at ``line`` because an italic heading ends or a numbered one begins."""
    if line.italic:
        return bool(NUMBERING.match(line.text))
    last = group[-1]
    short = last.x1 - last.x0 < 0.8 * (last.right - last.left)
    return all(other.italic for other in group) and (short or bool(NUMBERING.match(group[0].text)))


def _caption_mark(text: str) -> bool:
    match = _caption().match(text)
    return bool(match and match["mark"])


def _is_centred(line: Line) -> bool:
    left, right = line.x0 - line.left, line.right - line.x1
    return abs(left - right) < 0.02 * (line.right - line.left) + 2 and left > 2 * line.size


def _indent_breaks(group: Sequence[Line], line: Line, following: Sequence[Line]) -> bool:
    """A first-line indent, or the end of a hanging one."""
    last, em = group[-1], line.size
    if line.x0 - last.x0 > 0.7 * em:
        if len(group) > 1:
            return True
        rest = next((other for other in following if other.size > 0.94 * em), None)
        hangs = rest is not None and abs(rest.x0 - line.x0) < 0.3 * em
        label = has_bullet(last.text) or _is_item(last.text) or ENTRY_LABEL.match(last.text)
        full = last.right - last.x1 < 2 * em
        return not (label or (full and (hangs or ends_open(last.text))))
    if last.x0 - line.x0 > 0.7 * em:
        return len(group) > 1 or has_bullet(last.text)
    labels = (ENTRY_LABEL.match(text) for text in (last.text, line.text))
    return len(group) == 1 and all(labels)


def ends_open(text: str) -> bool:
    """Whether a text stops before its sentence does."""
    return not _ENDS.search(text)


def room_left(group: Sequence[Line], line: Line, following: Sequence[Line]) -> bool:
    """A last line that ends a sentence, or half-way, and had room for the next word."""
    last = group[-1]
    half_empty = last.right - last.x1 > 0.4 * (last.right - last.left)
    ended = not ends_open(last.text) or half_empty
    if not _is_item(line.text) and (line.text[:1].islower() or not ended):
        return False
    window = [*group[-6:], line, *following[:4]]
    right = max(other.x1 for other in window if abs(other.size - line.size) < 1)
    word = line.text.split(" ")[0]
    width = (line.x1 - line.x0) * (len(word) + 1) / max(len(line.text), 1)
    return right - last.x1 > width + line.size


# --- naming -----------------------------------------------------------------------------------


def _named(group: Group, measures: Type) -> Group:
    """The group with the kind that its type and its words show."""
    if group.kind != "paragraph":
        return group
    text = group.text
    kind: BlockKind = "paragraph"
    if _LEADERS.search(text):
        kind = "boilerplate"  # a table of contents
    elif _is_caption(group, measures):
        kind = "caption"
    elif _is_heading(group, measures):
        kind = "heading"
    elif _is_equation(text):
        kind = "equation"
    elif _is_figure_text(group, measures):
        kind = "table"
    elif has_bullet(text) or _is_item(text):
        kind = "list_item"
    return group if kind == group.kind else replace(group, kind=kind)


def _is_caption(group: Group, measures: Type) -> bool:
    match = _caption().match(group.text)
    if not match:
        return False
    rest = group.text[match.end() :].lstrip()
    set_apart = group.first.lead_bold or group.first.size < 0.95 * measures.size
    return bool(match["mark"]) or (set_apart and rest[:1].isupper())


def _is_heading(group: Group, measures: Type) -> bool:
    text = group.text
    if len(group.lines) > 3 or len(text) > 160:
        return False
    letters = [character for character in text if character.isalpha()]
    if len(letters) < 3:
        return False
    if is_known_heading(text):
        return True
    line = group.first
    numbered = bool(NUMBERING.match(text))
    if line.aside or "@" in text:
        return False
    capitals = len(letters) > 4 and all(letter.isupper() for letter in letters)
    large = line.size > 1.07 * measures.size
    italic = line.italic and (numbered or line.size > 0.95 * measures.size)
    if not (line.bold or large or capitals or italic):
        return False
    if line.size < 0.85 * measures.size or text[0].islower():
        return False
    if line.bold and text.endswith(".") and len(text.split()) <= 10:
        return True  # a paragraph's own heading that happens to fill its line
    return numbered or not text.endswith((".", ",", ";"))


def is_known_heading(text: str) -> bool:
    """Whether a line says nothing but the name of a section."""
    names = ("opening", "section", "references", "appendix", "closing")
    return any(bare(text) in cues("headings", name) for name in names) and not text.endswith(",")


def _is_equation(text: str) -> bool:
    """Mostly symbols: set formulas, and the stray numbers of a chart's axes."""
    if len(text) > 200 or "@" in text or ADDRESS.search(text):
        return False
    words = sum(len(word) for word in LETTERS.findall(text) if len(word) > 2)
    return words < 0.4 * len(text.replace(" ", ""))


def _is_figure_text(group: Group, measures: Type) -> bool:
    """Labels inside a picture: small, short, no sentence."""
    words = len(group.text.split())
    small = group.first.size < 0.92 * measures.size
    return small and words <= 8 * len(group.lines) and words < 25 and ends_open(group.text)
