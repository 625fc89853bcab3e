"""``say_effect``: an effect measure said in words: "(HR 0.92, 95% CI 0.83–1.02)" → "The risk was 8%
lower, and the true figure may lie between 17% lower and 2% higher."

In: a sentence of a paper. Out: the sentence with its measures in the words of a template
(``effects.toml``). A ratio is told as so many per cent lower or higher, from 2 on as so many times
as high; percentages are whole numbers, with "about" where that rounds; odds are told as odds. A
measure is left alone, so that ``drop_statistic`` may take its bracket away, where the sentence says
the same in words already, goes another way, speaks of an outcome of which more is better, or holds
more in the bracket than is understood. Whether the words are right is verification's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from corpus.document import Language
from corpus.text import LETTERS
from models.components.quantities import typed
from models.components.statistical import statistics
from pipelines.language.effect_measures import Effect, effects
from pipelines.language.lexicon import entries, pattern
from pipelines.language.numbers import numbers
from pipelines.language.splices import Splice
from pipelines.rewrite.changes import apply
from pipelines.rewrite.steps import Context, capitalized

#: A sentence that tells more measures than these, in brackets or by its verb, is no clearer for
#: words.
_MOST_IN_BRACKETS, _MOST_RUNNING = 2, 4
#: From this ratio on it is so many times; from the next one on, in whole numbers.
_TIMES, _WHOLE_TIMES = 2, 10
_HUNDRED = Decimal(100)


def say_effect(text: str, context: Context) -> str:
    """Effect measures and their intervals in words, where that can be done surely."""
    language = context.language
    found = effects(text, language)
    if not found or pattern("effects", language, "paired").search(text):
        return text
    running = [effect for effect in found if effect.running]
    bracketed = [effect for effect in found if not effect.running]
    splices: list[Splice] = []
    if len(found) == 1 and not running:
        splices += _named(text, found[0], language)
    if len(running) <= _MOST_RUNNING:
        splices += _running(text, running, context)
    if len(bracketed) <= _MOST_IN_BRACKETS and not context.one_sentence:
        for effect in bracketed:
            splices += _bracketed(text, effect, found, language)
    return apply(text, [tuple(splices)]) if splices else text


# -- where a measure stands ----------------------------------------------------------------------


def _bracketed(
    text: str, effect: Effect, every: Sequence[Effect], language: Language
) -> Iterator[Splice]:
    """A measure in a bracket: a sentence of its own where it ends one, or words in the bracket."""
    place = _bracket(text, effect)
    if place is None or sum(place[0] <= other.start < place[1] for other in every) > 1:
        return
    beside = _beside(text[place[0] + 1 : place[1] - 1], effect, place[0] + 1, language)
    way = _way(effect)
    if beside is None or way is None or not _agrees(text, effect, place[0], every, language):
        return
    start, end = place
    start = len(text[:start].rstrip())
    alone = len(every) == 1 and not beside and text[end:] == "." and text[start - 1 : start] != "."
    words = _said(effect, "sentence" if alone else "bracket", language)
    if alone:
        yield Splice(start, len(text), f". {capitalized(words)}")
    elif beside:
        yield Splice(start, end, f" ({beside}; {words[1:]}")
    else:
        yield Splice(start, end, f" {words}")


def _named(text: str, effect: Effect, language: Language) -> Iterator[Splice]:
    """A measure that its sentence names as a thing: "with a hazard ratio of 0.73 (…)"."""
    lead = pattern("effects", language, "articles").match(text, effect.start)
    if lead is None or _opening(text, effect.start) is not None:
        return
    if _way(effect) not in entries("effects", language)["thing"]:
        return
    if _agrees(text, effect, effect.start, [effect], language):
        words = _said(effect, "named", language)
        words = words[:1].upper() + words[1:] if text[effect.start].isupper() else words
        yield Splice(effect.start, effect.end, words)


def _bracket(text: str, effect: Effect) -> tuple[int, int] | None:
    """The bracket around a measure, with its marks; None where it stands in none."""
    start = _opening(text, effect.start)
    if start is None:
        return None
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in "([") - (text[place] in ")]")
        if depth == 0:
            after = text[place + 1 : place + 2]
            return (start, place + 1) if not after.isalnum() and place >= effect.end else None
    return None


def _opening(text: str, place: int) -> int | None:
    """The last opening bracket before a place that isn't closed before it."""
    depth = 0
    for before in range(place - 1, -1, -1):
        depth += (text[before] in ")]") - (text[before] in "([")
        if depth < 0:
            return before
    return None


