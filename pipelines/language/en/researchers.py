"""English "we" in the third person: "the researchers", then "they".

Left as it is where "us" or "our" may mean the reader or be part of a name.
"""

from __future__ import annotations

import re

from pipelines.language.lexicon import pattern
from pipelines.language.pronouns import only_them
from pipelines.language.typography import cased

_FIRST = {"we": "the researchers", "us": "the researchers", "our": "the researchers’",
          "ours": "the researchers’", "ourselves": "themselves"}  # fmt: skip
_THEN = {"we": "they", "us": "them", "our": "their", "ours": "theirs", "ourselves": "themselves"}
_CONTRACTED = {"ve": " have", "re": " are", "ll": " will", "d": " would"}


def in_third_person(text: str) -> str:
    """Put the researchers in the third person."""
    if _of_the_reader(text):
        return text
    text = re.sub(r"\b([Ww]e)[’'](ve|re|ll|d)\b", lambda m: m[1] + _CONTRACTED[m[2]], text)
    text = _of_this_study(text)
    named = -1

    def change(match: re.Match[str]) -> str:
        nonlocal named
        again = named >= 0 and only_them(text, named, match.start(), "en")
        named = match.end()
        return cased((_THEN if again else _FIRST)[match.group().lower()], match.group())

    return pattern("rewrite", "en", "first_person").sub(change, text)


def _of_this_study(text: str) -> str:
    """ "Our study" is "this study", "our results" "the results", where no others stand before."""
    study, results = (pattern("rewrite", "en", key) for key in ("own_study", "own_results"))

    def told(match: re.Match[str]) -> str:
        before = results.sub("", study.sub("", text[: match.start()]))
        if pattern("rewrite", "en", "other_studies").search(before):
            return match.group()
        word = "this" if study.fullmatch(match.group()) else "the"
        return cased(word, match.group()) + match.group()[len("our") :]

    return re.sub(f"{study.pattern}|{results.pattern}", told, text, flags=study.flags)


def _of_the_reader(text: str) -> bool:
    """Whether "us" or "our" may mean others: "tells us", "Our World in Data"."""
    after = pattern("rewrite", "en", "us_after")
    if any(not after.search(text[: m.start()].rstrip()) for m in re.finditer(r"\bus\b", text)):
        return True
    return bool(re.search(r"[a-z,] (?:Our|We)\b", text))
