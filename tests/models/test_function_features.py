"""The three views of a paper's sentences: what they hold, and in which shape."""

import numpy as np
import pytest
from fixtures.papers import (
    ADVICE,
    FRENCH_ADVICE,
    FRENCH_MAIN,
    LIMIT,
    MAIN,
    MORE,
    OTHERS,
    PROBLEM,
    WHOLE_BANCS,
    WHOLE_BENCHES,
)
from fixtures.texts import document
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import LANGUAGES, Language, Passage
from models.function_features import (
    NEAR,
    cues_of,
    forms,
    located,
    nearness,
    neighbourhood,
    own_words,
    words,
)
from models.roles_features import Features
from models.sentence_functions import WholePaper
from models.training.fit_functions import paper_of


@pytest.fixture(scope="module")
def papers() -> dict[Language, WholePaper]:
    return {"en": paper_of(WHOLE_BENCHES), "fr": paper_of(WHOLE_BANCS)}


def rows(paper: WholePaper) -> dict[str, Features]:
    """The forms of each sentence, near to nothing, by its text."""
    near = np.zeros((len(paper.sentences), len(NEAR)), dtype=np.float32)
    found = forms(paper.sentences, near, paper.language)
    return {one.doc.text: row for one, row in zip(paper.sentences, found, strict=True)}


def on(row: Features) -> set[str]:
    return {name for name, value in row.items() if value}


# words


def test_words_are_there_once_with_their_pairs_and_a_number_as_0() -> None:
    found = words("Walking rose by 12% and walking rose by 1,400 steps.")
    assert set(found) == {
        "walking", "rose", "by", "0", "%", "and", "steps",
        "walking rose", "rose by", "by 0", "0 %", "% and", "and walking", "0 steps",
    }  # fmt: skip


@given(st.text(max_size=80))
def test_long_and_short_sentences_weigh_the_same(text: str) -> None:
    found = words(text)
    assert len(set(found.values())) <= 1
    assert not found or sum(value**2 for value in found.values()) == pytest.approx(1.0)


def test_a_sentence_without_words_has_none() -> None:
    assert words("") == words("— … —") == {}


# vectors of neighbours


def test_each_row_holds_the_sentence_the_one_before_and_the_one_after() -> None:
    vectors = np.eye(3, dtype=np.float32)
    found = neighbourhood(vectors)
    assert found.shape == (3, 9)
    assert found.dtype == np.float32
    own, before, after = np.split(found, 3, axis=1)
    assert np.array_equal(own, vectors)
    assert not before[0].any()
    assert not after[2].any()
    assert np.array_equal(before[1:], np.float32(0.7) * vectors[:2])
    assert np.array_equal(after[:2], np.float32(0.7) * vectors[1:])


def test_no_neighbours_are_nothing() -> None:
    found = neighbourhood(np.ones((1, 4), dtype=np.float32))
    assert found.shape == (1, 12)
    assert not found[:, 4:].any()


# nearness


def test_a_sentence_is_near_to_its_twin_in_the_abstract_and_never_to_itself() -> None:
    vectors = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=np.float32)
    found = nearness(vectors, vectors[0], [True, True, False, False])
    assert found.shape == (4, len(NEAR))
    assert found.dtype == np.float32
    twin = dict(zip(NEAR, found.T, strict=True))["twin"]
    assert twin.tolist() == [0.0, 0.0, 1.0, 0.0]
    title = dict(zip(NEAR, found.T, strict=True))["title"]
    assert title.tolist() == [1.0, 0.0, 1.0, 0.0]


def test_without_an_abstract_there_is_no_twin() -> None:
    vectors = np.eye(3, dtype=np.float32)
    found = nearness(vectors, np.zeros(3, dtype=np.float32), [False] * 3)
    abstract, title, paper, twin = found.T
    assert not twin.any()
    assert not title.any()
    assert np.array_equal(abstract, paper)


def test_an_abstract_of_one_sentence_is_no_twin_of_its_own() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
    twin = nearness(vectors, vectors[0], [True, False])[:, NEAR.index("twin")]
    assert twin.tolist() == pytest.approx([-1.0, 0.6])


def test_an_empty_paper_is_near_to_nothing() -> None:
    none = np.zeros((0, 4), dtype=np.float32)
    assert nearness(none, np.zeros(4, dtype=np.float32), []).shape == (0, len(NEAR))
    for language in ("en", "fr"):
        assert forms([], np.zeros((0, len(NEAR)), dtype=np.float32), language) == []


