"""Names found by an installed spaCy pipeline, where the settings name one; none otherwise.

``PASSERELLE_NAME_RECOGNIZER_FR=fr_core_news_md`` adds what that pipeline takes for a person to what
the rules of ``models.components.persons`` find. Its entities alone are asked for.
"""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language as Pipeline

from corpus.document import Language
from corpus.errors import ModelMissingError
from corpus.settings_base import in_force
from models.model_settings import ModelSettings

#: What pipelines call a person.
_PERSON = frozenset({"PER", "PERSON"})
#: What persons' names don't need of a pipeline.
_NEEDLESS = ["tagger", "morphologizer", "parser", "lemmatizer", "attribute_ruler", "senter"]


@cache
def _pipeline(name: str) -> Pipeline:
    try:
        nlp = spacy.load(name, exclude=_NEEDLESS)
    except OSError as error:
        raise ModelMissingError(
            f"name recognizer {name!r} not found; install it (pip install passerelle[names]) or "
            "unset PASSERELLE_NAME_RECOGNIZER_EN and PASSERELLE_NAME_RECOGNIZER_FR"
        ) from error
    if not nlp.has_pipe("ner"):
        raise ModelMissingError(f"{name!r} recognizes no names; name a pipeline with ner")
    return nlp


def recognized(text: str, language: Language) -> list[tuple[int, int]]:
    """Where the recognizer in force finds persons: start and end, code points into the text.

    Raises ``ModelMissingError`` where the settings name one that isn't installed.
    """
    chosen = in_force(ModelSettings)
    name = chosen.name_recognizer_fr if language == "fr" else chosen.name_recognizer_en
    if not name:
        return []
    doc = _pipeline(name)(text)
    return [(one.start_char, one.end_char) for one in doc.ents if one.label_ in _PERSON]
