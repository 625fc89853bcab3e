"""Every word of the desk's pages, in both languages.

``words(language)`` gives the function that templates call: ``w("queue.title")`` is the text of
``words.toml`` under ``[queue]``, ``title``, with its {places} filled in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from babel.dates import format_date, format_time, format_timedelta

from corpus.document import Language

Say = Callable[..., str]


@cache
def table() -> dict[str, dict[str, dict[str, str]]]:
    """The file ``words.toml``."""
    text = resources.files("passerelle.desk").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def words(language: Language) -> Say:
    """The texts in a language. What it gives raises ``KeyError`` for a name that isn't there."""

    def say(name: str, /, **values: object) -> str:
        group, _, key = name.partition(".")
        entry = table()[group][key]
        if values.get("count") == 1 and f"{key}_one" in table()[group]:
            entry = table()[group][f"{key}_one"]
        text = entry[language].format(**values)
        return text[:-1] if text.endswith("..") else text  # "a.m." ends the sentence, too

    return say


def age(seconds: float, language: Language) -> str:
    """How long ago, in one unit: ``3 days``."""
    return str(
        format_timedelta(
            timedelta(seconds=max(seconds, 60.0)), locale=_locale(language), threshold=1.0
        )
    )


def day(text: str, language: Language) -> str:
    """A date as far as a document states it: ``2024``, ``2024-05`` or ``2024-05-17``."""
    parts = text.split("-")
    try:
        if len(parts) == 3:
            return str(format_date(date.fromisoformat(text), "long", locale=_locale(language)))
        if len(parts) == 2:
            month = date(int(parts[0]), int(parts[1]), 1)
            return str(format_date(month, "MMMM y", locale=_locale(language)))
    except ValueError:
        pass
    return text


def moment(text: str, language: Language, zone: Any) -> str:
    """A moment (ISO 8601 with offset) as a clock on the wall of a time zone shows it."""
    at = datetime.fromisoformat(text).astimezone(zone)
    date_of = format_date(at.date(), "medium", locale=_locale(language))
    return f"{date_of}, {format_time(at, 'short', tzinfo=zone, locale=_locale(language))}"


def _locale(language: Language) -> str:
    return "fr_CA" if language == "fr" else "en_CA"
