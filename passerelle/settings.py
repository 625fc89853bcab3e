"""Every setting of the program, in one place, from environment variables.

``PASSERELLE_HOME=/srv/passerelle`` sets ``settings().home``, and so on for each field. In: the
environment, read once. Out: one frozen value, with what the floors below are told
(``corpus.settings_base``). Nothing here touches a disk; folders are made by whoever writes into
them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from corpus.settings_base import SettingsError, in_force
from pipelines.rewrite.writers.writer_settings import WriterSettings

__all__ = ["Settings", "SettingsError", "settings"]

#: The five fields of a cron schedule: name, least and greatest number, words that stand for one.
_CRON = (
    ("minute", 0, 59, ""),
    ("hour", 0, 23, ""),
    ("day", 1, 31, ""),
    ("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    ("weekday", 0, 7, "sun mon tue wed thu fri sat"),
)


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("no such time zone; name one as America/Toronto") from error
    return name


def _schedule(cron: str) -> str:
    fields = cron.split()
    if len(fields) != len(_CRON):
        raise ValueError("must have five fields: minute, hour, day, month, weekday, as 0 2 * * *")
    for field, (name, least, most, words) in zip(fields, _CRON, strict=True):
        for part in field.lower().split(","):
            found = re.fullmatch(r"(?:\*|(\w+)(?:-(\w+))?)(?:/([1-9]\d?))?", part, re.ASCII)
            ends = [end for end in found.groups()[:2] if end] if found else [""]
            if not all(end in words.split() or _lies(end, least, most) for end in ends):
                raise ValueError(f"{part} is no {name} of a schedule; write it as 0 2 * * *")
    return " ".join(fields)


def _lies(number: str, least: int, most: int) -> bool:
    return number.isdecimal() and least <= int(number) <= most


def _task_runner(name: str) -> str:
    if name not in ("threads", "dask") and not name.startswith("dask://"):
        raise ValueError("must be threads, dask or dask://address")
    return name


def _database(values: dict[str, Any]) -> str:
    return f"sqlite:///{values['home'] / 'passerelle.db'}" if "home" in values else ""


def _folder(name: str, inside: str = "home") -> Any:
    return Field(default_factory=lambda values: values.get(inside, Path()) / name)


def _split(value: Any) -> Any:
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


_FolderPath = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class Settings(WriterSettings):
    """The settings in force. Each field is the variable ``PASSERELLE_<FIELD>``."""

    home: _FolderPath = Field(default=Path("~/.passerelle"), validate_default=True)
    """Where the store, the log and, unless told otherwise, inbox and outbox are."""
    database_url: str = Field(default_factory=_database)
    """SQLAlchemy address of the store: SQLite in ``home``, or ``postgresql+psycopg://…``."""
    inbox: _FolderPath = _folder("inbox")
    """Where new material is dropped."""
    outbox: _FolderPath = _folder("outbox")
    """Where briefs are written unless a command says otherwise."""
    published: _FolderPath = _folder("published", inside="outbox")
    """Where approved briefs are written."""
    roots: Annotated[tuple[_FolderPath, ...], NoDecode, BeforeValidator(_split)] = Field(
        default_factory=lambda values: (values.get("inbox", Path()),)
    )
    """Folders that a form may name files in, parted as in PATH; the inbox unless given."""
    password: SecretStr = SecretStr("")
    """Of the server and its pages; empty is none, on this machine alone. Never shown."""
    runs_at_once: int = Field(default=2, gt=0)
    """Most runs that ``passerelle serve`` works on at once; each takes about 1 GB of memory."""
    settle_seconds: float = Field(default=10, ge=0)
    """How long a file in the inbox must have been left alone before a night takes it."""
    memory_mb: int = Field(default=3000, ge=1000)
    """Memory that the work on one document may take, in MB; on Linux alone."""
    read_seconds: int = Field(default=120, gt=0)
    """Processor time that reading one document may take; of time, four times as much."""
    draft_seconds: int = Field(default=900, gt=0)
    """Processor time that drafting one document may take; of time, four times as much."""
    task_runner: Annotated[str, AfterValidator(_task_runner)] = "threads"
    """What runs the flows' tasks: ``threads``, ``dask`` or ``dask://address``."""
    training: bool = False
    """Whether the pages offer the form that trains the models again."""
    timezone: Annotated[str, AfterValidator(_time_zone)] = "America/Toronto"
    """Of the nightly schedule."""
    notify_webhook: SecretStr = SecretStr("")
    """Address that is told, as JSON, of drafts that are ready, of nights that failed, and of drafts
    that wait too long."""
    notify_email: str = ""
    """Who is written to of the same, addresses parted by commas."""
    notify_after_days: int = Field(default=7, ge=0)
    """After how many days a draft waits too long; 0 for never."""
    smtp_host: str = "localhost"
    """The server that takes letters."""
    smtp_port: int = Field(default=25, gt=0, lt=65536)
    """Its port: 465 is spoken to in TLS from the start, 587 after STARTTLS."""
    smtp_user: str = ""
    """Its account, where it asks for one."""
    smtp_password: SecretStr = SecretStr("")
    """Of that account. Never shown."""
    smtp_from: str = ""
    """Whom letters are from; ``passerelle@localhost`` unless given."""
    schedule: Annotated[str, AfterValidator(_schedule)] = "0 2 * * *"
    """When the nightly run starts: the five fields of cron."""


def settings() -> Settings:
    """The settings in force, read from the environment at the first call.

    Raises ``SettingsError`` naming the first variable that can't be used.
    """
    return in_force(Settings)
