"""Which words are the same: inflected forms, spellings, and families of words.

``base`` undoes inflection and spelling: the dictionary form by ``models.lemmas``, in the first of
its variants (``variants.tsv``); what compares ("older", "worse") stays itself. ``family`` joins
what derivation made of one word and what still speaks of the same ("measure", "measurement"), by a
list that was read entry by entry (``families.tsv``), never by endings: police is not policy. What a
word says is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from spacy.tokens import Token

from corpus.document import Language
from corpus.text import WORD
from models.lemmas import lemma
from pipelines.language.lexicon import rows

#: A word, or a name with digits in it: "TPS10", "unc-116".
NAME = re.compile(r"[^\W\d_][\w’'−-]*")


@lru_cache(maxsize=65536)
def base(word: str, language: Language) -> str:
    """The dictionary form of a word, in lower case and one spelling."""
    lower = word.lower().replace("’", "'")
    spelled = _variants(language).get(lower, lower)
    own = lemma(spelled, language, _known(language))
    return _variants(language).get(own, own)


def bases(text: str, language: Language, shortest: int = 1) -> set[str]:
    """The words of a text of so many letters or more, in their dictionary form."""
    return {base(word, language) for word in WORD.findall(text) if len(word) >= shortest}


@cache
def _known(language: Language) -> frozenset[str]:
    """The words of our own lists, which are dictionary forms, or nearly all of them."""
    lists = (rows(name, language) for name in ("families", "variants"))
    return frozenset(word for lines in lists for _, cells in lines for word in cells)


@lru_cache(maxsize=65536)
def family(word: str, language: Language) -> str:
    """The first word of a word's family; its dictionary form where it has none."""
    lower = word.lower().replace("’", "'")
    own = base(word, language)
    known = _families(language)
    # A participle may be a word of its own and a form of its verb: « étudiée », « étudié ».
    forms = (_variants(language).get(lower, lower), own, base(own, language))
    return next((known[form] for form in forms if form in known), own)


def same_family(one: str, two: str, language: Language) -> bool:
    """Whether two words are forms of one word, or of one family."""
    return family(one, language) == family(two, language)


@cache
def _variants(language: Language) -> dict[str, str]:
    return {form: cells[0] for _, cells in rows("variants", language) for form in cells}


@cache
def _families(language: Language) -> dict[str, str]:
    """Every word of the families in one spelling, with the first word of its own."""
    spelled = _variants(language)
    return {
        spelled.get(word, word): spelled.get(cells[0], cells[0])
        for _, cells in rows("families", language)
        for word in cells
    }


def plain_form(token: Token) -> str:
    """A token in lower case, with a straight apostrophe."""
    return token.text.lower().replace("’", "'")


def parts(word: str) -> list[str]:
    """A compound or an elision in its parts: "heat-related", « l’eau »."""
    return [part for part in word.replace("’", "'").replace("-", "'").split("'") if part]


def words_of(text: str) -> Iterator[str]:
    """Lower-case words of a text, compounds and elisions in their parts."""
    for match in WORD.finditer(text.lower()):
        yield from parts(match.group())
