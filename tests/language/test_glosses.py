"""A French sentence word by word in English, for models that know English alone."""

import pytest

from models.parsing import parse
from pipelines.language.glosses import gloss


@pytest.mark.parametrize(
    ("french", "english"),
    [
        (
            "Une limite de cette étude est la petite taille de l’échantillon.",
            "a limitation of this study is the small size of the sample.",
        ),
        (
            "Les municipalités devraient planter des arbres.",
            "the municipality should plant of the tree.",
        ),
        (
            "Nous n’avons pas mesuré 12 rues.",
            "we have not measure 12 street.",
        ),
    ],
)
def test_each_word_is_put_in_its_likeliest_english_word(french: str, english: str) -> None:
    assert gloss(parse(french, "fr")) == english


def test_what_is_not_known_stays_as_it_is() -> None:
    assert gloss(parse("Zwirbel mesure 3 kg.", "fr")).startswith("Zwirbel ")


def test_a_condition_is_no_duty() -> None:
    told, held_back = (parse(text, "fr") for text in ("Elle peut aider.", "Elle pourrait aider."))
    assert (gloss(told), gloss(held_back)) == ("it can help.", "it could help.")
