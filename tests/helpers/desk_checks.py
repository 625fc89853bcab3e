"""The desk's checks in the test's own process, instead of a child's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from passerelle.desk import front, line_checks


@contextmanager
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While it lasts, whatever the child is asked is done here, and nothing is warmed up."""

    async def ask(work: Any, *given: Any) -> Any:
        return None if work is line_checks.warm_up else work(*given)

    monkeypatch.setattr(line_checks, "ask", ask)
    monkeypatch.setattr(line_checks, "make_ready", lambda: None)
    yield
    front.open_once.cache_clear()
    line_checks._store_at.cache_clear()
