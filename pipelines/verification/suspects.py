"""What a translation may have lost, added or changed, and how likely it did.

In: suspects, words of a text whose counterpart isn't where it should be, with numbers that tell
how much speaks for a fault (``wordings``, ``completeness``, ``termed``). Out: those that are likely
enough to be told, the likeliest first. How likely is learned (``models.translation_faults``); from
which probability on a suspect is told was chosen on true pairs (``suspects.toml``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus.document import Language
from models.translation_faults import Fault, likely
from pipelines.language.lexicon import table
from pipelines.verification.aligned import Aligned
from pipelines.verification.pair import Pair, made_translation

#: What stands nowhere is so far away, in words.
NOWHERE = 30.0


@dataclass(frozen=True, slots=True)
class Suspect:
    """Words of a text that may have no counterpart, or a wrong one, in the other."""

    fault: Fault
    language: Language
    """Of the text that has the words."""
    written: str
    start: int
    """First character of the words, code points into their text."""
    features: Mapping[str, float]
    instead: str = ""
    """What the other text has at that place, where it has something."""
    certain: bool = False
    """Whether the other text has nothing at all that could stand for them."""


Suspecting = Callable[[str, str], tuple[Suspect, ...]]
"""All suspects of an English and a French text."""


def told(pair: Pair, suspecting: Suspecting) -> list[Suspect]:
    """The suspects of a pair that are likely enough, the likeliest first.

    Raises ``ModelMissingError``.
    """
    if (target := made_translation(pair)) is None:
        return []
    text = pair.segment.text
    en, fr = (text, target.text) if pair.segment.language == "en" else (target.text, text)
    suspects = suspecting(en, fr)
    if not suspects:
        return []
    fault = suspects[0].fault
    least = table("suspects")["told"][fault]
    found = likely(fault, [one.features for one in suspects])
    order = sorted(zip(found, range(len(found)), strict=True), key=lambda one: (-one[0], one[1]))
    alone = table("suspects")["alone"].get(fault, least)
    return [suspects[n] for p, n in order if p >= (alone if suspects[n].certain else least)]


def cover(words: Aligned) -> dict[str, float]:
    """How much of two texts goes together."""
    content = {
        side: max(1, sum(word.content for word in words.words(side))) for side in words.sides
    }
    found = {"content": float(sum(content.values()))}
    for side in words.sides:
        found[f"unlike_{side}"] = len(words.alone_at_first(side)) / content[side]
        found[f"alone_{side}"] = len(words.alone(side)) / content[side]
    return found
