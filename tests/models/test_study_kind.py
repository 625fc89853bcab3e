"""The kind of a study, by its words and by what is spoken about."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import numpy as np
import pytest
from fixtures.texts import document

from corpus.document import LANGUAGES, Passage
from models import encoder
from models.function_features import located
from models.study_kind import KINDS, MARGIN, begins_with, both, judge, means

SHAPE = (1, len(KINDS))


def test_what_one_of_two_cannot_tell_the_other_decides() -> None:
    sure = np.full(SHAPE, 0.02)
    sure[0, 3] = 1 - 0.02 * (len(KINDS) - 1)
    unsure = np.full(SHAPE, 1 / len(KINDS))
    assert np.exp(both(np.log(sure), np.log(unsure))) == pytest.approx(sure)
    assert np.exp(both(np.log(sure), np.log(sure))).sum() == pytest.approx(1)


def test_where_there_is_no_abstract_and_no_methods_the_title_alone_speaks() -> None:
    paper = located(document([Passage("The wells of the valley are old.", "paragraph")]))
    vectors = encoder.encode(["Wells", *(one.doc.text for one in paper)])
    found = means(paper, vectors, "en")
    size = vectors.shape[1]
    assert found.shape == (3 * size,)
    assert np.linalg.norm(found[:size]) == pytest.approx(3.0, rel=0.01)
    assert not found[size:].any()


def test_a_field_study_with_a_laboratory_behind_it_is_one_of_the_field() -> None:
    passages = [
        Passage(
            "We sampled invertebrates at 24 sites along two rivers in three summers. Samples were "
            "sieved in the field and identified in the laboratory. Mayflies were three times as "
            "many above the weir as below it. Abundance fell with the temperature of the water.",
            "paragraph",
            section="Abstract",
        ),
        Passage(
            "Sites were chosen at random along 12 km of each river. At each site five kick "
            "samples were taken and water temperature was logged every hour. Specimens were "
            "preserved in ethanol and counted under a microscope in the laboratory.",
            "paragraph",
            section="Methods",
        ),
    ]
    paper = located(document(passages))
    title = "Mayflies above and below a weir"
    vectors = encoder.encode([title, *(one.doc.text for one in paper)])
    judged = judge(title, paper, vectors, "en")
    assert judged.kind == "field"
    assert judged.probability >= MARGIN


@pytest.mark.parametrize(
    ("cue", "letters"),
    [("focus groups?", "focus group"), ("randomi[sz]ed", "randomi"), ("(?:dis)?agreed", "")],
)
def test_a_cue_is_sought_where_its_first_letters_are(cue: str, letters: str) -> None:
    assert begins_with(cue) == letters


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cue_has_alternatives_outside_brackets(language: str) -> None:
    text = resources.files("models").joinpath("study_kind.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)[language]
    cues = [cue for kind in KINDS for key in ("names", "signs") for cue in table[kind][key]]
    assert not [cue for cue in cues if "|" in outside_groups(cue)]


def outside_groups(cue: str) -> str:
    """A pattern without its groups, one inside another too."""
    inner = re.sub(r"\([^()]*\)", "", cue)
    return cue if inner == cue else outside_groups(inner)
