"""The desk's checks in the test's own process, instead of its children's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from passerelle.desk import front, line_checks, preparing


@contextmanager
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While it lasts, whatever the children are asked is done here, and nothing is prepared."""

    async def ask(lane: str, work: Any, *given: Any) -> Any:
        return work(*given)

    monkeypatch.setattr(line_checks, "ask", ask)
    monkeypatch.setattr(line_checks, "make_ready", lambda: None)
    monkeypatch.setattr(preparing, "prepare", lambda entries: None)
    yield
    front.open_once.cache_clear()
    line_checks._store_at.cache_clear()
