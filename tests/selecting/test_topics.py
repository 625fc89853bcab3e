"""What an exchange returns to most: rare nouns of many turns, not what every hearing says."""

import pytest
from fixtures.texts import exchange

from models.parsing import parse
from pipelines.reading.reading import Reading
from pipelines.selecting.topics import on_topic, topics

TURNS = [
    ("Ann", "The ferry needs a new engine. It was a long time ago."),
    ("Bo", "People like the ferry. People said so the last time."),
    ("Cy", "The engine of the ferry is old, and people know it."),
    ("Ann", "Sandwiches, sandwiches, sandwiches: that was lunch, this time."),
]


def test_a_topic_is_named_in_many_turns_and_is_no_common_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipelines.selecting.topics.MOST", 2)
    assert topics(Reading(exchange(*TURNS))) == {"ferry", "engine"}


def test_a_sentence_is_on_topic_by_how_many_it_names() -> None:
    own = frozenset({"ferry", "engine", "ramp"})
    named = [
        on_topic(parse(text, "en"), own)
        for text in (
            "Lunch was late.",
            "The ferry is late.",
            "The ferry needs an engine and a ramp.",
        )
    ]
    assert named == [0.0, 1 / 3, 1.0]
