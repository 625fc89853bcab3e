"""Changes are compared by the characters that they touch, and applied from left to right."""

import pytest

from pipelines.language.splices import Change, Splice
from pipelines.rewrite.changes import apply, overlap


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        ((2, 4), True),
        ((4, 6), True),
        ((3, 3), True),
        # the same place between two characters
        ((5, 7), True),
        ((1, 3), True),
        ((5, 5), True),
        # apart, before or behind
        ((6, 8), False),
        ((0, 2), False),
        ((1, 1), False),
    ],
)
def test_changes_overlap_where_they_share_a_place(other: tuple[int, int], wanted: bool) -> None:
    one: Change = (Splice(3, 5, "x"),)
    assert overlap(one, (Splice(*other, "y"),)) == wanted
    assert overlap((Splice(*other, "y"),), one) == wanted


def test_one_splice_of_each_is_enough() -> None:
    one = (Splice(3, 5, "x"), Splice(20, 21, ""))
    assert overlap(one, (Splice(10, 11, ""), Splice(21, 23, "")))
    assert not overlap(one, (Splice(10, 11, ""), Splice(22, 23, "")))


def test_changes_are_applied_wherever_they_stand_in_the_list() -> None:
    first, second = (Splice(0, 3, "A"), Splice(9, 13, "fell")), (Splice(4, 8, "fee"),)
    assert apply("The fees rose.", [second, first]) == "A fee fell."


def test_an_insertion_comes_before_what_is_replaced_at_its_place() -> None:
    assert (
        apply("fees rose", [(Splice(0, 4, "costs"),), (Splice(0, 0, "The "),)]) == "The costs rose"
    )


def test_nothing_changes_nothing() -> None:
    assert apply("The fees rose.", []) == "The fees rose."
