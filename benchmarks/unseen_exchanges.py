"""What do whole drafts tell of exchanges that nothing was learned from?

    python benchmarks/unseen_exchanges.py DATA (--keep FOLDER | --aside) [--half odd|even]
                                          [--processes N] [--briefs FOLDER]

The labelled exchanges are what the models of an exchange's sentences learned from
(``exchange_points``, ``exchange_lines``, ``antecedents``), so drafts of them by the shipped weights
flatter. Here all three are learned five times, each time from four fifths of the exchanges and of
our own, and each exchange that was held is drafted with those that had not seen it. The figures are
those of the suite ``points``, for English and French ones, for the odd and the even ones in the
order of their names, and for all. Who mends a fault looks at drafts of one half alone.

Learning takes half an hour and is done once, as in ``benchmarks/unseen_drafts.py``. ``--briefs``
writes each draft as JSON and its transcript beside it.

``--aside`` drafts with the shipped weights the exchanges that are kept aside
(``benchmarks/points/unseen.jsonl``), from which nothing is ever learned.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
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
from corpus.document import Document
from models import antecedents, exchange_points, replies
from models.artefacts import WEIGHTS
from models.training import fit_antecedents, fit_exchange_lines, fit_points
from pipelines.brief import POINT_KINDS, to_json
from pipelines.draft import draft
from pipelines.reading.reading import Reading
from pipelines.suites import evaluate_points as points
from pipelines.suites.evaluate_points import ExchangeLabels

LEARNED = (exchange_points.NAME, replies.NAME, antecedents.NAME)


@dataclass(frozen=True, slots=True)
class Fold:
    """Exchanges, and the weights that had not seen them."""

    weights: Path
    exchanges: tuple[tuple[str, Document, ExchangeLabels], ...]
    briefs: Path | None
    """Where their drafts are written."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What one draft tells of its exchange, counted."""

    name: str
    language: str
    told: Counter[str]
    found: Counter[str]


def learn(data: Path, keep: Path) -> None:
    """Write each fold's weights, which nothing is changed in afterwards."""
    acts = fit_points.learned_acts(data)
    exchanges = list(fit_points.labelled(data))
    for number, kept in enumerate(fit_points.parts(exchanges)):
        fold = keep / str(number)
        fold.mkdir(parents=True, exist_ok=True)
        others = [one for place, one in enumerate(exchanges) if place not in kept]
        likely = fit_points.write(others, acts, fold / exchange_points.NAME)
        own = fit_exchange_lines.learned_from(others, likely)
        fit_exchange_lines.write(*own, fold / replies.NAME)
        fit_antecedents.write(fit_antecedents.learned_from(others), fold / antecedents.NAME)
        close(fold, [exchanges[place].name for place in kept])


def drafts(fold: Fold) -> list[Drafted]:
    """The fold's exchanges, drafted with its weights."""
    with_weights(fold.weights)
    return [_drafted(*one, fold.briefs) for one in fold.exchanges]


def _drafted(name: str, document: Document, labels: ExchangeLabels, briefs: Path | None) -> Drafted:
    brief = draft(document)
    if briefs:
        place = briefs / Path(name).stem
        place.with_suffix(".json").write_text(to_json(brief), encoding="utf-8")
        place.with_suffix(".txt").write_text(document.text, encoding="utf-8")
    told = points.counted(points.lines_of(brief), labels)
    return Drafted(name, document.language, told, points.kinds_counted(Reading(document), labels))


def figures(drafted: Iterable[Drafted]) -> dict[str, float | int | None]:
    """What they tell together."""
    told: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for one in drafted:
        told += one.told
        found += one.found
    kinds = {f"f1 {kind}": points.f1(found, kind) for kind in POINT_KINDS}
    return {"exchanges": told["exchanges"], **points.shares(told), **kinds}


def main() -> None:
    """Learn where that is still to do, draft, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path)
    of = parser.add_mutually_exclusive_group(required=True)
    of.add_argument("--keep", type=Path, help="where the folds' weights stay")
    of.add_argument("--aside", action="store_true", help="those kept aside, by the shipped weights")
    parser.add_argument("--half", choices=HALVES, help="draft these alone")
    parser.add_argument("--processes", type=int, default=1, help="folds drafted at a time")
    parser.add_argument("--briefs", type=Path, help="where the drafts are written")
    given = parser.parse_args()
    if given.keep and not complete(given.keep, fit_points.FOLDS):
        learn(given.data, given.keep)
    if given.briefs:
        given.briefs.mkdir(parents=True, exist_ok=True)
    records = fit_points.aside(given.data) if given.aside else fit_points.held(given.data)
    asked = {record["file"]: (document, points.labels_from(record)) for record, document in records}
    half = half_of(list(asked))
    if given.aside:
        names = sorted(asked)
        parted = [(WEIGHTS, names[part :: fit_points.FOLDS]) for part in range(fit_points.FOLDS)]
    else:
        parted = list(folds(given.keep, fit_points.FOLDS, LEARNED))
    work = [
        Fold(
            fold,
            tuple((n, *asked[n]) for n in kept if n in asked and given.half in (None, half[n])),
            given.briefs,
        )
        for fold, kept in parted
    ]
    drafted = each_in_a_process(drafts, work, given.processes)
    english = [one for one in drafted if one.language == "en"]
    columns = {
        "english": figures(english),
        "french": figures(one for one in drafted if one.language == "fr"),
        **{own: figures(one for one in drafted if half[one.name] == own) for own in HALVES},
        "all": figures(drafted),
    }
    print_table(columns)


if __name__ == "__main__":
    main()
