"""Train the models of an exchange's points on exchanges read in full: ``… fit_points DATA``.

In: every file of labels in ``exchanges`` (``*.jsonl``: ``file``, a transcript in ``src`` beside it,
and ``points``, each a ``quote`` with its ``kind`` and ``weight``; ``bottom_line``, quotes); the
labels of ``benchmarks/points``, of meetings in ``qmsum_committee``, of debates in
``exchanges/public/fredsum.jsonl.xz`` and of exchanges beside them, and what somebody would begin a
brief with (``outcomes.jsonl``); exchanges of our own (``written_exchanges``); and the acts of
research and design meetings in ``exchanges/public`` (MRDA, AMI). Out: the artefact
``exchange_points`` and the figures of its card, by cross-validation over whole exchanges: what the
first regressions say of an exchange was learned from others.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

from corpus.document import LANGUAGES, Document, Language
from corpus.overlap import same
from corpus.readers import read, read_bytes
from models import exchange_points as points
from models import parsing
from models.artefacts import WEIGHTS
from models.exchange_points import ACTS, TARGETS, TWICE, Scores
from models.learned import Logistic
from models.point_features import Said, forms, said, words
from models.training import written_exchanges
from models.training.captions import webvtt
from models.training.seal import seal

POINTS = Path(__file__).parents[2] / "benchmarks" / "points"
SEED = 0
FOLDS = 5
#: What an exchange of our own counts beside one that was held; of .15, .5 and 1 the best for those.
OWN_WEIGHT = 0.5
#: The same of one that was held beside one of our own where exchanges of few sentences are weighed:
#: those that were held are committees of hours and debates. Of 1, .2 and 0 the best for our own by
#: cross-validation, and no worse for the others.
HELD_WEIGHT_FEW = 0.2
#: Inverse of how much large weights cost; chosen by cross-validation among .03, .05, .1, .2, .3, 1.
FREEDOM = {"forms": 0.05, "words": 1.0, "acts": 1.0, "close": 0.05, "vectors": 0.05}
BLEND_FREEDOM = 0.01
#: A feature is known where so many sentences have it.
KNOWN = {"forms": 5, "words": 3, "acts": 5, "close": 5}
#: Letters of the SHA-256 by which some labels name a sentence.
NAMED_BY = 12
#: Shorter quotes than this are found only as a whole, in words.
_SHORT = 4
#: Control characters that some transcripts have in the place of apostrophes' second half.
_STRAY = re.compile(r"[\u0080-\u009f]")
Row = dict[str, float]


@dataclass(frozen=True, slots=True)
class LabelledExchange:
    """An exchange's sentences in all views, and what each is."""

    name: str
    language: Language
    sentences: Sequence[Said]
    forms: Sequence[Row]
    words: Sequence[Row]
    labels: NDArray[np.bool_]
    """Shape (n_sentences, n_targets)."""
    weight: float = 1.0
    """How much each sentence counts in training."""


def labelled(data: Path) -> Iterator[LabelledExchange]:
    """The exchanges that labels name, each sentence with what it is."""
    for record, document in held(data):
        yield seen(record, document)
    for record, document in written_exchanges.records():
        yield seen(record, document, OWN_WEIGHT)


def held(data: Path) -> Iterator[tuple[dict[str, Any], Document]]:
    """The labels of each exchange that was held or was written for the suite, and the exchange."""
    for file in sorted((data / "exchanges").glob("*.jsonl")):
        for record in _lines(file):
            yield record, read(data / "exchanges" / "src" / record["file"])
    for file in sorted(POINTS.glob("own_*.jsonl")):
        for record in _lines(file):
            yield record, read(POINTS / record["file"])
    yield from _labelled_by_place(data, "labels.jsonl")


