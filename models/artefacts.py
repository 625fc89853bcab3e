"""The trained artefacts in ``models/weights``: found, and checked against their recorded SHA-256.

Each artefact is a folder with its model card (``README.md``) and ``SHA256SUMS``, in the format of
the command ``sha256sum``, which the code in ``models/training`` writes when it has trained. What
is loaded is what was sealed, or nothing is.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.errors import ModelMissingError
from corpus.registry import Registered

WEIGHTS = Path(__file__).with_name("weights")

Artefact = Literal[
    "en",
    "fr",
    "sentences",
    "lemmas",
    "names",
    "roles",
    "bottom_line",
    "readability",
    "functions",
    "study_kind",
    "exchange_points",
    "exchange_lines",
    "paper_lines",
    "antecedents",
    "entailment",
    "senses",
    "translations",
]

#: Every artefact that the program loads, with what makes it again from the folder of the data, in
#: the order in which they build on each other.
ARTEFACTS: dict[Artefact, Registered] = {
    "en": "models.training.fit_parsers:main",
    "fr": "models.training.fit_parsers:main",
    "sentences": "models.training.fit_sentences:main",
    "lemmas": "models.training.fit_lemmas:main",
    "names": "models.training.gather_names:main",
    "roles": "models.training.fit_roles:main",
    "bottom_line": "models.training.fit_bottom_line:main",
    "readability": "models.training.fit_readability_scale:main",
    "functions": "models.training.fit_functions:main",
    "study_kind": "models.training.fit_study_kind:main",
    "exchange_points": "models.training.fit_points:main",
    "exchange_lines": "models.training.fit_exchange_lines:main",
    "paper_lines": "models.training.fit_paper_lines:main",
    "antecedents": "models.training.fit_antecedents:main",
    "entailment": "models.training.fit_entailment:main",
    "senses": "models.training.make_senses:main",
    "translations": "models.training.fit_translation_faults:main",
}
SUMS = "SHA256SUMS"
CARD = "README.md"
_RESTORE = (
    "restore it with: git checkout -- models/weights (in a clone), or "
    "pip install --force-reinstall passerelle"
)


def artefact(name: str) -> Path:
    """The folder of an artefact in ``WEIGHTS``, every file in it checked once a process.

    Raises ``ModelMissingError``, naming the file, where one is missing, cut short or altered.
    """
    return checked(WEIGHTS / name)


@cache
def checked(folder: Path) -> Path:
    """The same folder, once every sealed file in it was found as it was sealed.

    Raises ``ModelMissingError``.
    """
    sums = folder / SUMS
    if not sums.is_file():
        raise ModelMissingError(f"model weights: {sums} is missing; {_RESTORE}")
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, _, path = line.partition("  ")
        file = folder / path
        if not file.is_file():
            raise ModelMissingError(f"model weights: {file} is missing; {_RESTORE}")
        if sha256(file) != digest:
            raise ModelMissingError(
                f"model weights: {file} was cut short or altered since it was sealed; {_RESTORE}"
            )
    return folder


def sha256(file: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
