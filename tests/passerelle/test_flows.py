"""What the nightly work promises: by its plain functions, and once as a whole under Prefect."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import office
import pytest
from hypothesis import given
from hypothesis import strategies as st
from maker import Maker
from markdown_it import MarkdownIt

from corpus.document import Document
from corpus.errors import ModelMissingError, PasserelleError, UnreadableError
from corpus.settings_base import read_again
from corpus.store import (
    OperationalError,
    ReviewEntry,
    Store,
    briefs_waiting,
    documents,
    find_brief,
    find_document,
    keep_review,
    open_store,
    outcomes,
    refused_drafts,
)
from passerelle import batches, nights
from passerelle.nights import Night
from passerelle.prefect_environment import set_prefect_defaults
from passerelle.settings import SettingsError, settings
from pipelines.render.markdown import escape

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = (
    "echange-eaux-pluviales.vtt",
    "heat-exchange.vtt",
    "ilots-de-chaleur.xml",
    "street-trees.xml",
)
HOSTILE = "![spy](https://evil.example/p.png) <img src=//evil.example/p> [go](javascript:alert(1))"
PAPER = """# Shade on Main Street

## Results

Streets with more trees were cooler in the afternoon than streets without them.
"""
OTHER = PAPER.replace("cooler", "two degrees cooler")
CUT = '<?xml version="1.0"?><article><front><article-meta>'


pytestmark = [pytest.mark.usefixtures("home"), pytest.mark.served]


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def inbox(home: Path) -> Path:
    folder = home / "inbox"
    folder.mkdir(parents=True)
    (folder / "shade.md").write_text(PAPER)
    return folder


@pytest.fixture
def maker(flows: Any, monkeypatch: pytest.MonkeyPatch) -> Maker:
    made = Maker()
    monkeypatch.setattr("pipelines.draft.draft", made.draft)
    monkeypatch.setattr("models.encoder.load", lambda: None)
    return made


@pytest.fixture
def later_edition(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make the program a later edition from now on."""
    return lambda: monkeypatch.setattr(batches, "edition", lambda: "a-later-edition")


def names(places: list[str]) -> list[str]:
    return [Path(place).name for place in places]


def new(flows: Any, store: Store) -> list[str]:
    return names(nights.new_sources(nights.inbox_sources(), store))


def take_in_all(flows: Any, store: Store) -> list[tuple[str, str]]:
    arrived = nights.take_in(nights.new_sources(nights.inbox_sources(), store), store)
    return [(Path(item["source"]).name, item["state"]) for item in arrived]


def draft_all(flows: Any, store: Store) -> Any:
    return nights.draft_documents(nights.undrafted(store), store)


# What is new


def test_an_inbox_that_is_missing_or_empty_holds_nothing_and_is_made(
    flows: Any, home: Path
) -> None:
    assert nights.inbox_sources() == []
    assert (home / "inbox").is_dir()


def test_an_inbox_that_cannot_be_opened_is_one_line(flows: Any, home: Path) -> None:
    home.mkdir()
    (home / "inbox").write_text("not a folder")
    with pytest.raises(PasserelleError, match=r"inbox can't be opened.*check PASSERELLE_INBOX"):
        nights.inbox_sources()


def test_what_was_taken_in_is_not_new_again_until_it_changes(
    flows: Any, store: Store, inbox: Path
) -> None:
    (inbox / "copy.md").write_text(PAPER)
    assert new(flows, store) == ["copy.md", "shade.md"]
    assert take_in_all(flows, store) == [("copy.md", "added"), ("shade.md", "duplicate")]
    assert new(flows, store) == []
    (inbox / "shade.md").write_text(OTHER)
    assert new(flows, store) == ["shade.md"]
    assert take_in_all(flows, store) == [("shade.md", "updated")]
    assert new(flows, store) == []


