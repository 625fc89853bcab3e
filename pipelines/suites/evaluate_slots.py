"""The suite ``slots``: what a brief tells of a paper, against a careful reader's labels.

Lines of ``file``, a paper in the folder ``papers`` beside the labels, and of labels that name the
paper's sentences by their text: ``bottom_line``, ``findings``, ``key_facts`` (a list for each
fact; ``key`` is their union), ``recommendations``, ``limits``, ``applies_to`` and ``funding``;
``design`` is the kind of study. A label that is missing is empty, and nothing is asked of it.

Each paper is read and drafted. A line of the brief tells a labelled sentence where a quote of its
evidence is the same sentence (``corpus.overlap``). Peers (``peers``) are measured by the same rules
on the same papers: their best sentence stands as the bottom line, their best five as the findings.
The five with which the abstract ends are such a peer, too.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.errors import SourceMissingError, UnreadableError
from corpus.overlap import same
from corpus.readers import read
from pipelines.brief import Brief, Section
from pipelines.draft import draft
from pipelines.language.lexicon import table
from pipelines.reading.reading import Reading
from pipelines.scoring.grades import told_scores
from pipelines.suites import Figures, peers, records

#: The sections whose grade is the brief's: what was told of the paper, without fixed text.
GRADED: tuple[Section, ...] = (
    "bottom_line", "context", "findings", "implications", "limits", "applies_to",
)  # fmt: skip
PEERS: Mapping[str, peers.Ranking] = {
    "lexrank": peers.lexrank,
    "textrank": peers.textrank,
    "abstract": peers.abstract_end,
}


@dataclass(frozen=True, slots=True)
class SlotLabels:
    """What a careful reader found in one paper: sentences, as text."""

    bottom_line: tuple[str, ...]
    findings: tuple[str, ...]
    key: tuple[str, ...]
    key_facts: tuple[tuple[str, ...], ...]
    """For each fact the sentences any of which tells it."""
    recommendations: tuple[str, ...]
    limits: tuple[str, ...]
    applies_to: tuple[str, ...]
    funding: tuple[str, ...]
    design: str
    """A key of ``templates.toml`` under ``design``, or a kind that has no statement there."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        """Both together."""
        return Share(self.hits + other.hits, self.of + other.of)

    @property
    def value(self) -> float | None:
        """The fraction; None of nothing."""
        return round(self.hits / self.of, 3) if self.of else None


Shares = Mapping[str, Share]
#: The quotes that a brief's lines rest on, line by line; lines that rest on none aren't there.
QuotedLines = Mapping[str, Sequence[Sequence[str]]]


def evaluate(path: Path, drafted: Callable[[Document], Brief] = draft) -> Figures:
    """Shares over all papers, the kind of study, the median grade, and the peers' shares.

    A figure is None where no paper asks for it. Raises ``SourceMissingError`` where a paper isn't
    there, before anything is drafted, ``UnreadableError``, and ``ValueError`` where a label has
    another form.
    """
    labelled = [(path.parent / "papers" / name, labels) for name, labels in labels_of(path)]
    for paper, _ in labelled:
        if not paper.is_file():
            raise SourceMissingError(
                f"{paper}: no such file, but {path.name} has labels of it; put the paper there or "
                "take its line out"
            )
    rows: list[Shares] = []
    theirs: list[Shares] = []
    grades: list[float] = []
    for paper, labels in labelled:
        document = _read(paper)
        brief = drafted(document)
        rows.append(
            {**shares(lines_of(brief), labels), "design_accuracy": kind_is_right(brief, labels)}
        )
        grades += grades_of(brief, document)
        theirs.append(_peers_shares(Reading(document), labels))
    return {
        "papers": len(rows),
        **summed(rows),
        "told_grade": round(statistics.median(grades), 2) if grades else None,
        **summed(theirs),
    }


# -- labels ----------------------------------------------------------------------------------------


def labels_of(path: Path) -> Iterator[tuple[str, SlotLabels]]:
    """The name of each paper's file, and its labels.

    Raises ``ValueError`` where a label has another form, or where there are none.
    """
    found = [(str(record["file"]), _labels(record)) for record in records(path, "file")]
    if not found:
        raise ValueError("no paper in it; give a line of labels for each")
    yield from found


def _labels(record: Mapping[str, Any]) -> SlotLabels:
    def listed(name: str) -> tuple[str, ...]:
        return _sentences(record, name, record.get(name))

    return SlotLabels(
        bottom_line=listed("bottom_line"),
        findings=listed("findings"),
        key=listed("key"),
        key_facts=_facts(record),
        recommendations=listed("recommendations"),
        limits=listed("limits"),
        applies_to=listed("applies_to"),
        funding=listed("funding"),
        design=str(record.get("design") or ""),
    )


def _facts(record: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    facts = record.get("key_facts") or []
    if not isinstance(facts, list):
        raise ValueError(f"'key_facts' of {record['file']} must hold a list for each fact")
    return tuple(_sentences(record, "key_facts", fact) for fact in facts)


def _sentences(record: Mapping[str, Any], name: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise ValueError(f"{name!r} of {record['file']} must list sentences, as text")


def _read(paper: Path) -> Document:
    try:
        return read(paper)
    except UnreadableError as error:
        raise UnreadableError(
            f"{error} ({paper}; give a sound copy, or take its line out of the labels)"
        ) from error


# -- the measure -----------------------------------------------------------------------------------


def tells(quotes: Iterable[str], sentences: Sequence[str]) -> bool:
    """Whether any quote is one of the sentences."""
    return any(same(quote, sentence) for quote in quotes for sentence in sentences)


def lines_of(brief: Brief) -> QuotedLines:
    """The quotes of a brief's lines, by section."""
    told: dict[str, list[list[str]]] = {}
    for segment in brief.segments:
        if segment.evidence:
            told.setdefault(segment.section, []).append([item.quote for item in segment.evidence])
    return told


