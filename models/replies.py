"""Which sentence answers a question: of those that others say after it, each with its probability.

In: a parsed question and the sentences that others say soon after it, each with its place in the
replies and what it is likely to be (``models.exchange_points``). Out: for each the probability that
a careful reader would print it beside the question. A logistic regression over where it stands
(the first words of the next speaker answer most yes-or-no questions, while a minister comes to it
after a preamble), whether it takes up the question's words, and whether it gives what was asked: a
number for "how many". Labels and figures: the card of ``exchange_lines``.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from corpus.document import Language
from corpus.text import cue_pattern
from models import learned
from models.artefacts import artefact
from models.exchange_points import TARGETS, Target
from models.learned import Logistic
from models.point_features import content_words, cues, language_of
from models.roles_features import Features

NAME, FILE = "exchange_lines", "answers.safetensors"
#: Among so many sentences after the question an answer is sought, and so many of others' at most.
WITHIN, MOST = 35, 20
#: What an answer is likely to be, or unlikely.
_HEARD: tuple[Target, ...] = ("point", "question", "commitment", "evidence", "must", "decision")
#: More than so many shared words are no more.
_SHARED = 3
_SHORT, _LONG, _LONG_TURN = 4, 35, 10
#: What hands over has so many words at most.
_IDLE = 8
#: No probability is nearer to 0 or 1.
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Reply:
    """A sentence that somebody else says after a question."""

    doc: Doc
    turn: int
    """Sentences that one speaker says in a row, the asker's left out, have one number, from 0."""
    asked_again: bool
    """Whether the asker has spoken since."""
    likely: Sequence[float]
    """How likely it is what: in the order of ``TARGETS``."""


def said_after(
    docs: Sequence[Doc],
    speakers: Sequence[str | None],
    likely: NDArray[np.float64],
    index: int,
) -> tuple[list[int], list[Reply]]:
    """What others than the asker say soon after a question: places, and what is known of each.

    ``docs``, ``speakers`` and ``likely`` (shape (n_sentences, n_targets)) are those of all
    sentences in order, ``index`` is the question's place. Nothing where nobody knows who asked.
    """
    after = places_after(speakers, index)
    return [place for place, *_ in after], [
        Reply(docs[place], turn, again, likely[place].tolist()) for place, turn, again in after
    ]


def places_after(speakers: Sequence[str | None], index: int) -> list[tuple[int, int, bool]]:
    """Where others speak soon after a question: place, number of the turn, whether asked again."""
    asker = speakers[index]
    found: list[tuple[int, int, bool]] = []
    turn, last, again = -1, asker, False
    for place in range(index + 1, min(index + 1 + WITHIN, len(speakers))):
        if asker is None or len(found) == MOST:
            break
        speaker = speakers[place]
        if speaker == asker:
            again = True
            continue
        turn += speaker != last
        last = speaker
        found.append((place, turn, again))
    return found


def answers(question: Doc, replies: Sequence[Reply]) -> NDArray[np.float64]:
    """How likely each reply answers the question: shape (n_replies,), 0 to 1.

    Raises ``ModelMissingError``.
    """
    return _model().likely(answer_features(question, replies))[:, 0]


@cache
def _model() -> Logistic:
    return learned.logistic(artefact(NAME) / FILE)


def answer_features(question: Doc, replies: Sequence[Reply]) -> list[Features]:
    """The named numbers of each reply."""
    if not replies:
        return []
    asked = _asked(question)
    subject = content_words(question.text, language_of(question))
    sizes = Counter(one.turn for one in replies)
    saying = {one.turn for one in replies if not _hands_over(one)}
    likeliest = max(one.likely[TARGETS.index("point")] for one in replies)
    found: list[Features] = []
    place, turn, into, last = 0, 0, 0, -1
    for one in replies:
        into, new, last = (into + 1 if one.turn == last else 0), one.turn != last, one.turn
        turn += new and place > 0
        row = _own(one, subject)
        row |= {
            "place": math.log1p(place),
            "first": float(place == 0),
            "turn": float(turn),
            "first turn": float(turn == 0),
            "into turn": math.log1p(into),
            "opens turn": float(into == 0),
            "second of turn": float(into == 1),
            "closes turn": float(into == sizes[one.turn] - 1),
            "length of turn": min(sizes[one.turn], _LONG_TURN) / _LONG_TURN,
            "hands over": float(one.turn not in saying),
            "asked again": float(one.asked_again),
            "likeliest point": float(one.likely[TARGETS.index("point")] == likeliest),
        }
        row |= {f"{name} first": row["first"] for name in asked}
        row |= {f"{name} opens turn": row["opens turn"] for name in asked}
        row |= {f"{name} agrees": row["agrees"] for name in asked}
        row |= {f"{name} number": row["number"] for name in asked}
        found.append(row)
        place += one.turn in saying  # "Thank you. Minister?" is nobody's reply
    return found


def agrees(text: str, language: Language) -> bool:
    """Whether a sentence begins by saying yes or no: "I don't think so"."""
    return bool(_classes(language)["agrees"].match(text))


def _hands_over(reply: Reply) -> bool:
    """Whether a sentence only thanks or keeps the meeting going, and says neither yes or no."""
    text, language = reply.doc.text, language_of(reply.doc)
    seen = _classes(language)
    if agrees(text, language):
        return False
    idle = bool(seen["thanks"].search(text)) or "procedural" in cues(text, language)
    return idle and len(text.split()) <= _IDLE


def _asked(question: Doc) -> list[str]:
    """What a question asks for: a number or a time, a yes or a no."""
    seen = _classes(language_of(question))
    return [name for name in ("how_much", "yes_or_no") if seen[name].search(question.text)]


def _own(reply: Reply, subject: frozenset[str]) -> Features:
    """What a reply is, wherever it stands."""
    doc, language = reply.doc, language_of(reply.doc)
    text, seen = doc.text, _classes(language)
    words = len(text.split())
    shared = len(subject & content_words(text, language))
    return {
        "shared": min(shared, _SHARED) / _SHARED,
        "shared, french": min(shared, _SHARED) / _SHARED * (language == "fr"),
        "words": math.log1p(words),
        "short": float(words < _SHORT),
        "long": float(words > _LONG),
        "agrees": float(agrees(text, language)),
        "number": float(any(token.like_num or token.pos_ == "NUM" for token in doc)),
        "asks": float(text.rstrip().endswith("?")),
        "concludes": float(bool(seen["concludes"].match(text.lstrip(" ,.–—-")))),
        "thanks": float(bool(seen["thanks"].search(text))),
        "procedural": float("procedural" in cues(text, language)),
        "french": float(language == "fr"),
    } | {name: _odds(reply.likely[TARGETS.index(name)]) for name in _HEARD}


def _odds(probability: float) -> float:
    own = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(own / (1 - own))


@cache
def _classes(language: Language) -> dict[str, re.Pattern[str]]:
    text = resources.files("models").joinpath("answer_cues.toml").read_text(encoding="utf-8")
    return {name: cue_pattern(own) for name, own in tomllib.loads(text)[language].items()}
