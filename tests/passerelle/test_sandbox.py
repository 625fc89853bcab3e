"""Documents that would end the program end their child, and the next one is read as if nothing was.

What can't be had from a small file without waiting (a crash, an endless loop) is done by a reader
that is put into the child's place of the real one; a form that draws itself is real.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import digest
from corpus.errors import CutShortError, PasserelleError, UnreadableError
from corpus.settings_base import read_again
from corpus.store import Store, attempts, begin_attempt, open_store, outcomes
from passerelle import batches, sandbox
from passerelle.settings import settings

pytestmark = [pytest.mark.sandboxed, pytest.mark.usefixtures("home")]

SAMPLES = Path(__file__).parent.parent.parent / "corpus" / "samples"
PAPER = b"""# Shade on Main Street

## Results

Streets with more trees were cooler in the afternoon than streets without them.
"""

#: Python runs this at its start, in the child too.
READER = """
import os, signal, time
from corpus import readers

def read_bytes(content, name, _read=readers.read_bytes):
    if name == "crash.md":
        os.abort()
    if name == "killed.md":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "spin.md":
        while True:
            pass
    if name == "hang.md":
        time.sleep(60)
    if name == "eat.md":
        held = [bytearray(10**7) for _ in range(10**4)]
    if name == "fail.md":
        raise ZeroDivisionError("a step's own failing")
    return _read(content, name)

readers.read_bytes = read_bytes
"""

#: A page that draws a form, which draws itself.
SELF_DRAWING = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R
 /Resources << /XObject << /X 5 0 R >> >> >> endobj
4 0 obj << /Length 5 >> stream
/X Do
endstream endobj
5 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Length 11
 /Resources << /XObject << /X 5 0 R >> >> >> stream
/X Do /X Do
endstream endobj
trailer << /Root 1 0 R >>
%%EOF
"""


@pytest.fixture
def odd_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that does what a document's name says, with little memory and time."""
    (tmp_path / "sitecustomize.py").write_text(READER)
    path = [str(tmp_path), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, path)))
    monkeypatch.setenv("PASSERELLE_MEMORY_MB", "1000")
    monkeypatch.setenv("PASSERELLE_READ_SECONDS", "3")
    read_again()
    sandbox.close()  # a child that another test began reads as it should


@pytest.mark.usefixtures("odd_reader")
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("crash.md", UnreadableError, "crashes the program that works on it (SIGABRT)"),
        ("spin.md", UnreadableError, "more than 3 seconds of processor time"),
        ("eat.md", UnreadableError, "takes more than 500 MB of memory"),
        ("killed.md", CutShortError, "ended from outside (SIGKILL)"),
        ("hang.md", CutShortError, "gave no answer in 6 seconds"),
    ],
)
def test_what_ends_the_child_is_told_in_one_line_and_the_next_document_is_read(
    name: str, kind: type[PasserelleError], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE", 2 if name == "hang.md" else 50)
    with pytest.raises(kind) as told:
        sandbox.read(PAPER, name)
    assert words in str(told.value)
    assert "\n" not in str(told.value)
    assert sandbox.read(PAPER, "good.md").title == "Shade on Main Street"


@pytest.mark.usefixtures("odd_reader")
def test_errors_of_the_input_and_of_our_own_come_back_and_the_child_lives_on() -> None:
    sandbox.read(PAPER, "good.md")
    child = sandbox._PLACES["reading"].child
    with pytest.raises(UnreadableError, match=r"^empty\.md: the file is empty"):
        sandbox.read(b"", "empty.md")
    with pytest.raises(sandbox.OwnError) as own:
        sandbox.read(PAPER, "fail.md")
    assert own.value.kind == "ZeroDivisionError"
    assert "Traceback" in own.value.report
    assert sandbox._PLACES["reading"].child is child


def test_a_form_that_draws_itself_costs_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_MEMORY_MB", "1000")
    read_again()
    with pytest.raises(PasserelleError) as told:
        sandbox.read(SELF_DRAWING, "form.pdf")
    assert "\n" not in str(told.value)
    assert sandbox.read(PAPER, "good.md").title == "Shade on Main Street"


@pytest.fixture
def store(home: Path) -> Store:
    return open_store(settings().database_url)


def ingest(store: Store, folder: Path, name: str) -> tuple[str, str]:
    (folder / name).write_bytes(PAPER)
    [(_, outcome)] = batches.take_in([str(folder / name)], store)
    return outcome.state, outcome.reason


@pytest.mark.usefixtures("odd_reader")
def test_a_poison_file_is_quarantined_and_what_may_be_the_machines_is_tried_three_times(
    store: Store, tmp_path: Path
) -> None:
    assert ingest(store, tmp_path, "crash.md")[0] == "quarantined"
    assert ingest(store, tmp_path, "crash.md")[0] == "quarantined"  # without another try
    for _ in range(batches.MOST_UNFINISHED):
        assert ingest(store, tmp_path, "killed.md")[0] == "waiting"
    assert [item.unfinished for item in attempts(store, batches.edition())] == [3]
    state, reason = ingest(store, tmp_path, "killed.md")
    assert (state, "3 times in a row" in reason) == ("quarantined", True)
    assert attempts(store, batches.edition()) == []
    assert {outcome.state for outcome in outcomes(store)} == {"quarantined"}


def test_a_crash_of_the_whole_machine_is_not_repeated_for_ever(
    store: Store, tmp_path: Path
) -> None:
    for _ in range(batches.MOST_UNFINISHED):  # as many times the power went while it was read
        begin_attempt(store, digest(PAPER), batches.edition(), "read", "a.md")
    state, reason = ingest(store, tmp_path, "a.md")
    assert (state, "passerelle ingest --retry" in reason) == ("quarantined", True)


def test_what_a_reader_warns_of_is_in_the_log(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("PASSERELLE_GROBID_URL", f"http://127.0.0.1:{port}")
    read_again()
    content = (SAMPLES / "street-trees.pdf").read_bytes()
    document = sandbox.read(content, "street-trees.pdf")
    assert document.title
    log = (settings().home / sandbox.LOG_NAME).read_text(encoding="utf-8")
    assert re.search(r"street-trees\.pdf: GROBID at http://127\.0\.0\.1:\d+ gave no document", log)


def test_a_limit_of_the_settings_holds_in_the_child_too(limit: Callable[[str, int], None]) -> None:
    deep = b"<article><body>" + b"<sec>" * 60 + b"<p>x</p>" + b"</sec>" * 60 + b"</body></article>"
    limit("max_depth", 50)
    with pytest.raises(UnreadableError) as told:
        sandbox.read(deep, "deep.xml")
    assert str(told.value) == (
        "deep.xml: elements nested more than 50 deep; hardly any article is, so get the file "
        "again, or set PASSERELLE_MAX_DEPTH higher"
    )
