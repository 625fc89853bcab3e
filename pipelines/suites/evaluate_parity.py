"""The suite ``parity``: does a check across languages let true translations pass, and faults not?

A line has ``en`` and ``fr``, a true pair. Each is judged both ways round, as a segment and its
translation; a pair in which anything is named is a false alarm. Into each of the others one fault
of each kind is planted, as often as there is room (``MOST`` times a kind and language): into the
one text, beside the other as it was. What is planted is data (``planted.toml`` of each language),
written apart from the lists by which the checks judge; nothing is random.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.document import Language, other
from corpus.text import cue_pattern
from pipelines.brief import Segment, Target
from pipelines.language.lexicon import entries
from pipelines.language.terms import every_term, terms_in
from pipelines.suites import Figures, records
from pipelines.verify import of_translation

#: The kinds that a release is judged by, then the others that are counted beside them.
JUDGED = ("number", "unit", "name", "negation", "hedge", "direction", "clause", "term")
OTHERS = (
    "restrictor", "quantifier", "strength", "date", "condition", "code", "doubled", "untranslated",
)  # fmt: skip
KINDS = (*JUDGED, *OTHERS)
#: Faults of one kind that one text of a pair is given at most.
MOST = 2
#: Words that a clause must have to be taken out, and that must be left.
CLAUSE, LEFT = 5, 4


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """A text, and what was made of its translation."""

    kind: str
    text: str
    language: Language
    translation: str
    """In the other language, with one fault."""


def evaluate(path: Path) -> Figures:
    """False alarms per 1,000 pairs; the share of faults caught, over all judged kinds and by kind.

    ``catch_rate`` is the mean of the judged kinds' rates, so that none outweighs the others.
    Raises ``UnreadableError``.
    """
    pairs = [(str(one["en"]), str(one["fr"])) for one in records(path, "en", "fr")]
    good = [pair for pair in pairs if not alarms(*pair)]
    caught: Counter[str] = Counter()
    of_all: Counter[str] = Counter()
    for en, fr in good:
        for fault in planted(en, fr):
            of_all[fault.kind] += 1
            caught[fault.kind] += bool(named(fault.text, fault.language, fault.translation))
    rates = {kind: round(caught[kind] / of_all[kind], 4) for kind in KINDS if of_all[kind]}
    judged = [rates[kind] for kind in JUDGED if kind in rates]
    return {
        "false_alarms_per_1000": round(1000 * (len(pairs) - len(good)) / max(len(pairs), 1), 2),
        "catch_rate": round(sum(judged) / len(judged), 4) if judged else None,
        "pairs": len(pairs),
        "faults": of_all.total(),
        "by_kind": {kind: {"catch_rate": rates[kind], "faults": of_all[kind]} for kind in rates},
    }


def named(text: str, language: Language, translation: str) -> list[tuple[str, str]]:
    """What the checks name in a translation: rule and reason."""
    target = Target(other(language), translation, "translated", "reviewer")
    segment = Segment("s1", "findings", text, language, target)
    return [(rule, str(why)) for rule, why in of_translation(segment, {})]


def alarms(en: str, fr: str) -> list[tuple[str, str]]:
    """What the checks name in a pair, either text taken for the translation."""
    return [*named(en, "en", fr), *named(fr, "fr", en)]


# -- planting ------------------------------------------------------------------------------------


def planted(en: str, fr: str) -> Iterator[PlantedPair]:
    """Every fault that a pair has room for, in either text."""
    for language, text, beside in (("fr", fr, en), ("en", en, fr)):
        whole: Language = "fr" if language == "fr" else "en"
        for kind in KINDS:
            made = dict.fromkeys(one for one in _PLANTERS[kind](text, whole, beside, kind))
            different = [one for one in made if one != text and one != beside]
            for one in different[:MOST]:
                yield PlantedPair(kind, beside, other(whole), one)


_Planter = Callable[[str, Language, str, str], Iterator[str]]


#: What may end a clause.
_BREAK = r"[,;:.!?–—()]"
#: Where a word may begin or end: not between two letters; blanks and lookarounds stand in the cues.
_EDGE = r"(?:(?<!\w)|(?!\w))"


@cache
def _swaps(language: Language, kind: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    listed: Sequence[Sequence[str]] = entries("planted", language)[kind]
    return tuple(
        (cue_pattern([words], _EDGE, _EDGE, re.NOFLAG), instead, asked[0] if asked else "")
        for words, instead, *asked in listed
    )


def _swapped(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """A text with one of a list in another's place."""
    for words, instead, asked in _swaps(language, kind):
        if asked and not re.search(asked, beside, re.IGNORECASE):
            continue
        match = words.search(text)
        if match:
            yield text[: match.start()] + match.expand(instead) + text[match.end() :]


