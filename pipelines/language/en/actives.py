"""The verb of an English passive in the active: "was reduced" to "reduced".

In its simple tenses, in the perfect and behind modals. Participles and their forms are data
(``participles.tsv``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Token

from pipelines.language.lexicon import rows

_OBJECTS = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
_SUBJECTS = {form: own for own, form in _OBJECTS.items()}

#: What brings in who does it.
AGENT_CASE = "by"
#: "By the end of the year" tells when, and not who.
TIMES = frozenset(
    ["century", "date", "day", "decade", "end", "hour", "minute", "month", "week", "year"]
)
#: Pronouns that may change places, those that may as they are, and those that stand as objects.
PRONOUNS = frozenset([*_OBJECTS, *_SUBJECTS, "it"])
POINTERS = frozenset(["this", "these"])
OBJECTS = frozenset(_SUBJECTS)


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Participle to its past, its third person and its base, as the lexicon lists them."""
    return {cells[0]: cells[1:] for _, cells in rows("participles", "en")}


def participles() -> frozenset[str]:
    """The participles whose agents do something."""
    return frozenset(_forms())


def active(participle: str, auxiliaries: Sequence[Token], several: bool) -> tuple[str, str] | None:
    """Auxiliary and verb in the same tense, in the number of the agent; None for other tenses."""
    past, third, base = _forms()[participle]
    said = [helper.lower_ for helper in auxiliaries]
    if said in (["was"], ["were"]):
        return "", past
    if said in (["is"], ["are"]):
        return "", base if several else third
    if said in (["has", "been"], ["have", "been"]):
        return "have" if several else "has", participle
    if said == ["had", "been"]:
        return "had", participle
    if len(said) == 2 and said[1] == "be" and auxiliaries[0].tag_ == "MD":
        return said[0], base
    return None


def as_object(phrase: str) -> str:
    """A subject where an object stands: "they" to "them"."""
    return _OBJECTS.get(phrase.lower(), phrase)


def as_subject(phrase: str) -> str:
    """An object where a subject stands: "them" to "they"."""
    own = _SUBJECTS.get(phrase.lower(), phrase)
    return "I" if own == "i" else own
