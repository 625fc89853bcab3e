"""The suite ``parser``: tags, lemmas and trees of a spaCy pipeline against a treebank.

Words and sentences are the treebank's, as in the CoNLL 2017 shared task's gold-tokenization track
(Zeman et al. 2017): what is measured is the analysis, not the tokenizer. Punctuation counts.
"""

from __future__ import annotations

import time
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from corpus.language_detection import detect_language
from models.parsing import pipeline
from models.training.treebank import TreebankSentence, read_conllu

#: The components that were trained; what stands on top of them isn't measured here.
_TRAINED = ("tok2vec", "senter", "tagger", "morphologizer", "parser", "trainable_lemmatizer")


def evaluate(path: Path) -> dict[str, float]:
    """Shares of words whose tag, features, lemma, head, or head and label are the treebank's.

    ``las`` compares whole labels (``nsubj:pass``), ``las_universal`` the part before the colon.
    """
    gold = read_conllu(path)
    nlp = pipeline(detect_language(" ".join(sentence.text for sentence in gold), str(path)))
    docs = [_unanalysed(nlp.vocab, sentence) for sentence in gold]
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in _TRAINED]):
        started = time.perf_counter()
        parsed = list(nlp.pipe(docs))
        seconds = time.perf_counter() - started
    right = dict.fromkeys(("upos", "xpos", "morph", "lemma", "uas", "las", "las_universal"), 0)
    for doc, sentence in zip(parsed, gold, strict=True):
        for token, word in zip(doc, sentence.words, strict=True):
            head = token.head.i == word.head
            right["upos"] += token.pos_ == word.pos
            right["xpos"] += token.tag_ == word.tag
            right["morph"] += str(token.morph) == word.morph
            right["lemma"] += token.lemma_ == word.lemma
            right["uas"] += head
            right["las"] += head and token.dep_ == word.dep
            universal = (token.dep_.split(":")[0], word.dep.split(":")[0])
            right["las_universal"] += head and universal[0] == universal[1]
    words = sum(len(sentence.words) for sentence in gold)
    figures = {name: round(count / max(words, 1), 4) for name, count in right.items()}
    return figures | {"words": words, "words_per_second": round(words / seconds)}


def _unanalysed(vocab: Vocab, sentence: TreebankSentence) -> Doc:
    return Doc(
        vocab,
        words=[word.form for word in sentence.words],
        spaces=[word.space for word in sentence.words],
        sent_starts=[index == 0 for index in range(len(sentence.words))],
    )
