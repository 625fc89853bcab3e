"""The bottom line: what may be left out of a sentence, which one is told, and why."""

import json
import lzma
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fixtures.texts import document, paper
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Language, Passage
from models import bottom_line_ranker as bottom_line
from models import encoder, roles_encoder
from models.bottom_line_cues import _table
from models.bottom_line_features import context_rows, role_rows
from models.bottom_line_ranker import ContextModels, Linear, Wording, load
from models.parsing import pipeline
from models.shortening import Form, forms, joined
from pipelines.reading.reading import Reading
from pipelines.selecting.bottom_lines import BottomLine, bottom_lines
from pipelines.selecting.findings import findings
from pipelines.suites import evaluate
from pipelines.suites.evaluate_tldr import abstract_only
from pipelines.suites.evaluate_tldr import bottom_line as told_first

MAKING = (
    "Counting trees from the street is slow and dear.",
    "In this paper, we propose CanopyScan, a method that counts street trees in photographs from "
    "the air.",
    "The method runs on an ordinary computer.",
    "In tests in four towns it found nearly all of the trees that people had counted.",
)
FINDING = (
    "Heat kills more people in cities each year.",
    "This study looked at tree cover and calls for an ambulance in Hamilton.",
    "We used records of 1,204 hot days between 2010 and 2020.",
    "Streets with more trees had 14% fewer calls for an ambulance on hot days than other streets.",
)


def shortened(text: str, language: Language = "en") -> dict[str, tuple[str, ...]]:
    return {form.text: form.dropped for form in forms(pipeline(language)(text), language)}


def ranked(sentences: Sequence[str], title: str | None = None) -> list[Wording]:
    nlp = pipeline("en")
    named = (nlp(title), encoder.encode([title])[0]) if title else None
    return bottom_line.rank(list(nlp.pipe(sentences)), encoder.encode(sentences), "en", named)


@pytest.mark.parametrize(
    ("text", "language", "short"),
    [
        (
            "In this paper, we propose a method that counts trees.",
            "en",
            "We propose a method that counts trees.",
        ),
        (
            "In this work we present a map of the benches.",
            "en",
            "We present a map of the benches.",
        ),
        (
            "To solve this problem, we propose a map of the benches.",
            "en",
            "We propose a map of the benches.",
        ),
        (
            "We propose a new map of heat islands (HeatMap) for small towns.",
            "en",
            "We propose a new map of heat islands for small towns.",
        ),
        (
            "Dans cet article, nous proposons une carte des arbres.",
            "fr",
            "Nous proposons une carte des arbres.",
        ),
    ],
)
def test_what_only_leads_in_or_explains_a_name_may_go(
    text: str, language: Language, short: str
) -> None:
    assert short in shortened(text, language)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Among women, walking rose in the second year.", "women"),
        ("In small towns, the benches helped older people to walk.", "small towns"),
        ("If the path is lit, people walk there at night.", "lit"),
        ("To reach this level, at least 40 trees are needed.", "To reach"),
        ("Walking rose in the towns (but not in winter).", "not in winter"),
        ("Walking rose in the towns (n = 14).", "14"),
        ("Walking rose in every town, although it fell in winter.", "fell in winter"),
        ("The benches helped people, but only in the towns with buses.", "only"),
        ("Trees cooled the streets and raised the cost of upkeep.", "cost"),
        ("Walking rose in the towns, rising by 12% in the first year.", "12%"),
    ],
)
def test_what_limits_or_counts_or_weighs_against_stays(text: str, limit: str) -> None:
    assert all(limit in short for short in shortened(text))


def test_the_first_form_is_the_sentence_itself() -> None:
    text = "Here, we propose a map (HeatMap) of heat islands, which anyone can read."
    first, *others = forms(pipeline("en")(text), "en")
    assert (first.text, first.dropped) == (text, ())
    assert others


@given(
    st.lists(
        st.sampled_from(
            (
                "(",
                ")",
                ",",
                ".",
                "we",
                "propose",
                "a",
                "map",
                "and",
                "show",
                "it",
                "not",
                "made",
                "14",
            )
        ),
        min_size=1,
        max_size=20,
    )
)
def test_shortening_only_takes_words_away(words: list[str]) -> None:
    text = " ".join(words)
    for form in forms(pipeline("en")(text), "en"):
        rest = iter(text.lower().replace(".", "").split())
        kept = form.text.lower().replace(".", "").split()
        assert all(word in rest for word in kept)
        if "not" in words:
            assert (
                form.text == text or "not" in kept or not form.dropped or "opening" in form.dropped
            )


@pytest.mark.parametrize(
    ("language", "text", "short"),
    [
        (
            "en",
            "Shade cooled the streets at noon, suggesting that trees may not be needed at night.",
            "Shade cooled the streets at noon.",
        ),
        (
            "fr",
            "L’ombre a rafraîchi les rues à midi, ce qui suggère que l’arbre n’aide pas la nuit.",
            "L’ombre a rafraîchi les rues à midi.",
        ),
    ],
)
def test_what_the_authors_make_of_it_may_go_with_its_own_caution(
    language: Language, text: str, short: str
) -> None:
    told = {form.text: form.dropped for form in forms(pipeline(language)(text), language)}
    assert told[short] == ("interpretation",)


