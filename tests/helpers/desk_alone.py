"""The desk behind its guard, without Prefect: ``python desk_alone.py PORT``."""

from __future__ import annotations

import sys

import uvicorn

from passerelle.desk.pages import desk
from passerelle.guard import guarded

if __name__ == "__main__":
    door = guarded(desk(), any_name=False)
    uvicorn.run(door, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
