"""What each sentence of a whole paper does, with its probability, in both languages."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from fixtures import papers
from fixtures.papers import WHOLE_BANCS, WHOLE_BENCHES
from fixtures.texts import exchange, paper

from corpus.document import Document, Language
from corpus.errors import ModelMissingError
from models import sentence_functions as functions
from models.artefacts import WEIGHTS
from models.function_features import words
from models.sentence_functions import (
    AROUND,
    FUNCTIONS,
    VIEWS,
    Function,
    WholePaper,
    probabilities,
    seen,
    stacked,
)
from models.stated_parts import as_stated
from models.training.fit_functions import paper_of
from pipelines.reading.reading import Reading

WHOLE: dict[Language, Document] = {"en": WHOLE_BENCHES, "fr": WHOLE_BANCS}


@cache
def reading_of(language: Language) -> Reading:
    return Reading(WHOLE[language])


def ranked(language: Language, function: Function) -> list[str]:
    """The paper's sentences, the likeliest first."""
    reading = reading_of(language)
    order = np.argsort(-reading.functions[:, FUNCTIONS.index(function)], kind="stable")
    return [reading.text(int(index)) for index in order]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_sentence_has_a_probability_for_each_function(language: Language) -> None:
    whole = paper_of(WHOLE[language])
    found = probabilities(whole)
    assert found.shape == (len(whole.sentences), len(FUNCTIONS)) == (len(found), 8)
    assert np.isfinite(found).all()
    assert ((found >= 0) & (found <= 1)).all()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_same_paper_gets_the_same_to_the_bit(language: Language) -> None:
    one, other = (Reading(WHOLE[language]).functions for _ in range(2))
    assert np.array_equal(one, other)
    if language == "en":
        paper = paper_of(WHOLE[language])
        assert np.array_equal(one, as_stated(probabilities(paper), paper.sentences, language))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_paper_without_sentences_has_none(language: Language) -> None:
    size = 384
    rows, row = np.zeros((0, size), np.float32), np.zeros(size, np.float32)
    none = WholePaper([], [], rows, row, language)
    assert probabilities(none).shape == (0, len(FUNCTIONS))
    assert Reading(paper()).functions.shape == (0, len(FUNCTIONS))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_paper_of_a_few_sentences_is_judged_too(count: int) -> None:
    few = paper(("Results", " ".join([papers.MORE, papers.FALLS, papers.WINTER][:count])))
    assert Reading(few).functions.shape == (count, len(FUNCTIONS))


def test_an_exchange_has_no_functions() -> None:
    reading = Reading(exchange((None, "We counted sixty benches on the river path.")))
    assert not reading.functions.any()


@pytest.mark.parametrize(
    ("language", "function", "text"),
    [
        ("en", "limit", papers.LIMIT),
        ("en", "research_need", papers.NEED),
        ("en", "sample", papers.SAMPLE),
        ("fr", "limit", papers.FRENCH_LIMIT),
        ("fr", "sample", papers.FRENCH_SAMPLE),
    ],
)
def test_the_sentence_that_says_it_is_the_likeliest(
    language: Language, function: Function, text: str
) -> None:
    assert ranked(language, function)[0] == text


@pytest.mark.parametrize(
    ("language", "function", "texts", "most"),
    [
        ("en", "recommendation", (papers.ADVICE, papers.EARLY_ADVICE), 2),
        ("fr", "recommendation", (papers.FRENCH_ADVICE, papers.FRENCH_EARLY_ADVICE), 2),
        ("en", "main_finding", (papers.MAIN,), 4),
        ("fr", "main_finding", (papers.FRENCH_MAIN,), 4),
        ("en", "finding", (papers.FALLS,), 6),
        ("en", "problem", (papers.PROBLEM,), 3),
        ("fr", "problem", (papers.FRENCH_PROBLEM,), 3),
        ("en", "limit", (papers.LIMIT, papers.SECOND_LIMIT), 2),
    ],
)
def test_the_sentences_that_say_it_are_near_the_top(
    language: Language, function: Function, texts: tuple[str, ...], most: int
) -> None:
    assert set(texts) <= set(ranked(language, function)[:most])


def test_what_was_done_is_less_likely_a_finding_than_what_was_found() -> None:
    reading = reading_of("en")
    done = "We used logistic regression, adjusted for age, sex and income."
    for found in (papers.MAIN, papers.MORE, papers.FALLS, papers.WINTER, papers.ALONE):
        one, other = (papers.place(reading, text) for text in (found, done))
        assert reading.likely(one, "finding") > reading.likely(other, "finding")


def test_a_probability_is_found_under_its_name() -> None:
    reading = reading_of("en")
    told = [reading.likely(0, function) for function in FUNCTIONS]
    assert told == reading.functions[0].tolist()


# the second stage


def test_the_second_stage_sees_each_view_the_neighbours_and_the_rest_of_the_paper() -> None:
    total = np.array([[3.0], [1.0], [2.0], [0.0]])
    found = stacked([total])
    assert found.dtype == np.float32
    own, *around, rank, below = found.T
    assert own.tolist() == total[:, 0].tolist()
    shifted = dict(zip(AROUND, (column.tolist() for column in around), strict=True))
    assert shifted == {
        -2: [0.0, 0.0, 3.0, 1.0],
        -1: [0.0, 3.0, 1.0, 2.0],
        1: [1.0, 2.0, 0.0, 0.0],
        2: [2.0, 0.0, 0.0, 0.0],
    }
    assert rank.tolist() == pytest.approx(np.log1p([0, 2, 1, 3]).tolist())
    assert below.tolist() == [1.0, -1.0, 0.0, -2.0]


@pytest.mark.parametrize("views", [1, 3])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_second_stage_sees_as_many_numbers_of_any_paper(views: int, count: int) -> None:
    scores = [np.ones((count, len(FUNCTIONS)))] * views
    width = len(FUNCTIONS) * (views + len(AROUND) + 2)
    assert stacked(scores).shape == (count, width)


def test_each_view_has_a_row_a_sentence() -> None:
    whole = paper_of(WHOLE_BENCHES)
    assert [len(seen(whole, view)) for view in VIEWS] == [len(whole.sentences)] * 3


def test_the_words_seen_are_those_of_the_english() -> None:
    whole = replace(paper_of(WHOLE_BENCHES), texts=["a limitation"] * 3)
    assert seen(whole, "words")[0] == words("a limitation")


# where the weights are not


def test_missing_weights_are_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = paper_of(WHOLE_BENCHES)  # what parses it and its vectors are there
    monkeypatch.setattr("models.artefacts.WEIGHTS", tmp_path / "weights")
    functions._model.cache_clear()
    try:
        with pytest.raises(ModelMissingError, match=r"functions/SHA256SUMS is missing; restore it"):
            probabilities(whole)
    finally:
        functions._model.cache_clear()


def test_altered_weights_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = paper_of(WHOLE_BENCHES)
    folder = shutil.copytree(WEIGHTS / "functions", tmp_path / "functions")
    (folder / "forms.safetensors").write_bytes(b"nothing")
    monkeypatch.setattr("models.artefacts.WEIGHTS", tmp_path)
    functions._model.cache_clear()
    try:
        with pytest.raises(ModelMissingError, match=r"forms\.safetensors was cut short or altered"):
            probabilities(whole)
    finally:
        functions._model.cache_clear()
