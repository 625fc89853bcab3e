"""Processor time of a program and of all that it has begun: what a shared machine can't blur.

In: nothing. Out: seconds, from Linux's ``/proc``.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def processor_seconds() -> float:
    """Processor time of this process and its descendants so far, ended ones included."""
    stats: dict[int, list[str]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            stats[int(place.parent.name)] = place.read_text().rpartition(")")[2].split()
    ours = {os.getpid()}
    while more := {pid for pid, stat in stats.items() if int(stat[1]) in ours} - ours:
        ours |= more
    # user and system time, and that of children that have ended, in clock ticks (proc(5))
    ticks = sum(int(ticks) for pid in ours for ticks in stats[pid][11:15])
    return ticks / os.sysconf("SC_CLK_TCK")
