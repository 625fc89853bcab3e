"""The brief as a Word document (Office Open XML): side by side or one language, evidence numbered.

In: a brief. Out: the bytes of a ``.docx`` file. Headings, title, quotations and lists are Word's
own styles, so that its outline, its reading aloud and its templates work; each run says its
language; each line of the brief leads to its numbered evidence at the end. No clock and no path:
the same brief gives the same bytes. The pictures stay in the page: here is a table of grades.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from corpus.document import Language
from pipelines.brief import Brief, Evidence, Segment
from pipelines.language.reasons import told
from pipelines.language.typography import COLON, format_number, quoted
from pipelines.render import layout
from pipelines.render.layout import open_label, xml_text

_FONT = "Arial"
#: Canadian English and French: spelling and hyphenation in Word.
_TAG: dict[Language, str] = {"en": "en-CA", "fr": "fr-CA"}
#: What Word and zip want as dates; the first that a zip archive can hold.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_INK, _ACCENT, _TODO = (
    RGBColor(0x1C, 0x25, 0x30),
    RGBColor(0x0B, 0x55, 0x63),
    RGBColor(0x7A, 0x4A, 0),
)
#: Width between the margins of a Letter page, in centimetres.
_BREADTH = 17.6


Codes = tuple[Language, ...]
"""The languages shown, first the one that leads."""


def render(brief: Brief, only: Language | None = None) -> bytes:
    """The brief as a ``.docx`` file, its own language first; in one alone where it is named."""
    codes = layout.languages(brief, only)
    word = Document()
    _prepare(word, brief, codes[0])
    # The library looks through all of Word's styles for each paragraph and run: half of the time.
    vars(word.part)["get_style_id"] = cache(word.part.get_style_id)
    _head(word, brief, codes)
    numbers = _evidence_numbers(brief)
    for section, segments in layout.sections(brief):
        _heading(word, codes, "section", section)
        _segments(word, segments, numbers, codes)
    _evidence(word, brief, numbers, codes)
    _checks(word, brief, codes)
    _readability(word, brief, codes)
    return _packed(word)


# -- the document as a whole -------------------------------------------------------------------


def _prepare(word: Word, brief: Brief, language: Language) -> None:
    """Page, styles, language and properties, in place of the blank document's own."""
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21.59), Cm(27.94)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    _set_styles(word, language)
    properties = word.core_properties
    properties.author = properties.last_modified_by = "Passerelle"
    properties.title = xml_text(layout.brief_title(brief))[:255]
    properties.subject = layout.label("brief", layout.kind(brief), language)
    properties.identifier = xml_text(brief.id)[:255]
    properties.language = _TAG[language]
    properties.comments = ""
    properties.created = properties.modified = datetime(*_MOMENT)
    properties.revision = 1
    footer = page.footer.paragraphs[0]
    footer.add_run(f"Passerelle · {xml_text(brief.id)}")
    package = word.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # of the library's blank page
            package.rels.pop(name)


def _set_styles(word: Word, language: Language) -> None:
    for spoken in word.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), _TAG[language])
    sizes = {
        "Normal": 10.0,
        "Subtitle": 10.5,
        "Title": 18.0,
        "Heading 1": 12.0,
        "Heading 2": 10.5,
        "Quote": 9.5,
    }
    for name, size in sizes.items():
        style = word.styles[name]
        style.font.size = Pt(size)
        _set_font(style)
        style.font.color.rgb = _ACCENT if name.startswith(("Heading", "Sub")) else _INK
    word.styles["Normal"].paragraph_format.space_after = Pt(3)
    word.styles["Heading 1"].paragraph_format.space_before = Pt(10)
    word.styles["Heading 1"].paragraph_format.space_after = Pt(3)
    word.styles["Quote"].paragraph_format.left_indent = Cm(1.2)
    for name in ("To Translate", "Against a Check"):
        todo = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        todo.font.bold, todo.font.color.rgb = True, _TODO
    word.styles.add_style("Evidence Link", WD_STYLE_TYPE.CHARACTER).font.color.rgb = _ACCENT


def _set_font(style: ParagraphStyle) -> None:
    """Arial, which every machine has or has the measures of, in place of the theme's fonts."""
    style.font.name = _FONT
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def _packed(word: Word) -> bytes:
    """The document's parts in their order, each with the same date."""
    written, out = BytesIO(), BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w") as packed:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(part, parts.read(name), compresslevel=6)
    return out.getvalue()


# -- runs, headings, tables --------------------------------------------------------------------


def _write(paragraph: Paragraph, text: str, language: Language, style: str | None = None) -> Run:
    """Add a run that says its language; what XML can't hold becomes U+FFFD."""
    before, after = (" " if text[edge:][:1] == " " else "" for edge in (0, -1))
    line = xml_text(text)
    run = paragraph.add_run(f"{before}{line}{after}" if line else before, style)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), _TAG[language])
    run._r.get_or_add_rPr().append(spoken)
    return run