def test_what_cannot_be_read_is_told_once_and_tried_again_by_a_later_edition(
    flows: Any, store: Store, inbox: Path, later_edition: Any
) -> None:
    (inbox / "cut.xml").write_text(CUT)
    (inbox / "letter.docx").write_bytes(b"PK\x03\x04")
    assert sorted(take_in_all(flows, store)) == [
        ("cut.xml", "quarantined"),
        ("letter.docx", "quarantined"),
        ("shade.md", "added"),
    ]
    assert new(flows, store) == []
    later_edition()
    assert sorted(new(flows, store)) == ["cut.xml", "letter.docx"]


def test_each_file_of_a_mixed_folder_is_accounted_for(
    flows: Any, store: Store, home: Path, maker: Maker
) -> None:
    """What a newcomer drops into the inbox: all sorts, twice, and some of it broken."""
    folder = home / "inbox"
    folder.mkdir(parents=True)
    for sample in sorted((ROOT / "corpus" / "samples").iterdir()):
        if sample.suffix not in (".py", ".jsonl"):
            shutil.copy(sample, folder)
    for index in ("bmc", "erudit", "pubmed", "tei"):
        shutil.copy(ROOT / "benchmarks" / "seeds" / f"made-{index}.xml", folder)
    words = PAPER.split("\n\n")[2]
    wordy = [("Heading 1", "Shade by the lake"), ("Normal", words.replace("cooler", "greener"))]
    cue = "\n00:00:01,000 --> 00:00:04,000\nMayor: "
    made: dict[str, bytes | str] = {
        "letter.docx": office.word(*wordy),
        "report.odt": office.odt(f"<text:p>{words.replace('cooler', 'quieter')}</text:p>"),
        "page.html": f"<html><body><article><h1>Shade</h1><p>{words.replace('cooler', 'wetter')}"
        f"</p><p>{words * 4}</p></article></body></html>",
        "call.srt": f"1{cue}Who will pay for the shelters?\n",
        "again.xml": (folder / "street-trees.xml").read_bytes(),
        "set.xml": "<pmc-articleset>"
        + _article("Shade one", words.replace("cooler", "softer"))
        + _article("Shade two", "Buses were late in the snow. " * 9)
        + "</pmc-articleset>",
        "scielo.xml": _article(
            "Sombra nas ruas",
            "As ruas com sombra ficaram mais frescas do que as outras durante todo o verão. " * 3,
            '<sub-article article-type="translation" xml:lang="en"><front-stub><title-group>'
            "<article-title>Shade in the streets</article-title></title-group></front-stub><body>"
            f"<p>{words.replace('cooler', 'calmer')}</p></body></sub-article>",
        ),
        "cut.xml": CUT,
        "noise.docx": b"no archive at all",
        "empty.txt": b"",
        "portugues.txt": "Este artigo descreve os efeitos da sombra nas ruas da cidade durante o "
        "verão, e mostra que as árvores reduzem a temperatura.",
    }
    for name, content in made.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    arrived = nights.take_in(nights.new_sources(nights.inbox_sources(), store), store)
    drafts: nights.Drafts = draft_all(flows, store)
    work: Night = {
        **drafts,
        "arrived": arrived,
        "noticed": [],
        "left_alone": 0,
        "waiting": 0,
        "seconds": {},
    }
    digest = nights.digest_of(work)
    unnamed = [path.name for path in folder.iterdir() if escape(path.name) not in digest]
    assert unnamed == []
    assert {Path(item["source"]).name for item in nights.refused(work)} == {
        "cut.xml", "empty.txt", "noise.docx", "portugues.txt"
    }  # fmt: skip
    assert [name for name in ("set.xml#1", "set.xml#2") if escape(name) not in digest] == []


def _article(title: str, words: str, more: str = "") -> str:
    return (
        f"<article><front><article-meta><title-group><article-title>{title}</article-title>"
        f"</title-group></article-meta></front><body><p>{words}</p></body>{more}</article>"
    )


