"""A person's edits: read from a form without guessing, checked like a draft, shown as theirs."""

# ruff: noqa: E501 (tables of sentences)

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Word
from lxml import etree

from corpus.document import Document, Language, other
from corpus.errors import PasserelleError
from corpus.readers import read
from pipelines.brief import (
    Brief,
    BriefDocument,
    Check,
    Edit,
    Failure,
    ReadabilityPair,
    Section,
    Segment,
    Target,
    from_json,
    to_json,
)
from pipelines.language.lexicon import table
from pipelines.language.reasons import told
from pipelines.reading.reading import readings_of
from pipelines.render import render, render_bytes
from pipelines.render.xliff import NAMESPACE
from pipelines.review.edited import (
    approved,
    carried,
    edited,
    edits_from,
    refused,
    section_texts,
    untranslated,
)
from pipelines.rewrite.lines import evidence, segment_of
from pipelines.scoring.grades import grades, told_scores
from pipelines.verify import verify

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
TREES, YARDS, HEAT, WATER = (
    "street-trees.xml",
    "ilots-de-chaleur.xml",
    "heat-exchange.vtt",
    "echange-eaux-pluviales.vtt",
)
#: Sentences of the samples, by a name for this page.
QUOTES = {
    "calls": (TREES, "Street canopy was associated with fewer heat-related calls during the day but not at night."),
    "rate": (TREES, "Each increase of 10 percentage points in street canopy was associated with a 12% lower rate of heat-related calls"),
    "shade": (TREES, "Shaded streets were 0.9 °C cooler in the afternoon, but night-time air temperature did not differ."),
    "lost": (TREES, "In 31 units that lost at least 5 percentage points of canopy, calls rose by 17% relative to matched units"),
    "keep": (TREES, "Keeping mature trees matters at least as much as planting."),
    "plant": (TREES, "Planting may reduce heat-related illness where canopy is now low, although our design cannot establish that trees caused the difference."),
    "apply": (TREES, "The results may not apply to arid regions, to large cities or to rural communities."),
    "linked": (TREES, "We linked 6,180 heat-related calls from six summers (2017–2022) to 412 neighbourhood units in 14 municipalities of the province of Estmere."),
    "agreed": (HEAT, "Okay, so we've agreed, all four municipalities will report sidewalk shade at three p.m., starting this summer."),
    "tenants": (HEAT, "So I'll find thirty tenants in the three towers who'll put one in the bedroom."),
    "walk": (HEAT, "And what I see is that people won't walk to the cooling centre because there's nowhere to sit on the way."),
    "heat": (YARDS, "La déminéralisation pourrait contribuer à réduire l’exposition des enfants à la chaleur de jour, à condition que l’entretien des végétaux soit financé."),
    "paved": (YARDS, "Les cours d’école asphaltées comptent parmi les lieux les plus chauds des quartiers résidentiels."),
    "night": (YARDS, "Aucun effet n’a été détecté la nuit."),
    "share": (YARDS, "La part des surfaces minérales est passée de 84,2 % à 51,7 % dans les cours déminéralisées."),
    "budget": (YARDS, "Nous recommandons ensuite d’intégrer à chaque projet un budget d’entretien d’au moins trois ans et une entente qui précise qui arrose durant l’été."),
    "goals": (YARDS, "Ces résultats appuient la poursuite des programmes de déminéralisation de cours d’école, pourvu que leurs objectifs soient réalistes."),
    "equal": (YARDS, "Nous ne pouvons donc pas conclure que la déminéralisation réduit les inégalités d’exposition à la chaleur."),
    "heads": (YARDS, "Les directions qui ont demandé les travaux étaient peut-être plus motivées que les autres, et nous ne pouvons pas exclure que des facteurs non mesurés expliquent une partie de l’effet."),
    "study": (YARDS, "Étude avant-après avec groupe témoin dans 36 cours (18 déminéralisées et 18 témoins) de Rivebelle."),
    "barrels": (WATER, "On a décidé de ne pas renouveler la distribution de barils en 2025."),
    "tenure": (WATER, "Dans notre sondage, chez les locataires, c'est encore pire : 72 % ne savaient pas que le programme existait."),
    "flooded": (WATER, "En 2017, avant le bassin, on a compté 31 sous-sols inondés."),
}  # fmt: skip


@cache
def document(name: str) -> Document:
    return read(SAMPLES / name)


def documents(*names: str) -> dict[str, Document]:
    return {document(name).id: document(name) for name in names or (TREES,)}


