"""The initials of a paper's authors as what they are: "with JWR as investigator", "an author".

A page names no authors, so their initials tell its reader nothing. In: a sentence of what the
paper declares, its authors, its language. Out: the sentence with "an author" for the initials.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Language

#: What one of them is called.
AUTHOR: dict[Language, str] = {"en": "an author", "fr": "une des personnes qui signent"}
#: Initials by which countries and their unions go.
_BODIES = frozenset({"US", "UK", "EU", "UN"})


def initials(authors: Sequence[str]) -> set[str]:
    """The initials of authors, those of a double name together and one by one."""
    split = [re.split(parts, name) for name in authors for parts in (r"[\s-]+", r"\s+")]
    known = {"".join(part[0] for part in parts if part) for parts in split}
    return {one for one in known if len(one) > 1} - _BODIES


def without_initials(text: str, authors: Sequence[str], language: Language) -> str:
    """A sentence in which an author is called so, not by initials; as it was where several are."""
    forms = sorted(map(_written, initials(authors)))
    if not forms:
        return text
    one = rf"(?<![\w.])(?:{'|'.join(forms)})(?!\w| [A-Z])"
    if re.search(rf"{one}(?:,|,? and|,? et|,? &) ?{one}", text):
        return text
    told = re.sub(one, AUTHOR[language], re.sub(rf"\s?\((?:to |à )?{one}\)", "", text))
    return told if told == text else told[:1].upper() + told[1:]


def _written(initials: str) -> str:
    """Initials with or without full stops: "PJH", "P.J.H."."""
    return r"\.?".join(map(re.escape, initials)) + r"(?:(?<=\.\w)\.)?"
