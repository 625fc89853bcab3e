"""How well is a PDF read? Against the same paper's own JATS, BMC or TEI XML, pair by pair.

    python benchmarks/pdf_against_jats.py FOLDER [--least 0.97]

A pair is ``name.pdf`` beside ``name.xml`` or ``name.tei.xml``. Two figures each: the share of the
XML body's runs of five words that some block of the PDF's body holds in the same order, and how
many words stand in the midst of the PDF's sentences that the XML doesn't have there (a footer, a
side bar, a number of the margin). Words are compared in small letters without accents' marks and
hyphens; citations in brackets are left aside on both sides, since papers print them in many ways.
Exit status 1 where a pair is below ``--least`` or has foreign words.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.document import BODY_KINDS, Document
from corpus.readers import read

RUN = 5
#: Equal words needed on both sides for what stands between to be inside a sentence.
BESIDE = 4
_CITED = re.compile(r"\[[\d,;–\-\s]*\d\]|\((?:[^()]*\b(?:19|20)\d\d[a-z]?[^()]*)\)")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Words of a text, comparable across two typesettings."""
    plain = unicodedata.normalize("NFKD", _CITED.sub(" ", text)).replace("\u00ad", "")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(re.sub(r"(?<=\w)[-‐‑](?=\w)", "", plain).lower())


def body(document: Document) -> list[list[str]]:
    """The words of each block of running text."""
    return [
        words(document.text[block.start : block.end])
        for block in document.blocks
        if block.kind in BODY_KINDS
    ]


def kept_runs(xml: list[list[str]], pdf: list[list[str]]) -> tuple[float, list[str]]:
    """Share of the XML's five-word runs that the PDF has, and those that it hasn't."""
    have = Counter(run for block in pdf for run in runs(block))
    wanted = [run for block in xml for run in runs(block)]
    missing = []
    for run in wanted:
        if have[run]:
            have[run] -= 1
        else:
            missing.append(" ".join(run))
    return 1 - len(missing) / max(len(wanted), 1), missing


def runs(block: list[str]) -> list[tuple[str, ...]]:
    """Every run of five words in a block."""
    return [tuple(block[i : i + RUN]) for i in range(len(block) - RUN + 1)]


def foreign(xml: list[list[str]], pdf: list[list[str]]) -> list[str]:
    """Words inside sentences of the PDF that the XML doesn't have there, with their neighbours."""
    whole = [word for block in xml for word in block]
    places: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(whole) - BESIDE + 1):
        places.setdefault(tuple(whole[i : i + BESIDE]), []).append(i)
    found = []
    for block in pdf:
        near = [p for i in range(len(block) - BESIDE + 1)
                for p in places.get(tuple(block[i : i + BESIDE]), ())[:1]]  # fmt: skip
        if not near:
            continue
        middle = sorted(near)[len(near) // 2]
        window = whole[max(0, middle - 2 * len(block)) : middle + 2 * len(block)]
        found += _inserted(window, block)
    return found


def _inserted(window: list[str], block: list[str]) -> list[str]:
    matcher = SequenceMatcher(None, window, block, autojunk=False)
    equal = [match for match in matcher.get_matching_blocks() if match.size]
    found = []
    for before, after in pairwise(equal):
        extra = block[before.b + before.size : after.b]
        lacking = window[before.a + before.size : after.a]
        sure = before.size >= BESIDE and after.size >= BESIDE
        if extra and sure and len(lacking) < BESIDE and "".join(extra) != "".join(lacking):
            near = block[before.b + before.size - 3 : after.b + 3]
            found.append(f"{' '.join(extra)!r} in {' '.join(near)!r} (for {' '.join(lacking)!r})")
    return found


def main() -> int:
    """Measure every pair of the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=float, default=0.97)
    parser.add_argument("--show", type=int, default=0, help="how many misses to show of each pair")
    options = parser.parse_args()
    failed = False
    for pdf in sorted(options.folder.glob("*.pdf")):
        others = [pdf.with_suffix(ending) for ending in (".xml", ".nxml", ".tei.xml")]
        other = next((path for path in others if path.exists()), None)
        if other is None:
            continue
        xml_body, pdf_body = body(read(other)), body(read(pdf))
        share, missing = kept_runs(xml_body, pdf_body)
        inside = foreign(xml_body, pdf_body)
        failed |= share < options.least or bool(inside)
        print(f"{share:7.4f} of five-word runs  {len(inside):3} foreign  {pdf.name}")
        for line in missing[: options.show]:
            print("   missing:", line)
        for line in inside[: options.show]:
            print("   foreign:", line)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
