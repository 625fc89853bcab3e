"""The brief as a Word document: read again with the library, and part by part."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from fixtures.briefs import exchange_brief, paper_brief, told
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.errors import PasserelleError
from pipelines.brief import Brief, Check, Failure, SentenceGrade, Target
from pipelines.language.reasons import reason
from pipelines.language.typography import one_line
from pipelines.render import render, render_bytes


def read(brief: Brief) -> Word:
    return Document(BytesIO(render_bytes(brief, "docx")))


def styled(word: Word, style: str) -> list[str]:
    return [p.text for p in word.paragraphs if p.style is not None and p.style.name == style]


def cells(word: Word) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]


def _paragraphs(table: Table) -> list[Paragraph]:
    return [p for row in table.rows for cell in row.cells for p in cell.paragraphs]


def test_the_brief_has_words_own_title_headings_quotations_and_lists() -> None:
    word = read(paper_brief())
    assert styled(word, "Title") == [paper_brief().documents[0].title]
    assert styled(word, "Heading 1")[:3] == [
        "The bottom line · L’essentiel",
        "Context · Contexte",
        "What the paper says · Ce que dit l’article",
    ]
    assert styled(word, "Heading 1")[-3:] == [
        "Evidence · Preuve",
        "How this brief was checked · Comment cette synthèse a été vérifiée",
        "Readability · Lisibilité",
    ]
    assert len(styled(word, "Quote")) == len(styled(word, "List Number")) == 8


@pytest.mark.parametrize(
    ("brief", "row"),
    [
        (
            paper_brief(),
            [
                "Residents of shaded streets made 12.5% fewer calls for help with heat.",
                "À traduire (conserver 12,5\u00a0%)",
            ],
        ),
        (
            exchange_brief(),
            [
                "Que deviennent les 25 $ de frais par mois\u202f?",
                "To translate (keep $25)",
            ],
        ),
    ],
)
def test_both_languages_stand_side_by_side_the_brief_s_own_first(
    brief: Brief, row: list[str]
) -> None:
    shown = [[text.split("\u00a0[")[0] for text in found] for found in cells(read(brief))]
    assert row in shown


def test_each_run_says_its_language() -> None:
    word = read(paper_brief())
    row = next(r for t in word.tables for r in t.rows if r.cells[0].text.startswith("Four towns"))
    spoken = [
        [run._r.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:val")) for run in p.runs]
        for cell in row.cells
        for p in cell.paragraphs
    ]
    assert spoken == [["en-CA"], ["fr-CA"]]
    default = read(exchange_brief()).styles.element.find(f".//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "fr-CA"


def test_in_one_language_alone_the_document_and_every_run_are_of_it() -> None:
    brief = paper_brief()
    done = tuple(
        replace(one, target=replace(one.target, text="Fait.", state="final"))
        for one in brief.segments
    )
    content = render_bytes(replace(brief, segments=done), "docx", only="fr")
    word = Document(BytesIO(content))
    texts = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 1"]
    assert texts[:2] == ["L’essentiel", "Contexte"]
    assert word.core_properties.language == "fr-CA"
    quotes = {p.text for p in word.paragraphs if p.style and p.style.name in ("Quote", "Title")}
    spoken = {
        lang.get(qn("w:val"))
        for paragraph in (*word.paragraphs, *(p for t in word.tables for p in _paragraphs(t)))
        for run in paragraph.runs
        if paragraph.text not in quotes
        for lang in run._r.iter(qn("w:lang"))
    }
    assert spoken == {"fr-CA"}, "but for the title and quotes, which are the source's"


def test_each_line_leads_to_its_evidence_with_place_strength_certainty_and_steps() -> None:
    word = read(paper_brief())
    body = word.element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert links == marks == [f"evidence{number}" for number in range(1, 9)]
    first = styled(word, "List Number")[0].split("\n")
    assert first == [
        "s1, p.\u00a04, Results",
        "Strength of the claim: correlational (things go together). Certainty: moderate. "
        "Wording: citation marks left out, plainer word.",
        "Force de l’affirmation\u00a0: corrélationnelle (des faits vont de pair). "
        "Certitude\u00a0: modérée. Formulation\u00a0: appels de citation retirés, mot plus simple.",
    ]
    assert styled(word, "Quote")[0].startswith("“On afternoons above 30°C")


def test_an_exchange_gives_timecodes() -> None:
    places = [one.split("\n")[0] for one in styled(read(exchange_brief()), "List Number")]
    assert "s2, 00:05:12" in places


def test_a_translated_line_stands_without_a_mark() -> None:
    segment = told("s1", "findings", "Rents fell.", "Rents fell.")
    target = Target("fr", "Les loyers ont baissé.", "translated", "translator")
    rows = cells(read(replace(paper_brief(), segments=(replace(segment, target=target),))))
    assert ["Rents fell.\u00a0[1]", "Les loyers ont baissé."] in rows


def test_a_failed_check_says_which_line_and_why() -> None:
    word = read(paper_brief())
    assert (
        "✗ No claim was found to be stronger than its evidence · Aucune affirmation plus forte que "
        "sa preuve n’a été relevée" in styled(word, "List Bullet")
    )
    (line,) = styled(word, "List Bullet 2")
    assert line.startswith("s2: “led to” is causal")
    assert line.count("“led to” is causal") == 1


def test_a_reason_of_our_own_is_told_in_both_languages() -> None:
    why = reason("number_lacking", written="13")
    word = read(replace(paper_brief(), checks=(Check("numbers", False, (Failure("s2", why),)),)))
    assert styled(word, "List Bullet 2") == [
        "s2: has the number “13”, which its evidence lacks · contient le nombre "
        "«\u00a013\u00a0», absent de sa preuve"
    ]


def test_what_stands_in_the_way_of_grade_8_and_the_grades_are_told() -> None:
    grades = (SentenceGrade("s1", 15.2, 9.4, ("rare_words",)), SentenceGrade("s3", 11.0, 7.9))
    brief = paper_brief()
    word = read(replace(brief, readability=replace(brief.readability, sentences=grades)))
    assert styled(word, "Heading 2") == [
        "What stands in the way of grade 8 · Ce qui empêche d’atteindre la 8e année"
    ]
    assert "s1, grade 9.4: rare or long words · niveau 9,4\u00a0: mots rares ou longs" in styled(
        word, "List Bullet"
    )
    assert [brief.segments[2].text, "11.0", "7.9"] in cells(word)


def test_the_same_brief_gives_the_same_bytes_without_clock_or_path() -> None:
    content = render_bytes(paper_brief(), "docx")
    assert content == render_bytes(paper_brief(), "docx")
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.namelist()[0] == "[Content_Types].xml"
        assert "docProps/thumbnail.jpeg" not in parts.namelist()
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))


def test_the_properties_say_title_author_and_language_and_no_day_of_their_own() -> None:
    properties = read(paper_brief()).core_properties
    assert (properties.author, properties.last_modified_by) == ("Passerelle", "Passerelle")
    assert properties.title == paper_brief().documents[0].title
    assert properties.language == "en-CA"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.year == 1980


def test_tables_follow_the_order_of_the_schema() -> None:
    order = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
    for table in read(paper_brief()).tables:
        found = [etree.QName(child).localname for child in table._tbl.tblPr]
        assert found == sorted(found, key=order.index)


@settings(max_examples=10, deadline=None)
@given(st.text(alphabet="<>&\"' ab\n\t\x00\x1b\u2028é\ufffe\ud800", max_size=30))
@example("< ")
@example(" <")
@example(" ")
def test_no_text_can_break_the_document(text: str) -> None:
    brief = paper_brief()
    segment = told("s1", "findings", text, text, place=text, steps=(text or "step",))
    document = replace(brief.documents[0], title=text, source=text)
    check = Check(text or "check", False, (Failure(text, text),))
    word = read(replace(brief, documents=(document,), segments=(segment,), checks=(check,)))
    shown = one_line(text).replace("\ufffe", "\ufffd")
    assert f"{shown}\u00a0[1]" in {found[0] for found in cells(word)}


def test_every_format_has_its_bytes() -> None:
    for form in ("md", "html", "xlf", "json"):
        assert render_bytes(paper_brief(), form) == render(paper_brief(), form).encode()
    with pytest.raises(PasserelleError, match="format odt: not known"):
        render_bytes(paper_brief(), "odt")