def sentence(name: str, section: Section = "findings", mark: str = "s1") -> Segment:
    """A sentence of a sample as a segment in its own words."""
    sample, quote = QUOTES[name]
    start = document(sample).text.index(quote)
    span = evidence(document(sample), start, start + len(quote))
    return replace(segment_of(document(sample), section, quote, [span]), id=mark)


def unchecked(*segments: Segment, sample: str = TREES) -> Brief:
    source = document(sample)
    named = BriefDocument(
        source.id, source.kind, source.language, source.title, source.source, source.sha256
    )
    return Brief("trees-1", source.language, "staff", (named,), segments, ReadabilityPair())


def brief_of(*segments: Segment) -> Brief:
    """A draft of the trees' sample, graded and checked."""
    brief = unchecked(*segments)
    graded = ReadabilityPair({}, told_scores(segments, "en"), grades(segments))
    return replace(
        brief, readability=graded, checks=verify(brief, readings_of(documents().values()))
    )


@cache
def trees() -> Brief:
    """A small draft in English: a bottom line, two findings, fixed text, a limit."""
    texts = table("templates")["sources"]["paper"]
    fixed = Target("fr", texts["fr"], "final", "template")
    return brief_of(
        sentence("calls", "bottom_line", "s1"),
        sentence("rate", "findings", "s2"),
        sentence("shade", "findings", "s3"),
        sentence("apply", "limits", "s4"),
        Segment("s5", "sources", texts["en"], "en", fixed, origin="template"),
    )


def words(mark: str) -> str:
    return next(segment.text for segment in trees().segments if segment.id == mark)


Texts = Mapping[Section, Mapping[Language, str]]


def read_back(texts: Texts) -> tuple[Edit, ...]:
    edits, problems = edits_from(trees(), texts)
    assert problems == ()
    return edits


def complaints(texts: Texts) -> list[str]:
    _, problems = edits_from(trees(), texts)
    assert all(problem.reason and "\n" not in problem.reason for problem in problems)
    assert all(told(problem.reason, "fr") != problem.reason for problem in problems)
    return [problem.reason for problem in problems]


# -- the form's texts ----------------------------------------------------------------------------


def test_each_section_has_a_text_in_both_languages_without_the_fixed_text() -> None:
    texts = section_texts(trees())
    assert list(texts) == ["bottom_line", "findings", "limits"]
    assert texts["findings"] == {
        "en": f"[s2] {words('s2')}\n[s3] {words('s3')}",
        "fr": "[s2]\n[s3]",
    }


def test_a_translation_that_there_is_stands_in_the_other_language() -> None:
    target = Target("fr", "La nuit, rien.", "translated", "translator")
    brief = brief_of(replace(sentence("calls"), target=target))
    assert section_texts(brief)["findings"]["fr"] == "[s1] La nuit, rien."


def test_a_form_that_nobody_touched_gives_no_edits() -> None:
    assert edits_from(trees(), section_texts(trees())) == ((), ())
    assert edits_from(trees(), {}) == ((), ())


@pytest.mark.parametrize(
    "typed",
    [
        "s2 Canopy.\ns3 Shade.",
        "[S2]: Canopy.\n\n  [ s3 ]   Shade.  ",
        "(s2) Canopy.\r\n- [s3]Shade.",
        "s2. Canopy.\ns 3 - Shade.",
        "[2] Canopy.\n[s3\\] Shade.",
        "[s3] Shade.\n[s2] Canopy.",
        "Canopy.\nShade.",
        "[s2]\nCanopy.\n[s3] \u200bShade.",
    ],
)
def test_a_mark_may_have_lost_its_form_or_all_marks_their_place(typed: str) -> None:
    assert read_back({"findings": {"en": typed}}) == (
        Edit("s2", "en", "Canopy."),
        Edit("s3", "en", "Shade."),
    )


def test_a_wrapped_line_belongs_to_the_line_above() -> None:
    wrapped = words("s2").replace(" street", "\nstreet").replace(" a 12%", "\na 12%")
    assert read_back({"findings": {"en": f"[s2] {wrapped}\n[s3] {words('s3')}"}}) == ()
    assert read_back({"findings": {"en": f"[s2] Canopy\nhelps.\n[s3] {words('s3')}"}}) == (
        Edit("s2", "en", "Canopy helps."),
    )


