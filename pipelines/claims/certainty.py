"""How sure a reader may be: the kind of study, and the fixed bilingual statement that follows.

The kind of study was learned (``models.study_kind``). The level starts from it, as GRADE does
(Guyatt et al. 2008), and is lowered by one step where the authors admit a limit that bears on the
findings, and by one where they word their main finding with hedges. Nothing raises it. ``rate``
names the words for all three. Statements are data (``templates.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.document import Language
from models.headings import in_abstract, section_role
from models.study_kind import MARGIN, Judged
from pipelines.brief import Certainty
from pipelines.claims.strength import words
from pipelines.language.lexicon import entries, pattern
from pipelines.reading.reading import Reading

_LEVELS: tuple[Certainty, ...] = ("high", "moderate", "low", "very_low")

_START: dict[str, Certainty] = {
    "meta_analysis": "high",
    "randomized": "high",
    "quasi": "moderate",
    "cohort": "moderate",
    "cross_sectional": "low",
    "qualitative": "low",
    "model": "low",
    "laboratory": "low",
    "field": "low",
    "review": "low",
}

#: How likely these kinds must be. The first two start as "high": of the labelled papers that were
#: judged so by what was learned from the others, all six were; of the four below, two were. Of the
#: others there is one labelled paper each: what was learned of them is little.
SURE = 0.8
_ONLY_IF_SURE = ("meta_analysis", "randomized", "quasi", "qualitative", "review")
#: Kinds that start a step lower where they look back, or are a first trial.
_MODEST = ("randomized", "quasi", "cohort")
#: Kinds in which nobody draws lots.
_WITHOUT_LOTS = ("cross_sectional", "cohort")
#: From this probability on a sentence admits a limit.
ADMITTED = 0.5
#: Limits that make the findings themselves less sure (imprecision, risk of bias). Findings that
#: "may not hold elsewhere" are as sure as they were, where they hold.
_LOWERING = ("small_sample", "bias", "caution")


@dataclass(frozen=True, slots=True)
class Rating:
    """How sure a reader may be, and by which words."""

    level: Certainty | None
    """None where the kind of study is unknown, or no study: then nothing is rated."""
    design: str
    """A kind of study of the lexicon, or "unknown"."""
    design_words: tuple[str, ...]
    """The words that told the kind of study, in order, each once."""
    hedges: tuple[str, ...]
    """The words by which the authors hold their main finding back; any lowers the level."""
    limits: tuple[str, ...] = ()
    """Kinds of limit of the lexicon that the authors admit; those of ``_LOWERING`` lower the level,
    once."""
    start: Certainty | None = None
    """Where the level starts, if lower than for others of the kind."""
    modest: tuple[str, ...] = ()
    """Why a single study starts a step lower: keys of the lexicon."""


def rate(reading: Reading, told: Iterable[str] = ()) -> Rating:
    """The rating of a document whose main finding is worded as in ``told``, with its reasons."""
    design, named = _design(reading)
    modest = _modest(reading) if design in _MODEST else ()
    start = _start(reading, design, bool(modest))
    rating = Rating(None, design, named, (), _limits(reading), start, modest)
    return worded_as(rating, told, reading.language)


def worded_as(rating: Rating, told: Iterable[str], language: Language) -> Rating:
    """The rating once it is known how the main finding is worded: hedges lower it by one step."""
    hedges = tuple(word for text in told for word in words(text, language, "conditional"))
    level = certainty(rating.design, bool(hedges), _lowers(rating.limits), rating.start)
    return replace(rating, level=level, hedges=hedges)


def _lowers(limits: Iterable[str]) -> bool:
    """Whether any of the kinds of limit makes the findings themselves less sure."""
    return any(kind in _LOWERING for kind in limits)


def _limits(reading: Reading) -> tuple[str, ...]:
    """The kinds of limit that the authors name where they speak of their limits."""
    admitted = " ".join(
        reading.text(index)
        for index in range(len(reading.sentences))
        if reading.likely(index, "limit") >= ADMITTED
        or section_role(reading.block(index).section, reading.language) == "limitation"
    )
    return tuple(
        kind
        for kind in entries("certainty", reading.language)["limits"]
        if pattern("certainty", reading.language, "limits", kind).search(admitted)
    )


def _design(reading: Reading) -> tuple[str, tuple[str, ...]]:
    """The kind of study, as far as it is sure enough to be told, and the words that tell it."""
    judged = reading.kind
    unsure = judged.kind == "randomized" and not _surely_randomized(judged)
    if (unsure or judged.kind in _WITHOUT_LOTS) and (said := _drew_lots(reading)):
        return "randomized", (said,)
    if judged.probability < (SURE if judged.kind in _ONLY_IF_SURE else MARGIN):
        return "unknown", ()
    return judged.kind, judged.words


def _drew_lots(reading: Reading) -> str | None:
    """Where a paper says of its own people that chance formed their groups; None where it doesn't.

    So said four of the 79 labelled papers that were taken for observations, and all four drew lots.
    """
    language = reading.language
    for index in range(len(reading.sentences)):
        block, text = reading.block(index), reading.text(index)
        own = in_abstract(block) or section_role(block.section, language) in ("method", "result")
        found = pattern("certainty", language, "drew_lots").search(text) if own else None
        if found and not pattern("telling", language, "others").search(text):
            return found.group()
    return None


def _start(reading: Reading, design: str, modest: bool) -> Certainty | None:
    """Where a review starts that says what it brings together: interviews, one maker's trials.

    And where a study does that drew lots, but is like others otherwise; that looked back at what
    others had written down, or was a first trial: a step lower.
    """
    start: Certainty | None = None
    if design == "randomized" and not _surely_randomized(reading.kind):
        start = "moderate"
    if design in _MODEST:
        return certainty(design, modest, start=start) if modest or start else None
    if design != "meta_analysis":
        return None
    starts: tuple[Certainty, ...] = ("low", "moderate")
    return next((level for level in starts if _opens(reading, "starts", level)), None)


def _modest(reading: Reading) -> tuple[str, ...]:
    """That a study looked back, or was a first one, as far as its opening says so."""
    table = entries("certainty", reading.language)
    others = pattern("certainty", reading.language, "others")
    sentences = _opening_sentences(reading)
    return tuple(
        key
        for key in table["modest"]
        if any(
            pattern("certainty", reading.language, "modest", key).search(text)
            for text in sentences
            if not others.search(text)
        )
    )


def _surely_randomized(judged: Judged) -> bool:
    return judged.kind == "randomized" and judged.probability >= SURE


def _opening(reading: Reading) -> str:
    """A paper's title and abstract."""
    return " ".join(_opening_sentences(reading))


def _opening_sentences(reading: Reading) -> list[str]:
    early = (
        reading.text(index)
        for index in range(len(reading.sentences))
        if in_abstract(reading.block(index))
    )
    return [reading.document.title or "", *early]


def _opens(reading: Reading, *keys: str) -> bool:
    """Whether the opening has any of these cues."""
    return bool(pattern("certainty", reading.language, *keys).search(_opening(reading)))


def foretells(title: str, language: Language) -> bool:
    """Whether a study asks how well something predicts or measures: of causes it says nothing."""
    return bool(pattern("certainty", language, "foretells").search(title))


def certainty(
    design: str, hedged: bool, limited: bool = False, start: Certainty | None = None
) -> Certainty | None:
    """The level for a kind of study, a step lower for hedges and a step for admitted limits.

    None where the kind of study is unknown, or no study: then nothing is rated.
    """
    if design not in _START:
        return None
    level = _LEVELS.index(start or _START[design])
    return _LEVELS[min(level + hedged + limited, len(_LEVELS) - 1)]
