"""Whether a pronoun can only mean those who were named before it. Cues: ``rewrite.toml``."""

from __future__ import annotations

from corpus.document import Language
from pipelines.language.lexicon import pattern


def only_them(text: str, start: int, end: int, language: Language) -> bool:
    """Whether "they" at ``end`` can only mean those named at ``start``: no other plural is near."""
    between = text[start:end]
    plurals = {word.lower() for word in pattern("rewrite", language, "plurals").findall(between)}
    known = pattern("rewrite", language, "no_plurals")
    others = pattern("rewrite", language, "others")
    return not others.search(text) and all(known.fullmatch(word) for word in plurals)
