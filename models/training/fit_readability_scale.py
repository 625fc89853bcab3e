"""Fit the readability scale: ``python -m models.training.readability_scale DATA``.

In: OneStopEnglish (the same news at three levels), SciTLDR abstracts, the English treebank's
words and the parallel texts of ``bilingual_policy``. Out: ``models/weights/readability``, sealed.

1. Words: a logistic regression tells, from frequency and letters, the words on Dale and Chall's
   list of those that fourth-graders know (as textstat carries it). Syllables and Latin endings
   added nothing for English, and told words apart in French that are alike to its readers.
2. French: words and features are brought onto the English ones over the parallel texts.
3. Weights: a pairwise logistic regression (Bradley and Terry 1952) over pairs of levels of one
   text, none negative, shrunk, so that no feature carries the scale alone.
4. Grades: one straight line, by least squares, to the median of five grade formulas over mixed
   English texts: the numbers mean what they are known to mean.
5. Interval: how far the grade of a stretch lies from that of its text, by length; and how far
   parallel sections lie apart.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, Span

from corpus.document import BODY_KINDS, Language
from corpus.language_detection import is_foreign
from corpus.readers import read
from models.artefacts import WEIGHTS
from models.formulas import formulas
from models.parsing import ENTITIES, pipeline
from models.readability_scale import (
    FEATURES,
    Z80,
    Measured,
    Scale,
    WordModel,
    grade,
    is_vocabulary,
    measure,
    text_features,
    word_features,
    zipf,
)
from models.training.seal import seal

#: Abstracts taken as the hard end of the reference, with the levels of the news.
ABSTRACTS = 300
#: Log odds by which words are taken for known beyond what the list says: the list is a sample of
#: what fourth-graders know.
PRIOR = 1.0
#: Ridge on the weights, in units of spread: strong, so that no feature carries its block alone.
#: From 0.01 to 1 the agreement with teachers changes by 0.01.
SHRINKAGE = 1.0
#: The block of features that stands for vocabulary; the others stand for syntax.
VOCABULARY = ("unfamiliar_words", "very_rare_words")
#: How much vocabulary counts beside syntax, in spreads over the news texts. Levels of one text
#: don't tell (any ratio orders 96 pairs of 100 or more); Dale and Chall's own formula (1995) has
#: 3.2. Between 1.3 and 5 the agreement with teachers changes by 0.01.
RATIO = 2.0
#: Grade formulas whose median anchors the scale, by textstat's names.
ANCHORS = (
    "flesch_kincaid_grade",
    "smog_index",
    "coleman_liau_index",
    "automated_readability_index",
    "gunning_fog",
)
#: Share of stretches and of parallel sections that the interval covers.
COVERED = 0.8
#: Lengths of the stretches over which the interval is measured, in words.
STRETCHES = (50, 100, 200, 400)
#: Words in one parallel section.
SECTION = 400


def records(file: Path) -> list[dict[str, Any]]:
    """The lines of a compressed JSON Lines file."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def parallel_texts(data: Path) -> dict[Language, list[list[str]]]:
    """The parallel texts by language: pairs in order, each the paragraphs that were translated.

    Much of the French files is still English, word for word; a pair of nothing else is left out.
    """
    texts: dict[Language, list[list[str]]] = {"en": [], "fr": []}
    for file in sorted((data / "bilingual_policy").glob("*.en.md")):
        english = paragraphs(file)
        french = paragraphs(file.with_name(file.name.replace(".en.", ".fr.")))
        translated = [text for text in french if text not in english]
        translated = [text for text in translated if not is_foreign(text, "fr")]
        if translated:
            texts["en"].append([text for text in english if text not in french])
            texts["fr"].append(translated)
    return texts


def paragraphs(file: Path) -> list[str]:
    """The body of a document, block by block."""
    document = read(file)
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind in BODY_KINDS
    ]


