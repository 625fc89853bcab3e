"""New words in place of others, with what stands beside them mended.

In: a parsed text, the tokens that are replaced and their new words. Out: the change, or None where
the neighbours can't be mended for sure ("l’" before a word whose gender isn't known). How each
language mends them stands in its ``articles``. Which word replaces which is left to the steps.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Doc

from corpus.document import Language
from pipelines.language.en import articles as english
from pipelines.language.fr import articles as french
from pipelines.language.splices import Change, Replacement, Splice, end_of
from pipelines.language.typography import cased


def joined(parsed: Doc, new: Replacement, language: Language) -> Change | None:
    """The change that puts ``new`` in place, its neighbours mended; None where that is in doubt."""
    first, last = parsed[new.start], parsed[new.end - 1]
    own = Splice(first.idx, end_of(last), cased(new.words, first.text))
    mended = french.mended if language == "fr" else english.mended
    return mended(parsed, new, own)


def forms_of(preposition: str, language: Language) -> Mapping[str, str]:
    """The forms of a preposition, with the article that each holds: « du » holds « le »."""
    forms = french.forms_of if language == "fr" else english.forms_of
    return forms(preposition)
