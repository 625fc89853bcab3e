"""Effect measures of a text: an odds, hazard, risk, rate or prevalence ratio, a risk difference.

In: a text and its language. Out: ``Effect``s, in order, each with its value, the bounds of its
interval where it has one, and where all that is written: "(HR 0.92, 95% CI 0.83–1.02)", "the
relative risk of death was 0.80 (0.70 to 0.91) for …, 0.85 (0.75 to 0.96) for …". A value that lies
outside its bounds is a slip of the source and no measure. How a measure is said in words is
``rewrite.effect_words``' business, whether words follow from it ``verification.derived``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from corpus.document import Language
from corpus.text import LETTERS, cue_pattern
from models.components.measures import decimal, words
from models.components.numerals import DIGITS
from models.components.statistical import spelled
from models.components.typed import flattened
from pipelines.language.lexicon import entries

EffectKind = Literal["odds", "risk", "rate", "prevalence", "difference"]

#: What each statistic is a ratio, or a difference, of. A hazard is a risk at any one time.
_KINDS: dict[str, EffectKind] = {
    "OR": "odds", "RR": "risk", "HR": "risk", "IRR": "rate", "PR": "prevalence",
    "RD": "difference",
}  # fmt: skip
#: "HR 72 (60–80)" is a heart rate, "RR 18" one of breathing: letters alone stand for no ratio as
#: large as this, unless a level of confidence is named.
_LARGEST = 10
#: Ratios above are told of a slip of the pen as often as of an effect.
_ABSURD = 1000
#: A p-value behind the bounds in their bracket.
_P_VALUE = rf"(?:[;,] ?(?:{spelled('p')}) ?[=<>≤≥] ?\d*[.,]?\d+(?: for trend)?)?"
#: What follows a value whose interval there is, but couldn't be read.
_UNREAD = re.compile(r"[,;:.]? ?(?:[-–—∼~] ?\d|[\[(]|\d\d ?%|C[Ir]|I[Cc]|confidence|intervalle)")
_SENTENCE_END = re.compile(r"[.?!] (?=[A-ZÀ-Ý])")


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect measure of a text."""

    kind: EffectKind
    value: Decimal
    low: Decimal | None
    """Lower bound of its interval; None, as ``high``, where it has none."""
    high: Decimal | None
    start: int
    """Where it begins: with its name where that stands right before the value."""
    end: int
    """One past the last character of its interval, the bracket around that included."""
    name: tuple[int, int]
    """Its name; somewhere before the value in running text, told for several perhaps."""
    written: tuple[int, int]
    """Its value, interval and bracket, as written."""

    @property
    def running(self) -> bool:
        """Whether the value stands apart from its name, as what a verb tells."""
        return self.start > self.name[0]


@cache
def _names(language: Language) -> re.Pattern[str]:
    """A measure's name with what qualifies it and its abbreviation: "adjusted odds ratio [aOR]"."""
    every = "|".join(spelled(unit) for unit in _KINDS)
    named = "|".join(f"(?P<{unit}>{spelled(unit)})" for unit in _KINDS)
    level = rf"(?:\d\d ?% ?)?(?:{words(language, 'intervals')})"
    behind = rf"(?: ?[\[(](?:{every}|{level})[\])]){{0,2}}"
    lead = rf"(?<![\w./-])(?:(?:{'|'.join(entries('effects', language)['qualities'])}) )*"
    return cue_pattern([named], lead, rf"{behind}(?!\w)", re.NOFLAG)


@cache
def _measured(language: Language) -> re.Pattern[str]:
    """A value, and its interval where it has one."""
    number = rf"[-−–]?(?:{DIGITS[language]})(?!\d)"
    point = rf"(?:[ -]?(?:{words(language, 'points')}|%))?"
    names = words(language, "intervals")
    level = (
        rf"(?:(?:\d\d ?% ?)?(?:{names})(?: ?[\[(](?:{names})[\])])?(?: ?(?:à |de )?\d\d ?%)?"
        rf"|(?:{names}) ?\d\d)(?: ?[:=;,]| of| from| de)? ?"
    )
    links = "|".join(entries("effects", language)["bound_links"])
    # a level without a bracket, or a bracket with or without one
    opening = rf"(?: ?[,;:.]? ?(?P<level>{level})[\[(]?|[,;]? ?[\[(](?P<inner>{level})?[\[(]?)"
    interval = (
        rf"(?:{opening}(?P<low>{number}){point} ?(?:{links}) ?(?P<high>{number}){point}(?!\w)"
        rf"(?P<after>{_P_VALUE}[\])]+)?)?"
    )
    return re.compile(rf"(?<![\w.,–−])(?P<value>{number})(?P<unit>{point}){interval}")


