"""The forms of a word, and the form of one word that another word had.

In: a dictionary form, its part of speech, its language. Out: its forms by feature ("past",
"part.past.fp"), by the rules of each language's ``word_forms``. ``transfer`` gives the plain word
the form of the word that it replaces: "utilized" and "use" make "used". Written for the closed
lists of the lexicon, whose words a test reads one by one; not for any word of a language.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from spacy.tokens.morphanalysis import MorphAnalysis

from corpus.document import Language
from pipelines.language.en import word_forms as english
from pipelines.language.fr import word_forms as french
from pipelines.language.wordlists import Forms


@cache
def forms(lemma: str, pos: str, language: Language) -> Forms:
    """The forms of a dictionary form, by feature; itself as "base" where it has no other.

    English verbs: base, s, ing, past, part; nouns: sing, plur. French verbs: inf, pres, impf,
    fut, cond, subj and simp with a person, part.pres, part.past with gender and number; nouns:
    s, p; adjectives: ms, mp, fs, fp. Raises ``InflectionError`` for a French verb that needs the
    list of irregular words and isn't there.
    """
    made = (french.FORMS if language == "fr" else english.FORMS).get(pos)
    return MappingProxyType(made(lemma) if made else {"base": lemma})


def features(word: str, lemma: str, pos: str, language: Language) -> tuple[str, ...]:
    """What ``word`` can be as a form of ``lemma``: "used" is past or participle of "use"."""
    lower = word.lower()
    return tuple(name for name, form in forms(lemma, pos, language).items() if form == lower)


def transfer(
    word: str, hard: str, plain: str, pos: str, language: Language, morph: MorphAnalysis
) -> str | None:
    """``plain`` in the form in which ``word`` is one of ``hard``; None where that is in doubt.

    Where the word can be several forms, and ``plain`` tells them apart, the parse's ``morph``
    decides: "demonstrated" is "showed" or "shown".
    """
    plain_forms = forms(plain, pos, language)
    found = features(word, hard, pos, language)
    made = {plain_forms[name] for name in found if name in plain_forms}
    # « convient » is of « convier » or of « convenir »: a French verb must agree with its parse.
    if len(made) > 1 or (language == "fr" and pos == "VERB"):
        fitting = [name for name in found if _agrees(name, morph)]
        made = {plain_forms[name] for name in fitting if name in plain_forms}
    return made.pop() if len(made) == 1 else None


def _agrees(feature: str, morph: MorphAnalysis) -> bool:
    """Whether a parse's morphology is that of a feature."""
    said = morph.to_dict()
    return all(said.get(name, "") in values for name, values in _morphology(feature).items())


def _morphology(feature: str) -> dict[str, tuple[str, ...]]:
    """The Universal Dependencies features that each of ours asks for."""
    kind, _, rest = feature.partition(".")
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if kind == "part":
        past = rest.startswith("past")
        return {"VerbForm": ("Part",), "Tense": ("Past",) if past else ("Pres",)}
    asked = dict(_TENSES[kind])
    asked["Person"] = (rest[0],)
    asked["Number"] = ("Sing",) if rest[1] == "s" else ("Plur",)
    return asked


_SIMPLE: dict[str, dict[str, tuple[str, ...]]] = {
    "base": {"VerbForm": ("Inf", "Fin"), "Tense": ("Pres", "")},
    "s": {"VerbForm": ("Fin",)},
    "ing": {"VerbForm": ("Ger", "Part")},
    "past": {"VerbForm": ("Fin",), "Tense": ("Past",)},
    "part": {"VerbForm": ("Part",), "Tense": ("Past",)},
    "sing": {"Number": ("Sing",)},
    "plur": {"Number": ("Plur",)},
    "inf": {"VerbForm": ("Inf",)},
    "p": {"Number": ("Plur",)},
    "ms": {"Gender": ("Masc",), "Number": ("Sing",)},
    "mp": {"Gender": ("Masc",), "Number": ("Plur",)},
    "fs": {"Gender": ("Fem",), "Number": ("Sing",)},
    "fp": {"Gender": ("Fem",), "Number": ("Plur",)},
}
_TENSES: dict[str, dict[str, tuple[str, ...]]] = {
    "pres": {"Mood": ("Ind",), "Tense": ("Pres",)},
    "impf": {"Mood": ("Ind",), "Tense": ("Imp",)},
    "fut": {"Mood": ("Ind",), "Tense": ("Fut",)},
    "simp": {"Mood": ("Ind",), "Tense": ("Past",)},
    "cond": {"Mood": ("Cnd",)},
    "subj": {"Mood": ("Sub",), "Tense": ("Pres", "")},
}
