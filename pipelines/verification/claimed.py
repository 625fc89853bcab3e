"""Claim strength: the words claim no more than the evidence, the label no more than the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.parsing import parse
from pipelines.brief import STRENGTHS, Strength
from pipelines.claims.strength import causes, judgements, strength, strongest, wording
from pipelines.language.lexicon import pattern
from pipelines.language.reasons import Reason, reason
from pipelines.language.words import base
from pipelines.verification.exchanged import said_relations
from pipelines.verification.pair import Pair

#: Rules of ``claims.cue_rules`` by which a text relates two things; the others only tell a change
#: or a difference, which ``direction`` and ``numbers`` judge.
RELATING = ("association verb", "association noun", "association adjective", "risk")


def claim_strength(pair: Pair) -> Iterator[Reason]:
    """The words claim no more than the evidence, and the label no more than the words.

    Words are compared with and without what asks for research beside them, so that "more studies
    are needed" can't cover a stronger verb.
    """
    if not pair.same_language:
        return
    acts = _acts(pair) if not pair.close else _misread(pair)
    for measure in (strength, wording):
        said = measure(pair.text, pair.language)
        known = strongest(measure(quote, pair.language) for quote in pair.quotes)
        if acts and known in ("none", "correlational"):
            known = "causal"
        if STRENGTHS.index(said) > STRENGTHS.index(known) and not _granted(pair, said):
            yield reason("claims_more", said_strength=said, known_strength=known)
            break
    else:
        if not acts and (words := _given_reason(pair)):
            yield reason("cause_given", words=words)
    known = strongest(strength(quote, pair.language) for quote in pair.quotes)
    if pair.text != pair.wording and known == "none":
        known = "correlational"  # a ratio told in words compares, and so does the ratio
    known = "causal" if acts and known in ("none", "correlational") else known
    if STRENGTHS.index(pair.segment.strength) > STRENGTHS.index(known):
        label = pair.segment.strength
        yield reason("label_too_strong", label_strength=label, known_strength=known)


def _granted(pair: Pair, said: Strength) -> bool:
    """Whether what seems to claim more doesn't: it tells a change, or what the evidence says."""
    found = judgements(pair.text, pair.language)
    deciding = [one for one in found if one.level == said]
    match said:
        case "correlational":
            return not any(one.rule in RELATING for one in deciding)
        case "conditional":
            words = (wording(quote, pair.language) for quote in pair.quotes)
            return strongest(words) in ("conditional", "causal")
        case "causal":
            return bool(deciding) and all(_told_there(pair, one.words) for one in deciding)
    return False


def _told_there(pair: Pair, words: tuple[str, ...]) -> bool:
    """Whether the deciding words claim in the evidence too, or stand there for what just happened.

    A verb that the evidence says of its subject alone ("the size changed") claims no cause.
    """
    own = {item.token.lower_: item for item in said_relations(pair).items}
    claimed = {word for quote in pair.quotes for word in causes(quote, pair.language)}
    happened = {
        base(token.text, pair.language)
        for quote in pair.quotes
        for token in parse(quote, pair.language)
        if token.pos_ == "VERB" and any(c.dep_.startswith("nsubj") for c in token.children)
    }
    for word in words:
        if word in claimed:
            continue
        item = own.get(word)
        if item is None or item.key not in happened:
            return False
        objects = {c.idx for c in item.token.children if c.dep_ == "obj"}
        if any(other.start in objects for other in own.values()):
            return False
    return True


def _given_reason(pair: Pair) -> str:
    """Words that make a cause of a link in passing ("thanks to"); empty where there are none."""
    reasons = pattern("direction", pair.language, "reasons")
    said = reasons.search(pair.text)
    known = strongest(wording(quote, pair.language) for quote in pair.quotes)
    if said is None or known in ("conditional", "causal") or reasons.search(pair.evidence):
        return ""
    return said.group().lower()


def _acts(pair: Pair) -> bool:
    """Whether a quote without a hedge has a verb of mechanism ("is induced by", "controls").

    Such verbs say what causes what wherever they stand; a free paraphrase may make them its main
    verb.
    """
    acting = pattern("direction", pair.language, "mechanism")
    return any(
        acting.search(quote)
        and not pattern("certainty", pair.language, "conditional").search(quote)
        for quote in pair.quotes
    )


def _misread(pair: Pair) -> bool:
    """Whether the very words that claim stand in a quote in which the parser found nothing.

    That is so only where nothing in the quote holds back, associates, asks or supposes, by its
    words or by its grammar ("to reduce floods, …").
    """
    told = {word for found in judgements(pair.text, pair.language) for word in found.words}
    holds = pattern("direction", pair.language, "holds_back")
    return any(
        told & set(re.findall(r"[^\W\d_]+", quote.lower()))
        and not holds.search(quote)
        and not pattern("certainty", pair.language, "conditional").search(quote)
        and not any(found.rule for found in judgements(quote, pair.language))
        for quote in pair.quotes
    )
