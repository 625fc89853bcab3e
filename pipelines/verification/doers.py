"""Who does what to whom: told by the parse, where the order of the words doesn't tell.

In: a pair whose words are all supported. Out: a word for somebody or something that does in the
text what another does in the evidence, or to whom it is done ("visits were reduced by the shelter",
"visits reduced the shelter"); None where there is none. Only what the evidence tells of both is
compared; what the parser misses is left to ``order``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from models.parsing import parse
from pipelines.verification.pair import Pair

#: What stands before who does something, behind a passive.
_BY = ("by", "par")

Role = tuple[str, str]
"""What is done, and by whom or to whom: keys of the evidence."""


@dataclass(frozen=True, slots=True)
class _Roles:
    """Who does what, and to whom, in the texts of one side."""

    doers: frozenset[Role]
    """Who does something to others."""
    subjects: frozenset[Role]
    """Who does something at all, or to whom it is done in a passive."""
    patients: frozenset[Role]
    """To whom or what something is done."""


def changed_role(pair: Pair) -> str | None:
    """A word that is in another's role; None where all keep theirs."""
    if not pair.close:
        return None
    alignment, language = pair.alignment, pair.language
    places = {word.start: place for word, place in alignment.placed if place}
    said = _roles([(parse(pair.text, language), places)])
    there = _roles(
        (parse(quote, language), {word.start: word.key for word in words})
        for quote, words in zip(pair.quotes, alignment.quotes, strict=True)
    )
    changed = {
        *(said.patients & there.doers - there.patients),
        *_another(said.patients, there.patients - there.subjects, there.patients | there.subjects),
        *_another(said.subjects, there.subjects, there.patients | there.subjects),
    }
    return min((one for _, one in changed), default=None)
