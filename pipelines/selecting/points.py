"""``points(reading)``: what an exchange yields, best first.

In: a transcript's reading. Out: ``Point`` values (questions asked, commitments made, decisions,
innovations, barriers, enablers, evidence cited, recommendations), each at its timecode and under
its speaker's role, a question with the answer that it got. What a sentence is was learned
(``models.exchange_points``); two things are asked of it besides. It must be fit to be told: whole,
not taken back at once, more than talk that keeps the meeting going. And it must not be what its own
words deny (``claims.acts``): a decision that wasn't taken, a commitment that is refused. What notes
of a meeting call by a name ("Decision: …", or what stands below the heading "Decisions") is what
they call it (``language.items``), and nothing else is asked of it. Which of them a brief tells is
``plan``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from corpus.document import Language
from corpus.text import ends_sentence
from models.exchange_points import FEW, TARGETS, Target
from models.point_features import content_words, cues, language_of
from models.replies import agrees, answers, said_after
from models.spoken_marks import is_unmarked, last_mark
from pipelines.brief import POINT_KINDS, Point, PointKind
from pipelines.claims.acts import denied, hindered, performed
from pipelines.claims.plain_acts import (
    asks_in_other_words,
    leads_on,
    only_why,
    plain_act,
    points_at_talk,
)
from pipelines.language.items import NotesItem, item, kind_named
from pipelines.language.lexicon import pattern
from pipelines.reading.reading import Reading
from pipelines.reading.speakers import speaker_roles
from pipelines.selecting import weights
from pipelines.selecting.point_choice import IN_TABLES
from pipelines.selecting.topics import on_topic, topics

SHORTEST, LONGEST = 4, 60
#: What notes call by a name is said in fewer words: "Barrier: the wind."
SHORTEST_NAMED = 2
#: A sentence with more procedural cues than one for so many words says nothing else.
_PROCEDURAL_WORDS = 20
#: A sentence that breaks off, or that a mark of the transcriber ends.
_BROKEN = re.compile(r"(?:[—–-]|\.\.\.|…|\]|\))\s?[.?]?$")
#: By what the rest of a sentence begins that was broken off.
_WITHIN = tuple("—–-…")
#: A longer answer, in words, is left to the transcript.
LONGEST_ANSWER = 40
#: The classes of cues that what somebody takes on has one of.
_AHEAD = frozenset({"commitment", "deadline"})
#: The classes of cues that a bottom line has none of: of 25 such sentences among the 25 likeliest
#: outcomes of twenty labelled exchanges, none was one. And how many words of content it has.
_ABOUT_TALK = frozenset({"procedural", "addressed", "reported"})
FEWEST_THINGS = 5
_BARRIER = TARGETS.index("barrier")
_COLUMNS = [TARGETS.index(kind) for kind in POINT_KINDS]


def points(reading: Reading, wanted: Sequence[tuple[int, int]] = ()) -> tuple[Point, ...]:
    """What the exchange yields, most worth telling first.

    ``wanted`` are sentences that a person asked for, by start and end: each is a point in any case,
    of its likeliest kind. Raises ``ModelMissingError``.
    """
    document = reading.document
    roles = speaker_roles(document)
    items = [_item(reading, index) for index in range(len(reading.sentences))]
    likely = _with_acts(reading, items)
    about = frozenset() if _few(reading) else topics(reading)
    small = _begin_small(reading)
    found = []
    for index, sentence in enumerate(reading.sentences):
        asked = (sentence.start, sentence.end) in wanted
        named = items[index]
        if named is not None and named.kind != "aside":
            kind = named.kind
            stands = _says_something(reading.text(index)[named.begins :])
        else:
            kind = _likeliest(reading, index, likely[index])
            stands = named is None and _stands(reading, index, kind, likely[index], small)
        if not asked and not stands:
            continue
        before = None if named else _leaned_on(reading, index)
        alone = reading.standing[index if before is None else before]
        understood = 1.0 if named else round(float(alone), 4)
        told = _left(understood, weights.NOT_UNDERSTOOD)
        least = weights.NOT_UNDERSTOOD if _few(reading) else weights.OUTCOME_NOT_UNDERSTOOD
        came_to = _left(understood, least)
        found.append(
            Point(
                sentence=index,
                start=sentence.start,
                end=sentence.end,
                kind=kind,
                speaker_role=roles.get(reading.block(index).speaker or "", "unknown"),
                timecode=document.place(sentence.start)[1],
                salience=told * _worth(likely[index], kind, reading.parsed[index], about),
                outcome=came_to * _outcome(likely[index], kind, reading.parsed[index], about),
                answer=_answer(reading, index) if kind == "question" else None,
                before=_span(reading, before),
                after=_held_back(reading, index),
                understood=1.0 if _few(reading) else understood,
            )
        )
    return tuple(sorted(found, key=lambda point: (-point.salience, point.start)))


def _left(understood: float, least: float) -> float:
    """What is left of a sentence's worth for one who wasn't there."""
    return round(least + (1 - least) * understood, 4)


def _span(reading: Reading, index: int | None) -> tuple[int, int] | None:
    if index is None:
        return None
    return reading.sentences[index].start, reading.sentences[index].end


def _item(reading: Reading, index: int) -> NotesItem | None:
    """What notes call a sentence, by its label or the heading above it; None where by nothing.

    A heading names what is said in the first sentence of a line below it, in nobody's turn.
    """
    if named := item(reading.text(index)):
        return named
    block = reading.block(index)
    if block.kind == "turn" or not block.section or block.start != reading.sentences[index].start:
        return None
    kind = kind_named(block.section.split(" › ")[-1])
    return NotesItem(kind, 0) if kind else None


def _says_something(text: str) -> bool:
    """Whether an item of notes is more than its name, and no longer than a line may be."""
    return SHORTEST_NAMED <= len(text.split()) <= LONGEST


def _with_acts(reading: Reading, items: Sequence[NotesItem | None]) -> NDArray[np.float64]:
    """How likely each sentence is what; surer of those whose own form performs an act.

    Surest of what notes call by a name; a decision that they name is what the meeting came to. What
    somebody can't do or lacks is likelier a barrier.
    """
    likely = reading.point_probabilities.copy()
    for index, doc in enumerate(reading.parsed):
        named = items[index]
        targets: tuple[Target, ...] = ()
        least = 0.0
        if named is not None and named.kind != "aside":
            outcome: tuple[Target, ...] = ("must", "outcome") if named.kind == "decision" else ()
            targets, least = (named.kind, "point", *outcome), weights.NAMED
        elif _few(reading):
            act = plain_act(doc)
            came_to = act in weights.OUTCOME_OF_FEW
            targets = (act, "point", *(("outcome",) if came_to else ())) if act else ()
            least = weights.PERFORMED
        elif act := performed(doc):
            targets, least = (act, "point"), weights.PERFORMED
        for target in targets:
            place = TARGETS.index(target)
            likely[index, place] = max(likely[index, place], least)
        if not targets and hindered(doc):
            likely[index, _BARRIER] = _raised(likely[index, _BARRIER], weights.UNABLE)
    return likely


def _few(reading: Reading) -> bool:
    """Whether an exchange has too few sentences to hold one against the rest."""
    return len(reading.sentences) < FEW


def _raised(probability: float, factor: float) -> float:
    """A probability whose odds are so many times as high."""
    return factor * probability / (1 - probability + factor * probability)


def _likeliest(reading: Reading, index: int, likely: NDArray[np.float64]) -> PointKind:
    """The likeliest kind of a sentence; what ends in a question mark, written or not, asks.

    Who says what they can't do or lack takes nothing on: two in three such points are barriers.
    """
    doc = reading.parsed[index]
    if last_mark(reading.text(index), language_of(doc)) == "?":
        return "question"
    own = likely[_COLUMNS]
    if _few(reading):
        if act := plain_act(doc):
            return act
        if not asks_in_other_words(doc):
            own = np.where([kind == "question" for kind in POINT_KINDS], 0.0, own)
    kind = POINT_KINDS[int(own.argmax())]
    return "barrier" if kind == "commitment" and hindered(doc) else kind


def _stands(
    reading: Reading, index: int, kind: PointKind, likely: NDArray[np.float64], small: bool
) -> bool:
    """Whether a sentence is likely enough of its kind, fit to be told, and not taken back.

    ``small`` says whether the exchange's sentences begin small.
    """
    doc, own = reading.parsed[index], likely[TARGETS.index(kind)]
    if _taken_back(reading, index) or points_at_talk(doc):
        return False
    if kind == "question" and _asks_leave(doc):
        return False
    if _housekeeping(doc) or (kind in IN_TABLES and _routine(doc)):
        return False
    if only_why(doc) or (not small and _begins_within(reading.text(index))):
        return False
    if _few(reading):
        if plain_act(doc):
            return len(reading.text(index).split()) <= LONGEST
        if not _borne_out(doc, kind):
            return False
    marked = kind == "question" and last_mark(reading.text(index), language_of(doc)) == "?"
    least = weights.LEAST_ASKED if marked else weights.LEAST_LIKELY
    if own < least or not _fit(reading.text(index), language_of(doc)):
        return False
    return denied(doc, kind) is None


def _begin_small(reading: Reading) -> bool:
    """Whether sentences of an exchange begin small, as some transcripts write them."""
    firsts = [reading.document.text[one.start] for one in reading.sentences]
    return sum(first.islower() for first in firsts) >= weights.BEGIN_SMALL * len(firsts)


def _begins_within(text: str) -> bool:
    """Whether a sentence begins small, though marked, or by a dash: what came before it is lost."""
    return (text[:1].islower() and not is_unmarked(text)) or text[:1] in _WITHIN


def _routine(doc: Doc) -> bool:
    """Whether a sentence is on a meeting's own business: its transcript, to sit in private."""
    return bool(pattern("points", language_of(doc), "talk", "routines").search(doc.text))


