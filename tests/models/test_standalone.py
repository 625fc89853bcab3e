"""Whether a sentence of an exchange is understood by somebody who wasn't there."""

import numpy as np
import pytest

from corpus.document import Language
from models.parsing import parse
from models.standalone import standalone, standalone_features

PAIRS: list[tuple[Language, str, str]] = [
    (
        "en",
        "They will send it to us by the end of the month.",
        "The county will send the map of the wells to each town by the end of the month.",
    ),
    (
        "en",
        "That is what we did there, and it worked better than the other one.",
        "In Elmwood the library lent bicycles to pupils, and more of them came to school on time.",
    ),
    (
        "fr",
        "Ils vont nous l'envoyer d'ici la fin du mois.",
        "Le comté va envoyer la carte des puits à chaque ville d'ici la fin du mois.",
    ),
    (
        "fr",
        "Elle l'a fait aussi, et cela a mieux marché qu'avant.",
        "La bibliothèque de Belval prête des vélos aux élèves du port depuis trois ans.",
    ),
]


@pytest.mark.parametrize(("language", "leaning", "whole"), PAIRS)
def test_what_names_its_things_is_likelier_understood(
    language: Language, leaning: str, whole: str
) -> None:
    low, high = standalone([parse(leaning, language), parse(whole, language)])
    assert low < 0.3 < 0.5 < high


def test_a_word_that_points_counts_before_and_behind_the_first_noun_apart() -> None:
    before = standalone_features(parse("They closed the pool.", "en"))
    behind = standalone_features(parse("The town closed the pool before they came.", "en"))
    assert "before they" in before
    assert "behind they" in behind


def test_an_article_and_a_relative_pronoun_point_at_nothing() -> None:
    row = standalone_features(parse("La ville qui paie les bancs garde la cour.", "fr"))
    assert row["points nowhere"] == 1.0


def test_of_nothing_nothing_is_said() -> None:
    assert standalone([]).shape == (0,)
    assert standalone([parse("Yes.", "en")]).dtype == np.float64
