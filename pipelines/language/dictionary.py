"""Which French words an English word may stand beside in a translation, however both are inflected.

In: ``both/dictionary.tsv`` and ``both/renderings.tsv``, the families and spellings of each
language. Out: how well a word of the one may translate a word of the other (``likeness``): a
translation that is listed, one of its family, or a word that begins alike (cognates: "government",
« gouvernement »). A phrase that is listed (« mettre en œuvre ») lends its longer words. Which word
of a text goes with which of the other is left to ``verification.aligned``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from corpus.document import Language
from corpus.text import without_accents
from pipelines.language.lexicon import table_rows
from pipelines.language.words import base, family

#: How much each ground counts, from 0 to 1: what is listed, one of its family, a word of a phrase
#: that is listed, a common beginning of six letters, of four. By their order alone: a better ground
#: goes first where two words want the same counterpart.
LISTED, OF_FAMILY, OF_PHRASE, COGNATE, BEGINNING = 1.0, 0.9, 0.7, 0.8, 0.6
_WORD = re.compile(r"[^\W\d_]+")
#: Letters of a word of a phrase that stands for the phrase.
_LONG = 4


def entries() -> tuple[tuple[str, str], ...]:
    """English words, each with the French that is listed for it; some words stand twice."""
    listed = (*table_rows("dictionary"), *table_rows("renderings"))
    return tuple((word, french) for _, (word, french) in listed)


@lru_cache(maxsize=1 << 18)
def likeness(en: str, fr: str) -> float:
    """How well a French word may translate an English one; both in lower case. 0 to 1."""
    if en == fr and (len(en) > 1 or en.isdigit()):
        return LISTED
    own = _forms(fr, "fr")
    if own & _listed(en):
        return LISTED
    if _families(fr, "fr") & _listed_families(en):
        return OF_FAMILY
    if own & _of_phrases(en):
        return OF_PHRASE
    return _alike(plain(en), plain(fr))


def is_known(word: str, language: Language) -> bool:
    """Whether the dictionary says what a word may be in the other language."""
    if language == "en":
        return any(form in _english() for form in _forms(word, "en"))
    return bool(_forms(word, "fr") & _known_french())


@lru_cache(maxsize=1 << 16)
def phrases(en: str) -> tuple[frozenset[str], ...]:
    """The phrases that may stand for an English word, each by the forms of all its words."""
    return tuple(
        frozenset(form for word in _WORD.findall(one.lower()) for form in _forms(word, "fr"))
        for one in _told(en)
        if not _WORD.fullmatch(one)
    )


@lru_cache(maxsize=1 << 16)
def forms(word: str, language: Language) -> frozenset[str]:
    """A word as it is written, and its dictionary form."""
    return _forms(word, language)


@lru_cache(maxsize=1 << 16)
def glosses(fr: str) -> tuple[str, ...]:
    """The English words that a French word may stand for, as they are listed."""
    known = _glosses()
    return tuple(
        dict.fromkeys(en for form in sorted(_forms(fr, "fr")) for en in known.get(form, ()))
    )


@cache
def _glosses() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word, french in entries():
        for one in french.lower().split("|"):
            if _WORD.fullmatch(one.strip()):
                for form in _forms(one.strip(), "fr"):
                    found.setdefault(form, []).append(word)
    return {form: tuple(dict.fromkeys(words)) for form, words in found.items()}


def plain(word: str) -> str:
    """A word in lower case without accents."""
    return without_accents(word.lower().replace("œ", "oe"))


def _alike(en: str, fr: str) -> float:
    """Whether two words begin alike, as words of one origin do."""
    same = next((n for n, (a, b) in enumerate(zip(en, fr, strict=False)) if a != b), None)
    same = min(len(en), len(fr)) if same is None else same
    if same >= 6 or (same >= 4 and same >= max(len(en), len(fr)) - 2):
        return COGNATE
    return BEGINNING if same >= _LONG else 0.0


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    """The French of every English word listed, by its dictionary form and as it is listed."""
    found: dict[str, tuple[str, ...]] = {}
    for word, french in entries():
        told = tuple(one.strip() for one in french.split("|") if one.strip())
        for form in {word, base(word, "en")}:
            found[form] = tuple(dict.fromkeys((*found.get(form, ()), *told)))
    return found


@cache
def _known_french() -> frozenset[str]:
    return frozenset(
        form
        for told in _english().values()
        for one in told
        if _WORD.fullmatch(one)
        for form in _forms(one, "fr")
    )


@lru_cache(maxsize=1 << 16)
def _forms(word: str, language: Language) -> frozenset[str]:
    """A word, its dictionary form, and others that are listed: « ferme » may be « fermer »."""
    listed = _listed_words(language)
    others = (
        f"{word[: len(word) - len(ending)]}{instead}"
        for ending, instead in _ENDINGS[language]
        if word.endswith(ending)
    )
    return frozenset((word, base(word, language), *(one for one in others if one in listed)))


#: Endings of forms that look like another word's dictionary form, and that of theirs.
_ENDINGS: Mapping[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ),
    "fr": (
        ("e", "er"), ("es", "er"), ("ent", "er"), ("é", "er"), ("ée", "er"), ("s", ""), ("x", ""),
    ),
}  # fmt: skip


@cache
def _listed_words(language: Language) -> frozenset[str]:
    """The words of a side of the dictionary as they are listed."""
    if language == "en":
        return frozenset(word for word, _ in entries())
    return frozenset(one.strip() for _, french in entries() for one in french.lower().split("|"))


@lru_cache(maxsize=1 << 16)
def _families(word: str, language: Language) -> frozenset[str]:
    return frozenset((family(word, language),))


@lru_cache(maxsize=1 << 16)
def _listed(en: str) -> frozenset[str]:
    return frozenset(
        form for one in _told(en) if _WORD.fullmatch(one) for form in _forms(one.lower(), "fr")
    )


@lru_cache(maxsize=1 << 16)
def _of_phrases(en: str) -> frozenset[str]:
    return frozenset(
        form
        for one in _told(en)
        if not _WORD.fullmatch(one)
        for word in _WORD.findall(one)
        if len(word) >= _LONG
        for form in _forms(word.lower(), "fr")
    )


@lru_cache(maxsize=1 << 16)
def _listed_families(en: str) -> frozenset[str]:
    """The families of what is listed for a word, and for the words of its family."""
    of_kin = (one for kin in _kin().get(family(en, "en"), ()) for one in _english()[kin])
    every = {*_told(en), *of_kin}
    return frozenset(
        key for one in every if _WORD.fullmatch(one) for key in _families(one.lower(), "fr")
    )


@cache
def _kin() -> Mapping[str, tuple[str, ...]]:
    """The words listed by the family that they are of."""
    found: dict[str, list[str]] = {}
    for word in _english():
        found.setdefault(family(word, "en"), []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def _told(en: str) -> Iterator[str]:
    seen = _english()
    return (one for form in sorted(_forms(en, "en")) for one in seen.get(form, ()))
