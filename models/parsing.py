"""The spaCy pipelines, one a language: ``pipeline("en")`` loads once, then is only called.

By default our own (``models/weights/en`` and ``fr``, trained by ``models/training/language.py``);
the settings may name an installed pipeline instead. On either stand the components of this
project, which read research prose and speech: see ``COMPONENTS``. What a sentence means is left
to ``pipelines``.
"""

from __future__ import annotations

from functools import cache, lru_cache

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span

from corpus.document import Language
from corpus.errors import ModelMissingError
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


@lru_cache(maxsize=4096)
def parse(text: str, language: Language) -> Doc:
    """A short text parsed by itself; the same text again costs nothing.

    Rewriting, verification and scoring ask for the same sentences many times over. Each text is
    read alone, so that what was read before it can't change its parse by a rounding. A ``Doc`` is
    not to be altered by who receives it. Raises ``ModelMissingError``.
    """
    return pipeline(language)(text, disable=ENTITIES)


def bounds(sentence: Span) -> tuple[int, int]:
    """Start and end of a sentence in its text, in code points, without blanks at either end."""
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return start, sentence.end_char - (len(text) - len(text.rstrip()))
