"""The analyst's desk in Prefect: one run for each draft that waits, with its form and its page.

A waiting draft is a run of the deployment ``review-brief`` in state Suspended: no process is held
for it, it outlives the server, and it goes on when the analyst presses Resume. ``put_up`` makes
such runs, ``catch_up`` brings them in line with the store, which is the truth: a draft without a
run gets one, a run whose draft was settled elsewhere is closed, one that crashed goes on with the
answer that was given. All of it can be done twice.

In: drafts of the store, and the ``Question`` that ``reviewing`` asks about each. Out: runs,
forms, artifacts and events. What an answer does is ``reviewing``'s business.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from typing import Any, Literal, cast
from urllib.parse import quote
from uuid import UUID

from passerelle.prefect_environment import DESK, PAGES, QUEUE, set_prefect_defaults
from passerelle.settings import settings

if "prefect" not in sys.modules:
    set_prefect_defaults(os.environ, settings().home)

# Only now: Prefect reads its settings from the environment as it is imported.
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactCreate, LogCreate
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterIdempotencyKey,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, FlowRunPolicy, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.events import emit_event
from prefect.exceptions import ObjectNotFound
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput, keyset_from_paused_state
from prefect.runtime import flow_run
from prefect.settings import PREFECT_UI_URL
from prefect.states import Cancelled, Completed, Scheduled, Suspended
from pydantic import Field, ValidationError, create_model

from corpus.document import LANGUAGES, Language, other
from corpus.errors import PasserelleError
from corpus.store import (
    BriefEntry,
    Decision,
    Store,
    editions_of,
    reviews_of,
)
from passerelle import decisions, forgotten_pages
from passerelle.decisions import (
    Answer,
    DecidedAlreadyError,
    Note,
    NotTakenError,
    Outcome,
    Question,
    say,
)
from passerelle.forgotten_pages import artifact_key
from passerelle.nights import Drafted, Refusal
from pipelines.brief import Brief, Section, from_json
from pipelines.language.lexicon import table
from pipelines.render import render
from pipelines.render.layout import brief_title, kind, label
from pipelines.render.markdown import escape

_log_file = logging.getLogger("passerelle")

#: The deployment whose runs are reviews, as Prefect names it: flow, then deployment.
DEPLOYMENT = "Review a brief/review-brief"

#: Most characters of a title in the name of a run.
TITLE_LENGTH = 80

#: Words at least as common as this tell nothing by themselves: "of", "with" (Zipf frequency).
COMMON = 6.0

#: How much of the end of a draft's id stands there: what was made of its document's bytes.
ID_LENGTH = 8

#: How many runs Prefect gives at once.
_PAGE = 200


#: A run that is in one of these has its draft in hand, or waits for its person.
_ALIVE = (
    StateType.PAUSED,
    StateType.SCHEDULED,
    StateType.PENDING,
    StateType.RUNNING,
    StateType.CANCELLING,
)
#: In one of these it ended without a decision, with its person's answer unread.
_BROKEN = (StateType.CRASHED, StateType.FAILED)

#: What a run's state is that didn't end with a decision.
_UNDECIDED = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[*_ALIVE, *_BROKEN, StateType.CANCELLED])
)

#: Threads of one process put drafts up one after the other: what one makes the next one finds.
_ONE_AT_A_TIME = threading.Lock()

#: How often a draft's run may be made again and still be found by its draft.
_TIMES = 10

# The form


def form(entry: BriefEntry, question: Question) -> type[RunInput]:
    """The form of a draft: the decision, and every line in both languages, as a person finds it.

    Decision and name have no default, so that nobody approves by one click.
    """
    brief = from_json(entry.json, entry.brief_id)
    before = question.before
    asked = [*_head_fields(brief, before), *_text_fields(brief, question)]
    if any(not item.unsure for item in question.refused):
        asked.append(("overrule", str, _field("overrule", before.overrule if before else "")))
    fields = {
        name: (
            kind,
            Field(default, title=title, description=hint, json_schema_extra={"position": n}),
        )
        for n, (name, kind, (default, title, hint)) in enumerate(asked)
    }
    model = create_model("Review", __base__=RunInput, **cast(Any, fields))
    model._description = description(brief, question)
    return model


_Field = tuple[Any, str, str]


def _field(name: str, default: Any) -> _Field:
    hints = table("review")["hint"].get(name)
    return default, both("field", name), both("hint", name) if hints else ""


def _head_fields(brief: Brief, before: Answer | None) -> Iterator[tuple[str, Any, _Field]]:
    """The decision, which nobody has made yet, and what their last answer had beside it."""
    yield "decision", Literal[tuple(_choices("decision"))], _field("decision", ...)
    yield "reviewer", str, _field("reviewer", before.reviewer if before else ...)
    yield "comment", str, _field("comment", before.comment if before else "")
    offered = [both("publish_in", name) for name in (brief.language, "both")]
    wanted = offered[before is not None and len(before.languages) > 1]
    yield "publish_in", Literal[tuple(offered)], _field("publish_in", wanted)


def _text_fields(brief: Brief, question: Question) -> Iterator[tuple[str, Any, _Field]]:
    hint = both("hint", "lines")
    for section, texts in question.texts.items():
        for language in (brief.language, other(brief.language)):
            title = f"{label('section', section, language)} ({language.upper()})"
            yield f"{section}_{language}", str, (texts.get(language, ""), title, hint)
            hint = ""


def both(group: str, name: str) -> str:
    """A text of ``review.toml`` in both languages, once where they are the same."""
    entry = table("review")[group][name]
    return " · ".join(dict.fromkeys(str(entry[code]) for code in LANGUAGES))


def _choices(group: str) -> dict[str, str]:
    """What a form offers, and what it means."""
    return {both(group, name): name for name in table("review")[group]}


def description(brief: Brief, question: Question) -> str:
    """What the form says above its fields, in both languages."""
    notes = [*(question.notes or [say("intro")]), *_how(question)]
    parts = [f"**{escape(brief_title(brief))}**"]
    for code in LANGUAGES:
        first, *others = (note.markdown(code) for note in notes)
        parts += [first, "\n".join(f"- {line}" for line in others)]
    return "\n\n".join(part for part in parts if part)


def _how(question: Question) -> Iterator[Note]:
    """What a person can do in the form about words that a check doesn't let stand."""
    if any(not item.unsure for item in question.refused):
        yield say("how_refused")
    if any(item.unsure for item in question.refused):
        yield say("how_unsure")


