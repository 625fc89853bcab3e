"""The suite ``edits``: does the gate see meaning, or only changed words?

Lines of ``evidence`` (a list of quotes), ``text`` (how a person reworded them), ``target`` (its
translation, or null), ``language``, ``kind`` (the fault, or the way of rewording) and ``faithful``.
Each edit is verified as a line of a brief is. An unfaithful one should be refused, or at least not
be kept; a faithful one should be kept. The same edits are judged by three simple peers beside it:
numbers and negations found by regular expression, any new stem, and a cosine below a threshold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nltk.stem.snowball import SnowballStemmer

from corpus.document import Document, Language, Passage, assemble, digest, other
from models.encoder import encode
from pipelines.brief import Segment, Target, Verdict
from pipelines.language.words import words_of
from pipelines.reading.reading import Reading, readings_of
from pipelines.rewrite.lines import evidence
from pipelines.suites import Figures, records
from pipelines.verify import verdict, weighed


@dataclass(frozen=True, slots=True)
class JudgedEdit:
    """An edit, and what the gate said of it."""

    language: Language
    kind: str
    faithful: bool
    verdict: Verdict


def evaluate(path: Path) -> Figures:
    """Rates over all edits, by language, by kind and by peer; a rate over nothing is left out.

    Raises ``UnreadableError``.
    """
    fields = ("evidence", "text", "target", "language", "kind", "faithful")
    edits = list(records(path, *fields))
    judged = [_judged(edit) for edit in edits]
    return {
        **_rates(judged),
        "edits": len(judged),
        "by_language": _grouped(judged, "language"),
        "by_kind": _grouped(judged, "kind"),
        "peers": _peers(edits, judged),
    }


def _judged(record: dict[str, Any]) -> JudgedEdit:
    segment, readings = segment_of_edit(record)
    found = [reason for _, reason in weighed(segment, readings)]
    faithful = bool(record["faithful"])
    return JudgedEdit(segment.language, record["kind"], faithful, verdict(found))


def segment_of_edit(record: dict[str, Any]) -> tuple[Segment, dict[str, Reading]]:
    """An edit as a line of a brief, and the reading of a paper that holds its evidence alone."""
    language: Language = "fr" if record["language"] == "fr" else "en"
    document = _document(record["evidence"], language)
    spans = [evidence(document, block.start, block.end) for block in document.blocks]
    target = Target(other(language), record["target"], "translated", "reviewer")
    if record["target"] is None:
        target = Target(other(language))
    segment = Segment(
        "s1", "findings", record["text"], language, target, evidence=tuple(spans), steps=("edited",)
    )
    return segment, readings_of([document])


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
    if unfaithful := [one.verdict for one in every if not one.faithful]:
        found["catch_rate"] = _share(unfaithful, ("refused", "unsure"))
        found["refused_unfaithful"] = _share(unfaithful, ("refused",))
    if faithful := [one.verdict for one in every if one.faithful]:
        found["refused_faithful"] = _share(faithful, ("refused",))
        found["unsure_or_refused_faithful"] = _share(faithful, ("refused", "unsure"))
    return found


def _share(verdicts: Sequence[Verdict], wanted: Sequence[Verdict]) -> float:
    return round(sum(one in wanted for one in verdicts) / len(verdicts), 4)


def _grouped(judged: Iterable[JudgedEdit], name: str) -> dict[str, dict[str, float]]:
    groups: dict[str, list[JudgedEdit]] = {}
    for one in judged:
        groups.setdefault(getattr(one, name), []).append(one)
    return {group: _rates(groups[group]) for group in sorted(groups)}


# -- peers ---------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|none|cannot|without|\w+n[’']t|pas|aucune?|jamais|sans)\b",
    re.IGNORECASE,
)


def _peers(
    edits: Sequence[dict[str, Any]], judged: Sequence[JudgedEdit]
) -> dict[str, dict[str, float]]:
    """What each peer refuses of the edits without a translation."""
    own = [edit for edit in edits if edit["target"] is None]
    refused = [
        one.verdict == "refused"
        for one, edit in zip(judged, edits, strict=True)
        if edit["target"] is None
    ]
    rules: dict[str, Callable[[dict[str, Any]], bool]] = {
        "numbers_and_negations": _other_numbers,
        "any_new_stem": _new_stem,
    }
    found = {name: _refusals(own, [rule(edit) for edit in own]) for name, rule in rules.items()}
    return found | {"cosine": _refusals(own, _far(own, sum(refused)))} if own else {}


def _refusals(edits: Sequence[dict[str, Any]], refused: Sequence[bool]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for name, faithful in (("refused_unfaithful", False), ("refused_faithful", True)):
        some = [no for no, edit in zip(refused, edits, strict=True) if edit["faithful"] is faithful]
        if some:
            shares[name] = round(sum(some) / len(some), 4)
    return shares


def _other_numbers(edit: dict[str, Any]) -> bool:
    """Whether a number is new, or a negation is new or gone."""
    quotes = " ".join(edit["evidence"])
    new = set(_NUMBER.findall(edit["text"])) - set(_NUMBER.findall(quotes))
    denials = [len(_NEGATION.findall(text)) for text in (edit["text"], quotes)]
    return bool(new) or bool(denials[0]) != bool(denials[1])


def _new_stem(edit: dict[str, Any]) -> bool:
    stem = SnowballStemmer("french" if edit["language"] == "fr" else "english").stem
    said = Counter(stem(word) for word in words_of(edit["text"]) if len(word) > 3)
    return bool(said.keys() - {stem(word) for word in words_of(" ".join(edit["evidence"]))})


def _far(edits: Sequence[dict[str, Any]], count: int) -> list[bool]:
    """The ``count`` edits farthest from their evidence by the encoder's cosine."""
    if not edits:
        return []
    texts = encode([edit["text"] for edit in edits])
    quotes = encode([" ".join(edit["evidence"]) for edit in edits])
    order = (texts * quotes).sum(axis=1).argsort(kind="stable")
    far = set(order[:count].tolist())
    return [n in far for n in range(len(edits))]
