"""The rewriting loop: gain decides, the check undoes, quotations stay, the target stops it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

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


# What is asked, and how often: a text is as hard as its words say


@pytest.fixture
def weights(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """How much each word adds to a text's grade, which is 7 without any."""
    known: dict[str, float] = {}

    def difficulty(text: str, language: Language) -> float:
        return 7.0 + sum(known.get(word, 0.0) for word in re.findall(r"\w+", text))

    monkeypatch.setattr("pipelines.rewrite.loop.difficulty", difficulty)
    return known


def asking(*refused: str) -> tuple[Callable[[str], bool], list[str]]:
    """A check that refuses what holds one of the words, and what it was asked."""
    asked: list[str] = []

    def accept(text: str) -> bool:
        asked.append(text)
        return not any(word in text for word in refused)

    return accept, asked


def removing(word: str) -> steps.Cleaning:
    """A cleaning step that takes a word away."""

    def step(text: str, context: Context) -> str:
        return text.replace(word, "")

    step.__name__ = f"remove_{word}"
    return step


def clean(monkeypatch: pytest.MonkeyPatch, *used: steps.Cleaning) -> None:
    named = {step.__name__: step for step in used}
    monkeypatch.setattr("pipelines.rewrite.loop.CLEANING", {"paper": named, "exchange": {}})


