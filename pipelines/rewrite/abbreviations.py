"""Abbreviations: found where the document defines them, written out at first use in the brief.

Definitions are found by the algorithm of Schwartz & Hearst (2003): "land surface temperature
(LST)" defines LST where the letters of the short form occur in order in the words before it, the
first one at the beginning of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import BODY_KINDS, Document
from pipelines.rewrite.steps import Context

_BRACKET = re.compile(r"\(([^()]{2,12})\)")
_SHORT = re.compile(r"[A-ZÀ-Ý0-9][\w.&/-]*[A-ZÀ-Ý0-9]s?|[A-Z][A-Za-z-]*[A-Z]\w*")


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a document writes an abbreviation out."""

    short: str
    long: str
    start: int
    """First character of the long form, code points into ``Document.text``."""
    end: int
    """One past the bracket that holds the short form."""


def _long_form(short: str, before: str) -> str | None:
    """The shortest run of words at the end of ``before`` that spells ``short`` out."""
    letters = [character.lower() for character in short if character.isalnum()]
    position = len(before)
    for rank, letter in reversed(list(enumerate(letters))):
        position -= 1
        while position >= 0 and not (
            before[position].lower() == letter
            and (rank > 0 or position == 0 or not before[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
    return before[position:].strip()


def definitions(document: Document) -> dict[str, Definition]:
    """Every abbreviation that the document defines, at its first definition in the body."""
    found: dict[str, Definition] = {}
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        text = document.text[block.start : block.end]
        for match in _BRACKET.finditer(text):
            short = match.group(1).strip()
            if not _SHORT.fullmatch(short) or short.removesuffix("s") in found or short in found:
                continue
            words = re.split(r"(?<=[.;:])\s", text[: match.start()])[-1].split()
            window = " ".join(words[-min(len(short) + 5, 2 * len(short)) :])
            long = _long_form(short.removesuffix("s"), window)
            if (
                long
                and len(long.split()) <= len(short) + 2
                and len(long) > len(short)
                and long.count("(") == long.count(")")
            ):
                start = text.rindex(long, 0, match.start())
                long = _uncapitalized(long, document.text)
                found[short] = Definition(
                    short, long, block.start + start, block.start + match.end()
                )
    return found


def _uncapitalized(long: str, text: str) -> str:
    """A long form without the capital that only a sentence's beginning gave it."""
    first = long.split()[0]
    lower = first.lower()
    if first[:1].isupper() and first[1:].islower() and re.search(rf"\b{re.escape(lower)}\b", text):
        return lower + long[len(first) :]
    return long


def used(text: str, shorts: Iterable[str]) -> list[str]:
    """The abbreviations that a text uses, in order of appearance."""
    places = {
        short: match.start()
        for short in shorts
        if (match := re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text))
    }
    return sorted(places, key=lambda short: (places[short], short))


def write_out_abbreviation(text: str, context: Context) -> str:
    """Write each abbreviation out at its first use in the brief: "land surface temperature (LST)"."""
    for short in used(text, context.long_forms):
        long = context.long_forms[short]
        if short in context.introduced or long.lower() in text.lower():
            continue
        text = re.sub(
            rf"(?<![\w(-]){re.escape(short)}(?![\w)-])",
            lambda _, short=short, long=long: f"{long} ({short})",  # type: ignore[misc]
            text,
            count=1,
        )
    return text
