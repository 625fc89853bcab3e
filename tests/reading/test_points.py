"""What an exchange yields: by cues in both languages, under roles, without small talk."""

import pytest
from fixtures.texts import exchange

from corpus.document import Language
from pipelines.reading.reading import Reading
from pipelines.selecting.points import point_kind, points

KINDS: list[tuple[Language, str, str | None]] = [
    ("en", "How many of the benches are used in winter by older people?", "question"),
    ("en", "We'll send the map of benches to every town by March 15.", "commitment"),
    ("en", "Council voted to place forty benches on the river path.", "decision"),
    ("en", "We tried folding benches at the bus stops near the clinic.", "innovation"),
    ("en", "The problem is that nobody has a budget for repairs.", "barrier"),
    ("en", "What made it possible was a grant from the province.", "enabler"),
    ("en", "I am not 100 per cent sure that everybody understood the question.", None),
    ("en", "We will look forward to seeing the members of the committee in May.", None),
    ("en", "The survey shows real gaps in the routes, and there is a need to—.", None),
    ("en", "You don't have to walk the whole path from the mill.", None),
    ("en", "The problem here is that it's about that, which falls to the town.", None),
    ("en", "One girl from the mill is a champion swimmer at ten.", None),
    ("en", "The bylaw passed as we had a champion on council.", "enabler"),
    ("en", "The survey shows that walking rose on routes with benches.", "evidence"),
    ("en", "The river path runs from the mill to the harbour.", None),
    ("fr", "Combien de bancs sont utilisés l'hiver par les personnes âgées?", "question"),
    ("fr", "On va vous envoyer la carte des bancs d'ici le 15 mars.", "commitment"),
    ("fr", "Le conseil a adopté l'ajout de quarante bancs au bord de l'eau.", "decision"),
    ("fr", "On a essayé des bancs pliants aux arrêts près de la clinique.", "innovation"),
    ("fr", "Le problème, c'est que personne a de budget pour réparer.", "barrier"),
    ("fr", "Grâce à une subvention, tous les bancs ont été réparés.", "enabler"),
    ("fr", "Les données montrent que la marche a augmenté près des bancs.", "evidence"),
    ("fr", "Le sentier va du moulin jusqu'au port.", None),
    ("fr", "La deuxième rue va être faite en 2026, c'est promis.", "commitment"),
    ("fr", "Je peux vous envoyer le fichier des bancs d'ici la fin avril.", "commitment"),
    ("fr", "On a pu le faire parce que la province en a payé 60 %.", None),
]


@pytest.mark.parametrize(("language", "text", "kind"), KINDS)
def test_cues_tell_the_kind_of_point(language: Language, text: str, kind: str | None) -> None:
    assert point_kind(text, language) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Can everyone hear me now, or should I start again?",
        "Thank you, and over to you for the next question.",
        "It worked because of that, and they said so too.",
        "Yes, we will.",
    ],
)
def test_talk_that_keeps_the_meeting_going_is_not_told(text: str) -> None:
    document = exchange(("Ann", text))
    assert points(Reading(document)) == ()


def test_what_a_speaker_takes_back_at_once_is_not_told() -> None:
    document = exchange(
        ("Ann", "We measured a drop of 31% on the river path. Sorry, no, it was 12% on the path.")
    )
    told = [document.text[p.start : p.end] for p in points(Reading(document))]
    assert "We measured a drop of 31% on the river path." not in told


def test_a_point_has_its_speakers_role_and_time() -> None:
    document = exchange(
        ("Chair", "Good morning to all of you."),
        ("Bo Lind (councillor)", "We'll send the map of benches to every town by March 15."),
    )
    (point,) = points(Reading(document))
    assert (point.kind, point.speaker_role, point.timecode) == ("commitment", "elected", 10.0)
