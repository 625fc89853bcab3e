"""What the review runs promise: waiting without a process, exactly once, whatever crashes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from drafts import COOLER, FEWER, NIGHT, a_draft
from servers import wait_until

from corpus.errors import PasserelleError
from corpus.store import (
    BriefEntry,
    Store,
    approved_brief,
    find_brief,
    keep_brief,
    open_store,
    reviews_of,
)
from passerelle import batches, decisions
from passerelle.settings import settings
from pipelines.brief import from_json

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.usefixtures("home"), pytest.mark.served]


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


class Desk:
    """Prefect's side of the reviews, as an analyst and a worker move it."""

    def __init__(self, flows: Any, client: Any) -> None:
        self.flows, self.client = flows, client

    @property
    def runs(self) -> list[Any]:
        return list(self.client.read_flow_runs(limit=200))

    def run_of(self, entry: BriefEntry) -> Any:
        [run] = [run for run in self.runs if run.parameters.get("brief") == entry.brief_id]
        return run

    def form(self, run: Any) -> dict[str, Any]:
        """The form as the page shows it: its fields, and what is above them."""
        keys = run.state.state_details.run_input_keyset
        read = self.client.read_flow_run_input
        above = json.loads(read(run.id, keys["description"]))
        return {**json.loads(read(run.id, keys["schema"])), "above": above}

    def prefilled(self, run: Any) -> dict[str, Any]:
        """What the form sends where nobody touches it."""
        fields = self.form(run)["properties"]
        return {name: field["default"] for name, field in fields.items() if "default" in field}

    def pages(self, run: Any) -> list[Any]:
        """The artifacts of a run."""
        return [page for page in self.client.read_artifacts() if page.flow_run_id == run.id]

    def send(self, run: Any, **changed: str) -> Any:
        """Fill in the form, press Submit, and let a worker go on; the run after it."""
        done = self.client.resume_flow_run(run.id, run_input={**self.prefilled(run), **changed})
        assert done.status.value == "ACCEPT", done
        return self.work(run)

    def work(self, run: Any) -> Any:
        from prefect.exceptions import CancelledRun, Pause
        from prefect.flow_engine import run_flow

        again = self.client.read_flow_run(run.id)
        with suppress(Pause, CancelledRun):
            run_flow(self.flows.review_brief, flow_run=again, parameters=again.parameters)
        return self.client.read_flow_run(run.id)


@pytest.fixture
def desk(flows: Any, prefect_server: str) -> Iterator[Desk]:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import FlowRun

    with get_client(sync_client=True) as client:
        flow = client.create_flow(flows.review_brief)
        deployment = client.create_deployment(flow_id=flow, name="review-brief")
        yield Desk(flows, client)
        run: FlowRun
        for run in client.read_flow_runs(limit=200):
            client.delete_flow_run(run.id)
        client.delete_deployment(deployment)


def put_up(flows: Any, store: Store, *entries: BriefEntry) -> int:
    count: int = flows.review_runs.put_up(entries, store)
    return count


APPROVE = {"decision": "approve · approuver", "reviewer": "A. Tester"}
REVISE = {"decision": "revise · renvoyer", "reviewer": "A. Tester"}
REJECT = {"decision": "reject · rejeter", "reviewer": "A. Tester"}


def test_a_draft_waits_as_a_run_with_its_form_and_its_page(
    flows: Any, desk: Desk, store: Store
) -> None:
    entry = a_draft(store)
    assert put_up(flows, store, entry) == 1
    run = desk.run_of(entry)
    name = f"review-Shade on Main Street · {entry.brief_id[-8:]}"
    assert (run.name, run.state_name) == (name, "Suspended")
    assert set(run.tags) == {"Research brief", "English", "Government staff"}
    form = desk.form(run)
    assert set(form["required"]) == {"decision", "reviewer"}
    assert form["properties"]["findings_en"]["default"] == f"[s2] {COOLER}\n[s3] {NIGHT}"
    assert form["properties"]["findings_fr"]["default"] == "[s2]\n[s3]"
    [page] = desk.pages(run)
    assert "<summary>Evidence · Preuve</summary>" in page.data


