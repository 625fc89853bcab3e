"""A condition, half of a contrast, whom or when it is about: what is left out is seen."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

from dataclasses import replace

import pytest
from pairs import beside, reasons, source

from corpus.document import Language
from pipelines.language.reasons import is_doubt
from pipelines.verification.left_out import left_out

PUMP = "The heat pump saves money if the house is well insulated."
NIGHT = "Shade lowered the calls during the day, but not at night."
GROUP = "No effect on sleep was found in older women."
STEPS = "Crews cleaned the wells in the valley, and owners painted the mills."

CASES = [
    # language, evidence, text, refused, only doubted
    ("en", PUMP, "The heat pump saves money.", True, False),
    ("en", PUMP, "If the house is well insulated, the heat pump saves money.", False, False),
    # asking for leave to ask is no condition
    ("en", "If I can just ask: who pays for the pump?", "Who pays for the pump?", False, False),
    ("en", NIGHT, "Shade lowered the calls during the day.", True, False),
    ("en", NIGHT, "Shade lowered the calls during the day. It did not do so at night.", False, False),
    # what is denied of a part isn't denied of all
    ("en", GROUP, "No effect on sleep was found.", True, False),
    ("en", GROUP, "In older women, no effect on sleep was found.", False, False),
    # another finding in the same sentence may stay untold
    ("en", STEPS, "Crews cleaned the wells in the valley.", False, False),
    # what stands in brackets may go
    ("en", "Rents fell (in 14 cities, if they had parks).", "Rents fell.", False, False),
    # as what something isn't seen; which of somebody are counted; the items of a row
    ("fr", "Nous ne voyons pas le parc, comme une dépense.", "Nous ne voyons pas le parc.", True, False),
    ("fr", "Nous voyons le parc, comme une dépense.", "Nous voyons le parc.", False, False),
    ("en", "In the valley 14% of homes that had a heater were warm.", "In the valley 14% of homes were warm.", False, True),
    ("en", "In the valley 14% of homes, which had a heater, were warm.", "In the valley 14% of homes were warm.", False, False),
    ("fr", "On arrête tout, y compris les bus du soir, y compris les navettes de nuit, y compris le tram.", "On arrête tout, y compris les bus du soir, y compris le tram.", False, True),
    ("fr", "On arrête tout, y compris les bus du soir, y compris le tram.", "On arrête tout.", False, False),
    ("fr", "L’appui se maintient, pourvu que les buts soient réalistes.", "L’appui se maintient.", True, False),
    ("fr", "Aucun effet n’a été détecté la nuit.", "Aucun effet n’a été détecté.", False, True),
]  # fmt: skip


@pytest.mark.parametrize(("language", "evidence", "text", "refused", "doubted"), CASES)
def test_nothing_is_left_out_that_makes_the_text_say_more(
    language: Language, evidence: str, text: str, refused: bool, doubted: bool
) -> None:
    doubts = [is_doubt(why) for why in reasons(left_out, beside(text, evidence, language=language))]
    assert (False in doubts) is refused
    assert (bool(doubts) and all(doubts)) is doubted


def test_a_comma_of_speech_sets_nothing_apart() -> None:
    said = "In the valley 14% of homes, which had a heater, were warm."
    document = replace(source(said), kind="exchange")
    pair = beside("In the valley 14% of homes were warm.", said, of=document)
    assert [is_doubt(why) for why in left_out(pair)] == [True]


def test_the_reason_shows_the_words() -> None:
    pair = beside("The heat pump saves money.", PUMP)
    assert reasons(left_out, pair) == [
        "leaves out “if the house is well insulated”, on which what its evidence says depends"
    ]
