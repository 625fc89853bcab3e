"""From joint to joint: which stretch of a text has nothing in the other."""

from __future__ import annotations

from pipelines.verification.aligned import aligned
from pipelines.verification.stretches import Side, numbers_of, stretches

EN = "Buses ran late in winter, when snow covered the roads, and tenants waited."
WHOLE = (
    "Les autobus étaient en retard l’hiver, quand la neige couvrait les rues, et les locataires "
    "attendaient."
)
CUT = "Les autobus étaient en retard l’hiver, et les locataires attendaient."


def sides(fr: str) -> tuple[Side, Side]:
    words = aligned(EN, fr)
    return Side("en", EN, words), Side("fr", fr, words)


def test_the_clause_that_was_taken_out_weighs_most() -> None:
    english, _ = sides(CUT)
    heaviest = stretches(english)[0]
    assert "snow covered the roads" in EN[heaviest.start : heaviest.end]


def test_a_whole_translation_has_no_such_stretch() -> None:
    english, french = sides(WHOLE)
    assert all(one.count < stretches(sides(CUT)[0])[0].count / 2
               for one in [*stretches(english), *stretches(french)])  # fmt: skip


def test_without_the_stretch_the_lengths_fit_better() -> None:
    english, french = sides(CUT)
    numbers = numbers_of(stretches(english)[0], english, french)
    assert numbers["longer_without"] < numbers["longer_with"]
    assert numbers["nearer_without"] > 0
    assert numbers["lacks_share"] > 0.5


def test_a_stretch_begins_and_ends_at_joints() -> None:
    english, _ = sides(CUT)
    for one in stretches(english):
        assert one.start == 0 or EN[one.start - 1] in " ,"
