"""What a line that leans on the talk is told with, and that it was spoken of there."""

from dataclasses import replace

import pytest
from fixtures.texts import exchange

from corpus.document import Language
from pipelines.brief import Point, Segment
from pipelines.language.context_note import context_note, noted, without_note
from pipelines.reading.reading import Reading
from pipelines.rewrite.lines import evidence, segment_of
from pipelines.selecting.spoken_of import spoken_of
from pipelines.verification.context_noted import spoken_before
from pipelines.verification.pair import pair_of

TALK = exchange(
    ("Ann", "We would like to hear about the bus shelters on Mill Road."),
    ("Bo", "Last spring Marie Leclerc put up six bus shelters with a green roof."),
    ("Bo", "The bus shelters with a green roof are cool."),
    ("Cy", "What do they cost?"),
    ("Ann", "The ferry is late."),
)
READING = Reading(TALK)


def point(index: int, understood: float = 0.1) -> Point:
    one = READING.sentences[index]
    return Point(index, one.start, one.end, "question", "unknown", None, 1.0, understood=understood)


def line(note: str, language: Language = "en") -> Segment:
    one = READING.sentences[3]
    quoted = evidence(TALK, one.start, one.end)
    return replace(
        segment_of(TALK, "questions", f"{quoted.quote} {note}", [quoted]), language=language
    )


def test_a_line_that_leans_is_told_with_what_was_spoken_of() -> None:
    assert any("bus shelters" in phrase for phrase in spoken_of(READING, point(3)))


def test_a_line_that_is_understood_has_no_note() -> None:
    assert spoken_of(READING, point(3, understood=0.9)) == ()


def test_nobody_is_named_in_a_note() -> None:
    phrases = " ".join(spoken_of(READING, point(2)))
    assert "Marie" not in phrases
    assert "Leclerc" not in phrases


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_note_is_read_back_and_taken_off(language: Language) -> None:
    phrases = ["bus shelters", "Mill Road"]
    note = context_note(phrases, language)
    assert noted(f"Why? {note} – Because.", language) == phrases
    assert without_note(f"Why? {note} – Because.", language) == "Why? – Because."
    assert noted("Why (or so)?", language) == []


def test_a_note_of_what_was_not_spoken_of_before_is_refused() -> None:
    def wrong(*phrases: str) -> list[str]:
        pair = pair_of(line(context_note(phrases, "en")), {TALK.id: READING})
        return [str(one) for one in spoken_before(pair)]

    assert wrong("bus shelters", "green roof") == []
    assert len(wrong("bus shelters", "trams")) == 1
    assert len(wrong("ferry")) == 1, "spoken of only afterwards"
    assert len(wrong("us shelters")) == 1, "a piece of a word"
    twice = f"{context_note(['bus shelters'], 'en')} {context_note(['fraud'], 'en')}"
    assert len(list(spoken_before(pair_of(line(twice), {TALK.id: READING})))) == 1
