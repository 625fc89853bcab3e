"""Claim strength: the words claim no more than the evidence, the label no more than the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.document import Document
from pipelines.brief import STRENGTHS
from pipelines.strength import strength, strongest, wording
from pipelines.verification.claim import Claim


def claim_strength(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """The words claim no more than the evidence, and the label no more than the words.

    Words are compared with and without what asks for research beside them, so that "more studies
    are needed" can't cover a stronger verb.
    """
    if not claim.same_language:
        return
    for measure in (strength, wording):
        said = measure(claim.text, claim.language)
        known = strongest(measure(quote, claim.language) for quote in claim.quotes)
        if STRENGTHS.index(said) > STRENGTHS.index(known):
            yield f"claims more ({said}) than its evidence ({known})"
            break
    known = strongest(strength(quote, claim.language) for quote in claim.quotes)
    if STRENGTHS.index(claim.segment.strength) > STRENGTHS.index(known):
        yield f"is labelled {claim.segment.strength}, but its evidence is {known}"
