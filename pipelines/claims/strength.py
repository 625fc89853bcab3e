"""Strength of a claim, hedges and negations of a sentence, by words that can be named.

Strength has the four levels of Yu, Li & Wang (2019): none, correlational, conditional causal,
causal. ``judge`` decides for a parsed sentence by the claim that stands nearest its main
predicate, and names the words and the rule; ``strength`` and ``wording`` do so for a text. Where
cues stand is read by ``placed_cues``; word lists are data (``strength.toml`` for claims,
``certainty.toml`` for hedges and negations).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Span, Token

from corpus.document import Language
from models.parsing import parse
from pipelines.brief import STRENGTHS, Strength
from pipelines.claims.placed_cues import PlacedCue, placed_cues
from pipelines.language.lexicon import pattern

Exaggeration = Literal["exaggerates", "same", "downplays"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How strong a claim is, and by which words."""

    level: Strength
    rule: str
    """The rule that decided; what stood in the way where nothing is claimed; "" for neither."""
    words: tuple[str, ...]
    """The words that decided, in order: the cue with its hedges, or what stood in the way."""
    denied: tuple[str, ...] = ()
    """The negations over the claim; they don't change its level."""
    able: tuple[str, ...] = ()
    """Words of ability over it ("can"); they don't either."""


_NOTHING = Judgement("none", "", ())


def judge(sentence: Span | Doc) -> Judgement:
    """How strong a claim a parsed sentence makes.

    The claim nearest the main predicate decides. What is asked for, recommended, aimed at,
    supposed or known before is no claim.
    """
    return _nearest(placed_cues(sentence[:]))


def _nearest(found: Sequence[PlacedCue]) -> Judgement:
    made = [claim for claim in found if claim.barrier is None]
    if made:
        return _judged(min(made, key=lambda claim: claim.distance + claim.rule.weight))
    for claim in found:
        if claim.barrier is not None and claim.barrier.word is not None:
            return Judgement("none", claim.barrier.kind, _texts([claim.barrier.word]))
    return _NOTHING


def _judged(claim: PlacedCue) -> Judgement:
    return Judgement(
        level=_level(claim),
        rule=claim.rule.name,
        words=_texts([claim.word, *claim.hedges]),
        denied=_texts(claim.denials),
        able=_texts(claim.abilities),
    )


def _level(claim: PlacedCue) -> Strength:
    if claim.rule.says == "correlational":
        return "correlational"
    return "conditional" if claim.hedges else "causal"


def _texts(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.lower_ for token in sorted(set(tokens), key=lambda token: token.i))


@lru_cache(maxsize=4096)
def _read(text: str, language: Language) -> tuple[tuple[Judgement, ...], Strength]:
    """The judgement of each sentence of a text, and the strongest words of all; parsed once."""
    cues = [placed_cues(sentence) for sentence in parse(text, language).sents]
    levels = (_level(cue) for found in cues for cue in found)
    return tuple(map(_nearest, cues)), strongest(levels)


def judgements(text: str, language: Language) -> tuple[Judgement, ...]:
    """The judgement of each sentence of a text, with the words that decided.

    Raises ``ModelMissingError`` where the language's pipeline isn't there.
    """
    return _read(text, language)[0]


def wording(text: str, language: Language) -> Strength:
    """How strong the strongest words are, whatever is asked or recommended beside them.

    So that "more studies are needed" can't cover a stronger verb.
    """
    return _read(text, language)[1]


def causes(text: str, language: Language) -> frozenset[str]:
    """The words of a text that claim a cause without a hedge, and aren't asked for or supposed."""
    return frozenset(
        cue.word.lower_
        for sentence in parse(text, language).sents
        for cue in placed_cues(sentence)
        if cue.barrier is None and _level(cue) == "causal"
    )


def strength(text: str, language: Language) -> Strength:
    """How strong a claim a text makes: that of its strongest sentence."""
    return strongest(judgement.level for judgement in judgements(text, language))


def strongest(levels: Iterable[Strength]) -> Strength:
    """The highest of several levels; none where there is none."""
    return max(levels, key=STRENGTHS.index, default="none")


def reach(text: str, language: Language) -> Strength:
    """How far a reader takes a conclusion: as ``strength``, with three differences.

    A denied relation is none, what something *can* do is conditional, and a conclusion in which
    no claim is found counts as a correlation, the least that is concluded. After the levels of
    Sumner et al. (2014), to which exaggeration was first measured.
    """
    made = [found for found in judgements(text, language) if found.level != "none"]
    return strongest(_taken(found) for found in made) if made else "correlational"


def _taken(judgement: Judgement) -> Strength:
    if judgement.denied:
        return "none"
    return "conditional" if judgement.level == "causal" and judgement.able else judgement.level


def exaggeration(told: str, source: str, language: Language) -> Exaggeration:
    """Whether a text tells a conclusion stronger than its source does, alike, or weaker."""
    difference = STRENGTHS.index(reach(told, language)) - STRENGTHS.index(reach(source, language))
    if difference > 0:
        return "exaggerates"
    return "downplays" if difference < 0 else "same"


def words(text: str, language: Language, key: str) -> list[str]:
    """The words of a list (``hedges``, ``negations``, ``conditional``) in the text, in order."""
    return [match.group().lower() for match in pattern("certainty", language, key).finditer(text)]


def hedges(text: str, language: Language) -> list[str]:
    """The words by which the text holds back: "may", "suggests", "environ"."""
    return words(text, language, "hedges")


def negations(text: str, language: Language) -> list[str]:
    """The words by which the text denies."""
    return words(text, language, "negations")
