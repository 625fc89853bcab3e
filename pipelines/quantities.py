"""The numbers of a text, as values that can be compared between a sentence and its evidence.

``quantities(text, language)`` reads digits in the language's typography (1,234.5 or 1 234,5),
signs, per cent, money and degrees, and number words. What may differ between two texts without
differing in fact (spaces, thousands marks) is gone; what may not (sign, unit, decimals) stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.document import Language
from pipelines.lexicon import table


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text."""

    value: str
    """Plain decimal notation, with its sign: ``-0.5``, ``1234``."""
    unit: str
    """``%``, ``points``, ``$``, ``°``, or the next word in lower case; empty where none follows."""
    start: int
    end: int
    written: str
    """As the text has it."""


_DIGITS: dict[Language, str] = {
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+",
    "fr": r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?",
}
_SIGN = r"(?:(?<![\w.,)\]%°\d])[-−–+±](?=[\d.$€£]))?"
_UNIT = re.compile(
    r"[\s\u00a0\u202f-]?(?P<unit>percentage points?|points? de pourcentage|per ?cent\b|percent\b|pour ?cent\b|"
    r"p\. ?100|%|°|\$|€|£|[^\W\d_][\w’'/-]*)?",
    re.IGNORECASE,
)
_UNIT_NAMES = {
    "percent": "%",
    "per cent": "%",
    "pour cent": "%",
    "pourcent": "%",
    "p. 100": "%",
    "p.100": "%",
    "percentage point": "points",
    "percentage points": "points",
    "point de pourcentage": "points",
    "points de pourcentage": "points",
}


def _value(sign: str, digits: str, language: Language) -> str:
    if language == "fr":
        plain = re.sub(r"[\s\u00a0\u202f]", "", digits).replace(",", ".")
    else:
        plain = digits.replace(",", "")
    if plain.startswith("."):
        plain = "0" + plain
    if "." not in plain:
        plain = plain.lstrip("0") or "0"
    negative = sign in ("-", "−", "–")
    return ("-" if negative else "") + plain


def quantities(text: str, language: Language) -> list[Quantity]:
    """Every number written in digits, in order."""
    found = []
    pattern = re.compile(
        rf"(?P<sign>{_SIGN})(?P<money>[$€£])?(?P<digits>{_DIGITS[language]})(?!\d)"
    )
    for match in pattern.finditer(text):
        after = _UNIT.match(text, match.end())
        unit = (after["unit"] or "").lower() if after else ""
        unit = _UNIT_NAMES.get(unit, unit)
        if match["money"]:
            unit = match["money"]
        value = _value(match["sign"], match["digits"], language)
        found.append(Quantity(value, unit, match.start(), match.end(), match.group()))
    return found


def number_words(text: str, language: Language) -> list[tuple[str, str]]:
    """Every number written as a word, with its value: ``("twelve", "12")``, ``("half", "0.5")``."""
    values: dict[str, str] = table("number_words")[language]
    return [
        (match.group(), values[match.group()])
        for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())
        if match.group() in values
    ]
