"""What helps with PDFs: a GROBID server that the settings name, and text recognition for scans."""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Document, digest
from corpus.errors import UnreadableError
from corpus.readers import grobid, read_bytes
from corpus.settings_base import read_again

LINES = [
    "The lanterns along the canal were replaced in the spring of the year.",
    "People who walk there after dark said that they felt safer than before.",
]
TEI = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title
 type="main">Lanterns, says the server</title></titleStmt></fileDesc></teiHeader><text><body><div>
 <head>Results</head><p>{LINES[0]}</p></div><div><head>Discussion</head><p>{LINES[1]}</p></div>
 </body></text></TEI>""".encode()


def lanterns() -> bytes:
    """Two pages, one line on each."""
    saved = io.BytesIO()
    canvas = Canvas(saved, invariant=1)
    for line in LINES:
        canvas.drawString(60, 700, line)
        canvas.showPage()
    canvas.save()
    return saved.getvalue()


# --- GROBID -----------------------------------------------------------------------------------


class Stub:
    """A server that gives its answers one after the other, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[tuple[str, bytes]] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                stub.asked.append((self.path, body))
                status, content = stub.answers.pop(0)
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *words: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    found = Stub()
    monkeypatch.setenv("PASSERELLE_GROBID_URL", found.address + "/")
    monkeypatch.setattr(grobid, "BUSY_SECONDS", 0.0)
    read_again()
    yield found
    found.server.shutdown()
    found.server.server_close()
    monkeypatch.undo()
    read_again()


def texts(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"]


def test_a_named_server_reads_first_and_pages_come_from_the_file(stub: Stub) -> None:
    stub.answers = [(503, b""), (200, TEI)]
    content = lanterns()
    document = read_bytes(content, "lanterns.pdf")
    assert document.title == "Lanterns, says the server"
    assert document.sha256 == digest(content)
    assert [(b.section, b.page) for b in document.blocks if b.kind == "paragraph"] == [
        ("Results", 1),
        ("Discussion", 2),
    ]
    path, body = stub.asked[-1]
    assert path == "/api/processFulltextDocument"
    assert b'name="input"' in body
    assert content in body


@pytest.mark.parametrize(
    "answer", [(204, b""), (500, b"no"), (200, b"<html>"), (200, b"<TEI><text/></TEI>")]
)
def test_without_a_good_answer_the_embedded_reader_reads(
    stub: Stub, answer: tuple[int, bytes]
) -> None:
    stub.answers = [answer]
    document = read_bytes(lanterns(), "lanterns.pdf")
    assert texts(document) == LINES
    assert stub.asked


def test_a_server_that_is_not_there_costs_one_line_in_the_log(
    stub: Stub, caplog: pytest.LogCaptureFixture
) -> None:
    stub.server.shutdown()
    stub.server.server_close()
    assert texts(read_bytes(lanterns(), "lanterns.pdf")) == LINES
    assert [record.levelname for record in caplog.records if "GROBID" in record.message] == [
        "WARNING"
    ]


# --- scans ------------------------------------------------------------------------------------


def scan(pages: int = 1, written: int = 0) -> bytes:
    """Pages that are pictures of the lines, then pages of text."""
    picture = Image.new("L", (1700, 500), 255)
    font = ImageFont.load_default(40)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(picture).text((60, 120 + 120 * number), line, 0, font=font)
    saved = io.BytesIO()
    canvas = Canvas(saved, invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(picture), 0, 500, 595, 175)
        canvas.showPage()
    for _ in range(written):
        canvas.drawString(60, 700, LINES[0])
        canvas.showPage()
    canvas.save()
    return saved.getvalue()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is searched for programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("content", "said"), [(scan(), "a scan"), (scan(3, 1), "3 of its 4 pages are pictures")]
)
def test_a_scan_is_said_to_need_text_recognition(programs: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=rf"{said}.*run OCR.*ocrmypdf"):
        read_bytes(content, "scan.pdf")


def test_an_installed_ocrmypdf_is_used(programs: Path) -> None:
    (programs / "made.pdf").write_bytes(lanterns())
    program = programs / "ocrmypdf"
    program.write_text(
        "#!/bin/sh\nfor last; do :; done\n"
        f'echo "$@" > {programs}/asked\n/bin/cat {programs}/made.pdf > "$last"\n'
    )
    program.chmod(0o755)
    content = scan()
    document = read_bytes(content, "scan.pdf")
    assert texts(document) == LINES
    assert document.sha256 == digest(content)
    assert "--skip-text" in (programs / "asked").read_text()


def test_text_recognition_that_fails_leaves_the_advice(programs: Path) -> None:
    (programs / "ocrmypdf").write_text("#!/bin/sh\nexit 3\n")
    (programs / "ocrmypdf").chmod(0o755)
    with pytest.raises(UnreadableError, match="run OCR"):
        read_bytes(scan(), "scan.pdf")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract isn't installed")
def test_tesseract_alone_reads_a_scan(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    found = shutil.which("tesseract")
    assert found is not None
    monkeypatch.setenv("PATH", str(programs))
    (programs / "tesseract").symlink_to(found)
    text = read_bytes(scan(), "scan.pdf").text
    assert "lanterns along the canal were replaced" in text
