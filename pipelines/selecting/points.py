"""``points(reading)``: what an exchange yields, best first.

In: a transcript's reading. Out: ``Point`` values (questions asked, commitments made,
decisions, innovations, barriers, enablers, evidence cited), each at its timecode and under its
speaker's role. Cues are data (``points.toml``); talk that only keeps the meeting going
is left out. Which of them a brief tells is ``plan``'s business.
"""

from __future__ import annotations

import re

from corpus.document import Language
from corpus.text import CAPITALIZED, end_mark, ends_sentence
from models.parsing import pipeline
from pipelines.brief import Point, PointKind
from pipelines.language.lexicon import pattern
from pipelines.language.numbers import numbers
from pipelines.reading.reading import Reading
from pipelines.reading.speakers import speaker_roles
from pipelines.selecting import weights
from pipelines.selecting.salience import exchange_salience

#: Kinds in the order in which they claim a sentence that has the cues of several.
_KINDS: tuple[PointKind, ...] = (
    "question",
    "decision",
    "commitment",
    "barrier",
    "enabler",
    "innovation",
    "evidence",
)
SHORTEST, LONGEST = 7, 50
#: A sentence with fewer different content words leaves its listener asking what it is about.
FEWEST_CONTENT_WORDS = 4
#: A procedural sentence this short says nothing else.
_PROCEDURAL_WORDS = 16


def _content_words(text: str, language: Language) -> int:
    stop_words = pipeline(language).Defaults.stop_words
    words = re.findall(r"[^\W\d_]{4,}|\d+", text.lower())
    return len({word for word in words if word not in stop_words})


def _worth_telling(text: str, language: Language) -> bool:
    words = len(text.split())
    if _content_words(text, language) < FEWEST_CONTENT_WORDS:
        return False
    if not SHORTEST <= words <= LONGEST or not ends_sentence(text) or text.endswith("]"):
        return False
    procedural = pattern("points", language, "talk", "procedural").findall(text)
    return not procedural or words > _PROCEDURAL_WORDS * len(procedural)


def point_kind(text: str, language: Language) -> PointKind | None:
    """What kind of point a sentence makes, by its cues; None where it makes none."""
    if end_mark(text) == "?":
        asks = pattern("points", language, "points", "question").search(text)
        return "question" if asks else None
    if pattern("points", language, "talk", "openings_lost").match(_core(text, language)):
        return None  # "It worked because of that": what it is about was said before
    for kind in _KINDS[1:]:
        if pattern("points", language, "points", kind).search(text):
            return kind
    return None


def _weight(text: str, kind: PointKind, language: Language) -> float:
    """How clearly the sentence makes its point and stands alone."""
    cues = len(pattern("points", language, "points", kind).findall(text))
    specific = bool(numbers(text, language) or re.search(rf"[a-zà-ÿ,] {CAPITALIZED}", text))
    addressed = pattern("points", language, "talk", "addressed").search(text)
    return (
        weights.CUE * min(cues, weights.MOST_CUES)
        + weights.ADDRESSED * bool(addressed)
        + weights.SPECIFIC * specific
    )


def _core(text: str, language: Language) -> str:
    """The sentence without the words that only open it ("well, so, um, …")."""
    opener = pattern("points", language, "talk", "openers")
    while (match := opener.match(text)) and match.end() < len(text):
        text = text[match.end() :].lstrip(" ,.…—-")
    return text


def _taken_back(reading: Reading, index: int) -> bool:
    """Whether the speaker corrects the sentence in their next one ("Sorry, no, it was …")."""
    following = reading.sentences[index + 1 : index + 2]
    if not following or following[0].block != reading.sentences[index].block:
        return False
    corrects = pattern("points", reading.language, "talk", "corrections")
    return bool(corrects.match(reading.text(index + 1)))


def points(reading: Reading) -> tuple[Point, ...]:
    """What the exchange yields, most worth telling first."""
    document, language = reading.document, reading.language
    roles = speaker_roles(document)
    salience = exchange_salience(reading)
    found = []
    for index, sentence in enumerate(reading.sentences):
        text = reading.text(index)
        if not _worth_telling(text, language) or _taken_back(reading, index):
            continue
        kind = point_kind(text, language)
        if kind is None:
            continue
        block = document.blocks[sentence.block]
        found.append(
            Point(
                sentence=index,
                start=sentence.start,
                end=sentence.end,
                kind=kind,
                speaker_role=roles.get(block.speaker or "", "unknown"),
                timecode=document.place(sentence.start)[1],
                salience=round(salience[index] + _weight(text, kind, language), 4),
            )
        )
    return tuple(sorted(found, key=lambda point: (-point.salience, point.start)))
