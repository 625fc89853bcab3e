"""What docs/contributing.md walks through: a function and its line in a table are enough."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus.readers
from corpus.document import Document, Passage, assemble
from corpus.readers import READERS, Reader, read
from pipelines import verify
from pipelines.brief import Evidence, Segment, Target
from pipelines.language.reasons import Reason, reason
from pipelines.reading.reading import readings_of
from pipelines.rewrite import steps
from pipelines.rewrite.loop import rewrite
from pipelines.rewrite.steps import Context
from pipelines.verification.pair import Pair


def document(text: str, name: str) -> Document:
    whole, blocks, anchors = assemble([Passage(text, "paragraph", "Results")])
    return Document(
        "a" * 16, "paper", "en", None, (), {}, None, name, "0" * 64, whole, blocks, anchors
    )


def read_gemtext(content: bytes, name: str) -> Document:
    """A reader of somebody's own format."""
    return document(content.decode().removeprefix("=> "), name)


def whisper(text: str, context: Context) -> str:
    """A cleaning step of somebody's own."""
    return text.replace(" REALLY", "")


def no_shouting(pair: Pair) -> Iterator[Reason]:
    """A rule of somebody's own."""
    if pair.text.isupper():
        yield reason("mostly_unsupported")


def test_a_reader_is_its_function_and_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = Reader("Gemtext", (".gmi",), lambda head: False, lambda head: True, read_gemtext)
    monkeypatch.setattr(corpus.readers, "READERS", (own, *READERS))
    (tmp_path / "page.gmi").write_text("=> Ponds cool streets.")
    assert read(tmp_path / "page.gmi").text == "Ponds cool streets."


def test_a_rewriting_step_is_its_function_and_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(steps.CLEANING["paper"], "whisper", whisper)
    told, made = rewrite("Ponds REALLY cool streets.", Context("en", "paper"), lambda text: True)
    assert (told, made) == ("Ponds cool streets.", ("whisper",))


def test_what_a_step_says_is_still_held_to_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(steps.CLEANING["paper"], "whisper", whisper)
    text = "Ponds REALLY cool streets."
    assert rewrite(text, Context("en", "paper"), lambda text: False) == (text, ())


def test_a_rule_is_its_function_and_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    source = document("PONDS COOL STREETS.", "a.md")
    quote = Evidence(source.id, 0, len(source.text), source.text)
    told = Segment("s1", "findings", source.text, "en", Target("fr"), evidence=(quote,))
    readings = readings_of([source])
    assert "no_shouting" not in dict(verify.failures(told, readings))
    monkeypatch.setitem(verify.RULES, "no_shouting", no_shouting)
    assert "no_shouting" in dict(verify.failures(told, readings))
