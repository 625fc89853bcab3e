"""The suite ``points``: what a brief tells of an exchange, against a careful reader's labels.

Lines of ``file``, a transcript in the folder ``src`` beside the labels; ``points``, each a
``quote`` to the letter with its ``kind`` and a ``weight`` (3 must be told, 2 good to have, 1
acceptable); ``bottom_line``, quotes any of which would do as the first line; ``people``, names of
persons that occur, none of which may be told.

Each transcript is read and drafted. A line tells a labelled point where a quote of its evidence is
the same sentence (``corpus.overlap``). What the brief chose from is measured, too: the points found
in the whole exchange, by kind. Two peers tell as many sentences as the brief has lines: those with
which the exchange begins (``lead``), and TextRank's best.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.errors import SourceMissingError
from corpus.overlap import same
from corpus.readers import read
from pipelines.brief import POINT_KINDS, Brief
from pipelines.draft import draft
from pipelines.reading.reading import Reading
from pipelines.selecting.points import points
from pipelines.suites import Figures, peers, records

#: The kind of the points that a section tells; the bottom line tells any.
KIND_OF = {f"{kind}s" if kind != "evidence" else kind: kind for kind in POINT_KINDS}
#: So many points that must be told fit on a page.
PAGE = 12
#: From this weight on a point counts among those to be found, and from this it must be told.
GOOD, MUST = 2, 3
#: The shortest part of a name that is looked for, in letters.
_NAME_LETTERS = 4
_NAME_PART = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class LabelledPoint:
    """A point that a careful reader found."""

    quote: str
    kind: str
    weight: int


@dataclass(frozen=True, slots=True)
class ExchangeLabels:
    """What a careful reader found in one exchange."""

    points: tuple[LabelledPoint, ...]
    bottom_line: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of a brief, or a sentence of a peer in its place."""

    section: str
    quotes: tuple[str, ...]


def evaluate(path: Path, drafted: Callable[[Document], Brief] = draft) -> Figures:
    """Shares over all exchanges; the points found, by kind; the peers' shares.

    A figure is None where nothing asks for it. Raises ``SourceMissingError`` where a transcript
    isn't there, before anything is drafted, ``UnreadableError``, and ``ValueError`` where a label
    has another form.
    """
    labelled = [(path.parent / "src" / name, labels) for name, labels in labels_of(path)]
    for transcript, _ in labelled:
        if not transcript.is_file():
            raise SourceMissingError(
                f"{transcript}: no such file, but {path.name} has labels of it; put the transcript "
                "there or take its line out"
            )
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    theirs: dict[str, Counter[str]] = {"lead": Counter(), "textrank": Counter()}
    for transcript, labels in labelled:
        document = read(transcript)
        brief = drafted(document)
        told = lines_of(brief)
        total += counted(told, labels) + names_counted(brief, labels)
        reading = Reading(document)
        found += kinds_counted(reading, labels)
        for name, sentences in _ranked(reading).items():
            theirs[name] += counted(_as_lines(sentences, len(told)), labels)
    return {
        "exchanges": len(labelled),
        **shares(total),
        "names_told": total["names_told"],
        "names": total["names"],
        "found_by_kind": {kind: f1(found, kind) for kind in POINT_KINDS},
        **{
            f"{name}_{figure}": value
            for name, row in theirs.items()
            for figure, value in shares(row).items()
            if figure not in ("lines", "lines_of_their_kind")
        },
    }


# -- labels ----------------------------------------------------------------------------------------


def labels_of(path: Path) -> Iterator[tuple[str, ExchangeLabels]]:
    """The name of each transcript, and its labels.

    Raises ``ValueError`` where a label has another form, or where there are none.
    """
    found = [
        (str(record["file"]), labels_from(record)) for record in records(path, "file", "points")
    ]
    if not found:
        raise ValueError("no exchange in it; give a line of labels for each")
    yield from found


def labels_from(record: Mapping[str, Any]) -> ExchangeLabels:
    """What a careful reader found in one exchange. Raises ``ValueError`` for another form."""
    try:
        own = tuple(
            LabelledPoint(str(one["quote"]), str(one["kind"]), int(one["weight"]))
            for one in record["points"]
        )
    except (TypeError, KeyError) as error:
        raise ValueError(
            f"'points' of {record['file']} must each have 'quote', 'kind' and 'weight'"
        ) from error
    return ExchangeLabels(own, _texts(record, "bottom_line"), _texts(record, "people"))


