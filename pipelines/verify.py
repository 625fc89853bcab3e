"""``verify(brief, documents)``: does each sentence say what its evidence says, and no more?

In: any brief of the schema, also one that another tool wrote, and the documents it cites. Out:
one ``Check`` a rule, with a reason for each failure. The rules stand in one table, ``RULES``;
each is a small function of a segment and what it is checked against, in ``verification``. The
same rules decide, while a draft is made, whether a rewriting step may stay. Nothing is repaired
here.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.document import Document
from pipelines.brief import Brief, Check, Failure, Segment
from pipelines.verification.anchors import anchored, quotes_verbatim, statements
from pipelines.verification.caution import hedging, negation
from pipelines.verification.claim import Rule, claim_of
from pipelines.verification.claimed import claim_strength
from pipelines.verification.direction import direction
from pipelines.verification.figures import numbers, translated_numbers
from pipelines.verification.parity import (
    translated_hedges,
    translated_negation,
    translated_places,
    translated_strength,
)
from pipelines.verification.scope import scope
from pipelines.verification.wording import supported_words

__all__ = ["RULES", "failures", "of_translation", "statements", "verify"]

#: Every rule, in the order in which a brief shows them.
RULES: dict[str, Rule] = {
    "anchored": anchored,
    "quotes_verbatim": quotes_verbatim,
    "numbers": numbers,
    "direction": direction,
    "negation": negation,
    "hedges": hedging,
    "strength": claim_strength,
    "scope": scope,
    "supported_words": supported_words,
    "translated_numbers": translated_numbers,
}
#: What rules ask of a segment's translation, beside its own words.
ACROSS: dict[str, Rule] = {
    "negation": translated_negation,
    "hedges": translated_hedges,
    "strength": translated_strength,
    "scope": translated_places,
}


def failures(segment: Segment, documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """What is wrong with one segment: (rule, reason) pairs; empty where nothing is."""
    claim = claim_of(segment, documents)
    rules = {"anchored": anchored} if segment.origin == "template" else RULES
    found: list[tuple[str, str]] = []
    found += [(name, why) for name, rule in rules.items() for why in rule(claim, documents)]
    return found + [(name, why) for name, rule in ACROSS.items() for why in rule(claim, documents)]


def of_translation(segment: Segment, documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """Those of the failures that are its translation's, beside its own words."""
    claim = claim_of(segment, documents)
    rules = {**ACROSS, "translated_numbers": translated_numbers}
    return [(name, reason) for name, rule in rules.items() for reason in rule(claim, documents)]


def verify(brief: Brief, documents: Mapping[str, Document]) -> tuple[Check, ...]:
    """Check every segment of a brief by every rule; ``documents`` by their ``id``."""
    found: dict[str, list[Failure]] = {name: [] for name in RULES}
    for segment in brief.segments:
        for name, reason in failures(segment, documents):
            found[name].append(Failure(segment.id, reason))
    return tuple(Check(name, not items, tuple(items)) for name, items in found.items())
