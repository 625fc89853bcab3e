"""What an exchange returns to most: the things that most of its turns name.

In: an exchange's reading. Out: ``topics(reading)``, at most ``MOST`` nouns, and for each sentence
how many of them it names. A noun counts for each turn in which it stands, so that one long speech
makes no topic, and less the more common it is in the language: "question" and "minister" stand in
every turn of every hearing. People's summaries of meetings are made of such words; how much a
sentence that has them is worth is left to ``weights``.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from spacy.tokens import Doc
from wordfreq import zipf_frequency

from corpus.document import Language
from pipelines.reading.reading import Reading

#: So many topics; 8 and 25 were no better on fifteen committee meetings.
MOST = 15
#: A noun as common as this (Zipf scale, van Heuven et al. 2014) is no topic: "time", "people".
COMMON = 6.3
#: A sentence that names more of them is no more on topic.
ENOUGH = 3
#: Shorter words are hardly ever topics, in letters.
_LETTERS = 4


def topics(reading: Reading) -> frozenset[str]:
    """The nouns to which an exchange returns most often, as lemmas, lower case."""
    turns: dict[str, set[int]] = defaultdict(set)
    for sentence, doc in zip(reading.sentences, reading.parsed, strict=True):
        for noun in _nouns(doc):
            turns[noun].add(sentence.block)
    rarity = {noun: _rarity(noun, reading.language) for noun in turns}
    ranked = sorted(turns, key=lambda noun: (-len(turns[noun]) * rarity[noun], noun))
    return frozenset(noun for noun in ranked[:MOST] if rarity[noun] > 0)


def on_topic(doc: Doc, own: frozenset[str]) -> float:
    """How much of the topics a sentence names: 0 to 1."""
    return min(ENOUGH, len(_nouns(doc) & own)) / ENOUGH


def _nouns(doc: Doc) -> frozenset[str]:
    return frozenset(
        token.lemma_.lower()
        for token in doc
        if token.pos_ == "NOUN"
        and len(token.text) >= _LETTERS
        and token.lemma_.isalpha()
        and not token.is_stop
    )


@lru_cache(maxsize=4096)
def _rarity(noun: str, language: Language) -> float:
    return max(0.0, COMMON - zipf_frequency(noun, language))
