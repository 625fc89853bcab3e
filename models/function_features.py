"""What tells the function of a paper's sentence: its words, its form, its place, its neighbours.

In: a paper's sentences in reading order, parsed, each with the headings over it. Out: three views
of each. ``forms`` are named numbers that English and French share (classes of cue words, tense and
person, ``roles_features``; headings by role, place in paper, section and paragraph; figures and
citations; the neighbours' forms), so that what was learned in English reads French. ``words`` are
the sentence's words and pairs of words. ``neighbourhood`` are vectors: its own, and those of the
sentences before and after it. Judging them is left to ``sentence_functions``.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from corpus.document import Block, Document, Language
from corpus.text import RAISED_CITATION, cue_pattern
from models.headings import in_abstract, section_role
from models.parsing import body_sentences
from models.roles_features import CITATION, Features, neighbours, own_features

#: Places in the paper are told in tenths, those in a section and a paragraph by so many sentences
#: from either end.
_TENTHS, _EDGE, _PARAGRAPH_EDGE = 10, 4, 2
#: How much a neighbour counts beside the sentence itself, in its form and in its vector.
_NEIGHBOUR_FORM, _NEIGHBOUR_VECTOR = 0.5, 0.7
#: Longer ones are as long as this, in words; so many digits are many.
_LONG, _DIGITS = 60, 20
_WORD = re.compile(r"[^\W\d_]+|%|\d+")
CITED = re.compile(f"{CITATION.pattern}|{RAISED_CITATION}")
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_DISPLAY = re.compile(r"\b(?:fig(?:ure)?s?|tables?|tableaux?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Located:
    """A parsed sentence of a paper, and where it stands."""

    doc: Doc
    block: Block


def located(document: Document) -> list[Located]:
    """The sentences of a document's body, under their headings."""
    return [Located(one.doc, document.blocks[index]) for index, one in body_sentences(document)]


def forms(
    sentences: Sequence[Located], nearness: NDArray[np.float32], language: Language
) -> list[Features]:
    """The view that English and French share: named numbers for each sentence of one paper.

    ``nearness`` is what the function of that name gives.
    """
    own = [own_features(one.doc, language) | own_words(one.doc.text, language) for one in sentences]
    places = list(_places(sentences, language))
    found: list[Features] = []
    for index, place in enumerate(places):
        row = place | {f"form:{name}": value for name, value in own[index].items()}
        row |= neighbours(own, index, _NEIGHBOUR_FORM)
        row |= {f"near:{n}": 3.0 * float(v) for n, v in zip(NEAR, nearness[index], strict=True)}
        found.append(row)
    return found


@cache
def cues_of(language: Language) -> Mapping[str, re.Pattern[str]]:
    """The classes of words in full text, each as one pattern."""
    text = resources.files("models").joinpath("function_cues.toml").read_text(encoding="utf-8")
    return {name: cue_pattern(cues) for name, cues in tomllib.loads(text)[language].items()}


def own_words(text: str, language: Language) -> Features:
    """The classes of words in full text (``function_cues.toml``) that a sentence has any of."""
    return {f"cue:{name}": 1.0 for name, cues in cues_of(language).items() if cues.search(text)}


def words(text: str) -> Features:
    """The words and pairs of words of a sentence, a number as 0, by the root of how many there are.

    Presence counts, not frequency: a sentence rarely says a word twice.
    """
    plain = _WORD.findall(_NUMBER.sub("0", text.lower()))
    terms = sorted({*plain, *(f"{a} {b}" for a, b in itertools.pairwise(plain))})
    return dict.fromkeys(terms, 1.0 / max(1.0, len(terms)) ** 0.5)


