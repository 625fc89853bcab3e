"""The one reading of a document: sentences at their places, with role and salience."""

import numpy as np
import pytest
from fixtures.texts import BENCHES, exchange, paper

from models.headings import section_role
from pipelines.reading.reading import Reading


@pytest.fixture(scope="module")
def benches() -> Reading:
    return Reading(BENCHES)


def role_of(reading: Reading, words: str) -> str:
    return next(
        sentence.role
        for sentence in reading.sentences
        if words in BENCHES.text[sentence.start : sentence.end]
    )


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("The aim of this study", "objective"),
        ("We surveyed 840", "method"),
        ("walked more often", "result"),
        ("We found that", "result"),
        ("A limitation is", "limitation"),
        ("Municipalities should", "implication"),
    ],
)
def test_headings_and_cues_tell_the_role(benches: Reading, words: str, role: str) -> None:
    assert role_of(benches, words) == role


@pytest.mark.parametrize(
    ("section", "role"),
    [
        ("3.2 Results", "result"),
        ("Abstract › Conclusions", "conclusion"),
        ("Discussion › Strengths and limitations", "limitation"),
        ("Results › The river bank", "result"),
        ("eLife digest", "other"),
        ("The river bank", None),
        (None, None),
    ],
)
def test_the_innermost_heading_that_tells_decides(section: str | None, role: str | None) -> None:
    assert section_role(section, "en") == role


def test_a_french_heading_tells_too() -> None:
    assert section_role("Implications pour les politiques", "fr") == "implication"
    assert section_role("Résumé › Méthodes", "fr") == "method"


def test_sentences_are_spans_of_the_text_without_space_around(benches: Reading) -> None:
    for sentence in benches.sentences:
        text = BENCHES.text[sentence.start : sentence.end]
        assert text == text.strip() != ""


def test_a_paper_has_a_unit_vector_for_each_sentence(benches: Reading) -> None:
    assert benches.vectors is not None
    assert benches.vectors.shape == (len(benches.sentences), 384)
    assert benches.vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(benches.vectors, axis=1), 1, atol=1e-5)


def test_reading_twice_gives_the_same() -> None:
    assert Reading(BENCHES).sentences == Reading(BENCHES).sentences


def test_an_exchange_has_no_vectors_and_no_roles() -> None:
    reading = Reading(exchange((None, "We counted sixty benches on the river path.")))
    assert reading.vectors is None
    assert {sentence.role for sentence in reading.sentences} == {"other"}


def test_a_document_without_a_body_has_no_sentences() -> None:
    assert Reading(paper()).sentences == ()
