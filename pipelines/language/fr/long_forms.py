"""Whether a French long form can take the place of its abbreviation: number, elision.

Words that go with one number only, and those that lose their vowel, are data (``rewrite.toml``).
"""

from __future__ import annotations

from corpus.text import last_word
from pipelines.language.fr.articles import begins_with_vowel
from pipelines.language.lexicon import pattern

_APOSTROPHES = ("’", "'")
#: What would lose its vowel, or change its form, before another.
_BEFORE_CONSONANTS = ("le", "la", "de", "que", "ce", "ma", "sa")


def fits(before: str, short: str, long: str) -> bool:
    """Whether the words before an abbreviation go with its long form too."""
    plural = long.split()[0].lower().endswith(("s", "x"))
    wrong = pattern("rewrite", "fr", "before_singular" if plural else "before_plural")
    if wrong.fullmatch(_last(before.rstrip())):
        return False
    if not begins_with_vowel(long):
        return not before.endswith(_APOSTROPHES)
    return not (before[-1:].isspace() and last_word(before[:-1]).lower() in _BEFORE_CONSONANTS)


def _last(text: str) -> str:
    """The last word, with its apostrophe."""
    bare = text[:-1] if text.endswith(_APOSTROPHES) else text
    return last_word(bare) + text[len(bare) :]
