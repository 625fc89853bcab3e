"""Are English and French of the same text given the same grade?

``python benchmarks/readability_pairs.py FOLDER`` reads the pairs ``NN.en.md`` / ``NN.fr.md`` of a
folder and prints the grades of each, the median of their differences, in school years, and how they
spread. The scale's French constants come from the digital playbook's paragraphs alone, so that
other pairs test them; ``--translated`` leaves out what stands word for word in both files, because
it wasn't translated.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.document import Language
from corpus.readers import read
from pipelines.scoring.readability import GRADE, body_texts, common_scale, parse, sentences_of


def grades(file: Path, translated: bool) -> tuple[float, float] | None:
    """The grades of the English and the French of a pair; None where nothing was translated."""
    english = body_texts(read(file))
    french = body_texts(read(file.with_name(file.name.replace(".en.", ".fr."))))
    if translated:
        same = set(english) & set(french)
        english = [text for text in english if text not in same]
        french = [text for text in french if text not in same]
    if not english or not french:
        return None
    return _grade(english, "en"), _grade(french, "fr")


def _grade(texts: list[str], language: Language) -> float:
    return common_scale(sentences_of(parse(texts, language)))[GRADE]


def main() -> None:
    """Print one line a pair, and the median difference."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--translated", action="store_true")
    given = arguments.parse_args()
    differences = []
    for file in sorted(given.folder.glob("*.en.md")):
        pair = grades(file, given.translated)
        if pair is None:
            sys.stdout.write(f"{file.stem[:-3]}: nothing translated\n")
            continue
        differences.append(pair[1] - pair[0])
        sys.stdout.write(f"{file.stem[:-3]}: en {pair[0]:.2f}  fr {pair[1]:.2f}\n")
    apart = sorted(map(abs, differences))
    tenths = quantiles(apart, n=10)
    within = sum(one <= 1 for one in apart) / len(apart)
    sys.stdout.write(
        f"median difference {median(apart):.2f} of {len(apart)} pairs; {within:.0%} within one "
        f"grade, nine in ten within {tenths[8]:.1f}; French beside English, median "
        f"{median(differences):+.2f}\n"
    )


if __name__ == "__main__":
    main()
