"""Digits that count nothing: addresses, citations, labels ("Figure 3") and names (PM2.5).

``uncounted(text)`` gives the stretches of a text whose digits are no quantities whatever stands
around them; ``is_label`` and ``is_part_of_a_name`` judge one number by what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.document import Language
from models.components.measures import Amount, words

#: Addresses, identifiers, versions, numbered citations, telephone numbers, numbered items.
_NO_NUMBERS = re.compile(
    r"https?://\S+|www\.\S+|\b10\.\d{4,}/\S+|\S+@\S+|\bv?\d+\.\d+\.\d+\S*|"
    r"\[\d{1,3}(?: ?[,;–-] ?\d{1,3})*\]|(?<=\w)\(\d{1,3}\)|(?<!\w)\(\d{1,2}\)|#\d+|"
    r"\d+(?::\d+){2,}|(?<!\d)\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}(?!\d)|"
    r"(?:^|(?<=[\n\[]))[ \t]*\d{1,2}[.)] (?=[A-ZÀ-Þ\[])"
)
_BRACKET = re.compile(r"\([^()]{4,400}\)")
_CITED_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?(?:, (?:1[6-9]|20)\d\d[a-z]?)*"
_CITATION = re.compile(rf"(?:[A-ZÀ-Þ][\w'-]+|\b(?:al|coll)\.?),? (?P<years>{_CITED_YEAR})(?=[;,)])")
_CITATION_IN_TEXT = re.compile(
    rf"(?:\bet (?:al|coll)\b\.?,? \(?|[A-ZÀ-Þ][\w'-]+ \()(?P<years>{_CITED_YEAR})(?![\w-])"
)
_LETTER_AFTER = re.compile(r"[^\W\d_]|-(?=[^\W\d_])")
_NAME_BEFORE = re.compile(r"[^\W\d]$|[^\W\d_][-./_]$|\^[-−–]?$")
_NAME_LINK = re.compile(r"[/,-]")
_PREFIX = re.compile(r"(?<!\w)(?:pre|post|mid|early|late|mi|circa|non|sub)-$", re.IGNORECASE)


def cited_years(text: str) -> Iterator[tuple[int, int]]:
    """Where the years of citations are: "(Roy, 2019; Côté et al. 2020a)", "Roy (2019)"."""
    for match in _CITATION_IN_TEXT.finditer(text):
        yield match.span("years")
    for bracket in _BRACKET.finditer(text):
        for match in _CITATION.finditer(text, *bracket.span()):
            yield match.span("years")


def uncounted(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of addresses, identifiers, versions, numbered citations and cited years."""
    yield from (match.span() for match in _NO_NUMBERS.finditer(text))
    yield from cited_years(text)


@cache
def _reference(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{words(language, 'references')})(?: ?(?:n°|no\.|#))? ?$", re.IGNORECASE
    )


@cache
def _link(language: Language) -> re.Pattern[str]:
    links = words(language, "reference_links")
    return re.compile(rf" ?(?:{links})? ?| ?[-–—] ?", re.IGNORECASE)


def is_label(text: str, start: int, label_end: int, language: Language) -> bool:
    """Whether a number is a label: after "Figure", or joined to one that ended at ``label_end``."""
    if _reference(language).search(text[max(0, start - 30) : start]):
        return True
    return label_end > 0 and bool(_link(language).fullmatch(text, label_end, start))


def goes_on_a_name(text: str, start: int, name_end: int) -> bool:
    """Whether a number goes on a name that ended at ``name_end``: the 3 of "Arp2/3"."""
    return name_end > 0 and bool(_NAME_LINK.fullmatch(text, name_end, start))


@cache
def _ordinal(language: Language) -> re.Pattern[str]:
    return re.compile(rf"[ -](?:{words(language, 'ordinals')})(?!\w)", re.IGNORECASE)


def is_part_of_a_name(text: str, amount: Amount, language: Language) -> bool:
    """Whether the digits belong to a name or an ordinal: PM2.5, COVID-19, 3D, 2nd."""
    before = text[max(0, amount.start - 12) : amount.start]
    if _NAME_BEFORE.search(before) and not _PREFIX.search(before):
        return True
    if amount.kind == "NUMBER" and text[amount.start : amount.end][-1:].isdigit():
        return bool(_LETTER_AFTER.match(text, amount.end))
    return bool(_ordinal(language).match(text, amount.end))
