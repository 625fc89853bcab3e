"""What stands before a replaced English word, mended: "a" or "an"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Doc

from pipelines.language.splices import Change, Replacement, Splice, instead
from pipelines.language.typography import cased

#: Words that begin with a vowel letter and a consonant's sound, and the other way round.
_CONSONANT_SOUNDS = ("use", "usu", "util", "eu", "ubi")
_CONSONANT_WORDS = ("one", "once")
_VOWEL_SOUNDS = ("hour", "honest", "honor", "honour", "heir")


def mended(parsed: Doc, new: Replacement, own: Splice) -> Change:
    """New words in place with the article before them: "a" before "method", "an" before "hour"."""
    before = parsed[new.start - 1] if new.start else None
    if before is None or before.lower_ not in ("a", "an") or not before.whitespace_:
        return (own,)
    article = "an" if _vowel_sound(new.words) else "a"
    if before.lower_ == article:
        return (own,)
    return (instead(before, cased(article, before.text)), own)


def forms_of(preposition: str) -> Mapping[str, str]:
    """The forms of a preposition, with the article that each holds: in English, itself and none."""
    return {preposition: ""}


def _vowel_sound(words: str) -> bool:
    lower = words.lower()
    if lower[:1] not in tuple("aeiou"):
        return lower.startswith(_VOWEL_SOUNDS)
    united = lower.startswith("uni") and not lower.startswith("unin")
    first = re.split(r"\W", lower)[0]
    return not (united or lower.startswith(_CONSONANT_SOUNDS) or first in _CONSONANT_WORDS)