def _housekeeping(doc: Doc) -> bool:
    """Whether a sentence says hardly more than what lets the meeting be held."""
    found = pattern("points", language_of(doc), "talk", "housekeeping").findall(doc.text)
    return len(found) * _PROCEDURAL_WORDS >= len(doc.text.split()) and bool(found)


def _asks_leave(doc: Doc) -> bool:
    """Whether a question only asks for leave to speak: "Can I add something?"."""
    return bool(pattern("points", language_of(doc), "talk", "leave").match(doc.text))


def _borne_out(doc: Doc, kind: PointKind) -> bool:
    """Whether the form of a sentence of few bears out what it seems to be, although it shows none.

    What it seems to decide isn't denied; what it seems to take on is said to be, or has a day, and
    is no mere step of the talk ("I will walk you through …").
    """
    if denied(doc, "decision"):
        return False
    if kind != "commitment":
        return True
    return bool(_AHEAD & cues(doc.text, language_of(doc)).keys()) and not leads_on(doc)


def _answer(reading: Reading, index: int) -> tuple[int, int] | None:
    """What answers a question: the likeliest sentence that others say soon after it.

    With the one beside it where that is likely, too, or where the answer is a bare yes or no, which
    what else the reply tells would turn round. None where nothing is likely enough, or too long.
    """
    after, said = said_after(reading.parsed, reading.speakers, reading.point_probabilities, index)
    likely = answers(reading.parsed[index], said)
    if not len(likely) or likely.max() < weights.LEAST_ANSWER:
        return None
    best = int(likely.argmax())
    first = last = after[best]
    if not _stated(reading, first):
        return None
    beside = [
        (float(likely[place]), after[place])
        for place in (best - 1, best + 1)
        if 0 <= place < len(after)
        and said[place].turn == said[best].turn
        and abs(after[place] - first) == 1
        and _adds(reading, after[place], first)
    ]
    bare = len(reading.text(first).split()) < SHORTEST
    for odds, place in sorted(beside, reverse=True)[:1]:
        joined = min(first, place), max(last, place)
        fits = _words_between(reading, *joined) <= LONGEST_ANSWER
        if fits and (odds >= weights.WITH_ANSWER or (bare and place > first)):
            first, last = joined
    if _words_between(reading, first, last) > LONGEST_ANSWER:
        return None
    return reading.sentences[first].start, reading.sentences[last].end


