"""One manner of registering, for readers, steps, rules, suites and artefacts alike.

A registry is a table in the module that names the kind: names, in their order, each with the
place of its function (``"corpus.readers.jats:read"``). Reading the table is reading what there
is; what an entry needs is imported when it is first used. To add one, write its function and its
line in the table.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

Registered = str | Callable[..., Any]
"""``module:function``, or the function itself."""


@cache
def function(place: Registered) -> Any:
    """The function that is registered at a place; its module is imported at first use."""
    return pkgutil.resolve_name(place) if isinstance(place, str) else place


def functions(table: Mapping[str, Registered]) -> dict[str, Any]:
    """The functions of a registry by their names, in its order."""
    return {name: function(place) for name, place in table.items()}
