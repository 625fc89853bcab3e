"""Word and OpenDocument files: what a person sees in them is what is read."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from lxml import etree
from office import OpenDocument, archive, odt, saved, word
from PIL import Image

from corpus.document import Document
from corpus.errors import UnreadableError
from corpus.readers import read_bytes

PROSE = "The shaded streets stayed cooler than the open ones during every hot week of the summer."

Limit = Callable[[str, int], None]


def texts(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_styles_of_word_become_title_authors_sections_and_captions() -> None:
    content = word(
        ("Title", "Shade on Elm Street"),
        ("Normal", "By Anne Roy, Marc Côté and Li Wei"),
        ("Heading 1", "Methods"),
        ("Normal", PROSE),
        ("Heading 2", "Sensors"),
        ("List Bullet", "One sensor hung on each lamp post."),
        ("Caption", "Figure 1: Where the sensors hung."),
    )
    document = read_bytes(content, "shade.docx")
    assert document.kind == "paper"
    assert document.title == "Shade on Elm Street"
    assert document.authors == ("Anne Roy", "Marc Côté", "Li Wei")
    assert texts(document, "heading") == ["Methods", "Sensors"]
    assert texts(document, "list_item") == ["One sensor hung on each lamp post."]
    assert texts(document, "caption") == ["Figure 1: Where the sensors hung."]
    assert [b.section for b in document.blocks if b.kind == "list_item"] == ["Methods › Sensors"]


def test_a_style_of_the_document_s_own_is_a_heading_by_its_outline() -> None:
    made = docx.Document()
    style = made.styles.add_style("Chapitre maison", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = made.styles["Heading 1"]
    made.add_paragraph("Résultats", style="Chapitre maison")
    made.add_paragraph("Les rues ombragées sont restées plus fraîches que les autres tout l’été.")
    document = read_bytes(saved(made), "ombre.docx")
    assert document.language == "fr"
    assert document.title == "Résultats" or texts(document, "heading") == ["Résultats"]


@pytest.mark.parametrize(
    ("line", "relations"),
    [
        ("This article has been retracted at the request of its editors.", ["retracted_by"]),
        ("Retracted article", ["retracted_by"]),
        ("« Cet article a été rétracté par la rédaction. »", ["retracted_by"]),
        ("This article has been cited by twelve others.", []),
        ("Retracted articles are still cited for years.", []),
    ],
)
def test_a_line_at_the_top_that_says_retracted_is_enough(line: str, relations: list[str]) -> None:
    content = word(("Title", "Shade on Elm Street"), ("Normal", line), ("Normal", PROSE))
    document = read_bytes(content, "shade.docx")
    assert [relation.kind for relation in document.relations] == relations


def test_pictures_may_be_larger_than_all_text_may_be(limit: Limit) -> None:
    limit("max_unpacked_mb", 1)
    made = docx.Document()
    made.add_paragraph(PROSE)
    picture = io.BytesIO()
    Image.effect_noise((1400, 1400), 90).save(picture, "PNG")
    assert len(picture.getvalue()) > 1 << 20
    made.add_picture(picture)
    document = read_bytes(saved(made), "photographs.docx")
    assert PROSE in document.text


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("The lower limit was set at ")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for tag, inner, number in (("ins", "t", "40"), ("del", "delText", "25")):
        change = etree.SubElement(paragraph._p, f"{{{space}}}{tag}")
        run = etree.SubElement(change, f"{{{space}}}r")
        etree.SubElement(run, f"{{{space}}}{inner}").text = number
    paragraph.add_run(" decibels, and the town kept to it for the whole of the year.")
    document = read_bytes(saved(made), "limit.docx")
    assert "set at 40 decibels" in document.text
    assert "25" not in document.text


def test_a_raised_number_behind_a_word_cites_and_behind_a_unit_counts() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("This agrees with an earlier survey")
    paragraph.add_run("12").font.superscript = True
    paragraph.add_run(" of gardens of 30 m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" and of 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" bees, which the town counted in the spring of the same year.")
    text = read_bytes(saved(made), "bees.docx").text
    assert "survey [12] of gardens of 30 m2 and of 10^6 bees" in text


def test_formulas_of_word_are_said() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("The energy of the pendulum was ")
    paragraph._p.append(
        etree.fromstring(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f>'
            "<m:num><m:sSup><m:e><m:r><m:t>p</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r>"
            "</m:sup></m:sSup></m:num><m:den><m:r><m:t>2m</m:t></m:r></m:den></m:f></m:oMath>"
        )
    )
    paragraph.add_run(", as every pupil of the school could work out in a minute or two.")
    assert "was p^2/(2m), as every" in read_bytes(saved(made), "pendulum.docx").text.replace(
        "(p^2)", "p^2"
    ).replace("/2m", "/(2m)")


def test_word_files_of_speakers_are_exchanges() -> None:
    lines = [
        "Ann Lee: Good morning, and thank you all for coming to the hall today.",
        "Ben Ash: Thank you. What became of the shade that you promised us last year?",
        "Ann Lee: We planted forty trees, and we will plant sixty more next autumn.",
        "Ben Ash: Then the school can count on a cooler yard, which is good news.",
    ]
    document = read_bytes(word(*(("Normal", line) for line in lines)), "meeting.docx")
    assert document.kind == "exchange"
    assert [block.speaker for block in document.blocks] == ["Ann Lee", "Ben Ash"] * 2


STYLES = (
    '<style:style style:name="P7" style:family="paragraph" style:parent-style-name="Title"/>'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
)


def test_opendocument_is_read_with_its_notes_apart_and_without_what_was_deleted() -> None:
    content = odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Wrong: 25.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="P7">L’ombre rue des Ormes</text:p>'
        '<text:h text:outline-level="1">Résultats</text:h>'
        "<text:p>Les rues ombragées<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Voir le plan de la ville.</text:p></text:note-body></text:note> "
        'sont restées plus fraîches<text:span text:style-name="T1">4</text:span>'
        "<text:s/>que les autres pendant tout l’été.</text:p>"
        "<text:list><text:list-item><text:p>Quarante arbres plantés.</text:p></text:list-item>"
        "</text:list><table:table><table:table-row><table:table-cell><text:p>Rue</text:p>"
        "</table:table-cell><table:table-cell><text:p>28 °C</text:p></table:table-cell>"
        "</table:table-row></table:table>",
        STYLES,
    )
    document = read_bytes(content, "ombre.odt")
    assert document.title == "L’ombre rue des Ormes"
    assert texts(document, "paragraph") == [
        "Les rues ombragées sont restées plus fraîches [4] que les autres pendant tout l’été."
    ]
    assert texts(document, "list_item") == ["Quarante arbres plantés."]
    assert texts(document, "footnote") == ["Voir le plan de la ville."]
    assert texts(document, "table") == ["Rue | 28 °C"]
    assert "25" not in document.text


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (word(("Normal", PROSE))[:2000], "cut.docx", "damaged or cut short"),
        (archive({"xl/workbook.xml": "<x/>", "word/": ""}), "sheet.docx", "no Word document"),
        (word(), "blank.docx", "no sentence"),
        (odt(""), "blank.odt", "no text"),
        (archive({"mimetype": OpenDocument, "content.xml": "<a>"}), "bad.odt", "not well-formed"),
        (
            archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "entity.docx",
            "entities",
        ),
        (
            archive({"word/document.xml": b" " * (101 << 20)}),
            "bomb.docx",
            r"unpacks to more than 100 MB; .*PASSERELLE_MAX_UNPACKED_MB higher",
        ),
        (archive({f"word/{n}.xml": "<x/>" for n in range(10_001)}), "parts.docx", "10,001 parts"),
    ],
)
def test_office_files_that_cannot_be_read_say_why(content: bytes, name: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as raised:
        read_bytes(content, name)
    assert str(raised.value).startswith(f"{name}: ")
    assert "\n" not in str(raised.value)
