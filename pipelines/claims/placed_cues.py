"""Where the claims of a parsed sentence stand: how near the main predicate, held back by what.

In: a spaCy sentence in Universal Dependencies. Out: its ``PlacedCue``s, one for each cue of
``cues``: distance from the main predicate, the hedges and negations over it, and the barrier
behind which it claims nothing ("further studies are needed to determine whether …"). Which claim
counts is left to ``strength``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipelines.claims.cue_rules import (
    CueRule,
    acts,
    after_modal,
    cue,
    dependents,
    has,
    is_noun,
    is_passive,
    is_verb,
    language_of,
    listed,
    relation,
    seeming_before,
    trend,
    written,
)

#: How far each step up the tree leads away from what the sentence mainly says. Tuned by hand on
#: the even lines of claim_strength's development files: predicates joined or reported are near,
#: complements further, what only describes is far.
_STEPS = {
    "conj": 0.5, "parataxis": 0.5, "ccomp": 0.5, "xcomp": 0.5,
    "csubj": 1, "nsubj": 1, "obj": 1, "obl": 1.5, "nmod": 1.5, "advcl": 1.5, "advmod": 1.5,
    "appos": 1.5, "acl": 2, "amod": 2, "compound": 2,
}  # fmt: skip
_RELATIVE_STEP = 2.5
#: An adjective of the predicate itself: "is an effective way".
_OF_PREDICATE = 0.5
#: Beyond this a word that only describes ("near" in its rule) claims nothing.
_FAR = 3.1
#: Where the words around an English verb show what the parse missed.
_REPAIRED = 0.5
_CLAUSES = ("conj", "ccomp", "xcomp", "advcl", "csubj", "parataxis", "root")


@dataclass(frozen=True, slots=True)
class Barrier:
    """What keeps a cue from being a claim."""

    kind: str
    """ "purpose", "condition", "recommended", "asked for", "enquired", "not shown", "known before",
    "earlier research", "over the years" or "far"."""
    word: Token | None = None


@dataclass(frozen=True, slots=True)
class PlacedCue:
    """A cue in its place."""

    word: Token
    rule: CueRule
    distance: float
    hedges: tuple[Token, ...]
    denials: tuple[Token, ...]
    abilities: tuple[Token, ...]
    """ "can", "able to": no hedge to those who label science findings, yet less than "does"."""
    barrier: Barrier | None


def placed_cues(sentence: Span) -> list[PlacedCue]:
    """Every cue of a sentence, in order."""
    return [_claim(token, rule) for token in sentence if (rule := cue(token))]


def _claim(token: Token, rule: CueRule) -> PlacedCue:
    path = [token, *token.ancestors]
    misread = _misread(token, rule)
    distance = sum(_step(node) for node in path[:-1])
    found = list(_barriers(path))
    if misread:
        distance = min(distance, _REPAIRED)
        found = [barrier for barrier in found if barrier.kind != "purpose"]
    if not found and rule.trend and trend(language_of(token))(token.sent.text):
        found = [Barrier("over the years")]
    if not found and rule.near and distance > _FAR:
        found = [Barrier("far")]
    over = list(_over(path))
    return PlacedCue(
        word=token,
        rule=rule,
        distance=distance,
        hedges=_unique(hedge for node in over for hedge in _hedges(node)),
        denials=_unique(word for node in over for word in _denials(node)),
        abilities=_unique(word for node in over for word in _abilities(node)),
        barrier=found[0] if found else None,
    )


def _unique(tokens: Iterator[Token]) -> tuple[Token, ...]:
    return tuple(sorted(set(tokens), key=lambda token: token.i))


def _step(token: Token) -> float:
    if token.dep_ == "acl:relcl":
        return _RELATIVE_STEP
    if relation(token) == "amod" and dependents(token.head, "cop"):
        return _OF_PREDICATE
    return _STEPS.get(relation(token), 1)


def _misread(token: Token, rule: CueRule) -> bool:
    """Whether the words around the verb show it to be a predicate and the parse doesn't."""
    if rule.name != "causal verb" or token.dep_ == "acl:relcl" or not acts(token):
        return False
    if after_modal(token):
        return True
    return relation(token).lower() not in _CLAUSES and not _infinitive(token)


def _infinitive(token: Token) -> bool:
    if any(written(c, "grammar", "purpose") for c in dependents(token, "mark", "case")):
        return True
    if language_of(token) == "fr":
        return False
    previous = token.nbor(-1) if token.i > token.sent.start else None
    bare = token.lower_ == token.lemma_
    return previous is not None and previous.lower_ == "to" and is_verb(token) and bare


# -- what stands in the way ----------------------------------------------------------------------


def _barriers(path: list[Token]) -> Iterator[Barrier]:
    """What keeps the first word of a path from being claimed, from the word upward."""
    beside = told = False
    for node in path:
        if not beside:
            yield from _of_predicate(node)
        if _purpose(node) and not told:
            yield Barrier("purpose", node)
        told = told or node.dep_ == "acl:relcl"  # "to find the syndrome, which leads to …"
        if condition := _condition(node):
            yield Barrier("condition", condition)
        beside = _independent(node)
        if node.head != node and not beside:
            yield from _above(node, node.head)


def _of_predicate(node: Token) -> Iterator[Barrier]:
    if recommended := _recommends(node):
        yield Barrier("recommended", recommended)
    if earlier := _earlier(node):
        yield Barrier("earlier research", earlier)


def _independent(node: Token) -> bool:
    """Whether a clause stands beside its head, not under it.

    A clause with its own subject before the head and no conjunction of its own does, whatever the
    parse says: "Night buses may help, but more research is needed".
    """
    role, whole = relation(node), bool(dependents(node, "nsubj", "csubj"))
    if role == "parataxis" or (role == "conj" and whole):
        return True
    before = role in ("ccomp", "advcl") and node.i < node.head.i
    return before and whole and not dependents(node, "mark")


