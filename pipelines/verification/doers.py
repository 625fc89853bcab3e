"""Who does what to whom: told by the parse, where the order of the words doesn't tell.

In: a pair. Out: a word for somebody or something that does in the text what another does in the
evidence, or to whom it is done ("visits were reduced by the shelter", "visits reduced the
shelter"); None where there is none. Only where the evidence tells both is there a difference: what
the parser misses is left to ``order``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from models.parsing import parse
from pipelines.language.words import base, words_of
from pipelines.verification.pair import Pair

#: What stands before who does something, behind a passive.
_BY = ("by", "par")
#: Whatever is said of a word, and to whom something is done.
_SUBJECTS, _PATIENTS = ("nsubj", "nsubj:pass"), ("obj", "nsubj:pass")

Role = tuple[str, str]
"""What is done, and by whom or to whom: keys of the evidence."""


@dataclass(frozen=True, slots=True)
class _Roles:
    """Who does what, and to whom, in the text or in all quotes."""

    subjects: frozenset[Role]
    patients: frozenset[Role]
    doers: frozenset[Role]
    """Subjects that do something to others ("ponds closed" is no deed), and those behind "by"."""


def changed_role(pair: Pair) -> str | None:
    """A word in another's role; None where all keep theirs."""
    alignment, language = pair.alignment, pair.language
    places = {word.start: place for word, place in alignment.placed if place}
    said = _roles([(parse(pair.text, language), places)], {})
    there = _roles(
        (
            (parse(quote, language), {word.start: word.key for word in words})
            for quote, words in zip(pair.quotes, alignment.quotes, strict=True)
        ),
        {
            base(short.lower(), language): [base(word, language) for word in words_of(long)]
            for short, long in pair.aliases
        },
    )
    known = there.subjects | there.patients | there.doers
    changed = {
        *((said.patients & there.doers) - there.patients),
        *_others(said.subjects - known, there.subjects),
        *_others(said.patients - known, there.patients),
    }
    return min((whom for _, whom in changed), default=None)


def _others(said: Iterable[Role], there: Iterable[Role]) -> Iterator[Role]:
    """Roles of which the evidence has both halves, each with another one."""
    there = list(there)
    for what, whom in said:
        if any(what == one for one, _ in there) and any(whom == one for _, one in there):
            yield what, whom


def _roles(
    texts: Iterable[tuple[Doc, Mapping[int, str]]], long_forms: Mapping[str, Sequence[str]]
) -> _Roles:
    """Roles of texts, with what their words stand for by the first character.

    What an abbreviation does, the words of its long form do.
    """
    found: dict[str, set[Role]] = {"subjects": set(), "patients": set(), "doers": set()}
    for parsed, keys in texts:
        for token in parsed:
            for kind, verb in _told_by(token):
                for one in (token, *token.conjuncts):
                    what, whom = keys.get(verb.idx), keys.get(one.idx)
                    if what and whom:
                        found[kind] |= {(what, own) for own in (whom, *long_forms.get(whom, ()))}
    return _Roles(**{kind: frozenset(roles) for kind, roles in found.items()})


def _told_by(token: Token) -> Iterator[tuple[str, Token]]:
    """The roles that a word has, each with the word that it has it with."""
    verb = token.head
    if token.dep_ in _SUBJECTS:
        for one in (verb, *_without_subject(verb)):
            yield "subjects", one
            if token.dep_ == "nsubj" and any(child.dep_ == "obj" for child in one.children):
                yield "doers", one
    if token.dep_ in _PATIENTS:
        yield "patients", verb
    elif any(child.dep_ == "case" and child.lower_ in _BY for child in token.children):
        yield "doers", verb


def _without_subject(verb: Token) -> Iterator[Token]:
    """Further verbs of the same subject: "crews closed pumps and opened wells"."""
    for one in verb.conjuncts:
        if one.i > verb.i and not any(child.dep_ in _SUBJECTS for child in one.children):
            yield one
