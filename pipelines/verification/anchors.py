"""Does a segment rest on anything, and are its quotes the document's own characters?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from corpus.document import Document, Language, other
from pipelines import glossary
from pipelines.lexicon import table
from pipelines.verification.claim import Claim, cut


def anchored(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every segment has evidence; fixed text is one of the lexicon's statements to the letter."""
    segment, target = claim.segment, claim.segment.target
    if segment.origin == "template":
        if segment.text not in statements(segment.language):
            yield f"says it is fixed text, but “{cut(segment.text)}” is none of the statements"
        if target.text not in (None, statements(segment.language).get(segment.text)):
            yield "its other language isn’t the statement’s own"
        if segment.strength != "none":
            yield f"is fixed text, but is labelled {segment.strength}; fixed text claims nothing"
        return
    if not re.search(r"\w", segment.text):
        yield "says nothing; give it words or take it out"
    elif not segment.evidence:
        yield "has no evidence; add the characters of the document that it rests on"
    if target.text is not None and target.origin == "template":
        yield "its translation says it is fixed text; only fixed text has one"
    if target.origin == "source" and target.text not in (None, segment.text):
        yield "its translation says it is the segment unchanged, but it differs"


def quotes_verbatim(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """Every quote is, to the letter, what the document has at its offsets."""
    for item in claim.segment.evidence:
        document = documents.get(item.document)
        if document is None:
            yield f"cites document {item.document}, which was not given"
        elif not 0 <= item.start < item.end <= len(document.text):
            yield f"cites characters {item.start} to {item.end}, which the document doesn’t have"
        elif document.text[item.start : item.end] != item.quote:
            yield (
                f"quotes “{cut(item.quote)}”, but the document has "
                f"“{cut(document.text[item.start : item.end])}” there"
            )


@cache
def statements(language: Language) -> dict[str, str]:
    """Every fixed statement in one language, with the same statement in the other."""
    templates = {
        texts[language]: texts[other(language)]
        for group in table("templates").values()
        for texts in group.values()
    }
    return templates | glossary.statements(language)
