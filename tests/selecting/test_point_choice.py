"""Points are chosen together: the worthiest, none twice, no more than fit."""

from dataclasses import replace

from fixtures.texts import exchange

from pipelines.brief import Point, PointKind
from pipelines.reading.reading import Reading
from pipelines.selecting.point_choice import chosen_points

SAID = exchange(
    ("Ann", "The bakery on the hill sells bread to the schools."),
    ("Bo", "Bread is sold to the schools by the bakery on the hill."),
    ("Ann", "Ferries to the island stop in winter."),
    ("Bo", "The island school has nine pupils left this year."),
)
POINTS = [
    Point(i, s.start, s.end, "evidence", "unknown", None, 1.0 - i / 10)
    for i, s in enumerate(Reading(SAID).sentences)
]


def test_the_worthiest_come_first_and_what_repeats_them_never() -> None:
    assert [p.sentence for p in chosen_points(SAID, POINTS, [], 9, 99)] == [0, 2, 3]


def test_no_more_lines_or_words_than_fit() -> None:
    assert len(chosen_points(SAID, POINTS, [], 2, 99)) == 2
    assert [p.sentence for p in chosen_points(SAID, POINTS, [], 9, 12)] == [0]


def test_a_kind_of_its_own_comes_before_one_more_of_the_same() -> None:
    other = replace(POINTS[3], kind="question", salience=0.79)
    assert [p.sentence for p in chosen_points(SAID, [*POINTS[:3], other], [], 2, 99)] == [0, 3]


def test_a_shared_word_or_a_question_repeats_nothing() -> None:
    said = exchange(
        ("Ann", "Who pays for the new bus shelters?"), ("Bo", "The shelters leak when it rains."),
        ("Cy", "Who pays for the shelters that are new?"),
    )  # fmt: skip
    kinds: tuple[PointKind, ...] = ("question", "barrier", "question")
    asked, leak, again = (
        Point(i, s.start, s.end, kind, "unknown", None, 1.0 - i / 10)
        for i, (s, kind) in enumerate(zip(Reading(said).sentences, kinds, strict=True))
    )
    assert [p.sentence for p in chosen_points(said, [asked, leak, again], [], 9, 99)] == [0, 1]


def test_what_answers_a_question_stays_in_its_table() -> None:
    asked = replace(POINTS[0], kind="question", answer=(POINTS[2].start, POINTS[2].end))
    taken_on = replace(POINTS[2], kind="commitment")
    told = chosen_points(SAID, [asked, taken_on], [], 9, 99)
    assert [(p.kind, p.answer) for p in told] == [("question", None), ("commitment", None)]


def test_an_answer_ends_where_what_is_told_elsewhere_begins() -> None:
    asked = replace(POINTS[0], kind="question", answer=(POINTS[2].start, POINTS[3].end))
    taken_on = replace(POINTS[3], kind="commitment")
    question, _ = chosen_points(SAID, [asked, taken_on], [], 9, 99)
    assert question.answer == (POINTS[2].start, POINTS[2].end)


def test_what_is_told_is_not_told_again_before_another() -> None:
    leaning = replace(POINTS[3], before=(POINTS[2].start, POINTS[2].end), salience=2.0)
    told = chosen_points(SAID, [leaning, POINTS[2]], [], 9, 99)
    assert [p.start for p in told] == [POINTS[3].start]
    (alone,) = chosen_points(SAID, [leaning], [POINTS[2]], 9, 99)
    assert alone.before is None


def test_a_sentence_that_answers_is_not_told_again_before_another() -> None:
    asked = replace(POINTS[0], kind="question", answer=(POINTS[2].start, POINTS[2].end))
    leaning = replace(POINTS[3], before=(POINTS[2].start, POINTS[2].end), salience=0.1)
    question, alone = chosen_points(SAID, [asked, leaning], [], 9, 99)
    assert question.answer is not None
    assert alone.before is None
