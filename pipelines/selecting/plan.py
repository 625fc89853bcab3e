"""What goes where in a one-page brief, before any of it is worded.

In: ranked findings or points, the audience, and what a person asked for. Out: a ``Slot`` for each
section: the candidates to tell, most worth telling first, without repetition. A candidate that
fails verification later is replaced by the next one, so a slot holds more than will be told.
Audiences differ in how much is told and in what is preferred among equals, never in what may be
told. What a finding is worth is left to ``worth``, which findings together tell most to
``coverage``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import Generic, TypeVar

from corpus.document import Document
from pipelines.brief import PAPER_SECTIONS, Audience, Finding, Point, PointKind, Section
from pipelines.reading.reading import Reading
from pipelines.selecting.audiences import readership
from pipelines.selecting.bottom_lines import BottomLine, bottom_lines
from pipelines.selecting.coverage import count_the_same, most_telling, say_the_same
from pipelines.selecting.criteria import Paper
from pipelines.selecting.instructions import NONE, Instructions
from pipelines.selecting.point_choice import IN_TABLES, chosen_points, distinct
from pipelines.selecting.tellable import miscounts
from pipelines.selecting.weights import (
    ADVICE,
    ADVISES_MORE,
    ALIKE,
    FEW,
    GIVES_WAY,
    LEAST_OUTCOME,
    LEAST_UNDERSTOOD,
    LEAST_UNDERSTOOD_FINDING,
    LIKELY,
    OTHER_SIDE,
)
from pipelines.selecting.worth import Worth, as_bottom_line, as_finding, as_limit, likely

#: How many words of the source fit on the page beside the fixed text.
PAGE_WORDS = 370
#: How many candidates a slot holds for each sentence that it tells: the plainest are told.
SPARE = 3
#: How many candidates for its bottom line a paper has: few of them can be told in so few words.
FIRST_LINES = 8
#: A longer sentence is no bottom line of an exchange, in words.
LONGEST_OUTCOME = 40
#: The same of an exchange, whose page has less fixed text; how many outcomes stand first, at most
#: and as a share of all points, and among how many they are sought.
EXCHANGE_WORDS, FIRST, FIRST_SHARE, OUTCOMES = 600, 3, 1 / 3, 9

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
    alike: int | None = None
    """How many of the first are so likely that the plainer may be told before the likelier; all
    unless given. The others stand by, in this order, in case those can't be told."""


POINT_SECTIONS: dict[PointKind, Section] = {
    "question": "questions",
    "commitment": "commitments",
    "decision": "decisions",
    "innovation": "innovations",
    "barrier": "barriers",
    "enabler": "enablers",
    "evidence": "evidence",
    "recommendation": "recommendations",
}
#: Sections that a page shows as tables of who, what and by when.
TABLES = frozenset(POINT_SECTIONS[kind] for kind in IN_TABLES)


def plan_paper(
    reading: Reading,
    found: Sequence[Finding],
    audience: Audience,
    instructions: Instructions = NONE,
) -> tuple[Slot[Finding], ...]:
    """The slots of a paper's brief, in its order.

    Sections take their sentences in turn, the bottom line first and what there is most of last.
    What an earlier one takes, or what says the same, stands by behind a later one's own: nothing is
    told twice (``repeats``), but what is planned may turn out not to be told.
    """
    paper = Paper(reading)
    kept, gone = _parted(found, instructions)
    withheld = _wanted(paper, gone, audience) if gone else {}
    asked = _asked(kept, instructions)
    told: list[Finding] = []
    slots: dict[Section, Slot[Finding]] = {}
    for section, candidates in _wanted(paper, kept, audience).items():
        most = _most(paper, section, candidates, audience)
        fresh = [one for one in candidates if not repeats(reading, section, one, told)]
        room = FIRST_LINES if section == "bottom_line" else SPARE * most + 1
        chosen: list[Finding] = []
        if section == "findings":
            worth = partial(as_finding(audience), paper)
            chosen = most_telling(fresh, worth, told, reading, room)
            chosen = _with_other_sides(
                paper, chosen, _alone(paper, _own(paper, _whole(paper, kept))), most
            )
        else:
            for finding in [*fresh, *(one for one in candidates if one not in fresh)]:
                # one bottom line is told: what says the same takes its place where it can't be
                again = section != "bottom_line" and (
                    repeats(reading, section, finding, chosen)
                    or (section == "applies_to" and _counts_again(reading, finding, chosen))
                )
                if len(chosen) < room and not again:
                    chosen.append(finding)
        told.extend(chosen[:most])
        told.extend(other for f in chosen[:most] if isinstance(f, BottomLine) for other in f.others)
        if section == "bottom_line":
            told.extend(asked)  # it stays what it is, also where it is asked for once more
        own = tuple(one for one in asked if paper.home(one) == section)
        alike = _alike(paper, section, [one for one in chosen if one in fresh])
        gone_too = bool(withheld.get(section))
        slots[section] = Slot(section, most, tuple(chosen), own, gone_too, alike)
    ordered = [slots[section] for section in PAPER_SECTIONS if section in slots]
    return _on_one_page(reading.document, ordered)


