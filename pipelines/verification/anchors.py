"""Does a segment rest on anything, and are its quotes the document's own characters?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from corpus.document import Document, Language, other
from pipelines.language import glossary
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, reason
from pipelines.verification.pair import Claim, cut


def anchored(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """Every segment has evidence; fixed text is one of the lexicon's statements to the letter."""
    segment, target = claim.segment, claim.segment.target
    if segment.origin == "template":
        if segment.text not in statements(segment.language):
            yield reason("fixed_unknown", text=cut(segment.text))
        if target.text not in (None, statements(segment.language).get(segment.text)):
            yield reason("fixed_translation")
        if segment.strength != "none":
            yield reason("fixed_claims", strength=segment.strength)
        return
    if not re.search(r"\w", segment.text):
        yield reason("empty")
    elif not segment.evidence:
        yield reason("no_evidence")
    if target.text is not None and target.origin == "template":
        yield reason("translation_fixed")
    if target.origin == "source" and target.text not in (None, segment.text):
        yield reason("translation_unchanged")


def quotes_verbatim(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """Every quote is, to the letter, what the document has at its offsets."""
    for item in claim.segment.evidence:
        document = documents.get(item.document)
        if document is None:
            yield reason("document_unknown", document=item.document)
        elif not 0 <= item.start < item.end <= len(document.text):
            yield reason("outside_document", start=item.start, end=item.end)
        elif (there := document.text[item.start : item.end]) != item.quote:
            yield reason("quote_differs", quote=cut(item.quote), there=cut(there))


@cache
def statements(language: Language) -> dict[str, str]:
    """Every fixed statement in one language, with the same statement in the other."""
    templates = {
        texts[language]: texts[other(language)]
        for group in table("templates").values()
        for texts in group.values()
    }
    return templates | glossary.statements(language)
