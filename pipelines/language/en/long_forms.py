"""Whether an English long form can take the place of its abbreviation: number and article.

Words that go with one number only are data (``rewrite.toml``).
"""

from __future__ import annotations

import re

from corpus.text import last_word
from pipelines.language.en.word_forms import FORMS
from pipelines.language.lexicon import pattern


def fits(before: str, short: str, long: str) -> bool:
    """Whether the words before an abbreviation go with its long form too."""
    plural = bool(re.search(r"[^siu](?<!ga)(?<!bia)s$", long.split()[-1].lower()))
    if plural != short.endswith("s"):
        return False
    wrong = pattern("rewrite", "en", "before_singular" if plural else "before_plural")
    if wrong.fullmatch(last_word(before.rstrip())):
        return False
    article = "a" if long.lower().startswith(tuple("aeio")) else "an"
    return not (before[-1:].isspace() and last_word(before[:-1]).lower() == article)


def several(long: str) -> str:
    """A long form of one thing as one of several: "body mass indices", "cystic neoplasms"."""
    first, blank, last = long.rpartition(" ")
    return f"{first}{blank}{FORMS['NOUN'](last)['plur']}"
