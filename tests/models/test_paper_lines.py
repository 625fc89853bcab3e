"""How a sentence of a paper would do as a line: understood alone, worth its place."""

import numpy as np
import pytest

from models.paper_lines import understood, understood_features, worth, worth_features
from models.parsing import parse
from models.sentence_functions import FUNCTIONS

TITLE = "Shaded benches and walking among older people"
NAMED = "Older people near shaded benches walked 20 minutes more each day than others."
FINDS = {"finding": 0.9, "key_finding": 0.8, "main_finding": 0.6}


def does(*sentences: dict[str, float]) -> np.ndarray:
    """What each sentence does, all else being unlikely."""
    return np.array([[own.get(name, 0.02) for name in FUNCTIONS] for own in sentences])


@pytest.mark.parametrize(
    "leaning",
    [
        "These differed between the two groups in both of the models.",
        "They had higher SPPB and TUG scores than the other group.",
        "This was also the case for the latter.",
    ],
)
def test_what_names_its_things_is_likelier_understood(leaning: str) -> None:
    docs = [parse(NAMED, "en"), parse(leaning, "en")]
    whole, pointing = understood(docs, does(FINDS, FINDS), TITLE)
    assert whole > 0.5 > pointing


def test_a_short_form_that_the_brief_writes_out_costs_nothing() -> None:
    docs = [parse("Older people with higher SPPB scores used shaded benches more.", "en")]
    bare = understood(docs, does(FINDS), TITLE)
    explained = understood(docs, does(FINDS), TITLE, ["SPPB"])
    assert explained > bare
    row = understood_features(docs, does(FINDS), TITLE, ["SPPB"])[0]
    assert row["any unexplained"] == 0.0


@pytest.mark.parametrize("text", ["The BMI of men rose.", "Use of shade (UOS) rose; UOS fell."])
def test_what_everybody_knows_or_the_sentence_writes_out_is_explained(text: str) -> None:
    assert understood_features([parse(text, "en")], does({}), TITLE)[0]["unexplained"] == 0.0


def test_a_key_finding_is_likelier_printed_than_a_minor_one_or_a_method() -> None:
    main, minor, method = worth(does(FINDS, {"finding": 0.5}, {"sample": 0.4}))
    assert main > minor > method


def test_a_sentence_is_held_against_the_rest_of_its_paper() -> None:
    alone = worth(does({"finding": 0.6}, {}, {}))[0]
    beside_better = worth(does({"finding": 0.6}, FINDS, FINDS))[0]
    assert alone != beside_better
    assert worth_features(does({}, {}))[0].keys() == worth_features(does({}))[0].keys()
