"""``name_species``: what was found in animals is told as found in them.

In: a line's text, and what its paper studied (``reading.species``). Out: the text behind "In this
study of rats and mice, …", or None where it already names a living thing. Not part of
``loop``: it needs a second place of the paper as evidence.
"""

from __future__ import annotations

from functools import cache
from re import Pattern

from corpus.document import Language
from corpus.text import cue_pattern
from models.parsing import parse
from pipelines.language.lexicon import entries
from pipelines.reading.species import Species
from pipelines.rewrite.steps import lowered


def name_species(text: str, species: Species, language: Language) -> str | None:
    """The text with the species before it; None where it names one, or people, itself."""
    if _living(language).search(text):
        return None
    words = entries("rewrite", language)["species"]
    *before, last = species.names
    named = words["and"].join([", ".join(before), last]) if before else last
    opening = f"{words['in']}{named}{words['then']}"
    return opening + lowered(text, parse(text, language)[0])


@cache
def _living(language: Language) -> Pattern[str]:
    """Any word for a living thing, people among them."""
    lists = entries("scope", language)
    every = [*lists["population"], *lists["animals"], *lists["organisms"]]
    return cue_pattern(
        [*every, *(cue for animal in lists["laboratory"].values() for cue in animal["said"])]
    )
