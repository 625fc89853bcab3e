"""textstat's readability formulas, offline: ``formulas("en").flesch_kincaid_grade(text)``.

textstat would download its pronunciation dictionary; here it gets the syllables of the same
dictionary from ``corpus.pronunciations``, so that scores come out offline and equal textstat's own.
Which formulas make sense for a language is left to ``pipelines.scoring.readability``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from corpus.document import Language
from corpus.pronunciations import syllables


class _Pronunciations(Mapping[str, list[list[str]]]):
    """Each word with one pronunciation, of which textstat counts the phones that bear a stress.

    It reads nothing else of them, so that one vowel does for all.
    """

    def __getitem__(self, word: str) -> list[list[str]]:
        return [["AH0"] * syllables()[word]]

    def __iter__(self) -> Iterator[str]:
        return iter(syllables())

    def __len__(self) -> int:
        return len(syllables())


def _textstat() -> Any:
    """textstat without nltk, of which it wants the dictionary alone.

    nltk imports scipy and scikit-learn: as much processor time as PyTorch takes, and 90 MB.
    """
    if "nltk" in sys.modules:
        import textstat

        return textstat
    sys.modules["nltk"] = ModuleType("nltk")
    try:
        import textstat
    finally:
        del sys.modules["nltk"]
    return textstat


@cache
def formulas(language: Language) -> Any:
    """textstat set to a language, with its pronunciation dictionary found offline."""
    textstat = _textstat()
    from textstat.backend.counts import _count_syllables

    pronunciations = _Pronunciations()

    def get_cmudict(lang: str) -> Any:
        return pronunciations if lang.startswith("en") else None

    _count_syllables.get_cmudict = get_cmudict
    instance = type(textstat.textstat)()  # one of our own: the language is state in it
    instance.set_lang(language)
    return instance
