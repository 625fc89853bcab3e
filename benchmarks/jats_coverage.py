"""How many of each JATS body's words does the reader keep? One line a file, then the lowest.

    python benchmarks/jats_coverage.py FOLDER [--least 0.99]

The words are taken from the XML's own text with the standard library's parser, independently of
the reader; reference lists and tables are left aside, and so is what no reader is shown
(alternative texts, identifiers of parts, LaTeX beside MathML). The reader is given the body
alone, so that no word of abstract or back matter can stand in for a lost one. A word that the
file splits by markup (``CO<sub>2</sub>``) counts as kept whole or in its parts. Exit status 1
where a file keeps less than ``--least`` or a file named .nxml can't be read.
"""

from __future__ import annotations

import argparse
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.errors import UnreadableError
from corpus.readers.jats import read

WORD = re.compile(r"[^\W_]+")
ASIDE = {"ref-list", "table", "object-id", "alt-text", "long-desc", "tex-math", "reading"}
FORMATTING = {
    "abbrev", "bold", "email", "ext-link", "italic", "monospace", "named-content", "overline",
    "roman", "sans-serif", "sc", "strike", "styled-content", "sub", "sup", "underline", "uri",
    "xref",
}  # fmt: skip


def fragments(element: ElementTree.Element) -> list[str]:
    """The element's text nodes; a space of its own stands wherever a tag separates words."""
    name = str(element.tag).rpartition("}")[2]
    if name in ASIDE:
        return []
    edge = [] if name in FORMATTING else [" "]
    parts = [*edge, element.text or ""]
    for child in element:
        parts += [*fragments(child), child.tail or ""]
    return [*parts, *edge]


def words(element: ElementTree.Element) -> list[list[str]]:
    """Each word of the element as the pieces that markup splits it into."""
    text = "\0".join(fragments(element))
    found = re.findall(r"[^\W_]+(?:\0+[^\W_]+)*", text)
    return [WORD.findall(word) for word in found]


def kept_share(content: bytes, name: str) -> tuple[float, int]:
    """Share of the body's words that the reader keeps, and how many there are."""
    root = ElementTree.fromstring(content)  # noqa: S314 (a measurement on files of one's own)
    body = root.find("body")
    if body is None:
        raise UnreadableError(f"{name}: no body to measure")
    alone = ElementTree.Element("article")
    alone.append(body)
    document = read(ElementTree.tostring(alone, encoding="utf-8"), name)
    kept = (block for block in document.blocks if block.kind not in ("table", "reference"))
    left = Counter(
        word for block in kept for word in WORD.findall(document.text[block.start : block.end])
    )
    wanted = words(body)
    missing = [pieces for pieces in wanted if not _take(left, ["".join(pieces)])]
    lost = [pieces for pieces in missing if not _take(left, pieces)]
    return 1 - len(lost) / max(len(wanted), 1), len(wanted)


def _take(left: Counter[str], pieces: list[str]) -> bool:
    if any(left[piece] < count for piece, count in Counter(pieces).items()):
        return False
    left.subtract(pieces)
    return True


def main() -> int:
    """Measure every .xml and .nxml file of the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=float, default=0.99, help="share below which to fail")
    options = parser.parse_args()
    shares: dict[str, float] = {}
    for path in sorted([*options.folder.glob("*.xml"), *options.folder.glob("*.nxml")]):
        try:
            shares[path.name], count = kept_share(path.read_bytes(), path.name)
        except UnreadableError as error:
            print(f"     —          {error}")
            if path.suffix == ".nxml":
                shares[path.name] = 0.0
            continue
        print(f"{shares[path.name]:8.4%} {count:7} {path.name}")
    if not shares:
        print(f"{options.folder}: no JATS file found; name a folder of .xml or .nxml files")
        return 2
    lowest = min(shares, key=lambda name: shares[name])
    print(f"lowest: {shares[lowest]:.4%} ({lowest})")
    return 0 if shares[lowest] >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
