"""``passive_to_active``: "was reduced by the program" becomes "the program reduced …".

In: the parse of a text. Out: one change for each passive clause whose agent stands right behind
its verb and can be told as who or what does it (``participles.tsv``). What "by"
gives as an amount, a means, a manner or a time stays. English in its simple tenses, in the
perfect and behind modals; French in the passé composé. Negated, relative and coordinated
passives, long subjects and long agents stay as they are. Verification puts evidence in the active
by the same function, to compare the order of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from corpus.document import Language
from pipelines.language.lexicon import rows
from pipelines.rewrite.changes import Change, Edit
from pipelines.rewrite.clauses import in_brackets, negated, words
from pipelines.rewrite.steps import Context, capitalized, lowered

#: Longest subject or agent that changes places, in words.
LONGEST = 6
_OBJECT = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
_SUBJECT = {form: own for own, form in _OBJECT.items()}
_TIMES = frozenset(
    ["century", "date", "day", "decade", "end", "hour", "minute", "month", "week", "year"]
)
_PERFECT = {"has", "have"}
_ENGLISH_CASES = frozenset(["by"])
_FRENCH_CASES = frozenset(["par"])


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
        told = _active(clause, context.language)
        if told is not None:
            yield (_edit(clause, told),)


@cache
def _forms(language: Language) -> dict[str, tuple[str, ...]]:
    """Participle to its other forms, as the lexicon lists them."""
    return {cells[0]: cells[1:] for _, cells in rows("participles", language)}


def _passive(verb: Token, language: Language) -> _Passive | None:
    """The passive clause of a verb, if it is one that may be put in the active."""
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj:pass"]
    agents = [child for child in verb.rights if child.dep_ == "obl:agent"]
    helpers = tuple(child for child in verb.lefts if child.dep_.startswith("aux"))
    if len(subjects) != 1 or len(agents) != 1 or not helpers or negated(verb):
        return None
    by = agents[0].left_edge
    cases = _ENGLISH_CASES if language == "en" else _FRENCH_CASES
    if by.lower_ not in cases or by.i != verb.i + 1 or by == agents[0] or in_brackets(verb):
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
    return _movable(clause.subject, language) and _agentive(clause, language)


def _sharing(child: Token) -> bool:
    """Whether what is joined to a verb shares its subject."""
    return child.dep_ == "conj" and not any(one.dep_.startswith("nsubj") for one in child.lefts)


def _ends(edge: Token) -> bool:
    """Whether nothing follows an agent that may belong to it: a mark, a clause or a year."""
    rest = edge.doc[edge.i + 1 : edge.sent.end]
    if len(rest) == 0 or rest[0].text in (".", ",", ";", ":", "!", "?"):
        return True
    year = len(rest) > 1 and re.fullmatch(r"(?:19|20)\d\d", rest[1].text)
    return rest[0].pos_ in ("CCONJ", "SCONJ") or bool(year and rest[0].lower_ in ("in", "en"))


def _movable(head: Token, language: Language) -> bool:
    """Whether a noun phrase is short and plain enough to change places."""
    text = head.doc[head.left_edge.i : head.right_edge.i + 1].text
    lows = {token.lower_ for token in head.subtree}
    if head.pos_ == "PRON" and (language == "fr" or head.lower_ not in (*_OBJECT, *_SUBJECT, "it")):
        return language == "en" and head.lower_ in ("this", "these")
    return (
        head.pos_ in ("NOUN", "PROPN", "PRON")
        and len(text.split()) <= LONGEST
        and not re.search('[(),;:"%\ue000-\uf8ff]', text)
        and not lows & words(language, "scoped")
        and not any(token.dep_ in ("acl:relcl", "acl", "cc") for token in head.subtree)
    )


def _agentive(clause: _Passive, language: Language) -> bool:
    """Whether an agent is who or what does it: no amount, time, means or manner."""
    agent = clause.agent
    phrase = [token for token in agent.subtree if token.i > clause.by.i]
    counted = any(token.like_num or token.pos_ in ("NUM", "SYM") for token in phrase)
    bare = agent.pos_ == "NOUN" and "Sing" in agent.morph.get("Number", []) and len(phrase) == 1
    if counted or bare or not phrase or agent.lemma_.lower() in _TIMES:
        return False
    own = agent.doc[phrase[0].i : agent.right_edge.i + 1].text
    plain = not re.search('[(),;:"\ue000-\uf8ff]', own) and len(own.split()) <= LONGEST
    nominal = agent.pos_ in ("NOUN", "PROPN") or agent.lower_ in _SUBJECT
    tangled = any(token.dep_ in ("acl:relcl", "acl", "advcl") for token in phrase)
    return plain and nominal and not tangled and clause.verb.lower_ in _participles(language)


@cache
def _participles(language: Language) -> frozenset[str]:
    listed = _forms(language)
    if language == "en":
        return frozenset(listed)
    return frozenset(form for one in listed for form in (one, one + "e", one + "s", one + "es"))


def _active(clause: _Passive, language: Language) -> str | None:
    """The verb in the active, in the same tense, in the number of the agent."""
    adverbs = " ".join(adverb.text for adverb in clause.adverbs)
    told = _english(clause) if language == "en" else _french(clause)
    if told is None:
        return None
    helper, verb = told
    return " ".join(part for part in (helper, adverbs, verb) if part)


def _english(clause: _Passive) -> tuple[str, str] | None:
    part = clause.verb.lower_
    past, third, base = _forms("en")[part]
    said = [helper.lower_ for helper in clause.auxiliaries]
    several = _several(clause.agent)
    if said in (["was"], ["were"]):
        return "", past
    if said in (["is"], ["are"]):
        return "", base if several else third
    if len(said) == 2 and said[1] == "been" and said[0] in _PERFECT:
        return "have" if several else "has", part
    if len(said) == 2 and said == ["had", "been"]:
        return "had", part
    if len(said) == 2 and said[1] == "be" and clause.auxiliaries[0].tag_ == "MD":
        return said[0], base
    return None


def _french(clause: _Passive) -> tuple[str, str] | None:
    """Passé composé: « a été réduite par » to « a réduit »; the participle no longer agrees."""
    said = [helper.lower_ for helper in clause.auxiliaries]
    if len(said) != 2 or said[0] not in ("a", "ont") or said[1] != "été":
        return None
    listed = _forms("fr")
    written = clause.verb.lower_
    masculine = next(
        (one for one in listed if written in (one, one + "e", one + "s", one + "es")), None
    )
    return None if masculine is None else ("ont" if _several(clause.agent) else "a", masculine)


def _several(agent: Token) -> bool:
    joined = any(child.dep_ == "conj" for child in agent.children)
    return joined or "Plur" in agent.morph.get("Number", [])


def _edit(clause: _Passive, verb: str) -> Edit:
    """The clause with its agent first."""
    doc, first = clause.verb.doc, clause.subject.left_edge
    last = clause.agent.right_edge
    patient = doc[first.i : clause.subject.right_edge.i + 1].text
    agent = doc[clause.by.i + 1 : last.i + 1].text
    opens = first.i == first.sent.start
    patient = lowered(patient, first) if opens else patient
    patient = _OBJECT.get(patient.lower(), patient)
    agent = _SUBJECT.get(agent.lower(), agent)
    agent = "I" if agent == "i" else agent
    text = f"{capitalized(agent) if opens else agent} {verb} {patient}"
    return Edit(first.idx, last.idx + len(last.text), text)
