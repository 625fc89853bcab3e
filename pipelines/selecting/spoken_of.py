"""What a point that leans on the talk before it is told with: what was spoken of there.

In: an exchange's reading and one of its points. Out: ``spoken_of(reading, point)``, the phrases of
the sentences before it that most likely say what it is about (``models.antecedents``), likeliest
first, none of which holds anything private; none where it is understood without, or where nothing
is likely enough.
"""

from __future__ import annotations

from models.antecedents import Antecedent, antecedents
from pipelines.brief import Point
from pipelines.reading.privacy import within
from pipelines.reading.reading import Reading
from pipelines.selecting import weights


def spoken_of(reading: Reading, point: Point) -> tuple[str, ...]:
    """The phrases, to the letter.

    Raises ``ModelMissingError``.
    """
    if point.understood >= weights.LEANS_A_LITTLE[reading.language]:
        return ()
    index = point.sentence - (point.before is not None)
    told: list[Antecedent] = []
    total = 0.0
    for one in antecedents(reading.talk, index):
        if one.probability < weights.LEAST_SPOKEN_OF or len(told) == weights.MOST_SPOKEN_OF:
            break
        if any(one.words & other.words for other in told) or _private(reading, one):
            continue
        told.append(one)
        total += one.probability
        if total >= weights.SPOKEN_OF:
            break
    if total < weights.LIKELY_SPOKEN_OF:
        return ()
    return tuple(reading.text(one.place)[one.start : one.end] for one in told)


def _private(reading: Reading, one: Antecedent) -> bool:
    start = reading.sentences[one.place].start
    return bool(within(reading.document, start + one.start, start + one.end))
