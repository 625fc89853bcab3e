"""Two small pictures of a brief as SVG: how hard each line is to read, how strong each claim is.

In: a brief. Out: an ``<svg>`` element to stand in a page, or None where there is nothing to show.
Each has a title and a description in both languages which say in words all that is drawn; marks
differ by shape and place, never by colour alone; nothing refers outside the picture. Drawn 320
units wide, so that it can be read on a telephone and in a column of a printed page.

Shape of the first: dot plot of paired values, after Cleveland, "The Elements of Graphing Data"
(1994), section 3.4.
"""

from __future__ import annotations

from collections.abc import Iterable

from drawsvg import Circle, Drawing, Line, Rectangle, Text, Title

from corpus.document import Language
from pipelines.brief import STRENGTHS, TARGET_GRADE, Brief, Certainty, Segment
from pipelines.language.typography import format_number
from pipelines.render.layout import assessed, grades, label, languages, named_in, sections, xml_text
from pipelines.render.layout import target as target_in

_WIDTH = 320
#: The same colours as the page's (``templates/brief.css``): 4.5 to 1 and more on white.
_INK, _QUIET, _ACCENT, _TARGET, _LINE = "#1c2530", "#52606d", "#0b5563", "#7a4a00", "#d5dde3"
_SIZE = 10
_ROW = 16
#: Where the names of the lines end, and the plot of grades from 0 to 18 begins and ends.
_NAME_END, _PLOT_START, _PLOT_END = 158, 166, 312
_HIGHEST_GRADE = 18.0
_TICKS = (0, 4, 8, 12, 16)
_STRENGTH_START, _CERTAINTY_START, _STEP = 192, 262, 13
_CERTAINTIES: tuple[Certainty, ...] = ("very_low", "low", "moderate", "high")
#: Sections whose claims the second picture shows.
_CLAIMS = ("bottom_line", "findings")


Codes = tuple[Language, ...]
"""The languages shown, first the one that leads."""

_NARROW, _WIDE = frozenset("iljtfrI.,;:’'|!()[]- \u00a0\u202f"), frozenset("WMm%@…—ÆæŒœ¼½¾")


class _Description(Title):  # type: ignore[misc]  # drawsvg has no types
    """The ``<desc>`` element, which drawsvg lacks."""

    TAG_NAME = "desc"


def grades_picture(brief: Brief, only: Language | None = None) -> str | None:
    """School grade of each line's source and of its own words, beside the target."""
    rows, codes = grades(brief), languages(brief, only)
    if not rows:
        return None
    top = 3 * _ROW
    bottom = top + _ROW * len(rows)
    drawing = _drawing(brief, codes, "grades", bottom + 2 * _ROW)
    _grades_key(drawing, codes)
    for tick in _TICKS:
        x = _grade_x(tick)
        drawing.append(Line(x, top, x, bottom, stroke=_LINE))
        _write(drawing, str(tick), x, bottom + 11, _QUIET, "middle")
    target = _grade_x(TARGET_GRADE)
    drawing.append(
        Line(
            target, top - 4, target, bottom, stroke=_TARGET, stroke_width=2, stroke_dasharray="4 2"
        )
    )
    for index, (segment, grade) in enumerate(rows):
        middle = top + _ROW * index + _ROW / 2
        _name(drawing, segment, codes, middle)
        before, after = _grade_x(grade.before), _grade_x(grade.after)
        drawing.append(Line(before, middle, after, middle, stroke=_QUIET, stroke_width=1.5))
        _source_mark(drawing, before, middle)
        _brief_mark(drawing, after, middle)
    _both(drawing, "grade_axis", codes, bottom + 24)
    return _svg(drawing)