def test_a_wrap_between_two_sentences_of_a_segment_is_no_new_line() -> None:
    text = "It was cool (1 of 3). At night it was not."
    brief = brief_of(replace(sentence("shade"), text=text))
    texts: Texts = {"findings": {"en": "[s1] It was cool\n(1 of 3).\nAt night it was not."}}
    assert edits_from(brief, texts) == ((), ())


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("It’s “cool” at 5\u00a0%.", 'It\'s  "cool" at 5 %.'),
        ("« L’été »\u202f: 5\u00a0%", '"L\'e\u0301te\u0301" : 5 %'),
        ("«\u00a0oui\u00a0»", "“oui”"),
    ],
)
def test_spaces_quotation_marks_and_composed_letters_are_no_edit(one: str, two: str) -> None:
    brief = brief_of(replace(sentence("calls"), text=one))
    assert edits_from(brief, {"findings": {"en": f"[s1] {two}"}}) == ((), ())


def test_a_line_that_is_gone_leaves_the_segment_out() -> None:
    assert read_back({"findings": {"en": f"[s3] {words('s3')}"}}) == (Edit("s2", "en", ""),)
    assert read_back({"limits": {"en": "[s4]"}}) == (Edit("s4", "en", ""),)


def test_a_mark_alone_in_the_other_language_is_still_to_translate() -> None:
    assert read_back({"findings": {"fr": "[s2]\n[s3] À l’ombre."}}) == (
        Edit("s3", "fr", "À l’ombre."),
    )


def test_a_translation_may_be_taken_back() -> None:
    target = Target("fr", "La nuit, rien.", "translated", "translator")
    brief = brief_of(replace(sentence("calls"), target=target))
    edits, problems = edits_from(brief, {"findings": {"fr": "[s1]"}})
    assert (edits, problems) == ((Edit("s1", "fr", ""),), ())
    taken_back = edited(brief, edits, documents()).segments[0].target
    assert taken_back == Target("fr")


PROBLEMS = [
    # section, language, what was typed, in the reason
    ("findings", "en", "[s2] Canopy.\nTrees help.\n[s3] Shade.", "“Trees help.” has no number"),
    ("findings", "en", "Trees help.\n[s2] Canopy.\n[s3] Shade.", "“Trees help.” has no number"),
    ("findings", "en", "[s2] Canopy.\n[s3] Shade.\n[s9] Trees help.", "[s9], which this brief doesn’t have"),
    ("findings", "en", "[s2] Canopy.\n[s2] Shade.", "[s2] begins two lines"),
    ("findings", "en", "[s2] Canopy.\n[s3] Shade.\n[s4] Deserts.", "belongs to “What is not known”"),
    ("findings", "fr", "[s2] Canopée.\n[s4] Déserts.", "belongs to “What is not known”"),
    ("findings", "en", "[s2] Canopy. [s3] Shade.", "[s3] stands inside the line of [s2]"),
    ("findings", "en", "Canopy.\nShade.\nTrees help.", "the lines (3) don’t match the sentences (2)"),
    ("findings", "en", "  \n", "to leave its lines out, keep their numbers: [s2] [s3]"),
    ("bottom_line", "en", "", "a brief needs its bottom line"),
    ("bottom_line", "en", "[s1]", "a brief needs its bottom line"),
]  # fmt: skip


@pytest.mark.parametrize(("section", "language", "typed", "reason"), PROBLEMS)
def test_what_could_be_meant_in_two_ways_is_a_problem_that_says_what_to_do(
    section: Section, language: Language, typed: str, reason: str
) -> None:
    (told,) = complaints({section: {language: typed}})
    assert reason in told
    assert edits_from(trees(), {section: {language: typed}})[0] == ()


def test_a_line_left_out_in_one_language_only_is_a_problem() -> None:
    texts: Texts = {"findings": {"en": f"[s2] {words('s2')}", "fr": "[s2]\n[s3] À l’ombre."}}
    (told,) = complaints(texts)
    assert "[s3] has new words here, but its line in English is gone" in told


def test_markup_that_a_person_types_is_plain_text() -> None:
    typed = "Canopy <b>matters</b> & *is* [here](http://x.org)."
    (edit,) = read_back({"findings": {"en": f"[s2] {typed}\n[s3] {words('s3')}"}})
    assert edit.text == typed
    page = render(edited(trees(), [edit], documents()), "html")
    assert "&lt;b&gt;matters&lt;/b&gt;" in page
    assert "<b>matters" not in page


# -- the edited brief ----------------------------------------------------------------------------

