"""Whether a model of the user's choice words passages, and how it is reached; off by default."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationInfo

from pipelines.reading.reading_settings import ReadingSettings


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


class WriterSettings(ReadingSettings):
    """What the steps are told, and the floors below."""

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
    translator: Annotated[str, AfterValidator(_writer)] = Field(default="", validate_default=False)
    """Optional machine translation: as ``writer``; a name may hold ``{source}`` and ``{target}``
    for the languages, as ``local:Helsinki-NLP/opus-mt-{source}-{target}``."""
    translator_model: str = ""
    """The model that a chat server is asked for; ``writer_model`` where it is empty."""
