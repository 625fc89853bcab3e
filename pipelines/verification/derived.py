"""Effect measures told in words: does "8% lower" follow from the evidence's "HR 0.92"?

In: a text, its evidence and their languages. Out: the text with every telling that follows exactly
from a measure of the evidence read back into that measure, or taken away where it stands alone (in
a bracket, as a sentence of its own), so that all rules compare like with like; and what doesn't
follow, which stays, with the measure it stands for. A telling follows where its number is the
ratio's (|1 − r| in per cent, the ratio itself in times), rounded to whole per cent or a tenth of a
ratio only behind "about"; its direction is the ratio's; its noun is the measure's, odds for odds;
both ends of its interval are; and an interval that holds no difference is told with it. How such
tellings are made isn't known here: forms are the judge's own (``derived.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from corpus.document import Language
from corpus.text import cue_pattern
from models.components.measures import decimal
from models.components.numerals import DIGITS
from models.components.typed import flattened
from pipelines.language.effect_measures import Effect, effects
from pipelines.language.lexicon import entries
from pipelines.language.numbers import numbers
from pipelines.verification.support import grammar, words

#: How far a number behind "about" may be from the exact one: per cent, and times below and from
#: ten on.
_PER_CENT, _TENTH, _WHOLE = Decimal("0.5"), Decimal("0.05"), Decimal("0.5")
_TEN = 10
_SENTENCE_END = re.compile(r"[.?!] ")


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling of a measure in a text."""

    key: str
    """Which form: ``down``, ``up``, ``times``, ``same``, ``down_points``, ``up_points``."""
    number: Decimal
    about: bool
    start: int
    """Where the change begins, and ends with the interval."""
    end: int
    lead: int
    """Where its own lead begins ("The risk was"); equal to ``start`` without one."""
    change_end: int
    stop: int
    """Where its interval begins: behind the change, or behind the noun that follows that."""
    ends: tuple[_Telling, ...]
    """The two ends of its interval; empty without one."""
    noun: tuple[int, int] | None
    """The noun that it is said of."""


