"""What is said takes back the act that its words name: it is then not told as that act."""

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.brief import PointKind
from pipelines.claims.acts import denied, hindered, unable

TAKEN_BACK: list[tuple[Language, PointKind, str]] = [
    ("en", "decision", "We have not agreed on the place of the new benches."),
    ("en", "decision", "The motion was not carried by the council."),
    ("en", "decision", "If the council approves the plan, the path opens in May."),
    ("en", "commitment", "I will not share the map of the wells with the province."),
    ("en", "innovation", "Nobody has tried folding benches in the valley."),
    ("en", "barrier", "We do not have a big problem with the benches."),
    ("fr", "decision", "Nous n’avons pas adopté le budget des bancs."),
    ("fr", "commitment", "Je n’enverrai pas la carte des puits à la province."),
    ("fr", "innovation", "Personne n’a essayé de bancs pliants dans la vallée."),
]
DONE: list[tuple[Language, PointKind, str]] = [
    ("en", "decision", "The council approved the plan, six to one."),
    ("en", "decision", "The motion passed unanimously."),
    ("en", "commitment", "I will share the map of the wells by Friday."),
    ("en", "barrier", "The problem is that we do not have enough staff."),
    ("en", "innovation", "We built one from old ship containers."),
    ("fr", "decision", "Le règlement est adopté à l’unanimité."),
    ("fr", "commitment", "J’enverrai la carte des puits d’ici vendredi."),
    ("fr", "commitment", "Je ne fermerai qu’une seule des écoles."),
]
UNABLE: list[tuple[Language, str]] = [
    ("en", "We can't clear the sidewalks before noon."),
    ("en", "We don't have enough staff for Saturdays."),
    ("en", "The camp lacks beds."),
    ("en", "We are not able to share the list."),
    ("en", "We struggle to reach tenants."),
    ("fr", "Nous ne pouvons pas déneiger les trottoirs avant midi."),
    ("fr", "On n'a pas les moyens de réparer les toits cette année."),
    ("fr", "La ville n’arrive pas à recruter des chauffeurs."),
    ("fr", "Nous n’avons aucun budget pour les terrasses."),
    ("fr", "Nous manquons de lits depuis octobre."),
    ("fr", "On va avoir de la misère à trouver un local."),
    ("fr", "Il nous est impossible de partager la liste."),
]
ABLE: list[tuple[Language, str]] = [
    ("en", "We will clear the sidewalks before noon."),
    ("en", "We don't have a big problem with the noise."),
    ("en", "You can't say that."),
    ("en", "Can't we clear the sidewalks?"),
    ("fr", "Nous allons réparer les toits cette année."),
    ("fr", "Nous n’avons pas de problème avec le bruit."),
    ("fr", "Vous ne pouvez pas dire cela."),
    ("fr", "Nous pouvons ouvrir le samedi."),
]


@pytest.mark.parametrize(("language", "kind", "text"), TAKEN_BACK)
def test_an_act_taken_back_is_none(language: Language, kind: PointKind, text: str) -> None:
    assert denied(parse(text, language), kind)


@pytest.mark.parametrize(("language", "kind", "text"), DONE)
def test_an_act_stands(language: Language, kind: PointKind, text: str) -> None:
    assert denied(parse(text, language), kind) is None


@pytest.mark.parametrize(("language", "text"), UNABLE)
def test_who_cannot_or_lacks_takes_nothing_on(language: Language, text: str) -> None:
    assert unable(parse(text, language))
    assert denied(parse(text, language), "commitment")


@pytest.mark.parametrize(("language", "text"), ABLE)
def test_who_can_or_speaks_of_another_lacks_nothing(language: Language, text: str) -> None:
    assert unable(parse(text, language)) is None


@pytest.mark.parametrize(
    ("language", "text", "hinders"),
    [
        ("en", "We can't open the pool without lifeguards.", True),
        ("en", "I can't promise to lend our loggers this year.", False),
        ("en", "We cannot guarantee that.", False),
        ("fr", "Nous ne pouvons pas ouvrir sans sauveteurs.", True),
        ("fr", "Je ne peux rien promettre pour cette année.", False),
    ],
)
def test_who_cannot_promise_hinders_nothing(language: Language, text: str, hinders: bool) -> None:
    assert hindered(parse(text, language)) is hinders
