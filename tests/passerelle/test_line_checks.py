"""What the desk's children promise: nothing slow holds up a decision, one that died is replaced."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator

import pytest

from passerelle.desk import line_checks

#: Seconds that somebody's page takes to be made.
LONG = 600.0


@pytest.fixture(autouse=True)
def _children(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Children without models, which take a moment to begin."""
    monkeypatch.setattr(line_checks, "LOADED", line_checks.__name__)
    yield
    line_checks.close()


def test_what_takes_long_holds_up_neither_a_check_nor_a_decision() -> None:
    async def at_once() -> list[int]:
        page = asyncio.ensure_future(line_checks.ask("pages", time.sleep, LONG))
        await line_checks.ask("checks", os.getpid)
        found = [await line_checks.ask(lane, os.getpid) for lane in ("checks", "decisions")]
        assert not page.done()
        page.cancel()
        return found

    one, other = asyncio.run(at_once())
    assert one != other


def test_a_child_that_died_is_begun_anew_and_the_question_asked_again() -> None:
    async def asked() -> tuple[int, int]:
        first = await line_checks.ask("checks", os.getpid)
        os.kill(first, signal.SIGKILL)
        return first, await line_checks.ask("checks", os.getpid)

    first, second = asyncio.run(asked())
    assert first != second


def test_children_know_the_settings_as_they_are_when_they_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PASSERELLE_TIMEZONE", "Europe/Paris")
    told = asyncio.run(line_checks.ask("pages", os.getenv, "PASSERELLE_TIMEZONE"))
    assert told == "Europe/Paris"
