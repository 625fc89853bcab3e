"""The spaCy pipelines, one a language: ``pipeline("en")`` loads once, then is only called.

By default our own (``models/weights/en`` and ``fr``, trained by ``models/training/language.py``);
the settings may name an installed pipeline instead. On either stand the components of this
project, which read research prose and speech: see ``COMPONENTS``. What a sentence means is left
to ``pipelines``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from corpus.document import BODY_KINDS, LANGUAGES, Document, Language
from corpus.errors import ModelMissingError
from corpus.language_detection import is_foreign
from corpus.settings_base import in_force
from models.artefacts import artefact
from models.components import abbreviations, places, quantities, sentences
from models.model_settings import ModelSettings

#: Ours, in their order, by the module that registers each. Boundaries are set before the parser,
#: which keeps them.
COMPONENTS = {
    "passerelle_sentences": sentences,
    "passerelle_quantities": quantities,
    "passerelle_places": places,
    "passerelle_abbreviations": abbreviations,
}
#: Those that mark what a text names. No step reads their marks from a parse so far, and they cost a
#: tenth of it, so the steps leave them out.
ENTITIES = ("passerelle_quantities", "passerelle_places", "passerelle_abbreviations")
#: What names an item of notes, by itself: up to four words and a colon.
_LABEL = re.compile(r"\W{0,4}[^\W\d_][\w’'-]*(?: [\w’'()-]+){0,3}\s?:")
#: Longest text that is read in one piece, in code points.
MAX_LENGTH = 5_000_000


@cache
def pipeline(language: Language) -> Pipeline:
    """The spaCy pipeline for a language, loaded once a process.

    Raises ``ModelMissingError`` where its files are missing or altered, or where the settings
    name a pipeline that isn't installed.
    """
    chosen = in_force(ModelSettings)
    name = chosen.language_model_fr if language == "fr" else chosen.language_model_en
    try:
        nlp = spacy.load(name or artefact(language), exclude=["ner"])
    except OSError as error:
        raise ModelMissingError(
            f"spaCy pipeline {name!r} not found; install it or unset "
            f"PASSERELLE_LANGUAGE_MODEL_{language.upper()}"
        ) from error
    for component in COMPONENTS:
        before = (
            "parser" if component == "passerelle_sentences" and nlp.has_pipe("parser") else None
        )
        nlp.add_pipe(component, before=before)
    nlp.max_length = MAX_LENGTH
    return nlp


#: Parses of the texts that were asked for last, oldest first, and how many are kept.
_PARSED: dict[tuple[str, Language], Doc] = {}
MOST_KEPT = 4096
#: Texts in a batch: on a processor larger ones cost memory and save no time.
BATCH = 32


def parse(text: str, language: Language) -> Doc:
    """A short text parsed by itself; the same text again costs nothing.

    Reading, rewriting, verification and scoring ask for the same sentences many times over. The
    parse of a text depends on nothing but the text. A ``Doc`` is not to be altered by who receives
    it. Raises ``ModelMissingError``.
    """
    found = _PARSED.get((text, language))
    return parse_all([text], language)[0] if found is None else found


def parse_all(texts: Sequence[str], language: Language) -> list[Doc]:
    """Each text parsed by itself, as ``parse`` does, those that are new in batches."""
    new = list(dict.fromkeys(text for text in texts if (text, language) not in _PARSED))
    if not new:  # a language that nobody speaks is not loaded: French alone costs two seconds
        return [_PARSED[text, language] for text in texts]
    found = dict(
        zip(new, pipeline(language).pipe(new, disable=ENTITIES, batch_size=BATCH), strict=True)
    )
    docs = [found[text] if text in found else _PARSED[text, language] for text in texts]
    for text, doc in found.items():
        _PARSED[text, language] = doc
    while len(_PARSED) > MOST_KEPT:
        del _PARSED[next(iter(_PARSED))]
    return docs


def forget() -> None:
    """Let go of every parse that is kept, as a measurement or a long-lived process may want."""
    _PARSED.clear()


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence within a text, parsed by itself."""

    start: int
    """Code points into the text."""
    end: int
    doc: Doc


def sentences_of(texts: Sequence[str], language: Language) -> list[list[ParsedSentence]]:
    """The sentences of each text, in order, each with a parse of its own.

    A text is cut where the rules are sure; what is left is parsed, and where the pipeline finds
    more than one sentence in a piece, these are parsed again one by one.
    """
    pieces = [list(_pieces(text, language)) for text in texts]
    flat = [text[start:end] for text, own in zip(texts, pieces, strict=True) for start, end in own]
    docs = iter(parse_all(flat, language))
    found = [
        [
            (start, doc, [bounds(one) for one in doc.sents])
            for (start, _), doc in zip(own, docs, strict=False)
        ]
        for own in pieces
    ]
    further = [
        doc.text[first:last]
        for own in found
        for _, doc, inner in own
        if len(inner) > 1
        for first, last in inner
    ]
    again = iter(parse_all(further, language))
    return [
        [
            ParsedSentence(start + first, start + last, doc if len(inner) == 1 else next(again))
            for start, doc, inner in own
            for first, last in inner
            if first < last
        ]
        for own in found
    ]


def body_sentences(document: Document) -> tuple[tuple[int, ParsedSentence], ...]:
    """Each sentence of a document's body in its block's language, with the block's index.

    Their places count from the start of the document.
    """
    body = [(i, block) for i, block in enumerate(document.blocks) if block.kind in BODY_KINDS]
    found: dict[int, list[ParsedSentence]] = {}
    for language in LANGUAGES:
        own = [item for item in body if (item[1].language or document.language) == language]
        texts = [document.text[block.start : block.end] for _, block in own]
        for (index, _), parsed in zip(own, sentences_of(texts, language), strict=True):
            if document.kind == "exchange" and document.blocks[index].kind != "turn":
                parsed = _with_label(
                    parsed, document.text[document.blocks[index].start :], language
                )
            found[index] = [one for one in parsed if not is_foreign(one.doc.text, language)]
    return tuple(
        (index, ParsedSentence(block.start + one.start, block.start + one.end, one.doc))
        for index, block in body
        for one in found.get(index, ())
    )


def _with_label(
    parsed: list[ParsedSentence], text: str, language: Language
) -> list[ParsedSentence]:
    """An item of notes as one sentence with its label: "Decision: The board adopted …"."""
    if len(parsed) < 2 or not _LABEL.fullmatch(parsed[0].doc.text):
        return parsed
    label, said, *others = parsed
    whole = parse(text[label.start : said.end], language)
    return [ParsedSentence(label.start, said.end, whole), *others]


def _pieces(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where a text is cut for sure: start and end of each piece, without blanks at either end."""
    starts = sentences.sentence_starts(text, language)
    for start, end in pairwise([*starts, len(text)]):
        piece = text[start:end]
        if piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(piece.strip())


def bounds(sentence: Span) -> tuple[int, int]:
    """Start and end of a sentence in its text, in code points, without blanks at either end."""
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return start, sentence.end_char - (len(text) - len(text.rstrip()))