def test_each_article_of_a_set_is_accounted_for_by_itself(flows: Any, store: Store) -> None:
    inbox = settings().inbox
    shaded = "The shaded streets were cooler than the open ones, and people walked there. "
    parts = [
        _article(f"Street {n}", shaded.replace("cooler", f"{n} °C cooler") * 3) for n in "1234"
    ]
    inbox.mkdir(parents=True)
    place = inbox / "set.xml"

    def put(count: int) -> None:
        place.write_text(f"<pmc-articleset>{''.join(parts[:count])}</pmc-articleset>")

    put(2)
    # a night that ended behind the first of them
    assert nights.take_in([f"{place}#1"], store)[0]["state"] == "added"
    assert new(flows, store) == ["set.xml"]
    states = dict(take_in_all(flows, store))
    assert states["set.xml#2"] == "added"
    assert new(flows, store) == []
    put(3)  # one more is appended
    assert new(flows, store) == ["set.xml"]
    assert dict(take_in_all(flows, store))["set.xml#3"] == "added"
    assert new(flows, store) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"\xff.md", r"\xff.md"),
        ("Capture d’écran\u202f2.md".encode(), r"Capture d’écran\u202f2.md"),
    ],
)
def test_a_file_whose_name_cannot_be_printed_is_taken_in_all_the_same(
    flows: Any, store: Store, inbox: Path, maker: Maker, name: bytes, shown: str
) -> None:
    try:
        Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_text(OTHER)
    except OSError:
        pytest.skip("this file system takes no such name")
    states = dict(take_in_all(flows, store))
    assert states == {"shade.md": "added", shown: "added"}
    assert new(flows, store) == []
    assert len(draft_all(flows, store)["drafted"]) == 2


# What is still to draft


def test_a_document_is_drafted_once(flows: Any, store: Store, inbox: Path, maker: Maker) -> None:
    take_in_all(flows, store)
    [drafted] = draft_all(flows, store)["drafted"]
    assert drafted == {
        "brief": drafted["brief"],
        "title": "Shade on Main Street",
        "source": "shade.md",
        "passed": True,
    }
    assert find_brief(store, drafted["brief"], batches.edition())
    outbox = settings().outbox
    assert sorted(path.suffix for path in outbox.iterdir()) == [".html", ".json", ".md", ".xlf"]
    assert nights.undrafted(store) == []
    for path in outbox.iterdir():
        path.unlink()  # the analyst has taken the brief away
    assert nights.undrafted(store) == []
    assert maker.asked == ["shade.md"]


def test_a_crash_between_ingest_and_draft_is_made_good(
    flows: Any, store: Store, inbox: Path, maker: Maker
) -> None:
    take_in_all(flows, store)  # and here the program was killed
    assert new(flows, store) == []
    assert nights.undrafted(store) == [entry.id for entry in documents(store)]