def ask(entry: BriefEntry, question: Question, key: str) -> Answer:
    """Show a form on the run at hand, end its process, and go on here with what was sent in.

    A run that was resumed without an answer asks once more, under another key.
    """
    for again in count():
        asked = f"{key}-{again}" if again else key
        with suppress(ValidationError):
            filled_in = suspend_flow_run(wait_for_input=form(entry, question), key=asked)
            return answer(filled_in, question, _sent_at(asked))
    raise AssertionError  # count() has no end


def _sent_at(key: str) -> str:
    """When an answer was sent in: the same however often the run reads it."""
    prefix = keyset_from_paused_state(Suspended(pause_key=key))["response"]
    with get_client(sync_client=True) as client:
        [sent] = client.filter_flow_run_input(
            flow_run_id=UUID(flow_run.id), key_prefix=prefix, limit=1, exclude_keys=set()
        )
    return cast(datetime, sent.created).astimezone(UTC).isoformat(timespec="milliseconds")


def answer(filled_in: RunInput, question: Question, at: str) -> Answer:
    """What a person sent in with a form.

    The page doesn't send a text that was emptied: what is missing is empty, not as it was.
    """
    sent = filled_in.model_fields_set
    values = filled_in.model_dump()
    texts: dict[Section, dict[Language, str]] = {
        section: {
            code: values[name] if (name := f"{section}_{code}") in sent else ""
            for code in LANGUAGES
        }
        for section in question.texts
    }
    chosen = _choices("publish_in")[values["publish_in"]]
    return Answer(
        decision=cast(Decision, _choices("decision")[values["decision"]]),
        reviewer=values["reviewer"],
        at=at,
        shown=question.shown,
        comment=values["comment"] if "comment" in sent else "",
        languages=LANGUAGES if chosen == "both" else (cast(Language, chosen),),
        texts=texts,
        overrule=values["overrule"] if "overrule" in sent else "",
    )


# The runs


def put_up(entries: Iterable[BriefEntry], store: Store) -> int:
    """Make a waiting run for each draft that has none; how many are new.

    Nothing happens where the deployment isn't known to the server: the drafts then wait in
    ``passerelle review`` alone.
    """
    with get_client(sync_client=True) as client:
        deployment = _deployment(client)
        if deployment is None:
            return 0
        with _ONE_AT_A_TIME:
            return sum(_put_up(entry, store, client, deployment) for entry in entries)


def _deployment(client: SyncPrefectClient) -> UUID | None:
    try:
        return client.read_deployment_by_name(DEPLOYMENT).id
    except ObjectNotFound:
        return None


def pause_key(round: int) -> str:
    """The name of the n-th time that a run asks."""
    return f"review-{round}"


