"""``drop_addition``: without an opening or an ending that only adds.

In: the parse of a text. Out: a change for each opening ("In this paper, we …") and each clause at
the end that ``models.shortening`` finds safe to leave out: none that holds a condition, a number,
a negation, a hedge, a time or a limit. A clause that can be a sentence of its own is not dropped;
that is left to the steps that split, as are all other wordings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from models.shortening import forms
from pipelines.language.lexicon import pattern
from pipelines.language.splices import Change, Splice
from pipelines.rewrite.additions import (
    split_examples,
    split_participle,
    split_reason,
    split_relative,
)
from pipelines.rewrite.changes import overlap
from pipelines.rewrite.clauses import cue, words
from pipelines.rewrite.halves import standing
from pipelines.rewrite.split import split_coordination
from pipelines.rewrite.steps import Context, capitalized

#: No sentence is cut shorter, in words.
SHORTEST = 8
_SPLITS = (split_relative, split_participle, split_examples, split_reason, split_coordination)


def drop_addition(parsed: Doc, context: Context) -> Iterable[Change]:
    """Leave out what only adds at the beginning or the end of a sentence."""
    told = [change for step in _SPLITS for change in step(parsed, context)]
    for sentence in parsed.sents:
        for change in _droppable(sentence, context):
            if not any(overlap(change, other) for other in told):
                yield change


def _droppable(sentence: Span, context: Context) -> Iterator[Change]:
    """Each single opening or ending that may go."""
    text = sentence.text.rstrip()
    for form in forms(sentence.as_doc(), context.language):
        if len(form.dropped) != 1 or form.dropped[0] == "bracket":
            continue
        if form.dropped[0] == "opening":
            rest = text[len(text) - len(form.text) :]
            if rest[1:] == form.text[1:]:
                end = sentence.start_char + len(text) - len(rest)
                first = capitalized(rest)[:1]
                yield (Splice(sentence.start_char, end + 1, first),)
        elif text.startswith(form.text[:-1]) and _stands(sentence, len(form.text) - 1):
            kept = len(form.text) - 1
            if _of_none(text[:kept], context):
                continue
            start, stop = sentence.start_char + kept, "" if text[kept - 1] == "." else "."
            if _only_adds(text[kept:], context):
                yield (Splice(start, sentence.start_char + len(text), stop),)


def _of_none(kept: str, context: Context) -> bool:
    """Whether a sentence says what nobody or nothing does: what it adds may say of which."""
    return bool(pattern("asides", context.language, "none_at_all").match(kept))


def _only_adds(ending: str, context: Context) -> bool:
    """Whether an ending says no time, compares nothing, and takes up nothing cut off by an aside.

    "We will focus, as we should, on X": what begins with a preposition belongs to the verb, and
    "it may take longer, on average, before …" with a conjunction, too.
    """
    first = re.search(r"\w+", ending)
    if first and first.group().lower() in words(context.language, "prepositions"):
        return False
    compares = pattern("asides", context.language, "compares").search(ending)
    return not compares and not cue(context.language, "times").search(ending)


def _stands(sentence: Span, length: int) -> bool:
    """Whether the first characters of a sentence are one, with no colon and no cleft in them."""
    left = sentence.doc.char_span(
        sentence.start_char, sentence.start_char + length, alignment_mode="contract"
    )
    if left is None or re.search(r"[:;]|\b(?:c[’']est|it (?:is|was))\b", left.text, re.IGNORECASE):
        return False
    return len(left) >= SHORTEST and standing(left)