COOLER = "Shaded streets were 0.9 °C cooler in the afternoon, but at night air temperature was not different."


def test_an_edited_segment_is_marked_graded_and_checked_anew() -> None:
    brief = edited(trees(), [Edit("s3", "en", COOLER)], documents())
    assert [segment.id for segment in brief.segments] == ["s1", "s2", "s3", "s4", "s5"]
    assert (brief.segments[2].text, brief.segments[2].steps) == (COOLER, ("edited",))
    before, after = trees().readability, brief.readability
    assert [grade.segment for grade in after.sentences] == ["s1", "s2", "s3", "s4"]
    assert after.sentences[2] == grades(brief.segments)[2] != before.sentences[2]
    assert after.draft != before.draft
    assert brief.passed


def test_the_strength_is_that_of_the_new_words() -> None:
    brief = edited(
        trees(), [Edit("s2", "en", "Canopy cut heat-related calls by 12%.")], documents()
    )
    assert (trees().segments[1].strength, brief.segments[1].strength) == ("correlational", "causal")
    assert not {check.name: check.passed for check in brief.checks}["strength"]


def test_a_segment_that_is_left_out_takes_its_grade_and_its_checks_with_it() -> None:
    brief = edited(trees(), [Edit("s2", "en", "")], documents())
    assert [segment.id for segment in brief.segments] == ["s1", "s3", "s4", "s5"]
    assert [grade.segment for grade in brief.readability.sentences] == ["s1", "s3", "s4"]


def test_an_edit_equal_to_the_present_words_changes_nothing() -> None:
    edits = [Edit("s2", "en", words("s2")), Edit("s3", "fr", "")]
    assert to_json(edited(trees(), edits, documents())) == to_json(trees())


def test_a_translation_is_the_reviewer_s_and_is_no_longer_to_translate() -> None:
    edits = [
        Edit("s4", "fr", "Il se peut que les résultats ne s’appliquent pas aux régions arides.")
    ]
    brief = edited(trees(), edits, documents())
    assert brief.segments[3].target == Target("fr", edits[0].text, "translated", "reviewer")
    assert brief.segments[3].steps == ()
    assert [segment.id for segment in untranslated(brief)] == ["s1", "s2", "s3"]


def test_a_final_translation_of_words_that_changed_is_final_no_longer() -> None:
    target = Target("fr", "L’ombre rafraîchit de 0,9 °C, mais pas la nuit.", "final", "translator")
    brief = brief_of(replace(sentence("shade"), target=target))
    assert edited(brief, [Edit("s1", "en", COOLER)], documents()).segments[0].target.state == (
        "translated"
    )


def test_a_citation_stays_the_same_in_both_languages() -> None:
    cited = sentence("keep", "sources")
    target = Target("fr", cited.text, "final", "source")
    brief = brief_of(replace(cited, target=target))
    one = edited(brief, [Edit("s1", "en", "Keeping trees.")], documents()).segments[0]
    assert one.target == replace(target, text="Keeping trees.")


def test_the_note_on_an_added_word_of_certainty_goes_with_the_word() -> None:
    note = table("templates")["certainty_note"]["may"]
    fixed = Target("fr", note["fr"], "final", "template")
    added = replace(
        sentence("plant", "bottom_line"), steps=("certainty_word",), certainty="low",
        text="Planting may reduce heat-related illness where canopy is now low.",
    )  # fmt: skip
    said = Segment("s2", "certainty", note["en"], "en", fixed, origin="template")
    brief = brief_of(added, said)
    kept = edited(brief, [Edit("s1", "en", "Planting may lower illness.")], documents())
    lost = edited(brief, [Edit("s1", "en", "Planting reduces illness.")], documents())
    assert [s.id for s in kept.segments] == ["s1", "s2"]
    assert [s.id for s in lost.segments] == ["s1"]


@pytest.mark.parametrize(("mark", "reason"), [("s9", "has no line [s9]"), ("s5", "fixed text")])
def test_an_edit_that_has_no_place_is_refused_with_a_reason(mark: str, reason: str) -> None:
    with pytest.raises(PasserelleError, match=reason.replace("[", r"\[")):
        edited(trees(), [Edit(mark, "en", "Trees.")], documents())


