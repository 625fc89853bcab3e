"""The brief as Markdown: what it shows, and what a document's text can't do to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fixtures.briefs import exchange_brief, fixed, paper_brief, told
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.document import LANGUAGES
from corpus.errors import PasserelleError
from pipelines.brief import Brief, Check, Failure, from_json
from pipelines.language.reasons import reason
from pipelines.language.typography import one_line
from pipelines.render import render
from pipelines.render.markdown import escape

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OWN_HTML = {"<details>", "</details>", "<summary>Evidence · Preuve</summary>"}
HOSTILE = [
    "![x](https://evil.example/pixel.png)",
    "[click](javascript:alert(1)) and [ref][1]",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "# Approved by the minister",
    "a | b || c \\| d \\",
    "`code` ``more`` ```",
    "https://evil.example/`x`|y <https://evil.example>",
    "visit www.evil.example or write to a@evil.example.",
    "**bold** _it_ ~~gone~~ &lt;b&gt; &amp;copy; &#35;",
    "</details>\n\n## Fake heading\n\n- item\n\n---\n\n[1]: https://evil.example",
    "line one\u2028# two\x00\x1b[31m",
    "[^1]: note [x] - [ ] task",
]


def tokens(markdown: str) -> list[Token]:
    flat = []
    for token in PARSER.parse(markdown):
        flat.append(token)
        flat.extend(token.children or [])
    return flat


def visible(token: Token) -> str:
    return "".join(child.content for child in token.children or [])


def with_text(text: str) -> Brief:
    """The paper's brief with ``text`` in every place that a document or another tool fills."""
    brief = paper_brief()
    segment = told("s1", "findings", text, text, place=text, steps=(text or "step",))
    document = replace(brief.documents[0], title=text, source=text)
    check = Check(text or "check", False, (Failure(text, text),))
    return replace(brief, documents=(document,), segments=(segment,), checks=(check,))


def test_every_section_of_the_brief_has_its_heading_in_order() -> None:
    parsed = PARSER.parse(render(paper_brief(), "md"))
    headings = [
        parsed[index + 1].content
        for index, token in enumerate(parsed)
        if token.type == "heading_open" and token.tag == "h2"
    ]
    assert headings[:3] == [
        "The bottom line · L’essentiel",
        "Context · Contexte",
        "What the paper says · Ce que dit l’article",
    ]
    assert "Terms · Termes" not in headings, "no segments, no heading"


def test_both_languages_stand_side_by_side() -> None:
    markdown = render(paper_brief(), "md")
    assert "| English | Français |\n| :--- | :--- |" in markdown
    assert "Four towns of 20,000 to 60,000 people" in markdown
    row = next(line for line in markdown.splitlines() if line.startswith("| Four towns"))
    assert "| Quatre villes de 20\u00a0000 à 60\u00a0000 habitants" in row


def test_what_is_to_translate_is_marked_with_its_numbers_in_french() -> None:
    rows = render(paper_brief(), "md").splitlines()
    row = next(line for line in rows if line.startswith("| Residents"))
    assert row.endswith("| *À traduire* (conserver 12,5\u00a0%) |")


def test_a_french_brief_has_french_first() -> None:
    markdown = render(exchange_brief(), "md")
    assert "| Français | English |" in markdown
    assert "## L’essentiel · The bottom line" in markdown
    row = next(line for line in markdown.splitlines() if "1 200 chambres" in line)
    assert row.startswith("| La ville manque")
    assert row.endswith("| *To translate* (keep 1,200 · 37.5%) |")


def test_one_language_alone_leaves_the_other_out_and_marks_what_waits() -> None:
    english, french = (render(paper_brief(), "md", code) for code in LANGUAGES)
    assert "| English |" not in english
    assert "À traduire" not in english
    assert "Ce que dit l’article" not in english
    assert "## Ce que dit l’article" in french
    assert "- Residents of shaded streets" in french, "nothing is missing"
    assert "*À traduire*" in french


def test_a_form_that_holds_both_languages_is_not_had_in_one() -> None:
    with pytest.raises(PasserelleError, match="holds both languages"):
        render(paper_brief(), "xlf", "fr")


def test_a_draft_target_is_shown_and_still_marked() -> None:
    segment = told("s1", "findings", "Rents fell.", "Rents fell.")
    segment = replace(segment, target=replace(segment.target, text="Les loyers ont baissé."))
    markdown = render(replace(paper_brief(), segments=(segment,)), "md")
    assert "Les loyers ont baissé. *À traduire* |" in markdown


