"""New words stand beside neighbours that go with them, in each language."""

from __future__ import annotations

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.language.fr.articles import contracted, elides
from pipelines.language.joins import forms_of, joined
from pipelines.language.splices import Replacement
from pipelines.rewrite.changes import apply


def replaced(text: str, old: str, new: str, language: Language, gender: str = "") -> str | None:
    """The text with one word for another; None where its neighbours can't be mended."""
    parsed = parse(text, language)
    place = next(token.i for token in parsed if token.text.lower() == old)
    change = joined(parsed, Replacement(place, place + 1, new, gender), language)
    return None if change is None else apply(text, [change])


@pytest.mark.parametrize(
    ("text", "old", "new", "after"),
    [
        ("It was a method.", "method", "approach", "It was an approach."),
        ("It was an approach.", "approach", "use", "It was a use."),
        ("It was a method.", "method", "hourly task", "It was an hourly task."),
        ("It was a method.", "method", "unintended effect", "It was an unintended effect."),
        ("It was an approach.", "approach", "one-time task", "It was a one-time task."),
        ("An approach was used.", "approach", "method", "A method was used."),
    ],
)
def test_an_article_goes_with_the_sound_of_the_next_word(
    text: str, old: str, new: str, after: str
) -> None:
    assert replaced(text, old, new, "en") == after


@pytest.mark.parametrize(
    ("text", "old", "new", "gender", "after"),
    [
        ("C’est le dispositif.", "dispositif", "outil", "Masc", "C’est l’outil."),
        ("Le coût du dispositif.", "dispositif", "outil", "Masc", "Le coût de l’outil."),
        ("Le coût de l’outil.", "outil", "dispositif", "Masc", "Le coût du dispositif."),
        ("Ce dispositif est là.", "dispositif", "outil", "Masc", "Cet outil est là."),
        ("C’est l’outil.", "outil", "dispositif", "", None),
    ],
)
def test_elision_and_contraction_follow_the_next_word(
    text: str, old: str, new: str, gender: str, after: str | None
) -> None:
    assert replaced(text, old, new, "fr", gender) == after


def test_an_aspirated_h_takes_no_elision() -> None:
    assert elides("homme")
    assert elides("Étude")
    assert not elides("hausse")
    assert not elides("mesure")


def test_prepositions_melt_with_articles_in_french_alone() -> None:
    assert contracted("de", "les") == "des"
    assert forms_of("à", "fr") == {"à": "", "au": "le", "aux": "les"}
    assert forms_of("avec", "fr") == {"avec": ""}
    assert forms_of("to", "en") == {"to": ""}
