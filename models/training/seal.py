"""Record the SHA-256 of every file of an artefact: ``python -m models.training.seal NAME…``.

The training scripts call it last; ``models.artefacts`` loads nothing that isn't sealed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from models.artefacts import CARD, SUMS, WEIGHTS, sha256


def seal(folder: Path) -> None:
    """Write ``SHA256SUMS`` over all files of an artefact's folder but its model card."""
    files = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (CARD, SUMS)
    )
    lines = [f"{sha256(folder / file)}  {file}\n" for file in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        seal(WEIGHTS / name)
