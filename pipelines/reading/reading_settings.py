"""What the reading of exchanges is told: who takes part, and who may be named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from pipelines.language.term_settings import TermSettings


def _roster(path: Path | None) -> Path | None:
    path = path.expanduser().absolute() if path else None
    if path and path.suffix.lower() not in (".csv", ".yaml", ".yml"):
        raise ValueError("must be a .csv or .yaml file of participants")
    return path


class ReadingSettings(TermSettings):
    """What the reading is told, and the floors below."""

    roster: Annotated[Path | None, AfterValidator(_roster)] = None
    """File of participants, .csv or .yaml; its columns: ``pipelines.reading.roster``."""
    chatham_house: bool = False
    """Whether the Chatham House rule holds: no speaker's name or role is told, whoever agreed."""
