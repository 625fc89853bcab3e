"""The forms of a word, and the form of one word that another word had.

In: a dictionary form, its part of speech, its language. Out: its forms by feature ("past",
"part.past.fp"), by rule and by ``irregular.tsv``. ``transfer`` gives the plain
word the form of the word that it replaces: "utilized" and "use" make "used". Written for the
closed lists of the lexicon, whose words a test reads one by one; not for any word of a language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from spacy.tokens.morphanalysis import MorphAnalysis

from corpus.document import Language
from corpus.errors import PasserelleError
from pipelines.rewrite.wordlists import rows

Forms = Mapping[str, str]
"""Form by feature."""

_PERSONS = ("1s", "2s", "3s", "1p", "2p", "3p")


class InflectionError(PasserelleError):
    """A word whose forms are in no rule and no list."""


@cache
def forms(lemma: str, pos: str, language: Language) -> Forms:
    """The forms of a dictionary form, by feature; itself as "base" where it has no other.

    English verbs: base, s, ing, past, part; nouns: sing, plur. French verbs: inf, pres, impf,
    fut, cond, subj and simp with a person, part.pres, part.past with gender and number; nouns:
    s, p; adjectives: ms, mp, fs, fp. Raises ``InflectionError`` for a French verb that needs the
    list of irregular words and isn't there.
    """
    made = _ENGLISH if language == "en" else _FRENCH
    regular = made.get(pos)
    return MappingProxyType(regular(lemma) if regular else {"base": lemma})


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


@cache
def _irregular(language: Language) -> Mapping[str, Forms]:
    """What ``irregular.{language}.tsv`` says of each dictionary form."""
    found: dict[str, dict[str, str]] = {}
    for lemma, feature, form in rows("irregular", language, 3):
        found.setdefault(lemma, {})[feature] = form
    return found


# English: rules of spelling after Quirk et al. (1985), A Comprehensive Grammar, 3.5–3.10, 5.80.


def _english_verb(lemma: str) -> dict[str, str]:
    own = _irregular("en").get(lemma, {})
    stem = own.get("doubled") or _doubled(lemma)
    silent = lemma[:-1] if re.search(r"[^eoy]e$", lemma) else stem
    if lemma.endswith("ie"):
        silent = lemma[:-2] + "y"
    past = lemma + "d" if lemma.endswith("e") else _with_y(stem, "ed")
    regular = {"base": lemma, "s": _with_s(lemma), "ing": silent + "ing", "past": past}
    made = {**regular, **{name: form for name, form in own.items() if name in regular}}
    return {**made, "part": own.get("part", made["past"])}


def _english_noun(lemma: str) -> dict[str, str]:
    return {"sing": lemma, "plur": _irregular("en").get(lemma, {}).get("plur") or _with_s(lemma)}


def _doubled(lemma: str) -> str:
    """With the last consonant twice where the word is one short syllable: "plan", "plann"."""
    return lemma + lemma[-1] if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", lemma) else lemma


def _with_y(stem: str, ending: str) -> str:
    return re.sub(r"(?<=[^aeiou])y$", "i", stem) + ending


def _with_s(lemma: str) -> str:
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", lemma) else "s")


# French: conjugations after the rules of the Bescherelle; the spelling before 1990.

_PRESENT = {
    "er": ("e", "es", "e", "ons", "ez", "ent"),
    "ir": ("is", "is", "it", "issons", "issez", "issent"),
    "re": ("s", "s", "", "ons", "ez", "ent"),
}
_IMPERFECT = ("ais", "ais", "ait", "ions", "iez", "aient")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont")
_SUBJUNCTIVE = ("e", "es", "e", "ions", "iez", "ent")
_PARTICIPLE = {"er": "é", "ir": "i", "re": "u"}
_SIMPLE_PAST = {"er": ("a", "èrent"), "ir": ("it", "irent"), "re": ("it", "irent")}
#: -ettre, -uire, -aître…: never regular.
_NEVER_REGULAR = re.compile(r"(?:oir|[^dpt]re|[aeo]indre|soudre|coudre|prendre|ettre|[aoî]tre)$")


def _french_verb(lemma: str) -> dict[str, str]:
    """All forms of a verb: its own where listed, those of the verb that it is like, or by rule."""
    own = _irregular("fr").get(lemma, {})
    if model := own.get("like"):
        return _alike(lemma, model)
    ending = lemma[-2:]
    if ending not in _PRESENT or (_NEVER_REGULAR.search(lemma) and "pres.3p" not in own):
        raise InflectionError(f"forms of the French verb {lemma!r} unknown; list it")
    stem = lemma[:-2]
    strong, future = _strong_stem(stem) if ending == "er" else (stem, lemma.removesuffix("e"))
    made = {"inf": lemma}
    for person, end in zip(_PERSONS, _PRESENT[ending], strict=True):
        weak = person in ("1p", "2p")
        made[f"pres.{person}"] = _joined(stem if weak else strong, end)
    made |= {name: form for name, form in own.items() if name.startswith("pres.")}
    return _from_present(made, own, ending, stem, own.get("fut", future))


def _from_present(
    made: dict[str, str], own: Forms, ending: str, stem: str, future: str
) -> dict[str, str]:
    """The other tenses, which follow from the present and the future's stem."""
    weak, strong = made["pres.1p"].removesuffix("ons"), made["pres.3p"].removesuffix("ent")
    weak = re.sub(r"(?<=g)e$", "", weak)
    for index, person in enumerate(_PERSONS):
        made[f"impf.{person}"] = _joined(weak.replace("ç", "c"), _IMPERFECT[index])
        made[f"fut.{person}"] = future + _FUTURE[index]
        made[f"cond.{person}"] = future + _IMPERFECT[index]
        base = weak.replace("ç", "c") if person in ("1p", "2p") else strong
        made[f"subj.{person}"] = base + _SUBJUNCTIVE[index]
    made["part.pres"] = made["pres.1p"].removesuffix("ons") + "ant"
    for person, end in zip(("3s", "3p"), _SIMPLE_PAST[ending], strict=True):
        made[f"simp.{person}"] = _joined(stem, end)
    made |= {name: form for name, form in own.items() if name in made}
    participle = own.get("part.past", stem + _PARTICIPLE[ending])
    masculine = participle if participle.endswith("s") else participle + "s"
    feminine = own.get("part.past.fs", participle + "e")
    return made | {
        "part.past.ms": participle,
        "part.past.mp": masculine,
        "part.past.fs": feminine,
        "part.past.fp": feminine + "s",
    }


