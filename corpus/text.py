"""What words, brackets, quotations and sentence ends look like: once, for every floor.

In: running text in either language. Out: patterns, and the few functions that everybody needs of
them. Which words mean what is left to the floors above.
"""

from __future__ import annotations

import re

#: A run of letters of any script; a word with its apostrophes and hyphens ("don't", « l’eau »,
#: "heat-related").
LETTERS = re.compile(r"[^\W\d_]+")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
#: What stands in round or square brackets, none inside; with the blank before it.
BRACKET = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")


def outside_brackets(text: str) -> str:
    """A text without what stands in brackets, one inside another too."""
    previous = ""
    while previous != text:
        previous, text = text, BRACKET.sub("", text)
    return text
