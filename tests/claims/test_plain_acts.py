"""What the plain form of a short sentence performs, where an exchange has few of them."""

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.brief import PointKind
from pipelines.claims.plain_acts import only_why, plain_act, points_at_talk

SHOWN: list[tuple[Language, PointKind, str]] = [
    ("en", "commitment", "The county will pay for the ramps."),
    ("en", "commitment", "So Ida Fell will also bring the permit to the fishers."),
    ("en", "commitment", "I can send you the list of wells next week."),
    ("en", "commitment", "i am going to bring the bill to the board by monday"),
    ("en", "decision", "Motion carried."),
    ("en", "decision", "We agreed that the pool will open in May."),
    ("en", "barrier", "The biggest obstacle is that nobody clears the ice."),
    ("en", "barrier", "We do not have enough welders on the island."),
    ("en", "question", "Who trains them?"),
    ("en", "evidence", "Four hundred homes lost power, according to the utility's report."),
    ("en", "innovation", "we tried a night run for nurses and it cut missed shifts by half"),
    ("en", "recommendation", "Towns ought to record the pipe each time they dig."),
    ("fr", "recommendation", "Les communes devraient noter le matériau à chaque chantier."),
    ("fr", "commitment", "La Ville va le payer."),
    ("fr", "commitment", "Je vous reviens là-dessus la semaine prochaine."),
    ("fr", "decision", "On s'est entendus pour que la piscine ouvre en mai."),
    ("fr", "barrier", "Le principal frein, c'est qu'on n'a pas assez de soudeurs."),
    ("fr", "barrier", "Nous n'avons pas assez d'inspecteurs dans le nord."),
    ("fr", "question", "Qui va déneiger le quai?"),
    ("fr", "evidence", "Selon le ministère, 400 maisons ont été inondées."),
    ("fr", "innovation", "on en a construit deux avec de vieux bidons et ça a bien marché"),
]
NOT_SHOWN: list[tuple[Language, str]] = [
    ("en", "On the next slide I will walk you through the plans of other towns."),
    ("en", "We have not agreed on the price of the ferry."),
    ("en", "I will not send the list of the wells."),
    ("en", "Nobody has tried a night ferry here."),
    ("en", "Most of us agree that noise isn't a problem in the old town."),
    ("en", "All in favour?"),
    ("en", "You should see the crowd on Sundays."),
    ("en", "It should be fine by then."),
    ("en", "It will rain tomorrow."),
    ("en", "We have two things to settle tonight."),
    ("en", "We moved to closed bins in August and the calls stopped."),
    ("fr", "On ne s'est pas entendus sur le prix du quai."),
    ("fr", "Je suis candidate à la mairie."),
    ("fr", "Qui est pour?"),
    ("fr", "On va voir les politiques adoptées ailleurs."),
]


@pytest.mark.parametrize(("language", "kind", "text"), SHOWN)
def test_a_plain_form_shows_what_is_done(language: Language, kind: PointKind, text: str) -> None:
    assert plain_act(parse(text, language)) == kind


@pytest.mark.parametrize(("language", "text"), NOT_SHOWN)
def test_what_is_denied_or_only_leads_on_shows_nothing(language: Language, text: str) -> None:
    assert plain_act(parse(text, language)) is None


@pytest.mark.parametrize(
    ("language", "text", "points"),
    [
        ("en", "that is the question everybody asks at the store", True),
        ("en", "The question is who pays.", False),
        ("fr", "c'est la question que les gens nous posent", True),
    ],
)
def test_what_only_says_what_was_said_points_at_talk(
    language: Language, text: str, points: bool
) -> None:
    assert points_at_talk(parse(text, language)) is points


@pytest.mark.parametrize(
    ("language", "text", "hangs"),
    [
        ("en", "Because the bus stops at six.", True),
        ("en", "Because the bus stops at six, nurses walk home.", False),
        ("fr", "Parce que l'autobus s'arrête à six heures.", True),
        ("fr", "L'autobus s'arrête à six heures parce qu'il gèle.", False),
    ],
)
def test_a_reason_alone_hangs_on_what_came_before(
    language: Language, text: str, hangs: bool
) -> None:
    assert only_why(parse(text, language)) is hangs
