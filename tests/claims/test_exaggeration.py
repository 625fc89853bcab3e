"""A text that concludes more than its source is told so."""

import json
from pathlib import Path

import pytest

from corpus.document import Language
from pipelines.claims.strength import exaggeration, reach
from pipelines.suites import evaluate

PAIRS: list[tuple[Language, str, str, str]] = [
    ("en", "Shade prevents heat stress.", "Shade was associated with less heat stress.",
     "exaggerates"),
    ("en", "Night buses cut crashes.", "Night buses may reduce crashes.", "exaggerates"),
    ("en", "Night buses cut crashes.", "Night buses did not reduce crashes.", "exaggerates"),
    ("en", "Night buses cut crashes.", "Night buses can reduce crashes.", "exaggerates"),
    ("en", "Noise is linked to poor sleep.", "Noise was correlated with poor sleep.", "same"),
    ("en", "Rent support reduces evictions.", "Rent support lowered the number of evictions.",
     "same"),
    ("en", "Noise is linked to poor sleep.", "Noise causes poor sleep.", "downplays"),
    ("fr", "L’ombre réduit le stress.", "L’ombre était associée à moins de stress.",
     "exaggerates"),
    ("fr", "L’ombre pourrait réduire le stress.", "L’ombre réduit le stress.", "downplays"),
    ("fr", "Le bruit est lié au mauvais sommeil.", "Le bruit est associé au mauvais sommeil.",
     "same"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "told", "source", "label"), PAIRS)
def test_a_stronger_conclusion_than_the_source_exaggerates(
    language: Language, told: str, source: str, label: str
) -> None:
    assert exaggeration(told, source, language) == label


def test_a_denied_relation_reaches_nobody_and_an_ability_half_way() -> None:
    assert reach("Night buses did not reduce crashes.", "en") == "none"
    assert reach("Night buses can reduce crashes.", "en") == "conditional"
    assert reach("Riders filled in a form.", "en") == "correlational"


def test_the_suite_counts_what_was_missed(tmp_path: Path) -> None:
    keys = ("press_release_conclusion", "abstract_conclusion", "exaggeration_label")
    english = [pair[1:] for pair in PAIRS if pair[0] == "en"]
    missed = ("Riders filled in a form.", "Riders were asked.", "exaggerates")
    path = tmp_path / "pairs.jsonl"
    lines = (json.dumps(dict(zip(keys, row, strict=True))) for row in [*english, missed])
    path.write_text("\n".join(lines), encoding="utf-8")
    figures = evaluate("exaggeration", path)
    assert list(figures) == ["macro_f1", "missed_exaggerations"]
    assert figures["missed_exaggerations"] == 0.2


@pytest.mark.shared_data
def test_exaggeration_agrees_with_annotators(shared_data: Path) -> None:
    figures = evaluate("exaggeration", shared_data / "exaggeration" / "train.jsonl.xz")
    assert figures["macro_f1"] >= 0.6
