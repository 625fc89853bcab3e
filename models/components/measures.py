"""One amount of a text: a number with its magnitude, its margin and its unit.

``amount_at(text, number, language)`` reads what stands around a number that was found: the
currency before ("$5"), a margin ("± 0.4"), a magnitude ("3.2 million", « 5 M$ »), then per cent,
points, money or a unit of measurement, with what it is divided by ("mg/L", "$12 an hour").
Units carry one name for both languages (``units.toml``). Two amounts that make a range, and
everything else that needs more than one number, are left to ``quantities``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from corpus.document import Language
from models.components import table
from models.components.numerals import DIGITS, Quantity, plain_value

AmountKind = Literal["NUMBER", "PERCENT", "POINTS", "MONEY", "MEASURE"]

_CURRENCIES = {"$": "$", "€": "€", "£": "£", "CAD": "CAD", "USD": "USD", "EUR": "€", "GBP": "£"}
_CENTS = Decimal("0.01")
#: Letters that multiply money: "$5M", « 5 M$ », « 2 G$ », « 3 Md€ », "$2bn".
_LETTERS = {"k": 3, "K": 3, "M": 6, "m": 6, "B": 9, "bn": 9, "G": 9, "Md": 9, "T": 12}
_POWER = re.compile(
    r" ?[×x·] ?10(?:\^?\{?(?P<plain>[-−–+]?\d{1,3})\}?|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))(?!\w)"
)
_BARE_POWER = re.compile(
    r"\^(?P<plain>[-−–+]?\d{1,3})(?!\w)|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?!\w)"
)
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹−–", "-+0123456789--")
_COUNTRY = re.compile(r"(?<!\w)(?P<country>CA|US|C|U\.S\. ?|A|AU|NZ) ?$")
_NATIONS = {
    **dict.fromkeys(("CA", "C"), "CAD"),
    **dict.fromkeys(("US", "U.S."), "USD"),
    **dict.fromkeys(("A", "AU"), "AUD"),
    "NZ": "NZD",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with all that belongs to it."""

    kind: AmountKind
    low: Decimal
    high: Decimal
    """The same as ``low`` but for a margin: "12.3 ± 0.4" runs from 11.9 to 12.7."""
    unit: str
    scale: int
    """The power of ten that a magnitude word gave; 0 without one."""
    start: int
    end: int


def words(language: Language, key: str) -> str:
    """A list of cues in ``quantities.toml`` as alternatives of a pattern."""
    return "|".join(table("quantities")[language][key])


def decimal(written: str, language: Language) -> Decimal:
    """A number in digits, its sign perhaps before it, as the language writes it."""
    sign, digits = re.fullmatch(r"([-−–+]?) ?(.*)", written).groups()  # type: ignore[union-attr]
    return Decimal(plain_value(sign, digits, language))


@cache
def _margin(language: Language) -> re.Pattern[str]:
    return re.compile(rf" ?(?:±|\+/[-−]) ?(?P<margin>{DIGITS[language]})(?!\d)")


@cache
def _magnitude(language: Language) -> re.Pattern[str]:
    names = "|".join(table("quantities")[language]["magnitudes"])
    return re.compile(rf"[ -]?(?P<name>{names})(?!\w)", re.IGNORECASE)


@cache
def _unit_names(language: Language) -> dict[str, tuple[re.Pattern[str], list[str]]]:
    return {
        name: (re.compile("|".join(entry[language]) or r"(?!)", re.IGNORECASE), entry["symbols"])
        for name, entry in table("units")["units"].items()
    }


@cache
def unit_name(written: str, language: Language) -> str:
    """The shared name of a unit as the text has it."""
    for name, (spelled, symbols) in _unit_names(language).items():
        if written in symbols or spelled.fullmatch(written):
            return name
    raise ValueError(written)


@cache
def _tail(language: Language) -> re.Pattern[str]:
    """What may follow a number: one of per cent, points, money and a unit, and its divisor."""
    entries: list[dict[str, Any]] = list(table("units")["units"].values())
    spelled = "|".join(sorted((f for e in entries for f in e[language]), key=len, reverse=True))
    symbols = sorted((re.escape(s) for entry in entries for s in entry["symbols"]), key=len)
    unit = rf"(?:(?i:{spelled})|{'|'.join(reversed(symbols))})(?![\w'])"
    nation = rf"{words(language, 'canadian')}|{words(language, 'american')}"
    of = "(?:de |d')?" if language == "fr" else ""
    money = (
        rf"(?P<letters>k|M|G|Md)? ?(?P<sign>[$€£])(?: ?(?P<after>CA|US)(?!\w))?"
        rf"|{of}(?:(?P<before_nation>{nation}) )?(?:(?P<dollars>{words(language, 'dollars')})"
        rf"|(?P<euros>{words(language, 'euros')})"
        rf"|(?P<sterling>{words(language, 'pounds_sterling')})"
        rf"|(?P<cents>{words(language, 'cents')}(?! ?(?:ans|mille))))(?!\w)"
        rf"(?: (?P<nation>{nation})(?!\w))?|(?P<code>CAD|USD|EUR|GBP)(?!\w)"
    )
    divisor = (
        rf"(?: ?/ ?| (?i:{words(language, 'divides')}))(?P<divisor>{unit})"
        rf"| (?P<inverse>{unit})(?:[-−–]1|⁻¹)(?!\w)|(?P<raw>(?:/[^\W\d_]+[²³]?)+)(?!\w)"
    )
    return re.compile(
        rf"[ -]?(?:(?P<points>(?i:{words(language, 'points')}))"
        rf"|(?P<percent>(?i:{words(language, 'percent')}))"
        rf"|(?P<money>{money})|{of}(?P<unit>{unit}))(?:{divisor})?"
    )


