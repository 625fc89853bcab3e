"""Digits that count nothing: addresses, citations, labels ("Figure 3") and names (PM2.5).

``uncounted(text)`` gives the stretches of a text whose digits are no quantities whatever stands
around them; ``is_label`` and ``is_part_of_a_name`` judge one number by what stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Language
from corpus.text import CAPITALIZED, ET_AL, LETTERS, PARENTHESES, last_word
from models.components.measures import Amount, cued

#: Addresses, identifiers, versions, numbered citations, telephone numbers, numbered items.
_NO_NUMBERS = re.compile(
    r"https?://\S+|www\.\S+|\b10\.\d{4,}/\S+|\S+@\S+|\bv?\d+\.\d+\.\d+\S*|"
    r"\[\d{1,3}(?: ?[,;–-] ?\d{1,3})*\]|(?<=\w)\(\d{1,3}\)|(?<!\w)\(\d{1,2}\)|#\d+|"
    r"\d+(?::\d+){2,}|(?<!\d)\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}(?!\d)|"
    r"(?:^|(?<=[\n\[]))[ \t]*\d{1,2}[.)] (?=[A-ZÀ-Þ\[])"
)
_CITED_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?(?:, (?:1[6-9]|20)\d\d[a-z]?)*"
_CITATION = re.compile(rf"(?:{CAPITALIZED}|\b(?:al|coll)\.?),? (?P<years>{_CITED_YEAR})(?=[;,)])")
_CITATION_IN_TEXT = re.compile(
    rf"(?:{ET_AL}\.?,? \(?|{CAPITALIZED} \()(?P<years>{_CITED_YEAR})(?![\w-])"
)
#: A longer bracket holds no citation, a shorter one no year; in characters.
_CITING = range(4, 401)
_NAME_BEFORE = re.compile(r"[^\W\d]$|[^\W\d_][-./_]$|\^[-−–]?$")
_NAME_LINKS = ("/", ",", "-")
#: Before a hyphen and a number these are no names: "mid-2019", « mi-2019 ».
_PREFIXES = frozenset(("pre", "post", "mid", "early", "late", "mi", "circa", "non", "sub"))


def cited_years(text: str) -> Iterator[tuple[int, int]]:
    """Where the years of citations are: "(Roy, 2019; Côté et al. 2020a)", "Roy (2019)"."""
    for match in _CITATION_IN_TEXT.finditer(text):
        yield match.span("years")
    for bracket in PARENTHESES.finditer(text):
        if len(bracket[1]) in _CITING:
            for match in _CITATION.finditer(text, *bracket.span()):
                yield match.span("years")


def uncounted(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of addresses, identifiers, versions, numbered citations and cited years."""
    yield from (match.span() for match in _NO_NUMBERS.finditer(text))
    yield from cited_years(text)


def is_label(text: str, start: int, label_end: int, language: Language) -> bool:
    """Whether a number is a label: after "Figure", or joined to one that ended at ``label_end``."""
    names = cued(language, "references", after=r"(?: ?(?:n°|no\.|#))? ?$")
    if names.search(text[max(0, start - 30) : start]):
        return True
    links = cued(language, "reference_links", " ?", "? ?| ?[-–—] ?")
    return label_end > 0 and bool(links.fullmatch(text, label_end, start))


def goes_on_a_name(text: str, start: int, name_end: int) -> bool:
    """Whether a number goes on a name that ended at ``name_end``: the 3 of "Arp2/3"."""
    return name_end > 0 and text[name_end:start] in _NAME_LINKS


def goes_on_in_letters(text: str, end: int) -> bool:
    """Whether a letter follows what ended here, also behind a hyphen: the D of "3D", "3-D"."""
    return bool(LETTERS.match(text, end + text.startswith("-", end)))


def is_part_of_a_name(text: str, amount: Amount, language: Language) -> bool:
    """Whether the digits belong to a name or an ordinal: PM2.5, COVID-19, 3D, 2nd."""
    before = text[max(0, amount.start - 12) : amount.start]
    prefixed = before.endswith("-") and last_word(before[:-1]).lower() in _PREFIXES
    if _NAME_BEFORE.search(before) and not prefixed:
        return True
    if amount.kind == "NUMBER" and text[amount.start : amount.end][-1:].isdigit():
        return goes_on_in_letters(text, amount.end)
    return bool(cued(language, "ordinals", "[ -]").match(text, amount.end))