def _hedges(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """A caution said for sure, in a clause that nothing else holds back."""
    held_back = cue_pattern(entries("planted", language)["held_back"])
    for made in _swapped(text, language, beside, kind):
        start = next((n for n, (a, b) in enumerate(zip(text, made, strict=False)) if a != b), 0)
        clause = made[_last_break(made[:start]) :]
        if not held_back.search(re.split(_BREAK, clause)[0]):
            yield made


def _last_break(text: str) -> int:
    """Where the last clause of a text begins."""
    return max((match.end() for match in re.finditer(_BREAK, text)), default=0)


_DIGITS = re.compile(r"(?<![\w.,/:@#-])\d+(?:[.,]\d+)?(?![\w/:@]|[.,-]\d|-[a-z])")


def _numbers(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """One digit changed; a number word in another's place."""
    for match in _DIGITS.finditer(text):
        digits = match.group()
        places = [n for n, sign in enumerate(digits) if sign.isdigit() and sign != "0"]
        if places and digits != "1":
            at = match.start() + places[-1]
            yield text[:at] + str(int(text[at]) % 9 + 1) + text[at + 1 :]
    words: list[str] = entries("planted", language)["number"]
    word = cue_pattern(words[1:], flags=re.NOFLAG).search(text)
    if word:
        instead = words[(words.index(word.group()) + 4) % len(words)]
        yield text[: word.start()] + instead + text[word.end() :]


#: A name with a capital that stands within a sentence.
_NAME = re.compile(r"(?<=[a-zéèà,] )[A-ZÉ][a-zéèêëïîôöü]{3,}\b")
_STRANGERS = ("Okafor", "Brampton", "Lavoie", "Kamloops", "Northgate")


def _names(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """A known name in another's place; a stranger's for one that both texts have."""
    names: list[str] = entries("planted", language)["name"]
    match = cue_pattern(sorted(names, key=len, reverse=True), flags=re.NOFLAG).search(text)
    if match and match.group() not in ("France",):
        step = 5 if match.group() in names else 1
        instead = names[(names.index(match.group()) + step) % len(names)]
        yield text[: match.start()] + instead + text[match.end() :]
    for match in _NAME.finditer(text):
        if re.search(rf"(?<!\w){match.group()}(?!\w)", beside):
            instead = _STRANGERS[len(match.group()) % len(_STRANGERS)]
            yield text[: match.start()] + instead + text[match.end() :]


def clauses_taken_out(
    text: str, language: Language, beside: str, kind: str = "clause"
) -> Iterator[str]:
    """A text without one of its clauses, or without one of its sentences."""
    opening = "|".join(entries("planted", language)["clause"])
    starts = [m.start() for m in re.finditer(rf"[,;:–(]? (?:{opening}) |[,;:–] ", text)]
    ends = [m.start() for m in re.finditer(rf"{_BREAK}(?=\s|$)", text)]
    sentences = re.split(r"(?<=[.!?]) (?=[A-ZÉÀ«“])", text)
    if len(sentences) > 1:
        yield " ".join(sentences[:-1])
    for start in reversed(starts):
        end = next((place for place in ends if place > start + 1), len(text))
        cut, left = text[start:end], text[:start] + text[end:]
        if len(cut.split()) >= CLAUSE and len(left.split()) >= LEFT:
            yield left


def _terms(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """A term of the termbase in another's place, where the other text has its counterpart."""
    here, there = terms_in(text, language), terms_in(beside, other(language))
    known = {met.term.key for met in there}
    order = list(every_term())
    for met in here:
        if met.term.key in known and met.term.domain != "names":
            same = [one for one in order if one.part == met.term.part]
            other_one = same[(same.index(met.term) + len(same) // 3) % len(same)]
            yield text[: met.start] + other_one.terms[language] + text[met.end :]


_CODE = re.compile(
    r"https?://\S+[\w/]|[\w.-]+@[\w-]+\.\w+|\{\w*\}|\b[A-Z]{2,}\d+[A-Z\d]*\b|\b\w+\.(?:ca|com|org|gov)\b|#\w+"
)


def _codes(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """A code, an address or a placeholder that both texts have, with one sign changed."""
    for match in _CODE.finditer(text):
        if match.group() in beside:
            yield f"{text[: match.start() + 1]}X{text[match.start() + 2 :]}"


def _doubled(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """A run of words, or a unit, that stands twice."""
    words = text.split(" ")
    if len(words) > 8:
        yield " ".join([*words[:6], *words[2:]])
    unit = re.search(r"(?<=\d)\s?(?:%|\$|km|kg|°C|mm|jours|days|heures|hours|minutes)", text)
    if unit:
        yield text[: unit.end()] + " " + unit.group().strip() + text[unit.end() :]


def _untranslated(text: str, language: Language, beside: str, kind: str) -> Iterator[str]:
    """A text of which one half, or all, is still in the other language."""
    words = beside.split(" ")
    if len(words) > 11:
        own = text.split(" ")
        yield " ".join([*own[: len(own) // 2], *words[len(words) // 2 :]])


_PLANTERS: dict[str, _Planter] = {
    **dict.fromkeys(KINDS, _swapped),
    "number": _numbers,
    "name": _names,
    "clause": clauses_taken_out,
    "hedge": _hedges,
    "term": _terms,
    "code": _codes,
    "doubled": _doubled,
    "untranslated": _untranslated,
}
