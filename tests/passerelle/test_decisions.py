"""What reviewing promises without Prefect: a decision recorded first, then carried out."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from drafts import COOLER, FEWER, NIGHT, a_document, a_draft
from typer.testing import CliRunner

from corpus.errors import PasserelleError
from corpus.store import (
    BriefEntry,
    OvertakenError,
    ReviewEntry,
    Store,
    approved_brief,
    find_brief,
    keep_brief,
    keep_review,
    open_store,
    reviews_of,
    undrafted,
)
from passerelle import batches, decisions
from passerelle.cli import app
from passerelle.decisions import Answer, DecidedAlreadyError, NotTakenError, Outcome, Question
from passerelle.settings import settings
from pipelines.brief import Brief, from_json, to_json

pytestmark = pytest.mark.usefixtures("home")

AT = "2024-06-01T08:00:00.000+00:00"
LATER = "2024-06-01T09:30:00.000+00:00"


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def entry(store: Store) -> BriefEntry:
    return a_draft(store)


def decide(store: Store, entry: BriefEntry, decision: Any, **values: Any) -> Outcome:
    question = values.pop("question", None) or decisions.first_question(entry, store)
    shown = values.pop("shown", question.shown)
    who, at = values.pop("reviewer", "A. Tester"), values.pop("at", AT)
    answer = Answer(decision, who, at, shown, **values)
    return decisions.decide(entry, question, answer, store)


def told(question: Question | None) -> str:
    assert question is not None
    return "\n".join(note.words("en") for note in question.notes)


# Deciding


def test_an_approved_draft_is_published_in_every_form(store: Store, entry: BriefEntry) -> None:
    outcome = decide(store, entry, "approve", languages=("en",))
    names = {Path(path).name for path in outcome.written}
    assert names == {f"{entry.brief_id}.{form}" for form in batches.PUBLISHED_FORMATS}
    assert all(Path(path).is_file() for path in outcome.written)
    assert outcome.note.words("fr") == (
        f"Approuvée par A. Tester. Publiée dans {settings().published}."
    )
    assert decisions.waiting(store) == []
    [review] = reviews_of(store, entry.brief_id)
    assert (review.brief_sha256, review.languages) == (entry.sha256, ["en"])


def test_nobody_decides_without_a_name(store: Store, entry: BriefEntry) -> None:
    for decision in ("approve", "revise", "reject"):
        outcome = decide(store, entry, decision, reviewer=" ")
        assert outcome.result == "asked_again"
        assert "Your name is missing" in told(outcome.question)
    assert reviews_of(store, entry.brief_id) == []


def test_a_line_that_has_no_place_is_asked_for_again(store: Store, entry: BriefEntry) -> None:
    texts: Any = {"findings": {"en": f"[s2] {COOLER}\n[s3] {NIGHT}\n[s9] Trees are good."}}
    outcome = decide(store, entry, "approve", texts=texts)
    assert "[s9]" in told(outcome.question)
    assert outcome.question is not None
    assert (
        outcome.question.texts["findings"]["en"] == texts["findings"]["en"]
    )  # nothing typed is lost
    assert outcome.question.texts["bottom_line"]["en"] == f"[s1] {FEWER}"


def test_a_line_may_be_left_out(store: Store, entry: BriefEntry) -> None:
    texts: Any = {"findings": {"en": f"[s2] {COOLER}\n[s3]", "fr": "[s2]\n[s3]"}}
    assert decide(store, entry, "approve", texts=texts).result == "approved"
    kept = approved_brief(store, entry.brief_id)
    assert kept is not None
    assert [segment.id for segment in from_json(kept.json).segments] == ["s1", "s2"]


def test_what_is_filled_in_can_do_nothing_in_a_page() -> None:
    note = decisions.say("rejected", reviewer="![x](https://evil.example) <b>")
    assert "![" not in note.markdown("en")
    assert "<b>" not in note.markdown("en")
    assert "![x]" in note.words("en")


# One that comes second


def test_a_second_decision_is_told_of_the_first_and_changes_nothing(
    store: Store, entry: BriefEntry
) -> None:
    shown = decisions.first_question(entry, store).shown
    decide(store, entry, "reject", reviewer="B. First")
    with pytest.raises(DecidedAlreadyError) as second:
        decide(store, entry, "approve", at=LATER, shown=shown, languages=("en",))
    assert second.value.note.words("en").startswith(
        "B. First rejected this draft on 2024-06-01 04:00. Nothing of your answer was recorded."
    )
    assert second.value.note.words("fr").startswith("B. First a rejeté cette ébauche le 2024-06-01")
    assert not settings().published.exists()
    assert [made.decision for made in reviews_of(store, entry.brief_id)] == ["reject"]


def test_words_that_a_check_would_refuse_are_told_of_the_first_decision_all_the_same(
    store: Store, entry: BriefEntry
) -> None:
    shown = decisions.first_question(entry, store).shown
    decide(store, entry, "reject", reviewer="B. First")
    texts: Any = {"bottom_line": {"en": f"[s1] {FEWER.replace('12%', '21%')}"}}
    with pytest.raises(DecidedAlreadyError):
        decide(store, entry, "approve", at=LATER, shown=shown, texts=texts)


def test_who_names_the_decision_that_settled_it_decides_all_the_same(
    store: Store, entry: BriefEntry
) -> None:
    decide(store, entry, "reject")
    with pytest.raises(DecidedAlreadyError) as told_of:
        decide(store, entry, "approve", at=LATER, languages=("en",))  # a settled brief, unnamed
    known = decisions.first_question(entry, store, told_of.value.review.number)
    assert decide(store, entry, "approve", at=LATER, question=known).result == "approved"
    made = reviews_of(store, entry.brief_id)
    assert [(one.decision, one.after) for one in made] == [
        ("reject", 0),
        ("approve", made[0].number),
    ]


def test_an_answer_on_a_text_that_was_made_anew_is_not_taken(
    store: Store, entry: BriefEntry
) -> None:
    shown = decisions.first_question(entry, store).shown
    keep_brief(store, replace(entry, edition="later", json=entry.json.replace("cooler", "colder")))
    with pytest.raises(NotTakenError, match="made anew since you opened it"):
        decide(store, entry, "reject", shown=shown)
    assert reviews_of(store, entry.brief_id) == []


def test_an_earlier_decision_on_another_text_is_told_of(store: Store, entry: BriefEntry) -> None:
    decide(store, entry, "approve", languages=("en",))
    newer = replace(entry, edition="later", json=entry.json.replace("cooler", "colder"))
    question = decisions.first_question(keep_brief(store, newer), store)
    assert "An earlier text of this brief was approved by A. Tester" in told(question)


def test_of_two_hundred_races_each_has_one_winner_and_one_who_is_told(home: Path) -> None:
    store = open_store(settings().database_url)
    seed, document = a_draft(store), a_document()
    drafts = [
        keep_brief(store, replace(seed, brief_id=f"race-{n}-{document.id[:8]}")) for n in range(200)
    ]
    start = Barrier(2)

    def channel(decision: Any, reviewer: str) -> list[str]:
        own = open_store(settings().database_url)
        ends = []
        for draft in drafts:
            shown = decisions.first_question(draft, own).shown
            review = ReviewEntry(
                draft.brief_id,
                draft.edition,
                shown.text,
                decision,
                reviewer,
                [],
                "",
                AT,
                after=shown.after,
            )
            start.wait()
            try:
                keep_review(own, review, draft.json if decision == "approve" else None)
                ends.append("holds")
            except OvertakenError as told_of:
                ends.append(f"told of {told_of.review.reviewer}")
        return ends

    with ThreadPoolExecutor(2) as both:
        one = both.submit(channel, "approve", "A. Tester")
        two = both.submit(channel, "reject", "B. Tester")
        pairs = list(zip(one.result(), two.result(), strict=True))
    assert set(pairs) <= {("holds", "told of A. Tester"), ("told of B. Tester", "holds")}
    for draft, (approved, _) in zip(drafts, pairs, strict=True):
        [review] = reviews_of(store, draft.brief_id)
        assert review.decision == ("approve" if approved == "holds" else "reject")
        assert (approved_brief(store, draft.brief_id) is not None) == (approved == "holds")


# Taking back what was published


def test_what_is_taken_back_leaves_a_notice_in_both_languages(
    store: Store, entry: BriefEntry
) -> None:
    decide(store, entry, "approve", languages=("en",))
    done = decisions.unpublish(entry.brief_id, "C. Head", "A wrong number.", LATER, store)
    names = {path.name for path in settings().published.iterdir()}
    assert names == {f"{entry.brief_id}.md", f"{entry.brief_id}.html"}
    for path in done.written:
        notice = Path(path).read_text()
        assert "This brief was taken back by C. Head on 2024-06-01 05:30." in notice
        assert "Cette synthèse a été retirée par C. Head le 2024-06-01 05:30." in notice
        assert "A wrong number." in notice
        assert FEWER not in notice
    assert approved_brief(store, entry.brief_id) is not None  # what people made is kept
    assert decisions.waiting(store) == []
    assert decisions.finish(store) == []
    assert run_export(entry).exit_code == 1


def test_only_what_is_published_is_taken_back_and_only_once(
    store: Store, entry: BriefEntry
) -> None:
    with pytest.raises(NotTakenError, match="nobody has approved it"):
        decisions.unpublish(entry.brief_id, "C. Head", "", LATER, store)
    decide(store, entry, "approve", languages=("en",))
    decisions.unpublish(entry.brief_id, "C. Head", "", LATER, store)
    decisions.unpublish(entry.brief_id, "C. Head", "", LATER, store)  # the same, tried again
    with pytest.raises(DecidedAlreadyError, match="took this brief back"):
        decisions.unpublish(entry.brief_id, "D. Late", "", LATER, store)


def test_a_copy_that_somebody_edited_is_named_when_its_brief_is_taken_back(
    store: Store, entry: BriefEntry
) -> None:
    decide(store, entry, "approve", languages=("en",))
    for form in ("md", "json"):
        (settings().published / f"{entry.brief_id}.{form}").write_text("my own words")
    done = decisions.unpublish(entry.brief_id, "C. Head", "", LATER, store)
    assert sorted(Path(path).suffix for path in done.left) == [".json", ".md"]
    assert {Path(path).read_text() for path in done.left} == {"my own words"}


def test_files_that_a_crash_left_standing_are_taken_back_by_the_next_run(
    store: Store, entry: BriefEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(store, entry, "approve", languages=("en",))
    with monkeypatch.context() as patch:
        patch.setattr(batches, "take_back", lambda *_: 1 / 0)  # and here the program was killed
        with pytest.raises(ZeroDivisionError):
            decisions.unpublish(entry.brief_id, "C. Head", "", LATER, store)
    assert len(list(settings().published.iterdir())) == len(batches.PUBLISHED_FORMATS)
    assert decisions.finish(store) == []
    assert len(list(settings().published.iterdir())) == 2


def test_rejecting_what_is_published_says_what_stands(store: Store, entry: BriefEntry) -> None:
    decide(store, entry, "approve", languages=("en",))
    [approval] = reviews_of(store, entry.brief_id)
    question = decisions.first_question(entry, store, approval.number)
    outcome = decide(store, entry, "reject", question=question, at=LATER)
    assert f"still stands in {settings().published}" in outcome.note.words("en")
    assert f"passerelle unpublish {entry.brief_id}" in outcome.note.words("fr")
    assert decisions.unpublish(entry.brief_id, "C. Head", "", LATER, store).written


# What a crash leaves undone


def test_a_decision_whose_files_were_not_written_is_made_good(
    store: Store, entry: BriefEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(batches, "_write", lambda *_: 1 / 0)  # and here the program was killed
        with pytest.raises(ZeroDivisionError):
            decide(store, entry, "approve", languages=("en",))
    assert decisions.waiting(store) == []
    assert not list(settings().published.glob("*"))
    assert decisions.finish(store) == []
    assert len(list(settings().published.glob("*"))) == len(batches.PUBLISHED_FORMATS)
    assert find_brief(store, entry.brief_id).status == "published"  # type: ignore[union-attr]


def test_a_published_file_that_somebody_edited_is_set_aside(
    store: Store, entry: BriefEntry
) -> None:
    decide(store, entry, "approve", languages=("en",))
    file = settings().published / f"{entry.brief_id}.md"
    file.write_text("my own words")
    again = decisions.first_question(entry, store, reviews_of(store, entry.brief_id)[-1].number)
    decide(store, entry, "approve", languages=("en",), comment="again", at=LATER, question=again)
    assert "my own words" in {path.read_text() for path in settings().published.glob("*.md")}


# Sending back


@pytest.fixture
def redrafting(monkeypatch: pytest.MonkeyPatch, entry: BriefEntry) -> list[Any]:
    """Stands in for the steps: leaves out what the instructions say; what it was asked."""
    asked: list[Any] = []

    def draft(document: Any, *, audience: Any, instructions: Any, **_: Any) -> Brief:
        asked.append(instructions)
        brief = from_json(entry.json)
        told = tuple(s for s in brief.segments if not instructions.refuses(s))
        return replace(brief, segments=told, audience=instructions.audience or audience)

    monkeypatch.setattr("pipelines.draft.draft", draft)
    return asked


def test_a_draft_that_is_sent_back_is_made_again_and_waits(
    store: Store, entry: BriefEntry, redrafting: list[Any]
) -> None:
    outcome = decide(store, entry, "revise", comment="leave out s3; paint it blue")
    assert outcome.result == "sent_back"
    [waits] = decisions.waiting(store)
    assert waits == outcome.redraft
    assert waits.brief_id == entry.brief_id
    assert waits.sha256 != entry.sha256
    question = decisions.first_question(waits, store)
    assert "Not done: “paint it blue”" in told(question)
    assert "Done: “leave out s3”." in told(question)
    assert f"Gone: [s3] {NIGHT}" in told(question)
    assert "s3" not in question.texts["findings"]["en"]
    assert (settings().outbox / f"{entry.brief_id}.md").is_file()


def test_a_later_comment_adds_to_the_earlier_ones(
    store: Store, entry: BriefEntry, redrafting: list[Any]
) -> None:
    first = decide(store, entry, "revise", comment="leave out s3").redraft
    assert first is not None
    decide(store, first, "revise", comment="for elected officials", at=LATER)
    [waits] = decisions.waiting(store)
    brief = from_json(waits.json)
    assert brief.audience == "elected"
    assert [segment.id for segment in brief.segments] == ["s1", "s2"]


def test_a_comment_that_changes_nothing_is_asked_for_again(
    store: Store, entry: BriefEntry, redrafting: list[Any]
) -> None:
    outcome = decide(store, entry, "revise", comment="paint it blue")
    assert outcome.result == "asked_again"
    assert "The draft is as it was" in told(outcome.question)
    assert decisions.waiting(store)[0].sha256 == entry.sha256


def test_a_redraft_that_a_crash_prevented_is_made_good(
    store: Store, entry: BriefEntry, redrafting: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(batches, "redraft", lambda *_: 1 / 0)  # and here the program was killed
        with pytest.raises(ZeroDivisionError):
            decide(store, entry, "revise", comment="leave out s3")
    assert [waits.sha256 for waits in decisions.waiting(store)] == [entry.sha256]
    assert decisions.finish(store) == []
    assert [waits.sha256 for waits in decisions.waiting(store)] != [entry.sha256]
    made = len(redrafting)
    assert decisions.finish(store) == []
    assert len(redrafting) == made


def test_edits_that_came_with_a_comment_are_carried_into_the_redraft(
    store: Store, entry: BriefEntry, redrafting: list[Any]
) -> None:
    words = "Streets with more trees were 2 degrees cooler after noon."
    texts: Any = {"findings": {"en": f"[s2] {words}\n[s3] {NIGHT} It is so."}}
    made = decide(store, entry, "revise", comment="leave out s3", texts=texts).redraft
    assert made is not None
    question = decisions.first_question(made, store)
    assert question.texts["findings"]["en"] == f"[s2] {words}"
    assert f"{NIGHT} It is so." in told(question)  # what could not be carried is told


def test_the_night_leaves_a_redraft_alone_and_a_later_edition_follows_the_comment_too(
    store: Store, entry: BriefEntry, redrafting: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(store, entry, "revise", comment="leave out s3")
    assert undrafted(store, "staff", batches.edition(), str(settings().outbox)) == []
    monkeypatch.setattr(batches, "edition", lambda: "a-later-edition")
    keep_brief(store, replace(entry, edition="a-later-edition", status="draft"))  # by the night
    decisions.finish(store)
    [waits] = decisions.waiting(store)
    assert [segment.id for segment in from_json(waits.json).segments] == ["s1", "s2"]


# By the command line


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["review", *words])


def run_export(entry: BriefEntry) -> Any:
    return CliRunner().invoke(app, ["export", entry.brief_id, "--format", "md"])


def test_the_command_line_tells_of_the_first_decision_and_takes_a_named_one(
    store: Store, entry: BriefEntry
) -> None:
    brief = entry.brief_id
    assert run(brief, "--reject", "--reviewer", "B. First").exit_code == 0
    second = run(brief, "--approve", "--reviewer", "Me")
    assert (second.exit_code, len(second.stderr.splitlines())) == (1, 1)
    assert "B. First rejected this draft on" in second.stderr
    [first] = reviews_of(store, brief)
    assert f"--after {first.number}" in second.stderr
    assert run(brief, "--approve", "--reviewer", "Me", "--text", "0000").exit_code == 1
    known = ("--after", str(first.number), "--text", entry.sha256[:8])
    assert run(brief, "--approve", "--reviewer", "Me", *known).exit_code == 0
    back = CliRunner().invoke(app, ["unpublish", brief, "--reviewer", "Me"])
    assert (back.exit_code, "Taken back by Me" in back.stdout) == (0, True)
    assert CliRunner().invoke(app, ["unpublish", brief, "--reviewer", "You"]).exit_code == 1


def approval(entry: BriefEntry, bottom_line: str, folder: Path) -> tuple[str, ...]:
    """The words that approve a draft with another bottom line."""
    shown = json.loads(run(entry.brief_id, "--json").stdout)
    shown["texts"]["bottom_line"]["en"] = f"[s1] {bottom_line}"
    (folder / "mine.json").write_text(json.dumps(shown))
    texts = ("--texts", str(folder / "mine.json"))
    return entry.brief_id, "--approve", "--reviewer", "Me", *texts


def test_the_queue_is_listed(entry: BriefEntry) -> None:
    assert run().stdout == f"{entry.brief_id}  Shade on Main Street (en, staff)\n"
    [row] = json.loads(run("--json").stdout)["waiting"]
    assert row["brief"] == entry.brief_id


def test_a_draft_is_shown_with_marks_quotes_and_what_was_decided(
    store: Store, entry: BriefEntry
) -> None:
    run(entry.brief_id, "--reject", "--reviewer", "B. First", "--comment", "Not ours.")
    shown = " ".join(run(entry.brief_id).stdout.split())
    assert f"[s2] {COOLER}" in shown
    assert f"“{COOLER}” Results" in shown
    assert "Decision 1: B. First rejected it, " in shown
    assert "“Not ours.”" in shown
    assert f"--text {entry.sha256[:8]}" in shown
    assert "field" not in shown


def test_a_draft_is_decided_on_with_edited_texts(
    store: Store, entry: BriefEntry, tmp_path: Path
) -> None:
    decision = approval(entry, FEWER.replace("12%", "21%"), tmp_path)
    refused = run(*decision)
    assert refused.exit_code == 1
    assert "21" in refused.stderr
    assert "--overrule REASON" in refused.stderr
    assert "field" not in refused.stderr
    assert run(*decision, "--overrule", "a misprint").exit_code == 0
    assert list(settings().published.glob("*.docx"))


def test_words_that_no_check_decides_on_are_confirmed_once(
    store: Store, entry: BriefEntry, tmp_path: Path
) -> None:
    decision = approval(entry, FEWER.replace("shade", "shade outdoors"), tmp_path)
    asked = run(*decision)
    assert asked.exit_code == 1
    assert "may say something else than its evidence" in asked.stderr
    assert "--confirm" in asked.stderr
    assert "--overrule" not in asked.stderr
    assert run(*decision, "--confirm").exit_code == 0
    kept = approved_brief(store, entry.brief_id)
    assert kept is not None
    assert from_json(kept.json).segments[0].verdict == "unsure"


def test_a_draft_that_is_not_there_is_one_line() -> None:
    done = run("missing-1234", "--reject", "--reviewer", "Me")
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)


def test_two_decisions_at_once_are_a_usage_error(entry: BriefEntry) -> None:
    assert run(entry.brief_id, "--approve", "--reject").exit_code == 2


def test_a_document_that_is_gone_is_one_line(store: Store, entry: BriefEntry) -> None:
    brief = from_json(entry.json)
    gone = replace(brief, documents=(replace(brief.documents[0], id="0" * 16),))
    kept = keep_brief(store, replace(entry, brief_id="gone", json=to_json(gone)))
    with pytest.raises(PasserelleError, match="no longer in the store"):
        decisions.read(kept, store)
