"""One readability scale for English and French, in school years, linear and so explainable.

In: parsed sentences (spaCy, with parts of speech, lemmas and dependencies). Out: what is measured
in them (``measure``), the grade of a text with its interval (``grade``), and what each feature of a
sentence adds to a plain sentence's grade (``excess``). How the weights came about stands in the
card of ``models/weights/readability``; the splitting of documents, the naming of reasons and
textstat's formulas are left to ``pipelines.readability``.

French features are moved onto the English ones by a constant each, measured over the same text in
both languages, because the same thing said in French takes more and longer words.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span, Token

from corpus.document import Language
from corpus.errors import ModelMissingError
from corpus.text import cue_pattern
from models.artefacts import artefact

#: What is measured, in the order of every array of features below.
FEATURES = (
    "unfamiliar_words",
    "very_rare_words",
    "length",
    "dependency_distance",
    "words_per_verb",
    "noun_links",
    "nominalizations",
    "passive",
    "nested_clauses",
)

#: Zipf frequency (log10 of occurrences in 10⁹ words, van Heuven et al. 2014) below which a word
#: is very rare: one in three million words.
VERY_RARE = 2.5
#: Words in one window: features that depend on how much text is seen (words counted once) are
#: comparable only at like lengths. Excerpts judged by teachers have 150 to 200 words.
WINDOW = 150
#: So many words of a plain text, and their mean chance of being unfamiliar (elementary news), are
#: counted in with each window, so that a sentence of four words isn't judged by one of them. Chosen
#: by hand; texts are ranked the same without.
PLAIN_WORDS, PLAIN_CHANCE = 5, 0.12
#: The grades that the scale gives: kindergarten's end to graduate school.
LOWEST, HIGHEST = 1.0, 18.0
#: Standard normal quantile of an interval that covers 80 in 100.
Z80 = 1.2816

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})


@dataclass(frozen=True, slots=True)
class Measured:
    """What is counted in one sentence."""

    language: Language
    words: int
    """Tokens that hold a letter."""
    unfamiliar: Mapping[str, float]
    """Content words and names, each once: chance that a child in fourth grade doesn't know it."""
    very_rare: int
    """How many of these are rarer than ``VERY_RARE``."""
    distance: float
    """Mean distance from a word to its head, in tokens (Liu 2008)."""
    finite_verbs: int
    noun_links: int
    """Nouns that hang on another noun ("the state of the art", "water quality data")."""
    nominalizations: int
    passive: bool
    nested: int
    """How deep clauses stand in clauses."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A readability in school years, and the bounds that hold it in 80 cases of 100."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class WordModel:
    """Log odds that a word is unfamiliar, linear in its frequency and its length."""

    intercept: float
    zipf: float
    letters: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The fitted scale, as in ``scale.json``."""

    words: Mapping[Language, WordModel]
    shift: Mapping[Language, NDArray[np.float64]]
    """Shape (n_features,): what is added to features to have those of the same text in English."""
    intercept: float
    weights: NDArray[np.float64]
    """Grades per unit of a feature, shape (n_features,), none negative."""
    plain: NDArray[np.float64]
    """The features of a plain text, shape (n_features,): the mean of elementary news texts."""
    floor: float
    """Standard deviation in grades that remains however long a text is."""
    spread: float
    """Standard deviation in grades of one word's worth of text: falls with the root of words."""


@cache
def load() -> Scale:
    """The scale in ``models/weights/readability``, read once a process.

    Raises ``ModelMissingError``.
    """
    file = artefact("readability") / "scale.json"
    return scale_from(json.loads(file.read_text(encoding="utf-8")))


def scale_from(fields: Mapping[str, Any]) -> Scale:
    """A scale from the fields of its JSON file, features by name."""

    def vector(values: Mapping[str, float]) -> NDArray[np.float64]:
        return np.array([values[name] for name in FEATURES], dtype=np.float64)

    return Scale(
        words={language: WordModel(**values) for language, values in fields["words"].items()},
        shift={language: vector(values) for language, values in fields["shift"].items()},
        intercept=fields["intercept"],
        weights=vector(fields["weights"]),
        plain=vector(fields["plain"]),
        floor=fields["floor"],
        spread=fields["spread"],
    )