def parse(texts: Iterable[str], language: Language) -> list[Doc]:
    """Texts parsed, in order."""
    return list(pipeline(language).pipe(texts, batch_size=32, disable=ENTITIES))


def own_sentences(docs: Iterable[Doc], language: Language) -> list[Span]:
    """The sentences of parsed texts that aren't plainly in the other language."""
    return [
        sentence
        for doc in docs
        for sentence in doc.sents
        if not is_foreign(sentence.text, language)
    ]


def sentences(docs: Iterable[Doc]) -> list[Span]:
    """The sentences of parsed texts, in order."""
    return [sentence for doc in docs for sentence in doc.sents]


# -- words ---------------------------------------------------------------------------------------


def familiar_words() -> frozenset[str]:
    """Dale and Chall's list, as textstat carries it."""
    from textstat.backend.utils._get_lang_easy_words import get_lang_easy_words

    return frozenset(get_lang_easy_words("en"))


def vocabulary(spans: Iterable[Span]) -> dict[str, str]:
    """The content words (not names) of sentences, in lower case, each with a lemma."""
    return {
        token.lower_: token.lemma_.lower()
        for span in spans
        for token in span
        if is_vocabulary(token) and token.pos_ != "PROPN" and token.text.islower()
    }


def fit_words(words: Mapping[str, str]) -> WordModel:
    """The English word model from words seen in texts (form to lemma)."""
    listed = familiar_words()
    known = sorted(form for form in words if zipf(form, "en") > 0)
    features = np.array([word_features(form, "en") for form in known])
    unfamiliar = np.array([not {form, words[form]} & listed for form in known])
    mean, spread = features.mean(axis=0), features.std(axis=0)
    model = LogisticRegression(class_weight="balanced").fit((features - mean) / spread, unfamiliar)
    weights = model.coef_[0] / spread
    return _word_model(float(model.intercept_[0] - weights @ mean) - PRIOR, weights)


def french_words(english: WordModel, parallel: Mapping[Language, Iterable[Span]]) -> WordModel:
    """The word model for French: the English one, on frequencies and lengths moved and stretched.

    Over the words of the same texts, their mean and spread become those of the English.
    """
    moments = {}
    for language, spans in parallel.items():
        words = sorted(vocabulary(spans))
        features = np.array([word_features(word, language) for word in words])
        moments[language] = features.mean(axis=0), features.std(axis=0)
    (mean, spread), (own_mean, own_spread) = moments["en"], moments["fr"]
    weights = np.array([english.zipf, english.letters])
    own = weights * spread / own_spread
    return _word_model(english.intercept + float(weights @ mean - own @ own_mean), own)


def _word_model(intercept: float, weights: NDArray[np.float64]) -> WordModel:
    return WordModel(round(intercept, 4), *(round(float(weight), 4) for weight in weights))


# -- the scale -----------------------------------------------------------------------------------


def measured(sentences: Iterable[Span], words: Mapping[Language, WordModel]) -> list[Measured]:
    """What is counted in the sentences of a text."""
    found = (measure(sentence, words) for sentence in sentences)
    return [one for one in found if one is not None]


def french_shift(
    parallel: Mapping[Language, Sequence[Sequence[Measured]]],
) -> NDArray[np.float64]:
    """What is added to French features to have the English ones of the same texts; (n_features,).

    Matching their spread as well made parallel texts differ more when one pair was left out.
    """
    means = {
        language: np.mean([text_features(text) for text in texts], axis=0)
        for language, texts in parallel.items()
    }
    shift: NDArray[np.float64] = means["en"] - means["fr"]
    return shift


