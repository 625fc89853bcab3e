"""The note behind a line of an exchange that tells what was spoken of just before it.

In: phrases of the transcript. Out: the note in a language, and from a line its phrases, or its
words without the note. A note says no more than that these words were said there: what the line
means by "it" is left to who reads both. Whether they were is checked by ``verification``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus.document import Language
from pipelines.language.lexicon import table

#: What stands between two phrases.
_BETWEEN = "; "


def context_note(phrases: Sequence[str], language: Language) -> str:
    """What was spoken of, as a sentence in brackets."""
    return _template(language).format(phrases=_BETWEEN.join(phrases))


def noted(text: str, language: Language) -> list[str]:
    """The phrases of a line's notes; none where it has no note."""
    return [
        phrase
        for found in _pattern(language).finditer(text)
        for phrase in found["phrases"].split(_BETWEEN)
    ]


def without_note(text: str, language: Language) -> str:
    """A line without its note."""
    return _pattern(language).sub("", text)


def _template(language: Language) -> str:
    return str(table("templates")["spoken_before"]["note"][language])


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    before, _, after = _template(language).partition("{phrases}")
    return re.compile(rf" ?{re.escape(before)}(?P<phrases>[^()]*?){re.escape(after)}")
