"""What reviewing promises without Prefect: a decision recorded first, then carried out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from drafts import COOLER, FEWER, NIGHT, a_draft
from typer.testing import CliRunner

from corpus.errors import PasserelleError
from corpus.store import (
    BriefEntry,
    Store,
    approved_brief,
    find_brief,
    keep_brief,
    open_store,
    reviews_of,
    undrafted,
)
from passerelle import batches, decisions
from passerelle.cli import app
from passerelle.decisions import Answer, Outcome, Question
from passerelle.settings import settings
from pipelines.brief import Brief, from_json, to_json

pytestmark = pytest.mark.usefixtures("home")

AT = "2024-06-01T08:00:00.000+00:00"


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def entry(store: Store) -> BriefEntry:
    return a_draft(store)


def decide(store: Store, entry: BriefEntry, decision: Any, **values: Any) -> Outcome:
    question = values.pop("question", None) or decisions.first_question(entry, store)
    answer = Answer(decision, values.pop("reviewer", "A. Tester"), values.pop("at", AT), **values)
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
    decide(store, entry, "approve", languages=("en",), comment="again")
    assert "my own words" in {path.read_text() for path in settings().published.glob("*.md")}


# Sending back


@pytest.fixture
def redrafting(monkeypatch: pytest.MonkeyPatch, entry: BriefEntry) -> list[Any]:
    """Stands in for the steps: leaves out what the instructions say; what it was asked."""
    asked: list[Any] = []

    def draft(document: Any, *, audience: Any, language: Any, instructions: Any) -> Brief:
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
    assert "paint it blue" in told(question)
    assert "s3" not in question.texts["findings"]["en"]
    assert (settings().outbox / f"{entry.brief_id}.md").is_file()


def test_a_later_comment_adds_to_the_earlier_ones(
    store: Store, entry: BriefEntry, redrafting: list[Any]
) -> None:
    first = decide(store, entry, "revise", comment="leave out s3").redraft
    assert first is not None
    decide(store, first, "revise", comment="for elected officials")
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


def test_a_draft_is_decided_on_with_edited_texts(
    store: Store, entry: BriefEntry, tmp_path: Path
) -> None:
    decision = approval(entry, FEWER.replace("12%", "21%"), tmp_path)
    refused = run(*decision)
    assert refused.exit_code == 1
    assert "21" in refused.stderr
    assert "--overrule REASON" in refused.stderr
    assert run(*decision, "--overrule", "a misprint").exit_code == 0
    assert list(settings().published.glob("*.docx"))


def test_words_that_no_check_decides_on_are_confirmed_once(
    store: Store, entry: BriefEntry, tmp_path: Path
) -> None:
    decision = approval(entry, FEWER.replace("fewer", "fewer gloomy"), tmp_path)
    asked = run(*decision)
    assert asked.exit_code == 1
    assert "gloomy" in asked.stderr
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
