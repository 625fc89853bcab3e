"""What becomes of commitments over several exchanges, and which innovations others ask about.

In: exchanges in the order in which they were held, each with its reading and its points. Out: a
ledger of ``Commitment``s, each open until a later exchange renews it or reports it done, with the
words there that say so; and ``TakeUp``s, an innovation of one exchange that a question of another
one asks about. What is the same matter is told by the words of both (nouns, verbs, names and
figures in their dictionary forms): the encoder knows little French, and a ledger must be able to
name its reasons. A sentence that denies or only supposes changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Token

from corpus.document import Language
from models.point_features import deadline
from pipelines.brief import Point, SpeakerRole
from pipelines.language.lexicon import listed
from pipelines.reading.reading import Reading

State = Literal["open", "renewed", "done"]
#: Two sentences are about one matter where they share so many words, and so many of the fewer; a
#: question about an innovation may be about little else.
SHARED, SHARE, ASKED = 3, 0.5, 0.6
_MATTER = ("NOUN", "PROPN", "VERB", "NUM", "ADJ")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class SaidAt:
    """Words of an exchange: code points into its text."""

    document: str
    start: int
    end: int
    timecode: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a later exchange says of a commitment."""

    state: State
    place: SaidAt


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that somebody took on, and what became of it."""

    who: SpeakerRole
    by: str | None
    """Its deadline, in the speaker's words."""
    place: SaidAt
    state: State = "open"
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeUp:
    """An innovation of one exchange, and a question of another that asks about the like."""

    innovation: SaidAt
    question: SaidAt


@dataclass(frozen=True, slots=True)
class Held:
    """An exchange that was held, understood."""

    reading: Reading
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A commitment while the ledger is written."""

    entry: Commitment
    matter: frozenset[str]
    language: Language


def commitments(held: Sequence[Held]) -> list[Commitment]:
    """Every commitment of the exchanges, oldest first, with what later ones say of it."""
    kept: list[_Kept] = []
    for exchange in held:
        reported = list(_reports(exchange))
        made = list(_made(exchange))
        kept = [_after(one, exchange, reported, made) for one in kept]
        renewed = {c.place for one in kept for c in one.entry.changes if c.state == "renewed"}
        kept += [one for one in made if one.entry.place not in renewed]
    return [one.entry for one in kept]


def _after(
    one: _Kept,
    exchange: Held,
    reported: Sequence[tuple[SaidAt, frozenset[str]]],
    made: Sequence[_Kept],
) -> _Kept:
    """A commitment after one more exchange."""
    if one.entry.state == "done" or one.language != exchange.reading.language:
        return one
    done = next((place for place, words in reported if _about(one.matter, words)), None)
    again = next((new.entry.place for new in made if _about(one.matter, new.matter)), None)
    changes = list(one.entry.changes)
    state: State = one.entry.state
    if again is not None:
        state = "renewed"
        changes.append(Change(state, again))
    if done is not None:
        state = "done"
        changes.append(Change(state, done))
    return replace(one, entry=replace(one.entry, state=state, changes=tuple(changes)))


def _made(exchange: Held) -> Iterator[_Kept]:
    reading = exchange.reading
    own = (point for point in exchange.points if point.kind == "commitment")
    for point in sorted(own, key=lambda point: point.start):
        text = reading.text(point.sentence)
        entry = Commitment(
            point.speaker_role, deadline(text, reading.language), _place(reading, point.sentence)
        )
        yield _Kept(entry, _matter(reading.parsed[point.sentence]), reading.language)


def _reports(exchange: Held) -> Iterator[tuple[SaidAt, frozenset[str]]]:
    """The sentences that report something as done."""
    reading = exchange.reading
    for index, doc in enumerate(reading.parsed):
        if _reports_done(doc, reading.language):
            yield _place(reading, index), _matter(doc)


def _reports_done(doc: Doc, language: Language) -> bool:
    """Whether a sentence says that its speaker's side did something, or that it was done."""
    if doc.text.rstrip().endswith("?"):
        return False
    return any(_done(token, language) for token in doc if token.pos_ in ("VERB", "ADJ"))


def _done(verb: Token, language: Language) -> bool:
    if verb.dep_.split(":")[0] not in ("ROOT", "root", "conj", "parataxis", "ccomp"):
        return False
    children = list(verb.children)
    group = [verb, *(child for child in children if child.dep_.split(":")[0] in ("aux", "cop"))]
    if any(_listed(one, language, "negations") for one in (*group, *children)):
        return False
    helping = (*group[1:], *(child for child in children if child.dep_ in ("mark", "advmod")))
    if any(_listed(one, language, "supposed") for one in helping):
        return False
    past = any("Past" in one.morph.get("Tense", []) for one in group)
    subject = next((child for child in children if child.dep_.startswith("nsubj")), None)
    ours = subject is not None and _listed(subject, language, "we")
    passive = any(child.dep_ in ("aux:pass", "nsubj:pass") for child in children)
    return past and (ours or passive)


def _listed(token: Token, language: Language, *groups: str) -> bool:
    return any(
        word in listed("points", language, "acts", group)
        for group in groups
        for word in (token.lower_, token.lemma_.lower())
    )


def _matter(doc: Doc) -> frozenset[str]:
    """What a sentence is about: the dictionary forms of its words of content."""
    return frozenset(
        token.lemma_.lower()
        for token in doc
        if token.pos_ in _MATTER and not token.is_stop and len(token.text) >= _SHORT
    )


def _about(one: frozenset[str], other: frozenset[str], share: float = SHARE) -> bool:
    """Whether two sentences are about one matter."""
    common, fewer = len(one & other), min(len(one), len(other))
    return common >= min(SHARED, max(2, fewer)) and common >= share * fewer


def _place(reading: Reading, index: int) -> SaidAt:
    sentence, document = reading.sentences[index], reading.document
    return SaidAt(document.id, sentence.start, sentence.end, document.place(sentence.start)[1])


def taken_up(held: Sequence[Held]) -> list[TakeUp]:
    """The innovations that a question of another exchange asks about."""
    found = []
    for exchange in held:
        for point in (p for p in exchange.points if p.kind == "innovation"):
            own = _matter(exchange.reading.parsed[point.sentence])
            found += [
                TakeUp(_place(exchange.reading, point.sentence), place)
                for place, words in _asked(held, exchange)
                if _about(own, words, ASKED)
            ]
    return found


def _asked(held: Sequence[Held], besides: Held) -> Iterator[tuple[SaidAt, frozenset[str]]]:
    for other in held:
        if other is besides or other.reading.language != besides.reading.language:
            continue
        for point in other.points:
            if point.kind == "question":
                parsed = other.reading.parsed[point.sentence]
                yield _place(other.reading, point.sentence), _matter(parsed)
