"""Direction: what rose may not fall, what was higher may not be lower, before is not after.

In: a pair. Out: words of direction that the evidence doesn't bear out. A word is compared with
the words of the same axis ("rose", "more", "grew" against "fell", "less", "shrank") that stand
beside the same content words in the evidence. A word of degree has the direction of what it is
said of: "less high" is lower, "more slowly" slower. Where the sides of a comparison have changed
places, its direction must have turned with them: "A was higher than B" is "B was lower than A"
(``compared``). Axes are data (``direction.toml``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from corpus.document import Language
from pipelines.language.lexicon import entries, listed
from pipelines.language.numbers import numbers
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import base
from pipelines.verification.compared import Comparison, compared, crossed, opposites
from pipelines.verification.pair import Pair
from pipelines.verification.support import Alignment, Word, brought_in, of_a_bound

#: Content words on either side that tell what a word of direction is about.
_WINDOW = 3
#: So many of them must be the same to tell that two words of direction are about the same; one
#: where the text has no more.
_SHARED = 2
#: How much a shared neighbour counts that stands before the one and behind the other.
_OTHER_SIDE = 0.5
#: By so much likelier must a word be about the same as one of the other side, where the evidence
#: has its own side too.
_LIKELIER = 0.2
_TURNED = {"up": "down", "down": "up"}


@dataclass(frozen=True, slots=True)
class _Polar:
    """A word of direction in its place."""

    word: Word
    axis: str
    side: str
    beside: Mapping[str, int]
    """What stands beside it, and how many words behind it, or before it (negative)."""


def direction(pair: Pair) -> Iterator[Reason]:
    """Every word of direction has one of its side in the evidence, about the same things."""
    if not pair.same_language or not pair.quotes:
        return
    alignment = pair.alignment
    there = [
        polar
        for text, quote in zip(pair.quotes, alignment.quotes, strict=True)
        for polar in _polars(quote, [word.key for word in quote], pair.language)
        if not _of_a_number(text, polar, pair.language)
    ]
    said = [
        polar
        for polar in _polars(alignment.words, alignment.stands_for, pair.language)
        if not _of_a_number(pair.text, polar, pair.language)
        and not _translated(polar, alignment, {other.word.key for other in there})
    ]
    yield from _opposites_said(pair)
    turned = _turned_comparisons(pair)
    for comparison in turned:
        yield from _in_turned(comparison, said, there)
    counts = Counter((polar.axis, polar.side) for polar in there)
    told: Counter[tuple[str, str]] = Counter()
    for polar in said:
        if any(one.start <= polar.word.start < one.end for one in turned):
            continue
        told[polar.axis, polar.side] += 1
        more = pair.close and told[polar.axis, polar.side] > counts[polar.axis, polar.side]
        if why := _against(polar, said, there, more and not _repeated(polar, alignment)):
            yield why


def _of_a_number(text: str, polar: _Polar, language: Language) -> bool:
    """Whether a word says a bound ("more than 30", "at least two"), which ``figures`` judges."""
    if of_a_bound(text, polar.word.start, language):
        return True
    if polar.word.lower not in listed("direction", language, "degree"):
        return False
    behind = polar.word.start + len(polar.word.lower)
    return any(
        re.fullmatch(r"\W*(?:than|de|d[’']|que)?\W*", text[behind : number.start])
        for number in numbers(text, language)
        if number.start >= behind
    )


def _opposites_said(pair: Pair) -> Iterator[Reason]:
    """Words whose opposite the evidence has, and not them: night for day, men for women."""
    own = {key for word in pair.alignment.words for key in word.keys}
    there = {key for quote in pair.alignment.quotes for word in quote for key in word.keys}
    sides = _sides(pair.language)
    classes = [*opposites(pair.language), *entries("direction", pair.language)["exclusive"]]
    for one, two in (two for some in classes for two in permutations(some, 2)):
        if one in sides and two in sides:
            continue  # told by their axis
        if one in own and one not in there and two in there and two not in own:
            yield reason("direction_turned", word=one, there=two)
            return


def _turned_comparisons(pair: Pair) -> list[Comparison]:
    """The comparisons of the text whose sides have changed places."""
    own, there = compared(pair)
    return [one for one in own if crossed([one], there, pair.language)]


#: Axes whose words turn with a comparison.
_COMPARED = ("amount", "size")


def _in_turned(
    comparison: Comparison, said: Sequence[_Polar], there: Sequence[_Polar]
) -> Iterator[Reason]:
    """Why no word of direction turns with a comparison whose sides have changed places."""
    inside = [
        polar
        for polar in said
        if polar.axis in _COMPARED and comparison.start <= polar.word.start < comparison.end
    ]
    known = {(polar.axis, polar.side) for polar in there}
    turned = any((polar.axis, polar.side) not in known for polar in inside)
    sides = {side for axis, side in known if axis in _COMPARED}
    if inside and not turned and len(sides) == 1:
        yield reason("comparison_turned", word=inside[-1].word.lower)


def _translated(polar: _Polar, alignment: Alignment, known: set[str]) -> bool:
    """Whether the lexicon put a word of direction for one that is none ("mitigate", "reduce")."""
    place = dict(alignment.placed)[polar.word]
    allowed = {place for key in polar.word.keys for place in alignment.through.get(key, ())}
    return bool(place) and place in allowed and place not in known


def _against(
    polar: _Polar, said: Sequence[_Polar], there: Sequence[_Polar], more: bool
) -> Reason | None:
    """Why a word of direction isn't borne out; None where it is."""
    word, same_axis = polar.word.lower, [p for p in there if p.axis == polar.axis]
    same, opposite = (
        [p for p in same_axis if (p.side == polar.side) == wanted] for wanted in (True, False)
    )
    if not same and opposite:
        if any(p.axis == polar.axis and p.side != polar.side for p in said):
            return reason("direction_new", word=word)  # the evidence's own is said too
        return reason("direction_turned", word=word, there=opposite[0].word.lower)
    nearest = max((_likeness(p, polar) for p in opposite), default=0.0)
    if nearest > max((_likeness(p, polar) for p in same), default=0.0) + _LIKELIER:
        against = next(p for p in opposite if _likeness(p, polar) == nearest)
        return reason("direction_turned", word=word, there=against.word.lower)
    if more and opposite:
        return reason("direction_more_often", word=word)
    return None


