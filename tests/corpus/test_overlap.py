"""Whether two texts are one sentence, or one a part of the other."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.overlap import same

FEWER = "Streets with night buses had 14 fewer car trips each week than streets without them."


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (FEWER, FEWER, True),
        (FEWER.upper(), FEWER.replace(" ", "  ").replace(".", ""), True),
        ("streets with night buses had 14 fewer car trips", FEWER, True),
        ("fewer car trips each", FEWER, True),  # all of a short one
        ("fewer car rides each", FEWER, False),  # three of four, but not five
        ("a b c d e x", "a b c d e", True),  # five
        ("a b c d x y", "a b c d e f g", False),  # two in three
        ("a b c d e f x y", "a b c d e f g h", True),  # three in four
        ("trips car fewer 14 had buses night with streets", FEWER, False),  # no order
        ("e f g h i j a b c d", "a b c d e f g h i j", False),  # six in ten in order
        ("d e f g h i j a b c", "a b c d e f g h i j", True),  # seven in ten
        ("l'eau_douce", "L’eau douce", True),
        ("", FEWER, False),
        ("—", "—", False),
    ],
)
def test_two_texts_are_one_sentence_where_most_words_are_the_same_in_order(
    one: str, other: str, wanted: bool
) -> None:
    assert same(one, other) is wanted
    assert same(other, one) is wanted


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_it_does_not_matter_which_is_given_first_where_one_is_shorter(one: str, other: str) -> None:
    assume(len(one.split()) != len(other.split()))
    assert same(one, other) == same(other, one)


@given(WORDS.filter(bool), st.integers(0, 11), st.integers(1, 12))
def test_a_sentence_is_itself_and_every_run_of_its_words(text: str, start: int, most: int) -> None:
    words = text.split()
    part = words[start % len(words) :][:most]
    assert same(text, text)
    assert same(" ".join(part), text)