def test_an_overruled_failure_stays_listed_with_the_reviewer_s_reason() -> None:
    edit = Edit("s2", "en", "Canopy was linked to a 13% lower rate.", "Erratum of May 2025")
    brief = edited(trees(), [edit], documents())
    assert refused(trees(), [edit], documents()) == ()
    assert [one.rule for one in refused(trees(), [replace(edit, overruled="")], documents())] == [
        "numbers"
    ]
    numbers = next(check for check in brief.checks if check.name == "numbers")
    assert numbers == Check("numbers", False, (Failure("s2", numbers.failures[0].reason),))
    assert numbers.failures[0].reason == (
        "has the number “13”, which its evidence lacks — overruled by the reviewer: "
        "Erratum of May 2025"
    )
    assert not brief.passed
    for name in ("md", "html"):
        page = render(brief, name)
        assert "which its evidence lacks — overruled by the reviewer: Erratum of May 2025" in page
        assert (
            "absent de sa preuve — maintenu par la personne qui a révisé\u00a0: "
            "Erratum of May 2025" in page
        )


def test_a_reason_for_one_language_does_not_excuse_the_other() -> None:
    edits = [
        Edit("s2", "en", "Canopy was linked to a 13% lower rate.", "Erratum"),
        Edit("s2", "fr", "La canopée était associée à un taux plus bas de 14 %."),
    ]
    found = refused(trees(), edits, documents())
    assert {(one.language, one.rule) for one in found} == {("fr", "translated_numbers")}
    brief = edited(trees(), edits, documents())
    told = {c.name: [f.reason for f in c.failures] for c in brief.checks if c.failures}
    assert ["Erratum" in reason for reason in told["numbers"]] == [True]
    assert not any("Erratum" in reason for reason in told["translated_numbers"])


# -- approval and what is carried over -----------------------------------------------------------

FRENCH = {
    "s1": "La canopée était associée à moins d’appels liés à la chaleur le jour, mais pas la nuit.",
    "s2": "Chaque hausse de 10 points de pourcentage était associée à un taux d’appels plus bas de 12 %.",
    "s3": "Les rues ombragées étaient plus fraîches de 0,9 °C l’après-midi, mais pas la nuit.",
    "s4": "Il se peut que les résultats ne s’appliquent pas aux régions arides, aux grandes villes ou aux milieux ruraux.",
}  # fmt: skip


def translations() -> list[Edit]:
    return [Edit(mark, "fr", text) for mark, text in FRENCH.items()]


def test_a_bilingual_approval_makes_every_translation_final_in_every_format() -> None:
    edits = [*translations(), Edit("s3", "en", COOLER)]
    brief = approved(trees(), edits, ("en", "fr"), documents())
    assert brief.status == "approved"
    assert {segment.target.state for segment in brief.segments} == {"final"}
    root = etree.fromstring(render(brief, "xlf").encode())
    states = [one.get("state") for one in root.iter(f"{{{NAMESPACE}}}segment")]
    assert states == ["final"] * len(brief.segments)
    assert from_json(to_json(brief)) == brief
    word = Word(BytesIO(render_bytes(brief, "docx")))
    cells = " ".join(c.text for t in word.tables for row in t.rows for c in row.cells)
    for page in (render(brief, "md"), render(brief, "html"), cells):
        assert FRENCH["s2"] in page
        assert "À traduire" not in page
        assert "Approuvée" in page
    assert "worded by the reviewer" in render(brief, "md")
    assert "formulé par la personne qui a révisé" in render(brief, "html")


def test_an_approval_in_one_language_leaves_the_other_to_the_translator() -> None:
    brief = approved(trees(), translations()[:1], ("en",), documents())
    assert brief.status == "approved"
    assert [segment.target.state for segment in brief.segments] == [
        "translated", "initial", "initial", "initial", "final",
    ]  # fmt: skip


def test_a_bilingual_approval_needs_both_languages() -> None:
    with pytest.raises(PasserelleError, match=r"still to translate: \[s3\] \[s4\]"):
        approved(trees(), translations()[:2], ("en", "fr"), documents())


def test_nothing_that_a_check_refuses_is_approved_unless_it_is_overruled() -> None:
    edit = Edit("s2", "en", "Canopy was linked to a 13% lower rate.")
    with pytest.raises(PasserelleError, match=r"\[s2\] has the number “13”"):
        approved(trees(), [edit], ("en",), documents())
    assert approved(trees(), [replace(edit, overruled="Erratum")], ("en",), documents())


WORRYING = "Canopy was linked to a 12% lower rate of worrying heat-related calls."


