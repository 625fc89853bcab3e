"""What a reviewer typed in a draft, as the edits that it comes to.

In: a brief and the states of its places (``corpus.store.Typed``). Out: ``Edit``s, as
``decisions`` and ``pipelines.review.edited`` take them. A place is a line in a language: ``s3/fr``.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.document import LANGUAGES, Language
from corpus.store import Typed
from pipelines.brief import Brief, Edit, Segment
from pipelines.language.typography import one_line
from pipelines.render.layout import text_in

#: The place of what a reviewer says of the whole draft.
COMMENT = "comment"
#: Most characters that a place may hold.
LONGEST = 20_000


def place_of_line(segment: str, language: Language) -> str:
    """The place of a line in a language."""
    return f"{segment}/{language}"


def is_place(place: str, brief: Brief) -> bool:
    """Whether something may be typed there."""
    lines = {place_of_line(s.id, code) for s in brief.segments if s.evidence for code in LANGUAGES}
    return place == COMMENT or place in lines


def drafted(segment: Segment, language: Language) -> str:
    """A line's words in the draft, as they stand to be edited."""
    return one_line(text_in(segment, language) or "")


def edits_typed(brief: Brief, typed: Iterable[Typed], carried: Iterable[Edit] = ()) -> list[Edit]:
    """What was changed: by an earlier decision (``carried``), and by what was typed since.

    A line that is left out has no words in the other language either.
    """
    chosen = {place_of_line(edit.segment, edit.language): edit for edit in carried}
    for one in typed:
        mark, _, language = one.place.partition("/")
        for code in LANGUAGES:
            if code == language:
                chosen[one.place] = Edit(mark, code, one.text, one.overruled, one.confirmed)
    found = []
    for segment in brief.segments:
        if not segment.evidence:
            continue
        own = chosen.get(place_of_line(segment.id, segment.language))
        out = own is not None and not one_line(own.text)
        for code in (segment.language, segment.target.language):
            edit = chosen.get(place_of_line(segment.id, code))
            if edit is None or one_line(edit.text) == drafted(segment, code):
                continue
            if not out or code == segment.language:
                found.append(edit)
    return found
