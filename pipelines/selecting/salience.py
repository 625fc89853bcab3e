"""How much a sentence deserves to be told, before it is asked where: a paper's and an exchange's.

In: a ``Reading``. Out: a number for each sentence, higher for more; what each part of it counts
stands in ``weights``. What a section of the brief and its audience add is left to ``worth``.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from corpus.text import WORD
from models.parsing import pipeline
from pipelines.language.lexicon import pattern
from pipelines.reading.reading import Reading
from pipelines.reading.sentence_roles import in_abstract, section_role
from pipelines.selecting import weights
from pipelines.selecting.tellable import in_summary, leans, of_others, without_brackets

#: Roles that a section gives to every sentence in it, though cues tell the ones that matter.
_CUED = ("implication", "limitation", "objective")


def paper_salience(reading: Reading) -> tuple[float, ...]:
    """Near title and abstract, in a telling place, with cues, able to stand alone; 0 or more."""
    if not reading.sentences:
        return ()
    near = _nearness(reading)
    return tuple(
        round(max(0.0, weights.NEARNESS * float(near[index]) + _told_by_words(reading, index)), 4)
        for index in range(len(reading.sentences))
    )


def _nearness(reading: Reading) -> NDArray[np.floating[Any]]:
    """Mean cosine to the title and to the mean of the abstract (of all, where there is none).

    float32, shape (n_sentences,).
    """
    vectors = reading.vectors
    assert vectors is not None  # a paper's reading has vectors
    count = len(reading.sentences)
    abstract = [index for index in range(count) if in_abstract(reading.block(index))]
    centre = vectors[abstract or range(count)].mean(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    near: NDArray[np.floating[Any]] = vectors @ centre
    if reading.document.title:
        near = (near + vectors @ reading.title_vector) / 2
    return near


def _told_by_words(reading: Reading, index: int) -> float:
    """What the place and the words of a sentence add up to."""
    language, text = reading.language, reading.text(index)
    role = reading.sentences[index].role
    value = _place(reading, index) + _leaning(text, language)
    value += weights.RESULT_CUE * bool(pattern("roles", language, "cues", "result").search(text))
    value += weights.DIGIT * (role == "result" and any(sign.isdigit() for sign in text))
    if role in _CUED and pattern("roles", language, "cues", role).search(text):
        value += weights.ROLE_CUE
    if pattern("telling", language, "elsewhere").search(without_brackets(text)):
        value += weights.ELSEWHERE
    words = min(len(text.split()), weights.LONGEST_COUNTED)
    value += weights.LENGTH * max(0, words - weights.LONG)
    if of_others(text, language) and not in_abstract(reading.block(index)):
        told = role in ("result", "conclusion")
        value += weights.OTHERS_RESULT if told else weights.OTHERS
    return value


def _place(reading: Reading, index: int) -> float:
    """Where a sentence stands: in a summary, or under headings that say what it does."""
    block = reading.block(index)
    if in_summary(block, reading.language):
        return weights.SUMMARY
    role = section_role(block.section, reading.language)
    return weights.SECTION.get(role, weights.ANYWHERE)


def _leaning(text: str, language: Language) -> float:
    """How much a sentence needs the one before it."""
    if leans(text, language):
        return weights.LEANS
    if pattern("telling", language, "turns").match(text):
        return weights.TURNS
    back = pattern("telling", language, "points_back").search(text)
    return weights.POINTS_BACK if back else 0.0


def exchange_salience(reading: Reading) -> tuple[float, ...]:
    """How much of what the whole exchange is about a sentence says: 0 to 1.

    The mean log frequency, over the exchange, of the sentence's content words (SumBasic,
    Nenkova & Vanderwende 2005), favouring lengths that are neither scraps nor speeches.
    """
    texts = [reading.text(index) for index in range(len(reading.sentences))]
    bags = [_content(text, reading.language) for text in texts]
    frequency = Counter(word for bag in bags for word in bag)
    top = math.log1p(max(frequency.values(), default=1))
    values = []
    for bag, text in zip(bags, texts, strict=True):
        told = sum(math.log1p(frequency[word]) for word in sorted(bag)) / (len(bag) + 3)
        words = len(text.split())
        shape = next((worth for most, worth in weights.SHAPE if words <= most), weights.LONGER)
        values.append(round(min(1.0, shape * told / top), 4))
    return tuple(values)


def _content(text: str, language: Language) -> frozenset[str]:
    """The words that say what a spoken sentence is about."""
    stop_words = pipeline(language).Defaults.stop_words
    words = (match.group().lower() for match in WORD.finditer(text))
    return frozenset(word for word in words if word not in stop_words and len(word) > 3)
