"""The verb of a French passive in the active: « a été réduite » to « a réduit ».

In the passé composé only. Participles are data (``participles.tsv``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from pipelines.language.lexicon import rows

#: What brings in who does it.
AGENT_CASE = "par"
TIMES: frozenset[str] = frozenset()
#: No pronoun changes places: its form and its place would change with it.
PRONOUNS: frozenset[str] = frozenset()
POINTERS: frozenset[str] = frozenset()
OBJECTS: frozenset[str] = frozenset()


@cache
def _masculine() -> dict[str, str]:
    """The forms of each participle, with the one that doesn't agree."""
    listed = [cells[0] for _, cells in rows("participles", "fr")]
    return {one + ending: one for one in reversed(listed) for ending in ("", "e", "s", "es")}


def participles() -> frozenset[str]:
    """The participles whose agents do something."""
    return frozenset(_masculine())


def active(participle: str, auxiliaries: Sequence[Token], several: bool) -> tuple[str, str] | None:
    """Auxiliary and participle, which no longer agrees; None for other tenses."""
    said = [helper.lower_ for helper in auxiliaries]
    if said not in (["a", "été"], ["ont", "été"]):
        return None
    return "ont" if several else "a", _masculine()[participle]


def as_object(phrase: str) -> str:
    """A subject where an object stands: a noun doesn't change."""
    return phrase


def as_subject(phrase: str) -> str:
    """An object where a subject stands: a noun doesn't change."""
    return phrase
