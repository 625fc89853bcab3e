"""What goes where in a one-page brief, before any of it is worded.

In: ranked findings or points, the audience, and what a person asked for. Out: a ``Slot`` for each
section: the candidates to tell, most worth telling first, without repetition. A candidate that
fails verification later is replaced by the next one, so a slot holds more than will be told.
Audiences differ in how much is told and in what is preferred among equals, never in what may be
told. Which findings together tell most is left to ``coverage``, who and where was studied to
``study``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from corpus.document import Block, Document
from pipelines.brief import PAPER_SECTIONS, Audience, Finding, Point, PointKind, Section
from pipelines.claims.strength import negations
from pipelines.language.lexicon import pattern
from pipelines.reading.sentence_roles import cue
from pipelines.reading.study import samples
from pipelines.reading.understand import Annotation, in_abstract, section_role
from pipelines.selecting.bottom_lines import BottomLine, bottom_lines
from pipelines.selecting.coverage import SAME, most_telling
from pipelines.selecting.findings import (
    in_summary,
    leans,
    of_others,
    rare_share,
    reports,
    without_brackets,
)
from pipelines.selecting.instructions import NONE, Instructions

#: How many words of the source fit on the page beside the fixed text.
PAGE_WORDS = 330
#: How many candidates a slot holds for each sentence that it tells: the plainest are told.
SPARE = 3
#: A bottom line should be no longer than this, in words.
BOTTOM_LINE_WORDS = 30
_NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*")
#: Above whatever the other criteria sum up to.
ALONE = 10.0
#: What is worth less than this says nothing by itself.
LEAST = 0.2
#: A plain sentence has so many words.
PLAIN = range(10, 26)
#: So many numbers make a sentence heavy.
HEAVY = 3


#: What a slot chooses from: a paper's findings or an exchange's points.
Candidate = TypeVar("Candidate", Finding, Point)


@dataclass(frozen=True, slots=True)
class Slot(Generic[Candidate]):
    """A section's candidates and how many of them to tell."""

    section: Section
    most: int
    candidates: tuple[Candidate, ...]
    asked: tuple[Candidate, ...] = ()
    """Those that a person asked for: told before the others, and besides them."""
    withheld: bool = False
    """Whether a person left out what it could tell: that it tells nothing then means nothing."""


#: How many sentences each section tells, by audience.
_LENGTHS: dict[Audience, dict[Section, int]] = {
    "elected": {"context": 1, "findings": 3, "implications": 2, "limits": 1, "applies_to": 1},
    "public": {"context": 1, "findings": 3, "implications": 1, "limits": 1, "applies_to": 1},
    "staff": {"context": 1, "findings": 4, "implications": 2, "limits": 2, "applies_to": 1},
    "practitioner": {"context": 1, "findings": 4, "implications": 3, "limits": 2, "applies_to": 2},
}


@dataclass(frozen=True, slots=True)
class _Taste:
    """What an audience prefers among findings that tell as much."""

    plain: float
    """What a sentence loses where all its words are rare, in salience."""
    number: float
    """What it gains where it has numbers."""
    heavy: float
    """What it loses where it has ``HEAVY`` or more."""


