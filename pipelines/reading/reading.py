"""``Reading``: a document understood once; every later room looks at it, and at nothing else.

In: a ``Document``. Out: its body's sentences, each with its parse and what it does in the whole;
for a paper, their vectors and how likely each does what (``models.sentence_functions``); the
abbreviations that it defines. Each part is made when it is first looked at, and once: whoever only
compares a quote with a line pays for no vectors. Whether a sentence is told is left to
``selecting``, how much it claims to ``claims``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from corpus.document import Block, Document, Language
from models import encoder, exchange_points, paper_lines
from models.antecedents import Talk
from models.components.abbreviations import Definition
from models.function_features import Located
from models.parsing import ParsedSentence, body_sentences, parse
from models.point_features import in_turns
from models.sentence_functions import FUNCTIONS, Function, WholePaper, probabilities
from models.standalone import standalone
from models.stated_parts import as_stated
from models.study_kind import SAID, Judged, judge
from pipelines.brief import Sentence
from pipelines.language.glosses import gloss
from pipelines.reading.definitions import definitions
from pipelines.reading.sentence_roles import Placed, decide, is_by_one


@dataclass(frozen=True, eq=False)
class Reading:
    """A document, and what was understood of it; equal to itself alone."""

    document: Document

    @property
    def language(self) -> Language:
        """The document's."""
        return self.document.language

    @cached_property
    def _placed(self) -> tuple[tuple[int, ParsedSentence], ...]:
        """Each body sentence in the document's language, with its block's index."""
        return body_sentences(self.document)

    @cached_property
    def parsed(self) -> tuple[Doc, ...]:
        """The parse of each sentence, by itself."""
        return tuple(one.doc for _, one in self._placed)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the body, in order, with what each does."""
        blocks = self.document.blocks
        placed = [Placed(one.doc.text, blocks[index]) for index, one in self._placed]
        return tuple(
            Sentence(one.start, one.end, index, decision.role)
            for (index, one), decision in zip(
                self._placed, decide(self.document, placed), strict=True
            )
        )

    @cached_property
    def by_one(self) -> bool:
        """Whether one author speaks, so that "I" is nobody else."""
        return is_by_one(self.document)

    @cached_property
    def _english(self) -> Sequence[str]:
        """The title and the sentences in English: their own words, or glosses of them."""
        title = self.document.title or ""
        if self.language == "en":
            return [title, *(one.doc.text for _, one in self._placed)]
        return [title and gloss(parse(title, "fr")), *(gloss(one.doc) for _, one in self._placed)]

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        """The title's vector, then those of the sentences; the encoder knows English alone."""
        return encoder.encode(self._english)

    @property
    def vectors(self) -> NDArray[np.float32] | None:
        """float32, shape (n_sentences, 384), rows of unit length; None for an exchange."""
        return None if self.document.kind == "exchange" else self._vectors[1:]

    @cached_property
    def functions(self) -> NDArray[np.float64]:
        """How likely each sentence of a paper does what: shape (n_sentences, n_functions), 0 to 1.

        Columns in the order of ``models.sentence_functions.FUNCTIONS``. An exchange's are 0.
        """
        if self.document.kind == "exchange":
            return np.zeros((len(self.sentences), len(FUNCTIONS)))
        learned = probabilities(
            WholePaper(
                self._located,
                self._english[1:],
                self._vectors[1:],
                self.title_vector,
                self.language,
            )
        )
        return as_stated(learned, self._located, self.language)

    @cached_property
    def point_probabilities(self) -> NDArray[np.float64]:
        """How likely each sentence of an exchange is what: shape (n_sentences, n_targets), 0 to 1.

        Columns in the order of ``models.exchange_points.TARGETS``.
        """
        blocks = self.document.blocks
        return exchange_points.probabilities(
            list(in_turns((blocks[index], one.doc) for index, one in self._placed))
        )

    @cached_property
    def standing(self) -> NDArray[np.float64]:
        """How likely each sentence is understood by itself: shape (n_sentences,), 0 to 1.

        One of a paper under its title, its abbreviations being written out.
        """
        if self.document.kind == "exchange":
            return standalone(self.parsed)
        title = self.document.title or ""
        return paper_lines.understood(self.parsed, self.functions, title, self.abbreviations)

    @cached_property
    def worth(self) -> NDArray[np.float64]:
        """How likely each sentence of a paper is printed as a finding: shape (n_sentences,)."""
        return paper_lines.worth(self.functions)

    @cached_property
    def kind(self) -> Judged:
        """The likeliest kind of study that a paper reports, and how likely it is."""
        if self.document.article_type == "editorial":
            return Judged("guidance", SAID, ())
        return judge(self.document.title or "", self._located, self._vectors, self.language)

    @cached_property
    def _located(self) -> list[Located]:
        blocks = self.document.blocks
        return [Located(one.doc, blocks[index]) for index, one in self._placed]

    def likely(self, index: int, function: Function) -> float:
        """How likely a sentence does this: 0 to 1."""
        return float(self.functions[index, FUNCTIONS.index(function)])

    @property
    def title_vector(self) -> NDArray[np.float32]:
        """float32, shape (384,), of unit length; of no words where there is no title."""
        vector: NDArray[np.float32] = self._vectors[0]
        return vector

    @cached_property
    def abbreviations(self) -> Mapping[str, Definition]:
        """Every abbreviation that the document defines, at its first definition in the body."""
        return definitions(self.document)

    def language_of(self, index: int) -> Language:
        """The language of a sentence: that of its turn, in an exchange that has both."""
        return self.document.language_at(self.sentences[index].start)

    @cached_property
    def talk(self) -> Talk:
        """An exchange's sentences, as what they lean on is sought in them."""
        return Talk(self.parsed, self.speakers)

    @cached_property
    def speakers(self) -> list[str | None]:
        """Who says each sentence, as the transcript names them; None where nobody knows."""
        return [self.block(index).speaker for index in range(len(self.sentences))]

    def text(self, index: int) -> str:
        """The words of a sentence, to the letter."""
        sentence = self.sentences[index]
        return self.document.text[sentence.start : sentence.end]

    def block(self, index: int) -> Block:
        """The block in which a sentence stands."""
        return self.document.blocks[self.sentences[index].block]


#: The documents that were looked at last, oldest first, and how many are kept.
_LOOKED_AT: dict[str, Reading] = {}
MOST_KEPT = 8


def readings_of(documents: Iterable[Document]) -> dict[str, Reading]:
    """Documents to be looked at, by their ``id``: what verification takes.

    What was understood of a document that was looked at lately costs nothing again.
    """
    return {document.id: _looked_at(document) for document in documents}


def _looked_at(document: Document) -> Reading:
    known = _LOOKED_AT.pop(document.id, None)
    if known is None or known.document != document:
        known = Reading(document)
    _LOOKED_AT[document.id] = known
    while len(_LOOKED_AT) > MOST_KEPT:
        del _LOOKED_AT[next(iter(_LOOKED_AT))]
    return known