def aside(data: Path) -> Iterator[tuple[dict[str, Any], Document]]:
    """The same of those that are kept aside: nothing is ever learned from them."""
    yield from _labelled_by_place(data, "unseen.jsonl")


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _labelled_by_place(data: Path, name: str) -> Iterator[tuple[dict[str, Any], Document]]:
    """The meetings of QMSum and the debates of FREDSum of which a file's labels are places."""
    turns = {
        "qmsum-train": _committees(data / "qmsum_committee" / "train.jsonl.xz"),
        "qmsum-val": _committees(data / "qmsum_committee" / "val.jsonl.xz"),
        "fredsum": _debates(data / "exchanges" / "public" / "fredsum.jsonl.xz"),
    }
    outcomes = {one["file"]: one["outcomes"] for one in _lines(POINTS / "outcomes.jsonl")}
    by_meeting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for label in _lines(POINTS / name):
        by_meeting[label["file"]].append(label)
    for file, own in sorted(by_meeting.items()):
        source, number = Path(file).stem.rsplit("-", 1)
        said = turns[source][int(number)]
        texts = [f"{speaker}: {words}" for speaker, words in said]
        told = [{"quote": texts[one["turn"] - 1][one["start"] : one["end"]]} | one for one in own]
        document = read_bytes(webvtt(said).encode(), f"{file}.vtt")
        yield {"file": file, "points": told, "outcomes": outcomes.get(file, [])}, document


Turns = list[tuple[str, str]]
"""Who said what, in order."""


def _committees(path: Path) -> list[Turns]:
    """Each meeting's turns."""
    return [
        [(turn["speaker"], turn["content"]) for turn in meeting["meeting_transcripts"]]
        for meeting in _packed(path)
    ]


def _debates(path: Path) -> list[Turns]:
    """What each debate's summary rests on, in its order, each once."""
    return [
        list(
            dict.fromkeys(
                (turn["speaker"], turn["text"])
                for part in debate["communities"]
                for turn in part["extractive"]
            )
        )
        for debate in _packed(path)
    ]