def _repeated(polar: _Polar, alignment: Alignment) -> bool:
    """Whether a split said the same word again with what stands beside it."""
    others = [w for w in alignment.words if w.key == polar.word.key and w.start != polar.word.start]
    return any(other.sentence != polar.word.sentence for other in others)


def _likeness(there: _Polar, said: _Polar) -> float:
    """How much two words of direction are about the same: shared neighbours, near ones most.

    What stands on the other side counts half: in "taxes rose, rents fell" rents are beside both.
    """
    shared = there.beside.keys() & said.beside.keys()
    if len(shared) < min(_SHARED, len(said.beside)):
        return 0.0
    both = [(there.beside[key], said.beside[key]) for key in sorted(shared)]
    return sum(
        (1 if (one < 0) == (two < 0) else _OTHER_SIDE) / max(abs(one), abs(two))
        for one, two in both
    )


def _polars(
    words: Sequence[Word], places: Sequence[str | None], language: Language
) -> list[_Polar]:
    found = []
    for n, word in enumerate(words):
        if (hit := _direction_of(words, n, language)) is None:
            continue
        window = range(max(0, n - _WINDOW), min(len(words), n + _WINDOW + 1))
        beside = {
            places[m] or words[m].key: m - n
            for m in sorted(window, key=lambda m: -abs(m - n))
            if m != n
            and words[m].sentence == word.sentence
            and words[m].lower not in brought_in(language)
        }
        found.append(_Polar(word, *hit, beside))
    return found


def _direction_of(words: Sequence[Word], n: int, language: Language) -> tuple[str, str] | None:
    """Axis and side of a word; of one of degree with what it is said of, which has none itself."""
    axis_side = _side(words[n], language)
    if n and _is_degree(words[n - 1], words[n], language):
        return None
    if axis_side and n + 1 < len(words) and _is_degree(words[n], words[n + 1], language):
        axis, side = axis_side
        low = _side(words[n + 1], language)
        slow = words[n + 1].keys | {words[n + 1].lower}
        if low and low[0] == "value":
            return low[0], low[1] if side == "up" else _TURNED[low[1]]
        if (low and low[1] == "down") or slow & listed("direction", language, "low"):
            return axis, _TURNED[side]
    return axis_side


def _is_degree(word: Word, following: Word, language: Language) -> bool:
    """Whether a word says the degree of the next one: "more slowly", « moins élevé »."""
    degree = word.lower in listed("direction", language, "degree")
    return degree and following.sentence == word.sentence and following.pos in ("ADJ", "ADV")


def axis_of(word: Word, language: Language) -> str | None:
    """The axis of a word of direction; None of any other word."""
    found = _side(word, language)
    return found[0] if found else None


def axes_of(quotes: Sequence[Sequence[Word]], language: Language) -> set[str]:
    """The axes of which some quotes say a direction."""
    return {axis for quote in quotes for word in quote if (axis := axis_of(word, language))}


def _side(word: Word, language: Language) -> tuple[str, str] | None:
    sides = _sides(language)
    return next((sides[key] for key in (word.lower, *sorted(word.keys)) if key in sides), None)


@cache
def _sides(language: Language) -> dict[str, tuple[str, str]]:
    """Axis and side by word as written and by stem; what is written goes first."""
    written: dict[str, tuple[str, str]] = {}
    stems: dict[str, tuple[str, str]] = {}
    for axis, signs in entries("direction", language)["axes"].items():
        for side, cues in signs.items():
            for cue in cues:
                written[cue] = (axis, side)
                stems.setdefault(base(cue, language), (axis, side))
    return {**stems, **written}
