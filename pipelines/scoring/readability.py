"""Readability on one scale for English and French, and by textstat's formulas, by sentence too.

``passerelle_grade`` is the common scale (``models.readability_scale``): school years, comparable
across the two languages, with the bounds that hold it in 80 cases of 100. A paragraph that is
plainly in the other language is read and scored in that one.

The formulas are those that make sense for the language. English gets the grades made for
English. French has no grade formula in textstat, whose ``flesch_kincaid_grade`` keeps English
constants whatever the language; French gets the Kandel-Moles ease with the constants
207 / 1.015 / 73.6 (Kandel & Moles 1958, as textstat has them; 209 / 1.15 / 68 is another
adaptation under the same name), LIX and RIX, which need no syllables and were compared across
languages (Björnsson 1983; Anderson 1983).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from corpus.document import BODY_KINDS, Document, Language, other
from corpus.language_detection import is_foreign
from models import readability_scale as scale
from models.formulas import formulas as textstat_formulas
from models.parsing import ENTITIES, bounds, pipeline
from pipelines.language.lexicon import table

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

#: The common scale's grade, and the bounds of its interval.
GRADE, LOW, HIGH = "passerelle_grade", "passerelle_grade_low", "passerelle_grade_high"

#: A reason is given where it adds at least this to a plain sentence's grade, in school years.
TOLD_FROM = 0.5
#: A word is named as rare from this chance that a child in fourth grade doesn't know it; the mean
#: of a plain text is 0.12.
RARE_FROM = 0.3

_NO_STOPS = str.maketrans("", "", ".!?")


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """One sentence, its scores, and what makes it hard."""

    start: int
    """Code points into the text that was scored."""
    end: int
    text: str
    scores: dict[str, float]
    reasons: tuple[str, ...]
    """The keys of ``weights``: ``rare_words``, ``long_sentence``, ``nested``, ``noun_string``,
    ``abstract_nouns``, ``passive``."""
    weights: dict[str, float]
    """What each reason adds to the grade of a plain sentence, in school years; largest first."""
    rare_words: tuple[str, ...]
    """The words behind the reason of that name, in lower case; hardest first."""


def score_text(text: str, language: Language) -> dict[str, float]:
    """Every formula that makes sense for the language, rounded to two decimals.

    A text without words scores nothing: the result is empty.
    """
    if not any(character.isalpha() for character in text):
        return {}
    scorer = textstat_formulas(language)
    return {
        name: round(float(getattr(scorer, function)(text)), 2)
        for name, function in FORMULAS[language].items()
    }


def parse(texts: Iterable[str], language: Language) -> list[Doc]:
    """Texts parsed, in order, each in its own language: those plainly in the other, in that."""
    kept = list(texts)
    own = [other(language) if is_foreign(text, language) else language for text in kept]
    docs: dict[int, Doc] = {}
    for chosen in sorted(set(own)):
        places = [place for place, found in enumerate(own) if found == chosen]
        parsed = pipeline(chosen).pipe((kept[place] for place in places), disable=ENTITIES)
        docs.update(zip(places, parsed, strict=True))
    return [docs[place] for place in range(len(kept))]


def sentences_of(docs: Iterable[Doc]) -> list[Span]:
    """The sentences of parsed texts, in order."""
    return [sentence for doc in docs for sentence in doc.sents]


def common_scale(sentences: Iterable[Span]) -> dict[str, float]:
    """The grade of parsed sentences and its bounds, in school years, rounded to two decimals.

    Sentences without words score nothing: the result is empty. Raises ``ModelMissingError``.
    """
    loaded = scale.load()
    found = (scale.measure(sentence, loaded.words) for sentence in sentences)
    measured = [one for one in found if one is not None]
    if not measured:
        return {}
    grade = scale.grade(measured, loaded)
    return {
        GRADE: round(grade.value, 2),
        LOW: round(grade.low, 2),
        HIGH: round(grade.high, 2),
    }


def scores(sentences: Sequence[Span], language: Language) -> dict[str, float]:
    """All scores of parsed sentences: the common scale's first, then the language's formulas.

    The formulas are given the sentences as they were found (``ended``).
    """
    formulas = score_text(ended(sentence.text for sentence in sentences), language)
    return {**common_scale(sentences), **formulas}


def score_document(document: Document) -> tuple[dict[str, float], list[SentenceScore]]:
    """All scores of a document's body, and scores and reasons for each of its sentences.

    Raises ``ModelMissingError``.
    """
    language, texts = document.language, body_texts(document)
    starts = [block.start for block in document.blocks if block.kind in BODY_KINDS]
    docs = parse(texts, language)
    whole = {**common_scale(sentences_of(docs)), **score_text("\n".join(texts), language)}
    return whole, [
        _score_sentence(sentence, start, language)
        for start, doc in zip(starts, docs, strict=True)
        for sentence in doc.sents
        if sentence.text.strip()
    ]


def _score_sentence(sentence: Span, offset: int, language: Language) -> SentenceScore:
    text = sentence.text.strip()
    start = offset + bounds(sentence)[0]
    weights = reasons(sentence)
    return SentenceScore(
        start,
        start + len(text),
        text,
        {**common_scale([sentence]), **score_text(text, language)},
        tuple(weights),
        weights,
        rare_words(sentence) if "rare_words" in weights else (),
    )


def ended(sentences: Iterable[str]) -> str:
    """Sentences, a line each, in which a full stop ends each and nothing else does.

    textstat ends a sentence at each full stop and nowhere else, so that prose full of decimals
    ("0.71", "et al.") would score as if written in short sentences, and a list without stops as
    one long one; source and draft are compared without either.
    """
    stripped = (sentence.strip() for sentence in sentences)
    closed = (text if text.endswith((".", "!", "?")) else f"{text}." for text in stripped if text)
    return "\n".join(map(_without_inner_stops, closed))


def _without_inner_stops(text: str) -> str:
    """A sentence without full stops, ? and ! that a letter or a digit still follows."""
    last = max((place for place, character in enumerate(text) if character.isalnum()), default=0)
    return text[:last].translate(_NO_STOPS) + text[last:]


def body_texts(document: Document) -> list[str]:
    """The body of a document, block by block: what its readability is measured on."""
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind in BODY_KINDS
    ]


def reasons(sentence: Span) -> dict[str, float]:
    """What makes a parsed sentence hard, and by how many school years; largest first.

    Raises ``ModelMissingError``.
    """
    loaded = scale.load()
    measured = scale.measure(sentence, loaded.words)
    if measured is None:
        return {}
    added = dict(zip(scale.FEATURES, scale.excess(measured, loaded), strict=True))
    weights = {
        reason: round(float(sum(added[name] for name in entry["features"])), 2)
        for reason, entry in table("difficulty").items()
    }
    told = [reason for reason, weight in weights.items() if weight >= TOLD_FROM]
    return {reason: weights[reason] for reason in sorted(told, key=lambda name: -weights[name])}


def rare_words(sentence: Span) -> tuple[str, ...]:
    """The words of a parsed sentence that a child in fourth grade likely doesn't know."""
    measured = scale.measure(sentence, scale.load().words)
    chances = {} if measured is None else measured.unfamiliar
    rare = [word for word, chance in chances.items() if chance >= RARE_FROM]
    return tuple(sorted(rare, key=lambda word: (-chances[word], word)))
