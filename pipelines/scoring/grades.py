"""How hard a brief is to read: its scores as a whole, and each line beside its evidence.

In: segments. Out: the scores of a draft's sentences and a grade for each line with the reasons
that keep it above the target. The scale and the formulas are ``readability``'s.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Language
from models.parsing import parse, parse_all
from pipelines.brief import TARGET_GRADE, Section, Segment, SentenceGrade
from pipelines.language.context_note import without_note
from pipelines.reading.speakers import without_label
from pipelines.scoring.difficulty import difficulty
from pipelines.scoring.readability import reasons, scores

#: Lists of words and references: what grades a text presumes sentences.
_NOT_GRADED: tuple[Section, ...] = ("terms", "sources")


def told_scores(segments: Sequence[Segment], language: Language) -> dict[str, float]:
    """Scores by formula of what segments tell from the source in one language; empty without any.

    Fixed text is left out: it is short and plain, and would flatter every draft.
    """
    told = [without_note(s.text, language) for s in _graded(segments) if s.language == language]
    sentences = [one for doc in parse_all(told, language) for one in doc.sents]
    return scores(sentences, language) if sentences else {}


def grades(segments: Sequence[Segment]) -> tuple[SentenceGrade, ...]:
    """The grade of each segment that rests on evidence and has sentences."""
    return tuple(_grade(s) for s in _graded(segments))


def _graded(segments: Sequence[Segment]) -> list[Segment]:
    return [s for s in segments if s.section not in _NOT_GRADED and s.evidence]


def _grade(segment: Segment) -> SentenceGrade:
    """How hard a segment and its evidence are to read, and why it is above the target."""
    text = without_note(without_label(segment.text, segment.language), segment.language)
    after = difficulty(text, segment.language)
    weights: dict[str, float] = {}
    if after > TARGET_GRADE:
        for sentence in parse(text, segment.language).sents:
            for reason, weight in reasons(sentence).items():
                weights[reason] = max(weight, weights.get(reason, 0.0))
    return SentenceGrade(
        segment.id,
        round(difficulty(" ".join(item.quote for item in segment.evidence), segment.language), 1),
        round(after, 1),
        tuple(sorted(weights, key=lambda reason: (-weights[reason], reason))),
    )
