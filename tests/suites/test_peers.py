"""The peers rank a paper's own sentences, or take those with which its abstract ends."""

import pytest
from sumy.utils import get_stop_words

from corpus.document import Document
from corpus.readers import read_bytes
from pipelines.reading.reading import Reading
from pipelines.suites import peers

PAPER = """# Porch lights and night walks

## Abstract

Porch lights were fitted in Lowmill. Night walks rose after the lights. Falls did not change.

## Results

Porch lights and night walks rose together in Lowmill. The kettle was cold.
Night walks in Lowmill rose by 12% after porch lights were fitted.
Porch lights raised night walks on every street of Lowmill.
"""
CENTRAL = {
    "Porch lights and night walks rose together in Lowmill.",
    "Night walks in Lowmill rose by 12% after porch lights were fitted.",
    "Porch lights raised night walks on every street of Lowmill.",
}
RANKED = {"lexrank": peers.lexrank, "textrank": peers.textrank}


def paper(text: str = PAPER) -> Document:
    return read_bytes(text.encode(), "paper.md")


@pytest.mark.parametrize("name", RANKED)
def test_what_shares_most_of_its_words_with_the_rest_comes_first(name: str) -> None:
    reading = Reading(paper())
    ranked = RANKED[name](reading)
    assert sorted(ranked) == sorted(reading.text(n) for n in range(len(reading.sentences)))
    assert set(ranked[:3]) == CENTRAL


@pytest.mark.parametrize("name", RANKED)
def test_a_french_paper_is_ranked_with_french_stop_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stop_words(of: str) -> frozenset[str]:
        asked.append(of)
        return frozenset(get_stop_words(of))

    monkeypatch.setattr(peers, "get_stop_words", stop_words)
    lines = (
        "Les lampes du village restaient allumées. Les marches du soir ont augmenté. "
        "Lampes et marches ont augmenté ensemble. Personne ne mesurait le bruit."
    )
    ranked = RANKED[name](Reading(paper(f"# Les lampes du soir\n\n## Résultats\n\n{lines}\n")))
    assert sorted(ranked) == sorted(f"{line.strip('.')}." for line in lines.split(". "))
    assert asked == ["french"]


def test_the_abstract_ends_with_its_last_five_sentences_in_order() -> None:
    longer = PAPER.replace("Night walks rose after", "It rained. It froze. Night walks rose after")
    assert peers.abstract_end(Reading(paper(longer.replace("Falls", "It thawed. Falls")))) == [
        "It rained.",
        "It froze.",
        "Night walks rose after the lights.",
        "It thawed.",
        "Falls did not change.",
    ]


def test_a_paper_without_an_abstract_gives_nothing() -> None:
    assert peers.abstract_end(Reading(paper(PAPER.replace("## Abstract", "## Methods")))) == []
