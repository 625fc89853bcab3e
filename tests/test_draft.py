"""The way through: every bundled document becomes a verified, bilingual-ready brief."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from fixtures.texts import BENCHES, exchange, paper

from corpus.readers import read
from pipelines.brief import Brief, Segment, from_json, to_json
from pipelines.draft import brief_id, draft
from pipelines.lexicon import table
from pipelines.plan import BOTTOM_LINE_WORDS

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
NAMES = [
    "street-trees.xml",
    "street-trees.pdf",
    "ilots-de-chaleur.xml",
    "heat-exchange.vtt",
    "echange-eaux-pluviales.vtt",
]


@cache
def sample(name: str) -> Brief:
    return draft(read(SAMPLES / name))


def from_source(brief: Brief) -> list[Segment]:
    return [segment for segment in brief.segments if segment.origin == "source"]


@pytest.mark.parametrize("name", NAMES)
def test_every_check_passes(name: str) -> None:
    brief = sample(name)
    assert [check for check in brief.checks if not check.passed] == []
    assert len(from_source(brief)) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_what_the_document_has_there(name: str) -> None:
    document = read(SAMPLES / name)
    for segment in from_source(sample(name)):
        assert segment.evidence
        for item in segment.evidence:
            assert document.text[item.start : item.end] == item.quote


@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_missing_from_the_evidence(name: str) -> None:
    for segment in sample(name).segments:
        known = set(re.findall(r"\d+", " ".join(item.quote for item in segment.evidence)))
        assert set(re.findall(r"\d+", segment.text)) <= known


@pytest.mark.parametrize("name", NAMES)
def test_the_brief_survives_its_json(name: str) -> None:
    brief = sample(name)
    assert from_json(to_json(brief)) == brief


@pytest.mark.parametrize("name", ["street-trees.xml", "echange-eaux-pluviales.vtt"])
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert to_json(draft(read(SAMPLES / name))) == to_json(sample(name))


@pytest.mark.parametrize("name", NAMES)
def test_a_brief_is_about_a_page(name: str) -> None:
    assert sum(len(segment.text.split()) for segment in sample(name).segments) <= 420


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_told_twice(name: str) -> None:
    texts = [segment.text for segment in sample(name).segments]
    assert len(texts) == len(set(texts))


def test_a_papers_sections_stand_in_their_order() -> None:
    sections = list(dict.fromkeys(segment.section for segment in sample(NAMES[0]).segments))
    assert sections == [
        "bottom_line",
        "context",
        "findings",
        "certainty",
        "implications",
        "limits",
        "applies_to",
        "terms",
        "sources",
    ]


@pytest.mark.parametrize("name", ["street-trees.xml", "ilots-de-chaleur.xml"])
def test_a_papers_bottom_line_is_one_short_sentence(name: str) -> None:
    (line,) = [s for s in sample(name).segments if s.section == "bottom_line"]
    assert len(line.text.split()) <= BOTTOM_LINE_WORDS


@pytest.mark.parametrize("name", ["heat-exchange.vtt", "echange-eaux-pluviales.vtt"])
def test_speakers_are_shown_by_role_and_never_by_name(name: str) -> None:
    document = read(SAMPLES / name)
    brief = sample(name)
    labels = {block.speaker for block in document.blocks if block.speaker}
    names = {word for label in labels for word in re.findall(r"[A-ZÀ-Ý][a-zà-ÿ]{2,}", label)}
    roles = set(table("templates")["speaker"])
    common = {"Unknown", "Mairesse", "Conseiller", "Councillor", "City", "Chair", "Facilitator",
              "Intervenant", "Animatrice", "Service", "Ville", "Rivebelle", "Comité"}  # fmt: skip
    told = " ".join(
        f"{segment.text} {' '.join(item.quote for item in segment.evidence)}"
        for segment in from_source(brief)
        if segment.section != "sources"
    )
    assert len(roles) == 5
    assert {name for name in names - common if re.search(rf"\b{name}\b", told)} == set()


def test_fixed_text_is_there_in_both_languages_from_the_start() -> None:
    for name in NAMES:
        for segment in sample(name).segments:
            if segment.origin == "template":
                assert segment.target.state == "final"
                assert segment.target.text not in (None, segment.text)


def test_a_sentence_from_the_source_waits_for_its_translation() -> None:
    waiting = [s.target for s in from_source(sample(NAMES[0])) if s.section != "sources"]
    assert {(target.language, target.text, target.state) for target in waiting} == {
        ("fr", None, "initial")
    }


def test_the_readers_language_puts_fixed_text_first_and_leaves_the_sources_words() -> None:
    brief = draft(BENCHES, language="fr")
    assert brief.language == "fr"
    assert {segment.language for segment in from_source(brief)} == {"en"}
    assert {s.language for s in brief.segments if s.origin == "template"} == {"fr"}
    assert all(check.passed for check in brief.checks)


def test_a_french_paper_is_summarized_and_scored_in_french() -> None:
    brief = sample("ilots-de-chaleur.xml")
    assert {segment.language for segment in brief.segments} == {"fr"}
    grade = ["passerelle_grade", "passerelle_grade_low", "passerelle_grade_high"]
    assert list(brief.readability.source) == [*grade, "kandel_moles_207", "lix", "rix"]


def test_each_audience_has_a_brief_of_its_own_with_the_same_bottom_line() -> None:
    briefs = [draft(BENCHES, audience=audience) for audience in ("elected", "practitioner")]
    assert len({brief.id for brief in briefs}) == 2
    assert len({brief.segments[0].text for brief in briefs}) == 1


def test_the_words_are_those_of_the_source_but_for_named_steps() -> None:
    texts = {segment.text: segment.steps for segment in draft(BENCHES).segments}
    assert texts[
        "The researchers found that benches were associated with 3 more walks a week."
    ] == ("name_researchers",)
    assert texts["There was no difference in winter."] == ("drop_pointer",)


def test_a_document_with_nothing_to_tell_says_so() -> None:
    brief = draft(paper(("Introduction", "Benches.")))
    assert all(
        segment.origin == "template" or segment.section == "sources" for segment in brief.segments
    )
    assert all(check.passed for check in brief.checks)
    quiet = draft(exchange(("Ann", "Good morning."), ("Bo", "Hello to you.")))
    assert "No question, commitment" in quiet.segments[0].text


def test_a_brief_is_named_after_its_title_safely() -> None:
    name = brief_id(paper(title="../Été: l’eau & “nous” \x00"), "staff")
    assert re.fullmatch(r"ete-l-eau-nous-[0-9a-f]{8}", name)


def test_json_is_in_the_contracts_field_order() -> None:
    value = json.loads(to_json(sample(NAMES[0])))
    assert list(value) == ["schema", "id", "language", "audience", "status", "documents",
                           "segments", "readability", "checks"]  # fmt: skip
    assert list(value["segments"][0]) == ["id", "section", "text", "language", "strength",
                                          "certainty", "evidence", "steps", "target"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_the_source_is_told_twice(name: str) -> None:
    told = [s.evidence[0].start for s in from_source(sample(name)) if s.section != "terms"]
    assert len(told) == len(set(told))