def _above(node: Token, head: Token) -> Iterator[Barrier]:
    if listed(head, "barriers", "need"):
        yield Barrier("asked for", head)
    clause = relation(node) in ("ccomp", "xcomp", "csubj", "advcl")
    if clause and listed(head, "barriers", "known"):
        yield Barrier("known before", head)
    if _enquired(node, head):
        yield Barrier("enquired", head)
    if relation(node) in ("ccomp", "acl", "xcomp") and _unproven(head):
        yield Barrier("not shown", head)


def _recommends(node: Token) -> Token | None:
    words = (c for c in dependents(node, "aux") if written(c, "barriers", "ought"))
    return next(words, None)


def _purpose(node: Token) -> bool:
    role = relation(node)
    if role not in ("advcl", "acl", "xcomp") or not is_verb(node) or not _infinitive(node):
        return False
    if role == "xcomp":
        return listed(node.head, "barriers", "applied")
    if listed(node.head, "barriers", "applied"):
        return True
    if listed(node.head, "conditional", "nouns"):
        return False  # "has the potential to prevent"
    reports = listed(node.head, "barriers", "report") or listed(node, "barriers", "report")
    return not (reports or listed(node.head, "conditional", "verbs"))


def _condition(node: Token) -> Token | None:
    if relation(node) not in ("advcl", "ccomp", "acl", "xcomp"):
        return None
    marks = [c for c in dependents(node, "mark", "advmod") if written(c, "barriers", "whether")]
    if marks and written(marks[0], "barriers", "how") and listed(node.head, "barriers", "report"):
        return None  # "reveals how it drives pain"
    return marks[0] if marks else None


def _earlier(node: Token) -> Token | None:
    for subject in dependents(node, "nsubj"):
        if listed(subject, "grammar", "research"):
            for child in subject.children:
                if listed(child, "barriers", "prior"):
                    return child
    return None


def _unproven(head: Token) -> bool:
    """Whether a verb of showing is denied: "cannot establish that", « ne permet pas de … »."""
    if not listed(head, "barriers", "proof"):
        return False
    beside = [*head.children, *(head.head.children if relation(head) == "xcomp" else ())]
    return any(written(word, "denial", "words") for word in beside)


def _enquired(node: Token, head: Token) -> bool:
    """Whether ``head`` asks ("to examine the effect"), and doesn't find ("determined that")."""
    role = relation(node)
    if role not in ("ccomp", "xcomp", "obj", "obl", "nsubj") or head.pos_ != "VERB":
        return False
    if not listed(head, "barriers", "enquiry") or (role == "nsubj" and not is_passive(head)):
        return False
    if any(written(c, "grammar", "that") for c in dependents(node, "mark")):
        return False
    if head.i + 1 < head.sent.end and written(head.nbor(1), "grammar", "that"):
        return False
    return role != "ccomp" or has(head, "VerbForm", "Inf")


# -- what holds it back --------------------------------------------------------------------------


def _over(path: list[Token]) -> Iterator[Token]:
    """The words of a path whose hedges and negations reach down to its first."""
    for node in path:
        yield node
        role = relation(node)
        own_subject = bool(dependents(node, "nsubj", "csubj", "aux"))
        if role in ("parataxis", "advcl") or node.dep_ == "acl:relcl":
            return
        if role == "conj" and own_subject:
            return


def _hedges(node: Token) -> Iterator[Token]:
    if listed(node, "conditional", "verbs") and is_verb(node):
        yield node
    if written(node, "conditional", "predicates") and node.pos_ == "ADJ":
        yield node
    if listed(node, "conditional", "nouns") and is_noun(node):
        yield node
    if _is_conditional(node):
        yield node
    for child in node.children:
        if _hedges_beside(child, node):
            yield child
    if seeming := seeming_before(node):
        yield seeming
    yield from _modals_before(node)


def _is_conditional(token: Token) -> bool:
    """Whether a French verb stands in the conditional, by which hearsay is told."""
    if language_of(token) != "fr" or not is_verb(token):
        return False
    return has(token, "Mood", "Cnd") or token.lower_.endswith(("rait", "raient"))


def _hedges_beside(child: Token, node: Token) -> bool:
    if written(child, "conditional", "modals"):
        return child.pos_ == "AUX"
    if written(child, "conditional", "adverbs"):
        return not any(written(c, "comparison", "degrees") for c in child.children)
    if _is_conditional(child):
        return relation(child) in ("aux", "cop")
    return relation(child) == "amod" and written(child, "conditional", "adjectives")


def _modals_before(node: Token) -> Iterator[Token]:
    """Modals of the verb's own group, where the parse hung them elsewhere; "Could … cause?"."""
    sentence, at = node.sent, node.i - 1
    while at >= sentence.start and node.i - at <= 6 and _in_verb_group(node.doc[at], node.i - at):
        if written(node.doc[at], "conditional", "modals"):
            yield node.doc[at]
        at -= 1
    if written(sentence[0], "conditional", "modals"):
        yield sentence[0]


def _in_verb_group(token: Token, distance: int) -> bool:
    if token.pos_ in ("ADV", "AUX", "PART"):
        return True
    return distance <= 2 and written(token, "grammar", "verb_group")


def _denials(node: Token) -> Iterator[Token]:
    if listed(node, "denial", "verbs") and is_verb(node):
        yield node
    for child in node.children:
        if written(child, "denial", "words"):
            yield child


def _abilities(node: Token) -> Iterator[Token]:
    if listed(node, "conditional", "ability"):
        yield node
    yield from (child for child in node.children if listed(child, "conditional", "ability"))