def test_each_sentence_has_its_quote_and_place() -> None:
    markdown = render(paper_brief(), "md")
    assert (
        "- [s3] “Heat-related calls for assistance were 12.5% lower among residents of shaded "
        "streets.” — p.\u00a04, Results" in markdown
    )
    assert "— 00:12:03" in render(exchange_brief(), "md")


def test_a_failed_check_says_which_sentence_and_why() -> None:
    markdown = render(paper_brief(), "md")
    assert "- ✗ No claim was found to be stronger than its evidence" in markdown
    assert "  - [s2] “led to” is causal" in markdown
    assert markdown.count("“led to” is causal") == 1


def test_a_reason_of_our_own_is_told_in_both_languages() -> None:
    why = reason("number_lacking", written="13")
    check = Check("numbers", False, (Failure("s2", why),))
    assert (
        "  - [s2] has the number “13”, which its evidence lacks · contient le nombre "
        "«\u00a013\u00a0», absent de sa preuve"
        in render(replace(paper_brief(), checks=(check,)), "md")
    )


def test_readability_is_shown_before_and_after() -> None:
    assert "| 15.2 | 8.1 |" in render(paper_brief(), "md")
    assert "| 61,2 | 74,8 |" in render(exchange_brief(), "md")


def assert_harmless(text: str) -> None:
    found = tokens(render(with_text(text), "md"))
    types = {token.type for token in found}
    assert types.isdisjoint({"link_open", "image", "fence", "code_block", "hr", "html_inline"})
    assert types.isdisjoint({"s_open", "strong_open", "footnote_ref"})
    blocks = {line for t in found if t.type == "html_block" for line in t.content.splitlines()}
    assert blocks <= OWN_HTML
    assert sum(token.type == "heading_open" for token in found) == 5
    assert sum(token.type == "table_open" for token in found) == 4
    cells = [visible(token).strip() for token in found if token.type == "inline"]
    assert f"{one_line(text)}\u00a0[s1]".strip() in cells


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_to_the_letter_and_does_nothing(text: str) -> None:
    assert_harmless(text)


@given(
    st.text(max_size=40)
    | st.text(alphabet="#*_`[]()<>!|\\&~:/@. \nawh1-=+$", max_size=40)
    | st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join)
)
def test_no_text_can_break_the_layout(text: str) -> None:
    assert_harmless(text)


@given(st.text(alphabet="#*_`[]<>|\\&@:/.wht ps$", max_size=40))
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    (inline,) = (t for t in PARSER.parse(f"x {escape(text)} x") if t.type == "inline")
    assert visible(inline) == one_line(f"x {one_line(text)} x") or not one_line(text)


def test_addresses_are_shown_as_code_so_that_no_viewer_links_them() -> None:
    assert escape("see https://evil.example/a_b now") == "see `https://evil.example/a_b` now"
    assert escape("a@b.example") == "`a@b.example`"
    assert escape("of https://a.example/feed; wait") == "of `https://a.example/feed`; wait"
    assert escape("at https://a.example/b?c=d.") == "at `https://a.example/b?c=d`."
    assert escape("at example.com, 2.4 times, e.g. so") == r"at example\.com, 2.4 times, e.g. so"


def test_the_same_brief_gives_the_same_bytes_in_every_format() -> None:
    for name in ("md", "html", "xlf", "json"):
        assert render(paper_brief(), name) == render(paper_brief(), name)


def test_json_is_the_brief_itself() -> None:
    assert from_json(render(paper_brief(), "json")) == paper_brief()


def test_an_unknown_format_is_refused_in_one_line() -> None:
    with pytest.raises(PasserelleError, match="format pdf: not known; choose one of md, html"):
        render(paper_brief(), "pdf")


def test_a_section_of_the_other_kind_of_brief_is_not_lost() -> None:
    stray = fixed("x1", "questions", "Who pays?", "Qui paie\u202f?")
    markdown = render(replace(paper_brief(), segments=(stray,)), "md")
    assert "## Questions asked" in markdown
    assert "| Who pays? | Qui paie\u202f? |" in markdown


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_brief_that_tells_nothing_has_no_row_of_ticks(form: str) -> None:
    empty = replace(
        paper_brief(),
        segments=(fixed("s1", "findings", "Nothing was found.", "Rien."),),
        checks=(Check("quotes", True), Check("numbers", True)),
    )
    page = render(empty, form)
    assert "there was nothing to check" in page
    assert "il n’y avait rien à vérifier" in page
    assert "✓" not in page
    failed = replace(empty, checks=(Check("absence", False, (Failure("s1", "told"),)),))
    assert "Checks passed: 0 of 1" in render(failed, form)
