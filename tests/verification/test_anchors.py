"""Every line rests on characters of the document, and fixed text is one of the known statements."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pairs import reasons, source

from corpus.document import LANGUAGES, Language, other
from pipelines.brief import Evidence, Segment, Target
from pipelines.language import glossary
from pipelines.language.lexicon import table
from pipelines.reading.reading import Reading, readings_of
from pipelines.verification.anchors import anchored, former, statements
from pipelines.verification.pair import pair_of

PONDS = "Ponds store rain. Drains carry it away."
DOCUMENT = source(PONDS)
READINGS: dict[str, Reading] = readings_of([DOCUMENT])

ENGLISH = "You can be quite sure of the main findings."
FRENCH = "On peut être assez sûr des principaux constats."


def fixed(text: str, translation: str | None, language: Language = "en") -> Segment:
    """A line that says it is fixed text."""
    target = Target(other(language), translation, "final", "template")
    return Segment("s1", "certainty", text, language, target, origin="template")


def said_of(segment: Segment) -> list[str]:
    return reasons(anchored, pair_of(segment, READINGS))


UNKNOWN = "says it is fixed text, but “{}” is none of the statements"
NOT_ITS_OWN = "its other language isn’t the statement’s own"


# -- fixed text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_statement_is_known_with_the_same_in_the_other_language(language: Language) -> None:
    known = statements(language)
    assert {"en": (ENGLISH, FRENCH), "fr": (FRENCH, ENGLISH)}[language] in known.items()
    assert glossary.statements(language).items() <= known.items()
    written = [texts for group in table("templates").values() for texts in group.values()]
    assert len(written) > 30
    assert all(known[texts[language]] == texts[other(language)] for texts in written)


@pytest.mark.parametrize(
    ("segment", "reason"),
    [
        (fixed(ENGLISH, FRENCH), None),
        (fixed(FRENCH, ENGLISH, "fr"), None),
        (fixed(ENGLISH, None), None),
        (fixed("Ponds help.", None), UNKNOWN.format("Ponds help.")),
        (fixed(FRENCH, None), UNKNOWN.format(FRENCH)),
        (fixed(ENGLISH.lower(), FRENCH), None),
        (fixed(ENGLISH, "On peut être sûr de tout."), NOT_ITS_OWN),
        (fixed(ENGLISH, ENGLISH), NOT_ITS_OWN),
        (
            replace(fixed(ENGLISH, FRENCH), strength="correlational"),
            "is fixed text, but is labelled correlational; fixed text claims nothing",
        ),
    ],
)
def test_fixed_text_is_a_statement_to_the_letter(segment: Segment, reason: str | None) -> None:
    expected = [reason] if reason else []
    if segment.text == ENGLISH.lower():
        expected = [
            UNKNOWN.format(segment.text),
            NOT_ITS_OWN,
        ]
    assert said_of(segment) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_of_earlier_releases_still_pass(language: Language) -> None:
    for text, there in former(language).items():
        assert said_of(fixed(text, there, language)) == []
    assert set(former(language)) - set(statements(language))  # else nothing would be known by them


# -- composed in both languages ------------------------------------------------------------------


def composed(text: str, translation: str | None) -> Segment:
    """A line on interests whose other language was composed of its evidence."""
    declares = source("The authors declare that no competing interests exist.")
    span = Evidence(declares.id, 0, len(declares.text), declares.text)
    target = Target("fr", translation, "final", "composed")
    return Segment("s1", "sources", text, "en", target, evidence=(span,))


NONE = ("Interests: No competing interests are declared.", "Aucun intérêt concurrent n’est déclaré")


@pytest.mark.parametrize(
    ("text", "translation", "passes"),
    [
        (NONE[0], f"Intérêts\u00a0: {NONE[1]}.", True),
        (NONE[0], None, True),
        (NONE[0], f"Intérêts\u00a0: {NONE[1]} par la Ville.", False),
        ("Interests: The authors declare nothing.", f"Intérêts\u00a0: {NONE[1]}.", False),
    ],
)
def test_what_is_composed_is_made_anew_of_its_evidence(
    text: str, translation: str | None, passes: bool
) -> None:
    said = said_of(composed(text, translation))
    assert [why.split(",")[0] for why in said] == [
        "its translation says it is composed of what its evidence declares"
    ] * (not passes)
