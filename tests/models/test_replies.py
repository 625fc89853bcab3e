"""Which of the sentences said after a question answers it."""

from dataclasses import replace

import pytest

from corpus.document import Language
from models.exchange_points import TARGETS
from models.parsing import parse
from models.replies import MOST, WITHIN, Reply, answer_features, answers, places_after

#: What may be a point of any kind, and what hardly is one.
EVEN, NONE = [0.2] * len(TARGETS), [0.02] * len(TARGETS)


def said(*texts: str, language: Language = "en", turns: tuple[int, ...] = ()) -> list[Reply]:
    numbers = turns or (0,) * len(texts)
    return [
        Reply(parse(text, language), turn, False, EVEN)
        for text, turn in zip(texts, numbers, strict=True)
    ]


def test_replies_are_what_others_say_soon_after() -> None:
    speakers = ["Ann", "Bo", "Bo", "Ann", "Cy", "Bo"]
    assert places_after(speakers, 0) == [(1, 0, False), (2, 0, False), (4, 1, True), (5, 2, True)]


def test_nobody_replies_where_nobody_knows_who_asked() -> None:
    assert places_after([None, "Bo"], 0) == []


def test_only_so_many_sentences_are_looked_at() -> None:
    found = places_after(["Ann"] + ["Bo"] * 60, 0)
    assert len(found) == MOST
    assert len(places_after(["Ann"] * WITHIN + ["Bo"] * 9, 0)) == 1


@pytest.mark.parametrize(
    ("language", "question", "right", "wrong"),
    [
        (
            "en",
            "How many of the wells were dry last summer?",
            "Eleven of the forty wells were dry.",
            "Thank you for that good question.",
        ),
        (
            "fr",
            "Combien de puits étaient à sec l'été dernier ?",
            "Onze puits sur quarante étaient à sec.",
            "Merci pour cette question, madame la présidente.",
        ),
    ],
)
def test_what_gives_the_number_answers_how_many(
    language: Language, question: str, right: str, wrong: str
) -> None:
    thanks, told = said(wrong, right, language=language)
    courtesy, number = answers(parse(question, language), [replace(thanks, likely=NONE), told])
    assert number > 0.4 > courtesy


def test_a_turn_that_only_hands_over_is_no_reply() -> None:
    question = parse("Who pays for the lamps on the quay?", "en")
    answer = "The port pays for the lamps."
    (alone,) = answer_features(question, said(answer))
    _, behind = answer_features(question, said("Thank you. ", answer, turns=(0, 1)))
    assert behind["first"] == alone["first"] == 1.0
    assert behind["first turn"] == 1.0


def test_no_replies_answer_nothing() -> None:
    assert answers(parse("Who pays?", "en"), []).shape == (0,)
