"""What only the order of blocks tells: front matter, reference lists, paragraphs cut in two.

In: the ``Group``s of a paper as ``pdf_blocks`` names them one by one. Out: the same lines in
groups with their final kinds: title and author lines, one group a reference, acknowledgements as
boilerplate, the notes of a table, and each paragraph whole that a column, a page or a picture had
parted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import BlockKind
from corpus.readers.patterns import ROMAN
from corpus.readers.pdf_blocks import (
    ENTRY_LABEL,
    NUMBERING,
    Group,
    Type,
    bare,
    cues,
    ends_open,
    groups_of,
    has_bullet,
    is_known_heading,
    measure,
    room_left,
)
from corpus.readers.pdf_layout import Line
from corpus.readers.run_in import is_labelled
from corpus.text import LETTERS


def blocks(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], title: str = ""
) -> list[Group]:
    """All blocks of a paper in reading order.

    ``pages`` holds the lines of each page, ``heights`` the height of each page in points;
    ``title`` is the file's own, which counts where the first page shows it.
    """
    measures = measure(line for page in pages for line in page)
    groups = _beside(groups_of(pages, heights, measures), measures)
    groups = _noted(groups, measures)
    cover, groups = _without_cover(groups)
    groups = [*cover, *_front_matter(groups, measures, title)]
    groups = _back_matter(groups)
    return _joined(_table_notes(groups, measures), measures)


# --- front and back matter --------------------------------------------------------------------


#: The number that opens a note at the foot of a page.
_NOTE_NUMBER = re.compile(r"\[?(\d{1,2})(?:[\].)]|\s)\s*\S")


def _noted(groups: list[Group], measures: Type) -> list[Group]:
    """Small numbered lines whose number is raised in the page's text are notes.

    The raised number of a note behind a number is none of its powers: "18" with note 3 is not
    18^3. That of a ten is left, for powers of ten are common.
    """
    numbers: dict[int, set[str]] = {}
    result = []
    raised = {
        (line.page, mark)
        for group in groups
        for line in group.lines
        if "^" in line.text or "[" in line.text
        for mark in _RAISED_MARK.findall(line.text)
    }
    for group in groups:
        found = _NOTE_NUMBER.match(group.text)
        page = group.first.page
        small = group.first.size < 0.9 * measures.size
        loose = small and group.kind in ("list_item", "paragraph", "footnote")
        if found and loose and (page, found[1]) in raised:
            numbers.setdefault(page, set()).add(found[1])
            group = replace(group, kind="footnote")
        result.append(group)
    return [_with_marks(group, numbers) for group in result]


#: A raised number as ``pdf_layout`` writes it.
_RAISED_MARK = re.compile(r"(?:\^|\[)(\d{1,2})(?!\d)")


def _with_marks(group: Group, numbers: dict[int, set[str]]) -> Group:
    """The group with the marks of its page's notes set apart from the numbers before them."""

    def mark(found: re.Match[str]) -> str:
        return f"{found[1]} [{found[2]}]" if found[2] in own else found[0]

    if not numbers or not any("^" in line.text for line in group.lines):
        return group
    lines = []
    for line in group.lines:
        own = numbers.get(line.page, set())
        text = _POWER.sub(mark, line.text) if own and "^" in line.text else line.text
        lines.append(replace(line, text=text) if text != line.text else line)
    return replace(group, lines=tuple(lines))


#: A number with a raised number behind it, but for ten.
_POWER = re.compile(r"\b(?!10\^)(\d[\d.,]*)\^(\d{1,2})(?!\d)")


