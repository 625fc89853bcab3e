import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from corpus.document import Document, Language, digest
from corpus.errors import MachineError, ModelMissingError, PasserelleError
from corpus.readers import read_bytes
from corpus.settings_base import read_again
from corpus.sources import Source, find_sources
from corpus.store import (
    OperationalError,
    ReviewEntry,
    Store,
    begin_attempt,
    documents,
    find_brief,
    find_document,
    keep_review,
    open_store,
    outcomes,
    refused_drafts,
)
from passerelle import batches, decisions, nights, sandbox
from passerelle.requirements import declared
from passerelle.settings import settings
from pipelines.brief import (
    Audience,
    Brief,
    BriefDocument,
    Evidence,
    ReadabilityPair,
    Segment,
    Target,
    from_json,
)
from pipelines.render.markdown import escape
from pipelines.rewrite.writers import Reworder

PAPER = """# Shade on Main Street

## Results

Streets with more trees were cooler in the afternoon than streets without them.
"""
OTHER = PAPER.replace("cooler", "two degrees cooler")


@dataclass
class Maker:
    """Stands in for the steps: makes the shortest brief, and remembers how often it was asked."""

    asked: list[str] = field(default_factory=list)
    fails_on: str = ""

    def draft(
        self,
        document: Document,
        *,
        audience: Audience,
        language: Language,
        reworder: Reworder | None = None,
    ) -> Brief:
        self.asked.append(document.source)
        if document.source == self.fails_on:
            raise ZeroDivisionError("a step's own failing")
        words = "Streets with more trees were cooler"
        start = document.text.find("Streets")
        evidence = Evidence(document.id, start, start + len(words), words)
        named = BriefDocument(
            document.id,
            document.kind,
            document.language,
            document.title,
            document.source,
            document.sha256,
        )
        segment = Segment("s1", "bottom_line", words, "en", Target("fr"), evidence=(evidence,))
        return Brief(
            f"brief-{document.id}-{audience}-{language}",
            language,
            audience,
            (named,),
            (segment,),
            ReadabilityPair(),
        )


pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    made = Maker()
    monkeypatch.setattr("pipelines.draft.draft", made.draft)
    return made


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.md").write_text(PAPER)
    (folder / "b.md").write_text(OTHER)
    return folder


def sources_in(*places: Path) -> list[Source]:
    found, failures = find_sources([str(place) for place in places])
    assert failures == []
    return found


def ingest_all(store: Store, *places: Path) -> list[tuple[str, str]]:
    found = batches.ingest(sources_in(*places), store)
    return [(Path(outcome.location).name, outcome.state) for outcome in found]


def draft_all(store: Store, out: Path, *places: Path) -> batches.DraftResult:
    return batches.draft(sources_in(*places), store, audience="staff", language=None, out=out)


# The edition


def test_the_edition_is_the_same_until_something_that_decides_a_draft_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batches.edition.cache_clear()
    first = batches.edition()
    batches.edition.cache_clear()
    assert batches.edition() == first
    assert len(first) == 16
    monkeypatch.setenv("PASSERELLE_ENCODER", "/models/other")
    read_again()
    batches.edition.cache_clear()
    assert batches.edition() != first
    batches.edition.cache_clear()