def _with_other_sides(
    paper: Paper, chosen: Sequence[Finding], pool: Sequence[Finding], most: int
) -> list[Finding]:
    """The findings to tell, each with the one set against it, which takes the place of a last one.

    "However, rates didn't differ" alone hides that they did in another way.
    """
    known = {one.sentence: one for one in pool}
    told: list[Finding] = []
    for one in chosen[:most]:
        beside = paper.set_against(one)
        there = [known[n] for n in beside if n in known and known[n] not in chosen[:most]]
        likely = [other for other in there if paper.likely(other, "finding") >= OTHER_SIDE]
        told += [item for item in (one, *likely) if item not in told]
    return [*told, *(one for one in chosen if one not in told)]


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
    paper: Paper, found: Sequence[Finding], audience: Audience
) -> dict[Section, list[Finding]]:
    """What each section could tell, in the order in which they take their sentences.

    Advice is for the reader: what rather calls for research is none. None opens on what stands in
    the sentence before it, points to another place, says "our" of what may be everybody's, or "I"
    where nobody can tell whose that is. What is told as found or as studied is the paper's own;
    what is told as found points back at nothing, and is no mere item of a list.
    """
    whole = _whole(paper, found)
    own = _own(paper, whole)
    alone = [one for one in _alone(paper, own) if paper.understood(one) >= LEAST_UNDERSTOOD_FINDING]
    lines = _bottom_lines(paper, [one for one in alone if paper.reports(one)])
    advising = [one for one in whole if paper.advises(one) and not paper.passes_on(one)]
    advice = _likely(paper, advising, "implications")
    # what argues says whom it is about where it says what it will argue
    scope = own if paper.studies else _own(paper, _spoken(paper, found))
    return {
        "bottom_line": _leaving_advice(paper, lines, advice),
        "implications": advice,
        "limits": _likely(paper, [one for one in whole if paper.admits(one)], "limits", as_limit),
        "applies_to": _likely(paper, [one for one in scope if paper.describes(one)], "applies_to"),
        "findings": _likely(
            paper,
            [one for one in alone if paper.reports(one)] if paper.found else [],
            "findings",
            as_finding(audience),
        ),
        "context": _likely(paper, whole, "context"),
    }


def _whole(paper: Paper, found: Sequence[Finding]) -> list[Finding]:
    """What stands by itself, is whose it seems to be, and says more than what is to come."""
    return [one for one in _spoken(paper, found) if not paper.announces(one)]


def _spoken(paper: Paper, found: Sequence[Finding]) -> list[Finding]:
    """What stands by itself, and is whose it seems to be."""
    return [
        one
        for one in found
        if paper.stands(one)
        and not miscounts(paper.words(one))
        and not (paper.points(one) or paper.of_everybody(one) or paper.of_somebody(one))
    ]


def _own(paper: Paper, whole: Sequence[Finding]) -> list[Finding]:
    """What is the paper's own of what is whole, and more than a hope."""
    return [one for one in whole if not (paper.of_others(one) or paper.hopes(one))]


def _alone(paper: Paper, own: Sequence[Finding]) -> list[Finding]:
    """What may be told as found of what is the paper's own: it points back at nothing."""
    return [one for one in own if not paper.points_back(one) and paper.states(one)]


def _likely(
    paper: Paper, pool: Sequence[Finding], section: Section, worth: Worth | None = None
) -> list[Finding]:
    """What likely does what a section tells, most worth telling first.

    Where no more than one sentence is sure, others that may do so stand by in case it can't be
    told.
    """
    function, least, _ = LIKELY[section]
    worth = worth or likely(function)
    ranked = sorted(pool, key=lambda one: (-worth(paper, one), one.start))
    told = _sure(paper, ranked, section)
    if len(told) > 1:
        return told
    others = (one for one in ranked if one not in told)
    return [*told, *(one for one in others if paper.tells(one, section) >= least)]


def _sure(paper: Paper, ranked: Sequence[Finding], section: Section) -> list[Finding]:
    """Those that surely do what a section tells; where these are few, the likeliest besides."""
    sure = LIKELY[section][2]
    surely = [one for one in ranked if paper.tells(one, section) >= sure]
    fewest, enough, clear = FEW.get(section, (0, sure, 0.0))
    others = [
        one
        for one in ranked
        if enough <= paper.tells(one, section) < sure and paper.understood(one) >= clear
    ]
    more = sorted(others, key=lambda one: -paper.tells(one, section))
    told = [*surely, *more[: max(0, fewest - len(surely))]]
    return [one for one in ranked if one in told]


def _most(paper: Paper, section: Section, candidates: Sequence[Finding], audience: Audience) -> int:
    """How many of its candidates a section tells: the best one, and others that are likely."""
    most = readership(audience).lengths.get(section, 1)
    if section not in LIKELY:
        return most
    return min(most, max(1, len(_sure(paper, candidates, section))))


