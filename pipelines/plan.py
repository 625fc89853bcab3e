"""What goes where in a one-page brief, before any of it is worded.

In: ranked findings or points, and the audience. Out: a ``Slot`` for each section: the candidates
to tell, most worth telling first, without repetition. A candidate that fails verification later
is replaced by the next one, so a slot holds more than will be told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from corpus.document import Block, Document
from pipelines.annotate import Annotation, in_abstract, section_role
from pipelines.bottom_line import BottomLine, bottom_lines
from pipelines.brief import PAPER_SECTIONS, Audience, Finding, Point, PointKind, Section
from pipelines.strength import negations

#: Two sentences at least this near (cosine of their vectors) tell the same.
SAME = 0.8
#: How many words of the source fit on the page beside the fixed text.
PAGE_WORDS = 330
#: A bottom line should be no longer than this, in words.
BOTTOM_LINE_WORDS = 30
#: Above whatever the other criteria sum up to.
ALONE = 10.0


#: What a slot chooses from: a paper's findings or an exchange's points.
Candidate = TypeVar("Candidate", Finding, Point)


@dataclass(frozen=True, slots=True)
class Slot(Generic[Candidate]):
    """A section's candidates and how many of them to tell."""

    section: Section
    most: int
    candidates: tuple[Candidate, ...]


#: How many sentences each section tells, by audience.
_LENGTHS: dict[Audience, dict[Section, int]] = {
    "elected": {"context": 1, "findings": 3, "implications": 2, "limits": 1, "applies_to": 1},
    "public": {"context": 1, "findings": 3, "implications": 1, "limits": 1, "applies_to": 1},
    "staff": {"context": 2, "findings": 4, "implications": 2, "limits": 2, "applies_to": 1},
    "practitioner": {"context": 2, "findings": 4, "implications": 3, "limits": 2, "applies_to": 1},
}
_POINT_SECTIONS: dict[PointKind, Section] = {
    "question": "questions",
    "commitment": "commitments",
    "decision": "decisions",
    "innovation": "innovations",
    "barrier": "barriers",
    "enabler": "enablers",
    "evidence": "evidence",
}
_POINT_LENGTHS: dict[Audience, int] = {"elected": 2, "public": 2, "staff": 3, "practitioner": 3}
#: What an exchange's bottom line may be taken from, best first.
_TELLING: dict[PointKind, float] = {
    "decision": 0.15,
    "commitment": 0.05,
    "evidence": 0.05,
    "innovation": 0.05,
    "barrier": 0.05,
}


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper as the criteria below look at it."""

    document: Document
    annotation: Annotation

    def words(self, finding: Finding) -> str:
        return self.document.text[finding.start : finding.end]

    def section(self, finding: Finding) -> Block:
        return self.document.blocks[self.annotation.sentences[finding.sentence].block]

    def early(self, finding: Finding) -> bool:
        """Whether it stands in the abstract."""
        return in_abstract(self.section(finding))

    def concludes(self, finding: Finding) -> bool:
        """Whether it stands in the abstract's own conclusion."""
        section = self.section(finding).section
        return self.early(finding) and section_role(section, self.document.language) == "conclusion"


Worth = Callable[[_Paper, Finding], float]


def _salience(paper: _Paper, finding: Finding) -> float:
    return finding.salience


def _as_bottom_line(paper: _Paper, finding: Finding) -> float:
    """Early, concluding, of a good length, and rather what was found than what was not.

    To that comes what the ranker says of an abstract's sentence (``bottom_line``); of a paper that
    made something the ranker alone decides.
    """
    ranked = finding.score if isinstance(finding, BottomLine) else 0.0
    if isinstance(finding, BottomLine) and finding.alone:
        return ALONE + ranked
    told = finding.text if isinstance(finding, BottomLine) else paper.words(finding)
    length = len(told.split())
    misfit = max(0, length - BOTTOM_LINE_WORDS, 12 - length) * 0.01
    denies = bool(negations(paper.words(finding), paper.document.language))
    concluding = finding.role != "result"
    return (
        finding.salience
        + ranked
        + 0.15 * paper.early(finding)
        + 0.08 * concluding
        - 0.08 * denies
        - misfit
    )


def _as_finding(paper: _Paper, finding: Finding) -> float:
    return finding.salience + 0.08 * bool(finding.numbers)


def _as_scope(paper: _Paper, finding: Finding) -> float:
    """Says where, whom and how many."""
    return finding.salience + 0.25 * finding.places + 0.1 * bool(finding.numbers)


