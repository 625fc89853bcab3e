"""What a paper says of itself: who paid, who has an interest, and who and where was studied.

In: a paper; for the sample its annotation and findings, too. Out: spans of its text
(``funding``, ``interests``), and the candidates for "Applies to" (``samples``), best first. A
statement counts where it stands under its own heading, in the acknowledgements or in a note, and
there only the sentences that state it. Nothing is added where a paper says nothing. Wording is
left to ``wording``; headings and cues are data (``study.toml``), in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.document import Block, Document
from models.parsing import bounds, parse
from pipelines.brief import Finding
from pipelines.language.lexicon import pattern
from pipelines.reading.understand import Annotation, in_abstract, section_role
from pipelines.selecting.findings import LONGEST, of_others

#: A statement of more sentences is told by its first ones.
MOST = 2
#: A sentence of fewer words states nothing.
SHORTEST = 3
#: Where such statements may stand.
_KINDS = ("paragraph", "list_item", "footnote", "boilerplate", "metadata")
#: What each part of a sentence on the sample is worth.
_PARTS = {"size": 0.35, "place": 0.3, "time": 0.2, "design": 0.15}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a document: ``document.text[start:end]``."""

    start: int
    end: int


def funding(document: Document) -> tuple[Span, ...]:
    """The sentences that say who funded the work, at most ``MOST``; none where it doesn't say.

    Names of funders come before "The funders had no role…".
    """
    found = _stated(document, "funding")
    names = [span for span in found if not _denies_role(document, span)]
    return tuple([*names, *(span for span in found if span not in names)][:MOST])


def interests(document: Document) -> tuple[Span, ...]:
    """The sentences that declare interests, or that there are none, at most ``MOST``."""
    return tuple(_stated(document, "interests")[:MOST])


Statement = Literal["funding", "interests"]


def _stated(document: Document, statement: Statement) -> list[Span]:
    """The sentences of a statement, its own headings first, each text once."""
    sections = pattern("study", document.language, statement, "sections")
    thanking = pattern("study", document.language, "thanks")
    own: list[Block] = []
    thanks: list[Block] = []
    for block in document.blocks:
        heading = (block.section or "").split(" › ")[-1]
        if block.kind not in _KINDS:
            continue
        if sections.fullmatch(heading):
            own.append(block)
        elif thanking.fullmatch(heading):
            thanks.append(block)
    if any(block.kind != "metadata" and _names(document, block) for block in own):
        own = [block for block in own if block.kind != "metadata"]
    found = [span for block in own for span in _sentences(document, block)]
    if all(_denies_role(document, span) for span in found):
        cues = pattern("study", document.language, statement, "cues")
        found += [
            span
            for block in thanks
            for span in _sentences(document, block)
            if cues.search(document.text[span.start : span.end])
            and len(document.text[span.start : span.end].split()) <= LONGEST
        ]
    texts = [document.text[span.start : span.end].lower() for span in found]
    return [span for n, span in enumerate(found) if texts[n] not in texts[:n]]


def _names(document: Document, block: Block) -> bool:
    """Whether a statement says more than that its funders had no role."""
    return not _denies_role(document, Span(block.start, block.end))


def _denies_role(document: Document, span: Span) -> bool:
    """Whether a sentence on funders names none."""
    text = document.text[span.start : span.end]
    return bool(pattern("study", document.language, "no_role").match(text))


def _sentences(document: Document, block: Block) -> Iterator[Span]:
    """The sentences of a block; a list of funders is one."""
    if block.kind == "metadata":
        yield Span(block.start, block.end)
        return
    text = document.text[block.start : block.end]
    for sentence in parse(text, document.language).sents:
        start, end = (block.start + place for place in bounds(sentence))
        if len(document.text[start:end].split()) >= SHORTEST:  # "Funding." is a heading
            yield Span(start, end)


def samples(document: Document, annotation: Annotation, found: Sequence[Finding]) -> list[Finding]:
    """The sentences that say who, where, when and how many was studied, best first.

    They are methods or aims. One outside the abstract has to say two of size, place and time; one
    in the abstract, how it was studied or by what numbers.
    """
    language = document.language
    scored = []
    for finding in found:
        text = document.text[finding.start : finding.end]
        block = document.blocks[annotation.sentences[finding.sentence].block]
        early = in_abstract(block)
        if finding.role not in ("method", "objective") or (of_others(text, language) and not early):
            continue
        parts = {
            "size": bool(pattern("study", language, "sample", "size").search(text)),
            "place": finding.places,
            "time": bool(pattern("study", language, "sample", "time").search(text)),
            "design": bool(pattern("study", language, "sample", "design").search(text)),
        }
        named = finding.population or bool(
            pattern("study", language, "sample", "subjects").search(text)
        )
        told = sum(parts[name] for name in ("size", "place", "time"))
        by_numbers = bool(finding.numbers) and section_role(block.section, language) == "method"
        studied = by_numbers or (named and (parts["design"] or parts["size"]))
        if (named and told >= 2) or (early and studied):
            worth = sum(_PARTS[name] for name in parts if parts[name])
            scored.append((-worth - 0.5 * finding.salience - 0.1 * early, finding.start, finding))
    return [finding for *_, finding in sorted(scored, key=lambda item: item[:2])]
