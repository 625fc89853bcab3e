"""Was what a line's note says was spoken of just before it said there, to the letter?"""

from __future__ import annotations

from collections.abc import Iterator

from models.antecedents import WITHIN
from pipelines.language.context_note import noted
from pipelines.language.reasons import Reason, reason
from pipelines.language.typography import typeset
from pipelines.reading.reading import Reading
from pipelines.verification.pair import Pair


def spoken_before(pair: Pair) -> Iterator[Reason]:
    """Each phrase of the note stands in one of the sentences before the first that is quoted."""
    segment = pair.segment
    phrases = noted(segment.text, segment.language)
    reading = pair.readings.get(segment.evidence[0].document) if segment.evidence else None
    if not phrases or reading is None:
        return
    said = [typeset(one, segment.language) for one in _before(reading, segment.evidence[0].start)]
    for phrase in phrases:
        if not any(typeset(phrase, segment.language) in one for one in said):
            yield reason("not_spoken_before", text=phrase)


def _before(reading: Reading, start: int) -> list[str]:
    """The sentences said before a place, as many as a note looks at."""
    earlier = [place for place, one in enumerate(reading.sentences) if one.end <= start]
    return [reading.text(place) for place in earlier[-WITHIN:]]
