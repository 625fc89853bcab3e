"""Where the command ``passerelle`` begins: our own packages first, or one line why not.

``corpus``, ``models``, ``pipelines`` and ``flows`` are plain names. Where somebody's own folder of
such a name comes first on Python's path, nothing of ours could be trusted to run.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

#: What must come from where this package comes from.
OURS = ("corpus", "models", "pipelines", "flows")


def in_the_way() -> str:
    """What stands in the place of one of our packages, and what to do; empty where nothing does."""
    home = Path(__file__).resolve().parent.parent
    for name in OURS:
        spec = find_spec(name)
        places = [*(spec.submodule_search_locations or ()), spec.origin] if spec else []
        found = Path(places[0]).resolve() if places and places[0] else None
        if found is None:
            return f"its package {name} is not installed; install passerelle again"
        if found.parent != home:
            return f"{found} is in the way of its own {name}; take its folder out of PYTHONPATH"
    return ""


def main() -> None:
    """Run the command line; the entry point of the ``passerelle`` script."""
    if trouble := in_the_way():
        sys.exit(f"passerelle: {trouble}")
    from passerelle.cli import main

    main()


if __name__ == "__main__":
    main()