def _packed(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def seen(record: dict[str, Any], document: Document, weight: float = 1.0) -> LabelledExchange:
    """One exchange with its labels."""
    sentences = said(document)
    parsing.forget()
    return LabelledExchange(
        record["file"],
        document.language,
        sentences,
        forms(sentences),
        [words(one.doc.text) for one in sentences],
        labels(record, [one.doc.text for one in sentences]),
        weight,
    )


def labels(record: dict[str, Any], texts: Sequence[str]) -> NDArray[np.bool_]:
    """What each sentence is, by the labelled quotes that it is a part of, or they of it.

    Outcomes are those that somebody chose as the exchange's; where nobody did, what must be told.
    """
    found = np.zeros((len(texts), len(TARGETS)), dtype=bool)
    point, must, outcome = (TARGETS.index(name) for name in ("point", "must", "outcome"))
    for label in record["points"]:
        for index in _places(label["quote"], texts):
            found[index, [TARGETS.index(label["kind"]), point]] = True
            if label["weight"] == 3:
                found[index, must] = True
    for quote in record.get("bottom_line", []):
        for index in _places(quote, texts):
            found[index, outcome] = True
    chosen = set(record.get("outcomes", []))
    found[:, outcome] |= [named(text) in chosen for text in texts]
    if not found[:, outcome].any():
        found[:, outcome] = found[:, must]
    return found


def named(text: str) -> str:
    """What a label calls a sentence: the first letters of the SHA-256 of its words."""
    return sha256(text.encode()).hexdigest()[:NAMED_BY]


def _places(quote: str, texts: Sequence[str]) -> Iterator[int]:
    quote = _STRAY.sub("", quote)
    for index, text in enumerate(texts):
        long = len(quote.split()) > len(text.split()) + 1
        if same(text, quote) and not (long and len(text.split()) < _SHORT):
            yield index


def acted(public: Path) -> tuple[list[Row], NDArray[np.float64]]:
    """Utterances of research and design meetings, and which act each is: NaN where nobody said."""
    rows: list[Row] = []
    acts: list[list[float]] = []
    nobody = float("nan")
    with lzma.open(public / "mrda_train.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            _, text, basic, _, act = line.rstrip("\n").split("|")
            if len(text.split()) < 3:
                continue
            own = [basic == "Q", act == "cc", act == "cs", *[nobody] * 4]
            rows.append(words(text))
            acts.append([float(one) for one in own])
            if basic == "Q" and len(rows) % 2:  # also where a transcript has no marks
                rows.append(words(text.replace("?", "")))
                acts.append(acts[-1])
    with lzma.open(public / "ami_train.jsonl.xz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if len(record["text"].split()) < 3:
                continue
            linked = ("decisions", "actions", "problems", "abstract")
            rows.append(words(record["text"]))
            acts.append([nobody] * 3 + [float(name in record["labels"]) for name in linked])
    return rows, np.array(acts)


# -- regressions -----------------------------------------------------------------------------------


def fitted(
    rows: Sequence[Row],
    told: NDArray[np.float64],
    view: str,
    weights: NDArray[np.float64] | None = None,
) -> Logistic:
    """A regression for each column over named rows; a row that a column says NaN of isn't in it.

    ``weights`` say how much each row counts: shape (n_rows,); all the same unless given.
    """
    names = DictVectorizer(sparse=True)
    table = names.fit_transform(rows).tocsr()
    often = np.asarray((table != 0).sum(axis=0)).ravel() >= KNOWN[view]
    known = tuple(name for name, keep in zip(names.feature_names_, often, strict=True) if keep)
    counts = np.ones(len(told)) if weights is None else weights
    return _fitted(table[:, often], told, FREEDOM[view], counts, known)


def _fitted(
    table: NDArray[np.float32] | sparse.csr_matrix,
    told: NDArray[np.float64],
    freedom: float,
    counts: NDArray[np.float64],
    names: tuple[str, ...] = (),
) -> Logistic:
    weights, intercept = [], []
    for column in told.T:
        own = ~np.isnan(column)
        if not column[own].any():  # nobody labelled one: it is never likely
            weights.append(np.zeros(table.shape[1]))
            intercept.append(-6.0)
            continue
        solver = "liblinear" if names else "lbfgs"
        model = LogisticRegression(C=freedom, max_iter=150, solver=solver, random_state=SEED)
        model.fit(table[own], column[own] > 0, sample_weight=counts[own])
        weights.append(model.coef_[0])
        intercept.append(model.intercept_[0])
    return Logistic(np.array(weights).T, np.array(intercept), names)


def weighed(
    table: NDArray[np.float32], told: NDArray[np.bool_], counts: NDArray[np.float64]
) -> Logistic:
    """A second regression over what others say, its scaling folded in."""
    weights, intercept = [], []
    for column in told.T:
        if not column.any():
            weights.append(np.zeros(table.shape[1]))
            intercept.append(-6.0)
            continue
        scale = StandardScaler().fit(table.astype(np.float64), sample_weight=counts)
        model = LogisticRegression(C=BLEND_FREEDOM, max_iter=1000, random_state=SEED)
        model.fit(scale.transform(table.astype(np.float64)), column, sample_weight=counts)
        own = model.coef_[0] / scale.scale_
        weights.append(own)
        intercept.append(model.intercept_[0] - own @ scale.mean_)
    return Logistic(np.array(weights).T, np.array(intercept))


def parts(exchanges: Sequence[LabelledExchange]) -> list[list[int]]:
    """Places of the exchanges kept, ``FOLDS`` times; each language spread over all.

    Those that were held are parted alike whatever stands beside them.
    """
    held = [place for place, one in enumerate(exchanges) if one.weight == 1]
    own = [place for place, one in enumerate(exchanges) if one.weight != 1]
    folds: list[list[int]] = [[] for _ in range(FOLDS)]
    for places in (held, own):
        order = np.random.default_rng(SEED).permutation(places).tolist()
        order.sort(key=lambda place: exchanges[place].language)  # stable
        for fold in range(FOLDS):
            folds[fold] += order[fold::FOLDS]
    return folds


@dataclass(frozen=True, slots=True)
class Learned:
    """The first regressions, from some exchanges."""

    forms: Logistic
    words: dict[Language, Logistic]


def first(exchanges: Sequence[LabelledExchange]) -> Learned:
    """Forms of all exchanges, words of each language's."""

    def of(view: str, own: Sequence[LabelledExchange]) -> Logistic:
        rows = [row for one in own for row in getattr(one, view)]
        return fitted(rows, _joined([one.labels for one in own]).astype(float), view, _counts(own))

    by_language = {
        language: of("words", [one for one in exchanges if one.language == language])
        for language in LANGUAGES
    }
    return Learned(of("forms", exchanges), by_language)


def table_of(
    one: LabelledExchange, learned: Learned, acts: Logistic, few: bool
) -> NDArray[np.float32]:
    """What the first weighing sees of an exchange, as of one of few sentences or not."""
    scores = [learned.forms.scores(one.forms), learned.words[one.language].scores(one.words)]
    act_odds = np.asarray(acts.scores(one.words), dtype=np.float64)
    act_odds[[sentence.language != "en" for sentence in one.sentences]] = 0.0
    return points.stacked(scores, act_odds, few)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What is looked at twice in an exchange, and all its sentences as they would then be seen."""

    places: NDArray[np.intp]
    vectors: NDArray[np.float32]
    close: Sequence[Row]


def _joined(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(values)


def _counts(exchanges: Sequence[LabelledExchange]) -> NDArray[np.float64]:
    """How much each of their sentences counts."""
    return _joined([np.full(len(one.labels), one.weight) for one in exchanges])


def crossed(
    exchanges: Sequence[LabelledExchange], acts: Logistic, out: Path | None = None
) -> list[NDArray[np.float64]]:
    """The probabilities of each exchange's sentences by what was learned from others.

    With ``out``, the weighings, which learn from these, are written there.
    """
    folds = parts(exchanges)
    tables: dict[int, NDArray[np.float32]] = {}
    short: dict[int, NDArray[np.float32]] = {}
    for kept in folds:
        learned = first([one for place, one in enumerate(exchanges) if place not in kept])
        tables |= {place: table_of(exchanges[place], learned, acts, few=False) for place in kept}
        short |= {place: table_of(exchanges[place], learned, acts, few=True) for place in kept}
        print(f"learned without {', '.join(exchanges[place].name for place in kept)}", flush=True)
    odds: dict[int, Scores] = {}
    few = [
        replace(one, weight=1.0 if one.weight == OWN_WEIGHT else HELD_WEIGHT_FEW)
        for one in exchanges
    ]
    for language in LANGUAGES:
        _weighed_once(few, folds, short, language, out and out / points.SHORT)
        odds |= _weighed_once(exchanges, folds, tables, language, out and out / points.FIRST)
    for language in TWICE:
        _weighed_twice(exchanges, folds, tables, odds, language, out)
    return [1 / (1 + np.exp(-odds[place])) for place in range(len(exchanges))]


def _weighed_once(
    exchanges: Sequence[LabelledExchange],
    folds: Sequence[Sequence[int]],
    tables: dict[int, NDArray[np.float32]],
    language: Language,
    out: Path | None,
) -> dict[int, Scores]:
    own = [place for place, one in enumerate(exchanges) if one.language == language]

    def learnt(places: Sequence[int]) -> Logistic:
        told = _joined([exchanges[p].labels for p in places])
        counts = _counts([exchanges[p] for p in places])
        return weighed(_joined([tables[p] for p in places]), told, counts)

    found: dict[int, Scores] = {}
    for kept in folds:
        model = learnt([place for place in own if place not in kept])
        found |= {place: model.scores(tables[place]) for place in kept if place in own}
    if out:
        learnt(own).write(out.with_name(out.name.format(language)))
    return found


def _weighed_twice(
    exchanges: Sequence[LabelledExchange],
    folds: Sequence[Sequence[int]],
    tables: dict[int, NDArray[np.float32]],
    odds: dict[int, Scores],
    language: Language,
    out: Path | None,
) -> None:
    own = [place for place, one in enumerate(exchanges) if one.language == language]
    looked: dict[int, LookedAt] = {}
    for place in own:
        one = exchanges[place]
        chosen = points.likeliest(odds[place], [True] * len(one.sentences))
        everything = np.arange(len(one.sentences))
        looked[place] = LookedAt(chosen, *points.closely(one.sentences, everything))

    def models(places: Sequence[int]) -> tuple[Logistic, Logistic]:
        told = _joined([exchanges[p].labels for p in places]).astype(float)
        counts = _counts([exchanges[p] for p in places])
        table = _joined([looked[p].vectors for p in places])
        rows = [row for p in places for row in looked[p].close]
        vectors = _fitted(table, told, FREEDOM["vectors"], counts)
        return vectors, fitted(rows, told, "close", counts)

    def table(place: int, own_models: tuple[Logistic, Logistic]) -> NDArray[np.float32]:
        chosen = looked[place].places
        by_vector, by_parse = own_models
        return np.hstack(
            [
                tables[place][chosen],
                odds[place][chosen],
                by_vector.scores(looked[place].vectors[chosen]),
                by_parse.scores([looked[place].close[index] for index in chosen]),
            ]
        ).astype(np.float32)

    seen_twice: dict[int, NDArray[np.float32]] = {}
    for kept in folds:
        others = models([place for place in own if place not in kept])
        seen_twice |= {place: table(place, others) for place in kept if place in own}

    def learnt(places: Sequence[int]) -> Logistic:
        told = _joined([exchanges[p].labels[looked[p].places] for p in places])
        counts = _joined([np.full(len(looked[p].places), exchanges[p].weight) for p in places])
        return weighed(_joined([seen_twice[p] for p in places]), told, counts)

    found: dict[int, Scores] = {}
    for kept in folds:
        model = learnt([place for place in own if place not in kept])
        found |= {place: model.scores(seen_twice[place]) for place in kept if place in own}
    if out:
        learnt(own).write(out / points.SECOND.format(language))
        vectors, close = models(own)
        vectors.write(out / points.VECTORS)
        close.write(out / points.CLOSE)
    for place, values in found.items():
        odds[place] = odds[place].copy()
        odds[place][looked[place].places] = values


def figures(
    exchanges: Sequence[LabelledExchange], found: Sequence[NDArray[np.float64]]
) -> Iterator[str]:
    """A line a target and language: how often it is, average precision, whether the best is it.

    Of exchanges that were held, not of our own.
    """
    for language in LANGUAGES:
        own = [
            i
            for i, one in enumerate(exchanges)
            if one.language == language and one.weight != OWN_WEIGHT
        ]
        told = _joined([exchanges[i].labels for i in own])
        odds = _joined([found[i] for i in own])
        for column, target in enumerate(TARGETS):
            best = np.mean([exchanges[i].labels[found[i][:, column].argmax(), column] for i in own])
            precision = average_precision_score(told[:, column], odds[:, column])
            yield (
                f"{language} {target:15} of all {told[:, column].mean():.3f}, "
                f"average precision {precision:.3f}, best one right {best:.3f}"
            )


def write(
    exchanges: Sequence[LabelledExchange], acts: Logistic, out: Path
) -> list[NDArray[np.float64]]:
    """Learn from some exchanges, write and seal it; their probabilities as learned from others."""
    out.mkdir(parents=True, exist_ok=True)
    acts.write(out / points.ACT_WORDS)
    found = crossed(exchanges, acts, out)
    learned = first(exchanges)
    learned.forms.write(out / points.FORMS)
    for language, model in learned.words.items():
        model.write(out / points.WORDS.format(language))
    seal(out)
    return found


def learned_acts(data: Path) -> Logistic:
    """The acts of research and design meetings, over words."""
    acts = fitted(*acted(data / "exchanges" / "public"), "acts")
    assert acts.weights.shape[1] == len(ACTS)
    return acts


def main(data: Path) -> None:
    """Train everything, print the figures, and seal it."""
    acts = learned_acts(data)
    exchanges = list(labelled(data))
    found = write(exchanges, acts, WEIGHTS / points.NAME)
    for line in figures(exchanges, found):
        print(line, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
