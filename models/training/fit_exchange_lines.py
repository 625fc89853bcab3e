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
from sklearn.metrics import roc_auc_score

from corpus.document import LANGUAGES, Language
from models import replies, standalone
from models.artefacts import WEIGHTS
from models.point_features import Said, language_of
from models.replies import answer_features, said_after
from models.roles_features import Features
from models.standalone import standalone_features
from models.training.fit_points import (
    POINTS,
    LabelledExchange,
    crossed,
    labelled,
    learned_acts,
    named,
)
from models.training.named_rows import crossed_rows, fitted_rows
from models.training.seal import seal

#: Inverse of how much large weights cost; of .03 to 3 and .03 to .3 the best by cross-validation,
#: by less than .01.
FREEDOM = {"standalone": 0.1, "answers": 0.1}
#: The figures of the card are for answers from these probabilities on.
TOLD_FROM = (0.3, 0.35, 0.5)


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what is said after it, and which of that answers it."""

    name: str
    rows: Sequence[Features]
    right: Sequence[bool]
    answered: bool


def lines_by_file(name: str) -> dict[str, list[dict[str, Any]]]:
    """The labels of a file in ``benchmarks/points``, by the exchange that they are of."""
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
        told = (*label["answers"], *label.get("also", ()))
        right = [named(sentences[place].doc.text) in told for place in after]
        rows = answer_features(sentences[index].doc, found)
        yield LabelledQuestion(name, rows, right, bool(label["answers"]))


def _figures_of_answers(asked: Sequence[LabelledQuestion]) -> Iterator[str]:
    found = crossed_rows(
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


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence, and whether somebody who wasn't there understands it."""

    name: str
    row: Features
    stands: bool
    language: Language


def learned_from(
    exchanges: Sequence[LabelledExchange], likely: Sequence[NDArray[np.float64]]
) -> tuple[list[LabelledSentence], list[LabelledQuestion]]:
    """The labelled sentences and questions of exchanges; ``likely`` as learned from others."""
    standing, asking = lines_by_file("standing.jsonl"), lines_by_file("answers.jsonl")
    alone: list[LabelledSentence] = []
    asked: list[LabelledQuestion] = []
    for one, own in zip(exchanges, likely, strict=True):
        found = _of_standing(one.sentences, standing.get(one.name, ()))
        alone += [LabelledSentence(one.name, *values) for values in found]
        asked += _of_answers(one.name, one.sentences, own, asking.get(one.name, ()))
    return alone, asked


def write(alone: Sequence[LabelledSentence], asked: Sequence[LabelledQuestion], out: Path) -> None:
    """Learn both, write and seal them."""
    out.mkdir(parents=True, exist_ok=True)
    rows, stands = [one.row for one in alone], [one.stands for one in alone]
    fitted_rows(rows, stands, FREEDOM["standalone"]).write(out / standalone.FILE)
    fitted_rows(
        [row for one in asked for row in one.rows],
        [right for one in asked for right in one.right],
        FREEDOM["answers"],
    ).write(out / replies.FILE)
    seal(out)


def main(data: Path) -> None:
    """Train both, print the figures, and seal them."""
    exchanges = list(labelled(data))
    alone, asked = learned_from(exchanges, crossed(exchanges, learned_acts(data)))
    print(f"{len(alone)} sentences, {len(asked)} questions", flush=True)
    found = crossed_rows(
        [[one.row] for one in alone],
        [[one.stands] for one in alone],
        [one.name for one in alone],
        FREEDOM["standalone"],
    )
    for language in LANGUAGES:
        its = [i for i, one in enumerate(alone) if one.language == language]
        area = roc_auc_score([alone[i].stands for i in its], [found[i][0] for i in its])
        print(f"standalone {language}: {len(its)} sentences, area under the curve {area:.3f}")
    for line in _figures_of_answers(asked):
        print(line, flush=True)
    write(alone, asked, WEIGHTS / replies.NAME)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