def _key(entry: BriefEntry) -> str:
    """What a run is known by: one run for one text of a draft."""
    return f"{entry.brief_id}/{entry.edition}/{entry.sha256[:16]}"


def _put_up(
    entry: BriefEntry, store: Store, client: SyncPrefectClient, deployment: UUID, again: int = 0
) -> bool:
    """Make the run of a draft, or what it lacks; whether there was something to do.

    That it needn't be suspended a second time is noted last: a run with that note is complete.
    """
    state: State[Any] = Suspended(pause_key=pause_key(1))
    keyset = keyset_from_paused_state(state)
    state.state_details.run_input_keyset = cast(dict[str, str], keyset)
    brief = from_json(entry.json, entry.brief_id)
    question = decisions.first_question(entry, store)
    run = client.create_flow_run_from_deployment(
        deployment,
        parameters={
            "brief": entry.brief_id,
            "edition": entry.edition,
            "after": question.shown.after,
        },
        state=state,
        name=run_name(entry),
        tags=tags(entry, store),
        idempotency_key=_key(entry) + f"/{again}" * bool(again),
    )
    if _is_complete(run):
        return False
    form(entry, question).save(keyset, flow_run_id=run.id)
    page = show(brief, run.id, client, question.notes)
    client.create_logs([_log(run.id, line) for line in _first_steps(page, brief.id)])
    asked = FlowRunPolicy(pause_keys={pause_key(1)})
    client.update_flow_run(run.id, empirical_policy=asked)
    tell("draft.ready", brief_title(brief), page=page, checks_passed=brief.passed)
    return True


def show(brief: Brief, run: UUID, client: SyncPrefectClient, notes: Sequence[Note] = ()) -> str:
    """Show a draft beside its evidence as an artifact of its review; the page's address.

    It opens with what a reviewer must know first, as what a new draft does otherwise than the last.
    """
    told = ["\n".join(f"- {note.markdown(code)}" for note in notes) for code in LANGUAGES]
    desk = f"**[{both('page', 'desk')}]({DESK}/drafts/{quote(brief.id)})**"
    decide = f"[{both('page', 'decide')}]({PAGES}/runs/flow-run/{run})"
    made = client.create_artifact(
        ArtifactCreate(
            key=artifact_key(brief.id),
            type="markdown",
            description=f"{escape(brief_title(brief))}\n\n{desk} · {decide}",
            data="\n\n".join([*filter(None, told), render(brief, "md")]),
            flow_run_id=run,
        )
    )
    return f"{PREFECT_UI_URL.value()}{PAGES}/artifacts/artifact/{made.id}"


def show_unless_shown(entry: BriefEntry) -> None:
    """Show a draft on the run at hand, where that run wasn't made by ``put_up``."""
    of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[UUID(flow_run.id)]))
    with get_client(sync_client=True) as client:
        if not client.read_artifacts(artifact_filter=of_run, limit=1):
            show(from_json(entry.json, entry.brief_id), UUID(flow_run.id), client)


def refusal(error: NotTakenError, reviewer: str) -> State[Any]:
    """How a run ends whose answer came second: with who decided what and when.

    One who decided it themselves, in an answer of this run that is read again, is told that.
    """
    message = " · ".join(error.note.words(code) for code in LANGUAGES)
    say_in_log([error.note.words(code) for code in LANGUAGES])
    if isinstance(error, DecidedAlreadyError) and error.review.reviewer == reviewer.strip():
        return Completed(message=message)
    return Cancelled(message=message)


def told(outcome: Outcome) -> list[str]:
    """What came of an answer, in both languages, for a log or a state's message."""
    notes = outcome.question.notes if outcome.question else (outcome.note,)
    return ["\n".join(note.words(code) for note in notes) for code in LANGUAGES]


def say_in_log(messages: Sequence[str]) -> None:
    """Tell something on the page of the run at hand, where an analyst looks first."""
    with get_client(sync_client=True) as client:
        client.create_logs([_log(UUID(flow_run.id), message) for message in messages])


def words_on(drafted: Iterable[Drafted], refused: Iterable[Refusal]) -> list[str]:
    """What became of sources that somebody had drafted, in both languages."""
    notes = [say("drafted", title=item["title"], page=queue()) for item in drafted]
    notes += [say("not_drafted", **item) for item in refused]
    return [note.words(code) for note in notes for code in LANGUAGES]


def queue() -> str:
    """The address of the page where drafts wait."""
    return f"{PREFECT_UI_URL.value()}{QUEUE}"