def test_words_that_no_check_can_decide_on_are_unsure_until_a_person_confirms_them() -> None:
    edit = Edit("s2", "en", WORRYING)
    [found] = refused(trees(), [edit], documents())
    assert found.unsure
    with pytest.raises(PasserelleError, match="confirm that it says the same"):
        approved(trees(), [edit], ("en",), documents())
    brief = approved(trees(), [replace(edit, confirmed=True)], ("en",), documents())
    line = next(segment for segment in brief.segments if segment.id == "s2")
    assert line.verdict == "unsure"
    assert line.reasons == ("says “worrying”, which neither its evidence nor the lexicon has",)
    check = next(check for check in brief.checks if not check.passed)
    assert not check.refuses
    assert check.failures[0].reason.endswith("— confirmed by the reviewer")
    assert "confirmé par la personne qui a révisé" in render(brief, "md")


def test_a_confirmation_excuses_nothing_that_a_check_refuses() -> None:
    edit = Edit("s2", "en", WORRYING.replace("12%", "13%"), confirmed=True)
    assert {one.rule for one in refused(trees(), [edit], documents())} == {"numbers"}


def test_a_brief_without_verdicts_is_read_as_before() -> None:
    value = json.loads(to_json(trees()))
    for segment in value["segments"]:
        del segment["verdict"], segment["reasons"]
    assert from_json(json.dumps(value)) == trees()


def test_edits_are_carried_to_a_redraft_where_the_sentence_is_the_same() -> None:
    after = replace(
        trees(),
        segments=(
            sentence("shade", "findings", "s1"),
            replace(sentence("rate", "findings", "s2"), text="In other words."),
            sentence("apply", "limits", "s3"),
        ),
    )
    edits = [
        Edit("s3", "en", "A."), Edit("s2", "en", "B."), Edit("s1", "fr", "C."), Edit("s4", "en", ""),
    ]  # fmt: skip
    assert carried(edits, trees(), after) == (Edit("s1", "en", "A."), Edit("s3", "en", ""))


# -- what checks say of a person's words ---------------------------------------------------------

