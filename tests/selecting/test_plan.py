"""What a brief tells of a paper, and under which name."""

from collections.abc import Sequence

import numpy as np
import pytest
from fixtures.texts import BENCHES, document, paper
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Passage
from pipelines.brief import AUDIENCES, Audience, Finding, Section, Sentence
from pipelines.reading.reading import Reading
from pipelines.selecting.coverage import SAME, most_telling, shares
from pipelines.selecting.findings import findings
from pipelines.selecting.plan import plan_paper


def planned(source: Document, audience: Audience = "staff") -> dict[Section, list[str]]:
    """The sentences that each section would tell."""
    reading = Reading(source)
    slots = plan_paper(reading, findings(reading), audience)
    return {
        slot.section: [source.text[one.start : one.end] for one in slot.candidates[: slot.most]]
        for slot in slots
    }


OTHERS = [
    "As observed in this study (Fig. 2), the authors reported fewer walks in winter.",
    "Recent evidence indicates that benches are associated with longer walks [7].",
    "Lind et al. found that walking rose by 40% where benches were added.",
    "In a previous study, we showed that walking fell by 9% after benches were removed.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_what_others_found_is_not_told_as_a_finding(text: str) -> None:
    source = paper(
        ("Results", "Residents with a bench nearby walked 3 times more often than the others."),
        ("Discussion", text),
    )
    told = planned(source)
    assert text not in told["findings"] + told["bottom_line"]


def test_limits_are_the_studys_own() -> None:
    source = paper(
        ("Results", "Residents with a bench nearby walked 3 times more often than the others."),
        (
            "Discussion",
            "This finding exemplifies how the effects of shade on walking cannot be generalized "
            "across seasons. Our survey could not measure walking at night, so we cannot rule "
            "out a difference there. Older benches cannot carry two people.",
        ),
    )
    assert planned(source)["limits"] == [
        "Our survey could not measure walking at night, so we cannot rule out a difference there."
    ]


def test_what_was_done_is_no_finding() -> None:
    source = paper(
        (
            "Results",
            "We therefore assessed the role of benches on the routes to shops. Walks were "
            "recorded with a camera on each of the routes. Residents with a bench nearby were "
            "more likely to walk than the others.",
        ),
    )
    told = planned(source)
    assert told["bottom_line"] + told["findings"] == [
        "Residents with a bench nearby were more likely to walk than the others."
    ]


def test_a_sentence_that_leans_on_the_one_before_gives_way() -> None:
    whole = [
        "Residents with a bench nearby were more likely to walk to shops.",
        "Falls were less common on routes with even pavement.",
        "Children on streets with slow traffic were more likely to cycle.",
        "Noise was lower in streets that were closed to trucks.",
        "Shops with a bench at the door were more likely to stay open.",
    ]
    leaning = "These effects were larger among residents who lived alone."
    told = planned(paper(("Results", " ".join([whole[0], leaning, *whole[1:]]))))
    assert leaning not in told["findings"] + told["bottom_line"]
    assert len(told["findings"]) == 4


def test_recommendations_come_before_other_thoughts_on_policy() -> None:
    asks = (
        "We recommend that councils place a bench every 200 m on routes to shops, clinics, "
        "libraries and bus stops, and that they ask older residents of every ward each spring "
        "which routes they take and where they would like to rest."
    )
    source = paper(
        ("Results", "Residents with a bench nearby were more likely to walk to shops."),
        ("Implications", f"Benches and walking go together in most of the towns. {asks}"),
    )
    assert planned(source)["implications"][0] == asks


def test_the_public_is_told_the_finding_without_statistics_first_and_staff_the_one_with() -> None:
    plain = "Residents with a bench nearby were more likely to walk to shops than the others."
    heavy = (
        "Residents with a bench nearby were 14% more likely to walk to shops, 12% to clinics and "
        "9% to libraries than the others."
    )
    source = paper(
        ("Abstract", "We found that shade was associated with rest."),
        ("Results", f"{heavy} {plain}"),
    )
    assert planned(source, "public")["findings"][0] == plain
    assert planned(source, "practitioner")["findings"][0] == heavy


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_audience_is_told_what_another_could_not_be(audience: Audience) -> None:
    reading = Reading(BENCHES)
    found = findings(reading)
    known = {one.sentence for one in found}
    slots = plan_paper(reading, found, audience)
    told = [one.sentence for slot in slots for one in slot.candidates[: slot.most]]
    assert set(told) <= known
    assert len(told) == len(set(told))


def test_elected_officials_read_fewer_sentences_than_staff() -> None:
    sentences = " ".join(
        f"Residents near {thing} were more likely to {do} than the others."
        for thing, do in [
            ("benches", "walk"),
            ("libraries", "read"),
            ("pools", "swim"),
            ("markets", "cook"),
            ("clinics", "see a nurse"),
            ("rinks", "skate"),
        ]
    )
    source = paper(("Results", sentences))
    assert len(planned(source, "elected")["findings"]) < len(planned(source)["findings"])


def _told(source: Document, vectors: Sequence[Sequence[float]]) -> tuple[Reading, list[Finding]]:
    rows = np.array(vectors, dtype=np.float32) + np.float32(1e-3)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    sentences = tuple(Sentence(n, n + 1, 1, "result") for n in range(len(rows)))
    found = [Finding(n, n, n + 1, "result", None, (), False, False, 0.5) for n in range(len(rows))]
    reading = Reading(source)
    vars(reading).update(sentences=sentences, _vectors=np.vstack([rows[:1], rows]))
    return reading, found


_VECTORS = st.lists(st.lists(st.floats(-1, 1, width=16), min_size=4, max_size=4), min_size=1)


@settings(max_examples=60, deadline=None)
@given(vectors=_VECTORS, most=st.integers(1, 6))
def test_nothing_is_told_twice_and_no_more_than_asked(
    vectors: list[list[float]], most: int
) -> None:
    reading, found = _told(BENCHES, vectors)
    assert reading.vectors is not None
    chosen = most_telling(found, lambda one: 0.1, found[:1], reading, most)
    assert len(chosen) <= most
    taken = [0, *(one.sentence for one in chosen)]
    near = reading.vectors[taken] @ reading.vectors[taken].T
    assert all(near[i, j] < SAME for i in range(len(taken)) for j in range(i))


def test_the_sentence_that_covers_most_of_the_rest_comes_first() -> None:
    reading, found = _told(BENCHES, [[1, 0, 0, 0], [1, 1, 1, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    chosen = most_telling(found, lambda one: 0.0, [], reading, 1)
    assert [one.sentence for one in chosen] == [1]


def test_what_each_sentence_stands_for_sums_to_the_whole_paper() -> None:
    reading = Reading(BENCHES)
    share = shares(reading)
    assert float(share.sum()) == pytest.approx(1.0)
    assert int(share.argmax()) == 0  # the abstract's one sentence


def test_a_french_paper_is_held_to_the_same_rules() -> None:
    own = "Les résidents qui ont un banc près de chez eux étaient plus susceptibles de marcher."
    source = document(
        [
            Passage(own, "paragraph", "Résultats"),
            Passage(
                "Nous avons mesuré la longueur de chaque trajet vers les commerces.",
                "paragraph",
                "Résultats",
            ),
            Passage(
                "Des études antérieures montrent que les bancs sont associés à la marche. "
                "Notre enquête ne permet pas de mesurer la marche de nuit. Les vieux bancs ne "
                "peuvent pas porter deux personnes.",
                "paragraph",
                "Discussion",
            ),
            Passage(
                "Nous recommandons que les villes placent un banc tous les 200 m.",
                "paragraph",
                "Recommandations",
            ),
        ],
        language="fr",
    )
    told = planned(source)
    assert told["bottom_line"] + told["findings"] == [own]
    assert told["limits"] == ["Notre enquête ne permet pas de mesurer la marche de nuit."]
    assert told["implications"] == [
        "Nous recommandons que les villes placent un banc tous les 200 m."
    ]