def shares(told: QuotedLines, labels: SlotLabels) -> Shares:
    """All that one brief tells of what it should."""
    funding = any(tells(line, labels.funding) for line in told.get("sources", ()))
    return {
        **main_shares(told, labels),
        **_slot("recommendations", told.get("implications", ()), labels.recommendations),
        **_slot("limits", told.get("limits", ()), labels.limits),
        **_slot("applies_to", told.get("applies_to", ()), labels.applies_to),
        "funding_recall": Share(int(funding), int(bool(labels.funding))),
    }


def main_shares(told: QuotedLines, labels: SlotLabels) -> Shares:
    """Whether the first line is the main message, the findings are such, and the facts are told."""
    first = told.get("bottom_line", ())[:1]
    findings = told.get("findings", ())
    everything = [quote for lines in told.values() for line in lines for quote in line]
    own = (*labels.findings, *labels.bottom_line)
    return {
        "bottom_line": Share(_telling(first, (*labels.bottom_line, *labels.key)), 1),
        "findings_precision": Share(_telling(findings, own), len(findings)),
        "key_facts": Share(
            sum(tells(everything, fact) for fact in labels.key_facts), len(labels.key_facts)
        ),
    }


def _telling(lines: Sequence[Sequence[str]], sentences: Sequence[str]) -> int:
    """How many of the lines tell one of the sentences."""
    return sum(tells(line, sentences) for line in lines)


def _slot(name: str, lines: Sequence[Sequence[str]], sentences: Sequence[str]) -> Shares:
    """Papers of which something right is told, lines that are right, papers wrongly told empty."""
    asked, right = int(bool(sentences)), _telling(lines, sentences)
    return {
        f"{name}_recall": Share(int(right > 0), asked),
        f"{name}_precision": Share(right, len(lines)),
        f"{name}_false_none": Share(int(asked and not lines), asked),
    }


def kind_is_right(brief: Brief, labels: SlotLabels) -> Share:
    """Whether the brief names the kind of study that the reader did."""
    return Share(int(kind_of_study(brief) == labels.design), 1) if labels.design else Share()


def kind_of_study(brief: Brief) -> str | None:
    """The kind that a brief names by its fixed statement; None where it has none of them."""
    said = [s for s in brief.segments if s.section == "certainty" and s.origin == "template"]
    return next(
        (
            kind
            for group in ("design", "design_described", "design_in_animals")
            for kind, texts in table("templates")[group].items()
            if any(texts[segment.language] == segment.text for segment in said)
        ),
        None,
    )


def grades_of(brief: Brief, document: Document) -> list[float]:
    """The Flesch-Kincaid grade of what is told; nothing in French, which has none."""
    told = [s for s in brief.segments if s.evidence and s.section in GRADED]
    grade = told_scores(told, document.language).get("flesch_kincaid_grade")
    return [] if grade is None else [grade]


def _peers_shares(reading: Reading, labels: SlotLabels) -> Shares:
    return {
        f"{name}_{figure}": share
        for name, ranking in PEERS.items()
        for figure, share in main_shares(_as_lines(ranking(reading)), labels).items()
    }


def _as_lines(ranked: Sequence[str]) -> QuotedLines:
    """A ranking's best sentences, in the places of a brief's lines."""
    best = [[sentence] for sentence in ranked[: peers.MOST]]
    return {"bottom_line": best[:1], "findings": best}


def summed(rows: Sequence[Shares]) -> dict[str, float | None]:
    """Each share over all rows."""
    return {name: sum((row[name] for row in rows), Share()).value for name in rows[0]}