def _alike(paper: Paper, section: Section, chosen: Sequence[Finding]) -> int | None:
    """How many of those chosen are surely what a section tells, or hardly less worth than the best.

    None for the findings, each of which was chosen for what it adds, unless none but one is sure.
    """
    if section not in LIKELY:
        worth = [as_bottom_line(paper, one) for one in chosen]
        return len([*takewhile(lambda own: abs(own - worth[0]) <= ALIKE, worth)])
    surely = len(_sure(paper, chosen, section))
    return (None if surely > 1 else 1) if section == "findings" else surely


def _bottom_lines(paper: Paper, found: Sequence[Finding]) -> list[Finding]:
    """What may be the bottom line, best first: the abstract's in fewer words, and other answers."""
    lines = bottom_lines(paper.reading, found)
    shorter = {line.sentence for line in lines}
    answers = [finding for finding in found if finding.sentence not in shorter]
    return sorted(
        [*lines, *answers],
        key=lambda finding: (-as_bottom_line(paper, finding), finding.start),
    )


def _leaving_advice(
    paper: Paper, lines: Sequence[Finding], advice: Sequence[Finding]
) -> list[Finding]:
    """The bottom lines of a study, the best that leaves its advice to be told first.

    What a study found comes first, and what it advises stands in a section of its own, which would
    be empty where the bottom line says all of it.
    """

    def takes(line: Finding) -> bool:
        return all(repeats(paper.reading, "implications", one, [line]) for one in advice)

    advises = any(paper.likely(one, "recommendation") >= ADVICE for one in advice)
    if not (lines and advises and paper.studies and takes(lines[0])):
        return list(lines)
    least = as_bottom_line(paper, lines[0]) - GIVES_WAY
    first = [one for one in lines if as_bottom_line(paper, one) >= least and not takes(one)]
    return [*first, *(one for one in lines if one not in first)]


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


def repeats(reading: Reading, section: Section, finding: Finding, told: Sequence[Finding]) -> bool:
    """Whether the same sentence as a finding's, or one that says the same, is already told.

    Advice says more than what was found and it rests on.
    """
    return any(
        say_the_same(reading, finding.sentence, other.sentence)
        and not (section == "implications" and _advises_more(reading, finding, other))
        for other in told
    )


def _advises_more(reading: Reading, one: Finding, other: Finding) -> bool:
    own, its = (reading.likely(two.sentence, "recommendation") for two in (one, other))
    return its < ADVICE <= own and own >= its + ADVISES_MORE


def _counts_again(reading: Reading, finding: Finding, told: Sequence[Finding]) -> bool:
    """Whether a finding tells a number of people or places that one before it tells."""
    return any(count_the_same(reading, finding.sentence, other.sentence) for other in told)


def plan_exchange(
    document: Document,
    found: Sequence[Point],
    audience: Audience,
    instructions: Instructions = NONE,
) -> tuple[Slot[Point], ...]:
    """The slots of an exchange's brief, in its order: the outcome, then what fits on the page.

    A slot holds, behind those to tell, others of its kind that stand by in case one can't be told.
    """
    kept, gone = _parted(found, instructions)
    asked = _asked(kept, instructions)
    kept = [one for one in kept if one in asked or _can_be_told(one)]
    outcomes = _outcomes(document, kept)
    first = max(1, min(FIRST, round(FIRST_SHARE * len(kept))))
    lines = readership(audience).points - len(asked)
    words = EXCHANGE_WORDS - sum(len(document.text[p.start : p.end].split()) for p in asked)
    free = [point for point in kept if point not in asked]
    chosen = chosen_points(document, free, (*outcomes[:first], *asked), lines, words)
    answers = {point.answer for point in chosen}
    spares = [one for one in free if (one.start, one.end) not in answers]
    slots = [Slot("bottom_line", first, tuple(outcomes[:OUTCOMES]))]
    for kind, section in POINT_SECTIONS.items():
        own = [point for point in chosen if point.kind == kind]
        others = [point for point in spares if point.kind == kind and point not in own]
        wanted = tuple(point for point in asked if point.kind == kind)
        withheld = any(point.kind == kind for point in gone)
        spare = others[: SPARE * len(own)]
        slots.append(Slot(section, len(own), (*own, *spare), wanted, withheld))
    return tuple(slots)


def _can_be_told(point: Point) -> bool:
    """Whether somebody who wasn't there is likely to understand a point; a decision is told."""
    return point.understood >= LEAST_UNDERSTOOD or point.kind == "decision"


def _outcomes(document: Document, found: Sequence[Point]) -> list[Point]:
    """What the bottom line may be, best first: questions only where there is nothing else."""

    def worth(point: Point) -> float:
        long = len(document.text[slice(*point.span)].split()) > LONGEST_OUTCOME
        return 0.0 if long or point.kind == "question" else point.outcome

    ranked = sorted(found, key=lambda point: (-worth(point), -point.outcome, point.start))
    likely = [point for point in ranked if point.outcome >= LEAST_OUTCOME]
    return distinct(document, likely, OUTCOMES)
