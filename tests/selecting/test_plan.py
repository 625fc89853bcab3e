"""What a brief tells of a paper, and under which name."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from fixtures import papers
from fixtures.papers import WHOLE_BANCS, WHOLE_BENCHES, standin, with_more
from fixtures.texts import BENCHES, document, paper
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Language, Passage
from models.study_kind import Judged, Kind
from pipelines.brief import AUDIENCES, Audience, Finding, Section, Sentence
from pipelines.reading.reading import Reading
from pipelines.selecting.audiences import suits
from pipelines.selecting.coverage import SAME, most_telling, say_the_same, shares
from pipelines.selecting.findings import findings
from pipelines.selecting.instructions import Instructions
from pipelines.selecting.plan import Slot, plan_paper, repeats
from pipelines.selecting.weights import LIKELY

WHOLE: dict[Language, Document] = {"en": WHOLE_BENCHES, "fr": WHOLE_BANCS}


@cache
def reading_of(language: Language) -> Reading:
    return Reading(WHOLE[language])


def slots_of(reading: Reading, audience: Audience = "staff") -> tuple[Slot[Finding], ...]:
    return plan_paper(reading, findings(reading), audience)


def planned(
    source: Document | Reading, audience: Audience = "staff", spare: bool = False
) -> dict[Section, list[str]]:
    """The sentences that each section would tell, or those too that stand by."""
    reading = source if isinstance(source, Reading) else Reading(source)
    text = reading.document.text
    return {
        slot.section: [
            text[one.start : one.end] for one in slot.candidates[: None if spare else slot.most]
        ]
        for slot in slots_of(reading, audience)
    }


def of_kind(reading: Reading, kind: Kind) -> Reading:
    """The same reading, of a study of this kind."""
    vars(reading).update(kind=Judged(kind, 0.9, ()))
    return reading


# what may be told as whose


@pytest.mark.parametrize(
    "text",
    [
        "As observed in this study (Fig. 2), the authors reported fewer walks in winter.",
        "Recent evidence indicates that benches are associated with longer walks [7].",
        papers.OTHERS,
        papers.BEFORE,
    ],
)
def test_what_others_found_is_not_told_as_a_finding(text: str) -> None:
    known = text in (papers.OTHERS, papers.BEFORE)  # they stand in the paper
    source = WHOLE_BENCHES if known else with_more("Discussion", text)
    for audience in AUDIENCES:
        told = planned(source, audience, spare=True)
        assert text not in told["findings"] + told["bottom_line"]


def test_what_others_found_is_not_told_however_likely_it_is() -> None:
    source = paper(("Results", papers.MORE), ("Discussion", f"{papers.OTHERS} {papers.BEFORE}"))
    sure = {papers.OTHERS: 0.99, papers.BEFORE: 0.99, papers.MORE: 0.7}
    likely = standin(source, finding=sure, main_finding=sure, key_finding=sure)
    told = planned(likely, spare=True)
    assert told["bottom_line"] + told["findings"] == [papers.MORE]


def test_a_number_that_only_the_discussion_has_is_another_study_s() -> None:
    ours = "The rate of falls was 19.2% in the shaded towns."
    theirs = "The rate of falls was 14% after thirty days in Rivebelle."
    again = "Most of the 19% who fell were older than eighty and lived alone."
    source = paper(("Results", ours), ("Discussion", f"{theirs} {again}"))
    sure = dict.fromkeys((ours, theirs, again), 0.9)
    told = planned(standin(source, finding=sure, main_finding=sure, key_finding=sure), spare=True)
    assert theirs not in told["bottom_line"] + told["findings"]
    assert again in told["bottom_line"] + told["findings"]


def test_a_finding_is_told_beside_what_is_set_against_it() -> None:
    falls = "Falls were rarer near shaded benches in every town of the region."
    other = "However, broken arms were more frequent among those who sat there."
    more = [f"Walks to {place} were longer in the towns with benches." for place in
            ("shops", "clinics", "parks", "schools", "libraries", "markets", "pools")]  # fmt: skip
    source = paper(("Results", f"{falls} {other}"), *(("Results", one) for one in more))
    sure = {falls: 0.95, other: 0.5, **dict.fromkeys(more, 0.9)}
    main = {more[0]: 0.95, falls: 0.0}
    told = planned(standin(source, main_finding=main, finding=sure, key_finding=sure))["findings"]
    assert falls in told
    assert told.index(other) == told.index(falls) + 1


@pytest.mark.parametrize(
    "text",
    [
        "We provide the first comparison of walks in towns with and without benches.",
        "Our findings have important implications for the planning of walks.",
        "The aim of this study was to count walks to benches.",
        "We would predict that benches lengthen walks.",
        "It was predicted that residents with benches would walk further.",
        "Study 2 involved counting the walks of residents in winter.",
        "Many practitioners claim that benches lengthen the walks of everybody.",
        "Two things lengthen walks: on the one hand the number of benches.",
        "More frequent walks for all the residents of the four towns.",
        "Have not walked to a bench in the year before, or who have no bench nearby.",
        "No study has looked at the walks of older people in towns with benches.",
        "Of the residents with a bench 40 of 50 (58%) walked to the shops each day.",
    ],
)
def test_what_only_announces_is_not_told_however_likely_it_is(text: str) -> None:
    source = paper(("Results", papers.MORE), ("Discussion", text))
    sure = {text: 0.99, papers.MORE: 0.7}
    likely = standin(source, finding=sure, main_finding=sure, key_finding=sure)
    told = planned(likely, spare=True)
    assert told["bottom_line"] + told["findings"] == [papers.MORE]


def test_advice_is_told_as_advice_though_it_is_a_finding_too() -> None:
    advice = "Towns should place a bench at every stop so that residents walk further."
    source = paper(("Results", papers.MORE), ("Discussion", advice))
    likely = standin(
        source,
        main_finding={papers.MORE: 0.9},
        finding={papers.MORE: 0.9, advice: 0.8},
        key_finding={papers.MORE: 0.9, advice: 0.8},
        recommendation={advice: 0.7},
    )
    told = planned(likely)
    assert told["implications"] == [advice]
    assert advice not in told["findings"]


def test_what_says_the_same_as_a_finding_is_told_where_it_advises() -> None:
    advice = "Residents walk further where a bench is placed, and towns should place them."
    finding = "Residents walk further where a bench is placed by the towns."
    source = paper(("Results", finding), ("Discussion", advice))
    for likely, told in ((0.7, True), (0.3, False)):
        reading = standin(source, main_finding={finding: 0.9}, recommendation={advice: likely})
        found = {reading.text(one.sentence): one for one in findings(reading)}
        before = [found[finding]]
        assert repeats(reading, "implications", found[advice], before) is not told
        assert repeats(reading, "findings", found[advice], before)


def test_a_bottom_line_leaves_the_only_advice_to_its_own_section() -> None:
    advice = "Towns should place a bench at every stop so that residents walk further."
    source = paper(("Results", papers.MORE), ("Discussion", advice))
    main = {advice: 0.9, papers.MORE: 0.6}
    told = planned(standin(source, main_finding=main, recommendation={advice: 0.7}))
    assert told["bottom_line"] == [papers.MORE]
    assert told["implications"] == [advice]
    main = {advice: 0.9, papers.MORE: 0.1}  # hardly a finding
    told = planned(standin(source, main_finding=main, recommendation={advice: 0.7}))
    assert told["bottom_line"] == [advice]


@pytest.mark.parametrize(
    "text",
    [
        "Shade over every bench is needed, as towns further south have shown [7].",
        "The College of Planners recommends shade over every bench in a town.",
    ],
)
def test_advice_of_others_is_told_by_guidance_alone(text: str) -> None:
    source = paper(("Results", papers.MORE), ("Discussion", text))
    kinds: tuple[tuple[Kind, list[str]], ...] = (("cohort", []), ("guidance", [text]))
    for kind, told in kinds:
        likely = standin(source, main_finding={papers.MORE: 0.9}, recommendation={text: 0.8})
        assert planned(of_kind(likely, kind))["implications"] == told


def test_what_a_study_says_before_it_begins_is_no_advice_of_its_own() -> None:
    text = "Towns should place a bench at every stop so that residents walk further."
    for section, told in (("Discussion", [text]), ("Introduction", [])):
        source = paper(("Results", papers.MORE), (section, text))
        likely = standin(source, main_finding={papers.MORE: 0.9}, recommendation={text: 0.8})
        assert planned(of_kind(likely, "cohort"))["implications"] == told


def test_advice_is_told_though_it_is_likelier_to_call_for_research_by_a_little() -> None:
    text = "Careful counts of walkers are needed wherever a town places its benches."
    source = paper(("Results", papers.MORE), ("Discussion", text))
    for needed, told in ((0.6, [text]), (0.9, [])):
        likely = standin(
            source,
            main_finding={papers.MORE: 0.9},
            recommendation={text: 0.5},
            research_need={text: needed},
        )
        assert planned(likely)["implications"] == told


def test_a_finding_that_hardly_advises_is_no_advice() -> None:
    text = "Residents may walk further where the town has placed more benches."
    source = paper(("Results", papers.MORE), ("Discussion", text))
    for found, told in ((0.1, [text]), (0.8, [])):
        likely = standin(
            source, main_finding={papers.MORE: 0.9}, recommendation={text: 0.3},
            finding={text: found},
        )  # fmt: skip
        assert planned(likely)["implications"] == told


def test_words_of_advice_count_though_it_is_likelier_to_call_for_research() -> None:
    text = "Since falls remain, we advocate a bench with a back at every stop."
    source = paper(("Results", papers.MORE), ("Discussion", text))
    likely = standin(
        source, main_finding={papers.MORE: 0.9}, recommendation={text: 0.3},
        research_need={text: 0.5},
    )  # fmt: skip
    assert planned(likely)["implications"] == [text]


def test_whom_an_argument_is_about_stands_where_it_says_what_it_will_argue() -> None:
    text = "In this paper, we discuss the benches of small towns in the north of Estmere."
    source = paper(("Abstract", text), ("Discussion", papers.MORE))
    kinds: tuple[tuple[Kind, list[str]], ...] = (("cohort", []), ("guidance", [text]))
    for kind, told in kinds:
        likely = standin(source, main_finding={papers.MORE: 0.9}, sample={text: 0.5})
        assert planned(of_kind(likely, kind))["applies_to"] == told


def test_what_the_authors_hope_may_advise_and_is_never_found() -> None:
    text = "We hope that towns will place a bench at every stop for older residents."
    source = paper(("Results", papers.MORE), ("Discussion", text))
    likely = standin(
        source, finding={papers.MORE: 0.9, text: 0.9}, recommendation={text: 0.6}, limit={text: 0.5}
    )
    told = planned(likely, spare=True)
    assert told["implications"] == [text]
    assert text not in [*told["bottom_line"], *told["findings"], *told["limits"]]


@pytest.mark.parametrize(
    "text",
    [
        "For example, the counters missed those who walked at night in winter.",
        "Most studies of benches were small, and few of them had counted at night [7].",
        "However, there are few studies of benches in the north at present.",
    ],
)
def test_an_example_and_a_limit_of_other_work_are_no_limits(text: str) -> None:
    source = paper(("Results", papers.MORE), ("Discussion", f"{papers.LIMIT} {text}"))
    likely = standin(source, main_finding={papers.MORE: 0.9}, limit={papers.LIMIT: 0.6, text: 0.65})
    assert planned(likely)["limits"] == [papers.LIMIT]


def test_what_says_the_same_stands_by_for_a_bottom_line_that_cannot_be_told() -> None:
    long = papers.MORE.removesuffix(".") + ", as counters in every one of the streets showed."
    source = paper(("Results", f"{papers.MORE} {long} {papers.WINTER}"))
    likely = standin(source, main_finding={papers.MORE: 0.9, long: 0.8, papers.WINTER: 0.2})
    assert planned(likely, spare=True)["bottom_line"][:2] == [papers.MORE, long]


def test_this_is_a_study_leans_on_nothing() -> None:
    limit = "This is only a single-town study of one summer."
    source = paper(("Results", papers.MORE), ("Discussion", limit))
    told = planned(standin(source, limit={limit: 0.8}, main_finding={papers.MORE: 0.9}))
    assert told["limits"] == [limit]


def test_limits_are_the_studys_own() -> None:
    others = (
        "This finding exemplifies how the effects of shade on walking cannot be generalized "
        "across seasons.",
        "Older benches cannot carry two people.",
    )
    told = planned(with_more("Discussion", " ".join(others)))
    assert set(told["limits"]) == {papers.LIMIT, papers.SECOND_LIMIT}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_done_is_no_finding(language: Language) -> None:
    done = {
        "en": ("We surveyed", "Residents were drawn", "We left out", "Each resident told",
               "We mapped", "We used logistic", "The characteristics of the sample"),
        "fr": ("Nous avons interrogé", "Les personnes ont été tirées", "Nous avons mesuré"),
    }  # fmt: skip
    for audience in AUDIENCES:
        told = planned(reading_of(language), audience)
        for text in told["bottom_line"] + told["findings"]:
            assert not text.startswith(done[language])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_section_tells_what_the_paper_says_of_it(audience: Audience) -> None:
    told = planned(reading_of("en"), audience)
    assert set(told["limits"]) <= {papers.LIMIT, papers.SECOND_LIMIT}
    assert set(told["implications"]) <= {papers.ADVICE, papers.EARLY_ADVICE}
    assert told["applies_to"][0] == papers.SAMPLE
    assert all(told[section] for section in LIKELY)
    [bottom_line] = told["bottom_line"]
    assert "walk" in bottom_line
    assert not any(word in bottom_line for word in ("should", "surveyed", "rule out"))


def test_who_paid_is_told_in_no_section() -> None:
    told = planned(reading_of("en"), spare=True)
    assert papers.FUNDING not in [text for texts in told.values() for text in texts]


# what leans or points


def test_a_sentence_that_leans_on_the_one_before_gives_way() -> None:
    told = planned(reading_of("en"), "practitioner")
    assert papers.LEANING not in told["findings"] + told["bottom_line"]


def test_a_finding_that_leans_is_told_after_as_likely_ones_that_stand_if_at_all() -> None:
    whole = (papers.MORE, papers.FALLS, papers.WINTER, papers.ALONE)
    source = paper(("Results", " ".join([whole[0], papers.LEANING, *whole[1:]])))
    sure = dict.fromkeys([*whole, papers.LEANING], 0.9)
    for audience in AUDIENCES:
        told = planned(standin(source, finding=sure, key_finding=sure), audience)
        assert papers.LEANING not in told["bottom_line"] + told["findings"][:3]


def test_what_only_points_to_another_place_is_not_told_however_likely() -> None:
    points = (
        "The characteristics of the sample are shown in Table 1.",
        "As Table 2 shows, residents with a bench walked more.",
        "We next describe how residents walked in winter.",
    )
    source = paper(("Results", " ".join([papers.MORE, *points])))
    sure = dict.fromkeys([papers.MORE, *points], 0.9)
    told = planned(standin(source, finding=sure, main_finding=sure), spare=True)
    assert told["bottom_line"] + told["findings"] == [papers.MORE]


def test_what_may_be_everybodys_is_not_told_however_likely() -> None:
    ours = "Residents walked as often as expected of our aging population in winter."
    source = paper(("Results", f"{papers.MORE} {ours}"))
    sure = dict.fromkeys([papers.MORE, ours], 0.9)
    every = {"finding": sure, "main_finding": sure, "recommendation": sure, "limit": sure}
    told = planned(standin(source, **every), spare=True)
    assert all(ours not in section for section in told.values())


# how likely, and how many


def two_limits(first: float, second: float) -> Reading:
    """A finding, then two limits, as likely as this."""
    said = (papers.MORE, papers.SECOND_LIMIT, papers.LIMIT)
    return standin(
        paper(("Results", said[0]), ("Discussion", " ".join(said[1:]))),
        main_finding={papers.MORE: 0.9},
        limit={papers.LIMIT: first, papers.SECOND_LIMIT: second},
    )


def test_the_likeliest_is_told_first() -> None:
    assert planned(two_limits(0.95, 0.6))["limits"] == [papers.LIMIT, papers.SECOND_LIMIT]
    assert planned(two_limits(0.6, 0.95))["limits"] == [papers.SECOND_LIMIT, papers.LIMIT]


def test_besides_the_best_only_what_is_likely_is_told() -> None:
    _, _, sure = LIKELY["limits"]
    assert planned(two_limits(0.9, sure - 0.05))["limits"] == [papers.LIMIT]
    likely = two_limits(0.9, sure + 0.05)
    assert planned(likely)["limits"] == [papers.LIMIT, papers.SECOND_LIMIT]
    assert planned(likely, "public")["limits"] == [papers.LIMIT]


def test_what_may_do_it_stands_by_where_nothing_else_is_sure() -> None:
    _, least, _ = LIKELY["limits"]
    reading = two_limits(0.9, least + 0.05)
    assert planned(reading, spare=True)["limits"] == [papers.LIMIT, papers.SECOND_LIMIT]
    assert planned(two_limits(0.9, least - 0.01), spare=True)["limits"] == [papers.LIMIT]


@pytest.mark.parametrize("section", LIKELY)
def test_a_section_for_which_nothing_is_likely_tells_nothing(section: Section) -> None:
    reading = standin(WHOLE_BENCHES, main_finding={papers.MAIN: 0.9})
    assert planned(reading, spare=True)[section] == []


def test_the_likeliest_main_finding_is_the_bottom_line() -> None:
    source = paper(("Results", " ".join([papers.WINTER, papers.MORE, papers.FALLS])))
    for text in (papers.WINTER, papers.FALLS):
        reading = standin(source, main_finding={papers.MORE: 0.3, text: 0.9})
        assert planned(reading)["bottom_line"] == [text]


FIRM = "Residents of towns with shaded benches walked 12% more than all the others."


@pytest.mark.parametrize(
    ("text", "language", "firm"),
    [
        ("Residents of the towns with benches also walked to the shops more often.", "en", FIRM),
        ("We identified distinct patterns of walking among the residents of towns.", "en", FIRM),
        ("Les personnes aînées ont également marché plus souvent vers les magasins.", "fr",
         "Les personnes aînées des villes avec bancs ont marché 12 % plus que les autres."),
        ("Nous avons relevé des profils distincts de marche chez les personnes aînées.", "fr",
         "Les personnes aînées des villes avec bancs ont marché 12 % plus que les autres."),
    ],
)  # fmt: skip
def test_a_bottom_line_says_what_was_found_above_all(
    text: str, language: Language, firm: str
) -> None:
    sections = {"en": "Results", "fr": "Résultats"}
    passages = [
        Passage("Bancs", "title"),
        Passage(f"{text} {firm}", "paragraph", sections[language]),
    ]
    source = document(passages, language=language, title="Bancs")
    reading = standin(source, main_finding={text: 0.9, firm: 0.85})
    assert planned(reading)["bottom_line"] == [firm]


def test_a_sentence_whose_verb_was_taken_for_a_noun_says_what_is_so() -> None:
    text = "Taken together the results of the three studies fail to support the claims of NLP."
    source = paper(("Results", text))
    assert planned(standin(source, main_finding={text: 0.9}))["bottom_line"] == [text]


def test_recommendations_come_before_other_thoughts_on_policy() -> None:
    thought = "Benches and walking go together in most of the towns."
    told = planned(with_more("Conclusions", thought), spare=True)["implications"]
    assert set(told[:2]) == {papers.ADVICE, papers.EARLY_ADVICE}


def test_where_a_sentence_that_a_person_asked_for_is_told_depends_on_what_it_does() -> None:
    reading = reading_of("en")
    found = findings(reading)
    for text, section in (
        (papers.ADVICE, "implications"),
        (papers.SECOND_LIMIT, "limits"),
        (papers.SAMPLE, "applies_to"),
        (papers.FALLS, "findings"),
        (papers.PROBLEM, "context"),
    ):
        start = WHOLE_BENCHES.text.index(text)
        asked = Instructions(bring_in=((start, start + len(text)),))
        slots = plan_paper(reading, found, "public", asked)
        [home] = [slot.section for slot in slots if slot.asked]
        assert home == section


# audiences


@pytest.mark.parametrize("numbers", [("14%", "12%", "9%")])
def test_the_public_is_told_the_finding_without_statistics_first_and_practitioners_the_one_with(
    numbers: tuple[str, str, str],
) -> None:
    plain = "Residents with a bench nearby were more likely to walk to shops than the others."
    first, second, third = numbers
    heavy = (
        f"Residents with a bench nearby were {first} more likely to walk to shops, {second} to "
        f"clinics and {third} to libraries than the others."
    )
    source = paper(
        ("Abstract", "We found that shade was associated with rest."),
        ("Results", f"{heavy} {plain}"),
    )
    alike = {plain: 0.9, heavy: 0.9}
    reading = standin(source, main_finding={"shade": 0.9}, finding=alike, key_finding=alike)
    assert planned(reading, "public")["findings"][0] == plain
    assert planned(reading, "practitioner")["findings"][0] == heavy


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_audience_is_told_what_another_could_not_be_nor_anything_twice(
    audience: Audience, language: Language
) -> None:
    reading = reading_of(language)
    known = {one.sentence for one in findings(reading)}
    told = [
        one.sentence for slot in slots_of(reading, audience) for one in slot.candidates[: slot.most]
    ]
    assert set(told) <= known
    assert len(told) == len(set(told))
    assert reading.vectors is not None
    pairs = ((told[i], told[j]) for i in range(len(told)) for j in range(i))
    assert not any(say_the_same(reading, later, earlier) for later, earlier in pairs)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Deaths fell (p = 0.03) in the north."),
        ("en", "The odds ratio of a fall was 0.8."),
        ("en", "Cox regression showed fewer falls."),
        ("en", "The rise was statistically significant."),
        ("fr", "Les décès ont baissé (p = 0,03) dans le nord."),
        ("fr", "Une régression a montré moins de chutes."),
    ],
)
def test_only_the_public_is_told_no_statistics_and_no_tests(language: Language, text: str) -> None:
    assert [one for one in AUDIENCES if not suits(text, one, language)] == ["public"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Deaths fell by 12% (from 40 to 35), or about one in eight."),
        ("en", "Blood tests showed less lead, said the mayor or his deputy."),
        ("fr", "Les décès ont baissé de 12 %, selon Statistique Canada."),
    ],
)
def test_what_anybody_reads_is_told_to_everybody(language: Language, text: str) -> None:
    assert all(suits(text, one, language) for one in AUDIENCES)


def test_elected_officials_read_fewer_sentences_than_staff() -> None:
    sentences = [
        f"Residents near {thing} were more likely to {do} than the others."
        for thing, do in [
            ("benches", "walk"),
            ("libraries", "read"),
            ("pools", "swim"),
            ("markets", "cook"),
            ("clinics", "see a nurse"),
            ("rinks", "skate"),
        ]
    ]
    sure = dict.fromkeys(sentences, 0.9)
    reading = standin(paper(("Results", " ".join(sentences))), finding=sure, key_finding=sure)
    assert len(planned(reading, "elected")["findings"]) < len(planned(reading)["findings"])
    told = {audience: planned(reading_of("en"), audience) for audience in AUDIENCES}
    for section in LIKELY:
        assert len(told["elected"][section]) <= len(told["staff"][section])


# what is told together


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
    told = planned(reading_of("fr"))
    assert papers.FRENCH_OTHERS not in told["bottom_line"] + told["findings"]
    assert papers.FRENCH_LIMIT in told["limits"]
    assert set(told["implications"]) <= {papers.FRENCH_ADVICE, papers.FRENCH_EARLY_ADVICE}
    assert told["applies_to"][0] == papers.FRENCH_SAMPLE
    [bottom_line] = told["bottom_line"]
    assert "march" in bottom_line
    assert "devraient" not in bottom_line
    assert papers.FRENCH_FALLS in told["findings"]
