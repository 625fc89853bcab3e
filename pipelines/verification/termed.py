"""Terms and names of a segment: does its translation call them as they are called?

In: a pair whose segment has a translation. Out: a term of the termbase that the translation has in
none of its forms, as a doubt; a name that neither text shares with the other. A term of one word
has other senses, and is told only where the translation has another term that the segment lacks in
its place; so is one that an abbreviation may stand for. Which terms there are is
``language.terms``'s business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.document import Language
from models.components.places import places
from models.readability_scale import zipf
from pipelines.language.reasons import Reason, reason
from pipelines.language.terms import TermMet, has_words_of, terms_in, used
from pipelines.verification.pair import MadeTranslation, Pair, made_translation

_ABBREVIATION = re.compile(r"\b[A-Z]{2,}s?\b")


def translated_terms(pair: Pair) -> Iterator[Reason]:
    """A term is translated by one of its forms; an official name by an official name."""
    if (target := made_translation(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    here, there = terms_in(text, language), terms_in(target.text, target.language)
    lost = [
        met
        for met in here
        if not _kept(met, target.text, target.language)
        and (_is_sure(met, language) or len(met.written.split()) > 1)
    ]
    added = [
        met
        for met in there
        if _is_sure(met, target.language) and not _kept(met, text, language)
        and (met.term.part == "properNoun" or not _partly(met, text, language))
    ]  # fmt: skip
    short = set(_ABBREVIATION.findall(target.text)) - set(_ABBREVIATION.findall(text))
    for met in lost:
        instead = _in_its_place(met, added, text, target.text)
        if instead is not None:
            yield reason("translation_term_other", word=met.written, there=instead.written)
        elif (
            not short
            and len(met.written.split()) > 1
            and _is_sure(met, language)
            and _is_explicit(met, language)
            and not _partly(met, target.text, target.language)
        ):
            expected = met.term.terms[target.language]
            yield reason("translation_term_lost", word=met.written, there=expected)


def _is_sure(met: TermMet, language: Language) -> bool:
    """Whether the words are the term's own, and stand for nothing else."""
    return not _ABBREVIATION.fullmatch(met.written) and has_words_of(
        met.written, met.term, language
    )


def _is_explicit(met: TermMet, language: Language) -> bool:
    """Whether what a term says can't be understood without it: French repeats where English points
    back ("it", "the tests"), so that only names ask in French."""
    return language == "en" or met.term.part == "properNoun"


def _kept(met: TermMet, text: str, language: Language) -> bool:
    return any(used(term, text, language) for term in (met.term, *met.also))


#: How far apart, as shares of their texts, a term and another in its place stand at most.
_NEAR = 0.2


def _in_its_place(met: TermMet, added: Sequence[TermMet], here: str, there: str) -> TermMet | None:
    """The term of the translation that stands where another should; None where none does."""
    place = met.start / max(len(here), 1)
    near = [
        (abs(one.start / max(len(there), 1) - place), one.start, one)
        for one in added
        if (one.term.part == "properNoun") == (met.term.part == "properNoun")
    ]
    found = [
        one for distance, _, one in sorted(near, key=lambda item: item[:2]) if distance <= _NEAR
    ]
    return found[0] if found else None


def _partly(met: TermMet, text: str, language: Language) -> bool:
    """Whether a text has a word of the term, in another form: "vaccine" for « vaccination »."""
    words = {_plain(word)[:_BEGINNING] for word in re.findall(r"\w{4,}", text)}
    return any(
        _plain(word)[:_BEGINNING] in words
        for term in (met.term, *met.also)
        for form in term.every_form(language)
        for word in re.findall(r"\w{4,}", form)
        if term.part != "properNoun" or word not in _IN_MANY_NAMES
    )


#: Words that many official names share.
_IN_MANY_NAMES = frozenset(
    ("Canada", "Service", "Services", "Agency", "Agence", "Office", "Bureau", "Department")
)


#: Letters by which two words are taken for the same, accents aside.
_BEGINNING = 4


# -- names ---------------------------------------------------------------------------------------

#: A word with a capital that begins no sentence, and no part of one.
_CAPITALIZED = re.compile(r"(?<=[\w,’'(/-][ ’'(])[A-ZÀ-Þ][\w’·-]*[a-zà-ÿ][\w·]*")
#: A word that is rarer than this in its language, by log10 of its occurrences in 10⁹ words, is no
#: common word with a capital (wordfreq; "Winnipeg" has 3.6, "playbook" 3.3, "Kamloops" 2.6, and
#: « Tremblay » 3.6; English writes titles with capitals).
_COMMON: dict[Language, float] = {"en": 3.0, "fr": 3.7}


def translated_names(pair: Pair) -> Iterator[Reason]:
    """A translation names nobody and nothing in the place of another.

    Names differ much between the languages, so that only one is told that is no common word, that
    the segment lacks in any form, and beside which a name of the segment is lost.
    """
    if (target := made_translation(pair)) is None:
        return
    text, language = pair.segment.text, pair.segment.language
    added = _names_beyond(target.text, target.language, text)
    lost = [*_names_beyond(text, language, target.text), *_known_beyond(text, language, target)]
    strange = [name for name in added if _is_uncommon(name, target.language)]
    if strange and lost:
        yield reason("translation_name_other", word=strange[0], there=lost[0])


def _known_beyond(text: str, language: Language, target: MadeTranslation) -> list[str]:
    """The places and official names of a text that its translation hasn't."""
    gone = [
        place.written
        for place in places(text, language)
        if place.en not in target.text and place.fr not in target.text
    ]
    names = [met for met in terms_in(text, language) if met.term.part == "properNoun"]
    lost = [met.written for met in names if not _kept(met, target.text, target.language)]
    return [*gone, *lost]


def _is_uncommon(name: str, language: Language) -> bool:
    """Whether no part of a name is a common word: "Officer's", "Interchange-specific" have one."""
    parts = re.findall(r"[^\W\d_]{2,}", name.lower())
    return bool(parts) and all(zipf(part, language) < _COMMON[language] for part in parts)


def _names_beyond(text: str, language: Language, other_text: str) -> list[str]:
    """The names of a text that another has in no form, known places and terms aside."""
    begun = {word[:_BEGINNING] for word in _plain(other_text).split()}
    known = [(place.start, place.end) for place in places(text, language)]
    known += [(met.start, met.end) for met in terms_in(text, language)]
    return [
        name
        for start, name in _names(text)
        if not any(first <= start < last for first, last in known)
        and not any(part[:_BEGINNING] in begun for part in _plain(name).split())
    ]


@lru_cache(maxsize=8192)
def _names(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match.group()) for match in _CAPITALIZED.finditer(text))


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """A text in lower case, without accents, and with blanks for signs."""
    bare = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", " ", "".join(c for c in bare if not unicodedata.combining(c)))
