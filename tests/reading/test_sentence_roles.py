"""What each sentence of an abstract does, in both languages, and what decided it."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest
from fixtures.texts import paper
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from corpus.document import Language
from models import abstract_roles as roles
from models import roles_encoder
from models.abstract_roles import LABELS, decode, predict, predict_all
from pipelines.reading.sentence_roles import Decision, Placed, abstract, cue, decide
from pipelines.suites import evaluate

FRENCH = Path(__file__).parents[1].joinpath("fixtures") / "abstracts_fr.tsv"

SHADE = (
    ("background", "Heat waves are a growing threat to older adults in cities."),
    ("background", "However, little is known about how street trees change their daily walks."),
    ("objective", "This study aims to examine whether shade is associated with walking."),
    ("method", "We recruited 412 residents and recorded their steps with pedometers in July."),
    ("method", "Shade was measured from aerial photographs using a trained classifier."),
    ("result", "Residents of shaded streets walked 1,100 more steps on hot days (p < 0.01)."),
    ("result", "The results show that the difference disappears on cool days."),
)


def french_abstracts() -> list[list[tuple[str, str]]]:
    """The labelled abstracts of the fixture: (label, sentence) pairs."""
    lines = FRENCH.read_text(encoding="utf-8").splitlines()
    parts = "\n".join(line for line in lines if not line.startswith("#")).split("\n\n")
    return [
        [(label, text) for label, _, text in (row.partition("\t") for row in part.splitlines())]
        for part in parts
    ]


def test_an_english_abstract_is_told_apart_sentence_by_sentence() -> None:
    found = predict([text for _, text in SHADE], "en")
    assert [one.label for one in found] == [label for label, _ in SHADE]
    assert all(0 < one.probability <= 1 for one in found)


def test_french_abstracts_are_told_apart_by_a_model_that_never_saw_french() -> None:
    abstracts = french_abstracts()
    found = predict_all([[text for _, text in one] for one in abstracts], "fr")
    right = [
        prediction.label == label
        for one, own in zip(abstracts, found, strict=True)
        for (label, _), prediction in zip(one, own, strict=True)
    ]
    assert np.mean(right) >= 0.85


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_in_gives_nothing_out(language: Language) -> None:
    assert predict_all([], language) == []
    assert predict([], language) == []
    assert [len(own) for own in predict_all([["One."], [], ["Two.", "Three."]], language)] == [
        1,
        0,
        2,
    ]


def test_read_together_or_alone_an_abstract_gets_the_same_labels() -> None:
    texts = [text for _, text in SHADE]
    alone = [one.label for one in predict(texts, "en")]
    together = predict_all([texts[:3], texts, texts * 6], "en")[1]
    assert [one.label for one in together] == alone


@given(arrays(np.int8, (7, 5), elements=st.integers(-72, 0)).map(lambda n: np.float32(n) / 8))
def test_without_an_order_each_label_is_the_likeliest(scores: roles.Scores) -> None:
    assert decode(scores, np.zeros((6, 5), dtype=np.float32)) == scores.argmax(axis=1).tolist()


def test_what_never_follows_is_never_decoded() -> None:
    scores = np.log(np.array([[0.1, 0.1, 0.1, 0.6, 0.1], [0.5, 0.1, 0.1, 0.2, 0.1]], np.float32))
    between = np.zeros((6, 5), dtype=np.float32)
    between[LABELS.index("result"), LABELS.index("background")] = -9
    assert decode(scores, between) == [LABELS.index("result")] * 2


@given(st.lists(st.integers(1, roles_encoder.SENTENCE_TOKENS), min_size=1, max_size=60))
def test_every_sentence_of_a_long_abstract_is_in_a_window(lengths: list[int]) -> None:
    found = roles_encoder.windows([[7] * length for length in lengths], 101, 102)
    seen = {window.first + n for window in found for n in range(len(window.spans))}
    assert seen == set(range(len(lengths)))
    for window in found:
        assert len(window.tokens) <= roles_encoder.WINDOW_TOKENS
        assert window.spans[0][0] == 1
        assert window.spans[-1][1] == len(window.tokens)


def test_what_is_stored_of_the_fine_tuning_gives_it_back() -> None:
    import torch

    torch.manual_seed(1)
    before = {"a": torch.randn(6, 8), "b": torch.randn(8), "same": torch.randn(3, 3)}
    after = {"a": before["a"] + 0.01 * torch.randn(6, 8), "b": before["b"] + 0.1}
    after["same"] = before["same"]
    stored = roles_encoder.changes(before, after)
    assert "same" not in stored
    restored = roles_encoder.with_changes(before, stored)
    for name, tensor in after.items():
        assert torch.allclose(restored[name], tensor, atol=3e-4)


def test_context_vectors_are_unit_rows_that_depend_on_the_context() -> None:
    texts = [text for _, text in SHADE]
    vectors = roles_encoder.context_vectors(texts)
    assert vectors.shape == (len(texts), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert not np.allclose(vectors[3], roles_encoder.context_vectors(texts[3:4])[0], atol=1e-3)


@pytest.mark.parametrize(
    ("language", "text", "role", "words"),
    [
        ("en", "A limitation is the small sample.", "limitation", "limitation"),
        ("en", "Cities should plant more trees.", "implication", "cities should"),
        ("fr", "L’étude comporte des limites.", "limitation", "limites"),
        (
            "fr",
            "Les municipalités devraient planter.",
            "implication",
            "les municipalités devraient",
        ),
    ],
)
def test_a_cue_names_its_words(language: Language, text: str, role: str, words: str) -> None:
    assert cue(text, role, language) == words  # type: ignore[arg-type]


def test_limits_implications_and_conclusions_of_an_abstract_are_told_by_cues() -> None:
    texts = [
        *(text for _, text in SHADE),
        "These findings suggest that trees keep people walking.",
        "Steps were self-reported, so we cannot rule out recall bias.",
        "Municipalities should plant along routes to shops.",
    ]
    found = abstract(texts, "en")
    assert [one.role for one in found[-3:]] == ["conclusion", "limitation", "implication"]
    assert found[-2].by.startswith("cue: ")
    assert found[3].by.startswith("model: ")


def test_what_is_not_known_before_the_study_is_no_limit_of_it() -> None:
    found = abstract(
        ["It remains unclear whether shade changes walking.", *(t for _, t in SHADE[2:])], "en"
    )
    assert found[0].role == "background"


def test_labels_before_a_colon_are_headings() -> None:
    texts = [
        "Background: Shade is rare in suburbs.",
        "Few have measured it.",
        "Methods: We counted trees on 40 streets.",
        "Results: Half of the streets had none.",
        "Conclusions: Suburbs lack shade.",
    ]
    roles_found = [one.role for one in abstract(texts, "en")]
    assert roles_found == ["background", "background", "method", "result", "conclusion"]


def test_a_short_paper_without_headings_is_read_as_an_abstract() -> None:
    document = paper((None, " ".join(text for _, text in SHADE)))
    block = document.blocks[-1]
    found = decide(document, [Placed(text, block) for _, text in SHADE])
    assert [one.role for one in found][:4] == ["background", "background", "objective", "method"]
    assert isinstance(found[0], Decision)


def test_a_summary_that_opens_a_paper_is_its_abstract() -> None:
    document = paper(*(("Summary", text) for _, text in SHADE), ("Methods", "We counted trees."))
    blocks = [block for block in document.blocks if block.kind == "paragraph"]
    texts = [document.text[block.start : block.end] for block in blocks]
    found = decide(document, [Placed(t, b) for t, b in zip(texts, blocks, strict=True)])
    assert [one.role for one in found[:3]] == ["background", "background", "objective"]
    assert found[-1] == Decision("method", "heading")


def test_the_suite_measures_the_labels_and_the_speed(tmp_path: Path) -> None:
    file = tmp_path / "abstracts.jsonl"
    row = {"sentences": [t for _, t in SHADE], "labels": [label for label, _ in SHADE]}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    figures = evaluate("roles", file)
    assert list(figures) == ["micro_f1", "macro_f1", "sentences_per_second"]
    assert figures["micro_f1"] == 1


def test_an_abstract_that_is_asked_for_again_is_read_once() -> None:
    texts = tuple(text for _, text in SHADE)
    once = roles_encoder.read_alone(texts)
    assert roles_encoder.read_alone(texts) is once
    together = roles_encoder.read([texts])[0]
    assert np.array_equal(once.log_probabilities, together.log_probabilities)


@pytest.mark.shared_data
def test_both_precisions_give_the_same_labels(shared_data: Path) -> None:
    path = shared_data / "csabstruct" / "dev.jsonl.xz"
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        abstracts = [json.loads(line)["sentences"] for line in lines][:60]
    labels = {
        precision: [
            int(label)
            for reading in roles_encoder.read(abstracts, precision=precision)
            for label in reading.log_probabilities.argmax(axis=1)
        ]
        for precision in ("bfloat16", "float32")
    }
    assert np.mean(np.equal(labels["bfloat16"], labels["float32"])) >= 0.99
