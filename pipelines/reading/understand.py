"""``annotate(document)``: the one reading of a document that every later step uses.

In: a ``Document``. Out: its body sentences with role and salience, their parses, and, for a
paper, their vectors. Parses and encodes once; nobody parses the document again. Roles come from
``roles``. How strong a claim is, is told of what a brief says (``wording``), not of every
sentence. Selecting is left to ``findings`` and ``points``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span

from corpus.document import BODY_KINDS, Document, Language
from corpus.language_detection import is_foreign
from models import encoder
from models.parsing import ENTITIES, bounds, pipeline
from pipelines.brief import Role, Sentence
from pipelines.language.lexicon import pattern
from pipelines.reading.sentence_roles import Placed, decide, in_abstract, section_role

__all__ = ["Annotation", "annotate", "in_abstract", "section_role"]

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A document's sentences, and what was learned of them."""

    sentences: tuple[Sentence, ...]
    vectors: NDArray[np.float32] | None
    """float32, shape (n_sentences, 384), rows of unit length; None for an exchange."""
    parsed: tuple[Span, ...]
    """The parse of each sentence, in its block."""


def annotate(document: Document) -> Annotation:
    """Read a document once: sentences with role and salience."""
    parsed = list(_parsed(document))
    spans = [(start, end, block) for start, end, block, _ in parsed]
    texts = [document.text[start:end] for start, end, _ in spans]
    placed = [
        Placed(text, document.blocks[block])
        for (_, _, block), text in zip(spans, texts, strict=True)
    ]
    roles = [decision.role for decision in decide(document, placed)]
    if document.kind == "paper":
        with_title = encoder.encode([document.title or "", *texts])
        vectors = with_title[1:]
        salience = _paper_salience(document, spans, texts, roles, with_title)
    else:
        vectors = None
        salience = _exchange_salience(texts, document.language)
    sentences = tuple(
        Sentence(start, end, block, role, value)
        for (start, end, block, _), role, value in zip(parsed, roles, salience, strict=True)
    )
    return Annotation(sentences, vectors, tuple(span for *_, span in parsed))


def _parsed(document: Document) -> Iterator[tuple[int, int, int, Span]]:
    """Start, end, block and parse of every sentence of the body in the document's language."""
    body = [
        (document.text[block.start : block.end], index)
        for index, block in enumerate(document.blocks)
        if block.kind in BODY_KINDS
    ]
    for doc, index in pipeline(document.language).pipe(body, as_tuples=True, disable=ENTITIES):
        offset = document.blocks[index].start
        for sentence in doc.sents:
            start, end = (offset + place for place in bounds(sentence))
            if start < end and not is_foreign(document.text[start:end], document.language):
                yield start, end, index, sentence


_SECTION_PRIOR: dict[Role | None, float] = {
    "conclusion": 0.6,
    "implication": 0.6,
    "limitation": 0.5,
    "result": 0.45,
    "objective": 0.4,
    "method": 0.25,
    "background": 0.15,
}


def _paper_salience(
    document: Document,
    spans: Sequence[tuple[int, int, int]],
    texts: Sequence[str],
    roles: Sequence[Role],
    with_title: NDArray[np.float32],
) -> list[float]:
    """How near title and abstract, where in the paper, with which cues: 0 to 1.

    Nearness is the mean cosine to the title and to the mean vector of the abstract (of the whole,
    without one), as in centroid summarization (Radev et al. 2004). ``with_title``: float32, shape
    (1 + n_sentences, 384), the title first.
    """
    if not texts:
        return []
    title, vectors = with_title[0], with_title[1:]
    abstract = [i for i, (_, _, block) in enumerate(spans) if in_abstract(document.blocks[block])]
    centre = vectors[abstract or range(len(texts))].mean(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    nearness = vectors @ centre
    if document.title:
        nearness = (nearness + vectors @ title) / 2
    own = pattern("roles", document.language, "cues", "result")
    values = []
    for index, ((_, _, block), text) in enumerate(zip(spans, texts, strict=True)):
        place = document.blocks[block]
        prior = (
            1.0
            if in_abstract(place)
            else _SECTION_PRIOR.get(section_role(place.section, document.language), 0.3)
        )
        cue = 1.0 if own.search(text) else 0.0
        number = 1.0 if roles[index] == "result" and re.search(r"\d", text) else 0.0
        value = 0.5 * float(nearness[index]) + 0.3 * prior + 0.12 * cue + 0.08 * number
        values.append(round(min(1.0, max(0.0, value)), 4))
    return values


#: What the length of a spoken sentence is worth: up to so many words, this factor.
_SHAPE = ((6, 0.2), (8, 0.7), (24, 1.0), (35, 0.8), (45, 0.5))


def _exchange_salience(texts: Sequence[str], language: Language) -> list[float]:
    """How much of what the whole exchange is about a sentence says: 0 to 1.

    The mean log frequency, over the exchange, of the sentence's content words (SumBasic,
    Nenkova & Vanderwende 2005), favouring lengths that are neither
    scraps nor speeches (``_SHAPE``).
    """
    stop_words = pipeline(language).Defaults.stop_words
    bags = [
        [
            word
            for word in (match.group().lower() for match in _WORD.finditer(text))
            if word not in stop_words and len(word) > 3
        ]
        for text in texts
    ]
    frequency = Counter(word for bag in bags for word in set(bag))
    top = math.log1p(max(frequency.values(), default=1))
    values = []
    for bag, text in zip(bags, texts, strict=True):
        weight = sum(math.log1p(frequency[word]) for word in set(bag)) / (len(set(bag)) + 3)
        words = len(text.split())
        shape = next((worth for most, worth in _SHAPE if words <= most), 0.2)
        values.append(round(min(1.0, shape * weight / top), 4))
    return values