def level_differences(
    texts: Mapping[tuple[str, str], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Features of the harder less the easier of two levels of a text; (n_pairs, n_features)."""
    order = ("elementary", "intermediate", "advanced")
    return np.array(
        [
            texts[name, harder] - texts[name, easier]
            for name in sorted({name for name, _ in texts})
            for position, easier in enumerate(order)
            for harder in order[position + 1 :]
            if (name, easier) in texts and (name, harder) in texts
        ]
    )


def genre_differences(
    abstracts: NDArray[np.float64], news: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Features of abstracts less those of advanced news, drawn at random; (200, n_features).

    They teach what levels of one text can't, which share their names and terms.
    """
    draw = np.random.default_rng(0)
    return abstracts[draw.integers(0, len(abstracts), 200)] - news[draw.integers(0, len(news), 200)]


def fit_block(
    differences: NDArray[np.float64], block: Sequence[int], spread: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights (n_features,) of a block's features by which the harder of a pair comes out harder.

    None is negative; those of features outside the block are 0.
    """
    scaled = differences[:, block] / spread[block]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = scaled @ weights
        value = np.logaddexp(0, -margin).mean() + SHRINKAGE * weights @ weights
        slope = -(scaled / (1 + np.exp(margin))[:, None]).mean(axis=0) + 2 * SHRINKAGE * weights
        return float(value), slope

    start = np.full(len(block), 0.1)
    found = minimize(loss, start, jac=True, bounds=[(0, None)] * len(block))
    weights = np.zeros(len(FEATURES))
    weights[block] = found.x / spread[block]
    return weights


def fit_weights(
    levels: NDArray[np.float64], genres: NDArray[np.float64], news: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights (n_features,), in no unit yet: vocabulary's and syntax's in their ratio."""
    spread = news.std(axis=0)
    vocabulary_block = [FEATURES.index(name) for name in VOCABULARY]
    syntax_block = [n for n in range(len(FEATURES)) if n not in vocabulary_block]
    of_words = fit_block(np.vstack([levels, genres]), vocabulary_block, spread)
    of_syntax = fit_block(levels, syntax_block, spread)
    weights: NDArray[np.float64] = (
        RATIO * of_words / (news @ of_words).std() + of_syntax / (news @ of_syntax).std()
    )
    return weights


def anchor(
    scores: NDArray[np.float64], grades: NDArray[np.float64], share: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and intercept of the line that tells the grades from the scores, by least squares.

    ``share`` weighs the texts, so that each kind of text counts alike; shape (n_texts,) all.
    """
    slope, intercept = np.polyfit(scores, grades, 1, w=np.sqrt(share))
    return float(slope), float(intercept)


def formula_grades(texts: Iterable[str]) -> NDArray[np.float64]:
    """The median of the grade formulas for each text."""
    english = formulas("en")
    return np.array([median(getattr(english, name)(text) for name in ANCHORS) for text in texts])


# -- the interval --------------------------------------------------------------------------------


def runs(text: Sequence[Measured], words: int) -> list[list[Measured]]:
    """A text in stretches of whole sentences of at least so many words; what is left is dropped."""
    found: list[list[Measured]] = [[]]
    for one in text:
        if sum(sentence.words for sentence in found[-1]) >= words:
            found.append([])
        found[-1].append(one)
    return [run for run in found if sum(one.words for one in run) >= words]


def spread_by_length(texts: Sequence[Sequence[Measured]], scale: Scale) -> float:
    """Spread of one word's worth: how far stretches lie from their text, by the root of words."""
    spreads = []
    for words in STRETCHES:
        gaps = []
        for text in texts:
            whole = grade(text, scale).value
            gaps += [abs(grade(run, scale).value - whole) for run in runs(text, words)]
        spreads.append(float(np.quantile(gaps, COVERED)) / Z80 * words**0.5)
    return float(np.mean(spreads))


def parallel_gap(parallel: Mapping[Language, Sequence[Sequence[Measured]]], scale: Scale) -> float:
    """Spread of the difference between parallel sections: what no length makes up for."""
    gaps = []
    for english, french in zip(parallel["en"], parallel["fr"], strict=True):
        count = max(1, sum(one.words for one in english) // SECTION)
        sections = zip(parts_of(english, count), parts_of(french, count), strict=True)
        gaps += [grade(left, scale).value - grade(right, scale).value for left, right in sections]
    return float(np.quantile(np.abs(gaps), COVERED)) / Z80


def parts_of(text: Sequence[Measured], count: int) -> list[list[Measured]]:
    """A text in so many parts of like numbers of words."""
    total = sum(one.words for one in text)
    parts: list[list[Measured]] = [[] for _ in range(count)]
    seen = 0
    for one in text:
        parts[min(count - 1, seen * count // total)].append(one)
        seen += one.words
    return parts


# -- all of it -----------------------------------------------------------------------------------


def fit(data: Path) -> Scale:
    """The scale fitted on the public data."""
    news = records(data / "onestop/all.jsonl.xz")
    abstracts = [" ".join(r["source"]) for r in records(data / "scitldr/dev.jsonl.xz")][:ABSTRACTS]
    texts = [record["text"] for record in news] + abstracts
    docs = parse(texts, "en")
    parallel = {
        language: [sentences(parse(text, language)) for text in both]
        for language, both in parallel_texts(data).items()
    }
    return fit_on(news, texts, docs, parallel)


def fit_on(
    news: Sequence[Mapping[str, str]],
    texts: Sequence[str],
    docs: Sequence[Doc],
    parallel: Mapping[Language, Sequence[Sequence[Span]]],
) -> Scale:
    """The scale from parsed texts: news first, then abstracts, and the parallel sentences."""
    english = fit_words(vocabulary(sentences(docs)))
    both = {language: list(chain.from_iterable(parallel[language])) for language in parallel}
    words: dict[Language, WordModel] = {"en": english, "fr": french_words(english, both)}
    counted = [measured(doc.sents, words) for doc in docs]
    of_pairs = {
        language: [measured(text, words) for text in parallel[language]] for language in parallel
    }
    features = np.array([text_features(one) for one in counted])
    of_news, of_abstracts = features[: len(news)], features[len(news) :]
    levels = np.array([record["level"] for record in news])
    weights = fit_weights(
        level_differences(
            {
                (record["id"].rsplit("-", 1)[0], record["level"]): row
                for record, row in zip(news, of_news, strict=True)
            }
        ),
        genre_differences(of_abstracts, of_news[levels == "advanced"]),
        of_news,
    )
    kinds = np.append(levels, ["abstract"] * len(of_abstracts))
    share = np.array([1 / (kinds == kind).sum() for kind in kinds])
    per_score, intercept = anchor(features @ weights, formula_grades(texts), share)
    scale = Scale(
        words=words,
        shift={"en": np.zeros(len(FEATURES)), "fr": french_shift(of_pairs)},
        intercept=intercept,
        weights=weights * per_score,
        plain=of_news[levels == "elementary"].mean(axis=0),
        floor=0.0,
        spread=0.0,
    )
    return replace(
        scale,
        floor=parallel_gap(of_pairs, scale),
        spread=spread_by_length(counted[: len(news)], scale),
    )


def write(scale: Scale, folder: Path) -> None:
    """Write the scale as JSON, features by name, rounded to six places."""

    def named(values: NDArray[np.float64]) -> dict[str, float]:
        return {name: round(float(v), 6) for name, v in zip(FEATURES, values, strict=True)}

    fields = {
        "words": {language: asdict(model) for language, model in scale.words.items()},
        "shift": {language: named(values) for language, values in scale.shift.items()},
        "intercept": round(scale.intercept, 6),
        "weights": named(scale.weights),
        "plain": named(scale.plain),
        "floor": round(scale.floor, 6),
        "spread": round(scale.spread, 6),
    }
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(fields, indent=1) + "\n"
    (folder / "scale.json").write_text(text, encoding="utf-8")


def main(data: Path) -> None:
    """Fit the scale and seal it."""
    write(fit(data), WEIGHTS / "readability")
    seal(WEIGHTS / "readability")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
