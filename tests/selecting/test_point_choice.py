"""Points are chosen together: the worthiest, none twice, no more than fit."""

from dataclasses import replace

from fixtures.texts import exchange

from pipelines.brief import Point
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
