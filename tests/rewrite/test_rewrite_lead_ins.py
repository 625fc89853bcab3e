"""What only says that something is said goes; what doubts, denies, asks or reports stays."""

import pytest

from corpus.document import Language
from pipelines.rewrite.lead_ins import drop_lead_in
from pipelines.rewrite.steps import Context


def told(text: str, language: Language = "en") -> str:
    return drop_lead_in(text, Context(language, "exchange"))


LED: list[tuple[Language, str]] = [
    ("en", "I would say that "),
    ("en", "I can tell you that "),
    ("en", "It's worth pointing out that "),
    ("en", "You'll be aware that "),
    ("en", "We know that "),
    ("en", "I want to say that "),
    ("en", "As you quite rightly say, "),
    ("en", "As I said, "),
    ("en", "You mentioned the winter, and "),
    ("en", "You'll be aware, that, "),
]
FRENCH_LED = [
    "Vous savez que ",
    "Je tiens à souligner que ",
    "Il faut rappeler que ",
    "Je vais même vous dire, ",
    "Comme vous l'avez dit, ",
    "Vous avez parlé de sécurité, ",
]


@pytest.mark.parametrize(("language", "lead"), LED)
def test_a_lead_in_goes(language: Language, lead: str) -> None:
    assert told(f"{lead}the buses run late in winter.") == "The buses run late in winter."


@pytest.mark.parametrize("lead", FRENCH_LED)
def test_a_french_lead_in_goes(lead: str) -> None:
    said = f"{lead}la ville paie la moitié des bancs."
    assert told(said, "fr") == "La ville paie la moitié des bancs."


def test_what_stands_before_a_lead_in_and_behind_its_sentence_stays() -> None:
    said = "On the benches, you'll be aware that we have an agreement. It holds."
    assert told(said) == "On the benches, we have an agreement. It holds."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # doubts, opinions, denials, conditions, questions
        ("en", "I think that the buses run late."),
        ("en", "I would argue that the buses run late."),
        ("en", "I don't know that the buses run late."),
        ("en", "If you know that the buses run late, you can ask."),
        ("en", "Did I say that the buses run late?"),
        ("en", "As far as I know, the buses run late."),
        ("fr", "Je pense que la ville paie la moitié des bancs."),
        # what somebody wants to know
        ("en", "We need to know that the buses run late."),
        ("en", "Let me know that the buses run late."),
        ("fr", "Je veux savoir que la ville paie la moitié des bancs."),
        # what somebody else says, or was said before
        ("en", "You said that the buses run late."),
        ("en", "I said that the buses run late."),
        ("en", "It says that the buses run late."),
        ("en", "It is said that the buses run late."),
        ("fr", "Il dit que la ville paie la moitié des bancs."),
        # two clauses, or no whole sentence behind
        ("en", "You know that the buses run late and that we pay."),
        ("en", "As I said, late in winter."),
    ],
)
def test_what_says_something_itself_stays(language: Language, text: str) -> None:
    assert told(text, language) == text