_Telling = tuple[str, Decimal, bool]
"""A form's key, its number, and whether "about" stands before it."""


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A measure in its quote."""

    effect: Effect
    quote: str


# -- what a text tells ---------------------------------------------------------------------------


@cache
def _nouns(language: Language) -> re.Pattern[str]:
    kinds = entries("derived", language)["nouns"]
    return cue_pattern([noun for forms in kinds.values() for noun in forms])


def _filled(form: str, language: Language) -> str:
    """A form as a pattern."""
    lists = entries("derived", language)
    number = rf"(?:{lists['about']})?(?:{DIGITS[language]})"
    return form.replace("{n}", number).replace("{noun}", f"(?:{_nouns(language).pattern})")


@cache
def _forms(language: Language, *tables: str) -> re.Pattern[str]:
    """Every form of some tables, a named group for each kind."""
    lists = entries("derived", language)
    groups = [
        f"(?P<{table}_{key}>{'|'.join(_filled(form, language) for form in forms)})"
        for table in tables
        for key, forms in lists[table].items()
    ]
    return cue_pattern(groups, r"(?<![\w.,])", r"(?!\w)")


@cache
def _behind(language: Language) -> re.Pattern[str]:
    """The interval behind a change, in brackets or not."""
    lists = entries("derived", language)
    end = "|".join(
        _filled(form, language)
        for table in ("change", "shared")
        for forms in lists[table].values()
        for form in forms
    )
    lead = "|".join(lists["interval"])
    return cue_pattern(
        [rf"(?P<one>{end}){lists['and']}(?P<two>{end})"],
        rf"(?P<in> \()?(?:{lead})",
        r"(?(in)\))(?!\w)",
    )


@cache
def _before(language: Language) -> re.Pattern[str]:
    """The lead of a telling that stands alone, at the end of a text."""
    leads = (_filled(form, language) for form in entries("derived", language)["lead"])
    return cue_pattern(leads, r"(?<!\w)", "$")


def _read(match: re.Match[str], language: Language) -> _Telling:
    key = next(name for name, said in match.groupdict().items() if said).partition("_")[2]
    about = entries("derived", language)["about"]
    number = re.search(DIGITS[language], match.group())
    value = decimal(number.group(), language) if number else Decimal(0)
    return key, value, re.search(about, match.group(), re.IGNORECASE) is not None


@lru_cache(maxsize=4096)
def tellings(text: str, language: Language) -> tuple[_Told, ...]:
    """Everything in a text that has the form of a measure in words, in order."""
    flat = flattened(text, language)
    found: list[_Told] = []
    for match in _forms(language, "change").finditer(flat):
        if found and match.start() < found[-1].end:
            continue
        key, number, about = _read(match, language)
        noun = _nouns(language).match(flat, match.end() + 1)
        stop = noun.end() if noun and flat[match.end()] == " " else match.end()
        behind = _behind(language).match(flat, stop)
        lead = _before(language).search(flat, 0, match.start())
        found.append(
            _Told(
                key, number, about, match.start(), behind.end() if behind else stop,
                lead.start() if lead else match.start(), match.end(), stop,
                _interval(behind, language) if behind else (),
                _noun(flat, match.start(), match.end(), language),
            )
        )  # fmt: skip
    return tuple(found)


def _interval(behind: re.Match[str], language: Language) -> tuple[_Telling, ...]:
    """The two ends of an interval; the first may leave its direction to the second."""
    whole, shared = _forms(language, "change"), _forms(language, "shared")
    last = whole.fullmatch(behind["two"])
    if last is None:
        return (("", Decimal(0), False),) * 2
    second = _read(last, language)
    if (first := whole.fullmatch(behind["one"])) is not None:
        return _read(first, language), second
    short = shared.fullmatch(behind["one"])
    _, number, about = _read(short, language) if short else ("", Decimal(-1), False)
    return (second[0], number, about), second


def _noun(text: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """The noun of a telling: right behind it, or the last one before it in its sentence."""
    inside = _nouns(language).search(text, start, end)
    behind = _nouns(language).match(text, end + 1) if inside is None else inside
    if behind is not None:
        return behind.span()
    begins = max((m.end() for m in _SENTENCE_END.finditer(text, 0, start)), default=0)
    return next(
        (m.span() for m in reversed([*_nouns(language).finditer(text, begins, start)])), None
    )


# -- what follows from a measure -----------------------------------------------------------------


def _follows(telling: _Telling, value: Decimal | None, difference: bool) -> bool:
    """Whether a form, its number and its "about" are those of a value."""
    key, number, about = telling
    if value is None:
        return False
    if key.endswith("_points") or (difference and key != "same"):
        return (
            difference
            and number == abs(value)
            and key == ("up_points" if value > 0 else "down_points")
            and value != 0
        )
    if key == "same":
        return value == (0 if difference else 1)
    if key == "times":
        exact, slack = value, _TENTH if value < _TEN else _WHOLE
        right = value > 1
    else:
        exact, slack = abs(value - 1) * 100, _PER_CENT
        right = key == ("up" if value > 1 else "down") and value != 1
    return right and number > 0 and (number == exact or (about and abs(number - exact) <= slack))


def _bounded(told: _Told, effect: Effect) -> bool:
    """Whether an interval is the measure's; one that holds no difference must be told."""
    difference = effect.kind == "difference"
    if not told.ends:
        same = 0 if difference else 1
        return effect.low is None or effect.high is None or not effect.low <= same <= effect.high
    one, two = told.ends
    return any(
        _follows(one, low, difference) and _follows(two, high, difference)
        for low, high in ((effect.low, effect.high), (effect.high, effect.low))
    )


def _named(text: str, told: _Told, effect: Effect, language: Language) -> bool:
    """Whether the noun of a telling is the measure's."""
    if told.noun is None:
        return False
    forms = entries("derived", language)["nouns"][effect.kind]
    return cue_pattern(forms).fullmatch(text[slice(*told.noun)]) is not None


def _neighbours(text: str, start: int, end: int, language: Language) -> tuple[str, str]:
    """The content words right before and behind a place, by their dictionary form."""
    every = words(text, language)
    before = [word.key for word in every if word.start < start][-1:]
    after = [word.key for word in every if word.start >= end][:1]
    return "".join(before), "".join(after)


def _same_place(text: str, told: _Told, quoted: _Quoted, language: Language) -> bool:
    """Whether a telling stands beside the word that the measure stands beside in its quote."""
    said = _neighbours(text, min(told.lead, told.start), told.end, language)
    effect = quoted.effect
    there = _neighbours(quoted.quote, effect.start, effect.end, language)
    return any(one and one == other for one, other in zip(said, there, strict=True))


# -- reading back --------------------------------------------------------------------------------


def _known(quotes: Sequence[str], language: Language) -> list[_Quoted]:
    """The measures of some quotes, in order."""
    return [_Quoted(effect, quote) for quote in quotes for effect in effects(quote, language)]


def _one_value(known: Sequence[_Quoted]) -> bool:
    """Whether all measures have one value: then a telling can only be of that."""
    return len({one.effect.value for one in known}) == 1


def read_back(text: str, quotes: Sequence[str], language: Language, quoted_in: Language) -> str:
    """The text with each telling that follows from a measure of the quotes as that measure."""
    known = _known(quotes, quoted_in)
    if not known:
        return text
    pieces: dict[tuple[int, int], str] = {}
    for told in tellings(text, language):
        if quoted := _source(text, told, known, language):
            alone = _alone(text, told, known)
            pieces |= {alone: ""} if alone else dict(_within(text, told, quoted, language))
    for (start, end), words_there in sorted(pieces.items(), reverse=True):
        text = f"{text[:start]}{words_there}{text[end:]}"
    return text.strip()