def pages_of(entries: Iterable[BriefEntry]) -> dict[str, str]:
    """Where each of these drafts is decided on, by its brief's id, for pages of the same server."""
    wanted = list(entries)
    pages: dict[str, str] = {}
    with get_client(sync_client=True) as client:
        for start in range(0, len(wanted), _PAGE // _TIMES):
            for made in _runs_of(client, wanted[start : start + _PAGE // _TIMES]).values():
                pages[str(made[-1].parameters["brief"])] = f"{PAGES}/runs/flow-run/{made[-1].id}"
    return pages


def way_to_queue() -> str:
    """Links to the desk and to that page, for other pages of the same server."""
    return f"**[{both('page', 'desk_queue')}]({DESK})** · [{both('page', 'queue')}]({QUEUE})"


def has_asked(key: str) -> bool:
    """Whether the run at hand has asked under a key before, and so has told what came before."""
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(UUID(flow_run.id))
    return key in (run.empirical_policy.pause_keys or ())


def close_with(outcome: Outcome, store: Store) -> None:
    """Do on Prefect's side what an outcome asks for: show what was approved, put up a redraft."""
    if outcome.redraft is not None:
        put_up([outcome.redraft], store)
    if outcome.approved is not None:
        create_markdown_artifact(
            render(outcome.approved, "md"),
            key=artifact_key(outcome.approved.id),
            description=" · ".join(outcome.note.markdown(code) for code in LANGUAGES),
        )


def tell(event: str, name: str, **payload: Any) -> None:
    """Let whoever listens know: an automation, which may send a message."""
    resource = {
        "prefect.resource.id": f"passerelle.{event}",
        "prefect.resource.name": name,
    }
    emit_event(event=f"passerelle.{event}", resource=resource, payload=payload)


def _first_steps(page: str, brief_id: str) -> Iterator[str]:
    """What an analyst sees first on the page of a run: its log."""
    desk = f"{PREFECT_UI_URL.value()}{DESK}/drafts/{quote(brief_id)}"
    for code in LANGUAGES:
        yield say("first_steps", page=page, desk=desk).words(code)


def _log(run: UUID, message: str) -> LogCreate:
    now = datetime.now(UTC)
    return LogCreate(
        name="Passerelle", level=logging.INFO, message=message, timestamp=now, flow_run_id=run
    )


def _is_complete(run: FlowRun) -> bool:
    return pause_key(1) in (run.empirical_policy.pause_keys or ())


def run_name(entry: BriefEntry) -> str:
    """``review-``, what tells the draft's title from others, and the end of the draft's id."""
    brief = from_json(entry.json, entry.brief_id)
    told = telling_part(brief_title(brief), brief.language)
    return f"review-{told} · {entry.brief_id[-ID_LENGTH:]}"


def telling_part(title: str, language: Language) -> str:
    """How a long title begins, and its rarest words behind that, with "…" for what is left out.

    Titles begin alike ("Effects of …, a systematic review"): the first words tell them apart least,
    but a person looks for them.
    Rarity is Zipf frequency in the language (wordfreq; van Heuven et al. 2014).
    """
    if len(title) <= TITLE_LENGTH:
        return title
    words = title.split()
    rare = sorted(range(len(words)), key=lambda n: (_commonness(words[n], language), n))
    kept: set[int] = set()
    for place in range(len(words)):
        if len(" ".join(words[: place + 1])) > TITLE_LENGTH // 2:
            break
        kept.add(place)
    for place in rare:
        tells = _commonness(words[place], language) < COMMON
        if tells and len(_with_gaps(words, kept | {place})) <= TITLE_LENGTH:
            kept.add(place)
    return _with_gaps(words, kept) or title[:TITLE_LENGTH]


def _commonness(word: str, language: Language) -> float:
    from wordfreq import zipf_frequency  # heavy, and only long titles need it

    letters = re.sub(r"\W+", "", re.split(r"[’']", word)[-1])
    return float(zipf_frequency(letters, language)) if len(letters) > 2 else 9.0


def _with_gaps(words: Sequence[str], kept: set[int]) -> str:
    parts: list[str] = []
    for place, word in enumerate(words):
        if place in kept:
            parts.append(word)
        elif not parts or parts[-1] != "…":
            parts.append("…")
    return " ".join(parts)


def tags(entry: BriefEntry, store: Store) -> list[str]:
    """What the queue can be told apart by: kind, language, audience, in the reader's language."""
    brief = from_json(entry.json, entry.brief_id)
    names = [("brief", kind(brief)), ("endonym", brief.language), ("audience", brief.audience)]
    found = [label(group, name, brief.language) for group, name in names]
    again = decisions.is_redraft(entry, store)
    marks = [name for name, holds in (("again", again), ("failed", not brief.passed)) if holds]
    return [*found, *(str(table("review")["tag"][name][brief.language]) for name in marks)]


def catch_up(store: Store) -> int:
    """Bring the runs in line with the store; how many drafts were put up anew.

    What a crash left undone in the store is made good first. What can't be is told in the log.
    """
    for failure in decisions.finish(store):
        _log_file.warning("%s", failure)
    with _ONE_AT_A_TIME, get_client(sync_client=True) as client:
        deployment = _deployment(client)
        if deployment is None:
            return 0
        forgotten_pages.clear(store, client)
        waiting = {_key(entry): entry for entry in decisions.waiting(store)}
        runs: dict[str, list[FlowRun]] = {}
        for run in _runs(client, deployment):
            runs.setdefault("/".join((run.idempotency_key or "").split("/")[:3]), []).append(run)
        for key in sorted(runs.keys() - waiting.keys() - {""}):
            for run in runs[key]:
                _close(run, client, store)
        made = 0
        for key, entry in waiting.items():
            try:
                made += _restore(entry, runs.get(key, []), store, client, deployment)
            except PasserelleError as failure:  # one that can't be shown doesn't hide the others
                _log_file.warning("%s", failure)
        return made


def follow(store: Store, briefs: Collection[str]) -> None:
    """Bring the runs of some briefs in line with the store, after somebody has decided on them."""
    with _ONE_AT_A_TIME, get_client(sync_client=True) as client:
        deployment = _deployment(client)
        if deployment is None:
            return
        waiting = {
            _key(entry): entry for entry in decisions.waiting(store) if entry.brief_id in briefs
        }
        runs = _runs_of(client, [one for brief in briefs for one in editions_of(store, brief)])
        for key in sorted(runs.keys() - waiting.keys()):
            for run in runs[key]:
                _close(run, client, store)
        for key, entry in waiting.items():
            _restore(entry, runs.get(key, []), store, client, deployment)


def _runs_of(client: SyncPrefectClient, entries: Iterable[BriefEntry]) -> dict[str, list[FlowRun]]:
    """The runs of some drafts that didn't end with a decision, by the drafts' keys."""
    keys = [_key(entry) for entry in entries]
    known = [*keys, *(f"{key}/{again}" for key in keys for again in range(1, _TIMES))]
    found = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            idempotency_key=FlowRunFilterIdempotencyKey(any_=known), state=_UNDECIDED
        ),
        sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        limit=_PAGE,
    )
    runs: dict[str, list[FlowRun]] = {}
    for run in found:
        runs.setdefault("/".join((run.idempotency_key or "").split("/")[:3]), []).append(run)
    return runs


def _runs(client: SyncPrefectClient, deployment: UUID) -> Iterator[FlowRun]:
    """Every review run that didn't end with a decision, oldest first, page by page."""
    of_reviews = DeploymentFilter(id=DeploymentFilterId(any_=[deployment]))
    undecided = FlowRunFilter(state=_UNDECIDED)
    for offset in count(0, _PAGE):
        found = client.read_flow_runs(
            flow_run_filter=undecided,
            deployment_filter=of_reviews,
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=_PAGE,
            offset=offset,
        )
        yield from found
        if len(found) < _PAGE:
            return


def _restore(
    entry: BriefEntry,
    runs: Sequence[FlowRun],
    store: Store,
    client: SyncPrefectClient,
    deployment: UUID,
) -> bool:
    """See to it that a waiting draft has a run; whether it had none."""
    alive = [n for n, run in enumerate(runs) if run.state_type in _ALIVE]
    if alive:
        complete = _is_complete(runs[alive[-1]])
        return not complete and _put_up(entry, store, client, deployment, alive[-1])
    if runs and runs[-1].state_type in _BROKEN:
        client.set_flow_run_state(runs[-1].id, Scheduled(), force=True)
        return False
    return _put_up(entry, store, client, deployment, len(runs))


def _close(run: FlowRun, client: SyncPrefectClient, store: Store) -> None:
    """End a run that waits for a decision on what is no longer to be decided; say who decided."""
    if run.state_type != StateType.PAUSED:
        return
    made = [
        one
        for one in reviews_of(store, str(run.parameters.get("brief", "")))
        if one.number > (run.parameters.get("after") or 0)
    ]
    note = decisions.what_was_decided(made[0], store) if made else say("drafted_anew")
    message = " · ".join(note.words(code) for code in LANGUAGES)
    client.set_flow_run_state(run.id, Cancelled(message=message), force=True)