def _write_both(paragraph: Paragraph, texts: Iterable[tuple[Language, str]]) -> None:
    """A text in each language, once where they are the same."""
    seen: set[str] = set()
    for language, text in texts:
        if text not in seen:
            _write(paragraph, f" · {text}" if seen else text, language)
        seen.add(text)


def _pair(codes: Codes, group: str, name: str) -> list[tuple[Language, str]]:
    return [(code, open_label(group, name, code)) for code in codes]


def _heading(word: Word, codes: Codes, group: str, name: str) -> None:
    _write_both(word.add_paragraph(style="Heading 1"), _pair(codes, group, name))


def _table(word: Word, *widths: float) -> Table:
    """A table with thin lines between its rows; ``widths`` in centimetres."""
    table: Table = word.add_table(rows=0, cols=len(widths))
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "D5DDE3")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties = table._tbl.tblPr
    later = (
        "shd",
        "tblLayout",
        "tblCellMar",
        "tblLook",
    )  # the schema's order, which Word insists on
    following = [child for child in properties if child.tag in {qn(f"w:{name}") for name in later}]
    following[0].addprevious(borders)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _row(table: Table, header: bool = False) -> list[_Cell]:
    """A new row that stays on one page; a header row comes again on each page."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    for name in ("w:cantSplit", *(["w:tblHeader"] if header else [])):
        row._tr.get_or_add_trPr().append(OxmlElement(name))
    return list(row.cells)


# -- the brief ---------------------------------------------------------------------------------


def _head(word: Word, brief: Brief, codes: Codes) -> None:
    _write_both(word.add_paragraph(style="Subtitle"), _pair(codes, "brief", layout.kind(brief)))
    language = brief.documents[0].language if brief.documents else brief.language
    _write(word.add_paragraph(style="Title"), layout.brief_title(brief), language)
    table = _columns(word, codes)
    if len(codes) > 1:
        for cell, code in zip(_row(table, header=True), codes, strict=True):
            _write(cell.paragraphs[0], layout.label("endonym", code, code), code).bold = True
    for cell, code in zip(_row(table), codes, strict=True):
        run = _write(cell.paragraphs[0], layout.status(brief, code), code)
        run.bold = True
        if layout.is_standing(brief):
            run.font.color.rgb = _TODO
        _write(cell.add_paragraph(), layout.audience(brief, code), code)
        if len(codes) > 1 or layout.waits_for(brief, code):
            _write(cell.add_paragraph(), layout.translation_summary(brief, code), code)


def _columns(word: Word, codes: Codes) -> Table:
    """A table with a column for each language."""
    return _table(word, *[_BREADTH / len(codes)] * len(codes))


def _segments(
    word: Word, segments: Iterable[Segment], numbers: dict[str, list[int]], codes: Codes
) -> None:
    table = _columns(word, codes)
    for segment in segments:
        for cell, code in zip(_row(table), codes, strict=True):
            paragraph = cell.paragraphs[0]
            if len(codes) == 1:
                _alone(paragraph, segment, code)
            else:
                _text(paragraph, segment, code)
            if segment.language == code or len(codes) == 1:
                for number in numbers[segment.id]:
                    _link(paragraph, number)
            if badge := layout.badge(segment, code):
                _write(cell.add_paragraph(), f"⚠ {badge}", code, "Against a Check")


def _alone(paragraph: Paragraph, segment: Segment, language: Language) -> None:
    """The segment in one language, or in its own words, marked, while it is to translate."""
    text, spoken = layout.alone_in(segment, language)
    run = _write(paragraph, xml_text(text), spoken)
    run.bold = True if segment.section == "bottom_line" else None
    if spoken != language:
        _write(paragraph, " ", language)
        _write(paragraph, layout.open_mark(segment, language), language, "To Translate")


def _text(paragraph: Paragraph, segment: Segment, language: Language) -> None:
    text = layout.text_in(segment, language)
    if text is not None:
        run = _write(paragraph, xml_text(text), language)  # no space before the evidence's number
        run.bold = True if segment.section == "bottom_line" else None
    if segment.language == language or not layout.untranslated(segment):
        return
    if text is not None:
        _write(paragraph, " ", language)
    _write(paragraph, layout.open_mark(segment, language), language, "To Translate")
    kept = " · ".join(layout.kept(segment))
    if text is None and kept:
        _write(paragraph, f" ({layout.label('text', 'keep', language, items=kept)})", language)


def _link(paragraph: Paragraph, number: int) -> None:
    """A raised number that leads to the evidence of that number."""
    run = paragraph.add_run(f"\u00a0[{number}]", "Evidence Link")
    run.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"evidence{number}")
    run._r.addprevious(link)
    link.append(run._r)


# -- what it rests on --------------------------------------------------------------------------


def _evidence_numbers(brief: Brief) -> dict[str, list[int]]:
    """Segment id to the numbers of its evidence, counted from 1 in the brief's order."""
    numbers: dict[str, list[int]] = {segment.id: [] for segment in brief.segments}
    count = 0
    for _, segments in layout.sections(brief):
        for segment in segments:
            following = range(count + 1, count + 1 + len(segment.evidence))
            numbers[segment.id].extend(following)
            count += len(segment.evidence)
    return numbers


