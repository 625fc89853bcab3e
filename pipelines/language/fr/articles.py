"""What stands before a replaced French word, mended: elision, contracted articles, possessives.

``contracted`` and ``forms_of`` say how prepositions and articles melt: « de » + « le » is « du ».
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from pipelines.language.splices import Change, Replacement, Splice, end_of
from pipelines.language.typography import cased
from pipelines.language.words import plain_form

#: Each form of the prepositions that melt, and the article that it holds.
_FORMS: dict[str, dict[str, str]] = {
    "de": {"de": "", "d'": "", "du": "le", "des": "les"},
    "à": {"à": "", "au": "le", "aux": "les"},
}
_VOWELS = tuple("aeiouyàâäéèêëîïôöùûüœæh")
#: Beginnings of words with an aspirated h, so far as this lexicon's words need them.
_ASPIRATED = (
    "hai", "hall", "halt", "hame", "handicap", "hang", "harc", "hasard", "hâ", "hauss", "haut",
    "héros", "hérisson", "hiérarch", "hors", "honte", "huit", "hurl", "hutte", "onz", "oui",
)  # fmt: skip
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


def begins_with_vowel(words: str) -> bool:
    """Whether words begin with a vowel, or with an h of either kind."""
    return words.lower().startswith(_VOWELS)


def elides(word: str) -> bool:
    """Whether a word takes "l’" and "d’" before it."""
    return begins_with_vowel(word) and not word.lower().startswith(_ASPIRATED)


def forms_of(preposition: str) -> Mapping[str, str]:
    """The forms of a preposition, with the article that each holds: « du » holds « le »."""
    return _FORMS.get(preposition, {preposition: ""})


def contracted(preposition: str, article: str) -> str:
    """A preposition and an article in one word: « du »."""
    return next(form for form, held in _FORMS[preposition].items() if held == article)


def mended(parsed: Doc, new: Replacement, own: Splice) -> Change | None:
    """New words in place, their neighbours mended; None where that is in doubt."""
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


def _spaced(parsed: Doc, new: Replacement, own: Splice) -> Splice:
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
    return Splice(own.start, end, text)


def _span(token: Token, text: str, *, spaced: bool) -> Splice:
    """``text`` for a token and the blank after it."""
    end = end_of(token) + len(token.whitespace_)
    return Splice(token.idx, end, cased(text, token.text) + (" " if spaced else ""))


def _before_vowel(before: Token) -> Splice | None:
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
    return Splice(before.idx, before.idx, "")


def _before_consonant(parsed: Doc, before: Token, new: Replacement) -> Splice | None:
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
    return Splice(before.idx, before.idx, "")


def _article(parsed: Doc, article: Token, gender: str) -> Splice | None:
    if gender not in ("Masc", "Fem"):
        return None
    preposition = parsed[article.i - 1] if article.i else None
    form = plain_form(preposition) if preposition is not None else ""
    if preposition is not None and gender == "Masc" and form in _FORMS:
        melted = cased(contracted(form, "le"), preposition.text)
        return Splice(preposition.idx, end_of(article), melted + " ")
    return _span(article, "le" if gender == "Masc" else "la", spaced=True)
