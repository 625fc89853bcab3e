"""The roster of an exchange: who takes part, as what, and who agreed to be named.

In: the CSV or YAML file that ``PASSERELLE_ROSTER`` names. Out: ``Participant`` values. Columns or
keys: ``name`` (as the transcript has it), ``role``, ``organization``, ``sector``, ``region``,
``consent``; French headings and values are read, too (``roster.toml``). A role is one of ours or a
title ("city planner"). Whoever isn't listed, or has no clear yes, isn't named.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableError
from corpus.readers.decode import decode
from corpus.settings_base import in_force
from pipelines.language.lexicon import table
from pipelines.reading.reading_settings import ReadingSettings


@dataclass(frozen=True, slots=True)
class Participant:
    """One person of the roster."""

    name: str
    role: str = ""
    """One of our roles, or a title in words; empty where none is given."""
    organization: str = ""
    sector: str = ""
    region: str = ""
    consent: bool = False
    """Whether they agreed to be named."""


def roster() -> tuple[Participant, ...]:
    """The participants of the roster in force; none where no file is named.

    Raises ``UnreadableError`` naming the line where the file can't be understood.
    """
    path = in_force(ReadingSettings).roster
    if path is None:
        return ()
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UnreadableError(
            f"{path}: the roster can't be opened ({error.strerror}); "
            "correct PASSERELLE_ROSTER or unset it"
        ) from error


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> tuple[Participant, ...]:
    return participants(decode(path.read_bytes(), path.name), path.name)


def participants(text: str, name: str) -> tuple[Participant, ...]:
    """The participants of a roster's text; ``name`` is its file name.

    Raises ``UnreadableError``.
    """
    rows = _yaml(text, name) if name.lower().endswith((".yaml", ".yml")) else _csv(text)
    found = []
    for number, row in rows:
        fields = _fields(row)
        if not fields.get("name"):
            raise UnreadableError(
                f"{name}: line {number}: no name; give each participant one under 'name'"
            )
        found.append(_participant(fields))
    return tuple(found)


def _csv(text: str) -> list[tuple[int, Mapping[str, Any]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    return [(reader.line_num, row) for row in reader if any(_words(v) for v in row.values())]


def _yaml(text: str, name: str) -> list[tuple[int, Mapping[str, Any]]]:
    import yaml

    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}:" if mark else ""
        raise UnreadableError(f"{name}:{line} not readable as YAML; correct the line") from error
    if isinstance(value, dict):
        value = next((item for item in value.values() if isinstance(item, list)), None)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise UnreadableError(f"{name}: must be a list of participants, each with a name")
    return list(enumerate(value, 1))


def _words(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, (str, int, float, bool)) else ""


@cache
def _headings() -> Mapping[str, str]:
    fields: Mapping[str, Sequence[str]] = table("roster")["fields"]
    return {heading: field for field, headings in fields.items() for heading in headings}


def _fields(row: Mapping[Any, Any]) -> dict[str, str]:
    known = _headings()
    named = (
        (known.get(_words(key).casefold().lstrip("\ufeff")), value) for key, value in row.items()
    )
    return {field: _words(value) for field, value in named if field}


def _participant(fields: Mapping[str, str]) -> Participant:
    given = fields.get("role", "").casefold()
    roles: Mapping[str, Sequence[str]] = table("roster")["roles"]
    role = next((role for role, words in roles.items() if given in words), fields.get("role", ""))
    agreed = fields.get("consent", "").casefold() in table("roster")["yes"]["words"]
    return Participant(
        fields["name"],
        role,
        fields.get("organization", ""),
        fields.get("sector", ""),
        fields.get("region", ""),
        agreed,
    )


def participant_of(label: str, listed: Iterable[Participant]) -> Participant | None:
    """The participant whom a speaker's label names; None where none or several may be meant."""
    from models.components.persons import names_in_label  # heavy, as all that parses is

    exact = label.casefold().strip()
    everyone = list(listed)
    for one in everyone:
        if one.name.casefold() == exact:
            return one
    words = names_in_label(label)
    if not words:
        return None
    within = [one for one in everyone if words <= names_in_label(one.name)]
    within = within or [one for one in everyone if names_in_label(one.name) <= words]
    return within[0] if len(within) == 1 else None


def agreed() -> frozenset[str]:
    """The words of the names of those who agreed to be named; none under the Chatham House rule."""
    from models.components.persons import names_in_label

    if in_force(ReadingSettings).chatham_house:
        return frozenset()
    listed = roster()
    refused = {word for one in listed if not one.consent for word in names_in_label(one.name)}
    return (
        frozenset(word for one in listed if one.consent for word in names_in_label(one.name))
        - refused
    )
