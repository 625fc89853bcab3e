"""What a paper's bottom line may be: the wordings of its abstract, most worth telling first.

In: a paper, its annotation and its tellable findings. Out: ``BottomLine`` values, one for each
sentence that comes into question, in the wording that the ranker (``models.bottom_line``) puts
first. Checking what is told is left to ``wording``.

The ranker learned from computer science, where a paper tells what it made ("We propose…"). A
paper of the other kind reports what it found, and its reader wants the finding, not the aim. So
the abstract decides: where it says that something was made, or tells nothing that was found, all
its sentences come into question and the ranker alone decides; everywhere else only what it found
or concludes does, and ``plan`` weighs the ranker's score with the roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from corpus.document import Document, Language
from models import bottom_line_ranker as bottom_line
from models import encoder
from models.bottom_line_cues import cue, distinct
from models.bottom_line_ranker import Wording
from models.parsing import parse
from pipelines.brief import Finding
from pipelines.reading.understand import Annotation, in_abstract, section_role

#: Roles of what a paper found, and what its abstract's own conclusion may add.
FOUND, CONCLUDED = ("result", "conclusion"), ("result", "conclusion", "implication")
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
    """Whether the ranker alone decides; otherwise the roles have their say."""
    reasons: tuple[tuple[str, float], ...]
    """Why it was chosen: features of the ranker and what each added, in ROUGE (0 to 1)."""


def bottom_lines(
    document: Document, annotation: Annotation, found: Sequence[Finding]
) -> list[BottomLine]:
    """The wordings of the abstract's tellable sentences, best first, one a sentence.

    None where there is no abstract. Raises ``ModelMissingError``.
    """
    places = [
        index
        for index, sentence in enumerate(annotation.sentences)
        if in_abstract(document.blocks[sentence.block])
    ]
    if not places or annotation.vectors is None:
        return []
    inside = {finding.sentence: finding for finding in found}
    told = {index: inside[index] for index in places if index in inside}
    reports = {i: one for i, one in told.items() if _finds(document, annotation, one)}
    alone = not reports or makes(document, annotation, places)
    best: dict[int, BottomLine] = {}
    for wording in _ranked(document, annotation, places):
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


def _ranked(document: Document, annotation: Annotation, places: Sequence[int]) -> list[Wording]:
    """All wordings of the abstract, best first."""
    assert annotation.vectors is not None  # a paper's annotation has vectors
    parsed = [annotation.parsed[index].as_doc() for index in places]
    title = None
    if document.title:
        title = (parse(document.title, document.language), encoder.encode([document.title])[0])
    vectors = annotation.vectors[np.array(places)]
    return bottom_line.rank(parsed, vectors, document.language, title)


def makes(document: Document, annotation: Annotation, places: Sequence[int]) -> bool:
    """Whether a paper has to tell what it made: its abstract says so, or is about computing.

    Never where the abstract has a conclusion under its own heading. "We propose that" is a claim.
    """
    sentences = [annotation.sentences[index] for index in places]
    sections = {document.blocks[sentence.block].section for sentence in sentences}
    if any(section_role(section, document.language) == "conclusion" for section in sections):
        return False
    texts = [document.text[sentence.start : sentence.end] for sentence in sentences]
    words = distinct(" ".join(texts), "kind", "technical", document.language)
    return len(words) >= TECHNICAL or any(_made(text, document.language) for text in texts)


def _made(text: str, language: Language) -> bool:
    match = cue(text, "cues", "makes", language)
    return match is not None and not text[match.end() :].lstrip().startswith(("that ", "que "))


def _finds(document: Document, annotation: Annotation, finding: Finding) -> bool:
    """Whether a sentence of the abstract is one that tells what was found or follows from it."""
    section = document.blocks[annotation.sentences[finding.sentence].block].section
    concluding = section_role(section, document.language) == "conclusion"
    return finding.role in (CONCLUDED if concluding else FOUND)
