"""The forms of an English word, by rule and by ``irregular.tsv``.

Rules of spelling after Quirk et al. (1985), A Comprehensive Grammar, 3.5–3.10, 5.80.
"""

from __future__ import annotations

import re

from pipelines.language.wordlists import irregular


def _verb(lemma: str) -> dict[str, str]:
    own = irregular("en").get(lemma, {})
    stem = own.get("doubled") or _doubled(lemma)
    mute = lemma.endswith("e") and lemma[-2:-1] not in ("e", "o", "y")
    silent = lemma[:-1] if mute else stem
    if lemma.endswith("ie"):
        silent = lemma[:-2] + "y"
    past = lemma + "d" if lemma.endswith("e") else _with_y(stem, "ed")
    regular = {"base": lemma, "s": _with_s(lemma), "ing": silent + "ing", "past": past}
    made = {**regular, **{name: form for name, form in own.items() if name in regular}}
    return {**made, "part": own.get("part", made["past"])}


def _noun(lemma: str) -> dict[str, str]:
    return {"sing": lemma, "plur": irregular("en").get(lemma, {}).get("plur") or _with_s(lemma)}


def _doubled(lemma: str) -> str:
    """With the last consonant twice where the word is one short syllable: "plan", "plann"."""
    return lemma + lemma[-1] if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", lemma) else lemma


def _with_y(stem: str, ending: str) -> str:
    return (stem[:-1] + "i" if _after_consonant(stem, "y") else stem) + ending


def _with_s(lemma: str) -> str:
    if _after_consonant(lemma, "y"):
        return lemma[:-1] + "ies"
    hissing = lemma.endswith(("s", "x", "z", "ch", "sh")) or _after_consonant(lemma, "o")
    return lemma + ("es" if hissing else "s")


def _after_consonant(word: str, letter: str) -> bool:
    """Whether a word ends with this letter behind a consonant."""
    return word.endswith(letter) and word[-2:-1] not in ("", *"aeiou")


def plural_pattern(word: str) -> str:
    """A word of a term, or its plural, as a regular expression."""
    if _after_consonant(word, "y"):
        return f"{re.escape(word[:-1])}(?:y|ies)"
    return f"{re.escape(word)}(?:s|es)?"


FORMS = {"VERB": _verb, "NOUN": _noun}
