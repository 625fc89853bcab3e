"""Examples, brackets and asides may go; what limits, counts, denies or compares stays."""

import pytest

from corpus.document import Language
from models.parsing import parse
from pipelines.rewrite.asides import drop_aside, drop_example
from pipelines.rewrite.changes import apply
from pipelines.rewrite.steps import Context, tidy


def without(text: str, language: Language = "en") -> str:
    """The text after both steps."""
    context = Context(language, "paper")
    for step in (drop_example, drop_aside):
        text = tidy(apply(text, step(parse(text, language), context)))
    return text


@pytest.mark.parametrize(
    ("language", "text", "shorter"),
    [
        ("en", "Trees cool the streets (and the squares) in summer.",
         "Trees cool the streets in summer."),
        ("en", "Cooling centres, a simple service, help older people.",
         "Cooling centres help older people."),
        ("en", "The town opened the library, which has fans and water.",
         "The town opened the library."),
        ("en", "Many events, such as heat waves and floods, strain the service.",
         "Many events strain the service."),
        ("fr", "Les arbres rafraîchissent les rues (et les places) en été.",
         "Les arbres rafraîchissent les rues en été."),
        ("fr", "La ville a ouvert la bibliothèque, qui offre de l’eau.",
         "La ville a ouvert la bibliothèque."),
    ],
)  # fmt: skip
def test_what_is_said_in_passing_goes(language: Language, text: str, shorter: str) -> None:
    assert without(text, language) == shorter


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The streets (but not the squares) got cooler."),
        ("en", "The residents (n = 840) walked more."),
        ("en", "They treated patients with (female) breast cancer."),
        ("en", "The town opened the library, which may help."),
        ("en", "Streets that have trees are cooler."),
        ("en", "Streets with trees (compared with squares) got cooler."),
        ("en", "The wild type (WT) grew, and WT plants flowered."),
        ("en", "The plan has two parts: (i) shade and (ii) water."),
        ("en", "The town, Estmere County, and two cities took part."),
        ("en", "Shade, a gift of the tree, helps its owner."),
        ("en", "We will compare the town with good examples, where appropriate."),
        ("en", "Calls fell with age (older people calling less often)."),
        ("en", "In the resulting graph, each point corresponds to a particular case of the model."),
        ("fr", "Les rues (mais pas les places) sont plus fraîches."),
        ("fr", "La ville a ouvert la bibliothèque, qui pourrait aider."),
        (
            "fr",
            "Les critères secondaires étaient le départ vers un centre d’hébergement, le sentiment "
            "de solitude et la qualité de vie.",
        ),
    ],
)
def test_what_limits_counts_denies_or_lists_stays(language: Language, text: str) -> None:
    assert without(text, language) == text