def _alike(lemma: str, model: str) -> dict[str, str]:
    """The forms of ``model`` with the beginning of ``lemma``: "permettre" like "mettre"."""
    shared = 0
    while shared < min(len(lemma), len(model)) and lemma[-shared - 1] == model[-shared - 1]:
        shared += 1
    old, new = model[: len(model) - shared], lemma[: len(lemma) - shared]
    return {name: new + form.removeprefix(old) for name, form in forms(model, "VERB", "fr").items()}


def _strong_stem(stem: str) -> tuple[str, str]:
    """A first-group stem before a mute ending, and that of the future."""
    if re.search(r"(?:appel|jet)$", stem):
        return stem + stem[-1], stem + stem[-1] + "er"
    if re.search(r"[oua]y$", stem):
        return stem[:-1] + "i", stem[:-1] + "ier"
    if re.search(r"e[^aeiouyéèê]$", stem):
        grave = f"{stem[:-2]}è{stem[-1]}"
        return grave, grave + "er"
    if match := re.search(r"é((?:[^aeiouyéèê]|gn|gu|qu|[bcdfgptv][lr]))$", stem):
        return f"{stem[: match.start()]}è{match[1]}", stem + "er"
    return stem, stem + "er"


def _joined(stem: str, ending: str) -> str:
    """A stem and an ending, with its c and g kept soft: "mangeons", "plaçait"."""
    if ending[:1] in ("a", "o", "â"):
        stem = stem + "e" if stem.endswith("g") else re.sub("c$", "ç", stem)
    return stem + ending


def _french_noun(lemma: str) -> dict[str, str]:
    plural = _irregular("fr").get(lemma, {}).get("plural") or _french_plural(lemma)
    return {"s": lemma, "p": plural}


def _french_plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")


_FEMININE = (("if", "ive"), ("eux", "euse"), ("el", "elle"), ("en", "enne"), ("er", "ère"))


def _french_adjective(lemma: str) -> dict[str, str]:
    own = _irregular("fr").get(lemma, {})
    ends = next(((a, b) for a, b in _FEMININE if lemma.endswith(a)), ("", "e"))
    regular = lemma if lemma.endswith("e") else lemma[: len(lemma) - len(ends[0])] + ends[1]
    feminine = own.get("fem") or regular
    return {
        "ms": lemma,
        "mp": own.get("plural") or _french_plural(lemma),
        "fs": feminine,
        "fp": own.get("femplural") or feminine + "s",
    }


_ENGLISH = {"VERB": _english_verb, "NOUN": _english_noun}
_FRENCH = {"VERB": _french_verb, "NOUN": _french_noun, "ADJ": _french_adjective}
