"""How numbers, times and quotations are written in English and in French.

In: a number as one language writes it, or a value. Out: the same number as the other language
writes it; the digits never change. Finding what a number *means* (its unit's concept, what it
counts) is ``verify``'s business; this module knows only signs, separators and spaces.

Conventions: *The Canadian Style* (Public Services and Procurement Canada) for English, *Le guide
du rédacteur* (same publisher) and the OQLF's *Banque de dépannage linguistique* for French: a
decimal comma, a no-break space (U+00A0) between thousands and before ``%`` and ``$``, guillemets.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.document import Language, other

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

#: What stands between a label and what it labels.
COLON: dict[Language, str] = {"en": ": ", "fr": f"{NO_BREAK}: "}

#: A blank between figures, or between a figure and its sign.
_SPACE = f"[ {NO_BREAK}{NARROW_NO_BREAK}]"
#: Such a blank, or none: part of larger patterns.
GAP = f"{_SPACE}?"
_FIGURE = {
    "en": rf"(?:\d{{1,3}}(?:(?:,|{_SPACE})\d{{3}})+(?!\d)|\d+)(?:[.·]\d+)?|\.\d+",
    "fr": rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+)(?:,\d+)?",
}
_DASH = "[-–]"
_CURRENCY = "[$€£]"
# Not inside a word, an address, a code, a date, a time or a version number.
_BEFORE = r"(?<![\w/.,:@#])(?<![\w\])][-–])"
_AFTER = rf"(?![^\W_])(?![/:@]\w|_)(?![.,]\d)(?!{_DASH}\w)"
_SUFFIX = rf"{GAP}(?:%|°{GAP}[CF](?!\w))"
_MAGNITUDE = {"en": "million|billion|trillion", "fr": "millions?|milliards?|billions?"}
_TO_FRENCH = {"million": "million", "billion": "milliard", "trillion": "billion"}
_OF = {"$": " de dollars", "€": " d’euros", "£": " de livres"}
_TO_ENGLISH = {french: english for english, french in _TO_FRENCH.items()}


def _pattern(language: Language) -> re.Pattern[str]:
    figure, magnitude = _FIGURE[language], _MAGNITUDE[language]
    span = rf"(?P<first>{figure})(?:(?P<dash>{_DASH}){_CURRENCY}?(?P<last>{figure}))?"
    before = rf"(?P<sign>[-−+](?={_CURRENCY}?[\d.]))?(?P<currency>{_CURRENCY})?"
    after = rf"(?P<suffix>{_SUFFIX}|{GAP}{_CURRENCY}(?!\w))?"
    scale = rf"(?P<scale>{_SPACE}(?P<magnitude>{magnitude})\b(?P<of>{_SPACE}de{_SPACE}dollars)?)?"
    return re.compile(rf"{_BEFORE}{before}{span}{after}{_AFTER}{scale}")


_PATTERN: dict[Language, re.Pattern[str]] = {"en": _pattern("en"), "fr": _pattern("fr")}


@dataclass(frozen=True, slots=True)
class Figure:
    """Digits found in running text, with their signs."""

    start: int
    """First character, code points into the text."""
    end: int
    """One past the last digit or unit sign; a word such as *million* comes after."""
    text: str
    """With its unit sign, and with *million* and the like where they follow."""


def find_figures(text: str, language: Language) -> tuple[Figure, ...]:
    """The numbers of a text in digits, with sign, unit sign (``% $ € £ °C``) and range.

    Digits inside a word, date, time, address or reference mark (COVID-19, 2024-05-17, 9:30)
    are not numbers. Ranges are one number: ``10–20%``.
    """
    return tuple(
        Figure(match.start(), match.start("scale") if match["scale"] else match.end(), match[0])
        for match in _PATTERN[language].finditer(text)
    )


def localize_number(number: str, language: Language) -> str:
    """Write in ``language`` a number that is written as in the other language.

    ``12.5%`` becomes ``12,5 %`` in French, ``1 234 $`` becomes ``$1,234`` in English. What isn't
    a number of the other language is returned as it is.
    """
    match = _PATTERN[other(language)].fullmatch(number)
    if match is None:
        return number
    figures = match["first"] + (match["dash"] + match["last"] if match["dash"] else "")
    figures = _separators(figures, language)
    sign = (match["sign"] or "").replace("-", "−")
    unit = "".join(f"{match['currency'] or ''}{match['suffix'] or ''}".split())
    if match["scale"]:
        return _scaled(sign, figures, match, unit, language)
    if not unit:
        return sign + figures
    if language == "fr":
        return f"{sign}{figures}{NO_BREAK}{unit}"
    return f"{sign}{unit}{figures}" if unit in "$€£" else f"{sign}{figures}{unit}"


def _separators(figures: str, language: Language) -> str:
    if language == "en":
        return ",".join(figures.replace(",", ".").split())
    french = re.sub(rf",|{_SPACE}", NO_BREAK, figures).replace(".", ",").replace("·", ",")
    return re.sub(r"(?<!\d),(?=\d)", "0,", french)  # .05 has its zero in French


def _scaled(sign: str, figures: str, match: re.Match[str], unit: str, language: Language) -> str:
    """A figure with a word for its magnitude: English billion is French milliard."""
    word = match["magnitude"]
    if language == "en":
        unit = "$" if match["of"] else unit
        return f"{sign}{unit}{figures} {_TO_ENGLISH[word.removesuffix('s')]}"
    last = "".join(re.split(_DASH, figures)[-1].split()).replace(",", ".")
    plural = "s" if float(last) >= 2 else ""  # French plurals begin at two
    return f"{sign}{figures}{NO_BREAK}{_TO_FRENCH[word]}{plural}{_OF.get(unit, unit)}"


def format_number(value: float, language: Language, decimals: int = 0) -> str:
    """A value with thousands grouped and a fixed number of decimals: ``1 234,5`` in French."""
    english = f"{value:,.{decimals}f}".replace("-", "−")
    return english if language == "en" else _separators(english, "fr")


def format_percent(value: float, language: Language, decimals: int = 0) -> str:
    """A fraction as a percentage: 0.125 with one decimal is ``12.5%`` or ``12,5 %``."""
    gap = "" if language == "en" else NO_BREAK
    return f"{format_number(100 * value, language, decimals)}{gap}%"


def clock(seconds: float) -> str:
    """A place in a recording, given in seconds: ``00:12:03``; cut to whole seconds."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest:02}"


