"""``verify(brief, readings)``: does each sentence say what its evidence says, and no more?

In: any brief of the schema, also one that another tool wrote, and the readings of the documents
that it cites. Out: one ``Check`` a rule, with a reason for each failure. The rules stand in one
table, ``RULES``; each is a small function of a segment beside its evidence, in ``verification``.
One more looks at the whole brief: whether what fixed lines deny is in the paper (``ABSENCE``).
The same rules decide, while a draft is made, whether a rewriting step may stay. Nothing is
repaired here.

There are three verdicts. A line is *refused* where a rule names a difference in meaning, *unsure*
where it has words that nothing supports or leaves out what may matter, else *kept*. Our own steps
and writers need a line in which no rule names anything; a person may confirm what is unsure, and
give a reason for what is refused.

What the rules name is weighed by a judge that learned from edits by many hands
(``verification.entailed``): it may clear a line of mere doubts, doubt one that no rule names
anything in, refuse one that a rule doubts, and make a doubt of what a rule names where that is
often wrong. What a rule names it never clears, and reasons marked ``sure`` it never touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from corpus.registry import Registered, functions
from pipelines.brief import Brief, Check, Failure, Segment, Verdict
from pipelines.language.reasons import Reason, is_doubt, is_sure, name_of, reason
from pipelines.reading.reading import Reading
from pipelines.verification import entailed
from pipelines.verification.absence import absence
from pipelines.verification.anchors import has_fixed_form, statements
from pipelines.verification.pair import Pair, Rule, pair_of

__all__ = ["RULES", "failures", "judged", "of_translation", "statements", "verdict", "verify"]

#: Every rule, in the order in which a brief shows them.
RULES: dict[str, Registered] = {
    "anchored": "pipelines.verification.anchors:anchored",
    "quotes_verbatim": "pipelines.verification.anchors:quotes_verbatim",
    "numbers": "pipelines.verification.figures:same_numbers",
    "ratios": "pipelines.verification.ratios:ratios",
    "direction": "pipelines.verification.direction:direction",
    "negation": "pipelines.verification.caution:negation",
    "hedges": "pipelines.verification.caution:hedging",
    "strength": "pipelines.verification.claimed:claim_strength",
    "modality": "pipelines.verification.modality:modality",
    "scope": "pipelines.verification.scope:scope",
    "left_out": "pipelines.verification.left_out:left_out",
    "relations": "pipelines.verification.exchanged:exchange",
    "supported_words": "pipelines.verification.new_words:supported_words",
    "translated_numbers": "pipelines.verification.figures:translated_numbers",
    "spoken_before": "pipelines.verification.context_noted:spoken_before",
    "privacy": "pipelines.verification.privately:privacy",
}
#: The rule that looks at a whole brief: what its fixed lines deny isn't in the paper.
ABSENCE = "absence"
#: What rules ask of a segment's translation, beside its own words; the last three of it alone.
ACROSS: dict[str, Registered] = {
    "negation": "pipelines.verification.wordings:translated_negation",
    "hedges": "pipelines.verification.wordings:translated_hedges",
    "left_out": "pipelines.verification.counterparts:translated_restrictors",
    "modality": "pipelines.verification.counterparts:translated_conditions",
    "direction": "pipelines.verification.wordings:translated_directions",
    "strength": "pipelines.verification.parity:translated_strength",
    "scope": "pipelines.verification.parity:translated_places",
    "relations": "pipelines.verification.parity:translated_classes",
    "terms": "pipelines.verification.termed:translated_terms",
    "names": "pipelines.verification.termed:translated_names",
    "supported_words": "pipelines.verification.strangers:translated_words",
    "complete": "pipelines.verification.protected:translated_whole",
}


#: From this probability on that a line says something else, what a rule names refuses it; up to
#: the second, doubts are cleared; from the third on a line without any is doubted, from the fourth
#: on one that a rule doubts is refused. Chosen on the edits of ``benchmarks/edits``, judged by what
#: was learned on others.
REFUSED, CLEARED, DOUBTED, CONFIRMED = 0.75, 0.6, 0.6, 0.75
#: The first for another number in its evidence's own wording, where hardly any honest edit has one.
REFUSED_NUMBER = 0.6
#: The third for a free paraphrase, of which nearly none is a draft's own.
DOUBTED_FREELY = 0.4
#: A line of which this is said is none that the judge learned from: it softens nothing there.
BEYOND = "mostly_unsupported"

Found = list[tuple[str, Reason]]
"""What rules name in one segment: rule and reason."""


def failures(segment: Segment, readings: Mapping[str, Reading]) -> Found:
    """What rules name in one segment; empty where they name nothing."""
    pair = pair_of(segment, readings)
    return [*_own(pair), *_applied(ACROSS, pair)]


#: What was found in segments of briefs of one document, as long as its reading is at hand.
_FOUND: WeakKeyDictionary[Reading, dict[Segment, Found]] = WeakKeyDictionary()


def weighed(segment: Segment, readings: Mapping[str, Reading]) -> Found:
    """What is wrong with one segment once what rules name is weighed; empty where nothing is.

    The same segment beside the same reading again costs nothing. Raises ``ModelMissingError``.
    """
    if len(readings) != 1:
        return _weighed_anew(segment, readings)
    [reading] = readings.values()
    found = _FOUND.setdefault(reading, {})
    if segment not in found:
        found[segment] = _weighed_anew(segment, readings)
    return list(found[segment])


def _weighed_anew(segment: Segment, readings: Mapping[str, Reading]) -> Found:
    pair = pair_of(segment, readings)
    return [*_weighed(pair, list(_own(pair))), *_applied(ACROSS, pair)]


def doubts(segment: Segment, readings: Mapping[str, Reading]) -> Found:
    """Why the judge doubts a segment in whose own words no rule names anything; empty elsewhere.

    Raises ``ModelMissingError``.
    """
    return _weighed(pair_of(segment, readings), [])


def _own(pair: Pair) -> Iterator[tuple[str, Reason]]:
    """What rules name in a segment's own words."""
    fixed = pair.segment.origin == "template"
    yield from _applied({"anchored": RULES["anchored"]} if fixed else RULES, pair)


