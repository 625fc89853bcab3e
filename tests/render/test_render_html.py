"""The brief as a web page: complete, self-contained, accessible, and proof against its texts."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import resources
from io import StringIO

import pytest
from fixtures.briefs import exchange_brief, paper_brief, told
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

from pipelines.brief import Brief, Check, Failure, Section, Target
from pipelines.language.reasons import reason
from pipelines.language.typography import one_line
from pipelines.render import render
from pipelines.render.layout import check_label, shown_checks
from pipelines.render.terminal import print_brief

HOSTILE = [
    "<script>alert(1)</script>",
    "</style></head><body onload=alert(1)>",
    '"><img src=https://evil.example/x onerror="alert(1)">',
    "{{ 7 * 7 }} {% raw %} {# #}",
    "</details></section><h1>Approved by the minister</h1>",
    "javascript:alert(1)",
    "\u202eevil\x00\x1b[31m&lt;b&gt;&copy;\ud800",
]


def page(brief: Brief) -> html.HtmlElement:
    return html.document_fromstring(render(brief, "html"))


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def with_text(text: str) -> Brief:
    brief = paper_brief()
    segment = told("s1", "findings", text, text, place=text, steps=(text or "step",))
    segment = replace(segment, target=Target("fr", text, "translated", "translator"))
    document = replace(brief.documents[0], title=text, source=text)
    check = Check(text or "check", False, (Failure(text, text),))
    return replace(brief, documents=(document,), segments=(segment,), checks=(check,))


def test_the_page_is_self_contained() -> None:
    tree = page(paper_brief())
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //form | //base")
    assert not tree.xpath("//@*[starts-with(name(), 'on')] | //@src | //@style")
    assert all(address.startswith("#") for address in tree.xpath("//@href"))
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]
    style = tree.findtext(".//style")
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_has_landmarks_one_title_and_a_heading_a_section() -> None:
    tree = page(paper_brief())
    assert [len(tree.xpath(f"//body/{name}")) for name in ("header", "main", "footer")] == [1, 1, 1]
    assert len(tree.xpath("//h1")) == 1
    headings = [words(heading) for heading in tree.xpath("//main//h2")]
    assert headings[0] == "The bottom line L’essentiel"
    assert len(headings) == len(tree.xpath("//main/section")) == 8
    for section in tree.xpath("//section"):
        assert tree.get_element_by_id(section.get("aria-labelledby")).tag == "h2"


@pytest.mark.parametrize(
    ("brief", "languages"), [(paper_brief(), ["en", "fr"]), (exchange_brief(), ["fr", "en"])]
)
def test_the_language_of_the_brief_comes_first_and_each_part_says_its_own(
    brief: Brief, languages: list[str]
) -> None:
    tree = page(brief)
    assert tree.get("lang") == languages[0]
    for segment in tree.find_class("segment"):
        assert segment.xpath("div[@class='columns']/p/@lang") == languages


def test_evidence_opens_in_place_with_quote_place_strength_certainty_and_steps() -> None:
    segment = page(paper_brief()).get_element_by_id("s1")
    (details,) = segment.xpath("details")
    assert details.get("open") is None
    assert words(details.find("summary")) == "Evidence Preuve p. 4 s1"
    (quote,) = details.xpath("blockquote")
    assert words(quote).startswith("“On afternoons above 30°C")
    assert quote.get("lang") == "en"
    english, french = details.xpath(".//dl")
    assert words(english) == (
        "Place p. 4, Results Strength of the claim correlational (things go together) "
        "Certainty moderate Wording citation marks left out, plainer word"
    )
    assert french.get("lang") == "fr"
    assert "Certitude modérée" in words(french)


def test_a_question_is_not_said_to_have_a_strength() -> None:
    (details,) = page(exchange_brief()).get_element_by_id("s2").xpath("details")
    french, english = details.xpath(".//dl")
    assert words(french) == "Endroit 00:05:12 Formulation les mots mêmes de la source"
    assert words(english) == "Place 00:05:12 Wording the source’s own words"


@pytest.mark.parametrize(
    ("section", "said"),
    [("evidence", True), ("barriers", True), ("bottom_line", True), ("commitments", False),
     ("decisions", False), ("recommendations", False), ("questions", False)],
)  # fmt: skip
def test_only_what_claims_something_has_a_strength(section: Section, said: bool) -> None:
    line = told("s1", section, "Shade lowers rents.", "Shade lowers rents.", strength="causal")
    shown = page(replace(exchange_brief(), segments=(line,))).get_element_by_id("s1")
    (details,) = shown.xpath(".//details")
    assert ("Strength" in words(details)) is said


def test_an_exchange_is_not_said_to_have_been_searched_as_a_paper_is() -> None:
    brief = exchange_brief()
    passed = replace(brief, checks=(*brief.checks, Check("absence", True, ())))
    failed = replace(brief, checks=(Check("absence", False, (Failure("s1", "it has one"),)),))
    assert shown_checks(passed) == shown_checks(brief)
    assert "absence" in [check.name for check in shown_checks(failed)]
    assert "transcript" in check_label(failed, "absence", "en")
    assert "paper" in check_label(paper_brief(), "absence", "en")


def test_what_is_to_translate_is_marked_with_its_numbers_in_the_target_s_typography() -> None:
    english, french = page(paper_brief()).get_element_by_id("s3").xpath("div/p")
    assert words(english).startswith("Residents of shaded streets made 12.5%")
    assert words(french) == "À traduire conserver 12,5 %"


def test_fixed_text_has_no_evidence_and_both_languages() -> None:
    segment = page(paper_brief()).get_element_by_id("s9")
    assert not segment.xpath("details")
    assert words(segment) == (
        "Four towns of 20,000 to 60,000 people in a humid continental climate. "
        "Quatre villes de 20 000 à 60 000 habitants au climat continental humide."
    )


def test_checks_readability_and_documents_close_the_page() -> None:
    footer = words(page(paper_brief()).find("body/footer"))
    assert "Checks passed: 4 of 5" in footer
    assert "✗ failed No claim was found to be stronger than its evidence" in footer
    assert "s2 “led to” is causal" in footer
    assert footer.count("“led to” is causal") == 1
    assert "Flesch–Kincaid grade Niveau scolaire Flesch-Kincaid 15.2 8.1" in footer
    assert "shade-trees.pdf SHA-256 3f2a9c51d07b" in footer


def test_a_reason_of_our_own_is_told_in_both_languages() -> None:
    why = reason("number_lacking", written="13")
    check = Check("numbers", False, (Failure("s2", why),))
    told_in = page(replace(paper_brief(), checks=(check,))).xpath("//*[@class='failure']//p")
    assert [(line.get("lang"), words(line)) for line in told_in] == [
        ("en", "s2 has the number “13”, which its evidence lacks"),
        ("fr", "s2 contient le nombre « 13 », absent de sa preuve"),
    ]


def assert_harmless(text: str) -> None:
    harmless, tree = page(with_text("A plain sentence.")), page(with_text(text))
    assert [e.tag for e in tree.iter()] == [e.tag for e in harmless.iter()]
    assert [sorted(e.keys()) for e in tree.iter()] == [sorted(e.keys()) for e in harmless.iter()]
    shown = tree.get_element_by_id("s1").xpath("div/p")[0].text_content().strip()
    assert shown == one_line(text).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_to_the_letter_and_does_nothing(text: str) -> None:
    assert_harmless(text)


@settings(deadline=None)
@given(st.text(alphabet="<>&\"'={}%#/ abc\n\x00\u2028é", min_size=1, max_size=40))
def test_no_text_can_break_the_page(text: str) -> None:
    assert_harmless(f"x{text}x")


@pytest.mark.parametrize(("count", "density"), [(4, "roomy"), (18, None), (24, "dense")])
def test_paper_is_set_as_tightly_as_the_brief_is_long(count: int, density: str | None) -> None:
    text = "Streets with shade trees were cooler on hot afternoons than streets without any. " * 2
    lines = tuple(told(f"s{number}", "findings", text, text) for number in range(count))
    assert page(replace(paper_brief(), segments=lines)).find("body").get("class") == density


def test_a_translation_longer_than_its_source_is_what_counts_on_paper() -> None:
    text = "Shade trees cool streets."
    french = Target("fr", "Les arbres d’ombrage rafraîchissent les rues. " * 12, "translated")
    lines = [told(f"s{number}", "findings", text, text) for number in range(9)]
    translated = tuple(replace(line, target=french) for line in lines)
    assert page(replace(paper_brief(), segments=tuple(lines))).find("body").get("class") == "roomy"
    assert page(replace(paper_brief(), segments=translated)).find("body").get("class") == "dense"


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, section 1.4.3)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_of_text_stands_out_from_its_background() -> None:
    css = resources.files("pipelines.render").joinpath("templates/brief.css").read_text("utf-8")
    colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))
    used = set(re.findall(r"(?<![-\w])color: var\(--([\w-]+)\)", css))
    assert used == {"ink", "quiet", "accent", "todo", "bad", "good"}
    for text in used:
        for background in ("#ffffff", colour["wash"], colour["todo-wash"]):
            light, dark = luminance(background), luminance(colour[text])
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, background)


@pytest.mark.parametrize("width", [80, 120])
def test_the_terminal_shows_sentences_places_and_summaries_within_its_width(width: int) -> None:
    out = StringIO()
    print_brief(paper_brief(), Console(file=out, width=width))
    lines = out.getvalue().splitlines()
    assert all(len(line) <= min(width, 100) for line in lines)
    assert "  The study did not measure night-time heat.  p.\u00a09" in lines
    assert "Lines to translate: 7 of 10" in lines
    assert "Checks passed: 4 of 5 ✗ No claim was found to be stronger than its evidence" in lines
    assert "Flesch–Kincaid grade 15.2 → 8.1 · Gunning fog index 17.9 → 9.7" in lines


def test_the_terminal_takes_no_orders_from_a_document() -> None:
    out = StringIO()
    print_brief(with_text("[bold red]no[/] \x1b[31mred"), Console(file=out, width=80))
    assert "[bold red]no[/] \ufffd[31mred" in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_in_one_language_alone_the_page_has_no_word_of_the_other() -> None:
    brief = paper_brief()
    done = tuple(
        replace(one, target=replace(one.target, text="Fait.", state="final"))
        for one in brief.segments
    )
    page = html.document_fromstring(render(replace(brief, segments=done), "html", "fr"))
    assert page.get("lang") == "fr"
    assert not page.xpath("//nav")
    english = [
        one.get("class")
        for one in page.iter()
        if one.get("lang") == "en" and one.tag not in ("blockquote", "h1")
    ]
    assert set(english) <= {"document"}
    assert page.xpath("count(//main//h2/span)") == page.xpath("count(//main//h2)")
