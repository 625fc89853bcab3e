"""Clauses of a parsed sentence: what is one, and what holds for more than one of them.

In: tokens of a parse with Universal Dependencies labels, English or French. Out: subjects,
auxiliaries, whether a verb could stand in a sentence of its own, and whether an opening, a
negation or a condition holds for all that follows. Word lists: ``split.toml``.
What is made of it is left to the steps that ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Span, Token

from corpus.document import Language
from pipelines.language.lexicon import listed, pattern

SUBJECTS = ("nsubj", "nsubj:pass", "expl", "expl:subj", "csubj")
AUXILIARIES = ("aux", "aux:pass", "aux:tense", "aux:caus", "cop")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


def words(language: Language, key: str) -> frozenset[str]:
    """A word list of ``split.toml``."""
    return listed("split", language, key)


@cache
def cue(language: Language, key: str) -> re.Pattern[str]:
    """A list of ``split.toml`` as one pattern of whole words, case ignored."""
    return pattern("split", language, key)


def subject(verb: Token) -> Token | None:
    """The word that is the subject of a clause, by its verb, where it stands before it."""
    found = [child for child in verb.lefts if child.dep_ in SUBJECTS and child.lower_ != "n’"]
    return found[0] if found else None


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries and copulas of a verb, in order."""
    return [child for child in verb.lefts if child.dep_ in AUXILIARIES]


def finite(verb: Token) -> bool:
    """Whether a verb, or its first auxiliary, is a finite form.

    An English form that could be finite is, where it has a subject of its own and no "to": taggers
    take "raised" for a participle.
    """
    helpers = auxiliaries(verb)
    first = helpers[0] if helpers else verb
    if "Fin" in first.morph.get("VerbForm", []) or first.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    could = not helpers and first.tag_ in ("VBN", "VB") and verb.dep_ != "acl"
    return (
        could
        and any(
            child.dep_ in ("nsubj", "nsubj:pass") and child.lower_ != "that" for child in verb.lefts
        )
        and not any(child.tag_ == "TO" for child in verb.lefts)
    )


def complete(verb: Token) -> bool:
    """Whether a clause, by its verb, has a subject of its own, no relative one, and is finite."""
    own = subject(verb)
    if own is None or not finite(verb) or _relative(own):
        return False
    before = (child for child in verb.lefts if child != own and child.dep_ != "advcl")
    return not any(_relative(token) for child in before for token in child.subtree)


def _relative(token: Token) -> bool:
    """Whether a word begins a relative or an indirect question."""
    return bool({"Rel", "Int"} & set(token.morph.get("PronType", [])))


def negated(verb: Token) -> bool:
    """Whether a verb, or its subject, is negated."""
    near = [*verb.children, *auxiliaries(verb)]
    own = subject(verb)
    if own is not None:
        near += [own, *own.children]
    return any(
        token.lower_ in words("en", "negations") | words("fr", "negations") for token in near
    )


def fronted(verb: Token, language: Language) -> str:
    """What stands before the subject and may hold for all that follows; "" where only joins."""
    own = subject(verb)
    if own is None:
        return ""
    before = verb.doc[verb.sent.start : max(own.left_edge.i, verb.sent.start)].text
    opening = before.strip(" ,;:")
    first = verb.sent[0]
    if not opening and (first.pos_ in ("ADP", "SCONJ") or first.tag_ in ("TO", "VBG")):
        return first.text
    return "" if not opening or cue(language, "connectors").fullmatch(opening) else opening


def in_brackets(token: Token) -> bool:
    """Whether a token stands within brackets of its sentence."""
    before = token.doc[token.sent.start : token.i].text
    return sum(before.count(one) for one in _OPEN) > sum(before.count(one) for one in _CLOSE)


def leaning(tokens: Span, heads: Iterable[Token]) -> bool:
    """Whether a word of a stretch hangs on a word outside, other than the given heads."""
    known = {head.i for head in heads}
    inside = range(tokens.start, tokens.end)
    return any(
        token.head.i not in inside and token.i not in known and not token.is_punct
        for token in tokens
    )


def conditional(tokens: Span, language: Language, clauses: str = "conditions") -> bool:
    """Whether a stretch holds a condition, a time or a reason that may reach beyond it.

    ``clauses`` names the words that open one: "scopes" are those that make it less than a fact.
    """
    return bool(cue(language, clauses).search(tokens.text))


def tied(sentence: Span, language: Language) -> bool:
    """Whether words such as "respectively" tie the halves of a sentence together."""
    return bool(cue(language, "correlatives").search(sentence.text))


def last(sentence: Span) -> Token | None:
    """The full stop of a sentence; None where it ends otherwise."""
    token = sentence[-1]
    return token if token.text == "." else None


def clause_children(verb: Token, relations: Iterable[str]) -> Iterator[Token]:
    """Children of a verb by these relations, in order."""
    wanted = frozenset(relations)
    return (child for child in verb.children if child.dep_ in wanted)
