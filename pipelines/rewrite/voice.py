"""``passive_to_active``: "was reduced by the program" becomes "the program reduced …".

In: the parse of a text. Out: one change for each passive clause whose agent stands right behind
its verb and can be told as who or what does it. What "by" gives as an amount, a means, a manner or
a time stays. Which tenses can be told, and how, stands in each language's ``actives``. Negated,
relative and coordinated passives, long subjects and long agents stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from spacy.tokens import Doc, Token

from corpus.document import Language
from corpus.text import YEAR
from pipelines.language.en import actives as english
from pipelines.language.fr import actives as french
from pipelines.language.splices import Change, Splice, end_of
from pipelines.language.typography import holds_quotation
from pipelines.rewrite.clauses import in_brackets, negated, words
from pipelines.rewrite.halves import before
from pipelines.rewrite.steps import Context, capitalized, lowered

#: Longest subject or agent that changes places, in words.
LONGEST = 6


class _Actives(Protocol):
    """What a language knows of its passives."""

    AGENT_CASE: str
    TIMES: frozenset[str]
    PRONOUNS: frozenset[str]
    POINTERS: frozenset[str]
    OBJECTS: frozenset[str]

    def participles(self) -> frozenset[str]: ...

    def active(
        self, participle: str, auxiliaries: Sequence[Token], several: bool
    ) -> tuple[str, str] | None: ...

    def as_object(self, phrase: str) -> str: ...

    def as_subject(self, phrase: str) -> str: ...


_ACTIVES: dict[Language, _Actives] = {"en": english, "fr": french}


@dataclass(frozen=True, slots=True)
class _Passive:
    """A passive clause, by its words."""

    subject: Token
    auxiliaries: tuple[Token, ...]
    adverbs: tuple[Token, ...]
    """Between auxiliary and verb."""
    verb: Token
    by: Token
    agent: Token


def passive_to_active(parsed: Doc, context: Context) -> Iterable[Change]:
    """Put a passive clause in the active, its agent first."""
    for verb in parsed:
        clause = _passive(verb, context.language)
        if clause is None:
            continue
        own = _ACTIVES[context.language]
        told = _active(clause, own)
        if told is not None:
            yield (_turned(clause, told, own),)


def _passive(verb: Token, language: Language) -> _Passive | None:
    """The passive clause of a verb, if it is one that may be put in the active."""
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj:pass"]
    agents = [child for child in verb.rights if child.dep_ == "obl:agent"]
    helpers = tuple(child for child in verb.lefts if child.dep_.startswith("aux"))
    if len(subjects) != 1 or len(agents) != 1 or not helpers or negated(verb):
        return None
    by = agents[0].left_edge
    if (
        by.lower_ != _ACTIVES[language].AGENT_CASE
        or by.i != verb.i + 1
        or by == agents[0]
        or in_brackets(verb)
    ):
        return None
    between = range(helpers[0].i, verb.i)
    adverbs = tuple(verb.doc[i] for i in between if verb.doc[i] not in helpers)
    clause = _Passive(subjects[0], helpers, adverbs, verb, by, agents[0])
    return clause if _simple(clause, language) else None


def _simple(clause: _Passive, language: Language) -> bool:
    """Whether nothing but subject, auxiliaries, adverbs, verb and agent is in the way."""
    verb = clause.verb
    adjoining = clause.subject.right_edge.i + 1 == clause.auxiliaries[0].i
    loose = all(adverb.pos_ == "ADV" and adverb.head == verb for adverb in clause.adverbs)
    joined = any(
        child.dep_ in ("xcomp", "ccomp", "obj") or _sharing(child) for child in verb.children
    )
    if verb.dep_ not in ("ROOT", "ccomp", "conj", "advcl") or joined or not (adjoining and loose):
        return False
    if not _ends(clause.agent.right_edge):
        return False
    if _limited(clause.subject, language):
        return False
    return _movable(clause.subject, language) and _agentive(clause, language)


def _sharing(child: Token) -> bool:
    """Whether what is joined to a verb shares its subject."""
    return child.dep_ == "conj" and not any(one.dep_.startswith("nsubj") for one in child.lefts)


def _ends(edge: Token) -> bool:
    """Whether nothing follows an agent that may belong to it: a mark, a clause or a year."""
    rest = edge.doc[edge.i + 1 : edge.sent.end]
    if len(rest) == 0 or rest[0].text in (".", ",", ";", ":", "!", "?"):
        return True
    year = len(rest) > 1 and YEAR.fullmatch(rest[1].text)
    return rest[0].pos_ in ("CCONJ", "SCONJ") or bool(year and rest[0].lower_ in ("in", "en"))


def _limited(head: Token, language: Language) -> bool:
    """Whether a word before a noun phrase narrows it, so that it can't stay: "only the pool"."""
    word = before(head.left_edge)
    return word.lower_ in words(language, "scoped") and word.pos_ in ("ADV", "ADJ")


