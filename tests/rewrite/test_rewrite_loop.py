"""The rewriting loop: gain decides, the check undoes, quotations stay, the target stops it."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from corpus.document import Language
from pipelines.language.splices import Change, Splice
from pipelines.rewrite import steps
from pipelines.rewrite.changes import apply, overlap
from pipelines.rewrite.loop import rewrite
from pipelines.rewrite.steps import Context
from pipelines.scoring.difficulty import difficulty

PAPER = Context("en", "paper")
HARD = (
    "Municipal administrations utilize approximately seventeen environmental sustainability "
    "indicators, and neighbourhood associations utilize considerably fewer."
)


def replacing(word: str, plain: str) -> steps.Plainer:
    """A plainer step that proposes ``plain`` for every ``word``, each by itself."""

    def step(parsed: Doc, context: Context) -> Iterable[Change]:
        for token in parsed:
            if token.text == word:
                yield (Splice(token.idx, token.idx + len(word), plain),)

    step.__name__ = f"replace_{word}"
    return step


@pytest.fixture(autouse=True)
def _only_these_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    for registry in ("PLAINER", "SPLITTING", "DROPPING"):
        monkeypatch.setattr(f"pipelines.rewrite.loop.{registry}", {})
    monkeypatch.setattr("pipelines.rewrite.loop.CLEANING", {"paper": {}, "exchange": {}})


def use(monkeypatch: pytest.MonkeyPatch, *used: steps.Plainer, registry: str = "PLAINER") -> None:
    named = {step.__name__: step for step in used}
    monkeypatch.setattr(f"pipelines.rewrite.loop.{registry}", named)


def test_every_change_that_passes_is_made_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replacing("utilize", "use"), replacing("approximately", "about"))
    text, named = rewrite(HARD, PAPER, lambda text: True)
    assert text.count("use") == 2
    assert "about seventeen" in text
    assert set(named) == {"replace_utilize", "replace_approximately"}


def test_a_refused_change_is_undone_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replacing("utilize", "use"), replacing("approximately", "exactly"))
    text, named = rewrite(HARD, PAPER, lambda text: "exactly" not in text)
    assert "approximately seventeen" in text
    assert "utilize" not in text
    assert named == ("replace_utilize",)


def test_nothing_is_changed_where_everything_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replacing("utilize", "use"))
    assert rewrite(HARD, PAPER, lambda text: False) == (HARD, ())


def test_a_plain_sentence_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replacing("big", "large"), replacing("town", "city"))
    plain = "The big town has more trees."
    assert rewrite(plain, PAPER, lambda text: True) == (plain, ())


def test_steps_stop_at_the_target(monkeypatch: pytest.MonkeyPatch) -> None:
    """What gains most is made first; what is no longer needed isn't."""
    sentence = "Administrators utilize sustainability indicators, and towns use fewer big rules."
    use(monkeypatch, replacing("Administrators", "Towns"), replacing("sustainability", "care"),
        replacing("indicators", "signs"), replacing("big", "bad"))  # fmt: skip
    text, _ = rewrite(sentence, PAPER, lambda text: True)
    assert difficulty(text, "en") <= 8
    assert "care" in text
    assert "big rules" in text


def test_a_change_that_makes_the_text_harder_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replacing("fewer", "a considerably diminished multiplicity"))
    assert rewrite(HARD, PAPER, lambda text: True) == (HARD, ())


def test_no_step_sees_inside_a_quotation(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replacing("utilize", "use"))
    quoting = HARD.replace("administrations utilize", "administrations “utilize”")
    text, _ = rewrite(quoting, PAPER, lambda text: True)
    assert "“utilize”" in text
    assert "associations use" in text


def test_a_bottom_line_is_never_split(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replacing(",", "."), registry="SPLITTING")
    assert rewrite(HARD, PAPER, lambda text: True)[1] == ("replace_,",)
    one = Context("en", "paper", one_sentence=True)
    assert rewrite(HARD, one, lambda text: True) == (HARD, ())


def test_what_leaves_something_out_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = "Town administrators use approximately five considerably large regulations."
    use(monkeypatch, replacing("administrators", "staff"), replacing("approximately", "about"),
        replacing("regulations", "rules"))  # fmt: skip
    use(monkeypatch, replacing("considerably", ""), registry="DROPPING")
    assert "considerably" in rewrite(sentence, PAPER, lambda text: True)[0]
    assert "considerably" not in rewrite(sentence, PAPER, lambda text: "regulations" in text)[0]


@pytest.mark.parametrize(
    ("language", "plain", "hard"),
    [
        ("en", "Trees cool the street.", "Arboreal vegetation ameliorates thermal conditions."),
        ("fr", "Les arbres rafraîchissent la rue.",
         "La végétation arborescente améliore considérablement les conditions thermiques."),
    ],
)  # fmt: skip
def test_difficulty_orders_wordings_in_both_languages(
    language: Language, plain: str, hard: str
) -> None:
    assert difficulty(plain, language) < difficulty(hard, language)


def test_two_short_sentences_are_easier_than_one_long() -> None:
    one = "Calls rose by 17% in the north and they fell by 4% in the south of the town."
    two = "Calls rose by 17% in the north. They fell by 4% in the south of the town."
    assert difficulty(two, "en") < difficulty(one, "en")


def test_a_decimal_ends_no_sentence() -> None:
    assert difficulty("Calls rose by 0.5 degrees.", "en") == difficulty(
        "Calls rose by 05 degrees.", "en"
    )


@given(st.text("ab .", max_size=30), st.data())
def test_changes_that_do_not_overlap_can_be_applied_in_any_order(
    text: str, data: st.DataObject
) -> None:
    places = st.integers(0, len(text))
    changes: list[Change] = []
    for new in data.draw(st.lists(st.text("xy", max_size=3), max_size=4)):
        start, end = sorted((data.draw(places), data.draw(places)))
        change = (Splice(start, end, new),)
        if not any(overlap(change, other) for other in changes):
            changes.append(change)
    assert apply(text, changes) == apply(text, reversed(changes))
