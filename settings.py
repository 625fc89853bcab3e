"""Every setting of the program, in one place, from environment variables.

``PASSERELLE_HOME=/srv/passerelle`` sets ``settings().home``, and so on for each field. In: the
environment, read once. Out: one frozen value. Nothing here touches a disk; folders are made by
whoever writes into them. ``cache_clear`` on ``settings`` makes the next call read again.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

#: The five fields of a cron schedule: name, least and greatest number, words that stand for one.
_CRON = (
    ("minute", 0, 59, ""),
    ("hour", 0, 23, ""),
    ("day", 1, 31, ""),
    ("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    ("weekday", 0, 7, "sun mon tue wed thu fri sat"),
)


class SettingsError(ValueError):
    """A setting has a value that can't be used; the message names the variable and says why."""


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


def _writer(value: str) -> str:
    kind, _, place = value.partition(":")
    if kind not in ("local", "chat") or not place:
        raise ValueError("must be local:NAME_OR_FOLDER or chat:http://host:port/v1")
    if kind == "chat":
        parts = urlsplit(place)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the server's address must begin with http:// or https:// and a host")
        if "@" in parts.netloc:
            raise ValueError("no password in the address; set PASSERELLE_WRITER_API_KEY")
        if parts.query or parts.fragment:
            raise ValueError("the server's address ends with its path, as …/v1")
    return value


def _writer_model(name: str, info: ValidationInfo) -> str:
    if not name and (info.data.get("writer") or "").startswith("chat:"):
        raise ValueError("must name the model that the server of PASSERELLE_WRITER is to use")
    return name


def _database(values: dict[str, Any]) -> str:
    return f"sqlite:///{values['home'] / 'passerelle.db'}" if "home" in values else ""


def _folder(name: str, inside: str = "home") -> Any:
    return Field(default_factory=lambda values: values.get(inside, Path()) / name)


def _split(value: Any) -> Any:
    return [part for part in value.split(os.pathsep) if part] if isinstance(value, str) else value


_FolderPath = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class Settings(BaseSettings):
    """The settings in force. Each field is the variable ``PASSERELLE_<FIELD>``."""

    model_config = SettingsConfigDict(env_prefix="PASSERELLE_", env_ignore_empty=True, frozen=True)

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
    task_runner: Annotated[str, AfterValidator(_task_runner)] = "threads"
    """What runs the flows' tasks: ``threads``, ``dask`` or ``dask://address``."""
    timezone: Annotated[str, AfterValidator(_time_zone)] = "America/Toronto"
    """Of the nightly schedule."""
    schedule: Annotated[str, AfterValidator(_schedule)] = "0 2 * * *"
    """When the nightly run starts: the five fields of cron."""
    encoder: str = ""
    """Sentence encoder: folder of a transformers model; empty is the installed MiniLM package."""
    encoder_precision: Literal["auto", "float32", "bfloat16"] = "auto"
    """Of the sentence encoder: ``auto`` is bfloat16 where the processor has it built in."""
    language_model_en: str = ""
    """English spaCy pipeline: package name or folder; empty is the bundled one."""
    language_model_fr: str = ""
    """French spaCy pipeline: package name or folder; empty is the bundled one."""
    allow_private_addresses: bool = False
    """Whether sources may be fetched from this machine and its private networks."""
    writer: Annotated[str, AfterValidator(_writer)] = Field(default="", validate_default=False)
    """Optional writer: ``local:NAME_OR_FOLDER``, ``chat:http://host:port/v1``; empty is none."""
    writer_model: Annotated[str, AfterValidator(_writer_model)] = Field(
        default="", validate_default=True
    )
    """The model that a chat server is asked for."""
    writer_api_key: SecretStr = SecretStr("")
    """What a chat server asks for as a bearer token; empty sends none. Never shown."""
    writer_timeout: float = Field(default=60.0, gt=0)
    """Seconds that a chat server may take for one answer."""
    writer_max_tokens: int = Field(default=200, gt=0)
    """Most word pieces in one answer of a writer."""


@cache
def settings() -> Settings:
    """The settings in force, read from the environment at the first call.

    Raises ``SettingsError`` naming the first variable that can't be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        shown = re.sub(r"//[^/@]*@", "//…@", str(first["input"]))  # without a password
        raise SettingsError(f"PASSERELLE_{name}={shown}: {reason}") from error