_TASTES: dict[Audience, _Taste] = {
    "elected": _Taste(plain=0.6, number=0.06, heavy=0.15),
    "public": _Taste(plain=0.8, number=0.0, heavy=0.2),
    "staff": _Taste(plain=0.5, number=0.08, heavy=0.1),
    "practitioner": _Taste(plain=0.4, number=0.08, heavy=0.0),
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

    def summary(self, finding: Finding) -> bool:
        """Whether it stands in the abstract, or in what else is written to be read alone."""
        return in_summary(self.section(finding), self.document.language)

    def tells(self, finding: Finding, *keys: str) -> bool:
        """Whether it has a cue of ``telling.toml``."""
        cues = pattern("telling", self.document.language, *keys)
        return bool(cues.search(self.words(finding)))

    def elsewhere(self, finding: Finding) -> bool:
        """Whether it tells what others found, only announces, or points to another place."""
        language = self.document.language
        points = pattern("telling", language, "elsewhere").search(
            without_brackets(self.words(finding))
        )
        return bool(points or self.tells(finding, "announces")) or (
            of_others(self.words(finding), self.document.language) and not self.early(finding)
        )

    def found(self, finding: Finding) -> bool:
        """Whether it tells what the paper found, by its role or, in a summary, by its words.

        The roles' model learned from abstracts of computing, and takes "We further show that…"
        for a method; what an abstract says after "Here, we show" is what was shown, unless it
        says how.
        """
        if self.elsewhere(finding) or finding.salience < LEAST:
            return False
        told = reports(self.words(finding), self.document.language)
        if self.does(finding) or self.tells(finding, "unsure"):
            return False
        if finding.role in ("result", "conclusion"):
            return True
        if finding.role not in ("method", "background", "other") or not self.summary(finding):
            return False
        if not self.early(finding):
            return True
        headed = section_role(self.section(finding).section, self.document.language)
        own = self.tells(finding, "own") or finding.role != "background"
        return headed is None and ((own and told) or self.follows(finding))

    def does(self, finding: Finding) -> bool:
        """Whether it tells what was done, and no result of it."""
        words, language = self.words(finding), self.document.language
        if cue(words, "result", language):
            return False
        method = cue(words, "method", language) is not None and not reports(words, language)
        return method or self.tells(finding, "does")

    def follows(self, finding: Finding) -> bool:
        """Whether its abstract has told a result before it, and it says neither how nor why."""
        language, sentences = self.document.language, self.annotation.sentences
        before = sentences[finding.sentence - 1] if finding.sentence else None
        if before is None or before.block != sentences[finding.sentence].block:
            return False
        if self.does(finding):
            return False
        start = self.section(finding).start
        return any(
            reports(text, language) and pattern("telling", language, "own").search(text)
            for text in self._texts(start, finding.start)
        )

    def _texts(self, start: int, end: int) -> Iterator[str]:
        """The sentences between two places."""
        for sentence in self.annotation.sentences:
            if start <= sentence.start < end:
                yield self.document.text[sentence.start : sentence.end]

    def stands(self, finding: Finding) -> bool:
        """Whether it can be read without the sentence before it."""
        return not leans(self.words(finding), self.document.language)

    def own_limit(self, finding: Finding) -> bool:
        """Whether it tells a limit of the study, by its heading or its words."""
        heading = section_role(self.section(finding).section, self.document.language)
        if finding.role == "conclusion":
            return self.tells(finding, "unsure")
        return heading == "limitation" or self.tells(finding, "limits")

    def hardness(self, finding: Finding) -> float:
        """The share of rare words."""
        return rare_share(self.words(finding), self.document.language)

    def figures(self, finding: Finding) -> int:
        """How many numbers it has outside brackets."""
        return len(_NUMBER.findall(without_brackets(self.words(finding))))

    def misfit(self, finding: Finding) -> int:
        """By how many words, brackets aside, it is longer or shorter than a plain sentence."""
        length = len(without_brackets(self.words(finding)).split())
        return max(0, length - PLAIN[-1], PLAIN[0] - length)

    def concludes(self, finding: Finding) -> bool:
        """Whether it stands in the abstract's own conclusion."""
        section = self.section(finding).section
        return self.early(finding) and section_role(section, self.document.language) == "conclusion"

    def home(self, finding: Finding) -> Section:
        """Where a finding that a person asked for is told: no advice among what was found."""
        if finding.role == "implication":
            return "implications"
        if finding.role == "limitation" and self.own_limit(finding):
            return "limits"
        aside = finding.role in ("background", "objective", "method")
        return "context" if aside and not self.found(finding) else "findings"


Worth = Callable[[_Paper, Finding], float]


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
    misfit = max(0, length - BOTTOM_LINE_WORDS, 12 - length) * 0.02
    denies = bool(negations(paper.words(finding), paper.document.language))
    concludes = finding.role in ("conclusion", "implication")
    concluding = concludes or (paper.summary(finding) and not paper.early(finding))
    return (
        finding.salience
        + ranked
        + 0.15 * paper.summary(finding)
        + 0.15 * concluding
        - 0.08 * denies
        - 0.2 * paper.hardness(finding)
        - misfit
    )


def _as_finding(audience: Audience) -> Worth:
    """Worth telling, summed up by the authors, plain, and as the audience likes its numbers."""
    taste = _TASTES[audience]

    def worth(paper: _Paper, finding: Finding) -> float:
        return (
            finding.salience
            + 0.25 * paper.summary(finding)
            + taste.number * bool(finding.numbers)
            - taste.heavy * (paper.figures(finding) >= HEAVY)
            - taste.plain * paper.hardness(finding)
            - 0.012 * paper.misfit(finding)
        )

    return worth


def _plainly(paper: _Paper, finding: Finding) -> float:
    """Worth telling and plain."""
    return finding.salience - 0.5 * paper.hardness(finding) - 0.01 * paper.misfit(finding)


def _as_implication(paper: _Paper, finding: Finding) -> float:
    """Says in so many words what should or could be done; that may take it long."""
    asks = cue(paper.words(finding), "implication", paper.document.language) is not None
    return _plainly(paper, finding) + 0.25 * asks + 0.005 * paper.misfit(finding)


def _as_aim(paper: _Paper, finding: Finding) -> float:
    """An aim as the abstract states it, or the introduction."""
    heading = section_role(paper.section(finding).section, paper.document.language)
    introduces = paper.early(finding) or heading in ("background", "objective")
    return _plainly(paper, finding) + 0.3 * introduces


def _as_background(paper: _Paper, finding: Finding) -> float:
    """What was known or done, as the abstract says it."""
    return _plainly(paper, finding) + 0.5 * paper.early(finding) + 0.2 * (finding.role != "method")


def plan_paper(
    document: Document,
    annotation: Annotation,
    found: Sequence[Finding],
    audience: Audience,
    instructions: Instructions = NONE,
) -> tuple[Slot[Finding], ...]:
    """The slots of a paper's brief, in its order.

    Sections take their sentences in turn, the bottom line first, so that none is told twice.
    """
    paper, lengths = _Paper(document, annotation), _LENGTHS[audience]
    kept, gone = _parted(found, instructions)
    withheld = _wanted(paper, gone, audience)
    asked = _asked(kept, instructions)
    told: list[Finding] = []
    slots: dict[Section, Slot[Finding]] = {}
    for section, candidates in _wanted(paper, kept, audience).items():
        most = lengths.get(section, 1)
        chosen: list[Finding] = []
        if section == "findings":
            worth = partial(_as_finding(audience), paper)
            fresh = [one for one in candidates if not _told(one, told, annotation)]
            chosen = most_telling(fresh, worth, told, document, annotation, SPARE * most + 1)
            candidates = []
        for finding in candidates:
            if len(chosen) < SPARE * most + 1 and not _told(finding, [*told, *chosen], annotation):
                chosen.append(finding)
        told.extend(chosen[:most])
        told.extend(other for f in chosen[:most] if isinstance(f, BottomLine) for other in f.others)
        if section == "bottom_line":
            told.extend(asked)  # it stays what it is, also where it is asked for once more
        own = tuple(one for one in asked if paper.home(one) == section)
        slots[section] = Slot(section, most, tuple(chosen), own, bool(withheld[section]))
    ordered = [slots[section] for section in PAPER_SECTIONS if section in slots]
    return _on_one_page(document, ordered)


def _parted(
    found: Sequence[Candidate], instructions: Instructions
) -> tuple[list[Candidate], list[Candidate]]:
    """What may be told, and what a person wants left out."""
    gone = [one for one in found if instructions.leaves_out(one.start, one.end)]
    return [one for one in found if one not in gone], gone


def _asked(found: Sequence[Candidate], instructions: Instructions) -> list[Candidate]:
    """What a person asked for, in the order in which they asked."""
    return [one for span in instructions.bring_in for one in found if (one.start, one.end) == span]


def _wanted(
    paper: _Paper, found: Sequence[Finding], audience: Audience
) -> dict[Section, list[Finding]]:
    """What each section could tell, in the order in which they take their sentences."""

    def ranked(worth: Worth, pool: Iterable[Finding]) -> list[Finding]:
        return sorted(pool, key=lambda finding: (-worth(paper, finding), finding.start))

    def of(*roles: str) -> list[Finding]:
        own = [one for one in found if one.role in roles and not paper.elsewhere(one)]
        return [one for one in own if paper.stands(one)] or own

    # A guideline or a report may state no result: then what it says most plainly is told.
    otherwise = ranked(_as_bottom_line, of("other", "background"))
    results = [one for one in found if paper.found(one)]
    standing = [one for one in results if paper.stands(one)]
    if len(standing) > _LENGTHS[audience]["findings"]:
        results = standing
    return {
        "bottom_line": _bottom_lines(paper, found) or otherwise,
        "findings": results or otherwise,
        "implications": ranked(_as_implication, of("implication")),
        "limits": ranked(
            _plainly, (one for one in of("limitation", "conclusion") if paper.own_limit(one))
        ),
        "applies_to": samples(paper.document, paper.annotation, found),
        "context": [
            *ranked(_as_aim, of("objective"))[:1],
            *ranked(_as_background, of("background", "method")),
        ],
    }


def _bottom_lines(paper: _Paper, found: Sequence[Finding]) -> list[Finding]:
    """What may be the bottom line, best first: the abstract's in fewer words, and other answers."""
    lines = bottom_lines(paper.document, paper.annotation, found)
    shorter = {line.sentence for line in lines}
    answers = [
        finding
        for finding in found
        if finding.sentence not in shorter
        and (paper.found(finding) or (finding.role == "implication" and paper.concludes(finding)))
    ]
    return sorted(
        [*lines, *answers],
        key=lambda finding: (-_as_bottom_line(paper, finding), finding.start),
    )


def _on_one_page(
    document: Document, slots: Sequence[Slot[Candidate]]
) -> tuple[Slot[Candidate], ...]:
    """The same slots, telling no more than a page holds: each its first, then each its second…

    What a person asked for is told in any case, and takes its room from the others.
    """

    def length(candidate: Candidate) -> int:
        return len(document.text[candidate.start : candidate.end].split())

    most = dict.fromkeys((slot.section for slot in slots), 0)
    left = PAGE_WORDS - sum(length(candidate) for slot in slots for candidate in slot.asked)
    for rank in range(max(slot.most for slot in slots)):
        for slot in slots:
            if most[slot.section] < rank or rank >= min(slot.most, len(slot.candidates)):
                continue
            candidate = slot.candidates[rank]
            words = length(candidate)
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
    document: Document,
    found: Sequence[Point],
    audience: Audience,
    instructions: Instructions = NONE,
) -> tuple[Slot[Point], ...]:
    """The slots of an exchange's brief, in its order."""
    kept, gone = _parted(found, instructions)
    asked = _asked(kept, instructions)
    best = sorted(
        (point for point in kept if point.kind in _TELLING),
        key=lambda point: (-(point.salience + _TELLING[point.kind]), point.start),
    )
    most = _POINT_LENGTHS[audience]
    bottom_line = Slot("bottom_line", 1, tuple(best[:5]))
    slots = [bottom_line]
    for kind, section in _POINT_SECTIONS.items():
        own = [point for point in kept if point.kind == kind and point not in asked]
        wanted = tuple(point for point in asked if point.kind == kind)
        withheld = any(point.kind == kind for point in gone)
        slots.append(Slot(section, most, tuple(own[: 2 * most + 3]), wanted, withheld))
    return _on_one_page(document, slots)
