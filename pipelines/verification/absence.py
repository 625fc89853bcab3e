"""Is a statement that a paper has none of something borne out by the paper?

"This draft found no recommendation" is earned only where no sentence of the paper is at all likely
to be one, and no heading announces any. In: a brief's fixed lines, or a section that is to get one,
and the reading. Out: what contradicts it. How likely a sentence does what was learned
(``models.sentence_functions``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.headings import HeadingRole, section_role
from models.sentence_functions import FUNCTIONS, Function
from pipelines.brief import Brief, Section
from pipelines.language.lexicon import table
from pipelines.language.reasons import Reason, reason
from pipelines.reading.reading import Reading
from pipelines.verification.pair import cut

#: A sentence at least this likely to be one contradicts that there is none: of 79 papers read in
#: full, all that have advice, limits or a sample have a likelier sentence.
LEAST = 0.1
_FUNCTION: Mapping[Section, Function] = {
    "implications": "recommendation",
    "limits": "limit",
    "applies_to": "sample",
}
_HEADING: Mapping[Section, HeadingRole] = {"implications": "implication", "limits": "limitation"}


def contradiction(reading: Reading, section: Section) -> str | None:
    """The words of a paper that contradict that it has none of what a section tells, or None."""
    if section not in _FUNCTION or not reading.sentences:
        return None
    heading = _HEADING.get(section)
    for block in reading.document.blocks if heading else ():
        if section_role(block.section, reading.language) == heading:
            return block.section
    column = reading.functions[:, FUNCTIONS.index(_FUNCTION[section])]
    best = int(column.argmax())
    return reading.text(best) if column[best] >= LEAST else None


def absence(brief: Brief, readings: Mapping[str, Reading]) -> Iterator[tuple[str, Reason]]:
    """The fixed lines of a brief that deny what its papers have, and what contradicts them."""
    denials = table("templates")["none_found"]
    papers = [
        readings[one.id] for one in brief.documents if one.kind == "paper" and one.id in readings
    ]
    for segment in brief.segments:
        denied = denials.get(segment.section, {}).get(segment.language)
        if segment.origin != "template" or segment.text != denied:
            continue
        for reading in papers:
            if words := contradiction(reading, segment.section):
                yield segment.id, reason("denied", text=cut(words))
