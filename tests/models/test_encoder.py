"""Sentence vectors: unit length, in the order given, the model's own whatever the batch."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ModelMissingError
from corpus.settings_base import read_again
from models import encoder

SENTENCES = [
    "Streets with more trees were cooler in the afternoon than streets without them.",
    "Cool.",
    "The council adopted the plan.",
    "We compared forty streets over two summers, " * 30,
    "Shaded streets are cooler after noon than bare ones.",
]


@pytest.fixture
def fresh() -> Iterator[None]:
    """Settings and encoder as a new process has them, before and after."""
    read_again()
    encoder.load.cache_clear()
    yield
    read_again()
    encoder.load.cache_clear()


def test_vectors_are_unit_float32_one_a_sentence() -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_sentences_give_no_vectors() -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_vectors_stand_in_the_order_given() -> None:
    together, alone = encoder.encode(SENTENCES), encoder.encode(SENTENCES[4:])
    assert float(together[4] @ alone[0]) > 0.999


def test_what_means_the_same_is_near() -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors[0] @ vectors[4] > vectors[0] @ vectors[2] + 0.3


@pytest.mark.usefixtures("fresh")
def test_bfloat16_gives_the_float32_vectors_to_a_cosine_of_999(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {}
    for precision in ("float32", "bfloat16"):
        monkeypatch.setenv("PASSERELLE_ENCODER_PRECISION", precision)
        read_again()
        encoder.load.cache_clear()
        found[precision] = encoder.encode(SENTENCES)
    assert (found["float32"] * found["bfloat16"]).sum(axis=1).min() > 0.999


@pytest.mark.usefixtures("fresh")
def test_the_vectors_are_those_of_sentence_transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    from sentence_transformers import SentenceTransformer

    monkeypatch.setenv("PASSERELLE_ENCODER_PRECISION", "float32")
    peer = SentenceTransformer(str(encoder.bundled_weights()), device="cpu")
    peer.max_seq_length = encoder.MAX_TOKENS
    reference = np.asarray(peer.encode(SENTENCES))
    assert (encoder.encode(SENTENCES) * reference).sum(axis=1).min() > 0.9999


@pytest.mark.usefixtures("fresh")
def test_an_encoder_that_is_not_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_ENCODER", "/nowhere/encoder")
    with pytest.raises(ModelMissingError, match="PASSERELLE_ENCODER"):
        encoder.load()


@given(st.lists(st.integers(1, 200), max_size=40), st.integers(1, 400))
def test_every_length_is_in_one_batch_and_none_is_too_wide(
    lengths: Sequence[int], most: int
) -> None:
    batches = list(encoder._batches(lengths, most))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        widest = max(lengths[index] for index in batch)
        assert len(batch) == 1 or widest * len(batch) <= most
