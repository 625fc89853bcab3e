"""``write_out_abbreviation``: an abbreviation in full where a brief first uses it."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from corpus.document import Language
from pipelines.language.en import long_forms as english
from pipelines.language.fr import long_forms as french
from pipelines.reading.definitions import used
from pipelines.rewrite.steps import Context, capitalized


def write_out_abbreviation(text: str, context: Context) -> str:
    """Write an abbreviation out at its first use in the brief: "land surface temperature (LST)".

    Left as it is where the words would not fit: inside a bracket or a compound, or after an
    article that goes with the abbreviation only.
    """
    known = {short.removesuffix("s") for short in context.introduced}
    for short in used(text, context.long_forms):
        long = in_full(short, context.long_forms, known)
        base = short.removesuffix("s")
        if base in known or long.lower() in text.lower():
            continue
        known.add(base)
        first = re.search(rf"(?<!\w){re.escape(base)}s?(?!\w)", text)
        if first is not None and context.language == "en" and first.group() == f"{short}s":
            short, long = first.group(), english.several(long)
        if first is None or not _fits(text, first, short, long, context.language):
            continue
        words = long if first.start() else capitalized(long)
        text = f"{text[: first.start()]}{words} ({short}){text[first.end() :]}"
    return text


def in_full(short: str, long_forms: Mapping[str, str], known: Container[str] = ()) -> str:
    """What an abbreviation stands for, with those inside it that aren't ``known`` written out, too.

    "Non-specific LBP" tells a reader nothing.
    """
    long = long_forms[short]
    for inner in used(long, long_forms):
        if inner not in known and inner != short:
            long = re.sub(rf"(?<!\w){re.escape(inner)}(?!\w)", long_forms[inner], long)
    return long


#: What joins a word to another one or opens a bracket behind it.
_JOINTS, _BRACKETS = ("/", "–", "—", "-"), ("(", "[", " (", " [")


def _fits(text: str, first: re.Match[str], short: str, long: str, language: Language) -> bool:
    """Whether the long form can stand where the short one first does."""
    before, after = text[: first.start()], text[first.end() :]
    if first.group() != short or before.count("(") > before.count(")"):
        return False
    if before.endswith(_JOINTS) or after.startswith((*_JOINTS, *_BRACKETS)):
        return False
    fits = french.fits if language == "fr" else english.fits
    return fits(before, short, long)
