"""What is said takes back the act that its words name: it is then not told as that act."""

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.brief import PointKind
from pipelines.claims.acts import denied

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
]


@pytest.mark.parametrize(("language", "kind", "text"), TAKEN_BACK)
def test_an_act_taken_back_is_none(language: Language, kind: PointKind, text: str) -> None:
    assert denied(parse(text, language), kind)


@pytest.mark.parametrize(("language", "kind", "text"), DONE)
def test_an_act_stands(language: Language, kind: PointKind, text: str) -> None:
    assert denied(parse(text, language), kind) is None
