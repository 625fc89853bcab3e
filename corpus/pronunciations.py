"""The syllables of 126,000 English words, as the CMU Pronouncing Dictionary pronounces them.

In: ``pronunciations.txt.gz``, a line for each number of syllables with the words that have it, made
from the dictionary by ``models.training.make_pronunciations``; its terms lie beside it in
``pronunciations.LICENSE``. Out: ``syllables()``, and ``words()`` for those who only ask whether a
word is English. Words that the dictionary doesn't have are left to the caller.
"""

from __future__ import annotations

import gzip
from collections.abc import KeysView, Mapping
from functools import cache
from itertools import repeat
from pathlib import Path

FILE = Path(__file__).with_name("pronunciations.txt.gz")


@cache
def syllables() -> Mapping[str, int]:
    """Every word in lower case, with the syllables of its first pronunciation; 0 for "hmm"."""
    found: dict[str, int] = {}
    for line in gzip.decompress(FILE.read_bytes()).decode("ascii").splitlines():
        number, *words = line.split(" ")
        found.update(zip(words, repeat(int(number))))
    return found


def words() -> KeysView[str]:
    """Every word in lower case, inflected forms and names among them."""
    return syllables().keys()
