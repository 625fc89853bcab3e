"""Train the ranker of bottom lines on SciTLDR: ``python -m models.training.bottom_line DATA``.

What a sentence or wording is worth is its ROUGE against the summary that the abstract's authors
wrote (Cachola et al. 2020, TLDR: Extreme Summarization of Scientific Documents). Three models on
top of each other (``models.bottom_line``): the two later ones read what the earlier ones say of
abstracts that those haven't seen, by cross-validation. A third of the abstracts is read without
its title, so that the models do with and without.

The roles' encoder, which is heard besides, was trained on other abstracts (CSAbstruct): train it
first (``python -m models.training.roles``).

Prints the cross-validated figures of the model card; the same data give the same weights.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rouge_score.rouge_scorer import RougeScorer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

from corpus.document import Language
from models import encoder, roles_encoder
from models.artefacts import WEIGHTS
from models.bottom_line_features import (
    Abstract,
    Row,
    abstract,
    context_rows,
    in_context,
    role_rows,
    sentence_rows,
    word_rows,
    wording_row,
)
from models.bottom_line_ranker import (
    LINEAR,
    NAME,
    TREES,
    ContextModels,
    Linear,
    Ranker,
    sentence_scores,
    wordings,
)
from models.learned import Trees
from models.parsing import pipeline
from models.roles_encoder import ReadAbstract
from models.shortening import Form, lemmas
from models.training import from_sklearn
from models.training.seal import seal

FOLDS, SEED = 5, 0
#: Share of the abstracts that are read with their title.
TITLED = 2 / 3
#: Chosen by cross-validation among 3, 30 and 300; flat between.
SENTENCE_PENALTY, WORDING_PENALTY = 30.0, 100.0
#: Chosen by cross-validation among 1000, 3000 and 10000; within 0.1 ROUGE-1 of each other.
CONTEXT_PENALTY = 3000.0
#: A word's prior is its count and this many of the mean share (a beta prior).
PRIOR_WEIGHT = 5.0
#: Words that fewer abstracts have get no prior.
PRIOR_SEEN = 5
_SCORER = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)


@dataclass(frozen=True, slots=True)
class SummaryExample:
    """An abstract with its summary, read."""

    own: Abstract
    rows: tuple[Row, ...]
    worth: NDArray[np.float64]
    """ROUGE of each sentence: the mean of 1, 2 and L; shape (n_sentences,)."""
    summary: frozenset[str]
    """Lemmas of the summary."""
    target: str
    docs: tuple[Any, ...]
    reading: ReadAbstract
    """What the roles' encoder saw."""


def rouge(text: str, target: str) -> NDArray[np.float64]:
    """ROUGE-1, 2 and L, F-measures: float64, shape (3,)."""
    scores = _SCORER.score(target, text)
    return np.array([scores[name].fmeasure for name in ("rouge1", "rouge2", "rougeL")])


def read(path: Path) -> list[SummaryExample]:
    """The abstracts of a SciTLDR file, parsed and encoded."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    nlp = pipeline("en")
    sources = [[" ".join(text.split()) for text in record["source"]] for record in records]
    flat = [text for source in sources for text in source]
    titles = [record["title"] for record in records]
    vectors = encoder.encode([*flat, *titles])
    readings = roles_encoder.read(sources)
    docs = iter(nlp.pipe(flat))
    title_docs, summaries = nlp.pipe(titles), nlp.pipe([r["target"][0] for r in records])
    titled = np.random.default_rng(SEED).random(len(records)) < TITLED
    examples, start = [], 0
    for number, (source, record) in enumerate(zip(sources, records, strict=True)):
        own = tuple(next(docs) for _ in source)
        title = (next(title_docs), vectors[len(flat) + number])
        read = abstract(
            own,
            vectors[start : start + len(source)],
            "en",
            title if titled[number] else None,
        )
        start += len(source)
        target = record["target"][0]
        worth = np.array([rouge(text, target).mean() for text in source])
        summary = frozenset(lemmas(next(summaries)))
        examples.append(
            SummaryExample(
                read, tuple(sentence_rows(read)), worth, summary, target, own, readings[number]
            )
        )
    return examples


def ridge(rows: Sequence[Row], target: NDArray[np.float64], penalty: float) -> Linear:
    """A ridge regression over standardized features; those that never vary are left out."""
    names = sorted(name for name in rows[0] if len({row[name] for row in rows}) > 1)
    table = np.array([[row[name] for name in names] for row in rows])
    scaler = StandardScaler().fit(table)
    model = Ridge(penalty).fit(scaler.transform(table), target)

    def named(values: NDArray[np.float64]) -> dict[str, float]:
        return dict(zip(names, np.round(values, 6).tolist(), strict=True))

    return Linear(named(scaler.mean_), named(scaler.scale_), named(model.coef_))


def above_mean(values: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Each abstract's values, above their mean, in a row."""
    return np.concatenate([own - own.mean() for own in values])


