"""Claim strength, hedges and negations of a sentence, by words that can be named.

Strength has the four levels of Yu, Wang, Guo & Li (2020): none, correlational, conditional
causal, causal. Word lists are data (``lexicon/certainty.toml``). Explainable on purpose: each
decision can say which words made it.
"""

from __future__ import annotations

from corpus.document import Language
from pipelines.brief import Strength
from pipelines.lexicon import pattern


def words(text: str, language: Language, key: str) -> list[str]:
    """The words of a list (``hedges``, ``negations``, ``causal``…) in the text, in order."""
    return [match.group().lower() for match in pattern("certainty", language, key).finditer(text)]


def strength(text: str, language: Language) -> Strength:
    """How strong a claim the sentence makes.

    One that asks for research or recommends makes none, whatever its verbs.
    """
    return "none" if words(text, language, "no_claim") else wording(text, language)


def wording(text: str, language: Language) -> Strength:
    """How strong the words are, whatever is asked or recommended beside them.

    An association stays one even where a causal verb stands beside it ("associated with reduced
    risk"); a bare comparison or a trend ("was higher", "increased with age") counts as one where
    nothing stronger is said.
    """
    if words(text, language, "association"):
        return "correlational"
    effects = pattern("certainty", language, "states").sub(" ", text)
    if words(effects, language, "causal"):
        return "conditional" if words(text, language, "conditional") else "causal"
    compared = effects != text or words(text, language, "comparison")
    return "correlational" if compared else "none"


def hedges(text: str, language: Language) -> list[str]:
    """The words by which the text holds back: "may", "suggests", "environ"."""
    return words(text, language, "hedges")


def negations(text: str, language: Language) -> list[str]:
    """The words by which the text denies."""
    return words(text, language, "negations")
