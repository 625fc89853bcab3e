"""Scores equal textstat's own, offline, and no French text gets an English grade."""

import socket

import pytest
import textstat as reference
from fixtures.texts import document

from corpus.document import Passage
from pipelines.readability import (
    FORMULAS,
    as_sentences,
    reasons,
    score_sentences,
    score_text,
)

ENGLISH = "The town planted trees along nine streets. Residents said that the walk felt cooler."
FRENCH = (
    "La ville a planté des arbres dans neuf rues. Les gens ont dit que la marche était agréable."
)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.usefixtures("no_network")
def test_english_scores_are_textstats_own_without_the_network() -> None:
    scores = score_text(ENGLISH, "en")
    reference.set_lang("en")
    assert list(scores) == list(FORMULAS["en"])
    for name, function in FORMULAS["en"].items():
        assert scores[name] == round(float(getattr(reference, function)(ENGLISH)), 2)


def test_the_pronunciation_dictionary_is_used() -> None:
    # "area" has three syllables in the dictionary, two by hyphenation: the grades differ by it
    assert score_text("area " * 10 + ".", "en")["flesch_reading_ease"] == pytest.approx(
        206.835 - 1.015 * 10 - 84.6 * 3, abs=0.01
    )


def test_french_gets_no_english_grade() -> None:
    scores = score_text(FRENCH, "fr")
    assert list(scores) == ["kandel_moles_207", "lix", "rix"]


def test_the_french_constants_are_those_in_the_name() -> None:
    # one sentence of four words, each one syllable by hyphenation: 207 − 1.015 · 4 − 73.6 · 4/4
    assert score_text("Les arbres sont grands.", "fr")["kandel_moles_207"] == pytest.approx(
        207 - 1.015 * 4 - 73.6, abs=0.01
    )


def test_scoring_french_leaves_english_scores_alone() -> None:
    before = score_text(ENGLISH, "en")
    score_text(FRENCH, "fr")
    assert score_text(ENGLISH, "en") == before


def test_a_text_without_words_scores_nothing() -> None:
    assert score_text(" 12 — 3. ", "en") == {}


def test_a_decimal_does_not_cut_a_sentence_short() -> None:
    plain = as_sentences(["The rate was 0.71 (Roy et al. 2019) in May. It fell."], "en")
    assert plain == "The rate was 071 (Roy et al 2019) in May.\nIt fell."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The benches were placed by the town.", "passive"),
        ("The bench, which stood where the mill was, fell when it rained.", "nested"),
        ("Municipal infrastructure investments facilitate accessibility.", "long_words"),
        ("A " + "word " * 21 + "ends.", "long_sentence"),
    ],
)
def test_a_hard_sentence_says_why(text: str, reason: str) -> None:
    assert reason in reasons(text, "en")


def test_a_short_plain_sentence_has_no_reason() -> None:
    assert reasons("The town put a bench by the mill.", "en") == ()
    assert reasons("La ville a mis un banc au moulin.", "fr") == ()


def test_sentences_are_scored_at_their_places() -> None:
    scored = score_sentences(made := document([Passage("One bench fell. Two stood.", "paragraph")]))
    assert [made.text[s.start : s.end] for s in scored] == ["One bench fell.", "Two stood."]