def _evidence(word: Word, brief: Brief, numbers: dict[str, list[int]], codes: Codes) -> None:
    if not any(numbers.values()):
        return
    _heading(word, codes, "text", "evidence")
    spoken = {document.id: document.language for document in brief.documents}
    number = 0
    for _, segments in layout.sections(brief):
        for segment in segments:
            for item in segment.evidence:
                number += 1
                entry = word.add_paragraph(style="List Number")
                entry.paragraph_format.keep_with_next = True
                _bookmark(entry, number)
                _about(entry, segment, item, codes)
                language = spoken.get(item.document, segment.language)
                quote = word.add_paragraph(style="Quote")
                _write(quote, quoted(xml_text(item.quote), language), language)


def _about(entry: Paragraph, segment: Segment, item: Evidence, codes: Codes) -> None:
    """Place, strength, certainty and wording of what a line of the brief rests on."""
    _write(entry, f"{segment.id}, ", codes[0])
    _write_both(entry, [(code, layout.place(item, code)) for code in codes])
    facts: list[tuple[str, str, tuple[str, ...]]] = [("steps", "step", segment.steps)]
    if segment.certainty:
        facts.insert(0, ("certainty", "certainty", (segment.certainty,)))
    if layout.assessed(segment):
        facts.insert(0, ("strength", "strength", (segment.strength,)))
    for code in codes:
        told = [
            f"{open_label('text', name, code)}{COLON[code]}"
            + ", ".join(open_label(group, value, code) for value in values)
            for name, group, values in facts
            if values
        ]
        if told:
            entry.add_run().add_break()
            _write(entry, f"{'. '.join(told)}.", code)


def _bookmark(paragraph: Paragraph, number: int) -> None:
    for name in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(name)
        mark.set(qn("w:id"), str(number))
        if name == "w:bookmarkStart":
            mark.set(qn("w:name"), f"evidence{number}")
        paragraph._p.append(mark)


def _checks(word: Word, brief: Brief, codes: Codes) -> None:
    _heading(word, codes, "text", "checks")
    summary = [(code, layout.checks_summary(brief, code)) for code in codes]
    _write_both(word.add_paragraph(), summary)
    for check in layout.shown_checks(brief):
        line = word.add_paragraph(style="List Bullet")
        _write(line, "✓ " if check.passed else "✗ " if check.refuses else "? ", codes[0])
        _write_both(line, [(code, layout.check_label(brief, check.name, code)) for code in codes])
        for failure in check.failures:
            why = word.add_paragraph(style="List Bullet 2")
            _write(why, f"{failure.segment}{COLON[codes[0]]}", codes[0])
            _write_both(why, [(code, told(failure.reason, code)) for code in codes])


def _readability(word: Word, brief: Brief, codes: Codes) -> None:
    """Grades of the lines, those above the target first in words, and the scores by formula."""
    graded, scores = layout.grades(brief), layout.formulas(brief)
    if not graded and not scores:
        return
    _heading(word, codes, "text", "readability")
    if graded:
        _hard_lines(word, brief, codes)
        rows = [
            ([layout.named_in(segment, codes)[::-1]], grade.before, grade.after)
            for segment, grade in graded
        ]
        _scores(word, codes, "line", rows)
        word.add_paragraph()
    if scores:
        _scores(word, codes, "formula", [(_pair(codes, "formula", n), b, a) for n, b, a in scores])


def _hard_lines(word: Word, brief: Brief, codes: Codes) -> None:
    hard = layout.hard_lines(brief)
    name = "hard_lines" if hard else "no_hard_lines"
    texts = [(code, layout.label("text", name, code, grade=layout.target(code))) for code in codes]
    _write_both(word.add_paragraph(style="Heading 2" if hard else None), texts)
    for segment, grade in hard:
        line = word.add_paragraph(style="List Bullet")
        _write(line, f"{segment.id}, ", codes[0])
        _write_both(line, [(code, layout.hardness(grade, code)) for code in codes])


def _scores(
    word: Word,
    codes: Codes,
    first: str,
    rows: Iterable[tuple[list[tuple[Language, str]], float | None, float | None]],
) -> None:
    table = _table(word, _BREADTH - 5.6, 2.4, 3.2)
    for cell, name in zip(_row(table, header=True), (first, "before", "after"), strict=True):
        _write_both(cell.paragraphs[0], _pair(codes, "text", name))
    for texts, before, after in rows:
        name_cell, *cells = _row(table)
        _write_both(name_cell.paragraphs[0], texts)
        for cell, value in zip(cells, (before, after), strict=True):
            shown = "–" if value is None else format_number(value, codes[0], 1)
            _write(cell.paragraphs[0], shown, codes[0])
