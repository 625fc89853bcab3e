"""Which points of an exchange are told together on a page.

In: points, each with what it is worth by itself, and how many lines and words fit. Out: those to
tell, in the order in which each adds most. A further point of a kind is worth a little less than
the one before, so that a page of questions leaves room for what was decided; one that says what
another says is never chosen (MMR's idea, Carbonell & Goldstein 1998), by the words of both: what is
said in an exchange is short, and only its likeliest sentences have vectors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from models.point_features import content_words
from pipelines.brief import Point, PointKind
from pipelines.selecting.weights import FIRST_OF_KIND, LEANS_A_LITTLE, NEXT_OF_KIND

#: Two points say the same where so many of the shorter one's content words are in both.
SAME_WORDS = 0.6
#: And where they share so many.
FEWEST_SHARED = 2
#: A note of what was spoken of just before has about so many words.
NOTE_WORDS = 8
#: Kinds that a reader looks for in a table of who, what and by when, also where they answer.
IN_TABLES: frozenset[PointKind] = frozenset({"commitment", "decision"})


def chosen_points(
    document: Document, found: Sequence[Point], told: Sequence[Point], lines: int, words: int
) -> list[Point]:
    """At most so many of the points, in at most so many words, besides those that are told."""
    said = {point.start: content(document, point) for point in (*found, *told)}
    chosen: list[Point] = []
    of_kind: Counter[str] = Counter()
    left = list(found)
    while left and len(chosen) < lines:
        left = [one for one in left if not _repeats(one, (*told, *chosen), said)]
        fitting = [one for one in left if _length(document, one) <= words]
        if not fitting:
            break
        best = max(fitting, key=lambda one: (_worth(one, of_kind[one.kind]), -one.start))
        chosen.append(best)
        left = [one for one in left if one.kind in IN_TABLES or not _answers(one, best)]
        of_kind[best.kind] += 1
        words -= _length(document, best)
    return _each_once(document, chosen, told)


def _answers(one: Point, question: Point) -> bool:
    return question.answer is not None and one.start == question.answer[0]


def distinct(document: Document, found: Sequence[Point], most: int) -> list[Point]:
    """The first so many of the points, in order, none of which says what one before it says."""
    chosen: list[Point] = []
    said: dict[int, frozenset[str]] = {}
    for point in found:
        if len(chosen) == most:
            break
        said[point.start] = content(document, point)
        if not _repeats(point, chosen, said):
            chosen.append(point)
    return chosen


def _each_once(document: Document, chosen: Sequence[Point], others: Sequence[Point]) -> list[Point]:
    """The same points; what is told anyhow, or before, is not told again beside one."""
    told = [(one.start, one.end) for one in (*others, *chosen)]
    told += [one.before for one in others if one.before]
    found = []
    for point in chosen:
        if point.before and _covers(told, point.before[0]):
            point = replace(point, before=None)
        if point.answer:
            point = replace(point, answer=_until_told(document, point.answer, told))
        told += [span for span in (point.before, point.after, point.answer) if span]
        found.append(point)
    return found


def _covers(told: Sequence[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in told)


def _until_told(
    document: Document, answer: tuple[int, int], told: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """An answer up to what is told elsewhere; None where that is all of it."""
    start, end = answer
    if _covers(told, start):
        return None
    end = min([end, *(place for place, _ in told if start < place < end)])
    return start, start + len(document.text[start:end].rstrip())


def _worth(point: Point, before: int) -> float:
    """What a point is worth after so many of its kind."""
    return point.salience * (NEXT_OF_KIND**before if before else FIRST_OF_KIND)


def _length(document: Document, point: Point) -> int:
    """How many words a line has room for: those said, and a note where it leans on the talk."""
    note = NOTE_WORDS if point.understood < LEANS_A_LITTLE[document.language] else 0
    return len(document.text[slice(*point.span)].split()) + note


def _repeats(point: Point, others: Sequence[Point], said: dict[int, frozenset[str]]) -> bool:
    own = said[point.start]
    return any(
        point.start in _told_with(other)
        or _held_by(point, other)
        or _held_by(other, point)
        or _say_the_same(point, own, other, said[other.start])
        for other in others
    )


def _held_by(point: Point, other: Point) -> bool:
    """Whether a point stands in what holds another back."""
    return other.after is not None and other.after[0] <= point.start < other.after[1]


def _told_with(point: Point) -> tuple[int, ...]:
    """Where the sentences of a point begin."""
    return (point.start, *(point.before or ())[:1], *(point.after or ())[:1])


def _say_the_same(point: Point, own: frozenset[str], other: Point, its: frozenset[str]) -> bool:
    """Whether two points share most of what they are about, and more than the meeting's subject.

    A question and what answers it never do.
    """
    if (point.kind == "question") != (other.kind == "question"):
        return False
    shared = len(own & its)
    return shared >= FEWEST_SHARED and shared > SAME_WORDS * min(len(own), len(its))


def content(document: Document, point: Point) -> frozenset[str]:
    """The words that say what a point is about, lower case."""
    return content_words(document.text[point.start : point.end], document.language)
