"""Scans: text recognition by the programs that are installed, or the advice to use them.

In: the bytes of a PDF whose pages are pictures. Out: the bytes of one with a text layer, made by
``ocrmypdf``, or by ``tesseract`` page by page; None where neither is installed or
``PASSERELLE_OCR`` is off. The words are the program's: what it misreads stands in the document.
"""

from __future__ import annotations

import io
import logging
import shutil
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium

#: Seconds for a whole file; a page takes two to ten.
SECONDS = 600.0
#: Pages are drawn at this resolution, in dots per inch (tesseract's own advice: at least 300).
_DPI = 300
#: Languages by the names of tesseract's models.
_MODELS = ("eng", "fra")

_log = logging.getLogger(__name__)


def recognized(content: bytes, name: str) -> bytes | None:
    """A PDF with a text layer over its pictures; None where no program can make one."""
    ocrmypdf, tesseract = shutil.which("ocrmypdf"), shutil.which("tesseract")
    if tesseract is None and ocrmypdf is None:
        return None
    try:
        with tempfile.TemporaryDirectory() as folder:
            models = _models(tesseract)
            if ocrmypdf is not None:
                return _by_ocrmypdf(ocrmypdf, content, Path(folder), models)
            assert tesseract is not None  # one of the two is there
            return _by_tesseract(tesseract, content, Path(folder), models)
    except (OSError, subprocess.SubprocessError, pdfium.PdfiumError) as error:
        _log.warning("%s: text recognition failed (%s)", name, error)
        return None


def _models(tesseract: str | None) -> str:
    """The installed models of our languages, joined as both programs take them."""
    if tesseract is None:
        return "+".join(_MODELS)
    listed = _run([tesseract, "--list-langs"]).decode("utf-8", "replace").split()
    return "+".join(model for model in _MODELS if model in listed) or "eng"


def _by_ocrmypdf(program: str, content: bytes, folder: Path, models: str) -> bytes:
    scan, read = folder / "scan.pdf", folder / "read.pdf"
    scan.write_bytes(content)
    options = ["--skip-text", "--jobs", "1", "--output-type", "pdf", "--optimize", "0", "--quiet"]
    _run([program, *options, "--language", models, str(scan), str(read)])
    return read.read_bytes()


def _by_tesseract(program: str, content: bytes, folder: Path, models: str) -> bytes:
    """Each page drawn, read, and put together again."""
    with closing(pdfium.PdfDocument(content)) as scan, closing(pdfium.PdfDocument.new()) as whole:
        for number in range(len(scan)):
            drawn = folder / f"{number}.pgm"
            with closing(scan[number]) as page:
                bitmap = page.render(scale=_DPI / 72, grayscale=True)
                head = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
                rows = memoryview(bitmap.buffer)
                lines = (
                    bytes(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width])
                    for y in range(bitmap.height)
                )
                drawn.write_bytes(head + b"".join(lines))
            _run([program, str(drawn), str(folder / str(number)), "-l", models,
                  "--dpi", str(_DPI), "pdf"])  # fmt: skip
            with closing(pdfium.PdfDocument((folder / f"{number}.pdf").read_bytes())) as one:
                whole.import_pages(one)
        made = io.BytesIO()
        whole.save(made)
        return made.getvalue()


def _run(command: list[str]) -> bytes:
    """What a program says; raises ``SubprocessError`` where it fails or takes too long."""
    done = subprocess.run(
        command, check=True, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL
    )
    return done.stdout
