"""The two pictures of a brief: what they show, in words too, and that nothing can break them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fixtures.briefs import exchange_brief, paper_brief, told
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from reportlab.pdfbase.pdfmetrics import stringWidth

from pipelines.brief import STRENGTHS, Brief, SentenceGrade
from pipelines.language.lexicon import table
from pipelines.render import layout, render
from pipelines.render.pictures import grades_picture, strengths_picture
from pipelines.rewrite import loop

SVG = "{http://www.w3.org/2000/svg}"
GRADES = (
    SentenceGrade("s1", 15.2, 7.4),
    SentenceGrade("s2", 12.9, 9.1, ("rare_words", "noun_string")),
    SentenceGrade("s3", 11.0, 8.0),
    SentenceGrade("s7", 18.4, 12.6, ("nested",)),
)


def graded(brief: Brief, *grades: SentenceGrade) -> Brief:
    return replace(brief, readability=replace(brief.readability, sentences=grades))


def drawn(picture: str | None) -> etree._Element:
    assert picture is not None
    return etree.fromstring(picture.encode())


def page(brief: Brief) -> html.HtmlElement:
    return html.document_fromstring(render(brief, "html"))


def texts(root: etree._Element, name: str) -> dict[str, str]:
    """Language to what a title or description says."""
    return {str(e.get("lang")): str(e.text) for e in root.iterfind(f"{SVG}{name}")}


def marks(root: etree._Element) -> list[tuple[float, float]]:
    """The middles of the circles and squares of the lines, (source, brief), the key left out."""
    circles = [float(e.get("cx", "")) for e in root.iterfind(f"{SVG}circle")][1:]
    squares = [float(e.get("x", "")) + 3 for e in root.iterfind(f"{SVG}rect")][1:]
    return list(zip(circles, squares, strict=True))


def test_the_target_is_the_one_that_rewriting_works_towards() -> None:
    assert vars(layout)["TARGET_GRADE"] == vars(loop)["TARGET_GRADE"]


def test_an_old_brief_without_grades_has_no_picture_of_them() -> None:
    assert grades_picture(paper_brief()) is None
    assert "grades-title" not in render(paper_brief(), "html")


def test_a_brief_without_claims_has_no_picture_of_their_strength() -> None:
    assert strengths_picture(exchange_brief()) is None


def test_each_line_has_its_two_marks_where_its_grades_are() -> None:
    root = drawn(grades_picture(graded(paper_brief(), *GRADES)))
    (s1, s2, s3, s7) = marks(root)
    _key, line = (e for e in root.iterfind(f"{SVG}path") if e.get("stroke-dasharray"))
    target = float(line.get("d", "").split(",")[0].removeprefix("M"))
    assert s1[0] > s7[1] > s2[1] > s3[1] > s1[1]
    assert s3[1] == pytest.approx(target, abs=0.1)
    assert s7[0] <= 312, "a grade above 18 stays in the picture"


@pytest.mark.parametrize(
    ("language", "numbers"), [("en", ("15.2", "7.4")), ("fr", ("15,2", "7,4"))]
)
def test_the_description_tells_each_grade_in_both_languages(
    language: str, numbers: tuple[str, str]
) -> None:
    told_in = texts(drawn(grades_picture(graded(paper_brief(), *GRADES))), "desc")[language]
    assert all(number in told_in for number in numbers)
    assert all(grade.segment in told_in for grade in GRADES)


def test_each_picture_is_an_image_with_title_and_description_by_reference() -> None:
    brief = graded(paper_brief(), *GRADES)
    for root in (drawn(grades_picture(brief)), drawn(strengths_picture(brief))):
        assert root.get("role") == "img"
        ids = [e.get("id") for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}]
        assert f"{root.get('aria-labelledby')} {root.get('aria-describedby')}".split() == ids
        assert set(texts(root, "title")) == set(texts(root, "desc")) == {"en", "fr"}


def test_strength_and_certainty_are_counted_in_full_boxes_and_dots() -> None:
    segment = told("s1", "findings", "Rents may fall.", "Rents may fall.", strength="conditional")
    root = drawn(strengths_picture(replace(paper_brief(), segments=(segment,))))
    boxes = [e.get("fill") for e in root.iterfind(f"{SVG}rect")]
    dots = [e.get("fill") for e in root.iterfind(f"{SVG}circle")]
    full = [fill != "#ffffff" for fill in boxes[:4]]
    assert full == [True, True, True, False], "conditional is the third of four"
    assert [fill != "#ffffff" for fill in dots[:4]] == [True, True, True, False], "moderate"
    assert "may be a cause, certainty moderate" in texts(root, "desc")["en"]
    assert "peut être une cause, certitude modérée" in texts(root, "desc")["fr"]


def test_only_claims_of_the_bottom_line_and_the_findings_are_weighed() -> None:
    described = texts(drawn(strengths_picture(paper_brief())), "desc")["en"]
    assert re.findall(r"\bs\d+\b", described) == ["s1", "s3", "s4", "s5"]


def test_a_claim_without_a_certainty_is_told_as_not_rated() -> None:
    segment = replace(told("s1", "findings", "Rents fell.", "Rents fell."), certainty=None)
    root = drawn(strengths_picture(replace(paper_brief(), segments=(segment,))))
    assert "certainty not rated" in texts(root, "desc")["en"]
    assert not root.findall(f"{SVG}circle")


def test_every_strength_has_a_short_label() -> None:
    assert set(table("labels")["strength_short"]) == set(STRENGTHS)


def test_nothing_refers_outside_the_picture_and_the_same_brief_gives_the_same_bytes() -> None:
    brief = graded(paper_brief(), *GRADES)
    for picture in (grades_picture, strengths_picture):
        svg = picture(brief)
        assert svg is not None
        assert svg == picture(brief)
        assert not re.search(r"href|url\(|@import|<script|<style|<image", svg)
        assert set(re.findall(r"https?://[^\"]+", svg)) == {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }


@given(
    st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Zs"]), max_size=60)
    | st.lists(
        st.sampled_from(["WWWW", "Mm", "municipalités", "of", "iii", "«", "25\u00a0%"]), max_size=20
    ).map(" ".join)
)
def test_the_first_words_of_a_line_end_before_the_marks(text: str) -> None:
    segment = told("s1", "findings", text, text)
    brief = graded(replace(paper_brief(), segments=(segment,)), SentenceGrade("s1", 9.0, 8.0))
    for picture, end in ((grades_picture, 162), (strengths_picture, 190)):
        names = [e for e in drawn(picture(brief)).iterfind(f"{SVG}text") if e.get("x") == "0"]
        assert len(names) == 1
        assert stringWidth(names[0].text or "", "Helvetica", 10) <= end


@given(st.text(alphabet="<>&\"'={}%#/ abc\n\x00\u2028é\ufffe\ud800", max_size=40))
def test_no_text_can_break_a_picture(text: str) -> None:
    segment = told("s1", "findings", text, text)
    brief = graded(replace(paper_brief(), segments=(segment,)), SentenceGrade("s1", 9.0, 8.0))
    for picture in (grades_picture, strengths_picture):
        root = drawn(picture(brief))
        plain = drawn(
            picture(
                graded(
                    replace(brief, segments=(told("s1", "findings", "a", "a"),)),
                    SentenceGrade("s1", 9.0, 8.0),
                )
            )
        )
        assert [e.tag for e in root.iter()] == [e.tag for e in plain.iter()]


def test_the_page_holds_both_pictures_under_captions_in_both_languages() -> None:
    tree = page(graded(paper_brief(), *GRADES))
    figures = tree.xpath("//footer//figure")
    assert [len(figure.xpath("svg")) for figure in figures] == [1, 1]
    for figure in figures:
        assert figure.xpath("figcaption/span/@lang") == ["en", "fr"]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("form", ["md", "html"])
def test_what_stands_in_the_way_of_grade_8_is_told_hardest_first_in_both_languages(
    form: str,
) -> None:
    shown = render(graded(paper_brief(), *GRADES), form).replace("\\", "")
    assert "What stands in the way of grade 8" in shown
    assert "Ce qui empêche d’atteindre la 8e année" in shown
    assert "grade 9.1: rare or long words, nouns upon nouns, few verbs" in shown
    assert "niveau 9,1\u00a0: mots rares ou longs, noms enchaînés, peu de verbes" in shown
    assert shown.index("grade 12.6") < shown.index("grade 9.1")
    assert "grade 8.0" not in shown, "the target itself is reached"


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_brief_whose_every_line_is_plain_says_so(form: str) -> None:
    shown = render(graded(paper_brief(), SentenceGrade("s1", 15.2, 7.4)), form)
    assert "Every line of this brief is at grade 8 or below." in shown
    assert "What stands in the way of grade" not in shown


def test_a_reason_that_another_tool_named_is_shown_by_its_name() -> None:
    shown = render(graded(paper_brief(), SentenceGrade("s1", 15.0, 9.0, ("odd_rhythm",))), "md")
    assert "grade 9.0: odd rhythm" in shown


def test_a_grade_of_a_line_that_is_not_in_the_brief_is_left_out() -> None:
    assert grades_picture(graded(paper_brief(), SentenceGrade("s99", 15.0, 9.0))) is None
