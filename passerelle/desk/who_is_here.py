"""Who has which draft open just now: what windows say of themselves, forgotten after a minute.

In: a draft's id, a window's random name and its reviewer. Out: the others. Kept in memory: it is
true of this moment alone.
"""

from __future__ import annotations

import time

#: A window that hasn't been heard of for so many seconds is closed.
GONE_SECONDS = 45.0
#: Of how many windows at most is kept track.
MOST = 2_000

_seen: dict[tuple[str, str], tuple[str, float]] = {}


def said_hello(brief_id: str, window: str, name: str, gone: bool = False) -> None:
    """Note that a window shows a draft, or no longer does."""
    now = time.monotonic()
    for key in [key for key, (_, at) in list(_seen.items()) if at < now - GONE_SECONDS]:
        _seen.pop(key, None)
    if gone:
        _seen.pop((brief_id, window), None)
    elif len(_seen) < MOST:
        _seen[brief_id, window] = (name, now)


def others_here(brief_id: str, window: str, name: str) -> list[str]:
    """The names of those who have a draft open in another window; ``""`` for the same person."""
    since = time.monotonic() - GONE_SECONDS
    found = {
        other if other != name else ""
        for (brief, there), (other, at) in list(_seen.items())
        if brief == brief_id and there != window and at > since
    }
    return sorted(found)