def neighbourhood(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each sentence's vector, the one before and the one after: float32, shape (n, 3 × size)."""
    if not len(vectors):
        return np.zeros((0, 3 * vectors.shape[1]), dtype=np.float32)
    none = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    before, after = np.vstack([none, vectors[:-1]]), np.vstack([vectors[1:], none])
    near = np.float32(_NEIGHBOUR_VECTOR)
    stacked: NDArray[np.float32] = np.hstack([vectors, near * before, near * after])
    return stacked


#: What a sentence may be near to, by the cosine of vectors.
NEAR = ("abstract", "title", "paper", "twin")


def nearness(
    vectors: NDArray[np.float32], title: NDArray[np.float32], early: Sequence[bool]
) -> NDArray[np.float32]:
    """How near each sentence is to abstract, title and paper, and to its twin in the abstract.

    float32, shape (n, 4), in the order of ``NEAR``. ``early`` tells which stand in the abstract. A
    fact that matters is told twice, so that its nearest sentence of the abstract says the same.
    """
    count = len(vectors)
    if not count:
        return np.zeros((0, len(NEAR)), dtype=np.float32)
    places = np.flatnonzero(np.array(early))
    abstract = paper = _centre(vectors)
    twin: NDArray[np.float32] = np.zeros(count, dtype=np.float32)
    if len(places):
        abstract = _centre(vectors[places])
        twins = vectors @ vectors[places].T
        twins[places, np.arange(len(places))] = -1.0  # none is its own
        twin = twins.max(axis=1)
    columns = [vectors @ abstract, vectors @ title, vectors @ paper, twin]
    return np.stack(columns, axis=1).astype(np.float32)


def _centre(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    mean: NDArray[np.float32] = vectors.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _places(sentences: Sequence[Located], language: Language) -> Iterator[Features]:
    """Where each sentence stands, and what it looks like from outside."""
    in_section: Counter[str | None] = Counter(one.block.section for one in sentences)
    in_block: Counter[int] = Counter(one.block.start for one in sentences)
    section_seen: Counter[str | None] = Counter()
    block_seen: Counter[int] = Counter()
    for index, one in enumerate(sentences):
        section, block = one.block.section, one.block.start
        yield _place(one, index / max(1, len(sentences) - 1), language) | _edges(
            one,
            (section_seen[section], in_section[section] - 1 - section_seen[section]),
            (block_seen[block], in_block[block] - 1 - block_seen[block]),
            language,
        )
        section_seen[section] += 1
        block_seen[block] += 1


def _place(one: Located, share: float, language: Language) -> Features:
    role = section_role(one.block.section, language)
    outermost = section_role((one.block.section or "").split(" › ")[0], language)
    early = in_abstract(one.block)
    text = one.doc.text
    length = len(text.split())
    return {
        f"heading:{role}": 1.0,
        f"outermost:{outermost}": 1.0,
        "abstract": float(early),
        f"abstract+heading:{role}": float(early),
        f"block:{one.block.kind}": 1.0,
        "place": share,
        "place²": share * share,
        f"tenth:{min(_TENTHS - 1, int(share * _TENTHS))}": 1.0,
        "length": min(length, _LONG) / 30,
        "short": float(length < 8),
        "long": float(length > 40),
        "digits": min(sum(sign.isdigit() for sign in text), _DIGITS) / _DIGITS,
        "percent": float("%" in text),
        "cites": float(bool(CITED.search(text))),
        "display": float(bool(_DISPLAY.search(text))),
    }


def _edges(
    one: Located, section: tuple[int, int], block: tuple[int, int], language: Language
) -> Features:
    """How far a sentence stands from the ends of its section and its paragraph."""
    role = section_role(one.block.section, language)
    early = float(in_abstract(one.block))
    found = {"section": section[0] / max(1, sum(section))}
    for side, far in zip(("start", "end"), section, strict=True):
        near = min(far, _EDGE)
        found |= {
            f"section_{side}:{near}": 1.0,
            f"abstract+{side}:{near}": early,
            f"heading:{role}+{side}:{near}": 1.0,
        }
    for side, far in zip(("start", "end"), block, strict=True):
        found[f"paragraph_{side}:{min(far, _PARAGRAPH_EDGE)}"] = 1.0
    return found
