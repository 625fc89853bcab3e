"""A stretch that was taken out leaves no room between what stood around it."""

from __future__ import annotations

from pipelines.verification.aligned import aligned
from pipelines.verification.gaps import room

EN = "Buses ran late in winter, when snow covered the roads, and tenants waited."


def around_snow(fr: str) -> dict[str, float]:
    words = aligned(EN, fr)
    places = [n for n, word in enumerate(words.en) if word.text in ("snow", "covered", "roads")]
    return room(places[0], places[-1], "en", words, {"en": EN, "fr": fr})


def test_a_clause_taken_out_lacks_its_own_length() -> None:
    gap = around_snow("Les autobus étaient en retard en hiver, et les locataires attendaient.")
    assert gap["gap_least"] > len("when snow covered") / 2
    assert gap["gap_filled"] < 0.5


def test_a_clause_told_in_other_words_has_its_room() -> None:
    gap = around_snow(
        "Les autobus étaient en retard en hiver, sous tout ce blanc qui tombait de haut, et les "
        "locataires attendaient."
    )
    assert gap["gap"] < 0
    assert gap["gap_unlike"] > 0


def test_an_abbreviation_may_be_short_for_a_stretch() -> None:
    texts = "We met the Standing Committee on Health in May.", "Nous avons vu le CPS en mai."
    words = aligned(*texts)
    places = [n for n, word in enumerate(words.en) if word.text in ("Standing", "Committee")]
    gap = room(places[0], places[-1], "en", words, {"en": texts[0], "fr": texts[1]})
    assert gap["gap_abbreviations"] == 1


def test_words_that_changed_places_leave_nothing_to_measure() -> None:
    en, fr = "Snow fell on towns.", "Sur les villes, la neige est tombée."
    words = aligned(en, fr)
    [fell] = [n for n, word in enumerate(words.en) if word.text == "fell"]
    assert room(fell, fell, "en", words, {"en": en, "fr": fr}) == {"crossed": 1.0}
