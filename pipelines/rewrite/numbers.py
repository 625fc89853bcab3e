"""``say_number_plainly``: the signs beside a number said in words; its value never changes.

"≥ 65 years" becomes "65 years or more", "> 30" "more than 30", "~12" "about 12", "(95% CI 1.2 to
3.4)" "(likely between 1.2 and 3.4)". In: a
parsed text. Out: one change a place. A sign inside a formula ("p < 0.05", "n ≥ 3") stays: there
it compares a symbol. Percentages, percentage points and units stay as written. Words are data
(``numbers.toml``); brackets that hold nothing but statistics go with ``trim``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from corpus.document import Language
from models.components.numerals import DIGITS
from pipelines.language.lexicon import entries
from pipelines.rewrite.changes import Change, Edit
from pipelines.rewrite.steps import Context

_GAP = r"[ \u00a0\u202f]?"


def say_number_plainly(parsed: Doc, context: Context) -> Iterator[Change]:
    """Signs of comparison, "about" and intervals in words, in English and in French."""
    text, language = parsed.text, context.language
    for pattern, worded in (
        (_compared(language), _comparison),
        (_about(language), _roughly),
        (_interval(language), _likely),
    ):
        for match in pattern.finditer(text):
            said = worded(match, language)
            if said and not _in_formula(text, match.start(), match.end()):
                yield (Edit(match.start(), match.end(), said),)


def _words(language: Language, key: str) -> str:
    return str(entries("numbers", language)[key])


def _any_of(language: Language, key: str) -> str:
    return "|".join(entries("numbers", language)[key])


@cache
def _compared(language: Language) -> re.Pattern[str]:
    unit = rf"{_GAP}(?:{_any_of(language, 'units')})(?![\w/²³^·])"
    return re.compile(
        rf"(?P<sign>>=|<=|[<>≥≤]){_GAP}(?P<number>{DIGITS[language]})(?![\d.,]?\d)(?P<unit>{unit})?"
    )


@cache
def _about(language: Language) -> re.Pattern[str]:
    signs = _any_of(language, "about_signs")
    return re.compile(rf"(?<!\w)(?:{signs}){_GAP}(?=\d)", re.IGNORECASE)


@cache
def _interval(language: Language) -> re.Pattern[str]:
    """A confidence interval alone in its bracket, or last in it: "(95% CI 1.2–3.4)"."""
    end = rf"[-−]?(?:{DIGITS[language]})(?:{_GAP}%)?"
    link = rf"(?:{_GAP}[–—]{_GAP}|{_GAP},\s| to | and | à | et |{_GAP};\s)"
    name = _any_of(language, "interval_names")
    percent = rf"(?:95{_GAP}%{_GAP})?(?:{name})(?:{_GAP}(?:à|de){_GAP}95{_GAP}%)?"
    return re.compile(
        rf"(?<=[(]){percent}(?:\s?[:=,]|\sof|\sde)?\s?\[?(?P<low>{end}){link}(?P<high>{end})\]?(?=\))"
    )


def _comparison(match: re.Match[str], language: Language) -> str | None:
    """A sign and its number in words; "or more" stands after the unit."""
    sign = match["sign"].replace(">=", "≥").replace("<=", "≤")
    amount = match["number"] + (match["unit"] or "")
    if sign in "<>":
        return f"{_words(language, 'more' if sign == '>' else 'less')} {amount}"
    if not match["unit"]:
        return None  # "≥ 3 visits": "or more" would have to stand before what is counted
    return _words(language, "at_least" if sign == "≥" else "at_most").format(amount)


def _roughly(match: re.Match[str], language: Language) -> str | None:
    if _LEANING.search(match.string[: match.start()]):
        return None
    return _words(language, "about") + " "


#: Words that would be said twice, or have to be elided before « environ ».
_LEANING = re.compile(r"\b(?:about|around|approximately|environ|près de|de|que|le|la)\s$", re.I)


def _likely(match: re.Match[str], language: Language) -> str:
    return _words(language, "interval").format(match["low"], match["high"])


#: What may stand right before a sign that says how much: a word of prose, a bracket, an opening.
_PROSE = re.compile(r"(?:^|[(,;]\s?|(?:^|[\s(])[^\W\d_]{2,}[,;]?[\s\u00a0])$")
_SYMBOL = re.compile(
    r"(?:^|[\s(])(?:[A-Z]{2,}\w*|[A-Za-zα-ωΑ-Ω]|log|mean|ratio|values?|valeurs?|than|que)[\s\u00a0]$"
)


def _in_formula(text: str, start: int, end: int) -> bool:
    """Whether a place belongs to a formula or a statistic: "p < 0.05", "10 < x", "> 3 × 10"."""
    before, after = text[:start], text[end:]
    symbol = _SYMBOL.search(before) or not _PROSE.search(before)
    return bool(symbol or re.match(r"\s?(?:[×x^=<>≤≥±/–—-]|to\b|à\b)", after))
