"""How fast are the readers beside their peers? Ratios, on the papers and captions of a folder.

    python benchmarks/reader_speed.py PAPERS [CAPTIONS]

JATS (``.nxml``): documents a second over pubmed_parser's metadata, paragraphs and references. PDF:
time over pypdfium2's bare text, and pdfplumber's ``extract_text`` over ours. WebVTT: cues a second
over webvtt-py's. Processor time, the best of some runs, after one that warms up. A peer that isn't
installed, here or in ``build/peers``, is left out and named.
"""

from __future__ import annotations

import argparse
import io
import logging
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pypdfium2

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.append(str(Path(__file__).resolve().parent.parent / "build" / "peers"))

from corpus.readers import read_bytes

RUNS = 5


def seconds(work: Callable[[], object]) -> float:
    """Processor time of a piece of work, the best of some runs."""
    work()
    best = float("inf")
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def peer(name: str) -> ModuleType | None:
    """A module to measure against; None, and a line that says so, where it isn't installed."""
    try:
        return import_module(name)
    except ImportError:
        print(f"  {name} isn't installed: pip install {name}")
        return None


def ours(paths: Iterable[Path]) -> Callable[[], object]:
    """Reading files that are in memory already."""
    contents = [(path.read_bytes(), path.name) for path in paths]
    return lambda: [read_bytes(content, name) for content, name in contents]


def jats(paths: list[Path]) -> None:
    """Against pubmed_parser."""
    parser = peer("pubmed_parser")
    if parser is None or not paths:
        return

    def theirs() -> None:
        for path in map(str, paths):
            parser.parse_pubmed_xml(path)
            parser.parse_pubmed_paragraph(path, all_paragraph=True)
            parser.parse_pubmed_references(path)

    print(f"{seconds(theirs) / seconds(ours(paths)):6.2f} × pubmed_parser's speed, "
          f"{len(paths)} JATS papers")  # fmt: skip


def pdf(path: Path) -> tuple[float, float]:
    """Against bare pypdfium2, and pdfplumber against us; our seconds and pypdfium2's."""
    content = path.read_bytes()

    def bare() -> None:
        document = pypdfium2.PdfDocument(content)
        for page in document:
            page.get_textpage().get_text_range()
        document.close()

    own, least = seconds(ours([path])), seconds(bare)
    line = f"{own / least:6.1f} × bare pypdfium2's time"
    if plumber := peer("pdfplumber"):
        logging.disable(logging.WARNING)

        def theirs() -> None:
            with plumber.open(io.BytesIO(content)) as document:
                for page in document.pages:
                    page.extract_text()

        line += f", pdfplumber takes {seconds(theirs) / own:.1f} × ours"
        logging.disable(logging.NOTSET)
    print(f"{line}, {path.name}")
    return own, least


def webvtt(paths: list[Path]) -> None:
    """Against webvtt-py."""
    parser = peer("webvtt")
    if parser is None or not paths:
        return
    texts = [path.read_text(encoding="utf-8") for path in paths]
    theirs = seconds(lambda: [list(parser.from_string(text)) for text in texts])
    print(f"{theirs / seconds(ours(paths)):6.2f} × webvtt-py's speed, {len(paths)} files")


def main() -> int:
    """Measure every kind that the folders hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("papers", type=Path)
    parser.add_argument("captions", type=Path, nargs="?")
    options = parser.parse_args()
    jats(sorted(options.papers.glob("*.nxml")))
    times = [pdf(path) for path in sorted(options.papers.glob("*.pdf"))]
    if times:
        own, least = map(sum, zip(*times, strict=True))
        print(f"{own / least:6.1f} × bare pypdfium2's time, all {len(times)}")
    if options.captions:
        webvtt(sorted(options.captions.glob("*.vtt")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
