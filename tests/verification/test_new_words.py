"""What a segment says comes from its evidence: no word from elsewhere, none in another's place."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs import beside, reasons, source

from corpus.document import Language
from pipelines.verification.new_words import supported_words

MOSTLY = "says mostly what its evidence doesn’t; cite the sentences that it tells"


def said_of(text: str, *quotes: str, language: Language = "en") -> list[str]:
    return reasons(supported_words, beside(text, *quotes, language=language))


def unknown(*words: str) -> list[str]:
    """Reasons against words that nothing supports, names, and words put for another."""
    return [_unknown(word) for word in words]


def _unknown(word: str) -> str:
    if " for " in word:
        own, _, there = word.partition(" for ")
        return f"puts “{own}” in the place of “{there}”"
    if word.lower() != word:
        return f"names “{word.lower()}”, which its evidence doesn’t"
    return f"says “{word}”, which neither its evidence nor the lexicon has"


# -- in the evidence's own wording ---------------------------------------------------------------

CREWS = "Crews cleaned wells near mills; owners painted drains beside farms."

CLOSE = [
    # language, evidence, text, words without support
    ("en", CREWS, "Crews cleaned wells near mills.", []),
    ("en", CREWS, "Crews cleaned bridges near mills.", ["bridges for wells"]),
    ("en", CREWS, "Crews cleaned muddy wells near mills.", ["muddy"]),
    ("en", CREWS, "Crews of Oslo cleaned wells near mills.", ["Oslo"]),
    ("en", CREWS, "Crews of the NGO cleaned wells near mills.", ["NGO"]),
    # a verb in another's place, not one that is put in
    ("en", CREWS, "Crews repaired wells near mills.", ["repaired"]),
    ("en", CREWS, "Crews often cleaned wells near mills.", []),
    ("en", CREWS, "Crews rinsed wells near mills.", ["rinsed"]),
    # rare ones always need support
    ("en", CREWS, "Crews cleaned wells near mills, yodelling.", ["yodelling"]),
    # words that steps bring in, and words of a bound
    ("en", CREWS, "But crews probably cleaned wells near mills.", []),
    ("en", "Crews of 65 cleaned wells.", "Crews of 65 or more cleaned wells.", []),
    ("en", "Crews of 65 cleaned wells.", "More crews of 65 cleaned wells.", ["more"]),
    ("fr", "Les équipes ont lavé les puits.", "Les équipes ont lavé les ponts.", ["ponts for puits"]),
    ("fr", "Les équipes ont lavé les puits.", "Les équipes ont réparé les puits.", ["réparé"]),
    ("fr", "Les équipes ont lavé les puits.", "Mais les équipes ont lavé les puits.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "words"), CLOSE)
def test_a_new_word_is_caught_in_the_evidence_s_own_wording(
    language: Language, evidence: str, text: str, words: list[str]
) -> None:
    assert said_of(text, evidence, language=language) == unknown(*words)


# -- in a free paraphrase ------------------------------------------------------------------------

FOUND = (
    "In snails of muddy ponds the hormone left small glands at dawn, and shells grew thick rings."
)
#: Keeps a text free, and its words mostly supported.
NEWS = "Thick rings of shells and snails of muddy ponds came as news."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was thick.", []),
        ("People said so.", []),  # general words
        ("So said Rivebelle.", ["Rivebelle"]),  # a name
        ("It was DNA.", ["DNA"]),  # a symbol
        ("It was thyroxine.", ["thyroxine"]),  # a rare word
        ("It was thyroxine, in Rivebelle.", ["thyroxine", "Rivebelle"]),
        ("The hormone repaired small glands.", []),  # a verb
    ],
)
def test_a_free_paraphrase_answers_for_names_symbols_and_rare_words(
    text: str, words: list[str]
) -> None:
    assert said_of(f"{text} {NEWS}", FOUND) == unknown(*words)


#: Words of the evidence by their places: snail 0, muddy 1, pond 2, hormone 3, leave 4, small 5,
#: gland 6, dawn 7, shell 8, grow 9, thick 10, ring 11. A ladder is neither rare nor general.
@pytest.mark.parametrize(
    ("text", "put_in"),
    [
        # its neighbours stand at most three words apart there, in this order
        ("The hormone ladder left small glands.", True),
        ("The hormone ladder small glands left.", True),
        ("The hormone ladder glands were there at dawn.", True),
        ("The hormone ladder was at dawn on shells.", False),
        ("They left the ladder hormone.", False),
        ("Small ladders of small glands were there.", False),
        # and the next word on either side at most three words from them
        ("Snail hormone ladders left small glands.", True),
        ("Snail hormone ladders left at dawn.", True),
        ("Snail hormone ladders left shells.", False),
        ("Snail hormone ladders left rings.", False),
        ("Thick hormone ladders left small glands.", False),
        ("Muddy ones left the ladders of small glands.", True),
        ("Snails and muddy ladders: hormone left.", True),
        ("Snails left the ladders of small glands.", False),
        # between two words that stand alone
        ("It was the hormone ladder, left.", True),
        # at the end of a sentence three words before it stand close together there, or two at the end
        ("The hormone left small ladders.", True),
        ("The ponds left small ladders.", True),
        ("The muddy left small ladders.", False),
        ("The hormone left ladders.", False),
        ("They grew thick ladders.", True),
        ("The shells grew ladders.", True),
        ("At dawn shells were ladders.", False),
        ("The shells were thick ladders.", True),
        ("At dawn they were thick ladders.", False),
        # and so at the beginning
        ("Ladders of muddy ponds were there.", True),
        ("Ladders of pond hormone were there.", True),
        ("Ladders of hormone left.", False),
        ("Ladders left small glands.", True),
        ("Ladders left small things.", False),
        # other words without support beside it are passed over, brought-in ones too
        ("The hormone ladder lantern left small glands.", True),
        ("The hormone also ladder left small glands.", True),
        ("People saw it: ladders of muddy ponds were there.", True),
        # not beyond its sentence
        ("It was a ladder. The hormone left small glands.", False),
        ("It was the hormone. Ladders left small.", False),
    ],
)
def test_a_word_put_into_the_evidence_s_own_wording_is_caught(text: str, put_in: bool) -> None:
    found = said_of(f"{text} {NEWS}", FOUND)
    assert any("ladder" in reason for reason in found) is put_in


#: crew 0, clean 1, well 2, near 3, mill 4, owner 5, paint 6, drain 7, beside 8, farm 9.
@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Crews repaired wells near mills.", True),
        ("Crews repaired wells.", True),
        ("Crews repaired near mills.", True),
        ("Crews repaired mills of owners.", False),
        ("Crews repaired wells of farms.", False),
        ("Owners repaired drains.", True),
    ],
)
def test_in_a_close_wording_a_verb_may_be_put_in_but_not_replaced(
    text: str, replaced: bool
) -> None:
    assert (unknown("repaired")[0] in said_of(text, CREWS)) is replaced


# -- names that may stand ------------------------------------------------------------------------

PAPER = source(
    FOUND, title="Ladders of the Zygalski valley", authors=("Ann Rivebelle", "Bo Wexcombe")
)


def said_of_paper(text: str) -> list[str]:
    return reasons(supported_words, beside(text, FOUND, of=PAPER))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rivebelle et al. saw it.", []),
        ("Wexcombe and colleagues saw it.", []),
        ("Rivebelle and her coworkers saw it.", []),
        ("Rivebelle saw it.", ["rivebelle"]),
        ("Boutros et al. saw it.", ["boutros"]),
    ],
)
def test_authors_may_be_named_where_the_text_says_whose_work_it_tells(
    text: str, words: list[str]
) -> None:
    assert said_of_paper(f"{text} {NEWS}") == unknown(*words)


def test_authors_may_be_named_in_the_evidence_s_own_wording_too() -> None:
    close = FOUND.replace("In snails", "In Rivebelle et al.’s snails")
    assert said_of_paper(close) == []


def test_a_free_paraphrase_may_take_words_of_the_title() -> None:
    assert said_of_paper(f"So it was in the Zygalski valleys. {NEWS}") == []
    assert said_of(f"So it was in the Zygalski valleys. {NEWS}", FOUND) == unknown("Zygalski")
    close = FOUND.replace("muddy ponds", "muddy Zygalski ponds")
    assert said_of_paper(close) == unknown("Zygalski")


# -- the whole -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mostly"),
    [
        ("Teachers who took part gave more lessons to classes.", True),
        ("The hormone went home and said yes to all people there.", True),
        ("Shells grew rings, ponds grew, they went home.", False),
        # rare words weigh more than general ones, however many
        ("Snails grew shells, thick rings, glands: people come home, go on, see what day it is.", False),
        ("Small shells grew thick: the tannery, the orchestra and the parliament.", True),
    ],
)  # fmt: skip
def test_half_of_what_is_said_must_be_in_the_evidence(text: str, mostly: bool) -> None:
    assert (MOSTLY in said_of(text, FOUND)) is mostly


def test_of_the_words_themselves_not_much_fewer_than_half_may_be_supported() -> None:
    """Rare words can't cover a text of general ones."""
    few = "Hormone glands and snails: people eat bread, buy paper, love music and vote in the city."
    assert MOSTLY in said_of(few, FOUND)


def test_nothing_is_compared_across_languages_nor_with_nothing() -> None:
    told = "Les enseignants ont donné des leçons."
    assert reasons(supported_words, beside(told, FOUND, told_in="fr")) == []
    assert reasons(supported_words, beside("Teachers gave lessons.")) == []


# -- laws ----------------------------------------------------------------------------------------

NAMES = ["Oslo", "Zellweger", "Ruritania", "Quibbleton"]


@given(st.sampled_from(NAMES), st.integers(1, 9), st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_name_from_nowhere_is_caught_wherever_it_stands(
    name: str, place: int, close: bool
) -> None:
    words = (CREWS if close else f"{FOUND[:-1]}, which came as news to those who asked.").split()
    text = " ".join([*words[:place], f"({name})", *words[place:]])
    found = said_of(text, CREWS if close else FOUND)
    assert unknown(name)[0] in found
    assert said_of(" ".join(words), CREWS if close else FOUND) == []
