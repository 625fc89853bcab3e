"""Who speaks in a paper: "we" becomes "the researchers", "nous" becomes "les chercheurs".

Of a paper by one author "I" becomes "the author"; only English says it so far: a French sentence
with « je » isn't told.

A sentence is left as it is wherever the change could mislead: "we" that means everybody ("our
understanding of cancer"), "us" that may mean the reader, a French verb form that isn't known. A
pronoun takes up "the researchers" only where it can't be taken for somebody else. Cues are data
(``rewrite.toml``); how each language says it stands in its ``researchers``.
"""

from __future__ import annotations

import re

from pipelines.language.en import lone_author
from pipelines.language.en import researchers as english
from pipelines.language.fr import researchers as french
from pipelines.language.lexicon import entries, pattern
from pipelines.language.typography import cased
from pipelines.rewrite.steps import Context


def name_researchers(text: str, context: Context) -> str:
    """Put the researchers in the third person; not where it isn't sure that there are any."""
    if not context.study or pattern("rewrite", context.language, "everybody").search(text):
        return text
    said = french.in_third_person if context.language == "fr" else english.in_third_person
    return said(text)


def name_results(text: str, context: Context) -> str:
    """ "These findings" that open a sentence as the study's: the page hasn't told which."""
    if not context.study:
        return text
    named = entries("rewrite", context.language)["named_results"]

    def told(match: re.Match[str]) -> str:
        return f"{match['before'] or ''}{cased(named[match['what'].lower()], match['these'])}"

    return pattern("rewrite", context.language, "these_results").sub(told, text, count=1)


def name_author(text: str, context: Context) -> str:
    """Put a paper's one author in the third person."""
    alone = pattern("roles", context.language, "first_person", "singular").search(text)
    named = context.by_one and context.language == "en" and alone
    return lone_author.in_third_person(text) if named else text
