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
        ("fr", "Les résultats montrent que le programme a réduit la chaleur.",
         "Le programme a réduit la chaleur."),
        ("fr", "Les chercheurs ont constaté que les appels ont diminué.",
         "Les appels ont diminué."),
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
        ("fr", "Les résultats laissent penser que l’ombre a réduit la température."),
        ("fr", "D’autres auteurs ont constaté que les appels ont diminué."),
    ],
)
def test_a_report_that_says_something_stays(language: Language, text: str) -> None:
    assert told(text, language) == text
