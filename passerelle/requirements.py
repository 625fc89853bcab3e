"""The packages that the project declares, as its own metadata name them.

In: the installed distribution. Out: the names of what its default install asks for.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, requires


@cache
def declared() -> tuple[str, ...]:
    """Names in alphabetical order, without extras; none where the project isn't installed."""
    try:
        asked = requires("passerelle") or ()
    except PackageNotFoundError:
        return ()
    names = (re.match(r"[\w.-]+", line) for line in asked if "extra ==" not in line)
    return tuple(sorted(name.group() for name in names if name))
