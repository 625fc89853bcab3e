"""Does a segment rest on anything, and are its quotes the document's own characters?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.document import LANGUAGES, Language, other
from pipelines.language import glossary
from pipelines.language.abbreviated import explained
from pipelines.language.declarations import composed
from pipelines.language.lexicon import table, table_rows
from pipelines.language.reasons import Reason, reason
from pipelines.language.typography import one_line
from pipelines.verification.pair import Pair, cut


def anchored(pair: Pair) -> Iterator[Reason]:
    """Every segment has evidence; fixed text is one of the lexicon's statements to the letter."""
    segment, target = pair.segment, pair.segment.target
    if segment.origin == "template":
        there = [
            known[segment.text]
            for known in (statements(segment.language), former(segment.language))
            if segment.text in known
        ]
        if not there:
            yield reason("fixed_unknown", text=cut(segment.text))
        if target.text not in (None, *there):
            yield reason("fixed_translation")
        if segment.strength != "none":
            yield reason("fixed_claims", strength=segment.strength)
        return
    if not re.search(r"\w", segment.text):
        yield reason("empty")
    elif not segment.evidence:
        yield reason("no_evidence")
    if target.text is not None and target.origin == "template":
        yield reason("translation_fixed")
    if target.origin == "composed" and target.text not in (None, *_composed(pair)):
        yield reason("translation_composed")
    if target.origin == "source" and target.text not in (None, segment.text):
        yield reason("translation_unchanged")


def _composed(pair: Pair) -> Iterator[str]:
    """What can be composed in the other language of a segment's evidence, beside these words."""
    segment = pair.segment
    for texts in composed([item.quote for item in segment.evidence], segment.language):
        if texts[segment.language] == segment.text:
            yield texts[segment.target.language]
    if "explain_abbreviation" in segment.steps and (
        both := explained(segment.text, segment.language)
    ):
        yield both[segment.target.language]


def is_composed(pair: Pair) -> bool:
    """Whether both languages of a segment are a fixed form of what its evidence declares."""
    target = pair.segment.target
    return target.origin == "composed" and target.text in (*_composed(pair),)


def has_fixed_form(pair: Pair) -> bool:
    """Whether a segment is composed, or explains an abbreviation as its evidence does."""
    short, _, long = (part.strip() for part in pair.text.partition(":"))
    defined = re.compile(rf"{re.escape(long)} \({re.escape(short)}[),;]", re.IGNORECASE)
    explains = bool(long) and any(defined.search(one_line(quote)) for quote in pair.quotes)
    return explains or is_composed(pair)


def quotes_verbatim(pair: Pair) -> Iterator[Reason]:
    """Every quote is, to the letter, what the document has at its offsets."""
    for item in pair.segment.evidence:
        reading = pair.readings.get(item.document)
        if reading is None:
            yield reason("document_unknown", document=item.document)
        elif not 0 <= item.start < item.end <= len(reading.document.text):
            yield reason("outside_document", start=item.start, end=item.end)
        elif (there := reading.document.text[item.start : item.end]) != item.quote:
            yield reason("quote_differs", quote=cut(item.quote), there=cut(there))


@cache
def statements(language: Language) -> dict[str, str]:
    """Every fixed statement in one language, with the same statement in the other."""
    templates = {
        texts[language]: texts[other(language)]
        for group in table("templates").values()
        for texts in group.values()
    }
    return templates | glossary.statements(language)


@cache
def former(language: Language) -> dict[str, str]:
    """The same of the statements of earlier releases, which reviewed briefs still hold."""
    both = [dict(zip(LANGUAGES, cells, strict=True)) for _, cells in table_rows("former")]
    return {texts[language]: texts[other(language)] for texts in both}
