"""The abbreviations of a document: where it defines them, and which of them a text uses.

How a text defines one is read by ``models.components.abbreviations``; writing one out in a brief
is a step of ``rewrite``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace

from corpus.document import BODY_KINDS, Document
from models.components.abbreviations import Definition, definitions_in, is_spelled
from pipelines.language.lexicon import listed


def definitions(document: Document) -> dict[str, Definition]:
    """Every abbreviation that the document defines, at its first definition in the body.

    One whose first letters spell it goes before another that they don't. What everybody knows by
    its letters ("DNA") is left out: in words fewer do.
    """
    found: dict[str, Definition] = {}
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        text, language = document.text[block.start : block.end], document.language
        for item in definitions_in(text, language):
            if item.long.lower() in listed("telling", language, "needs_no_words"):
                continue
            known = found.get(item.short) or found.get(item.short.removesuffix("s"))
            if known is not None and (
                is_spelled(known, language) or not is_spelled(item, language)
            ):
                continue
            if known is not None:
                del found[known.short]
            found[item.short] = replace(
                item,
                long=_uncapitalized(_unquoted(item.long), document.text),
                start=block.start + item.start,
                end=block.start + item.end,
            )
    return found


def _unquoted(long: str) -> str:
    """A long form without a quotation mark that only its other half gave a sense."""
    odd = [pair for pair in ("“”", "«»") if long.count(pair[0]) != long.count(pair[1])]
    return long.strip("".join(odd) + " ")


def _uncapitalized(long: str, text: str) -> str:
    """A long form without the capital that only a sentence's beginning gave it."""
    first, *rest = long.split()
    name = any(word[:1].isupper() and word[1:].islower() for word in rest)
    if first[1:].islower() and not name and re.search(rf"\b{re.escape(first.lower())}\b", text):
        return first.lower() + long[len(first) :]
    return long


def used(text: str, shorts: Iterable[str]) -> list[str]:
    """The abbreviations that a text uses, in order of appearance; in the plural, too, and back."""
    known = set(shorts)
    places = {
        short: match.start()
        for short in known
        if (match := re.search(rf"(?<!\w){_of_any_number(short, known)}(?!\w)", text))
    }
    return sorted(places, key=lambda short: (places[short], short))


def _of_any_number(short: str, known: Container[str]) -> str:
    """An abbreviation, and its other number where that isn't one of its own."""
    base = short.removesuffix("s")
    other = base if short != base else f"{short}s"
    return re.escape(short) if other in known else f"{re.escape(base)}s?"
