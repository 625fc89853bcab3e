"""Two doors, one draft, the same moment: one decision holds, the other person is told of it.

A few races of each pair of doors; two hundred, between processes, are ``benchmarks/races.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import desk_checks
import pytest

from benchmarks import races
from corpus.store import open_store
from passerelle.settings import settings

pytestmark = pytest.mark.usefixtures("home", "flows")

#: Of each pair of doors.
RACES = 12


@pytest.fixture(autouse=True)
def _what_the_doors_put_in_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The doors do without child processes and Prefect's server; here only while a test runs."""
    from passerelle import review_runs

    for name in ("ask", "show_unless_shown", "say_in_log", "close_with"):
        monkeypatch.setattr(review_runs, name, getattr(review_runs, name))
    with desk_checks.in_this_process(monkeypatch):
        yield


@pytest.mark.parametrize("pair", races.PAIRS, ids=" against ".join)
def test_whichever_the_doors_one_decision_holds_and_the_other_is_told(
    home: Path, pair: tuple[str, str]
) -> None:
    store = open_store(settings().database_url)
    drafts = [races.a_draft(store, f"{number}") for number in range(RACES)]
    doors = [races.DOORS[name]() for name in pair]
    start = Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        ends: list[Any] = [
            threads.submit(races.raced, door, start.wait, drafts, turn)
            for turn, door in enumerate(doors)
        ]
        both = list(zip(*(end.result() for end in ends), strict=True))
    assert [races.wrong(store, one, both[n], n % 2) for n, one in enumerate(drafts)] == [""] * RACES