def _applied(rules: Mapping[str, Registered], pair: Pair) -> Iterator[tuple[str, Reason]]:
    found: dict[str, Rule] = functions(rules)
    for name, rule in found.items():
        for why in rule(pair):
            yield name, why


def _weighed(pair: Pair, found: Found) -> Found:
    """The same reasons, fewer, more, or as doubts, by how likely the line says something else."""
    if not pair.same_language or not pair.quotes or pair.segment.origin == "template":
        return found
    if not found and (pair.alignment.in_order(divided=pair.divided) or has_fixed_form(pair)):
        return found
    if any(name_of(why) == BEYOND for _, why in found):
        return found
    likely = entailed.probability(pair, found)
    if not found:
        enough = DOUBTED if pair.close else DOUBTED_FREELY
        return list(_doubted(pair)) if likely >= enough else found
    if all(is_doubt(why) for _, why in found):
        if likely >= CONFIRMED:
            return [(rule, reason("likely_other", reason=why)) for rule, why in found]
        return found if likely > CLEARED else []
    return [
        (
            rule,
            why if is_sure(why) or is_doubt(why) or likely >= _enough(rule, pair) else _doubt(why),
        )
        for rule, why in found
    ]


def _enough(rule: str, pair: Pair) -> float:
    """From which probability on what a rule names refuses a line."""
    return REFUSED_NUMBER if rule == "numbers" and pair.close else REFUSED


def _doubt(why: Reason) -> Reason:
    return reason("freely", reason=why)


def _doubted(pair: Pair) -> Iterator[tuple[str, Reason]]:
    """Why the judge doubts a line in which no rule names anything."""
    two = entailed.parted(pair)
    if two is None:
        yield "supported_words", reason("reads_otherwise")
    else:
        yield "relations", reason("joined_otherwise", one=two[0], two=two[1])


def of_translation(segment: Segment, readings: Mapping[str, Reading]) -> Found:
    """Those of the failures that are its translation's, beside its own words."""
    pair = pair_of(segment, readings)
    rules = {**ACROSS, "translated_numbers": RULES["translated_numbers"]}
    return list(_applied(rules, pair))


def verdict(reasons: Iterable[str]) -> Verdict:
    """What the reasons against a line come to."""
    doubts = [is_doubt(why) for why in reasons]
    if not doubts:
        return "kept"
    return "unsure" if all(doubts) else "refused"


def judged(brief: Brief, readings: Mapping[str, Reading]) -> Brief:
    """The brief with the outcome of every check, and the verdict on every line."""
    checks = verify(brief, readings)
    against: dict[str, list[str]] = {}
    for check in checks:
        for failure in check.failures:
            against.setdefault(failure.segment, []).append(failure.reason)
    segments = (
        replace(segment, verdict=verdict(why), reasons=tuple(dict.fromkeys(why)))
        for segment in brief.segments
        for why in (against.get(segment.id, []),)
    )
    return replace(brief, segments=tuple(segments), checks=checks)


def verify(brief: Brief, readings: Mapping[str, Reading]) -> tuple[Check, ...]:
    """Check every segment of a brief by every rule; ``documents`` by their ``id``."""
    found: dict[str, list[Failure]] = {name: [] for name in (*RULES, *ACROSS)}
    for segment in brief.segments:
        for name, why in weighed(segment, readings):
            found[name].append(_failure(segment.id, why))
    found[ABSENCE] = [_failure(one, said) for one, said in absence(brief, readings)]
    return tuple(Check(name, not items, tuple(items)) for name, items in found.items())


def _failure(segment: str, why: str) -> Failure:
    return Failure(segment, why, "unsure" if is_doubt(why) else "refused")