def _beside(inside: str, effect: Effect, offset: int, language: Language) -> str | None:
    """What a bracket tells beside its measure, and must go on telling; None if not understood.

    Other statistics, and words that only say how it was reckoned, go.
    """
    before, after = inside[: effect.start - offset], inside[effect.end - offset :]
    rest = f"{before}{after}"
    told = statistics(rest, language)
    if any("CI" in item.unit for item in told):
        return None
    for item in reversed(told):
        rest = f"{rest[: item.start]}{rest[item.end :]}"
    rest = pattern("effects", language, "beside").sub("", rest)
    if not re.search(r"\w", rest):
        return ""
    kept = before.strip(" ,;:")
    shares = typed(kept, language)
    counted = shares and all(item.kind in ("PERCENT", "NUMBER") for item in shares)
    letters = LETTERS.findall(kept)
    if counted and len(letters) <= 1 and rest.strip(" ,;:") == kept:
        return kept
    return None


def _running(text: str, running: Sequence[Effect], context: Context) -> list[Splice]:
    """The measures of a name that a verb tells: the noun for the name, words for each value."""
    splices: list[Splice] = []
    for name in dict.fromkeys(effect.name for effect in running):
        own = [effect for effect in running if effect.name == name]
        told = _told_by(text, name, own, context)
        if told is None:
            return []
        splices += told
    return splices


def _told_by(
    text: str, name: tuple[int, int], own: Sequence[Effect], context: Context
) -> list[Splice] | None:
    """One name and its values; None where one can't be said, or stands in no simple list."""
    language = context.language
    words = entries("effects", language)
    verbs = entries("rewrite", language)["auxiliaries"]
    kind = own[0].kind
    verb = re.search(
        rf"(?P<verb>{'|'.join(form for forms in verbs for form in forms)})"
        rf"(?: {words['of']})? ?$",
        text[name[1] : own[0].start],
    )
    if verb is None or pattern("effects", language, "way", "good").search(text):
        return None
    if not _of_an_outcome(text[name[1] : name[1] + verb.start()], context):
        return None
    one, several = next(forms for forms in verbs if verb["verb"] in forms)
    begins = text[: name[0]].rstrip()[-1:] in ("", ".")
    noun = f"{words['the'][kind]} {words['nouns'][kind]}"
    at = name[1] + verb.start()
    splices = [
        Splice(*name, capitalized(noun) if begins else noun),
        Splice(at, own[0].start, f"{several if words['plural'].get(kind) else one} "),
    ]
    for first, second in pairwise(own):
        between = text[first.end : second.start]
        if not re.search(rf"(?:,|(?:^|[ ,]){words['and']}) $", between):
            return None
    if any(_way(effect) is None for effect in own):
        return None
    splices += [
        Splice(effect.start, effect.end, _said(effect, "running", language)) for effect in own
    ]
    return splices


def _of_an_outcome(between: str, context: Context) -> bool:
    """Whether a measure is told of an outcome ("of death"), of all, or for people or units.

    "The HR of statin use" is a risk of something else, which the sentence doesn't name.
    """
    language = context.language
    words = entries("effects", language)
    after = re.match(rf" ?(?:(?P<of>{words['of_an']})|{words['for']}\b) ?", between)
    if after is None:
        return True
    rest = between[after.end() :]
    end = pattern("effects", language, "ends").search(rest)
    head = rest[: end.start()] if end else rest
    head = " ".join(context.long_forms.get(word, word) for word in head.split())
    keys = ("outcomes",) if after["of"] else ("outcomes", "told_for")
    return any(pattern("effects", language, key).search(head) for key in keys)


# -- what the sentence says ----------------------------------------------------------------------


def _agrees(
    text: str, effect: Effect, end: int, every: Sequence[Effect], language: Language
) -> bool:
    """Whether the words before a bracket go the measure's way, or no way, and don't tell it."""
    start = max((other.end for other in every if other.end < effect.start), default=0)
    window = text[start:end]
    broken = [match.end() for match in pattern("effects", language, "breaks").finditer(window)]
    window = window[max(broken, default=0) :]
    if pattern("effects", language, "way", "good").search(window):
        return False
    ways = [
        (match.start(), way)
        for way in ("up", "down")
        for match in pattern("effects", language, "way", way).finditer(window)
    ]
    last = max(ways, default=(0, ""))[1]
    shares = [item for item in typed(text, language) if item.kind == "PERCENT"]
    if not last and len(shares) > 1 + (effect.kind == "difference"):
        return False  # two groups' shares, and no word for which is compared with which
    key = _way(effect) or ""
    if effect.value != _same(effect) and last and last != key.replace("times", "up")[: len(last)]:
        return False
    return not _told_already(text, effect, language)


