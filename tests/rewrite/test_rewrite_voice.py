"""From passive to active: the same claim, who does it first."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import pytest
from rewording import each

from corpus.document import Language
from pipelines.language.lexicon import pairs
from pipelines.rewrite.voice import passive_to_active

TOLD: list[tuple[Language, str, str]] = [
    ("en", "The number of visits was reduced by the new program in 2015.",
           "The new program reduced the number of visits in 2015."),
    ("en", "They were driven by us.", "We drove them."),
    ("en", "Costs may be increased by higher prices.", "Higher prices may increase costs."),
    ("en", "The city has been strongly supported by the province.",
           "The province has strongly supported the city."),
    ("en", "The shelters are funded by the province.", "The province funds the shelters."),
    # one who does it, or several
    ("en", "Pools are damaged by the storm.", "The storm damages pools."),
    ("en", "Pools are damaged by storms.", "Storms damage pools."),
    ("en", "Pools are funded by the city and the province.",
           "The city and the province fund pools."),
    # what stands before the subject stays
    ("en", "In 2015, the pool was funded by the city.", "In 2015, the city funded the pool."),
    ("en", "The town said that the pool was funded by the city.",
           "The town said that the city funded the pool."),
    ("en", "The town grew, and the pool was funded by the city.",
           "The town grew, and the city funded the pool."),
    ("en", "The town grew because the pool was funded by the city.",
           "The town grew because the city funded the pool."),
    # a name keeps its capital, a first word doesn't
    ("en", "DNA was altered by the city.", "The city altered DNA."),
    # six words
    ("en", "The pool of the old town was funded by the city.",
           "The city funded the pool of the old town."),
    ("en", "The pool was funded by the mayor of the old town.",
           "The mayor of the old town funded the pool."),
    # pronouns
    ("en", "It was funded by the city.", "The city funded it."),
    ("en", "This was funded by the city.", "The city funded this."),
    ("en", "The pool was funded by him.", "He funded the pool."),
    # two words are no bare noun, several things aren't either
    ("en", "The pool was damaged by summer heat.", "Summer heat damaged the pool."),
    ("en", "The pool was damaged by storms.", "Storms damaged the pool."),
    ("en", "They were funded by Rivebelle.", "Rivebelle funded them."),
    # what may follow
    ("en", "The pool was funded by the city", "The city funded the pool"),
    ("en", "The pool was funded by the city!", "The city funded the pool!"),
    ("en", "The pool was funded by the city; it grew.", "The city funded the pool; it grew."),
    ("en", "The pool was funded by the city, and it grew.",
           "The city funded the pool, and it grew."),
    ("en", "The pool was funded by the city because it grew.",
           "The city funded the pool because it grew."),
    ("en", "The pool was approved by the city, and the park closed.",
           "The city approved the pool, and the park closed."),
    ("en", "The pool was always fully funded by the city.", "The city always fully funded the pool."),
    ("fr", "La mortalité a été réduite par le programme de prévention.",
           "Le programme de prévention a réduit la mortalité."),
    ("fr", "Les coûts ont été fortement influencés par les prix; ils ont monté.",
           "Les prix ont fortement influencé les coûts; ils ont monté."),
    ("fr", "Le projet a été financé par la Ville en 2015.", "La Ville a financé le projet en 2015."),
    ("fr", "Le projet du vieux quartier a été financé par la Ville.",
           "La Ville a financé le projet du vieux quartier."),
    ("fr", "Le projet a été financé par la Ville et la province.",
           "La Ville et la province ont financé le projet."),
]  # fmt: skip
KEPT: list[tuple[Language, str]] = [
    # an amount, a time, a means, a bare noun
    ("en", "The costs were reduced by 12% in two years."),
    ("en", "The costs were reduced by 2030."),
    ("en", "The costs were reduced by closing two pools."),
    ("en", "The heat was measured by a sensor on the roof."),
    ("en", "The pools were funded by two towns."),
    ("en", "The pool was damaged by the end of May."),
    ("en", "The pool was damaged by heat."),
    ("fr", "Les coûts ont été réduits de 12 % par année."),
    ("fr", "La chaleur a été mesurée par un capteur sur le toit."),
    ("fr", "Le projet a été bloqué par an."),
    # negated, or of a word that holds for all of it
    ("en", "The costs were not reduced by the new program."),
    ("en", "No pool was funded by the city."),
    ("en", "Each pool was funded by the city."),
    ("en", "Only the pool was funded by the city."),
    ("en", "In May only the pool was funded by the city."),
    ("fr", "Les coûts n’ont pas été réduits par le programme."),
    ("fr", "Chaque projet a été financé par la Ville."),
    # a relative, a participle, a shared subject, a second object
    ("en", "The pool that was funded by the province closed."),
    ("en", "The pool funded by the city grew."),
    ("en", "Funded by the city, the pool grew."),
    ("en", "The costs were reduced by the program and raised by the tax."),
    ("en", "The pool was approved by the city and opened in May."),
    ("en", "The pool was chosen by the city to open late."),
    ("en", "The mayor was given a pool by the city."),
    # seven words
    ("en", "The old pool of the old town was funded by the city."),
    ("en", "The pool was funded by the old mayor of the old town."),
    # brackets, quotations, percentages
    ("en", "The pool (of the town) was funded by the city."),
    ("en", "The pool was funded by the city (of Estmere)."),
    ("en", "The town (its pool was funded by the city) grew."),
    ("en", "The \ue000 pool was funded by the city."),
    ("en", "The pool was funded by the \ue000 city."),
    ("en", "About 5% of the pools was funded by the city."),
    # a clause or a second thing inside what would move
    ("en", "The pool that we built was funded by the city."),
    ("en", "The pool built in May was funded by the city."),
    ("en", "The pool and the park were funded by the city."),
    ("en", "The pool was damaged by a storm that came in May."),
    ("en", "The pool was damaged by a storm coming from the north."),
    # pronouns that stay where they are
    ("en", "Some were funded by the city."),
    ("en", "The pool was damaged by this."),
    ("en", "The pool was funded by him and her."),
    ("fr", "Il a été financé par la Ville."),
    ("fr", "Le projet a été financé par elle."),
    # what follows may belong to who does it
    ("en", "The pool was funded by the city in May."),
    ("en", "The pool was funded by the city last year."),
    ("en", "The pool was changed by the city en 2015."),
    # something between
    ("en", "The pool was funded in May by the city."),
    ("en", "The pool, however, was funded by the city."),
    ("en", "The pool was, in May, funded by the city."),
    ("en", "Was the pool funded by the city?"),
    ("en", "By the city the pool was funded."),
    ("fr", "Le projet a été financé avec soin par la Ville."),
    # two who do it, none, another tense
    ("en", "The pool was funded by the city by the quay."),
    ("en", "The pool was funded by."),
    ("en", "The pool was funded with the city."),
    ("en", "The pool may have been funded by the city."),
    ("fr", "Le projet est financé par la Ville."),
    # a verb that is in no list
    ("en", "The pool was measured by the city."),
]


@pytest.mark.parametrize(("language", "text", "wanted"), TOLD)
def test_a_short_passive_with_its_agent_is_told_in_the_active(
    language: Language, text: str, wanted: str
) -> None:
    assert each(text, language, passive_to_active) == [wanted]


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_amounts_means_negations_and_shared_subjects_stay_passive(
    language: Language, text: str
) -> None:
    assert each(text, language, passive_to_active) == []


def test_each_passive_of_a_text_is_told_by_itself() -> None:
    text = "The pool is old. The park was funded by the city. It was changed by the town."
    assert each(text, "en", passive_to_active) == [
        "The pool is old. The city funded the park. It was changed by the town.",
        "The pool is old. The park was funded by the city. The town changed it.",
    ]


def test_every_participle_is_listed_once_and_with_all_its_forms() -> None:
    assert all(pairs("participles", "en").values())
    assert pairs("participles", "en")["driven"] == "drove"
