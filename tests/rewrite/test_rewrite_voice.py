"""From passive to active: the same claim, who does it first."""

from __future__ import annotations

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.language.lexicon import pairs
from pipelines.rewrite.changes import apply
from pipelines.rewrite.steps import Context
from pipelines.rewrite.voice import passive_to_active


def _active(text: str, language: Language) -> list[str]:
    changes = passive_to_active(parse(text, language), Context(language, "paper"))
    return [apply(text, [change]) for change in changes]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "The number of visits was reduced by the new program in 2015.",
            "The new program reduced the number of visits in 2015.",
        ),
        ("en", "They were driven by us.", "We drove them."),
        (
            "en",
            "Costs may be increased by higher prices.",
            "Higher prices may increase costs.",
        ),
        (
            "en",
            "The city has been strongly supported by the province.",
            "The province has strongly supported the city.",
        ),
        ("en", "The shelters are funded by the province.", "The province funds the shelters."),
        (
            "fr",
            "La mortalité a été réduite par le programme de prévention.",
            "Le programme de prévention a réduit la mortalité.",
        ),
        (
            "fr",
            "Les coûts ont été fortement influencés par les prix; ils ont monté.",
            "Les prix ont fortement influencé les coûts; ils ont monté.",
        ),
        (
            "fr",
            "Le projet a été financé par la Ville en 2015.",
            "La Ville a financé le projet en 2015.",
        ),
    ],
)
def test_a_short_passive_with_its_agent_is_told_in_the_active(
    language: Language, text: str, wanted: str
) -> None:
    assert _active(text, language) == [wanted]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The costs were reduced by 12% in two years."),
        ("en", "The costs were reduced by 2030."),
        ("en", "The costs were reduced by closing two pools."),
        ("en", "The heat was measured by a sensor on the roof."),
        ("en", "The costs were not reduced by the new program."),
        ("en", "The pool that was funded by the province closed."),
        ("en", "The costs were reduced by the program and raised by the tax."),
        ("fr", "Les coûts ont été réduits de 12 % par année."),
        ("fr", "Les coûts n’ont pas été réduits par le programme."),
        ("fr", "La chaleur a été mesurée par un capteur sur le toit."),
    ],
)
def test_amounts_means_negations_and_shared_subjects_stay_passive(
    language: Language, text: str
) -> None:
    assert _active(text, language) == []


def test_every_participle_is_listed_once_and_with_all_its_forms() -> None:
    assert all(pairs("participles", "en").values())
    assert pairs("participles", "en")["driven"] == "drove"