def _movable(head: Token, language: Language) -> bool:
    """Whether a noun phrase is short and plain enough to change places."""
    own = _ACTIVES[language]
    text = head.doc[head.left_edge.i : head.right_edge.i + 1].text
    lows = {token.lower_ for token in head.subtree}
    if head.pos_ == "PRON" and head.lower_ not in own.PRONOUNS:
        return head.lower_ in own.POINTERS
    return (
        head.pos_ in ("NOUN", "PROPN", "PRON")
        and len(text.split()) <= LONGEST
        and _unmarked(text)
        and "%" not in text
        and not lows & words(language, "scoped")
        and not any(token.dep_ in ("acl:relcl", "acl", "cc") for token in head.subtree)
    )


def _unmarked(text: str) -> bool:
    """Whether a phrase holds no bracket, no mark and no quotation."""
    return not set('(),;:"') & set(text) and not holds_quotation(text)


def _agentive(clause: _Passive, language: Language) -> bool:
    """Whether an agent is who or what does it: no amount, time, means or manner."""
    agent = clause.agent
    phrase = [token for token in agent.subtree if token.i > clause.by.i]
    counted = any(token.like_num or token.pos_ in ("NUM", "SYM") for token in phrase)
    bare = agent.pos_ == "NOUN" and "Sing" in agent.morph.get("Number", []) and len(phrase) == 1
    own = _ACTIVES[language]
    if counted or bare or not phrase or agent.lemma_.lower() in own.TIMES:
        return False
    said = agent.doc[phrase[0].i : agent.right_edge.i + 1].text
    plain = _unmarked(said) and len(said.split()) <= LONGEST
    pronoun = len(phrase) == 1 and agent.lower_ in own.OBJECTS
    nominal = agent.pos_ in ("NOUN", "PROPN") or pronoun
    tangled = any(token.dep_ in ("acl:relcl", "acl", "advcl") for token in phrase)
    return plain and nominal and not tangled and clause.verb.lower_ in own.participles()


def _active(clause: _Passive, own: _Actives) -> str | None:
    """The verb in the active, in the same tense, in the number of the agent."""
    told = own.active(clause.verb.lower_, clause.auxiliaries, _several(clause.agent))
    if told is None:
        return None
    helper, verb = told
    adverbs = " ".join(adverb.text for adverb in clause.adverbs)
    return " ".join(part for part in (helper, adverbs, verb) if part)


def _several(agent: Token) -> bool:
    joined = any(child.dep_ == "conj" for child in agent.children)
    return joined or "Plur" in agent.morph.get("Number", [])


def _turned(clause: _Passive, verb: str, own: _Actives) -> Splice:
    """The clause with its agent first."""
    doc, first = clause.verb.doc, clause.subject.left_edge
    last = clause.agent.right_edge
    patient = doc[first.i : clause.subject.right_edge.i + 1].text
    agent = doc[clause.by.i + 1 : last.i + 1].text
    opens = first.i == first.sent.start
    patient = own.as_object(lowered(patient, first) if opens else patient)
    agent = own.as_subject(agent)
    text = f"{capitalized(agent) if opens else agent} {verb} {patient}"
    return Splice(first.idx, end_of(last), text)
