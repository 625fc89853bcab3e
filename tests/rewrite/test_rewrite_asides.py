"""Examples, brackets and asides may go; what limits, counts, denies or compares stays."""

import pytest

from corpus.document import Kind, Language
from models.parsing import parse
from pipelines.rewrite.asides import drop_aside, drop_example
from pipelines.rewrite.changes import apply
from pipelines.rewrite.steps import Context, tidy


def without(text: str, language: Language = "en", kind: Kind = "paper") -> str:
    """The text after both steps."""
    context = Context(language, kind)
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
        # examples: in the middle, at the end, by other words
        ("en", "The town has many trees, such as oaks and elms.", "The town has many trees."),
        ("en", "The trees, such as oaks and elms, grow.", "The trees grow."),
        ("en", "Many trees, including oaks and elms, grow here.", "Many trees grow here."),
        ("en", "Many trees, for example oaks and elms, grow here.", "Many trees grow here."),
        ("fr", "La ville a des arbres, comme des ormes et des chênes.",
         "La ville a des arbres."),
        # brackets before each mark that may follow them
        ("en", "Trees cool the streets (and the squares).", "Trees cool the streets."),
        ("en", "Trees cool the streets (and the squares), and people walk.",
         "Trees cool the streets, and people walk."),
        ("en", "Trees cool the streets (and the squares); people walk.",
         "Trees cool the streets; people walk."),
        # a word of several letters numbers nothing; one that the text has only as part of a longer
        # one, or that is no abbreviation, isn't used
        ("en", "The town has trees (ivy) and lawns here.", "The town has trees and lawns here."),
        ("en", "The town has trees (elm) and the elms of it.",
         "The town has trees and the elms of it."),
        ("en", "The town has trees (elm oak) and elm oak trees.",
         "The town has trees and elm oak trees."),
        ("en", "The town has trees (elmoaktreesof) and elmoaktreesof it.",
         "The town has trees and elmoaktreesof it."),
        # behind another sentence, or behind an aside that stays
        ("en", "It is May. The pool, a gift, is old.", "It is May. The pool is old."),
        ("en", "It is May. The trees, such as oaks and elms, grow.", "It is May. The trees grow."),
        ("en", "The town, with the bus, has many trees, such as oaks and elms.",
         "The town, with the bus, has many trees."),
        ("en", "The street(s) of the town (and the squares) are old.",
         "The street(s) of the town are old."),
        ("en", "The pool, gift of the mayor, has trees, which are old.",
         "The pool, gift of the mayor, has trees."),
        # appositions and relative clauses
        ("en", "The pool, a gift, is old.", "The pool is old."),
        ("en", "The town has a pool, a gift.", "The town has a pool."),
        ("en", "The pool of the town, which is old, is blue.", "The pool of the town is blue."),
        ("en", "The pool of the town, which the mayor gave, and the park are old.",
         "The pool of the town and the park are old."),
        ("fr", "La piscine de la ville, un don du maire, est vieille.",
         "La piscine de la ville est vieille."),
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
        # examples: no comma before or after them, one thing before them, a number, a caution, a
        # denial, a quotation, a sign, more items of a list
        ("en", "The town has many trees such as oaks and elms."),
        ("en", "The town has many trees, such as oaks and elms!"),
        ("en", "The town has many trees, such as oaks and elms and likes them."),
        ("en", "Trees, such as oaks and elms, grow."),
        ("en", "The town has many trees, such as oaks and 20 elms."),
        ("en", "The town has many trees, such as oaks that may be old."),
        ("en", "The town has many trees, such as oaks but no elms."),
        ("en", "The town has many trees, such as \ue000 and elms."),
        ("en", "The town has many trees, such as oaks = elms."),
        ("en", "Many trees, such as oaks and elms, lawns of the north, grow."),
        ("en", "The town has many trees, oaks and elms."),
        ("en", "The town likes many trees, including."),
        ("en", "It is May. Trees, such as oaks and elms, grow."),
        # brackets: part of a word, no mark behind, at the beginning
        ("en", "Trees cool the street(s) in summer."),
        ("en", "Trees cool the streets (and squares)like water."),
        ("en", "Trees cool the streets (and squares)? Yes."),
        ("en", "(Some of it) rose here."),
        # a figure, a numbering, an abbreviation, a choice
        ("en", "The town has 2 (small) of it."),
        ("en", "Trees need water (a) and light (b)."),
        ("en", "The town has trees (x) and lawns here."),
        ("en", "The town has trees (vi) and lawns here."),
        ("en", "The town has trees (el) and the el of it."),
        ("en", "The town has trees (elmoaktreeso) and elmoaktreeso it."),
        ("en", "Trees need water (and/or light) in summer."),
        ("en", "Trees need water (perhaps wine) in summer."),
        ("en", "Trees need water (\ue000) in summer."),
        # an aside: no article, a clause or a list of its own, no comma, taken up
        ("en", "The pool, gift of the mayor, is old."),
        ("en", "The pool of the town, a gift of the mayor it has, is old."),
        ("en", "The pool of the town, a gift, park of the north, is blue."),
        ("en", "The pool of the town that the mayor gave is old."),
        ("en", "The bus to the town, which people like is old."),
        ("en", "The pool of the town, which the mayor gave, has its roof."),
        ("en", "The pool of the town, which may be old, is blue."),
        ("en", "The town opened the library, which has 20 fans."),
        ("en", "The town opened the library, which has fans and water!"),
        ("en", "The town opened the library, which people like, and the pool."),
        ("en", "The pool, a gift of \ue000, is old."),
        ("en", "Pool, the gift of the mayor, is old."),
        # whom it is said of; what tells two amounts apart; what was counted
        ("en", "They took two drugs (for infected people) at the start."),
        ("en", "Stop at 4 weeks (bare metal) or 1 year (coated) before surgery."),
        ("en", "Two of the parts of sleep (depth and length) got better in both groups."),
        ("fr", "Ils prenaient deux médicaments (chez les personnes infectées) au début."),
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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The town opened the library, which has fans and water."),
        ("en", "Cooling centres, a simple service, help older people."),
        ("en", "We shut everything, including the pool."),
        ("fr", "Douze pour cent des foyers, qui avaient un puits, ont payé."),
        ("fr", "La ville a des arbres, comme des ormes et des chênes."),
        ("fr", "On arrête tout, y compris les bus du soir, y compris le tram."),
    ],
)
def test_in_speech_commas_set_nothing_apart(language: Language, text: str) -> None:
    assert without(text, language, "exchange") == text


def test_in_speech_an_example_that_says_so_and_a_bracket_go() -> None:
    said = "Many events, such as heat waves and floods, strain the service (and the staff)."
    assert without(said, "en", "exchange") == "Many events strain the service."


@pytest.mark.parametrize(
    "text",
    [
        "La ville ne considère pas le parc, comme une dépense.",
        "La ville a des arbres, comme des ormes, comme des chênes.",
    ],
)
def test_what_something_is_seen_as_and_a_row_are_no_examples(text: str) -> None:
    assert without(text, "fr") == text
