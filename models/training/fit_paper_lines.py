"""Train how a paper's sentences are judged as lines of a brief: ``… fit_paper_lines DATA``.

In: the labels in ``benchmarks/lines`` (``papers.jsonl``: of the likeliest sentences of each paper
of ``slots``, what an editor made of them, each named by the SHA-256 of its words; ``likely.npz``:
how likely each sentence of these papers does what, by models that had not seen the paper, as
``fit_functions`` writes it). Out: the artefact ``paper_lines``, and the figures of its card, by
cross-validation over whole papers.
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
from sklearn.metrics import average_precision_score, roc_auc_score

from models import paper_lines
from models.artefacts import WEIGHTS
from models.function_features import located
from models.paper_lines import understood_features, worth_features
from models.roles_features import Features
from models.sentence_functions import FUNCTIONS
from models.stated_parts import as_stated
from models.training.fit_functions import LIKELY, records
from models.training.fit_points import named
from models.training.named_rows import crossed_rows, fitted_rows
from models.training.seal import seal

FILES = {"understood": paper_lines.UNDERSTOOD, "worth": paper_lines.WORTH}
LABELS = LIKELY.with_name("papers.jsonl")
#: Inverse of how much large weights cost; of .001 to .03 the best by cross-validation.
FREEDOM = {"understood": 0.01, "worth": 0.01}
#: What an editor prints among the findings: results and conclusions, from this mark (0 to 3) on.
RESULTS, PRINTED = ("finding", "conclusion"), 2
#: A sentence that nothing is known of does nothing.
UNKNOWN = 0.01


@dataclass(frozen=True, slots=True)
class LabelledLines:
    """The labelled sentences of one paper."""

    name: str
    understood: Sequence[Features]
    worth: Sequence[Features]
    labels: Sequence[dict[str, Any]]


def labelled(slots: Path) -> Iterator[LabelledLines]:
    """The labelled sentences of each paper, with what they are judged by."""
    labels: dict[str, dict[str, dict[str, Any]]] = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        labels.setdefault(label["file"], {})[label["sentence"]] = label
    judged = np.load(LIKELY)
    for record, document in records(slots):
        file = record["file"]
        own = labels.get(file, {})
        known = dict(zip(judged[f"{file}:names"].tolist(), judged[f"{file}:likely"], strict=True))
        sentences = located(document)
        docs = [one.doc for one in sentences]
        names = [named(doc.text) for doc in docs]
        nothing = np.full(len(FUNCTIONS), UNKNOWN)
        likely = np.array([known.get(name, nothing) for name in names], dtype=np.float64)
        functions = as_stated(likely, sentences, document.language)
        places = [place for place, name in enumerate(names) if name in own]
        rows = understood_features(docs, functions, document.title or "")
        worth = worth_features(functions)
        yield LabelledLines(
            file,
            [rows[place] for place in places],
            [worth[place] for place in places],
            [own[names[place]] for place in places],
        )


def is_understood(label: dict[str, Any]) -> bool:
    """Whether a reader understands a sentence under the title alone."""
    return bool(label["stands"] == "yes")


def is_worth(label: dict[str, Any]) -> bool:
    """Whether an editor prints a sentence among what was found."""
    return label["is"] in RESULTS and label["worth"] >= PRINTED


def write(papers: Sequence[LabelledLines], out: Path) -> None:
    """Learn both from some papers, write and seal them."""
    out.mkdir(parents=True, exist_ok=True)
    for key, rows, told in tables(papers):
        every = [row for own in rows for row in own]
        right = [one for own in told for one in own]
        fitted_rows(every, right, FREEDOM[key]).write(out / FILES[key])
    seal(out)


def tables(
    papers: Sequence[LabelledLines],
) -> Iterator[tuple[str, list[Sequence[Features]], list[list[bool]]]]:
    """What each of the two is learned from: a paper's rows, and whether each is so."""
    understood = [[is_understood(label) for label in one.labels] for one in papers]
    worth = [[is_worth(label) for label in one.labels] for one in papers]
    yield "understood", [one.understood for one in papers], understood
    yield "worth", [one.worth for one in papers], worth


def main(data: Path) -> None:
    """Train both, print the figures, and seal them."""
    papers = list(labelled(data / "slots"))
    print(f"{sum(len(one.labels) for one in papers)} sentences of {len(papers)} papers")
    groups = [one.name for one in papers]
    for key, rows, told in tables(papers):
        found = crossed_rows(rows, told, groups, FREEDOM[key])
        print(f"{key}: {_figures(found, told)}", flush=True)
    write(papers, WEIGHTS / paper_lines.NAME)


def _figures(found: Sequence[NDArray[np.float64]], told: Sequence[Sequence[bool]]) -> str:
    odds, right = np.concatenate(found), np.array([one for own in told for one in own])
    area, precision = roc_auc_score(right, odds), average_precision_score(right, odds)
    return (
        f"area under the curve {area:.3f}, average precision {precision:.3f} of {right.mean():.3f}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
