"""Set ``street-trees.xml`` as a journal would print it: ``street-trees.pdf``.

The PDF reader needs a sample with what makes journal pages hard to read: two columns, running
heads, page numbers, words hyphenated at line ends, a table and a figure. In: the JATS sample.
Out: the same article on A4 pages, byte for byte the same at each run (no clock, no
compression, only the standard Type 1 fonts). It sets the elements that the sample uses and is
no general JATS typesetter.

Run as ``python corpus/samples/make_samples.py``; needs reportlab and pyphen (``dev`` extra).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyphen
from lxml import etree
from reportlab.graphics.shapes import Circle, Drawing, Line, String
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

FOLDER = Path(__file__).resolve().parent
SOURCE = FOLDER / "street-trees.xml"
TARGET = FOLDER / "street-trees.pdf"

# Lengths are in points, as everywhere in reportlab.
PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 18 * mm
GUTTER = 7 * mm
FULL_WIDTH = PAGE_WIDTH - 2 * MARGIN
COLUMN_WIDTH = (FULL_WIDTH - GUTTER) / 2
FOOT = 20 * mm
HEAD = PAGE_HEIGHT - 22 * mm

_DICTIONARY = pyphen.Pyphen(lang="en_GB", left=3, right=3)


def _hyphenations(word: str) -> Iterator[tuple[str, str]]:
    """Head and tail at each place where a word may be hyphenated; none inside a compound."""
    if "-" not in word:
        yield from _DICTIONARY.iterate(word)


_BODY = ParagraphStyle(
    "body",
    fontName="Times-Roman",
    fontSize=9.5,
    leading=11.8,
    alignment=TA_JUSTIFY,
    firstLineIndent=10,
    hyphenationLang=_hyphenations,
    embeddedHyphenation=1,  # compounds break at their own hyphen
    splitLongWords=0,
    allowWidows=0,
)


def _style(name: str, parent: ParagraphStyle = _BODY, **changes: object) -> ParagraphStyle:
    return ParagraphStyle(name, parent, **changes)


_RAGGED = _style("ragged", alignment=0, firstLineIndent=0, hyphenationLang="")
STYLES = {
    style.name: style
    for style in (
        _BODY,
        _style("first", firstLineIndent=0),
        _style("kind", _RAGGED, fontName="Helvetica", fontSize=8, spaceAfter=6),
        _style("title", _RAGGED, fontName="Times-Bold", fontSize=18, leading=21, spaceAfter=8),
        _style("authors", _RAGGED, fontSize=11, leading=13, spaceAfter=4),
        _style("affiliation", _RAGGED, fontName="Times-Italic", fontSize=8.5, leading=10.5),
        _style("note", _RAGGED, fontSize=8, leading=9.8, spaceBefore=3),
        _style(
            "abstract",
            firstLineIndent=0,
            fontSize=9,
            leading=11,
            leftIndent=12,
            spaceAfter=2,
            embeddedHyphenation=0,  # reportlab loses a compound's hyphen after a bold run
        ),
        _style(
            "heading1",
            _RAGGED,
            fontName="Helvetica-Bold",
            fontSize=10.5,
            leading=13,
            spaceBefore=10,
            spaceAfter=4,
        ),
        _style(
            "heading2",
            _RAGGED,
            fontName="Helvetica-Oblique",
            fontSize=9.5,
            leading=12,
            spaceBefore=6,
            spaceAfter=2,
        ),
        _style("caption", _RAGGED, fontSize=8.2, leading=10, spaceBefore=3, spaceAfter=4),
        _style("cell", _RAGGED, fontSize=7, leading=8.2, alignment=TA_CENTER),
        _style("cell-left", _RAGGED, fontSize=7, leading=8.2),
        _style(
            "reference",
            alignment=0,
            firstLineIndent=-10,
            leftIndent=10,
            fontSize=8.3,
            leading=10,
            spaceAfter=2,
        ),
    )
}

_SUP = '<super rise="33%" size="70%">'
_MARKUP = {
    "italic": ("<i>", "</i>"),
    "bold": ("<b>", "</b>"),
    "sub": ('<sub rise="20%" size="70%">', "</sub>"),
    "sup": (_SUP, "</super>"),
    "source": ("<i>", "</i>"),
    "volume": ("<b>", "</b>"),
    "surname": ("", " "),  # <name> holds elements only: the blank is left to the typesetter
}


def inline(element: Any) -> str:
    """The text of a JATS element in reportlab's paragraph markup, white space collapsed."""
    parts = [escape(element.text or "")]
    for child in element:
        before, after = _MARKUP.get(child.tag, ("", ""))
        parts += [before, inline(child), after, escape(child.tail or "")]
    return re.sub(r"\s+", " ", "".join(parts))