@cache
def _linked(language: Language) -> re.Pattern[str]:
    """What stands between a name and its value where nothing else does; else a verb leads."""
    return cue_pattern(entries("effects", language)["links"], r"(?:", r")? ?", re.NOFLAG)


@cache
def _apart(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that lead to a value in running text, and those after which it is another's."""
    lists = entries("effects", language)
    return cue_pattern(lists["leads"]), cue_pattern(lists["others"])


@lru_cache(maxsize=4096)
def effects(text: str, language: Language) -> tuple[Effect, ...]:
    """Every effect measure of a text, in order."""
    flat = flattened(text, language)
    names = list(_names(language).finditer(flat))
    foreign = entries("effects", language)["foreign"]
    found: list[Effect] = []
    for match in _measured(language).finditer(flat):
        before = [name for name in names if name.end() <= match.start()]
        if not before or before[-1].group() in foreign:
            continue
        effect = _effect(flat, before[-1], match, language)
        if effect is not None and (not found or found[-1].end <= effect.start):
            found.append(effect)
    return tuple(found)


def _effect(
    text: str, name: re.Match[str], match: re.Match[str], language: Language
) -> Effect | None:
    """What a value is a measure of; None where it isn't the name's, or is impossible."""
    between = text[name.end() : match.start()]
    beside = _linked(language).fullmatch(between) is not None
    bounded = match["low"] is not None
    if not beside and not (bounded and _told_of(between, language)):
        return None
    unit = next(unit for unit in _KINDS if name[unit])
    value = decimal(match["value"], language)
    low = decimal(match["low"], language) if bounded else None
    high = decimal(match["high"], language) if bounded else None
    if low is not None and high is not None and low > high and _KINDS[unit] == "difference":
        low, high = high, low
    if not _possible(_KINDS[unit], value, low, high, match):
        return None
    end = _end(match)
    said = not beside or LETTERS.search(between)
    of = said and entries("effects", language)["of"] == between.strip()
    start = match.start() if said and not of else name.start()
    named = (name.start(), name.end())
    return Effect(_KINDS[unit], value, low, high, start, end, named, (match.start(), end))


def _told_of(between: str, language: Language) -> bool:
    """Whether a value that stands apart from the name is what a verb of its sentence tells."""
    leads, others = _apart(language)
    started = leads.search(between) is not None and not others.search(between)
    return started and not _SENTENCE_END.search(between) and ";" not in _unbracketed(between)


def _unbracketed(text: str) -> Iterator[str]:
    """The characters of a text outside its brackets."""
    depth = 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        if depth <= 0:
            yield character


def _possible(
    kind: EffectKind, value: Decimal, low: Decimal | None, high: Decimal | None,
    match: re.Match[str],
) -> bool:  # fmt: skip
    """Whether a value can be a measure of its kind: within its bounds, written as one."""
    if low is not None and high is not None and not low <= value <= high:
        return False
    if low is None and _UNREAD.match(match.string, match.end()):
        return False  # a range, or an interval in a spelling that isn't known
    if kind == "difference":
        return bool(match["unit"])
    named = match["level"] or match["inner"]
    if not named and (value >= _LARGEST or not set(".,") & set(match["value"])):
        return False  # "HR 72 (60–80)", "OR 2"
    inside = match.string[match.start() : _end(match)]
    if any(inside.count(one) != inside.count(two) for one, two in ("()", "[]")):
        return False
    return not match["unit"] and 0 < value < _ABSURD and (low is None or low >= 0)


def _end(match: re.Match[str]) -> int:
    """The end of a measure: a closing bracket is its own only where it has the opening one."""
    if match["after"] is None:
        return match.end()
    inside = match.string[match.start() : match.start("after")]
    opened = inside.count("(") + inside.count("[") - inside.count(")") - inside.count("]")
    closing = len(match["after"]) - len(match["after"].rstrip(")]"))
    if opened == 0:
        return match.start("after")
    return match.end() - max(0, closing - opened)