def _without_cover(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """The cover page that a repository put before the paper, as boilerplate, and the paper."""
    first = groups[0].first.page if groups else 1
    cover = [group for group in groups if group.first.page == first]
    rest = groups[len(cover) :]
    said = " ".join(group.text for group in cover).lower()
    marks = sum(cue in said for cue in cues("front", "cover"))
    if marks < 2 or not rest or any(is_known_heading(group.text) for group in cover):
        return [], groups
    return [replace(group, kind="boilerplate") for group in cover], rest


def _beside(groups: list[Group], measures: Type) -> list[Group]:
    """Columns beside the text of the first pages that say what the journal has to say."""
    columns: dict[tuple[int, int], list[Group]] = {}
    for group in groups:
        columns.setdefault((group.first.page, group.first.column), []).append(group)
    widest: dict[int, float] = defaultdict(float)
    for group in groups:
        first = group.first
        widest[first.page] = max(widest[first.page], first.right - first.left)
    aside = {
        place
        for place, own in columns.items()
        if place[0] <= 2 and _is_aside(own, measures, widest[place[0]])
    }
    return [
        replace(group, kind="metadata")
        if (group.first.page, group.first.column) in aside
        else group
        for group in groups
    ]


def _is_aside(column: Sequence[Group], measures: Type, widest: float) -> bool:
    """Whether a column is narrow, begins with a cue, and holds no running text of the paper."""
    lines = [line for group in column for line in group.lines]
    narrow = max(line.x1 for line in lines) - min(line.x0 for line in lines) < 0.45 * widest
    told = any(group.text.lower().startswith(cues("front", "beside")) for group in column)
    prose = any(
        _is_prose(group.text) and group.first.size > 0.97 * measures.size for group in column
    )
    return narrow and told and not prose


def _front_matter(groups: list[Group], measures: Type, stated: str) -> list[Group]:
    """Title, authors and affiliations: what the first page says before the paper begins."""
    number = _title_index(groups, measures, stated)
    if number is None:
        return groups
    stop = _opening_index(groups, number + 1)
    title = groups[number]
    end = number + 1
    while end < stop and _same_type(groups[end].first, title.first):
        title = replace(title, lines=title.lines + groups[end].lines)
        end += 1
    before = [_as_metadata(group) for group in groups[:number]]
    after = [_as_metadata(group) for group in groups[end:stop]]
    rest = [_publication(group) for group in groups[stop:]]
    return [*before, replace(title, kind="title"), *after, *rest]


def _as_metadata(group: Group) -> Group:
    words = ("paragraph", "heading", "list_item", "table", "equation", "footnote")
    return replace(group, kind="metadata") if group.kind in words else group


def _publication(group: Group) -> Group:
    """Journal, dates and key words that stand among the first page's text."""
    if group.first.page != 1:
        return group
    text = group.text.lower()
    short = len(text.split()) < 40 and group.kind in ("paragraph", "footnote", "table", "equation")
    if short and any(
        text.startswith(cue) or (cue in ("doi.org", "issn", "©") and cue in text)
        for cue in cues("front", "publication")
    ):
        return replace(group, kind="metadata")
    return group


def _title_index(groups: Sequence[Group], measures: Type, stated: str) -> int | None:
    """The title as the file states it, or the largest type above the first section of page 1."""
    key = _letters(stated)
    candidates = []
    front = groups[0].first.page if groups else 1
    for index, group in enumerate(groups):
        match = NUMBERING.match(group.text)
        numbered = group.kind == "heading" and match and match["decimal"]
        named = is_known_heading(group.text) and not _is_kicker(group.text)
        if group.first.page > front or numbered or named:
            break
        letters = sum(character.isalpha() for character in group.text)
        words = _letters(group.text)
        if len(words) > 8 and key.startswith(words) and group.kind != "boilerplate":
            return index
        plausible = group.kind in ("paragraph", "heading", "list_item") and 4 < letters < 400
        plausible = plausible and not _is_kicker(group.text)
        if plausible and group.first.size > 1.12 * measures.size:
            candidates.append((-round(group.first.size, 1), index))
    return min(candidates)[1] if candidates else None


def _is_kicker(text: str) -> bool:
    """Whether a line says what kind of article this is rather than what it is called."""
    return text.lower().strip(" .:•|-–—") in cues("front", "kickers")


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _same_type(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) < 0.03 * b.size and a.bold == b.bold


def _opening_index(groups: Sequence[Group], start: int) -> int:
    """The first heading or the first long paragraph after the title, on page 1."""
    front = groups[0].first.page if groups else 1
    for index in range(start, len(groups)):
        group = groups[index]
        if group.first.page > front:
            return index
        numbered = group.kind == "heading" and re.match(rf"\d|{ROMAN}\.", group.text)
        if numbered or (len(group.lines) < 4 and _opens(group.text)):
            return index
        if group.kind == "paragraph" and is_labelled(group.text):
            return index
        if group.kind == "paragraph" and _is_prose(group.text):
            before = groups[index - 1]
            heads = index > start and before.kind == "heading" and not _names_people(before.text)
            return index - 1 if heads else index
    return start


def _is_prose(text: str) -> bool:
    """At least 25 words, most in lower case: sentences rather than names and addresses."""
    words = [word for word in text.split() if word[:1].isalpha()]
    lower = sum(1 for word in words if word[0].islower())
    return len(words) >= 25 and 2 * lower > len(words) and "@" not in text


def _opens(text: str) -> bool:
    return bare(text) in cues("headings", "opening") + cues("headings", "section")


def _names_people(text: str) -> bool:
    words = [word for word in LETTERS.findall(text) if len(word) > 3]
    return len(text.split()) > 1 and all(word[0].isupper() for word in words)


def _back_matter(groups: Sequence[Group]) -> list[Group]:
    """Reference entries, acknowledgements and the like, until another heading ends them."""
    mode: BlockKind | None = None
    style: Line | None = None
    result: list[Group] = []
    for group in groups:
        if group.kind == "heading" and not (
            mode == "reference" and not _ends_references(group, style)
        ):
            mode, style = _mode_after(group), group.first
            result.append(group)
        elif mode and _belongs(group, mode):
            told: Group = replace(group, kind=mode)
            last = result[-1]
            if last.kind == mode == "reference" and _same_column(last.last, told.first):
                told = replace(last, lines=last.lines + told.lines)
                result.pop()
            result.append(told)
        elif group.kind == "paragraph" and _runs_in_closing(group):
            result.append(replace(group, kind="boilerplate"))
        else:
            result.append(group)
    return [
        entry
        for group in result
        for entry in (_entries(group) if group.kind == "reference" else [group])
    ]


def _belongs(group: Group, mode: BlockKind) -> bool:
    """Whether a group is part of the reference list or the closing section it stands in."""
    if group.kind in ("heading", "metadata"):
        return mode == "reference"
    table_row = group.kind == "table" and len(group.first.cells) > 1
    return group.kind in ("paragraph", "list_item", "equation", "table") and not table_row


def _mode_after(heading: Group) -> BlockKind | None:
    name = bare(heading.text)
    if name in cues("headings", "references"):
        return "reference"
    return "boilerplate" if name in cues("headings", "closing") else None


def _same_column(a: Line, b: Line) -> bool:
    return (a.page, a.column) == (b.page, b.column)


def _ends_references(group: Group, style: Line | None) -> bool:
    appendix = bare(group.text).startswith(("append", "annex", "supplement"))
    return appendix or (style is not None and _same_type(group.first, style))


def _runs_in_closing(group: Group) -> bool:
    """A paragraph whose first, bold words are "Acknowledgements." or the like."""
    head = re.split(r"[.:—]", group.text, maxsplit=1)[0]
    return group.first.lead_bold and bare(head) in cues("headings", "closing")


def _entries(group: Group) -> list[Group]:
    """One group an entry: at each label, where a hanging indent ends, or after a gap."""
    left = min(line.x0 for line in group.lines)
    labelled = sum(1 for line in group.lines if ENTRY_LABEL.match(line.text))
    inner = sum(1 for line in group.lines if line.x0 > left + 0.7 * line.size)
    hanging = 4 * inner > len(group.lines)
    steps = [a.y - b.y for a, b in pairwise(group.lines)]
    usual = min(steps, default=0.0)
    entries: list[list[Line]] = []
    for line in group.lines:
        if not entries:
            starts = True
        elif 4 * labelled > len(group.lines):
            starts = bool(ENTRY_LABEL.match(line.text))
        elif hanging:
            starts = line.x0 < left + 0.3 * line.size
        else:
            last = entries[-1][-1]
            wide = last.y - line.y > 1.25 * usual
            starts = wide or room_left(entries[-1], line, ())
        if starts:
            entries.append([])
        entries[-1].append(line)
    return [replace(group, lines=tuple(lines)) for lines in entries]


def _table_notes(groups: Sequence[Group], measures: Type) -> list[Group]:
    """Small text right below a table explains the table."""
    result: list[Group] = []
    noted = False
    for group in groups:
        small = group.first.size < 0.92 * measures.size
        if group.kind == "table":
            noted = group.last.size < 0.97 * measures.size
        elif noted and small and group.kind in ("paragraph", "list_item"):
            group = replace(group, kind="footnote")
        elif group.kind != "equation":
            noted = False
        result.append(group)
    return result


# --- across columns and pages -----------------------------------------------------------------

_FLOWING: frozenset[str] = frozenset({"paragraph", "list_item", "reference", "footnote"})
_FLOATING: frozenset[str] = frozenset({"caption", "table", "boilerplate", "metadata", "footnote"})


def _joined(groups: Sequence[Group], measures: Type) -> list[Group]:
    """Groups with each paragraph whole that a column, a page or a float had parted."""
    result: list[Group] = []
    open_index: int | None = None
    parted = False
    hanging = any(group.kind == "reference" and _hangs(group) for group in groups)
    for group in groups:
        before = result[open_index] if open_index is not None else None
        if group.kind in _FLOWING:
            moved = before is not None and (parted or not _same_column(before.last, group.first))
            rest = _entry_goes_on(before, group, hanging) if before and moved else False
            if before is not None and moved and (rest or _goes_on(before, group, measures)):
                result[open_index or 0] = replace(before, lines=before.lines + group.lines)
                parted = False
                continue
        if group.kind in _FLOATING:
            parted = True
        elif group.kind in _FLOWING:
            open_index, parted = len(result), False
        else:
            open_index = None
        result.append(group)
    return result


def _goes_on(before: Group, group: Group, measures: Type) -> bool:
    """Whether ``group`` is the rest of the paragraph ``before``."""
    last, first = before.last, group.first
    if before.kind != group.kind and (before.kind, group.kind) != ("list_item", "paragraph"):
        return False
    if abs(last.size - first.size) > 0.06 * last.size or has_bullet(first.text):
        return False
    indent = first.x0 - first.left
    if before.kind == "reference":
        return False
    if ends_open(last.text):
        continuing = first.text[:1].islower() or last.text[-1:] in "-,\u00ad"
        full = last.right - last.x1 < 2 * last.size
        return continuing or (full and indent < 0.7 * first.size)
    full = last.right - last.x1 < 0.5 * last.size
    return (
        full
        and measures.indented
        and indent < 0.3 * first.size
        and before.kind == "paragraph"
        and last.page <= first.page
        and len(before.lines) > 1
    )


def _hangs(entry: Group) -> bool:
    return any(line.x0 - entry.first.x0 > 0.7 * line.size for line in entry.lines[1:])


def _entry_goes_on(before: Group, group: Group, hanging: bool) -> bool:
    """Whether ``group`` is the rest of the reference entry ``before``."""
    if not before.kind == group.kind == "reference":
        return False
    first = group.first
    if ENTRY_LABEL.match(before.first.text):
        return not ENTRY_LABEL.match(first.text)
    if hanging:
        return first.x0 - first.left > 0.7 * first.size
    return ends_open(before.last.text) and first.text[:1].islower()