def paragraph(element: Any, style: str, before: str = "") -> Paragraph:
    """An element set in one of ``STYLES``, after some markup of our own."""
    return Paragraph(before + inline(element).strip(), STYLES[style])


def front(article: Any) -> Iterator[Flowable]:
    """What runs across both columns of page 1: title, authors and abstract."""
    meta = article.find("front/article-meta")
    yield paragraph(meta.find("article-categories/subj-group/subject"), "kind")
    yield paragraph(meta.find("title-group/article-title"), "title")
    authors = (
        "{} {}{}{}</super>".format(
            contributor.findtext("name/given-names"),
            contributor.findtext("name/surname"),
            _SUP,
            ",".join(mark.xpath("string()") for mark in contributor.findall("xref")),
        )
        for contributor in meta.findall("contrib-group/contrib")
    )
    yield Paragraph(", ".join(authors), STYLES["authors"])
    for affiliation in meta.findall("contrib-group/aff"):
        label = affiliation.find("label")
        line = f"{_SUP}{label.text}</super> {escape(label.tail)}"
        yield Paragraph(line, STYLES["affiliation"])
    note = meta.find("author-notes/fn")
    yield paragraph(note.find("p"), "note", f"{note.findtext('label')} ")
    yield Paragraph(_imprint(meta), STYLES["note"])
    yield Paragraph("Abstract", STYLES["heading1"])
    for section in meta.findall("abstract/sec"):
        yield paragraph(section.find("p"), "abstract", f"<b>{section.findtext('title')}.</b> ")
    keywords = "; ".join(word.text for word in meta.findall("kwd-group/kwd"))
    yield Paragraph(f"<b>Keywords:</b> {keywords}", STYLES["abstract"])


def _imprint(meta: Any) -> str:
    dates = [(date.get("date-type"), date) for date in meta.findall("history/date")]
    dates.append(("published", meta.find("pub-date")))
    doi = meta.findtext("article-id[@pub-id-type='doi']")
    said = "; ".join(f"{kind} {date.get('iso-8601-date')}" for kind, date in dates)
    return f"{said[0].upper()}{said[1:]}. https://doi.org/{doi}"


def sections(parent: Any, number: str = "") -> Iterator[Flowable]:
    """The sections under ``parent`` with numbered headings, depth first."""
    for index, section in enumerate(parent.findall("sec"), 1):
        label = f"{number}{index}"
        level = label.count(".") + 1
        stop = "." if level == 1 else ""
        yield CondPageBreak(4 * _BODY.leading)
        yield paragraph(section.find("title"), f"heading{level}", f"{label}{stop} ")
        style = "first"
        for child in section:
            if child.tag == "p":
                yield paragraph(child, style)
                style = "body"
            elif child.tag in _FLOATS:
                yield _FLOATS[child.tag](child)
        yield from sections(section, f"{label}.")


def table(wrap: Any) -> Flowable:
    """A table with its caption above and its notes below, kept on one page."""
    rows = [[_cell(cell) for cell in row] for row in wrap.iter("tr")]
    shares = (0.12, 0.19, 0.15, 0.10, 0.11, 0.12, 0.21)
    grid = Table(rows, colWidths=[COLUMN_WIDTH * share for share in shares], repeatRows=1)
    grid.setStyle(
        TableStyle(
            [
                ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black),
                ("LINEBELOW", (0, 0), (-1, 0), 0.4, colors.black),
                ("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black),
                ("LEFTPADDING", (0, 0), (-1, -1), 1.5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 1.5),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ]
        )
    )
    caption = paragraph(wrap.find("caption/p"), "caption", f"<b>{wrap.findtext('label')}.</b> ")
    notes = paragraph(wrap.find("table-wrap-foot/p"), "caption")
    return KeepTogether([Spacer(1, 6), caption, grid, notes, Spacer(1, 6)])


def _cell(cell: Any) -> Paragraph:
    style = "cell-left" if cell.get("align") == "left" else "cell"
    return paragraph(cell, style)


def figure(element: Any) -> Flowable:
    """The figure, drawn from the last column of Table 1, with its caption below."""
    article = element.getroottree().getroot()
    estimates = [
        [float(number) for number in re.findall(r"\d(?:\.\d+)?", row[-1].text)]
        for row in article.findall(".//tbody/tr")[:4]
    ]
    label = element.findtext("label")
    caption = paragraph(element.find("caption/p"), "caption", f"<b>{label}.</b> ")
    return KeepTogether([Spacer(1, 6), _forest(estimates), caption, Spacer(1, 4)])


