"""``annotate(document)``: the one reading of a document that every later step uses.

In: a ``Document``. Out: its body sentences with role, claim strength and salience, and, for a
paper, their vectors. Parses and encodes once; nobody parses again. Roles come from headings and
cues (``lexicon/roles.toml``); claim strength from ``strength``. Selecting is left to
``findings`` and ``points``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.document import BODY_KINDS, Block, Document, Language
from corpus.language import is_foreign
from models import encoder
from models.language import pipeline
from pipelines.brief import Role, Sentence
from pipelines.lexicon import pattern, table
from pipelines.strength import strength

_ABSTRACT = re.compile(r"(?:structured |graphical )?(?:abstract|résumé|summary|sommaire)\b", re.I)
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)*|[IVX]+|[A-Z])[.)]?\s+")
_SECTION_PARTS = re.compile(r"\s*(?:\band\b|\bet\b|&|/|:|,|;)\s*", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_ROLE_ORDER: tuple[Role, ...] = (
    "limitation",
    "implication",
    "objective",
    "conclusion",
    "result",
    "method",
    "background",
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A document's sentences, and what was learned of them."""

    sentences: tuple[Sentence, ...]
    vectors: NDArray[np.float32] | None
    """float32, shape (n_sentences, 384), rows of unit length; None for an exchange."""


def annotate(document: Document) -> Annotation:
    """Read a document once: sentences with role, strength and salience."""
    spans = _spans(document)
    texts = [document.text[start:end] for start, end, _ in spans]
    roles = _roles(document, spans, texts)
    if document.kind == "paper":
        with_title = encoder.encode([document.title or "", *texts])
        vectors = with_title[1:]
        salience = _paper_salience(document, spans, texts, roles, with_title)
    else:
        vectors = None
        salience = _exchange_salience(texts, document.language)
    sentences = tuple(
        Sentence(start, end, block, role, strength(text, document.language), value)
        for (start, end, block), text, role, value in zip(
            spans, texts, roles, salience, strict=True
        )
    )
    return Annotation(sentences, vectors)


def _spans(document: Document) -> list[tuple[int, int, int]]:
    """Start, end and block of every sentence of the body that is in the document's language."""
    body = [
        (document.text[block.start : block.end], index)
        for index, block in enumerate(document.blocks)
        if block.kind in BODY_KINDS
    ]
    spans = []
    for doc, index in pipeline(document.language).pipe(body, as_tuples=True):
        offset = document.blocks[index].start
        for sentence in doc.sents:
            text = sentence.text
            start = offset + sentence.start_char + len(text) - len(text.lstrip())
            end = offset + sentence.end_char - (len(text) - len(text.rstrip()))
            if start < end and not is_foreign(document.text[start:end], document.language):
                spans.append((start, end, index))
    return spans


@cache
def section_role(section: str | None, language: Language) -> Role | None:
    """The role that a section's headings give its sentences, the innermost heading first."""
    for heading in reversed((section or "").split(" › ")):
        plain = _NUMBERING.sub("", heading).strip(" .:").lower()
        for part in [plain, *_SECTION_PARTS.split(plain)]:
            for role in _ROLE_ORDER:
                cues = table("roles")[language]["headings"].get(role)
                if cues and re.fullmatch("|".join(cues), part):
                    return role
            if re.fullmatch("|".join(table("roles")[language]["headings"]["aside"]), part):
                return "other"
    return None


def in_abstract(block: Block) -> bool:
    """Whether a block belongs to the abstract."""
    return bool(_ABSTRACT.match(block.section or ""))


def _cue(text: str, role: Role, language: Language) -> bool:
    return bool(pattern("roles", language, "cues", role).search(text))


def _roles(
    document: Document, spans: Sequence[tuple[int, int, int]], texts: Sequence[str]
) -> list[Role]:
    if document.kind == "exchange":
        return ["other"] * len(texts)
    language = document.language
    first = next((i for i, s in enumerate(spans) if in_abstract(document.blocks[s[2]])), 0)
    count = sum(in_abstract(document.blocks[block]) for _, _, block in spans)
    headed = any(section_role(block.section, language) for block in document.blocks)
    roles: list[Role] = []
    for index, ((_, _, block), text) in enumerate(zip(spans, texts, strict=True)):
        place = document.blocks[block]
        by_section = section_role(place.section, language)
        if headed and place.section is None:
            by_section = "background"  # the introduction of many journals has no heading
        if in_abstract(place) and by_section is None:
            roles.append(_abstract_role(text, (index - first) / max(1, count - 1), language))
        else:
            roles.append(_body_role(text, by_section, headed, language))
    return roles


