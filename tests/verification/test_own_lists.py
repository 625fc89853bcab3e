"""What a rewriting list says doesn't count for the check: a wrong entry can't license itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pairs import beside, reasons

from models.parsing import parse
from pipelines.language.wordlists import plain_words
from pipelines.rewrite import plain_words as step
from pipelines.rewrite.changes import apply
from pipelines.rewrite.steps import Context
from pipelines.verification.new_words import supported_words

SAID = "The ponds will mitigate the floods in the town."


@pytest.mark.parametrize(("plain", "caught"), [("reduce", False), ("measure", True)])
def test_a_wrong_plain_word_is_caught(
    monkeypatch: pytest.MonkeyPatch, plain: str, caught: bool
) -> None:
    planted = [
        replace(entry, plain=plain) for entry in plain_words("en") if entry.hard == "mitigate"
    ]
    monkeypatch.setattr(step, "plain_words", lambda language: planted)
    step._index.cache_clear()
    changes = list(step.plain_word(parse(SAID, "en"), Context("en", "paper")))
    monkeypatch.undo()
    step._index.cache_clear()
    told = apply(SAID, changes[:1])
    assert told == SAID.replace("mitigate", plain)
    assert bool(reasons(supported_words, beside(told, SAID))) is caught