def _source(text: str, told: _Told, known: Sequence[_Quoted], language: Language) -> _Quoted | None:
    """The measure that a telling follows from; None where it follows from none."""
    for quoted in known:
        effect = quoted.effect
        telling = (told.key, told.number, told.about)
        if not _follows(telling, effect.value, effect.kind == "difference"):
            continue
        if not _bounded(told, effect) or not _named(text, told, effect, language):
            continue
        if _one_value(known) or _same_place(text, told, quoted, language):
            return quoted
    return None


def _alone(text: str, told: _Told, known: Sequence[_Quoted]) -> tuple[int, int] | None:
    """What to take away where a telling is a whole bracket, a part of one, or a sentence."""
    before, after = text[: told.lead].rstrip(), text[told.end :]
    if told.lead < told.start and before[-1:] in ("(", ";") and after.startswith(")"):
        if before.endswith("("):
            return len(before[:-1].rstrip()), told.end + 1
        return len(before) - 1, told.end
    single = _one_value(known)
    if single and told.lead < told.start and before[-1:] in ("", ".") and after[:1] in ("", "."):
        return len(before), told.end + len(after[:1])
    return None


def _in_bracket(text: str, place: int) -> bool:
    """Whether a place of a text is inside a bracket."""
    before = text[:place]
    return any(before.count(one) > before.count(two) for one, two in ("()", "[]"))


def _within(
    text: str, told: _Told, quoted: _Quoted, language: Language
) -> Iterator[tuple[tuple[int, int], str]]:
    """What to put where a sentence tells the measure itself: what its quote has there."""
    if quoted.effect.running:
        yield from _by_verb(text, told, quoted)
    elif _in_bracket(quoted.quote, quoted.effect.start):
        yield from _without_number(text, told, language)
    else:
        yield _by_name(text, told, quoted, language)


def _by_verb(text: str, told: _Told, quoted: _Quoted) -> Iterator[tuple[tuple[int, int], str]]:
    """The value for the change, and the measure's name for its noun ("the risk was …")."""
    quote, noun = quoted.quote, told.noun
    yield (told.start, told.end), quote[slice(*quoted.effect.written)]
    if noun and noun[0] < told.start and text[slice(*noun)].lower() not in quote.lower():
        article, _, bare = quote[slice(*quoted.effect.name)].lower().partition(" ")
        led = text[: noun[0]].lower().split()[-1:] == [article]
        yield noun, bare if led else f"{article} {bare}".strip()


def _without_number(
    text: str, told: _Told, language: Language
) -> Iterator[tuple[tuple[int, int], str]]:
    """Of a measure that its quote has in a bracket only the number goes: "lower risk" is judged."""
    about = entries("derived", language)["about"]
    change = text[told.start : told.change_end]
    number = re.match(rf"(?:{about})?(?:{DIGITS[language]})\W*", change)
    if told.key in ("down", "up") and number:
        yield (told.start, told.start + number.end()), ""
        yield (told.stop, told.end), ""


def _by_name(
    text: str, told: _Told, quoted: _Quoted, language: Language
) -> tuple[tuple[int, int], str]:
    """The whole measure for the thing that is named: "a 27% lower risk", "a hazard ratio of …"."""
    start, noun = told.start, told.noun
    if noun and noun[0] < start and not text[noun[1] : start].strip():
        start = noun[0]
    first, _, rest = quoted.quote[quoted.effect.start : quoted.effect.end].partition(" ")
    led = text[:start].lower().split()[-1:]
    small = grammar(language)
    doubled = first.lower() in small and bool(led) and led[0] in small
    return (start, told.end), rest if doubled else f"{first} {rest}"


def unfounded(
    text: str, quotes: Sequence[str], language: Language, quoted_in: Language
) -> Iterator[tuple[str, str]]:
    """Tellings that nothing in the quotes bears out, each with the first measure there is."""
    known = _known(quotes, quoted_in)
    if not known:
        return
    told_there = {
        Decimal(item.value)
        for quote in quotes
        for item in numbers(quote, quoted_in)
        if item.kind != "STATISTIC" and item.in_digits
        and not any(e.start <= item.start < e.end for e in effects(quote, quoted_in))
    }  # fmt: skip
    first = known[0]
    measure = (first.quote[slice(*first.effect.name)], first.quote[slice(*first.effect.written)])
    for told in tellings(text, language):
        words_told = text[told.start : told.change_end]
        bare = told.key == "same" and not told.ends  # which negation judges
        if told.number not in told_there and not bare and all(words_told not in q for q in quotes):
            yield words_told, " ".join(dict.fromkeys(measure))
