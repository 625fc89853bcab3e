"""The forms of a French word, by rule and by ``irregular.tsv``.

Conjugations after the rules of the Bescherelle; the spelling before 1990.
"""

from __future__ import annotations

import re

from corpus.errors import PasserelleError
from pipelines.language.wordlists import Forms, irregular

_PERSONS = ("1s", "2s", "3s", "1p", "2p", "3p")
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
#: Ends of verbs that are never regular; verbs in -re neither, but for -dre, -pre and -tre.
_NEVER_REGULAR = (
    "oir", "aindre", "eindre", "oindre", "soudre", "coudre", "prendre", "ettre", "atre", "otre",
    "ître",
)  # fmt: skip


class InflectionError(PasserelleError):
    """A word whose forms are in no rule and no list."""


def _verb(lemma: str) -> dict[str, str]:
    """All forms of a verb: its own where listed, those of the verb that it is like, or by rule."""
    own = irregular("fr").get(lemma, {})
    if model := own.get("like"):
        return _alike(lemma, model)
    ending = lemma[-2:]
    if ending not in _PRESENT or (_is_never_regular(lemma) and "pres.3p" not in own):
        raise InflectionError(f"forms of the French verb {lemma!r} unknown; list it")
    stem = lemma[:-2]
    strong, future = _strong_stem(stem) if ending == "er" else (stem, lemma.removesuffix("e"))
    made = {"inf": lemma}
    for person, end in zip(_PERSONS, _PRESENT[ending], strict=True):
        weak = person in ("1p", "2p")
        made[f"pres.{person}"] = _joined(stem if weak else strong, end)
    made |= {name: form for name, form in own.items() if name.startswith("pres.")}
    return _from_present(made, own, ending, stem, own.get("fut", future))


def _is_never_regular(lemma: str) -> bool:
    other_re = lemma.endswith("re") and lemma[-3:-2] not in ("d", "p", "t")
    return other_re or lemma.endswith(_NEVER_REGULAR)


def _from_present(
    made: dict[str, str], own: Forms, ending: str, stem: str, future: str
) -> dict[str, str]:
    """The other tenses, which follow from the present and the future's stem."""
    weak, strong = made["pres.1p"].removesuffix("ons"), made["pres.3p"].removesuffix("ent")
    weak = weak[:-1] if weak.endswith("ge") else weak
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
    return {name: new + form.removeprefix(old) for name, form in _verb(model).items()}


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
        stem = stem + "e" if stem.endswith("g") else stem
        stem = stem[:-1] + "ç" if stem.endswith("c") else stem
    return stem + ending


def _noun(lemma: str) -> dict[str, str]:
    plural = irregular("fr").get(lemma, {}).get("plural") or _plural(lemma)
    return {"s": lemma, "p": plural}


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")


_FEMININE = (("if", "ive"), ("eux", "euse"), ("el", "elle"), ("en", "enne"), ("er", "ère"))


def _adjective(lemma: str) -> dict[str, str]:
    own = irregular("fr").get(lemma, {})
    ends = next(((a, b) for a, b in _FEMININE if lemma.endswith(a)), ("", "e"))
    regular = lemma if lemma.endswith("e") else lemma[: len(lemma) - len(ends[0])] + ends[1]
    feminine = own.get("fem") or regular
    return {
        "ms": lemma,
        "mp": own.get("plural") or _plural(lemma),
        "fs": feminine,
        "fp": own.get("femplural") or feminine + "s",
    }


def plural_pattern(word: str) -> str:
    """A word of a term, or its plural and its feminine, as a regular expression."""
    if word.endswith("al"):
        return f"{re.escape(word[:-2])}(?:al|ale|ales|aux)"
    if word.endswith("if"):
        return f"{re.escape(word[:-1])}(?:fs?|ves?)"
    return f"{re.escape(word)}(?:[sx]|es?)?"


FORMS = {"VERB": _verb, "NOUN": _noun, "ADJ": _adjective}
