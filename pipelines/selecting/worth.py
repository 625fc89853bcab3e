"""What a finding is worth to a section of the brief and to its audience.

In: a paper as ``criteria`` look at it, and one of its findings. Out: its salience with what the
place in the brief adds, higher for more; the numbers stand in ``weights``. Which findings are told
is left to ``plan``.
"""

from __future__ import annotations

from collections.abc import Callable

from pipelines.brief import Audience, Finding
from pipelines.claims.strength import negations
from pipelines.reading.sentence_roles import cue, section_role
from pipelines.selecting import weights
from pipelines.selecting.audiences import readership
from pipelines.selecting.bottom_lines import BOTTOM_LINE_WORDS, SHORTEST_BOTTOM_LINE, BottomLine
from pipelines.selecting.criteria import Paper

Worth = Callable[[Paper, Finding], float]


def as_bottom_line(paper: Paper, finding: Finding) -> float:
    """Concluding, of a good length, and rather what was found than what was not.

    To that comes what the ranker says of an abstract's sentence (``bottom_lines``); of a paper that
    made something the ranker alone decides.
    """
    ranked = finding.score if isinstance(finding, BottomLine) else 0.0
    if isinstance(finding, BottomLine) and finding.alone:
        return weights.ALONE + ranked
    told = finding.text if isinstance(finding, BottomLine) else paper.words(finding)
    length = len(told.split())
    misfit = max(0, length - BOTTOM_LINE_WORDS, SHORTEST_BOTTOM_LINE - length)
    denies = bool(negations(paper.words(finding), paper.reading.language))
    concludes = finding.role in ("conclusion", "implication")
    concluding = concludes or (paper.summary(finding) and not paper.early(finding))
    return (
        finding.salience
        + ranked
        + weights.CONCLUDES * concluding
        + weights.DENIES * denies
        + weights.BOTTOM_LINE_RARE * paper.hardness(finding)
        + weights.BOTTOM_LINE_MISFIT * misfit
    )


def as_finding(audience: Audience) -> Worth:
    """Worth telling, plain, and as the audience likes its numbers."""
    taste = readership(audience)

    def worth(paper: Paper, finding: Finding) -> float:
        return (
            finding.salience
            + taste.number * bool(finding.numbers)
            - taste.heavy * (paper.figures(finding) >= weights.HEAVY)
            - taste.plain * paper.hardness(finding)
            + weights.MISFIT_FINDING * paper.misfit(finding)
        )

    return worth


def plainly(paper: Paper, finding: Finding) -> float:
    """Worth telling and plain."""
    plain = weights.RARE_WORDS * paper.hardness(finding) + weights.MISFIT * paper.misfit(finding)
    return finding.salience + plain


def as_implication(paper: Paper, finding: Finding) -> float:
    """Says in so many words what should or could be done; that may take it long."""
    asks = cue(paper.words(finding), "implication", paper.reading.language) is not None
    length = weights.ASKS_LENGTH * paper.misfit(finding)
    return plainly(paper, finding) + weights.ASKS * asks + length


def as_aim(paper: Paper, finding: Finding) -> float:
    """An aim as the abstract states it, or the introduction."""
    heading = section_role(paper.section(finding).section, paper.reading.language)
    introduces = not paper.early(finding) and heading in ("background", "objective")
    return plainly(paper, finding) + weights.INTRODUCES * introduces


def as_background(paper: Paper, finding: Finding) -> float:
    """What was known or done, as the abstract says it."""
    return plainly(paper, finding) + weights.KNOWN * (finding.role != "method")
