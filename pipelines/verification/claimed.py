"""Claim strength: the words claim no more than the evidence, the label no more than the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.document import Document
from pipelines.brief import STRENGTHS
from pipelines.lexicon import pattern
from pipelines.strength import strength, strongest, wording
from pipelines.verification.claim import Claim


def claim_strength(claim: Claim, documents: Mapping[str, Document]) -> Iterator[str]:
    """The words claim no more than the evidence, and the label no more than the words.

    Words are compared with and without what asks for research beside them, so that "more studies
    are needed" can't cover a stronger verb.
    """
    if not claim.same_language:
        return
    acts = not claim.close and _acts(claim)
    for measure in (strength, wording):
        said = measure(claim.text, claim.language)
        known = strongest(measure(quote, claim.language) for quote in claim.quotes)
        if acts and known in ("none", "correlational"):
            known = "causal"
        if STRENGTHS.index(said) > STRENGTHS.index(known):
            yield f"claims more ({said}) than its evidence ({known})"
            break
    known = strongest(strength(quote, claim.language) for quote in claim.quotes)
    known = "causal" if acts and known in ("none", "correlational") else known
    if STRENGTHS.index(claim.segment.strength) > STRENGTHS.index(known):
        yield f"is labelled {claim.segment.strength}, but its evidence is {known}"


def _acts(claim: Claim) -> bool:
    """Whether a quote without a hedge has a verb of mechanism ("is induced by", "controls").

    Such verbs say what causes what wherever they stand; a free paraphrase may make them its main
    verb.
    """
    acting = pattern("direction", claim.language, "mechanism")
    return any(
        acting.search(quote)
        and not pattern("certainty", claim.language, "conditional").search(quote)
        for quote in claim.quotes
    )
