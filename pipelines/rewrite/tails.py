"""Splits found by reading the second half alone: reasons in front, what is told at the end.

In: the parse of a text. Out: changes that make a sentence of a reason before its outcome ("As A,
B"), of a relative clause, a participle or an apposition at the end, and of a whole clause in
brackets there. A long sentence is parsed less surely than what it is made of: where its parse
doesn't show the halves, each is read as the sentence that it would be, and told apart only if it is
one. "This" and "These" are as open as the words of the source ("which", a bare participle). Word
lists: ``split.toml``. Whether the result is faithful is judged by verification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from models.parsing import parse
from pipelines.language.lexicon import entries
from pipelines.language.splices import Change, Splice, end_of
from pipelines.rewrite.clauses import cue, finite, last, tied, words
from pipelines.rewrite.halves import alone, before, hypothetical, parts, replaced, whole
from pipelines.rewrite.steps import Context, capitalized

#: A whole clause in the last brackets of a sentence; what compares by signs is a statistic.
_LAST_BRACKET = re.compile(r"\s\(([^()<>=≤≥±]+)\)\.$")
#: Verbs of states: a clause with "as" or "since" before one of them gives a reason, not a time.
_STATES = frozenset(["have", "lack", "need", "avoir"])
#: Participles that may be of the noun beside them although a comma stands between.
_DEPICTING = frozenset(["showing", "revealing", "reflecting", "illustrating", "supporting"])


def split_front(parsed: Doc, context: Context) -> Iterable[Change]:
    """ "Because A, B." and "As A, B." become "A. So B."; « Comme A, B. » « A. Ainsi, B. »."""
    language = context.language
    for sentence in parsed.sents:
        time = entries("split", language)["reasons"].get(sentence[0].lower_)
        if time is None or last(sentence) is None or tied(sentence, language):
            continue
        for comma in (token for token in sentence if token.text == ","):
            left = parts(sentence, sentence.start + 1, comma.i)
            right = parts(sentence, comma.i + 1, sentence.end)
            if left is None or right is None:
                continue
            reason, outcome = alone(left), alone(right)
            if reason is None or outcome is None or (time and not _is_state(reason)):
                continue
            first, second = sentence[1], right[0]
            yield (
                Splice(sentence[0].idx, end_of(first), capitalized(first.text)),
                Splice(comma.idx, second.idx, ". So " if language == "en" else ". Ainsi, "),
            )
            break


def _is_state(verb: Token) -> bool:
    return verb.lemma_ in _STATES or any(child.dep_ == "cop" for child in verb.lefts)


def split_tail(parsed: Doc, context: Context) -> Iterable[Change]:
    """ ", which is B", ", making B easy" and ", a kind that B" at the end as a sentence."""
    if context.language != "en":
        return
    for sentence in parsed.sents:
        stop = last(sentence)
        if stop is None or tied(sentence, "en"):
            continue
        commas = [token for token in sentence if token.text == ","]
        for comma in commas:
            left = parts(sentence, sentence.start, comma.i)
            right = parts(sentence, comma.i + 1, stop.i)
            if left is not None and right is not None and ": " not in left.text:
                yield from _tail(comma, left, right)


def _tail(comma: Token, left: Span, right: Span) -> Iterator[Change]:
    first, said = right[0], right[1:].text
    told: str | None = None
    if first.lower_ == "which":
        told = _which(said)
    elif first.lower_ in words("en", "interpret"):
        told = None if first.lower_ in _DEPICTING else _interpreted(first)
    elif first.lower_ in words("en", "effects"):
        told = _effect(first, left)
    elif first.lower_ in ("a", "an"):
        told = f"This is {first.text}" if _is_a(comma, right) else None
    if told is None or whole(f"{told} {said}", "en") is None or alone(left) is None:
        return
    if first.lower_ not in words("en", "interpret") and hypothetical(left.sent, left, "en"):
        return
    yield replaced(comma, first, told)


def _which(said: str) -> str | None:
    """ "This" or "These", by the verb of the clause; None where its form doesn't tell."""
    read = parse(f"It {said}.", "en")
    verb = next((token for token in read if token.i and token.pos_ in ("VERB", "AUX")), None)
    if verb is None or not finite(verb) or verb.lemma_ in words("en", "of_things"):
        return None
    if verb.tag_ == "VBZ" or verb.lower_ == "was":
        return "This"
    return "These" if verb.tag_ == "VBP" or verb.lower_ == "were" else None


def _interpreted(participle: Token) -> str:
    return f"This {entries('split', 'en')['interpret'][participle.lower_]}"


def _effect(participle: Token, left: Span) -> str | None:
    """What came of it, in the tense of all verbs before it; None where one is a modal."""
    present, past = entries("split", "en")["effects"][participle.lower_][1:]
    tags = {token.tag_ for token in left if token.tag_ in ("VBD", "VBZ", "VBP", "MD")}
    if tags == {"VBD"}:
        return f"This {past}"
    return f"This {present}" if tags and tags <= {"VBZ", "VBP"} else None


def _is_a(comma: Token, right: Span) -> bool:
    """Whether what follows says of a thing what kind it is: ", a breed that…"."""
    thing, beside = right[1:3], before(comma)
    named = [token for token in thing if token.tag_ in ("NN", "NNS")]
    kind = bool(named) and right.doc[named[0].i + 1].lower_ in ("that", "which")
    people = any(token.lemma_ in words("en", "people") for token in named)
    return kind and not people and beside.tag_ in ("NN", "NNP")


def split_bracket(parsed: Doc, context: Context) -> Iterable[Change]:
    """ "A (B)." becomes "A. B." where B is a sentence."""
    for sentence in parsed.sents:
        found = _LAST_BRACKET.search(sentence.text.rstrip())
        if found is None or _glosses(found[1], context.language):
            continue
        head = sentence.text[: found.start()]
        if whole(found[1], context.language) and whole(head, context.language):
            begin = sentence.start_char
            told = f". {capitalized(found[1])}."
            yield (Splice(begin + found.start(), begin + found.end(), told),)


def _glosses(text: str, language: Language) -> bool:
    """Whether a bracket is somebody's remark or an example: "for example, A did B"."""
    return cue(language, "connectors").match(text) is not None
