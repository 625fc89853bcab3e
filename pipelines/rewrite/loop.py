"""``rewrite``: a sentence in plainer words, as far as the caller's check lets it.

In: a sentence, its context and a check. Out: the new text and the names of the steps that made
it. Cleaning steps come first. Then, while the text is harder to read than grade 8, the plainer
steps propose changes, and those that gain most are applied; those that leave something out come
last. What the check refuses is undone, change by change. No step touches a quotation. What
verification asks is the caller's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.registry import functions
from models.parsing import parse
from pipelines.brief import TARGET_GRADE
from pipelines.language.splices import Change
from pipelines.language.typography import FIRST_HELD, LAST_HELD, QUOTATION
from pipelines.rewrite.changes import apply, overlap
from pipelines.rewrite.steps import (
    CLEANING,
    DROPPING,
    PLAINER,
    SPLITTING,
    Cleaning,
    Context,
    Plainer,
    tidy,
)
from pipelines.scoring.difficulty import difficulty

#: How often the plainer steps are asked again about what they made.
ROUNDS = 4
#: A change may cost this much by the formula, in school years: the formula counts letters and
#: syllables, and a step's lexicon knows better which word is plain.
_LOSS = 0.15

#: A quotation; in single marks, too: an apostrophe stands before a letter.
_QUOTATION = re.compile(rf"{QUOTATION.pattern}|(?<!\w)‘(?:[^‘’]|’(?=\w))*’")

Accept = Callable[[str], bool]
_Asked = dict[tuple[str, str], tuple[Change, ...]]
"""What each step proposed for each text."""


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A change that a step proposes."""

    step: str
    change: Change
    gain: float
    """By how many school years the text would be easier to read."""


def rewrite(
    text: str, context: Context, accept: Accept, without: Collection[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """The text after every step that changes it and passes ``accept``, and their names in order.

    The steps that ``without`` names are not tried, cleaning apart. A sentence that begins or ends
    a quotation is left alone: its "we" is somebody else's.
    """
    if text.count("“") != text.count("”") or text.count("«") != text.count("»"):
        return text, ()
    text, tidied = _clean(text, context, accept)
    keeping = PLAINER if context.one_sentence else {**PLAINER, **SPLITTING}
    asked: _Asked = {}
    for steps in (keeping, {**keeping, **DROPPING}):
        tried = {name: step for name, step in steps.items() if name not in without}
        text, names = _simplify(text, context, accept, functions(tried), asked)
        tidied += names
    return text, tuple(dict.fromkeys(tidied))


def _clean(text: str, context: Context, accept: Accept) -> tuple[str, list[str]]:
    """All cleaning steps at once; one by one where the check refuses what they made together."""
    changed, names = cleaned(text, context)
    if not names or (re.search(r"\w", changed) and accept(changed)):
        return changed, names
    names = []
    for name, step in _cleaning(context).items():
        changed = _cleaned(text, step, context)
        if changed != text and re.search(r"\w", changed) and accept(changed):
            text = changed
            names.append(name)
    return text, names


def cleaned(text: str, context: Context, without: Collection[str] = ()) -> tuple[str, list[str]]:
    """What all cleaning steps but ``without`` make of a text, unchecked, and their names."""
    names = []
    for name, step in _cleaning(context).items():
        if name in without:
            continue
        before, text = text, _cleaned(text, step, context)
        if text != before:
            names.append(name)
    return text, names


def _cleaning(context: Context) -> dict[str, Cleaning]:
    return functions(CLEANING[context.kind])


def _cleaned(text: str, step: Cleaning, context: Context) -> str:
    held, quotations = _hold(text)
    worded = step(held, context)
    return text if worded == held else _release(tidy(worded), quotations)


def _simplify(
    text: str, context: Context, accept: Accept, steps: Mapping[str, Plainer], asked: _Asked
) -> tuple[str, list[str]]:
    """The changes that gain most, until the target is reached or none is left."""
    names: list[str] = []
    refused: set[tuple[str, Change]] = set()
    for _ in range(ROUNDS):
        if difficulty(text, context.language) <= TARGET_GRADE:
            break
        held, quotations = _hold(text)
        proposals = [
            proposal
            for proposal in _proposals(held, context, steps, asked)
            if (proposal.step, proposal.change) not in refused
        ]
        chosen = _best(held, proposals, context)

        def worded(kept: Sequence[_Proposal]) -> str:
            changed = apply(held, (proposal.change for proposal in kept))  # noqa: B023
            return _release(tidy(changed), quotations)  # noqa: B023

        kept = _accepted([], chosen, lambda kept: accept(worded(kept)))
        refused |= {(one.step, one.change) for one in chosen if one not in kept}
        if not kept:
            break
        text = worded(kept)
        names += [proposal.step for proposal in kept]
    return text, names


def _proposals(
    text: str, context: Context, steps: Mapping[str, Plainer], asked: _Asked
) -> list[_Proposal]:
    """What the steps propose, most gain first; a step is asked once about a text."""
    parsed = parse(text, context.language)
    before = difficulty(text, context.language)
    for name, step in steps.items():
        if (name, text) not in asked:
            asked[name, text] = tuple(step(parsed, context))
    found = [
        _Proposal(name, change, before - difficulty(apply(text, [change]), context.language))
        for name in steps
        for change in asked[name, text]
    ]
    worthwhile = [proposal for proposal in found if proposal.gain >= -_LOSS]
    return sorted(worthwhile, key=lambda proposal: -proposal.gain)


def _best(text: str, proposals: Iterable[_Proposal], context: Context) -> list[_Proposal]:
    """Proposals that don't overlap, in order of gain, as many as the target asks for."""
    chosen: list[_Proposal] = []
    for proposal in proposals:
        if any(overlap(proposal.change, other.change) for other in chosen):
            continue
        chosen.append(proposal)
        changed = apply(text, (other.change for other in chosen))
        if difficulty(changed, context.language) <= TARGET_GRADE:
            break
    return chosen


def _accepted(
    kept: list[_Proposal], rest: list[_Proposal], accept: Callable[[list[_Proposal]], bool]
) -> list[_Proposal]:
    """As many of ``rest`` as pass beside ``kept``: all, or those that pass of either half."""
    if not rest:
        return kept
    if accept([*kept, *rest]):
        return [*kept, *rest]
    if len(rest) == 1:
        return kept
    half = len(rest) // 2
    return _accepted(_accepted(kept, rest[:half], accept), rest[half:], accept)


def _hold(text: str) -> tuple[str, dict[str, str]]:
    """Replace each quotation by a character that the text lacks, so that no step can touch it."""
    codes = range(ord(FIRST_HELD), ord(LAST_HELD) + 1)
    free = (mark for mark in map(chr, codes) if mark not in text)
    quotations: dict[str, str] = {}

    def hold(match: re.Match[str]) -> str:
        mark = next(free)
        quotations[mark] = match.group()
        return mark

    return _QUOTATION.sub(hold, text), quotations


def _release(text: str, quotations: Mapping[str, str]) -> str:
    for mark, quotation in quotations.items():
        text = text.replace(mark, quotation)
    return text