def test_a_brief_that_did_not_reach_the_outbox_is_written_without_being_made_again(
    flows: Any, store: Store, inbox: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise PasserelleError("no space left")

    take_in_all(flows, store)
    with monkeypatch.context() as patch:
        patch.setattr(batches, "_write", full)
        drafts = draft_all(flows, store)
    assert [refusal["reason"] for refusal in drafts["refused"]] == ["no space left"]
    assert len(nights.undrafted(store)) == 1
    assert len(draft_all(flows, store)["drafted"]) == 1
    assert nights.undrafted(store) == []
    assert maker.asked == ["shade.md"]


def test_a_document_that_cannot_be_drafted_is_told_once(
    flows: Any, store: Store, inbox: Path, maker: Maker, later_edition: Any
) -> None:
    (inbox / "other.md").write_text(OTHER)
    maker.fails_on = "other.md"
    take_in_all(flows, store)
    drafts = draft_all(flows, store)
    assert len(drafts["drafted"]) == 1
    [refusal] = drafts["refused"]
    assert Path(refusal["source"]).name == "other.md"
    assert refusal["reason"] == "tells of nothing; give another document"
    assert nights.undrafted(store) == []
    [last] = refused_drafts(store)
    assert (last.audience, last.reason) == ("staff", f"other.md: {refusal['reason']}")
    later_edition()
    assert len(nights.undrafted(store)) == 2


def test_a_missing_model_is_no_fault_of_the_documents(
    flows: Any, store: Store, inbox: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ModelMissingError("sentence encoder not found; install it")

    take_in_all(flows, store)
    with monkeypatch.context() as patch:
        patch.setattr("models.encoder.load", missing)
        with pytest.raises(ModelMissingError):
            draft_all(flows, store)
    assert len(nights.undrafted(store)) == 1


def test_a_document_whose_file_is_gone_is_drafted_from_the_store(
    flows: Any, store: Store, inbox: Path, maker: Maker, later_edition: Any
) -> None:
    take_in_all(flows, store)
    (inbox / "shade.md").unlink()
    [drafted] = draft_all(flows, store)["drafted"]
    assert (settings().outbox / f"{drafted['brief']}.md").is_file()
    assert nights.undrafted(store) == []
    later_edition()
    assert draft_all(flows, store)["drafted"] == [drafted]
    [entry] = documents(store)
    assert find_document(store, entry.id, "a-later-edition") == find_document(store, entry.id)
    assert nights.undrafted(store) == []


def test_a_brief_made_before_its_file_was_gone_reaches_the_outbox(
    flows: Any, store: Store, inbox: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise PasserelleError("no space left")

    take_in_all(flows, store)
    with monkeypatch.context() as patch:
        patch.setattr(batches, "_write", full)
        draft_all(flows, store)
    (inbox / "shade.md").unlink()
    assert len(draft_all(flows, store)["drafted"]) == 1
    assert maker.asked == ["shade.md"]
    assert refused_drafts(store) == []


@pytest.mark.parametrize(
    ("decision", "again"), [("approve", False), ("reject", False), ("revise", True)]
)
def test_a_later_edition_leaves_alone_what_a_person_has_settled(
    flows: Any,
    store: Store,
    inbox: Path,
    maker: Maker,
    later_edition: Any,
    decision: Any,
    again: bool,
) -> None:
    take_in_all(flows, store)
    [drafted] = draft_all(flows, store)["drafted"]
    entry = find_brief(store, drafted["brief"])
    assert entry is not None
    at = "2024-06-01T08:00:00-04:00"
    keep_review(
        store,
        ReviewEntry(
            entry.brief_id, entry.edition, entry.sha256, decision, "the reviewer", [], "", at
        ),
    )
    assert nights.left_alone(store) == 0
    later_edition()
    assert bool(nights.undrafted(store)) == again
    assert nights.left_alone(store) == (0 if again else 1)
    asked = nights.draft_sources([str(inbox / "shade.md")], "staff", None, store)
    assert len(asked["drafted"]) == 1
    assert nights.left_alone(store) == 0


def test_a_file_that_is_put_back_can_be_drafted_by_hand(
    flows: Any, store: Store, inbox: Path, maker: Maker, later_edition: Any
) -> None:
    take_in_all(flows, store)
    later_edition()
    (inbox / "shade.md").unlink()
    assert len(draft_all(flows, store)["drafted"]) == 1
    (inbox / "shade.md").write_text(PAPER)
    drafts = nights.draft_sources([str(inbox / "shade.md")], "staff", None, store)
    assert (len(drafts["drafted"]), drafts["refused"]) == (1, [])


def test_a_document_that_a_later_edition_cannot_read_is_told_once(
    flows: Any,
    store: Store,
    inbox: Path,
    maker: Maker,
    later_edition: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stricter(content: bytes, name: str) -> Document:
        raise UnreadableError(f"{name}: holds no prose; export it again")

    take_in_all(flows, store)
    draft_all(flows, store)
    later_edition()
    monkeypatch.setattr("corpus.readers.read_bytes", stricter)
    [refusal] = draft_all(flows, store)["refused"]
    assert refusal["reason"] == "holds no prose; export it again"
    assert nights.undrafted(store) == []


# What is shown


@given(st.text(min_size=1))
def test_an_artifact_key_is_lower_case_letters_digits_and_dashes(flows: Any, name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", flows.review_runs.artifact_key(name))


def test_two_briefs_have_two_keys(flows: Any) -> None:
    assert flows.review_runs.artifact_key("street-trees-97e51996") == "brief-street-trees-97e51996"


def loads_nothing(markdown: str) -> bool:
    """Whether a page of Markdown has no image, no link and no HTML but folding."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    flat = [inner for token in tokens for inner in (token, *(token.children or ()))]
    html = "".join(token.content for token in flat if token.type in ("html_block", "html_inline"))
    tags = set(re.findall(r"<\s*/?\s*([^\s>/]+)", html))
    types = {token.type for token in flat}
    return not types & {"image", "link_open"} and tags <= {"details", "summary"}


def test_the_test_of_harmless_pages_can_fail() -> None:
    assert not loads_nothing("![spy](https://evil.example/p.png)")
    assert not loads_nothing("[go](https://evil.example)")
    assert not loads_nothing("| a |\n|---|\n| <img src=x> |")


def test_the_digest_says_what_came_in_and_why_what_was_refused(flows: Any) -> None:
    work: Night = {
        "arrived": [
            {"source": "/in/a.pdf", "state": "added", "reason": ""},
            {"source": "/in/b.pdf", "state": "duplicate", "reason": "the same bytes as a.pdf"},
            {"source": f"/in/{HOSTILE}.pdf", "state": "quarantined", "reason": HOSTILE},
        ],
        "drafted": [{"brief": "a-1234", "title": HOSTILE, "source": "a.pdf", "passed": False}],
        "refused": [{"source": "/in/c.pdf", "reason": "tells of nothing"}],
        "put_off": [{"source": "/in/d.pdf", "reason": "short of memory"}],
        "kept_aside": ["/out/a-1234.edited-00.md"],
        "noticed": [],
        "left_alone": 7,
        "waiting": 9,
        "seconds": {"take in": 1.5, "draft": 20.25},
    }
    text = nights.digest_of(work)
    for line in ("| Came in | 3 |", "| Duplicates | 1 |", "| Drafted | 1 |", "| Refused | 2 |"):
        assert line in text
    assert "| Waiting for review | 9 |" in text
    assert "| take in | 1.5 |" in text
    assert "| Left as reviewed | 7 |" in text
    assert r"| a\.pdf | ✗ | a-1234 |" in text
    assert r"| /in/b\.pdf | the same bytes as a\.pdf |" in text
    assert "tells of nothing" in text
    assert loads_nothing(text)


# Settings


def test_prefect_is_kept_at_home_unless_the_user_says_otherwise() -> None:
    environment = {"PREFECT_SERVER_ANALYTICS_ENABLED": "true"}
    set_prefect_defaults(environment, Path("/srv/passerelle"))
    assert environment["PREFECT_HOME"] == str(Path("/srv/passerelle/prefect"))
    assert environment["DO_NOT_TRACK"] == "1"
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "true"


def test_batches_run_one_at_a_time_on_threads(flows: Any) -> None:
    assert flows.task_runner("threads")._max_workers == 1


def test_dask_that_is_not_installed_is_one_line(
    flows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "passerelle.dask_cluster", None)
    with pytest.raises(SettingsError, match=r"PASSERELLE_TASK_RUNNER=dask: .* use threads$"):
        flows.task_runner("dask")


def test_only_what_may_pass_is_tried_again(flows: Any) -> None:
    from prefect.states import Failed

    assert flows.is_transient(None, None, Failed(data=ConnectionError("database is locked")))
    assert not flows.is_transient(None, None, Failed(data=PasserelleError("no such file")))
    locked = OperationalError("BEGIN", {}, Exception("database is locked"))
    assert flows.is_transient(None, None, Failed(data=locked))
    unopened = PasserelleError("the store can't be opened (database is locked)")
    unopened.__cause__ = locked
    assert flows.is_transient(None, None, Failed(data=unopened))


def test_the_form_offers_choices_and_needs_the_source_alone(flows: Any) -> None:
    schema = flows.draft_brief.parameters.model_dump()
    assert schema["required"] == ["source"]
    choices = {name: value.get("enum") for name, value in schema["properties"].items()}
    assert choices["audience"] == ["elected", "staff", "practitioner", "public"]
    assert choices["language"] == ["the document's own · celle du document", "en", "fr"]


# By hand


def run_by_hand(**environment: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, str(ROOT / "flows.py")],
        capture_output=True,
        text=True,
        check=False,
        env={**ours, **environment},
        timeout=120,
    )


def test_an_empty_inbox_is_said_in_one_line(home: Path) -> None:
    done = run_by_hand()
    assert (done.returncode, done.stderr) == (0, "")
    line = f"The inbox is empty. Put papers and transcripts into {home / 'inbox'}.\n"
    assert done.stdout == line


def test_a_wrong_setting_ends_the_program_in_one_line() -> None:
    done = run_by_hand(PASSERELLE_TIMEZONE="Mars/Olympus")
    assert (done.returncode, done.stdout) == (1, "")
    reason = "no such time zone; name one as America/Toronto"
    assert done.stderr == f"passerelle: PASSERELLE_TIMEZONE=Mars/Olympus: {reason}\n"


def test_a_wrong_database_is_one_line(
    flows: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", "nowhere")
    read_again()
    assert flows.main() == 1
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("passerelle: PASSERELLE_DATABASE_URL: not a database address")


def test_a_server_that_is_slow_to_start_is_tried_again_and_told_in_one_line(
    flows: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tries: list[int] = []

    def slow() -> Night:
        tries.append(1)
        raise RuntimeError("Timed out while attempting to connect to ephemeral Prefect API server.")

    monkeypatch.setattr(flows, "nightly", slow)
    (inbox / "a.md").write_text("# Shade")
    assert flows.main() == 1
    assert len(tries) == flows.STARTS
    told = capsys.readouterr().err
    assert told.startswith("passerelle: Prefect's server does not start")
    assert told.count("\n") == 1


def test_what_was_refused_ends_the_program_with_1_and_its_reason(
    flows: Any, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work: Night = {
        "arrived": [{"source": "cut.xml", "state": "quarantined", "reason": "cut short"}],
        "drafted": [
            {"brief": "shade-1234", "title": "Shade", "source": "shade.md", "passed": True}
        ],
        "refused": [],
        "put_off": [],
        "kept_aside": [],
        "noticed": [],
        "left_alone": 0,
        "waiting": 1,
        "seconds": {},
    }
    monkeypatch.setattr(flows, "nightly", lambda: work)
    assert flows.main() == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0].startswith("came in 1, new or updated 0")
    assert "  shade-1234\n" in shown.out
    assert shown.out.endswith("refused cut.xml: cut short\n")
    work["arrived"] = []
    assert flows.main() == 0


def test_a_failing_of_prefects_is_one_line_and_in_the_log(
    flows: Any,
    inbox: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise RuntimeError("the server doesn't answer")

    monkeypatch.setattr(flows, "nightly", fail)
    assert flows.main() == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert "the server doesn't answer" in (home / "passerelle.log").read_text()


def test_stopping_it_by_hand_is_one_line(
    flows: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    flows.stop()
    assert ended == [130]
    assert capfd.readouterr().err == "passerelle: stopped; what is done is kept, run it again\n"


# The whole of it, under Prefect


@pytest.fixture
def reviews(flows: Any, prefect_server: str) -> Iterator[None]:
    """The deployment that review runs belong to."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        flow = client.create_flow(flows.review_brief)
        deployment = client.create_deployment(flow_id=flow, name="review-brief")
        yield
        client.delete_deployment(deployment)


def review_runs() -> list[Any]:
    """The runs in which drafts wait for a person."""
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return [run for run in client.read_flow_runs(limit=200) if run.name.startswith("review-")]


def artifacts() -> list[Any]:
    """What Prefect shows, newest first, but for its own notes on results."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import ArtifactSort

    with get_client(sync_client=True) as client:
        return [
            item
            for item in client.read_artifacts(limit=200, sort=ArtifactSort.CREATED_DESC)
            if item.key
        ]


def test_a_night_drafts_everything_and_the_next_one_does_nothing(
    flows: Any, reviews: None, samples: Path, home: Path, store: Store
) -> None:
    inbox = home / "inbox"
    inbox.mkdir(parents=True)
    for name in SAMPLES:
        (inbox / name).write_bytes((samples / name).read_bytes())
    (inbox / "cut.xml").write_text(CUT)
    (inbox / "hostile.md").write_text(PAPER.replace("Shade on Main Street", HOSTILE))
    shown_before = {item.id for item in artifacts()}

    work = flows.nightly()

    states = {Path(item["source"]).name: item["state"] for item in work["arrived"]}
    assert states.pop("cut.xml") == "quarantined"
    assert set(states) == {*SAMPLES, "hostile.md"}
    assert set(states.values()) == {"added"}
    assert work["refused"] == []
    made = {item["brief"] for item in work["drafted"]}
    assert made == {entry.brief_id for entry in briefs_waiting(store)}
    assert len(made) == work["waiting"] == len(SAMPLES) + 1
    written = {path.name for path in (home / "outbox").iterdir()}
    assert written == {"nights", *(f"{brief}.{form}" for brief in made for form in batches.FORMATS)}

    waiting = [run for run in review_runs() if run.parameters["brief"] in made]
    assert len(waiting) == len(made)
    assert {run.state_name for run in waiting} == {"Suspended"}
    shown = {item.key: item for item in artifacts() if item.id not in shown_before}
    pages = {flows.review_runs.artifact_key(brief) for brief in made}
    assert set(shown) == {"night-digest", "night-progress", *pages}
    for brief in made:
        page = shown[flows.review_runs.artifact_key(brief)].data
        assert page == (home / "outbox" / f"{brief}.md").read_text()
        assert re.search("<summary>(Evidence · Preuve|Preuve · Evidence)</summary>", page)
        assert loads_nothing(page)
        title, decide = shown[flows.review_runs.artifact_key(brief)].description.split("\n\n")
        assert loads_nothing(title)
        assert decide.startswith("**[Review it at the desk · La réviser au bureau](/desk/drafts/")
        assert "[Decide on this draft · Décider de cette ébauche](/v2/runs/" in decide
    assert shown["night-progress"].data == 100.0
    digest = shown["night-digest"].data
    links = re.compile(r"\[([\w-]+)\]\(/v2/runs/flow-run/[0-9a-f-]{36}\)")
    assert {brief for brief in links.findall(digest) if brief in made} == made
    assert loads_nothing(links.sub(r"\1", digest))
    assert "| Refused | 1 |" in digest
    [file] = (home / "outbox" / "nights").iterdir()
    assert file.read_text() == links.sub(r"\1", digest)

    results = [path for path in result_folder().rglob("*") if path.is_file()]
    assert len(results) >= 4  # the flow's and its tasks'
    for path in results:
        assert "pickle" not in json.dumps(json.loads(path.read_text()))

    def pages_shown() -> int:  # each night shows how far it is, one with nothing to do as well
        return sum(item.key != "night-progress" for item in artifacts())

    before = (len(outcomes(store)), pages_shown(), file_times(home / "outbox"))
    again = flows.nightly()
    assert nights.is_quiet(again)
    assert again["left_alone"] == 0
    assert (len(outcomes(store)), pages_shown(), file_times(home / "outbox")) == before
    assert len(review_runs()) == len(waiting)


def test_a_batch_that_fails_does_not_cost_the_others(
    flows: Any,
    reviews: None,
    inbox: Path,
    store: Store,
    maker: Maker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draft_documents(ids: list[str], store: Store) -> Any:
        if ids == first:
            raise PasserelleError("the outbox can't be written to")
        return whole(ids, store)

    (inbox / "other.md").write_text(OTHER)
    take_in_all(flows, store)
    first, whole = nights.undrafted(store)[:1], nights.draft_documents
    monkeypatch.setattr(flows, "BATCH_SIZE", 1)
    monkeypatch.setattr(flows, "DRAFTS_AT_ONCE", 1)
    with monkeypatch.context() as patch:
        patch.setattr(nights, "draft_documents", draft_documents)
        with pytest.raises(PasserelleError, match="outbox"):
            flows.nightly()
    assert nights.undrafted(store) == first
    [drafted] = briefs_waiting(store)
    [digest, *_] = [item for item in artifacts() if item.key == "night-digest"]
    assert drafted.brief_id in digest.data
    assert len(flows.nightly()["drafted"]) == 1
    assert nights.undrafted(store) == []


def test_a_folder_is_drafted_on_demand_and_put_up_for_review(
    flows: Any, reviews: None, inbox: Path, store: Store, maker: Maker
) -> None:
    (inbox / "other.md").write_text(OTHER)
    (inbox / "cut.xml").write_text(CUT)
    drafts = flows.draft_brief(str(inbox))
    assert len(drafts["drafted"]) == 2
    [refusal] = drafts["refused"]
    assert refusal["source"].endswith("cut.xml")
    made = {entry.brief_id for entry in briefs_waiting(store)}
    assert {run.parameters["brief"] for run in review_runs()} >= made


def test_a_file_may_be_named_by_its_name_in_the_inbox(
    flows: Any, reviews: None, inbox: Path, maker: Maker
) -> None:
    assert len(flows.draft_brief("shade.md")["drafted"]) == 1


def test_the_form_of_sources_lists_them_and_shows_the_list_after_each_action(
    flows: Any, prefect_server: str, home: Path
) -> None:
    place = "https://journal.example/feed.xml"
    flows.follow_source("trees", "add", "feed", place)
    assert flows.follow_source()[0] == f"trees · feed · {place} · not asked yet"
    [page] = [item.data for item in artifacts() if item.key == "followed-sources"][:1]
    assert "| trees | feed |" in page
    assert "| trees | fil |" in page
    assert loads_nothing(page)


def test_a_form_names_no_file_outside_the_folders_that_it_may(
    flows: Any, prefect_server: str, inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text(PAPER)
    failed = flows.draft_brief(str(tmp_path / "secret.md"), return_state=True)
    assert (failed.name, "outside the folders" in failed.message) == ("Failed", True)
    with pytest.raises(PasserelleError, match="outside the folders"):
        flows.retrain(str(tmp_path))


def test_a_source_that_cannot_be_drafted_fails_its_run_with_the_reason(
    flows: Any, prefect_server: str, inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    failed = flows.draft_brief("missing.pdf", return_state=True)
    assert failed.name == "Failed"
    assert "no such file" in failed.message
    assert len(failed.message.splitlines()) == 1
    assert "Traceback" not in caplog.text
    [bar, *_] = [item for item in artifacts() if item.key == "draft-progress"]
    assert bar.type == "progress"  # from the run's first moment on


def result_folder() -> Path:
    from prefect.settings import get_current_settings

    return Path(get_current_settings().results.local_storage_path)


def file_times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