def test_two_sentences_of_the_researchers_become_one() -> None:
    one = Form("We propose a map.", ("we", "propose", "a", "map"), ())
    two = Form("We also show its use.", ("we", "also", "show", "its", "use"), ())
    both = joined(one, two, "en")
    assert both is not None
    assert both.text == "We propose a map, and show its use."
    assert both.words == ("we", "propose", "a", "map", "and", "show", "its", "use")
    assert joined(one, Form("It shows heat.", ("it", "show", "heat"), ()), "en") is None


def test_of_a_paper_that_made_something_it_tells_what_was_made() -> None:
    best = ranked(MAKING, "Counting street trees from the air")[0]
    assert 1 in best.sentences
    assert "In this paper" not in best.text
    assert "CanopyScan" in best.text


def test_a_choice_names_the_features_that_made_it() -> None:
    best = ranked(MAKING)[0]
    heard = load("en").context
    assert heard is not None
    names = set(heard.wordings.weight)
    assert best.reasons
    assert {name for name, _ in best.reasons} <= names
    assert list(best.reasons) == sorted(best.reasons, key=lambda item: -item[1])


def test_the_same_abstract_is_always_ranked_alike() -> None:
    assert ranked(MAKING) == ranked(MAKING)


def test_no_sentences_give_no_bottom_line() -> None:
    assert bottom_line.rank([], np.zeros((0, 384), dtype=np.float32), "en") == []


def lines(made: Document) -> list[BottomLine]:
    reading = Reading(made)
    return bottom_lines(reading, findings(reading))


def test_of_a_paper_that_found_something_the_finding_is_told_not_the_aim() -> None:
    found = lines(abstract_only(FINDING, "Trees and heat"))
    assert "14% fewer calls" in found[0].text
    assert not any("looked at" in line.text for line in found)


def test_the_conclusion_under_its_heading_goes_before_what_was_made() -> None:
    made = paper(
        ("Abstract › Background", "We propose a new map of the benches in small towns."),
        ("Abstract › Results", "Residents with a bench nearby walked more often than others."),
        ("Abstract › Conclusions", "Benches were associated with more walking in small towns."),
    )
    assert all("propose" not in line.text for line in lines(made))


def test_a_french_abstract_has_its_bottom_line_too() -> None:
    made = document(
        [
            Passage("Des bancs pour marcher", "title"),
            Passage(
                "Peu de villes savent si les bancs aident les aînés. Nous avons interrogé 840 "
                "personnes en 2021. Les résultats montrent que les personnes qui vivent près d’un "
                "banc marchent plus souvent que les autres.",
                "paragraph",
                "Résumé",
            ),
        ],
        language="fr",
        title="Des bancs pour marcher",
    )
    assert "marchent plus souvent" in lines(made)[0].text


def test_a_paper_without_an_abstract_has_none_from_here() -> None:
    assert lines(paper(("Results", "Residents with a bench nearby walked more often."))) == []


def test_each_sentence_comes_in_one_wording() -> None:
    found = lines(abstract_only(MAKING))
    assert len({line.sentence for line in found}) == len(found)


def test_the_lists_hold_the_same_names_in_both_languages_and_no_entry_twice() -> None:
    english, french = _table()["en"], _table()["fr"]
    for group in ("cues", "shorten"):
        assert list(english[group]) == list(french[group])
        for entries in [*english[group].values(), *french[group].values()]:
            assert len(set(entries)) == len(entries) or isinstance(entries, str)


def test_the_suite_gives_rouge_in_per_cent(tmp_path: Path) -> None:
    file = tmp_path / "tldr.jsonl"
    target = told_first(abstract_only(MAKING))
    file.write_text(
        json.dumps({"source": MAKING, "target": ["Nothing alike.", target]}), encoding="utf-8"
    )
    assert evaluate("tldr", file) == {"rouge1": 100.0, "rouge2": 100.0, "rougeL": 100.0}


@pytest.mark.shared_data
def test_the_bottom_lines_of_twenty_abstracts_are_near_their_authors(
    shared_data: Path, tmp_path: Path
) -> None:
    with lzma.open(shared_data / "scitldr" / "dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        few = [next(lines) for _ in range(20)]
    (tmp_path / "few.jsonl").write_text("".join(few), encoding="utf-8")
    assert evaluate("tldr", tmp_path / "few.jsonl")["rouge1"] >= 36


def test_each_sentence_is_heard_in_its_context() -> None:
    reading = roles_encoder.read([MAKING])[0]
    roles, context = role_rows(reading), context_rows(reading)
    assert len(roles) == len(context) == len(MAKING)
    assert all(sum(row.values()) == pytest.approx(1, abs=1e-4) for row in roles)
    assert all(
        sum(row[name] for row in context) == pytest.approx(0, abs=1e-4) for name in context[0]
    )


def test_what_its_context_says_decides_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def only(name: str, weight: float) -> Linear:
        return Linear({name: 0.0}, {name: 1.0}, {name: weight})

    context = ContextModels(only("context_000", 1.0), only("role_result", 1.0))
    ranker = replace(load("en"), context=context)
    monkeypatch.setattr(bottom_line, "load", lambda language: ranker)
    results = [row["role_result"] for row in role_rows(roles_encoder.read([FINDING])[0])]
    first = ranked(FINDING)[0]
    assert first.sentences == (int(np.argmax(results)),)
    assert [name for name, _ in first.reasons] == ["role_result"]
