"""Claim strength: the words claim no more than the evidence, the label no more than the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.document import Document
from pipelines.brief import STRENGTHS
from pipelines.claims.strength import judgements, strength, strongest, wording
from pipelines.language.lexicon import pattern
from pipelines.language.reasons import Reason, reason
from pipelines.verification.pair import Claim


def claim_strength(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Reason]:
    """The words claim no more than the evidence, and the label no more than the words.

    Words are compared with and without what asks for research beside them, so that "more studies
    are needed" can't cover a stronger verb.
    """
    if not claim.same_language:
        return
    acts = _acts(claim) if not claim.close else _misread(claim)
    for measure in (strength, wording):
        said = measure(claim.text, claim.language)
        known = strongest(measure(quote, claim.language) for quote in claim.quotes)
        if acts and known in ("none", "correlational"):
            known = "causal"
        if STRENGTHS.index(said) > STRENGTHS.index(known):
            yield reason("claims_more", said_strength=said, known_strength=known)
            break
    if words := _given_reason(claim):
        yield reason("cause_given", words=words)
    known = strongest(strength(quote, claim.language) for quote in claim.quotes)
    known = "causal" if acts and known in ("none", "correlational") else known
    if STRENGTHS.index(claim.segment.strength) > STRENGTHS.index(known):
        label = claim.segment.strength
        yield reason("label_too_strong", label_strength=label, known_strength=known)


def _given_reason(claim: Claim) -> str:
    """Words that make a cause of a link in passing ("thanks to"); empty where there are none."""
    reasons = pattern("direction", claim.language, "reasons")
    said = reasons.search(claim.text)
    known = strongest(wording(quote, claim.language) for quote in claim.quotes)
    if said is None or known in ("conditional", "causal") or reasons.search(claim.evidence):
        return ""
    return said.group().lower()


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


def _misread(claim: Claim) -> bool:
    """Whether the very words that claim stand in a quote in which the parser found no claim.

    That is so only where nothing in the quote holds back, associates, asks or supposes.
    """
    told = {word for found in judgements(claim.text, claim.language) for word in found.words}
    holds = pattern("direction", claim.language, "holds_back")
    return any(
        told & set(re.findall(r"[^\W\d_]+", quote.lower()))
        and not holds.search(quote)
        and not pattern("certainty", claim.language, "conditional").search(quote)
        and strength(quote, claim.language) == "none"
        for quote in claim.quotes
    )
