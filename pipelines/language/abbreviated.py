"""What an abbreviation stands for, told in both languages.

In: a line that explains one ("SD: standard deviation"). Out: the same in both languages, with the
other language's abbreviation where it has one (GHG, GES), where the long form is a term of the
termbase by the letter and of one concept only; else None, and the other language is a translator's.
Drafting tells it so, and verification makes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.document import LANGUAGES, Language
from pipelines.language.terms import BilingualTerm, every_term
from pipelines.language.typography import COLON, typeset


def explained(line: str, language: Language) -> Mapping[Language, str] | None:
    """A line that explains an abbreviation, in both languages."""
    short, colon, long = line.partition(typeset(f"x{COLON[language]}y", language)[1:-1])
    if not colon or not long:
        return None
    known = {
        term.key: term
        for term in every_term()
        if long.lower() in (form.lower() for form in term.every_form(language))
    }
    if len(known) != 1 or " " not in long:
        return None
    [term] = known.values()
    said = {code: f"{_short(term, code) or short}{COLON[code]}{term.terms[code]}"
            for code in LANGUAGES}  # fmt: skip
    return {**{code: typeset(text, code) for code, text in said.items()}, language: line}


def _short(term: BilingualTerm, language: Language) -> str:
    """The abbreviation of a term in a language; empty without one."""
    return next((form for form in term.forms[language] if form.isupper()), "")
