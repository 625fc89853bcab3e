"""Exchanges written for training: whole, and labelled sentence by sentence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from models.training.written_exchanges import CODES, records

EXCHANGE = """language: en
form: peer exchange

# Chair | facilitator
-| Good morning, everyone.
Q3| Who will pay for the new bus shelters?

# Works director | staff
V2| The first four cost us $81,000.
C3 M by=the end of March| I'll send the council a list by the end of March.
"""


def test_an_exchange_is_read_in_turns_and_its_points_are_labelled(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(EXCHANGE, encoding="utf-8")
    [(record, document)] = records(tmp_path)
    assert [block.speaker for block in document.blocks] == ["Chair", "Works director"]
    assert record["roles"] == {"Chair": "facilitator", "Works director": "staff"}
    assert record["points"][-1] == {
        "turn": 2,
        "quote": "I'll send the council a list by the end of March.",
        "kind": "commitment",
        "weight": 3,
        "who": "staff",
        "by": "the end of March",
    }
    assert record["bottom_line"] == ["I'll send the council a list by the end of March."]


def test_a_line_of_no_known_form_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"{EXCHANGE}Q9| Is it?\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"one\.txt, line 11"):
        list(records(tmp_path))


def test_every_exchange_of_ours_is_read_as_one_and_has_points_of_every_kind() -> None:
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for record, document in records():
        assert all(point["quote"] in document.text for point in record["points"]), record["file"]
        assert {block.speaker for block in document.blocks} == set(record["roles"]), record["file"]
        assert document.language == record["language"], record["file"]
        kinds.update(point["kind"] for point in record["points"])
        languages[record["language"]] += 1
    assert set(kinds) == set(CODES.values())
    assert min(languages.values()) > 10
