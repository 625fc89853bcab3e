"""Steps that leave out what a sentence says in passing: examples, brackets, asides.

``drop_example`` takes ", such as A and B" away, ``drop_aside`` brackets and what two commas set
apart (an apposition, a relative clause). What holds a number, a negation, a caution, a time or a
comparison stays: it isn't said in passing. In speech a comma marks breath: what it sets apart
stays, unless a word says that it is an example. Word lists are data (``asides.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from corpus.text import PARENTHESES
from pipelines.language.lexicon import listed, pattern
from pipelines.language.splices import Change, Splice
from pipelines.language.typography import holds_quotation
from pipelines.rewrite.clauses import complete, finite, words
from pipelines.rewrite.steps import Context

#: What says more than a passing word: quotations, shares, statistics.
_MARKS = frozenset('“”«»"%=<>±')
#: A name, which may say of whom or where: "(Norway and Iceland)".
_NAMES = re.compile(r"(?:^|[\s(,])[A-ZÀ-Ý][a-zà-ÿ]{2,}")
_ASIDES = ("appos", "acl:relcl")
_NOMINAL = ("NOUN", "PROPN", "ADJ", "DET", "NUM")
#: So many words before a bracket may say how many things it names.
_COUNTED = 6
#: Fewer words before the aside are no sentence that could do without it.
_FEWEST_BEFORE = 2


def drop_example(parsed: Doc, context: Context) -> Iterable[Change]:
    """Leave out examples that a comma sets apart: ", such as heat waves and floods"."""
    spoken = context.kind == "exchange"
    examples = pattern("asides", context.language, "said_examples" if spoken else "examples")
    text = parsed.text
    for sentence in parsed.sents:
        for comma in (token for token in sentence if token.text == ","):
            opening = examples.match(text[comma.idx + 1 :].lstrip())
            if opening is None or _again(opening.group(), sentence):
                continue
            words = len(opening.group().split())
            aside = _phrase(comma, parsed[min(comma.i + 1 + words, sentence.end - 1)], sentence)
            if aside is None or _completes(aside, context):
                continue
            if _in_passing(aside.text[1:], context, opening.group()):
                yield _without(aside, sentence)


def _again(opening: str, sentence: Span) -> bool:
    """Whether the same word opens another item: "including A, including B, including C"."""
    return len(re.findall(rf"(?<!\w){re.escape(opening)}(?!\w)", sentence.text, re.IGNORECASE)) > 1


#: What a verb needs to be whole.
_COMPLEMENTS = ("obj", "iobj", "ccomp", "xcomp", "nsubj", "nsubj:pass")


def _completes(aside: Span, context: Context) -> bool:
    """Whether an aside says as what something is seen: « la considérer, comme une aide ».

    Or what a verb is about: "They study, for example, the price of milk, because it fell"; also
    where the parse misses that, and nothing else stands between the verb and the comma.
    """
    verbs = listed("asides", context.language, "considers")
    inside = range(aside.start, aside.end)
    for token in aside:
        if token.head.i in inside:
            continue
        if token.head.lemma_.lower() in verbs or token.dep_ in _COMPLEMENTS:
            return True
        if token.head.pos_ == "VERB" and token.head.i == aside.start - 1:
            return True
    return False


def _phrase(comma: Token, first: Token, sentence: Span) -> Span | None:
    """From a comma to the end of the phrase that holds ``first``; None without a clear end."""
    head = first
    while head.head.i > comma.i and head.head != head:
        head = head.head
    end = max(token.i for token in head.subtree) + 1
    aside = sentence.doc[comma.i : end]
    if any(token.text == "," and token.nbor(1).pos_ == "ADP" for token in aside[1:-1]):
        return None  # "including A, on B": B may belong to what stands before
    return aside if _closed(aside, sentence) else None


def _closed(aside: Span, sentence: Span) -> bool:
    """Whether a comma or the end follows, and only one word of the aside hangs on the rest."""
    if aside.end >= sentence.end or aside.start - sentence.start < _FEWEST_BEFORE:
        return False
    following = sentence.doc[aside.end]
    last = following.i == sentence.end - 1 and following.text == "."
    if not last and aside.end + 1 < sentence.end and sentence.doc[aside.end + 1].pos_ in _NOMINAL:
        return False  # a list goes on
    after = sentence.doc[aside.end + 1 : sentence.end]
    joining = words("en", "joining") | words("fr", "joining")
    if len(after) and after[0].lower_ in joining:
        return False  # ", however, B": the comma ends a clause
    inside = range(aside.start, aside.end)
    hanging = [t for t in aside if t.head.i not in inside and not t.is_punct]
    held = any(t.head.i in inside for t in sentence if t.i not in inside and not t.is_punct)
    return (last or following.text == ",") and len(hanging) == 1 and not held


def _in_passing(text: str, context: Context, opening: str = "") -> bool:
    """Whether words hold no number, negation, caution, time, comparison or quotation."""
    rest = text.replace(opening, "", 1) if opening else text
    marked = holds_quotation(rest) or not _MARKS.isdisjoint(rest)
    if marked or any(character.isdecimal() for character in rest) or _NAMES.search(rest):
        return False
    if any(pattern("certainty", context.language, key).search(rest) for key in _CAUTIONS):
        return False
    return not pattern("asides", context.language, "limits").search(rest)


_CAUTIONS = ("hedges", "negations")


def _without(aside: Span, sentence: Span) -> Change:
    """The aside left out, with the comma after it where the sentence goes on."""
    following = sentence.doc[aside.end]
    end = following.idx + 1 if following.text == "," else aside.end_char
    start = aside.start_char
    return (Splice(start, end, ""),)


def drop_aside(parsed: Doc, context: Context) -> Iterable[Change]:
    """Leave out brackets, appositions and relative clauses that only add."""
    for match in PARENTHESES.finditer(parsed.text):
        start, end = match.start() - 1, match.end()
        if not parsed.text[: match.start()].endswith(" ") or not _goes_on(parsed.text[end:]):
            continue
        restricts = pattern("asides", context.language, "restricts").match(match[1])
        if restricts or _tells_apart(match, parsed.text) or _lists_counted(match, parsed):
            continue
        if _in_passing(match[1], context) and not _needed(match, parsed):
            yield (Splice(start, end, ""),)
    if context.kind == "exchange":
        return
    for sentence in parsed.sents:
        yield from _set_apart(sentence, context)


def _tells_apart(bracket: re.Match[str], text: str) -> bool:
    """Whether another bracket stands beside it: "4 weeks (bare metal) or 1 year (coated)"."""
    for other in re.finditer(rf"(?<= ){PARENTHESES.pattern}", text):
        first, second = sorted((bracket, other), key=lambda one: one.start())
        between = text[first.end() : second.start()]
        if other.start() != bracket.start() and not re.search(r"[.;]\s", between):
            return True
    return False


def _lists_counted(bracket: re.Match[str], parsed: Doc) -> bool:
    """Whether a bracket names, one by one, what was counted before it: "two parts (A and B)"."""
    before = [token for token in parsed if token.idx < bracket.start()][-_COUNTED:]
    several = re.search(r",|\band\b|\bet\b", bracket[1])
    return bool(several) and any(token.pos_ == "NUM" for token in before)


def _goes_on(after: str) -> bool:
    """Whether a blank or a mark follows, and no word that belongs to a bracket."""
    return after[:1].isspace() or after.startswith((",", ".", ";", ":"))


def _needed(match: re.Match[str], parsed: Doc) -> bool:
    """Whether a bracket numbers a list, belongs to a figure or to the noun after it ("(female)
    breast cancer"), or brings in what the text uses.
    """
    following = next((token for token in parsed if token.idx >= match.end()), None)
    if following is not None and following.pos_ in _NOMINAL:
        return True
    inside, before, after = match[1], parsed.text[: match.start() - 1], parsed.text[match.end() :]
    numbering = re.fullmatch(r"[ivx]{1,4}|[a-zA-Z]", inside)
    abbreviation = re.fullmatch(r"\S{2,12}", inside)
    used = abbreviation and re.search(rf"(?<!\w){re.escape(inside)}(?!\w)", after)
    return bool(numbering or used or "/" in inside or before[-1:].isdigit())


def _set_apart(sentence: Span, context: Context) -> Iterator[Change]:
    for token in sentence:
        if token.dep_ not in _ASIDES or token.head.i > token.i:
            continue
        start = token.left_edge.i
        if start == sentence.start:
            continue
        comma = sentence.doc[start - 1] if sentence.doc[start].text != "," else sentence.doc[start]
        if comma.text != ",":
            continue
        aside = sentence.doc[comma.i : max(t.i for t in token.subtree) + 1]
        if aside[-1].text == ",":
            aside = aside[:-1]
        after = sentence.doc[aside.end : sentence.end].text
        if pattern("asides", context.language, "takes_up").search(after):
            continue
        if _adds(token, aside) and _closed(aside, sentence) and _in_passing(aside.text, context):
            yield _without(aside, sentence)


def _told(aside: Span) -> bool:
    """Whether a finite verb stands in the rest of the sentence: it tells something alone."""
    inside = range(aside.start, aside.end)
    return any(finite(t) for t in aside.sent if t.i not in inside and t.pos_ in ("VERB", "AUX"))


def _adds(token: Token, aside: Span) -> bool:
    """Whether an aside is no item of a list, and not the clause that the sentence stands on.

    It has no comma of its own; a noun has an article.
    """
    if any(t.text == "," for t in aside[1:]) or any(t.dep_ == "conj" for t in token.head.children):
        return False
    if token.dep_ == "appos" and (any(complete(t) for t in aside) or not _told(aside)):
        return False
    if token.dep_ == "appos" and any(t.dep_ == "conj" for t in token.children):
        return False  # "the visits, the stays and the costs": the end of a list
    return token.dep_ != "appos" or any(t.dep_ == "det" for t in token.children)