FAULTS = [
    ("calls", "Street canopy was associated with fewer heat-related calls during the day and at night."),
    ("calls", "Street trees cut heat-related calls during the day but not at night."),
    ("calls", "Street canopy leads to fewer heat-related calls by day, but not at night."),
    ("calls", "Thanks to street canopy, fewer people called about the heat by day, but not at night."),
    ("calls", "Streets with more canopy had more heat-related calls during the day but not at night."),
    ("calls", "Street canopy in Toronto was associated with fewer calls during the day but not at night."),
    ("calls", "Street canopy was associated with fewer calls by day but not at night. Trees also improve mental health."),
    ("calls", "Street canopy was associated with fewer calls by day but not at night. Cities should plant more trees."),
    ("rate", "Each 10-point rise in street canopy went with a 14% lower rate of heat-related calls."),
    ("rate", "Each 10% rise in street canopy went with a 12% lower rate of heat-related calls."),
    ("rate", "Each rise of ten points in canopy went with twenty per cent fewer heat-related calls."),
    ("rate", "Each 10 percentage points more canopy lowers the rate of heat-related calls by 12%."),
    ("shade", "Shaded streets were 0.9 °F cooler in the afternoon, but night-time air temperature did not differ."),
    ("shade", "Shaded streets were 0.9 °C warmer in the afternoon, but night-time air temperature did not differ."),
    ("lost", "In 31 units that lost 5 percentage points of canopy, calls rose by 17% relative to matched units."),
    ("keep", "Keeping mature trees matters more than planting new ones."),
    ("plant", "Planting reduces heat-related illness where canopy is now low. But the design cannot establish that trees caused the difference."),
    ("plant", "Planting may reduce heat-related illness. But the researchers’ design cannot establish that trees caused the difference."),
    ("apply", "The results may not apply to arid regions, to small towns or to rural communities."),
    ("apply", "The results may hold for dry regions, big cities and rural places as well."),
    ("linked", "The researchers linked 6,180 heat-related calls from seven summers to 412 neighbourhood units in 14 municipalities."),
    ("linked", "The researchers linked 6,180 heat-related calls from six summers to all 412 neighbourhoods in Estmere."),
    ("linked", "The researchers linked 6,180 heat-related calls from six summers to 412 neighbourhood units in 14 municipalities of Ontario."),
    ("tenants", "I’ll find forty tenants in the three towers who will put one in the bedroom."),
    ("heat", "La déminéralisation contribue à réduire l’exposition des enfants à la chaleur de jour, à condition que l’entretien des végétaux soit financé."),
    ("heat", "La déminéralisation pourrait contribuer à réduire l’exposition des enfants à la chaleur de jour."),
    ("heat", "La déminéralisation pourrait contribuer à réduire l’exposition des aînés à la chaleur de jour, à condition que l’entretien des végétaux soit financé."),
    ("heat", "La déminéralisation pourrait contribuer à réduire l’exposition des enfants à la chaleur, à condition que l’entretien soit financé. Elle améliore aussi les résultats scolaires."),
    ("paved", "Les cours d’école asphaltées sont les lieux les plus chauds de tous les quartiers."),
    ("night", "Un effet a été détecté la nuit."),
    ("share", "La part des surfaces minérales est passée de 84,2 % à 15,7 % dans les cours déminéralisées."),
    ("share", "La part des surfaces minérales est passée de 51,7 % à 84,2 % dans les cours déminéralisées."),
    ("budget", "Les chercheurs recommandent un budget d’entretien de trois ans et une entente qui précise qui arrose pendant l’été."),
    ("goals", "Ces résultats appuient la poursuite des programmes de déminéralisation de cours d’école."),
    ("equal", "Les chercheurs peuvent donc conclure que la déminéralisation réduit les inégalités d’exposition à la chaleur."),
    ("heads", "Les directions qui ont demandé les travaux étaient plus motivées que les autres. Les chercheurs ne peuvent pas exclure que des facteurs non mesurés expliquent une partie de l’effet."),
    ("study", "Étude avant-après avec groupe témoin dans 36 cours (18 déminéralisées et 18 témoins) de Montréal."),
    ("barrels", "On a décidé de renouveler la distribution de barils en 2025."),
    ("tenure", "Dans notre sondage, la plupart des propriétaires ne savaient pas que le programme existait."),
    ("flooded", "En 2017, avant le bassin, on a compté des centaines de sous-sols inondés."),
]  # fmt: skip
HONEST = [
    ("calls", "Street canopy was linked to fewer heat-related calls in the daytime but not at night."),
    ("rate", "Each increase of 10 percentage points in street canopy was linked to a 12% lower rate of heat-related calls."),
    ("rate", "For every 10 percentage points more street canopy, the rate of heat-related calls was 12 per cent lower."),
    ("shade", COOLER),
    ("keep", "It matters at least as much to keep mature trees as to plant new ones."),
    ("apply", "The results may not apply to dry regions, large cities or rural communities."),
    ("linked", "The researchers linked 6,180 heat-related calls from six summers (2017 to 2022) to 412 neighbourhood units in 14 municipalities of the province of Estmere."),
    ("agreed", "All four municipalities will report sidewalk shade at 3 p.m., starting this summer."),
    ("tenants", "I will find 30 tenants in the three towers who will put one in the bedroom."),
    ("walk", "People won’t walk to the cooling centre because there is nowhere to sit on the way."),
    ("heat", "Déminéraliser pourrait contribuer à réduire l’exposition des enfants à la chaleur le jour, à condition que l’entretien des végétaux soit financé."),
    ("paved", "Les cours d’école asphaltées sont parmi les lieux les plus chauds des quartiers résidentiels."),
    ("night", "La nuit, aucun effet n’a été détecté."),
    ("share", "Dans les cours déminéralisées, la part des surfaces minérales est passée de 84,2 % à 51,7 %."),
    ("budget", "Les chercheurs recommandent de prévoir pour chaque projet un budget d’entretien d’au moins trois ans et une entente qui dit qui arrose pendant l’été."),
    ("goals", "Ces résultats appuient la poursuite des programmes de déminéralisation de cours d’école, à condition que leurs buts soient réalistes."),
    ("flooded", "En 2017, avant le bassin, on a compté trente et un sous-sols inondés."),
]  # fmt: skip
WRONG_TRANSLATIONS = [
    ("calls", "Les arbres de rue étaient associés à moins d’appels liés à la chaleur le jour et la nuit."),
    ("calls", "Les arbres de rue ont réduit les appels liés à la chaleur le jour, mais pas la nuit."),
    ("calls", "À Montréal, la canopée était associée à moins d’appels le jour, mais pas la nuit."),
    ("rate", "Chaque hausse de 10 points de pourcentage de la canopée était associée à un taux d’appels plus bas de 21 %."),
    ("rate", "Chaque hausse de 10 % de la canopée était associée à un taux d’appels plus bas de 12 %."),
    ("rate", "Chaque hausse de la canopée était associée à un taux d’appels plus bas de 12 %."),
    ("shade", "Les rues ombragées étaient plus fraîches de 9 °C l’après-midi, mais pas la nuit."),
    ("shade", "Les rues ombragées étaient plus fraîches de 0,9 °F l’après-midi, mais pas la nuit."),
    ("apply", "Les résultats s’appliquent aux régions arides, aux grandes villes et aux milieux ruraux."),
    ("linked", "On a relié 6 180 appels liés à la chaleur de sept étés (2017–2022) à 412 unités de quartier dans 14 municipalités de la province d’Estmere."),
    ("heat", "Removing asphalt reduces children’s exposure to daytime heat, provided that the upkeep of the plants is paid for."),
    ("night", "An effect was detected at night."),
    ("share", "The share of hard surfaces went from 842% to 51.7% in the yards that were changed."),
    ("budget", "The researchers then recommend an upkeep budget of at least two years and an agreement on who waters."),
    ("equal", "The researchers can therefore conclude that removing asphalt reduces the inequality of exposure to heat."),
    ("barrels", "We decided to renew the distribution of barrels in 2025."),
]  # fmt: skip
RIGHT_TRANSLATIONS = [
    ("calls", FRENCH["s1"]),
    ("rate", FRENCH["s2"]),
    ("rate", "Chaque hausse de dix points de pourcentage de la canopée était liée à 12 pour cent moins d’appels."),
    ("shade", "Les rues ombragées étaient plus fraîches de 0,9\u00a0°C l’après-midi. Mais la nuit, la température de l’air était la même."),
    ("lost", "Dans 31 unités qui ont perdu au moins 5 points de pourcentage de canopée, les appels ont augmenté de 17 % par rapport à des unités semblables."),
    ("plant", "Planter des arbres pourrait réduire les maladies liées à la chaleur là où la canopée est faible. Mais le devis de l’étude ne permet pas d’établir que les arbres ont causé la différence."),
    ("apply", FRENCH["s4"]),
    ("linked", "On a relié 6\u00a0180 appels liés à la chaleur de six étés (2017–2022) à 412 unités de quartier dans 14 municipalités de la province d’Estmere."),
    ("heat", "Removing asphalt could help to reduce children’s exposure to daytime heat, provided that the upkeep of the plants is paid for."),
    ("night", "No effect was detected at night."),
    ("share", "The share of hard surfaces went from 84.2% to 51.7% in the yards that were changed."),
    ("budget", "The researchers then recommend that each project include an upkeep budget of at least 3 years and an agreement on who waters."),
    ("heads", "The principals who asked for the work may have been more motivated than the others. The researchers cannot rule out that unmeasured factors explain part of the effect."),
    ("study", "Before-and-after study with a control group in 36 yards (18 changed and 18 controls) in Rivebelle."),
    ("barrels", "We decided not to renew the rain barrel program in 2025."),
    ("flooded", "In 2017, before the basin, thirty-one flooded basements were counted."),
]  # fmt: skip


