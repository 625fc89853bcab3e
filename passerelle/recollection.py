"""The translation memory of the store: what it offers for a brief, and what a brief adds to it.

In: an open ``Store``, and briefs. What is alike, and how a brief is filled, is
``pipelines.translation.recall``'s business; which pairs are kept, the store's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from corpus import store as stores
from corpus.store import (
    Remembered,
    Store,
    forget_pairs,
    memory_mark,
    remember,
    remember_brief,
)
from pipelines.brief import Brief, from_json, to_json
from pipelines.render.xliff_units import Match
from pipelines.translation import recall
from pipelines.translation.recall import Memory
from pipelines.translation.tmx import TranslationPair


def remembered(store: Store) -> Memory:
    """All that the store remembers."""
    return _remembered(store, memory_mark(store))


@lru_cache(maxsize=1)
def _remembered(store: Store, mark: tuple[int, int]) -> Memory:
    """The memory as it was at a mark; read once, however many briefs a night makes."""
    pairs = stores.memory(store) if mark[1] else []
    return Memory(
        tuple(TranslationPair(p.source_language, p.source, p.target, p.origin) for p in pairs)
    )


def offers(brief: Brief, store: Store) -> Mapping[str, tuple[Match, ...]]:
    """What the memory offers for each line that is still to translate."""
    return recall.offers(brief, remembered(store))


def filled(text: str, name: str, store: Store) -> str:
    """A new draft's JSON with what the memory offers in its targets, as suggestions."""
    known = remembered(store)
    return to_json(recall.filled(from_json(text, name), known)) if known.pairs else text


def take_in(brief: Brief, store: Store) -> None:
    """Remember the pairs of a brief that was published in both languages."""
    if brief.status == "published":
        remember_brief(store, brief.id, _kept(recall.pairs_of(brief)))


def take_back(brief_id: str, store: Store) -> None:
    """Forget the pairs of a brief that was taken back."""
    forget_pairs(store, brief_id)


def bring_along(pairs: list[TranslationPair], store: Store) -> int:
    """Remember pairs of an organization's own; how many are new."""
    return remember(store, _kept(pairs))


def _kept(pairs: list[TranslationPair]) -> list[Remembered]:
    return [Remembered(pair.language, pair.source, pair.target, pair.origin) for pair in pairs]
