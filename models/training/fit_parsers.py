"""Train the spaCy pipelines of ``models/weights`` on the treebanks.

``python -m models.training.language DATA [en|fr]`` trains both languages, or one. The recipe is
``language.cfg``; what differs between the languages stands here.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language as Pipeline
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_pipeline

from corpus.document import Language
from models.artefacts import CARD, WEIGHTS
from models.training import treebank as _registers_the_reader  # noqa: F401
from models.training import vectors
from models.training.seal import seal

RECIPE = Path(__file__).with_name("language.cfg")

TREEBANKS: dict[Language, tuple[tuple[str, ...], str]] = {
    "en": (("ud_english_ewt/train.conllu.xz",), "ud_english_ewt/dev.conllu.xz"),
    "fr": (
        ("ud_french_sequoia/train.conllu.xz", "ud_french_gsd/dev.conllu.xz"),
        "ud_french_sequoia/dev.conllu.xz",
    ),
}
#: What differs from the recipe. English has static vectors, and so fewer rows for words; the
#: French treebanks are smaller, so more is dropped out.
OVERRIDES: dict[Language, dict[str, Any]] = {
    "en": {
        "components.tok2vec.model.embed.rows": [2500, 500, 1500, 1000],
        "components.tok2vec.model.embed.include_static_vectors": True,
    },
    "fr": {
        "components.tok2vec.model.embed.rows": [4000, 1000, 2500, 1500],
        "training.dropout": 0.2,
        "training.max_steps": 3000,
    },
}


def train(language: Language, data: Path, out: Path, **overrides: Any) -> None:
    """Train the pipeline of a language and write its best state to ``out``.

    ``overrides`` replace entries of the recipe by dotted name. The same seed, data and versions
    give the same weights on the same kind of processor.
    """
    names, development = TREEBANKS[language]
    treebanks = [data / name for name in names]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if language == "en":
            vectors.write(treebanks, language, work / "vectors")
            overrides = {"initialize.vectors": str(work / "vectors"), **overrides}
        config = spacy.util.load_config(
            RECIPE,
            overrides={
                "nlp.lang": language,
                "paths.train": [str(path) for path in treebanks],
                "paths.dev": [str(data / development)],
                **OVERRIDES[language],
                **overrides,
            },
            interpolate=False,
        )
        train_pipeline(init_nlp(config), work, stdout=sys.stdout, stderr=sys.stderr)
        best = spacy.load(work / "model-best")
        if language == "en":
            vectors.shrink(best, treebanks, language)
        _replace(out, best)


def _replace(folder: Path, nlp: Pipeline) -> None:
    """Write the pipeline in place of the one before, whose model card stays."""
    card = folder / CARD
    words = card.read_text(encoding="utf-8") if card.is_file() else None
    shutil.rmtree(folder, ignore_errors=True)
    nlp.to_disk(folder)
    if words is not None:
        card.write_text(words, encoding="utf-8")
    seal(folder)


def main(data: Path, *languages: str) -> None:
    """Train the pipelines of these languages, of both unless named, and seal them."""
    for language in TREEBANKS:
        if language in (languages or TREEBANKS):
            train(language, data, WEIGHTS / language)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
