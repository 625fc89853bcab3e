"""A word in another's place, which nothing in the other text could stand for."""

from __future__ import annotations

from models.translation_faults import likely
from pipelines.verification.strangers import strangers

EN = "Such a broad patent licence is likely untenable for most businesses."


def worst(fr: str) -> float:
    suspects = strangers(EN, fr)
    return max(likely("word", [one.features for one in suspects]), default=0.0)


def test_a_word_put_for_another_is_suspected_with_what_stands_in_its_place() -> None:
    suspects = strangers(
        EN, "Une licence d’égout aussi étendue est sans doute intenable pour la plupart des firmes."
    )
    assert ("patent", "égout") in {(one.written, one.instead) for one in suspects}


def test_what_the_words_mean_counts() -> None:
    other = "Une licence d’égout aussi étendue est sans doute intenable pour la plupart des firmes."
    same = other.replace("d’égout", "de brevet")
    assert worst(same) < worst(other)


def test_a_true_translation_has_no_strangers() -> None:
    assert strangers("The library closes at noon.", "La bibliothèque ferme à midi.") == ()
