"""A line that a person let stand against a check says so where it stands, in every form."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from docx import Document as Word
from drafts import FEWER, a_brief, a_document
from rich.console import Console

from pipelines.brief import Brief, Edit, from_json, to_json
from pipelines.render import render, render_bytes
from pipelines.render.terminal import print_brief
from pipelines.review.edited import approved

WHY = "A misprint, says the erratum."


@pytest.fixture(scope="module")
def brief() -> Brief:
    """Approved with a wrong number that was overruled, and words that no check decides on."""
    document = a_document()
    edits = [
        Edit("s1", "en", FEWER.replace("12%", "21%"), overruled=WHY),
        Edit("s3", "en", "Night-time air temperature outdoors did not differ.", confirmed=True),
    ]
    return approved(a_brief(document), edits, ["en"], {document.id: document}, "A. Tester")


def test_the_segment_says_who_let_it_stand_and_why(brief: Brief) -> None:
    first, second, third = json.loads(to_json(brief))["segments"]
    assert first["overruled"] == {"by": "A. Tester", "reason": WHY}
    assert "overruled" not in second
    assert third["confirmed"] == "A. Tester"
    assert from_json(to_json(brief)) == brief


def test_a_brief_without_it_reads_as_before(brief: Brief) -> None:
    bare = [replace(one, overruled=None, confirmed="") for one in brief.segments]
    text = to_json(replace(brief, segments=tuple(bare)))
    assert "overruled" not in json.loads(text)["segments"][0]
    assert from_json(text).segments == tuple(bare)


TOP = {
    "en": "Approved, with 1 overruled line, with 1 line that no check decides on",
    "fr": "Approuvée en anglais, traduction à venir, avec 1 ligne maintenue malgré une",
}
BADGES = {
    "en": "Overruled by A. Tester: “A misprint, says the erratum.” The checks say: ",
    "fr": "Maintenue par A. Tester\u00a0: «\u00a0A misprint, says the erratum.\u00a0» Les "
    "vérifications disent\u00a0: ",
}


@pytest.mark.parametrize("form", ["md", "html", "docx"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_badge_and_reason_stand_at_the_line_and_the_count_at_the_top(
    brief: Brief, form: str, language: str
) -> None:
    text = words_of(brief, form)
    assert TOP[language] in text
    assert text.index(TOP[language]) < text.index(BADGES[language])
    assert "21" in text[text.index(BADGES[language]) :][:300]
    line, at_end = text.index("21% fewer"), text.index("Checks")
    assert line < text.index(BADGES[language]) < at_end


def words_of(brief: Brief, form: str) -> str:
    if form != "docx":
        return render(brief, form).replace("\\", "")
    word = Word(io.BytesIO(render_bytes(brief, "docx")))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, "Checks"])


def test_a_translator_is_told_in_a_note(brief: Brief) -> None:
    assert '<note category="overruled">Maintenue par A. Tester' in render(brief, "xlf")


def test_the_terminal_says_so_too(brief: Brief) -> None:
    console = Console(file=io.StringIO(), width=100)
    print_brief(brief, console)
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Approved, with 1 overruled line" in said
    assert "Overruled by A. Tester" in said
