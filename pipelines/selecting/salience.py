"""How much a sentence deserves to be told, before it is asked where: a paper's and an exchange's.

In: a ``Reading``. Out: a number for each sentence, higher for more. What a section of the brief
and its audience make of it is left to ``worth``.
"""

from __future__ import annotations

import math
from collections import Counter

from corpus.document import Language
from corpus.text import WORD
from models.parsing import pipeline
from models.sentence_functions import FUNCTIONS, Function
from pipelines.reading.reading import Reading
from pipelines.selecting import weights

#: What a sentence that may be told does; a problem or a sample is told, too, but not for its worth.
_TOLD: tuple[Function, ...] = ("main_finding", "key_finding", "finding", "limit", "recommendation")


def paper_salience(reading: Reading) -> tuple[float, ...]:
    """How likely each sentence is one that a careful reader would tell: 0 to 1."""
    columns = [FUNCTIONS.index(function) for function in _TOLD]
    return tuple(round(float(row.max()), 4) for row in reading.functions[:, columns])


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
