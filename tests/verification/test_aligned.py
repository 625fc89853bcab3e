"""Which word of a text goes with which of its translation."""

from __future__ import annotations

from pipelines.verification.aligned import Aligned, aligned
from pipelines.verification.completeness import parts
from pipelines.verification.wordings import hedges, negations, turns


def together(found: Aligned) -> set[tuple[str, str]]:
    return {(found.en[n].text, found.fr[m].text) for n, m, _ in found.pairs}


def test_words_go_with_their_counterparts_in_whatever_order() -> None:
    found = aligned(
        "Poor air quality affects older residents.",
        "La mauvaise qualité de l’air touche les résidents âgés.",
    )
    assert {("older", "âgés"), ("residents", "résidents"), ("Poor", "mauvaise")} <= together(found)
    assert found.alone("en") == found.alone("fr") == []


def test_one_word_is_the_counterpart_of_one_only() -> None:
    found = aligned("The city helps the city council.", "La ville aide.")
    assert len([pair for pair in together(found) if pair[1] == "ville"]) == 1


def test_of_two_counterparts_the_one_beside_its_neighbours_is_taken() -> None:
    found = aligned(
        "New rules help tenants; old rules help owners.",
        "De nouvelles règles aident les locataires; d’anciennes règles aident les propriétaires.",
    )
    rules = [(n, m) for n, m, _ in found.pairs if found.en[n].text == "rules"]
    assert rules == sorted(rules)
    assert [m for _, m in rules] == sorted(m for _, m in rules)


def test_what_is_told_freely_isnt_lost_and_what_is_lost_has_nothing_in_its_place() -> None:
    free = aligned("It pays off for tenants.", "Les locataires y gagnent.")
    assert free.alone("en") == []
    lost = aligned("Rents fell and buses ran on time in winter.", "Les loyers ont baissé.")
    assert {lost.en[n].text for n in lost.alone("en")} >= {"buses", "winter"}


def test_a_stretch_that_only_one_text_has_is_suspected_of_being_lost() -> None:
    suspects = parts(
        "Rents fell by 2019, because the city built more homes near the river.",
        "Les loyers ont baissé en 2019.",
    )
    most = next(one for one in suspects if one.language == "en")
    assert "river" in most.written


def test_the_words_of_a_phrase_are_told_by_its_counterpart() -> None:
    found = aligned("They implement the plan.", "Elles mettent en œuvre le plan.")
    assert found.alone_at_first("fr") == []


def test_both_forms_of_a_doublet_are_told_by_one_word() -> None:
    found = aligned("Canadians pay.", "Les Canadiens et les Canadiennes paient.")
    assert found.alone_at_first("fr") == []


def test_a_caution_beside_its_verb_isnt_that_of_another_verb() -> None:
    kept, lost = (
        next(one for one in hedges("Shade may cut falls, and residents can rest.", fr)
             if one.written == "may").features
        for fr in (
            "L’ombre peut réduire les chutes, et les résidents peuvent se reposer.",
            "L’ombre réduit les chutes, et les résidents peuvent se reposer.",
        )
    )  # fmt: skip
    assert kept["near"] < lost["near"]


def test_what_is_only_possible_is_no_caution() -> None:
    assert hedges("Take the fastest route possible.", "Prenez la route la plus rapide.") == ()
    assert hedges("It is likely to fall.", "Cela va baisser.") != ()


def test_what_is_so_no_more_has_one_denial() -> None:
    suspects = negations("They don't tell you where anymore.", "Ils ne vous disent plus où.")
    assert not any(one.certain for one in suspects)


def test_what_stands_beside_a_turned_word_is_looked_at() -> None:
    (more, *_) = turns("The city became a more open place.", "La ville est devenue moins ouverte.")
    assert more.features["behind_other"] < more.features["behind_same"]
