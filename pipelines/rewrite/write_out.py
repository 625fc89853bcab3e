"""``write_out_abbreviation``: an abbreviation in full where a brief first uses it."""

from __future__ import annotations

import re

from corpus.document import Language
from pipelines.reading.definitions import used
from pipelines.rewrite.steps import Context, capitalized


def write_out_abbreviation(text: str, context: Context) -> str:
    """Write an abbreviation out at its first use in the brief: "land surface temperature (LST)".

    Left as it is where the words would not fit: inside a bracket or a compound, or after an
    article that goes with the abbreviation only.
    """
    known = {short.removesuffix("s") for short in context.introduced}
    for short in used(text, context.long_forms):
        long = context.long_forms[short]
        base = short.removesuffix("s")
        if base in known or long.lower() in text.lower():
            continue
        known.add(base)
        first = re.search(rf"(?<!\w){re.escape(base)}s?(?!\w)", text)
        if first is None or not _fits(text, first, short, long, context.language):
            continue
        words = long if first.start() else capitalized(long)
        text = f"{text[: first.start()]}{words} ({short}){text[first.end() :]}"
    return text


_BEFORE_SINGULAR = {
    "en": re.compile(r"\b(?:a|an|each|every|one|this)$", re.IGNORECASE),
    "fr": re.compile(r"(?:\b(?:le|la|un|une|du|au|ce|cet|cette|chaque|son|sa)|\b[ld][’'])$", re.I),
}
_BEFORE_PLURAL = {
    "en": re.compile(r"\b(?:these|those|many|several|both|all|few|two|three|\d+)$", re.IGNORECASE),
    "fr": re.compile(r"\b(?:les|des|ces|aux|ses|leurs|plusieurs|deux|trois|\d+)$", re.IGNORECASE),
}


def _plural(long: str, language: Language) -> bool:
    word = long.split()[0 if language == "fr" else -1].lower()
    return bool(re.search(r"[sx]$" if language == "fr" else r"(?<!ga)(?<!bia)[^siu]s$", word))


def _fits(text: str, first: re.Match[str], short: str, long: str, language: Language) -> bool:
    """Whether the long form can stand where the short one first does."""
    before, after = text[: first.start()], text[first.end() :]
    if first.group() != short or before.count("(") > before.count(")"):
        return False
    if re.search(r"[/–—-]$", before) or re.match(r"[/–—-]| ?[(\[]", after):
        return False
    plural = _plural(long, language)
    if language == "en" and plural != short.endswith("s"):
        return False
    wrong_number = (_BEFORE_SINGULAR if plural else _BEFORE_PLURAL)[language]
    if wrong_number.search(before.rstrip()):
        return False
    vowel = bool(re.match(r"[aeiouyhàâéèêîôœ]" if language == "fr" else r"[aeio]", long.lower()))
    if language == "fr":
        return not re.search(r"\b(?:le|la|de|que|ce|ma|sa)\s$" if vowel else r"[’']$", before, re.I)
    return not re.search(r"\ba\s$" if vowel else r"\ban\s$", before, re.IGNORECASE)