def train_sentences(examples: Sequence[SummaryExample]) -> Linear:
    """The model that weighs sentences."""
    rows = [row for example in examples for row in example.rows]
    return ridge(rows, above_mean([example.worth for example in examples]), SENTENCE_PENALTY)


def train_context(examples: Sequence[SummaryExample]) -> Linear:
    """The model that weighs sentences as the roles' encoder read them."""
    rows = [row for example in examples for row in context_rows(example.reading)]
    return ridge(rows, above_mean([example.worth for example in examples]), CONTEXT_PENALTY)


Scores = Sequence[NDArray[np.float64]]


def priors(examples: Sequence[SummaryExample]) -> tuple[Counter[str], Counter[str]]:
    """How many abstracts have each word, and how many of their summaries."""
    seen, kept = Counter[str](), Counter[str]()
    for example in examples:
        own = {word for words in example.own.words for word in words}
        seen.update(own)
        kept.update(own & example.summary)
    return seen, kept


def prior(
    seen: Counter[str], kept: Counter[str], without: SummaryExample | None = None
) -> dict[str, float]:
    """How often a summary keeps each word, ``without`` one abstract's own say."""
    own = {word for words in without.own.words for word in words} if without else set(seen)
    share = kept.total() / seen.total()
    found = {}
    for word in own:
        less = int(without is not None)
        hits = kept[word] - (less if without and word in without.summary else 0)
        count = seen[word] - less
        if count >= PRIOR_SEEN:
            found[word] = (hits + PRIOR_WEIGHT * share) / (count + PRIOR_WEIGHT)
    return found


def train_words(examples: Sequence[SummaryExample], scores: Scores, language: Language) -> Trees:
    """The trees that tell which words a summary keeps."""
    seen, kept = priors(examples)
    table, target = [], []
    for example, own in zip(examples, scores, strict=True):
        known = prior(seen, kept, example) if language == "en" else {}
        for word, row in word_rows(example.own, own, known).items():
            table.append(row)
            target.append(word in example.summary)
    model = HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=80,
        l2_regularization=1.0,
        random_state=SEED,
    ).fit(np.array(table), np.array(target))
    return from_sklearn.trees(model)


@dataclass(frozen=True, slots=True)
class Told:
    """A wording, its features, and what it is worth."""

    form: Form
    row: Row
    context: Row
    rouge: NDArray[np.float64]


def tell(
    example: SummaryExample,
    kept: dict[str, float],
    scores: NDArray[np.float64],
    worth: NDArray[np.float64],
) -> list[Told]:
    """All wordings of an abstract's bottom line; ``worth``: of its sentences in their context."""
    roles = role_rows(example.reading)
    return [
        Told(
            form,
            wording_row(form, kept, [float(scores[index]) for index in at], "en"),
            in_context(worth.tolist(), roles, at),
            rouge(form.text, example.target),
        )
        for form, at in wordings(example.docs, scores, "en")
    ]


def train_wordings(told: Sequence[Sequence[Told]], context: bool) -> Linear:
    """The model that weighs wordings: half by ROUGE-1, half by the mean of all three.

    ``context``: whether it hears the roles' encoder.
    """
    rows = [one.row | one.context if context else one.row for own in told for one in own]
    target = above_mean(
        [np.array([(one.rouge[0] + one.rouge.mean()) / 2 for one in own]) for own in told]
    )
    return ridge(rows, target, WORDING_PENALTY)


