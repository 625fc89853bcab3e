"""How hard a text is to read, fast enough to weigh every change that a rewriting step proposes.

The Flesch-Kincaid grade (Kincaid et al. 1975): 0.39 words a sentence + 11.8 syllables a word
− 15.59. For French, whose words have more syllables, their weight is lowered in the proportion in
which Kandel and Moles (1958) lowered that of Flesch's ease, 73.6 to 84.6. It serves to compare
wordings of one sentence; what a brief reports is scored by ``pipelines.readability``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.document import Language
from models.formulas import formulas

_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
#: What ends a sentence: a stop before a space and anything but a small letter, or at the end.
_END = re.compile(r"[.!?][”’»\")\]]*(?=\s+[^\sa-zà-öø-ÿ]|\s*$)")
_SYLLABLE_WEIGHT: dict[Language, float] = {"en": 11.8, "fr": 11.8 * 73.6 / 84.6}


@lru_cache(maxsize=1024)
def difficulty(text: str, language: Language) -> float:
    """The grade of a text, in school years; zero for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_END.findall(text)))
    syllables = sum(_syllables(word, language) for word in words)
    length, weight = len(words) / sentences, syllables / len(words)
    return 0.39 * length + _SYLLABLE_WEIGHT[language] * weight - 15.59


@lru_cache(maxsize=50_000)
def _syllables(word: str, language: Language) -> int:
    return max(1, int(formulas(language).syllable_count(word)))
