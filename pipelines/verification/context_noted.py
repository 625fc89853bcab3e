"""Was what a line's note says was spoken of just before it said there, to the letter?"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Language
from models.antecedents import candidates
from pipelines.language.context_note import noted
from pipelines.language.reasons import Reason, reason
from pipelines.language.typography import typeset
from pipelines.reading.reading import Reading
from pipelines.verification.pair import Pair


def spoken_before(pair: Pair) -> Iterator[Reason]:
    """Each phrase of the note is one of a sentence before the first that is quoted, as a whole."""
    segment = pair.segment
    phrases = noted(segment.text, segment.language)
    reading = pair.readings.get(segment.evidence[0].document) if segment.evidence else None
    if not phrases or reading is None:
        return
    said = _before(reading, segment.evidence[0].start, segment.language)
    for phrase in phrases:
        if typeset(phrase, segment.language) not in said:
            yield reason("not_spoken_before", text=phrase)


def _before(reading: Reading, start: int, language: Language) -> frozenset[str]:
    """What a note may name of what was said before a place."""
    index = sum(one.end <= start for one in reading.sentences)
    if index >= len(reading.sentences):
        return frozenset()
    found = candidates(reading.talk, index)
    docs = reading.parsed
    return frozenset(
        typeset(docs[one.place][one.first : one.last + 1].text, language) for one in found
    )
