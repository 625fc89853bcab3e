"""What goes where in a one-page brief, before any of it is worded.

In: ranked findings or points, and the audience. Out: an ``Outline``: for each section, the
candidates to tell, most worth telling first, without repetition. A candidate that fails
verification later is replaced by the next one, so an outline holds more than will be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Document
from pipelines.annotate import Annotation, in_abstract, section_role
from pipelines.brief import Audience, Finding, Point, PointKind, Section
from pipelines.certainty import study_design
from pipelines.strength import negations

#: Two sentences at least this near (cosine of their vectors) tell the same.
SAME = 0.8
#: A bottom line should be no longer than this, in words.
BOTTOM_LINE_WORDS = 30


@dataclass(frozen=True, slots=True)
class Slot:
    """A section's candidates and how many of them to tell."""

    section: Section
    most: int
    candidates: tuple[Finding | Point, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a brief will tell, section by section in order."""

    slots: tuple[Slot, ...]
    design: str | None
    """The kind of study; None for an exchange."""


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


def plan_paper(
    document: Document, annotation: Annotation, found: Sequence[Finding], audience: Audience
) -> Outline:
    """The outline of a paper's brief."""
    lengths = _LENGTHS[audience]
    told: list[Finding] = []

    def take(section: Section, most: int, wanted: Iterable[Finding]) -> Slot:
        """The best of ``wanted`` that nothing before tells, with as many again in reserve."""
        chosen: list[Finding] = []
        for finding in wanted:
            if len(chosen) < 2 * most + 1 and not _told(finding, [*told, *chosen], annotation):
                chosen.append(finding)
        told.extend(chosen[:most])
        return Slot(section, most, tuple(chosen))

    def by(worth: Callable[[Finding], float], *roles: str) -> list[Finding]:
        pool = [finding for finding in found if finding.role in roles]
        return sorted(pool, key=lambda finding: (-worth(finding), finding.start))

    def worth(finding: Finding) -> float:
        return finding.salience

    def early(finding: Finding) -> bool:
        return in_abstract(document.blocks[annotation.sentences[finding.sentence].block])

    def as_bottom_line(finding: Finding) -> float:
        words = len(document.text[finding.start : finding.end].split())
        concludes = finding.role != "result"
        denies = bool(negations(document.text[finding.start : finding.end], document.language))
        misfit = max(0, words - BOTTOM_LINE_WORDS, 12 - words) * 0.01
        return finding.salience + 0.15 * early(finding) + 0.08 * concludes - misfit - 0.08 * denies

    def as_scope(finding: Finding) -> float:
        return (
            finding.salience
            + 0.25 * finding.places
            + 0.25 * finding.population
            + (0.1 if finding.numbers else 0.0)
        )

    def as_finding(finding: Finding) -> float:
        return finding.salience + (0.08 if finding.numbers else 0.0)

    def concluding(finding: Finding) -> bool:
        block = document.blocks[annotation.sentences[finding.sentence].block]
        return section_role(block.section, document.language) == "conclusion" and in_abstract(block)

    answers = by(as_bottom_line, "conclusion", "result", "implication")
    answers = [f for f in answers if f.role != "implication" or concluding(f)]
    bottom_line = take("bottom_line", 1, answers)
    results = take("findings", lengths["findings"], by(as_finding, "result", "conclusion"))
    implications = take("implications", lengths["implications"], by(worth, "implication"))
    limits = take("limits", lengths["limits"], by(worth, "limitation"))
    scope = take(
        "applies_to",
        lengths["applies_to"],
        [f for f in by(as_scope, "method", "objective") if f.population and (f.places or early(f))],
    )
    objective = by(worth, "objective")[:1]
    about = by(worth, "method", "background")
    about = [f for f in about if early(f)] or [f for f in about if f.role == "background"]
    context = take("context", lengths["context"], [*objective, *about])
    slots = (bottom_line, context, results, implications, limits, scope)
    return Outline(slots, study_design(document, annotation))


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


def plan_exchange(document: Document, found: Sequence[Point], audience: Audience) -> Outline:
    """The outline of an exchange's brief."""
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
    return Outline(tuple(slots), None)
