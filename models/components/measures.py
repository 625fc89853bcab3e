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
from corpus.text import cue_pattern
from models.components import table
from models.components.numerals import DIGITS, Quantity, plain_value

AmountKind = Literal["NUMBER", "PERCENT", "POINTS", "MONEY", "MEASURE"]

_CURRENCIES = {"$": "$", "€": "€", "£": "£", "CAD": "CAD", "USD": "USD", "EUR": "€", "GBP": "£"}
_CENTS = Decimal("0.01")
#: Letters that multiply money: "$5M", « 5 M$ », « 2 G$ », « 3 Md€ », "$2bn".
_LETTERS = {"k": 3, "K": 3, "M": 6, "m": 6, "B": 9, "bn": 9, "G": 9, "Md": 9, "T": 12}
#: What multiplies by a power of ten, and digits above the line.
TIMES_TEN, RAISED = r" ?[×x·] ?10", "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
#: "× 10^5", "× 10{5}", "× 10⁵"; and what follows a ten that is itself the base: "^5", "⁵".
_POWER = re.compile(
    rf"(?P<times>{TIMES_TEN})?(?:(?(times)\^?\{{?|\^)(?P<plain>[-−–+]?\d{{1,3}})(?(times)\}}?)"
    rf"|(?P<raised>[⁻⁺]?{RAISED}{{1,3}}))(?!\w)"
)
_ON_THE_LINE = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹−–", "-+0123456789--")
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


@cache
def cued(
    language: Language, key: str, before: str = r"(?<!\w)", after: str = r"(?!\w)"
) -> re.Pattern[str]:
    """A list of cues in ``quantities.toml`` between what must stand around them."""
    return cue_pattern(table("quantities")[language][key], before, after)


def exponent(written: str) -> int:
    """A power of ten, above the line or on it."""
    return int(written.translate(_ON_THE_LINE))


def decimal(written: str, language: Language) -> Decimal:
    """A number in digits, its sign perhaps before it, as the language writes it."""
    sign, digits = re.fullmatch(r"([-−–+]?) ?(.*)", written).groups()  # type: ignore[union-attr]
    return Decimal(plain_value(sign, digits, language))


@cache
def _margin(language: Language) -> re.Pattern[str]:
    return re.compile(rf" ?(?:±|\+/[-−]) ?(?P<margin>{DIGITS[language]})(?!\d)")


@cache
def _spelled_units(language: Language) -> re.Pattern[str]:
    """The words of each unit, a group a unit, in the table's order."""
    units = table("units")["units"].values()
    return cue_pattern((f"({'|'.join(unit[language]) or '(?!)'})" for unit in units), "", "")


@cache
def unit_name(written: str, language: Language) -> str:
    """The shared name of a unit as the text has it."""
    spelled = _spelled_units(language).fullmatch(written)
    for place, (name, entry) in enumerate(table("units")["units"].items(), 1):
        if written in entry["symbols"] or (spelled and spelled.lastindex == place):
            return str(name)
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


@cache
def _behind_money(language: Language) -> re.Pattern[str]:
    """Letters that multiply money whose sign stands before it, and its divisor: "$5M/year"."""
    letters = rf"(?: ?(?P<letters>(?-i:{'|'.join(_LETTERS)}))(?!\w))?"
    return cued(language, "divides", rf"{letters}(?P<divisor> ?/ ?| ", ")?")


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
        behind = _behind_money(language).match(text, end)
        assert behind is not None  # it may be empty
        scale = _LETTERS[behind["letters"]] if behind["letters"] else 0
        end = max(end, behind.end("letters"))
        per = _tail(language).match(text, behind.end()) if behind["divisor"] else None
        if per and per["unit"] and per.start("unit") == behind.end():
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
    power = _POWER.match(text, end)
    if power and (power["times"] or number.written == "10"):
        base = low if power["times"] else Decimal(1)
        low = high = base.scaleb(exponent(power["plain"] or power["raised"]))
        end = power.end()
    if margin := _margin(language).match(text, end):
        width = decimal(margin["margin"], language)
        low, high, end = low - width, high + width, margin.end()
    if magnitude := cued(language, "magnitudes", "[ -]?(?P<name>", r")(?!\w)").match(text, end):
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
