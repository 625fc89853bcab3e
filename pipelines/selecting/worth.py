"""What a finding is worth to a section of the brief and to its audience.

In: a paper as ``criteria`` look at it, and one of its findings. Out: a number, higher for more:
how likely the finding does what the section tells, with what the place in the brief adds; the
numbers stand in ``weights``. Which findings are told is left to ``plan``.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from models.sentence_functions import Function
from pipelines.brief import Audience, Finding
from pipelines.selecting import weights
from pipelines.selecting.audiences import readership
from pipelines.selecting.bottom_lines import BOTTOM_LINE_WORDS, SHORTEST_BOTTOM_LINE, BottomLine
from pipelines.selecting.criteria import Paper

Worth = Callable[[Paper, Finding], float]


def as_bottom_line(paper: Paper, finding: Finding) -> float:
    """Most likely the main finding, and of a good length.

    To that comes what the ranker says of an abstract's sentence (``bottom_lines``); of a paper that
    made something the ranker alone decides.
    """
    ranked = finding.score if isinstance(finding, BottomLine) else 0.0
    if isinstance(finding, BottomLine) and finding.alone:
        return weights.ALONE + ranked
    told = finding.text if isinstance(finding, BottomLine) else paper.words(finding)
    length = len(told.split())
    misfit = max(0, length - BOTTOM_LINE_WORDS, SHORTEST_BOTTOM_LINE - length)
    return (
        paper.likely(finding, "main_finding")
        + weights.KEY * paper.likely(finding, "key_finding")
        + weights.RANKED * ranked
        + weights.ADVISES * paper.studies * paper.likely(finding, "recommendation")
        + weights.PRIORITY * paper.claims_priority(finding)
        + weights.ADDS * paper.adds(finding)
        + weights.VAGUE * paper.vague(finding)
        + weights.BOTTOM_LINE_RARE * paper.hardness(finding)
        + weights.BOTTOM_LINE_MISFIT * misfit
        + weights.BOTTOM_LINE_OBSCURE * (1 - paper.understood(finding))
    )


def as_finding(audience: Audience) -> Worth:
    """Likely a key finding, plain, and as the audience likes its numbers."""
    taste = readership(audience)

    def worth(paper: Paper, finding: Finding) -> float:
        return (
            weights.KEY_FINDING * paper.likely(finding, "key_finding")
            + paper.likely(finding, "finding")
            + weights.PRINTED * paper.printed(finding)
            + weights.OBSCURE_FINDING * (1 - paper.understood(finding))
            + taste.number * bool(finding.numbers)
            - taste.heavy * (paper.figures(finding) >= weights.HEAVY)
            - taste.plain * paper.hardness(finding)
            + weights.MISFIT * paper.misfit(finding)
        )

    return worth


def as_limit(paper: Paper, finding: Finding) -> float:
    """Likely a limit, plain, and named before others: authors name the gravest first."""
    earlier = math.log1p(paper.limits_before(finding))
    return likely("limit")(paper, finding) + weights.LATER_LIMIT * earlier


def likely(function: Function) -> Worth:
    """Likely does this, plain, and pointing back at nothing."""

    def worth(paper: Paper, finding: Finding) -> float:
        return (
            paper.likely(finding, function)
            + weights.OBSCURE * (1 - paper.understood(finding))
            + weights.POINTS_BACK * paper.points_back(finding)
            + weights.RARE_WORDS * paper.hardness(finding)
            + weights.MISFIT * paper.misfit(finding)
        )

    return worth