# forms


def test_headings_and_place_are_told(papers: dict[Language, WholePaper]) -> None:
    found = rows(papers["en"])
    assert {"abstract", "outermost:None", "tenth:0"} <= on(found[PROBLEM])
    assert {"abstract", "abstract+heading:None"} <= on(found[MAIN])
    assert {"heading:result", "outermost:result", "digits"} <= on(found[MORE])
    assert not {"abstract", "abstract+heading:result"} & on(found[MORE])
    assert {"heading:conclusion", "section_end:0", "paragraph_end:0"} <= on(found[ADVICE])
    assert {"cites", "digits", "percent"} <= on(found[OTHERS])
    assert "display" in on(found["The characteristics of the sample are shown in Table 1."])


def test_places_run_from_the_first_sentence_to_the_last(
    papers: dict[Language, WholePaper],
) -> None:
    places = [row["place"] for row in rows(papers["en"]).values()]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0.0, 1.0)
    assert all(0 <= row["section"] <= 1 for row in rows(papers["en"]).values())


def test_a_sentence_knows_the_forms_of_those_around_it(papers: dict[Language, WholePaper]) -> None:
    texts = [one.doc.text for one in papers["en"].sentences]
    found = rows(papers["en"])
    at = texts.index(LIMIT)
    for step, side in ((-1, "before"), (1, "after")):
        shared = {
            name.removeprefix("form:"): value
            for name, value in found[texts[at + step]].items()
            if name.startswith(("form:cue:", "form:tense:", "form:person:", "form:root:"))
        }
        assert shared
        for name, value in shared.items():
            assert found[LIMIT][f"{side}:{name}"] == pytest.approx(value / 2)
    assert not any(name.startswith("before:") for name in found[texts[0]])
    assert not any(name.startswith("after:") for name in found[texts[-1]])


def test_both_languages_speak_of_the_same_forms(papers: dict[Language, WholePaper]) -> None:
    english, french = rows(papers["en"]), rows(papers["fr"])
    for one, other in ((MAIN, FRENCH_MAIN), (ADVICE, FRENCH_ADVICE)):
        own, twin = on(english[one]), on(french[other])
        assert len(own & twin) > 0.6 * min(len(own), len(twin))
    known = {name for row in english.values() for name in row}
    own = {name for row in french.values() for name in row}
    assert len(own & known) > 0.8 * len(own)


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "A limitation is that we did not measure diet.", {"limit", "left_out"}),
        ("fr", "Une limite est que nous n’avons pas mesuré le régime.", {"limit", "left_out"}),
        ("en", "Our findings may not be generalizable to other towns.", {"elsewhere"}),
        ("fr", "Nos résultats ne sont peut-être pas généralisables.", {"elsewhere"}),
        ("en", "Policymakers should fund shade.", {"advise", "whom_it_asks"}),
        ("fr", "Les villes devraient financer l’ombre.", {"advise", "whom_it_asks"}),
        ("en", "The street has trees.", set()),
    ],
)
def test_classes_of_words_in_full_text_are_told_in_both_languages(
    language: Language, text: str, said: set[str]
) -> None:
    found = own_words(text, language)
    assert {f"cue:{name}" for name in said} <= found.keys()
    assert said or not found


def test_both_languages_have_the_same_classes_and_each_compiles() -> None:
    classes = [set(cues_of(language)) for language in LANGUAGES]
    assert classes[0] == classes[1]


def test_a_raised_citation_cites() -> None:
    [shaded] = located(document([Passage("Shade cools the streets.12 13", "paragraph")]))
    [row] = forms([shaded], np.zeros((1, len(NEAR)), dtype=np.float32), "en")
    assert row["cites"] == 1.0


def test_nearness_is_told_in_the_order_of_its_names(papers: dict[Language, WholePaper]) -> None:
    paper = papers["en"]
    near = np.zeros((len(paper.sentences), len(NEAR)), dtype=np.float32)
    near[0] = (0.1, 0.2, 0.3, 0.4)
    row = forms(paper.sentences, near, "en")[0]
    told = [row[f"near:{name}"] for name in NEAR]
    assert told == pytest.approx([0.3, 0.6, 0.9, 1.2])
