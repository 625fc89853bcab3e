"""The suite ``edits``: does the gate see meaning, or only changed words?

Lines of ``evidence`` (a list of quotes), ``text`` (how a person reworded them), ``target`` (its
translation, or null), ``language``, ``kind`` (the fault, or the way of rewording) and ``faithful``.
Each edit is verified as a line of a brief is. An unfaithful one should be refused, or at least not
be kept; a faithful one should be kept. As long as the gate knows two verdicts, nothing is unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document, Language, Passage, assemble, digest, other
from pipelines.brief import Segment, Target
from pipelines.reading.reading import readings_of
from pipelines.rewrite.lines import evidence
from pipelines.suites import Figures, records
from pipelines.verify import failures


@dataclass(frozen=True, slots=True)
class JudgedEdit:
    """An edit, and what the gate said of it."""

    language: Language
    kind: str
    faithful: bool
    refused: bool


def evaluate(path: Path) -> Figures:
    """Rates over all edits, and again by language and by kind; a rate over nothing is left out.

    Raises ``UnreadableError``.
    """
    fields = ("evidence", "text", "target", "language", "kind", "faithful")
    judged = [_judged(record) for record in records(path, *fields)]
    return {
        **_rates(judged),
        "edits": len(judged),
        "by_language": _grouped(judged, "language"),
        "by_kind": _grouped(judged, "kind"),
    }


def _judged(record: dict[str, Any]) -> JudgedEdit:
    language: Language = "fr" if record["language"] == "fr" else "en"
    document = _document(record["evidence"], language)
    spans = [evidence(document, block.start, block.end) for block in document.blocks]
    target = Target(other(language), record["target"], "translated", "reviewer")
    if record["target"] is None:
        target = Target(other(language))
    segment = Segment(
        "s1", "findings", record["text"], language, target, evidence=tuple(spans), steps=("edited",)
    )
    refused = bool(failures(segment, readings_of([document])))
    return JudgedEdit(language, record["kind"], bool(record["faithful"]), refused)


def _document(quotes: Sequence[str], language: Language) -> Document:
    """A paper that holds the quotes and nothing else."""
    text, blocks, anchors = assemble(
        Passage(" ".join(quote.split()), "paragraph", "Results") for quote in quotes
    )
    sha256 = digest(text.encode())
    return Document(
        sha256[:16], "paper", language, None, (), {}, None, "edit", sha256, text, blocks, anchors
    )


def _rates(judged: Iterable[JudgedEdit]) -> dict[str, float]:
    """Shares of the unfaithful and of the faithful edits, as far as there are any."""
    found: dict[str, float] = {}
    every = list(judged)
    if unfaithful := [one.refused for one in every if not one.faithful]:
        share = round(sum(unfaithful) / len(unfaithful), 4)
        found |= {"catch_rate": share, "refused_unfaithful": share}
    if faithful := [one.refused for one in every if one.faithful]:
        share = round(sum(faithful) / len(faithful), 4)
        found |= {"refused_faithful": share, "unsure_or_refused_faithful": share}
    return found


def _grouped(judged: Iterable[JudgedEdit], name: str) -> dict[str, dict[str, float]]:
    groups: dict[str, list[JudgedEdit]] = {}
    for one in judged:
        groups.setdefault(getattr(one, name), []).append(one)
    return {group: _rates(groups[group]) for group in sorted(groups)}
