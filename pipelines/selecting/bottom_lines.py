"""What a paper's bottom line may be: the wordings of its abstract, most worth telling first.

In: a paper's reading and its tellable findings. Out: ``BottomLine`` values, one for each sentence
that comes into question, in the wording that the ranker (``models.bottom_line_ranker``) puts
first. Checking what is told is left to ``rewrite.lines``.

The ranker learned from computer science, where a paper tells what it made ("We propose…"). A
paper of the other kind reports what it found, and its reader wants the finding, not the aim. So
the abstract decides: where it says that something was made, or tells nothing that was found, all
its sentences come into question and the ranker alone decides; everywhere else only what it found
does, and ``worth`` weighs the ranker's score with how likely each is the main finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from corpus.document import Language
from models import bottom_line_ranker
from models.bottom_line_cues import cue, distinct
from models.bottom_line_ranker import Wording
from models.headings import in_abstract, section_role
from models.parsing import parse
from pipelines.brief import Finding
from pipelines.reading.reading import Reading

#: From this probability on a sentence of the abstract reports a finding.
REPORTS = 0.3
#: From this probability of a main finding on, a paper that made something is told by what it found,
#: where its body was read: the probabilities are those of whole papers.
SURE = 0.5
#: A bottom line should be no longer than this, and no shorter, in words.
BOTTOM_LINE_WORDS, SHORTEST_BOTTOM_LINE = 30, 12
#: So many different words of computing make a paper one about methods: with what is "made", 97 %
#: of SciTLDR's abstracts, and none of fourteen papers in health, biology and environment.
TECHNICAL = 2


@dataclass(frozen=True, slots=True)
class BottomLine(Finding):
    """A finding told in fewer words, or with a second one."""

    text: str
    """What to tell: the sentence's own words, after what was left out."""
    others: tuple[Finding, ...]
    """The sentence that is joined to it."""
    score: float
    """The ranker's, in ROUGE (0 to 1) above the mean of the abstract's wordings."""
    alone: bool
    """Whether the ranker alone decides; otherwise how likely it is the main finding counts, too."""
    reasons: tuple[tuple[str, float], ...]
    """Why it was chosen: features of the ranker and what each added, in ROUGE (0 to 1)."""


def bottom_lines(reading: Reading, found: Sequence[Finding]) -> list[BottomLine]:
    """The wordings of the abstract's tellable sentences, best first, one a sentence.

    None where there is no abstract. Raises ``ModelMissingError``.
    """
    places = [index for index in range(len(reading.sentences)) if in_abstract(reading.block(index))]
    if not places or reading.vectors is None:
        return []
    inside = {finding.sentence: finding for finding in found}
    told = {index: inside[index] for index in places if index in inside}
    reports = {i: one for i, one in told.items() if reading.likely(i, "finding") >= REPORTS}
    body = len(places) < len(reading.sentences)
    sure = body and any(reading.likely(i, "main_finding") >= SURE for i in told)
    alone = not reports or (not sure and makes(reading, places))
    best: dict[int, BottomLine] = {}
    ranked = _ranked(reading, places)
    fitting = [one for one in ranked if len(one.text.split()) <= BOTTOM_LINE_WORDS]
    for wording in [*fitting, *ranked]:
        own = [(told if alone else reports).get(places[index]) for index in wording.sentences]
        if own[0] is not None and all(own):
            line = _line(own[0], [other for other in own[1:] if other], wording, alone)
            best.setdefault(line.sentence, line)
    return list(best.values())


def _line(first: Finding, others: Sequence[Finding], wording: Wording, alone: bool) -> BottomLine:
    return BottomLine(
        **{field.name: getattr(first, field.name) for field in fields(Finding)},
        text=wording.text,
        others=tuple(others),
        score=wording.score,
        alone=alone,
        reasons=wording.reasons,
    )


def _ranked(reading: Reading, places: Sequence[int]) -> list[Wording]:
    """All wordings of the abstract, best first."""
    assert reading.vectors is not None  # a paper's reading has vectors
    parsed = [reading.parsed[index] for index in places]
    words, title = reading.document.title, None
    if words:
        title = (parse(words, reading.language), reading.title_vector)
    return bottom_line_ranker.rank(
        parsed, reading.vectors[np.array(places)], reading.language, title
    )


def makes(reading: Reading, places: Sequence[int]) -> bool:
    """Whether a paper has to tell what it made: its abstract says so, or is about computing.

    Never where the abstract has a conclusion under its own heading. "We propose that" is a claim.
    """
    language = reading.language
    sections = {reading.block(index).section for index in places}
    if any(section_role(section, language) == "conclusion" for section in sections):
        return False
    texts = [reading.text(index) for index in places]
    words = distinct(" ".join(texts), "kind", "technical", language)
    return len(words) >= TECHNICAL or any(_made(text, language) for text in texts)


def _made(text: str, language: Language) -> bool:
    match = cue(text, "cues", "makes", language)
    return match is not None and not text[match.end() :].lstrip().startswith(("that ", "que "))