def strengths_picture(brief: Brief, only: Language | None = None) -> str | None:
    """Strength of each claim of the bottom line and the findings, and its certainty."""
    rows, codes = _claims(brief), languages(brief, only)
    if not rows:
        return None
    key = _strengths_key(rows, codes)
    top = 2 * _ROW
    bottom = top + _ROW * len(rows)
    drawing = _drawing(brief, codes, "strengths", bottom + _ROW * len(key) + 8)
    for row, code in enumerate(codes):
        y = 11 + 12 * row
        _write(
            drawing, label("text", "strength_short", code), _STRENGTH_START, y, _QUIET, lang=code
        )
        _write(drawing, label("text", "certainty", code), _CERTAINTY_START, y, _QUIET, lang=code)
    for index, segment in enumerate(rows):
        middle = top + _ROW * index + _ROW / 2
        _name(drawing, segment, codes, middle, _STRENGTH_START - 8)
        _boxes(drawing, STRENGTHS.index(segment.strength) + 1, _STRENGTH_START, middle)
        if segment.certainty:
            _dots(drawing, _CERTAINTIES.index(segment.certainty) + 1, _CERTAINTY_START, middle)
    drawing.append(Line(0, bottom + 4, _WIDTH, bottom + 4, stroke=_LINE))
    for index, (boxes, level, text) in enumerate(key):
        middle = bottom + 8 + _ROW * index + _ROW / 2
        (_boxes if boxes else _dots)(drawing, level, 0, middle)
        _write(drawing, text, 4 * _STEP + 6, middle + 3.5, _INK)
    return _svg(drawing)


def _claims(brief: Brief) -> list[Segment]:
    return [
        segment
        for section, segments in sections(brief)
        if section in _CLAIMS
        for segment in segments
        if assessed(segment) and segment.evidence
    ]


# -- what the pictures say in words ------------------------------------------------------------


def _described(brief: Brief, picture: str, codes: Codes, language: Language) -> str:
    """All that a picture shows, as sentences."""
    lines: Iterable[str]
    if picture == "grades":
        target = target_in(language)
        first = label("picture", "grades_text", language, grade=target)
        lines = (
            label(
                "picture",
                "grade_of",
                language,
                segment=segment.id,
                text=_start(named_in(segment, codes)[0]),
                before=format_number(grade.before, language, 1),
                after=format_number(grade.after, language, 1),
            )
            for segment, grade in grades(brief)
        )
    else:
        first = label("picture", "strengths_text", language)
        lines = (_strength_in_words(segment, codes, language) for segment in _claims(brief))
    return xml_text(" ".join((first, *lines)))


def _strength_in_words(segment: Segment, codes: Codes, language: Language) -> str:
    certainty = (
        label("certainty", segment.certainty, language)
        if segment.certainty
        else label("text", "unrated", language)
    )
    return label(
        "picture",
        "strength_of",
        language,
        segment=segment.id,
        text=_start(named_in(segment, codes)[0]),
        strength=label("strength_short", segment.strength, language),
        certainty=certainty,
    )


def _strengths_key(rows: list[Segment], codes: Codes) -> list[tuple[bool, int, str]]:
    """Boxes or dots, how many, and what they mean: only what the picture uses."""
    strengths = {segment.strength for segment in rows}
    certainties = {segment.certainty for segment in rows}
    key = [
        (True, level, _pair("strength_short", name, codes))
        for level, name in enumerate(STRENGTHS, 1)
        if name in strengths
    ]
    return key + [
        (False, level, _pair("certainty", name, codes))
        for level, name in enumerate(_CERTAINTIES, 1)
        if name in certainties
    ]


def _pair(group: str, name: str, codes: Codes, **values: object) -> str:
    """A label in each language, once where they are the same."""
    return " · ".join(dict.fromkeys(label(group, name, code, **values) for code in codes))


def _start(text: str, width: float = 60 * _SIZE * 0.52) -> str:
    """The first whole words of a text that fit a width in units, with … where some are left."""
    line = xml_text(text)
    if _breadth(line) <= width:
        return line
    kept = ""
    for word in line.split(" "):
        longer = f"{kept} {word}".lstrip()
        if _breadth(f"{longer}…") > width:
            break
        kept = longer
    while not kept and line and _breadth(f"{line}…") > width:  # one word longer than the room
        line = line[:-1]
    return f"{(kept or line).rstrip(',;:–—- ')}…"


def _breadth(text: str) -> float:
    """About how wide a text is in units: Arial's widths in four classes, on the safe side."""
    return _SIZE * sum(map(_share, text))


