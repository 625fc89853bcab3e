"""The numbers of a text, as values that can be compared between a sentence and its evidence.

``quantities(text, language)`` reads digits in the language's typography (1,234.5 or 1 234,5),
signs, per cent, money and degrees; ``number_words`` reads numbers written as words, compounds
too. What may differ between two texts without differing in fact (spaces, thousands marks) is
gone; what may not (sign, unit, decimals) stays. What kind of quantity a number is (a date, a
share, a statistic) is left to ``quantities``, the module beside this one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.document import Language
from corpus.text import LETTERS
from models.components import table


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text."""

    value: str
    """Plain decimal notation, with its sign: ``-0.5``, ``1234``; or a word's (``half``)."""
    unit: str
    """``%``, ``points``, ``$``, ``°C``, or the next word in lower case; empty without one."""
    start: int
    end: int
    written: str
    """As the text has it."""


#: How a number is written in digits, thousands and decimals marked as the language does.
DIGITS: dict[Language, str] = {
    # with commas, or with spaces as the International System of Units writes thousands; decimals
    # also behind a raised point, as The Lancet writes them
    "en": r"\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,.]*\d)"
    r"|\d+(?:[.·]\d+)?|\.\d+",
    "fr": r"\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,·]\d+)?",
}
#: A sign, where it is one and no hyphen or dash between two words or numbers.
SIGN = r"(?:(?<![\w.,)\]%°\d])[-−–+±](?=[\d.$€£]))?"
_UNIT = re.compile(
    r"[\s\u00a0\u202f-]?(?P<unit>percentage points?\b|points? de pourcentage\b|per ?cent\b|"
    r"percent\b|pour ?cent\b|p\.[ \u00a0]?100|%|°\s?[CFK]\b|°|\$|€|£|[^\W\d_][\w’'/-]*)?",
    re.IGNORECASE,
)
_UNIT_NAMES = {
    "percent": "%",
    "per cent": "%",
    "pour cent": "%",
    "pourcent": "%",
    "p. 100": "%",
    "p.\u00a0100": "%",
    "p.100": "%",
    "percentage point": "points",
    "percentage points": "points",
    "point de pourcentage": "points",
    "points de pourcentage": "points",
}
#: Units that say what is measured, in both languages alike.
MEASURES = frozenset({"%", "points", "$", "€", "£", "°", "°C", "°F", "°K"})


@cache
def _in_digits(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?P<sign>{SIGN})(?P<money>[$€£])?(?P<digits>{DIGITS[language]})(?!\d)")


def plain_value(sign: str, digits: str, language: Language) -> str:
    """Digits as one language writes them, in plain decimal notation with their sign."""
    plain = "".join(digits.split()).replace(",", "." if language == "fr" else "").replace("·", ".")
    if plain.startswith("."):
        plain = "0" + plain
    if "." not in plain:
        plain = plain.lstrip("0") or "0"
    negative = sign in ("-", "−", "–")
    return ("-" if negative else "") + plain


def _unit(text: str, end: int) -> str:
    after = _UNIT.match(text, end)
    unit = (after["unit"] or "") if after else ""
    if unit.startswith("°"):
        return unit.replace(" ", "").upper()
    return _UNIT_NAMES.get(unit.lower(), unit.lower())


def quantities(text: str, language: Language) -> list[Quantity]:
    """Every number written in digits, in order; the 100 of « 17 p. 100 » is no number."""
    found: list[Quantity] = []
    for match in _in_digits(language).finditer(text):
        before = "".join(text[found[-1].end : match.start()].split()) if found else ""
        if match["digits"] == "100" and before == "p.":
            continue
        unit = match["money"] or _unit(text, match.end())
        value = plain_value(match["sign"], match["digits"], language)
        found.append(Quantity(value, unit, match.start(), match.end(), match.group()))
    return found


#: Words that multiply, with the next larger unit: "three hundred" stays below a thousand.
_SCALES = {20: 100, 100: 1000, 1000: 10**6, 10**6: 10**9, 10**9: 10**12}


def _added(number: int, word: int, language: Language) -> int | None:
    """``number`` with the next word's value put to it; None where that begins another number."""
    rest = number % _SCALES.get(word, 1)
    if word in _SCALES and 0 < rest < word and (word != 20 or (rest == 4 and language == "fr")):
        return number - rest + rest * word  # "three hundred", "quatre-vingts"
    room = number % 100
    fits = (room % 10 == 0 and room >= 20 and word < 10) or (room == 0 and word < number)
    if language == "fr":  # "soixante-dix", "quatre-vingt-douze", "dix-huit"
        fits = fits or (room in (60, 80) and word < 20) or (room == 10 and 7 <= word <= 9)
    return number + word if fits else None


def spelled(text: str, language: Language) -> list[Quantity]:
    """Every number written as a word: "twelve", "three hundred and forty", "half".

    Not "one", « un », « une »: alone they are pronouns and articles.
    """
    return [item for item in spelled_or_one(text, language) if item.value != "1"]


def spelled_or_one(text: str, language: Language) -> list[Quantity]:
    """Every number written as a word, and every "one", « un », « une », number or not."""
    values: dict[str, str] = {
        **table("number_words")[language],
        **({"one": "1"} if language == "en" else {"un": "1", "une": "1"}),
    }
    found: list[Quantity] = []
    for match in LETTERS.finditer(text):
        word = match.group().lower()
        if word not in values or _is_share(text, match):
            continue
        value, start = values[word], match.start()
        before = found[-1] if found and found[-1].value.isdigit() else None
        if before and value.isdigit() and _joins(text[before.end : start]):
            told = _added(int(before.value), int(value), language)
            spaced = start - before.end <= 1
            if told is not None and (spaced or _takes_and(before.value, word)):
                value, start = str(told), before.start
                found.pop()
        written = text[start : match.end()]
        found.append(Quantity(value, _unit(text, match.end()), start, match.end(), written))
    return found


def _joins(between: str) -> bool:
    """Whether nothing, a blank, a hyphen or "and" between blanks joins two words of a number."""
    blank = all(end in "-" or end.isspace() for end in (between[:1], between[-1:]))
    return blank and (len(between) <= 1 or between[1:-1] in ("and", "et"))


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Whether a word is the end of « pour cent », a unit and no number."""
    before = text[max(0, match.start() - 5) : match.start()].lower()
    return match.group().lower() == "cent" and before in ("pour ", "pour\u00a0")


def _takes_and(before: str, word: str) -> bool:
    """Whether "and" joins two words of one number: "hundred and ten", « vingt et un »."""
    return int(before) % 100 == 0 or word in ("un", "une", "onze")


def number_words(text: str, language: Language) -> list[tuple[str, str]]:
    """Every number written as a word, with its value: ``("twelve", "12")``."""
    return [(item.written.lower(), item.value) for item in spelled(text, language)]


def is_number_word(word: str, language: Language) -> bool:
    """Whether a word in lower case is a number, or part of one."""
    return word in table("number_words")[language]
