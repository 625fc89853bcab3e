"""Whether two texts are one sentence, or one a part of the other, however they were split.

Sentences that a person marked were split by another splitter than ours, so that they are never
compared by equality.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

#: Two texts are one sentence where so many of the shorter one's words are in both, and where so
#: many of these stand in one order: the measure that the labels were published with.
SHARED, IN_ORDER = 0.75, 0.7
#: And never fewer than so many words, or all of a shorter one.
LEAST = 5

_WORD = re.compile(r"[^\W_]+")


def same(one: str, other: str) -> bool:
    """Whether two texts are one sentence, or a part of it.

    Of the shorter one's words, three in four (and five, or all) must be in the longer one, and
    seven in ten in its order.
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    if not short:
        return False
    shared = (_counted(short) & _counted(long)).total()
    if shared < SHARED * len(short) or shared < min(LEAST, len(short)):
        return False
    runs = SequenceMatcher(None, short, long, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs) >= IN_ORDER * len(short)


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(text))


@lru_cache(maxsize=65536)
def _counted(words: tuple[str, ...]) -> Counter[str]:
    return Counter(words)
