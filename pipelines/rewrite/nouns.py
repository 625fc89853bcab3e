"""``unpack_nouns``: strings of nouns told with "of" between them.

English alone builds such strings; how they are taken apart stands in its ``noun_strings``.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from pipelines.language.en.noun_strings import unpacked
from pipelines.language.splices import Change
from pipelines.rewrite.steps import Context


def unpack_nouns(parsed: Doc, context: Context) -> Iterable[Change]:
    """Put the last noun of a noun string first, and "of" behind it."""
    return unpacked(parsed) if context.language == "en" else ()
