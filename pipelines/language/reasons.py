"""Why a check refuses a line, or a form's text can't be read: one table, in both languages.

In: the name of a reason and what it speaks of. Out: the reason in English, as a brief keeps it;
and of any such text, also one read back from a file, the same in French. What another tool gave
as its reason is shown as it is. Texts are in ``reasons.toml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NewType

from corpus.document import Language
from pipelines.language.lexicon import table
from pipelines.language.typography import NO_BREAK

#: A reason of the table, in English; only ``reason`` makes one.
Reason = NewType("Reason", str)


#: What reasons are of: a check or a form; or what became of a source.
Group = Literal["reasons", "came"]


def reason(name: str, /, **values: object) -> Reason:
    """The reason ``name`` in English, its {places} filled in."""
    return Reason(str(table("reasons")["reasons"][name]["en"]).format(**values))


def is_doubt(reason: str) -> bool:
    """Whether a reason only says that nothing supports some words; any other names a difference."""
    return _marked(reason, "doubt")


def is_sure(reason: str) -> bool:
    """Whether a reason stands whatever the learned judge says of its line."""
    return _marked(reason, "sure")


def _marked(reason: str, mark: str) -> bool:
    """Whether the table marks the entry that a reason was made of."""
    return any(
        entry.get(mark, False) and _pattern_of(name).fullmatch(reason)
        for name, entry in table("reasons")["reasons"].items()
    )


@lru_cache(maxsize=4096)
def name_of(reason: str) -> str:
    """The name in the table of the entry that a reason was made of; empty where it has none."""
    return next((name for name, pattern in _patterns() if pattern.fullmatch(reason)), "")


def told(reason: str, language: Language, group: Group = "reasons") -> str:
    """An English reason as a language tells it; one that isn't of the table as it is."""
    if language == "en":
        return reason
    for name, pattern in _patterns(group):
        if match := pattern.fullmatch(reason):
            values = {place: _in_french(place, value) for place, value in match.groupdict().items()}
            return str(table("reasons")[group][name]["fr"]).format(**values)
    return reason


def _in_french(place: str, value: str) -> str:
    """What stands in a place, after the kind that the place is named after."""
    kind = place.rpartition("_")[2]
    match kind:
        case "reason":
            return told(value, "fr")
        case "came":
            return told(value, "fr", "came")
        case "section":
            labels = table("labels")["section"].values()
            return next((label["fr"] for label in labels if label["en"] == value), value)
        case "unit":
            return " ou ".join(
                table("reasons")["unit"].get(one, one) for one in value.split(" or ")
            )
        case "number":
            plain = value.replace(".", ",").replace(" ", NO_BREAK)
            return str(table("reasons")["number"].get(value, plain))
        case "strength" | "language":
            return str(table("reasons")[kind].get(value, value))
    return value


@cache
def _patterns(group: Group = "reasons") -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each reason's English text as a pattern, in the table's order."""
    return tuple((name, _pattern_of(name, group)) for name in table("reasons")[group])


@cache
def _pattern_of(name: str, group: Group = "reasons") -> re.Pattern[str]:
    return _pattern(table("reasons")[group][name]["en"])


def _pattern(text: str) -> re.Pattern[str]:
    """A text with {places} as a pattern: a place ends where the words after it first stand.

    What was matched once is matched for good (``?>``), so that no text takes long to read.
    """
    first, *rest = re.split(r"\{(\w+)\}", text)
    found = re.escape(first)
    for n in range(0, len(rest), 2):
        place, words = rest[n], re.escape(rest[n + 1])
        last = n + 2 == len(rest)
        found += rf"(?P<{place}>.*){words}" if last else rf"(?>(?P<{place}>.*?){words})"
    return re.compile(found, re.DOTALL)
