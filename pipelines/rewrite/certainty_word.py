"""``certainty_word``: a causal claim worded no more firmly than its kind of study allows.

In the manner of GRADE's plain statements (Santesso et al. 2020): high certainty "reduces",
moderate "probably reduces", low "may reduce", very low "it is uncertain whether … reduces". Only a
claim of cause that its authors didn't hedge themselves is touched, only where its verb carries the
sentence; nothing is ever worded more firmly. How each language says it stands in its ``modals``.
Not part of ``loop``: it needs the study's rating.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from spacy.tokens import Span, Token

from corpus.document import Language
from models.parsing import parse
from pipelines.brief import Certainty
from pipelines.claims.cue_rules import dependents, has, relation
from pipelines.claims.placed_cues import placed_cues
from pipelines.language.en import modals as english
from pipelines.language.fr import modals as french
from pipelines.language.splices import Change
from pipelines.rewrite.changes import apply
from pipelines.rewrite.steps import lowered

_AUXILIARIES = ("aux", "aux:pass", "aux:tense")


class _Modals(Protocol):
    """How a language words a claim less firmly."""

    def probably(self, verb: Token, auxiliaries: Sequence[Token]) -> Change: ...

    def may(
        self, verb: Token, auxiliaries: Sequence[Token], joined: Sequence[Token], helped: bool
    ) -> Change | None: ...

    def uncertain(self, rest: str) -> str: ...


_MODALS: dict[Language, _Modals] = {"en": english, "fr": french}


def certainty_word(text: str, language: Language, level: Certainty | None) -> str:
    """The sentence with the word of certainty that its level asks for; unchanged where none fits.

    ``text`` is one sentence. Raises ``ModelMissingError``.
    """
    sentences = list(parse(text, language).sents)
    if level in (None, "high") or len(sentences) != 1:
        return text
    verb = _causal_root(sentences[0])
    if verb is None:
        return text
    modals = _MODALS[language]
    if level == "very_low":
        return modals.uncertain(lowered(text, sentences[0][0]))
    change = _weakened(verb, level, modals)
    return apply(text, [change]) if change else text


def _causal_root(sentence: Span) -> Token | None:
    """The sentence's main verb where it claims a cause, unhedged and undenied."""
    found = [
        claim
        for claim in placed_cues(sentence)
        if claim.barrier is None and not (claim.hedges or claim.denials or claim.abilities)
    ]
    made = [claim for claim in found if claim.rule.says == "causal" and claim.word.pos_ == "VERB"]
    verb = next((claim.word for claim in made if claim.word == sentence.root), None)
    if verb is None or not dependents(verb, "nsubj") or not _finite(verb):
        return None
    return verb


def _finite(verb: Token) -> bool:
    auxiliaries = _auxiliaries(verb)
    if auxiliaries:
        return all(has(word, "VerbForm", "Fin") for word in auxiliaries[:1])
    return has(verb, "VerbForm", "Fin")


def _auxiliaries(verb: Token) -> list[Token]:
    return sorted((c for c in verb.children if c.dep_ in _AUXILIARIES), key=lambda token: token.i)


def _joined(verb: Token) -> Iterator[Token]:
    """The verbs that share the subject of ``verb``."""
    for child in verb.children:
        if relation(child) == "conj" and child.pos_ == "VERB" and not dependents(child, "nsubj"):
            yield child


def _weakened(verb: Token, level: Certainty | None, modals: _Modals) -> Change | None:
    """The change that adds "probably", or "may" at low certainty; None where it is in doubt."""
    auxiliaries = _auxiliaries(verb)
    if level == "moderate":
        return modals.probably(verb, auxiliaries)
    if any(relation(child) in ("expl", "iobj") for child in verb.lefts):
        return None
    joined = list(_joined(verb))
    helped = any(_auxiliaries(other) for other in joined)
    return modals.may(verb, auxiliaries, joined, helped)
