"""What stands beside a replaced word, mended: "a/an" in English, elision and articles in French.

In: a parsed text, the tokens that are replaced and their new words. Out: the change with the
edits beside it, or None where the neighbours can't be mended for sure ("l’" before a word whose
gender isn't known). Which word replaces which is left to the steps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from corpus.document import Language
from pipelines.rewrite.changes import Change, Edit

#: Words that begin with a vowel letter and a consonant's sound, and the other way round.
_CONSONANT_SOUND = re.compile(r"(?:uni(?!n)|use|usu|util|eu|one\b|once\b|ubi)", re.IGNORECASE)
_VOWEL_SOUND = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)

#: French words with an aspirated h, by their beginnings, so far as this lexicon's words need them.
_ASPIRATED = re.compile(
    r"(?:hai|hal[lt]|hame|handicap|hang|harc|hasard|hâ|hauss|haut|héros|hérisson|hiérarch|hors|"
    r"honte|huit|hurl|hutte|onz|oui)",
    re.IGNORECASE,
)
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæh]", re.IGNORECASE)
#: What loses its vowel before another.
_ELIDED = {
    "de": "d’", "que": "qu’", "ne": "n’", "se": "s’", "je": "j’", "me": "m’", "te": "t’",
    "le": "l’", "la": "l’", "lorsque": "lorsqu’", "puisque": "puisqu’", "jusque": "jusqu’",
}  # fmt: skip
_WHOLE = {
    "d'": "de", "qu'": "que", "n'": "ne", "j'": "je", "m'": "me", "t'": "te",
    "lorsqu'": "lorsque", "puisqu'": "puisque",
}  # fmt: skip
_BEFORE_VOWEL = {"du": "de l’", "au": "à l’", "ce": "cet", "ma": "mon", "ta": "ton", "sa": "son"}
_BEFORE_CONSONANT = {"cet": "ce"}
_POSSESSIVE = {"mon": "ma", "ton": "ta", "son": "sa"}


@dataclass(frozen=True, slots=True)
class Replacement:
    """New words for the tokens ``start`` to ``end`` (token indices, end exclusive)."""

    start: int
    end: int
    words: str
    gender: str = ""
    """"Masc" or "Fem" for a French noun, "" where it doesn't matter."""


def joined(parsed: Doc, new: Replacement, language: Language) -> Change | None:
    """The change that puts ``new`` in place, its neighbours mended; None where that is in doubt."""
    first, last = parsed[new.start], parsed[new.end - 1]
    words = new.words
    if first.text[:1].isupper():
        words = words[:1].upper() + words[1:]
    own = Edit(first.idx, last.idx + len(last.text), words)
    if language == "fr":
        return _french(parsed, new, own)
    before = parsed[new.start - 1] if new.start else None
    if before is None or before.lower_ not in ("a", "an") or not before.whitespace_:
        return (own,)
    article = "an" if _vowel_sound(new.words) else "a"
    if before.lower_ == article:
        return (own,)
    return (Edit(before.idx, before.idx + len(before.text), _cased(article, before)), own)


def _vowel_sound(words: str) -> bool:
    if words[:1].lower() in "aeiou":
        return not _CONSONANT_SOUND.match(words)
    return bool(_VOWEL_SOUND.match(words))


def _cased(word: str, like: Token) -> str:
    return word[:1].upper() + word[1:] if like.text[:1].isupper() else word


def elides(word: str) -> bool:
    """Whether a French word takes "l’" and "d’" before it."""
    return bool(_VOWEL.match(word)) and not _ASPIRATED.match(word)


def plain_form(token: Token) -> str:
    """A token in lower case, with a straight apostrophe."""
    return token.text.lower().replace("’", "'")


def _french(parsed: Doc, new: Replacement, own: Edit) -> Change | None:
    own = _spaced(parsed, new, own)
    before = parsed[new.start - 1] if new.start else None
    if before is None or not (before.whitespace_ or _glue(before)):
        return (own,)
    was, will = elides(parsed[new.start].text), elides(new.words)
    if was == will:
        return (own,)
    left = _before_vowel(before) if will else _before_consonant(parsed, before, new)
    if left is None:
        return None
    return (left, own) if left.start != left.end or left.text else (own,)


def _glue(token: Token) -> str:
    """ "'" where a token is bound to the next by its apostrophe, else ""."""
    return "'" if token.text.endswith(("'", "’")) else ""


def _spaced(parsed: Doc, new: Replacement, own: Edit) -> Edit:
    """The words with what must follow them: "afin d’" + "agir" make "pour agir"."""
    last = parsed[new.end - 1]
    after = parsed[new.end] if new.end < len(parsed) else None
    text, end = own.text, own.end
    if after is not None and _glue(last) and not last.whitespace_ and not text.endswith("’"):
        text += " "
    final = text.rstrip().rsplit(" ", 1)[-1].lower()
    if after is not None and final in ("de", "que") and elides(after.text):
        text = text.rstrip()[:-1] + "’"
        end += len(last.whitespace_)
    return Edit(own.start, end, text)


def _span(token: Token, text: str, *, spaced: bool) -> Edit:
    """``text`` for a token and the blank after it."""
    end = token.idx + len(token.text) + len(token.whitespace_)
    return Edit(token.idx, end, _cased(text, token) + (" " if spaced else ""))


def _before_vowel(before: Token) -> Edit | None:
    """ "de" to "d’", "du" to "de l’", "ce" to "cet", before a word that now begins with a vowel."""
    form = plain_form(before)
    if form in ("le", "la", "ce") and before.pos_ not in ("DET", "PRON"):
        return None
    if form in _ELIDED:
        return _span(before, _ELIDED[form], spaced=False)
    if form in ("du", "au"):
        return _span(before, _BEFORE_VOWEL[form], spaced=False)
    if form in _BEFORE_VOWEL:
        return _span(before, _BEFORE_VOWEL[form], spaced=True)
    if form in ("beau", "nouveau", "vieux"):
        return None
    return Edit(before.idx, before.idx, "")


def _before_consonant(parsed: Doc, before: Token, new: Replacement) -> Edit | None:
    """ "d’" to "de", "l’" to "le" or "la", "de l’" to "du", before a consonant."""
    form = plain_form(before)
    if form in _WHOLE:
        return _span(before, _WHOLE[form], spaced=True)
    if form == "s'":
        return _span(before, "se", spaced=True) if before.pos_ == "PRON" else None
    if form == "l'":
        return _article(parsed, before, new.gender)
    if form in ("bel", "nouvel", "vieil") or form.endswith("'"):
        return None
    if form in _BEFORE_CONSONANT:
        return _span(before, _BEFORE_CONSONANT[form], spaced=True)
    if form in _POSSESSIVE and new.gender == "Fem":
        return _span(before, _POSSESSIVE[form], spaced=True)
    if form in _POSSESSIVE and not new.gender:
        return None
    return Edit(before.idx, before.idx, "")


def _article(parsed: Doc, article: Token, gender: str) -> Edit | None:
    if gender not in ("Masc", "Fem"):
        return None
    preposition = parsed[article.i - 1] if article.i else None
    form = plain_form(preposition) if preposition is not None else ""
    if preposition is not None and gender == "Masc" and form in ("de", "à"):
        end = article.idx + len(article.text)
        contracted = _cased({"de": "du", "à": "au"}[form], preposition)
        return Edit(preposition.idx, end, contracted + " ")
    return _span(article, "le" if gender == "Masc" else "la", spaced=True)