def test_the_target_itself_is_plain_enough(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    use(monkeypatch, replacing("old", "red"))
    weights["old"] = 1.0
    assert rewrite("An old bus.", PAPER, lambda text: True) == ("An old bus.", ())
    weights["old"] = 1.01
    assert rewrite("An old bus.", PAPER, lambda text: True)[0] == "An red bus."


def test_what_gains_most_is_made_first_and_nothing_past_the_target(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    use(monkeypatch, replacing("old", "red"), replacing("vast", "big"), replacing("wet", "dry"))
    weights |= {"old": 1.0, "vast": 3.0, "wet": 1.0, "dry": 0.5}
    accept, asked = asking()
    text, named = rewrite("An old bus in a vast and wet town.", PAPER, accept)
    assert (text, named) == (
        "An red bus in a big and wet town.",
        ("replace_vast", "replace_old"),
    )
    assert asked == [text]


def test_of_two_changes_in_one_place_the_better_is_made(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    weights |= {"old": 3.0, "bus": 2.0, "tram": 0.5, "red": 0.2}

    def both(parsed: Doc, context: Context) -> Iterable[Change]:
        place = parsed.text.index("old bus") if "old bus" in parsed.text else None
        return [] if place is None else [(Splice(place, place + 7, "tram"),)]

    use(monkeypatch, replacing("old", "red"), both, replacing("vast", "big"))
    assert rewrite("An old bus.", PAPER, lambda text: True) == ("An tram.", ("both",))
    # the one that loses its place stops none behind it
    weights |= {"vast": 2.0, "big": 1.9}
    text, named = rewrite("An old bus and a vast town.", PAPER, lambda text: True)
    assert (text, named) == ("An tram and a big town.", ("both", "replace_vast"))


@pytest.mark.parametrize(("grade", "made"), [(2.14, True), (2.16, False), (1.0, True)])
def test_a_change_may_cost_a_little(
    grade: float, made: bool, monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    use(monkeypatch, replacing("old", "aged"))
    weights |= {"old": 2.0, "aged": grade}
    assert rewrite("An old bus.", PAPER, lambda text: True)[0] == (
        "An aged bus." if made else "An old bus."
    )


def test_steps_are_asked_again_about_what_they_made_so_many_times(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    """Four rounds, and four more with the steps that leave something out."""
    numbers = [f"n{number}" for number in range(20)]
    use(
        monkeypatch, *(replacing(one, numbers[place + 1]) for place, one in enumerate(numbers[:-1]))
    )
    weights |= {one: 40.0 - place for place, one in enumerate(numbers)}
    assert rewrite("Bus n1 runs.", PAPER, lambda text: True)[0] == "Bus n9 runs."


def test_what_was_refused_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    use(monkeypatch, replacing("old", "new"), replacing("vast", "huge"), replacing("huge", "big"))
    weights |= {"old": 9.0, "vast": 9.0, "huge": 5.0, "big": 3.0}
    accept, asked = asking("new")
    text, named = rewrite("An old bus in a vast town.", PAPER, accept)
    assert (text, named) == ("An old bus in a big town.", ("replace_vast", "replace_huge"))
    assert asked == [
        "An new bus in a huge town.",  # all
        "An new bus in a vast town.",  # either half
        "An old bus in a huge town.",
        "An old bus in a big town.",  # the second round, without what was refused
        "An new bus in a big town.",  # once more, with the steps that leave something out
    ]


def test_a_step_is_asked_once_about_a_text(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    asked: list[str] = []

    def step(parsed: Doc, context: Context) -> Iterable[Change]:
        asked.append(parsed.text)
        return replacing("old", "red")(parsed, context)

    use(monkeypatch, step)
    weights |= {"old": 9.0, "red": 8.0}
    rewrite("An old bus.", PAPER, lambda text: True)
    assert asked == ["An old bus.", "An red bus."]


def test_the_half_that_passes_is_made(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    use(monkeypatch, *(replacing(f"b{n}", f"c{n}") for n in range(5)))
    weights |= {f"b{n}": 9.0 - n for n in range(5)}
    accept, asked = asking("c3")
    text, named = rewrite("B b0 b1 b2 b3 b4.", PAPER, accept)
    assert text == "B c0 c1 c2 b3 c4."
    assert named == ("replace_b0", "replace_b1", "replace_b2", "replace_b4")
    assert asked[:4] == [
        "B c0 c1 c2 c3 c4.",
        "B c0 c1 b2 b3 b4.",
        "B c0 c1 c2 c3 c4.",
        "B c0 c1 c2 b3 b4.",
    ]


def test_what_leaves_something_out_is_tried_beside_the_others(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    """A change that was refused by itself may pass beside what is left out."""
    use(monkeypatch, replacing("old", "red"))
    use(monkeypatch, replacing("vast", "big"), registry="SPLITTING")
    use(monkeypatch, replacing("wet", "dry"), registry="DROPPING")
    weights |= {"old": 9.0, "vast": 5.0, "wet": 3.0}
    text, named = rewrite("An old and vast and wet bus.", PAPER, lambda text: "dry" in text)
    assert text == "An red and big and dry bus."
    assert named == ("replace_old", "replace_vast", "replace_wet")
    one = replace(PAPER, one_sentence=True)
    text, named = rewrite("An old and vast and wet bus.", one, lambda text: "dry" in text)
    assert (text, named) == ("An red and vast and dry bus.", ("replace_old", "replace_wet"))


def test_a_step_that_changes_several_rounds_is_named_once(
    monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    def step(parsed: Doc, context: Context) -> Iterable[Change]:
        place = parsed.text.find("very ")
        return [(Splice(place, place + 5, ""),)] if place >= 0 else []

    use(monkeypatch, step)
    weights["very"] = 1.0
    text, named = rewrite("A very very very old bus.", PAPER, lambda text: True)
    assert (text, named) == ("A very old bus.", ("step",))


# Cleaning


def test_cleaning_steps_are_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    clean(monkeypatch, removing("So, "), removing("wet "), removing("green "))
    accept, asked = asking()
    assert rewrite("So, the wet bus ran.", PAPER, accept) == (
        "The bus ran.",
        ("remove_So, ", "remove_wet "),
    )
    assert asked == ["The bus ran."]


def test_cleaning_steps_are_tried_alone_where_they_fail_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clean(monkeypatch, removing("So, "), removing("wet "), removing("green "))
    wants_wet: Callable[[str], bool] = lambda text: "wet" in text  # noqa: E731
    assert rewrite("So, the wet bus ran.", PAPER, wants_wet) == (
        "The wet bus ran.",
        ("remove_So, ",),
    )
    refuse, asked = asking("bus")
    text = "So, the wet bus ran."
    assert rewrite(text, PAPER, refuse) == (text, ())
    assert asked == ["The bus ran.", "The wet bus ran.", "So, the bus ran."]


def test_nothing_is_asked_where_nothing_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    clean(monkeypatch, removing("green "))
    accept, asked = asking()
    text = "The  wet bus ran ."  # what no step changed isn't tidied
    assert rewrite(text, PAPER, accept) == (text, ())
    assert asked == []


def test_cleaning_leaves_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    clean(monkeypatch, removing("Um"), removing("wet"))
    assert rewrite("Um.", PAPER, lambda text: True) == ("Um.", ())
    assert rewrite("Um, wet.", PAPER, lambda text: True)[1] == ("remove_Um",)


def test_an_exchange_has_steps_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    clean(monkeypatch, removing("wet "))
    text = "The wet bus ran."
    assert rewrite(text, Context("en", "exchange"), lambda text: True) == (text, ())


# Quotations

HELD = [
    ("A “wet” and wet bus.", "A “wet” and dry bus."),
    ("A « wet » and wet bus.", "A « wet » and dry bus."),
    ('A "wet" and wet bus.', 'A "wet" and dry bus.'),
    ("A ‘wet’ and wet bus.", "A ‘wet’ and dry bus."),
    ("A ‘we don’t wet’ and wet bus.", "A ‘we don’t wet’ and dry bus."),
    ("A “wet” and “wet wet” and wet bus.", "A “wet” and “wet wet” and dry bus."),
    # a mark inside a word opens no quotation
    ("A bus‘s wet stop’ and wet road.", "A bus‘s dry stop’ and dry road."),
    # a mark that stands for a quotation already
    ("A \ue000 and “wet” and wet bus.", "A \ue000 and “wet” and dry bus."),
]
#: It begins or ends a quotation.
HALVES = [
    "A “wet bus.",
    "A wet” bus.",
    "A « wet bus.",
    "A wet » bus.",
    "A “wet « bus.",
    "A ” wet » bus.",
]


@pytest.mark.parametrize(("before", "after"), HELD)
def test_both_kinds_of_steps_leave_quotations_alone(
    before: str, after: str, monkeypatch: pytest.MonkeyPatch, weights: dict[str, float]
) -> None:
    def dry(text: str, context: Context) -> str:
        return text.replace("wet", "dry")

    clean(monkeypatch, dry)
    assert rewrite(before, PAPER, lambda text: True) == (after, ("dry",))
    clean(monkeypatch)
    use(monkeypatch, replacing("wet", "dry"))
    weights["wet"] = 9.0
    assert rewrite(before, PAPER, lambda text: True) == (after, ("replace_wet",))


@pytest.mark.parametrize("text", HALVES)
def test_half_a_quotation_is_left_alone(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clean(monkeypatch, removing("wet "))
    assert rewrite(text, PAPER, lambda text: True) == (text, ())


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
