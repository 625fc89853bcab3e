"""Names of items in notes of a meeting: in both languages, in any case, numbered or not."""

import pytest

from corpus.document import LANGUAGES
from corpus.readers.minutes import is_item
from pipelines.brief import POINT_KINDS
from pipelines.language.items import item, kind_named
from pipelines.language.lexicon import table


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("Decision: the patios stay open.", "decision", "the patios stay open."),
        ("Décision : les terrasses restent.", "decision", "les terrasses restent."),
        ("DÉCISION 2 : les terrasses restent.", "decision", "les terrasses restent."),
        ("- Obstacle — le vent.", "barrier", "le vent."),
        ("Action (parks): order lamps.", "commitment", "order lamps."),
        ("Prochaines étapes : commander.", "commitment", "commander."),
        ("Ordre du jour : les bancs.", "aside", "les bancs."),
    ],
)
def test_an_item_is_what_its_label_says(text: str, kind: str, says: str) -> None:
    found = item(text)
    assert found is not None
    assert (found.kind, text[found.begins :]) == (kind, says)


@pytest.mark.parametrize(
    "text",
    [
        "The decision: nobody knows.",
        "Our main barrier is the water: there is no tap.",
        "Decision:",
        "Issue: the wind.",
        "We have one question about it.",
        "At 12:30 we stopped.",
    ],
)
def test_what_only_has_such_words_has_no_label(text: str) -> None:
    assert item(text) is None


def test_a_heading_names_the_kind_of_what_stands_below_it() -> None:
    assert kind_named("3. Open questions") == "question"
    assert kind_named("Actions à suivre") == "commitment"
    assert kind_named("What was said") is None


def test_every_kind_has_names_in_both_languages_and_no_name_two_kinds() -> None:
    names = table("items")
    assert set(names) == {*POINT_KINDS, "aside"}
    assert all(set(own) == set(LANGUAGES) for own in names.values())
    every = [(name, kind) for kind, own in names.items() for n in own.values() for name in set(n)]
    kinds = dict(every)
    assert [pair for pair in every if kinds[pair[0]] != pair[1]] == []


def test_the_commonest_names_are_nobody_to_the_readers() -> None:
    """What is an item here must not be taken for a speaker there."""
    for name in ("Decision", "Décision", "Action", "Obstacle", "Engagement", "Levier", "Constat"):
        assert is_item(name)
        assert kind_named(name)
