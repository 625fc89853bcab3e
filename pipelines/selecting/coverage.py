"""Which sentences together tell most of a paper: a greedy choice that repeats nothing.

In: a paper's reading, candidates with what each is worth by itself, and what is told already.
Out: candidates in the order in which they add most. What a paper says is the sum of its sentences,
those of its summaries above all; a sentence covers another by the cosine of their vectors
(facility location, a submodular function: Lin & Bilmes 2011, "A class of submodular functions for
document summarization"; greedy choice is within 1 - 1/e of the best, Nemhauser et al. 1978). A
candidate that says what is told already is never chosen, as in MMR (Carbonell & Goldstein 1998).
What a sentence is worth by itself is ``worth``'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from models.headings import section_role
from models.point_features import content_words
from pipelines.brief import Finding, Point
from pipelines.language.numbers import numbers
from pipelines.reading.reading import Reading
from pipelines.selecting.tellable import in_summary, without_brackets
from pipelines.selecting.weights import COVERAGE, SHARES

#: Two sentences at least this near (cosine of their vectors) tell the same.
SAME = 0.8
#: Two that give the same numbers do where so many of the shorter one's content words are in both:
#: of .4 to .7, the share by which most key facts of the 79 labelled papers are told, and a ninth
#: fewer of them twice.
SAME_MEASURED = 0.5
#: Two that are as near as this and share so many of the shorter one's content words do, too: of
#: 296 lines of briefs that careful readers judged five, all found at fault, three as repeating.
NEAR, SAME_WORDS = 0.7, 0.57
#: A number of one digit is too common to tell by what was measured.
_DIGITS = 2

Told = TypeVar("Told", Finding, Point)


def shares(reading: Reading) -> NDArray[np.float64]:
    """How much of what the paper says is in each sentence: float64, shape (n_sentences,), sum 1."""
    language = reading.language
    blocks = [reading.block(index) for index in range(len(reading.sentences))]
    summary = np.array([in_summary(block, language) for block in blocks], float)
    concludes = np.array(
        [section_role(block.section, language) == "conclusion" for block in blocks], float
    )
    groups = {
        "summary": summary,
        "conclusion": concludes * (1 - summary),
        "all": np.ones(len(blocks)),
    }
    total: NDArray[np.float64] = np.zeros(len(blocks))
    for name, group in groups.items():
        total += SHARES[name] * group / max(group.sum(), 1.0)
    total /= max(float(total.sum()), 1e-9)
    return total


def most_telling(
    candidates: Sequence[Finding],
    worth: Callable[[Finding], float],
    told: Sequence[Finding],
    reading: Reading,
    most: int,
) -> list[Finding]:
    """At most so many of the candidates, each the one that adds most to those before it.

    ``told`` are those that the brief tells elsewhere. Without vectors, worth alone decides.
    """
    vectors = reading.vectors
    if vectors is None:
        return sorted(candidates, key=lambda one: (-worth(one), one.start))[:most]
    own = {one.sentence: worth(one) for one in candidates}
    columns = np.clip(vectors @ vectors[sorted(own)].T, 0.0, 1.0)
    nearness = dict(zip(sorted(own), columns.T, strict=True))
    share = shares(reading)
    covered = np.zeros(len(reading.sentences))
    taken = [one.sentence for one in told]
    for sentence in taken:
        covered = np.maximum(covered, vectors @ vectors[sentence])
    chosen: list[Finding] = []
    left = sorted(candidates, key=lambda one: one.start)
    left = [one for one in left if not any(say_the_same(reading, one.sentence, i) for i in taken)]
    while left and len(chosen) < most:
        added = [
            round(own[one.sentence] + COVERAGE * _gain(nearness[one.sentence], covered, share), 6)
            for one in left
        ]
        best = left[added.index(max(added))]
        chosen.append(best)
        covered = np.maximum(covered, nearness[best.sentence])
        left = [one for one in left if not say_the_same(reading, one.sentence, best.sentence)]
    return chosen


def say_the_same(reading: Reading, one: int, other: int) -> bool:
    """Whether two sentences of a paper are one, are near, or measure the same alike.

    A sentence that gives the figures of what ``other`` tells without any says more.
    """
    if one == other:
        return True
    if _figures(reading.text(one), reading.language) and not _figures(
        reading.text(other), reading.language
    ):
        return False
    vectors = reading.vectors
    near = 0.0 if vectors is None else float(vectors[one] @ vectors[other])
    if near >= SAME:
        return True
    mine, its = (_measured(reading.text(index), reading.language) for index in (one, other))
    measured = bool(mine) and bool(its) and (mine <= its or its <= mine)
    if not measured and near < NEAR:
        return False
    words, others = (
        content_words(without_brackets(reading.text(index)), reading.language)
        for index in (one, other)
    )
    least = SAME_MEASURED if measured else SAME_WORDS
    return len(words & others) >= least * max(1, min(len(words), len(others)))


def count_the_same(reading: Reading, one: int, other: int) -> bool:
    """Whether two sentences tell one number of two digits or more, brackets included."""
    mine, its = (_figures(reading.text(index), reading.language) for index in (one, other))
    return bool(mine & its)


@lru_cache(maxsize=4096)
def _figures(text: str, language: Language) -> frozenset[str]:
    """The numbers that a sentence tells, but for years and single digits."""
    return frozenset(
        number.value
        for number in numbers(text, language)
        if number.in_digits
        and number.kind != "DATE"
        and sum(character.isdigit() for character in number.written) >= _DIGITS
    )


def _measured(text: str, language: Language) -> frozenset[str]:
    """The same outside its brackets."""
    return _figures(without_brackets(text), language)


def _gain(
    near: NDArray[np.float32], covered: NDArray[np.float64], share: NDArray[np.float64]
) -> float:
    """How much more of the paper is covered with a sentence than without it: 0 to 1."""
    return float(share @ np.maximum(near - covered, 0.0))
