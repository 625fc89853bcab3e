"""Train what an exchange's lines are chosen by: ``… fit_exchange_lines DATA``.

In: the labels in ``benchmarks/points`` (``standing.jsonl``: whether a sentence is understood by
somebody who wasn't there; ``answers.jsonl``: which sentences answer a question), each naming its
sentences by the SHA-256 of their words; the exchanges that ``fit_points`` learns from, and what it
says of each by what it learned from others. Out: the artefact ``exchange_lines``, and the figures
of its card, by cross-validation over whole exchanges.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from corpus.document import LANGUAGES, Language
from models import replies, standalone
from models.artefacts import WEIGHTS
from models.learned import Logistic
from models.point_features import Said, language_of
from models.replies import answer_features, said_after
from models.roles_features import Features
from models.standalone import standalone_features
from models.training.fit_points import FOLDS, POINTS, acted, crossed, fitted, labelled, named
from models.training.seal import seal

SEED = 0
#: Inverse of how much large weights cost; of .03 to 3 and .03 to .3 the best by cross-validation,
#: by less than .01.
FREEDOM = {"standalone": 0.1, "answers": 0.1}
#: A feature is known where so many rows have it.
KNOWN = 5
#: The figures of the card are for answers from these probabilities on.
TOLD_FROM = (0.3, 0.35, 0.5)


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what is said after it, and which of that answers it."""

    name: str
    rows: Sequence[Features]
    right: Sequence[bool]
    answered: bool


def _lines(name: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in (POINTS / name).read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        found.setdefault(label["file"], []).append(label)
    return found


def _of_standing(
    sentences: Sequence[Said], own: Sequence[dict[str, Any]]
) -> Iterator[tuple[Features, bool, Language]]:
    docs = {named(one.doc.text): one.doc for one in sentences}
    for label in own:
        if doc := docs.get(label["sentence"]):
            yield standalone_features(doc), label["stands"] == "yes", language_of(doc)


def _of_answers(
    name: str,
    sentences: Sequence[Said],
    likely: NDArray[np.float64],
    own: Sequence[dict[str, Any]],
) -> Iterator[LabelledQuestion]:
    places = {named(one.doc.text): index for index, one in enumerate(sentences)}
    docs, speakers = [one.doc for one in sentences], [one.speaker for one in sentences]
    for label in own:
        if label["question"] not in places:
            continue
        index = places[label["question"]]
        after, found = said_after(docs, speakers, likely, index)
        right = [named(sentences[place].doc.text) in label["answers"] for place in after]
        rows = answer_features(sentences[index].doc, found)
        yield LabelledQuestion(name, rows, right, bool(label["answers"]))


def _learnt(rows: Sequence[Features], told: Sequence[bool], freedom: float) -> Logistic:
    """A regression over named rows, its scaling folded in."""
    names = DictVectorizer(sparse=False)
    table = names.fit_transform(rows)
    often = (table != 0).sum(axis=0) >= KNOWN
    known = [name for name, keep in zip(names.feature_names_, often, strict=True) if keep]
    scale = StandardScaler().fit(table[:, often])
    model = LogisticRegression(C=freedom, max_iter=3000, random_state=SEED)
    model.fit(scale.transform(table[:, often]), told)
    weights = model.coef_[0] / scale.scale_
    intercept = model.intercept_ - weights @ scale.mean_
    return Logistic(weights[:, None], intercept, tuple(known))


def _crossed(
    rows: Sequence[Sequence[Features]],
    told: Sequence[Sequence[bool]],
    groups: Sequence[str],
    freedom: float,
) -> list[NDArray[np.float64]]:
    """The probabilities of each group of rows by what was learned from other exchanges."""
    order = sorted(set(groups))
    fold = {name: place % FOLDS for place, name in enumerate(order)}
    found: list[NDArray[np.float64]] = [np.zeros(0)] * len(rows)
    for kept in range(FOLDS):
        others = [place for place, name in enumerate(groups) if fold[name] != kept]
        model = _learnt(
            [row for place in others for row in rows[place]],
            [one for place in others for one in told[place]],
            freedom,
        )
        for place, name in enumerate(groups):
            if fold[name] == kept and rows[place]:
                found[place] = model.likely(rows[place])[:, 0]
    return found


def _figures_of_answers(asked: Sequence[LabelledQuestion]) -> Iterator[str]:
    found = _crossed(
        [one.rows for one in asked],
        [one.right for one in asked],
        [one.name for one in asked],
        FREEDOM["answers"],
    )
    for least in TOLD_FROM:
        best = [
            (int(own.argmax()), one)
            for own, one in zip(found, asked, strict=True)
            if len(own) and own.max() >= least
        ]
        right = sum(one.right[place] for place, one in best)
        yield (
            f"answers from {least}: {len(best)} of {len(asked)} questions, right {right}, "
            f"of {sum(one.answered for one in asked)} that are answered"
        )


def main(data: Path) -> None:
    """Train both, print the figures, and seal them."""
    rows, told = acted(data / "exchanges" / "public")
    exchanges = list(labelled(data))
    likely = crossed(exchanges, fitted(rows, told, "acts"))
    standing, asking = _lines("standing.jsonl"), _lines("answers.jsonl")
    alone: list[tuple[str, Features, bool, Language]] = []
    asked: list[LabelledQuestion] = []
    for one, own in zip(exchanges, likely, strict=True):
        alone += [(one.name, *x) for x in _of_standing(one.sentences, standing.get(one.name, ()))]
        asked += _of_answers(one.name, one.sentences, own, asking.get(one.name, ()))
    print(f"{len(alone)} sentences, {len(asked)} questions", flush=True)
    found = _crossed(
        [[row] for _, row, _, _ in alone],
        [[yes] for _, _, yes, _ in alone],
        [name for name, *_ in alone],
        FREEDOM["standalone"],
    )
    for language in LANGUAGES:
        its = [i for i, one in enumerate(alone) if one[3] == language]
        area = roc_auc_score([alone[i][2] for i in its], [found[i][0] for i in its])
        print(f"standalone {language}: {len(its)} sentences, area under the curve {area:.3f}")
    for line in _figures_of_answers(asked):
        print(line, flush=True)
    out = WEIGHTS / replies.NAME
    out.mkdir(parents=True, exist_ok=True)
    stands = [one[2] for one in alone]
    _learnt([one[1] for one in alone], stands, FREEDOM["standalone"]).write(out / standalone.FILE)
    _learnt(
        [row for one in asked for row in one.rows],
        [right for one in asked for right in one.right],
        FREEDOM["answers"],
    ).write(out / replies.FILE)
    seal(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
