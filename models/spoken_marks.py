"""The mark at the end of a sentence, restored where speech was written without any.

In: a sentence and its language. Out: its last mark, or, where a recognizer wrote small letters and
no punctuation, the one that it would have: "?" where its words ask, "." elsewhere. For analysis
alone: what is quoted stays as it is. How questions begin is data (``spoken_marks.toml``).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from corpus.document import Language
from corpus.text import cue_pattern, end_mark

_MARKS = re.compile(r"[.?!;:…]")
#: A question's form stands within so many words of where the sentence begins.
_OPENING = 12
#: A tag makes a question of so many words ("… isn't it"), and not of itself.
_SHORTEST = 4


@cache
def _table(language: Language) -> dict[str, Any]:
    file = resources.files("models").joinpath("spoken_marks.toml")
    own: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))[language]
    return own


@cache
def _asking(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How questions begin, and what begins so and asks nothing; each behind openers."""
    table = _table(language)
    openers = rf"(?:(?:{'|'.join(table['openers'])})\s+)*"
    return cue_pattern(table["asks"], openers), cue_pattern(table["tells"], openers)


@cache
def _tags(language: Language) -> re.Pattern[str]:
    return cue_pattern(_table(language)["tags"], after=r"$")


def is_unmarked(text: str) -> bool:
    """Whether a sentence has no punctuation and no capitals, as a recognizer may write it."""
    words = text.split()
    plain = [word for word in words if word.split("'")[0] not in ("I", "I’m")]
    return not _MARKS.search(text) and not any(word[0].isupper() for word in plain if word)


def asks(text: str, language: Language) -> bool:
    """Whether the words of a sentence ask, whatever ends it."""
    opening = " ".join(text.split()[:_OPENING])
    asking, telling = _asking(language)
    if asking.match(opening) and not telling.match(opening):
        return True
    return bool(_tags(language).search(text)) and len(text.split()) >= _SHORTEST


def last_mark(text: str, language: Language) -> str:
    """The mark at the end of a sentence, as written, or as it would be."""
    if not is_unmarked(text):
        return end_mark(text)
    return "?" if asks(text, language) else "."