# -- words ---------------------------------------------------------------------------------------


@cache
def _lists() -> dict[str, Any]:
    text = resources.files("models").joinpath("readability_scale.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _nominal_ending(language: Language) -> re.Pattern[str]:
    return cue_pattern(_lists()[language]["nominal_endings"], r"\w{2}", "$")


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(_lists()["labels"][kind])


@cache
def _frequencies(language: Language) -> dict[str, float]:
    import wordfreq

    frequencies: dict[str, float] = wordfreq.get_frequency_dict(language, "best")
    return frequencies


def zipf(word: str, language: Language) -> float:
    """Log10 of a word's occurrences in a thousand million words; 0 for one never seen."""
    frequency = _frequencies(language).get(word, 0.0)
    return max(0.0, math.log10(frequency) + 9) if frequency else 0.0


@lru_cache(maxsize=1 << 17)
def word_features(word: str, language: Language) -> tuple[float, float]:
    """Zipf frequency and number of letters."""
    return zipf(word, language), float(len(word))


def unfamiliarity(word: str, language: Language, model: WordModel) -> float:
    """Chance that a child in fourth grade doesn't know the word (lower case)."""
    frequency, letters = word_features(word, language)
    odds = model.intercept + model.zipf * frequency + model.letters * letters
    return 1 / (1 + math.exp(-odds))


def is_word(token: Token) -> bool:
    """Whether a token counts as a word: it holds a letter."""
    return token.is_alpha or any(character.isalpha() for character in token.text)


def is_vocabulary(token: Token) -> bool:
    """Whether a token is one of the words whose difficulty counts: content words and names."""
    if len(token.text) < 2 or not token.is_alpha:
        return False
    return token.pos_ in _CONTENT or token.pos_ == "PROPN"


# -- sentences and texts -------------------------------------------------------------------------


def measure(sentence: Span, words: Mapping[Language, WordModel]) -> Measured | None:
    """What is counted in a sentence; None for one without a word.

    Raises ``ModelMissingError`` where the sentence wasn't parsed.
    """
    language: Language = "fr" if sentence.doc.lang_ == "fr" else "en"
    if not sentence.doc.has_annotation("DEP"):
        raise ModelMissingError(
            "the readability scale needs parsed sentences; name a spaCy pipeline with a parser in "
            f"PASSERELLE_LANGUAGE_MODEL_{language.upper()}, or unset it"
        )
    tokens = [token for token in sentence if is_word(token)]
    if not tokens:
        return None
    unfamiliar: dict[str, float] = {}
    very_rare = 0
    for token in filter(is_vocabulary, tokens):
        forms = {token.lower_, token.lemma_.lower() or token.lower_}
        unfamiliar[token.lower_] = min(
            unfamiliarity(form, language, words[language]) for form in forms
        )
        very_rare += max(zipf(form, language) for form in forms) < VERY_RARE
    heads = [(token.i, token.head.i) for token in tokens]
    gaps = [abs(own - head) for own, head in heads if own != head]
    relations = [token.dep_ for token in tokens]
    bare = [relation.split(":")[0] for relation in relations]
    links, passive = _labels("noun_link"), _labels("passive")
    return Measured(
        language=language,
        words=len(tokens),
        unfamiliar=unfamiliar,
        very_rare=very_rare,
        distance=sum(gaps) / len(gaps) if gaps else 1.0,
        finite_verbs=sum("Fin" in token.morph.get("VerbForm", []) for token in tokens),
        noun_links=sum(relation in links for relation in bare),
        nominalizations=sum(is_nominalization(token, language) for token in tokens),
        passive=not passive.isdisjoint(relations),
        nested=_deepest(sentence),
    )


def is_nominalization(token: Token, language: Language) -> bool:
    """Whether a token is a noun made of a verb or a quality, by its ending."""
    return token.pos_ == "NOUN" and bool(_nominal_ending(language).search(token.lower_))


def _deepest(sentence: Span) -> int:
    """The most clauses that any word of a sentence stands within."""
    clause = _labels("clause")
    heads = {token.i: token.head.i for token in sentence}
    within: dict[int, int] = {}
    for token in sentence:
        path, place = [token.i], heads[token.i]
        while place != path[-1] and place not in within:
            path.append(place)
            place = heads[place]
        above = within.get(place, 0)
        for place in reversed(path):
            above += sentence.doc[place].dep_.split(":")[0] in clause
            within[place] = above
    return max(within[token.i] for token in sentence if is_word(token))


def windows(measured: Iterable[Measured]) -> Iterator[list[Measured]]:
    """Sentences in order, in runs of ``WINDOW`` words or a little more; a short rest joins."""
    runs: list[list[Measured]] = [[]]
    for sentence in measured:
        if sum(one.words for one in runs[-1]) >= WINDOW:
            runs.append([])
        runs[-1].append(sentence)
    if len(runs) > 1 and sum(one.words for one in runs[-1]) < WINDOW / 2:
        rest = runs.pop()
        runs[-1] += rest
    return iter(run for run in runs if run)


def window_features(run: Sequence[Measured]) -> NDArray[np.float64]:
    """The features of one window, in the order of ``FEATURES``; float64, shape (n_features,).

    Those of sentences are means weighted by words, so that a text's features are those of its
    sentences, word for word.
    """
    words = np.array([one.words for one in run], dtype=np.float64)
    share = words / words.sum()
    unfamiliar = {word: chance for one in run for word, chance in one.unfamiliar.items()}
    distance = np.array([one.distance for one in run])
    verbs = np.array([max(1, one.finite_verbs) for one in run])
    return np.array(
        [
            (sum(unfamiliar.values()) + PLAIN_WORDS * PLAIN_CHANCE)
            / (len(unfamiliar) + PLAIN_WORDS),
            sum(one.very_rare for one in run) / words.sum(),
            share @ np.log(words),
            share @ np.log(distance),
            share @ np.log(words / verbs),
            sum(one.noun_links for one in run) / words.sum(),
            sum(one.nominalizations for one in run) / words.sum(),
            share @ np.array([one.passive for one in run]),
            share @ np.array([one.nested for one in run]),
        ]
    )


def text_features(measured: Sequence[Measured]) -> NDArray[np.float64]:
    """The features of a text: the mean of its windows', weighted by words; shape (n_features,)."""
    runs = list(windows(measured))
    words = [sum(one.words for one in run) for run in runs]
    return np.average([window_features(run) for run in runs], axis=0, weights=words)


def common_features(measured: Sequence[Measured], scale: Scale) -> NDArray[np.float64]:
    """The features of a text as if it were all in English; shape (n_features,)."""
    words = [one.words for one in measured]
    shifts = [scale.shift[one.language] for one in measured]
    return text_features(measured) + np.average(shifts, axis=0, weights=words)


def grade(measured: Sequence[Measured], scale: Scale) -> Grade:
    """The grade of a text of one sentence or more, with its interval.

    The interval narrows as the text gets longer, down to what the scale itself can tell.
    """
    features = common_features(measured, scale)
    value = _bounded(scale.intercept + float(scale.weights @ features))
    words = sum(one.words for one in measured)
    half = Z80 * math.sqrt(scale.floor**2 + scale.spread**2 / words)
    return Grade(value, _bounded(value - half), _bounded(value + half))


def excess(measured: Measured, scale: Scale) -> NDArray[np.float64]:
    """What each feature of a sentence adds to a plain sentence's grade; shape (n_features,).

    The additions sum to the sentence's grade, before it is bounded, less a plain text's.
    """
    return scale.weights * (common_features([measured], scale) - scale.plain)


def _bounded(value: float) -> float:
    return min(HIGHEST, max(LOWEST, value))
