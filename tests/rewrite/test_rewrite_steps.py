"""How a text is mended after removals, and which first letters become capitals or small."""

import pytest

from models.parsing import parse
from pipelines.rewrite.steps import Context, capitalized, lowered, tidy


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the fees rose.", "The fees rose."),
        ("a fee rose.", "A fee rose."),
        ("à midi, il pleut.", "À midi, il pleut."),
        ("l’eau est froide.", "L’eau est froide."),
        ("well-known fees rose.", "Well-known fees rose."),
        ("however, fees rose.", "However, fees rose."),
        ("rise", "Rise"),
        ("", ""),
        # names that begin with a small letter
        ("pH fell.", "pH fell."),
        ("mRNA was seen.", "mRNA was seen."),
        ("p < 0.05 was seen.", "p < 0.05 was seen."),
        ("unc-116 was seen.", "unc-116 was seen."),
        ("8 fees rose.", "8 fees rose."),
    ],
)
def test_a_first_word_takes_a_capital_unless_it_is_a_name(text: str, wanted: str) -> None:
    assert capitalized(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The fees rose.", "the fees rose."),
        ("A fee rose.", "a fee rose."),
        ("Well-known fees rose.", "well-known fees rose."),
        # names, abbreviations, and what has a capital or a digit inside
        ("Montréal raised the fees.", "Montréal raised the fees."),
        ("DNA was seen.", "DNA was seen."),
        ("B12 was seen.", "B12 was seen."),
        ("I raised the fees.", "I raised the fees."),
    ],
)
def test_a_first_word_loses_its_capital_unless_it_is_a_name(text: str, wanted: str) -> None:
    assert lowered(text, parse(text, "en")[0]) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # empty brackets, also with a mark left in them; not a call's
        ("The fees rose ().", "The fees rose."),
        ("The fees rose ( ; ) again.", "The fees rose again."),
        ("The fees rose (,) again.", "The fees rose again."),
        ("The fees rose [ ] again.", "The fees rose again."),
        ("The call mean() is known.", "The call mean() is known."),
        ("The call mean[] is known.", "The call mean[] is known."),
        # spaces
        ("The  fees\nrose.", "The fees rose."),
        ("The fees rose .", "The fees rose."),
        ("The fees , it said, rose.", "The fees, it said, rose."),
        ("The fees ( in 2019 ) rose.", "The fees (in 2019) rose."),
        ("The fees [ in 2019 ] rose.", "The fees [in 2019] rose."),
        ("A fee of .5 was paid.", "A fee of .5 was paid."),
        # a comma before another mark
        ("The fees, , rose.", "The fees, rose."),
        ("The fees rose,.", "The fees rose."),
        ("The fees rose, , ; and fell.", "The fees rose; and fell."),
        ("A fee of,.5 was paid.", "A fee of,.5 was paid."),
        # the beginning
        (", the fees rose.", "The fees rose."),
        (" ;: the fees rose. ", "The fees rose."),
        # French spacing stays
        ("Les frais montent : oui !", "Les frais montent : oui !"),
    ],
)
def test_what_removals_leave_is_mended(text: str, wanted: str) -> None:
    assert tidy(text) == wanted


def test_a_sentence_may_become_several_unless_it_is_said_otherwise() -> None:
    assert not Context("en", "paper").one_sentence
