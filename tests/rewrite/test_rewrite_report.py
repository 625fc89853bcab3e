"""A firm report is left out; a caution, a denial or a second predicate keeps it."""

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.rewrite.changes import apply
from pipelines.rewrite.report import drop_report
from pipelines.rewrite.steps import Context


def told(text: str, language: Language = "en") -> str:
    return apply(text, drop_report(parse(text, language), Context(language, "paper")))


@pytest.mark.parametrize(
    ("language", "text", "plain"),
    [
        ("en", "The researchers found that shade lowered the temperature.",
         "Shade lowered the temperature."),
        ("en", "Our results show that deaths fell by 17% in summer.",
         "Deaths fell by 17% in summer."),
        ("en", "We found that shade lowered the temperature, and that calls fell in summer.",
         "Shade lowered the temperature. Calls fell in summer."),
        ("en", "The results of this trial confirm that shade lowers the heat.",
         "Shade lowers the heat."),
        ("fr", "Les résultats montrent que le programme a réduit la chaleur.",
         "Le programme a réduit la chaleur."),
        ("fr", "Les chercheurs ont constaté que les appels ont diminué.",
         "Les appels ont diminué."),
        # small words, up to seven words in all, "and that" without a comma
        ("en", "We have also found that shade lowered the heat.", "Shade lowered the heat."),
        ("en", "All the researchers have together also found that heat fell.", "Heat fell."),
        ("en", "We found that shade lowered the heat and that trees help.",
         "Shade lowered the heat. Trees help."),
        # behind another sentence
        ("en", "The town of Estmere is cool in May. We found that shade lowered the heat.",
         "The town of Estmere is cool in May. Shade lowered the heat."),
        # a "that" of another clause
        ("en", "We found that shade lowered the heat that people feel.",
         "Shade lowered the heat that people feel."),
        ("fr", "Nous avons constaté qu’une ombre a réduit la chaleur.",
         "Une ombre a réduit la chaleur."),
    ],
)  # fmt: skip
def test_what_was_found_is_told_by_itself(language: Language, text: str, plain: str) -> None:
    assert told(text, language) == plain


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The results suggest that shade lowered the temperature."),
        ("en", "The researchers did not find that shade lowered the temperature."),
        ("en", "The researchers found in June that shade lowered the temperature."),
        ("en", "Earlier studies found that shade lowered the temperature."),
        ("en", "These data show that shade lowered the heat and suggest that trees helped."),
        ("en", "The researchers may show that shade lowered the temperature."),
        # eight words
        ("en", "Here, all the researchers have together also found that heat fell."),
        # no whole clause, or one that begins with a sign or a figure
        ("en", "We found that."),
        ("en", "We found that shade in the north."),
        ("en", "We found that (in May) heat fell."),
        ("en", "We found that, in May, shade lowered the heat."),
        ("en", "We found that 20 trees lowered the heat."),
        # a second predicate, or a second "that" of the report
        ("en", "We found that shade lowered the heat and showed that trees help."),
        ("en", "We found that shade lowered the heat, thus that trees help."),
        ("en", "We found that shade lowered the heat, so that people walked."),
        ("en", "We found that shade lowered the heat, that trees help."),
        # whose it is
        ("en", "The researchers found that their streets lowered the heat."),
        ("fr", "Les chercheurs ont constaté que leurs rues ont réduit la chaleur."),
        # nobody, another one or two verbs report, or the reporter comes behind
        ("en", "Found that shade lowered the heat."),
        ("en", "Mayors found that shade lowered the heat."),
        ("en", "It was found by researchers that shade lowered the heat."),
        ("en", "We observe and show that shade lowered the heat."),
        ("en", "The results show we found that heat fell."),
        ("en", "We know that shade lowered the heat."),
        ("en", "We found no proof that shade lowered the heat."),
        ("en", "Shade, we found, lowered the heat."),
        ("fr", "Les résultats montrent que la chaleur a baissé et indiquent que l’ombre aide."),
        ("fr", "Les résultats laissent penser que l’ombre a réduit la température."),
        ("fr", "D’autres auteurs ont constaté que les appels ont diminué."),
    ],
)
def test_a_report_that_says_something_stays(language: Language, text: str) -> None:
    assert told(text, language) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The researchers saw steady increases in rents.", "There were steady increases in rents."),
        ("We found a significant drop in the use of water in the old town.",
         "There was a significant drop in the use of water in the old town."),
        # not found isn't not there, and what is known isn't what was found
        ("The researchers found no change in rents.", "The researchers found no change in rents."),
        ("The researchers did not find a change in rents.",
         "The researchers did not find a change in rents."),
        ("The researchers saw the change in rents.", "The researchers saw the change in rents."),
        ("The researchers found a bus in May.", "The researchers found a bus in May."),
        ("The surveys found a drop in rents.", "The surveys found a drop in rents."),
    ],
)  # fmt: skip
def test_what_was_seen_is_told_as_there(text: str, wanted: str) -> None:
    assert told(text) == wanted
