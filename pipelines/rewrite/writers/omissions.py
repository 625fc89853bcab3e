"""``omissions(source, text, language)``: what a rewording leaves out that it must keep.

Verification asks whether a text says more than its evidence. A writer can fail the other way
too: drop the number, the "not" or the "may", or answer with two words of the passage, such as a
document's own "write APPROVED". In: the passage as the steps left it, and the writer's text. Out:
one reason each. Whether a word is supported is left to ``verify``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.document import Language
from corpus.text import LETTERS
from pipelines.claims.strength import hedges, negations
from pipelines.language.lexicon import pattern
from pipelines.language.numbers import numbers
from pipelines.language.typography import QUOTATION

#: Letters of a longer word, and how many of its first ones stand for it.
_LONG, _STEM = 5, 4
_BADLY_JOINED = re.compile(r"\s[.,](?!\d)|(?<=[^\W\d_]{3}[.!?])\s+[a-zà-öø-ÿ]")


def omissions(source: str, text: str, language: Language) -> list[str]:
    """What the text lacks: numbers, negations, cautions, limits, quotations, most of the words."""
    return [
        *_numbers(source, text, language),
        *_fewer("negation", negations(source, language), negations(text, language)),
        *_fewer("word of caution", hedges(source, language), hedges(text, language)),
        *_limits(source, text, language),
        *_quotations(source, text),
        *_marks(source, text),
        *_words(source, text),
    ]


def _numbers(source: str, text: str, language: Language) -> Iterator[str]:
    missing = _values(source, language) - _values(text, language)
    for value in sorted(missing):
        yield f"the number {value} was left out"


def _values(text: str, language: Language) -> Counter[str]:
    return Counter(item.value for item in numbers(text, language))


def _fewer(name: str, said: Sequence[str], kept: Sequence[str]) -> Iterator[str]:
    if len(kept) < len(said):
        yield f"a {name} was left out ({', '.join(said)})"


def _limits(source: str, text: str, language: Language) -> Iterator[str]:
    """Words that narrow the passage: "if", "only", "some", "than"."""
    limits = pattern("writers", language, "limits")
    kept = {word.lower() for word in limits.findall(text)}
    for word in sorted({word.lower() for word in limits.findall(source)} - kept):
        yield f"the limiting word “{word}” was left out"


def _quotations(source: str, text: str) -> Iterator[str]:
    for quotation in QUOTATION.findall(source):
        if quotation not in text:
            yield f"the quotation {quotation} was left out or changed"


def _marks(source: str, text: str) -> Iterator[str]:
    """The marks by which a sentence is told, where the passage has them."""
    if source[-1:] in ".?!" and text[-1:] not in (".", "?", "!"):
        yield "the mark at the end was left out"
    if source[:1].isupper() and not text[:1].isupper():
        yield "the capital at the beginning was left out"
    if _BADLY_JOINED.search(text) and not _BADLY_JOINED.search(source):
        yield "a sentence inside begins without a capital, or a mark stands alone"


def _words(source: str, text: str) -> Iterator[str]:
    """More than half of the longer words must be met again.

    Plain words replace some; a scrap of the passage, or an answer about something else, keeps
    fewer.
    """
    wanted, got = _stems(source), _stems(text)
    kept = len(wanted & got)
    if wanted and kept * 2 <= len(wanted):
        yield f"only {kept} of {len(wanted)} longer words of the passage were kept"


def _stems(text: str) -> set[str]:
    words = (word.lower() for word in LETTERS.findall(text))
    return {word[:_STEM] for word in words if len(word) >= _LONG}
