"""The suite ``sentences``: boundaries on a treebank's running text, ours and those of three peers.

The sentences of a document of the treebank (of twenty in a row where it marks none) are joined
by one space. What is compared is after how many characters, white space not counted, a new
sentence begins; the edges of a document count for nobody. The peers are measured in the same run
on the same text: spaCy's ``sentencizer``, the pattern by which textstat counts sentences, pysbd.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pysbd
import spacy

from corpus.document import Language
from corpus.language_detection import detect_language
from models.components.sentences import spoken_text
from models.parsing import pipeline
from models.training.fit_sentences import treebank_documents

#: The components that boundaries depend on; the parser must keep what it is given.
_NEEDED = ("tok2vec", "senter", "passerelle_sentences", "parser")
#: textstat 0.7.13, ``backend/counts/_count_sentences.py``.
_TEXTSTAT = re.compile(r"\b[^.!?]+[.!?]*", re.UNICODE)
#: textstat's sentences begin at a word; what opens before it ("(", "«") goes with the word.
_OPENING = "\"'“‘«([{¿¡-–—*•"

#: From a text to the offsets at which its sentences begin.
Splitter = Callable[[str], Iterable[int]]


def evaluate(path: Path) -> dict[str, float]:
    """F1, precision and recall of ours, and F1 of the peers and of ours on unpunctuated text.

    ``f1_unpunctuated`` is ours on the same sentences in small letters without punctuation, as an
    automatic transcript has them.
    """
    gold = treebank_documents(path)
    language = detect_language(" ".join(" ".join(document) for document in gold), path.name)
    precision, recall, f1 = _scores(gold, _ours(language))
    figures = {"f1": f1, "precision": precision, "recall": recall}
    peers = {
        "sentencizer": _sentencizer(language),
        "textstat": _textstat,
        "pysbd": _pysbd(language),
    }
    figures |= {f"f1_{name}": _scores(gold, split)[2] for name, split in peers.items()}
    spoken = [[text for s in document if (text := spoken_text(s))] for document in gold]
    figures["f1_unpunctuated"] = _scores(spoken, _ours(language))[2]
    return {name: round(value, 4) for name, value in figures.items()}


def _scores(gold: list[list[str]], split: Splitter) -> tuple[float, float, float]:
    """Precision, recall and F1 over all boundaries inside documents."""
    right = given = wanted = 0
    for document in gold:
        text = " ".join(document)
        ends = {_solid(text[:start]) for start in split(text)} - {0, _solid(text)}
        true = set()
        length = 0
        for sentence in document[:-1]:
            length += _solid(sentence)
            true.add(length)
        right += len(ends & true)
        given += len(ends)
        wanted += len(true)
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    return precision, recall, 2 * right / max(given + wanted, 1)


def _solid(text: str) -> int:
    """The number of characters that aren't white space."""
    return sum(not character.isspace() for character in text)


def _ours(language: Language) -> Splitter:
    nlp = pipeline(language)
    unneeded = [name for name in nlp.pipe_names if name not in _NEEDED]

    def split(text: str) -> list[int]:
        return [sentence.start_char for sentence in nlp(text, disable=unneeded).sents]

    return split


def _sentencizer(language: Language) -> Splitter:
    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    return lambda text: [sentence.start_char for sentence in nlp(text).sents]


def _textstat(text: str) -> list[int]:
    return [len(text[: match.start()].rstrip(_OPENING)) for match in _TEXTSTAT.finditer(text)]


def _pysbd(language: Language) -> Splitter:
    segmenter = pysbd.Segmenter(language=language, clean=False)

    def split(text: str) -> list[int]:
        """pysbd may change white space: offsets are found again by the characters before them."""
        starts, solid = [], 0
        solid_at = [index for index, character in enumerate(text) if not character.isspace()]
        for sentence in segmenter.segment(text):
            starts.append(solid_at[solid] if solid < len(solid_at) else len(text))
            solid += _solid(sentence)
        return starts

    return split
