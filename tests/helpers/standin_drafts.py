"""Preloaded into the tests' Dask workers: stands in for the steps, and waits at a gate.

The first brief that a process makes is made at once, each later one when the file ``gate`` is in
the folder STANDIN_FOLDER. A process that waits there has left a file named after its number.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from maker import Maker
from servers import wait_until

from corpus import near_duplicates
from models import encoder
from passerelle import sandbox
from pipelines import draft as steps


def dask_setup(worker: Any) -> None:
    """Put the stand-in in the place of the steps; Dask calls this as the worker starts."""

    folder, maker = Path(os.environ["STANDIN_FOLDER"]), Maker()

    def draft(document: Any, **how: Any) -> Any:
        if maker.asked:
            (folder / str(os.getpid())).touch()
            wait_until((folder / "gate").exists, "the gate")
        return maker.draft(document, **how)

    vars(steps)["draft"] = draft
    vars(encoder)["load"] = lambda: None
    vars(sandbox).update(read=sandbox.read_here, draft=sandbox.draft_here, make_ready=sandbox.load)
    vars(sandbox)["bands"] = near_duplicates.bands
