"""What a rewriting step makes of a text, as the tests of rewriting ask for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Language
from models.parsing import parse
from pipelines.language.lexicon import entries
from pipelines.rewrite.changes import apply
from pipelines.rewrite.steps import Context, Plainer, tidy


def each(text: str, language: Language, *steps: Plainer) -> list[str]:
    """The text after each change that the steps propose, made by itself."""
    parsed, context = parse(text, language), Context(language, "paper")
    return [tidy(apply(text, [change])) for step in steps for change in step(parsed, context)]


def made(text: str, language: Language, *steps: Plainer) -> str:
    """The text after all that the steps propose, a step after the other."""
    context = Context(language, "paper")
    for step in steps:
        text = tidy(apply(text, step(parse(text, language), context)))
    return text


def added(before: str, after: str, language: Language) -> set[str]:
    """Words that a split brought in, those aside that it is known for."""
    known = entries("split", language)["introduced"]
    return set(_words(after)) - set(_words(before)) - set(known)


def lost(before: str, after: str) -> set[str]:
    """Words that a split took out."""
    return set(_words(before)) - set(_words(after))


def sentences(text: str) -> Sequence[str]:
    """The sentences of a text, told by its full stops."""
    return re.split(r"(?<=\.) ", text)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
