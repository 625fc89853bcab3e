"""The French sentences of the papers written for training, glossed: ``python -m
benchmarks.written_glosses``.

In: ``models/training/written`` and its folder ``kinds``. Out: its ``glosses.tsv``, a line a title
or sentence and its gloss, word by word in English, as a French paper reaches models that know
English alone. To be made again where papers, the dictionary or the parser change.
"""

from __future__ import annotations

import itertools

from models.function_features import located
from models.parsing import parse
from models.training.written_papers import GLOSSES, KINDS_ALONE, WRITTEN, records
from pipelines.language.glosses import gloss


def main() -> None:
    """Write the glosses, sorted."""
    found: dict[str, str] = {}
    for _, document in itertools.chain(records(), records(KINDS_ALONE)):
        if document.language == "fr":
            title = document.title or ""
            found[title] = gloss(parse(title, "fr"))
            found |= {one.doc.text: gloss(one.doc) for one in located(document)}
    lines = [f"{text}\t{said}\n" for text, said in sorted(found.items())]
    (WRITTEN / GLOSSES).write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} titles and sentences glossed")


if __name__ == "__main__":
    main()