def test_a_package_s_version_decides_a_draft_unless_it_serves_the_application(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def edition_with(package: str) -> str:
        batches.edition.cache_clear()
        version = batches._version
        with monkeypatch.context() as patch:
            patch.setattr(batches, "_version", lambda n: "9" if n == package else version(n))
            return batches.edition()

    same = edition_with("none")
    assert {edition_with(name) for name in ("spacy", "wordfreq", "pypdfium2")}.isdisjoint({same})
    assert edition_with("prefect") == same
    assert set(batches._SERVING) < set(declared())
    batches.edition.cache_clear()


def test_the_edition_covers_code_word_lists_and_templates_and_not_what_was_compiled(
    tmp_path: Path,
) -> None:
    for name in (
        "corpus/document.py",
        "corpus/samples/trees.xml",
        "corpus/store/briefs.py",
        "corpus/readers/jats.py",
        "models/weights/roles.safetensors",
        "models/training/fit_roles.py",
        "pipelines/language/en/terms.tsv",
        "pipelines/__pycache__/draft.pyc",
        "flows.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = [path.relative_to(tmp_path).as_posix() for path in batches._deciding_files(tmp_path)]
    assert found == [
        "corpus/document.py",
        "corpus/readers/jats.py",
        "models/weights/roles.safetensors",
        "pipelines/language/en/terms.tsv",
    ]


# Ingesting


def test_each_source_ends_in_one_state_and_a_second_try_adds_nothing(
    store: Store, inbox: Path
) -> None:
    (inbox / "c.md").write_text(PAPER)
    (inbox / "d.pdf").write_bytes(b"not a PDF at all")
    assert ingest_all(store, inbox) == [
        ("a.md", "added"),
        ("b.md", "added"),
        ("c.md", "duplicate"),
        ("d.pdf", "quarantined"),
    ]
    assert [state for _, state in ingest_all(store, inbox)] == [
        "duplicate",
        "duplicate",
        "duplicate",
        "quarantined",
    ]
    assert len(documents(store)) == 2


def test_a_corrected_file_in_the_same_place_is_updated(store: Store, inbox: Path) -> None:
    ingest_all(store, inbox)
    (inbox / "a.md").write_text(PAPER.replace("afternoon", "evening"))
    assert ingest_all(store, inbox / "a.md") == [("a.md", "updated")]


def test_known_bytes_are_not_parsed_again_and_refused_ones_not_in_the_same_edition(
    store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "d.pdf").write_bytes(b"not a PDF at all")
    ingest_all(store, inbox)
    parsed: list[str] = []
    reader = read_bytes

    def counting(content: bytes, name: str) -> Document:
        parsed.append(name)
        return reader(content, name)

    monkeypatch.setattr("corpus.readers.read_bytes", counting)
    ingest_all(store, inbox)
    assert parsed == []
    monkeypatch.setattr(batches, "edition", lambda: "another edition")
    ingest_all(store, inbox)
    assert parsed == ["d.pdf"]


def test_a_file_given_its_right_ending_is_read_after_all(store: Store, tmp_path: Path) -> None:
    wrong, right = tmp_path / "notes.xml", tmp_path / "notes.md"
    wrong.write_text(PAPER)
    assert ingest_all(store, wrong) == [("notes.xml", "quarantined")]
    wrong.rename(right)
    assert ingest_all(store, right) == [("notes.md", "added")]


def test_a_readers_own_failing_is_one_line_and_its_traceback_goes_to_the_log(
    store: Store,
    inbox: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    reader = read_bytes

    def failing(content: bytes, name: str) -> Document:
        if name == "a.md":
            raise IndexError("list index out of range")
        return reader(content, name)

    monkeypatch.setattr("corpus.readers.read_bytes", failing)
    assert ingest_all(store, inbox) == [("a.md", "quarantined"), ("b.md", "added")]
    assert outcomes(store)[0].reason.startswith("internal error (IndexError), recorded in")
    assert "Traceback" in (home / sandbox.LOG_NAME).read_text()
    assert capfd.readouterr() == ("", "")


def test_what_names_no_document_is_recorded_too(store: Store, tmp_path: Path) -> None:
    _, failures = find_sources([str(tmp_path / "missing.pdf"), "ftp://example.org/a.pdf"])
    recorded = batches.quarantine(failures, store)
    assert outcomes(store) == recorded
    assert [(outcome.location, outcome.state) for outcome in recorded] == [
        (str(tmp_path / "missing.pdf"), "quarantined"),
        ("ftp://example.org/a.pdf", "quarantined"),
    ]


# Drafting


def test_a_brief_is_kept_and_written_in_each_form(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    result = draft_all(store, tmp_path / "out", inbox)
    assert result.failures == ()
    assert len(result.briefs) == 2
    assert [path.suffix for path in result.written] == [".md", ".html", ".xlf", ".json"] * 2
    assert sorted(result.written) == sorted((tmp_path / "out").iterdir())
    for brief in result.briefs:
        path = tmp_path / "out" / f"{brief.id}.json"
        assert from_json(path.read_bytes()) == brief
        assert find_brief(store, brief.id) is not None


def test_a_second_run_makes_nothing_again_and_leaves_the_files_alone(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    first = draft_all(store, tmp_path / "out", inbox)
    before = {path: path.stat().st_mtime_ns for path in first.written}
    second = draft_all(store, tmp_path / "out", inbox)
    assert second == first
    assert maker.asked == ["a.md", "b.md"]
    assert {path: path.stat().st_mtime_ns for path in second.written} == before


def test_a_second_run_loads_nothing_heavy(
    store: Store, inbox: Path, home: Path, tmp_path: Path, maker: Maker
) -> None:
    draft_all(store, tmp_path / "out", inbox)
    program = (
        "import sys, corpus.sources, corpus.store; from pathlib import Path;"
        "from passerelle import batches; from passerelle.settings import settings;"
        "batches.edition = lambda: sys.argv[3]; out = Path(sys.argv[2]);"
        "store = corpus.store.open_store(settings().database_url);"
        "found, _ = corpus.sources.find_sources([sys.argv[1]]);"
        "made = batches.draft(found, store, audience='staff', language=None, out=out);"
        "assert len(made.briefs) == 2 and not made.failures, made;"
        "print(*sorted({'spacy', 'torch', 'transformers', 'textstat'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(inbox), str(tmp_path / "out"), batches.edition()],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(batches.__file__).parent.parent,
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_a_new_edition_makes_the_brief_again_beside_the_old_one(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    [brief] = draft_all(store, tmp_path / "out", inbox / "a.md").briefs
    old = batches.edition()
    monkeypatch.setattr(batches, "edition", lambda: "another edition")
    draft_all(store, tmp_path / "out", inbox / "a.md")
    assert maker.asked == ["a.md", "a.md"]
    assert find_brief(store, brief.id, old) is not None
    assert find_brief(store, brief.id, "another edition") is not None


def test_two_sources_with_the_same_bytes_give_one_brief(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    (inbox / "z.md").write_text(PAPER)
    result = draft_all(store, tmp_path / "out", inbox)
    assert [brief.documents[0].source for brief in result.briefs] == ["a.md", "b.md"]
    assert maker.asked == ["a.md", "b.md"]


def test_each_audience_and_language_has_its_own_brief(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    found = sources_in(inbox / "a.md")
    out = tmp_path / "out"
    ids = {
        batches.draft(found, store, audience=audience, language=language, out=out).briefs[0].id
        for audience in ("elected", "public")
        for language in ("en", "fr")
    }
    assert len(ids) == 4


def test_one_bad_source_costs_one_line_and_the_rest_goes_on_in_order(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    (inbox / "0.pdf").write_bytes(b"not a PDF at all")
    maker.fails_on = "a.md"
    seen: list[str] = []
    result = batches.draft(
        sources_in(inbox),
        store,
        audience="staff",
        language=None,
        out=tmp_path / "out",
        on_progress=lambda source: seen.append(source.name),
    )
    assert seen == ["0.pdf", "a.md", "b.md"]
    assert [Path(failure.source).name for failure in result.failures] == ["0.pdf", "a.md"]
    assert result.failures[0].reason.startswith("not PDF")
    assert result.failures[1].reason.startswith("internal error (ZeroDivisionError)")
    assert [brief.documents[0].source for brief in result.briefs] == ["b.md"]


def test_a_missing_model_is_said_for_each_source_and_nothing_is_lost(
    store: Store, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(document: Document, **_: object) -> Brief:
        raise ModelMissingError("sentence encoder not found; install it")

    monkeypatch.setattr("pipelines.draft.draft", missing)
    result = draft_all(store, tmp_path / "out", inbox)
    assert [failure.reason for failure in result.failures] == [
        "sentence encoder not found; install it"
    ] * 2
    assert len(documents(store)) == 2


def test_a_crash_after_the_brief_was_kept_is_made_good_by_the_next_run(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        """As a power cut: nothing catches it."""

    def crash(*_: object) -> list[Path]:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(batches, "_put", crash)
        with pytest.raises(Crash):
            draft_all(store, tmp_path / "out", inbox)
    result = draft_all(store, tmp_path / "out", inbox)
    assert maker.asked == ["a.md", "b.md"]
    assert all(path.is_file() for path in result.written)
    assert [outcome.state for outcome in outcomes(store)] == ["added", "added"]


# Documents that the store holds


def test_a_document_is_drafted_without_its_file_just_as_with_it(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    with_file = draft_all(other, tmp_path / "with", inbox / "a.md")
    [outcome] = batches.ingest(sources_in(inbox / "a.md"), store)
    (inbox / "a.md").unlink()
    assert outcome.document_id
    kept = batches.draft_kept(
        [outcome.document_id], store, audience="staff", language=None, out=tmp_path / "without"
    )
    assert kept.entries == with_file.entries
    for one, two in zip(with_file.written, kept.written, strict=True):
        assert one.read_bytes() == two.read_bytes()


def test_a_later_edition_reads_a_file_again_where_it_is_still_there(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def better(content: bytes, name: str) -> Document:
        return replace(read_bytes(content, name), title="Shade, read better")

    ids = [outcome.document_id or "" for outcome in batches.ingest(sources_in(inbox), store)]
    (inbox / "b.md").unlink()
    monkeypatch.setattr(batches, "edition", lambda: "another edition")
    monkeypatch.setattr("corpus.readers.read_bytes", better)
    out = tmp_path / "out"
    made = batches.draft_kept(ids, store, audience="staff", language=None, out=out).briefs
    assert [brief.documents[0].title for brief in made] == [
        "Shade, read better",
        "Shade on Main Street",
    ]
    assert all(find_document(store, id, "another edition") for id in ids)


def test_a_document_that_is_not_in_the_store_is_one_line(store: Store, tmp_path: Path) -> None:
    made = batches.draft_kept(["0" * 16], store, audience="staff", language=None, out=tmp_path)
    [failure] = made.failures
    assert (failure.source, failure.reason) == ("0" * 16, "no such document in the store")


def test_a_brief_that_cannot_be_made_is_remembered_for_its_audience_and_a_missing_model_is_not(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(document: Document, **_: object) -> Brief:
        raise ModelMissingError("sentence encoder not found; install it")

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.draft.draft", missing)
        draft_all(store, tmp_path / "out", inbox)
    assert refused_drafts(store) == []
    maker.fails_on = "a.md"
    draft_all(store, tmp_path / "out", inbox)
    [refused] = refused_drafts(store)
    assert (refused.audience, refused.language) == ("staff", "en")
    assert refused.reason.startswith("internal error (ZeroDivisionError)")
    maker.fails_on = ""
    assert len(draft_all(store, tmp_path / "out", inbox).briefs) == 2  # asked again, tried again


# A database in trouble


@pytest.fixture
def locked_store(home: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store that another program is writing to, and that is not waited for."""
    monkeypatch.setattr("corpus.store.database.BUSY_SECONDS", 0)
    with closing(sqlite3.connect(home / "passerelle.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield open_store(settings().database_url)


@pytest.mark.sqlite
def test_a_locked_database_is_no_fault_of_the_document(
    locked_store: Store, inbox: Path, tmp_path: Path, maker: Maker, home: Path
) -> None:
    with pytest.raises(OperationalError) as info:
        ingest_all(locked_store, inbox)
    with pytest.raises(OperationalError):
        draft_all(locked_store, tmp_path / "out", inbox)
    assert not (home / sandbox.LOG_NAME).exists()
    line = batches.explained(info.value, "a.md")
    assert line.startswith("the store can't be used just now (database is locked); try again")


# Files that people have touched


def test_what_a_person_made_of_a_brief_is_moved_aside_and_told(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    page = draft_all(store, tmp_path / "out", inbox / "a.md").written[0]
    written = page.read_text()
    page.write_text("My own words.")
    result = draft_all(store, tmp_path / "out", inbox / "a.md")
    [aside] = result.moved
    assert aside.name == f"{page.stem}.edited-{digest(b'My own words.')[:8]}.md"
    assert aside.read_text() == "My own words."
    assert page.read_text() == written
    assert draft_all(store, tmp_path / "out", inbox / "a.md").moved == ()


def test_a_file_that_the_store_does_not_know_is_kept_too(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    page = draft_all(store, tmp_path / "out", inbox / "a.md").written[0]
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    assert draft_all(other, tmp_path / "out", inbox / "a.md").moved == ()
    page.write_text("My own words.")
    third = open_store(f"sqlite:///{tmp_path}/third.db")
    assert len(draft_all(third, tmp_path / "out", inbox / "a.md").moved) == 1


def test_a_deleted_file_is_written_again(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    first = draft_all(store, tmp_path / "out", inbox / "a.md")
    first.written[2].unlink()
    assert draft_all(store, tmp_path / "out", inbox / "a.md").moved == ()
    assert first.written[2].is_file()


def test_briefs_are_not_taken_for_sources(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    page = draft_all(store, inbox / "out", inbox / "a.md").written[0]
    result = draft_all(store, inbox / "out", page)
    assert result.briefs == ()
    assert "a brief that passerelle wrote itself" in result.failures[0].reason


def test_a_folder_that_can_not_be_written_is_one_line(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    (tmp_path / "out").write_text("a file, not a folder")
    with pytest.raises(PasserelleError, match="can't be made a folder for the briefs") as info:
        draft_all(store, tmp_path / "out", inbox)
    assert "\n" not in str(info.value)


def test_the_optional_writer_is_heard_and_its_silence_is_told_once(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that isn't there costs the draft nothing; the reason is a note, not a failure."""
    monkeypatch.setenv("PASSERELLE_WRITER", "chat:http://127.0.0.1:9/v1")
    monkeypatch.setenv("PASSERELLE_WRITER_MODEL", "any")
    read_again()

    def asks(
        document: Document,
        *,
        audience: Audience,
        language: Language,
        reworder: Reworder | None = None,
    ) -> Brief:
        assert reworder is not None
        assert reworder("Calls rose.", ("Calls rose.",), "en", lambda text: []) == (
            "Calls rose.",
            (),
        )
        return maker.draft(document, audience=audience, language=language)

    monkeypatch.setattr("pipelines.draft.draft", asks)
    try:
        result = draft_all(store, tmp_path / "out", inbox)
    finally:
        read_again()
    assert result.failures == ()
    assert len(result.notes) == 1
    assert "127.0.0.1:9" in result.notes[0]


def test_a_night_takes_regular_files_of_its_own_folders_once_they_have_settled(
    store: Store, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = home / "inbox"
    box.mkdir(parents=True)
    (tmp_path / "private.md").write_text(OTHER)
    (box / "link.md").symlink_to(tmp_path / "private.md")
    os.mkfifo(box / "pipe.md")
    (box / "a.md").write_text(PAPER)
    monkeypatch.setenv("PASSERELLE_SETTLE_SECONDS", "1.5")
    read_again()
    places = nights.new_sources(nights.inbox_sources(), store)
    before = time.monotonic()
    assert nights.settled(places) == places
    assert time.monotonic() - before > 1
    arrived = nights.take_in(places, store)
    assert {Path(item["source"]).name: item["state"] for item in arrived} == {
        "a.md": "added",
        "link.md": "quarantined",
        "pipe.md": "quarantined",
    }
    assert nights.new_sources(nights.inbox_sources(), store) == []


def test_a_file_that_is_still_being_written_is_left_for_later(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = home / "inbox"
    box.mkdir(parents=True)
    (box / "a.md").write_text(PAPER)
    monkeypatch.setenv("PASSERELLE_SETTLE_SECONDS", "30")
    monkeypatch.setattr(nights, "SETTLE_TIMES", 0)
    read_again()
    assert nights.settled(nights.inbox_sources()) == []
    store = open_store(settings().database_url)
    nothing = nights.Drafts(drafted=[], refused=[], put_off=[], kept_aside=[])
    busy = nights.Arrival(source="feed", state="waiting", reason="answered 503")
    told = nights.put_off(store, [busy], nothing)
    assert [item["source"] for item in told] == ["feed", str(box / "a.md")]
    assert told[1]["reason"].startswith("still being written")


# What is held back


def test_what_is_held_back_is_listed_with_its_reason_and_taken_up_again_when_asked(
    store: Store, inbox: Path, maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "d.pdf").write_bytes(b"not a PDF at all")
    maker.fails_on = "a.md"
    ingest_all(store, inbox)
    draft_all(store, tmp_path / "out", inbox / "a.md")
    begin_attempt(store, "f" * 64, batches.edition(), "read", str(inbox / "b.md"))
    found = [(Path(item.source).name, item.state) for item in batches.held_back(store)]
    assert found == [("d.pdf", "quarantined"), ("a.md", "refused"), ("b.md", "waiting")]

    sha256 = digest(b"not a PDF at all")
    readable = replace(read_bytes(PAPER.encode(), "a.md"), id=sha256[:16], sha256=sha256)
    monkeypatch.setattr("corpus.readers.read_bytes", lambda content, name: readable)
    assert ingest_all(store, inbox / "d.pdf") == [("d.pdf", "quarantined")]
    [(label, outcome)] = batches.retry([str(inbox / "d.pdf")], store)
    assert (Path(label).name, outcome.state) == ("d.pdf", "added")
    batches.retry([], store)
    assert batches.held_back(store) == []
    assert refused_drafts(store) == []


def test_the_machines_trouble_is_held_against_no_document(
    store: Store, inbox: Path, maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def troubled(content: bytes, name: str) -> Document:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("corpus.readers.read_bytes", troubled)
        assert ingest_all(store, inbox) == [("a.md", "waiting"), ("b.md", "waiting")]
    assert outcomes(store) == []
    assert [item.state for item in batches.held_back(store)] == ["waiting", "waiting"]
    assert ingest_all(store, inbox) == [("a.md", "added"), ("b.md", "added")]

    def full(self: Path, content: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        failed = draft_all(store, tmp_path / "out", inbox).failures
    assert [failure.waits for failure in failed] == [True, True]
    assert list((tmp_path / "out").iterdir()) == []  # no half of a file stays behind
    assert refused_drafts(store) == []
    assert len(draft_all(store, tmp_path / "out", inbox).briefs) == 2
    assert batches.held_back(store) == []


def test_no_exception_of_one_source_reaches_another(
    store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Source.read

    def odd(self: Source) -> bytes:
        if self.name == "a.md":
            raise KeyError("location")
        return reading(self)

    monkeypatch.setattr(Source, "read", odd)
    assert ingest_all(store, inbox) == [("a.md", "quarantined"), ("b.md", "added")]


def test_what_waits_does_not_repeat_the_address_that_its_line_begins_with(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = "https://journal.example/paper.txt"

    def busy(self: Source) -> bytes:
        raise MachineError(f"{place}: answered 503; tried again later")

    monkeypatch.setattr(Source, "read", busy)
    batches.take_in([place], store)
    [waiting] = nights.put_off(store, [], nights.joined([]))
    assert (waiting["source"], waiting["reason"]) == (place, "answered 503; tried again later")


def test_a_link_to_a_folder_in_the_inbox_is_told_once(store: Store, tmp_path: Path) -> None:
    settings().inbox.mkdir(parents=True)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.md").write_text("Shade cools the street.")
    (settings().inbox / "reports").symlink_to(tmp_path / "reports")
    new = nights.new_sources(nights.inbox_sources(), store)
    assert new == [str(settings().inbox / "reports")]
    [arrival] = nights.take_in(nights.settled(new), store)
    assert arrival["state"] == "quarantined"
    assert arrival["reason"].startswith("a link to a folder, which isn't followed")
    assert escape(arrival["source"]) in nights.digest_of(
        {
            **nights.joined([]),
            "arrived": [arrival],
            "noticed": [],
            "left_alone": 0,
            "waiting": 0,
            "seconds": {},
        }
    )
    assert nights.new_sources(nights.inbox_sources(), store) == []


def test_a_set_that_was_read_is_let_go_of(store: Store, tmp_path: Path) -> None:
    from corpus.readers.jats_xml import articles_of

    article = "<article><front/><body><p>Shade cools the street in summer.</p></body></article>"
    (tmp_path / "set.xml").write_text(f"<articles>{article * 2}</articles>")
    nights.new_sources([str(tmp_path / "set.xml")], store)
    assert articles_of.cache_info().currsize == 0
    assert len(batches.take_in([str(tmp_path / "set.xml")], store)) == 2
    assert articles_of.cache_info().currsize == 0


# Forgetting


def test_a_forgotten_document_s_files_go_and_what_a_person_edited_stays(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    result = draft_all(store, tmp_path / "out", inbox)
    page = next(path for path in result.written if path.suffix == ".md")
    page.write_text("My own words.")
    aside = page.with_name(f"{page.stem}.edited-1a2b3c4d.md")
    aside.write_text("My words of before.")
    gone = batches.forget_document(str(inbox / "a.md"), store)
    assert gone.edited == (str(aside), str(page))
    assert gone.left == (str(inbox / "a.md"),)
    assert len(gone.files) == 3
    kept = [aside, page, *result.written[4:]]
    assert sorted((tmp_path / "out").iterdir()) == sorted(kept)
    with pytest.raises(PasserelleError, match="no such document in the store"):
        batches.forget_document(str(inbox / "a.md"), store)
    assert ingest_all(store, inbox) == [("a.md", "added"), ("b.md", "duplicate")]


def test_a_reviewer_is_told_of_another_version_that_somebody_approved(
    store: Store, inbox: Path, tmp_path: Path, maker: Maker
) -> None:
    [entry] = draft_all(store, tmp_path / "out", inbox / "a.md").entries
    decided = ReviewEntry(
        entry.brief_id, entry.edition, entry.sha256, "approve", "A. Tester", [], "", "2024"
    )
    keep_review(store, decided, entry.json)
    (inbox / "a.md").write_text(PAPER.replace("afternoon", "evening"))
    [newer] = draft_all(store, tmp_path / "out", inbox / "a.md").entries
    assert find_brief(store, entry.brief_id) is not None  # nothing is replaced silently
    notes = decisions.first_question(newer, store).notes
    words = " ".join(note.words("en") for note in notes)
    assert "newer version of a.md" in words
    assert f"{entry.brief_id}, stays as it is (approved)" in words
