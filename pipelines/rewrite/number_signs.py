"""``say_number_plainly``: the signs beside a number said in words; its value never changes.

"≥ 65 years" becomes "65 years or more", "> 30" "more than 30", "~12" "about 12", "(95% CI 1.2 to
3.4)" "(likely between 1.2 and 3.4)". In: a parsed text. Out: one change a place. A sign inside a
formula ("p < 0.05", "n ≥ 3") stays: there it compares a symbol. Percentages, percentage points and
units stay as written. Words are data (``numbers.toml``); brackets that hold nothing but statistics
go with ``trim``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from corpus.document import Language
from corpus.text import cue_pattern, last_word
from models.components.numerals import DIGITS
from pipelines.language.lexicon import entries
from pipelines.language.splices import Change, Splice
from pipelines.language.typography import GAP
from pipelines.rewrite.steps import Context


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
            if said and not _in_formula(text, match.start(), match.end(), language):
                yield (Splice(match.start(), match.end(), said),)


def _words(language: Language, key: str) -> str:
    return str(entries("numbers", language)[key])


@cache
def _any_of(language: Language, key: str, before: str, after: str) -> re.Pattern[str]:
    """The cues under a key, as written, between what must stand around them."""
    return cue_pattern(entries("numbers", language)[key], before, after, re.NOFLAG)


def _compared(language: Language) -> re.Pattern[str]:
    """A sign of comparison, a number, and a unit after which "or more" can stand."""
    number = rf"(?P<number>{DIGITS[language]})(?![\d.,]?\d)"
    sign = rf"(?P<sign>>=|<=|[<>≥≤]){GAP}"
    return _any_of(language, "units", rf"{sign}{number}(?P<unit>{GAP}", r"(?![\w/²³^·]))?")


def _about(language: Language) -> re.Pattern[str]:
    return _any_of(language, "about_signs", r"(?<!\w)(?i:", rf"){GAP}(?=\d)")


def _interval(language: Language) -> re.Pattern[str]:
    """A confidence interval alone in its bracket, or last in it: "(95% CI 1.2–3.4)"."""
    end = rf"[-−]?(?:{DIGITS[language]})(?:{GAP}%)?"
    link = rf"(?:{GAP}[–—]{GAP}|{GAP},\s| to | and | à | et |{GAP};\s)"
    lead = rf"(?<=[(])(?:95{GAP}%{GAP})?"
    level = rf"(?:{GAP}(?:à|de){GAP}95{GAP}%)?(?:\s?[:=,]|\sof|\sde)?\s?"
    bounds = rf"\[?(?P<low>{end}){link}(?P<high>{end})\]?(?=\))"
    return _any_of(language, "interval_names", lead, level + bounds)


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
    """ "About", but where it is said already, or would be elided before « environ »."""
    before = match.string[: match.start()]
    said = last_word(before[:-1]).lower() if before[-1:].isspace() else ""
    if said in entries("numbers", language)["before_about"]:
        return None
    return _words(language, "about") + " "


def _likely(match: re.Match[str], language: Language) -> str:
    return _words(language, "interval").format(match["low"], match["high"])


def _prose(language: Language) -> re.Pattern[str]:
    """What may stand before a sign that says how much: a word of prose, a bracket, an opening."""
    opening = r"(?:^|[(,;]\s?|(?:^|[\s(])(?!"
    return _any_of(language, "symbols", opening, r"\s$)[^\W\d_]{2,}[,;]?\s)$")


def _in_formula(text: str, start: int, end: int, language: Language) -> bool:
    """Whether a place belongs to a formula or a statistic: "p < 0.05", "10 < x", "> 3 × 10"."""
    if not _prose(language).search(text[:start]):
        return True
    return bool(re.match(r"\s?(?:[×x^=<>≤≥±/–—-]|to\b|à\b)", text[end:]))
