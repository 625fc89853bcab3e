"""The authors that a line below the title names: ``By Anne Roy, Marc Côté and Li Wei``.

In: one printed line. Out: the names in order, or nothing where the line holds anything else. A
name is two to five words with capitals, particles aside, as both languages print them.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

#: What stands before the names and between them.
_OPENING = re.compile(r"^(?:by|par|authors?|auteur(?:e|s|es|rice|rices)?)\b\s*:?\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;]\s*(?:and |et |& )?|\s+(?:and|et|&)\s+|\s+[·•|]\s+")
#: Marks of affiliations and notes behind a name: "Roy1,2", "Roy [1]", "Roy*".
_MARKS = re.compile(
    r"\s*(?:\[[\d,;*†‡§¶a-z ]{1,12}\]|[*∗†‡§¶\ufffd]+|(?<=[^\W\d_])\d{1,2}(?:,\d{1,2})*)+"
)
#: Degrees behind a name.
_DEGREES = re.compile(r"^(?:M\.?D|Ph\.?D|MPH|MSc|M\.?Sc|RN|M\.?A|B\.?Sc|DrPH|MBA|FRCPC?)\.?$")
_NAME = re.compile(r"(?:[dDlLO]['’])?[A-ZÀ-ÖØ-ÞŠŽ][\w.'’-]*")
_LETTER = re.compile(r"[^\W\d_]{2,}")


@cache
def _words(name: str) -> frozenset[str]:
    """A word list of ``bylines.toml``."""
    table = files("corpus.readers").joinpath("bylines.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(table)[name])


def names_in(line: str) -> tuple[str, ...]:
    """The people that a byline names; empty where it names something else too."""
    line = _OPENING.sub("", _MARKS.sub("", line).strip()).rstrip(" .,;")
    parts = [part for part in _BETWEEN.split(line) if part and not _DEGREES.match(part)]
    return tuple(parts) if parts and all(map(_is_person, parts)) else ()


def _is_person(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5 or _LETTER.search(words[-1]) is None:
        return False
    if any(word.casefold() in _words("bodies") for word in words):
        return False
    named = (word.casefold() in _words("particles") or _NAME.fullmatch(word) for word in words)
    return all(named) and words[-1].casefold() not in _words("particles")