TITLES = {
    "Effects of a school-based programme on physical activity in adolescents: a cluster trial": (
        "adolescents"
    ),
    "Effects of a school-based programme on physical activity in older people: a cluster trial": (
        "older"
    ),
}


def test_long_titles_that_begin_alike_are_told_apart(flows: Any) -> None:
    told = {title: flows.review_runs.telling_part(title, "en") for title in TITLES}
    assert len(set(told.values())) == len(TITLES)
    for title, word in TITLES.items():
        assert word in told[title]
        assert len(told[title]) <= flows.review_runs.TITLE_LENGTH


def test_putting_up_twice_is_once(flows: Any, desk: Desk, store: Store) -> None:
    entry = a_draft(store)
    assert [put_up(flows, store, entry) for _ in range(2)] == [1, 0]
    assert len(desk.runs) == 1
    assert len(desk.pages(desk.run_of(entry))) == 1


def test_a_wrong_number_is_told_and_a_corrected_brief_published(
    flows: Any, desk: Desk, store: Store
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    run = desk.send(
        desk.run_of(entry), **APPROVE, bottom_line_en=f"[s1] {FEWER.replace('12%', '21%')}"
    )
    assert run.state_name == "Suspended"
    assert "21" in desk.form(run)["above"]
    assert approved_brief(store, entry.brief_id) is None
    words = "Where there was more shade, 12% fewer calls about heat came in."
    run = desk.send(run, **APPROVE, bottom_line_en=f"[s1] {words}")
    assert run.state_name == "Completed"
    assert run.name.startswith("review-Shade on Main Street")
    assert "Approved by A. Tester" in run.state.message
    [published] = settings().published.glob("*.json")
    assert from_json(published.read_bytes()).segments[0].text == words
    assert decisions.waiting(store) == []


def test_a_rejected_draft_is_not_published(flows: Any, desk: Desk, store: Store) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    run = desk.send(desk.run_of(entry), **REJECT)
    assert run.state_name == "Completed"
    assert not settings().published.exists()
    [review] = reviews_of(store, entry.brief_id)
    assert (review.decision, review.brief_sha256) == ("reject", entry.sha256)


def test_both_languages_need_every_line_in_both(flows: Any, desk: Desk, store: Store) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    both = {"publish_in": "English and French · anglais et français"}
    run = desk.send(desk.run_of(entry), **APPROVE, **both)
    assert run.state_name == "Suspended"
    assert "s1, s2, s3" in desk.form(run)["above"]
    french = {
        "bottom_line_fr": "[s1] Plus d’ombre allait de pair avec 12 % moins d’appels.",
        "findings_fr": "[s2] Il y faisait 2 degrés de moins l’après-midi.\n"
        "[s3] La température de l’air la nuit ne différait pas.",
    }
    run = desk.send(run, **APPROVE, **both, **french)
    assert run.state_name == "Completed", desk.form(run)["above"]
    kept = approved_brief(store, entry.brief_id)
    assert kept is not None
    brief = from_json(kept.json)
    assert brief.status == "published"
    assert [segment.target.state for segment in brief.segments] == ["final"] * 3


def test_refused_words_may_be_overruled_with_a_reason_that_is_published(
    flows: Any, desk: Desk, store: Store
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    wrong = {"bottom_line_en": f"[s1] {FEWER.replace('12%', '21%')}"}
    run = desk.run_of(entry)
    assert "overrule" not in desk.form(run)["properties"]
    run = desk.send(run, **APPROVE, **wrong)
    run = desk.send(run, **APPROVE, overrule="A misprint, says the erratum.")
    assert run.state_name == "Completed"
    kept = approved_brief(store, entry.brief_id)
    assert kept is not None
    reasons = [f.reason for check in from_json(kept.json).checks for f in check.failures]
    assert any("A misprint, says the erratum." in reason for reason in reasons)
    [review] = reviews_of(store, entry.brief_id)
    assert review.edits[0]["overruled"] == "A misprint, says the erratum."


def test_a_reason_overrules_only_what_its_person_was_shown(
    flows: Any, desk: Desk, store: Store
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    first = f"[s1] {FEWER.replace('12%', '21%')}"
    run = desk.send(desk.run_of(entry), **APPROVE, bottom_line_en=first)
    other = f"[s1] {FEWER.replace('12%', '41%')}"
    run = desk.send(run, **APPROVE, bottom_line_en=other, overrule="It may stand.")
    assert run.state_name == "Suspended"
    assert "41" in desk.form(run)["above"]


def test_what_was_sent_in_is_kept_while_something_else_is_asked_again(
    flows: Any, desk: Desk, store: Store
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    both = {"publish_in": "English and French · anglais et français", "comment": "good"}
    wrong = {"bottom_line_en": f"[s1] {FEWER.replace('12%', '21%')}"}
    run = desk.send(desk.run_of(entry), **APPROVE, **both, **wrong)
    fields = desk.form(run)["properties"]
    assert fields["publish_in"]["default"] == both["publish_in"]
    assert (fields["reviewer"]["default"], fields["comment"]["default"]) == ("A. Tester", "good")
    assert "default" not in fields["decision"]
    run = desk.send(run, decision=APPROVE["decision"], overrule="A misprint.")  # French still lacks
    assert desk.form(run)["properties"]["overrule"]["default"] == "A misprint."
    only = {"publish_in": "English only · anglais seulement"}
    assert desk.send(run, decision=APPROVE["decision"], **only).state_name == "Completed"


def test_an_emptied_field_is_not_taken_for_an_untouched_one(
    flows: Any, desk: Desk, store: Store
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    run = desk.run_of(entry)
    values = desk.prefilled(run)
    del values["findings_en"]  # as the page sends a text that was emptied
    desk.client.resume_flow_run(run.id, run_input={**values, **APPROVE})
    run = desk.work(run)
    assert run.state_name == "Suspended"
    assert "nothing is left of it" in desk.form(run)["above"]


# Whatever crashes


def test_an_answer_that_a_crash_left_unread_is_carried_out(
    flows: Any, desk: Desk, store: Store
) -> None:
    from prefect.states import Crashed

    entry = a_draft(store)
    put_up(flows, store, entry)
    run = desk.run_of(entry)
    values = desk.prefilled(run)
    desk.client.resume_flow_run(run.id, run_input={**values, **APPROVE})
    desk.client.set_flow_run_state(run.id, Crashed(), force=True)  # its process was killed
    flows.review_runs.catch_up(store)
    assert desk.run_of(entry).state_name == "Scheduled"
    assert desk.work(run).state_name == "Completed"
    assert find_brief(store, entry.brief_id).status == "published"  # type: ignore[union-attr]


def test_an_answer_to_a_form_of_an_earlier_release_is_asked_for_again(
    flows: Any, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = a_draft(store)
    with monkeypatch.context() as patch:
        patch.setattr(flows.review_runs, "both", lambda group, name: f"{group} {name}")
        put_up(flows, store, entry)
    run = desk.send(desk.run_of(entry), decision="decision approve", reviewer="A. Tester")
    assert run.state_name == "Suspended"
    assert desk.send(run, **REJECT).state_name == "Completed"


def test_an_answer_that_is_read_twice_is_one_decision(flows: Any, desk: Desk, store: Store) -> None:
    from prefect.states import Scheduled

    entry = a_draft(store)
    put_up(flows, store, entry)
    run = desk.send(desk.run_of(entry), **REJECT)
    desk.client.set_flow_run_state(run.id, Scheduled(), force=True)  # killed before it could say so
    assert desk.work(run).state_name == "Completed"
    assert len(reviews_of(store, entry.brief_id)) == 1


def test_a_draft_without_a_run_gets_one_and_only_one(flows: Any, desk: Desk, store: Store) -> None:
    entry = a_draft(store)
    assert [flows.review_runs.catch_up(store) for _ in range(2)] == [1, 0]
    [run] = desk.runs
    desk.client.delete_flow_run(run.id)
    assert [flows.review_runs.catch_up(store) for _ in range(2)] == [1, 0]
    assert desk.run_of(entry).state_name == "Suspended"


def test_a_run_that_was_put_up_in_part_is_completed(
    flows: Any, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = a_draft(store)
    with monkeypatch.context() as patch:
        patch.setattr(
            flows.review_runs, "form", lambda *_: 1 / 0
        )  # and here the program was killed
        with pytest.raises(ZeroDivisionError):
            put_up(flows, store, entry)
    assert desk.run_of(entry).state_name == "Suspended"
    assert flows.review_runs.catch_up(store) == 1
    assert desk.send(desk.run_of(entry), **REJECT).state_name == "Completed"


def test_a_draft_that_cannot_be_shown_does_not_hide_the_others(
    flows: Any, desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    first, second = a_draft(store, "Shade on First Street"), a_draft(store)
    whole = decisions.first_question

    def question(entry: BriefEntry, store: Store) -> Any:
        if entry == first:
            raise PasserelleError("shade.md: no longer in the store")
        return whole(entry, store)

    monkeypatch.setattr(decisions, "first_question", question)
    assert flows.review_runs.catch_up(store) == 1
    assert desk.run_of(second).state_name == "Suspended"
    assert "shade.md: no longer in the store" in caplog.text


def test_a_cancelled_run_is_no_decision(flows: Any, desk: Desk, store: Store) -> None:
    from prefect.states import Cancelled

    entry = a_draft(store)
    put_up(flows, store, entry)
    desk.client.set_flow_run_state(desk.run_of(entry).id, Cancelled(), force=True)
    assert [flows.review_runs.catch_up(store) for _ in range(2)] == [1, 0]
    assert sorted(run.state_name for run in desk.runs) == ["Cancelled", "Suspended"]


def test_a_decision_made_elsewhere_closes_the_run(flows: Any, desk: Desk, store: Store) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    at = "2024-06-01T08:00:00+00:00"
    question = decisions.first_question(entry, store)
    answer = decisions.Answer("reject", "B. First", at, question.shown)
    decisions.decide(entry, question, answer, store)
    run = desk.run_of(entry)
    flows.review_runs.catch_up(store)
    assert desk.run_of(entry).state_name == "Cancelled"
    assert "B. First rejected this draft on 2024-06-01" in desk.run_of(entry).state.message
    assert desk.client.resume_flow_run(run.id).status.value != "ACCEPT"
    assert flows.review_runs.catch_up(store) == 0


def test_an_answer_in_a_form_that_comes_second_is_told_and_changes_nothing(
    flows: Any, desk: Desk, store: Store
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    question = decisions.first_question(entry, store)
    at = "2024-06-01T08:00:00+00:00"
    answer = decisions.Answer("reject", "B. First", at, question.shown)
    decisions.decide(entry, question, answer, store)
    run = desk.send(desk.run_of(entry), **APPROVE)
    assert run.state_name == "Cancelled"
    assert "B. First rejected this draft on 2024-06-01" in run.state.message
    assert "B. First a rejeté cette ébauche le 2024-06-01" in run.state.message
    assert not settings().published.exists()
    assert [made.decision for made in reviews_of(store, entry.brief_id)] == ["reject"]


# The warm worker


@pytest.fixture
def worker(flows: Any, desk: Desk, store: Store) -> Iterator[Any]:
    """The process that takes up answers, here as a value: each ``look`` is one of its looks."""
    from passerelle.review_worker import Reviews

    with ThreadPoolExecutor(2) as threads:
        at_work = Reviews(desk.client, store, threads, 0)
        found = desk.client.read_deployment_by_name(flows.review_runs.DEPLOYMENT)
        at_work.deployment, at_work.flow = found.id, flows.review_brief
        at_work.told_at = float("inf")  # there is no pool to ask
        yield at_work


def looks(worker: Any) -> None:
    """One look, and what it began done."""
    worker.look()
    for future in worker.taken.values():
        future.result()


def test_an_answer_is_taken_up_in_the_warm_process(
    flows: Any, desk: Desk, store: Store, worker: Any
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    run = desk.run_of(entry)
    wrong = {"bottom_line_en": f"[s1] {FEWER.replace('12%', '21%')}"}
    for changed, state in ((wrong, "Suspended"), ({}, "Completed")):
        values = {**desk.prefilled(desk.run_of(entry)), **APPROVE, **changed}
        if not changed:
            values["bottom_line_en"] = f"[s1] {FEWER}"
        desk.client.resume_flow_run(run.id, run_input=values)
        looks(worker)
        assert desk.run_of(entry).state_name == state
    assert approved_brief(store, entry.brief_id) is not None


def test_a_decision_made_elsewhere_closes_the_run_at_the_next_look(
    flows: Any, desk: Desk, store: Store, worker: Any
) -> None:
    entry, other = a_draft(store), a_draft(store, "Shade on First Street")
    put_up(flows, store, entry, other)
    question = decisions.first_question(entry, store)
    at = "2024-06-01T08:00:00+00:00"
    answer = decisions.Answer("reject", "B. First", at, question.shown)
    decisions.decide(entry, question, answer, store)
    looks(worker)
    assert desk.run_of(entry).state_name == "Cancelled"
    assert "B. First rejected this draft" in desk.run_of(entry).state.message
    assert desk.run_of(other).state_name == "Suspended"
    looks(worker)  # and then there is nothing to do
    assert len(desk.runs) == 2


def test_a_draft_that_was_sent_back_elsewhere_gets_the_run_of_its_new_draft(
    flows: Any, desk: Desk, store: Store, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = a_draft(store)
    put_up(flows, store, entry)
    made = replace(entry, edition="redraft", json=entry.json.replace("cooler", "colder"))
    monkeypatch.setattr(batches, "redraft", lambda *_: keep_brief(store, made))
    question = decisions.first_question(entry, store)
    at = datetime.now(UTC).isoformat()
    answer = decisions.Answer("revise", "B. First", at, question.shown, "leave out s3")
    decisions.decide(entry, question, answer, store)
    looks(worker)
    looks(worker)
    states = {run.parameters["edition"]: run.state_name for run in desk.runs}
    assert states == {entry.edition: "Cancelled", "redraft": "Suspended"}


def test_without_the_deployment_drafts_wait_in_the_store_alone(
    flows: Any, prefect_server: str, store: Store
) -> None:
    entry = a_draft(store)
    assert put_up(flows, store, entry) == 0
    assert flows.review_runs.catch_up(store) == 0
    assert decisions.waiting(store) == [entry]


# Whoever listens


@pytest.fixture
def listener() -> Iterator[tuple[str, list[Any]]]:
    """A web server of a messenger's: its address, and what it was sent."""
    heard: list[Any] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", heard
        server.shutdown()


def test_the_automations_of_the_manual_tell_of_a_draft_and_of_a_failed_night(
    flows: Any, desk: Desk, store: Store, listener: tuple[str, list[Any]]
) -> None:
    from prefect.blocks.webhook import Webhook
    from prefect.events.schemas.automations import AutomationCore

    address, heard = listener
    block = Webhook(url=address).save("tests", overwrite=True)
    manual = (ROOT / "docs" / "operators.md").read_text()
    [written] = re.findall(r"```yaml\n(automations:.*?)```", manual, re.DOTALL)
    made = [
        desk.client.create_automation(AutomationCore.model_validate(value))
        for value in yaml.safe_load(written.replace("BLOCK", str(block)))["automations"]
    ]
    try:
        put_up(flows, store, a_draft(store))
        # One after the other: Prefect's webhooks share a pool of connections, which the first to
        # be answered closes, so that one sent at the same moment may be cut off.
        wait_until(lambda: len(heard) == 1, "the draft's message")
        flows.review_runs.tell("night.failed", "Night of 2024-06-01", message="the disk is full")
        wait_until(lambda: len(heard) == 2, "the night's message")
    finally:
        for automation in made:
            desk.client.delete_automation(automation)
    [page] = desk.pages(desk.runs[0])
    texts = sorted(message["text"] for message in heard)
    assert texts[0].startswith("A draft waits: Shade on Main Street http")
    assert texts[0].endswith(f"/v2/artifacts/artifact/{page.id}")
    assert texts[1] == "Night of 2024-06-01 has failed: the disk is full"
