"""The suite plants faults that are faults, and counts what is named."""

from __future__ import annotations

import json
from pathlib import Path

from pipelines.suites.evaluate_parity import evaluate, planted


def made(en: str, fr: str, kind: str) -> set[str]:
    return {one.translation for one in planted(en, fr) if one.kind == kind}


def test_a_caution_said_for_sure_is_planted_in_both_languages() -> None:
    en, fr = "Fees may rise in spring.", "Les frais peuvent augmenter au printemps."
    assert made(en, fr, "hedge") == {
        "Fees will rise in spring.",
        "Les frais vont augmenter au printemps.",
    }


def test_what_another_word_still_holds_back_is_no_fault() -> None:
    en, fr = "Fees could possibly rise.", "Les frais pourraient augmenter."
    assert made(en, fr, "hedge") == {"Les frais vont augmenter."}


def test_a_caution_of_another_clause_holds_nothing_back() -> None:
    en = "Fees may rise, and rents could fall."
    fr = "Les frais peuvent augmenter, et les loyers pourraient baisser."
    assert "Fees will rise, and rents could fall." in made(en, fr, "hedge")


def test_the_figures_of_a_small_file(tmp_path: Path) -> None:
    pairs = [
        {"en": "Fees may rise in spring.", "fr": "Les frais peuvent augmenter au printemps."},
        {"en": "Rents rose by 12%.", "fr": "Les loyers ont augmenté de 13 %."},
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    figures = evaluate(file)
    assert figures["pairs"] == 2
    assert figures["false_alarms_per_1000"] == 500