def folds(count: int) -> Iterator[tuple[list[int], list[int]]]:
    """The abstracts to train on and those held out, fold by fold."""
    order = np.random.default_rng(SEED).permutation(count) % FOLDS
    for fold in range(FOLDS):
        yield np.flatnonzero(order != fold).tolist(), np.flatnonzero(order == fold).tolist()


def pick(items: Sequence[Any], indices: Sequence[int]) -> list[Any]:
    """The items at these indices."""
    return [items[index] for index in indices]


def best(model: Linear, told: Sequence[Told]) -> Told:
    """The wording that a model puts first."""
    return max(told, key=lambda one: sum(model.parts(one.row | one.context).values()))


def train(examples: Sequence[SummaryExample]) -> tuple[Ranker, Trees]:
    """The models of English, and the trees of French; prints what cross-validation says."""
    count = len(examples)
    scores: list[NDArray[np.float64]] = [np.zeros(0)] * count
    worth: list[NDArray[np.float64]] = [np.zeros(0)] * count
    for known, held in folds(count):
        sentences = train_sentences(pick(examples, known))
        for index in held:
            scores[index] = sentence_scores(sentences, examples[index].rows)
        context = train_context(pick(examples, known))
        for index in held:
            worth[index] = sentence_scores(context, context_rows(examples[index].reading))
    report(
        "sentences", examples, [e.worth[s.argmax()] for e, s in zip(examples, scores, strict=True)]
    )
    told: list[list[Told]] = [[]] * count
    for known, held in folds(count):
        trees = train_words(pick(examples, known), pick(scores, known), "en")
        seen_kept = prior(*priors(pick(examples, known)))
        for index in held:
            rows = word_rows(examples[index].own, scores[index], seen_kept)
            likely = trees.probabilities(np.array(list(rows.values())))
            kept = dict(zip(rows, likely, strict=True))
            told[index] = tell(examples[index], kept, scores[index], worth[index])
    for name, heard in (("wordings without context", False), ("wordings", True)):
        chosen: list[Told | None] = [None] * count
        for known, held in folds(count):
            wording = train_wordings(pick(told, known), heard)
            for index in held:
                chosen[index] = best(wording, told[index])
        report(name, examples, [one.rouge for one in chosen if one])
    report("possible", examples, [max((o.rouge for o in own), key=lambda r: r[0]) for own in told])
    ranker = Ranker(
        train_sentences(examples),
        train_words(examples, scores, "en"),
        train_wordings(told, context=False),
        {word: round(share, 4) for word, share in sorted(prior(*priors(examples)).items())},
        ContextModels(train_context(examples), train_wordings(told, context=True)),
    )
    return ranker, train_words(examples, scores, "fr")


def report(name: str, examples: Sequence[SummaryExample], values: Sequence[Any]) -> None:
    """Print mean ROUGE in per cent, over all and by whether the title was read."""
    table = 100 * np.array(values)
    titled = np.array([bool(example.own.title) for example in examples])
    for which, rows in (("all", titled | True), ("with title", titled), ("without", ~titled)):
        print(f"{name}, {which}:", np.round(table[rows].mean(axis=0), 2))


def write(ranker: Ranker, french: Trees, folder: Path) -> None:
    """The artefact's files."""
    folder.mkdir(parents=True, exist_ok=True)
    linear = {
        "sentences": asdict(ranker.sentences),
        "wordings": asdict(ranker.wordings),
        "prior": ranker.prior,
        "context": asdict(ranker.context) if ranker.context else None,
    }
    text = json.dumps(linear, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / LINEAR).write_text(f"{text}\n", encoding="utf-8")
    for language, trees in (("en", ranker.words), ("fr", french)):
        trees.write(folder / TREES.format(language))


def main(data: Path) -> None:
    """Train on the training file and seal what was learned."""
    examples = read(data / "scitldr" / "train.jsonl.xz")
    write(*train(examples), WEIGHTS / NAME)
    seal(WEIGHTS / NAME)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
