"""Speech to turns: consecutive utterances of one speaker become one block.

In: utterances in the order they were spoken, each with the speaker and the time its format gave.
Out: ``turn`` passages with an anchor at each further time. Who speaks is found by the readers
(voice tags) or by ``corpus.readers.labels`` (names at the beginning of a line).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.document import Anchor, Passage
from corpus.readers.exports import is_notice
from corpus.text import ends_sentence

#: A silence this long after a finished sentence parts two unnamed speakers' turns, in seconds.
PAUSE = 2.0
#: The same words so often one after the other are a loop of a speech recognizer.
LOOP = 4


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech with one place: a caption cue, or a labelled line."""

    text: str
    """As ``normalize`` writes it."""
    speaker: str | None = None
    start: float | None = None
    """Seconds from the start of the recording."""
    end: float | None = None
    """Seconds; None where the format gives only beginnings."""
    opens_turn: bool = False
    """Whether the source marks a change of speaker here without naming one."""


def merge(utterances: Iterable[Utterance], section: str | None = None) -> list[Passage]:
    """One passage a turn; utterances without text are left out."""
    turns: list[list[Utterance]] = []
    opens = False
    told, repeated = _without_loops(utterances)
    for utterance in told:
        opens = opens or utterance.opens_turn
        if not utterance.text:
            continue
        if turns and not opens and _continues(turns[-1][-1], utterance):
            turns[-1].append(utterance)
        else:
            turns.append([utterance])
        opens = False
    passages = [_passage(turn, section) for turn in turns]
    return [*passages, *(replace(_passage([one], section), kind="boilerplate") for one in repeated)]


def _without_loops(said: Iterable[Utterance]) -> tuple[list[Utterance], list[Utterance]]:
    """What was said, and what only a recognizer's loop repeats: the same words again and again.

    A recognizer that hears nothing writes its last words, or one line of its training, over and
    over. The first of them stays, the others are kept apart, and so is what the program itself
    says ("Thanks for watching!").
    """
    told: list[Utterance] = []
    repeated: list[Utterance] = []
    for _, run in groupby(said, key=lambda one: (one.speaker, one.text.casefold())):
        first, *rest = list(run)
        looped = len(rest) >= LOOP - 1 and bool(first.text)
        nobodys = is_notice(first.text)
        told += [] if nobodys else [first] if looped else [first, *rest]
        repeated += [first, *rest] if nobodys else rest if looped else []
    return told, repeated


def _continues(before: Utterance, after: Utterance) -> bool:
    if before.speaker != after.speaker:
        return False
    if after.speaker is not None or before.end is None or after.start is None:
        return True
    return after.start - before.end < PAUSE or not ends_sentence(before.text)


def _passage(turn: list[Utterance], section: str | None) -> Passage:
    parts: list[str] = []
    anchors: list[Anchor] = []
    length = 0
    for utterance in turn:
        if parts:
            length += 1
            if utterance.start is not None:
                anchors.append(Anchor(length, timecode=utterance.start))
        parts.append(utterance.text)
        length += len(parts[-1])
    return Passage(
        " ".join(parts),
        "turn",
        section,
        speaker=turn[0].speaker,
        timecode=turn[0].start,
        anchors=tuple(anchors),
    )
