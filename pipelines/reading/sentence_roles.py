"""What each sentence of a paper does, and what decided it: a heading, words or the model.

In: a document's sentences. Out: one ``Decision`` each. Section headings decide where they tell;
an abstract without headings goes through ``models.roles`` as one sequence; limits, implications
and conclusions, which the model doesn't know, are told by cues. Headings and cues are data
(``roles.toml``), in both languages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.document import BODY_KINDS, Block, Document, Language
from models.abstract_roles import Prediction, predict
from models.headings import in_abstract, is_abstract, section_role
from pipelines.brief import Role
from pipelines.language.lexicon import pattern
from pipelines.language.typography import QUOTATION

#: A paper of no more sentences, without headings, is an abstract.
LONGEST_ABSTRACT = 15


@dataclass(frozen=True, slots=True)
class Decision:
    """A sentence's role."""

    role: Role
    by: str
    """What decided: "heading", "cue: " and the words, "model: " and the probability, or
    "nothing"."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence and the block in which it stands."""

    text: str
    block: Block


def is_study(document: Document) -> bool:
    """Whether a document shows that it is a study: "we" are then those who did it.

    It has an identifier, authors, references or a section of a study. A text without any of these
    may be a report of a meeting as well.
    """
    return bool(document.identifiers or document.authors) or any(
        block.kind == "reference" or section_role(block.section, document.language)
        for block in document.blocks
    )


def is_by_one(document: Document) -> bool:
    """Whether one author speaks in a paper, who says "I" more often than "we".

    What stands in quotation marks is somebody else's.
    """
    said = " ".join(
        QUOTATION.sub("", document.text[block.start : block.end])
        for block in document.blocks
        if block.kind in BODY_KINDS
    )
    alone = pattern("roles", document.language, "first_person", "singular")
    together = pattern("roles", document.language, "first_person", "plural")
    return len(alone.findall(said)) > len(together.findall(said))


def decide(document: Document, sentences: Sequence[Placed]) -> list[Decision]:
    """The role of each body sentence; those of an exchange have none ("other").

    Raises ``ModelMissingError``.
    """
    if document.kind == "exchange":
        return [Decision("other", "nothing")] * len(sentences)
    language = document.language
    headed = any(section_role(block.section, language) for block in document.blocks)
    bare = not headed and len(sentences) <= LONGEST_ABSTRACT
    opening = next((block.section for block in document.blocks if block.section), None)
    found: list[Decision] = []
    for section, run in groupby(
        sentences, lambda one: _abstract_without_headings(one, opening, language)
    ):
        own = list(run)
        if bare or section is not None:
            found += abstract([one.text for one in own], language)
        else:
            found += [_body(one, headed, language) for one in own]
    return found


def _abstract_without_headings(one: Placed, opening: str | None, language: Language) -> str | None:
    """The section, where it is an abstract (or the part of one) whose headings tell no role.

    A "Summary" that opens the paper is one; elsewhere it concludes.
    """
    section = one.block.section
    if section is None or not in_abstract(one.block):
        return None
    opens = section == opening and is_abstract(section)
    return section if opens or section_role(section, language) is None else None


def cue(text: str, role: Role, language: Language) -> str | None:
    """The words by which a sentence tells its role, or None."""
    match = pattern("roles", language, "cues", role).search(text)
    return match.group().lower() if match else None


def abstract(sentences: Sequence[str], language: Language) -> list[Decision]:
    """The roles within an abstract that stands under no headings that tell.

    A label before a colon ("Methods: …") counts as a heading up to the next one.
    """
    labels = [_inline_heading(text, language) for text in sentences]
    if sum(label is not None for label in labels) >= 2:
        return _under_labels(sentences, labels, language)
    predictions = predict(sentences, language)
    told = [p.label in ("objective", "method", "result") for p in predictions]
    return [
        _refined(text, index, len(sentences), any(told[:index]), prediction, language)
        for index, (text, prediction) in enumerate(zip(sentences, predictions, strict=True))
    ]


_INLINE = re.compile(r"([^\W\d_][^:.—]{2,40}?)\s*(?::|—|\.(?=\s+[A-ZÉÀ]))\s*\S")


#: A label that is a sentence of its own ("Methods.") has no more words than this.
_LONGEST_LABEL = 4


def _inline_heading(text: str, language: Language) -> Role | None:
    if text.endswith((".", ":")) and len(text.split()) <= _LONGEST_LABEL:
        return section_role(text.strip(" .:"), language)
    match = _INLINE.match(text)
    return section_role(match[1], language) if match else None


def _under_labels(
    sentences: Sequence[str], labels: Sequence[Role | None], language: Language
) -> list[Decision]:
    found: list[Decision] = []
    running: Role | None = None
    for text, label in zip(sentences, labels, strict=True):
        running = label or running
        found.append(_in_abstract(text, running, language))
    return found


def _in_abstract(text: str, section: Role | None, language: Language) -> Decision:
    """Role of a sentence under a heading of an abstract: its own, but for what cues single out."""
    if section != "conclusion":
        return _by_section(text, section, True, language)
    singled_out: tuple[Role, ...] = ("limitation", "implication")
    for role in singled_out:
        words = cue(text, role, language)
        if words:
            return Decision(role, f"cue: {words}")
    return Decision("conclusion", "heading")


def _refined(
    text: str, index: int, count: int, told: bool, prediction: Prediction, language: Language
) -> Decision:
    """The model's label, or what it doesn't know: a limit, an implication or a conclusion.

    A limit is the study's own: it comes once aim, method or result is told (``told``).
    Implications and conclusions are among the last third of the sentences.
    """
    open_to_cues: tuple[Role, ...] = ()
    if told and prediction.label in ("background", "result", "other"):
        open_to_cues = ("limitation",)
    ending = count - index <= max(2, math.ceil(count / 3))
    if ending and prediction.label not in ("method", "objective"):
        open_to_cues = (*open_to_cues, "implication", "conclusion")
    for role in open_to_cues:
        words = cue(text, role, language)
        if words:
            return Decision(role, f"cue: {words}")
    return Decision(prediction.label, f"model: {prediction.probability:.2f}")


def _body(one: Placed, headed: bool, language: Language) -> Decision:
    section = section_role(one.block.section, language)
    if section and in_abstract(one.block):
        return _in_abstract(one.text, section, language)
    if headed and one.block.section is None:
        section = "background"  # the introduction of many journals has no heading
    return _by_section(one.text, section, headed, language)


def _by_section(text: str, section: Role | None, headed: bool, language: Language) -> Decision:
    """Role of a sentence outside a free abstract, from its section and its cues."""
    if section in ("other", "limitation", "implication", "method", "objective", "result"):
        return Decision(section, "heading")
    cues: tuple[Role, ...] = ("limitation", "implication", "conclusion", "result")
    if section == "background":
        cues = ("objective",)
    elif section is None and headed:  # limits and implications are left to their own headings
        cues = ("objective", "conclusion", "result", "method")
    elif section is None:
        cues = ("objective", "limitation", "implication", "conclusion", "result", "method")
    for role in cues:
        words = cue(text, role, language)
        if words:
            return Decision(role, f"cue: {words}")
    if section == "background":
        return Decision("background", "heading")
    return Decision("other", "nothing")
