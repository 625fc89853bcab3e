"""“We” becomes the researchers, and nobody else does."""

# ruff: noqa: E501 (tables of sentences)

import pytest

from corpus.document import Language
from pipelines.rewrite.person import name_author, name_researchers, name_results
from pipelines.rewrite.steps import Context


def named(text: str, language: Language = "en") -> str:
    return name_researchers(text, Context(language, "paper"))


CASES = [
    ("We measured it.", "The researchers measured it."),
    ("Here we show how we did it.", "Here the researchers show how they did it."),
    ("Our own tests, which we ran, failed.", "The researchers’ own tests, which the researchers ran, failed."),
    ("We’ve seen it, and we’ll say so.", "The researchers have seen it, and they will say so."),
    ("We asked nurses how they felt and what we missed.", "The researchers asked nurses how they felt and what the researchers missed."),
    ("This allowed us to test what we saw.", "This allowed the researchers to test what they saw."),
    ("We used US data.", "The researchers used US data."),
    ("To our knowledge, it is new.", "To the researchers’ knowledge, it is new."),
    # of their study it is said as of this one, where none stands before it
    ("Our study is small, and we could not test it.", "This study is small, and the researchers could not test it."),
    ("Our results suggest that it fell in our sample.", "The results suggest that it fell in the sample."),
    ("Unlike the trial in Rome, our trial was long.", "Unlike the trial in Rome, the researchers’ trial was long."),
    ("Our study agrees with earlier studies.", "This study agrees with earlier studies."),
]  # fmt: skip
ALONE = [
    "It adds to our understanding of heat.",
    "As we age, our bodies change.",
    "We must empower staff to share control over projects.",
    "We will also need to find ways to build these tools.",
    "We know little about shade.",
    "Let us consider the case where we fail.",
    "It tells us what we need.",
    "Our World in Data, which we used, is large.",
    "The data from Our World in Data were used.",
    "Ours is the first study, and we know it.",
]
FRENCH = [
    ("Nous avons mesuré l’eau.", "Les chercheurs ont mesuré l’eau."),
    ("Nous n’avons pas vu ce que nous cherchons.", "Les chercheurs n’ont pas vu ce qu’ils cherchent."),
    ("Dans notre étude, nous montrons un effet.", "Dans leur étude, les chercheurs montrent un effet."),
    ("Nos résultats et l’ensemble de nos données concordent.", "Les résultats et l’ensemble des données concordent."),
]  # fmt: skip
FRENCH_ALONE = [
    "Nous mesurons l’eau et comparons les rues.",
    "Il nous semble que nous montrons un effet.",
    "Notre société change et nous observons cela.",
    "Il faut que nous observions cela.",
    "Notre équipe a mesuré l’eau.",
]


BY_ONE = [
    ("I argue that towns should save.", "The author argues that towns should save."),
    ("The figure is my own, and I do not expect a fall.", "The figure is the author’s own, and the author does not expect a fall."),
    ("I’ve shown it and argue that it pays.", "The author has shown it and argues that it pays."),
    ("In my view, I am not alone.", "In the author’s view, the author is not alone."),
    ("I could not test it; critics told me so.", "The author could not test it; critics told the author so."),
]  # fmt: skip
OF_NOBODY = ["Type I errors were rare.", "I did it myself.", "I’d say so.", "Towns save more."]


@pytest.mark.parametrize(("before", "after"), BY_ONE)
def test_i_becomes_the_author_where_there_is_one(before: str, after: str) -> None:
    assert name_author(before, Context("en", "paper", by_one=True)) == after
    assert name_author(before, Context("en", "paper")) == before


@pytest.mark.parametrize("text", OF_NOBODY)
def test_an_i_that_is_nobody_or_has_a_gender_is_left_alone(text: str) -> None:
    assert name_author(text, Context("en", "paper", by_one=True)) == text


@pytest.mark.parametrize(("before", "after"), CASES)
def test_we_becomes_the_researchers(before: str, after: str) -> None:
    assert named(before) == after


@pytest.mark.parametrize("text", ALONE)
def test_a_we_that_may_be_anybody_is_left_alone(text: str) -> None:
    assert named(text) == text


@pytest.mark.parametrize(("before", "after"), FRENCH)
def test_nous_becomes_les_chercheurs_with_its_verb(before: str, after: str) -> None:
    assert named(before, "fr") == after


@pytest.mark.parametrize("text", FRENCH_ALONE)
def test_a_nous_in_doubt_is_left_alone(text: str) -> None:
    assert named(text, "fr") == text


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "These findings suggest that fans may help.", "The study’s findings suggest that fans may help."),
        ("en", "Based on these results, fans help.", "Based on the study’s results, fans help."),
        ("en", "Those data show it.", "The study’s data show it."),
        ("en", "The results of these trials vary.", "The results of these trials vary."),
        ("fr", "Ces résultats donnent à penser que la mesure aide.", "Les résultats de l’étude donnent à penser que la mesure aide."),
        ("fr", "Selon ces données, la mesure aide.", "Selon les données de l’étude, la mesure aide."),
    ],
)  # fmt: skip
def test_findings_that_open_a_sentence_are_the_study_s(
    language: Language, before: str, after: str
) -> None:
    assert name_results(before, Context(language, "paper", study=True)) == after
    assert name_results(before, Context(language, "paper", study=False)) == before