def _stated(reading: Reading, place: int) -> bool:
    """Whether a sentence that may answer is whole, and asks nothing back."""
    text = reading.text(place)
    return not _BROKEN.search(text) and not text.rstrip().endswith("?")


def _adds(reading: Reading, place: int, first: int) -> bool:
    """Whether a sentence is worth telling beside an answer: no "Well.", and "Yes." before it.

    Nor one that hands over to somebody else: "I think Sam would like to add something."
    """
    text = reading.text(place)
    if pattern("points", language_of(reading.parsed[place]), "talk", "hands_over").search(text):
        return False
    says_which = place < first and agrees(text, language_of(reading.parsed[place]))
    return _stated(reading, place) and (len(text.split()) >= SHORTEST or says_which)


def _words_between(reading: Reading, first: int, last: int) -> int:
    start, end = reading.sentences[first].start, reading.sentences[last].end
    return len(reading.document.text[start:end].split())


def _leaned_on(reading: Reading, index: int) -> int | None:
    """The sentence before one that leans on it, of the same turn; None where it stands alone."""
    before = index - 1
    if reading.standing[index] >= weights.LEANS:
        return None
    if not _of_one_turn(reading, index, before):
        return None
    text, clearer = reading.text(before), reading.standing[index] + weights.CLEARER
    told = (
        reading.standing[before] >= max(weights.LEANED_ON, clearer)
        and _stated(reading, before)
        and _fit(text, language_of(reading.parsed[before]))
        and _words_between(reading, before, index) <= LONGEST
        and not _taken_back(reading, before)
    )
    return before if told else None