def rules_against(name: str, text: str, translated: bool = False) -> list[str]:
    """The rules that refuse a text for a sentence of a sample, or for its translation."""
    sample = QUOTES[name][0]
    one = sentence(name)
    language = other(one.language) if translated else one.language
    edit = Edit("s1", language, text)
    found = refused(unchecked(one, sample=sample), [edit], documents(sample))
    assert all((item.text, item.language) == (text, language) for item in found)
    assert all(told(item.reason, "fr") != item.reason for item in found)
    return [item.rule for item in found]


@pytest.mark.parametrize(("name", "text"), FAULTS)
def test_an_edit_that_says_more_than_its_evidence_is_refused(name: str, text: str) -> None:
    assert rules_against(name, text)


@pytest.mark.parametrize(("name", "text"), HONEST)
def test_a_careful_edit_passes(name: str, text: str) -> None:
    assert rules_against(name, text) == []


@pytest.mark.parametrize(("name", "text"), WRONG_TRANSLATIONS)
def test_a_translation_that_says_something_else_is_refused(name: str, text: str) -> None:
    assert rules_against(name, text, translated=True)


@pytest.mark.parametrize(("name", "text"), RIGHT_TRANSLATIONS)
def test_a_careful_translation_passes(name: str, text: str) -> None:
    assert rules_against(name, text, translated=True) == []
