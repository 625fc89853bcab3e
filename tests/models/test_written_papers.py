"""Papers written for training: whole, and labelled sentence by sentence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from models.study_kind import KINDS
from models.training.written_papers import CODES, glosses, records

PAPER = """title: Benches and walking
language: en
design: cohort

# Abstract
P| Older people walk less where they cannot rest.
S| We followed 840 residents of two towns.
MFK| Residents with a bench nearby walked more often.

# Discussion
-| Our study has limits.
L| Few towns took part.
"""


def test_a_paper_is_read_as_any_other_and_its_sentences_are_labelled(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(PAPER, encoding="utf-8")
    [(record, document)] = records(tmp_path)
    assert document.title == "Benches and walking"
    assert [block.section for block in document.blocks if block.kind == "paragraph"] == [
        "Abstract",
        "Discussion",
    ]
    assert record["design"] == "cohort"
    assert record["limits"] == ["Few towns took part."]
    assert record["findings"] == record["key"] == record["bottom_line"]


def test_a_line_of_no_known_form_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"{PAPER}X: what is this\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.txt, line 13"):
        list(records(tmp_path))


def test_every_paper_of_ours_is_labelled_and_of_a_known_kind_and_language() -> None:
    languages: Counter[str] = Counter()
    known = set(glosses())
    for record, document in records():
        said = [text for name in CODES.values() for text in record[name]]
        assert said, record["file"]
        # but for a label that opens it ("Results: …"), which is a heading
        assert all(text[-30:] in document.text for text in said), record["file"]
        assert set(record["key"]) <= set(record["findings"]), record["file"]
        assert record["design"] in (*KINDS, "protocol"), record["file"]
        assert document.language == record["language"], record["file"]
        french = document.language == "fr"
        assert not french or sum(text in known for text in said) > 0.7 * len(said), record["file"]
        languages[document.language] += 1
    assert languages["en"] > 80
    assert languages["fr"] > 40