#: A quotation in the marks of English, of French or of a typewriter.
QUOTATION = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
#: Private-use characters, which stand for quotations while rewriting steps run.
FIRST_HELD, LAST_HELD = "\ue000", "\uf8ff"


def holds_quotation(text: str) -> bool:
    """Whether a character of the text stands for a quotation."""
    return any(FIRST_HELD <= character <= LAST_HELD for character in text)


def cased(word: str, like: str) -> str:
    """A word with a capital where the text whose place it takes has one."""
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def quoted(text: str, language: Language) -> str:
    """A text in the quotation marks of its language."""
    if language == "fr":
        return f"«{NO_BREAK}{text}{NO_BREAK}»"
    return f"“{text}”"


#: An apostrophe of a typewriter between two letters: « l'eau », « aujourd'hui ».
_TYPEWRITTEN = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
#: A colon that opens a statement or a list; not one of a time, a ratio or an address.
_SPACED_COLON = re.compile(rf"(?<=[^\s:/]){_SPACE}*:(?=[\s«])|(?<=\w){_SPACE}+:(?=[^\W\d_])")
#: A sign or a mark that binds to the figure before it, and figures by threes.
_BOUND = re.compile(rf"(?<=\d){_SPACE}?(?=[%$€](?!\w))|(?<=\d){_SPACE}(?=°C|°F)")
_THOUSANDS = re.compile(rf"(?<![\w,.])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?![\d])")


#: A decimal point that stands high, as in The Lancet; no product ("3·10⁵", "10·10 m"), no formula.
_RAISED_POINT = re.compile(
    r"(?<![A-Za-z]\d)(?<=\d)·(?=\d)(?!10(?:\^|[⁰¹²³⁴-⁹⁻−-]))(?!\d+[A-Z])(?!\d+ ?[ckm]?m\b)"
)


def typeset(text: str, language: Language) -> str:
    """A text with the marks and blanks of its language; no letter and no figure is another.

    French as Canadian public writing has it (*Le guide du rédacteur*): ’, a no-break space before
    a colon, % and $, inside guillemets and between thousands, none before ; ! ?. English stays, but
    for a raised decimal point (0·29), which few readers know.
    """
    text = _RAISED_POINT.sub("." if language == "en" else ",", text)
    if language != "fr":
        return text
    text = _TYPEWRITTEN.sub("’", text)
    text = re.sub(rf"«{_SPACE}*", f"«{NO_BREAK}", text)
    text = re.sub(rf"{_SPACE}*»", f"{NO_BREAK}»", text)
    text = re.sub(rf"(?<=[\w)\]»’…]){_SPACE}+([;!?])", r"\1", text)
    text = _SPACED_COLON.sub(f"{NO_BREAK}:", text)
    text = _THOUSANDS.sub(lambda figure: re.sub(_SPACE, NO_BREAK, figure.group()), text)
    return _BOUND.sub(NO_BREAK, text)


def one_line(text: str) -> str:
    """A text on one line, safe to lay out: white space collapsed, nothing invisible left active.

    Control characters and lone surrogates become U+FFFD, as do the overrides of the writing
    direction, which could show a sentence other than the one that is there.
    """
    line = " ".join(re.split(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+", text)).strip(" ")
    return "".join("\ufffd" if _is_active(char) else char for char in line)


def as_typed(text: str) -> str:
    """Typed or pasted text as a brief has it: composed characters, no unseen ones, one line."""
    return one_line(unicodedata.normalize("NFC", text).translate(_UNSEEN))


#: Typed or pasted, but not seen.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def _is_active(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or char in _DIRECTION


_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