def _told_already(text: str, effect: Effect, language: Language) -> bool:
    """Whether the sentence has the same number in words, or tells how many times."""
    if pattern("effects", language, "manifold").search(text):
        return True
    if any(item.kind == "RATIO" and item.unit == "times" for item in typed(text, language)):
        return True
    share = abs(effect.value - 1) * _HUNDRED
    return any(
        item.unit == "%" and abs(abs(Decimal(item.value)) - share) < 1
        for item in numbers(text, language)
        if item.in_digits and not effect.start <= item.start < effect.end
    )


# -- the words -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Amount:
    key: str
    """Which template: ``down``, ``up``, ``times``, ``same``, ``down_points``, ``up_points``."""
    number: Decimal
    rounded: bool


def _same(effect: Effect) -> int:
    """The value of no difference."""
    return 0 if effect.kind == "difference" else 1


def _way(effect: Effect) -> str | None:
    """The template of a measure's value; None where it can't be said in words."""
    ends = [effect.value, *(end for end in (effect.low, effect.high) if end is not None)]
    if effect.kind != "difference" and not all(ends):
        return None  # a ratio of 0 is a rounded one
    return _amount(effect, effect.value).key


def _amount(effect: Effect, value: Decimal) -> _Amount:
    """How a value of a measure is told, and whether its number is rounded for it."""
    if value == _same(effect):
        return _Amount("same", Decimal(0), rounded=False)
    if effect.kind == "difference":
        return _Amount("up_points" if value > 0 else "down_points", abs(value), rounded=False)
    if value >= _TIMES:
        told = value.quantize(Decimal(1 if value >= _WHOLE_TIMES else "0.1"), ROUND_HALF_UP)
        return _Amount("times", told, rounded=told != value)
    share = abs(value - 1) * _HUNDRED
    told = share if share < 1 else share.quantize(Decimal(1), ROUND_HALF_UP)
    return _Amount("up" if value > 1 else "down", told, rounded=told != share)


def _said(effect: Effect, place: str, language: Language) -> str:
    """A measure and its interval in the words of a place's template."""
    words = entries("effects", language)
    said, kind = words["said"], effect.kind
    verbs = entries("rewrite", language)["auxiliaries"]
    was = next(forms for forms in verbs if forms[0] == words["past"])[
        bool(words["plural"].get(kind))
    ]
    interval = ""
    if effect.low is not None and effect.high is not None:
        form = said["running_interval" if place in ("running", "named") else "interval"]
        low, high = _ends(effect, words, language)
        interval = form.format(low=low, high=high)
    amount = _amount(effect, effect.value)
    change = _worded(amount, "change", effect, words, language)
    parts = {
        "the": words["the"][kind], "noun": words["nouns"][kind], "was": was, "change": change,
    }  # fmt: skip
    if place == "running":
        return f"{change}{interval}"
    if place == "named":
        thing = _worded(amount, "thing", effect, words, language)
        return f"{thing}{interval}"
    return str(said[place].format(**parts, interval=interval))


def _ends(effect: Effect, words: dict[str, Any], language: Language) -> tuple[str, str]:
    """The two ends of an interval; the first is told short where both go one way."""
    assert effect.low is not None
    assert effect.high is not None
    one, two = _amount(effect, effect.low), _amount(effect, effect.high)
    if one.key != two.key:
        return _worded(one, "end", effect, words, language), _worded(
            two, "end", effect, words, language
        )
    if one.number > two.number:
        one, two = two, one
    first = "end" if one.key == "same" else "shared"
    return _worded(one, first, effect, words, language), _worded(
        two, "end", effect, words, language
    )


def _worded(
    amount: _Amount, key: str, effect: Effect, words: dict[str, Any], language: Language
) -> str:
    plain = f"{amount.number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    written = plain.replace(".", ",") if language == "fr" else plain
    about = words["change"]["about"] if amount.rounded else ""
    article = str(words["article"][effect.kind])
    if article and re.match(words["an_before"], written):
        article = words["an"]
    form = str(words[key][amount.key]).replace("{e}", words["ending"].get(effect.kind, ""))
    return form.format(
        f"{about}{written}", about=about, number=written, a=article,
        the=words["the"][effect.kind], noun=words["nouns"][effect.kind],
    )  # fmt: skip