def _worth(likely: NDArray[np.float64], kind: PointKind, doc: Doc, about: frozenset[str]) -> float:
    """How much it is worth telling: likely of its kind, a point at all, one that must be told.

    More where it names what the exchange returns to, less the longer it is than a line.
    """
    own = (
        weights.OF_ITS_KIND * _value(likely, kind)
        + weights.A_POINT * _value(likely, "point")
        + weights.MUST * _value(likely, "must")
    )
    too_long = max(0, len(doc.text.split()) - weights.LINE) / weights.LINE
    told = own * (1 - weights.LONG_LINE * too_long)
    return round(told + weights.ON_TOPIC * on_topic(doc, about), 4)


def _outcome(
    likely: NDArray[np.float64], kind: PointKind, doc: Doc, about: frozenset[str]
) -> float:
    """How much of what the exchange came to a sentence is, above all where it names its topics.

    Behind what is likely one stands what must be told. ``about`` is empty where the exchange has
    too few sentences to return to anything; there what was decided and taken on comes first.
    """
    own = _value(likely, "outcome")
    if not about:
        return round(own * weights.OUTCOME_OF_FEW.get(kind, 1.0), 4)
    if own < weights.SURE_OUTCOME:
        own = weights.SURE_OUTCOME * _value(likely, "must")
    if not _says_what_came(doc):
        own *= weights.SAYS_LITTLE
    return round(own * (1 + weights.OUTCOME_ON_TOPIC * on_topic(doc, about)), 4)


def _says_what_came(doc: Doc) -> bool:
    """Whether a sentence is whole, has things to say, and isn't on the meeting or what others said.

    Where nothing has marks, none is asked for at its end.
    """
    language = language_of(doc)
    if _ABOUT_TALK & cues(doc.text, language).keys() or _routine(doc):
        return False
    whole = ends_sentence(doc.text) or is_unmarked(doc.text)
    return whole and len(content_words(doc.text, language)) >= FEWEST_THINGS


def _value(likely: NDArray[np.float64], target: Target) -> float:
    return round(float(likely[TARGETS.index(target)]), 4)


def _fit(text: str, language: Language) -> bool:
    """Whether a sentence is whole, and more than what keeps a meeting going."""
    words = len(text.split())
    if not SHORTEST <= words <= LONGEST or _BROKEN.search(text):
        return False
    procedural = cues(text, language).get("procedural", 0)
    return procedural * _PROCEDURAL_WORDS < words


def _held_back(reading: Reading, index: int) -> tuple[int, int] | None:
    """What the speaker says at once to hold a sentence back: "I wouldn't swear to the figure."."""
    for place in (index + 1, index + 2):
        if _of_one_turn(reading, index, place) and _doubts(reading.text(place), reading.language):
            return reading.sentences[index + 1].start, reading.sentences[place].end
    return None


@lru_cache(maxsize=4096)
def _doubts(text: str, language: Language) -> bool:
    """Whether a sentence holds back what was said before it; asked of each more than once."""
    return bool(pattern("points", language, "talk", "doubts").search(text))


def _of_one_turn(reading: Reading, index: int, place: int) -> bool:
    """Whether there is a sentence at ``place``, in the turn of the one at ``index``."""
    if not 0 <= place < len(reading.sentences):
        return False
    return reading.sentences[place].block == reading.sentences[index].block


def _taken_back(reading: Reading, index: int) -> bool:
    """Whether the speaker corrects the sentence in their next one ("Sorry, no, it was …").

    Or holds it back in so many words that both are no line.
    """
    if held := _held_back(reading, index):
        whole = reading.document.text[reading.sentences[index].start : held[1]]
        if len(whole.split()) > LONGEST:
            return True
    if not _of_one_turn(reading, index, index + 1):
        return False
    corrects = pattern("points", reading.language, "talk", "corrections")
    return bool(corrects.match(reading.text(index + 1)))