def _abstract_role(text: str, position: float, language: Language) -> Role:
    """Role within an unstructured abstract; ``position`` runs from 0 (first) to 1 (last)."""
    if position > 0.6 and _cue(text, "implication", language):
        return "implication"
    for role in ("objective", "conclusion", "result", "method"):
        if _cue(text, role, language):
            return role
    if position < 0.35:
        return "background"
    return "conclusion" if position >= 0.99 else "result"


def _body_role(text: str, by_section: Role | None, headed: bool, language: Language) -> Role:
    """Role of a sentence outside an unstructured abstract, from its section and its cues."""
    if by_section == "other":
        return "other"
    if by_section in ("limitation", "implication", "method", "objective"):
        return by_section
    if by_section == "result":
        return "result"
    if by_section in (None, "background"):
        if _cue(text, "objective", language):
            return "objective"
        return "background" if by_section else _unplaced_role(text, headed, language)
    for role in ("limitation", "implication", "conclusion", "result"):
        if _cue(text, role, language):
            return role
    return "other"


def _unplaced_role(text: str, headed: bool, language: Language) -> Role:
    """Role by cues alone, where no heading tells.

    In a paper whose other headings do tell, limits and implications are left to those.
    """
    everywhere: tuple[Role, ...] = ("conclusion", "result", "method")
    for role in everywhere if headed else ("limitation", "implication", *everywhere):
        if _cue(text, role, language):
            return role
    return "other"


_SECTION_PRIOR: dict[Role | None, float] = {
    "conclusion": 0.6,
    "implication": 0.6,
    "limitation": 0.5,
    "result": 0.45,
    "objective": 0.4,
    "method": 0.25,
    "background": 0.15,
}


def _paper_salience(
    document: Document,
    spans: Sequence[tuple[int, int, int]],
    texts: Sequence[str],
    roles: Sequence[Role],
    with_title: NDArray[np.float32],
) -> list[float]:
    """How near title and abstract, where in the paper, with which cues: 0 to 1.

    Nearness is the mean cosine to the title and to the mean vector of the abstract (of the whole,
    without one), as in centroid summarization (Radev et al. 2004). ``with_title``: float32, shape
    (1 + n_sentences, 384), the title first.
    """
    if not texts:
        return []
    title, vectors = with_title[0], with_title[1:]
    abstract = [i for i, (_, _, block) in enumerate(spans) if in_abstract(document.blocks[block])]
    centre = vectors[abstract or range(len(texts))].mean(axis=0)
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    nearness = vectors @ centre
    if document.title:
        nearness = (nearness + vectors @ title) / 2
    own = pattern("roles", document.language, "cues", "result")
    values = []
    for index, ((_, _, block), text) in enumerate(zip(spans, texts, strict=True)):
        place = document.blocks[block]
        prior = (
            1.0
            if in_abstract(place)
            else _SECTION_PRIOR.get(section_role(place.section, document.language), 0.3)
        )
        cue = 1.0 if own.search(text) else 0.0
        number = 1.0 if roles[index] == "result" and re.search(r"\d", text) else 0.0
        value = 0.5 * float(nearness[index]) + 0.3 * prior + 0.12 * cue + 0.08 * number
        values.append(round(min(1.0, max(0.0, value)), 4))
    return values


#: What the length of a spoken sentence is worth: up to so many words, this factor.
_SHAPE = ((6, 0.2), (8, 0.7), (24, 1.0), (35, 0.8), (45, 0.5))


def _exchange_salience(texts: Sequence[str], language: Language) -> list[float]:
    """How much of what the whole exchange is about a sentence says: 0 to 1.

    The mean log frequency, over the exchange, of the sentence's content words (SumBasic,
    Nenkova & Vanderwende 2005), favouring lengths that are neither
    scraps nor speeches (``_SHAPE``).
    """
    stop_words = pipeline(language).Defaults.stop_words
    bags = [
        [
            word
            for word in (match.group().lower() for match in _WORD.finditer(text))
            if word not in stop_words and len(word) > 3
        ]
        for text in texts
    ]
    frequency = Counter(word for bag in bags for word in set(bag))
    top = math.log1p(max(frequency.values(), default=1))
    values = []
    for bag, text in zip(bags, texts, strict=True):
        weight = sum(math.log1p(frequency[word]) for word in set(bag)) / (len(set(bag)) + 3)
        words = len(text.split())
        shape = next((worth for most, worth in _SHAPE if words <= most), 0.2)
        values.append(round(min(1.0, shape * weight / top), 4))
    return values
