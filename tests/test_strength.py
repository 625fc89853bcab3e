"""Claim strength by words that can be named, alike in both languages."""

import json
import lzma
from pathlib import Path

import pytest
from sklearn.metrics import f1_score

from corpus.document import Language
from pipelines.brief import STRENGTHS
from pipelines.strength import hedges, negations, strength, wording

CASES = [
    ("en", "Shade was associated with fewer calls.", "correlational"),
    ("en", "Calls were 12% lower on shaded streets.", "correlational"),
    ("en", "Calls decreased by 12% over five summers.", "correlational"),
    ("en", "An increased risk of falls was seen in winter.", "correlational"),
    ("en", "Shade may reduce heat stress.", "conditional"),
    ("en", "Shade reduced heat stress.", "causal"),
    ("en", "Paving leads to flooding.", "causal"),
    ("en", "The survey took place in June.", "none"),
    ("en", "Further studies are needed to examine the effect of shade on sleep.", "none"),
    ("en", "Cities should reduce paving.", "none"),
    ("en", "The design cannot establish that shade reduces illness.", "none"),
    ("fr", "L’ombre était associée à moins d’appels.", "correlational"),
    ("fr", "La température y a diminué de 1,4 °C.", "correlational"),
    ("fr", "L’ombre pourrait réduire le stress thermique.", "conditional"),
    ("fr", "L’ombre a réduit le stress thermique.", "causal"),
    ("fr", "Le pavage entraîne des inondations.", "causal"),
    ("fr", "L’enquête a eu lieu en juin.", "none"),
    ("fr", "D’autres études sont nécessaires pour déterminer l’effet de l’ombre.", "none"),
    ("fr", "Il faut réduire le pavage.", "none"),
    ("fr", "L’étude ne permet pas d’affirmer que l’ombre réduit les malaises.", "none"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "level"), CASES)
def test_the_words_give_the_strength(language: Language, text: str, level: str) -> None:
    assert strength(text, language) == level


def test_asking_for_research_hides_no_stronger_verb() -> None:
    text = "Further research is needed to determine whether shade reduces illness."
    assert strength(text, "en") == "none"
    assert wording(text, "en") == "causal"
    assert strength("Shade reduces illness; further research is needed.", "en") == "causal"


def test_hedges_and_negations_are_named() -> None:
    assert hedges("It may reach about 40 mm.", "en") == ["may", "about"]
    assert negations("It did not, and cannot, reach it.", "en") == ["not", "cannot"]
    assert hedges("Cela pourrait atteindre environ 40 mm.", "fr") == ["pourrait", "environ"]
    assert negations("Cela n’a pas changé.", "fr") == ["n", "pas"]


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "floor"), [("pubmed", 0.69), ("press", 0.62)])
def test_strength_agrees_with_annotators(shared_data: Path, name: str, floor: float) -> None:
    path = shared_data / "claim_strength" / f"{name}_dev.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = [STRENGTHS.index(strength(row["sentence"], "en")) for row in rows]
    assert f1_score([int(row["label"]) for row in rows], found, average="macro") >= floor