def _share(char: str) -> float:
    if char in _NARROW:
        return 0.34
    if char in _WIDE:
        return 1.02
    return 0.57 if char.islower() or char.isdigit() else 0.79


# -- how it's drawn ----------------------------------------------------------------------------


def _drawing(brief: Brief, codes: Codes, picture: str, height: float) -> Drawing:
    """An empty drawing with its title and description in each language."""
    drawing = Drawing(
        _WIDTH,
        height,
        role="img",
        lang=codes[0],
        aria_labelledby=" ".join(f"{picture}-title-{code}" for code in codes),
        aria_describedby=" ".join(f"{picture}-text-{code}" for code in codes),
        font_family="Arial, 'Liberation Sans', sans-serif",
    )
    for code in codes:
        title = label("picture", picture, code)
        drawing.append(Title(title, id=f"{picture}-title-{code}", lang=code))
    for code in codes:
        text = _described(brief, picture, codes, code)
        drawing.append(_Description(text, id=f"{picture}-text-{code}", lang=code))
    return drawing


def _svg(drawing: Drawing) -> str:
    return str(drawing.as_svg(header="", skip_js=True, skip_css=True)).strip()


def _grade_x(grade: float) -> float:
    share = min(max(grade, 0.0), _HIGHEST_GRADE) / _HIGHEST_GRADE
    return round(_PLOT_START + share * (_PLOT_END - _PLOT_START), 1)


def _write(
    drawing: Drawing,
    text: str,
    x: float,
    y: float,
    fill: str,
    anchor: str = "start",
    lang: Language | None = None,
) -> None:
    spoken = {"lang": lang} if lang else {}
    drawing.append(Text(text, _SIZE, x, y, fill=fill, text_anchor=anchor, **spoken))


def _name(
    drawing: Drawing, segment: Segment, codes: Codes, middle: float, end: float = _NAME_END
) -> None:
    """The id and first words of a line of the brief, left of its marks."""
    words, spoken = named_in(segment, codes)
    _write(drawing, _start(f"{segment.id} {words}", end), 0, middle + 3.5, _INK, lang=spoken)


def _both(drawing: Drawing, name: str, codes: Codes, y: float) -> None:
    _write(drawing, _pair("picture", name, codes), _PLOT_END, y, _QUIET, "end")


def _grades_key(drawing: Drawing, codes: Codes) -> None:
    before, after = _pair("text", "before", codes), _pair("text", "after", codes)
    _source_mark(drawing, 6, 8)
    _write(drawing, before, 16, 11.5, _INK)
    second = 16 + _breadth(before) + 14
    _brief_mark(drawing, second, 8)
    _write(drawing, after, second + 10, 11.5, _INK)
    grade = target_in(codes[0])
    drawing.append(Line(0, 24, 12, 24, stroke=_TARGET, stroke_width=2, stroke_dasharray="4 2"))
    _write(drawing, _pair("picture", "target", codes, grade=grade), 16, 27.5, _INK)


def _source_mark(drawing: Drawing, x: float, y: float) -> None:
    drawing.append(Circle(x, y, 4.5, fill="#ffffff", stroke=_INK, stroke_width=1.5))


def _brief_mark(drawing: Drawing, x: float, y: float) -> None:
    drawing.append(Rectangle(x - 3, y - 3, 6, 6, fill=_ACCENT))


def _boxes(drawing: Drawing, level: int, x: float, middle: float) -> None:
    """Four boxes, the first ``level`` of them full."""
    for step in range(4):
        fill = _ACCENT if step < level else "#ffffff"
        drawing.append(
            Rectangle(x + _STEP * step + 1, middle - 5, 10, 10, fill=fill, stroke=_ACCENT)
        )


def _dots(drawing: Drawing, level: int, x: float, middle: float) -> None:
    """Four dots, the first ``level`` of them full."""
    for step in range(4):
        fill = _INK if step < level else "#ffffff"
        drawing.append(Circle(x + _STEP * step + 6, middle, 4.5, fill=fill, stroke=_INK))