def _texts(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = record.get(name) or []
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise ValueError(f"{name!r} of {record['file']} must list texts")


# -- the measure -----------------------------------------------------------------------------------


def lines_of(brief: Brief) -> list[ToldLine]:
    """The lines of a brief that rest on what was said."""
    return [
        ToldLine(segment.section, tuple(item.quote for item in segment.evidence))
        for segment in brief.segments
        if segment.evidence and segment.section not in ("sources", "terms")
    ]


def counted(told: Sequence[ToldLine], labels: ExchangeLabels) -> Counter[str]:
    """What one brief tells of what it should, counted."""
    row: Counter[str] = Counter(exchanges=1)
    hit: set[int] = set()
    for line in told:
        own = {
            index
            for index, point in enumerate(labels.points)
            if any(same(quote, point.quote) for quote in line.quotes)
        }
        hit |= own
        row["lines"] += 1
        row["points"] += bool(own)
        if kind := KIND_OF.get(line.section):
            row["of_a_kind"] += 1
            row["of_their_kind"] += any(labels.points[index].kind == kind for index in own)
    row["bottom_line"] = int(any(_outcome(line, labels) for line in told))
    row["must"] = sum(point.weight >= MUST for point in labels.points)
    row["must_told"] = sum(labels.points[index].weight >= MUST for index in hit)
    row["page"], row["page_told"] = min(PAGE, row["must"]), min(PAGE, row["must_told"])
    return row


def _outcome(line: ToldLine, labels: ExchangeLabels) -> bool:
    """Whether a first line is a main outcome, or a point that must be told."""
    wanted = [*labels.bottom_line, *(p.quote for p in labels.points if p.weight >= MUST)]
    return line.section == "bottom_line" and any(
        same(quote, other) for quote in line.quotes for other in wanted
    )


def names_counted(brief: Brief, labels: ExchangeLabels) -> Counter[str]:
    """Names that occur in the exchange, and those of them that the brief tells."""
    text = " ".join(
        part
        for segment in brief.segments
        if segment.section != "sources"
        for part in (segment.text, *(item.quote for item in segment.evidence))
    )
    row: Counter[str] = Counter(names=len(labels.people))
    for name in labels.people:
        parts = [
            part
            for part in _NAME_PART.findall(name)
            if len(part) >= _NAME_LETTERS and part[0].isupper()
        ]
        row["names_told"] += bool(parts) and bool(re.search(rf"\b{re.escape(parts[-1])}\b", text))
    return row


def kinds_counted(reading: Reading, labels: ExchangeLabels) -> Counter[str]:
    """Points found in a whole exchange: right and in all, and labelled ones that were found.

    Counted by kind. What is found right is a labelled point of that kind and any weight; what
    should be found is one of weight 2 or more.
    """
    row: Counter[str] = Counter()
    texts: dict[str, list[str]] = {kind: [] for kind in POINT_KINDS}
    for point in points(reading):
        texts[point.kind].append(reading.document.text[point.start : point.end])
    for kind in POINT_KINDS:
        own = [point for point in labels.points if point.kind == kind]
        row[f"{kind} found"] = len(texts[kind])
        row[f"{kind} right"] = sum(any(same(t, p.quote) for p in own) for t in texts[kind])
        good = [point for point in own if point.weight >= GOOD]
        row[f"{kind} labelled"] = len(good)
        row[f"{kind} met"] = sum(any(same(t, p.quote) for t in texts[kind]) for p in good)
    return row


def f1(row: Mapping[str, int], kind: str) -> float | None:
    """Of the points of a kind that were counted; None where none is labelled."""
    precision = _share(row, f"{kind} right", f"{kind} found")
    recall = _share(row, f"{kind} met", f"{kind} labelled")
    if recall is None:
        return None
    precision = precision or 0.0
    total = precision + recall
    return round(2 * precision * recall / total, 3) if total else 0.0


def shares(row: Mapping[str, int]) -> dict[str, float | int | None]:
    """The figures of what was counted; None where nothing asks for one."""
    return {
        "lines": row["lines"],
        "lines_that_are_points": _share(row, "points", "lines"),
        "lines_of_their_kind": _share(row, "of_their_kind", "of_a_kind"),
        "bottom_line": _share(row, "bottom_line", "exchanges"),
        "weight3_told_of_12": _share(row, "page_told", "page"),
        "weight3_told": _share(row, "must_told", "must"),
    }


def _share(row: Mapping[str, int], part: str, whole: str) -> float | None:
    return round(row[part] / row[whole], 3) if row[whole] else None


# -- peers -----------------------------------------------------------------------------------------


def _ranked(reading: Reading) -> dict[str, list[str]]:
    return {
        "lead": [reading.text(index) for index in range(len(reading.sentences))],
        "textrank": peers.textrank(reading),
    }


def _as_lines(sentences: Sequence[str], count: int) -> list[ToldLine]:
    """The first sentence as the bottom line, the others as lines of no kind."""
    return [
        ToldLine("" if place else "bottom_line", (text,))
        for place, text in enumerate(sentences[:count])
    ]
