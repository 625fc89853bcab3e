"""Treebanks become training documents that look like real text, and a small recipe trains."""

import lzma
import random
from pathlib import Path

import pytest
import spacy

from models.artefacts import checked
from models.training.fit_parsers import train
from models.training.treebank import (
    contracted,
    document,
    example,
    read_conllu,
    spoken,
    treebank,
)

FIXTURES = Path(__file__).parents[1] / "fixtures"
ENGLISH, FRENCH = FIXTURES / "tiny_en.conllu", FIXTURES / "tiny_fr.conllu"


def test_sentences_are_read_with_words_heads_and_where_a_document_begins() -> None:
    first, second, third = read_conllu(FRENCH)
    assert [s.opens_document for s in (first, second, third)] == [True, False, True]
    assert first.text == "La ville parle du parc."
    assert [w.form for w in first.words] == ["La", "ville", "parle", "de", "le", "parc", "."]
    assert [w.head for w in first.words] == [1, 2, 2, 5, 5, 2, 2]
    assert first.words[2].dep == "ROOT"


def test_a_word_in_two_tokens_keeps_them_without_a_space() -> None:
    words = read_conllu(ENGLISH)[0].words
    assert [(w.form, w.space) for w in words[2:4]] == [("did", False), ("n't", True)]
    assert contracted(read_conllu(ENGLISH)[0]) == words


def test_a_contraction_stands_in_one_piece_as_in_running_text() -> None:
    first, second, _ = read_conllu(FRENCH)
    words = contracted(first)
    assert [w.form for w in words] == ["La", "ville", "parle", "du", "parc", "."]
    assert (words[3].pos, words[3].dep, words[3].head) == ("ADP", "case", 4)
    assert "Definite=Def" in words[3].morph
    words = contracted(second)
    assert [w.form for w in words][:3] == ["Les", "bancs", "auxquels"]
    assert (words[2].pos, words[2].head) == ("PRON", 4)  # governs the preposition, so it stays


def test_speech_has_neither_capitals_nor_punctuation_and_a_whole_tree() -> None:
    words = spoken(read_conllu(ENGLISH)[1].words)
    assert [w.form for w in words] == ["shade", "cools", "streets"]
    assert [w.head for w in words] == [1, 1, 1]


@pytest.mark.parametrize("path", [ENGLISH, FRENCH])
def test_a_gold_document_reads_as_the_text_did(path: Path) -> None:
    nlp = spacy.blank("fr" if path == FRENCH else "en")
    sentences = read_conllu(path)
    doc = document(nlp.vocab, [contracted(s) for s in sentences])
    assert doc.text.strip() == " ".join(s.text for s in sentences)
    assert len(list(doc.sents)) == len(sentences)
    assert not example(nlp.vocab, [s.words for s in sentences]).predicted.has_annotation("DEP")


def test_the_same_seed_varies_the_treebank_in_the_same_way() -> None:
    nlp = spacy.blank("fr")

    def texts(seed: int) -> list[str]:
        return [e.reference.text for e in treebank([FRENCH], passes=5, seed=seed)(nlp)]

    assert texts(1) == texts(1)
    assert any("du parc" in text for text in texts(1))
    assert any("de le parc" in text for text in texts(1))
    random.seed(99)  # the program's own generator is not touched
    assert texts(1) == texts(1)


def test_to_measure_each_sentence_stands_alone_as_the_treebank_splits_it() -> None:
    nlp = spacy.blank("fr")
    assert [len(e.reference) for e in treebank([FRENCH])(nlp)] == [7, 9, 4]


def test_the_recipe_trains_a_pipeline_that_parses(tmp_path: Path) -> None:
    data = {
        "ud_french_sequoia/train.conllu.xz": FRENCH,
        "ud_french_sequoia/dev.conllu.xz": FRENCH,
        "ud_french_gsd/dev.conllu.xz": FRENCH,
    }
    for name, source in data.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(lzma.compress(source.read_bytes()))
    out = tmp_path / "fr"
    small = {
        "components.tok2vec.model.embed.rows": [200, 100, 100, 100],
        "components.parser.min_action_freq": 1,
        "training.optimizer.learn_rate.warmup_steps": 5,
        "training.max_steps": 60,
        "training.eval_frequency": 60,
    }
    train("fr", tmp_path, out, **small)
    assert checked(out) == out
    nlp = spacy.load(out)
    doc = nlp("La ville parle du parc.")
    assert doc[2].dep_ == "ROOT"
    assert [token.pos_ for token in doc][:3] == ["DET", "NOUN", "VERB"]
