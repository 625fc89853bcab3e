"""What do whole drafts tell of papers that nothing was learned from?

    python benchmarks/unseen_drafts.py DATA --keep FOLDER [--half odd|even] [--processes N]
                                       [--briefs FOLDER]

The labelled papers of ``DATA/slots`` are what the models of a paper's sentences learned from
(``functions``, ``paper_lines``, ``study_kind``), so drafts of them by the shipped weights flatter.
Here all three are learned five times, each time from four fifths of the papers and those of our
own, and each paper is drafted with those that had not seen it; every other artefact is the shipped
one and never saw these papers' labels. The figures are those of the suite ``slots``, for the odd
and the even ones of the papers in the order of their names, and for all. Who mends a fault looks at
drafts of one half alone; the other half says whether a kind of fault was mended.

Learning takes half an hour and is done once: the weights stay in ``--keep``, and what is there is
taken as it is; name an empty folder where anything that is learned, or learned from, has changed.
Drafting takes ten minutes on two cores. ``--briefs`` writes each draft as JSON, to be read beside
its labels.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.folds import (
    HALVES,
    close,
    complete,
    each_in_a_process,
    folds,
    half_of,
    print_table,
    with_weights,
)
from corpus.readers import read
from models import paper_lines, sentence_functions, study_kind
from models.training import fit_functions, fit_paper_lines, fit_study_kind
from pipelines.brief import to_json
from pipelines.draft import draft
from pipelines.suites import evaluate_slots as slots
from pipelines.suites.evaluate_slots import Shares, SlotLabels

LEARNED = (sentence_functions.NAME, paper_lines.NAME, study_kind.NAME)


@dataclass(frozen=True, slots=True)
class Fold:
    """Papers, and the weights that had not seen them."""

    weights: Path
    papers: tuple[tuple[Path, SlotLabels], ...]
    briefs: Path | None
    """Where their drafts are written."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What one draft tells of its paper."""

    name: str
    shares: Shares
    grades: tuple[float, ...]


# -- learning --------------------------------------------------------------------------------------


def learn(data: Path, keep: Path) -> None:
    """Write each fold's weights, which nothing is changed in afterwards."""
    own = data / "slots"
    seen, count = fit_functions.seen_papers(own)
    lines = list(fit_paper_lines.labelled(own))
    kinds = [list(fit_study_kind.examples([record])) for record in fit_functions.records(own)]
    written = list(fit_study_kind.written())
    names = [one.name for one in lines]
    for number, (kept, learned) in enumerate(fit_functions.unseen(seen, count)):
        fold = keep / str(number)
        fold.mkdir(parents=True, exist_ok=True)
        others = [place for place in range(count) if place not in kept]
        learned.write(fold / sentence_functions.NAME)
        fit_paper_lines.write([lines[place] for place in others], fold / paper_lines.NAME)
        examples = [one for place in others for one in kinds[place]]
        fit_study_kind.write([*examples, *written], fold / study_kind.NAME)
        close(fold, [names[place] for place in kept])


# -- drafting --------------------------------------------------------------------------------------


def drafts(fold: Fold) -> list[Drafted]:
    """The fold's papers, drafted with its weights; in a process where nothing is loaded yet."""
    with_weights(fold.weights)
    return [_drafted(paper, labels, fold.briefs) for paper, labels in fold.papers]


def _drafted(paper: Path, labels: SlotLabels, briefs: Path | None) -> Drafted:
    document = read(paper)
    brief = draft(document)
    if briefs:
        (briefs / f"{paper.stem}.json").write_text(to_json(brief), encoding="utf-8")
    told = slots.shares(slots.lines_of(brief), labels)
    kind = {"design_accuracy": slots.kind_is_right(brief, labels)}
    return Drafted(paper.name, {**told, **kind}, tuple(slots.grades_of(brief, document)))


def figures(drafted: Iterable[Drafted]) -> dict[str, float | None]:
    """What they tell together."""
    drafted = list(drafted)
    found = slots.summed([one.shares for one in drafted]) if drafted else {}
    grades = [grade for one in drafted for grade in one.grades]
    return {**found, "told_grade": round(statistics.median(grades), 2) if grades else None}


def main() -> None:
    """Learn where that is still to do, draft, and print the figures of each half and of all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--keep", type=Path, required=True, help="where the folds' weights stay")
    parser.add_argument("--half", choices=HALVES, help="draft these alone")
    parser.add_argument("--processes", type=int, default=1, help="folds drafted at a time")
    parser.add_argument("--briefs", type=Path, help="where the drafts are written")
    given = parser.parse_args()
    if not complete(given.keep, fit_functions.FOLDS):
        learn(given.data, given.keep)
    if given.briefs:
        given.briefs.mkdir(parents=True, exist_ok=True)
    own = given.data / "slots"
    labels = {name: one for part in ("train", "dev") for name, one in _labels(own, part)}
    half = half_of(list(labels))
    wanted = {name for name in labels if given.half in (None, half[name])}
    work = [
        Fold(
            fold,
            tuple((own / "papers" / name, labels[name]) for name in kept if name in wanted),
            given.briefs,
        )
        for fold, kept in folds(given.keep, fit_functions.FOLDS, LEARNED)
    ]
    drafted = each_in_a_process(drafts, work, given.processes)
    columns = {
        name: figures(one for one in drafted if half[one.name] == name) for name in HALVES
    } | {"all": figures(drafted)}
    print_table(columns)


def _labels(own: Path, part: str) -> Iterator[tuple[str, SlotLabels]]:
    return slots.labels_of(own / f"{part}.jsonl")


if __name__ == "__main__":
    main()
