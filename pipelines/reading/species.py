"""In which animals a paper found what it found, where it studied no people.

In: a paper. Out: its title, or the sentence of its abstract on its own work, that names most of
them, and their names as a brief gives them; nothing where the abstract speaks of participants, too.
What was found in rats is told as found in rats: the wording of a line is left to ``rewrite``.
Lists: ``scope.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.document import Block, Document, Language
from corpus.text import cue_pattern
from models.headings import in_abstract
from models.parsing import parse_all
from pipelines.language.lexicon import entries, pattern


@dataclass(frozen=True, slots=True)
class Species:
    """Animals, and where the paper names them."""

    names: tuple[str, ...]
    """In the order of the sentence, as a brief names them: "rats", "mice"."""
    start: int
    end: int


def species(document: Document) -> Species | None:
    """The animals that a paper studied; None where it studied people, or names none."""
    language = document.language
    if document.kind != "paper" or _of_people(language).search(_summary(document)):
        return None
    own = pattern("telling", language, "own")
    found = [
        Species(names_in(text, language, studied=place > 0), start, end)
        for place, (start, end) in enumerate(_sentences(document))
        for text in [document.text[start:end]]
        if place == 0 or own.search(text)
    ]
    best = max(found, key=lambda one: (len(one.names), -one.start), default=None)
    return best if best and best.names else None


def names_in(text: str, language: Language, *, studied: bool = False) -> tuple[str, ...]:
    """The animals that a text names, each once, in its order; ``studied``: in which it says so."""
    places = {
        match.start("name"): name
        for name, (anywhere, within) in _named(language).items()
        if (match := (within if studied else anywhere).search(text))
    }
    return tuple(places[start] for start in sorted(places))


def _summary(document: Document) -> str:
    """The title and the abstract in one line; empty where a paper has neither."""
    title, abstract = _title_and_abstract(document)
    blocks = [*title, *abstract]
    return " ".join(document.text[block.start : block.end] for block in blocks)


def _sentences(document: Document) -> Iterator[tuple[int, int]]:
    """The title, empty where there is none, and the sentences of the abstract."""
    title, abstract = _title_and_abstract(document)
    yield (title[0].start, title[0].end) if title else (0, 0)
    texts = [document.text[block.start : block.end] for block in abstract]
    for block, doc in zip(abstract, parse_all(texts, document.language), strict=True):
        for sentence in doc.sents:
            yield block.start + sentence.start_char, block.start + sentence.end_char


def _title_and_abstract(document: Document) -> tuple[list[Block], list[Block]]:
    """The block of the title, if there is one, and those of the abstract."""
    title = [block for block in document.blocks if block.kind == "title"][:1]
    return title, [
        block for block in document.blocks if block.kind == "paragraph" and in_abstract(block)
    ]


@cache
def _named(language: Language) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """By the animal, its names anywhere, and behind "in", "chez" or another animal."""
    lists = entries("scope", language)
    animals = lists["laboratory"].values()
    every = "|".join(cue for animal in animals for cue in animal["said"])
    led = (
        rf"(?<!\w)(?:{'|'.join(lists['prepositions'])})(?:[\w-]+ ){{0,2}}?"
        rf"(?:(?:{every})(?:,|,? (?:and|or|et|ou)) )*"
    )
    return {
        animal["told"]: (
            re.compile(rf"(?<!\w)(?P<name>{'|'.join(animal['said'])})(?!\w)", re.IGNORECASE),
            re.compile(rf"{led}(?P<name>{'|'.join(animal['said'])})(?!\w)", re.IGNORECASE),
        )
        for animal in animals
    }


def names_people(document: Document) -> bool:
    """Whether a paper's title or abstract name people, so that its individuals are such.

    True where it has neither.
    """
    said = _summary(document)
    return not said or bool(_names_people(document.language).search(said))


@cache
def _of_people(language: Language) -> re.Pattern[str]:
    return cue_pattern(entries("scope", language)["of_people"]["words"])


@cache
def _names_people(language: Language) -> re.Pattern[str]:
    lists = entries("scope", language)["of_people"]
    return cue_pattern([*lists["words"], *lists["named"]])
