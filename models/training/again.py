"""Training one artefact again, in a process of its own, with the old weights kept until it is done.

In: the name of a script of this folder, and the folder of its data. Out: what the script said. A
script that fails leaves no half-made weights behind: what was there before is put back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from corpus.errors import PasserelleError
from models.artefacts import WEIGHTS

#: The scripts, in the order of ``make train``.
Trained = Literal["language", "sentences", "roles", "bottom_line", "readability_scale"]

SCRIPTS: dict[Trained, str] = {
    "language": "fit_parsers",
    "sentences": "fit_sentences",
    "roles": "fit_roles",
    "bottom_line": "fit_bottom_line",
    "readability_scale": "fit_readability_scale",
}

#: Where ``models`` lies.
ROOT = Path(__file__).resolve().parent.parent.parent


def train_again(name: Trained, data: Path) -> str:
    """Run a training script on the data; what it said.

    Raises ``PasserelleError`` with its last words where it fails.
    """
    with TemporaryDirectory() as place:
        before = Path(place, "weights")
        shutil.copytree(WEIGHTS, before)
        done = subprocess.run(
            [sys.executable, "-m", f"models.training.{SCRIPTS[name]}", str(data)],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        if done.returncode:
            shutil.copytree(before, WEIGHTS, dirs_exist_ok=True)
            said = (done.stderr.strip() or "it said nothing").splitlines()[-1]
            raise PasserelleError(f"{name}: not trained ({said}); its weights are as they were")
    return done.stdout