def plan_paper(
    document: Document, annotation: Annotation, found: Sequence[Finding], audience: Audience
) -> tuple[Slot[Finding], ...]:
    """The slots of a paper's brief, in its order.

    Sections take their sentences in turn, the bottom line first, so that none is told twice.
    """
    paper, lengths = _Paper(document, annotation), _LENGTHS[audience]

    def ranked(worth: Worth, *roles: str) -> list[Finding]:
        pool = [finding for finding in found if finding.role in roles]
        return sorted(pool, key=lambda finding: (-worth(paper, finding), finding.start))

    about = ranked(_salience, "method", "background")
    # A guideline or a report may state no result: then what it says most plainly is told.
    otherwise = ranked(_as_bottom_line, "other", "background")
    wanted: dict[Section, list[Finding]] = {
        "bottom_line": _bottom_lines(paper, found) or otherwise,
        "findings": ranked(_as_finding, "result", "conclusion") or otherwise,
        "implications": ranked(_salience, "implication"),
        "limits": ranked(_salience, "limitation"),
        "applies_to": [
            f
            for f in ranked(_as_scope, "method", "objective")
            if f.population and (f.places or paper.early(f))
        ],
        "context": [
            *ranked(_salience, "objective")[:1],
            *([f for f in about if paper.early(f)] or [f for f in about if f.role == "background"]),
        ],
    }
    told: list[Finding] = []
    slots: dict[Section, Slot[Finding]] = {}
    for section, candidates in wanted.items():
        most = lengths.get(section, 1)
        chosen: list[Finding] = []
        for finding in candidates:
            if len(chosen) < 2 * most + 1 and not _told(finding, [*told, *chosen], annotation):
                chosen.append(finding)
        told.extend(chosen[:most])
        told.extend(other for f in chosen[:most] if isinstance(f, BottomLine) for other in f.others)
        slots[section] = Slot(section, most, tuple(chosen))
    ordered = [slots[section] for section in PAPER_SECTIONS if section in slots]
    return _on_one_page(document, ordered)


def _bottom_lines(paper: _Paper, found: Sequence[Finding]) -> list[Finding]:
    """What may be the bottom line, best first: the abstract's in fewer words, and other answers."""
    lines = bottom_lines(paper.document, paper.annotation, found)
    shorter = {line.sentence for line in lines}
    answers = [
        finding
        for finding in found
        if finding.sentence not in shorter
        and (
            finding.role in ("conclusion", "result")
            or (finding.role == "implication" and paper.concludes(finding))
        )
    ]
    return sorted(
        [*lines, *answers],
        key=lambda finding: (-_as_bottom_line(paper, finding), finding.start),
    )


def _on_one_page(
    document: Document, slots: Sequence[Slot[Candidate]]
) -> tuple[Slot[Candidate], ...]:
    """The same slots, telling no more than a page holds: each its first, then each its second…"""
    most = dict.fromkeys((slot.section for slot in slots), 0)
    left = PAGE_WORDS
    for rank in range(max(slot.most for slot in slots)):
        for slot in slots:
            if most[slot.section] < rank or rank >= min(slot.most, len(slot.candidates)):
                continue
            candidate = slot.candidates[rank]
            words = len(document.text[candidate.start : candidate.end].split())
            if rank == 0 or words <= left:
                most[slot.section] += 1
                left -= words
    return tuple(replace(slot, most=most[slot.section]) for slot in slots)


def _told(finding: Finding, told: Sequence[Finding], annotation: Annotation) -> bool:
    """Whether the same sentence, or one that says the same, is already told."""
    vectors = annotation.vectors
    return any(
        finding.sentence == other.sentence
        or (
            vectors is not None
            and float(vectors[finding.sentence] @ vectors[other.sentence]) >= SAME
        )
        for other in told
    )


def plan_exchange(
    document: Document, found: Sequence[Point], audience: Audience
) -> tuple[Slot[Point], ...]:
    """The slots of an exchange's brief, in its order."""
    best = sorted(
        (point for point in found if point.kind in _TELLING),
        key=lambda point: (-(point.salience + _TELLING[point.kind]), point.start),
    )
    most = _POINT_LENGTHS[audience]
    bottom_line = Slot("bottom_line", 1, tuple(best[:5]))
    used = {point.sentence for point in best[:1]}
    slots = [bottom_line]
    for kind, section in _POINT_SECTIONS.items():
        own = [point for point in found if point.kind == kind and point.sentence not in used]
        slots.append(Slot(section, most, tuple(own[: 2 * most + 3])))
    return _on_one_page(document, slots)
