"""Training artefacts again, each in a process of its own, the old weights kept until it is done.

    python -m models.training.again DATA [ARTEFACT...]

In: names of artefacts, and the folder of the data. Out: what each script said. A script that fails
leaves no half-made weights behind: what was there before is put back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from corpus.errors import PasserelleError
from models.artefacts import ARTEFACTS, WEIGHTS, Artefact

#: Where ``models`` lies.
ROOT = Path(__file__).resolve().parent.parent.parent


def to_train(names: Sequence[Artefact] = ()) -> list[Artefact]:
    """The artefacts of these names, of all unless given, one for each script that makes some."""
    wanted = [name for name in ARTEFACTS if name in (names or ARTEFACTS)]
    by_script = {ARTEFACTS[name]: name for name in reversed(wanted)}
    return [name for name in wanted if name in by_script.values()]


def train_again(name: Artefact, data: Path) -> str:
    """Run the script of an artefact on the data; what it said.

    Raises ``PasserelleError`` with its last words where it fails.
    """
    module = str(ARTEFACTS[name]).partition(":")[0]
    with TemporaryDirectory() as place:
        before = Path(place, "weights")
        shutil.copytree(WEIGHTS, before)
        done = subprocess.run(
            [sys.executable, "-m", module, str(data)],
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


if __name__ == "__main__":
    for artefact in to_train(cast(list[Artefact], sys.argv[2:])):
        print(f"{artefact}:\n{train_again(artefact, Path(sys.argv[1]))}", flush=True)