def _nation(written: str, language: Language) -> str:
    """The dollar that a word or letters before or after say."""
    if re.fullmatch(rf"{words(language, 'canadian')}|CA", written):
        return "CAD"
    return "USD"


def _money_unit(tail: re.Match[str], language: Language) -> str:
    nation = tail["before_nation"] or tail["nation"] or tail["after"]
    if nation:
        return _nation(nation, language)
    if tail["code"]:
        return _CURRENCIES[tail["code"]]
    if tail["sign"]:
        return str(tail["sign"])
    return "€" if tail["euros"] else "£" if tail["sterling"] else "$"


def _after(
    text: str, end: int, language: Language, currency: str
) -> tuple[AmountKind, str, int, int, Decimal]:
    """Kind, unit, power of ten, end and factor of what follows a number and its magnitude."""
    if currency:
        letters = re.compile(r" ?(?P<letters>k|K|M|m|B|bn|G|Md|T)(?!\w)").match(text, end)
        scale, end = (_LETTERS[letters["letters"]], letters.end()) if letters else (0, end)
        divisor = re.compile(rf"(?: ?/ ?| (?i:{words(language, 'divides')}))").match(text, end)
        per = _tail(language).match(text, divisor.end()) if divisor else None
        if divisor and per and per["unit"] and per.start("unit") == divisor.end():
            unit = f"{currency}/{unit_name(per['unit'], language)}"
            return "MONEY", unit, scale, per.end("unit"), Decimal(1)
        return "MONEY", currency, scale, end, Decimal(1)
    tail = _tail(language).match(text, end)
    if not tail:
        return "NUMBER", "", 0, end, Decimal(1)
    kind: AmountKind = "MEASURE"
    scale, factor = 0, Decimal(1)
    if tail["points"]:
        kind, unit = "POINTS", "points"
    elif tail["percent"]:
        kind, unit = "PERCENT", "%"
    elif tail["money"]:
        kind, unit = "MONEY", _money_unit(tail, language)
        scale = _LETTERS[tail["letters"]] if tail["letters"] else 0
        factor = _CENTS if tail["cents"] else factor
    else:
        unit = unit_name(tail["unit"], language)
    if below := tail["divisor"] or tail["inverse"]:
        unit += f"/{unit_name(below, language)}"
    unit += tail["raw"] or ""
    return kind, unit, scale, tail.end(), factor


def amount_at(text: str, number: Quantity, language: Language) -> Amount | None:
    """The amount that a number of ``text`` begins; None where its word has no value.

    ``text`` has plain spaces and straight apostrophes only.
    """
    value = table("quantities")["words"].get(number.value, number.value)
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return None
    low = high = Decimal(value)
    start, end, scale = number.start, number.end, 0
    currency = next((sign for sign in "$€£" if sign in number.written), "")
    country = _COUNTRY.search(text, max(0, start - 6), start) if currency == "$" else None
    if country:
        start, currency = country.start(), _NATIONS[country["country"].strip()]
    if number.written == "10" and (power := _BARE_POWER.match(text, end)):
        exponent = (power["plain"] or power["raised"]).translate(_RAISED)
        low = high = Decimal(1).scaleb(int(exponent))
        end = power.end()
    elif power := _POWER.match(text, end):
        exponent = (power["plain"] or power["raised"]).translate(_RAISED)
        low = high = low.scaleb(int(exponent))
        end = power.end()
    if margin := _margin(language).match(text, end):
        width = decimal(margin["margin"], language)
        low, high, end = low - width, high + width, margin.end()
    if magnitude := _magnitude(language).match(text, end):
        scale = table("quantities")[language]["magnitudes"][magnitude["name"].lower()]
        end = magnitude.end()
    kind, unit, letters, end, factor = _after(text, end, language, currency)
    scale += letters
    return Amount(
        kind, low.scaleb(scale) * factor, high.scaleb(scale) * factor, unit, scale, start, end
    )


def plain(value: Decimal) -> str:
    """A value in plain decimal notation, its decimals kept: ``0.50``, ``1200000``."""
    return f"{value:f}"
