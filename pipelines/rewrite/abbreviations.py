"""Abbreviations: found where the document defines them, written out at first use in the brief.

"land surface temperature (LST)" defines LST: the words' first letters spell it. Where they don't,
the algorithm of Schwartz & Hearst (2003) finds the words in which its letters occur in order, and
what it finds counts only if every word of it begins with one of them; a doubtful long form is
worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import BODY_KINDS, Document, Language
from pipelines.lexicon import table
from pipelines.rewrite.steps import Context, capitalized

_BRACKET = re.compile(r"\(([^()]{2,12})\)")
_SHORT = re.compile(
    r"(?=\D)(?=.*[^\W\d_].*[^\W\d_])"
    r"(?:[A-ZÀ-Ý][^\W_]*(?:[.&-][^\W_]+)*[A-ZÀ-ÝΑ-Ωα-ω0-9]s?|[A-Z][A-Za-z-]*[A-Z][^\W_]*)"
)
_PARTS = re.compile(r"[\s\u2010-\u2014-]+")
_DOUBTFUL = re.compile(r"[(),/;:=\[\]]|[’']$")


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a document writes an abbreviation out."""

    short: str
    long: str
    start: int
    """First character of the long form, code points into ``Document.text``."""
    end: int
    """One past the bracket that holds the short form."""


def _spelled_by_initials(letters: str, words: list[str], links: frozenset[str]) -> str | None:
    """The last words whose first letters spell the abbreviation; link words may be passed over."""
    for passed_over in (links, frozenset[str]()):
        for count in range(1, len(words) + 1):
            tail = words[-count:]
            parts = [part for part in _PARTS.split(" ".join(tail).lower()) if part]
            initials = "".join(part[0] for part in parts if part not in passed_over)
            if initials == letters and tail[0].lower() not in passed_over:
                return " ".join(tail)
    return None


def _spelled_within(letters: str, before: str, links: frozenset[str]) -> str | None:
    """The shortest run of words in which the letters occur in order (Schwartz & Hearst)."""
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
    long = before[position:].strip()
    words = [word.lower() for word in long.split()]
    begins = all(
        word in links or any(part[:1] in letters for part in _PARTS.split(word) if part)
        for word in words
    )
    return long if begins and words[0] not in links else None


def _long_form(short: str, before: str, language: Language) -> str | None:
    """What the text before a bracket writes the short form out as; None where it is doubtful."""
    letters = "".join(c.lower() for c in short.removesuffix("s") if c.isalnum())
    links = frozenset(table("rewrite")[language]["link_words"])
    words = re.split(r"(?<=[.;:])\s", before)[-1].split()
    window = words[-min(len(letters) + 5, 2 * len(letters)) :]
    long = _spelled_by_initials(letters, window, links) or _spelled_within(
        letters, " ".join(window), links
    )
    if long is None or len(long) <= len(short) or _DOUBTFUL.search(long):
        return None
    return long


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
            long = _long_form(short, text[: match.start()], document.language)
            if long is None:
                continue
            start = text.rindex(long, 0, match.start())
            found[short] = Definition(
                short,
                _uncapitalized(long, document.text),
                block.start + start,
                block.start + match.end(),
            )
    return found


def _uncapitalized(long: str, text: str) -> str:
    """A long form without the capital that only a sentence's beginning gave it."""
    first, *rest = long.split()
    name = any(word[:1].isupper() and word[1:].islower() for word in rest)
    if first[1:].islower() and not name and re.search(rf"\b{re.escape(first.lower())}\b", text):
        return first.lower() + long[len(first) :]
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