def _forest(estimates: list[list[float]]) -> Drawing:
    """Points with their intervals: rate ratios on a scale from 0.6 to 1.1."""
    height, left, bottom = 140.0, 30.0, 30.0
    drawing = Drawing(COLUMN_WIDTH, height)

    def level(ratio: float) -> float:
        return bottom + (ratio - 0.6) / 0.5 * (height - bottom - 28)

    def label(x: float, y: float, text: str) -> String:
        return String(x, y, text, fontName="Helvetica", fontSize=7, textAnchor="middle")

    drawing.add(Line(left, bottom, left, height - 20))
    drawing.add(Line(left, bottom, COLUMN_WIDTH, bottom))
    drawing.add(Line(left, level(1), COLUMN_WIDTH, level(1), strokeDashArray=[2, 2]))
    for tenth in range(6, 12):
        drawing.add(Line(left - 3, level(tenth / 10), left, level(tenth / 10)))
        drawing.add(label(left - 12, level(tenth / 10) - 2.5, f"{tenth / 10:.1f}"))
    step = (COLUMN_WIDTH - left) / len(estimates)
    for index, (ratio, *interval) in enumerate(estimates):
        x = left + step * (index + 0.5)
        if interval:
            drawing.add(Line(x, level(interval[0]), x, level(interval[1])))
        drawing.add(Circle(x, level(ratio), 2.6, fillColor=colors.black))
        drawing.add(label(x, bottom - 11, str(index + 1)))
    drawing.add(String(0, height - 14, "Adjusted rate ratio", fontName="Helvetica", fontSize=7))
    middle = (left + COLUMN_WIDTH) / 2
    drawing.add(label(middle, bottom - 23, "Quarter of street canopy (1 = least)"))
    return drawing


_FLOATS: dict[str, Callable[[Any], Flowable]] = {"table-wrap": table, "fig": figure}


def back(article: Any) -> Iterator[Flowable]:
    """Acknowledgements, declarations and the reference list."""
    thanks = article.find("back/ack")
    yield paragraph(thanks.find("title"), "heading1")
    yield paragraph(thanks.find("p"), "first")
    for note in article.findall("back/fn-group/fn/p"):
        yield paragraph(note, "first")
    references = article.find("back/ref-list")
    yield paragraph(references.find("title"), "heading1")
    for reference in references.findall("ref/mixed-citation"):
        yield paragraph(reference, "reference")


def template(article: Any, target: Path, title_height: float) -> BaseDocTemplate:
    """Page 1 with room for the title block, and all later pages, each with two columns."""
    journal = article.findtext("front/journal-meta/journal-title-group/journal-title")
    meta = article.find("front/article-meta")
    doi = meta.findtext("article-id[@pub-id-type='doi']")
    short = meta.findtext("title-group/alt-title")
    surname = meta.findtext("contrib-group/contrib/name/surname")
    year, number = meta.findtext("pub-date/year"), meta.findtext("elocation-id")
    issue = f"{journal} {meta.findtext('volume')} ({year}) {number}"

    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        page = canvas.getPageNumber()
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(MARGIN, HEAD + 14, issue if page % 2 else f"{surname} et al.")
        if page > 1:
            canvas.drawRightString(PAGE_WIDTH - MARGIN, HEAD + 14, short)
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, HEAD + 9, PAGE_WIDTH - MARGIN, HEAD + 9)
        canvas.drawCentredString(PAGE_WIDTH / 2, FOOT - 22, str(page))

    def columns(height: float) -> list[Frame]:
        edges = (MARGIN, MARGIN + COLUMN_WIDTH + GUTTER)
        return [Frame(x, FOOT, COLUMN_WIDTH, height, 0, 0, 0, 0) for x in edges]

    top = Frame(MARGIN, HEAD - title_height, FULL_WIDTH, title_height, 0, 0, 0, 0)
    pages = [
        PageTemplate("first", [top, *columns(HEAD - title_height - FOOT - 6)], onPage=furniture),
        PageTemplate("later", columns(HEAD - FOOT), onPage=furniture),
    ]
    return BaseDocTemplate(
        str(target),
        pagesize=A4,
        pageTemplates=pages,
        title=meta.findtext("title-group/article-title"),
        author="; ".join(name.text for name in meta.iter("surname")),
        subject=f"doi:{doi}",
        lang="en",
        invariant=1,
        pageCompression=0,
    )


def make_pdf(source: Path = SOURCE, target: Path = TARGET) -> None:
    """Write the article at ``source`` as a PDF at ``target``."""
    article = etree.parse(str(source)).getroot()
    head = list(front(article))
    heights = (
        flowable.wrap(FULL_WIDTH, PAGE_HEIGHT)[1]
        + flowable.style.spaceBefore
        + flowable.style.spaceAfter
        for flowable in head
    )
    story = [
        *head,
        NextPageTemplate("later"),
        FrameBreak(),
        *sections(article.find("body")),
        *back(article),
    ]
    template(article, target, sum(heights) + 4).build(story)


if __name__ == "__main__":
    make_pdf()
